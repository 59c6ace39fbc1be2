"""Arabic text for search and comparison: what differs for a typist is equal for a reader.

`fold` is for indexes and look-ups only; what is stored stays as the page printed it. Every
function here is one or two passes over the text, so its time is linear in the length.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېئێۍ", "ي"),
    **dict.fromkeys("ؤٶٷ", "و"),
    **dict.fromkeys("ةۃەہھۀۂ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
}
"""Letters that typists and fonts interchange, to the one that stands for them. A bare «ء» stays."""

_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
"""Arabic-Indic (٠) and Eastern Arabic-Indic (۰, Persian and Urdu) digits."""

_PUNCTUATION = {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("⁄∕", "/")}
"""Dashes and slashes that differ only in width."""

_TATWEEL = "\u0640"
_CONTROLS = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
"""Bidirectional controls, zero-width marks and soft hyphens: they print nothing."""

_ARABIC_BLOCKS = ((0x0600, 0x0700), (0x0750, 0x0780), (0x0870, 0x0900))
_PRESENTATION_BLOCKS = ((0xFB50, 0xFE00), (0xFE70, 0xFEFF))


def _is_mark(character: str) -> bool:
    """Whether the character is a vowel sign, a Quranic mark or the superscript alef."""
    return unicodedata.category(character) == "Mn"


@cache
def _marks_table() -> dict[int, None]:
    codes = (code for start, stop in _ARABIC_BLOCKS for code in range(start, stop))
    return {code: None for code in codes if _is_mark(chr(code))}


@cache
def _controls_table() -> dict[int, None]:
    return {ord(character): None for character in _CONTROLS}


@cache
def _digits_table() -> dict[int, str]:
    return {ord(digit): value for digit, value in _DIGITS.items()}


@cache
def _with_common(table: Callable[[], Mapping[int, str | None]]) -> dict[int, str | None]:
    """A table in which the common letters that stay stand too, for the reason `_fold_table` gives."""
    common = (*range(0x80), *range(*_ARABIC_BLOCKS[0]), *range(0x2010, 0x2060))
    return {**{code: chr(code) for code in common}, **table()}


@cache
def _fold_table() -> dict[int, str | None]:
    """The whole of `fold` but white space, as one table for `str.translate`.

    Characters that stay as they are stand in it too where they are common: a look-up that
    misses costs `str.translate` an exception.
    """
    table: dict[int, str | None] = {code: chr(code).lower() for code in range(0x80)}
    table |= {code: chr(code) for start, stop in _ARABIC_BLOCKS[:1] for code in range(start, stop)}
    table |= {code: chr(code) for code in range(0x2010, 0x2060)}
    table |= {ord(letter): base for letter, base in (_LETTERS | _PUNCTUATION).items()}
    table |= _digits_table() | _marks_table() | _controls_table() | {ord(_TATWEEL): None}
    for start, stop in _PRESENTATION_BLOCKS:
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain.translate(table)
    return table


def fold(text: str) -> str:
    """The form of a text to search and compare by; folding a folded text changes nothing.

    Hamza seats, alef maqsura, ta marbuta and Persian letter forms become their plain letter;
    vowel signs, Quranic marks, tatweel and invisible controls go; the digits of all three scripts
    become ASCII; presentation forms become letters; dashes become hyphens; Latin is lower-cased;
    white space collapses.
    """
    return " ".join(fold_letters(text).split())


def fold_letters(text: str) -> str:
    """`fold` with the white space left as it is."""
    return text.translate(_fold_table()).lower()


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """What one character of a text folds to: nothing for a mark, several for a ligature."""
    return fold_letters(letter)


def to_ascii_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits as 0-9; nothing else changes."""
    return text.translate(_with_common(_digits_table))


def strip_marks(text: str) -> str:
    """The text without vowel signs, Quranic marks and the superscript alef; letters stay."""
    return text.translate(_with_common(_marks_table))


def strip_controls(text: str) -> str:
    """The text without bidirectional controls, zero-width characters and soft hyphens."""
    return text.translate(_with_common(_controls_table))


def collapse_space(text: str) -> str:
    """The text with every run of white space as one space, and none at either end."""
    return " ".join(text.split())
