"""What every table is declared with."""

from typing import Any, cast

from sqlalchemy import JSON, BigInteger, CursorResult, ForeignKey, Integer, MetaData, Table, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012


def key(comment: str = "row number") -> Mapped[int]:
    return mapped_column(primary_key=True, comment=comment)


def numbered(comment: str) -> Mapped[int]:
    """A row number in 64 bits that says what the row is of."""
    number = BigInteger().with_variant(Integer, "sqlite")
    return mapped_column(number, primary_key=True, autoincrement=False, comment=comment)


def column(comment: str, *, default: Any = None, index: bool = False, unique: bool = False) -> Mapped[Any]:
    server_default = None if default is None else text(repr(default))
    return mapped_column(comment=comment, server_default=server_default, index=index, unique=unique)


def points_to(target: str, comment: str, *, index: bool = True) -> Mapped[Any]:
    return mapped_column(ForeignKey(target), comment=comment, index=index)


def part_of(comment: str = "the article it belongs to") -> Mapped[int]:
    return mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, comment=comment)


def position() -> Mapped[int]:
    return mapped_column(primary_key=True, comment="its place on the page, from 0", autoincrement=False)


def table_of(row: type[Base]) -> Table:
    """The table behind a row class, for statements that are built once."""
    return cast("Table", row.__table__)


def new_row_id(result: CursorResult[Any]) -> int:
    """The id that an insert gave its row."""
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])
