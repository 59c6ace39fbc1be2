"""Moments as machines write them."""

from archiver.extract.stamps import machine_stamp
from tests.extract.pages import article, story


def test_the_hour_twenty_four_is_the_midnight_that_ends_the_day() -> None:
    told = machine_stamp("2024-03-04T24:00:00+02:00")
    assert told is not None
    assert told.value.isoformat() == "2024-03-05T00:00:00+02:00"
    assert machine_stamp("2024-03-04T24:30:00+02:00") is None
    data = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-06-03T24:00:00+02:00"}</script>'
    assert str(article(story(head=data)).published_at) == "2020-06-04 00:00:00+02:00"
