"""Keys of copies in segments"""

import numpy as np
import sqlalchemy as sa
from alembic import op
from numpy.typing import NDArray

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY_BITS, BLOCK, PART_BITS, FILTER_BITS, WORD_BITS, NUMBER_BITS = 48, 128, 8, 10, 64, 24
ENTRY = np.dtype([("key", "<u8"), ("article", "<u4")])
MIX = np.uint64(0x9E3779B97F4A7C15)
OLD = ("copy_bands", "copy_bands_recent")
EACH = [f"SELECT key, article_id FROM {name} WHERE key BETWEEN :first AND :last" for name in OLD]  # noqa: S608
HELD = sa.text(" UNION ALL ".join(EACH) + " ORDER BY key, article_id")

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTS = ("entries", "block_bits", "filter_words", "parts_filled")
SEGMENTS = sa.table("copy_segments", sa.column("id"), *(sa.column(name) for name in COUNTS))
BLOCKS = sa.table("copy_blocks", sa.column("id"), sa.column("entries", sa.LargeBinary()))
FILTERS = sa.table("copy_filters", sa.column("id"), sa.column("bits", sa.LargeBinary()))


def upgrade() -> None:
    op.create_table(
        "copy_shingles",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_copy_shingles")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_copy_shingles_article_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "copy_segments",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_segments")),
    )
    for name, column in (("copy_blocks", "entries"), ("copy_filters", "bits")):
        op.create_table(
            name,
            sa.Column("id", NUMBER, autoincrement=False, nullable=False),
            sa.Column(column, sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
    _carry_over(op.get_bind())
    for name in OLD:
        op.drop_table(name)


def _carry_over(connection: sa.Connection) -> None:
    """All keys become one segment, as `archiver.store.copykeys` had them when this was written."""
    count = sum(
        connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in OLD
    )
    if not count:
        return
    block_bits = (count // BLOCK).bit_length()
    part_bits = max(0, block_bits - PART_BITS)
    words = (count * FILTER_BITS // WORD_BITS >> part_bits) + 1
    connection.execute(
        sa.insert(SEGMENTS),
        {"entries": count, "block_bits": block_bits, "filter_words": words, "parts_filled": 1 << part_bits},
    )
    row_id = (connection.scalar(sa.select(SEGMENTS.c.id)) or 0) << NUMBER_BITS
    width = 1 << (KEY_BITS - part_bits)
    for part in range(1 << part_bits):
        held = connection.execute(HELD, {"first": part * width, "last": (part + 1) * width - 1})
        entries = np.array([tuple(row) for row in held], ENTRY)
        numbers, starts = np.unique(entries["key"] >> np.uint64(KEY_BITS - block_bits), return_index=True)
        blocks = np.split(entries, starts[1:])
        rows = [
            {"id": row_id + int(number), "entries": block.tobytes()}
            for number, block in zip(numbers, blocks, strict=False)
        ]
        if rows:
            connection.execute(sa.insert(BLOCKS), rows)
        bits = _filter(entries["key"], words)
        connection.execute(sa.insert(FILTERS), {"id": row_id + part, "bits": bits})


def _filter(keys: NDArray[np.uint64], words: int) -> bytes:
    mixed = keys * MIX
    bits = np.zeros(len(keys), np.uint64)
    for start in (40, 46, 52, 58):
        bits |= np.uint64(1) << (mixed >> np.uint64(start) & np.uint64(63))
    found = np.zeros(words, "<u8")
    word = mixed >> np.uint64(8) & np.uint64(2**32 - 1)
    np.bitwise_or.at(found, word * np.uint64(words) >> np.uint64(32), bits)
    return found.tobytes()
