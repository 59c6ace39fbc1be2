"""Showing a hit: the original text, with what was searched for marked in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.arabic.words import forms, words, words_in_place
from archiver.search.query import Node, wanted

SNIPPET = 220  # letters of original text, about
BEFORE = 60  # of them before the first mark
MAX_TEXT = 200_000  # letters of an article that are looked through for a snippet
PARAGRAPH = re.compile(r"\n+")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of original text, and whether it is what was searched for."""

    text: str
    marked: bool = False


class Marker:
    """Finds a query's words in original text."""

    def __init__(self, node: Node | None, *, stem: bool) -> None:
        self._single: set[str] = set()
        self._beginnings: list[str] = []
        self._phrases: list[tuple[tuple[str, ...], bool]] = []
        self._is_empty = node is None
        for each in wanted(node) if node is not None else ():
            if len(each.words) > 1:
                self._phrases.append((each.words, each.is_prefix))
            elif each.is_prefix:
                self._beginnings.append(each.words[0])
            elif stem and not each.is_quoted:
                self._single.update(forms(each.words[0]))
            else:
                self._single.add(each.words[0])

    def parts(self, text: str) -> tuple[Part, ...]:
        """The text in parts, which joined are the text."""
        placed = list(words_in_place(text))
        folded = [word.folded for word in placed]
        spans = ((placed[first].start, placed[last].end) for first, last in self._found(folded))
        parts: list[Part] = []
        at = 0
        for start, end in spans:
            if start > at:
                parts.append(Part(text[at:start]))
            if end > at:
                parts.append(Part(text[max(start, at) : end], marked=True))
                at = end
        if at < len(text):
            parts.append(Part(text[at:]))
        return tuple(parts)

    def snippet(self, texts: Iterable[str | None]) -> tuple[Part, ...]:
        """The stretch that shows most of what was searched for; the beginning of the first where none does."""
        best, most, first = "", 0, ""
        for each in texts:
            for paragraph in PARAGRAPH.split((each or "")[:MAX_TEXT]):
                first = first or paragraph
                if first and self._is_empty:
                    return _window((Part(first),))
                folded = words(paragraph)
                shown = len({tuple(folded[start : end + 1]) for start, end in self._found(folded)})
                if shown > most:
                    best, most = paragraph, shown
            if best:
                break
        return _window(self.parts(best)) if best else _window((Part(first),) if first else ())

    def _found(self, folded: list[str]) -> list[tuple[int, int]]:
        """First and last word of every place where something is, in order."""
        found = [
            (at, at)
            for at, word in enumerate(folded)
            if word in self._single or any(word.startswith(each) for each in self._beginnings)
        ]
        for phrase, is_prefix in self._phrases:
            found += _places(folded, phrase, is_prefix)
        return sorted(found)


def _places(folded: list[str], phrase: tuple[str, ...], is_prefix: bool) -> list[tuple[int, int]]:
    *head, last = phrase
    size = len(head)
    return [
        (at, at + size)
        for at in range(len(folded) - size)
        if (folded[at + size].startswith(last) if is_prefix else folded[at + size] == last)
        and folded[at : at + size] == head
    ]


def _window(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts cut to a snippet's length at blanks, around the first mark."""
    text = "".join(part.text for part in parts)
    if len(text) <= SNIPPET:
        return parts
    marks = [part.marked for part in parts]
    lead = sum(len(part.text) for part in parts[: marks.index(True)]) if True in marks else 0
    start = max(0, min(lead - BEFORE, len(text) - SNIPPET))
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", start + SNIPPET)
    end = len(text) if end < 0 else min(end, start + 2 * SNIPPET)
    cut: list[Part] = [Part(ELLIPSIS)] if start else []
    at = 0
    for part in parts:
        inside = part.text[max(0, start - at) : max(0, end - at)]
        if inside:
            cut.append(Part(inside, part.marked))
        at += len(part.text)
    return (*cut, Part(ELLIPSIS)) if end < len(text) else tuple(cut)
