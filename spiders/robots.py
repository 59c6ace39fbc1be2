"""robots.txt as RFC 9309 has it: what it forbids is not asked for, and without its answer nothing is."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from archiver.outcomes import Outcome
from archiver.payload import PayloadError, decode_payload
from archiver.urls import identity

MOST_TRIES = 3
PAUSE = 4.0  # seconds between two tries at a host's robots.txt
MAX_ROBOTS = 512 * 1024  # bytes that are read; RFC 9309 asks for 500 KiB at the least
FEW_BYTES = 8
DENY_ALL = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A host whose robots.txt could not be had: why, since when, after how many tries."""

    error: Exception
    at: float  # time.monotonic()
    tries: int


class RobotsDenied(IgnoreRequest):
    """robots.txt does not allow the address."""


class RobotsRedirects(RedirectMiddleware):
    """Scrapy's, for robots.txt alone, whose requests name no referrer: nothing has to be done for one."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        made = cls(crawler.settings)
        made.crawler = crawler
        return made

    def handle_referer(self, request: Request, response: Response) -> None:
        pass


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, with what it leaves out: an error of the server's forbids everything (RFC 9309, 2.3.1.4),
    a missing file allows everything, an unreachable host is an error of its own, and each try is noted.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, Unreachable] = {}
        self._refused: dict[str, str] = {}  # host: what its robots.txt gave instead
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(
            logging.CRITICAL
        )  # they are outcomes

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        unreachable = self._unreachable.get(_netloc(request.url))
        if unreachable is not None:
            raise unreachable.error
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            refused = self._refused.get(_netloc(request.url))
            why = f"could not be had ({refused}), so nothing is asked for" if refused else "does not allow it"
            raise RobotsDenied(f"robots.txt {why}") from None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The host's rules; a host that could not be reached is asked again a little later, a few times."""
        netloc = _netloc(request.url)
        unreachable = self._unreachable.get(netloc)
        if (
            unreachable is not None
            and unreachable.tries < MOST_TRIES
            and monotonic() - unreachable.at >= PAUSE
        ):
            self._parsers.pop(netloc, None)
        parser = await super().robot_parser(request)
        if parser is not None:
            self._unreachable.pop(netloc, None)
        return parser

    def forget(self, url: str) -> None:
        """The host of this address is asked anew: it may answer in the other scheme."""
        self._parsers.pop(_netloc(url), None)
        self._unreachable.pop(_netloc(url), None)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        body, refused = b"", None
        if response.status == HTTPStatus.OK:
            try:
                body = _rules_of(response)
            except PayloadError as error:
                refused = str(error)
        elif (
            response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or response.status == HTTPStatus.TOO_MANY_REQUESTS
        ):
            refused = f"HTTP {response.status}"
        self._note(response, request, refused)
        if refused is not None:
            body = DENY_ALL
            self._refused[netloc] = refused
        await super()._parse_robots(response.replace(body=body), netloc, request)
        parser = self._parsers[netloc]
        if (
            response.status == HTTPStatus.OK
            and isinstance(parser, ProtegoRobotParser)
            and "row" in request.meta
        ):
            self.crawler.spider.robots_read(request.meta["site"], parser.rp, response.url)  # type: ignore[union-attr]

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, IgnoreRequest):
            before = self._unreachable.get(netloc)
            self._unreachable[netloc] = Unreachable(exc, monotonic(), before.tries + 1 if before else 1)
        super()._robots_error(exc, netloc)

    def _note(self, response: Response, request: Request, refused: str | None) -> None:
        crawl, site = self.crawler.spider.crawl, request.meta["site"]  # type: ignore[union-attr]
        detail = refused if response.status == HTTPStatus.OK else f"HTTP {response.status}"
        crawl.ledger.note(
            site,
            response.url,
            identity(response.url),
            Outcome.ROBOTS,
            detail=detail,
            status=response.status,
            size=len(response.body),
            snapshot=response.meta.get("snapshot"),
        )


def _rules_of(response: Response) -> bytes:
    """The rules in a response. A few bytes less than its length promises are a slip of the server's.

    Raises `PayloadError` where more is missing, for that may be what forbids, and where it cannot be unpacked.
    """
    if "dataloss" in response.flags:
        promised = (response.headers.get(b"Content-Length") or b"").decode("latin-1")
        if not promised.isdecimal() or int(promised) - len(response.body) > FEW_BYTES:
            raise PayloadError(f"it breaks off behind {len(response.body)} bytes")
    encoding = (response.headers.get(b"Content-Encoding") or b"").decode("latin-1")
    rules = decode_payload(response.body, encoding, MAX_ROBOTS)
    if len(rules) < MAX_ROBOTS:
        return rules
    return rules[:MAX_ROBOTS].rpartition(b"\n")[0]  # a rule that is cut off may forbid more than was written


def _netloc(url: str) -> str:
    return url.split("/", 3)[2]
