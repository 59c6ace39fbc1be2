"""What `warraq status` prints of an archive's sites, and what it takes for overdue."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from archiver.cli import warraq
from archiver.clock import as_text, now
from archiver.health import Measures, review, status
from archiver.store import Archive
from archiver.store.siteruns import Report, record_site_runs

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "archive")
    (opened.folder / "schedule.toml").write_text('[sites]\nevery = "6h"\n', "utf-8")
    for name in ("example.ly", "other.ly"):
        opened.site_id(f"https://{name}/")
    opened.connection.execute(text("UPDATE sites SET crawled_at = :now"), {"now": as_text(now())})
    opened.commit()
    yield opened
    opened.close()


def asked(archive: Archive, *arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(warraq, ["status", *arguments, "--archive", str(archive.folder)])
    return ran.exit_code, ran.output


@pytest.mark.parametrize(("ago", "is_overdue"), [(1, False), (7, False), (10, True)])
def test_a_site_is_overdue_when_it_is_due_for_longer_than_it_should_be(
    archive: Archive, ago: int, is_overdue: bool
) -> None:
    archive.connection.execute(
        text("UPDATE sites SET crawled_at = :then WHERE id = 1"), {"then": as_text(now() - ago * HOUR)}
    )
    archive.commit()
    code, out = asked(archive, "--json")
    sites = json.loads(out)["sites"]
    assert [(each["site"], each["overdue"]) for each in sites] == [
        ("example.ly", is_overdue),
        ("other.ly", False),
    ]
    assert datetime.fromisoformat(sites[0]["due_at"]) - now() == pytest.approx(
        (6 - ago) * HOUR, abs=HOUR / 10
    )
    assert code == (3 if is_overdue else 0)
    code, out = asked(archive, "--quiet")
    assert code == (3 if is_overdue else 0)
    assert (
        "example.ly: overdue: due since 4 h ago; is `warraq crawl --due` run by cron?" in out
    ) is is_overdue


def test_a_site_whose_first_crawl_was_never_finished_is_overdue_too(archive: Archive) -> None:
    archive.connection.execute(
        text("UPDATE sites SET crawled_at = NULL, added_at = '2023-05-30T00:00:00+00:00' WHERE id = 1")
    )
    (ours, theirs) = status(archive.connection, now())
    assert (ours.due_at, ours.is_overdue, theirs.is_overdue) == (None, True, False)


def test_a_site_that_is_crawled_without_coming_to_its_end_is_due_but_not_overdue(archive: Archive) -> None:
    long_ago = as_text(now() - 50 * HOUR)
    archive.connection.execute(text("UPDATE sites SET crawled_at = :then WHERE id = 1"), {"then": long_ago})
    archive.end_run(archive.start_run("crawl", {"limit": 5}), "done", 0, {})
    record_site_runs(archive.connection, 1, "done", {1: Report(None, is_blocked=False)})
    for later, is_overdue in ((1, False), (4, True)):
        (site, _) = status(archive.connection, now() + later * HOUR)
        assert site.due_at is not None
        assert site.due_at < now()
        assert site.is_overdue is is_overdue


def test_a_first_run_that_has_no_end_is_told_as_running_or_as_killed(archive: Archive) -> None:
    run = archive.start_run("crawl", {"sites": ["https://example.ly"], "limit": None})
    (ours, theirs) = json.loads(asked(archive, "--json")[1])["sites"]
    assert (ours["last_run"]["run_id"], ours["last_run"]["result"], ours["last_well"]) == (
        run,
        "running",
        None,
    )
    assert theirs["last_run"] is None
    archive.close()  # as the kernel does for a process that was killed
    for reopened in (False, True):
        if reopened:  # the next run notes it
            again = Archive.create_or_open(archive.folder)
            again.start_run("reparse", {})
            again.close()
        (ours, theirs) = json.loads(asked(archive, "--json")[1])["sites"]
        assert (ours["last_run"]["result"], ours["last_run"]["requests"], theirs["last_run"]) == (
            "killed",
            0,
            None,
        )
        (row,) = [line for line in asked(archive)[1].splitlines() if "example.ly" in line]
        assert "killed" in row
        assert "never" not in row


def test_it_says_what_is_wrong_and_nothing_when_all_is_well(archive: Archive) -> None:
    assert asked(archive, "--quiet") == (0, "")
    run = archive.start_run("crawl", {})
    reports = {1: Report("dns_error: لا عنوان", is_blocked=False), 2: Report(None, is_blocked=False)}
    record_site_runs(archive.connection, run, "done", reports)
    review(archive.connection, run, Measures.load(), now())
    archive.end_run(run, "done", 3, {})
    code, out = asked(archive, "--quiet")
    assert code == 3
    assert out.startswith("warraq: example.ly: failed: dns_error: لا عنوان (since 20")
    code, out = asked(archive)
    assert code == 3
    assert "2 sites; a run is under way" in out  # this test holds the archive
    (row,) = [line for line in out.splitlines() if "other.ly" in line]
    assert "0 min ago" in row
    assert "done" in row


def test_the_last_run_is_shown_however_long_ago_it_was(archive: Archive) -> None:
    run = archive.start_run("crawl", {})
    archive.connection.execute(text("UPDATE runs SET started_at = '2020-05-30T00:00:00+00:00'"))
    record_site_runs(archive.connection, run, "killed", {1: Report(None, is_blocked=False)})
    last = status(archive.connection, datetime(2026, 1, 1, tzinfo=UTC))[0].last_visit
    assert last is not None
    assert (last.run_id, last.result, last.ended_at.year) == (run, "killed", 2020)


def test_a_run_under_a_clock_set_ahead_hides_no_later_one(archive: Archive) -> None:
    archive.end_run(archive.start_run("crawl", {}), "done", 0, {})
    record_site_runs(archive.connection, 1, "done", {1: Report(None, is_blocked=False)})
    for statement in (
        "UPDATE site_runs SET ended_at = '2038-01-19T03:14:07+00:00'",
        "UPDATE sites SET crawled_at = '2038-01-19T03:14:07+00:00' WHERE id = 1",
    ):
        archive.connection.execute(text(statement))
    run = archive.start_run("crawl", {})
    archive.end_run(run, "done", 1, {})
    record_site_runs(
        archive.connection, run, "done", {1: Report("dns_error: no such host", is_blocked=False)}
    )
    alerts, _ = review(archive.connection, run, Measures.load(), now())
    assert [(alert.code, alert.detail) for alert in alerts] == [("failed", "dns_error: no such host")]
    archive.commit()
    (site, _) = status(archive.connection, now())
    assert site.last_visit is not None
    assert (site.last_visit.run_id, site.last_visit.result) == (run, "failed")
    assert (site.last_well, site.due_at) == (None, None)
    assert asked(archive)[0] == 3
