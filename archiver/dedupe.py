"""Who copied whom: articles that share text are found, counted word by word, and linked. Nothing is dropped.

An article is compared with the few that meet it under a key (MinHash bands, and anchors for passages),
never with all: the millionth costs little more than the thousandth did. A key holds the `FULL` newest of
its articles: where very many share one (a notice under every text) the oldest gives way, for news is
copied within days. How many of an article's keys were full is noted with it.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from archiver.copies import Cluster, Member, cluster_of, clusters_of
from archiver.shingles import MIN_WORDS, Shingles, ShingleSet, exact_key
from archiver.store.archive import Archive
from archiver.store.copies import Compared, CopyStore, Link, Pending
from archiver.store.copykeys import FULL

__all__ = ["Cluster", "Linked", "Linking", "Member", "cluster_of", "clusters_of", "update"]

NEAR = 0.5  # of each text stands in the other: copies of each other
PASSAGE = 0.6  # of the smaller stands in the larger
CANDIDATES = 16  # articles that one is counted against, those first that meet it in most bands
FEW, TELLING = 8, 5
"""Who is met only under keys with more articles than `FEW` is counted against when met under `TELLING` of them:
stock phrases make acquaintances without number.
"""
LONG = 200
"""Two texts of so many words, one of which has half of the other, share several keys (two or more in 99 of 100): under
a single one they met by a turn of phrase. The larger the archive, the more such strangers there are.
"""
BATCH = 1_000  # articles a transaction
AT_THE_END = 120.0  # seconds a crawl gives it; what is left is for the next
TOGETHER = 50  # articles whose candidates are read at once


@dataclass(slots=True)
class Linked:
    """What an update came to."""

    compared: int = 0
    links: int = 0
    short: int = 0  # under MIN_WORDS: compared by their very words alone
    crowded: int = 0  # articles with full bands
    unmerged: int = 0  # clusters too large to be made one
    left: int = 0  # still to be compared: the time was over


def _shingles(title: str | None, body: str | None) -> Shingles:
    shingles = Shingles(body or "")
    if shingles.words >= MIN_WORDS:
        return shingles
    return Shingles(f"{title}\n{body}" if title and body else "", is_short=True)


def _keys(text: Shingles, *, ever: bool = False) -> list[int]:
    if not text.is_short:
        return text.every_key() if ever else text.keys()
    return [exact_key(text)] if text.words else []


def update(
    archive: Archive, *, seconds: float | None = None, done: Callable[[int], None] = lambda _: None
) -> Linked:
    """Compares what is new or has changed with all else, and links it; the archive is open for writing.

    Goes on from wherever an earlier one ended, killed or not. After `seconds` it stops between two
    transactions and says what is left; `done` is told how many articles are through.
    """
    return Linking(archive).run(seconds, done)


class Linking:
    """The comparing of an archive's articles, all at once (`run`) or some at a time beside a crawl (`step`)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._store = CopyStore(archive.connection, archive.copy_keys)
        self._linked = Linked()

    def run(self, seconds: float | None = None, done: Callable[[int], None] = lambda _: None) -> Linked:
        """As `update`; what earlier steps came to is counted in."""
        started = time.monotonic()
        while seconds is None or time.monotonic() - started < seconds:
            if not self.step(BATCH):
                break
            self._archive.commit()
            done(self._linked.compared)
        else:
            self._linked.left = self._store.count_pending()
        self._linked.unmerged = self._store.clusters.unmerged
        return self._linked

    def step(self, most: int) -> int:
        """Compares so many articles at the most, within the open transaction; gives how many there were."""
        batch = self._store.pending(most)
        if batch:
            self._compare(batch)
            self._linked.compared += len(batch)
        return len(batch)

    def _compare(self, batch: list[Pending]) -> None:
        for each in batch:
            if each.before is not None:
                self._store.forget(each.id, _keys(_shingles(*each.before), ever=True))
        texts = {each.id: _shingles(each.title, each.body) for each in batch}
        keys = {article_id: _keys(text) for article_id, text in texts.items()}
        holders = self._store.keys.holders(key for each in keys.values() for key in each)
        compared: list[Compared] = []
        nearest: dict[int, dict[int, int]] = {}
        for each in batch:
            own = keys[each.id]
            nearest[each.id] = _nearest([holders.get(key, []) for key in own])
            full = 0
            for key in own:
                standing = holders.setdefault(key, [])
                if len(standing) >= FULL:
                    full += 1
                    standing.pop(0)
                standing.append(each.id)
            text = texts[each.id]
            compared.append(Compared(each.id, each.version, text.words, full, text.pack(), own))
            self._linked.short += text.is_short
            self._linked.crowded += full > 0
        self._store.add_texts(compared)
        worth = self._worth(nearest, texts)
        some = [article_id for article_id, others in worth.items() if others]
        for start in range(0, len(some), TOGETHER):
            self._link({each: worth[each] for each in some[start : start + TOGETHER]}, texts)

    def _worth(self, nearest: dict[int, dict[int, int]], batch: dict[int, Shingles]) -> dict[int, list[int]]:
        """Of those an article was met by, with the number of keys, those to count against: the most promising first."""
        doubtful = {
            other
            for article_id, met in nearest.items()
            if batch[article_id].words >= LONG
            for other, keys in met.items()
            if keys == 1
        }
        words = self._store.words(sorted(doubtful - batch.keys()))
        words |= {each: batch[each].words for each in doubtful & batch.keys()}
        strange = {each for each, count in words.items() if count >= LONG}
        found = {}
        for article_id, met in nearest.items():
            is_long = batch[article_id].words >= LONG
            worth = [each for each, keys in met.items() if not (is_long and keys == 1 and each in strange)]
            found[article_id] = sorted(worth, key=lambda each, met=met: (-met[each], each))[:CANDIDATES]  # type: ignore[misc]
        return found

    def _link(self, nearest: dict[int, list[int]], batch: dict[int, Shingles]) -> None:
        met = {(each, other) for each, ids in nearest.items() for other in ids if other not in batch}
        later = {other for each, other in met if other > each}  # their words are counted
        others: dict[int, ShingleSet] = {**batch, **self._others({other for _, other in met}, later)}
        links = [
            link
            for article_id, ids in nearest.items()
            for other_id in ids
            if other_id in others
            and (link := _link_of(article_id, batch[article_id], other_id, others[other_id]))
        ]
        if links:
            self._store.add_links(links)
            self._linked.links += len(links)

    def _others(self, ids: set[int], whole: set[int]) -> dict[int, ShingleSet]:
        """The texts of these articles, as they were kept; read anew where they were not, or are wanted whole."""
        found = self._store.shingles(sorted(ids - whole))
        if missing := sorted(ids - found.keys()):
            found |= {each.id: _shingles(each.title, each.body) for each in self._store.read(missing)}
        return found


def _nearest(bands: list[list[int]]) -> dict[int, int]:
    """Of the articles in these bands those that may be worth counting against, and in how many each was met."""
    met: Counter[int] = Counter()
    among_few: set[int] = set()
    for standing in filter(None, bands):
        met.update(standing)
        if len(standing) <= FEW:
            among_few.update(standing)
    return {
        other: bands_met for other, bands_met in met.items() if bands_met >= TELLING or other in among_few
    }


def _link_of(article_id: int, text: ShingleSet, other_id: int, other: ShingleSet) -> Link | None:
    """The link between two articles, the later archived first; None where they share too little."""
    if other_id > article_id:
        article_id, text, other_id, other = other_id, other, article_id, text
    assert isinstance(text, Shingles)
    share = text.share_with(other, min(NEAR, PASSAGE))
    kind = None
    if text.whole == other.whole:
        kind = "exact"
    elif min(share.of_one, share.of_other) >= NEAR:
        kind = "near"
    elif max(share.of_one, share.of_other) >= PASSAGE and share.words >= MIN_WORDS:
        kind = "passage"
    if kind is None:
        return None
    return Link(article_id, other_id, kind, share.jaccard, share.of_one, share.of_other, share.words)
