"""From what a person types to what is looked for.

::

    كلمة أخرى          both words, anywhere
    "رئيس الوزراء"     the words in this order; «…» and “…” do as well
    انتخاب*            words that begin so
    ليبيا OR تونس      either; AND is what stands between words anyhow
    ليبيا NOT تونس     the first without the second; -تونس is the same
    (…)                what belongs together

The operators are Latin capitals; «و» and «أو» are words like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archiver.arabic.words import words
from archiver.errors import QueryError

MAX_LETTERS = 1_000
MAX_WORDS = 60
MAX_DEPTH = 20
MIN_PREFIX = 3

QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»"}
TOKEN = re.compile(r"""\s+|[()]|"[^"]*"|“[^”]*”|„[^”]*”|«[^»]*»|-(?=[\w"“„«(])|[^\s()"“„«]+|.""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. No text and no filter is everything, newest first."""

    text: str = ""
    site: str | None = None  # as articles.site
    section: str | None = None  # compared folded, as are authors
    author: str | None = None
    since: date | None = None  # first and last day of publication, both included
    until: date | None = None
    stem: bool = False  # also other forms of the words: كتاب finds والكتاب


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several in this order; folded."""

    words: tuple[str, ...]
    is_prefix: bool = False  # the last is the beginning of a word
    is_quoted: bool = False  # to be taken as written


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    wanted: "Node"
    unwanted: "Node"


Node = Words | All | Either | Without


def parse(text: str) -> Node | None:
    """What a search text looks for, None where it is blank. Raises `QueryError`, whatever the text."""
    if not text.strip():
        return None
    if len(text) > MAX_LETTERS:
        raise QueryError(
            f"the search has {len(text)} letters; at most {MAX_LETTERS} can be looked for",
            "too_long",
            letters=len(text),
            most=MAX_LETTERS,
        )
    found = _Parser(text).parse()
    count = sum(len(each.words) for each in leaves(found))
    if count > MAX_WORDS:
        raise QueryError(
            f"the search has {count} words; at most {MAX_WORDS} can be looked for at once",
            "too_many_words",
            words=count,
            most=MAX_WORDS,
        )
    return found


def leaves(node: Node) -> Iterator[Words]:
    """All the words of a query, wanted and not."""
    match node:
        case Words():
            yield node
        case Without(wanted, unwanted):
            yield from leaves(wanted)
            yield from leaves(unwanted)
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)


def wanted(node: Node) -> Iterator[Words]:
    """The words that a hit may show."""
    match node:
        case Words():
            yield node
        case Without(inner, _):
            yield from wanted(inner)
        case All(parts) | Either(parts):
            for part in parts:
                yield from wanted(part)


class _Parser:
    """Descends: either of (all of (word, phrase, or group in parentheses))."""

    def __init__(self, text: str) -> None:
        self._tokens = [sign for sign in TOKEN.findall(text) if not sign.isspace()]
        self._at = 0

    def parse(self) -> Node:
        found = self._either(0)
        if self._peek() is not None:
            raise QueryError(
                "a closing parenthesis has no opening one; write it in quotes to leave it out", "not_opened"
            )
        if found is None:
            raise QueryError("there is no word in the search: signs alone cannot be looked for", "no_word")
        return found

    def _peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _either(self, depth: int) -> Node | None:
        if depth > MAX_DEPTH:
            raise QueryError(
                f"the search has parentheses in parentheses, more than {MAX_DEPTH} deep",
                "too_deep",
                most=MAX_DEPTH,
            )
        parts = [self._all(depth)]
        while self._peek() == "OR":
            self._at += 1
            parts.append(self._all(depth))
            if parts[-2] is None or parts[-1] is None:
                raise QueryError(
                    'OR stands between two words; to look for the word itself write "OR"',
                    "between",
                    word="OR",
                )
        found = [part for part in parts if part is not None]
        return found[0] if len(found) == 1 else Either(tuple(found)) if found else None

    def _all(self, depth: int) -> Node | None:
        """What stands side by side, less what is not wanted."""
        held: list[Node] = []
        unwanted: list[Node] = []
        while (sign := self._peek()) not in (None, ")", "OR"):
            if sign == "AND":
                self._at += 1
                if not (held or unwanted) or self._peek() in (None, ")", "OR", "AND"):
                    raise QueryError(
                        'AND stands between two words; to look for the word itself write "AND"',
                        "between",
                        word="AND",
                    )
                continue
            negated = sign in ("NOT", "-")
            self._at += negated
            part = self._one(depth)
            if part is not None:
                (unwanted if negated else held).append(part)
            elif sign == "NOT":
                raise QueryError(
                    'NOT stands before a word; to look for the word itself write "NOT"', "before"
                )
        if not held:
            if unwanted:
                raise QueryError("a search that only says what is NOT wanted: add a word that is", "only_not")
            return None
        node = held[0] if len(held) == 1 else All(tuple(held))
        if not unwanted:
            return node
        return Without(node, unwanted[0] if len(unwanted) == 1 else Either(tuple(unwanted)))

    def _one(self, depth: int) -> Node | None:
        sign = self._peek()
        if sign is None or sign in (")", "OR", "AND", "NOT"):
            return None
        self._at += 1
        if sign == "(":
            found = self._either(depth + 1)
            if self._peek() != ")":
                raise QueryError(
                    "an opening parenthesis is never closed; write it in quotes to leave it out", "not_closed"
                )
            self._at += 1
            return found
        if sign[0] in QUOTES:
            if len(sign) == 1 or sign[-1] != QUOTES[sign[0]]:
                raise QueryError(f"a quotation mark {sign[0]} is never closed", "quote", sign=sign[0])
            return self._words(sign[1:-1], is_quoted=True)
        return self._words(sign, is_quoted=False)

    def _words(self, sign: str, *, is_quoted: bool) -> Node | None:
        is_prefix = self._starred(sign, is_quoted)
        found = tuple(words(sign))
        if not found:
            if is_prefix:
                raise QueryError("a star stands at the end of a word: انتخاب*", "star", sign=sign)
            return None
        if is_prefix and len(found[-1]) < MIN_PREFIX:
            raise QueryError(
                f"{sign}: the beginning of a word needs {MIN_PREFIX} letters or more before the star",
                "short_star",
                sign=sign,
                least=MIN_PREFIX,
            )
        return Words(found, is_prefix, is_quoted or len(found) > 1)

    def _starred(self, sign: str, is_quoted: bool) -> bool:
        if is_quoted:
            if self._peek() == "*":
                self._at += 1
                return True
            return False
        if "*" in sign.rstrip("*"):
            raise QueryError(f"{sign}: a star stands at the end of a word: انتخاب*", "star", sign=sign)
        return sign.endswith("*")
