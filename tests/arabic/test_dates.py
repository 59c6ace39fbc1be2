"""What `parse_date` says beside the value: precision, calendar, zone, role, warnings."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from archiver.arabic.dates import ParsedDate, parse_date

NOW = datetime.fromisoformat("2024-03-10T15:00:00+02:00")


def read(text: str, **options: str) -> ParsedDate:
    parsed = parse_date(text, now=NOW, **options)  # type: ignore[arg-type]
    assert parsed is not None
    return parsed


def codes(text: str) -> list[str]:
    return [warning.code for warning in read(text).warnings]


@pytest.mark.parametrize(
    ("text", "precision", "shown"),
    [
        ("عام 2020", "year", "2020"),
        ("منذ 3 سنوات", "year", "2021"),
        ("مارس 2021", "month", "2021-03"),
        ("5 مارس 2021", "day", "2021-03-05"),
        ("5 مارس 2021 الساعة 7 مساء", "hour", "2021-03-05T19"),
        ("5 مارس 2021 19:30", "minute", "2021-03-05T19:30"),
        ("5 مارس 2021 19:30:15", "second", "2021-03-05T19:30:15"),
        ("5 مارس 2021 19:30 GMT", "minute", "2021-03-05T19:30+00:00"),
    ],
)
def test_the_value_is_as_precise_as_the_text(text: str, precision: str, shown: str) -> None:
    parsed = read(text)
    assert parsed.precision == precision
    assert parsed.isoformat() == shown
    assert isinstance(parsed.value, datetime) == (precision in ("hour", "minute", "second"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1388/2/29", date(2009, 5, 19)),
        ("29/2/1388", date(2009, 5, 19)),
        ("1399/12/30", date(2021, 3, 20)),
        ("1391/4/26", date(2012, 7, 16)),
        ("1402/1/1", date(2023, 3, 21)),
        ("1389/3/12 هـ", date(1969, 5, 28)),
        ("1436/3/12", date(2015, 1, 3)),
    ],
)
def test_years_of_the_solar_hijri_calendar_in_numbers(text: str, day: date) -> None:
    assert read(text).value == day


def test_a_leap_day_that_a_solar_year_does_not_have() -> None:
    assert parse_date("1400/12/30", now=NOW) is None


def test_where_no_day_or_month_is_printed_the_value_is_the_first() -> None:
    assert read("مارس 2021").value == date(2021, 3, 1)
    assert read("عام 2020").value == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "calendar", "system"),
    [
        ("5 مارس 2021", "gregorian", "egyptian"),
        ("5 آذار 2021", "gregorian", "levantine"),
        ("5 جانفي 2021", "gregorian", "maghrebi_dz_tn"),
        ("5 شتنبر 2021", "gregorian", "moroccan"),
        ("5 دجمبر 2021", "gregorian", "mauritanian"),
        ("5 الطير 2006", "gregorian", "libyan"),
        ("5 رمضان 1442", "hijri", "hijri"),
        ("5 هاتور 1740", "coptic", "coptic"),
        ("2021-03-05", "gregorian", None),
        ("5/9/1442", "hijri", None),
        ("1388/2/29", "solar_hijri", None),
    ],
)
def test_calendar_and_month_names_are_told(text: str, calendar: str, system: str | None) -> None:
    parsed = read(text)
    assert (parsed.calendar, parsed.system) == (calendar, system)


def test_the_month_names_say_where_the_page_is_from() -> None:
    assert read("5 جانفي 2021").countries == ("DZ", "TN")
    assert read("5 غشت 2021").countries == ("MA",)
    assert read("2021-03-05").countries == ()


def test_a_printed_zone_is_told_and_makes_the_value_aware() -> None:
    parsed = read("4 ديسمبر 2023 14:45 GMT+3")
    assert parsed.zone_printed
    assert parsed.value.utcoffset() == timedelta(hours=3)  # type: ignore[union-attr]
    assert parsed.zone == "gmt + 3"
    assert read("2023-12-04T14:45:00+03:00").zone == "+03:00"
    assert not read("4 ديسمبر 2023 14:45").zone_printed
    assert read("4 ديسمبر 2023 14:45").value.tzinfo is None  # type: ignore[union-attr]


def test_a_given_zone_is_for_a_clock_that_prints_none() -> None:
    summer = read("4 يوليو 2023 14:45", tz="Africa/Cairo")
    assert summer.isoformat() == "2023-07-04T14:45+03:00"
    assert not summer.zone_printed
    assert read("4 يوليو 2023 14:45 GMT", tz="Africa/Cairo").isoformat() == "2023-07-04T14:45+00:00"
    assert read("4 يوليو 2023", tz="Africa/Cairo").value == date(2023, 7, 4)


def test_a_zone_may_be_given_as_one() -> None:
    parsed = parse_date("4 يوليو 2023 14:45", now=NOW, tz=timezone(timedelta(hours=3)))
    assert parsed is not None
    assert parsed.isoformat() == "2023-07-04T14:45+03:00"


def test_relative_phrases_are_in_the_given_zone() -> None:
    now = datetime(2024, 3, 10, 22, 30, tzinfo=UTC)
    parsed = parse_date("أمس", now=now, tz="Asia/Riyadh")  # it is the 11th there
    assert parsed is not None
    assert parsed.value == date(2024, 3, 10)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        parse_date("4 يوليو 2023", now=NOW, tz="Nowhere/Land")


def test_without_now_only_whole_dates_are_read() -> None:
    assert parse_date("منذ ساعتين", now=None) is None
    assert parse_date("5 مارس", now=None) is None
    assert parse_date("أمس", now=None) is None
    parsed = parse_date("5 مارس 2021", now=None)
    assert parsed is not None
    assert parsed.value == date(2021, 3, 5)


def test_a_naive_now_gives_naive_values() -> None:
    parsed = parse_date("منذ ساعتين", now=NOW.replace(tzinfo=None))
    assert parsed is not None
    assert parsed.value == datetime(2024, 3, 10, 13, 0)  # noqa: DTZ001


def test_published_is_taken_before_updated_and_the_update_is_told() -> None:
    for text in (
        "نشر: 4 ديسمبر 2023 10:00 | تحديث: 5 ديسمبر 2023 11:30",
        "تحديث: 5 ديسمبر 2023 11:30 | نشر: 4 ديسمبر 2023 10:00",
    ):
        parsed = read(text)
        assert parsed.role == "published"
        assert parsed.isoformat() == "2023-12-04T10:00"
        assert parsed.modified == datetime(2023, 12, 5, 11, 30)  # noqa: DTZ001


def test_an_update_with_a_clock_alone_is_of_the_same_day() -> None:
    parsed = read("نشر: 4 ديسمبر 2023 10:00 آخر تحديث 11:30")
    assert parsed.isoformat() == "2023-12-04T10:00"
    assert parsed.modified == datetime(2023, 12, 4, 11, 30)  # noqa: DTZ001


def test_an_update_alone_is_the_value_and_says_so() -> None:
    parsed = read("آخر تحديث: 5 ديسمبر 2023")
    assert (parsed.role, parsed.modified) == ("modified", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الإثنين 4 ديسمبر 2023", []),
        ("الثلاثاء 4 ديسمبر 2023", ["weekday_contradicts"]),
        ("4 ديسمبر 2023 الموافق 20 جمادى الأولى 1445", []),
        ("4 ديسمبر 2023 الموافق 21 جمادى الأولى 1445", []),
        ("4 ديسمبر 2023 الموافق 20 جمادى الأولى 1444", ["calendars_disagree"]),
        ("4 ديسمبر 2025", ["future_date"]),
        ("غدا", ["future_date"]),
        ("4 ديسمبر", ["no_year"]),
        ("منذ ساعات", ["rough"]),
        ("5 رجب 1310 هـ", ["hijri_tabular"]),
        ("1388/2/29 الثلاثاء 19 ايار 2009 - 10:25", []),
    ],
)
def test_warnings(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_locale_settles_the_order_of_numbers() -> None:
    assert read("04/05/2023").value == date(2023, 5, 4)
    assert read("04/05/2023", locale="ar-EG").value == date(2023, 5, 4)
    assert read("04/05/2023", locale="en-US").value == date(2023, 4, 5)
    assert read("25/05/2023", locale="en-US").value == date(2023, 5, 25)


def test_libyan_names_without_a_year_need_the_locale() -> None:
    assert parse_date("5 الطير", now=NOW) is None
    assert read("5 الطير", locale="ar-LY").value == date(2023, 4, 5)


def test_the_way_it_was_read_is_told() -> None:
    assert read("10/12/2023 10:30 GMT").how == ("day-month-year", "clock 10:30", "zone gmt")
    assert read("5 التمور 1378 و.ر").how == ("day, month (libyan 10) and year of the Libyan era, 1378 + 632",)


def test_a_city_in_a_dateline_is_no_zone() -> None:
    assert read("القاهرة - 4 ديسمبر 2023 14:45").zone is None


def test_summer_time_is_that_of_the_day() -> None:
    winter = read("4 يناير 2024 14:45 بتوقيت بيروت").value
    summer = read("4 يوليو 2023 14:45 بتوقيت بيروت").value
    assert (winter.utcoffset(), summer.utcoffset()) == (  # type: ignore[union-attr]
        timedelta(hours=2),
        timedelta(hours=3),
    )
    assert summer.tzinfo == ZoneInfo("Asia/Beirut")  # type: ignore[union-attr]


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert parse_date("كلام " * 100 + "4 ديسمبر 2023", now=NOW) is None
    padded = parse_date(" " * 800 + "4 ديسمبر 2023", now=NOW)
    assert padded is not None


def test_another_language_is_dateparsers_where_the_locale_names_it() -> None:
    parsed = read("5 Mart 2021 10:30", locale="tr-TR")
    assert parsed.isoformat() == "2021-03-05T10:30"
    assert parsed.how == ("dateparser, tr-TR",)
    assert read("5 de marzo de 2021", locale="es").value == date(2021, 3, 5)
    assert parse_date("5 Mart 2021", now=NOW) is None
    assert parse_date("Mart", now=NOW, locale="tr") is None
    assert parse_date("5 Mart 2021", now=NOW, locale="zz") is None
    assert parse_date("5 Mart 2021 " + "x" * 100, now=NOW, locale="tr") is None
