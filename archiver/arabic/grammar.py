"""The grammar of printed dates, clocks and zones, as patterns over the kinds of tokens.

A line's kinds are one short string (see `tokens`), so a production is a regular expression over
some fifteen letters. Every repetition is bounded: matching is linear in the tokens.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from archiver.arabic.calendars import LIBYAN_BIRTH_ERA, LIBYAN_DEATH_ERA, Month
from archiver.arabic.tokens import Tokens

_OF = "[-/.,ifsS]"  # what stands between the parts of a date: marks, «من», «شهر», «عام»
_MONTH = r"m(?:[-/(,.|]{0,2}m\)?)?"  # with its double, «آب/أغسطس», «آذار (مارس)»
_YEAR = r"y(?:[.(]?[eM]\)?){0,2}"

DATE = re.compile(
    rf"""
    (?=[DnmysS,-])  # no other kind begins a date: a quick way past most tokens
    (?:
    (?P<numeric>         D (?:[.]?[eM]){{0,2}} )
  | (?P<year_month_day>  y [-/.,]{{0,2}} {_MONTH} [-/.,]{{0,2}} n (?![.:]?[nmH]) )
  | (?P<day_month_year>  y [-/.,|]{{0,2}} w [-/.,]{{0,2}} n {_OF}{{0,2}} {_MONTH} (?! [-/.,]? [Nyn] )
                       | n {_OF}{{0,3}} {_MONTH}                    # the former: 2024 الثلاثاء 5 مارس
                         (?: [-/.,ifsS:|)]{{0,3}} {_YEAR}
                           | [-/] n (?![-.:naMtumH]) | n e             # 17-مارس-20, 17 صفر 44هـ
                           | n (?= $ | C | [-|,.()] (?! n ) )          # 17 مارس 20
                           | (?! [-/,.]? [Ny] ) ) )
  | (?P<month_day_year>  {_MONTH} {_OF}{{0,2}} n {_OF}{{0,3}} {_YEAR} )
  | (?P<month_day>       {_MONTH} {_OF}{{0,1}} n (?! [-:.>jaMunsH] ) )
  | (?P<month_year>      {_MONTH} {_OF}{{0,3}} {_YEAR} )
  | (?P<month>           {_MONTH} )
  | (?P<numeric_month>   n [-/] y (?! [-/] [nNy] ) | y [-/] n (?! [-/] [nNy] ) )
  | (?P<year>            (?:s|S) i? {_YEAR} | (?<![^f]) y [eM]{{1,2}} )
  | (?P<weekday_numeric> (?<=w) [,-]? n / n (?![-/nN]) )
    )
    """,
    re.VERBOSE,
)
"""Where a date may stand, leftmost first; the group's name is the form."""

CLOCK = re.compile(
    r"""
    (?=[CntHaM])
    (?:
    (?: t[:.,i(]{0,3} | a | M (?= C (?! [aM] ) ) )? (?<![+]) (?<!z-) C (?: [,.(-]? [if]? [aM] \)? )?   # الساعة 10:30 ص
  | (?: t[:.,i]{0,2} )? n H n? (?: [if]? [aM] )?                             # 14h30, 14س
  | [tH] [:.,i]{0,2} n (?: [.] n | j? h | E h | j n u? | E n u | n u )? (?: j n u )? (?: [,(]? [aM] \)? )?
  | n (?: [.] n | j? h | E h | j n u? | E n u )? [aM]                        # 9 مساء, 10.30 م
    )
    """,
    re.VERBOSE,
)
"""Where a clock stands, once the dates are taken out."""

ZONE = re.compile(
    r"""
    o [i:(]{0,2} [zZ] (?: [-+] [nNyC] (?! [usHxK] ) )?          # بتوقيت القاهرة
  | z (?: [-+] [nNyC] (?! [usHxK] ) )? z?        # GMT+3
  | [-+] [nC] z | (?<==) [+] n (?! [.:n] )       # +3 GMT; 10:30 +03
  | (?<==) [(] Z                                 # 10:30 (مكة المكرمة)
    """,
    re.VERBOSE,
)
"""Where a zone is printed: by label, by name, by offset, or as a city in brackets."""

NO_CLOCK = frozenset("CtHaM").isdisjoint
"""Whether a line has none of the marks a clock needs."""

CTIME_YEAR = re.compile(r"Cz?y$")
"""The end of «Aug 14 09:22:00 AST 2024»."""

LATE_OR_EARLY = re.compile("[aM]")
"""What says which half of the day a clock means."""

NO_ZONE = frozenset("oz+(").isdisjoint
"""Whether a line has none of the marks a zone begins with, «-» aside."""

OFFSET = re.compile(r"([+-]) ?(\d\d?):?(\d\d)?$")
"""The offset at the end of a clock or a zone, in hours and minutes."""

SIGNED = re.compile(r"([+-])(\d\d?):?(\d\d)?(?!\d)")
"""The offset within a zone's text: GMT+2, +0300."""

Form = Literal[
    "numeric", "year_month_day", "day_month_year", "month_day_year", "month_day", "month_year", "month",
    "numeric_month", "year", "weekday_numeric",
]  # fmt: skip


class Reading(NamedTuple):
    """One date as printed: its place among the tokens, and its numbers before any calendar.

    For the numeric form `numbers` holds the three in printed order, and year, month, day are None.
    """

    start: int
    stop: int
    form: Form
    year: int | None = None
    month: Month | None = None
    day: int | None = None
    numbers: Sequence[str] = ()
    era: str | None = None
    other: Month | None = None
    weekday: int | None = None  # printed with it
    adjective: int | None = None  # «الماضي» -1, «الجاري» 0, «القادم» 1


class Clock(NamedTuple):
    """A clock as printed, in 24 hours, with the offset that was glued to it."""

    start: int
    stop: int
    hour: int
    minute: int | None
    second: int | None
    zone: tzinfo | None
    zone_text: str | None = None


class Zone(NamedTuple):
    """A printed zone and its place."""

    start: int
    stop: int
    zone: tzinfo


class Span(Protocol):
    """Anything with a place among the tokens."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


def blank(kinds: str, taken: Iterable[Span], mark: str = "_") -> str:
    """The kinds with what is taken as «_», or as «=» for clocks, which say nothing more."""
    for each in taken:
        kinds = kinds[: each.start] + mark * (each.stop - each.start) + kinds[each.stop :]
    return kinds


MOST_READINGS = 8
"""Dates of one line that are looked at; a line with more is a table, not a date."""


SHAPES = 1024
"""Shapes of lines that are kept, a shape being all that the kinds alone decide: a site prints a few."""


class Place(NamedTuple):
    """Where a date may stand, and which of its tokens are its parts; -1 where it has none such."""

    start: int
    stop: int
    form: Form
    day: int
    month: int
    year: int
    era: int
    other: int  # the double of the month
    last: int  # the last number, where it is not the day
    common: bool  # «م» after the year
    weekday: int  # the last before it, or the first in or after it
    adjective: int  # «الماضي» right after it


@lru_cache(SHAPES)
def places(kinds: str) -> tuple[Place, ...]:
    """Every place of a line where a date may stand, in order."""
    found = []
    for match in DATE.finditer(kinds):
        start, stop = match.span()
        weekday = -1
        if "w" in kinds:
            weekday = kinds.rfind("w", 0, start)
            weekday = kinds.find("w", start) if weekday < 0 else weekday
        adjective = stop if kinds.startswith("l", stop) else -1
        form: Form = match.lastgroup  # type: ignore[assignment]
        found.append(Place(start, stop, form, *_parts(kinds, start, stop), weekday, adjective))
        if len(found) == MOST_READINGS:
            break
    return tuple(found)


def _parts(kinds: str, start: int, stop: int) -> tuple[int, int, int, int, int, int, bool]:
    """Where the parts of a date stand: day, month, year, era, the month's double, last number; «م»."""
    if stop - start == 1:  # in numbers, or a month alone
        return -1, start if kinds[start] == "m" else -1, -1, -1, -1, -1, False
    if kinds.startswith("nmy", start) and stop - start == 3:  # by far the most common
        return start, start + 1, start + 2, -1, -1, -1, False
    day, month = kinds.find("n", start, stop), kinds.find("m", start, stop)
    other = kinds.find("m", month + 1, stop) if month >= 0 else -1
    last = kinds.rfind("n", day + 1, stop) if day >= 0 else -1
    common = kinds.find("M", start, stop) >= 0
    return day, month, kinds.find("y", start, stop), kinds.find("e", start, stop), other, last, common


def dates(tokens: Tokens) -> list[Reading]:
    """Every date that may stand in the line, in order; none is checked against a calendar."""
    return [_reading(tokens, place) for place in places(tokens.kinds)]


def _reading(tokens: Tokens, place: Place) -> Reading:
    texts, kinds, values = tokens
    start, stop, form, day, month, year, era_at, other, last, common, weekday_at, adjective_at = place
    weekday = values[weekday_at] if weekday_at >= 0 else None
    era = values[era_at] if era_at >= 0 else "gregorian" if common else None
    if form == "numeric":
        return Reading(start, stop, form, None, None, None, values[start], era, None, weekday)
    year_value = values[year] if year >= 0 else None
    if form == "day_month_year" and year >= 0:  # by far the most common
        double = values[other] if other >= 0 else None
        return Reading(start, stop, form, year_value, values[month], values[day], (), era, double, weekday)
    if form == "year" and kinds[start] in "sS" and values[start].name != "year":
        year_value = None  # «شهر 2023»
    adjective = values[adjective_at] if adjective_at >= 0 else None
    if form == "weekday_numeric":
        return Reading(
            start, stop, form, numbers=(texts[day], texts[last]), weekday=weekday, adjective=adjective
        )
    if form == "numeric_month":
        return Reading(start, stop, form, year_value, numbers=(texts[day],))
    if form == "day_month_year":
        year_value = short_year(values[last], era) if last >= 0 and len(texts[last]) == 2 else None
    elif form == "month_day" and CTIME_YEAR.match(kinds, stop):
        year_value = values[-1]
    return Reading(
        start, stop, form, year_value, values[month] if month >= 0 else None,
        values[day] if day >= 0 else None, (), era, values[other] if other >= 0 else None,
        weekday, adjective,
    )  # fmt: skip


def short_year(year: int, era: str | None) -> int:
    """The year two digits stand for: 70-99 of the last century, the rest of this one; or 14xx AH."""
    if era == "hijri":
        return year + 1400
    return year + (1900 if year >= 70 else 2000)


ERAS = {"libyan_death": LIBYAN_DEATH_ERA, "libyan_birth": LIBYAN_BIRTH_ERA}
"""Years to add to a year of a solar era other than the common one."""


@lru_cache(SHAPES)
def _clock_places(kinds: str) -> tuple[tuple[int, int, int, int], ...]:
    """Every place where a clock may stand: (start, stop, its digits, its half of the day)."""
    found: list[tuple[int, int, int, int]] = []
    for match in CLOCK.finditer(kinds):
        start, stop = match.span()
        half = LATE_OR_EARLY.search(kinds, start, stop)
        found.append((start, stop, kinds.find("C", start, stop), half.start() if half else -1))
    return tuple(found)


def clocks(tokens: Tokens, kinds: str) -> list[Clock]:
    """Every clock of the line; `kinds` is the line's with the dates blanked. No hour above 24."""
    found: list[Clock] = []
    for place in _clock_places(kinds):
        clock = _clock(tokens, *place)
        if clock is not None:
            found.append(clock)
        if len(found) == MOST_READINGS:
            break
    if len(found) == 1 and found[0].hour <= 12:
        at = kinds.find("a")
        if at >= 0 and not LATE_OR_EARLY.search(kinds, found[0].start, found[0].stop):
            # «مساء أمس الساعة 9», «مساء الثلاثاء … 9:30»
            return [found[0]._replace(hour=_in_24(found[0].hour, tokens.values[at]))]
    return found


def _clock(tokens: Tokens, start: int, stop: int, digits: int, half: int) -> Clock | None:
    if digits >= 0:
        hour, minute, second, offset = _with_colon(tokens.texts[digits])
    else:
        hour, minute, second, offset = _spoken(tokens, start, stop)
    if half >= 0:
        hour = _in_24(hour, tokens.values[half] or "pm")
    if hour == 24 and not minute:
        hour = 0
    if hour > 23 or not 0 <= (minute or 0) < 60 or (second or 0) > 59:
        return None
    if offset is None:
        return Clock(start, stop, hour, minute, second, None)
    return Clock(start, stop, hour, minute, second, _offset(offset), offset[0].strip())


Parts = tuple[int, int | None, int | None, "re.Match[str] | None"]
"""Hour, minute, second, and the match of `OFFSET`."""


def _with_colon(text: str) -> Parts:
    """The parts of a clock in digits: 10:30, 10:30:05.123+03:00."""
    offset = None
    if len(text) > 8:
        offset = OFFSET.search(text, 4)
        if offset is not None:
            text = text[: offset.start()]
        text = text.partition(".")[0].partition(",")[0]
    parts = text.split(":")
    return int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else None, offset


def _spoken(tokens: Tokens, start: int, stop: int) -> Parts:
    """The hour and minute of a clock without colon: «الثالثة والنصف», «21 و 40 دقيقة», «10.30»."""
    _, kinds, values = tokens
    numbers = [values[i] for i in range(start, stop) if kinds[i] == "n"]
    hour, minute = numbers[0], sum(numbers[1:]) if len(numbers) > 1 else None
    fraction = kinds.find("h", start, stop)
    if fraction >= 0:
        minute = (minute or 0) + values[fraction]
    if minute and kinds.find("E", start, stop) >= 0:
        hour, minute = (hour - 1) or 12, 60 - minute
    return hour, minute, None, None


LATER = {
    "am": range(0),
    "pm": range(1, 13),
    "noon": (12, 1, 2, 3, 4, 5),
    "night": range(6, 12),
    "midnight": range(6, 12),
}
"""The hours of twelve that are after noon, by what is printed beside them."""


def _in_24(hour: int, meridiem: str) -> int:
    """The hour of the day; an hour that is already of 24 keeps its value whatever follows it."""
    if hour > 12 or hour == 0:
        return hour
    return hour % 12 + 12 if hour in LATER[meridiem] else hour % 12


@lru_cache(SHAPES)
def _zone_places(kinds: str) -> tuple[tuple[int, int], ...]:
    """Every place where a zone may stand."""
    return () if NO_ZONE(kinds) else tuple(match.span() for match in ZONE.finditer(kinds))


def zones(tokens: Tokens, kinds: str) -> list[Zone]:
    """Every zone of the line; `kinds` is the line's with the dates and clocks blanked."""
    found: list[Zone] = []
    for start, stop in _zone_places(kinds):
        zone = _zone(tokens, start, stop)
        if zone is not None:
            found.append(Zone(start, stop, zone))
        if len(found) == MOST_READINGS:
            break
    return found


def _zone(tokens: Tokens, start: int, stop: int) -> tzinfo | None:
    texts, kinds, values = tokens
    offset = SIGNED.search("".join(texts[start:stop]))
    if offset is not None:
        return _offset(offset)
    named: tzinfo | None = next((values[i] for i in range(start, stop) if kinds[i] in "zZ"), None)
    return named


def _offset(match: "re.Match[str]") -> tzinfo | None:
    sign, hours, minutes = match.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if size > timedelta(hours=14):
        return None
    return timezone(size if sign == "+" else -size)
