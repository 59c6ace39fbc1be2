"""Keeps every response as it came over the wire, before anything reads or follows it."""

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archiver.clock import now
from archiver.store.snapshots import Exchange, Headers
from archiver.urls import identity


class SnapshotMiddleware:
    """The downloader middleware next to the wire: articles, listings, feeds, robots.txt, redirects, errors."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        crawl: Any = self._crawler.spider.crawl  # type: ignore[union-attr]
        if self._crawler.spider.fatal is not None:  # type: ignore[union-attr]
            raise IgnoreRequest("the archive cannot be written")
        row = request.meta.get("row")
        hints = {**(row.hints if row else {}), "url_key": row.url_key if row else identity(request.url)}
        if (site := request.meta.get("site")) is not None:
            hints["site"] = site.start_url
        request.meta["snapshot"] = crawl.ledger.keep(
            Exchange(
                url=request.url,
                fetched_at=now(),
                method=request.method,
                request_headers=_headers(request),
                status=response.status,
                response_headers=_headers(response),
                body=response.body,
                protocol=response.protocol or "HTTP/1.1",
                ip_address=str(response.ip_address) if response.ip_address else None,
                hints=hints,
            ),
            seen=row is None or row.fetched_at is not None,
        )
        return response


def _headers(message: Request | Response) -> Headers:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values or ()
    ]
