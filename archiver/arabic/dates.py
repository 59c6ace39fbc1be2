"""Dates as Arabic news sites print them: one line of text to one value, or to None.

`parse_date` folds the line, cuts it into tokens (`tokens`), finds the dates, clocks and zones that
stand in it (`grammar`), and chooses: Gregorian before Hijri, published before updated, a printed
date before a relative phrase. A line that is a sentence, a range, a score or a price has no date.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from archiver.arabic.calendars import vocabulary, zone_of
from archiver.arabic.grammar import RANGE_BEFORE, Clock, Reading, Zone, blank, clocks, dates, zones
from archiver.arabic.relative import STRAY, Moment, crowded, relative
from archiver.arabic.resolve import DAYS_APART, Calendar, Day, Surroundings, day_of
from archiver.arabic.text import fold
from archiver.arabic.tokens import LIMIT, Tokens, tokenize
from archiver.article import ArticleWarning, Precision

Role = Literal["published", "modified"]

MOST_WORDS = 8
"""Words of no meaning here that a line may hold beside a whole date: a dateline, a byline."""

MOST_WORDS_BEFORE = 3
"""How many of them may run straight into the date: «رام الله 18-10-2021», not a headline."""

BYLINE = re.compile(r"B[:ij]?x{1,4}")
"""«بقلم» and a name: they say nothing against a date."""

BETWEEN_ENDS = re.compile(r"[if]?[-/][wi]?")
"""What stands between the two ends of a range of dates."""

WORDS_BEFORE = re.compile(r"(?:x[ifj]?){1,6}$")
"""Words that run straight into a date."""

_ROLES: dict[str, Role] = {"p": "published", "v": "modified"}


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """One date as read: the value, how precise the text is, and what a reader must know.

    `value` is a `date` for year, month and day (the first day where the text names none), else a
    `datetime`: aware where a zone is printed, given, or comes with `now`.
    """

    value: date | datetime
    precision: Precision
    calendar: Calendar = "gregorian"
    system: str | None = None
    """Which month names: egyptian, levantine, maghrebi_dz_tn, moroccan, libyan, hijri ..., or None."""
    countries: tuple[str, ...] = ()
    """Where those names are at home, ISO 3166; empty where they say nothing."""
    zone: str | None = None
    """The zone as printed, folded; None where none is."""
    role: Role | None = None
    """What the label before the date says it is."""
    modified: date | datetime | None = None
    """The date of the update, where the line prints both."""
    warnings: tuple[ArticleWarning, ...] = ()
    how: tuple[str, ...] = ()
    """How the line was read, step by step."""

    @property
    def zone_printed(self) -> bool:
        """Whether the zone is the page's own word, not an assumption."""
        return self.zone is not None

    def isoformat(self) -> str:
        """ISO 8601, as precise as the text: 2021, 2021-03, 2021-03-05, 2021-03-05T10:30+03:00."""
        if self.precision == "year":
            return f"{self.value.year:04}"
        if self.precision == "month":
            return f"{self.value.year:04}-{self.value.month:02}"
        if isinstance(self.value, datetime):
            return self.value.isoformat(timespec="seconds" if self.precision == "second" else "minutes")
        return self.value.isoformat()


def parse_date(
    text: str, *, now: datetime | None, locale: str | None = None, tz: str | tzinfo | None = None
) -> ParsedDate | None:
    """The date a line prints, or None where it prints none.

    `now` is the moment the page was fetched: relative phrases and days without a year are read
    against it, and without it they are None. `locale` ("ar-DZ", "en-US") settles what the text
    leaves open. `tz`, an IANA name or a zone, is the zone of a clock that prints none.
    Only the first 300 characters are read; the time is linear in them. Raises
    `zoneinfo.ZoneInfoNotFoundError` for a `tz` that is no zone.
    """
    zone = zone_of(tz) if isinstance(tz, str) else tz
    if now is not None and zone is not None and now.tzinfo is not None:
        now = now.astimezone(zone)
    tokens = tokenize(_beginning(text), vocabulary())
    line = _Line(tokens, now, locale or "", zone)
    return line.absolute() or line.relative()


def _beginning(text: str) -> str:
    """The folded beginning of a text, cut at a space so that no number is cut in two."""
    folded = fold(text[: 4 * LIMIT])
    if len(folded) <= LIMIT:
        return folded
    return folded[:LIMIT].rpartition(" ")[0] or folded[:LIMIT]


class _Line:
    """One line being read: its tokens, and what the caller knows of the page."""

    def __init__(self, tokens: Tokens, now: datetime | None, locale: str, tz: tzinfo | None) -> None:
        kinds = tokens.kinds
        if "B" in kinds:
            kinds = BYLINE.sub(lambda match: "|" * len(match[0]), kinds)
            tokens = tokens._replace(kinds=kinds)
        self.tokens, self.kinds, self.now, self.tz = tokens, kinds, now, tz
        self.labelled = "p" in kinds or "v" in kinds
        language, _, country = locale.replace("_", "-").partition("-")
        self.around = Surroundings(
            today=now.date() if now else None,
            month_first=language == "en" and country in ("", "US"),
            libyan=country == "LY",
        )

    def absolute(self) -> ParsedDate | None:
        """What the line's printed dates come to, or None where it prints none."""
        readings = dates(self.tokens)
        if not readings or self._is_mention(readings):
            return None
        days = self._days(readings)
        main = self._main(days)
        if main is None or not self._stands_alone(main):
            return None
        return self._with_clock(main, days, blank(self.kinds, readings))

    def _is_mention(self, readings: list[Reading]) -> bool:
        """Whether the dates are a range, an anniversary, an appointment or «since» something."""
        kinds = self.kinds
        if "X" in kinds and not self.labelled:
            return True
        for reading in readings:
            before = kinds[: reading.start]
            if (
                RANGE_BEFORE.search(before)
                or before[-1:] in ("g", "b", ">")
                or before[-2:] in ("gi", "bi", "gs")
            ):
                return True
        return False

    def _days(self, readings: list[Reading]) -> list[Day]:
        """The readings that are days; one without a year is read last, beside the others."""
        found: list[Day] = []
        for reading in sorted(readings, key=lambda reading: not reading.numbers and reading.year is None):
            around = self._around(reading, found)
            day = day_of(reading, around)
            if day is not None:
                found.append(day)
        found.sort(key=lambda day: day.reading.start)
        return found

    def _around(self, reading: Reading, found: list[Day]) -> Surroundings:
        near = None
        if reading.year is None and not reading.numbers and reading.month is not None:
            calendar = reading.month.calendar
            near = next((d.value for d in found if d.precision == "day" and d.calendar != calendar), None)
        adjective = None
        if self.kinds[reading.stop : reading.stop + 1] == "l":
            adjective = self.tokens.values[reading.stop]
        return replace(self.around, weekday=self._weekday(reading), adjective=adjective, near=near)

    def _weekday(self, reading: Reading) -> int | None:
        """The weekday printed with a date: the last before it, or the first after it."""
        at = self.kinds.rfind("w", 0, reading.start)
        if at < 0:
            at = self.kinds.find("w", reading.stop)
        weekday: int | None = self.tokens.values[at] if at >= 0 else None
        return weekday

    def _role(self, start: int) -> Role | None:
        """What the nearest label before a place says."""
        at = max(self.kinds.rfind("p", 0, start), self.kinds.rfind("v", 0, start))
        return _ROLES[self.kinds[at]] if at >= 0 else None

    def _main(self, days: list[Day]) -> Day | None:
        """The line's date: Gregorian before Hijri before Coptic, published before updated."""
        for calendar in ("gregorian", "hijri", "coptic"):
            pool = [day for day in days if day.calendar == calendar]
            if pool:
                break
        else:
            return None
        if len(pool) > 1 and self._is_range(pool):
            return None
        ranks = {"published": 0, None: 1, "modified": 2}
        return min(pool, key=lambda day: ranks[self._role(day.reading.start)])

    def _is_range(self, pool: list[Day]) -> bool:
        """Whether two dates of one calendar are the ends of something."""
        first, second = pool[0], pool[1]
        between = self.kinds[first.reading.stop : second.reading.start]
        if first.value == second.value or "p" in between or "v" in between:
            return False
        return ">" in between or BETWEEN_ENDS.fullmatch(between) is not None

    def _stands_alone(self, day: Day) -> bool:
        """Whether the line is a printed date, not a sentence that mentions one."""
        kinds, reading = self.kinds, day.reading
        start, stop = reading.start, reading.stop
        words = kinds.count("x")
        short = bool(reading.numbers) and len(reading.numbers[-1]) == 2 and len(reading.numbers[0]) <= 2
        whole = reading.form in ("month", "year", "numeric_month", "weekday_numeric")
        if whole:
            return STRAY.search(kinds[:start] + "_" + kinds[stop:]) is None and not words and "l" not in kinds
        if short or reading.year is None and not reading.numbers or day.precision == "month":
            return words <= MOST_WORDS // 2 and not crowded(kinds, start, stop)
        run = WORDS_BEFORE.search(kinds[:start])
        return words <= MOST_WORDS and (run is None or run[0].count("x") <= MOST_WORDS_BEFORE)

    def _with_clock(self, main: Day, days: list[Day], rest: str) -> ParsedDate:
        found = clocks(self.tokens, rest)
        printed = zones(self.tokens, blank(rest, found)) if found else []
        value, precision, zone, how = self._timed(main, days, found, printed)
        other = next((d for d in days if d is not main and self._role(d.reading.start) == "modified"), None)
        modified = None
        if other is not None and other.calendar == main.calendar:
            modified = self._timed(other, days, found, printed)[0]
        month = main.system
        warnings = main.warnings + self._contradictions(main, days, value)
        return ParsedDate(
            value, precision, main.calendar, month.system if month else None, month.countries if month else (),
            zone, self._role(main.reading.start), modified, warnings, (main.how, *how),
        )  # fmt: skip

    def _timed(
        self, day: Day, days: list[Day], found: list[Clock], printed: list[Zone]
    ) -> tuple[date | datetime, Precision, str | None, tuple[str, ...]]:
        """A day with its clock and zone: (value, precision, zone as printed, how)."""
        clock = self._clock_of(day, days, found) if day.precision == "day" else None
        if clock is None:
            return day.value, day.precision, None, ()
        return self._at(day.value, clock, found, printed)

    def _at(
        self, day: date, clock: Clock, found: list[Clock], printed: list[Zone]
    ) -> tuple[datetime, Precision, str | None, tuple[str, ...]]:
        zone, text = clock.zone, None
        if zone is None:
            following = min((c.start for c in found if c.start > clock.start), default=len(self.kinds))
            beside = next((z for z in printed if clock.stop <= z.start < following), None)
            if beside is None:
                beside = next((z for z in printed if z.stop <= clock.start), None)
            if beside is not None:
                zone, text = beside.zone, " ".join(self.tokens.texts[beside.start : beside.stop])
        else:
            text = self.tokens.texts[clock.stop - 1]
        value = datetime(  # noqa: DTZ001 - naive where no zone is printed or given
            day.year,
            day.month,
            day.day,
            clock.hour,
            clock.minute or 0,
            clock.second or 0,
            tzinfo=zone or self.tz,
        )
        precision: Precision = "minute" if clock.second is None else "second"
        if clock.minute is None:
            precision = "hour"
        return value, precision, text, (f"clock {value:%H:%M}",) + ((f"zone {text}",) if text else ())

    def _clock_of(self, day: Day, days: list[Day], found: list[Clock]) -> Clock | None:
        """The clock printed with a day: in its own part of the line, after it before before it."""
        if not found:
            return None
        start, stop = day.reading.start, day.reading.stop
        others = [d.reading for d in days if d is not day and d.calendar == day.calendar]
        low = max([self.kinds.rfind("p", 0, start), self.kinds.rfind("v", 0, start), 0])
        high = min([r.start for r in others if r.start > start], default=len(self.kinds))
        labels = (self.kinds.find(label, stop, high) for label in "pv")
        label = min((at for at in labels if at >= 0), default=high)
        before = [c for c in found if low <= c.start < start]
        own = [c for c in found if stop <= c.start < label] or before[-1:]
        if own:
            return own[0]
        if label < high == len(self.kinds):  # «28 آب 2013، آخر تحديث 14:00»: the label has no date of its own
            return next((c for c in found if c.start >= label), None)
        return None

    def _contradictions(
        self, main: Day, days: list[Day], value: date | datetime
    ) -> tuple[ArticleWarning, ...]:
        warnings = []
        weekday = self._weekday(main.reading)
        if main.precision == "day" and weekday is not None and weekday != main.value.weekday():
            warnings.append(ArticleWarning("weekday_contradicts", f"{main.value} is a {main.value:%A}"))
        for day in days:
            if day.calendar != main.calendar and day.precision == main.precision == "day":
                apart = abs((day.value - main.value).days)
                if apart > DAYS_APART:
                    detail = f"the {day.calendar} date is {day.value}, {apart} days apart"
                    warnings.append(ArticleWarning("calendars_disagree", detail))
        warnings.extend(self._future(value))
        return tuple(warnings)

    def _future(self, value: date | datetime) -> list[ArticleWarning]:
        if self.now is None:
            return []
        day = value.date() if isinstance(value, datetime) else value
        if day <= self.now.date() + timedelta(days=1):
            return []
        return [ArticleWarning("future_date", f"{day} is after {self.now.date()}")]

    def relative(self) -> ParsedDate | None:
        """What the line's relative phrase comes to, or None where it holds none."""
        if self.now is None:
            return None
        moment = relative(self.tokens, self.now)
        if moment is None:
            return None
        rest = blank(self.kinds, (moment,))
        found = clocks(self.tokens, rest)
        rest = blank(rest, found)
        if STRAY.search(rest):
            return None
        printed = zones(self.tokens, rest) if found else []
        return self._moment(moment, found, printed)

    def _moment(self, moment: Moment, found: list[Clock], printed: list[Zone]) -> ParsedDate:
        value, precision, zone = moment.value, moment.precision, None
        how: tuple[str, ...] = (
            f"relative to {self.now}: «{' '.join(self.tokens.texts[moment.start : moment.stop])}»",
        )
        if isinstance(value, datetime):
            value = (
                value.replace(microsecond=0)
                if precision == "second"
                else value.replace(second=0, microsecond=0)
            )
        elif found and precision == "day":
            value, precision, zone, steps = self._at(value, found[0], found, printed)
            how += steps
        warnings = self._future(value)
        if moment.rough:
            warnings.append(ArticleWarning("rough", "the phrase does not say how long"))
        return ParsedDate(
            value, precision, zone=zone, role=self._role(moment.start), warnings=tuple(warnings), how=how
        )
