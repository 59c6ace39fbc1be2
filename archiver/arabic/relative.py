"""Relative phrases: «منذ ساعتين», «أمس 10:30 م», «الجمعة الماضية», resolved against a moment."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from archiver.arabic.calendars import Unit
from archiver.arabic.grammar import SHAPES
from archiver.arabic.tokens import Tokens
from archiver.article import Precision

_ONE = r"(?:[nN] i{0,2} [usH] (?:j h)? | h [us] | [us] (?: n (?![usH]) )? (?:j h)?)"

_SOME = rf"{_ONE} (?: [j,]{{0,2}} {_ONE} ){{0,5}}"

AGO = re.compile(
    rf"""
    (?P<before> [gf] [:i]{{0,2}} {_SOME} G? )
  | (?P<after>  b {_SOME} )
  | (?P<past>   {_SOME} G | G {_SOME} )
    """,
    re.VERBOSE,
)
"""An amount of time before or after now: «منذ 3 ساعات و20 دقيقة», «أسبوعان مضت»."""

AMOUNT = re.compile(_ONE, re.VERBOSE)
"""One number with its unit, a dual, a half, or a bare singular."""

NAMED = re.compile(
    r"""
    (?P<numbered> s n l ) | (?P<day> n [fi]? (?: l S | S? l ) ) | (?P<weekday> s? w (?: [,-]? l )? | l w )
  | (?P<unit> [Sus] l | l [Sus] ) | (?P<month> s? m l )
    """,
    re.VERBOSE,
)
"""A weekday, a unit, a month or a day of one by itself, with «الماضي», «القادم» or «هذا»."""

STRAY = re.compile(r"[nNyDm>Xgub#SHEhj]")
"""What no line around a relative phrase holds: other numbers, months, ranges, mentions, more days."""

NO_PHRASE = frozenset("qrgfbGlw").isdisjoint
"""Whether a line has none of the marks a relative phrase needs."""

UNITS: dict[str, tuple[int, Precision]] = {
    "second": (1, "second"),
    "minute": (60, "minute"),
    "hour": (3600, "hour"),
    "day": (86400, "day"),
    "week": (7 * 86400, "day"),
    "month": (0, "month"),
    "year": (0, "year"),
}
"""Each unit in seconds (months and years go by the calendar), and how precise a phrase in it is."""

ORDER: tuple[Precision, ...] = ("year", "month", "day", "hour", "minute", "second")

HOUR = Unit("hour", 1)

LONGEST = {
    "second": 10**6,
    "minute": 10**5,
    "hour": 10**4,
    "day": 2000,
    "week": 300,
    "month": 240,
    "year": 100,
}
"""The largest amount of each unit that a page would print."""


class Moment(NamedTuple):
    """What a relative phrase comes to, and which phrase of the line it was."""

    value: date | datetime
    precision: Precision
    start: int
    stop: int
    rough: bool = False  # «منذ ساعات»: the page does not say how many


def relative(tokens: Tokens, now: datetime) -> Moment | None:
    """The moment a line's relative phrase means, or None where it holds none or more than that.

    The clock of «أمس 10:30» is left to the caller: the value is then a date.
    """
    if NO_PHRASE(tokens.kinds):
        return None
    try:
        for place in (_now, _day_word, _amount, _named):
            moment = place(tokens, now)
            if moment is not None:
                return moment
    except OverflowError:  # before year 1 or after 9999
        pass
    return None


def _now(tokens: Tokens, now: datetime) -> Moment | None:
    at = tokens.kinds.find("q")
    if at < 0:
        return None
    precision: Precision = tokens.values[at]
    value = now.date() if precision == "day" else now
    return Moment(value, precision, at, at + 1, rough=precision != "minute")


def _day_word(tokens: Tokens, now: datetime) -> Moment | None:
    at = tokens.kinds.find("r")
    if at < 0:
        return None
    return Moment(now.date() + timedelta(days=tokens.values[at]), "day", at, at + 1)


class Part(NamedTuple):
    """The tokens of one amount: its numbers, its unit, its fraction (-1 for none)."""

    start: int
    numbers: tuple[int, ...]
    unit: int
    fraction: int


@lru_cache(SHAPES)
def _amounts(kinds: str) -> tuple[int, int, int, tuple[Part, ...]] | None:
    """Where an amount of time stands: (start, stop, 1 for after now or -1 for before, its parts)."""
    match = AGO.search(kinds)
    if match is None:
        return None
    start, stop = match.span()
    parts = []
    for part in AMOUNT.finditer(kinds, start + (match["past"] is None), stop):
        numbers = tuple(i for i in range(*part.span()) if kinds[i] in "nN")
        unit = next(i for i in range(*part.span()) if kinds[i] in "usH")
        parts.append(Part(part.start(), numbers, unit, kinds.find("h", *part.span())))
    return start, stop, 1 if match["after"] else -1, tuple(parts)


def _amount(tokens: Tokens, now: datetime) -> Moment | None:
    found = _amounts(tokens.kinds)
    if found is None:
        return None
    start, stop, direction, parts = found
    seconds = months = 0
    finest = -1
    for part in parts:
        amount = _one_amount(tokens, part)
        if amount is None:
            return None
        count, unit, halves = amount
        size, precision = UNITS[unit]
        if count > LONGEST[unit]:
            return None
        if size:
            seconds += round(count * size + halves * size / 60)
        else:
            months += (count * 60 + halves) * (12 if unit == "year" else 1) // 60
        if halves:
            precision = {"hour": "minute", "year": "month"}.get(unit, precision)  # type: ignore[assignment]
        finest = max(finest, ORDER.index(precision))
    precision = ORDER[finest]
    value: date | datetime = months_away(now, direction * months) if months else now
    value += timedelta(seconds=direction * seconds)
    if finest <= 2:  # a day or more
        value = _floor(value, precision)
    return Moment(value, precision, start, stop)


def _one_amount(tokens: Tokens, part: Part) -> tuple[int, str, int] | None:
    """(count, unit, sixtieths of a unit besides), or None for a plural without a number."""
    values = tokens.values
    word = values[part.unit]
    unit = word if isinstance(word, Unit) else HOUR  # the letter of «3 س»
    sixtieths = values[part.fraction] if part.fraction >= 0 else 0
    if part.fraction == part.start:
        return 0, unit.name, sixtieths
    if part.numbers and unit.count != 2:
        return int(values[part.numbers[0]]), unit.name, sixtieths
    return (unit.count, unit.name, sixtieths) if unit.count else None


@lru_cache(SHAPES)
def _names(kinds: str) -> tuple[int, int, str | None, int] | None:
    """Where a name stands by itself: (start, stop, what it names, its adjective or -1)."""
    match = NAMED.search(kinds)
    return match and (*match.span(), match.lastgroup, kinds.find("l", *match.span()))


def _named(tokens: Tokens, now: datetime) -> Moment | None:
    found = _names(tokens.kinds)
    if found is None:
        return None
    start, stop, form, adjective_at = found
    _, kinds, values = tokens
    adjective = values[adjective_at] if adjective_at >= 0 else None
    if form == "numbered" and values[start].name == "month":  # «شهر 11 الماضي»
        return _month_away(now, values[start + 1], adjective or 0, start, stop)
    if form == "numbered":  # «يوم 5 الجاري»
        return _day_of_month(now, values[start + 1], adjective or 0, start, stop)
    if form == "day":
        return _day_of_month(now, values[start], adjective or 0, start, stop)
    if form == "weekday":
        day = values[kinds.find("w", start)]
        return Moment(_weekday(now.date(), day, adjective), "day", start, stop)
    if form == "month":
        month = next(values[i] for i in range(start, stop) if kinds[i] == "m")
        if month.calendar != "gregorian" or adjective is None:
            return None
        return _month_away(now, month.number, adjective, start, stop)
    unit: Unit = next(values[i] for i in range(start, stop) if kinds[i] in "Sus")
    if unit.name in ("second", "minute", "hour") or adjective is None:
        return None
    precision = UNITS[unit.name][1]
    if precision == "day":
        size = 7 if unit.name == "week" else 1
        return Moment(now.date() + timedelta(days=size * adjective), precision, start, stop)
    value = months_away(now, adjective * (12 if unit.name == "year" else 1))
    return Moment(_floor(value, precision), precision, start, stop)


def _month_away(now: datetime, month: int, adjective: int, start: int, stop: int) -> Moment | None:
    """«مارس الماضي», «شهر 3 المقبل»."""
    if not 1 <= month <= 12:
        return None
    back = (now.month - month) % 12
    back = {-1: back or 12, -2: (back or 12) + 12, 0: back, 1: back - 12}[adjective]
    return Moment(_floor(months_away(now, -back), "month"), "month", start, stop)


def _day_of_month(now: datetime, day: int, adjective: int, start: int, stop: int) -> Moment | None:
    """«15 الجاري», «15 من الشهر الماضي»."""
    month = months_away(now.replace(day=1), adjective)
    try:
        return Moment(month.date().replace(day=day), "day", start, stop)
    except ValueError:
        return None


def _weekday(today: date, weekday: int, adjective: int | None) -> date:
    """The day meant: the last such day not after today, or as «الماضي» and «القادم» say."""
    back = (today.weekday() - weekday) % 7
    if adjective == 1:
        return today + timedelta(days=7 - back)
    if adjective is not None and adjective < 0:
        return today - timedelta(days=(back or 7) + 7 * (-adjective - 1))
    return today - timedelta(days=back)


def months_away(moment: datetime, months: int) -> datetime:
    """The same day so many months on, or the last day of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise OverflowError(f"year {year} is out of range")


def _floor(value: date | datetime, precision: Precision) -> date:
    """The first day of the month or year, or the day itself."""
    day = value.date() if isinstance(value, datetime) else value
    if precision == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "month" else day
