"""What the comparing of articles rests on and finds."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from archiver.store.tables.base import Base, column, key, numbered, part_of


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


class CopyShingles(Base):
    """What an article is counted against others by, as it was compared; not of those that a Warraq compared before."""

    __tablename__ = "copy_shingles"
    article_id: Mapped[int] = part_of("the article")
    shingles: Mapped[bytes] = column(
        "a digest of its words in 8 bytes, then every shingle once in 4, in numeric order (of a short text none)"
    )


class CopySegment(Base):
    """Under which keys (MinHash bands, and anchors: eight words in a row) articles stand: a log-structured merge."""

    __tablename__ = "copy_segments"
    id: Mapped[int] = key()
    entries: Mapped[int] = column("keys with an article each that it holds")
    block_bits: Mapped[int] = column("first bits of the keys, of 48, that are the number of a block")
    filter_words: Mapped[int] = column("words of 64 bits in the filter of each part")
    parts_filled: Mapped[int] = column("parts (128 blocks, or all) that are written")
    merged_into: Mapped[int | None] = column(
        "a larger segment, in which some parts of this one stand already"
    )


class CopyBlock(Base):
    """Entries of a segment whose keys begin alike."""

    __tablename__ = "copy_blocks"
    id: Mapped[int] = numbered("the segment times 2**24, and the block's number")
    entries: Mapped[bytes] = column(
        "in the order of the keys: a key in 8 bytes, an article in 4, lowest first"
    )


class CopyFilter(Base):
    """A Bloom filter for every part of a segment: most keys are in none, and no block is read for them."""

    __tablename__ = "copy_filters"
    id: Mapped[int] = numbered("the segment times 2**24, and the part's number")
    bits: Mapped[bytes] = column("its words")


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
