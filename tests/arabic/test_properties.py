"""Round trips, and what no input may do: raise, run on, or give an impossible value."""

import subprocess
import sys
import time
from datetime import UTC, date, datetime
from datetime import time as clock_time

import pytest
from hijridate import Gregorian, Hijri
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.arabic import grammar, line, relative
from archiver.arabic.calendars import hijri_to_date, rows, vocabulary
from archiver.arabic.dates import parse_date
from archiver.arabic.text import fold
from archiver.arabic.tokens import LIMIT, MOST_TOKENS, tokenize

NOW = datetime(2030, 6, 1, 12, 0, tzinfo=UTC)
DAYS = st.dates(date(1950, 1, 1), date(2029, 12, 31))
EASTERN = {"latin": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
SYSTEMS = ("egyptian", "levantine", "maghrebi_dz_tn", "moroccan", "mauritanian", "libyan")


def names_of(system: str) -> list[str]:
    """A system's twelve first names, the Egyptian ones where it has none of its own."""
    names = {int(row["number"]): row["names"] for row in rows("months") if row["system"] == "egyptian"}
    names |= {int(row["number"]): row["names"] for row in rows("months") if row["system"] == system}
    return [names[number].split(" | ")[0] for number in range(1, 13)]


NAMES = {system: names_of(system) for system in SYSTEMS}
HIJRI = names_of("hijri")
FORMS = (
    "{day} {month} {year}", "{day} {month}، {year}", "{day}/{month}/{year}", "{day}-{month}-{year}",
    "{weekday} {day} {month} {year}", "{weekday}، {month} {day}, {year}", "نشر في {day} {month} {year}م",
    "{year} {month} {day}", "{day}{month}{year}", "{day} من شهر {month} عام {year}",
)  # fmt: skip
NUMERIC = (
    "{day}/{number}/{year}",
    "{year}-{number:02}-{day:02}",
    "{day}.{number}.{year}",
    "{year}/{number}/{day}",
)


def in_digits(text: str, script: str) -> str:
    return text.translate(dict(zip(map(ord, EASTERN["latin"]), EASTERN[script], strict=True)))


@given(DAYS, st.sampled_from(SYSTEMS), st.sampled_from(FORMS), st.sampled_from(sorted(EASTERN)))
def test_a_day_in_any_month_names_and_digits_is_read_back(
    day: date, system: str, form: str, script: str
) -> None:
    text = form.format(
        day=day.day, month=NAMES[system][day.month - 1], year=day.year, weekday=WEEKDAYS[day.weekday()]
    )
    parsed = parse_date(in_digits(text, script), now=NOW)
    assert parsed is not None, text
    assert (parsed.value, parsed.precision, parsed.warnings) == (day, "day", ()), text


@given(DAYS, st.sampled_from(NUMERIC), st.sampled_from(sorted(EASTERN)))
def test_a_day_in_numbers_is_read_back(day: date, form: str, script: str) -> None:
    text = in_digits(form.format(day=day.day, number=day.month, year=day.year), script)
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert parsed.value == day


@given(DAYS)
def test_a_month_first_date_is_read_back_where_its_weekday_is_printed(day: date) -> None:
    text = f"{WEEKDAYS[day.weekday()]}, {day.month:02}/{day.day:02}/{day.year}"
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert parsed.value.day in (day.day, day.month)
    try:
        swapped = date(day.year, day.day, day.month)
    except ValueError:
        swapped = None
    if swapped is None or swapped.weekday() != day.weekday():
        assert parsed.value == day


@given(DAYS, st.sampled_from(["{day} {name} {year}", "{day} {name} {year} هـ", "{day}/{number}/{year}هـ"]))
def test_a_hijri_day_is_read_back(day: date, form: str) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    text = form.format(day=hijri.day, name=HIJRI[hijri.month - 1], number=hijri.month, year=hijri.year)
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert (parsed.value, parsed.calendar) == (day, "hijri")


@given(DAYS, st.sampled_from(SYSTEMS))
def test_both_calendars_beside_each_other_agree(day: date, system: str) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    text = f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year} هـ الموافق "
    text += f"{day.day} {NAMES[system][day.month - 1]} {day.year} م"
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert (parsed.value, parsed.calendar, parsed.warnings) == (day, "gregorian", ())


@given(DAYS, st.times())
def test_a_clock_of_twelve_hours_is_read_back(day: date, clock: clock_time) -> None:
    half = "ص" if clock.hour < 12 else "م"
    name = NAMES["egyptian"][day.month - 1]
    text = f"{day.day} {name} {day.year} - {clock.hour % 12 or 12}:{clock.minute:02} {half}"
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert parsed.value == datetime.combine(day, clock).replace(second=0, microsecond=0)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2029, 12, 31)), st.integers(-12, 14))  # noqa: DTZ001
def test_iso_8601_is_read_back(moment: datetime, hours: int) -> None:
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{hours:+03}:00"
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert parsed.value == datetime.fromisoformat(text)


@given(DAYS)
def test_a_day_without_a_year_is_the_latest_not_after_now(day: date) -> None:
    parsed = parse_date(f"{day.day} {NAMES['egyptian'][day.month - 1]}", now=NOW)
    assert parsed is not None
    assert (parsed.value.month, parsed.value.day) == (day.month, day.day)
    assert parsed.value <= NOW.date()
    assert (NOW.date() - parsed.value).days < 4 * 366 + 1


KEPT = [
    value
    for module in (grammar, line, relative)
    for value in vars(module).values()
    if hasattr(value, "cache_clear") and value.__module__ == module.__name__
]
WORDS = sorted(vocabulary())
LINES = st.lists(st.sampled_from(WORDS) | st.integers(0, 3000).map(str), max_size=25).map(" ".join)


@settings(max_examples=400)
@given(st.text() | LINES)
def test_no_text_raises_or_gives_what_is_no_date(text: str) -> None:
    parsed = parse_date(text, now=NOW)
    if parsed is not None:
        assert isinstance(parsed.value, date)
        assert isinstance(parsed.value, datetime) == (parsed.precision in ("hour", "minute", "second"))
        assert parsed.isoformat()
        datetime.fromisoformat(f"{parsed.value}")


@settings(max_examples=200)
@given(LINES, st.sampled_from(["\u200f", "\u202b", "ـ", " ", "\u00a0", "\n"]))
def test_what_prints_nothing_changes_nothing(text: str, mark: str) -> None:
    plain = parse_date(text, now=NOW)
    assert parse_date(text.replace(" ", f"{mark} "), now=NOW) == plain


EDGES = (
    "أمس", "غدا", "منذ 3 سنوات", "5 مارس", "بعد 5 أشهر", "منذ 5 أيام", "الجمعة", "5 رمضان",
    "السنة القادمة", "الجمعة القادمة", "أمس 10:30", "مارس الماضي",
)  # fmt: skip


def test_ends_of_the_calendar_do_not_raise() -> None:
    for now in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)):
        for text in EDGES:
            parse_date(text, now=now)
            parse_date(text, now=now, tz="Asia/Tokyo")


@settings(max_examples=200)
@given(LINES)
def test_a_shape_seen_before_is_read_as_one_that_is_new(text: str) -> None:
    seen = parse_date(text, now=NOW)
    for kept in KEPT:
        kept.cache_clear()
    assert parse_date(text, now=NOW) == seen


def test_what_is_kept_of_shapes_is_bounded() -> None:
    assert KEPT
    assert all(kept.cache_parameters()["maxsize"] == grammar.SHAPES for kept in KEPT)


FIRST_CALL = """
import sys
from archiver import parse_date
opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event in ("open", "import", "compile") else None)
parsed = parse_date("نشر في 4 ديسمبر 2023 الساعة 10:45 م بتوقيت القاهرة", now=None, tz="UTC")
assert parsed is not None
assert parsed.isoformat() == "2023-12-04T22:45+02:00"
print(opened)
"""


def test_the_first_call_finds_the_tables_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_CALL], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


REPEATS = [
    "1 ", "1/", "1-1-", "1:1", "12:30 ", "2020-", "2020-01-01 ", "1 مارس ", "مارس ", "مارس/", "مارس (",
    "منذ ",
    "منذ 3 ساعات و", "و", "ساعة و", "ألف و", "ثلاثة و", "الجمعة ", "نشر ", "آخر تحديث ", "أول ", "كانون ",
    "بتوقيت ", "GMT+", "-", ".", " ", "\u200f", "ـ", "\u064b", "م ", "هـ", "(", "يوم قبل ", "قبل يوم ",
    "1 محرم 1442 هـ الموافق ", "الساعة ", "س 1 ", "بقلم ", "كلمة ", "ﷺ", "20225", "1 مارس 2020 إلى ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATS)
def test_a_long_repeat_costs_no_more_than_a_short_one(piece: str) -> None:
    """Only a bounded beginning is read, and few tokens of it."""
    long = piece * (1_000_000 // len(piece))
    assert len(tokenize(fold(long[: 4 * LIMIT])[:LIMIT]).kinds) <= 2 * MOST_TOKENS
    parse_date(long, now=NOW)
    best = min(_time(long) for _ in range(5))
    assert best < 0.02  # twenty times what it takes, for a machine that is busy


def _time(text: str) -> float:
    start = time.process_time()
    parse_date(text, now=NOW)
    return time.process_time() - start


@given(st.integers(1343, 1500), st.integers(1, 12), st.integers(1, 30))
def test_hijri_days_are_those_of_the_library(year: int, month: int, day: int) -> None:
    try:
        expected = Hijri(year, month, day).to_gregorian()
    except ValueError:
        with pytest.raises(ValueError, match="no day"):
            hijri_to_date(year, month, day)
        return
    found, exact = hijri_to_date(year, month, day)
    assert exact
    assert (found.year, found.month, found.day) == expected.datetuple()


@given(st.integers(1300, 1342), st.integers(1, 12))
def test_the_tabular_calendar_meets_umm_al_qura_where_it_ends(year: int, month: int) -> None:
    first, exact = hijri_to_date(year, month, 1)
    assert not exact
    following, _ = hijri_to_date(year + month // 12, month % 12 + 1, 1)
    assert 27 <= (following - first).days <= 31
