"""What the parts of a page are called, and so what they are: site header, sidebar, related list, comments.

Class and id names are the only hint most pages give. The names are matched as words, misspelt ones
included; wrappers that only mention a part (``has-sidebar``) are not taken for it.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archiver.extract.names import mark_of, names_role, without_letters
from archiver.page import Element, Page

DATA = Path(__file__).parent / "data" / "zones.toml"
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
DASHES = re.compile(r"-{2,}")

OUTSIDE = frozenset({"header", "nav", "footer", "sidebar", "related", "comments", "ticker", "popup", "clock"})
"""The parts of a page that are not the story's."""
LOOKED_FOR = ("box", "inline_box", "no_box")
"""Roles of `names.toml` whose elements are looked for on the whole page, not asked of one element."""
BY_TAG: Mapping[str, str] = {
    "nav": "nav",
    "footer": "footer",
    "aside": "sidebar",
    "header": "header",
    "amp-sidebar": "nav",
}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The names of `zones.toml`, compiled: one pattern for the parts of a page, one for each field."""

    parts: frozenset[str]
    words: re.Pattern[str]
    fields: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """The patterns, read once."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    parts = "|".join(f"(?P<{part}>{'|'.join(names)})" for part, names in data["parts"].items())
    fields = {name: re.compile("|".join(names)) for name, names in data["anywhere"].items()}
    for name, words in data["words"].items():
        fields[name] = re.compile(rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])")
    whole = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(data['ignored'])}|{parts})(?![a-z])")
    return Patterns(frozenset({*data["parts"], "breadcrumb"}), whole, fields)


@lru_cache(maxsize=20_000)
def roles(mark: str) -> frozenset[str]:
    """What an element with this "class id itemprop" is called: parts of a page, and names of fields."""
    words = HUMP.sub("-", without_letters(mark)).replace("_", "-").lower()
    known = patterns()
    found = {match.lastgroup for match in known.words.finditer(DASHES.sub("-", words)) if match.lastgroup}
    found.update(name for name, pattern in known.fields.items() if pattern.search(words))
    found.update(role for role in LOOKED_FOR if names_role(mark, role))
    if "story_header" in found:
        found.discard("header")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Names:
    """{element: what it is called}, and the same the other way round, in no order."""

    own: Mapping[Element, frozenset[str]]
    called: Mapping[str, list[Element]]


NOTHING: frozenset[str] = frozenset()


def read_names(page: Page) -> Names:
    """What every element of the page is called, by its class, id and itemprop, and by its tag."""
    own: dict[Element, frozenset[str]] = {}
    called: dict[str, list[Element]] = defaultdict(list)
    for mark, elements in page.by_mark.items():
        if found := roles(mark):
            for element in elements:
                own[element] = found
            for role in found:
                called[role] += elements
    for whole in (*page.by_tag.get("html", ()), *page.by_tag.get("body", ())):
        for role in own.pop(whole, NOTHING):
            called[role].remove(whole)
    for tag, role in BY_TAG.items():
        for element in page.by_tag.get(tag, ()):
            if tag == "aside" and FACTS.search(mark_of(element)):
                continue
            if tag not in ("header", "footer") or not _inside_story(element):
                own[element] = own.get(element, NOTHING) | {role}
    return Names(own, called)


FACTS = re.compile(
    r"(?:article|post|entry|story|news|investigation|report|single)-?_{0,2}(?:meta|info|facts|details)", re.I
)
"""What an ``aside`` is called that tells of the story who wrote it and when."""


def _inside_story(element: Element) -> bool:
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


class Zones:
    """The parts of the page an element stands in, worked out when it is asked for and kept.

    `exempt` are elements whose own names do not count: the ancestors of the headline and of the body.
    """

    def __init__(self, names: Names, exempt: Iterable[Element] = ()) -> None:
        self._own = names.own
        self._parts = patterns().parts
        self._exempt = frozenset(exempt)
        ids = (each.get("id") or "" for each in self._exempt)
        self._prefixes = tuple({f"{each.rpartition('_')[0]}_" for each in ids if "_" in each.strip("_")})
        self._known: dict[Element, frozenset[str]] = {}

    def __getitem__(self, element: Element) -> frozenset[str]:
        known = self._known
        found = known.get(element)
        if found is not None:
            return found
        chain = []
        node: Element | None = element
        parts = NOTHING
        while node is not None:
            found = known.get(node)
            if found is not None:
                parts = found
                break
            chain.append(node)
            node = node.getparent()
        while chain:
            each = chain.pop()
            own = self._own.get(each)
            if own and each not in self._exempt:
                parts = parts | (self._without_prefix(each, own) & self._parts)
            known[each] = parts
        return parts

    def _without_prefix(self, element: Element, own: frozenset[str]) -> frozenset[str]:
        """What an element is called, less the name of what holds the story: ``NewsBar1_pnlStory`` holds
        ``NewsBar1_lblDate``."""
        identity = (element.get("id") or "") if self._prefixes else ""
        prefix = next((each for each in self._prefixes if identity.startswith(each)), None)
        if prefix is None:
            return own
        return roles(f"{element.get('class') or ''} {identity.removeprefix(prefix)}".strip())
