"""A site that stops being well, crawled as cron does: who is told, and what the exit code says."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from archiver.clock import as_text, now
from archiver.store import Archive
from archiver.store.siteruns import Report, record_site_runs
from archiver.store.tables import SiteRun
from tests.crawl.conftest import Desk, Ran
from tests.crawl.small_site import HTML, NOTHING, Answer, listing, serving, story

TELL = 'cat >> "$0"'


class Paper:
    """A paper whose front page lists its stories; `dateless` are printed without their date."""

    def __init__(self) -> None:
        self.stories: list[str] = []
        self.dateless: set[str] = set()

    def publish(self, count: int, *, dated: bool = True) -> None:
        new = [str(10_000 + len(self.stories) + n) for n in range(count)]
        self.stories += new
        self.dateless |= set() if dated else set(new)

    def answer(self, path: str) -> Answer:
        if path == "/":
            return listing([f"/story/{n}" for n in self.stories])
        number = path.removeprefix("/story/")
        if number not in self.stories:
            return NOTHING
        status, headers, body = story(number)
        if number in self.dateless:
            head, rest = body.split(b"<time", 1)
            body = head + rest.split(b"</time>", 1)[1]
        return status, headers, body


def told(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def test_a_site_that_loses_its_dates_is_named_once_and_again_when_it_is_well(desk: Desk) -> None:
    paper, heard, log = Paper(), desk.archive / "heard.jsonl", desk.archive / "logs" / "warraq.log"
    desk.archive.mkdir()
    (desk.archive / "health.toml").write_text(
        f"on_alert = {json.dumps(['sh', '-c', TELL, str(heard)])}\n", "utf-8"
    )
    with serving(paper.answer) as (site, _):
        name = site.removeprefix("http://").rstrip("/")
        quietly = ("crawl", site, "--delay", "0", "--quiet", "--log-file", str(log), "--log-format", "json")
        paper.publish(24)
        ran = desk.run(*quietly)
        assert (ran.code, ran.out, ran.err) == (0, "", "")

        paper.publish(6, dated=False)
        ran = desk.run(*quietly)
        assert ran.code == 3
        assert ran.err == (
            f"warraq: {name}: date_lost: 6 of the newest 6 articles lack a date; before, 0 of 24 did\n"
        )
        (alert,) = told(heard)
        assert (alert["event"], alert["site"], alert["code"], alert["run"]) == (
            "raised",
            name,
            "date_lost",
            2,
        )
        assert alert["archive"] == str(desk.archive)

        ran = desk.run(*quietly)
        assert (ran.code, ran.out, ran.err) == (0, "", ""), "it still stands, and was said"
        assert len(told(heard)) == 1
        ran = desk.run("status", "--json")
        (status,) = ran.summary["sites"]
        assert ran.code == 3
        assert [each["code"] for each in status["alerts"]] == ["date_lost"]
        assert (status["articles"], status["new_last_day"], status["overdue"]) == (30, 30, False)
        assert (status["coverage"]["date"], status["usual"]["date"]) == (0.0, 1.0)

        paper.publish(10)
        assert desk.run(*quietly).code == 0
        assert [(each["event"], each["id"]) for each in told(heard)] == [("raised", 1), ("cleared", 1)]
        assert desk.run("status", "--quiet").code == 0

    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["exit_code"] for line in lines if line["message"].startswith("run ")] == [0, 3, 0, 0]
    assert [line["new_articles"] for line in lines if "new_articles" in line] == [24, 6, 0, 10]
    assert [(line["level"], line["is_new"]) for line in lines if line.get("code")] == [
        ("WARNING", True),
        ("WARNING", False),
    ]
    assert desk.column("SELECT new_articles FROM site_runs ORDER BY run_id") == [24, 6, 0, 10]


def test_a_site_that_falls_silent_is_named_by_the_first_run_that_finds_nothing(desk: Desk) -> None:
    """Thirty articles on each of six days, and on the seventh none."""
    paper = Paper()
    paper.publish(3)
    with serving(paper.answer) as (site, _):
        assert desk.crawl(site).code == 0
        archive = Archive.create_or_open(desk.archive)
        for day in range(1, 7):
            moment = as_text(now() - timedelta(days=day))
            values = {"started_at": moment, "ended_at": moment, "new_articles": 30, "recent_articles": 30}
            run = archive.start_run("crawl", {})
            archive.end_run(run, "done", 0, {})
            record_site_runs(archive.connection, run, "done", {1: Report(None, is_blocked=False)})
            archive.connection.execute(update(SiteRun).where(SiteRun.run_id == run).values(values))
        archive.commit()
        archive.close()
        ran = desk.run("crawl", site, "--delay", "0", "--json")
        assert ran.code == 3
        assert [(alert["code"], alert["is_new"]) for alert in ran.summary["alerts"]] == [("silent", True)]
        assert ": silent: nothing new since " in ran.err
        limited = desk.run("crawl", site, "--delay", "0", "--limit", "1", "--json")
        assert limited.code == 0
        assert [(alert["code"], alert["is_new"]) for alert in limited.summary["alerts"]] == [
            ("silent", False)
        ], "who looks for a part clears nothing"
        assert desk.run("status", "--quiet").code == 3
        paper.publish(3)
        assert desk.crawl(site).code == 0


@pytest.mark.parametrize("sold", ["parked", "parked, each page with an ETag", "casino", "one story"])
def test_a_domain_that_is_parked_or_sold_is_named_and_the_articles_stay(desk: Desk, sold: str) -> None:
    paper, is_sold = Paper(), False
    parked = (
        b"<html><head><title>for sale</title></head><body><h1>This domain may be for sale</h1></body></html>"
    )
    (desk.archive).mkdir()
    (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")

    def answer(path: str) -> Answer:
        if not is_sold or path.endswith((".txt", ".xml")):
            return paper.answer(path)
        if sold == "parked":
            return 200, HTML, parked
        if sold == "parked, each page with an ETag":
            return 200, HTML | {"ETag": '"sold"'}, parked.replace(b"This", path.encode())
        if path == "/" or path.startswith("/casino/"):
            return listing([f"/casino/{n}" for n in range(9)]) if path == "/" else story(path[8:])
        return story("7") if sold == "one story" else (301, {"Location": "/"}, b"")

    def crawl(due: str = "true") -> Ran:
        with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
            database.execute(
                "UPDATE frontier SET fetched_at = '2021-01-01T00:00:00+00:00' "
                f"WHERE dated IS NOT NULL AND {due}"
            )
        database.close()
        return desk.crawl(site)

    with serving(answer) as (site, _):
        paper.publish(12)
        assert desk.crawl(site).code == 0
        titles = desk.column("SELECT title FROM articles ORDER BY id")
        assert crawl().code == 0
        is_sold = True
        ran = crawl()
        leads_nowhere = sold.startswith("parked")
        standing = ["articles_gone", *["failed"] * leads_nowhere]
        assert ran.code == (1 if leads_nowhere else 3), ran.err
        assert "known articles that were looked at are gone" in ran.err
        assert sorted(desk.column("SELECT code FROM alerts WHERE cleared_at IS NULL")) == standing
        if sold != "one story":
            assert desk.column("SELECT title FROM articles ORDER BY id LIMIT 12") == titles
        crawl()
        assert sorted(desk.column("SELECT code FROM alerts WHERE cleared_at IS NULL")) == standing
        is_sold = False
        for some in range(4):  # fewer at a time than tell anything
            crawl(f"id % 4 = {some}")
        assert desk.column("SELECT code FROM alerts WHERE cleared_at IS NULL") == []
