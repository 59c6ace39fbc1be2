"""What a page is: an article, or one of the things that must not be stored as one.

Signs are weighed, those of an article against those of a listing, and an article is doubted last: an
article taken for a listing is lost, a listing taken for an article is only clutter.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from archiver import jsonld
from archiver.article import Article, ArticleWarning
from archiver.challenge import SMALL, challenge_of
from archiver.errors import AddressError
from archiver.extract.kind_lists import (
    FEW_WORDS,
    SURE,
    has_short_lines,
    is_figures,
    is_profile,
    listing_signs,
)
from archiver.extract.kind_notices import (
    consent_asked,
    missing_notice,
    outage_notice,
    parked_notice,
    prints_day,
    reader_checked,
)
from archiver.extract.kind_signs import (
    LINE,
    LONG_BODY,
    SOME_BODY,
    is_front,
    is_of_film,
    is_of_gallery,
    is_of_site,
    segments,
    signs,
)
from archiver.extract.layout import Layout
from archiver.extract.liveblog import opening_hour
from archiver.extract.nodes import bare_words, is_hidden, text_of
from archiver.extract.published_clues import is_own
from archiver.extract.teasers import episodes, teasers
from archiver.page import Element
from archiver.urls import identity, within_thread

Kind = Literal[
    "article", "live_blog", "listing", "gallery", "paywalled", "soft_404", "outage", "challenge", "other"
]

FEWEST_PICTURES = 3  # of a gallery
LEAST_HOURS = 5  # entries of a live blog that nothing else tells of
STUB = 900  # letters up to which a paywall leaves a stub
MUCH = 20_000
BEHIND = 40
"""How many elements behind the text a wall may stand."""
SUBSCRIBE = re.compile(r"اشتر[ك]|مشترك|سج[لّ]+ (?:ال)?دخول|subscri|log ?in", re.I)
"""What a paywall asks for."""
RIGHTS = re.compile(r"©|حقوق (?:النشر|الطبع)")
"""What speaks of the use of a text, not of who may read it."""
SERVED = 200
"""The status that a page is taken to have been served with: a challenge must then be small."""
TEASERS = 8.0
"""What several teasers weigh where the text found is that of one; its date and its length then say nothing."""
STATED = 2.0
"""With less said of itself as an article's, a page of short teasers under an introduction is a listing."""
IN_MENU, DEEP, MENU_LINKS, MANY_LABELS, ALMOST_ALL = frozenset({"nav", "footer", "header"}), 6, 4, 40, 0.8
LONGEST_LABEL = 90  # characters that are read of a link in a menu


@dataclass(frozen=True)  # travels between processes: see archiver.article
class Verdict:
    """What a page is taken for, and every sign that spoke for or against it."""

    kind: Kind
    evidence: tuple[str, ...] = ()


def judge(layout: Layout, article: Article) -> Verdict:
    """The page's kind, by everything that was read of it."""
    length = len(article.body or "")
    body_class = frozenset(
        " ".join(each.get("class") or "" for each in layout.page.by_tag.get("body", ())).lower().split()
    )
    source = layout.page.body if len(layout.page.body) <= SMALL else b""
    if length < LONG_BODY and (owner := challenge_of(SERVED, layout.page.headers, source)):
        return Verdict("challenge", (owner,))
    if length < LONG_BODY and (checked := reader_checked(layout, article)):
        return Verdict("challenge", (checked,))
    if length < LONG_BODY and (asked := consent_asked(layout, article)):
        return Verdict("challenge", (f"a consent page: {asked}",))
    if length < LONG_BODY and (missing := missing_notice(layout, article, body_class)):
        return Verdict("soft_404", (missing,))
    if length < SOME_BODY and (notice := outage_notice(layout, article)):
        return Verdict("outage", (notice,))
    if not is_front(article.url) and (live := _live(layout) or _told_by_the_hour(article)):
        return Verdict("live_blog", (live,))
    stated, told = _weigh(_stated_signs(layout, body_class)), _weigh(_told_signs(article))
    spoken, worth = stated[0] + told[0], stated[1] + told[1]
    against, listing = _weigh(listing_signs(layout, article, body_class, worth, stated[1]))
    if listing - worth < SURE <= listing + TEASERS - stated[1] and (
        many := teasers(layout, article.blocks, signs().more)
        or (episodes(layout, signs().more) if stated[1] < STATED else 0)
    ):
        spoken, worth = stated
        against, listing = (*against, f"the text is a teaser's, of {many}"), listing + TEASERS
    if listing - worth >= SURE or (not article.body and listing >= SURE - 0.5):
        return Verdict("listing", (*against, *(f"but {each}" for each in spoken)))
    if gallery := _gallery(layout, article):
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
    if told := within_thread(article.url):
        return told
    if not article.title or not article.body:
        return "no headline" if not article.title else "no text"
    if told := _never_story(layout, article):
        return told
    about = bare_words(article.title) in signs().about
    if prints_day(article):
        return (
            "a page about the site, and in its menu" if about and _is_in_menu(layout, article.title) else None
        )
    if about:
        return "a page about the site"
    if not layout.page.stories and is_of_site(article.url):
        return "the address of a page of the site"
    if not layout.page.stories and _is_in_menu(layout, article.title):
        return "a page that a menu names among others"
    is_named = len(article.title.split()) <= FEW_WORDS  # a story has a headline
    if article.published_at is None and is_named and worth <= SURE and is_figures(article):
        return "a table of figures, and no day"
    if is_profile(layout, article.title):
        return "a writer's page"
    little = worth <= 0 and len(article.body) < SOME_BODY
    return "little text, and nothing that speaks for a story" if little else None


def _never_story(layout: Layout, article: Article) -> str | None:
    """What a page is that is no story, whether it is dated or not: a parked domain, a poll, the site's rules, a job."""
    if domain := parked_notice(layout, article):
        return domain
    if len(article.body or "") < SOME_BODY and not signs().poll_paths.isdisjoint(segments(article.url)):
        return "a poll"
    if bare_words(article.title or "") in signs().rules:
        return "the site's rules"
    if not layout.page.stories and any("jobposting" in jsonld.types(node) for node in layout.page.jsonld):
        return "structured data of a job that is offered"
    return None


def _is_in_menu(layout: Layout, title: str) -> bool:
    """Whether a menu on the page itself leads to it under its very headline, as one of several labels of few words: so
    pages of the site are named, while in a list of the newest stories others have headlines of sentences.
    """
    words = bare_words(title)
    if len(words.split()) > FEW_WORDS:
        return False
    for link in layout.page.by_tag.get("a", ()):
        if bare_words(text_of(link, LONGEST_LABEL)) != words or not _leads_here(layout, link):
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
        words for each in islice(element.iter("a"), MANY_LABELS) if (words := text_of(each, LONGEST_LABEL))
    ]


def _live(layout: Layout) -> str | None:
    if any("liveblogposting" in jsonld.types(node) for node in layout.page.jsonld):
        return "structured data of a live blog"
    if len(layout.profile.every("live_entry", layout.page)) >= 3:
        return "entries of a live blog"
    entries = [each for each in layout.called("live_entry") if not layout.outside(each)]
    return f"{len(entries)} entries" if len(entries) >= 5 else None


def _told_by_the_hour(article: Article) -> str | None:
    """Paragraphs of which most begin with an hour, one behind the other in time: a live blog in an ordinary text."""
    hours = [hour for block in article.blocks if (hour := opening_hour(block.text))]
    if len(hours) < LEAST_HOURS or 2 * len(hours) <= len(article.blocks):
        return None
    return (
        f"{len(hours)} entries, each with its hour" if hours in (sorted(hours), sorted(hours)[::-1]) else None
    )


def _gallery(layout: Layout, article: Article) -> str | None:
    length = len(article.body or "")
    if is_of_gallery(article.url):
        told = length >= LINE and prints_day(article)
        little = has_short_lines(article) or (length < SOME_BODY and not told)
        pictures = layout.page.by_tag.get("img", ()) if little else ()
        if (shown := sum(not layout.outside(each) for each in pictures)) >= FEWEST_PICTURES:
            return f"{shown} pictures, little text"
    captions = {image.caption for image in article.images if image.caption}
    if len(captions) >= FEWEST_PICTURES and _is_captions(article, captions):
        return f"{len(captions)} pictures, their captions all the text"
    if length >= SOME_BODY:
        return None
    if is_of_film(article.url) and length < LINE:
        return "a film's address, and a line of text"
    types = (
        frozenset().union(*(jsonld.types(node) for node in layout.page.jsonld))
        if layout.page.jsonld
        else frozenset()
    )
    told = length >= LINE and prints_day(article)
    return "structured data of a gallery" if "imagegallery" in types and not told else None


def _is_captions(article: Article, captions: Set[str]) -> bool:
    """Whether a text is the captions of its pictures, and beside them no more lines than these, none of them long."""
    others = [block.text for block in article.blocks if block.text not in captions]
    return len(others) <= len(captions) and all(len(text) < LINE for text in others)


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
    behind = (
        text
        for text, element in layout.page.runs
        if start < layout.page.positions[element] < end and not RIGHTS.search(text)
    )
    said = bare_words(" ".join(behind)[:MUCH])
    return next((phrase for phrase in signs().paywall if phrase in said), None)
