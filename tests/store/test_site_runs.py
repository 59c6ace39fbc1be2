"""What a crawl came to at each site, counted from its tries: also of one that was killed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from archiver.article import Article
from archiver.clock import as_text, now
from archiver.outcomes import Outcome
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.siteruns import Report, record_site_runs

TODAY = now()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "archive")
    opened.site_id("https://example.ly/")
    opened.connection.execute(insert(t.Snapshot).values(
        url="https://example.ly/1", url_key="example.ly/1", fetched_at="2023-05-30", status=200, record_type="response",
        warc_file="x", warc_offset=1, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    opened.commit()
    yield opened
    opened.close()


def tried(archive: Archive, run: int, path: str, outcome: Outcome, article: Article | None = None) -> None:
    article_id = None
    if article is not None:
        article_id = archive.articles.store(
            article, site_id=1, snapshot_id=1, fetched_at="2023-05-30T10:00:00+00:00"
        ).article_id  # fmt: skip
    archive.connection.execute(insert(t.Fetch).values(
        run_id=run, site_id=1, url=f"https://example.ly/{path}", url_key=f"example.ly/{path}",
        fetched_at=as_text(TODAY + timedelta(minutes=int(path))), outcome=outcome, article_id=article_id))  # fmt: skip


def story(path: str, **changes: Any) -> Article:
    url = f"https://example.ly/{path}"
    article = Article(url=url, canonical_url=url, site="example.ly", title="عنوان", body="نص " * 100,
                      published_at=TODAY - timedelta(hours=5), published_precision="second")  # fmt: skip
    return replace(article, **changes)


def crawl(archive: Archive, **arguments: Any) -> int:
    run = archive.start_run("crawl", arguments)
    tried(archive, run, "1", Outcome.LISTING)
    tried(archive, run, "2", Outcome.ARTICLE, story("2"))
    tried(archive, run, "3", Outcome.ARTICLE, story("3", title=None, published_at=None))
    tried(archive, run, "4", Outcome.PAYWALLED, story("4", body="قصير"))
    tried(archive, run, "5", Outcome.ARTICLE_CHANGED, story("5", published_at=TODAY - timedelta(days=9)))
    tried(archive, run, "5", Outcome.ARTICLE_CHANGED, story("5", body=None))
    tried(archive, run, "6", Outcome.TIMEOUT)
    tried(archive, run, "7", Outcome.TRAP)
    archive.commit()
    return run


COUNTED = {
    "requests": 7, "errors": 1, "new_articles": 3, "recent_articles": 2, "changed_articles": 1, "read_articles": 4,
    "with_title": 3, "with_date": 3, "with_body": 3, "median_body": 300,
    "outcomes": {"article": 2, "article_changed": 2, "listing": 1, "paywalled": 1, "timeout": 1, "trap": 1},
}  # fmt: skip


def rows(archive: Archive) -> list[dict[str, Any]]:
    return [
        dict(row)
        for row in archive.connection.execute(select(t.SiteRun.__table__).order_by("run_id")).mappings()
    ]


def test_a_run_is_counted_from_its_tries(archive: Archive) -> None:
    run = crawl(archive)
    other = archive.site_id("https://other.ly/")
    reports = {1: Report(None, is_blocked=False), other: Report("dns_error: no such host", is_blocked=False)}
    for _ in range(2):  # once more is the same again
        record_site_runs(archive.connection, run, "done", reports)
    ours, theirs = rows(archive)
    assert {name: ours[name] for name in COUNTED} == COUNTED
    assert (ours["result"], ours["is_bounded"], ours["error"]) == ("done", False, None)
    assert (theirs["result"], theirs["requests"], theirs["error"]) == ("failed", 0, "dns_error: no such host")


def test_a_killed_run_is_counted_when_the_next_one_starts(archive: Archive) -> None:
    run = crawl(archive, limit=20)
    archive.start_run("crawl", {})
    (row,) = rows(archive)
    assert {name: row[name] for name in COUNTED} == COUNTED
    assert (row["run_id"], row["result"], row["is_bounded"]) == (run, "killed", True)
    assert row["ended_at"] == as_text(TODAY + timedelta(minutes=7))


def test_a_killed_run_ended_with_its_last_try_or_where_it_made_none_with_its_start(archive: Archive) -> None:
    crawl(archive)
    archive.start_run("reparse", {})
    archive.start_run("crawl", {})
    killed = archive.connection.execute(
        text("SELECT result, ended_at, started_at FROM runs ORDER BY id")
    ).all()
    assert killed[0][:2] == ("killed", as_text(TODAY + timedelta(minutes=7)))
    assert killed[1][:2] == ("killed", killed[1].started_at)
    assert killed[2][:2] == (None, None)


def test_a_killed_run_is_counted_however_long_ago_it_was(archive: Archive) -> None:
    run = crawl(archive)
    archive.connection.execute(text("UPDATE fetches SET fetched_at = '2020-01-01T00:00:00+00:00'"))
    archive.start_run("crawl", {})
    assert [(row["run_id"], row["result"]) for row in rows(archive)] == [(run, "killed")]


def test_what_an_older_warraq_ran_is_counted_once_but_not_what_is_long_past(archive: Archive) -> None:
    for _ in range(2):
        archive.end_run(crawl(archive), "done", 0, {})
    archive.connection.execute(text("UPDATE runs SET ended_at = '2020-01-01' WHERE id = 1"))
    archive.connection.execute(text("DELETE FROM site_runs"))
    archive.start_run("reparse", {})
    assert [(row["run_id"], row["result"]) for row in rows(archive)] == [(2, "done")]
