"""What a crawl keeps to."""

from datetime import date, datetime

import pytest

from archiver.article import Article, Crumb
from archiver.bounds import Bounds, day_of
from archiver.errors import InputError


@pytest.mark.parametrize(
    ("published", "admitted"),
    [(date(2023, 5, 29), False), (date(2023, 5, 30), True), (datetime(2023, 5, 31, 23, 59), True),  # noqa: DTZ001
     ("2023-06-01T00:00:00+03:00", False), (None, False)])  # fmt: skip
def test_days_are_those_of_publication_and_an_unknown_day_is_out(published: object, admitted: bool) -> None:
    bounds = Bounds.parsed(since="2023-05-30", until=date(2023, 5, 31))
    assert bounds.admits_day(published) is admitted  # type: ignore[arg-type]
    assert Bounds().admits_day(published) is True  # type: ignore[arg-type]


def test_a_section_is_known_by_name_breadcrumb_or_address() -> None:
    article = Article(url="https://e.ly/sport/2023/a", canonical_url="", site="e.ly", section="رياضة",
                      breadcrumbs=(Crumb("الرئيسية", None), Crumb("كرة القدم", None)))  # fmt: skip
    for wanted in ("رياضه", "كرة القدم", "sport", "/sport/"):
        assert Bounds(section=wanted).admits_section(article)
    assert not Bounds(section="اقتصاد").admits_section(article)


@pytest.mark.parametrize(
    ("name", "value"), [("limit", "0"), ("limit", "many"), ("since", "yesterday"), ("max_pages", "-1")])  # fmt: skip
def test_what_is_no_bound_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"{name}={value}"):
        Bounds.parsed(**{name: value})


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError, match="is after"):
        Bounds.parsed(since="2023-05-30", until="2023-05-01")


def test_the_day_is_as_printed() -> None:
    assert day_of("2023-05-30T23:59:00-05:00") == date(2023, 5, 30)
    assert day_of("2023") is None
