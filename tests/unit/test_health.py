"""When a site is not well: its runs of the past, made up, and what the rules say of the newest."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import InputError
from archiver.health import MEANING, Code, Measures
from archiver.health.rules import WELL, Visit, chance, coverage, findings
from archiver.store.looked_at import LookedAt

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
COMMON = Measures.load().common
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def visit(ended_at: datetime = NOW, new: int = 10, **changes: Any) -> Visit:
    made = Visit(
        run_id=1, started_at=ended_at - HOUR / 2, ended_at=ended_at, result="done", error=None, is_bounded=False,
        requests=50, errors=0, new_articles=new, recent_articles=new, changed_articles=0, read_articles=new,
        with_title=new, with_date=new, with_body=new, median_body=2_000 if new else None)  # fmt: skip
    return replace(made, **changes)


def past(*news: int, step: timedelta = DAY) -> list[Visit]:
    """Well visits before now, the newest first; `news` are their new articles, the newest last."""
    return [visit(NOW - step * ago, new) for ago, new in enumerate(reversed(news), 1)]


def alerts(
    visits: Sequence[Visit], since: dict[Code, datetime] | None = None, measures: Any = COMMON
) -> set[Code]:
    return {code for code, finding in findings(visits, since or {}, measures).items() if finding}


def test_a_site_that_does_as_it_did_is_well() -> None:
    visits = [visit(), *past(8, 12, 9, 14, 7)]
    assert findings(visits, {}, COMMON, LookedAt(20, 4)) == dict.fromkeys(Code, WELL)


@pytest.mark.parametrize(
    ("articles", "lost", "finding"),
    [(12, 12, True), (12, 6, True), (12, 5, False), (4, 4, None), (0, 0, None)],
)
def test_known_articles_that_are_none_any_more_are_named_where_they_are_most_of_some(
    articles: int, lost: int, finding: bool | None
) -> None:
    found = findings([visit(new=0)], {}, COMMON, LookedAt(articles, lost))[Code.ARTICLES_GONE]
    assert (None if found is None else bool(found)) is finding


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        (Code.TITLE_LOST, {"with_title": 0}),
        (Code.DATE_LOST, {"with_date": 0, "recent_articles": 0}),
        (Code.BODY_LOST, {"with_body": 0, "median_body": None}),
        (Code.BODY_LOST, {"with_body": 4}),
        (Code.BODY_SHRUNK, {"median_body": 700}),
        (Code.FAILED, {"result": "failed", "error": "dns_error: no such host"}),
        (Code.BLOCKED, {"result": "blocked", "error": "a challenge page: cf-chl"}),
    ],
)
def test_what_is_lost_is_named_after_the_first_run_that_lost_it(code: Code, changes: dict[str, Any]) -> None:
    assert alerts([visit(**changes), *past(8, 12, 9, 14, 7)]) == {code}


@pytest.mark.parametrize(
    ("of", "lacking", "is_named"),
    [(1, 1, False), (2, 2, True), (3, 3, True), (10, 1, False), (10, 2, False), (10, 4, True), (40, 2, False), (40, 9, True)],
)  # fmt: skip
def test_a_few_articles_are_judged_by_how_likely_their_lack_is(of: int, lacking: int, is_named: bool) -> None:
    visits = [visit(new=of, with_title=of - lacking), *past(*[10] * 6)]
    assert (alerts(visits) == {Code.TITLE_LOST}) is is_named


def test_a_site_that_always_lacked_dates_is_no_news() -> None:
    dateless = [replace(each, with_date=0, recent_articles=0) for each in past(*[10] * 6)]
    assert alerts([visit(with_date=0, recent_articles=0), *dateless]) == set()


def test_a_loss_is_seen_beside_a_first_crawl_of_thousands() -> None:
    assert alerts([visit(new=5, with_title=0), visit(NOW - DAY, 4_000)]) == {Code.TITLE_LOST}


def test_a_new_site_is_compared_with_nothing() -> None:
    assert alerts([visit(new=10, with_title=0, with_date=0, median_body=20), *past(5)]) == set()


def test_what_was_raised_stands_until_it_is_well_however_long_that_takes() -> None:
    """A broken month does not become what is usual."""
    raised = NOW - 40 * DAY
    before = [visit(raised - DAY * ago) for ago in range(1, 9)]
    broken = [visit(NOW - DAY * ago, with_date=0, recent_articles=0) for ago in range(1, 41)]
    since = {Code.DATE_LOST: raised}
    assert alerts([visit(with_date=0, recent_articles=0), *broken, *before], since) == {Code.DATE_LOST}
    well = findings([visit(), *broken, *before], since, COMMON)
    assert well[Code.DATE_LOST] == WELL


def test_silence_is_named_the_same_day_where_every_day_gave_something() -> None:
    found = findings([visit(new=0), *past(30, 25, 40, 31, 28, 35)], {}, COMMON)
    assert (
        found[Code.SILENT]
        == "nothing new since 2026-03-09 12:00 UTC; at its usual rate 32 articles should have come"
    )
    assert alerts([visit(new=0), *past(1, 2, 0, 1, 0, 1, 1, 2)]) == set(), "a site of few articles"
    assert alerts([visit(new=0), *past(30, 25, 40)]) == set(), "too little is known of it"


def test_nights_are_no_silence_and_a_dead_morning_is() -> None:
    """Four articles an hour from 8 to 20 o'clock, looked at every hour for ten days; then none from 10 on."""
    last = NOW + 18 * HOUR
    moments = [last - ago * HOUR for ago in range(240)]
    visits = [visit(each, 4 * (8 <= each.hour < 20 and each < NOW - 2 * HOUR)) for each in moments]
    named = [each.ended_at for n, each in enumerate(visits) if alerts(visits[n:])]
    assert min(named) == datetime(2026, 3, 11, 0, tzinfo=UTC), (
        "15 hours after the last article, nights have 12"
    )
    assert len(named) == (last - min(named)) / HOUR + 1


@pytest.mark.parametrize(
    "changes",
    [{"is_bounded": True}, {"result": "max_runtime"}, {"result": "interrupted"}, {"result": "killed"}],
)
def test_a_run_that_did_not_look_for_all_neither_raises_silence_nor_clears_it(
    changes: dict[str, Any],
) -> None:
    visits = [visit(new=0, **changes), *past(30, 25, 40, 31, 28, 35)]
    assert findings(visits, {}, COMMON)[Code.SILENT] is None
    assert findings(visits, {Code.SILENT: NOW - HOUR}, COMMON)[Code.SILENT] is None


def test_old_articles_that_a_first_crawl_finds_are_no_news() -> None:
    """A site of 5,000 articles, crawled over a week, then with nothing new for an hour."""
    week = [visit(NOW - HOUR * ago, 900, recent_articles=2, result="max_runtime") for ago in range(2, 9)]
    assert alerts([visit(new=0), visit(NOW - HOUR, 200, recent_articles=0), *week]) == set()


def test_chance_is_the_binomial_tail() -> None:
    assert chance(0, 5, 0.1) == pytest.approx(1)
    assert chance(2, 3, 0.5) == pytest.approx(0.5)
    assert chance(3_000, 5_000, 0.5) < 1e-30


def test_the_middle_length_counts_every_run_by_its_texts() -> None:
    assert coverage([visit(new=1, median_body=10), visit(new=9, median_body=2_000)]).median_body == 2_000
    assert coverage([visit(new=0)]).median_body is None
    assert coverage([visit(new=0)]).share("title") is None


def test_an_archive_and_a_site_may_have_measures_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "health.toml").write_text(
        'on_alert = ["/usr/bin/mail-me", "-v"]\ndrop = 0.5\n'
        '[sites."example.ly"]\nignore = ["date_lost"]\nfailed_runs = 3\n', "utf-8")  # fmt: skip
    measures = Measures.load(tmp_path)
    assert (measures.on_alert, measures.common.drop, measures.common.failed_runs) == (
        ("/usr/bin/mail-me", "-v"),
        0.5,
        1,
    )
    own = measures.of("example.ly")
    assert (own.drop, own.failed_runs, own.ignore) == (0.5, 3, {Code.DATE_LOST})
    assert alerts([visit(with_date=0, recent_articles=0), *past(*[10] * 6)], measures=own) == set()
    assert alerts([visit(result="failed"), *past(*[10] * 6)], measures=own) == set()
    thrice = [visit(NOW - HOUR * ago, result="failed") for ago in range(3)]
    assert alerts([*thrice, *past(*[10] * 6)], measures=own) == {Code.FAILED}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("dorp = 0.5", "dorp: no such key; there are on_alert"),
        ('[sites."example.ly"]\nsample = "ten"', "sites.example.ly.sample: 'ten' is no whole number"),
        ("sample = true", "sample: True is no whole number"),
        ("drop = 2", "drop: 2 is no share"),
        ("window_days = -1", "window_days: -1 is no number above 0"),
        ('ignore = ["dates"]', "ignore: ['dates']: must be a list of failed, blocked"),
        ('on_alert = "mail me"', "on_alert: must be a list of words"),
        ("sites = 3", "sites: must be tables"),
        ("drop =", "cannot be read as TOML"),
    ],
)
def test_measures_are_read_strictly(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "health.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        Measures.load(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'health.toml'}: ")
    assert named in str(raised.value)


def test_every_code_has_a_meaning() -> None:
    assert set(MEANING) == set(Code)


def test_every_code_has_its_line_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs/health.md").read_text("utf-8")
    described = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.M))
    assert described == {str(code): meaning for code, meaning in MEANING.items()}
