"""A server that does everything wrong: each fault has its name, and what stands beside it is archived."""

import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.crawl.conftest import FAST, Desk
from tests.crawl.small_site import listing, story
from tests.faults.conftest import problems

STORIES = [f"/story/{number}" for number in range(10_001, 10_007)]
FAULTS = {
    "/story/20001-hangs": "timeout",
    "/story/20002-resets": "broken_response",
    "/story/20003-promises-more-than-it-sends": "broken_response",
    "/story/20004-never-ends": "too_large",
    "/story/20005-leads-in-a-circle": "redirect_loop",
    "/story/20006-is-a-bomb": "broken_response",
    "/story/20007-is-no-gzip": "broken_response",
}
CIRCLE = "/story/20005-leads-back"
PATIENCE, MOST = 2, 2_000_000


class Faulty(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    over = threading.Event()

    def do_GET(self) -> None:
        fault = self.path.rpartition("/")[2].partition("-")[0]
        getattr(self, f"fault_{fault}", self.whole)()

    def whole(self) -> None:
        status, headers, body = (404, {}, b"")
        if self.path == "/":
            status, headers, body = listing([*STORIES, *FAULTS])
        elif self.path in STORIES:
            status, headers, body = story(self.path.rpartition("/")[2])
        self.head(status, {**headers, "Content-Length": str(len(body))})
        self.wfile.write(body)

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def fault_20001(self) -> None:
        self.over.wait(30)
        self.close_connection = True

    def fault_20002(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def fault_20003(self) -> None:
        self.head(200, {"Content-Length": "100000"})
        self.wfile.write(b"<html><body>" + b"x" * 1_000)
        self.close_connection = True

    def fault_20004(self) -> None:
        self.head(200, {"Connection": "close"})
        while not self.over.is_set():
            self.wfile.write(b"<p>" + b"x" * 65_536)

    def fault_20005(self) -> None:
        there = CIRCLE if self.path != CIRCLE else next(path for path in FAULTS if "circle" in path)
        self.head(302, {"Location": there, "Content-Length": "0"})

    def fault_20006(self) -> None:
        body = _bomb()
        assert len(body) < MOST
        self.head(200, {"Content-Encoding": "gzip", "Content-Length": str(len(body))})
        self.wfile.write(body)

    def fault_20007(self) -> None:
        self.head(200, {"Content-Encoding": "gzip", "Content-Length": "1000"})
        self.wfile.write(b"\x1f\x8b\x08" + b"x" * 997)

    def log_message(self, *_: Any) -> None:
        pass


@cache
def _bomb() -> bytes:
    """A hundred megabytes of nothing, in a hundred kilobytes."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """The client hung up: as it should."""


@pytest.fixture
def faulty() -> Iterator[str]:
    Faulty.over.clear()
    _bomb()
    with Server(("127.0.0.1", 0), Faulty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        Faulty.over.set()
        server.shutdown()


def test_every_fault_has_its_name_and_costs_no_article(desk: Desk, faulty: str) -> None:
    crawl = ("crawl", faulty, "http://nobody-is-here.invalid/", *FAST, "--json",
             "-s", f"DOWNLOAD_TIMEOUT={PATIENCE}", "-s", f"DOWNLOAD_MAXSIZE={MOST}")  # fmt: skip
    for _ in range(2):
        ran = desk.run(*crawl)
        assert ran.code == 3, ran.err
        assert "Traceback" not in ran.err
        assert problems(desk) == []
        assert sorted(desk.column("SELECT url FROM articles")) == sorted(
            faulty[:-1] + path for path in STORIES
        )
    outcomes = desk.sql("SELECT DISTINCT substr(url, ?), outcome FROM fetches ORDER BY id", len(faulty))
    assert {path: outcome for path, outcome in outcomes if path in FAULTS or path == CIRCLE} == {
        **FAULTS, CIRCLE: "redirect_loop", next(path for path in FAULTS if "circle" in path): "redirect"}  # fmt: skip
    assert desk.column("SELECT DISTINCT outcome FROM fetches WHERE url LIKE '%.invalid%'") == ["dns_error"]
