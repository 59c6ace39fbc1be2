"""A disk that is full, in a WARC file and in a transaction; a database that others read or hold."""

import base64
import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.crawl.conftest import FAST, ROOT, Desk, environment
from tests.faults.conftest import TIMES, problems
from tests.faults.test_killed import keys
from tests.newsroom.server import Newsroom

PAGE = (
    '<html lang="ar"><head><title>{0}</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2025-05-0{1}T10:00:00+02:00"></head>'
    "<body><h1>{0}</h1><article><p>{2}</p></article><!-- {3} --></body></html>"
)


class Heavy(BaseHTTPRequestHandler):
    """Eight stories, each a little text and 400 KB that no compression makes smaller."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if not name:
            body = "".join(
                f'<a href="/news/story-{n}">خبر رقم {n} من أخبار المدينة</a> ' for n in range(1, 9)
            )
        elif name.startswith("news/story-"):
            noise = base64.b64encode(random.Random(name).randbytes(300_000)).decode()
            body = PAGE.format(
                f"خبر المدينة {name[-1]}", name[-1], f"نص الخبر {name[-1]} كما ورد. " * 30, noise
            )
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def crawl_within(desk: Desk, url: str, most: int, *more: str) -> "subprocess.CompletedProcess[str]":
    """A crawl that cannot make any file longer than this: what a full disk looks like to it."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "archiver.cli", "crawl", url, *FAST, *more, "--archive", str(desk.archive)],
        cwd=ROOT, env=environment(desk.archive.parent), text=True, capture_output=True, preexec_fn=limited, timeout=120)  # fmt: skip


def test_full_in_the_middle_of_a_transaction(desk: Desk, chance: random.Random) -> None:
    with Newsroom(20, traps=False) as newsroom:
        assert desk.crawl(newsroom.url, "--limit", "4").code == 0
        for _ in range(TIMES):
            before = set(desk.column("SELECT url_key FROM articles"))
            ran = crawl_within(desk, newsroom.url, _size(desk, "archive.db") + chance.randrange(0, 60_000))
            assert ran.returncode == 1, ran.stderr
            assert "Traceback" not in ran.stderr
            assert problems(desk) == []
            assert before <= set(desk.column("SELECT url_key FROM articles"))
            newsroom.publish(6)
        assert desk.crawl(newsroom.url).code == 0
        assert sorted(desk.column("SELECT url_key FROM articles")) == keys(newsroom)
        assert problems(desk) == []


def test_a_crawl_that_filled_the_disk_counts_what_is_in_the_archive(desk: Desk) -> None:
    with Newsroom(40, traps=False) as newsroom:
        ran = crawl_within(desk, newsroom.url, 1_500_000, "--json")
        assert ran.returncode == 1, ran.stderr
        ((_, told),) = json.loads(ran.stdout)["sites"].items()
        assert told["new_articles"] == desk.column("SELECT count(*) FROM articles")[0]
        tries = desk.sql("SELECT outcome, count(*) FROM fetches GROUP BY 1")
        assert told["outcomes"] == dict(tries)
        assert told["fetched"] == sum(count for _, count in tries)
        assert told["pending"] == desk.column("SELECT count(*) FROM frontier WHERE state = 'pending'")[0]


def test_full_in_the_middle_of_a_warc_file(desk: Desk, chance: random.Random) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heavy)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        assert desk.crawl(url, "--limit", "2").code == 0
        (warc,) = (desk.archive / "warc").iterdir()
        assert warc.stat().st_size > _size(desk, "archive.db")
        for _ in range(min(TIMES, 4)):
            ran = crawl_within(desk, url, warc.stat().st_size + chance.randrange(1_000, 250_000))
            assert ran.returncode == 1, ran.stderr
            assert "Traceback" not in ran.stderr
            assert problems(desk) == []
        assert desk.crawl(url).code == 0
        assert desk.sql("SELECT count(*), count(DISTINCT title) FROM articles") == [(8, 8)]
        assert problems(desk) == []
    finally:
        server.shutdown()
        server.server_close()


def test_a_reader_that_never_ends_holds_nothing_up(desk: Desk) -> None:
    with Newsroom(20, traps=False) as newsroom:
        assert desk.crawl(newsroom.url, "--limit", "2").code == 0
        reader = sqlite3.connect(
            f"file:{desk.archive / 'archive.db'}?mode=ro", uri=True, isolation_level=None
        )
        reader.execute("BEGIN")
        seen = reader.execute("SELECT count(*) FROM articles").fetchone()
        ran = desk.crawl(newsroom.url)
        assert ran.code == 0, ran.err
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == seen
        reader.close()
        assert sorted(desk.column("SELECT url_key FROM articles")) == keys(newsroom)
        assert problems(desk) == []


@pytest.mark.parametrize("jump", ["-86400", "31536000"], ids=["a day back", "a year ahead"])
def test_a_clock_that_jumps(desk: Desk, jump: str) -> None:
    """In the middle of a crawl; by the next one it is right again."""
    with Newsroom(20, traps=False, rate_limit=12) as newsroom:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.faults.jumping_clock", jump, "crawl", newsroom.url, *FAST, "--limit", "8",
             "--archive", str(desk.archive)],
            cwd=ROOT, env=environment(desk.archive.parent), text=True, capture_output=True, timeout=120)  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert problems(desk) == []
        again = desk.crawl(newsroom.url)
        assert again.code == 0, again.err
        assert sorted(desk.column("SELECT url_key FROM articles")) == keys(newsroom)
        assert desk.column("SELECT count(*) FROM frontier WHERE state = 'pending'") == [0]
        assert problems(desk) == []


def _size(desk: Desk, name: str) -> int:
    return (desk.archive / name).stat().st_size
