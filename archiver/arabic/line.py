"""One line being read: which of its dates is the date, which clock and zone are its own.

Also what makes a line no date at all: a range, a sentence, an anniversary, «since» something.
"""

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from archiver.arabic.grammar import (
    NO_CLOCK,
    NO_ZONE,
    SHAPES,
    Clock,
    Reading,
    Zone,
    blank,
    clocks,
    dates,
    places,
    zones,
)
from archiver.arabic.parsed import ParsedDate, Role
from archiver.arabic.relative import STRAY, Moment, relative
from archiver.arabic.resolve import DAYS_APART, NOTHING_AROUND, Day, Surroundings, day_of
from archiver.arabic.tokens import Tokens
from archiver.article import ArticleWarning, Precision

MOST_WORDS = 8
"""Words of no meaning here that a line may hold beside a whole date: a dateline, a byline."""

MOST_WORDS_BESIDE = 4
"""How many of them may run straight into a whole date: «رام الله 18-10-2021», not a headline."""

ASIDE = re.compile(
    r"B[:ij]?x{1,4}|K[:(]{0,2}[nNy]u?|(?:n[,.])?(?:[nN]|(?<!m)(?<!m[-/,.s])(?<!mn)(?<!mn,)y)u?[fi]?K"
)
"""«بقلم» and a name, «120 مشاهدة», «3 دقائق قراءة»: they say nothing for or against a date; the year behind a month
is its own, whatever is counted next."""

NOT_A_DATE_AFTER = re.compile(r"(?<![tiHk])n(?:[-/]|[)]?>)$|nj[sw]?$|[gb>][isw]{0,2}$")
"""What makes the date after it no date of printing: «10 - 15 مارس», «منذ 3 مارس», «حتى يوم»."""

COUNTED = re.compile("Du(?!n)")
"""A date whose last number a unit follows, «2024-01 - 3 دقائق قراءة»: that number counts something."""

BETWEEN_ENDS = re.compile(r"[if]?[-/][wi]?")
"""What stands between the two ends of a range of dates."""

RUN_BEFORE = re.compile(r"[^-|/()pv_]+$")
RUN_AFTER = re.compile(r"[^-|/()pv_]+")
"""What runs into a date, or on from it, with no dash, bar, bracket or label between."""

MENTION = re.compile(r"X[^|]*$")
"""A mention before the date, in the same part of the line."""

ALONE = frozenset({"month", "year", "numeric_month", "weekday_numeric"})
"""Forms that are a date only where the line holds no other number."""

WHOLE = frozenset({"numeric", "day_month_year", "year_month_day", "month_day_year"})
"""Forms that need no more than a line without other words; the day or the year may be left out."""

_ROLES: dict[str, Role] = {"p": "published", "v": "modified"}


class Shape(NamedTuple):
    """What the kinds of a line alone decide."""

    kinds: str  # bylines and counts blanked
    labelled: bool
    tied: bool  # without a date, or with one of a range, an anniversary, «since» something
    undated: str  # the kinds with the dates blanked
    clocked: bool  # with what may be a clock beside the dates
    words: int  # of no meaning here
    mention: bool


@lru_cache(SHAPES)
def _shape(kinds: str) -> Shape:
    if "B" in kinds or "K" in kinds:
        kinds = ASIDE.sub(lambda match: "|" * len(match[0]), kinds)
    found = places(kinds)
    tied = not found or COUNTED.search(kinds) is not None
    for place in found:
        before = kinds[max(0, place.start - 5) : place.start]
        if before and NOT_A_DATE_AFTER.search(before):
            tied = True
    labelled = "p" in kinds or "v" in kinds
    undated = blank(kinds, found)
    return Shape(kinds, labelled, tied, undated, not NO_CLOCK(undated), kinds.count("x"), "X" in kinds)


@lru_cache(SHAPES)
def _words_beside(kinds: str, start: int, stop: int) -> tuple[int, bool]:
    """The most words running into or on from a place, and whether it is part of a mention."""
    before, after = RUN_BEFORE.search(kinds[:start]), RUN_AFTER.match(kinds, stop)
    runs = [run[0] for run in (before, after) if run is not None]
    mention = any("X" in run for run in runs) or MENTION.search(kinds[:start]) is not None
    return max((run.count("x") for run in runs), default=0), mention


@lru_cache(SHAPES)
def _is_bare(rest: str, kinds: str, start: int, stop: int) -> bool:
    """Whether a relative phrase has a line to itself, `rest` being what is left of the line."""
    weekdays = rest.count("w") + kinds.count("w", start, stop)
    beside = _words_beside(kinds, start, stop)[0]
    return not STRAY.search(rest) and weekdays < 2 and kinds.count("x") <= MOST_WORDS and not beside


class Line:
    """One line being read: its tokens, and what the caller knows of the page."""

    __slots__ = ("kinds", "labelled", "locale", "now", "shape", "today", "tokens", "tz")

    def __init__(self, tokens: Tokens, now: datetime | None, locale: str, tz: tzinfo | None) -> None:
        shape = _shape(tokens.kinds)
        if shape.kinds != tokens.kinds:
            tokens = tokens._replace(kinds=shape.kinds)
        self.tokens, self.shape, self.now, self.tz = tokens, shape, now, tz
        self.kinds, self.labelled, self.locale = shape.kinds, shape.labelled, locale
        self.today = now.date() if now else None

    def absolute(self) -> ParsedDate | None:
        """What the line's printed dates come to, or None where it prints none."""
        if self.shape.tied:
            return None
        days = self._days(dates(self.tokens))
        main = days[0] if len(days) == 1 else self._main(days)
        if main is None or not self._stands_alone(main):
            return None
        return self._with_clock(main, days)

    def _days(self, readings: list[Reading]) -> list[Day]:
        """The readings that are days; one without a year is read last, beside the others."""
        if len(readings) == 1:
            day = day_of(readings[0], self._around(readings[0], []))
            return [] if day is None else [day]
        found: list[Day] = []
        for reading in sorted(readings, key=lambda reading: not reading.numbers and reading.year is None):
            day = day_of(reading, self._around(reading, found))
            if day is not None:
                found.append(day)
        found.sort(key=lambda day: day.reading.start)
        return found

    def _around(self, reading: Reading, found: list[Day]) -> Surroundings:
        if reading.month is not None and reading.year is not None:
            return NOTHING_AROUND
        near = None
        if found and reading.month is not None:
            calendar = reading.month.calendar
            near = next((d.value for d in found if d.precision == "day" and d.calendar != calendar), None)
        if not self.locale:
            return Surroundings(self.today, near=near)
        language, _, country = self.locale.replace("_", "-").partition("-")
        month_first = language == "en" and country in ("", "US")
        return Surroundings(self.today, month_first, country == "LY", near)

    def _role(self, start: int) -> Role | None:
        """What the nearest label before a place says."""
        if not self.labelled:
            return None
        at = max(self.kinds.rfind("p", 0, start), self.kinds.rfind("v", 0, start))
        return _ROLES[self.kinds[at]] if at >= 0 else None

    def _main(self, days: list[Day]) -> Day | None:
        """The line's date: Gregorian before Hijri, lunar and solar, before Coptic; published before updated."""
        for calendar in ("gregorian", "hijri", "solar_hijri", "coptic"):
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
        words = self.shape.words
        if not words and not self.shape.mention and reading.form in WHOLE:
            return True
        beside, mention = _words_beside(kinds, start, stop)
        if reading.form in ALONE:
            alone = STRAY.search(kinds[:start] + "_" + kinds[stop:]) is None and "l" not in kinds
            return alone and not (beside if reading.numbers else words)
        if (mention and not self.labelled) or words > MOST_WORDS:
            return False
        short = bool(reading.numbers) and len(reading.numbers[-1]) == 2 and len(reading.numbers[0]) <= 2
        if short or (reading.year is None and not reading.numbers) or day.precision == "month":
            return not beside
        return beside <= MOST_WORDS_BESIDE or "C" in kinds

    def _with_clock(self, main: Day, days: list[Day]) -> ParsedDate:
        value: date | datetime = main.value
        precision, zone, month = main.precision, None, main.month
        how: tuple[str, ...] = (main.how,)
        role = modified = None
        rest = self.shape.undated
        found: list[Clock] = []
        printed: list[Zone] = []
        if self.shape.clocked:
            found = clocks(self.tokens, rest)
        if found:
            if not NO_ZONE(rest):
                printed = zones(self.tokens, blank(rest, found, "="))
            value, precision, zone, steps = self._timed(main, days, found, printed)
            how += steps
        if self.labelled:
            role = self._role(main.reading.start)
            modified = self._modified(main, days, found, printed)
        system, countries = (month.system, month.countries) if month else (None, ())
        warnings = main.warnings
        if main.reading.weekday is not None or len(days) > 1 or (self.today and main.value > self.today):
            warnings += self._contradictions(main, days)
        return ParsedDate(
            value, precision, main.calendar, system, countries, zone, role, modified, warnings, how
        )  # fmt: skip

    def _timed(
        self, day: Day, days: list[Day], found: list[Clock], printed: list[Zone]
    ) -> tuple[date | datetime, Precision, str | None, tuple[str, ...]]:
        """A day with its clock and zone: (value, precision, zone as printed, how)."""
        clock = self._clock_of(day, days, found) if day.precision == "day" else None
        if clock is None:
            return day.value, day.precision, None, ()
        return self._at(day.value, clock, found, printed)

    def _modified(
        self, main: Day, days: list[Day], found: list[Clock], printed: list[Zone]
    ) -> date | datetime | None:
        """The update the line prints beside its date: a date of its own, or a clock of the same day."""
        at = self.kinds.find("v") if self.labelled else -1
        if at < 0 or self._role(main.reading.start) == "modified":
            return None
        for day in days:
            if day.reading.start > at and day.calendar == main.calendar and day is not main:
                return self._timed(day, days, found, printed)[0]
        later = [clock for clock in found if clock.start > at]
        if main.precision != "day" or at < main.reading.start or len(found) < 2 or not later:
            return None
        return self._at(main.value, later[0], found, printed)[0]

    def _at(
        self, day: date, clock: Clock, found: list[Clock], printed: list[Zone]
    ) -> tuple[datetime, Precision, str | None, tuple[str, ...]]:
        zone, text = clock.zone, None
        if zone is not None:
            text = clock.zone_text
        elif printed:
            zone, text = self._zone_of(clock, found, printed)
        hour, minute, second = clock.hour, clock.minute, clock.second
        value = datetime(day.year, day.month, day.day, hour, minute or 0, second or 0, tzinfo=zone or self.tz)
        precision: Precision = "minute" if second is None else "second"
        if minute is None:
            precision = "hour"
        how = (f"clock {hour:02}:{minute or 0:02}",)
        return value, precision, text, (*how, f"zone {text}") if text else how

    def _zone_of(
        self, clock: Clock, found: list[Clock], printed: list[Zone]
    ) -> tuple[tzinfo | None, str | None]:
        """The zone printed with a clock, and its text: between it and the next clock, or before it."""
        following = min((c.start for c in found if c.start > clock.start), default=len(self.kinds))
        beside = next((z for z in printed if clock.stop <= z.start < following), None)
        beside = beside or next((z for z in printed if z.stop <= clock.start), None)
        if beside is None:
            return None, None
        return beside.zone, " ".join(self.tokens.texts[beside.start : beside.stop])

    def _clock_of(self, day: Day, days: list[Day], found: list[Clock]) -> Clock | None:
        """The clock printed with a day: in its own part of the line, after it before before it."""
        if len(found) < 2 and len(days) == 1:
            return found[0] if found else None
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

    def _contradictions(self, main: Day, days: list[Day]) -> tuple[ArticleWarning, ...]:
        value = main.value
        weekday = main.reading.weekday if main.precision == "day" else None
        warnings = self._future(value)
        if weekday is not None and weekday != value.weekday():
            warnings.append(ArticleWarning("weekday_contradicts", f"{value} is a {value:%A}"))
        for day in days:
            if day.calendar != main.calendar and day.precision == main.precision == "day":
                apart = abs((day.value - value).days)
                if apart > DAYS_APART:
                    detail = f"the {day.calendar} date is {day.value}, {apart} days apart"
                    warnings.append(ArticleWarning("calendars_disagree", detail))
        return tuple(warnings)

    def _future(self, value: date | datetime) -> list[ArticleWarning]:
        day = value.date() if isinstance(value, datetime) else value
        if self.today is None or day <= self.today:
            return []
        return [ArticleWarning("future_date", f"{day} is after {self.today}")]

    def relative(self) -> ParsedDate | None:
        """What the line's relative phrase comes to, or None where it holds none."""
        if self.now is None:
            return None
        moment = relative(self.tokens, self.now)
        if moment is None:
            return None
        rest = blank(self.kinds, (moment,))
        found = clocks(self.tokens, rest)
        rest = blank(rest, found, "=")
        if not _is_bare(rest, self.kinds, moment.start, moment.stop):
            return None
        printed = zones(self.tokens, rest) if found else []
        return self._moment(moment, found, printed)

    def _moment(self, moment: Moment, found: list[Clock], printed: list[Zone]) -> ParsedDate:
        value, precision, zone = moment.value, moment.precision, None
        how: tuple[str, ...] = (
            f"relative to {self.now}: «{' '.join(self.tokens.texts[moment.start : moment.stop])}»",
        )
        if isinstance(value, datetime):
            second = value.second if precision == "second" else 0
            value = value.replace(second=second, microsecond=0)
        elif found and precision == "day":
            value, precision, zone, steps = self._at(value, found[0], found, printed)
            how += steps
        warnings = self._future(value)
        if moment.rough:
            warnings.append(ArticleWarning("rough", "the phrase does not say how long"))
        return ParsedDate(
            value, precision, zone=zone, role=self._role(moment.start), warnings=tuple(warnings), how=how
        )
