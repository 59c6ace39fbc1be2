"""What Datasette shows: every table and column in the words of the data dictionary, facets, and questions to ask."""

from typing import Any

from archiver.store.tables import VIEWS_IN_WORDS, Base

DATABASE_NAME = "archive"
HIDDEN = (
    "copy_shingles",
    "copy_segments",
    "copy_blocks",
    "copy_filters",
    "copy_texts",
    "search_documents",
    "search_pending",
    "search_index",
    "alembic_version",
)
WEIGHTS = "10.0, 4.0, 1.0, 2.0, 2.0, 0.0"

QUERIES: dict[str, dict[str, Any]] = {
    "search": {
        "title": "بحث · Search",
        "description": 'Words, "phrases", beginnings*, AND, OR, NOT, as for `warraq search`: احمد finds أحمد',
        "sql": f"""
            SELECT a.id, a.published_at, a.site, a.title, a.section, a.url
            FROM articles_fts JOIN search_documents d ON d.id = articles_fts.rowid
                JOIN articles a ON a.id = d.article_id
            WHERE articles_fts MATCH fts_expression(:q)
            ORDER BY bm25(articles_fts, {WEIGHTS}), d.id DESC LIMIT 100""",  # noqa: S608
        "params": ["q"],
    },
    "articles_by_month": {
        "title": "Articles a month",
        "description": "How much each site published; a blank site means all",
        "sql": """
            SELECT month, site, articles FROM articles_per_month
            WHERE :site = '' OR site = :site ORDER BY month DESC, site""",
        "params": ["site"],
    },
    "coverage": {
        "title": "Coverage of the fields",
        "description": "How many of a site's articles have a title, a date …, in per cent; 20,000 are looked at",
        "sql": """
            SELECT site, count(*) AS looked_at,
                round(100.0 * count(title) / count(*), 1) AS title,
                round(100.0 * count(published_at) / count(*), 1) AS published_at,
                round(100.0 * count(body) / count(*), 1) AS body,
                round(100.0 * count(section) / count(*), 1) AS section,
                round(100.0 * sum(EXISTS (SELECT 1 FROM authors WHERE article_id = a.id)) / count(*), 1) AS authors,
                round(100.0 * sum(EXISTS (SELECT 1 FROM images WHERE article_id = a.id)) / count(*), 1) AS images,
                round(100.0 * sum(EXISTS (SELECT 1 FROM breadcrumbs WHERE article_id = a.id)) / count(*), 1)
                    AS breadcrumbs
            FROM articles a WHERE id % (1 + (SELECT max(id) FROM articles) / 20000) = 0
            GROUP BY site ORDER BY looked_at DESC""",
    },
    "who_copied_whom": {
        "title": "Who copied whom",
        "description": "Pairs of sites that share texts: how often the one's article is earlier than the other's; "
        "left out where the dates do not tell, as on one day without the time",
        "sql": """
            WITH pairs AS (
                SELECT site, other_site, jaccard,
                    CASE WHEN length(published_at) > 10 AND length(other_published_at) > 10
                        THEN julianday(published_at) - julianday(other_published_at)
                        ELSE julianday(substr(published_at, 1, 10)) - julianday(substr(other_published_at, 1, 10))
                    END AS days_later
                FROM copy_pairs
                WHERE site <> other_site AND length(published_at) >= 10 AND length(other_published_at) >= 10)
            SELECT CASE WHEN days_later < 0 THEN site ELSE other_site END AS earlier,
                CASE WHEN days_later < 0 THEN other_site ELSE site END AS later,
                count(*) AS articles, round(avg(jaccard), 2) AS mean_similarity
            FROM pairs WHERE days_later <> 0
            GROUP BY 1, 2 ORDER BY articles DESC""",
    },
    "changed_after_publication": {
        "title": "Changed after publication",
        "description": "Articles that their publisher changed, the last change first",
        "sql": """
            SELECT a.id, a.site, a.title, count(*) AS changes, max(v.created_at) AS last_seen_at, a.url
            FROM article_versions v JOIN articles a ON a.id = v.article_id
            WHERE v.cause = 'publisher' GROUP BY a.id ORDER BY last_seen_at DESC LIMIT 1000""",
    },
    "outcomes": {
        "title": "What became of every address",
        "description": "Outcomes by site",
        "sql": "SELECT * FROM outcomes_per_site ORDER BY site, fetches DESC",
    },
}


def metadata() -> dict[str, Any]:
    """The `metadata` of Datasette."""
    return {
        "title": "Warraq · وَرّاق",
        "description": "An archive of Arabic news. Every field says where it came from: see the table provenance.",
        "license": "The articles belong to their publishers; Warraq is Apache-2.0",
        "source": "Warraq",
        "databases": {
            DATABASE_NAME: {
                "tables": _tables() | {name: {"description": said} for name, said in VIEWS_IN_WORDS.items()},
                "queries": QUERIES,
            }
        },
    }


def _tables() -> dict[str, Any]:
    docs = {mapper.local_table: (mapper.class_.__doc__ or "").strip() for mapper in Base.registry.mappers}
    described: dict[str, Any] = {name: {"hidden": True} for name in HIDDEN}
    for table in Base.metadata.sorted_tables:
        described.setdefault(table.name, {})
        described[table.name] |= {
            "description": docs[table],
            "columns": {column.name: column.comment for column in table.columns if column.comment},
        }
    described["articles"] |= {
        "facets": ["site", "section", "language"],
        "sort_desc": "published_at",
        "label_column": "title",
    }
    described["sites"]["label_column"] = "name"
    return described
