"""Under which keys articles stand: sorted segments that are merged as they grow, each with a Bloom filter.

A log-structured merge. Every portion of articles makes a segment of its own; of four that are about as large
one is made, part by part, with the next portions, so that there are few, a key is written a handful
of times however many there are, and no portion waits long. Most keys are held by no other article: the filters
say so, and no row is read for them. A segment's keys, as good as random numbers, stand in blocks by
their first bits: each is one row away.

Every entry is in one block at any moment: a part that was merged is gone from where it came from in the same
transaction. All this is in the database; what is kept in memory are the filters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from archiver.shingles import KEY_BITS
from archiver.store.tables import CopyBlock, CopyFilter, CopySegment, new_row_id, table_of

FULL = 32  # articles under one key: the newest
LEVEL_BITS = 2
"""Segments of one level are at the most four times as large as each other; four of them are merged into one."""
AHEAD = 10  # entries that are merged for each that is added, while there is anything to merge
BLOCK = 128  # entries of a block at the most, but for chance
PART_BITS = 8
"""Of blocks that are written, and have their filter, at once: 256. So many that whatever is merged has a block or more
for each part of what it becomes, which has 5 bits more at the most.
"""
FILTER_BITS, SMALL, MORE_BITS = 16, 1 << 22, 24
"""Of a filter, for each entry: of the keys that it does not hold it takes one in three hundred for its own. Small
segments are many, and have little part in all: their filters take one in a thousand.
"""
NUMBER_BITS = 24  # of a block's number within its segment
LAST_BITS = 18
CHUNK = 500  # rows asked for at once

ENTRY = np.dtype([("key", "<u8"), ("article", "<u4")])
WORD, WORD_BITS = np.dtype("<u8"), 64
MIX = np.uint64(0x9E3779B97F4A7C15)

Entries = NDArray[Any]  # of ENTRY
Numbers = NDArray[np.uint64]

SEGMENTS, BLOCKS, FILTERS = (table_of(row) for row in (CopySegment, CopyBlock, CopyFilter))
ALL = select(SEGMENTS).order_by(SEGMENTS.c.id)
ONE = SEGMENTS.c.id == bindparam("segment")
GROW = update(SEGMENTS).where(ONE).values(entries=bindparam("holds"), parts_filled=bindparam("filled"))
MERGE = (
    update(SEGMENTS)
    .where(SEGMENTS.c.id.in_(bindparam("ids", expanding=True)))
    .values(merged_into=bindparam("target"))
)
REMOVE = delete(SEGMENTS).where(ONE)
THESE_BLOCKS, THESE_FILTERS = (
    rows.c.id.between(bindparam("first"), bindparam("last")) for rows in (BLOCKS, FILTERS)
)
READ_BLOCKS = select(BLOCKS.c.entries).where(THESE_BLOCKS).order_by(BLOCKS.c.id)
REMOVE_BLOCKS = delete(BLOCKS).where(THESE_BLOCKS)
REWRITE = update(BLOCKS).where(BLOCKS.c.id == bindparam("block")).values(entries=bindparam("packed"))
READ_FILTERS = select(FILTERS.c.bits).where(THESE_FILTERS).order_by(FILTERS.c.id)
REMOVE_FILTERS = delete(FILTERS).where(THESE_FILTERS)


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of `copy_segments`."""

    id: int
    entries: int
    block_bits: int
    filter_words: int
    parts_filled: int
    merged_into: int | None

    @property
    def part_bits(self) -> int:
        """By how many bits of the keys its parts are parted."""
        return max(0, self.block_bits - PART_BITS)

    @property
    def is_whole(self) -> bool:
        return self.parts_filled == 1 << self.part_bits

    @property
    def row_id(self) -> int:
        """Of its first block, and of its first filter."""
        return self.id << NUMBER_BITS

    def rows(self, part: int = 0, part_bits: int = 0) -> dict[str, int]:
        """The first and last id its blocks can have, or those of one part of the keys."""
        width = 1 << (self.block_bits - part_bits)
        first = self.row_id + part * width
        return {"first": first, "last": first + width - 1}


class _Probes:
    """Keys as a Bloom filter has them: four bits in one word each."""

    def __init__(self, keys: Numbers) -> None:
        mixed = keys * MIX
        self._keys, self._word = keys, mixed >> np.uint64(8) & np.uint64(2**32 - 1)
        self.bits = np.zeros(len(keys), np.uint64)
        for start in (40, 46, 52, 58):
            self.bits |= np.uint64(1) << (mixed >> np.uint64(start) & np.uint64(63))

    def places_in(self, segment: Segment) -> Numbers:
        """The number of each key's word among those of the segment."""
        words = np.uint64(segment.filter_words)
        parts = self._keys >> np.uint64(KEY_BITS - segment.part_bits)
        return cast("Numbers", parts * words + (self._word * words >> np.uint64(32)))

    def may_be_in(self, segment: Segment, words: Numbers) -> NDArray[np.bool_]:
        """Whether the segment may hold each of the keys; where it does not, nearly always False."""
        return cast("NDArray[np.bool_]", words[self.places_in(segment)] & self.bits == self.bits)


class CopyKeys:
    """Over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._filters: dict[int, tuple[int, Numbers]] = {}  # by segment: parts filled, and the words
        self._mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"

    def holders(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """The newest articles that stand under each key, the oldest first."""
        wanted, found = _distinct(keys), [np.zeros(0, ENTRY)]
        for blocks in self._blocks_of(wanted):
            entries = np.frombuffer(b"".join(packed for _, packed in blocks), ENTRY)
            found.append(entries[_are_among(entries["key"], wanted)])
        entries = _in_order(np.concatenate(found))
        starts = _starts(entries["key"])
        held, articles = entries["key"][starts].tolist(), entries["article"].tolist()
        bounds = [*starts.tolist(), len(articles)]
        return {
            key: sorted(articles[start:end])[-FULL:]
            for key, start, end in zip(held, bounds, bounds[1:], strict=False)
        }

    def add(self, held: dict[int, list[int]]) -> None:
        """Puts articles under their keys, and goes on with what is being merged."""
        counts = [len(keys) for keys in held.values()]
        entries = np.empty(sum(counts), ENTRY)
        if not len(entries):
            return
        entries["key"] = np.fromiter(chain.from_iterable(held.values()), np.uint64, len(entries))
        entries["article"] = np.repeat(np.fromiter(held, np.uint32, len(held)), counts)
        entries = _newest(entries)
        segment = self._start(len(entries))
        parts = 1 << segment.part_bits
        bounds = np.arange(1, parts, dtype=np.uint64) << np.uint64(KEY_BITS - segment.part_bits)
        for part in np.split(entries, np.searchsorted(entries["key"], bounds)):
            segment = self._fill(segment, part)
        self._merge(AHEAD * len(entries))

    def forget(self, article_id: int, keys: Iterable[int]) -> None:
        """Takes the article out from under its keys."""
        for block, packed in chain.from_iterable(self._blocks_of(_distinct(keys))):
            entries = np.frombuffer(packed, ENTRY)
            left = entries[entries["article"] != article_id]
            if len(left) < len(entries):
                self._connection.execute(REWRITE, {"block": block, "packed": left.tobytes()})

    def _blocks_of(self, keys: Numbers) -> Iterator[Sequence[Row[int, bytes]]]:
        """The blocks that may hold any of the keys, with their ids, some at a time."""
        probes, ids = _Probes(keys), []
        for segment in self._segments():
            maybe = keys[probes.may_be_in(segment, self._filter_of(segment))]
            numbers = maybe >> np.uint64(KEY_BITS - segment.block_bits)
            ids += (numbers[_starts(numbers)] + np.uint64(segment.row_id)).tolist()
        asked = f"SELECT id, entries FROM {BLOCKS.name} WHERE id IN ({', '.join([self._mark] * CHUNK)})"  # noqa: S608
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            some += some[-1:] * (CHUNK - len(some))  # one statement for all, or each is compiled anew
            yield self._connection.exec_driver_sql(asked, tuple(some)).all()

    def _filter_of(self, segment: Segment) -> Numbers:
        parts_filled, words = self._filters.get(segment.id, (-1, np.zeros(0, WORD)))
        if parts_filled != segment.parts_filled:  # another wrote it, or a transaction was given up
            words = np.zeros(segment.filter_words << segment.part_bits, WORD)
            parts = self._connection.scalars(READ_FILTERS, segment.rows()).all()
            filled = np.frombuffer(b"".join(parts), WORD)
            words[: len(filled)] = filled
            self._filters[segment.id] = (segment.parts_filled, words)
        return words

    def _segments(self) -> list[Segment]:
        return [Segment(*row) for row in self._connection.execute(ALL)]

    def _start(self, entries: int) -> Segment:
        """A segment for so many entries at the most, with none of its parts."""
        block_bits = (entries // BLOCK).bit_length()
        bits = entries * (MORE_BITS if entries < SMALL else FILTER_BITS)
        words = (bits // WORD_BITS >> max(0, block_bits - PART_BITS)) + 1
        row = {"entries": 0, "block_bits": block_bits, "filter_words": words, "parts_filled": 0}
        new = self._connection.execute(insert(SEGMENTS), row)
        segment = Segment(new_row_id(new), merged_into=None, **row)
        self._filters[segment.id] = (0, np.zeros(words << segment.part_bits, WORD))
        return segment

    def _fill(self, segment: Segment, entries: Entries) -> Segment:
        """Writes the next part of a segment: what it holds, in the order of the keys."""
        keys, packed = np.ascontiguousarray(entries["key"]), entries.tobytes()
        numbers = keys >> np.uint64(KEY_BITS - segment.block_bits)
        starts = _starts(numbers)
        ids = (numbers[starts] + np.uint64(segment.row_id)).tolist()
        places = [*(starts * ENTRY.itemsize).tolist(), len(packed)]
        blocks = [(id_, packed[start:end]) for id_, start, end in zip(ids, places, places[1:], strict=False)]
        if blocks:
            self._connection.exec_driver_sql(
                f"INSERT INTO {BLOCKS.name} (id, entries) VALUES ({self._mark}, {self._mark})",  # noqa: S608
                blocks,
            )
        words, probes = self._filter_of(segment), _Probes(keys)
        np.bitwise_or.at(words, probes.places_in(segment), probes.bits)
        first = segment.parts_filled * segment.filter_words
        bits = words[first : first + segment.filter_words].tobytes()
        self._connection.execute(insert(FILTERS), {"id": segment.row_id + segment.parts_filled, "bits": bits})
        grown = replace(
            segment, entries=segment.entries + len(entries), parts_filled=segment.parts_filled + 1
        )
        self._connection.execute(
            GROW, {"segment": grown.id, "holds": grown.entries, "filled": grown.parts_filled}
        )
        self._filters[segment.id] = (grown.parts_filled, words)
        return grown

    def _merge(self, most: int) -> None:
        """Begins the merges that are due, and moves so many entries and the rest of a part at the most."""
        segments = self._segments()
        free = sorted((each for each in segments if each.is_whole and not each.merged_into), key=_level)
        for _, level in groupby(free, key=_level):
            some = list(level)[: 1 << LEVEL_BITS]
            if len(some) == 1 << LEVEL_BITS:
                target = self._start(sum(each.entries for each in some))
                ids = [each.id for each in some]
                self._connection.execute(MERGE, {"target": target.id, "ids": ids})
        segments = self._segments()
        unfinished = [each for each in segments if not each.is_whole]
        for target in sorted(unfinished, key=lambda each: each.block_bits):
            most -= self._go_on(target, [each for each in segments if each.merged_into == target.id], most)

    def _go_on(self, target: Segment, sources: list[Segment], most: int) -> int:
        """Fills parts of a segment from those it is made of; gives how many entries that were."""
        moved = 0
        while moved < most and not target.is_whole:
            entries = self._taken(sources, target.parts_filled, target.part_bits)
            target = self._fill(target, entries)
            moved += len(entries)
        if target.is_whole:
            self._drop(sources)
        return moved

    def _taken(self, sources: list[Segment], part: int, part_bits: int) -> Entries:
        """What the segments hold of a part; they hold it no more."""
        blocks: list[bytes] = []
        for each in sources:
            rows = each.rows(part, part_bits)
            blocks += self._connection.scalars(READ_BLOCKS, rows)
            self._connection.execute(REMOVE_BLOCKS, rows)
        return _newest(np.frombuffer(b"".join(blocks), ENTRY))

    def _drop(self, merged: list[Segment]) -> None:
        for each in merged:
            self._connection.execute(REMOVE_FILTERS, each.rows())
            self._connection.execute(REMOVE, {"segment": each.id})
            self._filters.pop(each.id, None)


def _level(segment: Segment) -> int:
    return segment.entries.bit_length() // LEVEL_BITS


def _distinct(keys: Iterable[int]) -> Numbers:
    """Each once, in numeric order: an eighth of what `np.unique` takes."""
    every = np.sort(np.fromiter(keys, np.uint64))
    return every[_starts(every)]


def _starts(ordered: Numbers) -> NDArray[np.intp]:
    """Where another number begins."""
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(is_first)


def _in_order(entries: Entries) -> Entries:
    return entries.take(np.argsort(entries["key"], kind="stable"))


def _newest(entries: Entries) -> Entries:
    """The entries in the order of the keys, of each key the newest articles."""
    entries = _in_order(entries)
    sizes = np.diff(_starts(entries["key"]), append=len(entries))
    crowded = np.repeat(sizes > FULL, sizes)
    if crowded.any():
        some = entries[crowded]
        entries[crowded] = some.take(np.lexsort((some["article"], some["key"])))
        stays = np.ones(len(entries), bool)
        stays[:-FULL] = entries["key"][:-FULL] != entries["key"][FULL:]
        entries = entries[stays]
    return entries


def _are_among(keys: Numbers, wanted: Numbers) -> NDArray[np.bool_]:
    """For each of the keys, whether it is wanted; nearly all are told by their last bits, without a search."""
    last = np.uint64((1 << LAST_BITS) - 1)
    some = np.zeros(1 << LAST_BITS, bool)
    some[wanted & last] = True
    found: NDArray[np.bool_] = some[keys & last]
    likely = keys[found]
    found[found] = wanted[np.searchsorted(wanted, likely) % len(wanted)] == likely
    return found
