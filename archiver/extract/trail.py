"""One trail element: whether it may be a trail at all, and its crumbs, read off the markup's text.

Every link is a crumb, and so is what stands between links and is not a separator.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.arabic.dates import parse_date
from archiver.article import Crumb
from archiver.extract.layout import HAS_DAY, Layout
from archiver.extract.names import is_unseen
from archiver.extract.nodes import SKIPPED, bare_words, clean, is_hidden, text_of
from archiver.page import Element

SEPARATOR = re.compile(r"^[\s/\\|»«›‹<>→←⟵⟶▸◂►◄•·:–—\-_~,،]+$")
SPLIT = re.compile(r"\s+[/\\|→←⟵⟶▸►◄•·»«›‹>]+\s+|\s*[›>]+\s*|\s+(?:::|--)\s+")
EDGE = re.compile(r"^[\s/\\|»›‹<>→←▸►◄•·:–—-]+|[\s/\\|«›‹<>→←▸►◄•·–—-]+$")
LABEL = re.compile(
    r"^(?:[أا]نت هنا|[أا]نت ال[آا]ن(?: في)?|ال[آا]ن(?=\s*:)|أنت في|مكانك|موقعك|تصفح|المسار"
    r"|you are here|you’re here|vous [êe]tes ici)\s*:?\s*",
    re.I,
)
HOME = re.compile(
    r"^(?:ال)?(?:صفحة )?(?:ال)?رئيسي?[ةه]$|^الصفحة الأولى$|^الاستقبال$|^البداية$|^home(?: page)?$|^accueil$",
    re.I,
)
OPENED = re.compile(r"[(][^()]{0,40}:?$")
THREAD_LABELS = ("موضوع:", "الموضوع:")
"""What stands before a thread's crumb."""
FRAMED = re.compile(r"([:~*=-]{2,}) .* \1")
"""A forum's name between signs: «::: الأقسام الرياضية :::»."""
MARK = re.compile("separator|delimiter|divider|breadcrumb-sep")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text of the trail: the link it stands in, if any."""

    text: str
    href: str | None
    link: Element | None


def is_trail(layout: Layout, element: Element) -> bool:
    """Whether an element may be the story's trail: seen, short, without the headline; behind the body, one that says so
    («أنت هنا: …»).
    """
    if is_hidden(element) or element.tag in ("body", "html", "link", "meta", "script"):
        return False
    if layout.headline is not None and layout.headline in set(element.iterdescendants(layout.headline.tag)):
        return False
    at = layout.page.positions[element]
    above = layout.headline_at is not None and at < layout.headline_at
    after = layout.body_at is not None and at > layout.body_at and not above
    text = text_of(element)
    placed = not after or LABEL.match(text) is not None
    return placed and len(text) <= 3 * LONGEST and not _in_footer(layout, element)


def _in_footer(layout: Layout, element: Element) -> bool:
    return not {"footer", "comments", "related"}.isdisjoint(layout.zones[element])


def read_trail(layout: Layout, element: Element) -> tuple[Crumb, ...]:
    """The crumbs of one trail element."""
    crumbs: list[Crumb] = []
    aside = False  # within brackets: who looks after a forum
    for piece in _pieces(element):
        text = clean(piece.text)
        if aside or (piece.link is None and OPENED.match(text)):
            aside = ")" not in text
            continue
        if piece.link is not None:
            text = _trimmed(text) or text
            if text and not SEPARATOR.match(text):
                crumbs.append(Crumb(text, layout.page.resolve(piece.href)))
            continue
        text, headline = _before_headline(LABEL.sub("", text), layout)
        crumbs += [
            Crumb(part, None) for part in _split(text) if not (_is_date(part) or part in THREAD_LABELS)
        ]
        crumbs += [Crumb(headline, None)] if headline else []
    return tidied(crumbs)


def _before_headline(text: str, layout: Layout) -> tuple[str, str]:
    """A text without the headline that ends it, and the headline, whole: its own bars and arrows part no crumbs."""
    title = layout.title_key
    if not title or not bare_words(text).endswith(title):
        return text, ""
    text = f" {text} "
    starts = (*(found.end() for found in SPLIT.finditer(text)), 0)
    start = next((each for each in starts if bare_words(text[each:]) == title), None)
    if start is None:
        return text, ""
    headline, shown = text[start:].strip(), "" if layout.headline is None else text_of(layout.headline)
    return text[:start], shown if shown and headline.endswith(shown) else EDGE.sub("", headline)


def _is_date(text: str) -> bool:
    """Whether a piece of a trail is a date that stands beside it."""
    return HAS_DAY.search(text) is not None and len(text) < 60 and parse_date(text, now=None) is not None


def _trimmed(text: str) -> str:
    """A crumb without the separators at its ends; quotation marks that belong together stay."""
    text = text if FRAMED.fullmatch(text) else EDGE.sub("", text).strip()
    if "«" not in text:
        text = text.rstrip("» ")
    return text if "»" in text else text.lstrip("« ")


def _split(text: str) -> list[str]:
    """Plain text between links, cut at separators that stand alone."""
    parts = (_trimmed(part) for part in SPLIT.split(f" {text} "))
    return [part for part in parts if part and not SEPARATOR.match(part)]


def _pieces(element: Element) -> Iterator[_Piece]:
    """Runs of text in order; a run ends where a link or any element begins or ends."""
    stack: list[tuple[Element | None, Element | None, str]] = [(element, None, "")]
    while stack:
        node, link, tail = stack.pop()
        if node is None:
            if tail.strip():
                yield _Piece(tail, link.get("href") if link is not None else None, link)
            continue
        if node is not element and node.tail:
            stack.append((None, link, node.tail))
        if not isinstance(node.tag, str) or node.tag in SKIPPED or _is_unseen(node):
            continue
        if node.tag == "a":
            text = text_of(node)
            if text:
                yield _Piece(text, node.get("href"), node)
            continue
        if _is_one_name(node):
            yield _Piece(text_of(node), None, None)
            continue
        stack.extend((child, link, "") for child in reversed(node))
        if node.text and node.text.strip():
            yield _Piece(node.text, None, link)


def _is_unseen(node: Element) -> bool:
    """Whether a node is hidden, or a mark between crumbs; a crumb may carry the name of the mark that follows it."""
    mark = MARK.search((node.get("class") or "").lower()) is not None
    return is_unseen(node) or (mark and node.find(".//a") is None)


def _is_one_name(node: Element) -> bool:
    """A heading or bold run without links, whose inner markup parts nothing."""
    return node.tag in ("h1", "h2", "strong", "b", "em") and node.find(".//a") is None and len(node) > 0


def tidied(crumbs: Sequence[Crumb]) -> tuple[Crumb, ...]:
    """Without labels and without a crumb printed twice in a row."""
    kept: list[Crumb] = []
    for crumb in crumbs:
        if LABEL.fullmatch(crumb.name) or len(crumb.name) > LONGEST:
            continue
        if kept and kept[-1].name == crumb.name:
            continue
        kept.append(crumb)
    return tuple(kept)
