"""A story over several pages: where the others are, and how they become one article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from archiver.article import Article, Block, Image, Link
from archiver.errors import AddressError
from archiver.extract.names import all_called
from archiver.page import Element, Page
from archiver.sites.profile import Profile
from archiver.urls import canonicalise, unquoted

EXTENSION = re.compile(r"\.html?$")
PAGE_TAIL = re.compile(r"(?:/page)?[/_-](\d{1,3})/?$|/(\d{1,3})\.html?$")
PAGE_QUERY = re.compile(r"(?:^|&)(?:page|paged|p|pg|pageno|pagenum|start)=(\d{1,3})(?:&|$)", re.I)
MOST = 50


def next_pages(page: Page, profile: Profile) -> tuple[str, ...]:
    """The canonical addresses of the story's other pages that follow this one, in order; mostly none."""
    current = page_number(page.url, page.url) or 1
    found: dict[int, str] = {}
    for anchor in _anchors(page, profile):
        target = page.resolve(anchor.get("href"))
        number = page_number(target, page.url) if target else None
        if target and number is not None and number > current:
            found.setdefault(number, _canonical(target))
    return tuple(found[number] for number in sorted(found))[:MOST]


def page_number(url: str, of: str) -> int | None:
    """Which page of the story at `of` an address is: 1 for its first, None where it is another story.

    ("https://x.ly/slug/3/", "https://x.ly/slug/") → 3; ("https://x.ly/other/", "https://x.ly/slug/") → None
    """
    path, number = _stem(url)
    other, _ = _stem(of)
    return number if path == other else None


def _stem(url: str) -> tuple[str, int]:
    """An address without its page number, and the number (1 where there is none)."""
    parts = urlsplit(unquoted(url))
    query = PAGE_QUERY.search(parts.query)
    tail = PAGE_TAIL.search(parts.path)
    if query:
        rest = PAGE_QUERY.sub("", parts.query)
        return f"{parts.netloc}{parts.path.rstrip('/')}?{rest}", int(query[1])
    if tail:
        return f"{parts.netloc}{parts.path[: tail.start()]}?{parts.query}", int(tail[1] or tail[2])
    return f"{parts.netloc}{EXTENSION.sub('', parts.path.rstrip('/'))}?{parts.query}", 1


def _anchors(page: Page, profile: Profile) -> Iterable[Element]:
    """The links that may lead to the story's other pages: the profile's, or those of a named pager."""
    holders = [match.element for match in profile.every("pages", page)]
    holders = holders or all_called(page, "pages")
    for holder in holders:
        yield from holder.iter("a")
    for link in page.by_tag.get("link", ()):
        if "next" in (link.get("rel") or "").split():
            yield link


def _canonical(url: str) -> str:
    try:
        return canonicalise(url)
    except AddressError:
        return url


def join(articles: Sequence[Article]) -> Article:
    """One article of a story's pages, in order: the first page's facts, everyone's text, pictures and links.

    What a theme repeats on every page (the lead picture, the last paragraph as a teaser) is kept once.
    """
    first, *rest = articles
    blocks: list[Block] = list(first.blocks)
    images: dict[str, Image] = {each.url: each for each in first.images}
    links: dict[str, Link] = {each.url: each for each in first.see_also}
    for article in rest:
        repeated = bool(blocks) and bool(article.blocks) and article.blocks[0] == blocks[-1]
        blocks.extend(article.blocks[1:] if repeated else article.blocks)
        for image in article.images:
            images.setdefault(image.url, replace(image, role="inline") if images else image)
        for link in article.see_also:
            links.setdefault(link.url, link)
    body = "\n\n".join(block.text for block in blocks) or None
    warnings = tuple(dict.fromkeys(warning for article in articles for warning in article.warnings))
    return replace(
        first,
        body=body,
        blocks=tuple(blocks),
        images=tuple(images.values()),
        see_also=tuple(links.values()),
        warnings=warnings,
    )
