"""What Datasette learns: two SQL functions, and to search the articles by words.

`fold(text)` is the text as it is compared; `fts_expression(text)` is a search text as `articles_fts MATCH` takes
it, written as for `warraq search`. A text that cannot be searched for finds nothing.
"""

import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.filters import FilterArguments
from sqlalchemy import create_engine

from archiver.arabic.text import fold
from archiver.errors import QueryError
from archiver.search import fts_expression

FOUND = (
    "id IN (SELECT article_id FROM search_documents JOIN articles_fts ON articles_fts.rowid = search_documents.id "
    "WHERE articles_fts MATCH fts_expression(:words))"
)
NOTHING = '""'
"""A phrase of no word. Null would be an error."""

NOWHERE = create_engine("sqlite://").connect
"""Without other forms of words an expression is made of the text alone: no database is asked."""


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Adds the functions to a connection."""
    conn.create_function("fold", 1, _fold, deterministic=True)
    conn.create_function("fts_expression", 1, expression, deterministic=True)


# After Datasette's own, which sees no full text of its kind here.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, table: str) -> Any:
    """`?_search=` over the articles, and the field for it on their page."""
    if table != "articles":
        return None

    async def found() -> FilterArguments:
        words = request.args.get("_search") or ""
        shown = {"supports_search": True, "search": words}
        if not words.strip():
            return FilterArguments([], {}, [], shown)
        return FilterArguments([FOUND], {"words": words}, [f"with the words {words}"], shown)

    return found


def expression(text: Any) -> str:
    """The search text for FTS5; what matches nothing where it is blank or cannot be understood."""
    with NOWHERE() as connection:
        try:
            return fts_expression(connection, str(text or "")) or NOTHING
        except QueryError:
            return NOTHING


def _fold(text: Any) -> str | None:
    return None if text is None else fold(str(text))
