"""What stands under a picture: its caption, and the credit where one is marked.

The caption is kept as printed, credit and all; the credit is read out of it beside.
"""

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import chain, islice

from archiver.extract.addresses import PICTURE_FILE
from archiver.extract.asides import CAPTION_LIMIT, is_aslant, is_credited, is_shorter, size_of
from archiver.extract.byline_lexicon import given_names
from archiver.extract.byline_names import is_full_name
from archiver.extract.byline_places import AUTHOR_LINK
from archiver.extract.lexicon import PRESS_HERE, houses, lexicon, phrase_key
from archiver.extract.names import is_called, is_unseen
from archiver.extract.nodes import HIDDEN_STYLE, clean, holds_more, says_anything, text_of
from archiver.extract.published_text import is_dateish
from archiver.page import Element

LEVELS = 5  # how far above a picture its caption is looked for
LONGEST = 1_350  # characters
CROWDED = 4_000  # characters in an element that holds more than a picture and its caption
ALONE = 160  # characters of a text that stands alone with a picture in an element that is not named for it
BRACKETED = re.compile(r"[(\[«]\s*([^()\[\]«»]{2,80})\s*[)\]»]\s*\.?$")
TAIL = re.compile(r"(?:^|[-–—|/:،,.©]\s*|\s{2,})([^-–—|/:،,.©]{2,60})\s*\.?$")
BEHIND_MAKER = re.compile(r"^[^./|]{2,40}\s?[./|]\s+([\u0621-\u064a]\S* \S+ .+)$")
"""What a credit says behind who made the picture: «© Reuters. سبائك في خزينة»."""
COUNTER = re.compile(r"^\s*\d+\s*(?:من|/|of)\s*\d+(?:\s+|$)")
"""«1 من 5», which a row of pictures prints over each."""
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}", re.I)
PARTS = re.compile(r"[/|،,]|\s[-–—]\s")
VIA = re.compile(r"^(?:[A-Za-z'&.-]{2,20}\s){1,3}via\s(?=\w)")
"""Who made a picture that another sells: «Anadolu Agency via Getty Images»."""
FEW = 3  # words of a text that may be a writer's name
EDGES = " -–—|،,:"
NO_CAPTION = frozenset({"script", "style", "noscript", "a", "button", "ul", "iframe", "h1"})
PASSED = frozenset({"br", "script", "noscript", "meta", "link", "style"})
TEXTS = frozenset({"p", "span", "div", "small", "em"})
CREDITED = TEXTS | {"h5", "h6"}
SMALL = frozenset({"small", "figcaption"})
BOXES = frozenset({"table", "tbody", "tr", "td", "center", "dl"})

Found = tuple[str | None, str | None]
"""(caption, credit from an element of its own)."""
NOTHING: Found = (None, None)


def caption_of(image: Element, barriers: Set[Element]) -> Found:
    """The caption of one picture, and its credit where that has an element of its own.

    `barriers` are elements that hold more than the picture: a text found in one of them is not its.
    """
    node = image
    figure = next((each for each in islice(image.iterancestors(), LEVELS) if each.tag == "figure"), None)
    if figure is not None and figure not in barriers:
        found = _of_figure(figure)
        if found != NOTHING:
            return found
        node = figure
    for _ in range(LEVELS):
        sibling = _named_sibling(node)
        if sibling is not None:
            behind = sibling.getnext()
            credited = behind is not None and is_called(behind, "credit")
            return _with_credit([sibling, behind] if behind is not None and credited else [sibling])
        if (line := _small_beside(node)) is not None or (line := _credited_beside(node)) is not None:
            return _with_credit([line])
        parent = node.getparent()
        if parent is None or parent in barriers or parent.tag in ("body", "html"):
            below = None if parent is None else _below_opening(parent)
            return (None, _right_beside(image)) if below is None else _with_credit([below])
        if not is_shorter(parent, CROWDED):
            return NOTHING
        if says_anything(parent):
            caption, credit = _of_box(parent, node)
            under = _named_sibling(parent) if caption is None else None
            return (caption, credit) if under is None else (_said(under), credit)
        node = parent
    return NOTHING


def _of_figure(figure: Element) -> Found:
    captions = [each for each in figure.iter("figcaption") if says_anything(each)]
    if captions:
        caption, credit = _with_credit(captions[:1])
        return caption, credit or _credit_beside(figure)
    named = [each for each in _elements(figure) if is_called(each, "caption") and says_anything(each)]
    if named:
        return _with_credit(named[:1])
    texts = [each for each in figure if each.tag in TEXTS and says_anything(each)]
    return _with_credit(texts[:1]) if texts else NOTHING


def _elements(element: Element) -> Iterable[Element]:
    return (each for each in element.iterdescendants() if isinstance(each.tag, str))


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
            return sibling if says_anything(sibling) and is_shorter(sibling, LONGEST) else None
    return None


def _below_opening(box: Element) -> Element | None:
    """The caption right below a box that holds the headline over one picture."""
    if next(box.iter("h1"), None) is None or holds_more(box, 1, "img") or not is_shorter(box, CROWDED):
        return None
    return _named_sibling(box)


def _small_beside(node: Element) -> Element | None:
    """A line in small type right behind the picture, that says more than who wrote and when."""
    behind = node.getnext()
    while behind is not None and behind.tag in PASSED:
        behind = behind.getnext()
    if behind is None or not (behind.tag in SMALL or (behind.tag in TEXTS and is_called(behind, "small"))):
        return None
    if not _may_caption(behind) or next(behind.iter("a", "time", "img"), None) is not None:
        return None
    said = text_of(behind, LONGEST)
    if len(said) >= ALONE or is_dateish(said) or text_of(node, ALONE):
        return None
    return behind if is_telling(said, 3) and not lexicon().byline.match(phrase_key(said)) else None


def _credited_beside(node: Element) -> Element | None:
    """What stands right behind the picture and says what its own title says, or ends with who made it in brackets:
    «… (رويترز)»."""
    behind = node.getnext()
    while behind is not None and behind.tag in PASSED:
        behind = behind.getnext()
    if behind is None or not isinstance(behind.tag, str) or text_of(node, ALONE) or not _may_caption(behind):
        return None
    if not is_shorter(behind, CROWDED):
        return None
    if node.tag == "img" and text_of(behind, LONGEST) in (clean(node.get("title")), clean(node.get("alt"))):
        return behind
    said = text_of(behind, LONGEST)
    if behind.tag not in CREDITED or len(behind) > 1 or (len(behind) == 1 and text_of(behind[0]) != said):
        return None
    return behind if is_credited(said) or (is_aslant(behind) and credit_of(said) is not None) else None


def _right_beside(image: Element) -> str | None:
    """Who holds the right in a picture, said beside it and beyond the headline that is printed on it: «© …»."""
    for sibling in islice(image.itersiblings(), FEW):
        if isinstance(sibling.tag, str) and sibling.tag in TEXTS and is_shorter(sibling, ALONE):
            said = _said(sibling)
            if said.startswith("©"):
                return said
    return None


def _following(node: Element, most: int) -> Iterable[Element]:
    for sibling in node.itersiblings():
        if most <= 0 or (sibling.tag in ("h1", "h2", "p") and not sibling.get("class")):
            return
        if isinstance(sibling.tag, str) and sibling.tag not in PASSED:
            most -= 1
            yield sibling


def _of_box(box: Element, node: Element) -> Found:
    """The caption in the lowest element that holds the picture and any text at all."""
    named = [each for each in _elements(box) if is_called(each, "caption") and says_anything(each)]
    if named and not any(_holds(each, node) for each in named):
        credits_beside = [each for each in _elements(box) if is_called(each, "credit") and each not in named]
        return _with_credit(named[:1] + credits_beside[:1])
    if box.tag == "p" and is_aslant(box):
        return _judged(_said(box)), None
    if box.tag in ("p", "li", "h1", "h2", "h3") or box.find(".//h1") is not None:
        return NOTHING
    if box.tag == "a" and not PICTURE_FILE.search(box.get("href") or ""):
        return NOTHING
    is_named = is_called(box, "picture")
    after = [each for each in node.itersiblings() if isinstance(each.tag, str) and _may_caption(each)]
    if not after:
        tail = clean(" ".join(each.tail or "" for each in chain([node], node.itersiblings())))
        short = box.tag in ("div", "td", "center") and len(tail) < ALONE and is_telling(tail, 3)
        return (
            (_judged(tail), None) if tail and (is_named or short) and len(tail) < CAPTION_LIMIT else NOTHING
        )
    if len(after) == 1 and _said(after[0]).startswith("©") and not _tells_more(_said(after[0])):
        return None, _judged(_said(after[0]))
    if len(after) == 1 and len(after[0]) == 2 and DOMAIN.fullmatch(text_of(after[0][1], CAPTION_LIMIT)):
        after = list(after[0])
    apart = is_named or box.tag in BOXES or box.get("align") == "center"
    if not any(map(_is_credit, after)) and not is_telling(" ".join(map(_said, after)), 2 if apart else 3):
        return NOTHING
    alone = all(each.tag in TEXTS for each in after) and sum(len(_said(each)) for each in after) < ALONE
    fits = len(after) <= 2 and sum(map(size_of, after)) < 2 * CAPTION_LIMIT
    return _with_credit(after) if fits and (apart or alone) else NOTHING


def is_telling(text: str, words: int) -> bool:
    """Whether a text under a picture, in no element named a caption, says more than a section's or a writer's name."""
    folded = phrase_key(text)
    if folded in lexicon().archive or credit_of(text) is not None:
        return True
    size = len(folded.split())
    return size > words or (size == words and (words < FEW or text.split()[0] not in given_names()))


def _holds(element: Element, node: Element) -> bool:
    return element is node or element in islice(node.iterancestors(), LEVELS)


def _may_caption(element: Element) -> bool:
    if any(AUTHOR_LINK.search(each.get("href") or "") for each in element.iter("a")):
        return False
    if next(element.iter("time", "h1"), None) is not None:
        return False
    style = element.get("style")
    if element.tag in NO_CAPTION or (style and HIDDEN_STYLE.search(style)):
        return False
    if is_called(element, "no_caption") or (
        is_called(element, "inner_aside") and not is_called(element, "credit")
    ):
        said = text_of(element, ALONE)
        return phrase_key(said) in lexicon().archive or _marked().search(said) is not None
    if element.get("itemprop") == "description":
        return False
    return says_anything(element)


def _with_credit(elements: list[Element]) -> Found:
    """The text of a caption without the element in it, or beside it, that says it is the credit."""
    words = lexicon()
    if len(elements) == 2 and _is_source(elements[1]):
        said = text_of(elements[1])
        return _judged(_without(_said(elements[0]), words.caption_prefix)), credit_of(said) or said
    every = (each for element in elements for each in chain([element], _elements(element)))
    text = _without(clean(" ".join(map(_said, elements))), words.caption_prefix)
    if len(elements) == 1 and _is_credit(elements[0]) and (closing := _closing_credit(elements[0])):
        return _judged(text.removesuffix(closing).rstrip(EDGES)), credit_of(closing)
    holders = [each for each in every if _is_credit(each)]
    marked = holders[0] if holders else None
    if marked is None and len(elements) == 1:
        marked = _maker(elements[0])
    credit = _without(_said(marked), words.credit_prefix) if marked is not None else ""
    if credit and credit == text and _tells_more(credit):
        return _judged(text), None
    if credit and text.endswith(credit):
        text = text[: -len(credit)].rstrip(EDGES)
    elif credit and text.startswith(credit):
        text = text[len(credit) :].lstrip(EDGES)
    for said in map(_said, holders[1:]):  # «© …» behind the maker's name
        text = text.removesuffix(said).rstrip(EDGES) if credit and said else text
    return _judged(text), credit or None


def _closing_credit(caption: Element) -> str | None:
    """What an element behind a caption's own words says, that begins with a mark: «… <small>Credit: …</small>»."""
    last = caption[-1] if len(caption) and clean(caption.text) else None
    if last is None or not isinstance(last.tag, str) or clean(last.tail):
        return None
    said = text_of(last, ALONE)
    return said if _marked().match(said) else None


def _maker(caption: Element) -> Element | None:
    """The second of the two elements that a caption is made of, where it names a house or «name/house»."""
    parts = caption
    while len(parts) == 1:
        parts = parts[0]
    if len(parts) != 2 or _parted(parts) != clean(f"{text_of(parts[0])} {text_of(parts[1])}"):
        return None
    said = text_of(parts[1], ALONE)
    slashed = len(said.split()) <= MAKER and ("/" in said or BRACKETED.fullmatch(said) is not None)
    return parts[1] if text_of(parts[0], ALONE) and (slashed or _is_house(said.strip(" ()[]."))) else None


def _tells_more(credit: str) -> bool:
    """Whether an element that is called a credit says what the picture shows too: «… تصوير: …», «… – أرشيف»,
    «© Reuters. …»."""
    mark = _marked().search(credit)
    if mark is not None:
        behind = BEHIND_MAKER.search(credit) if mark.start() == 0 else None
        shown = behind is not None and not is_full_name(behind[1]) and not _is_house(behind[1])
        return shown or len(credit[: mark.start()].split()) > 1
    tail = TAIL.search(credit)
    return tail is not None and _is_house(tail[1]) and len(credit[: tail.start()].split()) >= FEW


MAKER = 5  # words of who made a picture


def _is_source(element: Element) -> bool:
    """Whether all an element says is a link away, or a mark and a house: «globallookpress.com», «© أ ف ب»."""
    said = text_of(element, CAPTION_LIMIT)
    if said[:1] == "©" or DOMAIN.fullmatch(said) or _is_house(said.strip(" ()[].")):
        return True
    if _marked().match(said) or (
        len(said.split()) < FEW and phrase_key(said.partition(" ")[0]) in lexicon().archive
    ):
        return True  # «تصوير: فلان», «أرشيف الضفة»
    link = next(element.iter("a"), None)
    return link is not None and (link.get("href") or "").startswith("http") and text_of(link) == said


def _is_credit(element: Element) -> bool:
    return is_called(element, "credit") and not is_called(element, "caption")


def _said(element: Element) -> str:
    """The text of a caption without what is hidden or only a screen reader says."""
    text = _parted(element)
    for each in _elements(element):
        if is_unseen(each):
            text = clean(text.replace(text_of(each), " ", 1))
    return text


def _parted(element: Element) -> str:
    """An element's text, its parts a blank apart where it is nothing but elements side by side."""
    if len(element) < 2 or (element.text or "").strip() or any((each.tail or "").strip() for each in element):
        return text_of(element)
    return clean(" ".join(map(text_of, element)))


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    """The text without a label before it: «التعليق على الصورة، …»."""
    label = next((each for each in prefixes if text.startswith(each)), "")
    return text[len(label) :].lstrip(EDGES) if label else text


def _judged(text: str) -> str | None:
    """The caption, unless it is a button's or a counter's text, a credit's label, a date, or too long for one."""
    text = COUNTER.sub("", text)
    folded, words = phrase_key(text), lexicon()
    if not folded or folded in words.not_caption or folded in _credit_labels() or words.is_date(folded):
        return None
    if text.endswith(":") or folded.endswith(PRESS_HERE) or words.follow_start.match(folded):
        return None
    return text if len(text) < LONGEST else None


def credit_of(caption: str | None, site: str | None = None) -> str | None:
    """The maker of a picture, as far as its caption marks one; `site` is a house of its own.

    >>> credit_of("جانب من الجلسة (تصوير: سالم العربي)")
    'سالم العربي'
    >>> credit_of("MUNICH, GERMANY - FEBRUARY 07 … (Photo by Johannes Simon/Getty Images)")
    'Johannes Simon/Getty Images'
    """
    if not caption:
        return None
    marked = next((each for each in _marked().finditer(caption) if _is_credit_behind(each)), None)
    if marked:
        return clean(marked[2]).strip(" -–—|.،()[]") or None
    bracketed = BRACKETED.search(caption)
    if bracketed and (_is_house(bracketed[1]) or (site and phrase_key(bracketed[1]) == phrase_key(site))):
        return clean(bracketed[1])
    tail = TAIL.search(caption)
    return clean(tail[1]).strip(" ()[]") if tail and _is_house(tail[1]) else None


def _is_credit_behind(marked: re.Match[str]) -> bool:
    """Whether a mark is a credit's: «صورة: رويترز», «(الصورة: فلان)»; what «في الصورة: …» says is what it shows."""
    if marked["mark"] is None or phrase_key(marked["mark"]) not in lexicon().weak_marks:
        return True
    name = clean(marked[2]).strip(" -–—|.،()[]")
    bracketed = marked[0].lstrip()[:1] in "([" and len(name.split()) < MAKER
    return bracketed or " " not in name or name.isascii() or is_full_name(name) or _is_house(name)


def names_maker_alone(caption: str) -> bool:
    """Whether a caption says nothing but a house that sells pictures, «(رويترز)», or in another language who made it,
    «Foto: … / TT»; «صورة: منير» and «أرشيف» are what Arabic papers have for captions."""
    said = caption.strip(" ()[].")
    if phrase_key(said) in lexicon().archive:
        return False
    marked = said.isascii() or DRAWN.match(said) is not None
    return _is_house(said) or (marked and _marked().fullmatch(said) is not None)


DRAWN = re.compile(r"(?:تصميم|رسم|رسوم|كاريكاتير)\s*:")
"""Who drew it: no picture that shows somebody."""


@lru_cache(maxsize=1)
def _credit_labels() -> frozenset[str]:
    """The words before a name that make it a credit, folded: alone they say nothing."""
    return frozenset(map(phrase_key, lexicon().marks))


@lru_cache(maxsize=1)
def _marked() -> re.Pattern[str]:
    """A mark at a word's beginning, then a colon or a dash (or, in English, a blank), then the name."""
    marks = "|".join(re.escape(mark) for mark in sorted(lexicon().marks, key=len, reverse=True))
    before = rf"(?:^|[\s(\[«،,.|/–—-])(?P<mark>{marks})\s*[:：/–—-]\s*|\bphotos? by\s+|©\s*"
    return re.compile(rf"(?:{before})([^()\[\]\n]{{2,80}}?)\s*(?:[)\]»]|$)", re.I)


def _is_house(text: str) -> bool:
    """Whether every part of «رويترز / أ ف ب» is a house that sells pictures, its own or another's («X via Getty»)."""
    return all(phrase_key(part) in houses() for part in PARTS.split(VIA.sub("", text)))
