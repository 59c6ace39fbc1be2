"""robots.txt as RFC 9309 has it: what it forbids is not asked for, and without its answer nothing is."""

import logging
from http import HTTPStatus
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from archiver.outcomes import Outcome
from archiver.payload import PayloadError, decode_payload
from archiver.urls import identity

MAX_ROBOTS = 512 * 1024  # bytes that are read; RFC 9309 asks for 500 KiB at the least
DENY_ALL = b"User-agent: *\nDisallow: /\n"


class RobotsDenied(IgnoreRequest):
    """robots.txt does not allow the address."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, with what it leaves out: an error of the server's forbids everything (RFC 9309, 2.3.1.4),
    a missing file allows everything, an unreachable host is an error of its own, and each try is noted.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, Exception] = {}
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(
            logging.CRITICAL
        )  # they are outcomes

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        error = self._unreachable.get(_netloc(request.url))
        if error is not None:
            raise error
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RobotsDenied(f"robots.txt does not allow {request.url}") from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        self._note(response, request)
        body = b""
        if response.status == HTTPStatus.OK:
            try:
                encoding = (response.headers.get(b"Content-Encoding") or b"").decode("latin-1")
                body = decode_payload(response.body, encoding, MAX_ROBOTS)[:MAX_ROBOTS]
            except PayloadError:
                body = DENY_ALL
        elif (
            response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or response.status == HTTPStatus.TOO_MANY_REQUESTS
        ):
            body = DENY_ALL
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
            self._unreachable[netloc] = exc
        super()._robots_error(exc, netloc)

    def _note(self, response: Response, request: Request) -> None:
        crawl, site = self.crawler.spider.crawl, request.meta["site"]  # type: ignore[union-attr]
        detail = None if response.status == HTTPStatus.OK else f"HTTP {response.status}"
        crawl.note(
            site,
            response.url,
            identity(response.url),
            Outcome.ROBOTS,
            detail=detail,
            status=response.status,
            size=len(response.body),
            snapshot=response.meta.get("snapshot"),
        )


def _netloc(url: str) -> str:
    return url.split("/", 3)[2]
