"""A crawl that is stopped while a server hangs: by `--max-runtime`, by SIGTERM, by a second signal."""

import json
import signal
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import listing, story
from tests.faults.conftest import problems, wait_until
from tests.faults.test_server import Server

STORIES = [f"/story/{number}" for number in range(10_001, 10_004)]
GRACE = ("-s", "SHUTDOWN_GRACE=1")
MOST = 8  # seconds from the asking to the end: the grace, and what starting and ending take
HANGS = {
    "hangs": "/story/20001-hangs",
    "drips": "/story/20002-drips",
    "has a page that hangs": "/story/20003-first?page=2",
    "does not tell its robots.txt": "/robots.txt",
}
"""What a server does, and the path of which it does so."""
PAGER = '<div class="pagination"><a href="/story/20003-first?page=2">2</a></div></article>'


class Hanging(BaseHTTPRequestHandler):
    over = threading.Event()
    hung = threading.Event()
    how = ""

    def do_GET(self) -> None:
        status, headers, body = 404, {}, b""
        if self.path == HANGS[self.how]:
            self.hung.set()
            if self.how == "drips":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<html>")
            self.over.wait(60)
            return
        if self.path == "/":
            status, headers, body = listing([*STORIES, HANGS[self.how].partition("?")[0]])
        elif self.path.startswith("/story/"):
            status, headers, body = story(self.path.rpartition("/")[2])
            if "first" in self.path:
                body = body.replace(b"</article>", PAGER.encode())
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=list(HANGS))
def hanging(request: pytest.FixtureRequest) -> Iterator[str]:
    Hanging.over.clear()
    Hanging.hung.clear()
    Hanging.how = request.param
    with Server(("127.0.0.1", 0), Hanging) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        Hanging.over.set()
        server.shutdown()


BOTH = [(how, "SIGTERM") for how in HANGS] + [("hangs", "--max-runtime")]


@pytest.mark.parametrize(("hanging", "asked_by"), BOTH, indirect=["hanging"])
def test_what_hangs_is_given_up_and_stays_pending(desk: Desk, hanging: str, asked_by: str) -> None:
    bound = ("--max-runtime", "4") if asked_by == "--max-runtime" else ()
    process = desk.start("crawl", hanging, "--delay", "0", "--concurrency", "4", "--json", *GRACE, *bound)
    wait_until(Hanging.hung.is_set)
    if "robots" not in HANGS[Hanging.how]:
        wait_until(lambda: desk.column("SELECT count(*) FROM articles") == [len(STORIES)])
    asked = time.monotonic()
    if not bound:
        process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - asked < MOST + 4 * bool(bound)
    told = json.loads(out)
    assert told["result"] == ("max_runtime" if bound else "interrupted")
    is_all = "robots" in HANGS[Hanging.how]
    assert process.returncode == (4 if is_all and bound else 0), err
    assert "Traceback" not in err
    ((_, site),) = told["sites"].items()
    assert (site["pending"], site["failures"], site["error"]) == (1, 0, None)
    left = hanging if is_all else hanging[:-1] + HANGS[Hanging.how].partition("?")[0]
    assert desk.column("SELECT state FROM frontier WHERE url = ?", left) == ["pending"]
    assert desk.column("SELECT count(*) FROM fetches WHERE outcome IN ('timeout', 'connection_error')") == [0]
    assert problems(desk) == []


@pytest.mark.parametrize("hanging", ["hangs"], indirect=True)
def test_a_second_signal_ends_at_once(desk: Desk, hanging: str) -> None:
    process = desk.start("crawl", hanging, "--delay", "0", "--concurrency", "4")
    wait_until(Hanging.hung.is_set)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    process.communicate(timeout=60)
    assert time.monotonic() - asked < 4
