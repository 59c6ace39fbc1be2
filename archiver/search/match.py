"""What is looked for, in the language of the database's own full text."""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from sqlalchemy import BigInteger, ColumnElement, Connection, Double, cast, column, func, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from archiver.arabic.words import forms
from archiver.search.query import All, Either, Node, Query, Without, Words
from archiver.store.fulltext import AUTHOR, SECTION, SITE, key, lexeme

WEIGHTS = (10.0, 4.0, 1.0, 2.0, 2.0, 0.0)
"""Of title, deck, body, captions, names and keys: a word in the title counts as much as ten in the body."""


INDEX = table("articles_fts", column("rowid", BigInteger), column("articles_fts"), column("words"))

UNTIL_THE_END = text("SELECT set_config(name, 'off', true) FROM unnest(CAST(:settings AS text[])) AS name")

OCCURRING = text(
    """SELECT value FROM json_each(:expressions)
    WHERE EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH value)"""
)


KNOWN = text(
    """SELECT lexeme FROM unnest(CAST(:lexemes AS text[])) AS lexeme
    WHERE EXISTS (SELECT 1 FROM articles_fts WHERE words @@ CAST(lexeme AS tsquery))"""
)


class Dialect(Protocol):
    """How a database is asked: over `INDEX`, with what `expression` made of the query."""

    is_sorted: bool  # whether a range of numbers costs what is in it; else it costs as much as all

    def matches(self, expression: str) -> ColumnElement[bool]: ...

    def rank(self, expression: str) -> ColumnElement[float]:
        """Lower is better."""

    def expression(self, node: Node | None, keys: list[str], stem: bool) -> str: ...

    def in_title(self, node: Node, stem: bool) -> str:
        """An expression for what says it all in the title."""

    def both(self, one: str, other: str) -> str: ...

    def without(self, one: str, other: str) -> str: ...


class Sqlite:
    """FTS5. Every word goes in quotes, so that nothing in a text is syntax."""

    is_sorted = True

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def matches(self, expression: str) -> ColumnElement[bool]:
        return INDEX.c.articles_fts.op("MATCH", is_comparison=True)(expression)

    def rank(self, _expression: str) -> ColumnElement[float]:
        return func.bm25(INDEX.c.articles_fts, *WEIGHTS)

    def expression(self, node: Node | None, keys: list[str], stem: bool) -> str:
        parts = [f'"{each}"' for each in keys]
        if node is not None:
            parts.append(self._of(node, stem))
        return " AND ".join(parts)

    def in_title(self, node: Node, stem: bool) -> str:
        return f"({{title}} : {self._of(node, stem)})"

    def both(self, one: str, other: str) -> str:
        return f"({one}) AND ({other})"

    def without(self, one: str, other: str) -> str:
        return f"({one}) NOT ({other})"

    def _of(self, node: Node, stem: bool) -> str:
        match node:
            case Words():
                return self._words(node, stem)
            case Without(wanted, unwanted):
                return f"({self._of(wanted, stem)} NOT {self._of(unwanted, stem)})"
            case All(parts):
                return f"({' AND '.join(self._of(part, stem) for part in parts)})"
            case Either(parts):
                return f"({' OR '.join(self._of(part, stem) for part in parts)})"

    def _words(self, node: Words, stem: bool) -> str:
        if stem and not node.is_quoted and not node.is_prefix:
            known = self._occurring(map(_quoted, forms(node.words[0]))) or [_quoted(node.words[0])]
            return f"({' OR '.join(known)})"
        return _quoted(" ".join(node.words)) + (" *" if node.is_prefix else "")

    def _occurring(self, expressions: Iterable[str]) -> list[str]:
        """Those that any document has: one of no document costs as much as one of many."""
        return list(self._connection.scalars(OCCURRING, {"expressions": json.dumps(list(expressions))}))


class Postgres:
    """`tsquery` over the `tsvector` that archiver/store/fulltext.py makes."""

    is_sorted = False

    def __init__(self, connection: Connection) -> None:
        """Has the planner take the index, until the transaction ends: it thinks reading all rows cheap, for it does
        not see that their words lie elsewhere and have to be unpacked.
        """
        self._connection = connection
        connection.execute(UNTIL_THE_END, {"settings": ["enable_seqscan", "jit"]})

    def matches(self, expression: str) -> ColumnElement[bool]:
        return INDEX.c.words.op("@@", is_comparison=True)(cast(expression, TSQUERY))

    def rank(self, expression: str) -> ColumnElement[float]:
        by_length = 1  # a long text says a word more often
        return -cast(func.ts_rank(INDEX.c.words, cast(expression, TSQUERY), by_length), Double)

    def expression(self, node: Node | None, keys: list[str], stem: bool) -> str:
        parts = [lexeme(each) for each in keys]
        if node is not None:
            parts.append(self._of(node, stem, ""))
        return " & ".join(parts)

    def in_title(self, node: Node, stem: bool) -> str:
        return self._of(node, stem, "A")

    def both(self, one: str, other: str) -> str:
        return f"({one}) & ({other})"

    def without(self, one: str, other: str) -> str:
        return f"({one}) & !({other})"

    def _of(self, node: Node, stem: bool, weight: str) -> str:
        match node:
            case Words():
                return self._words(node, stem, weight)
            case Without(wanted, unwanted):
                return f"({self._of(wanted, stem, weight)} & !{self._of(unwanted, stem, weight)})"
            case All(parts):
                return f"({' & '.join(self._of(part, stem, weight) for part in parts)})"
            case Either(parts):
                return f"({' | '.join(self._of(part, stem, weight) for part in parts)})"

    def _words(self, node: Words, stem: bool, weight: str) -> str:
        sign = f":{weight}" if weight else ""
        if stem and not node.is_quoted and not node.is_prefix:
            known = self._occurring(map(lexeme, forms(node.words[0]))) or [lexeme(node.words[0])]
            return f"({' | '.join(form + sign for form in known)})"
        *head, last = (lexeme(word) + sign for word in node.words)
        if node.is_prefix:
            last = f"{lexeme(node.words[-1])}:*{weight}"
        return f"({' <-> '.join([*head, last])})"

    def _occurring(self, lexemes: Iterable[str]) -> list[str]:
        """Those that any document has: every other makes the work longer."""
        return list(self._connection.scalars(KNOWN, {"lexemes": list(lexemes)}))


class Compiled(NamedTuple):
    """A query as the database takes it. Without `expression` all documents are meant."""

    dialect: Dialect
    expression: str | None
    in_title: str | None = None  # of what matches, what says it all in the title, and what does not
    not_in_title: str | None = None


def compiled(connection: Connection, query: Query, node: Node | None, site_id: int | None) -> Compiled:
    """The query's text and filters but for its dates, which are ranges of document numbers."""
    dialect = DIALECTS[connection.dialect.name](connection)
    keys = [] if site_id is None else [key(SITE, site_id)]
    keys += [key(kind, value) for kind, value in ((SECTION, query.section), (AUTHOR, query.author)) if value]
    if node is None and not keys:
        return Compiled(dialect, None)
    expression = dialect.expression(node, keys, query.stem)
    if node is None:
        return Compiled(dialect, expression)
    titled = dialect.in_title(node, query.stem)
    return Compiled(
        dialect, expression, dialect.both(expression, titled), dialect.without(expression, titled)
    )


def _quoted(words: str) -> str:
    return f'"{words}"'


DIALECTS: dict[str, Callable[[Connection], Dialect]] = {"sqlite": Sqlite, "postgresql": Postgres}
