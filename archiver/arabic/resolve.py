"""From a date as printed to a day that exists: the order of its numbers, its calendar, its year."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from archiver.arabic.calendars import Month, coptic_to_date, hijri_to_date, solar_hijri_to_date
from archiver.arabic.grammar import ERAS, Reading, short_year
from archiver.article import ArticleWarning, Precision

Calendar = Literal["gregorian", "hijri", "solar_hijri", "coptic"]

Warnings = tuple[ArticleWarning, ...]

DAYS_APART = 2
"""Days by which a printed Hijri date may differ from Umm al-Qura's: sighting moves it by one or two."""

YEARS_BACK = 6
"""Years back in which a day without a year may lie when its weekday says so."""

YEARS = range(1800, 2200)
"""Years of the common era that a page prints as a date."""

HIJRI_YEARS = range(1300, 1500)
"""Years that are Hijri when no other era is printed: no page prints a date of the Middle Ages."""

SOLAR_YEARS = range(1370, 1410)
"""Years of numbers alone that are Iran's: 1991 to 2031. As lunar ones they would be of the years before there were
sites."""

COPTIC_YEARS = range(1500, 1900)


class Day(NamedTuple):
    """A reading in its calendar: a day that exists, or the first of its month or year."""

    reading: Reading
    value: date
    precision: Precision
    calendar: Calendar
    month: Month | None
    how: str
    warnings: Warnings = ()


class Surroundings(NamedTuple):
    """What the line says beside a date, and what the caller knows."""

    today: date | None
    month_first: bool = False  # the locale writes the month before the day
    libyan: bool = False
    near: date | None = None  # the same day in the other calendar


NOTHING_AROUND = Surroundings(None)
"""What a date with its month's name and its year needs to know."""


def day_of(reading: Reading, around: Surroundings) -> Day | None:
    """The day a reading means, or None where there is no such day."""
    try:
        if reading.numbers:
            return _numeric(reading, around)
        if reading.form == "year":
            return _year(reading)
        return _named(reading, around)
    except ValueError:
        return None


def _year(reading: Reading) -> Day | None:
    year, calendar = _era(reading.year or 0, reading.era, libyan=False)
    if calendar != "gregorian" or year not in YEARS:
        return None
    return Day(reading, date(year, 1, 1), "year", calendar, None, f"year {year}")


def _era(year: int, era: str | None, *, libyan: bool) -> tuple[int, Calendar]:
    """The year and the calendar it counts in; years of the Libyan eras become common ones."""
    if era in ERAS:
        return year + ERAS[era], "gregorian"
    if libyan and year in HIJRI_YEARS:
        return year + ERAS["libyan_death"], "gregorian"
    if era == "coptic":
        return year, "coptic"
    return year, "hijri" if era == "hijri" or (year in HIJRI_YEARS and era is None) else "gregorian"


def _numeric(reading: Reading, around: Surroundings) -> Day | None:
    if reading.form == "numeric_month":
        return _numeric_month(reading)
    if reading.form == "weekday_numeric":
        day, month = (int(number) for number in reading.numbers)
        return _latest(reading, around, None, month, day) if month <= 12 else None
    first, second, third = reading.numbers
    if len(first) == 4:
        year, calendar = _era(int(first), reading.era, libyan=False)
        month, day = int(second), int(third)
        orders = ("year-month-day", month, day), ("year-day-month", day, month)
    else:
        year, calendar = _era(_full_year(third, reading.era), reading.era, libyan=False)
        month, day = int(second), int(first)
        orders = ("day-month-year", month, day), ("month-day-year", day, month)
        if around.month_first and calendar == "gregorian":
            orders = orders[::-1]
    if calendar == "hijri" and reading.era is None and year in SOLAR_YEARS:
        calendar = "solar_hijri"
    fallback = None
    for name, month, day in orders:
        found = _day(calendar, year, month, day)
        if found is None:
            continue
        value = Day(reading, found[0], "day", calendar, None, name, found[1])
        if reading.weekday is None or found[0].weekday() == reading.weekday or len(first) == 4:
            return value
        fallback = fallback or value
    return fallback


def _full_year(text: str, era: str | None) -> int:
    return int(text) if len(text) == 4 else short_year(int(text), era)


def _numeric_month(reading: Reading) -> Day | None:
    month, year = int(reading.numbers[0]), reading.year or 0
    if year not in YEARS or (year + 1) % 100 == month:
        return None  # «2011/12» is a season
    return Day(reading, date(year, month, 1), "month", "gregorian", None, "month and year in numbers")


def _day(
    calendar: Calendar, year: int, month: int, day: int
) -> tuple[date, tuple[ArticleWarning, ...]] | None:
    """The Gregorian day, or None where the calendar has no such day."""
    try:
        if calendar == "hijri":
            if year not in HIJRI_YEARS and year != 1500:
                return None
            value, exact = hijri_to_date(year, month, day)
            note = ArticleWarning("hijri_tabular", f"{year} AH is outside Umm al-Qura's tables (1343-1500)")
            return value, () if exact else (note,)
        if calendar == "solar_hijri":
            return solar_hijri_to_date(year, month, day), ()
        if calendar == "coptic":
            return (coptic_to_date(year, month, day), ()) if year in COPTIC_YEARS else None
        return (date(year, month, day), ()) if year in YEARS else None
    except ValueError:
        return None


def _named(reading: Reading, around: Surroundings) -> Day | None:
    month = reading.month
    assert month is not None
    other = reading.other
    if other is not None and other.calendar == month.calendar and other.number != month.number:
        return None  # «مارس - أبريل»: months of a range
    libyan = month.system == "libyan"
    if reading.year is None:
        if reading.day is None and (month.calendar != "gregorian" or reading.weekday is not None):
            return None  # «رمضان» may be a name, «جمعة رجب» a feast
        if libyan and not around.libyan:
            return None  # «الماء», «الصيف»: words before they are months
        return _latest(reading, around, month, month.number, reading.day)
    if month.calendar == "gregorian" and reading.era is None and reading.year in YEARS and reading.day:
        value, name = date(reading.year, month.number, reading.day), month.system
        how = f"day, month ({name} {month.number}) and year"
        return Day(reading, value, "day", "gregorian", month, how)
    era = reading.era if month.calendar == "gregorian" or reading.era == "libyan_death" else month.calendar
    if libyan and era == "gregorian" and reading.year in HIJRI_YEARS:
        era = "libyan_birth"  # «1430 ميلادية»: since the Prophet's birth
    year, calendar = _era(reading.year, era, libyan=libyan)
    if calendar != month.calendar:
        return None
    found = _day(calendar, year, month.number, 1 if reading.day is None else reading.day)
    if found is None:
        return None
    how = f"{'' if reading.day is None else 'day, '}month ({month.system} {month.number}) and year"
    if year != reading.year:
        how += f" of the Libyan era, {reading.year} + {year - reading.year}"
    return Day(reading, found[0], "month" if reading.day is None else "day", calendar, month, how, found[1])


def _latest(
    reading: Reading, around: Surroundings, month: Month | None, number: int, day: int | None
) -> Day | None:
    """The day of a date without a year: the latest not after today, unless the line says otherwise."""
    today = around.today
    if today is None:
        return None
    calendar: Calendar = "hijri" if month and month.calendar == "hijri" else "gregorian"
    if month is not None and month.calendar == "coptic":
        return None
    this_year = today.year if calendar == "gregorian" else _hijri_year(today)
    values = []
    for year in range(this_year + 1, this_year - YEARS_BACK - 1, -1):
        found = _day(calendar, year, number, 1 if day is None else day)
        if found is not None:
            values.append(found[0])
    weekday = reading.weekday
    if calendar == "hijri" or day is None:  # the moon's sighting moves a weekday
        weekday = None
    value, how = _choose_year(values, weekday, reading.adjective, around.near, today)
    if value is None:
        return None
    warning = ArticleWarning("no_year", f"the line prints no year: {how}")
    precision: Precision = "day" if day else "month"
    name = f" ({month.system} {number})" if month else ""
    return Day(reading, value, precision, calendar, month, f"day and month{name}, {how}", (warning,))


def _hijri_year(day: date) -> int:
    """The Hijri year of a Gregorian day, right or one too early."""
    return int((day.year - 622 + (day.timetuple().tm_yday - 200) / 365.25) * 365.2425 / 354.367) + 1


def _choose_year(
    values: list[date], weekday: int | None, adjective: int | None, near: date | None, today: date
) -> tuple[date | None, str]:
    """Of the same day in several years, the one the line means, and why."""
    past = [value for value in values if value <= today]
    if near is not None and values:
        return min(values, key=lambda value: abs(value - near)), "the year of the other calendar's date"
    if adjective is not None:
        if adjective < 0:
            past = [value for value in values if value < today]
        elif adjective == 0 and values:
            return min(values, key=lambda value: abs(value - today)), "the current one, as it says"
        else:
            coming = [value for value in values if value > today]
            return (min(coming) if coming else None), "the coming one, as it says"
    if not past:
        return None, ""
    latest = max(past)
    if weekday is not None and latest.weekday() != weekday:
        fitting = [value for value in values if value.weekday() == weekday]
        if fitting:
            return min(
                fitting, key=lambda value: abs(value - latest - timedelta(days=1))
            ), "the year its weekday shows"
    return latest, "the latest not after now"
