"""One article under several addresses: whether a page is another form of an archived article.

Two articles are never made one on a likeness: the site must say so (a canonical link, a redirect) and the text agree,
four fifths of it where a redirect's title is another; or title, day and text be the same to the letter, and the
addresses agree (one number, one slug, one path with a number) or the minute.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, literal, select, union_all

from archiver.arabic.text import fold
from archiver.article import Article
from archiver.errors import AddressError
from archiver.moments import DAY, are_one_moment, to_the_minute, value_of
from archiver.store.batch import BESIDE
from archiver.store.tables import Alias, ArticleRow, table_of
from archiver.urls import identity, in_site, is_twin_form, name_one_page, share_numbered_path

Reason = Literal["redirect", "canonical", "same_text"]

MIN_WORDS = 30  # of a text that is the same by no chance
HALF = 0.5  # of a text, where the title is the same
MOST = 0.8  # of both texts, where the title is another and the old address redirects
TIMED = ("minute", "second")
ARTICLES, ALIASES = table_of(ArticleRow), table_of(Alias)
COLUMNS = (
    ARTICLES.c.id,
    ARTICLES.c.url,
    ARTICLES.c.url_key,
    ARTICLES.c.site,
    ARTICLES.c.published_at,
    ARTICLES.c.removed_at,
)
LIKE_IT = (
    union_all(
        select(*COLUMNS, literal("canonical").label("reason")).where(
            ARTICLES.c.canonical_url.in_((bindparam("url"), bindparam("canonical"))),
            ARTICLES.c.canonical_url != ARTICLES.c.url,
        ),
        select(*COLUMNS, literal("same_text").label("reason")).where(
            ARTICLES.c.site == bindparam("site"),
            ARTICLES.c.published_at.between(bindparam("from"), bindparam("to")),
            ARTICLES.c.title == bindparam("title"),
        ),
    )
    .limit(10)
    .execution_options(**BESIDE)
)
"""Articles that name this page's address as their own, or have its title and its day or nearly so; by an index."""
A_DAY, LAST_HOUR = timedelta(days=1), "U"
"""How far one moment's days in two zones lie apart; behind a day, what sorts after any hour of it."""
TEXT = select(ARTICLES.c.title, ARTICLES.c.body, ARTICLES.c.published_at)


@dataclass(frozen=True, slots=True)
class Twin:
    """The archived article that a page is another form of, what says so, of which address, and whether that is gone."""

    article_id: int
    reason: Reason
    url: str
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An archived article, as far as storing a page of it, or of a twin, asks for it: columns of `articles`."""

    id: int
    url: str
    url_key: str
    site: str
    removed_at: str | None
    version: int
    content_digest: str
    item_digest: str
    removed_how: str | None = None


Find = Callable[[str], Known | None]
"""The archived article of an identity, by its own address or an alias."""


def find_twin(connection: Connection, article: Article, find: Find) -> Twin | None:
    """The archived article this page is another form of; None where it is one of its own, or the very address
    of an archived one. An alias that leads to another story by now is taken back.
    """
    own_key, shown_key = identity(article.url), canonical_key(article)
    known = find(own_key)
    if known is not None:
        if identity(known.url) == own_key:
            is_lesser = is_twin_form(article.url) and not is_twin_form(known.url)
            return Twin(known.id, "canonical", known.url) if is_lesser else None
        if known.url_key == own_key or known.removed_at is not None:
            return None
        if shown_key == identity(known.url) or name_one_page(own_key, identity(known.url)):
            return Twin(known.id, "canonical", known.url)
        if _is_same_story(connection, article, known.id):
            return Twin(known.id, "same_text", known.url)
        connection.execute(delete(ALIASES).where(ALIASES.c.url_key == own_key))
    if shown_key != own_key:
        shown = find(shown_key)
        if shown is not None and _is_same_story(connection, article, shown.id):
            return Twin(shown.id, "canonical", article.canonical_url, shown.removed_at is not None)
    return _twin_by_likeness(connection, article, own_key)


def find_moved(connection: Connection, article: Article, came_from: Iterable[str], find: Find) -> int | None:
    """The archived article whose address has redirected to this page, where the page tells the same story."""
    if find(identity(article.url)) is not None:
        return None
    for url in came_from:
        known = find(identity(url))
        if known is None:
            continue
        if _is_same_story(connection, article, known.id) or _is_retold(connection, article, known.id):
            return known.id
    return None


def canonical_key(article: Article) -> str:
    """The identity of the page's own canonical address, where it can be this article's."""
    return identity(_own_address(article))


def _own_address(article: Article) -> str:
    """The address the page gives as its own, unless it is another site's or a front page's."""
    try:
        identity(article.canonical_url)
    except AddressError:
        return article.url
    parts = urlsplit(article.canonical_url)
    if not in_site(article.canonical_url, article.site) or (parts.path in ("", "/") and not parts.query):
        return article.url
    return article.canonical_url


def _twin_by_likeness(connection: Connection, article: Article, own_key: str) -> Twin | None:
    """An article that names this address as its canonical one, or is the same in every word."""
    published = article.published_at
    values = {
        "url": article.url,
        "canonical": _own_address(article),
        "site": article.site,
        "from": (published - A_DAY).isoformat()[:DAY] if published else None,
        "to": (published + A_DAY).isoformat()[:DAY] + LAST_HOUR if published else None,
        "title": article.title,
    }
    for row in connection.execute(LIKE_IT, values).all():
        if row.site != article.site:
            continue
        if row.reason == "canonical":
            if _is_same_story(connection, article, row.id):
                return Twin(row.id, "canonical", row.url, row.removed_at is not None)
            continue
        agree = name_one_page(own_key, row.url_key)
        is_lesser = is_twin_form(article.url) and not is_twin_form(row.url)
        if is_lesser and agree and _is_same_story(connection, article, row.id):
            return Twin(row.id, "same_text", row.url)
        if published is None or not _is_same_date(published, row.published_at):
            continue
        is_timed = article.published_precision in TIMED and len(row.published_at) > DAY
        is_one = agree or share_numbered_path(own_key, row.url_key) or (agree is None and is_timed)
        if is_one and _is_same_text(connection, article, row.id):
            return Twin(row.id, "same_text", row.url, row.removed_at is not None)
    return None


def _is_same_story(connection: Connection, article: Article, other: int) -> bool:
    """Whether the text agrees, or the title and half of the text, and the days do not speak against it."""
    row = connection.execute(TEXT.where(ARTICLES.c.id == other)).one()
    if article.body and row.body and fold(article.body) == fold(row.body):
        return True
    if not article.title or not row.title or fold(article.title) != fold(row.title):
        return False
    if article.published_at and row.published_at and _is_another_day(article.published_at, row.published_at):
        return False
    if not article.body or not row.body:
        return True
    return max(_shares(article.body, row.body)) >= HALF  # a print or mobile view may show less of it


def _is_retold(connection: Connection, article: Article, other: int) -> bool:
    """Whether a story under another title has nearly the same text: a slug changes with its title."""
    row = connection.execute(TEXT.where(ARTICLES.c.id == other)).one()
    if article.published_at and row.published_at and _is_another_day(article.published_at, row.published_at):
        return False
    texts = [fold(text or "") for text in (article.body, row.body)]
    if min(len(text.split()) for text in texts) < MIN_WORDS:
        return False
    return min(_shares(*texts)) >= MOST


def _shares(one: str, other: str) -> tuple[float, float]:
    """What of each text is in the other, 0 to 1."""
    from archiver.shingles import Shingles  # with numpy, which few commands need

    share = Shingles(one).share_with(Shingles(other))
    return share.of_one, share.of_other


def _is_same_text(connection: Connection, article: Article, other: int) -> bool:
    row: Any = connection.execute(TEXT.where(ARTICLES.c.id == other)).one()
    text = fold(article.body or "")
    return len(text.split()) >= MIN_WORDS and text == fold(row.body or "")


def _is_same_date(one: date | datetime, text: str) -> bool:
    """Whether two dates of publication are one: a moment, in whatever zone; or a day, where only that is told."""
    other = value_of(text)
    if isinstance(one, datetime) and isinstance(other, datetime):
        return are_one_moment(to_the_minute(one), to_the_minute(other))
    return one.isoformat()[:DAY] == text[:DAY]


def _is_another_day(one: date | datetime, text: str) -> bool:
    """Whether two dates of publication cannot be one: a day apart is a matter of zones where a zone is unknown."""
    other = datetime.fromisoformat(text)
    apart = abs(date(one.year, one.month, one.day) - other.date())
    if isinstance(one, datetime) and one.tzinfo and other.tzinfo:
        return abs(one - other) > timedelta(hours=1) and apart > timedelta()
    are_days = not isinstance(one, datetime) and len(text) == DAY
    return apart > (timedelta() if are_days else timedelta(days=1))
