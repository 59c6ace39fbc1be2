"""The fixture newsroom on a socket: real HTTP/1.1 on loopback, with a log of who asked for what."""

import gzip
import math
import re
import socket
import struct
import threading
import time
import traceback
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from tests.newsroom.press import Press
from tests.newsroom.replies import Reply
from tests.newsroom.routes import answer
from tests.newsroom.site import Site
from tests.newsroom.special import SPECIAL_PATHS
from tests.newsroom.stories import ZONE, Truth, identity

SLOW_SECONDS = 30.0


class Request(NamedTuple):
    """One request as it arrived, and the status it was answered with."""

    at: float  # time.monotonic()
    method: str
    path: str  # as on the request line, query and all
    headers: dict[str, str]  # names in lower case
    status: int


class Newsroom:
    """A news site on a port of its own. Use it as a context manager.

    `articles` counts the stories (12 at least; 40 and more have every peculiarity). `crawl_delay` goes
    into robots.txt. `rate_limit` is the number of requests a second after which the answer is 429
    (True: 10). `challenge` puts the whole site behind a challenge page. `traps` links the endless
    corners. `robots_status` other than 200 is what robots.txt answers with. `editions` above 1 runs
    `next_edition()` that many times less one. `counters` lets view counters change on every request.
    `now` is the newsroom's clock: it stands still until `clock()` moves it.
    """

    def __init__(
        self,
        articles: int = 60,
        *,
        crawl_delay: float | None = None,
        rate_limit: bool | int = False,
        challenge: bool = False,
        traps: bool = True,
        robots_status: int = 200,
        editions: int = 1,
        counters: bool = False,
        now: datetime | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._lock = threading.RLock()
        self._turn = threading.Condition(self._lock)
        self._most: float = math.inf
        self._log: list[Request] = []
        self._limit = 10 if rate_limit is True else int(rate_limit)
        self._recent: deque[float] = deque()
        self._server = _Server((host, port), self)
        self.url = f"http://{host}:{self._server.server_address[1]}/"
        now = (now or datetime.now(UTC)).astimezone(ZONE).replace(microsecond=0)
        self.site = Site(
            Press(self.url.rstrip("/"), now, counters),
            articles,
            crawl_delay=crawl_delay,
            challenge=challenge,
            traps=traps,
            robots_status=robots_status,
        )
        self.closing = threading.Event()
        self.errors: list[str] = []
        self._thread: threading.Thread | None = None
        for _ in range(editions - 1):
            self.next_edition()

    # ------------------------------------------------------------ life

    def start(self) -> Self:
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="newsroom", daemon=True
        )
        self._thread.start()
        return self

    def close(self) -> None:
        self.closing.set()
        self.hold_after(None)
        if self._thread:
            self._server.shutdown()
            self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self.errors and error is None:
            raise RuntimeError("the newsroom itself failed:\n" + "\n".join(self.errors))

    # ------------------------------------------------------------ what tests read

    @property
    def requests(self) -> list[Request]:
        with self._lock:
            return list(self._log)

    def forget_requests(self) -> None:
        with self._lock:
            self._log.clear()

    @property
    def articles(self) -> list[Truth]:
        """The truth about every article that can be read now and that robots.txt allows, newest first."""
        with self._lock:
            return [self.site.truth(each) for each in self.site.live]

    def article(self, path: str) -> Truth:
        with self._lock:
            return self.site.truth(self.site.story(path))

    def of_quirk(self, quirk: str) -> list[Truth]:
        return [each for each in self.articles if each.quirk == quirk]

    def expected_articles(self) -> set[str]:
        """The addresses a full and polite crawl archives as articles: each once, canonical."""
        if self.site.challenge or self.site.robots_status >= 500:
            return set()
        paths = {each.path for each in self.articles}
        if self.site.robots_status != 200:  # no rules: nothing is forbidden
            paths.add(self.site.private.path)
        return {self.url.rstrip("/") + path for path in paths}

    @property
    def special(self) -> dict[str, str]:
        """Paths with a behaviour of their own, by name; see README.md."""
        return SPECIAL_PATHS | {"private": self.site.private.path}

    @staticmethod
    def identity(url: str) -> str:
        return identity(url)

    # ------------------------------------------------------------ what changes between crawls

    def publish(self, count: int = 1) -> list[Truth]:
        with self._lock:
            return [self.site.truth(each) for each in self.site.publish(count)]

    def edit(self, path: str, *, title: str | None = None, paragraphs: list[str] | None = None) -> Truth:
        """Changes a story at its address; with neither title nor paragraphs, a correction is added."""
        with self._lock:
            return self.site.truth(self.site.edit(path, title=title, paragraphs=paragraphs))

    def remove(self, path: str, status: int = 404) -> None:
        with self._lock:
            self.site.remove(path, status)

    def next_edition(self, fresh: int = 5) -> list[Truth]:
        """A day's work: `fresh` new stories, and a correction to the newest ordinary one of before."""
        with self._lock:
            self.edit(next(each.path for each in self.site.live if each.quirk is None))
            return self.publish(fresh)

    def clock(self, now: datetime) -> None:
        with self._lock:
            self.site.clock(now.astimezone(ZONE).replace(microsecond=0))

    def hold_after(self, requests: int | None) -> None:
        """So many requests are answered in all, the others wait until it is called again; None: they need not."""
        with self._turn:
            self._most = math.inf if requests is None else requests
            self._turn.notify_all()

    # ------------------------------------------------------------ what the handler asks

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Reply:
        """The reply to one request, made and logged under one lock."""
        with self._turn:
            self._turn.wait_for(lambda: len(self._log) < self._most)
            now = time.monotonic()
            if method not in ("GET", "HEAD"):
                reply = Reply(status=405, headers=(("Allow", "GET, HEAD"),))
            elif self._over_limit(now):
                reply = Reply(status=429, body=b"slow down\n", headers=(("Retry-After", "1"),))
            else:
                reply = _unless_unchanged(answer(self.site, target), headers)
            self._log.append(Request(now, method, target, headers, reply.status))
            return reply

    def _over_limit(self, now: float) -> bool:
        if not self._limit:
            return False
        while self._recent and self._recent[0] < now - 1:
            self._recent.popleft()
        self._recent.append(now)
        return len(self._recent) > self._limit


def _unless_unchanged(reply: Reply, headers: dict[str, str]) -> Reply:
    """304 where the client already has this; an entity tag outranks a date (RFC 9110, 13.2.2)."""
    if reply.status != HTTPStatus.OK or reply.etag is None or reply.changed is None:
        return reply
    if known := headers.get("if-none-match"):
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return replace(reply, status=304) if tags & {"*", reply.etag.removeprefix("W/")} else reply
    if since := headers.get("if-modified-since"):
        try:
            unchanged = reply.changed.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return reply
        return replace(reply, status=304) if unchanged else reply
    return reply


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Without the name look-up of the standard library: loopback needs none, and it can be slow."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that are kept alive, so that their threads end too."""
        with self._guard:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def handle_error(self, request: object, client_address: object) -> None:
        error = traceback.format_exc()
        if "ConnectionResetError" not in error and "BrokenPipeError" not in error:
            self.newsroom.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    raw_requestline: bytes
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one write for headers and body
    disable_nagle_algorithm = True
    server: _Server

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:  # the other side, or close(), has hung up
            self.close_connection = True

    def parse_request(self) -> bool:
        """Raw letters in the address become %XX, or the standard library would split the line at some."""
        self.raw_requestline = re.sub(
            rb"[\x80-\xff]", lambda found: b"%%%02X" % ord(found[0]), self.raw_requestline
        )
        return super().parse_request()

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        newsroom = self.server.newsroom
        target = self.path if self.path.startswith("/") else _origin_form(self.path)
        reply = newsroom.answer(self.command, target, headers)
        if reply.fault:
            self.close_connection = True
            _FAULTS[reply.fault](self, reply)
            return
        self._send(reply, headers.get("accept-encoding", ""))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.close_connection = True  # its body stays unread
        self.do_GET()

    def _send(self, reply: Reply, accepted: str) -> None:
        body, coding = _encoded(reply, accepted)
        self._head(reply)
        if coding:
            self.send_header("Content-Encoding", coding)
        if coding or reply.coding != "identity":
            self.send_header("Vary", "Accept-Encoding")
        if reply.status == HTTPStatus.NOT_MODIFIED:
            self.end_headers()
            return
        chunked = reply.chunked and self.request_version == "HTTP/1.1"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"".join(_chunks(body)) if chunked else body)

    def _head(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        if not any(name == "Server" for name, _ in reply.headers):
            self.send_header("Server", "nginx")
        self.send_header("Date", self.date_time_string())
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.changed is not None and reply.etag:
            self.send_header("ETag", reply.etag)
            self.send_header("Last-Modified", format_datetime(reply.changed.astimezone(UTC), usegmt=True))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: the log is `Newsroom.requests`."""


def _origin_form(target: str) -> str:
    parts = urlsplit(target)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _encoded(reply: Reply, accepted: str) -> tuple[bytes, str | None]:
    if reply.coding == "identity" or len(reply.body) < 200 or reply.coding not in accepted:
        return reply.body, None
    if reply.coding == "deflate":
        return zlib.compress(reply.body), "deflate"
    return gzip.compress(reply.body, compresslevel=5, mtime=0), "gzip"


def _chunks(body: bytes, size: int = 4099) -> list[bytes]:
    """Chunks of an odd size, so that their borders fall within letters."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces] + [b"0\r\n\r\n"]


# ---------------------------------------------------------------- faults, for those who ask for them


def _endless(handler: _Handler, reply: Reply) -> None:
    """A body that never ends: until the client or the newsroom hangs up."""
    handler._head(reply)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while not handler.server.newsroom.closing.is_set():
        handler.wfile.write(b"".join(_chunks(reply.body)[:-1]))
        handler.wfile.flush()


def _slow(handler: _Handler, reply: Reply) -> None:
    """Headers at once, the body a drop at a time, over half a minute."""
    handler._head(reply)
    handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()
    step = max(1, len(reply.body) // 60)
    for start in range(0, len(reply.body), step):
        handler.wfile.write(reply.body[start : start + step])
        handler.wfile.flush()
        if handler.server.newsroom.closing.wait(SLOW_SECONDS / 60):
            return


def _cut(handler: _Handler, reply: Reply) -> None:
    """Half of the bytes that Content-Length promised."""
    handler._head(reply)
    handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()
    handler.wfile.write(reply.body[: len(reply.body) // 2])
    handler.wfile.flush()


def _reset(handler: _Handler, reply: Reply) -> None:
    """The connection is reset before a byte is sent."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


_FAULTS: dict[str, Callable[[_Handler, Reply], None]] = {
    "endless": _endless,
    "slow": _slow,
    "cut": _cut,
    "reset": _reset,
}
