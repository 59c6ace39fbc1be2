"""What is exported: the articles a query finds, read in batches, and counted as they pass."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select

from archiver.export.textless import without_text
from archiver.search import Query, matching_ids
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.reading import article_items

BATCH = 200  # articles in memory at a time

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article on its way out."""

    id: int
    version: int
    key: str  # for citations: the same in every export of every archive, for it is made of the address
    item: dict[str, Any]  # as `Article.to_dict`; without texts these keys are not there
    first_fetched_at: str
    fetched_at: str
    removed_at: str | None
    removed_how: str | None
    payload_digest: str  # sha1 in base32 of the page it was read from
    further_digests: tuple[str, ...] = ()  # the same of the further pages of a story over several, in order


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that the archive knows of and cannot give, and why."""

    url: str
    fetched_at: str
    why: str


@dataclass(slots=True)
class Counts:
    """What has passed."""

    articles: int = 0
    undated: int = 0
    earliest: str | None = None
    latest: str | None = None
    sites: Counter[str] = field(default_factory=Counter)
    parsers: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)  # what the format could not hold as it is
    left_out: list[LeftOut] = field(default_factory=list)  # pages that cannot be read back


@dataclass(slots=True)
class Source:
    """The articles of one query; to be gone through once."""

    archive: Archive
    query: Query
    only: tuple[int, ...] | None = None  # these articles, whatever the query
    with_text: bool = True
    progress: Progress = lambda _: None
    counts: Counts = field(default_factory=Counts)

    def ids(self) -> Iterator[list[int]]:
        """Batches of ids: newest article first, or as they were named. Raises `QueryError`."""
        chosen = self.only
        found = matching_ids(self.archive.connection, self.query) if chosen is None else iter(chosen)
        while ids := list(islice(found, BATCH)):
            yield ids
            self.progress(self.counts.articles)

    def entries(self) -> Iterator[Entry]:
        """The articles, in the order of `ids`."""
        for ids in self.ids():
            yield from self.read(ids)

    def read(self, ids: list[int]) -> list[Entry]:
        """One batch of articles, counted, in the order of the ids."""
        connection, a, s = self.archive.connection, t.ArticleRow, t.Snapshot
        items = article_items(connection, ids)
        columns = (a.id, a.url_key, a.version, a.first_fetched_at, a.fetched_at, a.removed_at, a.removed_how)
        rows = connection.execute(
            select(*columns, s.payload_digest).join(s, s.id == a.snapshot_id).where(a.id.in_(ids))
        )
        p = t.ArticlePage
        further: defaultdict[int, list[str]] = defaultdict(list)
        for article_id, digest in connection.execute(
            select(p.article_id, s.payload_digest)
            .join(s, s.id == p.snapshot_id)
            .where(p.article_id.in_(ids))
            .order_by(p.article_id, p.position)
        ):
            further[article_id].append(digest)
        entries = {}
        for row in rows:
            item = items[row.id] if self.with_text else without_text(items[row.id])
            self._count(item)
            entries[row.id] = Entry(
                row.id,
                row.version,
                citation_key(item["site"], row.url_key),
                item,
                row.first_fetched_at,
                row.fetched_at,
                row.removed_at,
                row.removed_how,
                row.payload_digest,
                tuple(further[row.id]),
            )
        return [entries[each] for each in ids if each in entries]

    def _count(self, item: dict[str, Any]) -> None:
        counts, published = self.counts, item["published_at"]
        counts.articles += 1
        counts.sites[item["site"]] += 1
        counts.parsers[item["parser"]] += 1
        if published is None:
            counts.undated += 1
            return
        day = published[:10]
        counts.earliest = min(counts.earliest or day, day)
        counts.latest = max(counts.latest or day, day)


def citation_key(site: str, url_key: str) -> str:
    """A name of ASCII letters, digits and hyphens: example-ly-1f0c9a52b6de7f31."""
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in site)
    return f"{name}-{hashlib.sha256(url_key.encode()).hexdigest()[:16]}"
