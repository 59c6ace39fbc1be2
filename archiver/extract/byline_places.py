"""Where bylines stand: what the profile selects, what is called author or source, a writer's linked face."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from archiver.article import Found, Source
from archiver.extract.asides import is_shorter
from archiver.extract.byline_lexicon import lexicon
from archiver.extract.byline_names import is_full_name, is_likely_name
from archiver.extract.byline_text import EDITED, PEOPLE, Byline, is_login, is_nobody, parse_byline
from archiver.extract.layout import Layout
from archiver.extract.lexicon import lexicon as words_of
from archiver.extract.names import is_called, is_unseen, mark_of
from archiver.extract.nodes import bare_words, clean, has_more, name_of, says_anything, spaced_lines, text_of
from archiver.extract.published_text import is_dateish
from archiver.page import Element
from archiver.sites.profile import Match

AUTHOR_LINK = re.compile(
    r"(?:^|/)(?:author|writer|columnist|kat[ei]b)s?\.(?:php|aspx?|jsp)\?|/(?:(?:articles?-?)?author|authors|writer|writers|editor|editors|reporter|users?(?!/(?:login|log-in|register|signup|password))|profile|كاتب|كتاب|journaliste?|auther|columnist|people|contributor|blogger)s?/|[?&](?:author|writer|editor)(?:id)?=|/author\?",
    re.I,
)
NOT_BYLINES = frozenset({"not_byline", "tags"})
SHARED = frozenset({"share"})  # where a link may still say that it leads to the writer
NOWHERE = frozenset({"share", "caption", "tags"})
"""Parts of a story in which nobody is named as its writer."""
PICTURES = frozenset({"figure", "figcaption", "blockquote"})
NAMES = frozenset({"name", "author-name", "author_name", "author__name", "writer-name", "writer_name"})
"""The whole class of a writer's name in a byline."""
HAS_DIGIT = re.compile(r"\d")
LONGEST = 120
LONGEST_SOURCE = 1_500  # characters of a byline as the source has it, blanks and all
HEADLINE = 20  # characters of a link that is a headline
NEAR_BEFORE, NEAR_AFTER = 30, 60
OTHER_STORIES = re.compile(r"(?:^|\s)(?:من )?مقالات (?:أخرى|سابقة|الكاتبة?|للكاتبة?)(?:\s|$)|مجموع المقالات")
"""What a writer's box says over the list of his stories."""
MOST_BESIDE = 30  # elements of a line of names, links beside a name, or names alike that are looked at
COLUMNISTS = 3  # links to writers in one list, away from the headline
IN_LIST = 5  # ancestors of a link among which is the list it stands in
COLUMNS = 4  # writers named alike away from a text, each beside the link to another story
HIDDEN_WITHIN = 3  # ancestors that may hide a byline


def selected(layout: Layout) -> Iterator[Found[Byline]]:
    """What the profile selects, side by side as one byline; a login that the page keeps out of sight is nobody's
    name."""
    matches = {each.element: each for each in layout.profile.first("author", layout.page)}
    for row in _rows(each.element for each in matches.values() if _is_no_other_writer(layout, each)):
        found = [
            one
            for element in row
            for one in _read_element(element, matches[element].source, matches[element].locator)
            if not (is_out_of_sight(element) and all(map(is_login, one.value.authors)))
        ]
        if found:
            yield together(found)


def _is_no_other_writer(layout: Layout, match: Match) -> bool:
    """Whether what a profile selects is no comment's, and what a theme does, no other story's."""
    if "comments" in layout.zones[match.element]:
        return False
    if layout.page.positions[match.element] > layout.comments_at:
        return False
    return match.source != "theme" or layout.is_by_story(match.element)


def named(layout: Layout) -> Iterator[Found[Byline]]:
    """What is called author, byline or source near the story, in document order."""
    is_read = False
    for elements in _in_turn(layout, [each for each in _named(layout) if not is_out_of_sight(each)]):
        for group in _rows(elements) if not is_read else ():
            found = [
                one for element in group for one in _read_element(element, "structure", name_of(element))
            ]
            if found:
                is_read = True
                yield together(found)


def sources(layout: Layout) -> Iterator[Found[Byline]]:
    """What is called a source between headline and text."""
    for element in layout.called("source"):
        if (
            layout.is_under_headline(element)
            and is_shorter(element, LONGEST)
            and not is_out_of_sight(element)
        ):
            yield from _read_element(element, "structure", name_of(element))


def _in_turn(layout: Layout, named: list[Element]) -> Iterator[list[Element]]:
    """What is called a byline, the first group that can be read being the story's: before the text, and behind it,
    where others' names stand too; lines, and what stands within a line that cannot be read."""
    every = set(named)
    inner = {each for each in named if not every.isdisjoint(each.iterancestors())}
    end = layout.body_end
    behind = {each for each in named if end is not None and layout.page.positions[each] > end}
    for stands_behind, is_inner in product((False, True), repeat=2):
        yield [each for each in named if (each in behind, each in inner) == (stands_behind, is_inner)]


def is_out_of_sight(element: Element) -> bool:
    """Whether an element or what holds it closely is hidden."""
    return is_unseen(element) or any(map(is_unseen, islice(element.iterancestors(), HIDDEN_WITHIN)))


def portraits(layout: Layout) -> Iterator[Found[Byline]]:
    """A link to a writer that is nothing but a face, by the headline: the name that its picture is told by, where the
    page also prints it."""
    links = (
        each for each in _beside(layout) if each.tag == "a" and AUTHOR_LINK.search(each.get("href") or "")
    )
    for link in layout.page.in_order({each for each in links if not says_anything(each)}):
        image = next(link.iter("img"), None)
        name = "" if image is None else clean(image.get("alt"))
        if len(name.split()) > 1 and len(name) < LONGEST and not layout.outside(link):
            printed = bare_words(name) in {
                bare_words(text) for text, each in layout.page.runs if len(text) < LONGEST
            }
            parsed = parse_byline(name, labelled=True)
            if printed and parsed.authors:
                yield Found(parsed, name, "structure", name_of(link))


def faces(layout: Layout) -> Iterator[Found[Byline]]:
    """The one linked face by the headline with a name under it: one in full, or what the page's title says beside the
    headline."""
    links = (each for each in _beside(layout) if each.tag == "a" and next(each.iter("img"), None) is not None)
    shown = [(each, text) for each in links if (text := text_of(each, LONGEST)) and not layout.outside(each)]
    if len(shown) != 1:
        return
    link, name = shown[0]
    title = next((clean(each.text) for each in layout.page.by_tag.get("title", ())), "")
    told = " " in name and title.startswith(f"{name} - ")
    if told or is_full_name(name):
        yield Found(Byline((name,), None), name, "structure", name_of(link))


def _rows(elements: Iterable[Element]) -> Iterator[list[Element]]:
    """Links, or elements of one name, that stand side by side are one byline: «كتب: <a>فلان</a>، <a>فلانة</a>»."""
    row: list[Element] = []
    for element in elements:
        if row and not _are_alike(row[-1], element):
            yield row
            row = []
        row.append(element)
    if row:
        yield row


def _are_alike(one: Element, other: Element) -> bool:
    """Whether two elements under one parent are of one kind: links, each perhaps in an element of its own, or of one
    tag and class."""
    if one.tag != other.tag:
        return False
    if one.getparent() is not other.getparent():
        boxes = _box_of(one), _box_of(other)
        return one.tag == "a" and boxes[0].getnext() is boxes[1] and boxes[0].tag == boxes[1].tag
    return one.tag == "a" or (bool(one.get("class")) and one.get("class") == other.get("class"))


def _box_of(element: Element) -> Element:
    """The element that holds this one alone."""
    parent = element.getparent()
    is_alone = (
        parent is not None and not has_more(parent, 1) and not clean(parent.text) and not clean(element.tail)
    )
    return parent if parent is not None and is_alone else element


def together(found: Sequence[Found[Byline]]) -> Found[Byline]:
    """The bylines of one row as one; who edited or translated gives way to who wrote."""
    found = [each for each in found if not EDITED.match(clean(each.raw))] or found
    authors = tuple(dict.fromkeys(name for each in found for name in each.value.authors))
    agency = next((each.value.agency for each in found if each.value.agency), None)
    raw = " ".join(each.raw for each in found)
    return Found(Byline(authors, agency), raw, found[0].source, found[0].locator)


def _named(layout: Layout) -> list[Element]:
    """The short elements called author, byline or source near the story."""
    page = layout.page
    called = layout.called("author", "source")
    found = [each for each in called if NOT_BYLINES.isdisjoint(layout.said(each))]
    read = set(found)
    found += [
        name for box in layout.called("author") if box not in read and (name := _name_within(box)) is not box
    ]
    found = [each for each in found if not _is_house(each) and not _is_on_card(each)]
    beside = _beside(layout)
    for each in _around(layout):
        if each.tag == "a" and (each in beside or each.get("rel")):
            named = "author" in (each.get("rel") or "").split()
            linked = each in beside and AUTHOR_LINK.search(each.get("href") or "")
            if named or (linked and not _is_among_writers(layout, each)):
                found.append(each)
    near = [each for each in dict.fromkeys(found) if _is_near(layout, each) and not _is_listed(layout, each)]
    lines = (each for each in dict.fromkeys(map(_widened, near)) if is_shorter(each, LONGEST_SOURCE))
    near = [each for each in lines if 1 < len(text_of(each, 2 * LONGEST)) <= LONGEST and not _is_label(each)]
    return sorted(near, key=page.positions.__getitem__)


def _is_label(element: Element) -> bool:
    """Whether an element only announces other stories: a link «مقالات متعلقة» to their writer's page."""
    return words_of().is_see_also(bare_words(text_of(element, LONGEST)))


def _is_listed(layout: Layout, element: Element) -> bool:
    """Whether an element is one of several of one name before headline or behind the text, each leading to a story: the
    site's columns.
    """
    if (layout.headline_at or 0) <= layout.page.positions[element] <= (layout.body_end or 0):
        return False
    alike = layout.page.by_mark.get(mark_of(element), ())[:MOST_BESIDE]
    links = {href for each in alike for link in _links_beside(each) if (href := link.get("href"))}
    return len(alike) >= COLUMNS and len(links) >= COLUMNS and not any(map(AUTHOR_LINK.search, links))


def _is_among_writers(layout: Layout, link: Element) -> bool:
    """Whether a link to a writer is one of several in a list that does not hold the headline: the site's columnists."""
    lists = (each for each in islice(link.iterancestors(), IN_LIST) if each.tag in ("ul", "ol", "table"))
    holder = next(lists, None)
    if holder is None or holder in layout.around_headline:
        return False
    found = (each.get("href") or "" for each in islice(holder.iter("a"), MOST_BESIDE))
    return len({href for href in found if AUTHOR_LINK.search(href)}) >= COLUMNISTS


def _links_beside(element: Element) -> Iterator[Element]:
    """The links in an element; where it has none, those beside it."""
    parent = element.getparent()
    holder = element if parent is None or element.find(".//a") is not None else parent
    return islice(holder.iter("a"), MOST_BESIDE)


def _is_on_card(element: Element) -> bool:
    """Whether a source or a name stands behind the linked headline of another story."""
    before = (each for each in islice(element.itersiblings(preceding=True), 3) if each.tag == "a")
    return any(
        len(text_of(each)) > HEADLINE and not AUTHOR_LINK.search(each.get("href") or "") for each in before
    )


def _is_house(element: Element) -> bool:
    """Whether microdata say of an author that it is an organisation, and show its emblem: that is the publisher."""
    return (element.get("itemtype") or "").endswith("Organization") and any(
        each.get("itemprop") == "logo" for each in element.iterdescendants()
    )


def _widened(element: Element) -> Element:
    """The line of names that a name stands in: «طارق البشتي ، منى الساعدي», of which one is a link."""
    parent = element.getparent()
    if parent is None or parent.tag not in ("div", "span", "p", "li") or element.tag not in ("a", "span"):
        return element
    if has_more(parent, MOST_BESIDE):
        return element  # no line of names
    beside = clean("".join(filter(None, [parent.text, *(child.tail for child in parent)])))
    inner = [text_of(child) for child in parent]
    is_list = PEOPLE.search(" ".join([beside, *inner])) is not None or beside.startswith("و")
    whole = text_of(parent, 200)
    is_line = len(whole) <= 100 and is_shorter(parent, LONGEST_SOURCE)
    return parent if is_list and is_line and not HAS_DIGIT.search(whole) else element


def _beside(layout: Layout) -> frozenset[Element]:
    """The elements around the headline, up to where the body begins."""
    start = layout.headline_at
    if start is None:
        return frozenset()
    end = max(start, layout.body_at or start) + NEAR_AFTER // 4
    return frozenset(layout.page.elements[max(0, start - NEAR_BEFORE) : end])


def _around(layout: Layout) -> Sequence[Element]:
    """The elements from above the headline to below the body."""
    start = layout.headline_at if layout.headline_at is not None else layout.body_at
    if start is None:
        return ()
    end = max(start, layout.body_end or start) + NEAR_AFTER
    return layout.page.elements[max(0, min(start, layout.body_at or start) - NEAR_BEFORE) : end]


def _is_near(layout: Layout, element: Element) -> bool:
    at = layout.page.positions[element]
    zone = layout.zones[element]
    if (
        layout.outside(element)
        or not NOWHERE.isdisjoint(zone - SHARED if _says_author(element) else zone)
        or element.tag in ("meta", "link", "input", "body", "html", "article", "img", "label")
    ):
        return False
    if any(parent.tag in PICTURES for parent in element.iterancestors()) or is_in_picture(layout, element):
        return False
    start = layout.headline_at if layout.headline_at is not None else layout.body_at
    end = layout.body_end if layout.body_end is not None else start
    if at >= layout.comments_at:
        return False
    return (
        start is not None
        and end is not None
        and min(start, end) - NEAR_BEFORE <= at <= max(start, end) + NEAR_AFTER
    )


def _says_author(element: Element) -> bool:
    """Whether a link is said to lead to the page's writer, wherever it stands."""
    return element.tag == "a" and "author" in (element.get("rel") or "").split()


def is_in_picture(layout: Layout, element: Element) -> bool:
    """Whether an element stands beside the picture in an element that is called one, and no writer's."""
    box = element.getparent()
    if (
        box is None
        or next(box.iterchildren("img", "picture", "a"), None) is None
        or not is_called(box, "picture")
    ):
        return False
    if next(box.iter("img"), None) is None or box in layout.around_headline:
        return False
    of_writer = {"author", "author_box"} & (layout.said(box) | layout.zones[box])
    return not of_writer and not any(AUTHOR_LINK.search(each.get("href") or "") for each in box.iter("a"))


def _read_element(element: Element, source: Source, locator: str) -> Iterator[Found[Byline]]:
    """The names in an element: what is marked as its name, its author links' texts where it has some, else its text."""
    if element.get("itemprop"):
        element = next(
            (each for each in element.iterdescendants() if each.get("itemprop") == "name"), element
        )
    element = _name_within(element)
    raw = text_of(element, 400)
    if OTHER_STORIES.search(raw):
        return
    raw = _one_line(element) if HAS_DIGIT.search(raw) else raw
    marked = _writers_within(element)
    writers = (each for each in marked if not _is_of_picture(each, element))
    texts = [text for text in map(_one_line, writers) if text and not is_nobody(text)]
    if marked and not texts and all(_is_of_picture(each, element) for each in marked):
        return
    if texts and PEOPLE.search(raw) and not HAS_DIGIT.search(raw):
        texts = [raw]
    parsed = [parse_byline(text, labelled=True) for text in texts] or [
        parse_byline(_one_line(element), labelled=True)
    ]
    authors = tuple(dict.fromkeys(name for each in parsed for name in each.authors))
    agency = next((each.agency for each in parsed if each.agency), None)
    if authors or agency:
        yield Found(Byline(authors, agency), raw, source, locator)


def _writers_within(line: Element) -> list[Element]:
    """The elements of a byline that are writers: links to their pages, and what is set as these are without a link,
    «<span class=author><a>فلان</a></span> | <span class=author>علان</span>»."""
    links = [
        each
        for each in line.iter("a")
        if AUTHOR_LINK.search(each.get("href") or "") or "author" in (each.get("rel") or "")
    ]
    holders = [each.getparent() for each in links]
    alike = {
        (each.tag, each.get("class"))
        for each in holders
        if each is not None and each is not line and each.get("class")
    }
    if not alike:
        return links
    return [
        each
        for each in line.iterdescendants()
        if each in links or ((each.tag, each.get("class")) in alike and next(each.iter("a"), None) is None)
    ]


def _name_within(line: Element) -> Element:
    """The one element in a byline that is called its name, beside a label or an icon's letters, or the heading of a
    writer's box; else the line."""
    names = [
        each for each in line.iterdescendants() if (each.get("class") or "") in NAMES and says_anything(each)
    ]
    heads = [each for each in line.iterdescendants("h3", "h4", "h5") if _is_linked_name(each)]
    return next((each[0] for each in (names, heads) if len(each) == 1), line)


def _is_linked_name(heading: Element) -> bool:
    """Whether a heading may be a name, and leads to its writer."""
    links = (each for each in (*heading.iterdescendants("a"), *islice(heading.iterancestors("a"), 1)))
    linked = any(AUTHOR_LINK.search(each.get("href") or "") for each in links)
    return linked and is_likely_name(text_of(heading, LONGEST))


def _is_of_picture(link: Element, line: Element) -> bool:
    """Whether a link in a line of names is of who took the pictures: «تصوير» right before it."""
    before, parent = link.getprevious(), link.getparent()
    said = (parent.text if parent is not None else "") if before is None else before.tail
    if not clean(said):
        if before is None and parent is not None and parent is not line:
            before = parent.getprevious()
        said = "" if before is None or next(before.iter("a"), None) is not None else text_of(before, LONGEST)
    return bare_words(said or "") in lexicon().not_authors


def _one_line(element: Element) -> str:
    """An element's text, its lines parted as a byline parts its pieces; doubled lines once.

    Elements side by side with nothing between them are lines of their own, unless one is a single unknown word.
    """
    lines = spaced_lines(element)
    if (
        len(lines) == 1
        and len(element) > 1
        and not any(map(clean, (element.text, *(each.tail for each in element))))
    ):
        parts = [text for text in map(text_of, element) if text]
        alone = lexicon().labels | lexicon().places
        are_lines = all(" " in part or is_nobody(part) or bare_words(part) in alone for part in parts)
        lines = parts if are_lines else [" ".join(parts)]
    told = [line for line in lines if not (is_dateish(line) and words_of().is_date(bare_words(line)))]
    return " | ".join(dict.fromkeys(told or lines))
