"""What two texts share: their folded words, four in a row, as numbers.

The numbers are the same in every run and on every machine; the bands made of them are kept.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from archiver.arabic.text import fold

WIDTH = 4  # words of a shingle
MIN_WORDS = 20  # shorter texts are alike by chance
MAX_WORDS = 20_000  # what stands beyond is not compared
BANDS, ROWS = 20, 3
"""Texts whose Jaccard index is 0.6 meet in a band 992 times in 1,000. With two rows a band more would meet, and with
each of a million articles some strangers by a stock phrase.
"""
ONE_IN, MAX_ANCHORS = 12, 200
"""Of the runs of eight words every twelfth, by its number, is an anchor: a passage of sixty words has one that any text
holding it has too (99 in 100), however much else that one says, where bands ask how alike the wholes are.
"""
MANY_ANCHORS, FEWER_BANDS = 12, 8
"""A text with so many anchors (some hundred and fifty words) shares one with whatever it is half alike, in 99 of 100:
it needs fewer bands.
"""
KEY_BITS = 48  # of a band's or an anchor's key
DIGEST, PACKED = 8, np.dtype("<u4")  # bytes of a text's digest, and of a shingle, where they are kept

WORD = re.compile(r"\w+")
Numbers = NDArray[np.uint64]
Short = NDArray[np.uint32]
FACTORS = tuple(np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


@dataclass(frozen=True, slots=True)
class Share:
    """How much two texts share. `of_one` and `of_other` are parts (0 to 1) of each text's shingles."""

    jaccard: float
    of_one: float
    of_other: float
    words: int  # of the one that stand in a shared shingle; 0 where they were not counted


class ShingleSet:
    """What another text is counted against: a text's shingles, each once, without their order."""

    def __init__(self, whole: bytes, distinct: Short) -> None:
        self.whole = whole  # a digest of all its words
        self.distinct = distinct  # in numeric order

    @classmethod
    def unpack(cls, packed: bytes) -> "ShingleSet":
        return cls(packed[:DIGEST], np.frombuffer(packed, PACKED, offset=DIGEST))

    def pack(self) -> bytes:
        return self.whole + self.distinct.astype(PACKED).tobytes()

    @property
    def is_short(self) -> bool:
        """Whether it is compared by its very words alone, and has no shingles."""
        return not len(self.distinct)


class Shingles(ShingleSet):
    """A text's words and its shingles; punctuation, vowel signs and spelling variants make no difference."""

    def __init__(self, text: str, *, is_short: bool = False) -> None:
        words = WORD.findall(fold(text))[:MAX_WORDS]
        spelled = " ".join(words).encode("utf-8", "surrogatepass").split(b" ") if words else []
        numbers = np.fromiter(map(crc32, spelled), np.uint64, len(words))
        whole = blake2b(numbers.tobytes(), digest_size=DIGEST).digest()
        if len(words) < WIDTH or is_short:
            numbers = np.zeros(0, np.uint64)
        first, second, third, fourth = (
            numbers[at : max(0, len(numbers) - WIDTH + 1 + at)] for at in range(WIDTH)
        )
        self._in_order: Numbers = ((first * FACTORS[0] + second) * FACTORS[1] + third) * FACTORS[2] + fourth
        self._high = (self._in_order >> np.uint64(32)).astype(np.uint32)
        self.words = len(words)
        super().__init__(whole, _distinct(self._high))

    def share_with(self, other: ShingleSet, least: float = 0.0) -> Share:
        """The real shares, counted over all shingles of both; the words only where either share is `least` or more."""
        if self.whole == other.whole and self.words:
            return Share(1.0, 1.0, 1.0, self.words)
        common = self.distinct[_is_among(self.distinct, other.distinct)]
        both, one, two = len(common), len(self.distinct), len(other.distinct)
        if not both:
            return Share(0.0, 0.0, 0.0, 0)
        words = self._words_in(common) if both >= least * min(one, two) else 0
        return Share(both / (one + two - both), both / one, both / two, words)

    def _words_in(self, shingles: Short) -> int:
        starts = _is_among(self._high, shingles)
        covered = np.zeros(len(starts) + WIDTH - 1, bool)
        for at in range(WIDTH):
            covered[at : at + len(starts)] |= starts
        return int(covered.sum())

    def keys(self) -> list[int]:
        """The keys under which texts that share enough of this one, or a passage, are found."""
        bands, anchors = self._bands(), self._anchors()
        return [*(bands if len(anchors) < MANY_ANCHORS else bands[:FEWER_BANDS]), *anchors]

    def every_key(self) -> list[int]:
        """Those it was ever kept under: all bands, as of yore."""
        return [*self._bands(), *self._anchors()]

    def _bands(self) -> list[int]:
        """MinHash values, three by three."""
        rows = _sketch(self._high)
        rows = rows.reshape(BANDS, ROWS).astype(np.uint64)
        numbers = np.arange(1, BANDS + 1, dtype=np.uint64) * FACTORS[0]
        keys = numbers
        for row in range(ROWS):
            keys = (keys ^ rows[:, row]) * FACTORS[1]
            keys ^= keys >> np.uint64(29)
        return cast("list[int]", (keys >> np.uint64(64 - KEY_BITS)).tolist())

    def _anchors(self) -> list[int]:
        runs = self._in_order[:-WIDTH] * FACTORS[1] + self._in_order[WIDTH:]
        runs ^= runs >> np.uint64(29)
        runs *= FACTORS[2]
        chosen = np.sort(runs[runs < np.uint64(2**64 // ONE_IN)])[:MAX_ANCHORS]
        keys = (chosen * FACTORS[0]) >> np.uint64(64 - KEY_BITS)
        return list(dict.fromkeys(cast("list[int]", keys.tolist())))


def _distinct(numbers: Short) -> Short:
    every = np.sort(numbers)
    is_first = np.ones(len(every), bool)
    np.not_equal(every[1:], every[:-1], out=is_first[1:])
    return every[is_first]


def _is_among(values: Short, ordered: Short) -> NDArray[np.bool_]:
    """For each of the values, whether it is one of the others, which stand in numeric order."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return cast("NDArray[np.bool_]", ordered[places] == values)


def exact_key(shingles: Shingles) -> int:
    """One key for a short text: found by its very words alone."""
    return int.from_bytes(shingles.whole) >> (64 - KEY_BITS)


def _sketch(numbers: Short) -> Short:
    """The MinHash of a set: the least of its numbers under each of sixty permutations, as datasketch's `affine32`."""
    if not len(numbers):
        return np.full(BANDS * ROWS, np.uint32(2**32 - 1))
    mixed = numbers ^ (numbers >> np.uint32(16))  # MurmurHash3's finalizer: near numbers part
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    factors, summands = _permutations()
    return cast("Short", (factors[:, None] * mixed + summands[:, None]).min(axis=1))


@lru_cache(maxsize=1)
def _permutations() -> tuple[Short, Short]:
    """h -> a * h + b modulo 2**32, a odd; the legacy generator's stream is the same in every NumPy."""
    chance = np.random.RandomState(1)
    odd = chance.randint(0, 1 << 31, BANDS * ROWS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return odd, chance.randint(0, 1 << 32, BANDS * ROWS, dtype=np.uint32)
