"""How fast a site is asked: AutoThrottle, but never faster than its robots.txt or its Retry-After allow."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from scrapy import Request, Spider
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from archiver.clock import now

MAX_CRAWL_DELAY = 60.0  # seconds; more would be a way to say no, and robots.txt has one
DEFAULT_HOLD = 30.0  # seconds of rest after a 429 or 503 that names none


class Politeness(AutoThrottle):
    """AutoThrottle with a floor for each site: what Crawl-delay asks for."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        self.keep_floor(request, spider)

    def keep_floor(self, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        if slot is not None and key is not None:
            slot.delay = max(slot.delay, spider.crawl_delays.get(key, 0.0))  # type: ignore[attr-defined]


def retry_after(response: Response) -> float | None:
    """Seconds a response asks to wait, from either form of Retry-After; None where it does not ask."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if not value:
        return None
    if value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now()).total_seconds())
