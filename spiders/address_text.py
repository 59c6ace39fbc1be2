"""Strings that may be addresses of pages, where no link says so, and what is written on what keeps them."""

import re
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import quote

from archiver.page import Element

MAX_ADDRESS = 2_000  # characters
MAX_ANCHOR = 300  # characters of what is written on what leads on
NO_PAGE = re.compile(
    r"^/(?:api|_next|_nuxt|graphql|static|assets|ajax)(?:/|$)|[\[\]{}<>\s*|^`]", re.IGNORECASE
)

Named: TypeAlias = Iterator[tuple[str, str]]  # an address as it stands there, and what is written on it


def is_address(text: str) -> bool:
    """Whether a string is an address that a reader may go to; of data and files it is none."""
    return (
        len(text) < MAX_ADDRESS
        and text.startswith(("/", "http://", "https://"))
        and not text.startswith("//")
        and not NO_PAGE.search(text)
    )


def leads_on(value: str) -> bool:
    """Whether a value is an address, be it of data that scripts ask for."""
    return len(value) < MAX_ADDRESS and value.startswith(("/", "http://", "https://")) and value[:2] != "//"


def with_parameter(address: str, name: str, value: str) -> str:
    """The address with a parameter of its query set, or added."""
    pair = f"{name}={quote(value, safe='')}"
    place, _, query = address.partition("#")[0].partition("?")
    others = [each for each in query.split("&") if each and each.partition("=")[0] != name]
    return f"{place}?{'&'.join([*others, pair])}"


def shown_on(element: Element) -> str:
    """What is written on an element, as far as an anchor text goes."""
    length, parts = 0, []
    for text in element.itertext():
        parts.append(str(text))
        length += len(text)
        if length > 2 * MAX_ANCHOR:
            break
    return " ".join("".join(parts).split())[:MAX_ANCHOR]
