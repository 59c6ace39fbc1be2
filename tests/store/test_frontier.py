"""The frontier: what is pending, due again, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from archiver.candidate import Candidate
from archiver.outcomes import Outcome
from archiver.store import Archive
from archiver.store.frontier import Frontier
from archiver.store.reopening import Reopening, Span


def test_the_frontier_forgets_nothing_and_doubles_nothing(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    added = frontier.add(
        1, [Candidate("https://example.ly/a/amp/", "page"), Candidate("https://example.ly/b", "article")]
    )
    assert len(added) == 2
    assert frontier.add(1, [Candidate("http://www.example.ly/a", "article", hints={"anchor": "خبر"})]) == []
    rows = frontier.pending(1, 10)
    assert {row.url for row in rows} == {"http://www.example.ly/a", "https://example.ly/b"}, (
        "the plain address is asked for"
    )
    frontier.finish(rows[0].id, Outcome.ARTICLE)
    frontier.retry(rows[1].id, Outcome.TIMEOUT, "2999-01-01")
    assert frontier.pending(1, 10) == []
    assert frontier.count(1) == 1
    frontier.retry(rows[1].id, Outcome.TIMEOUT, "2001-01-01")
    assert [row.attempts for row in frontier.pending(1, 10)] == [2]


@pytest.mark.parametrize("outcome", [Outcome.PARSE_ERROR, Outcome.PARSE_LIMIT, Outcome.BROKEN_RESPONSE])
def test_a_page_that_could_not_be_read_is_asked_for_in_full(archive: Archive, outcome: Outcome) -> None:
    """Else a 304 would be all that ever comes of it, also once the parser can read it."""
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate("https://example.ly/a", "article")])
    for ended in (Outcome.OTHER_PAGE, outcome):
        (row,) = frontier.pending(1, 10)
        frontier.finish(row.id, ended, etag='"v1"', last_modified="Mon, 01 May 2023 10:00:00 GMT")
        archive.batch.write()
        archive.connection.execute(text("UPDATE frontier SET state = 'pending'"))
    assert row.etag == '"v1"'
    (row,) = frontier.pending(1, 10)
    assert (row.etag, row.last_modified) == (None, None)


def test_a_wait_noted_by_a_clock_that_was_ahead_is_none(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate("https://example.ly/a", "article")])
    (row,) = frontier.pending(1, 10)
    with monkeypatch.context() as patched:
        patched.setattr("archiver.clock.now", lambda: datetime(2999, 1, 1, tzinfo=UTC))
        frontier.retry(row.id, Outcome.RATE_LIMITED, "2999-01-01T00:00:05+00:00")
    assert [each.id for each in frontier.pending(1, 10)] == [row.id]
    assert frontier.has_ready(1, datetime.now(UTC))


def test_a_sitemap_that_gives_another_lastmod_asks_for_another_look(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate("https://example.ly/a", "article", hints={"sitemap_lastmod": "2023-05-01"})])
    (row,) = frontier.pending(1, 10)
    frontier.finish(row.id, Outcome.ARTICLE)
    Reopening(archive.batch).changed(1, [("example.ly/a", "2023-05-01")])
    assert Reopening(archive.batch).due(1, [], 10) == 0
    Reopening(archive.batch).changed(1, [("example.ly/a", "2023-05-02")])
    assert frontier.count(1) == 0, "it waits for its turn"
    assert Reopening(archive.batch).due(1, [], 10) == 1
    assert frontier.count(1) == 1


def test_a_sitemap_that_changed_is_read_at_once_but_not_all_of_them(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    names = [f"https://example.ly/map-{n}.xml" for n in range(80)]
    frontier.add(1, [Candidate(name, "sitemap", 1, {"sitemap_lastmod": "2023-05-01"}) for name in names])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.SITEMAP)
    Reopening(archive.batch).changed(1, [(name.partition("//")[2], "2023-05-02") for name in names[:1]])
    assert [row.url for row in frontier.pending(1, 100)] == names[:1]
    Reopening(archive.batch).changed(1, [(name.partition("//")[2], "2023-05-03") for name in names])
    assert 1 < frontier.count(1) <= 32


def test_articles_are_due_by_their_age_the_youngest_first(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    for number, (dated, fetched) in enumerate(
        [("2024-03-10", "2024-03-10T10"), ("2024-03-10", "2024-03-10T01"), ("2024-03-01", "2024-03-09T20"),
         ("2024-03-02", "2024-03-03"), ("2019-01-01", "2023-01-01"), (None, "2020-01-01")]
    ):  # fmt: skip
        frontier.add(1, [Candidate(f"https://example.ly/{number}", "article", 1)])
        frontier.finish(frontier.pending(1, 1)[0].id, Outcome.ARTICLE, dated=dated)
        archive.connection.execute(
            text("UPDATE frontier SET fetched_at = :at WHERE url_key = :key"),
            {"at": fetched, "key": f"example.ly/{number}"},
        )
    spans = [
        Span("2024-03-09", "2024-03-11", "2024-03-10T09"),
        Span("2024-02-10", "2024-03-09", "2024-03-09T12"),
        Span(None, "2024-02-10", "2024-01-01"),
    ]
    assert Reopening(archive.batch).due(1, spans, 2) == 2
    assert [row.url_key for row in frontier.pending(1, 9)] == ["example.ly/1", "example.ly/3"]
    assert Reopening(archive.batch).due(1, spans, 9) == 1
    assert [row.url_key for row in frontier.pending(1, 9)] == ["example.ly/1", "example.ly/3", "example.ly/4"]


def test_some_that_were_gone_are_due_before_the_youngest(archive: Archive) -> None:
    """Where more is due than is asked for, they would never be seen to be back."""
    frontier = Frontier(archive.batch)
    for number in range(12):
        frontier.add(1, [Candidate(f"https://example.ly/{number}", "article", 1)])
        outcome = Outcome.GONE if number < 3 else Outcome.ARTICLE
        frontier.finish(frontier.pending(1, 1)[0].id, outcome, dated=f"2024-03-{number + 1:02}")
    archive.connection.execute(text("UPDATE frontier SET fetched_at = '2024-03-2' || (9 - id % 9)"))
    assert Reopening(archive.batch).due(1, [Span(None, "2024-04-01", "2024-04-01")], 4) == 4
    asked = [row.url_key for row in frontier.pending(1, 9)]
    assert len([key for key in asked if key in ("example.ly/0", "example.ly/1", "example.ly/2")]) == 1
    assert {"example.ly/11", "example.ly/10", "example.ly/9"} <= set(asked)


def test_the_lists_of_a_site_are_asked_for_again_within_their_number(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate(f"https://example.ly/section/{n}", "listing", 1) for n in range(60)])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.LISTING, gave=int(row.id == 57))
    Reopening(archive.batch).entries(1, sitemaps=6, sections=4)
    assert frontier.count(1) == 40, "nothing else names its articles"
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.UNCHANGED)
    feed, index = "https://example.ly/feed", "https://example.ly/sitemap.xml"
    maps = [Candidate(f"https://example.ly/map-{n}.xml", "sitemap", 1) for n in range(9)]
    frontier.add(1, [Candidate(feed, "feed"), Candidate(index, "sitemap"), *maps])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.FEED if row.kind == "feed" else Outcome.SITEMAP)
    Reopening(archive.batch).entries(1, sitemaps=6, sections=4)
    asked = [row.url_key for row in frontier.pending(1, 100)]
    assert sum("map-" in key for key in asked) == 6
    assert sum("section" in key for key in asked) == 4
    assert {"example.ly/feed", "example.ly/sitemap.xml", "example.ly/section/56"} <= set(asked)
    Reopening(archive.batch).sections(1, "2999")
    assert sum("section" in row.url_key for row in frontier.pending(1, 100)) > 30


def test_sitemaps_whose_index_says_the_same_for_ever_are_sampled(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    maps = [
        Candidate(f"https://example.ly/map-{n}.xml", "sitemap", 1, {"sitemap_lastmod": "2020-01-01"})
        for n in range(5)
    ]
    frontier.add(1, maps)
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.SITEMAP)
    for stale, asked in ((None, 0), ("2020-01-01", 0), ("2999-01-01", 2)):
        Reopening(archive.batch).entries(1, stale=stale)
        assert frontier.count(1) == asked


@pytest.mark.parametrize(
    ("outcome", "status", "failing_days", "days_since", "pending"),
    [
        (Outcome.TIMEOUT, None, 0, 0, 1),
        (Outcome.HTTP_ERROR, 503, 0, 0, 1),
        (Outcome.HTTP_ERROR, 503, 28, 6, 0),
        (Outcome.HTTP_ERROR, 503, 28, 8, 1),
        (Outcome.HTTP_ERROR, 403, 0, 0, 0),
        (Outcome.HTTP_ERROR, 403, 0, 2, 1),
        (Outcome.GONE, 404, 0, 0, 1),
        (Outcome.SOFT_404, 200, 0, 0, 1),
        (Outcome.ROBOTS_DENIED, None, 0, 0, 1),
        (Outcome.OTHER_PAGE, 200, 0, 0, 1),
        (Outcome.REDIRECT, 302, 0, 0, 1),
        (Outcome.GONE, 404, 8, 1, 0),
        (Outcome.GONE, 404, 8, 3, 1),
        (Outcome.GONE, 404, 0, 15, 0),
        (Outcome.GONE, 410, 0, 0, 0),
        (Outcome.PAYWALLED, 200, 0, 0, 0),
    ],
)
def test_what_failed_is_tried_again_the_sooner_the_shorter_it_has_been_failing(
    archive: Archive, outcome: Outcome, status: int | None, failing_days: int, days_since: int, pending: int
) -> None:
    frontier, site = Frontier(archive.batch), archive.site_id("https://example.ly/")
    frontier.add(site, [Candidate("https://example.ly/a", "article", 1)])
    (row,) = frontier.pending(site, 1)
    frontier.finish(row.id, outcome)
    now = datetime.now(UTC)
    last = now - timedelta(days=days_since)
    archive.connection.execute(
        text("UPDATE frontier SET discovered_at = :first, fetched_at = :last"),
        {"first": (last - timedelta(days=failing_days)).isoformat(), "last": last.isoformat()},
    )
    archive.connection.execute(
        text(
            "INSERT INTO fetches (site_id, url, url_key, fetched_at, outcome, status) VALUES (:site, 'x', 'example.ly/a', :last, :outcome, :status)"
        ),
        {"site": site, "outcome": str(outcome), "status": status, "last": last.isoformat()},
    )
    Reopening(archive.batch).failed(site, now)
    assert frontier.count(site) == pending
