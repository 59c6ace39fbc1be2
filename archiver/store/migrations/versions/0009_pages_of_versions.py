"""Pages of versions"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COPY_CLUSTERS = """
        SELECT m.cluster_id, count(*) AS articles, count(DISTINCT a.site) AS sites,
               min(substr(a.published_at, 1, 10)) AS earliest_day, max(substr(a.published_at, 1, 10)) AS latest_day
        FROM copy_members m JOIN articles a ON a.id = m.article_id GROUP BY m.cluster_id"""


def upgrade() -> None:
    op.create_table(
        "version_pages",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_version_pages_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_version_pages_snapshot_id")),
        sa.PrimaryKeyConstraint("article_id", "number", "position", name=op.f("pk_version_pages")),
    )
    op.create_index(op.f("ix_version_pages_snapshot_id"), "version_pages", ["snapshot_id"])
    op.execute(
        "INSERT INTO version_pages (article_id, number, position, snapshot_id) "
        "SELECT p.article_id, v.number, p.position, p.snapshot_id FROM article_pages p "
        "JOIN articles a ON a.id = p.article_id JOIN article_versions v ON v.article_id = a.id "
        "AND v.number = a.version AND v.snapshot_id = a.snapshot_id"
    )
    # its dates were compared as text, which clocks of two zones are not
    op.execute("DROP VIEW copy_clusters")
    op.execute(f"CREATE VIEW copy_clusters AS {COPY_CLUSTERS}")
