"""One article read twice: where two pages tell the same moment in other words, the first reading stays; so does a
text of which a later page shows a stub.

«منذ ساعتين» is another moment each time it is read, and no edit; nor is a template that prints the hour, another zone
or no date at all.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from archiver.article import TRACED, Article, ArticleWarning, Precision, Provenance
from archiver.extract.published_text import RELATIVE
from archiver.moments import DAY, are_one_moment, lacks_zone, moment_of, to_the_minute, value_of

SLACK: dict[Precision, timedelta] = {
    "second": timedelta(minutes=2),
    "minute": timedelta(minutes=2),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
"""How far two readings of one relative date may lie apart."""
WIDEST_OF_ARABS = timedelta(hours=4)
"""How far the zones of Arab countries are from UTC: a clock without a zone is in one of them."""
PAYWALLED = "paywalled"
KEPT, ASSUMED = "published_kept", "published_assumed"
"""The warnings of a date that the page itself does not give so: an earlier page's, and what it tells of a change."""
UNDATED = ("published_unknown", "published_uncertain", ASSUMED)
"""The warnings of a page without a date of its own."""


def keep_date(item: dict[str, Any], article: Article) -> Article:
    """A page fetched again, with the date of the archive's `item` where they agree and either was read from a relative
    phrase, or where the page only tells less of it, or otherwise: see `_tells_the_same`.
    """
    if any(map(RELATIVE.search, _told(item, article))):
        return _agreed(item, article)
    return _kept(item, article) if _tells_the_same(item, article) else article


def keep_told(item: dict[str, Any], article: Article) -> Article:
    """A page read again, with the date of the archive's `item` where they agree and this page tells in other words than
    an earlier one how long ago it was; or where it was kept when the page was fetched.
    """
    if any(warning["code"] == KEPT for warning in item["warnings"]):
        return keep_date(item, article)
    texts = _told(item, article)
    return _agreed(item, article) if len(set(texts)) > 1 and all(map(RELATIVE.search, texts)) else article


def hides_text(item: dict[str, Any], article: Article) -> bool:
    """Whether a page fetched again is a paywall's stub of a text that the archive has whole."""
    is_stub = any(warning.code == PAYWALLED for warning in article.warnings)
    was_stub = any(warning["code"] == PAYWALLED for warning in item["warnings"])
    return is_stub and not was_stub and len(article.body or "") < len(item["body"] or "")


def _told(item: dict[str, Any], article: Article) -> list[str]:
    """The texts both dates were read from; none where either has no date."""
    known, read = item["provenance"].get("published_at"), article.provenance.get("published_at")
    return [] if known is None or read is None else [known["raw"], read.raw]


def _tells_the_same(item: dict[str, Any], article: Article) -> bool:
    """Whether a page says no other date than is known: none, the day alone of which the other tells the hour, the same
    moment in another zone, the same clock with or without its zone, with or without its seconds, or that it was changed
    since.
    """
    if item["published_at"] is None:
        return False
    if article.published_at is None:
        return True
    known, read = value_of(item["published_at"]), article.published_at
    if any(warning.code == ASSUMED for warning in article.warnings) and moment_of(known) < moment_of(read):
        return True
    if not isinstance(known, datetime) or not isinstance(read, datetime):
        return known.isoformat()[:DAY] == read.isoformat()[:DAY]
    if "minute" in (item["published_precision"], article.published_precision):
        known, read = to_the_minute(known), to_the_minute(read)
    return are_one_moment(known, read)


def _kept(item: dict[str, Any], article: Article) -> Article:
    """The article with the date that is known, as it was first told, and a warning of what this page tells."""
    known = item["provenance"].get("published_at")
    value, precision = value_of(item["published_at"]), item["published_precision"]
    is_told_so = article.published_at is not None and article.published_at.isoformat() == item["published_at"]
    if known is None or is_told_so:
        return article
    read = article.provenance.get("published_at")
    says = f"this page says {read.raw[:80]}" if read is not None else "this page says none"
    warning = ArticleWarning("published_kept", f"of an earlier page; {says}")
    traced = {**article.provenance, "published_at": Provenance(**known)}
    return replace(
        article,
        published_at=value,
        published_precision=precision,
        provenance={name: traced[name] for name in TRACED if name in traced},
        warnings=(*(each for each in article.warnings if each.code not in UNDATED), warning),
    )


def _agreed(item: dict[str, Any], article: Article) -> Article:
    text, known = item["published_at"], item["provenance"].get("published_at")
    if text is None or known is None or article.published_at is None:
        return article
    precision: Precision = item["published_precision"]
    slack = max(SLACK[precision], SLACK[article.published_precision or "day"])
    value, read = value_of(text), article.published_at
    if isinstance(value, datetime) and isinstance(read, datetime) and lacks_zone(value, read):
        slack += WIDEST_OF_ARABS
    if abs(moment_of(value) - moment_of(read)) > slack:
        return article
    shown = article.provenance["published_at"].raw
    is_told = RELATIVE.search(known["raw"]) is None and RELATIVE.search(shown) is not None
    notes = (ArticleWarning(KEPT, f"of an earlier page; this page says {shown[:80]}"),) if is_told else ()
    return replace(
        article,
        published_at=value,
        published_precision=precision,
        provenance={**article.provenance, "published_at": Provenance(**known)},
        warnings=(*article.warnings, *notes),
    )
