"""The caption of the lead picture where nothing calls it so: the short text right behind it, before the story begins.

Between a picture and the text stand bylines, days, standfirsts and buttons too; each is known by its words, and
what may be one of them is no caption.
"""

import re
from collections.abc import Iterator

from archiver.extract.byline_datelines import DATELINE_CUT, HOUSE_END, dateline_people, is_house_alone
from archiver.extract.byline_lexicon import lexicon as byline_words
from archiver.extract.byline_names import is_person, lone_names
from archiver.extract.byline_text import is_site, people_in
from archiver.extract.captions import NO_CAPTION, credit_of, is_telling
from archiver.extract.layout import HAS_DIGIT, Layout
from archiver.extract.lexicon import PRESS_HERE, lexicon, phrase_key
from archiver.extract.nodes import clean, has_more, is_hidden, says_anything, text_of
from archiver.extract.published_text import is_dateish
from archiver.page import Element

LONGEST, STANDFIRST = 110, 70
"""Characters of such a caption, and of one that may end as sentences do, or that nothing parts from the text."""
REACH = 12  # elements behind the picture in which it begins
QUOTED = 160  # characters of a `blockquote` right behind a picture
NOTICE = re.compile(r"(?:^|[\s_-])(?:note|notice|disclaimer)(?:$|[\s_-])", re.IGNORECASE)
"""What a line is called that says something of the text."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "time", "li", "dt", "dd", "button", "label"})
INLINE = frozenset({"span", "font", "em", "i", "b", "strong", "small"})


def caption_behind(layout: Layout, picture: Element) -> str | None:
    """What is said right behind a picture that stands before the text."""
    box = picture
    while (parent := box.getparent()) is not None and not has_more(parent, 1) and not says_anything(parent):
        box = parent
    quote = box.getnext()
    if quote is not None and quote.tag == "blockquote":  # Drupal's captions of pictures
        said = text_of(quote, 2 * QUOTED)
        return said if 0 < len(said) < QUOTED else None
    for element in _behind(layout, picture):
        said = text_of(element, 2 * LONGEST)
        return said if is_caption(layout, element, said) else None
    return None


def _behind(layout: Layout, picture: Element) -> Iterator[Element]:
    """What holds the first words behind a picture: none where the story's text or its headline begins first."""
    page, at, start = layout.page, layout.page.positions[picture], layout.headline_at
    above = start is not None and at < start
    end = start if above else layout.text_at
    holder = picture.getparent()
    within = end is not None and at > end and holder not in layout.body.elements
    end = layout.prose_at if within else end
    if end is None or at > end:
        return
    for element in page.elements[at + 1 : min(at + REACH, end)]:
        if element.tag in ("a", "button", "iframe", "nav", "ul"):
            return
        if clean(element.text):
            line = _whole(element)
            if within and not any(each is holder for each in line.iterancestors()):
                return
            if not above or _is_next(line, page.elements[end]):
                yield line
            return
        if clean(element.tail):
            return


def _is_next(line: Element, headline: Element) -> bool:
    """Whether a headline, perhaps in elements of its own, follows a line."""
    behind = line.getnext()
    return behind is headline or (behind is not None and behind in headline.iterancestors())


def _whole(element: Element) -> Element:
    """The line that begins with an element's words."""
    while element.tag in INLINE:
        parent = element.getparent()
        if parent is None or clean(parent.text) or next(parent.iter("img"), None) is not None:
            return element
        element = parent
    return element


def is_caption(layout: Layout, element: Element, said: str) -> bool:
    """Whether the short text of an element behind a picture may be its caption: no byline, day, standfirst, button."""
    if element.tag in HEADINGS | NO_CAPTION or layout.outside(element) or is_hidden(element):
        return False
    if NOTICE.search(element.get("class") or "") or {"subtitle", "other_title"} & layout.said(element):
        return False
    if not 0 < len(said) < LONGEST or next(element.iter("a", "img", "time", "input"), None) is not None:
        return False
    if len(said) > STANDFIRST and (said[-1] in ".!؟?" and credit_of(said) is None):
        return False
    folded, words = phrase_key(said), lexicon()
    if folded in words.not_caption or folded in words.furniture or words.is_date(folded) or is_dateish(said):
        return False
    if words.byline.match(folded) or words.source.match(folded) or words.follow_start.match(folded):
        return False
    if words.follow.count(folded, folded.split()) or any(each in folded for each in PRESS_HERE):
        return False
    if said[0] == "©" or folded in words.archive or credit_of(said) in (said, said.partition(":")[2].strip()):
        return False  # who made the picture, and no more
    first, _, rest = said.partition(" ")
    if phrase_key(first) in byline_words().not_authors and lone_names(rest):
        return False  # «رسم رائد الفلاني»
    dateline = f"{said.rstrip(' :')}:"
    if lone_names(said) or dateline_people(dateline, layout.site_names) or _opens_with_byline(layout, said):
        return False
    if is_house_alone(said, layout.site_names) or folded in layout.menu or HAS_DIGIT.match(said):
        return False
    about = phrase_key(layout.page.first_meta("description", "og:description") or "")
    return is_telling(said, 3) and not (folded in about or folded == layout.title_key)


def _opens_with_byline(layout: Layout, said: str) -> bool:
    """Whether a text begins with the house or with names, and a colon or a dash: «صدى الساحل - غزة: فلان»."""
    first = DATELINE_CUT.split(said)[0]
    named, colon, _ = said.partition(":")
    people = people_in(named) if colon else []
    named_so = is_site(phrase_key(first), layout.site_names) or HOUSE_END.search(first) is not None
    of_house = first != said and named_so
    return of_house or bool(people and all(map(is_person, people)))
