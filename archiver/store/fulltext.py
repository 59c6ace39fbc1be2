"""Keeping the full-text index: which articles are in it, under which number, with which words.

`articles_fts` holds words only (an index without content): what a reader is shown is read from the
article. A document's number is made of its date, so that the index itself is in the order of time:
"newest first", "since" and "until" and the histogram are ranges of numbers.

An article that is stored is noted as pending; `catch_up` indexes what is pending, in batches. Both are
in the archive's transaction, so that a killed run leaves articles pending, never an index that lies.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text

from archiver.arabic.words import words
from archiver.store import tables as t

REVISION = "1"
"""Of what is indexed and how words are cut and folded. Raise it when either changes: the index is then made anew."""

BATCH = 500  # articles indexed at a time
DAY_BITS, MINUTE_BITS = 21, 10
MINUTE_SIZE = 1 << MINUTE_BITS
DAY_END = 1440 << MINUTE_BITS  # in a day, after its last minute: where a minute's second thousand goes
UNDATED = -(1 << 46)
DIGITS = 16  # of the item's digest

MAX_LEXEME, LAST_PLACE, MAX_PLACES = 400, 16_383, 255
"""What a `tsvector` of PostgreSQL holds: letters of a word (2,046 bytes), places in a text, places of one word."""

DOCUMENTS, PENDING = t.table_of(t.SearchDocument), t.table_of(t.SearchPending)
KEY = "§"
"""Before a word of the `keys` column. No word of a text has it, so what is searched for never meets a key."""

SITE, SECTION, AUTHOR = "s", "c", "a"

HIGHEST_IN = select(func.max(DOCUMENTS.c.id)).where(
    DOCUMENTS.c.id >= bindparam("start"), DOCUMENTS.c.id < bindparam("stop")
)
INDEXED = select(DOCUMENTS.c.id, DOCUMENTS.c.item_digest).where(
    DOCUMENTS.c.article_id == bindparam("article")
)
NOTE_NEW = insert(PENDING)
NOTE = insert(PENDING).from_select(
    ["article_id"],
    select(bindparam("article", type_=PENDING.c.article_id.type)).where(
        ~select(PENDING.c.article_id).where(PENDING.c.article_id == bindparam("article")).exists()
    ),
)


class Document(NamedTuple):
    """An article as it is indexed: words parted by blanks, column by column."""

    article_id: int
    site_id: int
    section: str | None
    authors: str | None
    published_at: str | None
    item_digest: str
    columns: tuple[str, ...]  # title, deck, body, captions, names, keys


class Index(Protocol):
    """Where the words are kept."""

    def add(self, documents: list[tuple[int, tuple[str, ...]]]) -> None: ...

    def remove(self, number: int, columns: tuple[str, ...]) -> None: ...

    def clear(self) -> None: ...

    def compact(self) -> None: ...

    def size(self) -> int: ...


def key(kind: str, value: str | int) -> str:
    """The word of the `keys` column that stands for a site, section or author; names are compared folded."""
    return KEY + kind + (str(value) if isinstance(value, int) else "·".join(words(value)))


def first_number(day: date) -> int:
    """The lowest number a document of the day can have."""
    return day.toordinal() << DAY_BITS


def last_number(day: date) -> int:
    """The highest number a document of the day can have."""
    return ((day.toordinal() + 1) << DAY_BITS) - 1


def day_of(number: int) -> date | None:
    """The day of a document's number; None where it has no date."""
    return None if number < 0 else date.fromordinal(number >> DAY_BITS)


class FullText:
    """The index over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index: Index = INDEXES[connection.dialect.name](connection)

    def note(self, article_id: int) -> None:
        """The article is new, or was forgotten to be indexed anew."""
        self._connection.execute(NOTE, {"article": article_id})

    def forget(self, article_id: int) -> None:
        """Takes the article out; to be called before its rows change, for the index needs the words that leave it."""
        known = self._connection.execute(INDEXED, {"article": article_id}).first()
        if known is None:
            return
        (document,) = documents(self._connection, [article_id])
        if document.item_digest == known.item_digest:
            self._index.remove(known.id, document.columns)
        self._connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == known.id))

    def pending(self) -> int:
        """How many articles wait."""
        return self._connection.scalar(select(func.count()).select_from(PENDING)) or 0

    def size(self) -> int:
        """How many documents the index itself holds."""
        return self._index.size()

    def is_current(self) -> bool:
        """Whether the index was made by today's rules."""
        return self._connection.scalar(select(t.SearchIndex.revision)) == REVISION

    def catch_up(self, most: int | None = None) -> int:
        """Indexes one batch of what is pending (of `BATCH`, unless told otherwise); gives how many that were."""
        waiting = select(PENDING.c.article_id).order_by(PENDING.c.article_id).limit(most or BATCH)
        ids = list(self._connection.scalars(waiting))
        if not ids:
            return 0
        numbered = sorted(self._numbered(documents(self._connection, ids)), key=lambda pair: pair[0])
        self._connection.execute(
            insert(DOCUMENTS),
            [
                {
                    "id": number,
                    "article_id": each.article_id,
                    "site_id": each.site_id,
                    "section": each.section,
                    "authors": each.authors,
                    "item_digest": each.item_digest,
                }
                for number, each in numbered
            ],
        )
        self._index.add([(number, each.columns) for number, each in numbered])
        self._connection.execute(delete(PENDING).where(PENDING.c.article_id <= ids[-1]))
        return len(ids)

    def start_anew(self) -> None:
        """Empties the index, and all articles wait for it."""
        for table in (DOCUMENTS, PENDING, t.table_of(t.SearchIndex)):
            self._connection.execute(delete(table))
        self._index.clear()
        self._connection.execute(insert(PENDING).from_select(["article_id"], select(t.ArticleRow.id)))
        self._connection.execute(insert(t.SearchIndex).values(revision=REVISION))

    def compact(self) -> None:
        """Brings the pieces that crawls left behind into one: a fifth less work for a search."""
        self._index.compact()

    def _numbered(self, batch: Iterable[Document]) -> Iterator[tuple[int, Document]]:
        last: dict[int, int] = {}
        for each in batch:
            start = _first_number_of(each)
            if start < 0:
                yield UNDATED + each.article_id, each
                continue
            number = self._next(last, start, start + MINUTE_SIZE)
            if number == start + MINUTE_SIZE:
                day = start >> DAY_BITS << DAY_BITS
                number = self._next(last, day + DAY_END, day + (1 << DAY_BITS))
                if number == day + (1 << DAY_BITS):  # more than half a million of one day
                    number = UNDATED + each.article_id
            yield number, each

    def _next(self, last: dict[int, int], start: int, stop: int) -> int:
        """The first number from `start` that follows all taken ones, `stop` where none is left."""
        if start not in last:
            taken = self._connection.scalar(HIGHEST_IN, {"start": start, "stop": stop})
            last[start] = start - 1 if taken is None else taken
        if last[start] + 1 < stop:
            last[start] += 1
            return last[start]
        return stop


def documents(connection: Connection, article_ids: list[int]) -> Iterator[Document]:
    """The articles as they are indexed today, in no order."""
    a = t.ArticleRow
    captions = _texts_of(connection, t.ImageRow, article_ids, t.ImageRow.caption, t.ImageRow.credit)
    tags = _texts_of(connection, t.TagRow, article_ids, t.TagRow.name)
    authors = _texts_of(connection, t.AuthorRow, article_ids, t.AuthorRow.name)
    rows = connection.execute(
        select(
            a.id, a.site_id, a.section, a.agency, a.published_at, a.item_digest,
            a.title, a.subtitle, a.description, a.body,
        ).where(a.id.in_(article_ids))
    )  # fmt: skip
    for row in rows:
        names = authors.get(row.id, [])
        keys = [key(SITE, row.site_id), *(key(AUTHOR, name) for name in names)]
        if row.section:
            keys.append(key(SECTION, row.section))
        columns = (
            _words(row.title),
            _words(row.subtitle, row.description),
            _words(row.body),
            _words(*captions.get(row.id, ())),
            _words(*tags.get(row.id, ()), *names, row.section, row.agency),
            " ".join(keys),
        )
        listed = "\n".join(" ".join(name.split()) for name in names) or None
        yield Document(
            row.id, row.site_id, row.section, listed, row.published_at, row.item_digest[:DIGITS], columns
        )


def _texts_of(
    connection: Connection, row: Any, article_ids: list[int], *columns: Any
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = connection.execute(
        select(row.article_id, *columns)
        .where(row.article_id.in_(article_ids))
        .order_by(row.article_id, row.position)
    )
    for article_id, *texts in rows:
        found.setdefault(article_id, []).extend(each for each in texts if each)
    return found


def _words(*texts: str | None) -> str:
    return " ".join(word for each in texts if each for word in words(each))


def _first_number_of(document: Document) -> int:
    """Where the numbers of its minute begin; below 0 where it has no date."""
    printed = document.published_at or ""
    try:
        day = date.fromisoformat(printed[:10])
    except ValueError:
        return UNDATED
    minutes = int(printed[11:13]) * 60 + int(printed[14:16]) if len(printed) >= 16 else 0
    return first_number(day) + (minutes << MINUTE_BITS)


@dataclass(frozen=True, slots=True)
class SqliteIndex:
    """FTS5 without content: to take a document out, its words are given to it again."""

    connection: Connection

    def add(self, documents: list[tuple[int, tuple[str, ...]]]) -> None:
        self.connection.exec_driver_sql(
            "INSERT INTO articles_fts (rowid, title, deck, body, captions, names, keys) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, *columns) for number, columns in documents],
        )

    def remove(self, number: int, columns: tuple[str, ...]) -> None:
        self.connection.exec_driver_sql(
            "INSERT INTO articles_fts (articles_fts, rowid, title, deck, body, captions, names, keys) "
            "VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
            (number, *columns),
        )

    def clear(self) -> None:
        self.connection.execute(text("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')"))

    def compact(self) -> None:
        self.connection.execute(text("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')"))

    def size(self) -> int:
        return self.connection.scalar(text("SELECT count(*) FROM articles_fts_docsize")) or 0


@dataclass(frozen=True, slots=True)
class PostgresIndex:
    """A `tsvector` of our own words: the server's own cutting of texts knows another alphabet of signs than ours.

    Its weights are four: A for the title, B for the deck, D for captions and names, C for the body.
    """

    connection: Connection

    def add(self, documents: list[tuple[int, tuple[str, ...]]]) -> None:
        added = text("INSERT INTO articles_fts (rowid, words) VALUES (:number, CAST(:words AS tsvector))")
        rows = [{"number": number, "words": _vector(columns)} for number, columns in documents]
        self.connection.execute(added, rows)
        self.compact()

    def remove(self, number: int, _columns: tuple[str, ...]) -> None:
        self.connection.execute(text("DELETE FROM articles_fts WHERE rowid = :number"), {"number": number})

    def clear(self) -> None:
        self.connection.execute(text("DELETE FROM articles_fts"))

    def compact(self) -> None:
        """Puts what is new where it belongs: every search reads the list of it from end to end, and the planner
        takes an index with a long one for dearer than all rows.
        """
        self.connection.execute(text("SELECT gin_clean_pending_list('ix_articles_fts_words')"))

    def size(self) -> int:
        return self.connection.scalar(text("SELECT count(*) FROM articles_fts")) or 0


def lexeme(word: str) -> str:
    """A word as PostgreSQL's literals have it; what is longer than it takes is cut, in the index as in a query."""
    return f"'{word[:MAX_LEXEME]}'"


def _vector(columns: tuple[str, ...]) -> str:
    """The columns as a `tsvector` literal: every word with its places, a gap between the columns."""
    *texts, keys = columns
    places: dict[str, list[str]] = {}
    place = 0
    for weight, column in zip("ABCDD", texts, strict=True):
        for word in column.split():
            place += 1
            listed = places.setdefault(word, [])
            if place <= LAST_PLACE and len(listed) < MAX_PLACES:
                listed.append(f"{place}{weight}")
        place += 1
    words = [lexeme(word) + (":" + ",".join(listed) if listed else "") for word, listed in places.items()]
    return " ".join([*words, *map(lexeme, keys.split())])


INDEXES: dict[str, Callable[[Connection], Index]] = {"sqlite": SqliteIndex, "postgresql": PostgresIndex}
