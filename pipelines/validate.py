"""What may become an article row: an article, within the bounds the crawl was given."""

from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler

from archiver.crawl import Crawl, Harvest
from archiver.outcomes import Outcome
from pipelines.outcomes import NotKept


class ValidatePipeline:
    """Drops, with a named outcome, what is out of range or out of section, and what has no text at all."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Harvest):
            return item
        crawl: Crawl = self._crawler.spider.crawl  # type: ignore[union-attr]
        article = item.article
        if not article.title and not article.body:
            raise NotKept(Outcome.OTHER_PAGE, "neither title nor body was found")
        if not crawl.bounds.admits_day(article.published_at):
            raise NotKept(Outcome.OUT_OF_RANGE, f"published {article.published_at or 'on an unknown day'}")
        if not crawl.bounds.admits_section(article):
            raise NotKept(Outcome.OUT_OF_SECTION, f"section {article.section or 'unknown'}")
        return replace(item, article=replace(article, site=item.site.name))
