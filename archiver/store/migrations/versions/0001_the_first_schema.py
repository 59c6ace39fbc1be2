"""The first schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


VIEWS = {
    "articles_per_day": """
        SELECT site, substr(published_at, 1, 10) AS day, count(*) AS articles
        FROM articles WHERE length(published_at) >= 10 GROUP BY site, substr(published_at, 1, 10)""",
    "articles_per_month": """
        SELECT site, substr(published_at, 1, 7) AS month, count(*) AS articles
        FROM articles WHERE length(published_at) >= 7 GROUP BY site, substr(published_at, 1, 7)""",
    "outcomes_per_site": """
        SELECT sites.name AS site, fetches.outcome, count(*) AS fetches, max(fetches.fetched_at) AS last_at
        FROM fetches JOIN sites ON sites.id = fetches.site_id GROUP BY sites.name, fetches.outcome""",
    "field_coverage": """
        SELECT site, count(*) AS articles, count(title) AS title, count(published_at) AS published_at,
               count(body) AS body, count(section) AS section,
               (SELECT count(DISTINCT x.article_id) FROM authors x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS authors,
               (SELECT count(DISTINCT x.article_id) FROM images x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS images,
               (SELECT count(DISTINCT x.article_id) FROM breadcrumbs x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS breadcrumbs
        FROM articles GROUP BY site""",
    "see_also": """
        SELECT source.site, source.url AS from_url, source.title AS from_title, links.kind,
               links.url AS to_url, links.title AS to_title, links.target_article_id IS NOT NULL AS archived
        FROM links JOIN articles source ON source.id = links.article_id""",
    "article_sources": """
        SELECT articles.url, articles.title, provenance.field, provenance.source, provenance.locator, provenance.raw
        FROM provenance JOIN articles ON articles.id = provenance.article_id""",
}


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("command", sa.Text(), nullable=False, comment="crawl or reparse"),
        sa.Column("arguments", sa.JSON(), nullable=False, comment="what it was asked to do"),
        sa.Column("started_at", sa.Text(), nullable=False, comment="UTC"),
        sa.Column(
            "ended_at", sa.Text(), nullable=True, comment="UTC; null while it runs, or when it was killed"
        ),
        sa.Column("result", sa.Text(), nullable=True, comment="done, failed, interrupted or killed"),
        sa.Column("exit_code", sa.Integer(), nullable=True, comment="as the process gave it"),
        sa.Column("parser", sa.Text(), nullable=False, comment="name and revision of the extraction it used"),
        sa.Column("user_agent", sa.Text(), nullable=True, comment="how it introduced itself"),
        sa.Column("summary", sa.JSON(), nullable=True, comment="its closing counts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("name", sa.Text(), nullable=False, comment="host without www., the same as articles.site"),
        sa.Column(
            "start_url", sa.Text(), nullable=False, comment="the address the site was first crawled from"
        ),
        sa.Column("added_at", sa.Text(), nullable=False, comment="when it was first crawled, UTC"),
        sa.Column(
            "crawl_delay",
            sa.Double(),
            nullable=True,
            comment="seconds between requests its robots.txt asks for",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("name", name=op.f("uq_sites_name")),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("url", sa.Text(), nullable=False, comment="the address that was asked for"),
        sa.Column(
            "url_key", sa.Text(), nullable=False, comment="the address's identity: see archiver/urls.py"
        ),
        sa.Column("fetched_at", sa.Text(), nullable=False, comment="when the response arrived, UTC"),
        sa.Column("status", sa.Integer(), nullable=False, comment="HTTP status"),
        sa.Column("content_type", sa.Text(), nullable=True, comment="as the server declared it"),
        sa.Column(
            "record_type",
            sa.Text(),
            nullable=False,
            comment="response, or revisit where the payload is that of an earlier snapshot",
        ),
        sa.Column("warc_file", sa.Text(), nullable=False, comment="file name in the archive's warc/ folder"),
        sa.Column(
            "warc_offset", sa.Integer(), nullable=False, comment="first byte of the record's gzip member"
        ),
        sa.Column("warc_length", sa.Integer(), nullable=False, comment="bytes of the record's gzip member"),
        sa.Column(
            "end_offset",
            sa.Integer(),
            nullable=False,
            comment="first byte after the last record of this exchange",
        ),
        sa.Column(
            "payload_digest",
            sa.Text(),
            nullable=False,
            comment="sha1 of the payload in base32, as WARC-Payload-Digest",
        ),
        sa.Column(
            "payload_of",
            sa.Integer(),
            nullable=True,
            comment="the earlier snapshot that holds a revisit's payload",
        ),
        sa.ForeignKeyConstraint(["payload_of"], ["snapshots.id"], name=op.f("fk_snapshots_payload_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("warc_file", "warc_offset", name=op.f("uq_snapshots_warc_file_warc_offset")),
    )
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshots_fetched_at"), ["fetched_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshots_payload_digest"), ["payload_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshots_payload_of"), ["payload_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshots_url_key"), ["url_key"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("site_id", sa.Integer(), nullable=False, comment="the site it belongs to"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="its identity: one article is one row"),
        sa.Column("url", sa.Text(), nullable=False, comment="the address it was fetched from"),
        sa.Column(
            "canonical_url", sa.Text(), nullable=False, comment="the address the page gives as its own"
        ),
        sa.Column("site", sa.Text(), nullable=False, comment="host without www."),
        sa.Column("title", sa.Text(), nullable=True, comment="headline, letter for letter"),
        sa.Column("subtitle", sa.Text(), nullable=True, comment="kicker or deck beside the headline"),
        sa.Column("description", sa.Text(), nullable=True, comment="summary the page declares in its head"),
        sa.Column("language", sa.Text(), nullable=True, comment="BCP 47, as declared or seen"),
        sa.Column(
            "published_at",
            sa.Text(),
            nullable=True,
            comment="ISO 8601, as precise as is known: 2023-05-30 or with a time",
        ),
        sa.Column(
            "published_precision",
            sa.Text(),
            nullable=True,
            comment="year, month, day, hour, minute or second",
        ),
        sa.Column(
            "modified_at", sa.Text(), nullable=True, comment="ISO 8601; last change as the page gives it"
        ),
        sa.Column("displayed_date_text", sa.Text(), nullable=True, comment="the date as printed"),
        sa.Column("displayed_date_value", sa.Text(), nullable=True, comment="the printed date in ISO 8601"),
        sa.Column(
            "displayed_date_role",
            sa.Text(),
            nullable=True,
            comment="published, modified or served (the site's clock)",
        ),
        sa.Column("section", sa.Text(), nullable=True, comment="rubric"),
        sa.Column("agency", sa.Text(), nullable=True, comment="news agency credited"),
        sa.Column("body", sa.Text(), nullable=True, comment="the text, paragraphs parted by a blank line"),
        sa.Column("blocks", sa.JSON(), nullable=False, comment="JSON list of {type, text}"),
        sa.Column(
            "parser", sa.Text(), nullable=False, comment="name and revision of the extraction that read it"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="number of its newest version, from 1"),
        sa.Column(
            "content_digest", sa.Text(), nullable=False, comment="sha256 over title, body, captions and date"
        ),
        sa.Column(
            "item_digest",
            sa.Text(),
            nullable=False,
            comment="sha256 over the whole item, to see whether anything changed at all",
        ),
        sa.Column("first_fetched_at", sa.Text(), nullable=False, comment="when it was first archived, UTC"),
        sa.Column("fetched_at", sa.Text(), nullable=False, comment="when it was last fetched, UTC"),
        sa.Column("snapshot_id", sa.Integer(), nullable=False, comment="the page this row was read from"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_articles_site_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_articles_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("url_key", name=op.f("uq_articles_url_key")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_published_at"), ["published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_site"), ["site"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_snapshot_id"), ["snapshot_id"], unique=False)

    op.create_table(
        "frontier",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("site_id", sa.Integer(), nullable=False, comment="the site it belongs to"),
        sa.Column("url", sa.Text(), nullable=False, comment="the address to ask for"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="its identity"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="what discovery takes it for: page, listing, article, sitemap or feed",
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="pending, done or dropped"),
        sa.Column("rank", sa.Integer(), nullable=False, comment="lower goes first"),
        sa.Column("depth", sa.Integer(), nullable=False, comment="links from the entry points"),
        sa.Column(
            "hints",
            sa.JSON(),
            nullable=False,
            comment="what discovery knew: feed date, lastmod, section, anchor text",
        ),
        sa.Column("discovered_at", sa.Text(), nullable=False, comment="UTC"),
        sa.Column("not_before", sa.Text(), nullable=True, comment="UTC; a retry waits until then"),
        sa.Column(
            "attempts",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="tries since it was last pending",
        ),
        sa.Column("outcome", sa.Text(), nullable=True, comment="of the last try"),
        sa.Column("fetched_at", sa.Text(), nullable=True, comment="of the last try, UTC"),
        sa.Column(
            "gave",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="articles and new promising addresses the last try gave",
        ),
        sa.Column(
            "lastmod", sa.Text(), nullable=True, comment="as a sitemap last gave it, letter for letter"
        ),
        sa.Column("etag", sa.Text(), nullable=True, comment="of the last response, for conditional requests"),
        sa.Column(
            "last_modified",
            sa.Text(),
            nullable=True,
            comment="of the last response, for conditional requests",
        ),
        sa.Column(
            "shape",
            sa.Text(),
            nullable=False,
            comment="the address with its numbers and slugs blanked: for finding traps",
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_frontier_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frontier")),
        sa.UniqueConstraint("site_id", "url_key", name=op.f("uq_frontier_site_id_url_key")),
    )
    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_frontier_shape"), ["shape"], unique=False)
        batch_op.create_index(
            "ix_frontier_site_id_state_rank_id", ["site_id", "state", "rank", "id"], unique=False
        )

    op.create_table(
        "aliases",
        sa.Column("url_key", sa.Text(), nullable=False, comment="identity of the other address"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it leads to"),
        sa.Column("url", sa.Text(), nullable=False, comment="the other address"),
        sa.Column("reason", sa.Text(), nullable=False, comment="redirect or canonical"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_aliases_article_id")),
        sa.PrimaryKeyConstraint("url_key", name=op.f("pk_aliases")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aliases_article_id"), ["article_id"], unique=False)

    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="from 1"),
        sa.Column(
            "cause",
            sa.Text(),
            nullable=False,
            comment="first, publisher (the page changed) or parser (we read the same page anew)",
        ),
        sa.Column("created_at", sa.Text(), nullable=False, comment="UTC"),
        sa.Column("snapshot_id", sa.Integer(), nullable=False, comment="the page it was read from"),
        sa.Column("parser", sa.Text(), nullable=False, comment="name and revision of the extraction"),
        sa.Column(
            "content_digest", sa.Text(), nullable=False, comment="sha256 over title, body, captions and date"
        ),
        sa.Column("item", sa.Text(), nullable=False, comment="the whole item as JSON, but for `parser`"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_versions_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_article_versions_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_article_versions")),
    )
    with op.batch_alter_table("article_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_versions_snapshot_id"), ["snapshot_id"], unique=False)

    op.create_table(
        "authors",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="as shown"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_authors_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_authors")),
    )
    with op.batch_alter_table("authors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authors_name"), ["name"], unique=False)

    op.create_table(
        "breadcrumbs",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="as shown"),
        sa.Column("url", sa.Text(), nullable=True, comment="null where the crumb is no link"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_breadcrumbs_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_breadcrumbs")),
    )
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number"),
        sa.Column("run_id", sa.Integer(), nullable=True, comment="the run that tried it"),
        sa.Column("site_id", sa.Integer(), nullable=False, comment="the site it belongs to"),
        sa.Column("url", sa.Text(), nullable=False, comment="the address that was asked for"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="its identity"),
        sa.Column("fetched_at", sa.Text(), nullable=False, comment="UTC"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="what came of it: see docs/outcomes.md"),
        sa.Column("detail", sa.Text(), nullable=True, comment="the evidence, or the error's words"),
        sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status; null where no response came"),
        sa.Column("size", sa.Integer(), nullable=True, comment="bytes of the body on the wire"),
        sa.Column("latency", sa.Double(), nullable=True, comment="seconds from request to response"),
        sa.Column("snapshot_id", sa.Integer(), nullable=True, comment="the response as kept"),
        sa.Column("article_id", sa.Integer(), nullable=True, comment="the article it gave"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_fetches_article_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_fetches_run_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_fetches_site_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_fetches_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
    )
    with op.batch_alter_table("fetches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetches_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetches_run_id"), ["run_id"], unique=False)
        batch_op.create_index("ix_fetches_site_id_outcome", ["site_id", "outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetches_snapshot_id"), ["snapshot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetches_url_key"), ["url_key"], unique=False)

    op.create_table(
        "images",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("url", sa.Text(), nullable=False, comment="the picture's own address"),
        sa.Column("caption", sa.Text(), nullable=True, comment="as printed"),
        sa.Column("credit", sa.Text(), nullable=True, comment="photographer or agency, where marked"),
        sa.Column("alt", sa.Text(), nullable=True, comment="the alt attribute"),
        sa.Column("role", sa.Text(), nullable=False, comment="lead or inline"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_images_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_images")),
    )
    op.create_table(
        "links",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="as shown"),
        sa.Column("url", sa.Text(), nullable=False, comment="canonical address"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="its identity"),
        sa.Column("excerpt", sa.Text(), nullable=True, comment="the teaser beside it"),
        sa.Column("kind", sa.Text(), nullable=False, comment="check_also, related or inline"),
        sa.Column(
            "target_article_id", sa.Integer(), nullable=True, comment="the article it leads to, once archived"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_links_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_article_id"], ["articles.id"], name=op.f("fk_links_target_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_links")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_links_target_article_id"), ["target_article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_links_url_key"), ["url_key"], unique=False)

    op.create_table(
        "article_pages",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("snapshot_id", sa.Integer(), nullable=False, comment="the page as kept"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_pages_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_article_pages_snapshot_id")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_article_pages")),
    )
    with op.batch_alter_table("article_pages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_pages_snapshot_id"), ["snapshot_id"], unique=False)

    op.create_table(
        "provenance",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column("field", sa.Text(), nullable=False, comment="the item's field"),
        sa.Column(
            "source",
            sa.Text(),
            nullable=False,
            comment="profile, theme, structure, json_ld, microdata, opengraph, meta, hint, url, trafilatura",
        ),
        sa.Column("locator", sa.Text(), nullable=False, comment="selector, JSON-LD path, meta or hint name"),
        sa.Column(
            "raw", sa.Text(), nullable=False, comment="the text it was read from, at most 500 characters"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_provenance_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "field", name=op.f("pk_provenance")),
    )
    op.create_table(
        "tags",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="as shown"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_tags_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_tags")),
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tags_name"), ["name"], unique=False)

    op.create_table(
        "warnings",
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article it belongs to"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="its place on the page, from 0",
        ),
        sa.Column("code", sa.Text(), nullable=False, comment="a fixed code"),
        sa.Column("detail", sa.Text(), nullable=False, comment="the particulars"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_warnings_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_warnings")),
    )
    with op.batch_alter_table("warnings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_warnings_code"), ["code"], unique=False)
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
