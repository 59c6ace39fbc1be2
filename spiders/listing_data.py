"""A listing's data, which its scripts ask for as the reader scrolls: JSON with addresses, or with pieces of HTML.

The address of such data is one that a page keeps for its scripts (`hidden_links`); nothing is guessed but the number
of the next page, where data that led somewhere do not name it.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice

from archiver.candidate import Candidate
from archiver.page import Page
from spiders.address_text import leads_on, with_parameter
from spiders.discovery import Where, link_to, list_link, page_links, site_link
from spiders.page_data import MAX_DATA, MAX_NAMED, MAX_VALUES, named_in_json

NEXT_KEY = re.compile(r"next(?:[-_]?page)?(?:[-_]?(?:url|link|href))?", re.IGNORECASE)
"""Under what name the data of a listing keep the address of its next page."""
CURSOR_KEY = re.compile(r"(?:next|end)[-_]?(cursor|token|offset)|(cursor)", re.IGNORECASE)
"""Under what name they keep the place from which their next page goes on, and what it is called in an address."""
MAX_CURSOR = 500  # characters
PER_PAGE = re.compile(r"[?&]per_page=(\d{1,3})(?=&|$)")
NUMBERED = re.compile(r"(?<=[?&]page=)\d{1,4}(?=&|$)")


def data_links(text: str, url: str, where: Where) -> list[Candidate]:
    """The addresses in a listing's data, which its scripts ask for: its stories', and its next page's; in pieces of
    HTML too."""
    page = Page(
        _markup_in(text).encode("utf-8", "ignore"), url, headers={"content-type": "text/html; charset=utf-8"}
    )
    found = {each.url: each for each in page_links(page, where, is_listing=False)}
    for href, anchor in islice(named_in_json(text), MAX_NAMED):
        address = site_link(page, href, where)
        if address is not None and address.url != where.url:
            found.setdefault(address.url, link_to(address, anchor, where, paging=False))
    further = list(_next_in(text))
    names_stories = any(each.kind == "article" for each in found.values())
    if not further and names_stories:
        further = list(_from_cursor(text, url))
    whole = PER_PAGE.search(url)
    is_last = whole is not None and len(found) < int(whole[1])
    if not further and names_stories and not is_last and (number := NUMBERED.search(url)):
        further = [f"{url[: number.start()]}{int(number[0]) + 1}{url[number.end() :]}"]
    for href in further[:1]:
        if (named := list_link(href, where)) is not None:
            hints = {"referrer": where.url, "pagination": True}
            found[named] = Candidate(named, "listing", max(where.depth, 1), hints)
    return list(found.values())


def _values(text: str) -> Iterator[tuple[str, str]]:
    """The strings and numbers of data under their names; none where it is no JSON."""
    try:
        waiting = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        name, value = waiting.pop()
        if isinstance(value, str) or type(value) is int:
            yield name, str(value)
        elif isinstance(value, dict):
            waiting += [(str(key)[:80], each) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [(name, each) for each in value[:MAX_VALUES]]


def _markup_in(text: str) -> str:
    """The pieces of HTML in data, one behind the other."""
    pieces = (value for _, value in _values(text) if "<a " in value and "href" in value)
    return "\n".join(pieces)[:MAX_DATA]


def _next_in(text: str) -> Iterator[str]:
    """Where data say that their next page is."""
    for name, value in _values(text):
        if NEXT_KEY.fullmatch(name) and leads_on(value):
            yield value


def _from_cursor(text: str, url: str) -> Iterator[str]:
    """Where the next page of data is that name only the place from which it goes on."""
    for name, value in _values(text):
        if (called := CURSOR_KEY.fullmatch(name)) and value.strip() and len(value) < MAX_CURSOR:
            yield with_parameter(url, (called[1] or called[2]).lower(), value.strip())
