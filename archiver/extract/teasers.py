"""Teasers: whether a page's text is only that of one teaser among several, each leading to its own story.

A listing's template prints the same thing again and again: a way to a story (a linked heading, a button «اقرأ المزيد»,
a card to click on) and beside it a few lines. An article may have such cards too, but its own text stands in none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple

from archiver.article import Block
from archiver.extract.headline import agreement
from archiver.extract.layout import Layout
from archiver.extract.links import NO_STORY
from archiver.extract.names import is_called
from archiver.extract.nodes import bare_words, clean, text_of
from archiver.extract.zones import OUTSIDE
from archiver.page import Element
from archiver.urls import unquoted

MANY = 3
"""So many teasers make a listing; two, where the page's headline is the way to the first of them."""
MANY_EPISODES, SHORT_EPISODE, MOST = 6, 200, 0.6
"""So many teasers, of so few characters on the average, holding so much of a text make a listing that begins with lines
of its own: a programme's words of itself over its episodes.
"""
PROSE = 40  # characters of a teaser's lines at least
LABEL = 40  # characters of a button at most
NEAR = (
    30  # elements before the beginning of a teaser's lines, or behind it, among which is the way to its story
)
FEW = 12  # elements of a heading among which is its link
DEEP = 60  # ancestors
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
HEADING, BUTTON = "heading", "button"
HOST_ENDS = re.compile("[/:?]")
APART = OUTSIDE - {"related"}
"""Where no teaser of a listing stands; «read more» is a name that related stories go by too."""
NUMBER = re.compile(r"\d+")
ADDRESS = re.compile(r"^\w+://(?:www\.)?|#.*$|/(?=[?#]|$)")
CLICKED = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['\"]([^'\"]+)"
)


class _Door(NamedTuple):
    """One way to a story: where it leads, the element that leads there, and how the template prints it."""

    address: str
    element: Element
    print: tuple[str, ...]


def teasers(layout: Layout, blocks: tuple[Block, ...], labels: frozenset[str]) -> int:
    """How many teasers a page has of which one holds the beginning of the text found; mostly 0.

    `labels` are the words of buttons that lead to a story, folded. Where there is but one teaser, a heading above
    its lines and a button below them must lead to its story.
    """
    first = _first_of(layout, blocks)
    if first is None:
        return 0
    elements, at = layout.page.elements, layout.page.positions[first]
    over = (each for each in elements[max(0, at - NEAR) : at] if each.tag != "a")
    under = (each for each in elements[at : at + NEAR] if each.tag == "a")
    near = _by_print(_doors(layout, chain(over, under), labels))
    if all(_home_of(layout, first, _held(doors)) is None for doors in near.values()):
        return 0
    by_print = _by_print(_doors(layout, elements, labels))
    found = max((_alike(layout, first, doors) for doors in by_print.values()), default=0)
    return found or int(_is_enclosed(layout, first, [*chain.from_iterable(by_print.values())]))


def episodes(layout: Layout, labels: frozenset[str]) -> int:
    """How many short teasers hold most of the text found, wherever it begins; mostly 0. `labels` as for `teasers`."""
    places, begin, end = layout.page.positions, layout.body_at, layout.body_end
    if begin is None or end is None:
        return 0
    lines = [(element, len(text)) for text, element in layout.page.runs if begin <= places[element] <= end]
    most = MOST * sum(length for _, length in lines)
    for doors in _by_print(_doors(layout, layout.page.elements, labels)).values():
        held = _held(doors) if len(doors) >= MANY_EPISODES else {}
        told: dict[str, int] = {}
        for element, length in lines:
            if (home := _home(element, held)) is not None:
                told[held[home]] = told.get(held[home], 0) + length
        if len(told) >= MANY_EPISODES and most <= sum(told.values()) < SHORT_EPISODE * len(told):
            return len(told)
    return 0


def _by_print(doors: Iterable[_Door]) -> dict[tuple[str, ...], list[_Door]]:
    found: dict[tuple[str, ...], list[_Door]] = {}
    for door in doors:
        found.setdefault(door.print, []).append(door)
    return found


def _doors(layout: Layout, elements: Iterable[Element], labels: frozenset[str]) -> Iterator[_Door]:
    """The ways from the page to other stories of its site, in document order."""
    page = layout.page
    own = {_plain(each) for each in (page.url, page.canonical, page.first_meta("og:url")) if each}
    for kind, element, href in _ways(layout, elements, labels):
        address = _plain(page.resolve(href) or "")
        if address in own or HOST_ENDS.split(address, 1)[0] != page.host or NO_STORY.search(address):
            continue
        if APART.isdisjoint(layout.zones[element]):
            parent = element.getparent()
            yield _Door(address, element, (*kind, _mark(element), "" if parent is None else _mark(parent)))


def _ways(
    layout: Layout, elements: Iterable[Element], labels: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], Element, str | None]]:
    """Linked headings, buttons and elements to click on: what each is, the element that leads there, and where."""
    titles = frozenset(layout.names.called.get("title_name", ()))
    for element in elements:
        if element.tag in HEADINGS or element in titles:
            if (link := _link_of(element)) is not None:
                yield (HEADING, _mark(element)), link, link.get("href")
        elif element.tag == "a":
            if _is_button(element, labels):
                yield (BUTTON,), element, element.get("href")
        elif (script := element.get("onclick")) and (target := CLICKED.search(script)):
            yield ("click",), element, target[1]


def _link_of(heading: Element) -> Element | None:
    """The link in a heading, or around it."""
    parent = heading.getparent()
    within = (each for each in islice(heading.iter(), FEW) if each.tag == "a")
    return next(within, parent if parent is not None and parent.tag == "a" else None)


def _is_button(anchor: Element, labels: frozenset[str]) -> bool:
    """Whether a link says «اقرأ المزيد», or its name or its parent's says it."""
    said = anchor.text or ""
    if not said.strip():
        said = next((text for text in map(str, anchor.itertext()) if not text.isspace()), "")
    if len(said) > LABEL:
        return False
    if bare_words(said) in labels:
        return True
    parent = anchor.getparent()
    return is_called(anchor, "more_button") or (parent is not None and is_called(parent, "more_button"))


def _plain(address: str) -> str:
    """An address for comparison: without scheme, `www.`, fragment and a last slash."""
    return ADDRESS.sub("", unquoted(address))


def _mark(element: Element) -> str:
    """Tag and class of an element, without numbers: what a template prints again."""
    return f"{element.tag}.{NUMBER.sub('', element.get('class') or '')}"


def _first_of(layout: Layout, blocks: tuple[Block, ...]) -> Element | None:
    """The element in which the text found begins, a kicker over its heading not counted."""
    texts = [block.text for block in blocks if block.type != "heading"]
    start = next((text for text in texts if len(text) >= PROSE), next(iter(texts), ""))
    begin, end = layout.body_at, layout.body_end
    if not start or begin is None or end is None:
        return None
    places = layout.page.positions
    for text, element in layout.page.runs:
        if begin <= places[element] <= end and (said := clean(text)) and start.startswith(said):
            return element
    return None


def _alike(layout: Layout, first: Element, doors: list[_Door]) -> int:
    """How many of these doors have lines beside them, printed as the one that `first` stands by; 0 for too few."""
    held = _held(doors)
    home = _home_of(layout, first, held)
    if home is None:
        return 0
    steps = {door.address: door for door in reversed(doors)}
    path = _path(steps[held[home]].element, home)
    found = {held[home]}
    for text, element in layout.page.runs:
        other = _home(element, held) if len(text) > PROSE else None
        if other is not None and _path(steps[held[other]].element, other) == path:
            found.add(held[other])
    least = MANY - 1 if _is_in_headline(layout, steps[held[home]].element) else MANY
    return len(found) if len(found) >= least else 0


def _is_enclosed(layout: Layout, first: Element, doors: list[_Door]) -> bool:
    """Whether `first` stands between a heading and a button that both lead to one other story."""
    held = _held(doors)
    home = _home_of(layout, first, held)
    if home is None:
        return False
    places, at = layout.page.positions, layout.page.positions[first]
    ours = [door for door in doors if door.address == held[home]]
    over = [each.element for each in ours if each.print[0] == HEADING and places[each.element] < at]
    if home in layout.around_headline:
        over = [each for each in over if _is_in_headline(layout, each)]
    return bool(over) and any(each.print[0] == BUTTON and places[each.element] > at for each in ours)


def _is_in_headline(layout: Layout, anchor: Element) -> bool:
    """Whether a link stands in the page's headline, or around it."""
    return anchor in layout.around_headline or any(
        each is layout.headline for each in islice(anchor.iterancestors(), DEEP)
    )


def _held(doors: list[_Door]) -> dict[Element, str]:
    """{element that holds a door, or is one: the address it leads to; empty where it holds several}."""
    held: dict[Element, str] = {}
    for door in doors:
        for element in chain((door.element,), islice(door.element.iterancestors(), DEEP)):
            if held.setdefault(element, door.address) != door.address:
                held[element] = ""
    return held


def _home(element: Element, held: Mapping[Element, str]) -> Element | None:
    """The lowest element that holds this one and a door; None where it holds several."""
    around = chain((element,), islice(element.iterancestors(), DEEP))
    home = next((each for each in around if each in held), None)
    return home if home is not None and held[home] else None


def _path(element: Element, home: Element) -> list[str]:
    """The tags from a door up to its home."""
    found = []
    for each in chain((element,), islice(element.iterancestors(), DEEP)):
        if each is home:
            break
        found.append(str(each.tag))
    return found


def _home_of(layout: Layout, first: Element, held: Mapping[Element, str]) -> Element | None:
    """The home of the text found; None where the page has a text of its own: a headline that the head knows too stands
    in that home, or lines of no teaser stand between headline and home."""
    home = _home(first, held)
    if home is None or layout.headline is None:
        return home
    if home not in layout.around_headline:
        return None if _is_introduced(layout, first, held) else home
    shown = bare_words(text_of(layout.headline))
    return None if any(agreement(shown, each.folded) for each in layout.references) else home


def _is_introduced(layout: Layout, first: Element, held: Mapping[Element, str]) -> bool:
    """Whether lines that are no link and no teaser's stand between the headline and `first`."""
    places, begin = layout.page.positions, layout.headline_at or 0
    return any(
        len(text) > PROSE and _home(element, held) is None and not _is_linked(element)
        for text, element in layout.page.runs
        if begin < places[element] < places[first]
    )


def _is_linked(element: Element) -> bool:
    return any(each.tag == "a" for each in chain((element,), islice(element.iterancestors(), FEW)))
