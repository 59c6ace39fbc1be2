"""What an archive needs over years: when sites and articles are looked at again, and removed articles"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sites", sa.Column("crawled_at", sa.Text(), nullable=True))
    op.add_column("frontier", sa.Column("gave_at", sa.Text(), nullable=True))
    op.add_column("frontier", sa.Column("dated", sa.Text(), nullable=True))
    op.create_index(
        "ix_frontier_site_id_dated_fetched_at",
        "frontier",
        ["site_id", "dated", "fetched_at"],
        sqlite_where=sa.text("dated IS NOT NULL"),
        postgresql_where=sa.text("dated IS NOT NULL"),
    )
    lists = sa.text("kind IN ('sitemap', 'feed', 'listing')")
    op.create_index(
        "ix_frontier_site_id_kind",
        "frontier",
        ["site_id", "kind"],
        sqlite_where=lists,
        postgresql_where=lists,
    )
    op.add_column("articles", sa.Column("removed_at", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("removed_how", sa.Text(), nullable=True))
    op.create_index("ix_articles_removed_at", "articles", ["removed_at"])
    _fill()


def _fill() -> None:
    """How old each archived article is, and what its lists gave when they were last asked."""
    connection = op.get_bind()
    articles = connection.execute(
        sa.text("SELECT site_id, url_key, published_at, first_fetched_at FROM articles")
    ).all()
    rows = [
        {"site": site, "key": key, "dated": min(_utc(published) or first, first)}
        for site, key, published, first in articles
    ]
    if rows:
        connection.execute(
            sa.text("UPDATE frontier SET dated = :dated WHERE site_id = :site AND url_key = :key"), rows
        )
    connection.execute(sa.text("UPDATE frontier SET gave_at = fetched_at WHERE gave > 0"))


def _utc(published: str | None) -> str | None:
    """As `archiver.store.articles.dated` has it today."""
    if published is None or len(published) <= 10:
        return published
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()
