"""A fast news site of many articles on loopback, for timing crawls against.

    python benchmarks/loopback_site.py --articles 2000 --port 0      # prints its address when ready

    with LoopbackSite(articles=2000) as site:                        # in a process of its own
        crawl(site.url)

Every page is rendered before the first request, plain and gzipped, and served by a bare asyncio
protocol, so that the site costs the crawl as little as can be. `/robots.txt` names `/sitemap.xml`,
which lists every article; the front page, section, tag and author listings are there too. The pages
are Sahifa pages of 25 to 60 KB, whose stories differ from one another.
"""

import argparse
import asyncio
import gzip
import hashlib
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.planted import Newswire  # noqa: E402
from tests.newsroom import sitemaps_and_feeds, themes  # noqa: E402
from tests.newsroom.copydesk import SECTIONS, Blocks, write  # noqa: E402
from tests.newsroom.markup import link  # noqa: E402
from tests.newsroom.pages import front, listing, lone_page  # noqa: E402
from tests.newsroom.press import Boxes, Press, author_path, section_path, tag_path  # noqa: E402
from tests.newsroom.stories import ZONE, Story, later_story  # noqa: E402

NEWEST = datetime(2025, 11, 1, 9, 0, tzinfo=ZONE)
PER_LISTING = 50
PER_SITEMAP = 1000
HTML, XML, TEXT = "text/html; charset=UTF-8", "text/xml; charset=UTF-8", "text/plain; charset=utf-8"


class LoopbackSite:
    """The site as a context manager: it runs in its own process, and ends with this one."""

    def __init__(self, articles: int = 2000, port: int = 0, texts: int = 0) -> None:
        self.articles = articles
        self.texts = texts
        self.port = port
        self.url = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).resolve()),
                "--articles",
                str(self.articles),
                "--port",
                str(self.port),
                "--texts",
                str(self.texts),
                "--until-stdin-ends",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"the loopback site did not start: exit code {self._process.wait()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    @property
    def sitemap(self) -> str:
        return f"{self.url}sitemap.xml"


# ---------------------------------------------------------------- the stories


def stories(count: int, texts: int = 0) -> list[Story]:
    """`count` stories of all lengths, newest first, each with sentences of every section, which other stories have too;
    with a number for `texts`, of words of their own, as they are with no other number.
    """
    taken: set[str] = set()
    wire = Newswire(texts).articles(count) if texts else None
    made = []
    for number in range(count):
        story = later_story(number, NEWEST - timedelta(hours=5 * number), taken)
        own = None if wire is None else [("paragraph", each) for each in next(wire).body.split("\n\n")]
        made.append(replace(story, blocks=tuple(own) if own else _blocks(number, story.section)))
    return made


def _blocks(number: int, section: str) -> Blocks:
    dice = random.Random(f"سرعة {number}")
    own = write(number, section, paragraphs=3).blocks
    others = [
        block
        for each in SECTIONS
        if each != section
        for block in write(number + 100_000, each, paragraphs=22).blocks
        if block[0] == "paragraph"
    ]
    return (*own[:-1], *dice.sample(others, dice.randint(3, 48)), own[-1])


# ---------------------------------------------------------------- the pages


@dataclass(frozen=True, slots=True)
class Ready:
    """One page as finished responses: plain, gzipped, and for those who have it already."""

    plain: bytes
    zipped: bytes
    unchanged: bytes
    etag: bytes


def ready(body: str, content_type: str = HTML) -> Ready:
    raw = body.encode()
    etag = f'W/"{hashlib.sha1(raw).hexdigest()[:16]}"'
    shared = f"Server: nginx\r\nContent-Type: {content_type}\r\nETag: {etag}\r\nVary: Accept-Encoding\r\n"

    def response(status: str, more: str, payload: bytes) -> bytes:
        return f"HTTP/1.1 {status}\r\n{shared}{more}\r\n".encode() + payload

    small = gzip.compress(raw, compresslevel=6, mtime=0)
    return Ready(
        plain=response("200 OK", f"Content-Length: {len(raw)}\r\n", raw),
        zipped=response("200 OK", f"Content-Encoding: gzip\r\nContent-Length: {len(small)}\r\n", small),
        unchanged=response("304 Not Modified", "", b""),
        etag=etag.encode(),
    )


def pages(home: str, count: int, texts: int = 0) -> Iterator[tuple[str, Ready]]:
    """Every address of the site (decoded path) with its page."""
    told = stories(count, texts)
    press = Press(home, NEWEST + timedelta(days=1))
    for story in told:
        yield unquote(story.path), ready(themes.article(story, _boxes(story.number, told), press))
    boxes = _boxes(-1, told)
    latest = [link(press, each) for each in told[:60]]
    yield "/", ready(front(press, boxes, [("آخر الأخبار", latest)]))
    yield from _listings(press, boxes, told)
    yield from _plumbing(press, told)


def _boxes(number: int, told: Sequence[Story]) -> Boxes:
    dice = random.Random(number)
    chosen = dice.sample(told, min(len(told), dice.randint(16, 40)))  # some pages have long sidebars
    return Boxes(
        check_also=chosen[0],
        related=chosen[1:4],
        ticker=chosen[4:9],
        sidebar=chosen[11:],
        neighbours=chosen[9:11],
        inline=(),
    )


def _listings(press: Press, boxes: Boxes, told: Sequence[Story]) -> Iterator[tuple[str, Ready]]:
    for section in SECTIONS:
        mine = [each for each in told if each.section == section]
        parts = [mine[start : start + PER_LISTING] for start in range(0, len(mine), PER_LISTING)]
        path = section_path(section)
        for page, part in enumerate(parts, 1):
            text = listing(press, boxes, section, path, part, page, len(parts))
            yield unquote(path) + (f"page/{page}/" if page > 1 else ""), ready(text)
    named = {tag_path(tag): tag for each in told for tag in each.tags}
    named |= {author_path(each.author): each.author for each in told}
    for path, name in named.items():
        mine = [each for each in told if name in (*each.tags, each.author)][:PER_LISTING]
        yield unquote(path), ready(listing(press, boxes, name, path, mine, 1, 1))


def _plumbing(press: Press, told: Sequence[Story]) -> Iterator[tuple[str, Ready]]:
    """robots.txt, the sitemaps, the feed, and the pages that every footer links to."""
    robots = f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {press.home}/sitemap.xml\n"
    yield "/robots.txt", ready(robots, TEXT)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = [told[start : start + PER_SITEMAP] for start in range(0, len(told), PER_SITEMAP)]
    names = [f"/posts-{number}.xml" for number in range(len(parts))]
    index = "".join(f"<sitemap><loc>{press.home}{name}</loc></sitemap>\n" for name in names)
    yield "/sitemap.xml", ready(f"<sitemapindex {space}>\n{index}</sitemapindex>\n", XML)
    for name, part in zip(names, parts, strict=True):
        rows = (
            f"<url><loc>{press.url(each.path)}</loc><lastmod>{each.changed.isoformat()}</lastmod></url>"
            for each in part
        )
        yield name, ready("\n".join((f"<urlset {space}>", *rows, "</urlset>\n")), XML)
    yield "/feed/", ready(sitemaps_and_feeds.feed(press, told[:20]), XML)
    yield "/comments/feed/", ready(sitemaps_and_feeds.comments(press, told[:20]), XML)
    for name in ("من نحن", "اتصل بنا"):
        page = lone_page(press, _boxes(-1, told), name, ["صحيفة متخيلة لقياس السرعة."])
        yield f"/{name.replace(' ', '-')}/", ready(page)


# ---------------------------------------------------------------- the server

_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\nmissing\n"


class Http(asyncio.Protocol):
    """As much of HTTP/1.1 as a crawler's GET needs."""

    def __init__(self, site: dict[str, Ready]) -> None:
        self._site = site
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._waiting = (self._waiting + data).split(b"\r\n\r\n")
        for request in requests:
            line, _, headers = request.partition(b"\r\n")
            headers = headers.lower()
            self._transport.write(self._answer(line, headers))
            if b"connection: close" in headers:
                self._transport.close()

    def _answer(self, line: bytes, headers: bytes) -> bytes:
        method, _, rest = line.partition(b" ")
        path = unquote(urlsplit(rest.rpartition(b" ")[0].decode("utf-8", "replace")).path)
        page = self._site.get(path)
        if page is None:
            answer = _MISSING
        elif b"if-none-match" in headers and page.etag.lower() in headers:
            answer = page.unchanged
        else:
            answer = page.zipped if b"gzip" in headers else page.plain
        return answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == b"HEAD" else answer


async def serve(listening: socket.socket, site: dict[str, Ready]) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Http(site), sock=listening, backlog=256)
    async with server:
        await server.serve_forever()


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A fast news site on loopback, for timing crawls.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--texts", type=int, default=0, help="a number: other numbers, other texts")
    parser.add_argument("--until-stdin-ends", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    if chosen.articles < 20:
        parser.error("the site needs 20 articles at least")
    listening = socket.create_server(("127.0.0.1", chosen.port), backlog=256)
    home = f"http://127.0.0.1:{listening.getsockname()[1]}"
    site = dict(pages(home, chosen.articles, chosen.texts))
    if chosen.until_stdin_ends:
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(f"{home}/", flush=True)
    try:
        asyncio.run(serve(listening, site))
    except KeyboardInterrupt:
        listening.close()


if __name__ == "__main__":
    main()
