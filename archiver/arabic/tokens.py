"""A printed line as tokens: what each piece of text can mean in a date.

Every token has a kind, one letter of `calendars.KINDS` or of the list here, so that the whole line
is also a short string of kinds, over which the grammar's patterns run:

    D  three numbers with separators, a numeric date     C  a clock, 10:30 or 10:30:05+03:00
    n  a number of one or two digits, or in words        y  a number of four digits, a year
    N  any other number                                  x  a word of no meaning here
    ?  any other mark                                    and the marks of `calendars.MARKS`
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from archiver.arabic.calendars import LETTERS, LongerNames, NumberWord, Word, vocabulary

LIMIT = 300
"""Characters of a text that are read: a printed date is never further in."""

MOST_TOKENS = 72
"""Tokens that are read; no line that prints a date has as many."""

_SEPARATORS = (r"\ ?-\ ?", r"\ ?/\ ?", r"\ ?\.\ ?", r"\ ?\\\ ?")
_YEAR_FIRST = "|".join(rf"{mark}\d\d?{mark}\d\d?" for mark in (*_SEPARATORS, ":"))
_YEAR_LAST = "|".join(rf"{mark}\d\d?{mark}(?:\d{{4}}|\d\d)" for mark in _SEPARATORS) + r"|:\d\d:\d{4}"

TOKEN = re.compile(
    rf"""
    {LETTERS}
  | (?=\d) (?:
      (?: \d\d?(?=\ ?[-/.\\:])(?:{_YEAR_LAST}) | \d{{4}}(?:{_YEAR_FIRST}) )  # 17.03.20
        (?: (?!\d | [-/.\\:]\ ?\d) | (?=[-/.:]?\d\d?:\d\d) )       # and no fourth number but a clock
    | \d\d?\ ?:\ ?\d\d(?!\d)                                    # 10:30
        (?::\d\d(?!\d)(?:[.,]\d{{1,9}})?(?:\ ?-(?:0\d|1[0-2]):?[0345][05](?!\d))?)?  # :05.123-05:00
        (?:\ ?\+(?:0\d|1[0-4]):?[0345][05](?!\d) | (?<=t\d\d:\d\d)-(?:0\d|1[0-2]):?[0345][05](?!\d))?  # +03:00
    | (?:19|20)\d\d(?=\d\d?(?:/\d|:\d\d|\ ?[^\W\d_]))             # a year glued to the next day
    | \d+ )
  | \S
    """,
    re.VERBOSE,
)
"""One token of a folded text. Every alternative is bounded but the runs, so matching is linear."""

COMPACT = re.compile(r"(\d{8})t(\d\d)(\d\d)(\d\d)(?!\d)")
"""ISO 8601 without marks, 20231204T104500Z."""

SATURDAY_AS_MONTH = re.compile(r"wn,?y")
"""«سبت 14, 2020»."""

NOT_DIGITS = re.compile(r"\D+")

PREFIXES = {"و": "j", "ل": "i", "ب": "i", "ف": "j", "ك": "i"}
"""Letters written onto the next word, and the kind of the word they are: and, for, in."""


NEVER_PREFIXED = frozenset("xXZpviBM")
"""Kinds that a prefix does not stand before: «وعمان» may be any word."""


class Tokens(NamedTuple):
    """A line cut up: the folded text of each token, their kinds as one string, their values."""

    texts: list[str]
    kinds: str
    values: Sequence[Any]


_WORD, _MARK = Word("x", None), Word("?", None)
_PREFIXED = Word("x", None, {})
"""A word of no meaning that may be a listed one with a prefix written onto it."""


class Lexicon(dict[str, Word]):
    """What every token means; one that no table lists is a number, a clock, a date, a word or a mark."""

    def __missing__(self, part: str) -> Word:
        first = part[0]
        if first.isdigit():
            return _number(part)
        if not first.isalpha():
            return _MARK
        return _PREFIXED if first in PREFIXES and len(part) > 3 else _WORD


LEXICON = Lexicon(vocabulary())
"""The tables, read when this module is, so that no first call waits for them."""


def tokenize(text: str) -> Tokens:
    """The tokens of a folded text of at most `LIMIT` characters."""
    if "t" in text:
        text = COMPACT.sub(r"\1 \2:\3:\4", text)
    texts: list[str] = TOKEN.findall(text)
    if not texts:
        return Tokens(texts, "", ())
    if len(texts) > MOST_TOKENS:
        del texts[MOST_TOKENS:]
    kinds, values, longer = zip(*map(LEXICON.__getitem__, texts), strict=True)
    if longer.count(None) != len(longer):
        tokens = _join_names(texts, list(kinds), list(values), longer)
    else:
        tokens = Tokens(texts, "".join(kinds), values)
    if "سبت" in texts:
        tokens = _september(tokens)
    return _join_number_words(tokens) if "#" in tokens.kinds else tokens


def _september(tokens: Tokens) -> Tokens:
    """The same tokens with «سبت» a month where it stands as one: «14 سبت 2020», not Saturday."""
    texts, kinds, values = tokens
    at = texts.index("سبت")
    if kinds[max(0, at - 1) : at + 2] == "nwy" or SATURDAY_AS_MONTH.match(kinds, at):
        values = [*values[:at], LEXICON["سبتمبر"].value, *values[at + 1 :]]
        kinds = f"{kinds[:at]}m{kinds[at + 1 :]}"
    return Tokens(texts, kinds, values)


def _join_names(
    texts: list[str], kinds: list[str], values: list[Any], longer: Sequence[LongerNames | None]
) -> Tokens:
    """The tokens with names of several words as one, and prefixes cut off listed words."""
    moved = taken = 0  # how far tokens have moved from their parts; parts that are spoken for
    for part_at, listed in enumerate(longer):
        if listed is None or part_at < taken:
            continue
        at, names = part_at + moved, listed or None
        if names is None:
            stem = LEXICON.get(texts[at][1:])
            if stem is None or stem.kind in NEVER_PREFIXED:
                continue
            _insert(texts, kinds, values, at, stem)
            at, moved, names = at + 1, moved + 1, stem.longer
        if names is None or at + 1 == len(texts):
            continue
        for tail, kind, value in names.get(texts[at + 1], ()):
            stop = at + 1 + len(tail)
            if texts[at + 1 : stop] == tail:
                texts[at:stop] = [" ".join(texts[at:stop])]
                kinds[at:stop] = [kind]
                values[at:stop] = [value]
                moved, taken = moved - len(tail), part_at + 1 + len(tail)
                break
    return Tokens(texts, "".join(kinds), values)


def _insert(texts: list[str], kinds: list[str], values: list[Any], at: int, stem: Word) -> None:
    """Cuts the prefix off the word at a place: two tokens where one was."""
    part = texts[at]
    texts[at : at + 1] = part[0], part[1:]
    kinds[at : at + 1] = PREFIXES[part[0]], stem.kind
    values[at : at + 1] = None, stem.value


def _number(token: str) -> Word:
    if token.isdigit():
        if len(token) == 8 and token[:2] in ("19", "20") and token[4:6] <= "12" and token[6:] <= "31":
            return Word("D", [token[:4], token[4:6], token[6:]])
        return Word("N", token)
    if ":" in token[:4] and token.count(":") == 1:
        return Word("C", token)
    parts = NOT_DIGITS.split(token)
    if ":" in token and len(parts[0]) < 3 and len(parts[2]) < 3:
        return Word("C", token)
    return Word("D", parts)


def _join_number_words(line: Tokens) -> Tokens:
    """The same tokens with each number in words as one `n` or `y` token holding an integer."""
    texts, kinds, values = line
    tokens: list[str] = []
    joined: list[str] = []
    found: list[Any] = []
    at = 0
    while at < len(kinds):
        if kinds[at] != "#":
            stop, kind, value = at + 1, kinds[at], values[at]
        else:
            stop, value = _number_in_words(kinds, values, at)
            kind = "n" if value < 100 else "y" if 1300 <= value < 2200 else "N"
        tokens.append(" ".join(texts[at:stop]))
        joined.append(kind)
        found.append(value)
        at = stop
    return Tokens(tokens, "".join(joined), found)


def _number_in_words(kinds: str, values: Sequence[Any], at: int) -> tuple[int, int]:
    """Where the number in words that starts here stops, and its value."""
    stop, total, form = _below_hundred(kinds, values, at)
    while form in ("hundreds", "thousands"):
        start = stop + 1 if stop < len(kinds) and kinds[stop] == "j" else stop
        if start >= len(kinds) or kinds[start] != "#":
            break
        after, value, next_form = _below_hundred(kinds, values, start)
        if value >= 1000 or (form == "hundreds" and value >= 100):
            break
        stop, total, form = after, total + value, next_form
    return stop, total


def _below_hundred(kinds: str, values: Sequence[Any], at: int) -> tuple[int, int, str]:
    """One group: a teen of two words, a unit and tens, or one word; (stop, value, form)."""
    word: NumberWord = values[at]
    if word.form in ("unit", "ordinal"):
        if kinds[at + 1 : at + 2] == "#" and values[at + 1].form == "ten":
            return at + 2, word.value + 10, word.form
        if kinds[at + 1 : at + 3] == "j#":
            tens = values[at + 2]
            if tens.form == ("tens" if word.form == "unit" else "ordinal_tens"):
                return at + 3, word.value + tens.value, word.form
    return at + 1, word.value, word.form
