"""How a crawl is stopped before its end (`--max-runtime`, SIGTERM): what is under way gets a short grace, and is then
given up. Its row in the frontier stays pending.
"""

import asyncio
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class GivenUp(IgnoreRequest):
    """The crawl was stopped, and this request took longer than its grace: no outcome of the address."""


class Stopping:
    """When to give up; `given_up` is done from then on."""

    def __init__(self, grace: float) -> None:
        self.given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._grace = grace
        self._since: float | None = None

    def look(self, crawler: Crawler, moment: float) -> None:
        """To be called again and again: gives up once the crawl has been closing for longer than the grace."""
        assert crawler.engine is not None
        slot = crawler.engine._slot
        if slot is None or slot.closing is None or self.given_up.done():
            return
        if self._since is None:
            self._since = moment
        if moment - self._since >= self._grace:
            self.given_up.set_result(None)
            for each in crawler.engine.downloader.slots.values():
                while each.queue:  # these wait for their turn
                    each.queue.popleft()[1].errback(GivenUp())


class HandlerThatGivesUp(HTTP11DownloadHandler):
    """Scrapy's download handler, whose requests end when they are given up."""

    async def download_request(self, request: Request) -> Response:
        given_up: asyncio.Future[None] = self._crawler.spider.stopping.given_up  # type: ignore[union-attr]
        if given_up.done():
            raise GivenUp
        response = asyncio.ensure_future(super().download_request(request))
        either: set[asyncio.Future[Any]] = {response, given_up}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not response.done():
            response.cancel()
            raise GivenUp
        return await response
