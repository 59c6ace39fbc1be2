"""An archived article fetched again: whose doing is it that it reads differently?

What the publisher changed and what our parser reads better are never one version. Before a new reading
is stored that says something else, the page we had is read again with today's parser: what that changes
is a version of cause `parser`, on the old snapshot; only what differs then is the publisher's.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archiver.article import Article
from archiver.dating import hides_text, keep_date
from archiver.outcomes import Outcome
from archiver.progress import Harvest
from archiver.reparse import read_again
from archiver.store.reading import article_item
from archiver.urls import identity

if TYPE_CHECKING:
    from spiders.news import NewsSpider


async def settle_reading(spider: "NewsSpider", harvest: Harvest) -> Harvest | None:
    """The harvest with its cause: what our parser makes of the page we had is stored before it. None of a stub whose
    text is archived whole: nothing is taken over from it.
    """
    crawl = spider.crawl
    lives_here = crawl.articles.lives_at(identity(harvest.article.url))
    article_id = crawl.articles.changed_by(harvest.article)
    if article_id is None or (harvest.row.fetched_at is None and not lives_here):
        return harvest
    item = article_item(crawl.archive.connection, article_id)
    if lives_here and hides_text(item, harvest.article):
        crawl.articles.note_there(harvest.row.url_key, harvest.snapshot.fetched_at)
        crawl.finish(
            harvest.site,
            harvest.row,
            Outcome.PAYWALLED,
            detail=f"the whole text stays: {harvest.evidence}",
            snapshot=harvest.snapshot,
            gave=harvest.gave,
            **harvest.facts,
        )  # without the article: it gave none
        return None
    article = _kept(item, harvest.article, lives_here=lives_here)
    is_settled = item["parser"] == article.parser or harvest.article.published_at is not None
    if article is not harvest.article and is_settled and crawl.articles.changed_by(article) is None:
        return replace(harvest, article=article)
    if any(each["code"] == "pages_missing" for each in item["warnings"]):
        return replace(
            harvest, article=article, cause="unclear"
        )  # what came to it may have been there before
    again = await read_again(crawl.archive, spider.pool, article_id)
    if again.result in ("lost", "failed"):
        return replace(harvest, article=article, cause="unclear")
    item = article_item(crawl.archive.connection, article_id)
    return replace(harvest, article=_kept(item, harvest.article, lives_here=lives_here))


def _kept(item: dict[str, Any], article: Article, *, lives_here: bool) -> Article:
    """The article with the date that is known of it; an address that is another's by now borrows none."""
    return keep_date(item, article) if lives_here or article.published_at is not None else article
