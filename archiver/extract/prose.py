"""How much prose stands where on a page: every long run of text gives its letters to all that encloses it.

A page has a few dozen runs long enough to be prose. Text in links, menus, comments, sidebars and cards of
other stories weighs nothing, so that what is left is nearly all the story's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from archiver.extract.lines import INLINE, is_link
from archiver.extract.links import is_item
from archiver.extract.names import is_called
from archiver.extract.nodes import holds_more
from archiver.page import Element, Page

CONTAINERS = frozenset(
    {
        "div",
        "section",
        "article",
        "main",
        "td",
        "tr",
        "tbody",
        "table",
        "center",
        "form",
        "body",
        "html",
        "aside",
        "details",
        "app-root",
        "font",
        "dd",
        "dl",
    }
)
NEVER = frozenset(
    {
        "nav",
        "noscript",
        "select",
        "button",
        "svg",
        "iframe",
        "template",
        "menu",
        "header",
        "footer",
        "aside",
        "figcaption",
        "caption",
        "label",
    }
)
CARDS = frozenset({"div", "li", "article", "section", "tr", "td", "dl"})
SHOWN = ("img", "h2", "h3", "h4", "h5", "h6")
CUT_SHORT = ("...", "…", "[…]", "[...]")
LONG, SCARCE = 20, 400
"""Characters of a run that may be prose; letters of prose on a page under which shreds are put together."""
BRIEF, LABEL = 8, 45
"""Letters under which a run says nothing; under which it is rather a label, a title or a date."""
ASIDE_SHARE, BODY_SHARE = 0.5, 0.25
"""An element named as an aside that holds more of the prose than this is a misnomer; so is one that is named
as a body too and holds more than that."""
LIST_SHARE, CARD, CARD_TITLE = 0.12, 350, 15
"""Letters in links, of the other letters, from which a child may be the card of a story; its letters at most;
those of its link at least."""
LATIN, LATIN_ALONE, MOSTLY = 8, 1, 4
"""Of how many Latin characters one counts, beside Arabic and on a page of nothing else; how many times as much prose
that makes of such a page."""
MOST_BREAKS = 2  # paragraphs and breaks in a card
DEEP = 300  # ancestors that a run gives its letters to, at most


@dataclass(frozen=True, slots=True)
class Prose:
    """The page's prose: `own` counts what stands directly in an element, `good` all below it, `total` all.

    `cards` are the elements that show other stories, wherever they stand.
    """

    own: Mapping[Element, int]
    good: Mapping[Element, int]
    total: int
    cards: frozenset[Element]


class _Stretch(NamedTuple):
    weight: int  # as prose
    letters: int
    chain: tuple[Element, ...]  # the element it stands in, then its ancestors


def measure(page: Page, headline: Element | None, rival: Element | None = None) -> Prose:
    """Weigh the page's prose; where there is little of it, with its shreds put together; where that is Latin, as prose.

    `rival` is the headline of another story: what stands from there on is not weighed.
    """
    runs = page.runs
    if rival is not None:
        end = page.positions[rival]
        runs = tuple((text, each) for text, each in runs if page.positions[each] < end)
    long = ((text, element) for text, element in runs if len(text) > LONG)
    prose = _weighed(list(_stretches(long)), page, headline)
    if prose.total >= SCARCE:
        return prose
    prose = _weighed(list(_stretches(_gathered(runs))), page, headline)
    if prose.total >= SCARCE:
        return prose
    latin = _weighed(list(_stretches(_gathered(runs), latin=LATIN_ALONE)), page, headline)
    return latin if latin.total > MOSTLY * prose.total else prose


def _stretches(runs: Iterable[tuple[str, Element]], latin: int = LATIN) -> Iterator[_Stretch]:
    chains: dict[Element, tuple[Element, ...]] = {}
    for text, element in runs:
        letters = _letters(text, latin)
        if letters < BRIEF:
            continue
        chain = chains.get(element)
        if chain is None:
            chain = chains[element] = (element, *islice(element.iterancestors(), DEEP))
        yield _Stretch(_weight(text, letters), letters, chain)


def _gathered(runs: Iterable[tuple[str, Element]]) -> Iterator[tuple[str, Element]]:
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
            yield whole, home


def _letters(text: str, latin: int) -> int:
    """The non-Latin letters of a text; of a Latin one, one of so many."""
    return len(text.encode("utf-8", "replace")) - len(text) or len(text) // latin


def _weight(text: str, letters: int) -> int:
    """What a run weighs as prose: little for a teaser cut with «…», or for what is rather a label."""
    if text.rstrip().endswith(CUT_SHORT):
        return letters // 6
    return letters if letters > LABEL else letters // 3


def _weighed(stretches: list[_Stretch], page: Page, headline: Element | None) -> Prose:
    """The prose without what is linked and what stands in asides and cards."""
    links, free = [], []
    for each in stretches:
        near = each.chain[:4]
        anchors = [element for element in near if element.tag == "a"]
        if any(is_link(each) and not is_item(each, page.host) for each in anchors):
            links.append(each)
        elif headline not in near:
            free.append(each)
    linked, steps = _raised([(each.chain, each.letters) for each in links])
    raw, _ = _raised([(each.chain, each.weight) for each in free])
    parts: dict[Element, set[Element]] = {}  # an element's children that hold links
    for child, parent in steps:
        parts.setdefault(parent, set()).add(child)
    total = sum(each.weight for each in free)
    around = {page.root} if headline is None else {headline, *headline.iterancestors()}
    asides = {each for each, weight in raw.items() if each not in around and _is_aside(each, weight, total)}
    several = [(parent, children) for parent, children in parts.items() if len(children) > 1]
    alike = [
        (parent, [each for each in children if _is_card(each, raw.get(each, 0), linked[each])])
        for parent, children in several
    ]
    cards = {each for _, children in alike for each in _cards_among(children)} - around
    lists = {parent for parent, children in alike if _is_cards(parent, children, raw)} - around
    asides |= lists | cards
    own: dict[Element, int] = {}
    kept = [each for each in free if asides.isdisjoint(each.chain)]
    for each in kept:
        own[each.chain[0]] = own.get(each.chain[0], 0) + each.weight
    good, _ = _raised([(each.chain, each.weight) for each in kept])
    return Prose(own, good, sum(own.values()), frozenset(cards))


def _raised(
    weighed: Iterable[tuple[tuple[Element, ...], int]],
) -> tuple[dict[Element, int], list[tuple[Element, Element]]]:
    """What stands in an element, given to all in its chain; and the steps from child to parent so made, each once."""
    table: dict[Element, int] = {}
    branches = []
    for chain, weight in weighed:
        new = 0
        for element in chain:
            if element in table:
                break
            table[element] = 0
            new += 1
        if new:
            branches.append(list(pairwise(chain[: new + 1])))
        table[chain[0]] += weight
    steps = [step for branch in reversed(branches) for step in branch]  # what grew last is whole first
    for child, parent in steps:
        table[parent] += table[child]
    return table, steps


def _is_aside(element: Element, weight: int, total: int) -> bool:
    tag = element.tag
    if tag in ("body", "html", "article", "main"):
        return False
    if tag in NEVER:
        return True
    if not is_called(element, "aside") or (weight > BODY_SHARE * total and is_called(element, "body")):
        return False
    return weight < ASIDE_SHARE * total or is_called(element, "comments")


def _is_cards(element: Element, cards: Sequence[Element], raw: Mapping[Element, int]) -> bool:
    """Whether an element holds cards of other stories: most of its prose is in children part link."""
    if len(cards) < 3:
        return False
    weight = sum(raw.get(each, 0) for each in cards)
    return weight >= 0.7 * raw.get(element, 0) and not is_called(element, "body")


def _cards_among(cards: Sequence[Element]) -> Iterator[Element]:
    """Of children that may be cards, those that are cards to the eye: alike, with a heading or a picture."""
    alike: dict[tuple[str, str | None], list[Element]] = {}
    for child in cards:
        if child.tag in CARDS:
            alike.setdefault((child.tag, child.get("class")), []).append(child)
    for group in alike.values():
        if len(group) > 1 and all(next(each.iter(*SHOWN), None) is not None for each in group):
            yield from group


def _is_card(element: Element, weight: int, linked: int) -> bool:
    """Whether a child is part link, and has no more text than a teaser: one paragraph, hardly a break."""
    if weight >= CARD or linked <= max(CARD_TITLE, LIST_SHARE * weight):
        return False
    return not holds_more(element, MOST_BREAKS, "p", "br")
