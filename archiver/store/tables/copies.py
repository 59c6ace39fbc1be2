"""What the comparing of articles rests on and finds."""

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from archiver.store.tables.base import Base, column, part_of


class CopyText(Base):
    """Which state of an article was compared with all others: what `warraq copies --update` has done."""

    __tablename__ = "copy_texts"
    __table_args__ = (
        Index(
            "ix_copy_texts_stale",
            "stale",
            sqlite_where=text("stale <> 0"),
            postgresql_where=text("stale <> 0"),
        ),
    )
    article_id: Mapped[int] = part_of("the article")
    version: Mapped[int] = column("the version that was compared")
    words: Mapped[int] = column("words of its body; under 20 only the very same text counts as a copy")
    full_bands: Mapped[int] = column("bands that were full: text that very many articles carry")
    stale: Mapped[int] = column("1 where the article has changed since: compared again next time", default=0)


class CopyBand(Base):
    """MinHash bands and anchors: articles that stand under one key may be copies of each other."""

    __tablename__ = "copy_bands"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    key: Mapped[int] = mapped_column(
        BigInteger(),
        primary_key=True,
        autoincrement=False,
        comment="of a MinHash band's values, or of eight words in a row",
    )
    article_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="an article, articles.id"
    )


class RecentCopyBand(Base):
    """The newest rows of `copy_bands`, before they move there: a small table is cheaper to add to."""

    __tablename__ = "copy_bands_recent"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    key: Mapped[int] = mapped_column(
        BigInteger(), primary_key=True, autoincrement=False, comment="as in copy_bands"
    )
    article_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="an article, articles.id"
    )


class CopyLink(Base):
    """Two articles that share text, as their words were counted."""

    __tablename__ = "copy_links"
    article_id: Mapped[int] = part_of("the one that was archived later")
    other_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True, comment="the other"
    )
    kind: Mapped[str] = column(
        "exact (the same words), near, or passage (the smaller stands in a larger, other text)"
    )
    jaccard: Mapped[float] = column("shingles in both by shingles in either, 0 to 1")
    share: Mapped[float] = column("part of the article's shingles that the other has, 0 to 1")
    share_of_other: Mapped[float] = column("part of the other's shingles that the article has, 0 to 1")
    shared_words: Mapped[int] = column("words of the article that stand in shared shingles")


class CopyMember(Base):
    """The clusters: a text with its copies, and the articles that hold it as a passage."""

    __tablename__ = "copy_members"
    cluster_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="number of the cluster"
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True, comment="the article"
    )
    part: Mapped[str] = column("text (it is the text: in one cluster at most) or passage (it holds it)")
