"""Addresses that a page leads to by other means than links: frames, scripts and controls; its data (`page_data`),
its drop-downs and forms (`choices`).

Pure functions from a page to candidates. Whatever is looked for is first asked for where it costs least: most pages
have none of it. No script is run: only addresses that stand there as they are, in one string, are taken, and those
that a form makes of what it offers to choose from.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeAlias, cast

from lxml import etree

from archiver.candidate import Candidate
from archiver.page import MAX_BYTES, Element, Page
from spiders.address_text import (
    MAX_ADDRESS,
    MAX_ANCHOR,
    Named,
    is_address,
    leads_on,
    shown_on,
    with_parameter,
)
from spiders.choices import named_by_forms, named_in_choices
from spiders.discovery import (
    Address,
    Where,
    depth_in_place,
    link_to,
    sent_on_to,
    site_link,
)
from spiders.more import brings_more, name_of, turned_by_forms
from spiders.page_data import named_in_page

MAX_FRAMES = 20
MAX_FRAME_TEXT = 100_000  # characters behind frames, for readers who see none
MAX_SCRIPTS = 40
MAX_SCRIPT = 20_000  # characters of one that may send the reader on
MAX_TARGETS = 4  # of the scripts of one page: one for each language, say
MAX_CONTROLS = 1_000
BARE_TEXT = 300  # characters on a page that only sends its reader on
BARE_LINKS = 5
SPLASH_LINKS = 2  # «ادخل إلى الموقع», and perhaps a second language

ENTER = re.compile(
    r"$|.{0,20}(?:[اأإ]دخل|دخول|تخط|اضغط|انقر|عربي[ةه]?|enter|skip|click|arabic|english)",
    re.IGNORECASE | re.DOTALL,
)
"""What is written on the way past a splash page, if not but a picture."""
SENT_ON = re.compile(
    r"""(?<![\w$.])(?:(?:window|document|self|top|parent|this)\.){0,2}location"""
    r"""(?:(?:\.href)?\s{0,9}=\s{0,9}|\.(?:replace|assign)\s{0,9}\(\s{0,9})"""
    r"""(?:"((?:[^"'<>\s\\]|\\/){1,2000})"|'((?:[^"'<>\s\\]|\\/){1,2000})')(?!\s{0,9}\+)"""
)
"""A script's assignment to the page's address of a string that goes on with nothing."""
OPENED = re.compile(r"""(?<![\w$])(?:window\.)?open\s{0,9}\(\s{0,9}['"]([^'"<>\s\\]{1,2000})['"]""")
"""What a click opens in a window of its own."""
CALLED = re.compile(
    r"""\s*javascript:\s*[\w$.]{1,60}\(\s{0,9}['"]"""
    r"""((?:https?:/)?/[^'"<>\s\\]{1,2000}|[\w./-]{1,200}\.(?:php|aspx?|html?|jsp)(?:\?[^'"<>\s\\]{0,1000})?)['"]""",
    re.IGNORECASE,
)
"""A link that calls a function with an address: ``javascript:openNews('/news.php?id=60')``."""
REFRESHED = re.compile(r"\s*[0-5](?:\.\d+)?\s*(?:$|[;,]\s*(?:url\s*=\s*['\"]?([^'\"]*))?)", re.IGNORECASE)
"""A refresh at once, of another address or, without one, of the page itself."""
RELOADED = re.compile(r"(?<![\w$])location\.reload\s{0,9}\(")
LIST_NAME = re.compile(
    r"(?<![a-z])(?:feed|posts|stream|timeline|scroll|(?:news|post|article)s?[-_]?list)(?![a-z])", re.I
)
"""What a list is called that goes on as its reader scrolls."""
TAB_NAME = re.compile(
    r"(?<![a-z])tab(?:s|[-_](?:pane|panel|content|link|btn|button))?(?![a-z])", re.IGNORECASE
)
"""What a part of a page is called that is filled when its reader asks for it."""
SHARE = re.compile(r"\bfb-|share|social|tweet|twitter|whats|telegram|comment", re.IGNORECASE)
PLACE = re.compile(r"\{\{?\s?(?:page|n|num|p)\s?\}?\}|(?<=[/=]):page\b|%d|__page__|\[page\]", re.IGNORECASE)
"""Where the number of the page goes in an address that a control keeps."""
PAGE_NUMBER = re.compile(r"[1-9]\d{0,3}")
JOIN_BEGINS = re.compile(r"""["'](?:/|https?://)[^"'\s\\]{0,500}["']\s{0,9}\+""")
JOINED = re.compile(
    r"""(?:"([^"\s\\]{0,500})"|'([^'\s\\]{0,500})'|"""
    r"""[\w$.()]{1,40}?\.(?:(?:data|attr|getAttribute)\(["'](?:data-)?([\w-]{1,40})["']\)|dataset\.(\w{1,40})))"""
    r"""\s{0,9}(\+?)\s{0,9}"""
)
"""A part of an address that a script joins: a string, or what a control keeps under a name."""
MAX_JOINED = 12  # parts
MAX_JOINS = 200  # that are tried on a page
WORDPRESS_DATA, WORDPRESS_MOST = "api.w.org", 100
"""Whose `link` names where WordPress answers scripts, and how many stories it tells at once at most."""
NEXT_NAMES = ("data-next-url", "data-next-page", "data-next")
ENDPOINT_NAMES = (
    "data-endpoint",
    "data-api",
    "data-api-url",
    "data-ajax",
    "data-ajax-url",
    "data-load",
    "data-load-url",
    "hx-get",
    "data-hx-get",
)
"""Under what names an element keeps the address of the data that its scripts ask for."""
CONTROL_NAMES = ("onclick", "data-href", "data-url", "data-page", *NEXT_NAMES, *ENDPOINT_NAMES)
CONTROLS = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in CONTROL_NAMES)}]")
CONTROL_MARK = re.compile(rb"data-(?:href|url|page|next|endpoint|api|ajax|load)")

Make: TypeAlias = Callable[[Address, str], Candidate]


def hidden_links(page: Page, where: Where, links: list[Candidate], *, is_listing: bool) -> list[Candidate]:
    """The addresses of the site that no link of the page names; `links` are those that its links do."""
    found = {each.url: each for each in links}
    known = len(found)
    for named, make in _readings(page, where, known, is_listing=is_listing):
        for href, anchor in named:
            address = site_link(page, href, where)
            if address is not None and address.url != where.url and address.url not in found:
                found[address.url] = make(address, anchor)
    return list(found.values())[known:]


def past_splash(page: Page, where: Where, links: list[Candidate]) -> list[Candidate]:
    """The links of a site's first page; where it only bids its reader enter, they stand in its own place."""
    is_splash = where.depth == 0 and 0 < len(links) <= SPLASH_LINKS and not page.hints.get("splash")
    bids = all(ENTER.match(str(each.hints.get("anchor") or "")) for each in links)
    if not is_splash or not bids or not _is_bare(page):
        return links
    return [replace(each, kind="page", depth=0, hints={**each.hints, "splash": True}) for each in links]


def reloads(page: Page, where: Where) -> bool:
    """Whether a page with next to nothing to read sends its reader to the page's own address at once."""
    sent = [found[1] or "" for each in page.meta.get("refresh", ()) if (found := REFRESHED.match(each))]
    if not sent and b"location" not in page.body[:MAX_BYTES].lower():
        return False
    if not _is_bare(page):
        return False
    if not sent:
        scripts = [(each.text or "")[:MAX_SCRIPT] for each in page.by_tag.get("script", ())[:MAX_SCRIPTS]]
        sent = [each for each, _ in _sent_on(page)] or ["" for each in scripts if RELOADED.search(each)]
    addresses = (site_link(page, each, where) for each in sent if each)
    return "" in sent or any(each is not None and each.url == where.url for each in addresses)


def _readings(page: Page, where: Where, links: int, *, is_listing: bool) -> Iterator[tuple[Named, Make]]:
    """What there is to read on a page of so many links, and what an address found there is to discovery."""
    source = page.body[:MAX_BYTES].lower()
    plain = partial(link_to, where=where, paging=False)
    if not {"frame", "iframe", "noframes"}.isdisjoint(page.by_tag):
        yield _frames(page, is_alone=links == 0 and _is_bare(page)), partial(_frame, page=page, where=where)
        yield _behind_frames(page), plain
    if links <= BARE_LINKS and b"location" in source and _is_bare(page):
        yield _sent_on(page), lambda address, _: sent_on_to(address, page, where)
    if links <= BARE_LINKS and WORDPRESS_DATA.encode() in source:
        yield _of_wordpress(page), partial(link_to, where=where, paging=True)
    yield named_in_page(page), plain
    if b"javascript:" in source:
        yield _called(page), plain
    if "option" in page.by_tag:
        yield named_in_choices(page), partial(_choice, where=where)
        yield named_by_forms(page), partial(_choice, where=where)
    if "form" in page.by_tag:
        yield turned_by_forms(page), partial(link_to, where=where, paging=is_listing)
    if b"onclick" in source or b"hx-get" in source or CONTROL_MARK.search(source):
        controls = cast("list[Element]", CONTROLS(page.root))[:MAX_CONTROLS]
        yield _cards(controls), plain
        yield _more(controls, page), partial(link_to, where=where, paging=is_listing)


def _frame(address: Address, _: str, page: Page, where: Where) -> Candidate:
    return Candidate(
        address.url, "listing", depth_in_place(page, where), {"referrer": where.url, "frame": True}
    )


def _choice(address: Address, anchor: str, where: Where) -> Candidate:
    """Drop-downs offer sections and months, no stories."""
    made = link_to(address, anchor, where, paging=False)
    return made if made.kind != "article" else replace(made, kind="page")


def _is_bare(page: Page) -> bool:
    """Whether there is next to nothing to read on a page."""
    length = 0
    for text, element in page.runs:
        length += len(text.strip()) if element.tag not in ("noframes", "frameset") else 0
        if length > BARE_TEXT:
            return False
    return True


def _frames(page: Page, *, is_alone: bool) -> Named:
    """The pages that a frameset is made of; an inline frame's, where it is all there is on its page."""
    frames = page.by_tag.get("frame", ()) or (page.by_tag.get("iframe", ()) if is_alone else ())
    for element in frames[:MAX_FRAMES]:
        yield element.get("src") or "", ""


def _behind_frames(page: Page) -> Named:
    """The links for readers who see no frames: the parser leaves them as text."""
    for element in page.by_tag.get("noframes", ())[:1]:
        text = (element.text or "")[:MAX_FRAME_TEXT]
        if "<" not in text:
            continue
        inner = Page(
            text.encode("utf-8", "ignore"), page.url, headers={"content-type": "text/html; charset=utf-8"}
        )
        for link in inner.by_tag.get("a", ())[:MAX_CONTROLS]:
            yield link.get("href") or "", shown_on(link)


def _sent_on(page: Page) -> Named:
    """Where the scripts of a page send its reader."""
    scripts = [element.text or "" for element in page.by_tag.get("script", ())[:MAX_SCRIPTS]]
    scripts += [element.get("onload") or "" for element in page.by_tag.get("body", ())[:1]]
    targets = (each for script in scripts for each in _targets(script[:MAX_SCRIPT]))
    for target in islice(targets, MAX_TARGETS):
        yield target, ""


def _of_wordpress(page: Page) -> Named:
    """The list of stories as WordPress tells it to scripts, for a front page that is made by them alone."""
    for link in page.by_tag.get("link", ()):
        if WORDPRESS_DATA in (link.get("rel") or "") and (root := (link.get("href") or "").strip()):
            yield f"{root.rstrip('/')}/wp/v2/posts?_fields=link,title&per_page={WORDPRESS_MOST}&page=1", ""


def _targets(script: str) -> Iterator[str]:
    if "location" in script:
        for found in SENT_ON.finditer(script):
            yield (found[1] or found[2]).replace("\\/", "/")


def _cards(controls: Iterable[Element]) -> Named:
    """Where a click on an element leads, if a script of its own says it."""
    for element in controls:
        clicked = (element.get("onclick") or "")[:MAX_ADDRESS]
        for target in _targets(clicked):
            yield target, _title_of(element)
        if (opened := OPENED.search(clicked)) is not None and not _passes_on(element):
            yield opened[1], _title_of(element)
        value = (element.get("data-href") or "").strip()
        if is_address(value) and not brings_more(element) and not _shares(element):
            yield value, _title_of(element)


def _called(page: Page) -> Named:
    """The addresses with which links call functions of the page's scripts."""
    for element in page.by_tag.get("a", ())[:MAX_CONTROLS]:
        called = CALLED.match((element.get("href") or "")[:MAX_ADDRESS])
        if called is not None and not _passes_on(element):
            yield called[1], _title_of(element)


def _more(controls: Iterable[Element], page: Page) -> Named:
    """Where the controls lead that bring more of a listing, or a part of it."""
    joined = MAX_TARGETS
    for element in controls:
        named = [(element.get(name) or "").strip() for name in NEXT_NAMES]
        own = (element.get("data-url") or element.get("data-href") or "").strip()
        number = (element.get("data-page") or "").strip()
        if brings_more(element) or LIST_NAME.search(name_of(element)):
            named += [_numbered(own, number), *_endpoints(element)]
            if not own and joined and PAGE_NUMBER.fullmatch(number):
                joined -= 1
                named += _joined(page, element)
        elif element.get("role") == "tab" or TAB_NAME.search(name_of(element)):
            named += [own, *_endpoints(element)]
        for value in dict.fromkeys(named):
            if leads_on(value if value[:1] != "?" else f"/{value}"):
                yield value, shown_on(element)


def _endpoints(element: Element) -> Iterator[str]:
    """The addresses of the data that bring more of a list, from the place on that the list has come to."""
    cursor, number = ((element.get(name) or "").strip()[:MAX_ANCHOR] for name in ("data-cursor", "data-page"))
    for name in ENDPOINT_NAMES:
        value = (element.get(name) or "").strip()
        if leads_on(value):
            yield with_parameter(value, "cursor", cursor) if cursor else _numbered(value, number)


def _joined(page: Page, control: Element) -> list[str]:
    """The addresses that the page's scripts join of strings and of what the control keeps."""
    scripts = (element.text or "" for element in page.by_tag.get("script", ())[:MAX_SCRIPTS])
    told = [each[:MAX_SCRIPT] for each in scripts if "data" in each]
    begun = ((each, begin.start()) for each in told for begin in JOIN_BEGINS.finditer(each))
    found = (_join(script, place, control) for script, place in islice(begun, MAX_JOINS))
    return [address for address in found if address][:MAX_TARGETS]


def _join(script: str, place: int, control: Element) -> str:
    """The address joined from there on; empty where a part of it is not known, or none is the control's."""
    parts: list[str] = []
    is_own = False
    while len(parts) < MAX_JOINED and (part := JOINED.match(script, place)):
        name = part[3] or part[4]
        value = control.get(f"data-{name}", "") if name else part[1] or part[2]
        if name and not value:
            return ""
        parts.append(value or "")
        is_own = is_own or bool(name)
        if not part[5]:
            return "".join(parts) if is_own else ""
        place = part.end()
    return ""


def _shares(element: Element) -> bool:
    """Whether an element keeps an address to pass it on, its own link leading elsewhere."""
    own = (element.get("href") or "").strip()
    is_link = bool(own) and not own.startswith(("#", "javascript:"))
    return is_link or _passes_on(element)


def _passes_on(element: Element) -> bool:
    """Whether an element is a network's button, by its name, or an icon without a word."""
    return SHARE.search(name_of(element)) is not None or not shown_on(element)


def _numbered(address: str, number: str) -> str:
    """The address of a page by its number, as the control that brings it keeps them."""
    if not address or not PAGE_NUMBER.fullmatch(number):
        return address
    filled, places = PLACE.subn(number, address[:MAX_ADDRESS])
    if places:
        return filled
    if address.endswith(("=", "/page/")):
        return address + number
    return f"{address}{'&' if '?' in address else '?'}page={number}"


def _title_of(card: Element) -> str:
    """The heading of a card, or else all that is written on it."""
    heading = next(card.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    return (
        (shown_on(heading) if heading is not None else "")
        or shown_on(card)
        or (card.get("title") or "").strip()
    )
