"""The rows behind the comparing of articles: what was compared, under which bands, and what was found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update

from archiver.shingles import KEY_BITS
from archiver.store.clusters import Clusters
from archiver.store.tables import (
    ArticleRow,
    ArticleVersion,
    CopyBand,
    CopyLink,
    CopyText,
    RecentCopyBand,
    table_of,
)

CHUNK = 500  # keys asked for at once
SLICES, EVERY = 32, 1_000
"""Every thousandth article one slice of the keys, in turn, moves from the recent bands to the others: so the recent
ones stay few, and a page of the others is rewritten for many new rows at once, not for each.
"""

ARTICLES, VERSIONS, TEXTS, LINKS = (table_of(row) for row in (ArticleRow, ArticleVersion, CopyText, CopyLink))
SETTLED, RECENT = table_of(CopyBand), table_of(RecentCopyBand)
TEXT_OF = (ARTICLES.c.id, ARTICLES.c.version, ARTICLES.c.title, ARTICLES.c.body)
LAST = select(func.coalesce(func.max(TEXTS.c.article_id), 0))
NEW = select(*TEXT_OF).where(ARTICLES.c.id > bindparam("last")).order_by(ARTICLES.c.id)
IS_STALE = TEXTS.c.stale != literal_column("0")  # as the index has it: with a bound 0 all rows would be read
CHANGED = select(TEXTS.c.article_id, TEXTS.c.version).where(IS_STALE)
WORDS = select(TEXTS.c.article_id, TEXTS.c.words).where(
    TEXTS.c.article_id.in_(bindparam("ids", expanding=True))
)
READ = select(*TEXT_OF).where(ARTICLES.c.id.in_(bindparam("ids", expanding=True)))
REMOVE_BANDS = [
    delete(bands).where(bands.c.key == bindparam("k"), bands.c.article_id == bindparam("a"))
    for bands in (SETTLED, RECENT)
]
IN_SLICE = RECENT.c.key.between(bindparam("first"), bindparam("last"))
SETTLE = insert(SETTLED).from_select(
    ["key", "article_id"],
    select(RECENT.c.key, RECENT.c.article_id).where(IN_SLICE).order_by(RECENT.c.key, RECENT.c.article_id),
)
SETTLE_RECENT = delete(RECENT).where(IN_SLICE)
MARK_CHANGED = update(TEXTS).where(TEXTS.c.article_id == bindparam("id")).values(stale=1)
"""For who writes a new version of an article: it is compared again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An article that is to be compared, and (title, body) of the state that was, if any."""

    id: int
    version: int
    title: str | None
    body: str | None
    before: tuple[str | None, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A row of `copy_links`."""

    article_id: int
    other_id: int
    kind: str
    jaccard: float
    share: float
    share_of_other: float
    shared_words: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of `copy_texts`, and the band keys that the article takes."""

    article_id: int
    version: int
    words: int
    full_bands: int
    keys: list[int]


class CopyStore:
    """Over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.clusters = Clusters(connection)
        self._gone: set[tuple[int, int]] = set()  # of bands, with the next `add_texts`
        self._mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"

    def pending(self, limit: int) -> list[Pending]:
        """What is to be compared: first what has changed since, then what is new, oldest first."""
        compared = {row.article_id: row.version for row in self._connection.execute(CHANGED.limit(limit))}
        changed = [
            replace(each, before=self._version(each.id, compared[each.id]))
            for each in (self.read(sorted(compared)) if compared else ())
        ]
        if len(changed) == limit:
            return changed
        new = self._connection.execute(NEW.limit(limit - len(changed)), {"last": self.last_compared()})
        return changed + [Pending(*row) for row in new]

    def last_compared(self) -> int:
        """The newest article that has been compared."""
        return self._connection.scalar(LAST) or 0

    def count_pending(self) -> int:
        """How many articles are still to be compared."""
        new = select(func.count()).where(ARTICLES.c.id > self.last_compared())
        changed = select(func.count()).where(IS_STALE)
        return (self._connection.scalar(new) or 0) + (self._connection.scalar(changed) or 0)

    def holders(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """The articles that stand under each key, the oldest first."""
        found: dict[int, list[int]] = {}
        wanted = sorted(set(keys))
        for bands in (SETTLED, RECENT):
            asked = (
                f"SELECT key, article_id FROM {bands.name} WHERE key IN ({', '.join([self._mark] * CHUNK)})"  # noqa: S608
            )
            for start in range(0, len(wanted), CHUNK):
                some = wanted[start : start + CHUNK]
                some += some[-1:] * (CHUNK - len(some))  # one statement for all, or each is compiled anew
                for key, article_id in self._connection.exec_driver_sql(asked, tuple(some)).all():
                    found.setdefault(key, []).append(article_id)
        for standing in found.values():
            standing.sort()
        return found

    def read(self, ids: list[int]) -> list[Pending]:
        """The articles' present texts."""
        return [Pending(*row) for row in self._connection.execute(READ, {"ids": ids})]

    def words(self, ids: list[int]) -> dict[int, int]:
        """How long the articles' texts are."""
        found: dict[int, int] = {}
        for start in range(0, len(ids), CHUNK):
            for article_id, words in self._connection.execute(WORDS, {"ids": ids[start : start + CHUNK]}):
                found[article_id] = words
        return found

    def forget(self, article_id: int, keys: Iterable[int]) -> None:
        """Takes out all that was found of the article's earlier state."""
        own = [{"k": key, "a": article_id} for key in keys]
        if own:
            self._remove(own)
        self.clusters.leave(article_id)
        self._connection.execute(delete(TEXTS).where(TEXTS.c.article_id == article_id))

    def add_links(self, links: list[Link]) -> None:
        """Keeps the links of one article, and sets their ends into clusters."""
        self._connection.execute(
            insert(LINKS), [{name: getattr(link, name) for name in link.__slots__} for link in links]
        )
        self.clusters.place(links)

    def make_room(self, key: int, article_id: int) -> None:
        """The article gives its place under a key to one that comes with the next `add_texts`."""
        self._gone.add((key, article_id))

    def add_texts(self, compared: list[Compared]) -> None:
        """Notes what was compared, and puts it under its bands."""
        names = ("article_id", "version", "words", "full_bands")
        self._connection.execute(
            insert(TEXTS), [{name: getattr(each, name) for name in names} for each in compared]
        )
        bands = [(key, each.article_id) for each in compared for key in each.keys]
        if self._gone:  # who came and went within these was never written
            old = [{"k": key, "a": article_id} for key, article_id in self._gone.difference(bands)]
            if old:
                self._remove(old)
            bands = [band for band in bands if band not in self._gone]
            self._gone.clear()
        bands.sort()
        if bands:  # in their order: neighbours share pages of the database
            self._connection.exec_driver_sql(
                f"INSERT INTO {RECENT.name} (key, article_id) VALUES ({self._mark}, {self._mark})",  # noqa: S608
                bands,
            )

    def settle(self, first: int, last: int) -> None:
        """Moves what is to be moved after the articles from `first` to `last` have come."""
        for turn in {number % SLICES for number in range(first // EVERY, last // EVERY)}:
            width = 1 << KEY_BITS
            bounds = {"first": turn * width // SLICES, "last": (turn + 1) * width // SLICES - 1}
            self._connection.execute(SETTLE, bounds)
            self._connection.execute(SETTLE_RECENT, bounds)

    def _remove(self, bands: list[dict[str, int]]) -> None:
        for statement in REMOVE_BANDS:
            self._connection.execute(statement, bands)

    def _version(self, article_id: int, number: int) -> tuple[str | None, str | None]:
        item = self._connection.scalar(
            select(VERSIONS.c.item).where(VERSIONS.c.article_id == article_id, VERSIONS.c.number == number)
        )
        values = json.loads(item) if item else {}
        return values.get("title"), values.get("body")
