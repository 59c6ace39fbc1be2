"""Sees to it that what never reaches the archive still has its outcome."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from twisted.python.failure import Failure

from archiver.outcomes import Outcome
from archiver.progress import Harvest


class NotKept(DropItem):
    """An article that is not to become a row, and the outcome that says why."""

    def __init__(self, outcome: Outcome, detail: str | None = None, article_id: int | None = None) -> None:
        super().__init__(detail or str(outcome))
        self.outcome = outcome
        self.detail = detail
        self.article_id = article_id


class OutcomeRecorder:
    """Notes the outcome of articles that the pipelines dropped, and of defects in our own code."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.dropped, signal=signals.item_dropped)
        crawler.signals.connect(self.broke_in_pipeline, signal=signals.item_error)
        crawler.signals.connect(self.broke_in_spider, signal=signals.spider_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def dropped(self, item: Any, exception: Exception) -> None:
        if isinstance(exception, NotKept):
            self._finish(item, exception.outcome, exception.detail, exception.article_id)

    def broke_in_pipeline(self, item: Any, failure: Failure) -> None:
        self._finish(item, Outcome.PARSE_ERROR, _words(failure))

    def broke_in_spider(self, failure: Failure, response: Response | None) -> None:
        if response is not None and "row" in response.meta:
            crawl: Any = self._crawler.spider.crawl  # type: ignore[union-attr]
            crawl.finish(
                response.meta["site"],
                response.meta["row"],
                Outcome.PARSE_ERROR,
                status=response.status,
                detail=_words(failure),
                snapshot=response.meta.get("snapshot"),
            )

    def _finish(self, item: Any, outcome: Outcome, detail: str | None, article_id: int | None = None) -> None:
        if isinstance(item, Harvest):
            crawl: Any = self._crawler.spider.crawl  # type: ignore[union-attr]
            crawl.finish(
                item.site,
                item.row,
                outcome,
                detail=detail,
                snapshot=item.snapshot,
                article_id=article_id,
                gave=item.gave,
                **item.facts,
            )


def _words(failure: Failure) -> str:
    return f"{type(failure.value).__name__}: {failure.value}"


class QuietLogFormatter(LogFormatter):
    """Outcomes are rows in the database; the log is for what needs a person."""

    def dropped(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        return None

    def scraped(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        return None

    def crawled(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        return None

    def download_error(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        return None
