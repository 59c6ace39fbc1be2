"""One archive for all tests of the reading room, a real `warraq serve` over it, and a real browser."""

import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from archiver import extract_article
from archiver.clock import as_text
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.snapshots import Exchange
from archiver.store.tables import new_row_id
from archiver.urls import identity, site_of
from archiver.web.app import create_app
from tests.crawl.conftest import ROOT, Desk, environment
from tests.newsroom.server import Newsroom
from tests.web.hostile import hostile_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)


@dataclass
class Room:
    """The archive, and what a test must know of it."""

    desk: Desk
    site: str  # name of the crawled site
    edited: int  # an article with two versions
    hostile: int  # a snapshot that tries everything
    hostile_article: int

    @property
    def pages(self) -> dict[str, str]:
        """One of every kind of page."""
        return {
            "home": "/",
            "search": "/search?q=الميناء",
            "search refused": "/search?from=yesterday",
            "article": f"/article/{self.edited}",
            "earlier version": f"/article/{self.edited}?version=1",
            "diff": f"/article/{self.edited}/diff?older=1&newer=2",
            "snapshot": f"/snapshot/{self.hostile}",
            "site": f"/site/{self.site}",
            "graph": "/graph",
            "not found": "/article/999999",
        }


@dataclass
class Beacon:
    """A server on loopback that a stored page tries to reach: it notes every connection and every path."""

    port: int = 0
    connections: int = 0
    paths: list[str] = field(default_factory=list)
    pages: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)  # what it serves itself

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> None:
        self.connections = 0
        self.paths.clear()


@pytest.fixture(scope="session")
def beacon() -> Iterator[Beacon]:
    noted = Beacon()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            noted.paths.append(self.path)
            body, headers = noted.pages.get(self.path, (b"", {}))
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the standard library's spelling

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
            noted.connections += 1
            super().process_request(request, client_address)  # type: ignore[arg-type]

        def handle_error(self, *_: object) -> None:
            pass  # a browser that hangs up in the middle

    server = Server(("127.0.0.1", 0), Handler)
    noted.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield noted
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory, beacon: Beacon) -> Room:
    """The newsroom crawled, and one story fetched again after a correction; and a page that means harm."""
    desk = Desk(tmp_path_factory.mktemp("room") / "archive")
    with Newsroom(40) as newsroom:
        assert desk.crawl(newsroom.url).code == 0
        story = newsroom.url.rstrip("/") + newsroom.edit(newsroom.of_quirk("json_ld")[0].path).path
        with urlopen(story) as answer:
            keep(desk.archive, story, answer.read(), at=datetime.now(UTC))
    site = desk.column("SELECT name FROM sites")[0]
    snapshot, article = keep(desk.archive, "https://hostile.example/story", hostile_page(beacon.url).encode())
    edited = desk.column("SELECT article_id FROM article_versions WHERE cause = 'publisher'")[0]
    return Room(desk, site, edited, snapshot, article)


def keep(
    folder: Path, url: str, html: bytes, content_type: str = "text/html; charset=utf-8", at: datetime = NOON
) -> tuple[int, int]:
    """A page stored as a crawl stores it; gives its snapshot and its article."""
    archive = Archive.create_or_open(folder)
    try:
        kept = archive.snapshots.write(
            Exchange(url, at, "GET", [], 200, [("Content-Type", content_type)], html)
        )
        values = {name: getattr(kept, name) for name in kept.__slots__}
        values |= {"url": url, "url_key": identity(url), "fetched_at": as_text(at), "status": 200}
        added = archive.connection.execute(
            t.table_of(t.Snapshot).insert().values(**values, content_type=content_type)
        )
        snapshot = new_row_id(added)
        stored = archive.articles.store(
            replace(extract_article(html, url, fetched_at=at), site=site_of(url)),
            site_id=archive.site_id(url),
            snapshot_id=snapshot,
            fetched_at=as_text(at),
        )
        archive.commit()
        return snapshot, stored.article_id
    finally:
        archive.close()


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with TestClient(create_app(room.desk.archive), base_url="http://127.0.0.1") as made:
        yield made


def text_of(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.fixture(scope="session")
def address(room: Room) -> Iterator[str]:
    """Where `warraq serve` listens, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "archiver.cli", "serve", "--port", "0", "--archive", str(room.desk.archive)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(room.desk.archive.parent),
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    assert "http://" in said, said + process.stdout.read()
    yield said.split("http://")[1].split("/")[0].join(("http://", ""))
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0, rest
    assert "Traceback" not in rest


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, "no Chromium: `make browser`, or apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page in the browser, with all it asked for and complained of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)  # those that were answered

    @property
    def elsewhere(self) -> list[str]:
        """Requests that left the reading room."""
        return [each for each in self.requests if not each.startswith((self.address, "data:"))]

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A reader's browser, with nothing kept from before."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    made = Visit(context.new_page(), address)
    made.page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("response", lambda came: made.requests.append(came.url))
    yield made
    context.close()
