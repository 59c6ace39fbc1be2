"""The data dictionary, written from the schema itself: `python -m archiver.store.dictionary`."""

import sys
from collections.abc import Mapping

from sqlalchemy import MetaData, Table

from archiver.store.tables import VIEWS, Base

HEAD = """# Data dictionary of `archive.db`
Written from the schema by `python -m archiver.store.dictionary`; a test holds the two together.
Dates are ISO 8601 text: text order is time order within one zone. `url_key` is an address's identity:
without scheme, `www.`, tracking parameters and closing slash, with Arabic slugs decoded, so that one
article is one row however its address is written.
"""


def render(metadata: MetaData, views: Mapping[str, str]) -> str:
    """The dictionary as Markdown: a table of columns for every table, and the views."""
    docs = {mapper.local_table: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    tables = [_table(table, docs.get(table, "")) for table in metadata.sorted_tables]
    listed = "\n".join(f"- `{name}`: {' '.join(select.split())}" for name, select in sorted(views.items()))
    return HEAD + "\n" + "\n".join(tables) + f"\n## Views\n{listed}\n"


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
