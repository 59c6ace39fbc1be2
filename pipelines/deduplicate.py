"""One article is one row: a page that is another address of an archived article becomes an alias."""

from typing import Any

from archiver.crawl import Crawl
from archiver.outcomes import Outcome
from archiver.progress import Harvest
from archiver.store.twins import Twin
from archiver.urls import is_twin_form
from pipelines.outcomes import NotKept
from pipelines.stage import HarvestPipeline


class DeduplicatePipeline(HarvestPipeline):
    """Drops twins (canonical link, same text), keeping their address; redirects become aliases later."""

    def take(self, item: Harvest, crawl: Crawl) -> Any:
        came_from = item.row.hints.get("redirected_from", ())
        if crawl.articles.follow_move(item.article, came_from):
            crawl.frontier.retire(item.site.id, came_from)
            return item
        twin = crawl.articles.twin_of(item.article)
        if twin is not None and (self._is_simpler(item, twin.url) or self._has_moved(item, twin)):
            crawl.articles.add_alias(item.article.url, twin.article_id, twin.reason)
            crawl.frontier.retire(item.site.id, [twin.url])
            return item
        if twin is not None:
            crawl.learning.read_twin(item.site, item.article, twin.url)
            crawl.articles.add_alias(item.article.url, twin.article_id, twin.reason)
            raise NotKept(Outcome.ARTICLE_TWIN, f"{twin.reason}: {twin.url}", twin.article_id)
        if (seen := crawl.learning.seen_as(item.site, item.article)) is not None:
            article_id, url = seen
            crawl.articles.add_alias(item.article.url, article_id, "same_text")
            raise NotKept(Outcome.ARTICLE_TWIN, f"same_text: {url}", article_id)
        return item

    @staticmethod
    def _has_moved(item: Harvest, twin: Twin) -> bool:
        """Whether the archived article is gone from its address, and stands here as no print or mobile form of it."""
        return twin.is_removed and not is_twin_form(item.article.url)

    @staticmethod
    def _is_simpler(item: Harvest, known: str) -> bool:
        """Whether this is the address of the archived article without what says nothing: it moves here."""
        return known != item.article.url and item.site.parameters.plain(known) == item.article.url
