"""One article is one row: a page that is another address of an archived article becomes an alias."""

from typing import Any, Self

from scrapy.crawler import Crawler

from archiver.crawl import Crawl, Harvest
from archiver.outcomes import Outcome
from pipelines.outcomes import NotKept


class DeduplicatePipeline:
    """Drops twins by canonical link and text, keeping their address; redirects become aliases later."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Harvest):
            return item
        crawl: Crawl = self._crawler.spider.crawl  # type: ignore[union-attr]
        twin = crawl.articles.twin_of(item.article)
        if twin is not None:
            crawl.articles.add_alias(item.article.url, twin, "canonical")
            raise NotKept(Outcome.ARTICLE_TWIN, f"canonical: {item.article.canonical_url}", twin)
        return item
