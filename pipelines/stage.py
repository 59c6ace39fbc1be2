"""What the three item pipelines share: they see harvests, and the crawl they belong to."""

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from sqlalchemy.exc import SQLAlchemyError

from archiver.crawl import Crawl
from archiver.progress import Harvest


class HarvestPipeline:
    """An item pipeline for harvests; any other item passes by."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Harvest):
            return item
        spider: Any = self._crawler.spider
        if spider.fatal is None:
            try:
                return self.take(item, spider.crawl)
            except SQLAlchemyError as error:
                spider.stop_for(error)
        raise DropItem("the archive cannot be written")

    def take(self, item: Harvest, crawl: Crawl) -> Any:
        """The harvest for the next pipeline, or what stands for it; raises `NotKept` to drop it."""
        raise NotImplementedError
