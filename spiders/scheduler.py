"""Scrapy's scheduler over the frontier in the database."""

from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from archiver.candidate import Candidate
from archiver.progress import SiteCrawl
from archiver.store.frontier import Pending
from archiver.urls import canonicalise, in_site

if TYPE_CHECKING:
    from spiders.news import NewsSpider


class FrontierScheduler(BaseScheduler):
    """Hands the frontier's rows out as requests; what is under way stays pending in the database."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: NewsSpider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self._spider = spider  # type: ignore[assignment]
        self._spider.open_crawl()

    def has_pending_requests(self) -> bool:
        return self._spider.fatal is None and self._spider.crawl.waiting()

    def next_request(self) -> Request | None:
        try:
            found = self._spider.crawl.next() if self._spider.fatal is None else None
        except SQLAlchemyError as error:
            self._spider.stop_for(error)
            return None
        return self._request(*found) if found else None

    def enqueue_request(self, request: Request) -> bool:
        """A request from elsewhere (a subclass, an extension) joins the frontier of its site."""
        url = canonicalise(request.url)
        for site in self._spider.crawl.sites.values():
            if in_site(url, site.name):
                self._spider.crawl.reopening.candidates(site.id, [Candidate(url, "page", 1)])
                site.refill = True
                return True
        return False

    def _request(self, site: SiteCrawl, row: Pending) -> Request:
        headers = {}
        if row.etag:
            headers["If-None-Match"] = row.etag
        if row.last_modified:
            headers["If-Modified-Since"] = row.last_modified
        return Request(
            row.url,
            callback=self._spider.parse,
            errback=self._spider.failed,
            headers=headers,
            dont_filter=True,
            meta={
                "site": site,
                "row": row,
                "download_slot": site.name,
                "dont_redirect": True,
                "download_fail_on_dataloss": False,  # see `responses.came_whole`
            },
        )
