"""What elements are called, and what that says of them: the names are data (`data/names.toml`).

Class, id and itemprop are the only hint that most pages give of what an element is for. The same few
hundred names come again and again, so every answer is kept.
"""

import re
import tomllib
from functools import lru_cache
from itertools import chain
from pathlib import Path

from archiver.extract.nodes import is_hidden
from archiver.page import MAX_NAME, Element, Page

DATA = Path(__file__).parent / "data" / "names.toml"
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
JOINT = re.compile(r"[_:.-]+")
ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def mark_of(element: Element) -> str:
    """The names an element goes by, as they stand: class, id and itemprop; empty where it has none."""
    kind, identity, prop = element.get("class"), element.get("id"), element.get("itemprop")
    if identity or prop:
        return " ".join(filter(None, (kind, identity, prop)))[:MAX_NAME]
    return kind[:MAX_NAME] if kind else ""


def is_called(element: Element, role: str) -> bool:
    """Whether an element goes by a name of this role."""
    mark = mark_of(element)
    return bool(mark) and names_role(mark, role)


def is_unseen(element: Element) -> bool:
    """Hidden by its attributes, or by what it is called; or there for screen readers alone."""
    return is_hidden(element) or is_called(element, "unseen")


def all_called(page: Page, role: str) -> list[Element]:
    """The page's elements that go by a name of this role, in document order."""
    marks = [mark for mark in page.by_mark if names_role(mark, role)]
    return page.in_order(chain.from_iterable(map(page.by_mark.__getitem__, marks)))


@lru_cache(maxsize=32_768)
def names_role(mark: str, role: str) -> bool:
    """Whether one of these names is of this role: ("postMeta date", "inner_aside") → True."""
    return _pattern(role).search(_as_words(mark)) is not None


@lru_cache(maxsize=8_192)
def _as_words(mark: str) -> str:
    return JOINT.sub("-", HUMP.sub("-", without_letters(mark))).lower()


def without_letters(mark: str) -> str:
    """Names without the Arabic letters that an id holds percent-encoded: «%D8%AD» is no «ad»."""
    return ENCODED.sub("", mark) if "%" in mark else mark


@lru_cache(maxsize=64)
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_roles()[role])})(?![a-z0-9])")


@lru_cache(maxsize=1)
def _roles() -> dict[str, list[str]]:
    roles: dict[str, list[str]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["roles"]
    return roles
