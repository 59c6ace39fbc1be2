"""Points in time as a page gives them: read from machine strings, from addresses, and compared by day.

A machine string is ISO 8601 or near it; everything a reader sees goes through
`archiver.arabic.dates`. A day and its UTC neighbour count as the same story's when the zone can
explain the difference.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from archiver.article import Precision
from archiver.urls import unquoted

ISO = re.compile(
    r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+|T\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AP])\.?M\.?)?\s*(?:(Z|UTC|GMT)|([+-])(\d{1,2}):?(\d{2})?|([A-Z]{2,4}))?)?\s*$",
    re.I,
)
COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?\s*$")
SLASHED = re.compile(r"^\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*$")
EPOCH = re.compile(r"^\s*(1[0-9]{9})(?:[0-9]{3})?\s*$")
"""Seconds, or milliseconds, since 1970: of this century."""
RFC_2822 = re.compile(
    r"^\s*(?:[A-Z][a-z]{2,8},\s*)?(\d{1,2}) (?P<month>[A-Z][a-z]{2}) (\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"(?:\s*(?P<half>[AP])\.?M\.?)?\s*(?P<zone>Z|[A-Z]{2,4})?\s*(?:([+-])(\d{1,2}):?(\d{2})?)?\s*(?:\([^()]{1,40}\)\s*)?$"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONES = {
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""Hours east of UTC of the zones that RFC 2822 names. Of others the clock is kept alone: AST is of Arabia too."""
EN_US = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M\s*$", re.I)
"""How a server set to American English prints a moment: month first."""
ENGLISH_CLOCK = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+\d|$)")
"""Numbers whose order only the server knows: read only where they can mean one day."""
URL_DAYS = (
    re.compile(r"/((?:19|20)\d\d)/(?P<month>\d{1,2})/(?P=month)-(\d{1,2})(?=/)"),
    re.compile(r"/((?:19|20)\d\d)/(?:[a-z_]+/)?(\d{1,2})/(\d{1,2})(?!-\d{1,2}/)(?=[/\-_.?]|$)", re.I),
    re.compile(
        r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)(?!-\d\d-\d\d-\d\d/)"
    ),  # a folder's own second
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/\-_.?]|$)"),
    re.compile(r"(?<![\d-])((?:19|20)\d\d)_(\d{1,2})_(\d{1,2})(?!\d)"),
)
OLDEST, LATEST = 1990, 2100
"""No news site is older than the web; an earlier year is a placeholder, and so is one far off."""
WIDEST_ZONE = timedelta(hours=4)
"""How far east of UTC Arabic newsrooms work: up to the Gulf."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a moment with or without its zone, and how precise it is."""

    value: date | datetime
    precision: Precision

    @property
    def day(self) -> date:
        """The day as it is written, in the stamp's own zone."""
        return self.value.date() if isinstance(self.value, datetime) else self.value

    @property
    def days(self) -> frozenset[date]:
        """Every day it may mean to a reader: the written one, and the local one where it is in UTC."""
        if not isinstance(self.value, datetime) or self.value.tzinfo is None:
            return frozenset({self.day})
        moment = self.value.astimezone(UTC)
        return frozenset(
            {self.day, moment.date(), (moment + WIDEST_ZONE).date(), (moment + WIDEST_ZONE / 4).date()}
        )

    @property
    def has_clock(self) -> bool:
        """Whether the hour is known."""
        return isinstance(self.value, datetime)


def machine_stamp(text: str) -> Stamp | None:
    """A machine's date: ISO 8601 and its near misses, RFC 2822, compact digits; None for all else."""
    if match := ISO.match(text):
        year, month, day, hour, minute, second, half, utc, sign, hours, minutes, _zone = match.groups()
        zone = UTC if utc else _offset(sign, hours, minutes)
        return _stamp((year, month, day), (_of_24(hour, half), minute, second), zone)
    if match := EN_US.match(text):
        month, day, year, hour, minute, second, half = match.groups()
        return _stamp((year, month, day), (_of_24(hour, half), minute, second), None)
    for pattern in (COMPACT, SLASHED):
        if match := pattern.match(text):
            parts = match.groups()
            return _stamp(parts[:3], parts[3:6], UTC if len(parts) > 6 and parts[6] else None)
    if match := EPOCH.match(text):
        return Stamp(datetime.fromtimestamp(int(match[1]), UTC), "second")
    return _of_mail(match) if (match := RFC_2822.match(text)) else None


def _of_mail(match: re.Match[str]) -> Stamp | None:
    """What RFC 2822 writes, and its near misses: «29 Nov 2026 09:15 PM», «… 20:35:00 GMT+3»."""
    day, month, year, hour, minute, second, half, name, sign, hours, minutes = match.groups()
    if month not in MONTHS:
        return None
    named = ZONES.get(name or "")
    zone = _offset(sign, hours, minutes) or (None if named is None else timezone(timedelta(hours=named)))
    number = str(MONTHS.index(month) + 1)
    return _stamp((year, number, day), (_of_24(hour, half), minute, second), zone)


def _of_24(hour: str | None, half: str | None) -> str | None:
    """The hour of a day of 24, of one of twelve where its half is told: ("12", "A") -> "0"; none for 13 PM."""
    if hour is None or half is None or not 1 <= int(hour) <= 12:
        return hour
    return str(int(hour) % 12 + (12 if half in "pP" else 0))


def is_ambiguous(text: str) -> bool:
    """Numbers with slashes that a server wrote in its own order: 6/3/2020 is two days."""
    match = ENGLISH_CLOCK.match(text)
    return bool(match and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2])


def url_stamp(url: str) -> Stamp | None:
    """The day written in an address, if it is a day at all."""
    path = unquoted(url.partition("://")[2].partition("/")[2].partition("?")[0])
    for pattern in URL_DAYS:
        for match in pattern.finditer("/" + path):
            stamp = _stamp(match.groups(), (None, None, None), None)
            if stamp:
                return stamp
    return None


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timezone | None:
    if not sign or not hours or int(hours) > 14:
        return None
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(span if sign == "+" else -span)


def _stamp(day: tuple[str | None, ...], clock: tuple[str | None, ...], zone: timezone | None) -> Stamp | None:
    """None where there is no such day or hour; 24:00 is the midnight that ends the day."""
    try:
        year, month, number = (int(part or 0) for part in day)
        if not OLDEST <= year <= LATEST:
            return None
        if clock[0] is None:
            return Stamp(date(year, month, number), "day")
        hour, minute, second = (int(part or 0) for part in clock)
        precision: Precision = "second" if clock[2] else "minute"
        if (hour, minute, second) == (24, 0, 0):
            midnight = datetime(year, month, number, tzinfo=zone) + timedelta(days=1)
            return Stamp(midnight, precision)
        return Stamp(datetime(year, month, number, hour, minute, second, tzinfo=zone), precision)
    except ValueError:
        return None
