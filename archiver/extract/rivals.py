"""Another story on the page of this one: sites that scroll without end print the next story below, whole.

It repeats the template: a second headline of the same tag and name, or in an element of the same name as
the first one's. What stands from there on is not this page's story.
"""

from collections.abc import Iterator
from itertools import islice

from archiver.extract.names import mark_of
from archiver.extract.nodes import bare_words, text_of
from archiver.page import Element, Page

HEADINGS = ("h1", "h2", "h3")
SHORTEST, LONGEST = 15, 400
"""Characters of a headline."""
NEAR = 8  # ancestors that may be a link


def rival_of(page: Page, headline: Element | None) -> Element | None:
    """The headline of the next story on the page; None where there is no other."""
    if headline is None:
        return None
    twins = page.by_tag.get(str(headline.tag), ())
    if len(twins) < 2:
        return None
    at, ours = page.positions[headline], bare_words(text_of(headline, LONGEST))
    for twin in twins:
        if page.positions[twin] > at and _repeats(twin, headline) and not _is_on_card(twin, headline):
            text = text_of(twin, LONGEST)
            if len(text) >= SHORTEST and bare_words(text) != ours:
                return twin
    return None


def _is_on_card(twin: Element, headline: Element) -> bool:
    """Whether a heading stands in a link, as the headline does not: a card leads to a story, and does not tell it."""
    return _is_in_link(twin) and not _is_in_link(headline)


def _is_in_link(element: Element) -> bool:
    return any(each.tag == "a" for each in islice(element.iterancestors(), NEAR))


def _repeats(twin: Element, headline: Element) -> bool:
    """Whether a heading is printed by the same template: by its own name, or by its parent's."""
    mark = mark_of(headline)
    if mark:
        return mark_of(twin) == mark
    parent, other = headline.getparent(), twin.getparent()
    if parent is None or other is None or parent is other or parent.tag in ("body", "html"):
        return False
    mark = mark_of(parent)
    return bool(mark) and mark_of(other) == mark


def from_there(rival: Element, home: Element) -> Iterator[Element]:
    """The elements below `home` that stand from the rival on: it, and what follows it on every level."""
    if home is rival or home not in rival.iterancestors():
        return
    yield rival
    node = rival
    while node is not home:
        yield from (each for each in node.itersiblings() if isinstance(each.tag, str))
        parent = node.getparent()
        if parent is None:
            return
        node = parent


def before_next(
    page: Page, headline: Element | None, rival: Element | None, homes: tuple[Element, ...]
) -> tuple[Element, ...]:
    """Of the elements that hold a text in parts, those before the rival, or any heading of the headline's name: what
    stands behind one is another story's.
    """
    if len(homes) < 2 or headline is None:
        return homes
    mark, first = mark_of(headline), page.positions[homes[0]]
    named = [each for tag in HEADINGS for each in page.by_tag.get(tag, ()) if mark and mark_of(each) == mark]
    heads = (page.positions[each] for each in (*named, *([] if rival is None else [rival])))
    end = min((at for at in heads if at > first), default=None)
    return homes if end is None else tuple(home for home in homes if page.positions[home] < end)
