"""A byline that is a line of its own, with neither a label nor facts beside it: a name in full under the headline or
right behind the text.

Nothing but the words tells what it is, so it counts where nothing else names a writer.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from archiver.article import Found
from archiver.extract.byline_datelines import dateline_people, named_beside_place
from archiver.extract.byline_facts import (
    BEHIND,
    FAR,
    LONGEST_LINE,
    MOST,
    NOT_FACTS,
    holder_of,
    is_portrait,
)
from archiver.extract.byline_lexicon import not_authors, roles
from archiver.extract.byline_names import INITIAL_NAME, is_full_name, is_person, lone_names
from archiver.extract.byline_places import AUTHOR_LINK, is_out_of_sight, together
from archiver.extract.byline_text import Byline, parse_byline
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, name_of, spaced_lines, text_of
from archiver.extract.published_text import is_dateish
from archiver.extract.tags import is_tag_address
from archiver.page import Element

PICTURES = frozenset({"img", "iframe", "video"})
LISTS = frozenset({"ul", "ol", "nav", "footer"})
BESIDE = 8  # elements before the headline in which a face with its name stands
LINES_OF_FACTS = 3
"""Lines of a cell under the headline of which a linked name may be one: a name, an issue and its day."""
RIGHT_BEHIND = 4
"""Elements behind the text in which its writer may sign."""
FROM = re.compile(r"من\s*:\s*")
"""«من : فلان الفلاني مراسل الموقع»."""


def in_lines(layout: Layout) -> Iterator[Found[Byline]]:
    """The names under the headline that are lines of their own, as one byline, or the one under a face beside it; else
    the one right behind the text; else the one in a linked box behind it."""
    found = list(_under_headline(layout)) or list(_under_face(layout))
    if found and len(found) <= MOST:
        yield together(found)
        return
    yield from _behind_text(layout)
    yield from _linked(layout)


def _under_headline(layout: Layout) -> Iterator[Found[Byline]]:
    for text, element in _between(layout):
        names = _names(text, layout.site_names)
        if not names or _is_among_others(layout, element):
            continue
        if _may_sign(layout, element) and not _may_be_caption(layout, element):
            yield Found(Byline(names), text, "structure", name_of(element))


def _is_among_others(layout: Layout, element: Element) -> bool:
    """Whether a name is one item of a list of which others are neither names nor days: of tags, of who scored."""
    item = next(
        (each for each in (element, *itertools.islice(element.iterancestors(), 2)) if each.tag == "li"), None
    )
    holder = None if item is None else item.getparent()
    texts = () if holder is None else (text_of(each, LONGEST_LINE) for each in holder if each.tag == "li")
    return any(text and not is_dateish(text) and not _names(text, layout.site_names) for text in texts)


def _under_face(layout: Layout) -> Iterator[Found[Byline]]:
    """The name under a face beside the headline: ``<td><img width=95><br>فلان الفلاني</td><td>العنوان</td>``."""
    start = layout.headline_at or 0
    for text, element in layout.page.runs:
        if not start - BESIDE < layout.page.positions[element] < start or len(text) >= LONGEST_LINE:
            continue
        names = _names(clean(text), layout.site_names)
        cell = next((each for each in element.iterancestors() if each.find(".//img") is not None), None)
        if not names or cell is None or cell in layout.around_headline or layout.outside(element):
            continue
        if not is_out_of_sight(element) and all(map(is_portrait, cell.iter("img"))):
            yield Found(Byline(names), text, "structure", name_of(element))


def _behind_text(layout: Layout) -> Iterator[Found[Byline]]:
    end = layout.body_end
    if end is None:
        return
    for text, element in layout.page.runs:
        at = layout.page.positions[element]
        if at <= end:
            continue
        names = _names(clean(text), layout.site_names) if len(text) < LONGEST_LINE else ()
        is_near = at <= min(end + RIGHT_BEHIND, layout.comments_at)
        in_list = not LISTS.isdisjoint(str(each.tag) for each in element.iterancestors())
        if not names or not is_near or in_list or _is_on_card(layout, element):
            return
        if _may_sign(layout, element):
            yield Found(Byline(names), text, "structure", name_of(element))
        return


def _linked(layout: Layout) -> Iterator[Found[Byline]]:
    """A name in full in a box behind the text, linked to its writer's page."""
    begin, end = layout.text_at, layout.body_end
    if begin is None or end is None:
        return
    for element in layout.page.elements[begin : min(end + BEHIND, layout.comments_at)]:
        if element.tag == "a" and AUTHOR_LINK.search(element.get("href") or ""):
            name = text_of(element, LONGEST_LINE)
            alone = text_of(holder_of(layout, element), LONGEST_LINE) == name
            if alone and is_person(name) and _may_sign(layout, element):
                yield Found(Byline((name,)), name, "structure", name_of(element))
                return


def _between(layout: Layout) -> Iterator[tuple[str, Element]]:
    """The short runs of text between headline and text."""
    start = layout.headline_at
    if start is None:
        return
    end = start + FAR
    if layout.text_at is not None and layout.text_at > start:
        end = min(end, layout.text_at)
    for text, element in layout.page.runs:
        is_near = len(text) < LONGEST_LINE and start < layout.page.positions[element] < end
        if is_near and bare_words(text) != layout.title_key:  # the headline, linked
            yield clean(text), element


@lru_cache(maxsize=8_192)
def _names(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The names that a line is, perhaps with a place or the house beside."""
    line = text.strip(" :")
    if INITIAL_NAME.fullmatch(text.strip(" :-–—*")):
        return (text.strip(" :-–—*"),)
    if labelled := FROM.match(line):
        people = parse_byline(line[labelled.end() :], labelled=True).authors
        return people if all(map(is_full_name, people)) else ()
    before, _, behind = line.partition(":")
    nobody = bare_words(before) in not_authors() or bare_words(before.partition(" ")[0]) in roles()
    if behind and (nobody or is_person(clean(before))):
        return ()  # «فلان الفلاني: الميناء جاهز», «رئيس التحرير: فلان»
    return lone_names(line) or dateline_people(f"{line}:", sites) or named_beside_place(line)


def _may_sign(layout: Layout, element: Element) -> bool:
    """Whether an element is the story's, and no caption, and no link among others but to a writer."""
    if layout.outside(element) or not NOT_FACTS.isdisjoint(layout.zones[element]) or is_out_of_sight(element):
        return False
    link = element if element.tag == "a" else next(element.iterancestors("a"), None)
    if link is None or AUTHOR_LINK.search(link.get("href") or ""):
        return True
    holder, name = holder_of(layout, link), text_of(link, LONGEST_LINE)
    is_alone = name in (
        text_of(holder, LONGEST_LINE),
        *itertools.islice(spaced_lines(holder), LINES_OF_FACTS),
    )
    href = link.get("href") or ""
    return is_alone and not is_tag_address(href) and not _leads_to_story(layout, href)


def _leads_to_story(layout: Layout, href: str) -> bool:
    """Whether an address is made as the page's own: another story, and no writer's page."""
    address, own = layout.page.resolve(href), layout.page.url
    return address not in (None, own) and _without_numbers(address or "") == _without_numbers(own)


def _without_numbers(address: str) -> str:
    return re.sub(r"\d+", "0", unquote(address))


def _is_on_card(layout: Layout, element: Element) -> bool:
    """Whether more than a name stands in what holds it beside the text: «فلانة الفلانية», «تفتتح معرضها الأول»."""
    name = text_of(element, LONGEST_LINE)
    box = next((each for each in element.iterancestors() if text_of(each, 2 * LONGEST_LINE) != name), None)
    return box is None or not layout.body.elements or box not in layout.body.elements[0].iterancestors()


def _may_be_caption(layout: Layout, element: Element) -> bool:
    """Whether a picture that is no face stands before an element, with no text between, and no day beside it."""
    holder = holder_of(layout, element)
    pictured = not all(map(is_portrait, holder.iter("img")))
    if not pictured and is_dateish(text_of(holder, LONGEST_LINE)):
        return False
    for at in range(layout.page.positions[element] - 1, layout.headline_at or 0, -1):
        before = layout.page.elements[at]
        if before.tag in PICTURES:
            return not is_portrait(before)
        if clean(before.text) or clean(before.tail):
            return False
    return False
