"""Keys of copies: sorted segments that are merged as they grow."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from archiver.shingles import KEY_BITS
from archiver.store import Archive, copykeys
from archiver.store import tables as t
from archiver.store.copykeys import CopyKeys


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries fill a block, and few blocks a part."""
    for name, value in (("BLOCK", 4), ("LEVEL_BITS", 1), ("PART_BITS", 4), ("FULL", 3)):
        monkeypatch.setattr(copykeys, name, value)


class Model:
    """The same in plain sets."""

    def __init__(self) -> None:
        self._ever: dict[int, set[int]] = defaultdict(set)
        self._gone: set[int] = set()

    def add(self, held: dict[int, list[int]]) -> None:
        for article_id, keys in held.items():
            for key in keys:
                self._ever[key].add(article_id)

    def forget(self, article_id: int) -> None:
        self._gone.add(article_id)

    def keys(self) -> list[int]:
        return list(self._ever)

    def newest(self, most: int) -> dict[int, list[int]]:
        """Whoever gave its place to one that was forgotten then may be back, or not: it is not among these."""
        held = {key: sorted(set(sorted(ever)[-most:]) - self._gone) for key, ever in self._ever.items()}
        return {key: articles for key, articles in held.items() if articles}

    def crowded(self, most: int) -> set[int]:
        return {key for key, ever in self._ever.items() if len(ever) > most}


def some_keys(chance: random.Random, count: int) -> list[int]:
    """Two in three are of a few that many have."""
    return list(
        {
            (chance.randrange(40) if chance.random() < 0.6 else chance.getrandbits(20)) * 268_435_399
            for _ in range(count)
        }
    )


def count(connection: Connection, table: type[t.Base]) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_who_stands_under_a_key_is_told_however_far_it_is_merged(archive: Archive, seed: int) -> None:
    chance, model = random.Random(seed), Model()
    keys, other = CopyKeys(archive.connection), CopyKeys(archive.connection)
    own: dict[int, list[int]] = {}
    for article_id in range(1, 400):
        if article_id % 60 == 0:
            keys = CopyKeys(archive.connection)  # the next run goes on
        own[article_id] = some_keys(chance, chance.randrange(12))
        keys.add({article_id: own[article_id]})
        model.add({article_id: own[article_id]})
        if chance.random() < 0.1:
            changed = chance.choice(list(own))
            keys.forget(changed, own.pop(changed))
            model.forget(changed)
        if article_id % 40 == 0:
            asked = [*model.keys(), *(chance.getrandbits(KEY_BITS) for _ in range(50))]
            held, newest, crowded = keys.holders(asked), model.newest(3), model.crowded(3)
            assert held == other.holders(asked)
            assert {key: held[key] for key in held.keys() - crowded} == {
                key: newest[key] for key in newest.keys() - crowded
            }
            assert all(set(held[key]) >= set(newest[key]) for key in newest)
            assert all(len(articles) <= 3 for articles in held.values())
    assert count(archive.connection, t.CopySegment) < 25
    archive.commit()


@pytest.mark.usefixtures("small")
def test_what_a_key_holds_does_not_depend_on_the_order_of_arrival(archive: Archive) -> None:
    chance = random.Random(5)
    articles = {number: some_keys(chance, 8) for number in range(1, 100)}
    asked = [key for keys in articles.values() for key in keys]
    keys, found = CopyKeys(archive.connection), []
    for _ in range(3):
        for article_id, own in chance.sample(list(articles.items()), len(articles)):
            keys.add({article_id: own})
        found.append(keys.holders(asked))
        for article_id, own in articles.items():
            keys.forget(article_id, own)
        assert keys.holders(asked) == {}
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("small")
def test_a_transaction_that_is_given_up_leaves_no_trace(archive: Archive) -> None:
    """In what is remembered of the filters either."""
    chance, model, keys = random.Random(6), Model(), CopyKeys(archive.connection)
    for start in range(1, 300, 10):
        given_up = chance.random() < 0.5
        for article_id in range(start, start + 10):
            held = {article_id: some_keys(chance, 8)}
            keys.add(held)
            if not given_up:
                model.add(held)
        if given_up:
            archive.connection.rollback()
        else:
            archive.connection.commit()
        assert keys.holders(model.keys()) == model.newest(3)


def test_no_portion_does_much_more_than_its_share_of_merging(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copykeys, "BLOCK", 4)
    written: list[int] = []
    fill = CopyKeys._fill

    def noting(keys: CopyKeys, segment: copykeys.Segment, entries: copykeys.Entries) -> copykeys.Segment:
        written[-1] += len(entries)
        return fill(keys, segment, entries)

    monkeypatch.setattr(CopyKeys, "_fill", noting)
    chance, keys = random.Random(7), CopyKeys(archive.connection)
    for article_id in range(600):
        written.append(0)
        keys.add({article_id: [chance.getrandbits(KEY_BITS) for _ in range(30)]})
    part = copykeys.BLOCK << copykeys.PART_BITS
    assert max(written) <= 30 + copykeys.AHEAD * 30 + 2 * part
    assert sum(written) / len(written) / 30 < 8, "each key was written a handful of times"
    assert count(archive.connection, t.CopySegment) < 25


def test_for_keys_that_nobody_has_hardly_a_block_is_read(archive: Archive, reads: Callable[[], int]) -> None:
    chance, keys = random.Random(8), archive.copy_keys
    own = [[chance.getrandbits(KEY_BITS) for _ in range(30)] for _ in range(1_000)]
    for start in range(0, 1_000, 50):
        keys.add({start + at: own[start + at] for at in range(50)})
    reads()
    assert keys.holders(chance.getrandbits(KEY_BITS) for _ in range(1_000)) == {}
    assert reads() < 300
    assert keys.holders(own[7]) == {key: [7] for key in own[7]}
    assert 20 < reads() < 60


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many blocks were read since it was last asked."""
    counted = 0
    once = CopyKeys._blocks_of

    def noting(keys: CopyKeys, wanted: copykeys.Numbers) -> Iterator[Sequence[Any]]:
        nonlocal counted
        for blocks in once(keys, wanted):
            counted += len(blocks)
            yield blocks

    def told() -> int:
        nonlocal counted
        before, counted = counted, 0
        return before

    monkeypatch.setattr(CopyKeys, "_blocks_of", noting)
    return told


def test_many_articles_of_one_key_are_the_newest_once_merged(archive: Archive) -> None:
    for start in range(0, 900, 10):
        archive.copy_keys.add({article_id: [5] for article_id in range(start, start + 10)})
    assert archive.copy_keys.holders([5]) == {5: list(range(900 - copykeys.FULL, 900))}
    sizes = archive.connection.scalars(select(func.length(t.CopyBlock.entries))).all()
    assert sum(sizes) / 12 < 300
