"""A site's address in, an archive out: the fixture newsroom, crawled once, looked at from all sides."""

import gzip
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archiver.urls import identity
from tests.crawl.conftest import Desk, Ran
from tests.newsroom.server import Newsroom

Crawled = tuple[Newsroom, Desk, Ran]


def _key(newsroom: Newsroom, path: str) -> str:
    return identity(newsroom.url.rstrip("/") + path)


def test_every_article_is_archived_once_and_nothing_else(crawled: Crawled) -> None:
    newsroom, desk, ran = crawled
    assert ran.code == 0, ran.err
    archived = desk.column("SELECT url_key FROM articles")
    expected = {
        identity(url) if "://" in url else _key(newsroom, url) for url in newsroom.expected_articles()
    }
    assert set(archived) == expected
    assert len(archived) == len(expected)


def test_what_was_read_is_what_the_newsroom_wrote(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    rows = {row[0]: row[1:] for row in desk.sql("SELECT url_key, title, body, published_at FROM articles")}
    wrong = []
    for truth in newsroom.articles:
        row = rows.get(_key(newsroom, truth.path))
        if row is None or truth.copy_of:
            continue
        title, body, published = row
        if title != truth.title:
            wrong.append((truth.path, "title", title))
        if body != "\n\n".join(truth.body_paragraphs):
            wrong.append((truth.path, "body", body))
        if (published or "")[:10] not in ((truth.published_at or "")[:10], ""):
            wrong.append((truth.path, "published_at", published))
    assert not wrong


def test_dates_are_found_wherever_anything_tells_them(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    rows = dict(desk.sql("SELECT url_key, published_at FROM articles"))
    untold = [
        truth.path
        for truth in newsroom.articles
        if _key(newsroom, truth.path) in rows and truth.published_at and not rows[_key(newsroom, truth.path)]
    ]
    assert not untold


def test_every_try_has_one_outcome_and_every_response_a_snapshot(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    asked = len(newsroom.requests)
    assert desk.column("SELECT count(*) FROM fetches WHERE status IS NOT NULL") == [asked]
    assert desk.column("SELECT count(*) FROM snapshots") == [asked]
    assert desk.column("SELECT count(*) FROM fetches WHERE status IS NOT NULL AND snapshot_id IS NULL") == [0]
    assert desk.column("SELECT count(*) FROM frontier WHERE state = 'pending'") == [0]


@pytest.mark.parametrize(
    "outcome",
    [
        "article",
        "listing",
        "sitemap",
        "feed",
        "robots",
        "redirect",
        "redirect_off_site",
        "redirect_loop",
        "gone",
        "soft_404",
        "blocked",
        "robots_denied",
        "rate_limited",
        "http_error",
        "other_page",
    ],
)
def test_outcomes_are_named(crawled: Crawled, outcome: str) -> None:
    _, desk, _ = crawled
    assert desk.column("SELECT count(*) FROM fetches WHERE outcome = ?", outcome)[0] >= 1


def test_robots_txt_is_obeyed_and_archived(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    assert not [request.path for request in newsroom.requests if "/private/" in request.path]
    assert desk.column("SELECT count(*) FROM snapshots WHERE url LIKE '%/robots.txt' AND status = 200") == [1]


def test_traps_take_few_requests(crawled: Crawled) -> None:
    newsroom, _, _ = crawled
    asked = [request.path for request in newsroom.requests]
    assert sum(path.startswith("/calendar") for path in asked) <= 40
    assert len(asked) < 4 * len(newsroom.expected_articles())


def test_the_user_agent_names_warraq_and_its_operator(crawled: Crawled) -> None:
    newsroom, _, _ = crawled
    agents = {request.headers.get("user-agent", "") for request in newsroom.requests}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("Warraq/")
    assert "tests@example.org" in agent


def test_the_page_comes_back_byte_for_byte(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    for truth in [newsroom.articles[0], *(t for t in newsroom.articles if t.encoding != "utf-8")][:3]:
        url = newsroom.url.rstrip("/") + truth.path
        shown = subprocess.run(
            [sys.executable, "-m", "archiver.cli", "show", url, "--raw", "--archive", str(desk.archive)],
            capture_output=True,
            check=True,
        ).stdout
        reply = newsroom.answer("GET", truth.path, {"host": newsroom.url.split("/")[2]})
        assert shown == reply.body


def test_windows_1256_is_read_whoever_declares_it(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    told = [truth for truth in newsroom.articles if truth.encoding != "utf-8"]
    assert len(told) >= 2
    for truth in told:
        assert desk.column("SELECT title FROM articles WHERE url_key = ?", _key(newsroom, truth.path)) == [
            truth.title
        ]


def test_see_also_links_lead_to_the_archived_articles(crawled: Crawled) -> None:
    _, desk, _ = crawled
    resolved, all_links = desk.sql("SELECT count(target_article_id), count(*) FROM links")[0]
    assert all_links > 50
    assert resolved > 0.9 * all_links


def test_every_field_says_where_it_came_from(crawled: Crawled) -> None:
    _, desk, _ = crawled
    missing = desk.sql("""
        WITH kept (article_id, field) AS (
            SELECT id, 'title' FROM articles WHERE title IS NOT NULL
            UNION ALL SELECT id, 'body' FROM articles WHERE body IS NOT NULL
            UNION ALL SELECT id, 'published_at' FROM articles WHERE published_at IS NOT NULL)
        SELECT * FROM kept EXCEPT SELECT article_id, field FROM provenance""")
    assert missing == []


def test_verify_and_warc_readers_accept_the_archive(crawled: Crawled) -> None:
    _, desk, _ = crawled
    ran = desk.run("verify", "--json")
    assert ran.code == 0, ran.out
    assert ran.summary["problems"] == []
    assert ran.summary["snapshots"] == desk.column("SELECT count(*) FROM snapshots")[0]
    for warc in (desk.archive / "warc").iterdir():
        assert subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(warc)]).returncode == 0
        assert gzip.decompress(warc.read_bytes()).startswith(b"WARC/1.1\r\n")


def test_a_second_crawl_fetches_only_what_is_new(crawled: Crawled) -> None:
    newsroom, desk, _ = crawled
    before = desk.column("SELECT count(*) FROM articles")[0]
    first = len(newsroom.requests)
    fresh = newsroom.publish(3)
    newsroom.forget_requests()
    ran = desk.crawl(newsroom.url)
    assert ran.code == 0, ran.err
    assert desk.column("SELECT count(*) FROM articles")[0] == before + 3
    keys = desk.column("SELECT url_key FROM articles")
    assert all(_key(newsroom, truth.path) in keys for truth in fresh)
    assert len(newsroom.requests) < first / 2
    assert desk.run("verify").code == 0


def test_reading_the_snapshots_again_changes_nothing(crawled: Crawled) -> None:
    _, desk, _ = crawled
    versions = desk.sql(
        "SELECT article_id, number, cause, content_digest FROM article_versions ORDER BY 1, 2"
    )
    ran = desk.run("reparse", "--json")
    assert ran.code == 0, ran.err
    assert ran.summary["changed"] == 0
    assert ran.summary["same"] == desk.column("SELECT count(*) FROM articles")[0]
    assert (
        desk.sql("SELECT article_id, number, cause, content_digest FROM article_versions ORDER BY 1, 2")
        == versions
    )


def test_a_better_reading_is_a_parser_version_never_an_edit(crawled: Crawled, tmp_path: Path) -> None:
    _, whole, _ = crawled
    desk = Desk(tmp_path / "reread")
    shutil.copytree(whole.archive, desk.archive)
    with closing(sqlite3.connect(desk.archive / "archive.db")) as connection, connection:
        article = connection.execute("SELECT id FROM articles LIMIT 1").fetchone()[0]
        connection.execute(
            "UPDATE articles SET title = 'قراءة قديمة', item_digest = '', content_digest = 'x' WHERE id = ?",
            (article,),
        )
    connection.close()
    dry = desk.run("reparse", "--dry-run")
    assert "قراءة قديمة" in dry.out
    assert desk.column("SELECT title FROM articles WHERE id = ?", article) == ["قراءة قديمة"]
    assert desk.run("reparse").code == 0
    assert desk.column("SELECT title FROM articles WHERE id = ?", article) != ["قراءة قديمة"]
    assert (
        desk.column("SELECT cause FROM article_versions WHERE article_id = ? ORDER BY number", article)[-1]
        == "parser"
    )


def test_verify_tells_what_a_kill_left_from_what_is_damaged(crawled: Crawled, tmp_path: Path) -> None:
    _, whole, _ = crawled
    last, middle = whole.sql("SELECT warc_offset, warc_length FROM snapshots ORDER BY warc_offset DESC")[:9:8]

    def after(name: str, *rows: int, cut: int = 0, broken_at: int | None = None) -> Ran:
        desk = Desk(tmp_path / name)
        shutil.copytree(whole.archive, desk.archive)
        with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
            for offset in rows:
                database.execute("DELETE FROM fetches WHERE snapshot_id = (SELECT id FROM snapshots "
                                 "WHERE warc_offset = ?)", (offset,))  # fmt: skip
                database.execute("DELETE FROM snapshots WHERE warc_offset = ?", (offset,))
        database.close()
        (warc,) = (desk.archive / "warc").iterdir()
        data = bytearray(warc.read_bytes())
        if broken_at is not None:
            data[broken_at : broken_at + 40] = b"x" * 40
        warc.write_bytes(data[: len(data) - cut])
        return desk.run("verify", "--json")

    not_adopted, torn = after("not adopted", last[0]), after("torn", last[0], cut=20)
    assert [(ran.code, len(ran.summary["left"])) for ran in (not_adopted, torn)] == [(0, 1), (0, 1)]
    assert "bytes of a torn tail" in torn.summary["left"][0] or "broken" in torn.summary["left"][0]
    for ran in (
        after("lost", cut=20),
        after("unknown", middle[0]),
        after("damaged", broken_at=middle[0] + middle[1] // 2),
    ):
        assert (ran.code, ran.summary.get("left")) == (1, []), ran.out + ran.err
        assert ran.summary["problems"]


def test_a_lost_database_is_built_anew_from_the_snapshots(crawled: Crawled, tmp_path: Path) -> None:
    _, desk, _ = crawled
    rescued = Desk(tmp_path / "rescued")
    shutil.copytree(desk.archive / "warc", rescued.archive / "warc")
    ran = rescued.run("reparse", "--json")
    assert ran.code == 0, ran.err
    query = "SELECT url_key, title, body FROM articles ORDER BY 1"
    assert rescued.sql(query) == desk.sql(query)
    assert rescued.run("verify").code == 0
    assert rescued.run("reparse", "--json").summary["added"] == 0
