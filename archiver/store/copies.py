"""The rows behind the comparing of articles: what was compared, under which keys, and what was found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select

from archiver.shingles import ShingleSet
from archiver.store.clusters import Clusters
from archiver.store.copykeys import CopyKeys
from archiver.store.tables import ArticleRow, ArticleVersion, CopyLink, CopyShingles, CopyText, table_of

CHUNK = 500  # keys asked for at once

ARTICLES, VERSIONS, TEXTS, KEPT, LINKS = (
    table_of(row) for row in (ArticleRow, ArticleVersion, CopyText, CopyShingles, CopyLink)
)
TEXT_OF = (ARTICLES.c.id, ARTICLES.c.version, ARTICLES.c.title, ARTICLES.c.body)
LAST = select(func.coalesce(func.max(TEXTS.c.article_id), 0))
NEW = select(*TEXT_OF).where(ARTICLES.c.id > bindparam("last")).order_by(ARTICLES.c.id)
IS_STALE = TEXTS.c.stale != literal_column("0")  # as the index has it: with a bound 0 all rows would be read
CHANGED = select(TEXTS.c.article_id, TEXTS.c.version).where(IS_STALE)
WORDS = select(TEXTS.c.article_id, TEXTS.c.words).where(
    TEXTS.c.article_id.in_(bindparam("ids", expanding=True))
)
SHINGLES = select(KEPT).where(KEPT.c.article_id.in_(bindparam("ids", expanding=True)))
READ = select(*TEXT_OF).where(ARTICLES.c.id.in_(bindparam("ids", expanding=True)))


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
    """A row of `copy_texts` and of `copy_shingles`, and the keys that the article takes."""

    article_id: int
    version: int
    words: int
    full_bands: int
    shingles: bytes
    keys: list[int]


class CopyStore:
    """Over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection, keys: CopyKeys) -> None:
        self._connection = connection
        self.clusters = Clusters(connection)
        self.keys = keys

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

    def read(self, ids: list[int]) -> list[Pending]:
        """The articles' present texts."""
        return [Pending(*row) for row in self._connection.execute(READ, {"ids": ids})]

    def shingles(self, ids: list[int]) -> dict[int, ShingleSet]:
        """The shingles of the articles' compared states; not of what a Warraq compared that kept none."""
        rows = self._connection.execute(SHINGLES, {"ids": ids})
        return {article_id: ShingleSet.unpack(packed) for article_id, packed in rows}

    def words(self, ids: list[int]) -> dict[int, int]:
        """How long the articles' texts are."""
        found: dict[int, int] = {}
        for start in range(0, len(ids), CHUNK):
            for article_id, words in self._connection.execute(WORDS, {"ids": ids[start : start + CHUNK]}):
                found[article_id] = words
        return found

    def forget(self, article_id: int, keys: Iterable[int]) -> None:
        """Takes out all that was found of the article's earlier state."""
        self.keys.forget(article_id, keys)
        self.clusters.leave(article_id)
        for table in (TEXTS, KEPT):
            self._connection.execute(delete(table).where(table.c.article_id == article_id))

    def add_links(self, links: list[Link]) -> None:
        """Keeps the links of one article, and sets their ends into clusters."""
        self._connection.execute(
            insert(LINKS), [{name: getattr(link, name) for name in link.__slots__} for link in links]
        )
        self.clusters.place(links)

    def add_texts(self, compared: list[Compared]) -> None:
        """Notes what was compared, and puts it under its keys."""
        for table, names in (
            (TEXTS, ("article_id", "version", "words", "full_bands")),
            (KEPT, ("article_id", "shingles")),
        ):
            rows = [{name: getattr(each, name) for name in names} for each in compared]
            self._connection.execute(insert(table), rows)
        self.keys.add({each.article_id: each.keys for each in compared})

    def _version(self, article_id: int, number: int) -> tuple[str | None, str | None]:
        item = self._connection.scalar(
            select(VERSIONS.c.item).where(VERSIONS.c.article_id == article_id, VERSIONS.c.number == number)
        )
        values = json.loads(item) if item else {}
        return values.get("title"), values.get("body")
