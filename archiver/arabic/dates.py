"""Dates as Arabic news sites print them: one line of text to one value, or to None.

`parse_date` folds the line, cuts it into tokens (`tokens`), finds the dates, clocks and zones that
stand in it (`grammar`, `relative`), and chooses (`line`): Gregorian before Hijri, published before
updated, a printed date before a relative phrase. A line that is a sentence, a range, a score or a
price has no date.
"""

from contextlib import suppress
from datetime import datetime, tzinfo

from archiver.arabic.calendars import zone_of
from archiver.arabic.foreign import foreign_date
from archiver.arabic.line import Line
from archiver.arabic.parsed import ParsedDate
from archiver.arabic.text import collapse_space, fold
from archiver.arabic.tokens import LIMIT, tokenize

__all__ = ["ParsedDate", "parse_date"]


def parse_date(
    text: str, *, now: datetime | None, locale: str | None = None, tz: str | tzinfo | None = None
) -> ParsedDate | None:
    """The date a line prints, or None where it prints none.

    `now` is the moment the page was fetched: relative phrases and days without a year are read
    against it, and without it they are None. `locale` ("ar-DZ", "en-US") settles what the text
    leaves open; only where it names a language the tables do not hold ("tr") is dateparser asked,
    in milliseconds. `tz`, an IANA name or a zone, is the zone of a clock that prints none.
    Only the first 300 characters are read; the time is linear in them. Raises
    `zoneinfo.ZoneInfoNotFoundError` for a `tz` that is no zone, ValueError for one that is no name.
    """
    zone = zone_of(tz) if isinstance(tz, str) else tz
    if now is not None and zone is not None and now.tzinfo is not None:
        with suppress(OverflowError):  # within a day of year 1 or 9999
            now = now.astimezone(zone)
    folded = fold(text) if len(text) <= LIMIT else fold(_beginning(text))
    tokens = tokenize(folded if len(folded) <= LIMIT else _cut(folded))
    line = Line(tokens, now, locale or "", zone)
    return line.absolute() or line.relative() or (_foreign(text, locale, now, zone) if locale else None)


def _beginning(text: str) -> str:
    """As much of a long text as may be read."""
    return collapse_space(text[: 4 * LIMIT])[: 2 * LIMIT]


def _cut(folded: str) -> str:
    """The beginning of a folded text, cut at a space so that no number is cut in two."""
    return folded[:LIMIT].rpartition(" ")[0] or folded[:LIMIT]


def _foreign(text: str, locale: str, now: datetime | None, zone: tzinfo | None) -> ParsedDate | None:
    """What dateparser makes of a line in a language the tables do not hold."""
    found = foreign_date(text.strip(), locale, now)
    if found is None:
        return None
    moment, precision = found
    how = (f"dateparser, {locale}",)
    if precision == "day":
        return ParsedDate(moment.date(), precision, how=how)
    printed = None if moment.tzinfo is None else str(moment.tzinfo)
    value = moment.replace(tzinfo=zone) if printed is None else moment
    return ParsedDate(value, precision, zone=printed, how=how)
