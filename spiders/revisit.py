"""An archived article fetched again: whose doing is it that it reads differently?

What the publisher changed and what our parser reads better are never one version. Before a new reading
is stored that says something else, the page we had is read again with today's parser: what that changes
is a version of cause `parser`, on the old snapshot; only what differs then is the publisher's.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from archiver.dating import keep_date
from archiver.progress import Harvest
from archiver.reparse import read_again
from archiver.store.reading import article_item

if TYPE_CHECKING:
    from spiders.news import NewsSpider


async def settle_reading(spider: "NewsSpider", harvest: Harvest) -> Harvest:
    """The harvest with its cause: what our parser makes of the page we had is stored before it."""
    crawl = spider.crawl
    if harvest.row.fetched_at is None or (article_id := crawl.articles.changed_by(harvest.article)) is None:
        return harvest
    item = article_item(crawl.archive.connection, article_id)
    article = keep_date(item, harvest.article)
    if article is not harvest.article and crawl.articles.changed_by(article) is None:
        return replace(harvest, article=article)
    again = await read_again(crawl.archive, spider.pool, article_id)
    if again.result in ("lost", "failed"):
        return replace(harvest, article=article, cause="unclear")
    item = article_item(crawl.archive.connection, article_id)
    return replace(harvest, article=keep_date(item, harvest.article))
