"""Small readings of one element that every field needs: its text, whether it shows, what it is called."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from archiver.arabic.text import fold
from archiver.page import Element

SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "textarea",
        "button",
    }
)
BREAKING = frozenset(
    {
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "figure",
        "figcaption",
        "table",
        "blockquote",
        "nav",
        "aside",
    }
)
INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
    "|(?<![^\\s\u200b\u200e\u200f])[\u200c\u200d]+|\u200c+(?![^\\s\u200b\u200e\u200f])"
)
"""What no reader sees. What joins letters or keeps them apart is seen, but for where there is nothing to join."""
WORDS = re.compile(r"[^\W_]+")
SHORT = 100  # characters
BOUNDARY = "\x1c"
"""What parts lines; a page has none of its own, for its source may break off anywhere in a line."""
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def clean(text: str | None) -> str:
    """One line: white space folded, zero-width and bidirectional controls gone; every letter as it was, and what joins
    letters.
    """
    if not text:
        return ""
    return _short_line(text) if len(text) < SHORT else _line(text)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(INVISIBLE.sub("", line).split())


_short_line = lru_cache(maxsize=16_384)(_line)
"""Labels, names and days come again and again, on a page and on all pages of a site."""


def squeezed(text: str) -> str:
    """A text without its blanks: what a template breaks and indents otherwise is the same."""
    return "".join(text.split())


def text_of(element: Element, limit: int = 20_000) -> str:
    """What a reader sees of an element on one line: scripts left out, blocks parted by a space."""
    if len(element) == 0:
        return clean(element.text)[:limit] if element.tag not in SKIPPED else ""
    found, room = [], 4 * limit
    for piece in pieces(element):
        found.append(piece)
        room -= len(piece)
        if room < 0:
            break
    return clean("".join(found))[:limit]


def says_anything(element: Element) -> bool:
    """Whether a reader sees any text of an element; read no further than its first."""
    return any(map(clean, pieces(element)))


def holds_more(element: Element, most: int, *tags: str) -> bool:
    """Whether more than so many elements of these tags stand in an element, itself among them; counted no further."""
    return next(islice(element.iter(*tags), most, None), None) is not None


def has_more(element: Element, most: int) -> bool:
    """Whether an element has more than so many children; counted no further, for `len` counts a long list through."""
    return next(islice(element.iterchildren(), most, None), None) is not None


def lines_of(element: Element) -> list[str]:
    """What a reader sees of an element, cut at `br` and block boundaries; no empty lines."""
    return [line for line in map(clean, "".join(pieces(element, BOUNDARY)).split(BOUNDARY)) if line]


def spaced_lines(element: Element) -> list[str]:
    """As `lines_of`, with a space where the letters of two elements meet: ``<b>فلان</b><i>السبت</i>`` is two words."""
    found: list[str] = []
    for piece in pieces(element, BOUNDARY):
        if found and found[-1][-1].isalnum() and piece[0].isalnum():
            found.append(" ")
        found.append(piece)
    return [line for line in map(clean, "".join(found).split(BOUNDARY)) if line]


def pieces(element: Element, gap: str = " ") -> Iterator[str]:
    """The text pieces of an element in order, `gap` where a block begins or ends. Never recursive."""
    children: Iterator[Element] = iter((element,))
    opened: list[tuple[Element, Iterator[Element]]] = []
    while True:
        for node in children:
            tag = node.tag
            if tag not in SKIPPED and isinstance(tag, str):
                if tag in BREAKING:
                    yield gap
                if text := node.text:
                    yield text
                if len(node):
                    opened.append((node, children))
                    children = iter(node)
                    break
                if tag in BREAKING:
                    yield gap
            if node is not element and (tail := node.tail):
                yield tail
        else:
            if not opened:
                return
            node, children = opened.pop()
            if node.tag in BREAKING:
                yield gap
            if node is not element and (tail := node.tail):
                yield tail


def is_hidden(element: Element) -> bool:
    """Hidden by its own attributes: `hidden`, or an inline style."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and HIDDEN_STYLE.search(style))


def name_of(element: Element) -> str:
    """A short CSS name for provenance: ``h1.post-title``, ``div#crumbs``."""
    identity = element.get("id")
    if identity and " " not in identity:
        return f"{element.tag}#{identity}"
    classes = (element.get("class") or "").split()
    return ".".join([str(element.tag), *classes[:2]])


@lru_cache(maxsize=4_096)
def bare_words(text: str) -> str:
    """For comparing what two places print, and names with lists of names: the words as they are folded for search, and
    nothing between them; `lexicon.phrase_key` keeps «_» and «©».
    """
    return " ".join(WORDS.findall(fold(text)))
