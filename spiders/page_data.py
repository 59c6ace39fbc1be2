"""The addresses in data that a page was made from, with their titles.

Such data stand in scripts, as JSON or as what a variable is set to, and in attributes. Nothing is run.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from archiver.page import Page
from archiver.page_state import NAMES, set_in
from spiders.address_text import MAX_ANCHOR, Named, is_address
from spiders.discovery import guess_kind

MAX_DATA = 1_000_000  # characters of a page's data
LEAST_DATA = 40  # characters of an attribute that may name a story
DATA_IN_ATTRIBUTES = (b"{&", b"'{\"", b"'[{")
"""What a page's source has in it where an attribute holds JSON."""
MAX_VALUES = 60_000  # looked at in a page's data
MAX_NAMED = 500  # addresses taken from it
TITLED = re.compile(r"""["'](?:title|headline)["']\s{0,4}:""")
ADDRESS_KEY = re.compile(r"(?:url|uri|href|link|path|slug)$|^(?:next|older)(?:_?page)?$", re.IGNORECASE)
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


def named_in_page(page: Page) -> Named:
    """The addresses in the data that a page was made from, with their titles."""
    yield from islice(_named_in(page), MAX_NAMED)


def _named_in(page: Page) -> Named:
    left = MAX_DATA
    for read, text in chain(_of_scripts(page), _of_attributes(page)):
        left -= len(text)
        if left < 0:
            return
        yield from read(text)


Read = Callable[[str], Named]


def _of_scripts(page: Page) -> Iterator[tuple[Read, str]]:
    """What of the scripts is data, and how each is read."""
    for element in page.by_tag.get("script", ()):
        text = element.text or ""
        kind = (element.get("type") or "").strip().lower()
        if kind == "application/json":
            yield named_in_json, text
        elif any(each in text for each in NAMES):
            yield _of_script, text
        elif "json" not in kind and ("title" in text or "headline" in text) and TITLED.search(text):
            yield _of_variables, text


def _of_attributes(page: Page) -> Iterator[tuple[Read, str]]:
    """The data in attributes, ``data-page='{"props": …}'``, from which a part of the page is drawn."""
    if not any(each in page.body for each in DATA_IN_ATTRIBUTES):
        return
    for element in page.elements:
        for value in map(str, element.attrib.values()):
            if len(value) > LEAST_DATA and value[0] in "{[" and TITLED.search(value):
                yield _of_titled, value


def _of_titled(text: str) -> Named:
    """The addresses in data, where they come with a title."""
    yield from (named for named in named_in_json(text) if named[1])


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
    for data in set_in(text):
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
        elif isinstance(value, str) and is_address(value) and guess_kind(value) in ("article", "listing"):
            yield value, ""  # Nuxt keeps all values in one list, and their names elsewhere


def _of_object(value: dict[str, Any]) -> Named:
    """The addresses of one object under names that say so, with the object's title."""
    told = (value.get(key) for key in TITLE_KEYS)
    titles = (
        each.get("rendered") if isinstance(each, dict) else each for each in told
    )  # WordPress has it so
    title = next((each for each in titles if isinstance(each, str) and each.strip()), "")
    for key, each in value.items():
        if not isinstance(each, str) or not is_address(each):
            continue
        if ADDRESS_KEY.search(key[-80:]) and not NO_PAGE_KEY.search(key[-80:]):
            yield each, " ".join(title[:MAX_ANCHOR].split())


def _of_script(text: str) -> Named:
    """The addresses under names that say so, in data that is no JSON."""
    for found in IN_SCRIPT.finditer(text):
        address = _unescaped(found[1])
        if is_address(address):
            yield address, ""


def _unescaped(text: str) -> str:
    """A string of JSON as it is read; empty where it is none: «\\/story\\/\\u062e\\u0628\\u0631»."""
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return ""
