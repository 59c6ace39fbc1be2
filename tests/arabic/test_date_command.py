"""`warraq date` shows what a text means and how it was read."""

import json

from click.testing import CliRunner, Result

from archiver.cli import warraq

NOW = "2024-03-10T15:00:00+02:00"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(warraq, ["date", *arguments])


def test_it_shows_the_value_and_how_it_was_read() -> None:
    result = run("نشر في 5 مارس 2021 10:30 م بتوقيت القاهرة", "--now", NOW)
    assert result.exit_code == 0
    lines = dict(line.split(None, 1) for line in result.stdout.splitlines())
    assert lines["value"] == "2021-03-05T22:30+02:00"
    assert lines["role"] == "published"
    assert lines["how"].startswith("day, month (egyptian 3) and year; clock 22:30")


def test_json_is_one_object() -> None:
    result = run("الإثنين 5 مارس 2021", "--json", "--now", NOW)
    shown = json.loads(result.stdout)
    assert (shown["value"], shown["precision"], shown["calendar"]) == ("2021-03-05", "day", "gregorian")
    assert [warning["code"] for warning in shown["warnings"]] == ["weekday_contradicts"]


def test_locale_and_zone_are_passed_on() -> None:
    assert (
        "2023-04-05T10:30+02:00"
        in run("04/05/2023 10:30", "--locale", "en-US", "--tz", "Africa/Cairo").stdout
    )


def test_no_date_is_exit_code_1() -> None:
    result = run("السعر 250 جنيها", "--now", NOW)
    assert result.exit_code == 1
    assert result.stderr == "no date in: السعر 250 جنيها\n"


def test_a_bad_now_is_a_usage_error() -> None:
    result = run("أمس", "--now", "soon")
    assert result.exit_code == 2
    assert "is not an ISO 8601 time" in result.stderr


def test_a_bad_zone_is_a_usage_error() -> None:
    assert run("أمس", "--tz", "Nowhere/Land").exit_code == 2
    assert run("أمس", "--tz", "../x").exit_code == 2


def test_now_is_the_present_if_not_given() -> None:
    assert run("الآن").exit_code == 0
