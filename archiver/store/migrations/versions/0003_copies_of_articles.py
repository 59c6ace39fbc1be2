"""Copies of articles"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VIEWS = {
    "copies": """
        SELECT m.cluster_id, m.part, a.site, a.published_at, a.first_fetched_at, a.title, a.url, m.article_id
        FROM copy_members m JOIN articles a ON a.id = m.article_id""",
    "copy_clusters": """
        SELECT m.cluster_id, count(*) AS articles, count(DISTINCT a.site) AS sites,
               min(a.published_at) AS earliest_published_at, max(a.published_at) AS latest_published_at
        FROM copy_members m JOIN articles a ON a.id = m.article_id GROUP BY m.cluster_id""",
    "copy_pairs": """
        SELECT l.kind, l.jaccard, l.share, l.share_of_other, l.shared_words,
               a.site, a.published_at, a.title, a.url, l.article_id, o.site AS other_site,
               o.published_at AS other_published_at, o.title AS other_title, o.url AS other_url, l.other_id
        FROM copy_links l JOIN articles a ON a.id = l.article_id JOIN articles o ON o.id = l.other_id""",
}


def upgrade() -> None:
    op.drop_index("ix_articles_site", "articles")  # the new one begins with the site too
    op.create_index("ix_articles_site_published_at", "articles", ["site", "published_at"])
    named_otherwise = sa.text("canonical_url <> url")
    op.create_index(
        "ix_articles_canonical_url",
        "articles",
        ["canonical_url"],
        sqlite_where=named_otherwise,
        postgresql_where=named_otherwise,
    )
    op.create_table(
        "copy_texts",
        _article(primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("full_bands", sa.Integer(), nullable=False),
        sa.Column("stale", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_copy_texts")),
        _to_article("copy_texts"),
    )
    op.create_index(
        "ix_copy_texts_stale",
        "copy_texts",
        ["stale"],
        sqlite_where=sa.text("stale <> 0"),
        postgresql_where=sa.text("stale <> 0"),
    )
    op.create_table(
        "copy_bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_copy_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_links",
        _article(),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("jaccard", "share", "share_of_other")),
        sa.Column("shared_words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_copy_links")),
        _to_article("copy_links"),
        _to_article("copy_links", "other_id"),
    )
    op.create_index("ix_copy_links_other_id", "copy_links", ["other_id"])
    op.create_table(
        "copy_members",
        sa.Column("cluster_id", sa.Integer(), autoincrement=False, nullable=False),
        _article(),
        sa.Column("part", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cluster_id", "article_id", name=op.f("pk_copy_members")),
        _to_article("copy_members"),
    )
    op.create_index("ix_copy_members_article_id", "copy_members", ["article_id"])
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def _article(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column("article_id", sa.Integer(), primary_key=primary_key, nullable=False)


def _to_article(table: str, column: str = "article_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["articles.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )
