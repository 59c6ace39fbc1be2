"""The dates a reader sees beside the headline, at the start of the body or right behind it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from archiver.arabic.text import to_ascii_digits
from archiver.article import DateRole, Found
from archiver.extract.asides import is_credited
from archiver.extract.byline_datelines import DAY_AT_END, dateline_people
from archiver.extract.layout import BEHIND_BODY, BESIDE, INTO_BODY, Layout
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.names import is_unseen
from archiver.extract.nodes import clean, has_more, name_of, pieces, says_anything, text_of
from archiver.extract.published_clues import WEIGHTS, Clue
from archiver.extract.published_text import (
    ISSUE,
    LONGEST,
    MODIFIED_LABEL,
    OTHER_LABEL,
    PUBLISHED_LABEL,
    Shown,
    is_dateish,
    is_relative,
    raw_text,
    read_shown,
)
from archiver.extract.stamps import machine_stamp
from archiver.extract.zones import NOTHING, OUTSIDE
from archiver.page import Element

SHORTEST_WHOLE = 24
"""A shorter text may be a piece of a date: the day's number, the clock."""
CLOSE = 8
"""How many elements before the headline a date may stand outside the story's own element."""
OPENING = 4
"""The runs of text a page begins with: a date there, above the story, is the site's."""
REACH_BEFORE, REACH_AFTER = 30, 90
"""How many elements before and after the headline a date is looked for."""


def from_sight(layout: Layout) -> Iterator[Clue]:
    """Dates that stand beside the headline, at the start of the body or right behind it."""
    seen: set[Element] = set()
    for element, place in _neighbours(layout):
        holder = None if element in seen else _whole_date(layout, element)
        if holder is None or holder in seen:
            continue
        seen.update((holder, *holder.iterdescendants()))
        yield from clues_of(layout, holder, raw_text(holder), place)


def _whole_date(layout: Layout, element: Element) -> Element | None:
    """The element, if its text may be a date; its parent, where it holds only a day's number."""
    text = raw_text(element)
    if len(text) <= LONGEST and (
        is_dateish(text) or (element.tag == "abbr" and machine_stamp(element.get("title") or ""))
    ):
        return element
    parent = element.getparent()
    if parent is None or len(text) > SHORTEST_WHOLE or layout.headline in (element, parent):
        return None
    text = raw_text(parent)
    holds_title = layout.headline is not None and layout.headline.getparent() is parent
    if len(text) <= LONGEST and not holds_title and is_dateish(text):
        return parent
    return element if _says_by_machine(element) else None


def _says_by_machine(element: Element) -> bool:
    """Whether a `time` shows but the clock, or nothing until a script runs, and tells the day in its attribute."""
    return element.tag == "time" and machine_stamp(element.get("datetime") or "") is not None


def clues_of(layout: Layout, element: Element, text: str, place: str) -> Iterator[Clue]:
    """What one visible element says, and what its `datetime` attribute adds."""
    if OTHER_LABEL.search(text) or OTHER_LABEL.search(_label_before(layout, element)):
        return
    weight = WEIGHTS["visible"] + WEIGHTS[place] + _naming(layout, element, text)
    weight += WEIGHTS["told"] if _tells_more(_line_of_day(element) or text) else 0.0
    shown = read_shown(layout, text) or _shown_in_dateline(layout, text)
    if shown is None and (day := _between_icons(element) or _line_of_day(element)):
        text, shown = day, read_shown(layout, day)
    role, sure = _role(layout, element, shown)
    if shown is not None and not is_unseen(element):
        relative = is_relative(text)
        found = Found(shown.stamp, text, "structure", name_of(element))
        assumed = not sure or (role == "modified" and place == "between")
        yield Clue(found, weight - 3 * relative, role, True, relative, assumed, shown.notes)
        if shown.changed is not None:
            yield Clue(replace(found, value=shown.changed), weight, "modified", True)
    holder = element if element.tag == "time" else element.find(".//time")
    machine = (
        element.get("datetime")
        or element.get("content")
        or element.get("title")
        or (holder.get("datetime") if holder is not None else None)
    )
    if machine and (exact := machine_stamp(machine)):
        marked = WEIGHTS["marked"] if "datepublished" in (element.get("itemprop") or "").lower() else 0
        found = Found(exact, machine, "structure", f"{name_of(element)}[datetime]")
        yield Clue(found, weight - 1 + marked, role, assumed=not sure)


def _shown_in_dateline(layout: Layout, text: str) -> Shown | None:
    """The day that a dateline ends with, behind its writer."""
    day = DAY_AT_END.search(text)
    return read_shown(layout, day[0].strip(" /،,–-")) if day is not None and dateline_people(text) else None


def _between_icons(element: Element) -> str:
    """The day that is all of a text beside icons, in a line of facts: «<i></i> 3 مايو 2020 <i></i> جنيف»."""
    if not any(child.tag in ICONS and not says_anything(child) for child in element):
        return ""
    texts = (clean(each) for each in (element.text, *(child.tail for child in element)))
    return next((each for each in texts if each and is_dateish(each)), "")


ICONS = frozenset({"i", "span", "svg"})


def _naming(layout: Layout, element: Element, text: str) -> float:
    """What the names and labels around a date add to its worth."""
    parent = element.getparent()
    said = layout.said(element) | (layout.said(parent) if parent is not None else NOTHING)
    worth = WEIGHTS["visible_named"] if "date_name" in said else 0.0
    worth += WEIGHTS["visible_labelled"] if PUBLISHED_LABEL.search(text) else 0.0
    return worth + (WEIGHTS["time"] if element.tag == "time" else 0.0)


def _line_of_day(element: Element) -> str:
    """The line with the day, of a text that `br` parts in lines."""
    if element.find("br") is None:
        return ""
    lines = (clean(each) for each in (element.text, *(child.tail for child in element if child.tag == "br")))
    return next((line for line in lines if is_dateish(line)), "")


def _tells_more(text: str) -> bool:
    """Whether a text tells of more than a day, a place and a name: a caption's, a paragraph's."""
    if len(text) < SHORTEST_TOLD or PUBLISHED_LABEL.search(text):
        return False
    return lexicon().told_beside_date(phrase_key(text)) > MOST_BESIDE


SHORTEST_TOLD = 40
MOST_BESIDE = 7
"""Words beside a date that a line of facts has at most."""


def _role(layout: Layout, element: Element, shown: Shown | None) -> tuple[DateRole, bool]:
    """What a date is of, and whether a label says so: its own, one beside it; a class only hints at it."""
    if shown is not None and shown.role is not None:
        return shown.role, True
    label = _label_before(layout, element)
    if MODIFIED_LABEL.search(label) or PUBLISHED_LABEL.search(label):
        return ("published" if PUBLISHED_LABEL.search(label) else "modified"), True
    said = layout.said(element)
    return ("modified", False) if "changed" in said and "issued" not in said else ("published", True)


def _label_before(layout: Layout, element: Element) -> str:
    """The last words before an element: its elder sibling's and the text between, or its parent's own.

    An elder sibling with a date of its own, «آخر تحديث 9 مارس», labels that date and not the next; the headline,
    «… تعديل القانون», labels none, nor does a sentence.
    """
    parent, before = element.getparent(), element.getprevious()
    if before is None:
        return (parent.text or "")[-LONGEST_LABEL:] if parent is not None else ""
    inner = clean("".join(pieces(before))) if isinstance(before.tag, str) and len(before) < 4 else ""
    if (
        len(inner) > LONGEST_LABEL
        or before.tag == "h1"
        or is_dateish(inner)
        or before in (layout.headline, *layout.around_headline)
    ):
        inner = ""
    return (inner + (before.tail or ""))[-LONGEST_LABEL:]


LONGEST_LABEL = 40


def _neighbours(layout: Layout) -> Iterator[tuple[Element, str]]:
    """Elements near the headline and where they stand: between, before, in_body, after_body, far."""
    page = layout.page
    anchor = layout.headline_at if layout.headline_at is not None else layout.body_at
    if anchor is None:
        return
    body_at = layout.text_at if layout.text_at is not None else anchor + 10
    body_end = layout.body_end if layout.body_end is not None else body_at
    last = max(anchor, body_end)
    opening = {element for _text, element in page.runs[:OPENING]}
    silent = (each for each in page.by_tag.get("time", ()) if len(each) == 0 and not clean(each.text))
    for element in (*layout.dated, *(each for each in silent if layout.is_under_headline(each))):
        at = page.positions[element]
        if element in opening and at < layout.story_at and not _is_over_headline(layout, element):
            continue
        before = anchor - REACH_BEFORE <= at < max(anchor + BESIDE, body_at + INTO_BODY)
        if not (before or body_end < at < last + BEHIND_BODY):
            continue
        place = place_of(at, anchor, body_at, body_end)
        if place == "in_body" and at < layout.prose_at and _opens_body(element):
            place = "between"
        if place not in ("before", "between") and at >= layout.comments_at:
            return
        if not _may_date(layout, element, place) or _is_under_picture(element):
            continue
        far = at < layout.story_at and anchor - at > CLOSE and not _is_under_trail(layout, element)
        far = far and not _is_last_before(layout, at, anchor)
        if (
            place != "between"
            and not _is_beside_title(layout, element)
            and _is_other_story(layout, element, far)
        ):
            continue
        if place == "after_body" and _is_on_card(layout, element):
            continue
        yield element, place


def _is_last_before(layout: Layout, at: int, headline_at: int) -> bool:
    """Whether no word stands between a place and the headline, but icons of share buttons perhaps."""
    positions = layout.page.positions
    return not any(at < positions[each] < headline_at for _text, each in layout.page.runs)


def _is_over_headline(layout: Layout, element: Element) -> bool:
    """Whether a date at the top of a page stands right above the headline and is no clock: a label says whose it is, or
    it tells another day than that of the fetch."""
    parent = element.getparent()
    holders = (element, *(() if parent is None or has_more(parent, 1) else (parent,)))
    if layout.headline is None or all(each.getnext() is not layout.headline for each in holders):
        return False
    text = raw_text(element)
    if PUBLISHED_LABEL.search(text):
        return True
    shown, now = read_shown(layout, text), layout.page.fetched_at
    return shown is not None and (now is None or abs(now.date() - shown.stamp.day) > timedelta(days=1))


def _is_under_trail(layout: Layout, element: Element) -> bool:
    """Whether a day that a label tells of stands right under the trail that ends with the headline."""
    before, text = element.getprevious(), raw_text(element)
    labelled = text.startswith("بتاريخ") or PUBLISHED_LABEL.search(text)
    if before is None or not layout.title_key or not labelled:
        return False
    return "breadcrumb" in layout.said(before) and phrase_key(text_of(before)).endswith(layout.title_key)


def _opens_body(element: Element) -> bool:
    """Whether a day that stands before the prose of the body that holds both is alone, or parted from a few words."""
    text, words = raw_text(element), lexicon()
    if words.told_beside_date(phrase_key(text)) > MOST_BESIDE:
        return False
    return any(is_dateish(piece) and words.is_date(phrase_key(piece)) for piece in PARTED.split(text))


PARTED = re.compile(r"\s*[|()]\s*|\s+[-–—/•·]\s+|:\s")
"""What parts a day from a section, a place or a counter beside it."""


def _is_under_picture(element: Element) -> bool:
    """Whether a date stands in a caption: a line right behind a picture that ends with who made it, in brackets, or
    that says more than the day and has nothing but the picture beside it."""
    before, parent = element.getprevious(), element.getparent()
    if (
        before is None
        or parent is None
        or not (before.tag == "img" or next(before.iter("img"), None) is not None)
    ):
        return False
    text = clean(element.text)
    if is_credited(text):
        return True
    if has_more(parent, PICTURE_AND_LINE) or PUBLISHED_LABEL.search(text) or MODIFIED_LABEL.search(text):
        return False
    return lexicon().told_beside_date(phrase_key(text)) > 0 and not lexicon().byline.match(phrase_key(text))


PICTURE_AND_LINE = 2
"""Children of a box that holds a picture and what is said of it alone."""


def _is_other_story(layout: Layout, element: Element, far: bool) -> bool:
    """Whether a date away from the headline is a link's, or stands with one: a teaser of another story."""
    if far or is_linked(layout, element):
        return True
    for parent in itertools.islice(element.iterancestors(), 3):
        if parent in layout.body.elements or _is_storys(layout, parent):
            return False
        if parent in layout.around_headline and layout.page.positions[element] < (layout.headline_at or 0):
            return False  # right above the headline, in the column that holds all of the page's cards too
        if any(is_teaser(text_of(link)) for link in itertools.islice(parent.iter("a"), MOST_LINKS)):
            return True
    return False


def is_teaser(text: str) -> bool:
    """Whether a link's text is a headline: not a date alone, though a card may print one with it."""
    if len(text) < TEASER:
        return False
    if not is_dateish(text):
        return True
    return not PUBLISHED_LABEL.search(text) and lexicon().told_beside_date(phrase_key(text)) >= TOLD


def _is_beside_title(layout: Layout, element: Element) -> bool:
    """Whether an element stands right behind one that says the headline too: pages print it twice."""
    before = element.getprevious()
    return before is not None and bool(layout.title_key) and phrase_key(text_of(before)) == layout.title_key


def _is_on_card(layout: Layout, element: Element) -> bool:
    """Whether a date behind the text stands in a small box that has a heading of its own: another story's card."""
    for parent in itertools.islice(element.iterancestors(), 2):
        if parent in layout.around_headline or _is_storys(layout, parent):
            return False
        if next(parent.iter("h2", "h3", "h4", "h5", "h6"), None) is not None:
            return True
    return False


def _is_storys(layout: Layout, element: Element) -> bool:
    """Whether an element is the story's own, or the page's; an ``article`` without headline and text is a card."""
    if element is layout.story or element.tag in ("body", "main"):
        return True
    own = element in layout.around_headline or any(
        element in each.iterancestors() for each in layout.body.elements
    )
    return element.tag == "article" and own


MOST_LINKS = 20
TOLD = 4
"""Words beside its date that make of a link a card."""
TEASER = 20
"""The least length of a link's text that is a headline."""


def place_of(at: int, anchor: int, body_at: int, body_end: int) -> str:
    """Where a place in document order stands to headline and body."""
    if at < anchor:
        return "before"
    behind = body_end >= anchor and at > body_end
    if not behind and (at < body_at or (body_at < anchor and at <= anchor + 30)):
        return "between" if at - anchor < REACH_AFTER else "far"
    if at <= body_end:
        return "in_body"
    return "after_body" if at - body_end < 25 else "far"


NOT_DATES = frozenset({"caption", "author_box", "share", "tags", *OUTSIDE})
NEVER_DATES = frozenset({"caption", *OUTSIDE}) - {"clock", "header", "footer"}
"""Parts of a page whose dates are not the story's; under the headline a clock is an icon's name, a header and a footer
the story's own."""


def _may_date(layout: Layout, element: Element, place: str) -> bool:
    parts = NEVER_DATES if place == "between" else NOT_DATES
    told = element.tag == "time" or PUBLISHED_LABEL.search(element.text or "")
    if place == "between" and told and not any(each.tag == "figure" for each in element.iterancestors()):
        parts -= {"caption"}
    return parts.isdisjoint(layout.zones[element]) and element.tag not in ("script", "style", "figcaption")


def _is_among_issues(link: Element) -> bool:
    """Whether a link is one of a list of print issues: «السبت 21 يوليو العدد 48072»."""
    around = next((each for each in link.iterancestors() if each.tag in LISTED), None)
    if around is None or not _names_issue(link):
        return False
    return sum(map(_names_issue, itertools.islice(around.iter("a"), MOST_LINKS))) > 1


LISTED = frozenset({"ul", "ol", "table", "td", "div", "p"})
"""What holds the links of one list."""


def _names_issue(link: Element) -> bool:
    return ISSUE.search(to_ascii_digits(text_of(link))) is not None


def is_linked(layout: Layout, element: Element) -> bool:
    """Whether a date is a link to something else; a story's own date may be its permalink, or its day's archive."""
    for link in (each for each in (element, *element.iterancestors()) if each.tag == "a"):
        inside = layout.story is not None and layout.page.positions[link] > layout.story_at
        elsewhere = is_teaser(text_of(link)) or _is_among_issues(link)
        if "bookmark" not in (link.get("rel") or "") and (not inside or elsewhere):
            return True
    return False
