"""One article is one row: a page that is another address of an archived article becomes an alias."""

from typing import Any

from archiver.crawl import Crawl
from archiver.outcomes import Outcome
from archiver.progress import Harvest
from pipelines.outcomes import NotKept
from pipelines.stage import HarvestPipeline


class DeduplicatePipeline(HarvestPipeline):
    """Drops twins by canonical link and text, keeping their address; redirects become aliases later."""

    def take(self, item: Harvest, crawl: Crawl) -> Any:
        twin = crawl.articles.twin_of(item.article)
        if twin is not None:
            crawl.articles.add_alias(item.article.url, twin, "canonical")
            raise NotKept(Outcome.ARTICLE_TWIN, f"canonical: {item.article.canonical_url}", twin)
        return item
