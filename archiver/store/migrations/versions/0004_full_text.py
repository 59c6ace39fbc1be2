"""Full text"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ARTICLES_FTS = {
    "sqlite": """
        CREATE VIRTUAL TABLE articles_fts USING fts5 (
            title, deck, body, captions, names, keys,
            content = '', tokenize = 'ascii'
        )""",
    "postgresql": "CREATE TABLE articles_fts (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
}


def upgrade() -> None:
    """The tables and an empty index; who opens the archive for writing next fills it."""
    op.create_table(
        "search_documents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="the day and minute of publication and a running number: newest is highest; "
            "below 0 where no date is known",
        ),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it is of"),
        sa.Column("site_id", sa.Integer(), nullable=False, comment="its site"),
        sa.Column("section", sa.Text(), nullable=True, comment="its rubric"),
        sa.Column("authors", sa.Text(), nullable=True, comment="their names, one a line"),
        sa.Column(
            "item_digest",
            sa.Text(),
            nullable=False,
            comment="first 16 digits of the article's item_digest, as it was indexed",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_search_documents_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_search_documents_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("article_id", name=op.f("uq_search_documents_article_id")),
    )
    op.create_table(
        "search_pending",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False, comment="the article"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_search_pending_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_pending")),
    )
    op.create_table(
        "search_index",
        sa.Column("revision", sa.Text(), nullable=False, comment="of the rules that cut and fold words"),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_search_index")),
    )
    dialect = op.get_context().dialect.name
    op.execute(ARTICLES_FTS[dialect])
    if dialect == "postgresql":
        op.execute("CREATE INDEX ix_articles_fts_words ON articles_fts USING gin (words)")
