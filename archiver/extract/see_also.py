"""«شاهد أيضاً»: links to other stories, from boxes that say so by name, by heading, or within the text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, takewhile

from archiver.article import Link, LinkKind, Provenance
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.layout import Layout
from archiver.extract.lexicon import Lexicon, label_key, lexicon
from archiver.extract.links import StoryLinks, is_title
from archiver.extract.names import is_called
from archiver.extract.nodes import clean, holds_more, name_of, says_anything, text_of
from archiver.extract.pointers import is_previous
from archiver.extract.rivals import rival_of
from archiver.extract.sorted_lines import Sorted
from archiver.page import Element, Page

STEM = re.compile(
    "يض|صل[ةه]|تعلق|علاق|شاب[هة]|رتبا?ط|قترح|ه[مج]ب?ك|ع[مج]ب?ك|رشح|نفس|حول|كذلك|وص[ىي]|قراء|للمزيد|أخرى|المزيد|أكثر|"
    "عجاب|هتمام|يفوت|اقرأ|القسم|مختار|روابط|وصلات|سياق|إضافي|تهمك|تفوت|قرأ|قرئي|نشرنا|راجع|"
    "elate[dr]|ELATE[DR]|aimer|also|Also|ALSO|imil[ai]|ecommended|uggested|may like|nterested|aussi|lire|Lire|m[eê]me|"
    "li[eé]s|more on|More on"
)
"""What every label has in one spelling or another; the lexicon then decides."""
LABEL_LEAST, LABEL_LIMIT = 4, 90
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADERS = (
    *sorted(HEADINGS),
    "h1",
    "span",
    "strong",
    "b",
    "div",
    "p",
    "legend",
    "label",
    "td",
    "li",
    "dt",
    "a",
)
PASSED = frozenset({"script", "style", "br", "noscript"})
CELLS = frozenset({"td", "th"})
ORNAMENTS = frozenset({"i", "span", "svg", "img", "a", "hr", "br", "em", "b", "script"})
KINDS: tuple[tuple[str, LinkKind], ...] = (
    ("see_also_check", "check_also"),
    ("see_also_related", "related"),
    ("see_also_inline", "inline"),
)
"""(field of a profile, kind of the links it selects)."""
SHORT = 200  # characters of a link to the story before
LEVELS = 5  # how far above a label its list is looked for
PROSE = 220  # characters without a link that end a list
MOST_INLINE = 300  # links of lines within the text
MOST_LABELS, MOST_BOXES, MOST_SIBLINGS, DEEP = 40, 60, 60, 300


def read(layout: Layout, canonical_url: str, lines: Sorted) -> Choice[tuple[Link, ...]]:
    """Links to other stories, each address once: boxes first, then headed lists, then inline ones."""
    holders = _holders(layout)
    found = StoryLinks(layout.page, canonical_url, holders)
    within = _Within(layout, lines)
    for name, kind in KINDS:
        matches = layout.profile.every(name, layout.page)
        for match in (each for each in matches if not within.is_next_storys(each.element)):
            found.add_all([match.element], kind, match.source, match.locator)
    boxes = _read_boxes(layout, holders, within, found)
    _read_labels(layout.page, holders, boxes, within, found)
    inline = ((line, anchor) for line in lines.see_also for anchor in line.anchors)
    for line, anchor in islice(inline, MOST_INLINE):
        found.add(anchor.href, anchor.text, None, "inline", "structure", name_of(line.element))
    for card in layout.page.in_order({each for each in layout.body.cards if within.holds(each)}):
        if not _is_within(card, boxes):
            found.add_all([card], "inline", "structure", name_of(card))
    links = found.links
    if not links:
        return Choice(())
    raw = " | ".join(each.title for each in links)[:RAW_LIMIT]
    return Choice(links, Provenance(found.source, found.locator, raw))


class _Within:
    """Tells a box or a line that stands in the story's text from one that stands around it."""

    def __init__(self, layout: Layout, lines: Sorted) -> None:
        self.layout, self.positions = layout, layout.page.positions
        places = [place for line in lines.story if (place := self.positions.get(line.element)) is not None]
        self.begin, self.end = (min(places), max(places)) if places else (0, 0)
        if places and self.begin == self.end:  # loose in one element: its last line stands behind a child
            told, holder = {line.text for line in lines.story}, layout.page.elements[self.end]
            loose = (self.positions[each] for each in holder.iterchildren("*") if clean(each.tail) in told)
            self.end = max(loose, default=self.end)
        self.lines = {line.element for line in lines.see_also if line.anchors}
        rival = rival_of(layout.page, layout.headline)
        self.next_story = None if rival is None else self.positions[rival]

    def is_next_storys(self, element: Element) -> bool:
        """Whether an element stands below the headline of the next story, which some pages print too."""
        return self.next_story is not None and self.positions.get(element, 0) > max(self.next_story, self.end)

    def holds(self, element: Element) -> bool:
        """Whether an element stands between the story's first line and its last."""
        return self.begin < self.positions.get(element, 0) < self.end

    def ends_in(self, element: Element) -> bool:
        """Whether an element stands behind the story's text, in the element that holds it and the headline."""
        behind = self.positions.get(element, 0) > self.end > 0
        around = {self.layout.story, *self.layout.body.elements} - {None}
        return behind and not around.isdisjoint(islice(element.iterancestors(), DEEP))

    def said_around(self, element: Element) -> frozenset[str]:
        """What is said of the element that an element stands in."""
        parent = element.getparent()
        return frozenset() if parent is None else self.layout.said(parent)

    def kind_of(self, element: Element) -> LinkKind:
        return "inline" if self.holds(element) or element in self.lines else "related"


def _holders(layout: Layout) -> set[Element]:
    """The elements that hold the headline or the body: no box of links."""
    parts = [*layout.body.elements, *([] if layout.headline is None else [layout.headline])]
    return {*parts, *(parent for part in parts for parent in part.iterancestors())}


def _called(layout: Layout, role: str) -> list[Element]:
    """The elements called so, and not by the name of a list of other kind."""
    return [each for each in layout.called(role) if "no_box" not in layout.said(each)]


def _read_boxes(layout: Layout, holders: set[Element], within: "_Within", found: StoryLinks) -> set[Element]:
    """The boxes whose class or id says that they hold related stories; of nested ones, the outermost."""
    page, words, read = layout.page, lexicon(), set[Element]()
    for box in _called(layout, "box")[:MOST_BOXES]:
        if box in holders or box.tag in ("body", "html") or _is_within(box, read):
            continue
        if within.is_next_storys(box):
            continue
        if box.tag == "a" and not within.holds(box):
            continue
        if next(box.iter("a"), None) is None:
            continue  # a label, perhaps; its list stands beside it
        read.add(box)
        if not _headed_otherwise(box, words) and not (
            box.tag in HEADINGS and _stands_otherwise(box, holders, words)
        ):
            kind: LinkKind = "check_also" if is_called(box, "check_box") else within.kind_of(box)
            found.add_all([box], kind, "structure", name_of(box), before=_other_heading(box, words, page))
    for box in _called(layout, "inline_box")[:MOST_BOXES]:
        linked = next(box.iter("a"), None) is not None
        if linked and box not in holders and within.holds(box) and not _is_within(box, read):
            read.add(box)
            found.add_all([box], "inline", "structure", name_of(box))
    return read


def _is_within(element: Element, boxes: set[Element]) -> bool:
    return element in boxes or not boxes.isdisjoint(islice(element.iterancestors(), DEEP))


def _headed_otherwise(box: Element, words: Lexicon) -> bool:
    """Whether a box is headed «الأكثر قراءة» or the like, in it or right before it, whatever its class says."""
    first = next((each for each in box.iterdescendants(*HEADERS) if clean(each.text)), None)
    before = box.getprevious()
    heads = [first, before if before is not None and (before.tag in HEADINGS or not len(before)) else None]
    return any(each is not None and _denies_related(each, words) for each in heads)


def _denies_related(element: Element, words: Lexicon) -> bool:
    """Whether a heading says of a box called related that it holds another list; «اخترنا لك» may head either."""
    return _heads_other(element, words) and label_key(element.text or "") not in words.picked


def _heads_other(element: Element, words: Lexicon) -> bool:
    """Whether an element's own text heads a list of another kind; the one word «اقتصاد» may be a card's section, and
    heads a list only where more than one link follows."""
    text = element.text
    if not text or len(text) >= LABEL_LIMIT or not words.heads_other(folded := label_key(text)):
        return False
    return " " in folded or element.tag in HEADINGS or _is_before_list(element)


def _is_before_list(element: Element) -> bool:
    """Whether more than one link stands in what follows an element, or what encloses it."""
    for each in islice(chain([element], element.iterancestors()), 3):
        behind = each.getnext()
        if behind is not None:
            return holds_more(behind, 1, "a")
    return False


def _stands_otherwise(heading: Element, holders: set[Element], words: Lexicon) -> bool:
    """Whether a card's heading stands in a list headed «الأكثر قراءة» or the like, whatever its class says."""
    for parent in islice(heading.iterancestors(), LEVELS):
        if parent in holders:
            return False
        if _headed_otherwise(parent, words):
            return True
    return False


def _other_heading(box: Element, words: Lexicon, page: Page) -> int | None:
    """Where in document order a list that is not related begins within the box."""
    for element in box.iterdescendants(*HEADERS):
        parent = element.getparent()
        linked = element.tag == "a" or (parent is not None and parent.tag == "a")
        if not linked and _denies_related(element, words):
            return page.positions[element]
    return None


def _read_labels(
    page: Page, holders: set[Element], boxes: set[Element], within: "_Within", found: StoryLinks
) -> None:
    """The lists under a heading that announces related stories."""
    words = lexicon()
    for element, folded in islice(_labels(page), MOST_LABELS):
        if folded in words.placed and not within.ends_in(element):
            continue
        if element in holders or _is_within(element, boxes) or within.is_next_storys(element):
            continue
        if (link := _link_around(element, found)) is not None:
            if link is not element and within.holds(link):
                found.add_all([link], "inline", "structure", name_of(link))
            continue
        if "tags" in within.said_around(element):
            continue
        kind: LinkKind = "check_also" if folded in words.check else within.kind_of(element)
        for elements in _announced(element, page, holders, words):
            if found.add_all(elements, kind, "structure", name_of(element)):
                break


def _labels(page: Page) -> Iterator[tuple[Element, str]]:
    """Every label that announces related stories: the element it stands in (or that it is spoken for), and its folded
    text."""
    spoken = ((clean(each.get("aria-label")), each) for each in page.by_tag.get("section", ()))
    for text, element in chain(page.runs, spoken):
        if LABEL_LEAST < len(text) < LABEL_LIMIT and (folded := _announcement(text)):
            yield element, folded


@lru_cache(maxsize=16_384)
def _announcement(text: str) -> str | None:
    """The folded text of a label that announces related stories; None for any other."""
    words = lexicon()
    if not words.may_open(text) or not STEM.search(text):
        return None
    folded = label_key(text)
    if folded in words.placed:
        return folded
    return folded if words.opens_see_also(folded) and folded not in words.other else None


def _link_around(element: Element, found: StoryLinks) -> Element | None:
    """The link to a story that a label's words stand in, as on its card: they announce no list, but that story."""
    around = chain([element], islice(element.iterancestors(), 3))
    return next((each for each in around if each.tag == "a" and found.address(each.get("href"))), None)


def _announced(label: Element, page: Page, holders: set[Element], words: Lexicon) -> Iterator[list[Element]]:
    """Where the stories that a label announces may stand, the nearest first: the pane it opens, in itself,
    beside it, beside the head that frames it."""
    tab = _tab_of(label, page)
    if tab is not None:
        yield [tab]
        return
    yield list(_until_other(label, holders, words))
    if (lists := _of_one_label(label)) is not None:
        yield lists
        return
    node = label
    for _ in range(LEVELS):
        yield list(_until_other(node.itersiblings(), holders, words))
        parent = node.getparent()
        if parent is None or parent in holders or parent.tag == "body" or not _is_head(parent, node):
            return
        node = parent


def _of_one_label(label: Element) -> list[Element] | None:
    """The list of definitions whose term a label is, and those behind it whose terms are empty: one list to the eye."""
    term = next((each for each in chain([label], islice(label.iterancestors(), 2)) if each.tag == "dt"), None)
    first = None if term is None else term.getparent()
    if first is None or first.tag != "dl":
        return None
    behind = takewhile(
        lambda each: each.tag == "dl" and not any(map(says_anything, each.iterchildren("dt"))),
        islice(first.itersiblings(), MOST_SIBLINGS),
    )
    return [first, *behind]


def _tab_of(label: Element, page: Page) -> Element | None:
    """The pane that a label in a row of tabs opens: ``<a href="#related">ذات صلة</a>``."""
    for element in chain([label], islice(label.iterancestors(), 2)):
        target = element.get("href") or element.get("data-target") or element.get("data-bs-target") or ""
        if target.startswith("#") and len(target) > 1:
            return next(iter(page.by_id.get(target[1:], ())), None)
    return None


def _is_head(parent: Element, node: Element) -> bool:
    """Whether an element only frames the label: then the list may stand beside it."""
    if parent.tag == "thead" or is_called(parent, "list_head"):
        return True
    children = islice(parent, MOST_SIBLINGS)
    others = (each for each in children if isinstance(each.tag, str) and each is not node)
    return all(_is_ornament(each) for each in others)


def _is_ornament(element: Element) -> bool:
    """Whether an element beside a label is a line, an icon, a button, another tab or an empty paragraph; an empty one
    with an id awaits a list."""
    text = text_of(element, 80)
    if text:
        words, folded = lexicon(), label_key(text)
        return folded in words.furniture or folded in words.tabs
    if element.tag == "p" and all(each.tag == "br" for each in element):
        return True
    if element.tag in CELLS:
        return all(each.tag in ORNAMENTS for each in element)
    return element.tag in ORNAMENTS or (len(element) == 0 and not element.get("id"))


def _until_other(siblings: Iterable[Element], holders: set[Element], words: Lexicon) -> Iterator[Element]:
    """The siblings up to the next heading, the story itself, or prose."""
    cards: set[tuple[str, str]] = set()  # tag and class of those that were yielded
    for sibling in islice(siblings, MOST_SIBLINGS):
        if not isinstance(sibling.tag, str) or sibling.tag in PASSED:
            continue
        if sibling.tag == "a" and (sibling.get("href") or "").startswith("#"):
            continue  # for readers of a screen reader: over the list
        if sibling in holders or sibling.tag in ("footer", "form", "h1"):
            return
        if next(sibling.iter("a"), None) is None:
            text = text_of(sibling, 400)
            if len(text) > PROSE or (text and sibling.tag in HEADINGS):
                return
        mark = (sibling.tag, sibling.get("class") or "")
        if label_key(text_of(sibling, LABEL_LIMIT)) in words.tabs:
            continue
        if mark not in cards and _opens_otherwise(sibling, words):
            return
        if not is_previous(text_of(sibling, SHORT)):
            if mark[1]:
                cards.add(mark)
            yield sibling


def _opens_otherwise(element: Element, words: Lexicon) -> bool:
    """Whether an element opens with the heading of another list."""
    first = next((each for each in element.iter(*HEADERS) if clean(each.text)), None)
    if first is None:
        return False
    if first.tag == "a" or any(each.tag == "a" for each in islice(first.iterancestors(), 4)):
        return False
    text = clean(first.text)
    if _heads_other(first, words):
        return True
    if first.tag not in HEADINGS or next(first.iter("a"), None) is not None:
        return False
    if not is_title(text):
        return True
    return first.getparent() is element and len({each.get("href") for each in element.iter("a")}) > 1
