"""Strings that may be addresses of pages, where no link says so, and what is written on what keeps them."""

import re
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import quote

from archiver.page import Element

MAX_ADDRESS = 2_000  # characters
MAX_ANCHOR = 300  # characters of what is written on what leads on
OF_DATA = re.compile(r"^/(?:api|_next|_nuxt|graphql|static|assets|ajax)(?:/|$)", re.IGNORECASE)
UNFILLED = re.compile(r"[\[\]{}<>\s*|^`]")
"""What stands in an address that scripts have still to fill in."""

Named: TypeAlias = Iterator[tuple[str, str]]  # an address as it stands there, and what is written on it


def is_address(text: str) -> bool:
    """Whether a string is an address that a reader may go to; of data and files it is none."""
    return leads_on(text) and not OF_DATA.search(text)


def leads_on(text: str) -> bool:
    """Whether a string is an address, be it of data that scripts ask for."""
    return (
        len(text) < MAX_ADDRESS
        and text.startswith(("/", "http://", "https://"))
        and not text.startswith("//")
        and not UNFILLED.search(text)
    )


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
