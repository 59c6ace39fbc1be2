"""What speaks for a listing: address and classes, linked headlines, short lines, an introduction over other stories."""

import re
from collections.abc import Iterator
from itertools import islice

from archiver import jsonld
from archiver.article import Article
from archiver.extract.kind_notices import prints_day
from archiver.extract.kind_signs import (
    LINE,
    LONG_BODY,
    SOME_BODY,
    is_front,
    is_of_film,
    is_of_gallery,
    is_of_list,
    is_of_site,
    is_shelf,
    segments,
    signs,
)
from archiver.extract.layout import Layout
from archiver.extract.names import mark_of
from archiver.extract.nodes import text_of

LISTING_TYPES = frozenset({"collectionpage", "searchresultspage", "itemlist", "profilepage", "blog"})
SURE = 5.0
"""By how much a listing's signs must outweigh an article's."""
FEW_WORDS = 4
"""Of a label in a menu, or of a name."""
MOST_LINKS = 400
MANY_HEADLINES, SOME_HEADLINES = 12, 6
"""Linked headlines that a listing has; that one has which has no text, or but an introduction."""
MANY_LINES = 12
SHORT_LINE = 45  # characters; a list of links, of days or of names
PLAIN = 11.0
"""So much speaks for a plain article that other headlines on its page are not counted."""
SAID = 2.0
"""With less said of itself, a front page is none, however much text it has: what is announced stands there in full."""
OF_ARCHIVE = re.compile(r"(?:category|tag|author|date|post-type-archive|tax-.+|term-.+)$")
"""What stands beside ``archive`` in the body's class where WordPress lists stories, and never on one story."""
OF_EPISODES = re.compile(r"(?:page-)?node-type-(?:podcast|show|program(?:me)?|series|playlist)s?$")
"""What Drupal calls the page of a programme in the body's class, whose episodes are pages of their own."""
PROFILE = re.compile(r"(?<![a-z])(?:profile|bio|author|writer|columnist)(?![a-z])", re.I)
"""What the part of a page is called that shows a writer."""
FEW_STORIES = 3
ISSUE = re.compile(r"\s*(?:ال)?عدد\s+(?:رقم\s+)?\d{1,6}(?:\s*[-–—:|،,(].{0,60})?\s*")
"""The headline of a newspaper's issue: «العدد 10412 - الثلاثاء 4 تموز 2023»."""
FIGURES = 0.4
"""Of a table's lines, how many have figures; a poem has none."""


def listing_signs(
    layout: Layout, article: Article, body_class: frozenset[str], worth: float, stated: float
) -> Iterator[tuple[str, float]]:
    """The signs of a listing; `worth` is what speaks for an article, `stated` what the page itself says of that."""
    words = signs()
    parts = segments(article.url)
    if is_front(article.url):
        yield "the address of a front page", 12.0 if worth < SURE or stated < SAID else 5.0
    elif not words.listing_paths.isdisjoint(parts[:-1]) or (parts[-1:] and parts[-1] in words.listing_paths):
        yield "an address of listings", 3.0
    if is_of_list(article.url):
        yield "an address of its system's lists", 12.0
    elif is_shelf(article.url):
        yield "an address that ends where films, pictures or writers are listed", 12.0
    if "archive" in body_class and any(map(OF_ARCHIVE.match, body_class)):
        yield "the body classes of an archive of WordPress's", 12.0
    elif not words.listing_classes.isdisjoint(body_class):
        yield "a body class of listings", 4.0
    if any(map(OF_EPISODES.match, body_class)):
        yield "a body class of programmes", 6.0
    types = (
        frozenset().union(*(jsonld.types(node) for node in layout.page.jsonld))
        if layout.page.jsonld
        else frozenset()
    )
    if not LISTING_TYPES.isdisjoint(types):
        yield "structured data of a listing", 3.0
    yield from _signs_of_lists(layout, article, worth, stated)


def _signs_of_lists(
    layout: Layout, article: Article, worth: float, stated: float
) -> Iterator[tuple[str, float]]:
    """What the page has many of, beside how little text."""
    headlines = _linked_headlines(layout) if worth < PLAIN else 0
    length = len(article.body or "")
    if headlines >= MANY_HEADLINES and length < 60 * headlines:
        yield f"{headlines} linked headlines", 3.0
        if article.published_at is None and length < SOME_BODY:
            yield "no day of publication", 1.0
    if has_short_lines(article):
        yield f"{len(article.blocks)} short lines", 4.0
    if article.title and is_profile(layout, article.title):
        yield "a writer's page", 3.0
    if _is_introduction(layout, article, worth, stated):
        yield "an introduction over a list", SURE + worth
    if ISSUE.fullmatch(article.title or "") and _linked_stories(layout) >= SOME_HEADLINES:
        yield "the contents of an issue", SURE + worth
    if length < SOME_BODY:
        yield "little text", 2.0
        if _links_elsewhere(layout):
            yield "the headline is a link to another page", 4.0
    if length < LINE and worth < SURE and (stories := _linked_stories(layout)) >= SOME_HEADLINES:
        yield f"links to {stories} stories", 3.0


def _linked_headlines(layout: Layout, behind: int = -1) -> int:
    """Headings that are links to other pages, outside menus and sidebars; those behind a place alone."""
    found = 0
    for tag in ("h2", "h3", "h4"):
        for element in layout.page.by_tag.get(tag, ())[:200]:
            if layout.page.positions[element] <= behind:
                continue
            links = (*element.iter("a"), *islice(element.iterancestors("a"), 1))
            linked = any(each.get("href") is not None for each in links)
            found += linked and not layout.outside(element)
    return found


def has_short_lines(article: Article) -> bool:
    """Whether a text is lines of a few words: a list of links, of days or of names, a table."""
    lines = [len(block.text) for block in article.blocks if block.type != "heading"]
    return len(lines) >= MANY_LINES and sum(lines) < SHORT_LINE * len(lines)


def is_figures(article: Article) -> bool:
    """Whether a text is short lines, many of them with figures."""
    figures = sum(any(map(str.isdigit, block.text)) for block in article.blocks)
    return has_short_lines(article) and figures > FIGURES * len(article.blocks)


def _is_introduction(layout: Layout, article: Article, worth: float, stated: float) -> bool:
    """Whether a text introduces linked headlines; a long one, where the page says nothing of itself as a story's, names
    no writer and has many of them.
    """
    if len(article.body or "") < LONG_BODY:
        return worth < SURE and _introduces(layout, article, SOME_HEADLINES)
    return stated < SAID and not article.authors and _introduces(layout, article, MANY_HEADLINES)


def _introduces(layout: Layout, article: Article, least: int) -> bool:
    """Whether a text without a day, under a name of few words, stands over linked headlines, as a topic's does."""
    page, end = layout.page, layout.body_end
    if end is None or prints_day(article) or page.stories or len((article.title or "").split()) > FEW_WORDS:
        return False
    if is_of_film(page.url) and _linked_stories(layout) >= SOME_HEADLINES:
        return True  # a programme, over its episodes
    if is_of_site(page.url):
        return False  # a page of the site, over its newest stories
    return _linked_headlines(layout, behind=end) >= least


def _linked_stories(layout: Layout) -> int:
    """Pages to which links with a headline's words lead, outside menus and sidebars; 0 for what leads to others of its
    kind: a gallery, and a poll, in which one is to choose.
    """
    found = set()
    chosen = any(each.get("type") == "radio" for each in layout.page.by_tag.get("input", ()))
    if chosen or is_of_gallery(layout.page.url):
        return 0
    for link in islice(layout.page.by_tag.get("a", ()), MOST_LINKS):
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
    if target is None or segments(target) == segments(layout.page.url):
        return False
    ours, theirs = (set(NUMBER.findall(each)) for each in (layout.page.url, target))
    return not ours & theirs  # the same story, its name written otherwise


NUMBER = re.compile(r"(?<![0-9A-Fa-f%])\d{5,}(?![0-9A-Fa-f])")
"""A number by which a site knows a story."""


def is_profile(layout: Layout, title: str) -> bool:
    """Whether a page is a writer's: it says so, or its headline, of a name's length, stands in what is called so over a
    list of stories.
    """
    if "profile" in [each.lower() for each in layout.page.meta.get("og:type", ())]:
        return True
    if layout.headline is None or len(title.split()) > FEW_WORDS:
        return False
    around = (mark_of(each) for each in (layout.headline, *islice(layout.headline.iterancestors(), 3)))
    return any(map(PROFILE.search, around)) and _linked_headlines(layout) >= FEW_STORIES
