"""A region of the page as lines: what a reader sees, cut at block boundaries and at `br`.

The walk is one pass of libxml2's own tree walker, never recursive, so depth costs nothing. Each line
knows how much of it is link text, and which links and which element it came from; what is no text of
the story (scripts, hidden elements, captions, share bars, boxes) is not walked into.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from archiver.article import BlockType
from archiver.extract.names import is_called
from archiver.extract.nodes import HIDDEN_STYLE, clean
from archiver.extract.switches import is_spoken, is_switch, is_unfolded
from archiver.page import Element

Role = Literal["story", "see_also", "label", "furniture"]
"""What a line of a region turns out to be."""
SKIPPED = frozenset(
    {
        "amp-ad",
        "amp-embed",
        "amp-social-share",
        "aside",
        "audio",
        "button",
        "canvas",
        "caption",
        "dialog",
        "embed",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "head",
        "iframe",
        "input",
        "label",
        "legend",
        "map",
        "menu",
        "nav",
        "noscript",
        "object",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    }
)
WRAPPERS = frozenset({"form", "footer", "fieldset", "aside", "label"})
"""Of these, the ones that some site puts its text in."""
SILENT = frozenset({"script", "style", "noscript", "template", "input"})
"""Of these, the ones that part no text: a script between two words stands in one line."""
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "blink",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "link",
        "mark",
        "meta",
        "nobr",
        "o:p",
        "picture",
        "q",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "st1:place",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LINKED, LINKED_WITHIN = 600, 150
"""Characters in an `a` that is no link but an anchor left open; in one that links within the page."""
LETTER = re.compile(r"\w")
SET_APART = re.compile(r"(?:^|\s)(?:d-)?block(?:\s|$)")
PERMALINKS = frozenset({"#", "¶", "§"})
"""Signs by which a subhead links to itself; they show when the mouse is over it."""

Skip = Callable[[Element], bool]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link within a line: where it leads, and its text."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind, its text, the share of its letters that is link text, its links, its element."""

    type: BlockType
    text: str
    linked: float
    anchors: tuple[Anchor, ...]
    element: Element
    strong: bool = False


@dataclass(slots=True)
class _Walk:
    """The state of one walk: the lines so far, the text gathered since the last boundary, what encloses it."""

    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    linked: int = 0
    strong: int = 0
    anchor: Element | None = None
    anchor_from: int = 0
    bold: int = 0
    types: list[tuple[Element, BlockType]] = field(default_factory=list)
    blocks: list[Element] = field(default_factory=list)

    def add(self, piece: str | None) -> None:
        if piece:
            self.text.append(piece)
            if self.anchor is not None:
                self.linked += len(piece)
            if self.bold:
                self.strong += len(piece)

    def cut(self) -> None:
        """Ends the line gathered so far, which is kept if it says anything; a new one begins."""
        if not self.text:
            return
        self._close_anchor()
        raw = "".join(self.text)
        text = clean(raw)
        if text and LETTER.search(text):
            kind: BlockType = self.types[-1][1] if self.types else "paragraph"
            linked = self._share_of_links(text) if self.linked else 0.0
            strong = self.strong >= 0.9 * len(raw)
            self.lines.append(Line(kind, text, linked, tuple(self.anchors), self.blocks[-1], strong))
        self.text, self.anchors, self.linked, self.strong, self.anchor_from = [], [], 0, 0, 0

    def _share_of_links(self, text: str) -> float:
        """The share of the line's letters that its links have; bars and dots between links count for nothing."""
        letters = len(LETTER.findall(text))
        return sum(len(LETTER.findall(anchor.text)) for anchor in self.anchors) / max(1, letters)

    def _close_anchor(self) -> None:
        if self.anchor is not None:
            text = clean("".join(self.text[self.anchor_from :]))
            if text:
                self.anchors.append(Anchor(self.anchor.get("href") or "", text))

    def enter(self, element: Element) -> None:
        """An element begins."""
        tag = element.tag
        if tag in INLINE:
            if _is_set_apart(element):
                self.cut()
            if tag == "a" and is_link(element):
                self.anchor, self.anchor_from = element, len(self.text)
            elif tag in ("b", "strong"):
                self.bold += 1
        else:
            self.cut()
            if tag != "br" and tag != "hr":
                self.blocks.append(element)
                kind = _type_of(tag)
                if kind is not None:
                    self.types.append((element, kind))
        self.add(element.text)

    def leave(self, element: Element) -> None:
        """An element ends; what stands behind it follows."""
        tag = element.tag
        if tag in INLINE:
            if element is self.anchor:
                self._close_anchor()
                self.anchor = None
            elif tag in ("b", "strong") and self.bold:
                self.bold -= 1
            if _is_set_apart(element):
                self.cut()
        elif self.blocks[-1] is element:
            self.cut()
            self.blocks.pop()
            if self.types and self.types[-1][0] is element:
                self.types.pop()
        self.add(element.tail)


def read_lines(region: Element, skip: Skip | None = None) -> list[Line]:
    """The lines of a region, in order; `skip` says which elements below it are not the story's."""
    walk = _Walk(blocks=[region])
    walk.add(region.text)
    walker = etree.iterwalk(region, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is region:
            continue
        if event == "start":
            if _is_skipped(element) or (skip is not None and skip(element)):
                walker.skip_subtree()
                if element.tag not in INLINE and element.tag not in SILENT:
                    walk.cut()
            else:
                walk.enter(element)
        elif event == "end":
            walk.leave(element)
        else:
            walk.add(element.tail)
    walk.cut()
    return walk.lines


def _is_skipped(element: Element) -> bool:
    if element.tag in SKIPPED:
        if element.tag == "button":
            return not is_spoken(element)
        return not (element.tag in WRAPPERS and _is_wrapper(element))
    attributes = element.attrib
    if not attributes:
        return False
    if element.tag == "a" and element.text in PERMALINKS and attributes.get("href", "").startswith("#"):
        return True
    style = attributes.get("style")
    if (style and HIDDEN_STYLE.search(style)) or "hidden" in attributes:
        return not is_unfolded(element)
    return is_called(element, "unseen") and not _is_wrapper(element)


def _is_set_apart(element: Element) -> bool:
    """Whether a class makes a block of an element within a line: ``<a class="mt-1 block">``."""
    named = element.get("class")
    return named is not None and "block" in named and SET_APART.search(named) is not None


def _is_wrapper(element: Element) -> bool:
    """Whether the element wraps whole paragraphs of a story, whatever it is called (ASP.NET's form)."""
    return sum(len(text) > 60 for text in element.itertext()) > 2


def is_link(element: Element) -> bool:
    """Whether an element links its words: not an anchor's name, nor one left open over a whole story."""
    href = element.get("href") if element.tag == "a" else None
    if not href or (href[0] in "#jJ" and is_switch(element)):
        return False
    left = LINKED_WITHIN if href[0] == "#" else LINKED
    if len(element) == 0:
        return len(element.text or "") <= left
    for text in element.itertext():
        left -= len(text)
        if left < 0:
            return False
    return True


def _type_of(tag: str) -> BlockType | None:
    if tag in HEADINGS:
        return "heading"
    if tag == "li":
        return "list_item"
    return "quote" if tag == "blockquote" else None
