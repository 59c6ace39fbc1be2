"""Moments as machines write them."""

import pytest

from archiver.extract.stamps import machine_stamp
from tests.extract.pages import article, story


def test_the_hour_twenty_four_is_the_midnight_that_ends_the_day() -> None:
    told = machine_stamp("2024-03-04T24:00:00+02:00")
    assert told is not None
    assert told.value.isoformat() == "2024-03-05T00:00:00+02:00"
    assert machine_stamp("2024-03-04T24:30:00+02:00") is None
    data = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-06-03T24:00:00+02:00"}</script>'
    assert str(article(story(head=data)).published_at) == "2020-06-04 00:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2026-11-29 09:30 PM", "2026-11-29T21:30:00", "minute"),
        ("2026-11-29 9:30PM", "2026-11-29T21:30:00", "minute"),
        ("2026-11-29T09:30:15 p.m.", "2026-11-29T21:30:15", "second"),
        ("2026-11-29 12:30 AM", "2026-11-29T00:30:00", "minute"),
        ("2026-11-29 12:30 PM +03:00", "2026-11-29T12:30:00+03:00", "minute"),
        ("29 Nov 2026 09:15 PM", "2026-11-29T21:15:00", "minute"),
        ("Sun, 29 Nov 2026 09:30:00 AM", "2026-11-29T09:30:00", "second"),
        ("Thu, 26 Nov 2026 20:35:00 +0300", "2026-11-26T20:35:00+03:00", "second"),
        ("Thu, 26 Nov 2026 20:35:00 +3", "2026-11-26T20:35:00+03:00", "second"),
        ("29 Nov 2026 10:30 GMT+3", "2026-11-29T10:30:00+03:00", "minute"),
        ("Thu, 26 Nov 2026 20:35:00 GMT", "2026-11-26T20:35:00+00:00", "second"),
        ("Thu, 26 Nov 2026 20:35:00 EST", "2026-11-26T20:35:00-05:00", "second"),
        ("Thu, 26 Nov 2026 20:35:00 AST", "2026-11-26T20:35:00", "second"),
        ("Thu, 26 Nov 2026 20:35:00 +0200 (EET)", "2026-11-26T20:35:00+02:00", "second"),
    ],
)
def test_halves_of_the_day_and_zones(text: str, moment: str, precision: str) -> None:
    told = machine_stamp(text)
    assert told is not None
    assert (told.value.isoformat(), told.precision) == (moment, precision)


@pytest.mark.parametrize(
    "text",
    [
        "29 Nov 2026 10:30 — updated 11:00",
        "31 Nov 2026 10:30 GMT",
        "29 Nuv 2026 10:30",
        "2026-11-29 33:30 PM",
    ],
)
def test_what_is_no_machines_moment(text: str) -> None:
    assert machine_stamp(text) is None


def test_an_hour_of_twelve_under_the_headline_and_in_the_head() -> None:
    head = '<meta property="article:published_time" content="2020-06-03 09:30 PM">'
    assert str(article(story(head=head)).published_at) == "2020-06-03 21:30:00"
    assert str(article(story("<span>2020-06-03 12:32 AM</span>")).published_at) == "2020-06-03 00:32:00"
