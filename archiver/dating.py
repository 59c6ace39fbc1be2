"""One date read twice: where two pages tell the same moment in other words, the first reading stays.

«منذ ساعتين» is another moment each time it is read, and no edit; nor is a template that prints the hour.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from archiver.article import Article, Precision, Provenance
from archiver.extract.published_text import RELATIVE

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


def keep_date(item: dict[str, Any], article: Article) -> Article:
    """A page fetched again, with the date of the archive's `item` where they agree and either was read from a relative
    phrase, or is the day alone of which the other tells the hour.
    """
    texts = _told(item, article)
    return (
        _agreed(item, article) if any(map(RELATIVE.search, texts)) or _tells_hour(item, article) else article
    )


def keep_told(item: dict[str, Any], article: Article) -> Article:
    """A page read again, with the date of the archive's `item` where they agree and this page tells in other words than
    an earlier one how long ago it was.
    """
    texts = _told(item, article)
    return _agreed(item, article) if len(set(texts)) > 1 and all(map(RELATIVE.search, texts)) else article


def _told(item: dict[str, Any], article: Article) -> list[str]:
    """The texts both dates were read from; none where either has no date."""
    known, read = item["provenance"].get("published_at"), article.provenance.get("published_at")
    return [] if known is None or read is None else [known["raw"], read.raw]


def _tells_hour(item: dict[str, Any], article: Article) -> bool:
    """Whether one of two dates is the day of which the other tells the hour."""
    if article.published_at is None or item["published_at"] is None:
        return False
    shorter, longer = sorted((item["published_at"], article.published_at.isoformat()), key=len)
    return len(shorter) < len(longer) and shorter == longer[:DAY]


def _agreed(item: dict[str, Any], article: Article) -> Article:
    text, known = item["published_at"], item["provenance"].get("published_at")
    if text is None or known is None or article.published_at is None:
        return article
    precision: Precision = item["published_precision"]
    slack = max(SLACK[precision], SLACK[article.published_precision or "day"])
    value = date.fromisoformat(text) if len(text) <= DAY else datetime.fromisoformat(text)
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
