"""The data dictionary, written from the schema itself: `python -m archiver.store.dictionary`."""

import sys
from collections.abc import Mapping

from sqlalchemy import MetaData, Table

from archiver.store.tables import VIEWS, VIEWS_IN_WORDS, Base

OWN = ("copy_", "search_")
"""Tables that an analyst asks by way of views and of `articles_fts`: they come last."""
HEAD = """# Data dictionary of `archive.db`
Written from the schema by `python -m archiver.store.dictionary`; a test holds the two together.
Dates are ISO 8601 text: text order is time order within one zone; `datetime(published_at)` brings those that have a
zone to UTC. `url_key` is an address's identity: without scheme, `www.`, tracking parameters and closing slash, with
Arabic slugs decoded, so that one article is one row however its address is written.

Begin with the views: they answer the common questions. What an article has is in `articles` and, many to one, in
`authors`, `tags`, `breadcrumbs`, `images`, `links`, `provenance` and `warnings` (`article_id`), its earlier states in
`article_versions`; what a crawl did is in `runs`, `site_runs`, `fetches` and `snapshots`. Tables whose names begin with
`copy_` or `search_` are the program's own: ask the views and `articles_fts` instead.
"""


def render(metadata: MetaData, views: Mapping[str, str]) -> str:
    """The dictionary as Markdown: the views, and a table of columns for every table."""
    docs = {mapper.local_table: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    ordered = sorted(metadata.sorted_tables, key=lambda table: table.name.startswith(OWN))
    tables = [_table(table, docs.get(table, "")) for table in ordered]
    listed = "\n".join(_view(name, select) for name, select in sorted(views.items()))
    return f"{HEAD}\n## Views\n{listed}\n\n" + "\n".join(tables).rstrip("\n") + "\n"


def _view(name: str, select: str) -> str:
    return f"- `{name}`: {VIEWS_IN_WORDS[name]}\n  `{' '.join(select.split())}`"


def _table(table: Table, doc: str) -> str:
    rows = [f"| `{column.name}` | {column.type} | {_notes(column)} |" for column in table.columns]
    return "\n".join(
        [
            f"## {table.name}",
            doc.strip(),
            "",
            "| column | type | what it is |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _notes(column: object) -> str:
    comment = getattr(column, "comment", None) or ""
    keys = getattr(column, "foreign_keys", ())
    target = "".join(f" → `{key.target_fullname}`" for key in keys)
    return f"{comment}{target}{' (may be null)' if getattr(column, 'nullable', False) else ''}"


if __name__ == "__main__":
    sys.stdout.write(render(Base.metadata, VIEWS))
