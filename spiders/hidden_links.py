"""Addresses that a page leads to by other means than links: frames, scripts, the data it was made from, controls.

Pure functions from a page to candidates. Whatever is looked for is first asked for in the page's bytes: most pages
have none of it. No script is run: only addresses that stand there as they are, in one string, are taken, and those
that a form makes of what it offers to choose from.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice, product
from math import prod
from typing import Any, TypeAlias, cast
from urllib.parse import urlencode

from lxml import etree

from archiver.candidate import Candidate
from archiver.page import MAX_BYTES, Element, Page
from spiders.discovery import (
    Address,
    Where,
    depth_in_place,
    guess_kind,
    link_to,
    sent_on_to,
    site_link,
)

MAX_FRAMES = 20
MAX_FRAME_TEXT = 100_000  # characters behind frames, for readers who see none
MAX_SCRIPTS = 40
MAX_SCRIPT = 20_000  # characters of one that may send the reader on
MAX_TARGETS = 4  # of the scripts of one page: one for each language, say
MAX_DATA = 1_000_000  # characters of a page's data
MAX_VALUES = 60_000  # looked at in a page's data
MAX_NAMED = 500  # addresses taken from it
MAX_CHOICES = 1_000  # of a page's drop-downs
MAX_CONTROLS = 1_000
MAX_FORMS = 20
MAX_COMBINED = 150  # pages that the forms of choices lead to
MAX_ADDRESS = 2_000
MAX_ANCHOR = 300
BARE_TEXT = 300  # characters on a page that only sends its reader on
BARE_LINKS = 5

SENT_ON = re.compile(
    r"""(?<![\w$.])(?:(?:window|document|self|top|parent|this)\.){0,2}location"""
    r"""(?:(?:\.href)?\s{0,9}=\s{0,9}|\.(?:replace|assign)\s{0,9}\(\s{0,9})"""
    r"""(?:"((?:[^"'<>\s\\]|\\/){1,2000})"|'((?:[^"'<>\s\\]|\\/){1,2000})')(?!\s{0,9}\+)"""
)
"""A script's assignment to the page's address of a string that goes on with nothing."""
PAGE_STATE = ("__NEXT_DATA__", "__NUXT", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__")
"""What scripts call the data that a page was made from."""
TITLED = re.compile(r"""["'](?:title|headline)["']\s{0,4}:""")
SET_TO_DATA = re.compile(r"=\s{0,9}(?=[\[{])")
MAX_SET = 10  # variables of one script that are set to data
DATA_MARKS = (b"application/json", b'"title"', b'"headline"', *(each.lower().encode() for each in PAGE_STATE))
ADDRESS_KEY = re.compile(r"(?:url|uri|href|link|path|slug)$", re.IGNORECASE)
NO_PAGE_KEY = re.compile(
    r"api|ajax|asset|audio|avatar|base|cdn|cover|feed|icon|image|img|login|logo|media|photo|picture|poster|rss|"
    r"script|search|share|src|static|thumb|upload|video",
    re.IGNORECASE,
)
"""Of those, names of what is no page."""
PICTURE_KEY = re.compile(r"image|img|photo|picture|thumb|avatar|logo|poster|gallery", re.IGNORECASE)
"""Names of pictures: below them are no pages."""
TITLE_KEYS = ("title", "headline", "name", "label")
IN_SCRIPT = re.compile(
    r"""["']?\b(?:url|uri|href|link|path|slug|permalink)["']?\s{0,4}:\s{0,4}"((?:/|\\/|\\u002[fF]|https?:)[^"\s<>]{1,2000})\""""
)
"""An address under its name in data that is a script's, not JSON."""
NO_PAGE = re.compile(
    r"^/(?:api|_next|_nuxt|graphql|static|assets|ajax)(?:/|$)|[\[\]{}<>\s*|^`]", re.IGNORECASE
)
MORE = re.compile(
    r"(?:load|show|view|see|btn|button)[-_ ]?more|more[-_ ]?(?:btn|button|news|posts)|infinite|paginat|pager|"
    r"(?:^|(?<!read)[\s_-])(?:more|next|older)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What a control is called that brings more of a listing."""
MORE_LABEL = re.compile(
    r"^(?:(?:تحميل|عرض|شاهد) )?(?:ال)?مزيد\b|^التالي|^(?:load |show |view )?more\b|^next\b", re.IGNORECASE
)
LIST_NAME = re.compile(
    r"(?<![a-z])(?:feed|posts|stream|timeline|scroll|(?:news|post|article)s?[-_]?list)(?![a-z])", re.I
)
"""What a list is called that goes on as its reader scrolls."""
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
CONTROLS = etree.XPath(
    "//*[@onclick or @data-href or @data-url or @data-page or @data-next or @data-next-url or @data-next-page]"
)
CONTROL_MARKS = (b"onclick", b"data-href", b"data-url", b"data-page", b"data-next")
NEXT_NAMES = ("data-next-url", "data-next-page", "data-next")

Named: TypeAlias = Iterator[tuple[str, str]]  # an address as it stands there, and what is written on it
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


def _readings(page: Page, where: Where, links: int, *, is_listing: bool) -> Iterator[tuple[Named, Make]]:
    """What there is to read on a page of so many links, and what an address found there is to discovery."""
    source = page.body[:MAX_BYTES].lower()
    plain = partial(link_to, where=where, paging=False)
    if b"frame" in source:
        yield _frames(page, is_alone=links == 0 and _is_bare(page)), partial(_frame, page=page, where=where)
        yield _behind_frames(page), plain
    if b"location" in source and links <= BARE_LINKS and _is_bare(page):
        yield _sent_on(page), lambda address, _: sent_on_to(address, page, where)
    if any(mark in source for mark in DATA_MARKS):
        yield _in_data(page), plain
    if b"<option" in source:
        yield _choices(page), partial(_choice, where=where)
        yield _forms(page), partial(_choice, where=where)
    if any(mark in source for mark in CONTROL_MARKS):
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
            yield link.get("href") or "", _shown(link)


def _sent_on(page: Page) -> Named:
    """Where the scripts of a page send its reader."""
    scripts = [element.text or "" for element in page.by_tag.get("script", ())[:MAX_SCRIPTS]]
    scripts += [element.get("onload") or "" for element in page.by_tag.get("body", ())[:1]]
    targets = (each for script in scripts for each in _targets(script[:MAX_SCRIPT]))
    for target in islice(targets, MAX_TARGETS):
        yield target, ""


def _targets(script: str) -> Iterator[str]:
    if "location" in script:
        for found in SENT_ON.finditer(script):
            yield (found[1] or found[2]).replace("\\/", "/")


def _in_data(page: Page) -> Named:
    """The addresses in the data that a page was made from, with their titles."""
    left, taken = MAX_DATA, 0
    for element in page.by_tag.get("script", ()):
        text = element.text or ""
        kind = (element.get("type") or "").strip().lower()
        if kind == "application/json":
            read = named_in_json
        elif any(each in text for each in PAGE_STATE):
            read = _of_script
        elif "json" not in kind and TITLED.search(text):
            read = _of_variables
        else:
            continue
        left -= len(text)
        if left < 0:
            return
        for named in read(text):
            yield named
            taken += 1
            if taken >= MAX_NAMED:
                return


def named_in_json(text: str) -> Named:
    """The addresses in data, with the titles of what they lead to."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        yield from _of_script(text)
        return
    yield from _of_data(data)


def _of_variables(text: str) -> Named:
    """The addresses in the data that a script sets its variables to, where they come with a title."""
    decoder, end = json.JSONDecoder(), 0
    for begin in islice(SET_TO_DATA.finditer(text), MAX_SET):
        if begin.start() < end:
            continue
        try:
            data, end = decoder.raw_decode(text, begin.end())
        except (ValueError, RecursionError):
            continue
        yield from (named for named in _of_data(data) if named[1])


def _of_data(data: Any) -> Named:
    waiting, looked_at = [data], 0
    while waiting and looked_at < MAX_VALUES:
        looked_at += 1
        value = waiting.pop()
        if isinstance(value, dict):
            yield from _of_object(value)
            below = ((key, each) for key, each in value.items() if isinstance(each, (dict, list)))
            waiting += reversed([each for key, each in below if not PICTURE_KEY.search(key[:80])])
        elif isinstance(value, list):
            waiting += reversed(value[:MAX_VALUES])
        elif isinstance(value, str) and _is_address(value) and guess_kind(value) in ("article", "listing"):
            yield value, ""  # Nuxt keeps all values in one list, and their names elsewhere


def _of_object(value: dict[str, Any]) -> Named:
    """The addresses of one object under names that say so, with the object's title."""
    titles = (value.get(key) for key in TITLE_KEYS)
    title = next((each for each in titles if isinstance(each, str) and each.strip()), "")
    for key, each in value.items():
        if not isinstance(each, str) or not _is_address(each):
            continue
        if ADDRESS_KEY.search(key[-80:]) and not NO_PAGE_KEY.search(key[-80:]):
            yield each, " ".join(title[:MAX_ANCHOR].split())


def _of_script(text: str) -> Named:
    """The addresses under names that say so, in data that is no JSON."""
    for found in IN_SCRIPT.finditer(text):
        address = _unescaped(found[1])
        if _is_address(address):
            yield address, ""


def _unescaped(text: str) -> str:
    """A string of JSON as it is read; empty where it is none: «\\/story\\/\\u062e\\u0628\\u0631»."""
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return ""


def _is_address(text: str) -> bool:
    return (
        len(text) < MAX_ADDRESS
        and text.startswith(("/", "http://", "https://"))
        and not text.startswith("//")
        and not NO_PAGE.search(text)
    )


def _forms(page: Page) -> Named:
    """The pages of an archive that a form of choices alone leads to: every month of every year, say."""
    left = MAX_COMBINED
    for form in page.by_tag.get("form", ())[:MAX_FORMS]:
        if (form.get("method") or "get").strip().lower() != "get" or not _is_of_choices(form):
            continue
        kept = [(each.get("name") or "", each.get("value") or "")
                for each in form.iter("input") if (each.get("type") or "").lower() == "hidden"]  # fmt: skip
        offered = [
            [(each.get("name") or "", value) for value in _offered(each)] for each in form.iter("select")
        ]
        combined = prod(len(each) for each in offered)
        if not offered or combined > left:
            continue
        left -= combined
        place = (form.get("action") or page.url).partition("#")[0].partition("?")[0]  # as browsers do
        for chosen in product(*offered):
            query = urlencode([pair for pair in (*kept, *chosen) if pair[0]])
            yield f"{place}?{query}", ""


def _is_of_choices(form: Element) -> bool:
    """Whether there is nothing in a form to write or to tick."""
    inputs = {(each.get("type") or "text").lower() for each in form.iter("input")}
    return inputs <= {"hidden", "submit", "button", "image"} and next(form.iter("textarea"), None) is None


def _offered(choice: Element) -> list[str]:
    """What a drop-down sends for each of its options; one that sends nothing, or -1, is the invitation to choose."""
    told = (each.get("value", each.text or "") for each in islice(choice.iter("option"), MAX_COMBINED + 1))
    return [each.strip() for each in told if each.strip() not in ("", "-1") and not _is_address(each.strip())]


def _choices(page: Page) -> Named:
    """The addresses in the drop-downs of a page."""
    for element in page.by_tag.get("option", ())[:MAX_CHOICES]:
        value = (element.get("value") or "").strip()
        if _is_address(value):
            yield value, _shown(element)


def _cards(controls: Iterable[Element]) -> Named:
    """Where a click on an element leads, if a script of its own says it."""
    for element in controls:
        clicked = (element.get("onclick") or "")[:MAX_ADDRESS]
        for target in _targets(clicked):
            yield target, _title_of(element)
        value = (element.get("data-href") or "").strip()
        if _is_address(value) and not _brings_more(element) and not _shares(element):
            yield value, _title_of(element)


def _more(controls: Iterable[Element], page: Page) -> Named:
    """Where the controls lead that bring more of a listing."""
    joined = MAX_TARGETS
    for element in controls:
        told = [(element.get(name) or "").strip() for name in NEXT_NAMES]
        named = [value for value in told if not _is_address(value)]
        yield from ((value, _shown(element)) for value in told if leads_on(value))
        if _brings_more(element) or LIST_NAME.search(_name_of(element)):
            kept = (element.get("data-url") or element.get("data-href") or "").strip()
            number = (element.get("data-page") or "").strip()
            named.append(_numbered(kept, number))
            if not kept and joined and PAGE_NUMBER.fullmatch(number):
                joined -= 1
                named += _joined(page, element)
        for value in named:
            if _is_address(value) or (value.startswith("?") and not NO_PAGE.search(value)):
                yield value, _shown(element)


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


def leads_on(value: str) -> bool:
    """Whether a value is an address, be it of data that scripts ask for."""
    return len(value) < MAX_ADDRESS and value.startswith(("/", "http://", "https://")) and value[:2] != "//"


def _brings_more(element: Element) -> bool:
    return MORE.search(_name_of(element)) is not None or MORE_LABEL.search(_shown(element)) is not None


def _name_of(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_ANCHOR]


def _shares(element: Element) -> bool:
    """Whether an element keeps an address to pass it on: buttons of networks, whose own links lead elsewhere."""
    own = (element.get("href") or "").strip()
    is_link = bool(own) and not own.startswith(("#", "javascript:"))
    return is_link or SHARE.search(element.get("class") or "") is not None or not _shown(element)


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
        (_shown(heading) if heading is not None else "") or _shown(card) or (card.get("title") or "").strip()
    )


def _shown(element: Element) -> str:
    """What is written on an element, as far as an anchor text goes."""
    length, parts = 0, []
    for text in element.itertext():
        parts.append(str(text))
        length += len(text)
        if length > 2 * MAX_ANCHOR:
            break
    return " ".join("".join(parts).split())[:MAX_ANCHOR]
