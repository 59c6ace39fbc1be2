"""The words of bylines: labels, desks, houses, agencies, places, given names.

They are data (`data/bylines.toml`), folded for comparison once.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from archiver.extract.nodes import bare_words

DATA = Path(__file__).parent / "data" / "bylines.toml"
PARTS_OF_LAND = ("ريف", "محافظه", "مدينه", "ولايه", "اقليم", "شمال", "جنوب", "شرق", "غرب", "وسط")
SHORT_NAME = 4  # letters


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `bylines.toml`, folded for comparison."""

    labels: frozenset[str]
    common: frozenset[str]
    not_authors: frozenset[str]
    desks: frozenset[str]
    newsrooms: frozenset[str]
    press_offices: frozenset[str]
    nobody: frozenset[str]
    callings: frozenset[str]
    says: frozenset[str]
    agencies: dict[str, str]
    places: frozenset[str]
    place_begins: frozenset[str]
    given: frozenset[str]
    waw_names: frozenset[str]
    no_names: frozenset[str]
    houses: frozenset[str]
    roles: frozenset[str]
    fields: tuple[str, ...]
    label_start: re.Pattern[str]
    label_word: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The byline words, read once."""
    data: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    labels = sorted((*data["labels"], *data["not_authors"]), key=len, reverse=True)
    spelt = "|".join(_spelt(label) for label in labels)
    agencies = {bare_words(way): name for name, ways in data["agencies"].items() for way in ways}
    given = frozenset(way for name in data["given"]["names"].split() for way in _ways_to_print(name))
    return Lexicon(
        labels=frozenset(map(bare_words, data["labels"])),
        common=frozenset(map(bare_words, data["common"])),
        not_authors=frozenset(map(bare_words, data["not_authors"])),
        desks=frozenset(map(bare_words, data["desks"])),
        newsrooms=frozenset(map(bare_words, data["newsrooms"])),
        press_offices=frozenset(map(bare_words, data["press_offices"])),
        nobody=frozenset(map(bare_words, data["nobody"])),
        callings=frozenset(data["callings"]),
        says=frozenset(data["says"]),
        agencies=agencies,
        places=frozenset(way for name in data["places"]["names"] for way in _ways_to_place(bare_words(name))),
        place_begins=frozenset(data["places"]["begin"].split()),
        given=given,
        waw_names=given | frozenset(data["waw_names"]),
        roles=frozenset(map(bare_words, data["roles"])),
        fields=tuple(data["fields"]),
        houses=frozenset(map(bare_words, data["houses"])),
        no_names=frozenset(map(bare_words, (*data["houses"], *data["desks"], *data["places"]["names"]))),
        label_word=re.compile(rf"[\s\-–—|✍*\u200e\u200f\ufe0f]*(?:{spelt})", re.I),
        label_start=re.compile(
            rf"^[\s\-–—|✍*\ufe0f]*(?P<label>{spelt})(?:\s*(?:[:/\\\-–—ـ؛|،,]+|\.{{2,}}|…)\s*|\s+)(?=\S)", re.I
        ),
    )


def _ways_to_print(name: str) -> Iterator[str]:
    """A given name, and how it is printed without its hamza, its dots: «احمد», «صبرى», «فاطمه»."""
    yield name
    if name[0] in "أإ":
        yield f"ا{name[1:]}"
    if name.endswith("ي") and name != "علي":
        yield f"{name[:-1]}ى"
    if name.endswith("ة") and len(name) > SHORT_NAME:  # «منه», «رحمه» are words
        yield f"{name[:-1]}ه"


def _ways_to_place(folded: str) -> Iterator[str]:
    """A place, folded, and what is around it: «ريف حلب», «محافظة إب»."""
    yield folded
    if " " not in folded:
        yield from (f"{part} {folded}" for part in PARTS_OF_LAND)


def _spelt(label: str) -> str:
    """A label as a pattern that does not mind marks and alef spellings."""
    loose = {
        "ا": "[اأإآ]",
        "أ": "[اأإآ]",
        "إ": "[اأإآ]",
        "آ": "[اأإآ]",
        "ة": "[ةه]",
        "ى": "[ىي]",
        " ": r"\s+",
    }
    return "".join(
        loose.get(letter, re.escape(letter)) + ("[\u064b-\u0652\u0640]*" if letter > "\u0600" else "")
        for letter in label
    )


def given_names() -> frozenset[str]:
    """Given names, as they are printed."""
    return lexicon().given


def label_word() -> re.Pattern[str]:
    """A byline's label, whatever stands behind it."""
    return lexicon().label_word


def places() -> frozenset[str]:
    """Names of places, folded."""
    return lexicon().places


def desks() -> frozenset[str]:
    """Words that make a byline a desk's, folded."""
    return lexicon().desks


def not_authors() -> frozenset[str]:
    """Labels of who took the pictures, drew, designed, folded."""
    return lexicon().not_authors


def newsrooms() -> frozenset[str]:
    """Words of which the names of desks are made, folded: «هيئة», «فريق»."""
    return lexicon().newsrooms


def roles() -> frozenset[str]:
    """Words for what somebody is at a paper, folded: «مراسل»."""
    return lexicon().roles
