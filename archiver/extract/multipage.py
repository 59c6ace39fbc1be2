"""A story over several pages: where the others are, and how they become one article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from archiver.article import Article, Block, Image, Link
from archiver.errors import AddressError
from archiver.extract.names import all_called
from archiver.extract.nodes import text_of
from archiver.page import Element, Page
from archiver.sites.profile import Profile
from archiver.urls import canonicalise, unquoted

EXTENSION = re.compile(r"\.html?$")
PAGE_TAIL = re.compile(r"(?:/page)?[/_-](\d{1,3})/?$|/(\d{1,3})\.html?$")
PAGE_QUERY = re.compile(r"(?:^|&)(?:page|paged|p|pg|pageno|pagenum|start)=(\d{1,3})(?:&|$)", re.I)
NEXT = re.compile(
    r"[\s\W]*(?:ال)?صفح[ةه] (?:ال)?(?:تالي[ةه]|\d{1,2})[\s\W]*"
    r"|[\s\W]*(?:التالي|التالى|اقرأ البقية|next(?: page)?|suivante?)[\s\W]*|\s*[»›>]{1,2}\s*",
    re.I,
)
"""What a link to the next page says."""
OF_PAGE = re.compile("صفح|page", re.I)
LONGEST = 20  # characters of what a link to a page says
DIGITS = re.compile(r"\s*[\[(]?\s*(\d{1,2})\s*[\])]?\s*")
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
    for anchor in filter(_may_turn, page.by_tag.get("a", ())) if not found else ():
        target = page.resolve(anchor.get("href"))
        said = text_of(anchor, LONGEST)
        digits = DIGITS.fullmatch(said)
        is_told = digits is not None or OF_PAGE.search(said) is not None
        number = _page_behind(target, page.url, is_told=is_told) if target else None
        if target and number is not None and (digits is None or int(digits[1]) == number):
            found.setdefault(number, _canonical(target))
    return tuple(found[number] for number in sorted(found))[:MOST]


def _may_turn(anchor: Element) -> bool:
    """Whether a link that stands in no named pager says that it leads to a page: a number, «الصفحة التالية»."""
    said = (anchor.text or "") if len(anchor) == 0 else text_of(anchor, LONGEST)
    if len(said) >= LONGEST or (DIGITS.fullmatch(said) or NEXT.fullmatch(said)) is None:
        return False
    return (anchor.get("href") or "#")[0] != "#"


def _page_behind(url: str, of: str, *, is_told: bool) -> int | None:
    """The number of a page of the story at `of`, its address with a number behind it; of two stories known by numbers
    (``/news/46``, ``/news/47``) neither is the other's page, but where the link tells that it leads to one."""
    number = page_number(url, of)
    if number is not None:
        own = _stem(of)[1]
        may_be_story = own > 1 and not PAGE_QUERY.search(urlsplit(of).query)
        return None if number <= own or (may_be_story and not is_told) else number
    return page_number(url, f"{of.rstrip('/')}/1") if "?" not in of else None


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

    What a theme repeats on every page (the lead picture, the last paragraph as a teaser) is kept once; pages that say
    the whole story again, beside further comments, add nothing.
    """
    first, *others = articles
    rest = [each for each in others if not _is_again(each, first)]
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
    told = [each for article in others for each in article.warnings if each.code != "published_unknown"]
    return replace(
        first,
        body=body,
        blocks=tuple(blocks),
        images=tuple(images.values()),
        see_also=tuple(links.values()),
        warnings=tuple(dict.fromkeys((*first.warnings, *told))),
    )


def _is_again(page: Article, first: Article) -> bool:
    """Whether a page has all the text of the first."""
    texts = {block.text for block in first.blocks}
    return len(texts) > 1 and texts <= {block.text for block in page.blocks}
