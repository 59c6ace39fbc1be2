"""An archived article fetched again: whose doing is it that it reads differently?

What the publisher changed and what our parser reads better are never one version. Before a new reading
is stored that says something else, the page we had is read again with today's parser: what that changes
is a version of cause `parser`, on the old snapshot; only what differs then is the publisher's.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from archiver.article import Article, Precision, Provenance
from archiver.extract.published_text import RELATIVE
from archiver.progress import Harvest
from archiver.reparse import read_again
from archiver.store.reading import article_item

if TYPE_CHECKING:
    from spiders.news import NewsSpider

SLACK: dict[Precision, timedelta] = {
    "second": timedelta(minutes=2),
    "minute": timedelta(minutes=2),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
"""How far two readings of one relative date may lie apart."""
DAY = len("2023-05-30")


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


def keep_date(item: dict[str, Any], article: Article) -> Article:
    """The article with the date the archive has, where they agree and either was read from a relative phrase, or is the
    day alone of which the other tells the hour.

    «منذ ساعتين» is another moment each time it is read, and no edit; nor is a template that prints the hour.
    """
    known, read = item["provenance"].get("published_at"), article.provenance.get("published_at")
    if known is None or read is None or article.published_at is None or item["published_at"] is None:
        return article
    text: str = item["published_at"]
    told = article.published_at.isoformat()
    is_of_day = len(text) != len(told) and min(text, told, key=len) == max(text, told, key=len)[:DAY]
    if not is_of_day and not RELATIVE.search(known["raw"]) and not RELATIVE.search(read.raw):
        return article
    precision: Precision = item["published_precision"]
    slack = max(SLACK[precision], SLACK[article.published_precision or "day"])
    value = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    if abs(_moment(value) - _moment(article.published_at)) > slack:
        return article
    provenance = {**article.provenance, "published_at": Provenance(**known)}
    return replace(article, published_at=value, published_precision=precision, provenance=provenance)


def _moment(value: date) -> datetime:
    """A day or moment as a moment; without a zone as if in UTC."""
    moment = (
        value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
