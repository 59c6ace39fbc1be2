"""How fast a site is asked: AutoThrottle, but never faster than its robots.txt or its Retry-After allow."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from archiver.clock import now

MAX_CRAWL_DELAY = 60.0  # seconds; more would be a way to say no, and robots.txt has one
DEFAULT_HOLD = 30.0  # seconds of rest after a 429 or 503 that names none
LONGEST_REST = (
    7 * 24 * 3_600.0
)  # seconds that a server is left alone for at most, whatever it asks: it may be a slip


class Politeness(AutoThrottle):
    """AutoThrottle with a floor for each site: what Crawl-delay asks for."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        self.keep_floor(request, spider)

    def keep_floor(self, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        if slot is not None and key is not None:
            slot.delay = max(slot.delay, spider.crawl_delays.get(key, 0.0))  # type: ignore[attr-defined]


class OneAtATime:
    """The downloader middleware next to the engine: frees a site's connection once a response is in, and
    holds the site first where the response asks for it, so that nothing slips out in between.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        wait = asked_to_wait(response, request.meta["row"].attempts) if "row" in request.meta else None
        if wait is not None:
            self._crawler.spider.crawl.hold(request.meta["site"], wait)  # type: ignore[union-attr]
        self._arrived(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._arrived(request)

    def _arrived(self, request: Request) -> None:
        if "row" in request.meta:
            self._crawler.spider.crawl.arrived(request.meta["site"], request.meta["row"])  # type: ignore[union-attr]


def asked_to_wait(response: Response, attempts: int) -> float | None:
    """Seconds of rest that a 429, or a 503 with Retry-After, asks for; None for any other response."""
    seconds = retry_after(response)
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return DEFAULT_HOLD * 2 ** min(attempts, 5) if seconds is None else seconds
    return seconds if response.status == HTTPStatus.SERVICE_UNAVAILABLE else None


def retry_after(response: Response) -> float | None:
    """Seconds a response asks to wait, from either form of Retry-After, a week at most; None where it does not ask."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if not value:
        return None
    if value.isdigit():
        return min(float(value), LONGEST_REST)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now()).total_seconds()), LONGEST_REST)
