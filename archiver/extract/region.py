"""Where the story's text stands: long stretches of text are weighed, and their common home is found.

A page has a few dozen text nodes long enough to be prose. Each weighs its letters, and gives them to
all its ancestors. Text in links, menus, comments, sidebars and lists of other stories weighs nothing.
The body is then, in this order: what the theme or publisher profile selects, if prose stands there;
an element that calls itself the body (`articleBody`, `entry-content`, `artical_text` …) and holds a
fair share of the prose; else the lowest element that holds nearly all of it, met on the way down from
the headline's surroundings.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from archiver.article import Source
from archiver.extract.layout import BodyRegion
from archiver.extract.lines import INLINE
from archiver.extract.names import is_called, mark_of
from archiver.extract.nodes import name_of
from archiver.page import Element, Page
from archiver.sites.profile import Match, Profile

LONG, BRIEF, SCARCE = 20, 8, 400
SENTENCE = 45  # letters under which a stretch is rather a label, a title or a date
"""Characters of a text node that may be prose; and where a page has no such node, of one that may."""
CONTAINERS = frozenset({"div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "form", "body",
                        "html", "aside", "details", "app-root", "font", "dd", "dl"})
NEVER = frozenset({"nav", "noscript", "select", "button", "svg", "iframe", "template", "menu", "header", "footer",
                   "aside", "figcaption", "caption", "label"})
PARAGRAPHS = frozenset({"p", "blockquote", "ul", "ol", "pre", "span", "strong", "b", "em"})
CUT_SHORT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
ASIDE_SHARE = 0.5
"""An element named as an aside that holds more of the prose than this is a misnomer, not an aside."""
LIST_SHARE, CARD, CARD_TITLE = 0.12, 350, 15
"""Letters in links, of the other letters, from which a child may be the card of a story; its letters at most;
those of its link at least."""
LEAST = 60
"""Letters under which there is no body to speak of."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The page's prose: each stretch's letters given to its element and all ancestors.

    `own` counts the text that stands directly in an element, `good` all the prose below it that can
    be a story's, `first` where in document order its first stretch stands.
    """

    own: Mapping[Element, int]
    good: Mapping[Element, int]
    total: int


def locate(page: Page, profile: Profile, headline: Element | None = None) -> BodyRegion:
    """The element or elements that hold the story's text; an empty region where there is no prose."""
    prose = _measure(page, ((element, text) for text, element in page.runs if len(text) > LONG), headline)
    if prose.total < SCARCE:  # text in shreds, each in an element of its own
        prose = _measure(page, _gathered_texts(page.runs), headline)
    if prose.total < LEAST:
        return BodyRegion()
    found = _by_profile(page, profile, prose) or _by_name(page, prose, headline)
    if found is None:
        home = descend(_surroundings(page, prose, headline), prose)
        found = BodyRegion((home,), "structure", name_of(home))
    return replace(found, removed=frozenset(match.element for match in profile.every("body_remove", page)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    letters: int  # what it weighs as prose
    size: int  # its letters
    chain: tuple[Element, ...]  # the element it stands in, then its ancestors


def _measure(page: Page, texts: Iterable[tuple[Element, str]], headline: Element | None) -> Prose:
    stretches = []
    linked: dict[Element, int] = {}
    for stretch in _stretches(texts):
        if any(element.tag == "a" for element in stretch.chain[:4]):
            for element in stretch.chain:
                linked[element] = linked.get(element, 0) + stretch.size
        else:
            stretches.append(stretch)
    raw: dict[Element, int] = {}
    for each in stretches:
        for element in each.chain:
            raw[element] = raw.get(element, 0) + each.letters
    total = sum(each.letters for each in stretches)
    asides = {element for element, letters in raw.items() if _is_aside(element, letters, total)}
    around = {page.root} if headline is None else {headline, *headline.iterancestors()}
    asides |= {element for element in linked if element not in around and _is_cards(element, raw, linked)}
    own: dict[Element, int] = {}
    good: dict[Element, int] = {}
    for each in stretches:
        if asides.isdisjoint(each.chain):
            own[each.chain[0]] = own.get(each.chain[0], 0) + each.letters
            for element in each.chain:
                good[element] = good.get(element, 0) + each.letters
    return Prose(own, good, good.get(page.root, 0))


def _stretches(texts: Iterable[tuple[Element, str]]) -> Iterator[_Stretch]:
    chains: dict[Element, tuple[Element, ...]] = {}
    for element, text in texts:
        size = _letters(text)
        if size < BRIEF:
            continue
        chain = chains.get(element)
        if chain is None:
            chain = chains[element] = (element, *element.iterancestors())
        yield _Stretch(_weight(text, size), size, chain)


def _gathered_texts(runs: Iterable[tuple[str, Element]]) -> Iterator[tuple[Element, str]]:
    """The text of every block and of every link, its shreds put together."""
    gathered: dict[Element, list[str]] = {}
    for text, element in runs:
        home = element
        while home.tag in INLINE and home.tag != "a" and (parent := home.getparent()) is not None:
            home = parent
        gathered.setdefault(home, []).append(text)
    for home, pieces in gathered.items():
        whole = " ".join("".join(pieces).split())
        if len(whole) > LONG:
            yield home, whole


def _letters(text: str) -> int:
    """The non-Latin letters of a text; of a Latin one, few."""
    return len(text.encode("utf-8", "replace")) - len(text) or len(text) // 8


def _weight(text: str, letters: int) -> int:
    """What a text weighs as prose: little for a teaser cut with «…», or for what is rather a label or a date."""
    if CUT_SHORT.search(text):
        return letters // 6
    return letters if letters > SENTENCE else letters // 3


def _is_aside(element: Element, letters: int, total: int) -> bool:
    tag = element.tag
    if tag in ("body", "html", "article", "main"):
        return False
    if tag in NEVER:
        return tag not in ("aside", "header", "footer") or letters < ASIDE_SHARE * total
    if not is_called(element, "aside"):
        return False
    if letters > 0.25 * total and is_called(element, "body"):
        return False
    return letters < ASIDE_SHARE * total or is_called(element, "comments")


def _by_profile(page: Page, profile: Profile, prose: Prose) -> BodyRegion | None:
    """What the profile selects, if a fair share of the prose stands there."""
    matches = _outermost(profile.first("body", page))
    letters = sum(prose.good.get(each.element, 0) for each in matches)
    if not matches or letters < max(LEAST, 0.15 * prose.total):
        return None
    return BodyRegion(tuple(each.element for each in matches), matches[0].source, matches[0].locator)


def _outermost(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    elements = {each.element for each in matches}
    return tuple(each for each in matches if elements.isdisjoint(each.element.iterancestors()))


def _by_name(page: Page, prose: Prose, headline: Element | None) -> BodyRegion | None:
    """The element that calls itself the body and holds a fair share of the prose."""
    named = [element for element in prose.good if element.tag in CONTAINERS or element.tag in ("span", "p", "article")]
    named = [element for element in named if element.tag not in ("body", "html") and is_called(element, "body")]
    if not named:
        return None
    named = _nearest(named, prose, headline)
    after = page.positions.get(headline, -1) if headline is not None else -1
    best = max(named, key=lambda element: _worth(element, prose, page.positions.get(element, 0) >= after))
    if prose.good[best] < max(LEAST, (0.08 if is_called(best, "sure_body") else 0.3) * prose.total):
        return None
    best = _narrowest(best, named, prose)
    source: Source = "microdata" if "articlebody" in (best.get("itemprop") or "").lower() else "structure"
    return BodyRegion(_pieces(best, named, prose), source, name_of(best))


def _pieces(best: Element, named: list[Element], prose: Prose) -> tuple[Element, ...]:
    """The body and its continuations: near kin of the same name, where one story is cut in pieces."""
    mark = mark_of(best)
    kin = set(itertools.islice(best.iterancestors(), 2))
    pieces = [each for each in named if each.tag == best.tag and mark_of(each) == mark
              and not kin.isdisjoint(itertools.islice(each.iterancestors(), 2))]
    inner = {each for each in pieces if not set(pieces).isdisjoint(each.iterancestors())}
    pieces = [each for each in pieces if each not in inner]
    if best not in pieces or any(next(each.iter("h1"), None) is not None for each in pieces):
        return (best,)
    return tuple(pieces)


def _nearest(named: list[Element], prose: Prose, headline: Element | None) -> list[Element]:
    """Those under the headline's nearest ancestor that has one worth considering: a page may hold more stories."""
    for ancestor in headline.iterancestors() if headline is not None else ():
        inside = [each for each in named if ancestor in each.iterancestors() and _is_worthy(each, prose)]
        if inside:
            return inside
    return named


def _is_worthy(element: Element, prose: Prose) -> bool:
    share = 0.08 if is_called(element, "sure_body") else 0.4
    return prose.good[element] >= max(2 * LEAST, share * prose.total)


def _worth(element: Element, prose: Prose, after: bool) -> float:
    sure = 1.25 if is_called(element, "sure_body") else 1.0
    return prose.good[element] * sure * (1.0 if after else 0.7)


def _narrowest(best: Element, named: list[Element], prose: Prose) -> Element:
    """The innermost element of such a name that still holds nearly all of it."""
    for element in named:
        inside = best in element.iterancestors()
        share = 0.75 if is_called(element, "sure_body") else 0.9
        if inside and element.tag in CONTAINERS and prose.good[element] >= share * prose.good[best]:
            return _narrowest(element, [each for each in named if each is not element], prose)
    return best


def _surroundings(page: Page, prose: Prose, headline: Element | None) -> Element:
    """The headline's nearest ancestor that holds a story's worth of prose; else the whole page.

    Where only the page itself would hold enough, a short story under its headline is preferred.
    """
    short: Element | None = None
    for ancestor in headline.iterancestors() if headline is not None else ():
        letters = prose.good.get(ancestor, 0)
        if ancestor.tag in ("body", "html") and short is not None:
            return short
        if letters >= max(2 * LEAST, 0.45 * prose.total) or (ancestor.tag == "article" and letters >= 4 * LEAST):
            return ancestor
        if letters >= max(1.5 * LEAST, 0.12 * prose.total):
            short = ancestor
    return page.root


def _is_cards(element: Element, raw: Mapping[Element, int], linked: Mapping[Element, int]) -> bool:
    """Whether an element holds cards of other stories: most of its prose stands in children that are part link."""
    if len(element) < 3:
        return False
    cards = [each for each in element
             if raw.get(each, 0) < CARD and linked.get(each, 0) > max(CARD_TITLE, LIST_SHARE * raw.get(each, 0))]
    letters = sum(raw.get(each, 0) for each in cards)
    return len(cards) >= 3 and letters >= 0.7 * raw.get(element, 0) and not is_called(element, "body")


def descend(start: Element, prose: Prose) -> Element:
    """Down from `start` into the child that holds nearly all the prose, as long as it is a container."""
    node = start
    while True:
        children = [child for child in node if child in prose.good]
        best = max(children, key=prose.good.__getitem__, default=None)
        if best is None or best.tag not in CONTAINERS:
            return node
        rivals = prose.own.get(node, 0) + sum(prose.good[each] for each in children)
        share = 0.6 if is_called(best, "weak_body") else 0.85
        if prose.good[best] < share * rivals:
            return node
        beside = prose.own.get(node, 0) + sum(prose.good[each] for each in children if each.tag in PARAGRAPHS)
        if beside > 0.04 * prose.good[node]:
            return node
        node = best
