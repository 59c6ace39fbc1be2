"""Arabic text for search and comparison: what differs for a typist is equal for a reader.

`fold` is for indexes and look-ups only; what is stored stays as the page printed it. Every
function here is one or two passes over the text, so its time is linear in the length.
"""

import codecs
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


COMMON = (
    "".join(map(chr, (*range(0x80), *range(0x621, 0x66D), *range(0x6F0, 0x6FA), *range(0x200B, 0x2010))))
    + "،؛؟\u0670ٱپچژکگیہھ\u00a0«»·×éèç–—‘’“”…•\u00ad\u202a\u202b\u202c\u202d\u202e\ufeff"
)
"""The characters that nearly every Arabic page is written with; a code page holds 256."""


_FREQUENT = (*range(0x80), *range(0x600, 0x700), *range(0x2010, 0x2060))


def translator(
    table: Mapping[int, str | None], otherwise: Callable[[str], str] | None = None
) -> Callable[[str], str]:
    """`str.translate` by this table, several times faster for a text that has none but `COMMON` characters.

    `otherwise` is what is done with a text that has others, in place of `str.translate`.

    `str.translate` makes a number of every character and looks it up. Here the text is written in a code
    page of the common characters, and read as one that has what the table gives in their places. Others
    stand in the table too, as themselves, where they may be frequent: a look-up that misses costs an
    exception.
    """
    table = {**{code: chr(code) for code in _FREQUENT}, **table}
    given = [table.get(ord(each), each) for each in COMMON]
    written = codecs.charmap_build(COMMON.ljust(256, "\ufffe"))
    read = "".join(each or " " for each in given)
    dropped = bytes(code for code, each in enumerate(given) if each is None)

    def translate(text: str) -> str:
        try:
            codes = codecs.charmap_encode(text, "strict", written)[0]
        except UnicodeEncodeError:
            return otherwise(text) if otherwise else text.translate(table)
        return codecs.charmap_decode(codes.translate(None, dropped), "strict", read)[0]

    return translate


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
def _by(table: Callable[[], Mapping[int, str | None]]) -> Callable[[str], str]:
    return translator(table())


@cache
def _fold_table() -> dict[int, str | None]:
    """The whole of `fold` but white space, as one table for `str.translate`."""
    table: dict[int, str | None] = {code: chr(code).lower() for code in range(0x80)}
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
    return _by(_fold_table)(text).lower()


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """What one character of a text folds to: nothing for a mark, several for a ligature."""
    return fold_letters(letter)


def to_ascii_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits as 0-9; nothing else changes."""
    return _by(_digits_table)(text)


def strip_marks(text: str) -> str:
    """The text without vowel signs, Quranic marks and the superscript alef; letters stay."""
    return _by(_marks_table)(text)


def strip_controls(text: str) -> str:
    """The text without bidirectional controls, zero-width characters and soft hyphens."""
    return _by(_controls_table)(text)


def collapse_space(text: str) -> str:
    """The text with every run of white space as one space, and none at either end."""
    return " ".join(text.split())
