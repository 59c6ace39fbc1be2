"""How a crawl behaves as a process: bounds, manners, interruption, failure, and its exit codes."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from archiver.urls import identity
from tests.crawl.conftest import FAST, ROOT, Desk, environment
from tests.crawl.paper import Paper
from tests.crawl.small_site import NOTHING, Answer, listing, serving, story
from tests.newsroom.server import Newsroom


@pytest.fixture
def dead_port() -> int:
    """A port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _keys(newsroom: Newsroom) -> set[str]:
    return {identity(u if "://" in u else newsroom.url.rstrip("/") + u) for u in newsroom.expected_articles()}


def test_limit_is_exact(desk: Desk) -> None:
    with Newsroom(40) as newsroom:
        ran = desk.crawl(newsroom.url, "--limit", "5")
        assert ran.code == 0, ran.err
        assert desk.column("SELECT count(*) FROM articles") == [5]
        assert desk.crawl(newsroom.url, "--limit", "3").code == 0
        assert desk.column("SELECT count(*) FROM articles") == [8]


def test_since_and_until_keep_to_the_day_of_publication(desk: Desk) -> None:
    with Newsroom(40) as newsroom:
        days = sorted((t.published_at or "")[:10] for t in newsroom.articles if t.published_at)
        since, until = days[len(days) // 3], days[2 * len(days) // 3]
        ran = desk.crawl(newsroom.url, "--since", since, "--until", until)
        assert ran.code == 0, ran.err
        archived = desk.column("SELECT substr(published_at, 1, 10) FROM articles")
        assert archived
        assert all(since <= day <= until for day in archived)
        expected = {
            identity(newsroom.url.rstrip("/") + t.path)
            for t in newsroom.articles
            if t.published_at and since <= t.published_at[:10] <= until
        } & _keys(newsroom)
        assert set(desk.column("SELECT url_key FROM articles")) == expected


def test_section_keeps_to_the_section(desk: Desk) -> None:
    with Newsroom(40) as newsroom:
        ran = desk.crawl(newsroom.url, "--section", "رياضة")
        assert ran.code == 0, ran.err
        archived = set(desk.column("SELECT url_key FROM articles"))
        wanted = {
            identity(newsroom.url.rstrip("/") + t.path) for t in newsroom.articles if t.section == "رياضة"
        }
        assert archived
        assert archived <= wanted


def test_a_family_of_addresses_without_end_is_left_and_named(desk: Desk) -> None:
    with Newsroom(40) as newsroom:
        desk.crawl(newsroom.url, "--max-depth", "500", "--max-runtime", "60")
        asked = [request.path for request in newsroom.requests]
        assert sum(path.startswith("/calendar") for path in asked) <= 45
        assert desk.column("SELECT count(*) FROM frontier WHERE outcome = 'trap'")[0] >= 1


def test_crawl_delay_is_kept_and_one_connection_is_the_default(desk: Desk) -> None:
    with Newsroom(12, crawl_delay=0.5, traps=False) as newsroom:
        desk.run("crawl", newsroom.url, "--limit", "4", "--delay", "0.1")
        moments = [request.at for request in newsroom.requests if request.path != "/robots.txt"]
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        assert min(gaps) >= 0.3  # a request that is late on its way makes the gap behind it shorter
        assert sum(gaps) >= 0.45 * len(gaps)


def test_retry_after_is_kept(desk: Desk) -> None:
    with Newsroom(40) as newsroom:
        desk.run("crawl", newsroom.url, "--delay", "0", "-s", "BACK_OFF=0.2")
        limited = [r for r in newsroom.requests if r.status == 429]
        assert limited
        following = [r.at for r in newsroom.requests if r.at > limited[0].at]
        assert min(following) - limited[0].at >= 0.95
        assert desk.column("SELECT count(*) FROM fetches WHERE outcome = 'rate_limited'")[0] >= 1


def test_robots_txt_that_fails_forbids_everything(desk: Desk) -> None:
    with Newsroom(12, robots_status=503) as newsroom:
        ran = desk.crawl(newsroom.url)
        assert ran.code == 1
        assert {request.path for request in newsroom.requests} == {"/robots.txt"}


def test_a_missing_robots_txt_allows_everything(desk: Desk) -> None:
    with Newsroom(12, robots_status=404, traps=False) as newsroom:
        assert desk.crawl(newsroom.url).code == 0
        assert desk.column("SELECT count(*) FROM articles")[0] >= 10


def test_a_challenged_site_is_blocked_and_named_never_empty(desk: Desk) -> None:
    with Newsroom(12, challenge=True) as newsroom:
        ran = desk.crawl(newsroom.url)
        assert ran.code == 1
        (site,) = ran.summary["sites"].values()
        assert site["blocked"]
        assert "blocked" in site["outcomes"]
        assert len(newsroom.requests) <= 3


def test_a_host_that_does_not_answer_is_an_error_with_a_name(desk: Desk, dead_port: int) -> None:
    ran = desk.crawl(f"http://127.0.0.1:{dead_port}/", "-s", "BACK_OFF=0.1")
    assert ran.code == 1
    (site,) = ran.summary["sites"].values()
    assert "connection_error" in site["error"]


def test_some_sites_failed_is_exit_3_and_the_others_are_archived(desk: Desk, dead_port: int) -> None:
    with Newsroom(12, traps=False) as newsroom:
        ran = desk.crawl(newsroom.url, f"http://127.0.0.1:{dead_port}/", "-s", "BACK_OFF=0.1")
        assert ran.code == 3
        assert desk.column("SELECT count(*) FROM articles")[0] >= 10


def test_nothing_new_is_exit_4_only_when_asked(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        assert desk.crawl(newsroom.url).code == 0
        assert desk.crawl(newsroom.url).code == 0
        assert desk.crawl(newsroom.url, "--expect-new").code == 4


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["crawl", "ftp://example.ly"], "ftp://example.ly"),
        (["crawl", "example"], "https://example.ly"),
        (["crawl", "https://example.ly", "--limit", "0"], "--limit"),
        (["crawl", "https://example.ly", "--processes", "0"], "--processes"),
        (["crawl", "https://example.ly", "--since", "yesterday"], "--since"),
        (["crawl", "https://example.ly", "-s", "NOEQUALS"], "NOEQUALS"),
        (["crawl", "https://example.ly", "--contact", "me"], "mail address"),
        (["crawl"], "URL"),
        (["show", "https://example.ly"], "no archive here"),
        (["verify"], "no archive here"),
        (["reparse"], "no archive here"),
    ],
)
def test_bad_input_is_exit_2_and_names_it(desk: Desk, arguments: list[str], named: str) -> None:
    ran = desk.run(*arguments)
    assert ran.code == 2
    assert named in ran.err
    assert "Traceback" not in ran.err


def test_one_run_at_a_time_holds_the_archive(desk: Desk) -> None:
    with Newsroom(40, traps=False) as newsroom:
        first = desk.start("crawl", newsroom.url, "--delay", "0.3", "--max-runtime", "20")
        while not (desk.archive / "archive.db").exists():
            time.sleep(0.05)
        time.sleep(1)
        second = desk.crawl(newsroom.url)
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=30)
        assert second.code == 75
        assert "another run" in second.err


@pytest.mark.parametrize("asked_by", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_crawl_drains_and_goes_on(desk: Desk, asked_by: signal.Signals) -> None:
    with Newsroom(40, traps=False) as newsroom:
        first = desk.start("crawl", newsroom.url, "--delay", "0.05", "--json")
        _wait_for_articles(desk, 5)
        first.send_signal(asked_by)
        out, err = first.communicate(timeout=30)
        assert first.returncode == 0, err
        assert json.loads(out)["result"] == "interrupted"
        assert desk.run("verify").code == 0
        assert desk.crawl(newsroom.url).code == 0
        assert set(desk.column("SELECT url_key FROM articles")) == _keys(newsroom)


def test_who_asks_twice_is_told_of_no_failure(desk: Desk) -> None:
    """A second signal ends the run at once: nothing is drained, and that is no fault of the site's."""
    paths, hangs = [f"/news/{number}/" for number in range(4001, 4006)], threading.Event()

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(paths)
        if path == paths[-1]:
            hangs.wait(20)
        return story(path.strip("/").replace("/", "-")) if path in paths else NOTHING

    with serving(answer) as (site, _):
        first = desk.start("crawl", site, "--delay", "0", "--json")
        _wait_for_articles(desk, 1)
        first.send_signal(signal.SIGINT)
        time.sleep(0.3)
        first.send_signal(signal.SIGINT)
        out, err = first.communicate(timeout=30)
        hangs.set()
        told = json.loads(out)
        assert (first.returncode, told["result"], told["alerts"]) == (0, "interrupted", []), err


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_crawl_goes_on_where_it_was(desk: Desk, seed: int) -> None:
    """kill -9 twice at random moments: nothing archived is lost or doubled, nothing pending is forgotten."""
    chance = random.Random(seed)
    with Newsroom(40, traps=False) as newsroom:
        for _ in range(2):
            process = desk.start("crawl", newsroom.url, "--delay", "0", "--concurrency", "4")
            _wait_for_articles(desk, 1)
            time.sleep(chance.uniform(0.05, 1.5))
            process.kill()
            process.communicate()
        before = set(desk.column("SELECT url_key FROM articles"))
        ran = desk.crawl(newsroom.url)
        assert ran.code == 0, ran.err
        after = desk.column("SELECT url_key FROM articles")
        assert before <= set(after)
        assert sorted(after) == sorted(_keys(newsroom))
        assert desk.column("SELECT count(*) FROM frontier WHERE state = 'pending'") == [0]
        assert desk.column("SELECT count(*) FROM article_versions WHERE number > 1") == [0]
        counted = desk.column("SELECT result FROM site_runs ORDER BY run_id")
        assert (counted[0], counted[-1]) == ("killed", "done")
        assert desk.run("verify").code == 0


def test_a_torn_tail_is_mended_and_said(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        desk.crawl(newsroom.url, "--limit", "4")
        (warc,) = (desk.archive / "warc").iterdir()
        whole = warc.read_bytes()
        warc.write_bytes(whole + whole[400:1200])
        found = desk.run("verify")
        assert found.code == 0
        assert "left undone, for the next run to mend" in found.out
        ran = desk.run("crawl", newsroom.url, "--delay", "0")
        assert ran.code == 0, ran.err
        assert "torn bytes cut off" in ran.err
        assert desk.run("verify").code == 0


def test_damage_is_found_and_named(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        desk.crawl(newsroom.url, "--limit", "4")
    (warc,) = (desk.archive / "warc").iterdir()
    offset = desk.column("SELECT warc_offset FROM snapshots ORDER BY id LIMIT 1 OFFSET 3")[0]
    damaged = bytearray(warc.read_bytes())
    damaged[offset + 60] ^= 0xFF
    warc.write_bytes(damaged)
    ran = desk.run("verify")
    assert ran.code == 1
    assert warc.name in ran.err


def test_quiet_says_nothing_when_all_is_well(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        ran = desk.run("crawl", newsroom.url, "--delay", "0", "--quiet")
        assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_as_scrapy_users_know_it(tmp_path: Path) -> None:
    scrapy = [sys.executable, "-m", "scrapy"]
    env = environment(tmp_path)
    assert (
        subprocess.run([*scrapy, "list"], cwd=ROOT, env=env, capture_output=True, text=True).stdout
        == "news\n"
    )
    out = tmp_path / "out.jsonl"
    with Newsroom(12, traps=False) as newsroom:
        ran = subprocess.run(
            [
                *scrapy,
                "crawl",
                "news",
                "-a",
                f"url={newsroom.url}",
                "-a",
                "limit=3",
                "-s",
                f"ARCHIVE={tmp_path / 'archive'}",
                "-s",
                "DOWNLOAD_DELAY=0",
                "-s",
                "AUTOTHROTTLE_ENABLED=False",
                "-O",
                str(out),
            ],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 0, ran.stderr
    items = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(items) == 3
    assert all(item["title"] and item["body"] and item["provenance"] for item in items)
    assert Desk(tmp_path / "archive").column("SELECT count(*) FROM articles") == [3]
    assert Desk(tmp_path / "archive").column("SELECT new_articles FROM site_runs") == [3]


@pytest.mark.parametrize(("settings", "folder"), [([], "of-variable"), (["-s", "ARCHIVE=own"], "own")])
def test_scrapys_own_command_archives_where_the_variable_says_unless_a_setting_does(
    tmp_path: Path, settings: list[str], folder: str
) -> None:
    told = {"WARRAQ_ARCHIVE": str(tmp_path / "of-variable"), "SCRAPY_SETTINGS_MODULE": "archiver.settings"}
    scrapy = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", "limit=1", "-s", "DOWNLOAD_DELAY=0"]
    with Newsroom(12, traps=False) as newsroom:
        ran = subprocess.run(
            [*scrapy, "-a", f"url={newsroom.url}", *settings],
            cwd=tmp_path,
            env=environment(tmp_path) | told | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 0, ran.stderr
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == [folder]


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        ([], "write -a url=https://example.ly"),
        (["url=https://example.ly", "archive=/somewhere"], "write -s ARCHIVE=/somewhere"),
        (["url=https://example.ly", "colour=red"], "colour: no such argument; there are url, limit"),
    ],
)
def test_the_spider_says_what_to_write(tmp_path: Path, arguments: list[str], way_out: str) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "news",
            *(part for each in arguments for part in ("-a", each)),
        ],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 1
    assert way_out in ran.stderr.splitlines()[-1]


def test_many_sites_side_by_side(desk: Desk) -> None:
    with Newsroom(12, traps=False) as one, Newsroom(12, traps=False) as two:
        started = time.monotonic()
        ran = desk.run("crawl", one.url, two.url, "--delay", "0.2", "--limit", "8", "--json")
        assert ran.code == 0, ran.err
        assert [site["articles"] for site in ran.summary["sites"].values()] == [8, 8]
        first, second = ([r.at for r in room.requests] for room in (one, two))
        assert min(second) < max(first)
        assert min(first) < max(second)
        assert time.monotonic() - started < 30


def test_a_page_outside_utf8_in_the_environment_still_prints_arabic(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        desk.crawl(newsroom.url, "--limit", "1")
        url = desk.column("SELECT url FROM articles")[0]
        env = {**environment(desk.archive.parent), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
        shown = subprocess.run(
            [sys.executable, "-m", "archiver.cli", "show", url, "--archive", str(desk.archive)],
            cwd=ROOT,
            env=env,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
        assert desk.column("SELECT title FROM articles")[0] in shown


def _wait_for_articles(desk: Desk, count: int) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if (desk.archive / "archive.db").exists():
            try:
                if desk.column("SELECT count(*) FROM articles")[0] >= count:
                    return
            except Exception:  # noqa: BLE001 - the schema is not there yet
                pass
        time.sleep(0.05)
    raise AssertionError(f"no {count} articles within 40 s in {os.fspath(desk.archive)}")


def test_a_site_typed_without_scheme_is_found_on_http_too(desk: Desk) -> None:
    with Newsroom(12, traps=False) as newsroom:
        ran = desk.crawl(newsroom.url.removeprefix("http://").rstrip("/"), "--limit", "3")
        assert ran.code == 0, ran.err
        assert desk.column("SELECT count(*) FROM articles") == [3]
        assert not [r.path for r in newsroom.requests if r.path == "/wp-sitemap.xml"], (
            "robots.txt names the sitemap"
        )
        assert desk.column("SELECT start_url FROM sites") == [newsroom.url]
        ran = desk.crawl("--all", "--limit", "2")
        assert ran.code == 0, ran.err
        assert desk.column("SELECT count(*) FROM articles") == [5]


def test_a_site_that_stands_under_www_alone_is_found_there(desk: Desk) -> None:
    class UnderWww(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
            return super().answer(path if headers["host"].startswith("www.") else "/nothing", headers)

    with UnderWww() as paper:
        paper.front("/story-of-the-harbour")
        paper.story("/story-of-the-harbour", "وصول السفينة إلى الميناء")
        port = paper.url.rpartition(":")[2].rstrip("/")
        names = ("-s", "DNS_RESOLVER=tests.crawl.loopback_names.LoopbackResolver")
        ran = desk.crawl(f"paper.example:{port}", *names)
    assert ran.code == 0, ran.err
    assert desk.column("SELECT url FROM articles") == [
        f"http://www.paper.example:{port}/story-of-the-harbour"
    ]
    assert [detail.partition("; ")[2] for detail in desk.column("SELECT detail FROM fetches WHERE detail LIKE '%trying%'")] == [
        f"trying http://paper.example:{port}/", f"trying https://www.paper.example:{port}/", f"trying http://www.paper.example:{port}/"]  # fmt: skip


def test_a_failure_that_is_known_is_not_said_again_by_a_quiet_run(desk: Desk) -> None:
    with Paper() as paper:
        paper.pages["/"] = (500, {}, b"out of order")
        first = desk.run("crawl", paper.url, "--quiet", *FAST)
        again = desk.run("crawl", paper.url, "--quiet", *FAST)
    assert first.code == again.code == 1
    assert len(first.err.splitlines()) == 1
    assert again.err == ""
