"""The tables of `archiver/arabic/data`, loaded once, and the arithmetic of the calendars.

A table is tab-separated, with a heading line and `#` comments; a cell of names holds spellings
parted by " | ". Everything is folded here, by the same `fold` the text to be read goes through.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hijridate.ummalqura import HIJRI_RANGE, MONTH_STARTS

from archiver.arabic.text import fold

LETTERS = r"[^\W\d_]+(?:\.(?<=\b[^\W\d_]\.)[^\W\d_]\b)*"
"""A word, or letters with dots between: و.ر, ت.غ."""

WORD_PARTS = re.compile(rf"\d+|{LETTERS}|\S")
"""A folded name, cut as a text is: digits, letters, and marks one by one."""

KINDS = {
    "published": "p",
    "modified": "v", "filler": "i", "of": "f", "corresponds": "k", "byline": "B", "count": "K",
    "ago": "g", "after": "b", "ago_suffix": "G", "day_word": "r", "now": "q",
    "relative_adjective": "l", "range": ">", "fraction": "h", "except": "E", "clock_label": "t",
    "hour_letter": "H", "meridiem": "a", "period": "M", "era": "e", "zone_label": "o",
    "conjunction": "j", "mention": "X", "zone": "z", "place": "Z", "month": "m", "weekday": "w",
    "number": "#", "unit": "u", "unit_or_filler": "s", "definite": "S",
}  # fmt: skip
"""The letter that stands for each kind of word in the grammar's patterns."""

YEARS = range(1300, 2200)
"""Numbers of four digits that may be a year of some calendar."""

MARKS = {
    "-": "-_~", "/": "/\\", ".": ".", ",": ",،؛;٬", ":": ":", "|": "|•·»«¦▪●◆■", "(": "([{",
    ")": ")]}", "+": "+",
}  # fmt: skip
"""Punctuation the grammar tells apart, and the characters each stands for."""


LongerNames = dict[str, list[tuple[list[str], str, Any]]]
"""Names of several words that begin alike, by their second word, the longest first: (following
words, kind, value)."""


class Word(NamedTuple):
    """What the tables say of one word.

    `value` is a `Month`, a number or a name, by kind; `longer` lists the names of
    several words that begin with this one.
    """

    kind: str
    value: Any
    longer: LongerNames | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's name: its calendar, its number from 1, and the system the name belongs to."""

    calendar: str
    number: int
    system: str
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number in words, and how it joins the next (see numbers.tsv)."""

    value: int
    form: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a relative phrase; `count` is 2 for a dual, 1 for a singular, 0 for a plural."""

    name: str
    count: int


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<table>.tsv` as column name to cell."""
    lines = resources.files(__package__).joinpath("data", f"{table}.tsv").read_text("utf-8").splitlines()
    heading, *body = (line.split("\t") for line in lines if line and not line.startswith("#"))
    for cells in body:
        yield dict(zip(heading, cells, strict=True))


def _entries() -> Iterator[tuple[str, str, Any]]:
    """Every (names, kind, value) of every table; a name that stands twice keeps its first meaning."""
    for row in rows("months"):
        month = Month(row["calendar"], int(row["number"]), row["system"], tuple(row["countries"].split()))
        yield row["names"], "month", month
    for row in rows("weekdays"):
        yield row["names"], "weekday", int(row["number"])
    for row in rows("units"):
        yield row["names"], row["form"], Unit(row["unit"], int(row["count"]))
    for row in rows("words"):
        value = row["value"]
        yield row["names"], row["role"], int(value) if value.lstrip("-").isdigit() else value
    for row in rows("zones"):
        yield row["names"], row["kind"], zone_of(row["zone"])
    for row in rows("numbers"):
        yield row["names"], "number", NumberWord(int(row["value"]), row["form"])
    for mark, characters in MARKS.items():
        for character in characters:
            if character != "|":
                yield character, mark, None


@cache
def vocabulary() -> dict[str, Word]:
    """Every word of the tables, folded, and every short number, with what it means.

    Reading them takes some 10 ms, once, when `tokens` is imported.
    """
    alone: dict[str, tuple[str, Any]] = {"|": ("|", None)}
    alone |= {f"{number:0{width}}": ("n", number) for width in (1, 2) for number in range(100)}
    alone |= {str(year): ("y", year) for year in YEARS}
    longer: dict[str, dict[tuple[str, ...], tuple[str, Any]]] = {}
    for names, role, value in _entries():
        kind = KINDS.get(role, role)
        for name in names.split(" | "):
            folded = fold(name)
            first, *rest = (folded,) if folded.isalpha() else WORD_PARTS.findall(folded)
            if rest:
                longer.setdefault(first, {}).setdefault(tuple(rest), (kind, value))
            else:
                alone.setdefault(first, (kind, value))
    found = {first: Word(*meaning) for first, meaning in alone.items()}
    for first, tails in longer.items():
        by_second: LongerNames = {}
        for tail, (kind, value) in sorted(tails.items(), key=lambda item: -len(item[0])):
            by_second.setdefault(tail[0], []).append((list(tail), kind, value))
        found[first] = Word(*alone.get(first, ("x", None)), by_second)
    return found


@cache
def zone_of(key: str) -> tzinfo:
    """The zone of an IANA key; raises `zoneinfo.ZoneInfoNotFoundError` for none."""
    return ZoneInfo(key)


LIBYAN_DEATH_ERA = 632
LIBYAN_BIRTH_ERA = 571
_HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram 1, civil epoch, proleptic Gregorian
_REDUCED_EPOCH = 1721425 - 2400000  # day numbers of hijridate's table, less those of `date.toordinal`
_COPTIC_EPOCH = date(284, 8, 29).toordinal()  # 1 Thout 1


def hijri_to_date(year: int, month: int, day: int) -> tuple[date, bool]:
    """The Gregorian day of a Hijri one, and whether it is Umm al-Qura's (1343-1500) or tabular.

    Raises ValueError for a day its month does not have.
    """
    first, last = HIJRI_RANGE[0][0], HIJRI_RANGE[1][0]
    if not first <= year <= last:
        return _tabular(year, month, day), False
    index = (year - first) * 12 + month - 1
    if not (1 <= month <= 12 and 1 <= day <= MONTH_STARTS[index + 1] - MONTH_STARTS[index]):
        raise ValueError(f"no day {day} in month {month} of {year}")
    return date.fromordinal(MONTH_STARTS[index] + day - 1 - _REDUCED_EPOCH), True


def _tabular(year: int, month: int, day: int) -> date:
    """The civil tabular calendar: thirty years with eleven leap days, odd months of thirty days."""
    leap = (11 * year + 14) % 30 < 11
    length = 30 if month % 2 or (month == 12 and leap) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no day {day} in month {month} of {year}")
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date.fromordinal(_HIJRI_EPOCH + days)


def coptic_to_date(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Coptic one; raises ValueError for a day its month does not have."""
    length = 30 if month < 13 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= length):
        raise ValueError(f"no day {day} in month {month} of {year}")
    start = date.fromordinal(_COPTIC_EPOCH)
    return start + timedelta(days=365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def solar_hijri_to_date(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of Iran's solar Hijri calendar, from 1244 to 1472; raises ValueError for a day its month
    does not have.
    """
    length = 31 if month < 7 else 30 if month < 12 or _is_solar_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no day {day} in month {month} of {year}")
    leaps = sum(map(_is_solar_leap, range(_SOLAR_ANCHOR, year))) - sum(
        map(_is_solar_leap, range(year, _SOLAR_ANCHOR))
    )
    days = 365 * (year - _SOLAR_ANCHOR) + leaps + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    return date(2009, 3, 21) + timedelta(days)


_SOLAR_ANCHOR = 1388  # a year that began on 21 March 2009


def _is_solar_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
