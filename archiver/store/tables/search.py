"""What is indexed for search, and what waits for it. The index itself is the database's own."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from archiver.store.tables.base import Base, column, numbered, points_to


class SearchDocument(Base):
    """What the full-text index holds of every article; its words are in `articles_fts`, under the same number."""

    __tablename__ = "search_documents"
    id: Mapped[int] = numbered(
        "the day and minute of publication and a running number: newest is highest; below 0 where no date is known"
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), unique=True, comment="the article it is of"
    )
    site_id: Mapped[int] = points_to("sites.id", "its site", index=False)
    section: Mapped[str | None] = column("its rubric")
    authors: Mapped[str | None] = column("their names, one a line")
    item_digest: Mapped[str] = column("first 16 digits of the article's item_digest, as it was indexed")


class SearchPending(Base):
    """Articles whose words are still to be put into the full-text index."""

    __tablename__ = "search_pending"
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="the article",
    )


class SearchIndex(Base):
    """How the full-text index was made: one row."""

    __tablename__ = "search_index"
    revision: Mapped[str] = mapped_column(primary_key=True, comment="of the rules that cut and fold words")
