"""Where the story stands on the page: the headline's element, and the elements of the body.

Found once (`headline.find_headline`, `blocks.locate`) and handed to every field, so that none searches again:
a date beside the headline is the story's, a date in a sidebar is not.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from archiver.article import Found, Source
from archiver.extract.lexicon import label_key, lexicon
from archiver.extract.nodes import bare_words, text_of
from archiver.extract.structured import site_names
from archiver.extract.zones import NOTHING, OUTSIDE, Names, Zones
from archiver.page import Element, Page
from archiver.sites.profile import Profile

HAS_DIGIT = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]")
RELATIVE_DAY = re.compile(r"منذ|قبل|مضت|أمس|اليوم|الآن|ago")
HAS_DAY = re.compile(f"{HAS_DIGIT.pattern}|{RELATIVE_DAY.pattern}")
BESIDE, INTO_BODY, BEHIND_BODY = 30, 14, 40
"""Elements behind the headline, from the body's beginning on, and behind its end, among which a date may be the
story's."""
ABOVE, BEHIND = 40, 80
"""Elements before the headline and behind the body among which what a theme's names select is the story's."""
MENU, LONGEST_SECTION = 60, 40
"""Links of a page among which its sections are, and characters of a section's name."""
OF_HEADER, OF_FOOTER = frozenset({"header"}), frozenset({"footer"})
"""What the lines of facts under a headline are called too."""
LONGEST_HEADING = 30
COMMENT = "عليق"  # of «تعليقات», «التعليقات», «تعليق»
LONG_RUN = 60
SENTENCE = 70  # characters of a run that is prose beyond doubt
LONGEST_RUN = 400
"""A longer run of text is prose: its dates are the story's own."""


CARD, MOST_ON_CARD, HEADINGS = 4, 40, frozenset({"h2", "h3", "h4", "h5"})
"""Ancestors of what stands on a card, at most; elements of one; what its headline is."""


@dataclass(frozen=True, slots=True)
class BodyRegion:
    """The element or elements that hold the story's text, in document order; empty where none was found.

    `removed` are elements within them that a profile says are none of it, and `cards`, which show other stories.
    `entries` says that it is told in entries, each under its hour.
    """

    elements: tuple[Element, ...] = ()
    source: Source = "structure"
    locator: str = ""
    removed: frozenset[Element] = frozenset()
    cards: frozenset[Element] = frozenset()
    entries: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What the head says the headline is: one text, folded for comparison."""

    found: Found[str]
    folded: str


@dataclass(frozen=True)
class Layout:
    """A page, its profile, what its head says, and where its headline and its body stand."""

    page: Page
    profile: Profile
    names: Names
    references: tuple[Reference, ...]
    headline: Element | None = None
    body: BodyRegion = BodyRegion()

    @cached_property
    def zones(self) -> Zones:
        """The parts of the page an element stands in, but for what holds the headline or the body."""
        anchors = [*self.body.elements, *([] if self.headline is None else [self.headline])]
        return Zones(self.names, {parent for anchor in anchors for parent in anchor.iterancestors()})

    def outside(self, element: Element) -> bool:
        """Whether an element stands in a part of the page that is not the story's."""
        parts = OUTSIDE & self.zones[element]
        if not parts or parts == OF_HEADER:
            return bool(parts) and not self.is_under_headline(element)
        return parts != OF_FOOTER or not self.is_under_headline(element) or self._is_under_picture(element)

    def _is_under_picture(self, element: Element) -> bool:
        """Whether a picture stands between the headline and an element: a footer there may be the picture's."""
        start, at = self.headline_at or 0, self.page.positions[element]
        return any(start < self.page.positions[each] < at for each in self.page.by_tag.get("img", ()))

    def is_under_headline(self, element: Element) -> bool:
        """Whether an element stands between the headline and the body."""
        start, end = self.headline_at, self.body_at
        return start is not None and end is not None and start < self.page.positions[element] < end

    @cached_property
    def menu(self) -> frozenset[str]:
        """What the page's first links say, folded: its sections are among them."""
        links = islice(self.page.by_tag.get("a", ()), MENU)
        return frozenset(bare_words(text_of(each, LONGEST_SECTION)) for each in links)

    @cached_property
    def title_key(self) -> str:
        """The headline's words, for comparison; empty where no element shows it."""
        return "" if self.headline is None else bare_words(text_of(self.headline))

    @cached_property
    def site_names(self) -> frozenset[str]:
        """What the site calls itself, folded for comparison."""
        return site_names(self.page)

    @cached_property
    def head_is_own(self) -> bool:
        """Whether the head's title is this story's, not one that a copied home page left behind."""
        said = self.page.first_meta("og:title", "twitter:title")
        ours, theirs = set(self.title_key.split()), set(bare_words(said or "").split())
        return not ours or not theirs or len(ours & theirs) >= 0.5 * min(len(ours), len(theirs))

    @cached_property
    def dated(self) -> tuple[Element, ...]:
        """Elements whose own text (not their children's) holds a digit or a relative day, in order.

        Up to the beginning of the body, and right behind it: elsewhere no date is the story's.
        """
        places, end, begin, last = self.page.positions, len(self.page.elements), 0, 0
        if self.headline_at is not None:
            body_at = self.headline_at + 10 if self.body_at is None else self.body_at
            begin = body_at if self.body_end is None else self.body_end
            end = max(self.headline_at + BESIDE, body_at + INTO_BODY)
            last = max(self.headline_at, begin) + BEHIND_BODY
        return tuple(
            dict.fromkeys(
                each
                for text, each in self.page.runs
                if len(text) < LONGEST_RUN
                and (places[each] < end or begin < places[each] < last)
                and (HAS_DIGIT.search(text) or RELATIVE_DAY.search(text))
            )
        )

    def said(self, element: Element) -> frozenset[str]:
        """What the element itself is called."""
        return self.names.own.get(element, NOTHING)

    def called(self, *roles: str) -> list[Element]:
        """The elements that go by any of these names, in document order."""
        return self.page.in_order({each for role in roles for each in self.names.called.get(role, ())})

    @cached_property
    def story(self) -> Element | None:
        """The lowest element that holds headline and body; None where that is the whole page."""
        if self.headline is None or not self.body.elements:
            return None
        holders = set(self.headline.iterancestors())
        first = self.body.elements[0]
        lowest = next((each for each in chain([first], first.iterancestors()) if each in holders), None)
        return None if lowest is None or lowest.tag in ("html", "body") else lowest

    @cached_property
    def story_at(self) -> int:
        """Where the story's element begins; the headline, where the story has no element of its own."""
        at = self.headline_at if self.headline_at is not None else self.body_at or 0
        return at if self.story is None else self.page.positions.get(self.story, at)

    def is_by_story(self, element: Element) -> bool:
        """Whether an element stands from shortly above the story to shortly behind it, and on no card: so far a theme's
        own names are of the story, elsewhere of others."""
        start, at = self.headline_at, self.page.positions[element]
        if start is None:
            return True
        first, last = min(self.story_at, start - ABOVE), max(start, self.body_end or start) + BEHIND
        return first <= at <= last and not self._is_on_card(element)

    def _is_on_card(self, element: Element) -> bool:
        """Whether an element stands with a linked heading that is not the story's: on the card of another."""
        for parent in islice(element.iterancestors(), CARD):
            if parent in self.around_headline or parent in self.body.elements:
                return False
            near = islice(parent.iter(), MOST_ON_CARD)
            if any(each.tag in HEADINGS and _is_linked(each) for each in near):
                return True
        return False

    @cached_property
    def around_headline(self) -> frozenset[Element]:
        """The elements that hold the headline."""
        return frozenset(() if self.headline is None else self.headline.iterancestors())

    @cached_property
    def headline_at(self) -> int | None:
        """The headline's place in document order."""
        return None if self.headline is None else self.page.positions.get(self.headline)

    @cached_property
    def body_at(self) -> int | None:
        """The place where the body begins."""
        return self.page.positions.get(self.body.elements[0]) if self.body.elements else None

    @cached_property
    def text_at(self) -> int | None:
        """The place where the text begins: in a body that holds the headline too, its second long run behind that."""
        begin, start = self.body_at, self.headline_at
        if begin is None or start is None or begin > start:
            return begin
        places = (self.page.positions[each] for text, each in self.page.runs if len(text) > LONG_RUN)
        behind = list(islice((at for at in places if at > start), 2))
        return behind[-1] if behind else begin

    @cached_property
    def prose_at(self) -> int:
        """The place of the body's first long run of text, a caption not counted; 0 where it has none."""
        begin, places = self.body_at or 0, self.page.positions
        runs = (each for text, each in self.page.runs if len(text) > LONG_RUN and places[each] >= begin)
        return next((places[each] for each in runs if "caption" not in self.zones[each]), 0)

    @cached_property
    def holds_prose(self) -> frozenset[Element]:
        """The elements in which most of the page's prose stands: these are the page, whatever they are called."""
        prose = [each for text, each in self.page.runs if len(text) > SENTENCE]
        held = Counter(prose)
        held.update(parent for each in prose for parent in each.iterancestors())
        return frozenset(each for each, times in held.items() if 2 * times > len(prose))

    @cached_property
    def comments_at(self) -> int:
        """Where the readers' comments begin behind the text, in the body's element or behind it: at their heading,
        whatever it stands in.
        """
        elements, words, end = self.page.elements, lexicon().comments, self.body_end or 0
        for at in range(min(self.prose_at, end) + 1, min(end + BEHIND_BODY, len(elements))):
            text = elements[at].text or ""
            if len(text) >= LONGEST_HEADING or (at <= end and COMMENT not in text):
                continue
            if label_key(text).strip(" 0123456789") in words:
                return at
        return len(elements)

    @cached_property
    def body_end(self) -> int | None:
        """The place of the body's last element."""
        if not self.body.elements:
            return None
        last = self.body.elements[-1]
        while len(last):
            last = last[-1]
        return self.page.positions.get(last, self.body_at)


def _is_linked(heading: Element) -> bool:
    """Whether a heading is a link, or in one."""
    parent = heading.getparent()
    return heading.find(".//a") is not None or (parent is not None and parent.tag == "a")
