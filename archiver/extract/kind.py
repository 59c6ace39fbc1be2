"""What a page is: an article, or one of the things that must not be stored as one.

Signs are weighed, those of an article against those of a listing, and an article is doubted last: an
article taken for a listing is lost, a listing taken for an article is only clutter.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from archiver import jsonld
from archiver.article import Article, ArticleWarning
from archiver.challenge import SMALL, challenge_of
from archiver.errors import AddressError
from archiver.extract.layout import Layout
from archiver.extract.names import mark_of
from archiver.extract.nodes import bare_words, is_hidden, text_of
from archiver.extract.published_clues import is_own
from archiver.extract.teasers import episodes, teasers
from archiver.page import Element
from archiver.urls import identity, unquoted

Kind = Literal[
    "article", "live_blog", "listing", "gallery", "paywalled", "soft_404", "outage", "challenge", "other"
]

DATA = Path(__file__).parent / "data" / "kinds.toml"
LISTING_TYPES = frozenset({"collectionpage", "searchresultspage", "itemlist", "profilepage", "blog"})
LONG_BODY, SOME_BODY, STUB = 700, 250, 900
"""Letters of a body that speaks for an article; of one that may; up to which a paywall leaves a stub."""
MANY_HEADLINES, SOME_HEADLINES = 12, 6
"""Linked headlines that a listing has; that one has which has no text, or but an introduction."""
MANY_LINES = 12
SHORT_LINE = 45  # characters; a list of links, of days or of names
ABOUT_PAGES = re.compile(r"صفحة|صفحه|الخبر|المادة|المقال|المحتوى|الموضوع|الرابط|404|page|not found", re.I)
"""What a notice of a missing page names; «لم يتم العثور على ناجين» is news."""
BUTTON = 40  # characters on a button
FEW_LINKS = 12  # of a page that only says it is out of order
SHORT_NOTICE, MOST_LINES = 90, 400
MUCH = 20_000
BEHIND = 40
"""How many elements behind the text a wall may stand."""
SUBSCRIBE = re.compile(r"اشتر[ك]|مشترك|سج[لّ]+ (?:ال)?دخول|subscri|log ?in", re.I)
"""What a paywall asks for."""
PLAIN = 11.0
"""So much speaks for a plain article that other headlines on its page are not counted."""
SERVED = 200
"""The status that a page is taken to have been served with: a challenge must then be small."""
TEASERS = 8.0
"""What several teasers weigh where the text found is that of one; its date and its length then say nothing."""
STATED = 2.0
"""With less said of itself as an article's, a page of short teasers under an introduction is a listing."""
FEW_WORDS = 4
"""Of a label in a menu, or of a name."""
IN_MENU, DEEP, MENU_LINKS, MANY_LABELS, ALMOST_ALL = frozenset({"nav", "footer", "header"}), 6, 4, 40, 0.8
PROFILE = re.compile(r"(?<![a-z])(?:profile|bio|author|writer|columnist)(?![a-z])", re.I)
"""What the part of a page is called that shows a writer."""
FEW_STORIES = 3
FIGURES = 0.4
"""Of a table's lines, how many have figures; a poem has none."""
SURE = 5.0
"""By how much a listing's signs must outweigh an article's."""


@dataclass(frozen=True)  # travels between processes: see archiver.article
class Verdict:
    """What a page is taken for, and every sign that spoke for or against it."""

    kind: Kind
    evidence: tuple[str, ...] = ()


JOOMLA_LIST = re.compile(
    r"[?&]view=(?:category|categories|section|frontpage|featured|archive|itemlist)(?:&|$)"
)
"""What an address of Joomla's has in its query that leads to no story of its own."""


OF_ARCHIVE = re.compile(r"(?:category|tag|author|date|post-type-archive|tax-.+|term-.+)$")
"""What stands beside ``archive`` in the body's class where WordPress lists stories, and never on one story."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The lists of `kinds.toml`; phrases are folded for comparison."""

    listing_paths: frozenset[str]
    front_paths: frozenset[str]
    listing_classes: frozenset[str]
    article_classes: frozenset[str]
    missing_classes: frozenset[str]
    missing: frozenset[str]
    outage: frozenset[str]
    consent: frozenset[str]
    accept: tuple[str, ...]
    paywall: tuple[str, ...]
    gallery_paths: frozenset[str]
    about: frozenset[str]
    more: frozenset[str]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The signs, read once."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    missing, paywall = (
        frozenset(map(bare_words, data.pop("missing"))),
        tuple(map(bare_words, data.pop("paywall"))),
    )
    folded = {name: frozenset(map(bare_words, data.pop(name))) for name in ("outage", "consent")}
    accept = tuple(map(bare_words, data.pop("accept")))
    about, more = frozenset(map(bare_words, data.pop("about"))), frozenset(map(bare_words, data.pop("more")))
    lists: dict[str, Any] = {name: frozenset(words) for name, words in data.items()}
    return Signs(**lists, **folded, accept=accept, missing=missing, paywall=paywall, about=about, more=more)


def judge(layout: Layout, article: Article) -> Verdict:
    """The page's kind, by everything that was read of it."""
    length = len(article.body or "")
    body_class = frozenset(
        " ".join(each.get("class") or "" for each in layout.page.by_tag.get("body", ())).lower().split()
    )
    source = layout.page.body if len(layout.page.body) <= SMALL else b""
    if length < LONG_BODY and (owner := challenge_of(SERVED, layout.page.headers, source)):
        return Verdict("challenge", (owner,))
    if length < LONG_BODY and (asked := _consent(layout, article)):
        return Verdict("challenge", (f"a consent page: {asked}",))
    if length < LONG_BODY and (missing := _missing(layout, article, body_class)):
        return Verdict("soft_404", (missing,))
    if length < SOME_BODY and (notice := _outage(layout, article)):
        return Verdict("outage", (notice,))
    if live := _live(layout):
        return Verdict("live_blog", (live,))
    stated, told = _weigh(_stated_signs(layout, body_class)), _weigh(_told_signs(article))
    spoken, worth = stated[0] + told[0], stated[1] + told[1]
    against, listing = _weigh(_listing_signs(layout, article, body_class, worth))
    if listing - worth < SURE <= listing + TEASERS - stated[1] and (
        many := teasers(layout, article.blocks, signs().more)
        or (episodes(layout, signs().more) if stated[1] < STATED else 0)
    ):
        spoken, worth = stated
        against, listing = (*against, f"the text is a teaser's, of {many}"), listing + TEASERS
    if listing - worth >= SURE or (not article.body and listing >= SURE - 0.5):
        return Verdict("listing", (*against, *(f"but {each}" for each in spoken)))
    if length < SOME_BODY and (gallery := _gallery(layout, article)):
        return Verdict("gallery", (gallery,))
    wall = _paywall(layout, article)
    is_empty_stub = wall is not None and article.title is not None and not article.body
    if not is_empty_stub and (other := _other(layout, article, worth)):
        return Verdict("other", (other,))
    if wall is not None:
        return Verdict("paywalled", (wall, *spoken))
    return Verdict("article", (*spoken, *(f"but {each}" for each in against)))


def warnings(verdict: Verdict, article: Article) -> tuple[ArticleWarning, ...]:
    """What a reader of the article must know of its kind."""
    if verdict.kind == "paywalled":
        return (
            ArticleWarning("paywalled", f"{len(article.body or '')} characters shown: {verdict.evidence[0]}"),
        )
    if verdict.kind in ("article", "live_blog"):
        return ()
    return (ArticleWarning("not_an_article", f"{verdict.kind}: {', '.join(verdict.evidence)}"),)


def _weigh(found: Iterator[tuple[str, float]]) -> tuple[tuple[str, ...], float]:
    pairs = list(found)
    return tuple(name for name, _ in pairs), sum(weight for _, weight in pairs)


def _segments(url: str) -> list[str]:
    try:
        path = urlsplit(url).path
    except ValueError:
        return []
    return [part for part in unquoted(path).lower().split("/") if part]


def _listing_signs(
    layout: Layout, article: Article, body_class: frozenset[str], worth: float
) -> Iterator[tuple[str, float]]:
    """The signs of a listing; `worth` is what speaks for an article."""
    words = signs()
    segments = _segments(article.url)
    if "/".join(segments) in words.front_paths and "?" not in article.url:
        yield "the address of a front page", 5.0
    elif not words.listing_paths.isdisjoint(segments[:-1]) or (
        segments[-1:] and segments[-1] in words.listing_paths
    ):
        yield "an address of listings", 3.0
    if "option=com_" in article.url and JOOMLA_LIST.search(article.url):
        yield "an address of Joomla's lists", 12.0
    if "archive" in body_class and any(map(OF_ARCHIVE.match, body_class)):
        yield "the body classes of an archive of WordPress's", 9.0
    elif not words.listing_classes.isdisjoint(body_class):
        yield "a body class of listings", 4.0
    types = (
        frozenset().union(*(jsonld.types(node) for node in layout.page.jsonld))
        if layout.page.jsonld
        else frozenset()
    )
    if not LISTING_TYPES.isdisjoint(types):
        yield "structured data of a listing", 3.0
    yield from _signs_of_lists(layout, article, worth)


def _signs_of_lists(layout: Layout, article: Article, worth: float) -> Iterator[tuple[str, float]]:
    """What the page has many of, beside how little text."""
    headlines = _linked_headlines(layout) if worth < PLAIN else 0
    length = len(article.body or "")
    if headlines >= MANY_HEADLINES and length < 60 * headlines:
        yield f"{headlines} linked headlines", 3.0
        if article.published_at is None and length < SOME_BODY:
            yield "no day of publication", 1.0
    if _has_short_lines(article):
        yield f"{len(article.blocks)} short lines", 4.0
    if article.title and _is_profile(layout, article.title):
        yield "a writer's page", 3.0
    if length < LONG_BODY and worth < SURE and _introduces(layout, article):
        yield "an introduction over a list", SURE + worth
    if length < SOME_BODY:
        yield "little text", 2.0
        if _links_elsewhere(layout):
            yield "the headline is a link to another page", 4.0
    if not article.body and worth < SURE and (stories := _linked_stories(layout)) >= SOME_HEADLINES:
        yield f"links to {stories} stories", 3.0


def _stated_signs(layout: Layout, body_class: frozenset[str]) -> Iterator[tuple[str, float]]:
    """What the page says of itself as an article's."""
    page = layout.page
    if any(
        is_own(layout, node) and (node.get("datePublished") or node.get("articleBody"))
        for node in page.stories
    ):
        yield "structured data of an article", 4.0
    if "article" in [each.lower() for each in page.meta.get("og:type", ())]:
        yield "og:type article", 2.0
    if any(name in page.meta for name in ("article:published_time", "article:section")):
        yield "a publication time in the head", 2.0
    if not signs().article_classes.isdisjoint(body_class):
        yield "a body class of articles", 4.0
    if layout.headline is not None and layout.headline.tag == "h1" and len(page.by_tag.get("h1", ())) == 1:
        yield "one h1", 1.0


def _told_signs(article: Article) -> Iterator[tuple[str, float]]:
    """What was read as an article's: on a listing, it is a teaser's."""
    if article.published_at is not None:
        yield "a date of publication", 1.5
    length = len(article.body or "")
    if length >= SOME_BODY:
        yield f"{length} characters of text", 4.0 if length >= LONG_BODY else 2.0


def _other(layout: Layout, article: Article, worth: float) -> str | None:
    """Why a page is no story, though it is no listing either."""
    if not article.title or not article.body:
        return "no headline" if not article.title else "no text"
    about = bare_words(article.title) in signs().about
    if _prints_day(article):
        return (
            "a page about the site, and in its menu" if about and _is_in_menu(layout, article.title) else None
        )
    if about:
        return "a page about the site"
    if not layout.page.stories and _is_in_menu(layout, article.title):
        return "a page that a menu names among others"
    if article.published_at is None and worth <= SURE and _is_figures(article):
        return "a table of figures, and no day"
    if _is_profile(layout, article.title):
        return "a writer's page"
    little = worth <= 0 and len(article.body) < SOME_BODY
    return "a form, and nothing that speaks for a story" if little and _asks_for_words(layout) else None


def _is_in_menu(layout: Layout, title: str) -> bool:
    """Whether a menu on the page itself leads to it under its very headline, as one of several labels of few words: so
    pages of the site are named, while in a list of the newest stories others have headlines of sentences.
    """
    words = bare_words(title)
    if len(words.split()) > FEW_WORDS:
        return False
    for link in layout.page.by_tag.get("a", ()):
        if bare_words(text_of(link, 2 * SHORT_LINE)) != words or not _leads_here(layout, link):
            continue
        lists = (each for each in islice(link.iterancestors(), DEEP) if IN_MENU & layout.zones[each])
        labels = next((found for each in lists if len(found := _labels(each)) >= MENU_LINKS), [])
        if labels and sum(len(each.split()) <= FEW_WORDS for each in labels) >= ALMOST_ALL * len(labels):
            return True
    return False


def _leads_here(layout: Layout, link: Element) -> bool:
    """Whether a link of a menu, and of no trail, leads to the page that it is on."""
    zones, target = layout.zones[link], layout.page.resolve(link.get("href") or "")
    if target is None or not IN_MENU & zones or "breadcrumb" in zones:
        return False
    try:
        return identity(target) == identity(layout.page.url)
    except AddressError:
        return False


def _labels(element: Element) -> list[str]:
    return [
        words for each in islice(element.iter("a"), MANY_LABELS) if (words := text_of(each, 2 * SHORT_LINE))
    ]


def _is_profile(layout: Layout, title: str) -> bool:
    """Whether a page is a writer's: it says so, or its headline, of a name's length, stands in what is called so over a
    list of stories.
    """
    if "profile" in [each.lower() for each in layout.page.meta.get("og:type", ())]:
        return True
    if layout.headline is None or len(title.split()) > FEW_WORDS:
        return False
    around = (mark_of(each) for each in (layout.headline, *islice(layout.headline.iterancestors(), 3)))
    return any(map(PROFILE.search, around)) and _linked_headlines(layout) >= FEW_STORIES


def _asks_for_words(layout: Layout) -> bool:
    """Whether a page has a form to write in: it sends a story to a friend, or a comment on it."""
    return bool(layout.page.by_tag.get("textarea")) and bool(layout.page.by_tag.get("form"))


def _linked_headlines(layout: Layout, behind: int = -1) -> int:
    """Headings that are links to other pages, outside menus and sidebars; those behind a place alone."""
    found = 0
    for tag in ("h2", "h3", "h4"):
        for element in layout.page.by_tag.get(tag, ())[:200]:
            if layout.page.positions[element] <= behind:
                continue
            parent = element.getparent()
            linked = any(each.get("href") is not None for each in element.iter("a")) or (
                parent is not None and parent.tag == "a"
            )
            found += linked and not layout.outside(element)
    return found


def _has_short_lines(article: Article) -> bool:
    """Whether a text is lines of a few words: a list of links, of days or of names, a table."""
    lines = [len(block.text) for block in article.blocks if block.type != "heading"]
    return len(lines) >= MANY_LINES and sum(lines) < SHORT_LINE * len(lines)


def _is_figures(article: Article) -> bool:
    """Whether a text is short lines, many of them with figures."""
    figures = sum(any(map(str.isdigit, block.text)) for block in article.blocks)
    return _has_short_lines(article) and figures > FIGURES * len(article.blocks)


def _introduces(layout: Layout, article: Article) -> bool:
    """Whether a text without a day, under a name of few words, stands over linked headlines, as a topic's does."""
    page, end = layout.page, layout.body_end
    if end is None or _prints_day(article) or page.stories or len((article.title or "").split()) > FEW_WORDS:
        return False
    return _linked_headlines(layout, behind=end) >= SOME_HEADLINES


def _linked_stories(layout: Layout) -> int:
    """Pages to which links with a headline's words lead, outside menus and sidebars; 0 for what leads to others of its
    kind: a gallery, and a poll, in which one is to choose.
    """
    found = set()
    chosen = any(each.get("type") == "radio" for each in layout.page.by_tag.get("input", ()))
    if chosen or _is_of_gallery(layout.page.url):
        return 0
    for link in islice(layout.page.by_tag.get("a", ()), MOST_LINES):
        if len(text_of(link, 2 * SHORT_LINE).split()) > FEW_WORDS and not layout.outside(link):
            found.add(link.get("href"))
    return len(found)


def _links_elsewhere(layout: Layout) -> bool:
    """Whether what looks like the headline is a teaser: linked, to an address that is not this page's."""
    if layout.headline is None:
        return False
    link = next(layout.headline.iter("a"), None)
    if link is None:
        link = next((each for each in layout.headline.iterancestors() if each.tag == "a"), None)
    target = layout.page.resolve(link.get("href")) if link is not None else None
    return target is not None and _segments(target) != _segments(layout.page.url)


def _prints_day(article: Article) -> bool:
    """Whether the page itself tells a day of publication, not its address or what discovery knew of it."""
    told = article.provenance.get("published_at")
    return told is not None and told.source not in ("hint", "url")


def _missing(layout: Layout, article: Article, body_class: frozenset[str]) -> str | None:
    if not signs().missing_classes.isdisjoint(body_class):
        return "a body class of missing pages"
    titles = [article.title or "", *(text_of(each) for each in layout.page.by_tag.get("title", ())[:1])]
    first = article.blocks[0].text if article.blocks else ""
    dated = _prints_day(article) or bool(layout.page.stories)
    for text in (*titles, first):
        if bare_words(text) in signs().missing or (not dated and _tells_of_missing(text)):
            return text[:80]
    if article.blocks or dated:
        return None
    lines = (text for text, each in islice(layout.page.runs, MOST_LINES) if not _is_link_or_hidden(each))
    return next((text.strip()[:80] for text in lines if _tells_of_missing(text)), None)


def _tells_of_missing(text: str) -> bool:
    """Whether a short line says of a page that it is not there: «عفوا، هذا الخبر غير موجود»."""
    if len(text) >= SHORT_NOTICE or ABOUT_PAGES.search(text) is None:
        return False
    folded = bare_words(text)
    return any(each in folded for each in signs().missing if len(each) > 9)


def _is_link_or_hidden(element: Element) -> bool:
    """Whether a line is a link, or hidden."""
    around = (element, *islice(element.iterancestors(), 3))
    return any(each.tag == "a" or is_hidden(each) for each in around)


def _consent(layout: Layout, article: Article) -> str | None:
    """What a page asks before it lets the reader in: its headline, beside a button that accepts."""
    if _prints_day(article) or len(layout.page.by_tag.get("a", ())) > FEW_LINKS:
        return None
    texts = [article.title or "", *(text_of(each, 200) for each in layout.page.by_tag.get("title", ())[:1])]
    asked = next((text for text in texts if bare_words(text) in signs().consent), None)
    said = (text for text, _ in layout.page.runs if len(text) < SHORT_NOTICE) if asked else ()
    return (
        asked
        if any(len(text) < BUTTON and bare_words(text).startswith(signs().accept) for text in said)
        else None
    )


def _outage(layout: Layout, article: Article) -> str | None:
    """What a site says that is out of order for the moment, though with status 200: all that a page has."""
    if _prints_day(article) or len(layout.page.by_tag.get("a", ())) > FEW_LINKS:
        return None
    texts = [article.title or "", *(text_of(each, 200) for each in layout.page.by_tag.get("title", ())[:1])]
    texts += [text for text, _ in layout.page.runs[:FEW_LINKS] if len(text) < SHORT_NOTICE]
    return next((text for text in texts if bare_words(text) in signs().outage), None)


def _live(layout: Layout) -> str | None:
    if any("liveblogposting" in jsonld.types(node) for node in layout.page.jsonld):
        return "structured data of a live blog"
    if len(layout.profile.every("live_entry", layout.page)) >= 3:
        return "entries of a live blog"
    entries = [each for each in layout.called("live_entry") if not layout.outside(each)]
    return f"{len(entries)} entries" if len(entries) >= 5 else None


def _gallery(layout: Layout, article: Article) -> str | None:
    pictures = [each for each in layout.page.by_tag.get("img", ()) if not layout.outside(each)]
    if _is_of_gallery(article.url) and len(pictures) >= 3:
        return f"{len(pictures)} pictures, little text"
    types = (
        frozenset().union(*(jsonld.types(node) for node in layout.page.jsonld))
        if layout.page.jsonld
        else frozenset()
    )
    return "structured data of a gallery" if "imagegallery" in types else None


def _is_of_gallery(url: str) -> bool:
    """Whether an address is a gallery's: ``/gallery/12``, ``/GalleryDetails/12``."""
    return any(
        part.startswith(("gallery", "galleries")) or part in signs().gallery_paths for part in _segments(url)
    )


def _paywall(layout: Layout, article: Article) -> str | None:
    if len(article.body or "") > STUB:
        return None
    if layout.profile.first("paywall", layout.page):
        return "a paywall"
    if any(str(node.get("isAccessibleForFree")).lower() == "false" for node in layout.page.stories):
        return "structured data says it is not free"
    walls = (each for each in layout.called("paywall") if not layout.outside(each) and not is_hidden(each))
    if any(SUBSCRIBE.search(text_of(each)) for each in walls):
        return "an element called paywall"
    start = layout.headline_at or 0
    end = max(start, layout.body_end or start) + BEHIND
    behind = (text for text, element in layout.page.runs if start < layout.page.positions[element] < end)
    said = bare_words(" ".join(behind)[:MUCH])
    return next((phrase for phrase in signs().paywall if phrase in said), None)
