"""What stands under a picture: its caption, and the credit where one is marked.

The caption is kept as printed, credit and all; the credit is read out of it beside.
"""

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

from archiver.extract.boilerplate import (
    CAPTION_LIMIT,
    is_aslant,
    is_date_line,
    size_of,
)
from archiver.extract.lexicon import key, lexicon
from archiver.extract.names import is_called
from archiver.extract.nodes import HIDDEN_STYLE, clean, text_of
from archiver.page import Element

LEVELS = 5  # how far above a picture its caption is looked for
ALONE = 160  # characters of a text that stands alone with a picture in an element that is not named for it
BRACKETED = re.compile(r"[(\[«]\s*([^()\[\]«»]{2,80})\s*[)\]»]\s*\.?$")
TAIL = re.compile(r"(?:^|[-–—|/:،,.©]\s*|\s{2,})([^-–—|/:،,.©]{2,60})\s*\.?$")


def caption_of(image: Element, stop: Iterable[Element]) -> tuple[str | None, str | None, Element | None]:
    """(caption, credit from an element of its own, the element the caption was read from) of one picture.

    `stop` are elements that hold more than the picture (the body, the headline's parents): a text
    found in one of them is not the picture's.
    """
    barriers = set(stop)
    figure = next((each for each in itertools.islice(image.iterancestors(), LEVELS) if each.tag == "figure"), None)
    if figure is not None and figure not in barriers:
        found = _of_figure(figure)
        if found[0] or found[1]:
            return found
        image = figure
    node = image
    for _ in range(LEVELS):
        sibling = _named_sibling(node)
        if sibling is not None:
            return _with_credit([sibling], sibling)
        parent = node.getparent()
        if parent is None or parent in barriers or parent.tag in ("body", "html"):
            return None, None, None
        size = _visible_size(parent)
        if size:
            return _of_box(parent, node) if size < CAPTION_LIMIT * 2 else (None, None, None)
        node = parent
    return None, None, None


def _visible_size(element: Element) -> int:
    size = size_of(element)
    return len(text_of(element)) if 0 < size < 4000 else size


def _of_figure(figure: Element) -> tuple[str | None, str | None, Element | None]:
    captions = [each for each in figure.iter("figcaption") if text_of(each)]
    if captions:
        caption, credit, source = _with_credit(captions[:1], captions[0])
        return caption, credit or _credit_beside(figure), source
    named = [each for each in figure.iterdescendants() if is_called(each, "caption") and text_of(each)]
    if named:
        return _with_credit(named[:1], named[0])
    texts = [each for each in figure if each.tag in ("p", "span", "small", "div", "em") and text_of(each)]
    return _with_credit(texts[:1], texts[0]) if texts else (None, None, None)


def _credit_beside(figure: Element) -> str | None:
    """A credit that stands in the figure, outside its caption, behind a label: «صدر الصورة، …»."""
    for each in figure.iter("p", "span", "div", "small"):
        text = text_of(each, 120)
        credit = _without(text, lexicon().credit_prefix)
        if credit and credit != text:
            return credit
    return None


def _named_sibling(node: Element) -> Element | None:
    """The element right after the picture (or what encloses it) that calls itself a caption."""
    for sibling in _following(node, 2):
        if is_called(sibling, "caption") and sibling.find(".//img") is None:
            if text_of(sibling) and _visible_size(sibling) < CAPTION_LIMIT * 3:
                return sibling
    return None


def _following(node: Element, most: int) -> Iterable[Element]:
    for sibling in node.itersiblings():
        if most <= 0 or (sibling.tag in ("h1", "h2", "p") and not sibling.get("class")):
            return
        if isinstance(sibling.tag, str) and sibling.tag not in ("br", "script", "noscript", "meta", "link", "style"):
            most -= 1
            yield sibling


def _of_box(box: Element, node: Element) -> tuple[str | None, str | None, Element | None]:
    """The caption in the lowest element that holds the picture and any text at all."""
    named = [each for each in box.iterdescendants() if is_called(each, "caption") and text_of(each)]
    if named:
        return _with_credit(named[:1], named[0])
    if box.tag == "p" and is_aslant(box):
        return _judged(_said(box)), None, box
    if box.tag in ("p", "a", "li", "h1", "h2", "h3") or box.find(".//h1") is not None:
        return None, None, None
    after = [each for each in node.itersiblings() if isinstance(each.tag, str) and _may_caption(each)]
    tail = clean(node.tail)
    if not after and tail and len(tail) < CAPTION_LIMIT and is_called(box, "picture"):
        return _judged(tail), None, box
    if len(after) > 2 or not after:
        return None, None, None
    is_box = bool(is_called(box, "picture")) or box.tag in ("table", "tbody", "tr", "td", "center", "dl")
    alone = len(after) == 1 and after[0].tag in ("p", "span", "div", "small", "em") and len(_said(after[0])) < ALONE
    return _with_credit(after, after[0]) if is_box or alone else (None, None, None)


def _may_caption(element: Element) -> bool:
    style = element.get("style")
    if (style and HIDDEN_STYLE.search(style)) or element.tag in ("script", "style", "noscript", "a", "button", "ul", "iframe", "h1"):
        return False
    if is_called(element, "no_caption") or (is_called(element, "inner_aside") and not is_called(element, "credit")):
        return False
    return bool(text_of(element))


def _with_credit(elements: list[Element], source: Element) -> tuple[str | None, str | None, Element | None]:
    """The text of a caption, without the element in it (or beside it) that says it is the credit."""
    credits = [each for element in elements for each in element.iter() if isinstance(each.tag, str)
               and is_called(each, "credit") and not is_called(each, "caption")]
    words = lexicon()
    text = _without(clean(" ".join(map(_said, elements))), words.caption_prefix)
    credit = _without(_said(credits[0]), words.credit_prefix) if credits else None
    if credit and text.endswith(credit):
        return _judged(text[: -len(credit)].rstrip(" -–—|،")), credit, source
    if credit and text.startswith(credit):
        return _judged(text[len(credit):].lstrip(" -–—|،")), credit, source
    return _judged(text), credit, source


def _said(element: Element) -> str:
    """The text of a caption without what only a screen reader says."""
    text = text_of(element)
    for each in element.iterdescendants():
        if isinstance(each.tag, str) and is_called(each, "unseen"):
            text = clean(text.replace(text_of(each), " ", 1))
    return text


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    """The text without a label before it: «التعليق على الصورة، …»."""
    for prefix in prefixes:
        if text.startswith(prefix):
            return text[len(prefix):].lstrip(" ،,:-")
    return text


def _judged(text: str) -> str | None:
    """The caption, unless it is a button's or a counter's text, a date, or longer than a caption is."""
    folded = key(text)
    if not folded or folded in lexicon().not_caption or folded.replace(" ", "").isdigit():
        return None
    return text if len(text) < CAPTION_LIMIT * 3 and not is_date_line(folded) else None


def credit_of(caption: str | None, site: str | None = None) -> str | None:
    """The maker of a picture, as far as its caption marks one; `site` is a house of its own.

    >>> credit_of("جانب من الجلسة (تصوير: سالم العربي)")
    'سالم العربي'
    >>> credit_of("MUNICH, GERMANY - FEBRUARY 07 … (Photo by Johannes Simon/Getty Images)")
    'Johannes Simon/Getty Images'
    """
    if not caption:
        return None
    marked = _marked().search(caption)
    if marked:
        return clean(marked[1]).strip(" -–—|.،()[]") or None
    bracketed = BRACKETED.search(caption)
    if bracketed and (_is_house(bracketed[1]) or (site and key(bracketed[1]) == key(site))):
        return clean(bracketed[1])
    tail = TAIL.search(caption)
    return clean(tail[1]) if tail and _is_house(tail[1]) else None


@lru_cache(maxsize=1)
def _marked() -> re.Pattern[str]:
    """A mark at a word's beginning, then a colon or a dash (or, in English, a blank), then the name."""
    marks = "|".join(re.escape(mark) for mark in sorted(lexicon().marks, key=len, reverse=True) if mark != "©")
    return re.compile(rf"(?:(?:^|[\s(\[،,.|/–—-])(?:{marks})\s*[:：/–—-]\s*|\bphotos? by\s+|©\s*)([^()\[\]\n]{{2,80}}?)\s*(?:[)\]]|$)", re.I)


@lru_cache(maxsize=1)
def _houses() -> frozenset[str]:
    return frozenset(map(key, lexicon().houses))


def _is_house(text: str) -> bool:
    """Whether every part of «رويترز / أ ف ب» is a house that sells pictures."""
    parts = [key(part) for part in re.split(r"[/|،,]|\s[-–—]\s", text)]
    return bool(parts) and all(part in _houses() for part in parts)
