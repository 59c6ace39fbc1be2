"""What may become an article row: an article, within the bounds the crawl was given."""

from dataclasses import replace
from typing import Any

from archiver.crawl import Crawl
from archiver.left_out import left_for_day, left_for_section
from archiver.outcomes import Outcome
from archiver.progress import Harvest
from pipelines.outcomes import NotKept
from pipelines.stage import HarvestPipeline


class ValidatePipeline(HarvestPipeline):
    """Drops, with a named outcome, what is out of range or out of section, and what has no text at all."""

    def take(self, item: Harvest, crawl: Crawl) -> Any:
        article = item.article
        if not article.title and not article.body:
            raise NotKept(Outcome.OTHER_PAGE, "neither title nor body was found")
        if not crawl.bounds.admits_day(article.published_at):
            raise NotKept(Outcome.OUT_OF_RANGE, left_for_day(article))
        if not crawl.bounds.admits_section(article):
            raise NotKept(Outcome.OUT_OF_SECTION, left_for_section(article))
        return replace(item, article=replace(article, site=item.site.name))
