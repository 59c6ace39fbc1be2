"""Finding a site's articles with no configuration: what its pages link to, and what an address looks like.

Pure functions from bytes to candidates, bounded in count and depth; they run in the reading
processes. What each source knows of an address (date, lastmod, section, anchor text) goes along
as its hints.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from archiver.candidate import Candidate, Kind
from archiver.errors import AddressError
from archiver.extract.kind_signs import is_of_list
from archiver.page import Page
from archiver.urls import (
    MAX_URL_LENGTH,
    PRINT_SCRIPT,
    canonicalise,
    in_site,
    plain_form,
    unquoted,
    within_thread,
)

MAX_LINKS = 3_000  # of one page
MAX_SEGMENTS = 14

NOT_A_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|exe|apk|dmg|mp[34]|m4[av]|"
    r"webm|og[gv]|wav|avi|mov|flv|wmv|m3u8?|css|js|json|woff2?|ttf|eot|txt|ics)$",
    re.IGNORECASE,
)
NOT_FOR_READERS = re.compile(
    r"/(?:wp-(?:admin|login|json(?!/wp/v2/posts\?_fields=)|content|includes)|xmlrpc\.php|cdn-cgi|cart|checkout|login|logout|register|signin|signup|"
    r"account|search(?!/label)|user/(?:login|register|password)|comments?/feed|trackback|embed|component/mailto|"
    r"(?:send|tell|e?mail)[-_]?(?:to[-_]?)?(?:a[-_]?)?friend|"
    r"(?:send|e?mail|recommend)[-_]?(?:to|e?mail|news|story|article|page)?(?=\.(?:aspx?|php|jsp|cgi)))(?:[/.?]|$)|"
    r"[?&](?:search|add-to-cart)=|[?&]s=(?!\d{1,4}(?:&|$))|"
    r"[?&]q=(?!node(?:&|$)|(?!(?:user|search|comment|admin|print|printpdf|printmail|forward)(?:/|%2F))[\w-]+(?:/|%2F)[\w-])|"
    r"[?&](?:p|page|op|act|action|do|task|mod|view|file)=(?:send|sendto|send_?friend|tell_?friend|e?mail|add_?comment|"
    r"comment_?form|newreply|login|register)(?:&|$)|[?&](?:op|act|action|do|task)=report(?:&|$)|[?&](?:p|pg|page|do)=print(?:&|$)|"
    r"[?&](?:format=pdf|option=com_mailto|task=emailform|file=friend|name=(?:search|your_account))(?:&|$)",
    re.IGNORECASE,
)
LISTING_PATH = re.compile(
    r"^/(?:[a-z]{2}/)?(?:category|categories|section|sections|tag|tags|topic|topics|author|authors|archives?(?!/(?!(?:19|20)\d\d/?$)\d{3,}/?$)|cat|"
    r"label|search/label|taxonomy/term|writers?|page|قسم|اقسام|وسم|تصنيف|كاتب|الكتاب|الوسوم)(?:/|$)|/page/\d+/?$|"
    r"[?&](?:cat|category|catid|section|sectionid|tag|author)=[^&]*$|[?&](?:paged?|start|offset)=\d*$|[?&]q=taxonomy/term/",
    re.IGNORECASE,
)
ARTICLE_ID = re.compile(r"(?:^|[/_.=-]|/article)(?!(?:19|20)\d\d(?:[/_.-]|$))\d{4,}(?:[/_.-]|$)")
ARTICLE_QUERY = re.compile(
    r"^(?:.*&)?(?:p|t|id|aid|nid|tid|newsid|articleid|article_id|story|post|topic)=\d+|^article\d+|(?:^|&)q=node/\d+(?:&|$)",
    re.IGNORECASE,
)
DATED_PATH = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
SLUG_WORDS = re.compile(r"[-_+]+")
NUMBERED_PAGE = re.compile(r"/page[/-]\d+/?$|[?&](?:paged?|pg|p|start|offset)=\d+$", re.IGNORECASE)
PAGINATION_MARK = re.compile(
    r"paginat|page-?num|pager|page-nav|nextpostslink|older|nav-links|(?:^|[\s_-])next(?:$|[\s_-])",
    re.IGNORECASE,
)
NEXT_LABEL = re.compile(
    r"^(?:التالي[ةه]?|الصفح[ةه] التالي[ةه]|السابق[ةه]? ?[»›]|المزيد|تحميل المزيد|next|older(?: posts)?|"
    r"[»›→]|[0-9٠-٩۰-۹]{1,4})$",
    re.IGNORECASE,
)
REFRESH = re.compile(r"^\s*[0-5](?:\.\d+)?\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
FEED_TYPE = re.compile(r"^application/(?:(?:rss|atom|rdf)\+xml|feed\+json)$", re.IGNORECASE)
COMMENT_FEED = re.compile(r"/comments/feed|comments|تعليقات", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Where:
    """The document that candidates were found in."""

    url: str
    site: str
    depth: int
    origin: str = field(init=False)  # scheme and host of `url`

    def __post_init__(self) -> None:
        object.__setattr__(self, "origin", "/".join(self.url.split("/", 3)[:3]))


def page_links(page: Page, where: Where, *, is_listing: bool) -> list[Candidate]:
    """The links of a page, those of its image maps too, that stay inside the site, each once, with anchor text and page
    as hints."""
    found: dict[str, tuple[str, Address, bool]] = {}  # the longest anchor text of each
    links = [*page.by_tag.get("a", ()), *page.by_tag.get("area", ())]
    for element in links[:MAX_LINKS]:
        address = site_link(page, element.get("href"), where)
        if address is None or address.url == where.url:
            continue
        shown = "".join(map(str, element.itertext())) if len(element) else element.text or ""
        anchor = " ".join(shown.split())[:300] or (element.get("title") or element.get("alt") or "").strip()
        known = found.get(address.url)
        if known is None or len(anchor) > len(known[0]):
            paging = is_listing and (address.is_numbered or _is_paging(element, anchor))
            found[address.url] = (anchor, address, paging)
    return [link_to(address, anchor, where, paging=paging) for anchor, address, paging in found.values()]


def linked_pages(page: Page, where: Where) -> list[Candidate]:
    """What the head of a page names: the next page of a listing, and feeds."""
    found = []
    for element in page.by_tag.get("link", ()):
        relations = (element.get("rel") or "").lower().split()
        url = list_link(page.resolve(element.get("href") or ""), where)
        if url is None:
            continue
        if "next" in relations:
            found.append(Candidate(url, "listing", where.depth, {"referrer": where.url, "pagination": True}))
        elif (
            "alternate" in relations
            and FEED_TYPE.match(element.get("type") or "")
            and not COMMENT_FEED.search(unquoted(url) + (element.get("title") or ""))
        ):
            found.append(
                Candidate(url, "feed", 0 if where.depth == 0 else where.depth, {"referrer": where.url})
            )
    return found


def refreshed_to(page: Page, where: Where) -> list[Candidate]:
    """Where a page sends its reader at once (`meta http-equiv=refresh`), inside the site."""
    for content in page.meta.get("refresh", ()):
        found = REFRESH.match(content)
        address = site_link(page, found[1], where) if found else None
        if address is not None and address.url != where.url:
            return [sent_on_to(address, page, where)]
    return []


def sent_on_to(address: "Address", page: Page, where: Where) -> Candidate:
    """Where a page sends its reader: it stands in the page's own place."""
    hints = {"referrer": where.url, "refreshed": True}
    return Candidate(address.url, "page", depth_in_place(page, where), hints)


def depth_in_place(page: Page, where: Where) -> int:
    """The depth of what stands in a page's own place, be it sent to or framed: the page's; a step deeper where the
    page stands so itself, so that no chain is without end.
    """
    return where.depth + any(page.hints.get(each) for each in ("refreshed", "frame"))


def guess_kind(url: str, anchor: str = "") -> Kind:
    """What an address looks like, before it is fetched: decides the order, never the outcome."""
    return _kind_with_anchor(_look_at(url), anchor)


def _kind_with_anchor(address: "Address", anchor: str) -> Kind:
    return "article" if address.kind == "page" and len(anchor) >= 40 and address.words >= 2 else address.kind


@dataclass(frozen=True, slots=True)
class Address:
    """A canonical address, and what it looks like."""

    url: str
    kind: Kind
    words: int  # in the last segment
    is_numbered: bool


def _look_at(url: str) -> Address:
    parts = urlsplit(url)
    path = unquoted(parts.path)
    target = f"{path}?{parts.query}" if parts.query else path
    words = sum(1 for word in SLUG_WORDS.split(path.rstrip("/").rpartition("/")[2]) if word)
    kind: Kind = "page"
    if LISTING_PATH.search(target) or is_of_list(url):
        kind = "listing"
    elif (
        words >= 4
        or ARTICLE_ID.search(parts.path)
        or DATED_PATH.search(parts.path)
        or ARTICLE_QUERY.match(parts.query)
    ):
        kind = "article"
    return Address(url, kind, words, bool(NUMBERED_PAGE.search(target)))


def same_scheme(url: str, known: str) -> str:
    """The address in the scheme that its host has answered in: many sites mix http and https in their links."""
    scheme, _, rest = known.partition("://")
    host = rest.partition("/")[0]
    other = url.partition("://")[2]
    return f"{scheme}://{other}" if other.partition("/")[0] == host else url


def is_endless(url: str) -> bool:
    """Whether a path repeats itself, as relative links gone wrong make it do: /a/b/a/b/a."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return True
    names = [segment for segment in segments if not segment.isdigit()]
    return any(names.count(name) >= 3 for name in set(names)) or any(
        names[i : i + 2] == names[i + 2 : i + 4] for i in range(len(names) - 3)
    )


def list_link(href: str | None, where: Where) -> str | None:
    """The address of a further list, of a feed or of data (which are no pages), where it is the site's and another."""
    if not href:
        return None
    try:
        url = same_scheme(canonicalise(href, where.url), where.url)
    except AddressError:
        return None
    return url if in_site(url, where.site) and url != where.url and not is_endless(url) else None


def site_link(page: Page, href: str | None, where: Where) -> Address | None:
    """A link of a page, where it leads to a page of the site."""
    if not href or href.startswith("#"):
        return None
    absolute = href if href.startswith(("http://", "https://")) else page.resolve(href)
    if not absolute or len(absolute) > 2 * MAX_URL_LENGTH:  # parameters may be dropped from it
        return None
    host = absolute.split("/", 3)[2].lower()
    if where.site not in host and host.isascii():  # to be shared elsewhere: another address on every page
        return None
    return _address_in_site(absolute, where.site, where.origin)


@lru_cache(maxsize=50_000)
def _address_in_site(url: str, site: str, known: str) -> Address | None:
    """The address where it is a page of the site; menus repeat on every page, hence the cache."""
    try:
        canonical = plain_form(canonicalise(url))
    except AddressError:
        return None
    if not in_site(canonical, site) or not is_page(canonical) or is_endless(canonical):
        return None
    return _look_at(same_scheme(canonical, known))


def is_page(url: str) -> bool:
    """Whether a canonical address may be a page for readers: no file, no form, no search, and no place within a thread,
    which its forum lists by its own address.
    """
    parts = urlsplit(url)
    told = f"{parts.path}?{parts.query}"
    return within_thread(url) is None and not (
        NOT_A_PAGE.search(parts.path) or PRINT_SCRIPT.search(parts.path) or NOT_FOR_READERS.search(told)
    )


def link_to(address: Address, anchor: str, where: Where, *, paging: bool) -> Candidate:
    """An address that a page names, to go on to; `paging` where it is another page of the same listing."""
    hints: dict[str, Any] = {"referrer": where.url}
    if anchor:
        hints["anchor"] = anchor
    if paging:
        return Candidate(address.url, "listing", where.depth, {**hints, "pagination": True})
    return Candidate(address.url, _kind_with_anchor(address, anchor), where.depth + 1, hints)


def as_listing(candidates: Iterable[Candidate]) -> list[Candidate]:
    """What a page names that turned out to be a listing by where it leads: numbered pages are further pages of it."""
    return [
        replace(each, kind="listing", depth=each.depth - 1, hints={**each.hints, "pagination": True})
        if NUMBERED_PAGE.search(each.url) and not each.hints.get("pagination")
        else each
        for each in candidates
    ]


def _is_paging(element: Any, anchor: str) -> bool:
    """Whether a link leads to another page of the same listing."""
    if "next" in (element.get("rel") or "").lower().split():
        return True
    if not NEXT_LABEL.match(anchor):
        return False
    nodes = [element, *list(element.iterancestors())[:3]]
    return any(PAGINATION_MARK.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in nodes)
