"""The tables and the code agree: every row is folded, reachable, and known to the grammar."""

from zoneinfo import available_timezones

import pytest

from archiver.arabic.calendars import KINDS, MARKS, WORD_PARTS, Month, rows, vocabulary
from archiver.arabic.dates import parse_date
from archiver.arabic.relative import LONGEST, UNITS
from archiver.arabic.text import fold
from archiver.arabic.tokens import TOKEN, tokenize

TABLES = ("months", "weekdays", "words", "units", "numbers", "zones")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_names_and_a_source(table: str) -> None:
    for row in rows(table):
        assert all(name.strip() for name in row["names"].split(" | ")), row
        assert row.get("source", row.get("language", "")), row


def test_every_role_of_the_tables_is_a_kind_the_grammar_knows() -> None:
    roles = {row["role"] for row in rows("words")} | {row["kind"] for row in rows("zones")}
    roles |= {row["form"] for row in rows("units")} | {"month", "weekday", "number"}
    assert roles == set(KINDS)


def test_no_two_kinds_share_a_letter() -> None:
    letters = [*KINDS.values(), *MARKS, *"DCnyNx?"]
    assert len(letters) == len(set(letters))


def test_every_name_is_found_by_the_tokenizer_as_one_token() -> None:
    for table in TABLES:
        for row in rows(table):
            for name in row["names"].split(" | "):
                kinds = tokenize(fold(name)).kinds
                assert "x" not in kinds, (table, name, kinds)
                assert len(kinds) == 1, (table, name, kinds)


def test_names_are_cut_as_texts_are() -> None:
    for table in TABLES:
        for row in rows(table):
            for name in row["names"].split(" | "):
                assert WORD_PARTS.findall(fold(name)) == TOKEN.findall(fold(name)), name


def test_no_name_means_two_months_of_one_calendar() -> None:
    meanings: dict[tuple[str, str], int] = {}
    for row in rows("months"):
        for name in row["names"].split(" | "):
            key = (row["calendar"], fold(name))
            assert meanings.setdefault(key, int(row["number"])) == int(row["number"]), name


def test_every_zone_is_in_the_database() -> None:
    assert {row["zone"] for row in rows("zones")} <= available_timezones()


def test_every_unit_has_a_length_and_a_limit() -> None:
    assert {row["unit"] for row in rows("units")} == set(UNITS) == set(LONGEST)


@pytest.mark.parametrize("row", list(rows("months")), ids=lambda row: f"{row['system']}-{row['number']}")
def test_every_spelling_of_every_month_is_read(row: dict[str, str]) -> None:
    year, day = {"gregorian": ("2021", 5), "hijri": ("1442", 5), "coptic": ("1737", 5)}[row["calendar"]]
    readings = set()
    for name in row["names"].split(" | "):
        parsed = parse_date(f"{day} {name} {year}", now=None)
        assert parsed is not None, name
        assert parsed.calendar == row["calendar"], name
        readings.add(parsed.value)
    assert len(readings) == 1
    if row["calendar"] == "gregorian":
        assert readings.pop().month == int(row["number"])


def test_a_month_names_its_countries() -> None:
    word = vocabulary()[fold("جويلية")]
    assert isinstance(word.value, Month)
    assert word.value.countries == ("DZ", "TN")
