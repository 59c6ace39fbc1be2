"""Writes the article, its version and all that belongs to it, with the outcome of the try, in one transaction."""

from typing import Any

from archiver.crawl import Crawl
from archiver.outcomes import Outcome
from archiver.progress import Harvest
from archiver.schedule import dated
from pipelines.stage import HarvestPipeline


class PersistPipeline(HarvestPipeline):
    """The last pipeline: what it returns is the item as every surface shows it."""

    def take(self, item: Harvest, crawl: Crawl) -> Any:
        stored = crawl.articles.store(
            item.article,
            site_id=item.site.id,
            snapshot_id=item.snapshot.id,
            fetched_at=item.snapshot.fetched_at,
            cause=item.cause,
            pages=item.pages,
        )
        for url in item.row.hints.get("redirected_from", ()):
            crawl.articles.add_alias(url, stored.article_id, "redirect")
        outcome = stored.outcome
        if outcome == Outcome.ARTICLE and item.verdict_kind == "paywalled":
            outcome = Outcome.PAYWALLED
        crawl.finish(
            item.site,
            item.row,
            outcome,
            detail=item.evidence,
            snapshot=item.snapshot,
            article_id=stored.article_id,
            gave=item.gave,
            dated=self._dated(item, stored.outcome),
            **item.facts,
        )
        return stored.item

    @staticmethod
    def _dated(item: Harvest, outcome: Outcome) -> str | None:
        known = dated(item.article.published_at, item.snapshot.fetched_at)
        return item.snapshot.fetched_at if known is None and outcome == Outcome.ARTICLE else known
