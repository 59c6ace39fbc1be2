"""Recent bands apart"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_bands_recent",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_copy_bands_recent")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "UPDATE frontier SET etag = NULL, last_modified = NULL WHERE url_key IN (SELECT url_key FROM articles "
        "WHERE id IN (SELECT article_id FROM article_pages))"
    )  # a story over several pages is asked for whole: its first page's 304 says nothing of the others
