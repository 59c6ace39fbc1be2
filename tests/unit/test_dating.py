"""One date told twice: what stays of it, and what is an edit."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from archiver.article import Article, Provenance
from archiver.dating import keep_date, keep_told
from tests.extract.pages import article, story


def told(moment: str, raw: str) -> Article:
    base = article(story("<time>3 يونيو 2020</time>"))
    found = Provenance("structure", "time", raw)
    return replace(
        base,
        published_at=datetime.fromisoformat(moment),
        published_precision="minute",
        provenance={**base.provenance, "published_at": found},
    )


def item(known: Article) -> dict[str, Any]:
    return known.to_dict()


@pytest.mark.parametrize(
    ("known", "read", "kept"),
    [
        ("2026-11-30T02:08:00", "2026-11-30T00:08:00+00:00", True),
        ("2026-11-30T00:08:00+00:00", "2026-11-30T03:38:00", True),
        ("2026-11-30T02:08:00", "2026-11-30T02:08:00+03:00", True),
        ("2026-11-30T02:08:00", "2026-11-30T00:11:00+00:00", False),
        ("2026-11-30T02:08:00", "2026-12-02T00:08:00+00:00", False),
        ("2026-11-30T02:08:00+02:00", "2026-11-30T01:08:00+02:00", False),
    ],
)
def test_a_clock_without_its_zone_and_the_moment_in_utc(known: str, read: str, kept: bool) -> None:
    found = keep_date(item(told(known, known)), told(read, read))
    assert (found.published_at == datetime.fromisoformat(known)) == kept


def test_what_was_told_exactly_stays_where_it_is_told_as_long_ago() -> None:
    known = told("2026-11-27T11:16:00", "27 نوفمبر 2026 11:16 ص")
    first = keep_date(item(known), told("2026-11-27T09:40:00+00:00", "منذ ساعتين"))
    assert first.published_at == known.published_at
    assert [each.code for each in first.warnings][-1] == "published_kept"
    again = keep_told(item(first), told("2026-11-27T09:41:00+00:00", "منذ ساعتين"))
    assert again.published_at == known.published_at
