"""What a word is to search: runs of folded letters and digits, and the other forms a word comes in.

The index, the query and the marks on a hit all cut text into words here, so that they agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.arabic.text import fold_letter, fold_letters

WORD = re.compile(r"[^\W_]+")

PREFIXES = ("", "و", "ف", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وبال")
"""Conjunctions, prepositions and the article, as they are written onto a word; folded."""

SHORT_PREFIXES = ("ب", "ل", "وب", "ول", "س")
"""Stripped by nobody, for بلد is no «ب» and «لد»; searched for beside a word of four letters or more."""

SUFFIXES = (
    "",
    "ه",
    "ها",
    "ا",
    "هم",
    "هما",
    "هن",
    "كم",
    "نا",
    "ان",
    "ات",
    "ون",
    "ين",
    "يه",
    "يون",
    "ي",
    "وا",
    "ته",
)
"""Endings of number and gender, and pronouns; folded, so that «ه» is also «ة»."""

STRIPPED_PREFIXES = tuple(sorted((p for p in PREFIXES if p), key=len, reverse=True))
STRIPPED_SUFFIXES = tuple(sorted((s for s in SUFFIXES if s), key=len, reverse=True))
MIN_STEM = 3
LONG_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and where it stands in the original."""

    folded: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return WORD.findall(fold_letters(text))


def words_in_place(text: str) -> Iterator[Word]:
    """The same words, each with its place in the text as it is; marks and tatweel belong to their word."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for each in fold_letter(letter):
            folded.append(each)
            places.append(place)
    places.append(len(text))
    for found in WORD.finditer("".join(folded)):
        yield Word(found[0], places[found.start()], places[found.end()])


def stem(word: str) -> str:
    """A folded word without article, conjunctions and endings, at least three letters of it."""
    for prefix in STRIPPED_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= MIN_STEM:
            word = word[len(prefix) :]
            break
    for suffix in STRIPPED_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_STEM:
            return word[: -len(suffix)]
    return word


def forms(word: str) -> tuple[str, ...]:
    """All forms to look for in place of a folded word: its stem with every prefix and suffix. Itself is first."""
    base = stem(word)
    if len(base) < MIN_STEM or not base.isalpha() or base.isascii():
        return (word,)
    prefixes = PREFIXES + (SHORT_PREFIXES if len(base) >= LONG_STEM else ())
    made = (f"{prefix}{base}{suffix}" for prefix in prefixes for suffix in SUFFIXES)
    return tuple(dict.fromkeys((word, *made)))
