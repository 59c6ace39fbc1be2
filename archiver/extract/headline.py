"""Where the headline stands: the heading that agrees with the head, else the line over the text that may be one.

What the page shows outranks what the head says, for heads are copied and home pages leak into them;
but the head tells which of several headings is the story's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import islice, pairwise

from archiver.extract.asides import ends_sentence
from archiver.extract.byline_datelines import dateline_people, named_beside_place
from archiver.extract.byline_names import is_full_name, is_person, lone_name
from archiver.extract.byline_text import parse_byline
from archiver.extract.layout import Layout
from archiver.extract.lexicon import label_key, lexicon
from archiver.extract.nodes import bare_words, clean, is_hidden, text_of
from archiver.extract.published_text import is_dateish
from archiver.extract.zones import OUTSIDE
from archiver.page import Element, Page
from archiver.urls import unquoted

LONGEST = 400
NAMED_TAGS = frozenset({"div", "span", "p", "a", "strong", "td", "font", "b", "header"})
SHORTEST = 4
OVER_TITLES = frozenset({"other_title", "subtitle"})
"""What a line is called that stands over a headline or under it."""
HEADING_WEIGHT = {"h1": 4.0, "h2": 2.0, "h3": 1.0, "h4": 0.5}
PLAIN_TAGS = ("b", "strong", "font", "span", "p", "td", "div")
NAMED_RANK = 0.7
"""Of what is only named like a title, among headings."""
FAR_ABOVE = 160  # elements; what is set large so far above the prose is the paper's motto
ABOVE = 40  # elements between a headline and the first prose
SURE = 7.0
AGAIN = 3  # lines of a page that say nothing but the site's name, at least
LEAST_OF_CUT = 20
"""Characters of what the head cuts a headline down to, at least."""
"""The score of a heading that needs no second look."""
LEAST_WORDS, PLAIN_TITLE, PROSE, SENTENCE = 3, 110, 110, 70
"""Words of a line that may be a headline though nothing says so, its characters at most; characters of prose, and of
a first line of it."""
HEADLINE_SIZE = 5  # of a font in which two words are a headline too
BYLINE = 5  # words of a line whose label is followed by what may be an unknown name
PLACED_DAY = 1  # words beside a day that make no headline of it: its place
MORE_OF = re.compile(r"(?:ال)?مزيد (?:من|في) \S+(?: \S+)?$")
"""What stands over other stories of a section."""
WEATHER = re.compile(r"[|℃°]")
"""What stands in a line of a page's head beside a day: another day, or how warm it is."""
DATED = re.compile(r"\d\s?[/.:-]\s?\d|©")
FONT_SIZE, STYLED_SIZE = re.compile(r"\+?(\d)$"), re.compile(r"font-size\s*:\s*(\d\d)(?:\.\d+)?p[xt]", re.I)
NUMBERED = re.compile(r"(?P<name>[a-z-]+)(?P<at>\d)", re.I)
MOST_PARTS = 8
PARTS = re.compile(r"\s+(?:[-–—|:»«/,،]+|::)\s+|\s*\|\s*")

OF_ANY = (
    "Untitled Document",
    "Untitled-1",
    "New Page 1",
    "بدون عنوان",
    "مستند بلا عنوان",
    "تفاصيل الخبر",
    "تفاصيل المقال",
    "تفاصيل",
    "عرض الخبر",
    "عرض المقال",
    "الخبر",
    "news details",
    "details",
    "article",
)


def find_headline(layout: Layout) -> Element | None:
    """The element that shows the headline, or None."""
    references = [each.folded for each in layout.references]
    for match in layout.profile.first("title", layout.page):
        if (text := bare_words(text_of(match.element))) and not _is_page_heading(layout, text, references):
            return match.element
    if (plain := _plain_h1(layout, references)) is not None:
        return plain
    scored = [(score, each) for each in _headings(layout) if (score := _score(layout, each, references)) > 0]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if (named := _named_though_head_says_site(layout, references, scored)) is not None:
        return named
    if best[0] < SURE and (unmarked := _unmarked(layout, references, best[1])) is not None:
        return unmarked
    if best[1] is None:
        if not _names_site_alone(layout):
            return None
        large = _set_large(layout)
        return _over_prose(layout) if large is None else large
    text = text_of(best[1], LONGEST)
    told = best[0] >= SURE or any(agreement(bare_words(text), each) for each in references)
    told = told or bare_words(text) in map(bare_words, _told_parts(layout))
    if not told and _tells_story(layout) and _is_none(layout, best[1], text):
        return None
    if " " not in text or not told or _is_banner(layout, best[1]):
        above = _over_prose(layout)
        if above is not None:
            return above
        return best[1] if told or not lexicon().is_see_also(label_key(text)) else None
    return best[1]


def _named_though_head_says_site(
    layout: Layout, references: list[str], scored: list[tuple[float, Element]]
) -> Element | None:
    """The last of what is called a title over the prose, where all that the head says is printed again and again, as
    the site's name is, and no heading says it.
    """
    if not scored or not references or not _names_site_alone(layout):
        return None
    said = Counter(bare_words(text) for text, _ in layout.page.runs if len(text) < LONGEST)
    if any(said[each] < AGAIN for each in references):
        return None
    places = layout.page.positions
    prose = (
        each
        for text, each in layout.page.runs
        if len(text) > SENTENCE and ends_sentence(text) and each.tag != "a"
    )
    end = min((places[each] for each in islice(prose, 1)), default=0)
    named = {each: bare_words(text_of(each, LONGEST)) for _, each in scored}
    if any(each.tag in HEADING_WEIGHT and text in references for each, text in named.items()):
        return None
    over = [
        each for each, text in named.items() if text not in references and end - ABOVE < places[each] < end
    ]
    return max(over, key=places.__getitem__, default=None)


def _tells_story(layout: Layout) -> bool:
    """Whether the head says more than the site's name: what may be a headline that the page does not show."""
    told = (each.folded for each in layout.references)
    return any(len(each.split()) > LEAST_WORDS and each not in layout.site_names for each in told)


def _is_none(layout: Layout, element: Element, text: str) -> bool:
    """Whether what the head does not say is no headline either: a label of lists or buttons, what is called a subtitle
    or a caption, or stands behind the first prose, as subheads and other stories do.
    """
    words, key = lexicon(), label_key(text)
    if words.is_see_also(key) or words.heads_other(key) or key in words.furniture:
        return True
    if len(key.split()) <= LEAST_WORDS and words.follow.count(key, key.split()):
        return True
    if OVER_TITLES & layout.said(element) or "caption" in _parts_around(layout, element):
        return True
    prose = (each for run, each in layout.page.runs if len(run) > PROSE and _is_free(layout, each))
    first = next(prose, None)
    return first is not None and layout.page.positions[element] > layout.page.positions[first]


def _names_site_alone(layout: Layout) -> bool:
    """Whether all that the head says is its `title`, perhaps the site's."""
    return all(each.found.locator == "title" for each in layout.references)


def _is_banner(layout: Layout, element: Element) -> bool:
    """Whether a heading may be the site's name, in its header: the head says no more than that."""
    within = any(each.tag in ("article", "main") for each in element.iterancestors())
    return not within and _names_site_alone(layout) and bool(_parts_around(layout, element) & OUTSIDE)


def _is_page_heading(layout: Layout, text: str, references: list[str]) -> bool:
    """Whether what a theme's title shows is a section's name above the story's own heading, which says what the head
    says."""
    if not references or " " in text or any(agreement(text, each) for each in references):
        return False
    return any(bare_words(text_of(each, LONGEST)) in references for each in layout.page.by_tag.get("h2", ()))


def _over_prose(layout: Layout) -> Element | None:
    """Where the head names the site and no story: of the headings shortly above the first prose, the highest; else
    the first line there that may be a headline."""
    page = layout.page
    long = (
        (text, each)
        for text, each in page.runs
        if len(clean(text)) > SENTENCE and each.tag not in HEADING_WEIGHT and _is_free(layout, each)
    )
    first = next(long, None)  # a long headline, perhaps
    after = next(
        (each for text, each in islice(long, 1) if len(clean(text)) > PROSE or ends_sentence(text)), None
    )
    prose = None if first is None else first[1]
    if (
        first is not None
        and after is not None
        and len(clean(first[0])) < PROSE
        and not ends_sentence(first[0])
    ):
        prose = after
    if prose is None:
        return None
    end = page.positions[prose]
    begin = end - ABOVE
    lower = (each for tag in ("h5", "h6") for each in page.by_tag.get(tag, ()))
    headings = [each for each in (*_headings(layout), *lower) if begin < page.positions[each] < end]
    titles = [each for each in page.in_order(headings) if _may_be_title(layout, each, LEAST_WORDS)]
    titles = [each for each in titles if not OVER_TITLES & layout.said(each)] or titles
    if titles:
        return max(titles, key=lambda each: HEADING_WEIGHT.get(str(each.tag), NAMED_RANK))
    lines = (each for _, each in page.runs if begin < page.positions[each] < end)
    plain = (
        each
        for each in lines
        if each.tag in PLAIN_TAGS
        and not {"caption", "breadcrumb"} & _parts_around(layout, each)
        and all(parent.tag != "noscript" for parent in islice(each.iterancestors(), 3))
    )
    line = next((each for each in plain if _may_be_title(layout, each, LEAST_WORDS + 1)), None)
    return _under_shoulder(line) if line is not None else _linked_heading(layout, headings)


def _under_shoulder(line: Element) -> Element:
    """The line, or the one right behind it, where their names count up and that one is longer: ``head0``, ``head1``."""
    behind = line.getnext()
    if behind is None or behind.tag != line.tag:
        return line
    ours, theirs = NUMBERED.fullmatch(line.get("class") or ""), NUMBERED.fullmatch(behind.get("class") or "")
    counted = ours and theirs and ours["name"] == theirs["name"] and int(theirs["at"]) == int(ours["at"]) + 1
    return behind if counted and len(text_of(line)) < len(text_of(behind)) < LONGEST else line


def _linked_heading(layout: Layout, headings: Sequence[Element]) -> Element | None:
    """The one heading over the prose, where it is a link to the section it stands in."""
    told = [
        each
        for each in headings
        if each.tag in HEADING_WEIGHT
        and len(text_of(each, LONGEST).split()) > LEAST_WORDS
        and not _parts_around(layout, each) & OUTSIDE
    ]
    return told[0] if len(told) == 1 else None


def _may_be_title(layout: Layout, element: Element, words: int) -> bool:
    """Whether an element's text may be a headline: so many words, no day, no byline, no link to elsewhere."""
    text = text_of(element, LONGEST)
    if not (words <= len(text.split()) and len(text) <= LONGEST) or DATED.search(text):
        return False
    if is_dateish(text) and (
        lexicon().told_beside_date(bare_words(text)) <= PLACED_DAY or WEATHER.search(text)
    ):
        return False
    if _is_byline(text) or not _is_free(layout, element):
        return False
    return not any(_leads_away(layout.page, link.get("href")) for link in element.iter("a"))


def _is_byline(text: str) -> bool:
    """Whether a line names who wrote: behind a label, or behind a place."""
    labelled = lexicon().byline.match(label_key(text)) is not None
    if (
        labelled and len(text.split()) > BYLINE and not is_dateish(text)
    ):  # not «تحقيق: كيف صار المعرض حديث الأهالي»
        named = parse_byline(text).authors
        labelled = bool(named) and all(map(is_full_name, named))
    return labelled or bool(dateline_people(text) or named_beside_place(text))


def _is_free(layout: Layout, element: Element) -> bool:
    """Whether an element stands in no link to elsewhere and in no part of the page that is not the story's."""
    around = (element, *islice(element.iterancestors(), 5))
    linked = any(each.tag == "a" and _leads_away(layout.page, each.get("href")) for each in around)
    return not linked and not _parts_around(layout, element) & OUTSIDE


def _set_large(layout: Layout) -> Element | None:
    """On a page whose head says nothing and that has no headings: the largest bold line over the first prose."""
    best, size, places = None, 0.0, layout.page.positions
    long = [each for text, each in layout.page.runs if len(text) > PROSE and each.tag != "a"]
    lone = {one for one, other in pairwise(long) if places[other] - places[one] > ABOVE}  # a slogan
    for text, element in layout.page.runs:
        if len(text) > PROSE and element in lone and not ends_sentence(text):
            continue
        if len(text) > PROSE and element.tag != "a":
            is_near = best is not None and places[element] - places[best] < FAR_ABOVE
            return best if is_near or _over_prose(layout) is None else None
        if len(text.split()) < 2 or len(text) > PLAIN_TITLE or DATED.search(text) or WEATHER.search(text):
            continue
        if (len(text) < SENTENCE and is_dateish(text)) or lexicon().is_date(label_key(text)):
            continue
        around = [element, *islice((each for each in element.iterancestors() if each.tag in PLAIN_TAGS), 3)]
        if any(each.tag == "a" for each in element.iterancestors()) or element.tag == "a":
            continue
        font = max((_font_size(each) for each in around), default=0.0)
        is_told = font >= HEADLINE_SIZE and bare_words(text) not in layout.site_names
        if len(bare_words(text).split()) < LEAST_WORDS and not is_told:
            continue
        font += any(each.tag in ("b", "strong") for each in around)
        if font > size and not _is_byline(text) and lone_name(text) is None:
            best, size = element, font
    return None


def _font_size(element: Element) -> float:
    """How large an old page sets a text: ``<font size=5>`` is 5, a style's 24px is 4."""
    size = FONT_SIZE.match(element.get("size") or "")
    if element.tag == "font" and size:
        return float(size[1]) + (3 if (element.get("size") or "").startswith("+") else 0)
    styled = STYLED_SIZE.search(element.get("style") or "")
    return float(styled[1]) / 6 if styled else 0.0


def _unmarked(layout: Layout, references: list[str], heading: Element | None) -> Element | None:
    """A plain element that says what the head says, or one part of its title, where no heading does: the longest part,
    for others name the section and the site."""
    told = _told_parts(layout)
    for name, _, rest in [part.partition(": ") for part in told]:
        told += [rest] if rest and (is_person(name) or bare_words(name) in layout.site_names) else []
    parts = set(map(bare_words, told)) - layout.menu  # a section's name is no story's
    ranked = [*references, *sorted(parts, key=len, reverse=True)]
    wanted = {each for each in ranked if len(each) >= 12} - of_any()
    shown = "" if heading is None else bare_words(text_of(heading, LONGEST))
    if not wanted or (shown in wanted and heading is not None and heading.tag == "h1"):
        return None
    found: dict[str, Element] = {}
    for tag in PLAIN_TAGS:
        for element in layout.page.by_tag.get(tag, ())[:300]:
            said = bare_words(text_of(element, LONGEST)) if len(element) <= 2 else ""
            if said not in wanted or said in found or not _is_free(layout, element):
                continue
            if next(element.iter("table"), None) is None:  # a writer's face and name, and the headline beside
                found[said] = element
    for text, element in layout.page.runs:
        said = bare_words(text) if element.tag in PLAIN_TAGS else ""
        if said in wanted and said not in found and _is_free(layout, element):
            found[said] = element
    if heading is not None:  # what signs with the name of its house
        found = {said: each for said, each in found.items() if "author" not in layout.said(each)}
    best = next((each for each in ranked if each in found or each == shown), None)
    if best is None and heading is None:
        return _begun_by(layout, wanted)
    return None if best is None or best == shown else found[best]


def _begun_by(layout: Layout, wanted: Set[str]) -> Element | None:
    """The plain element over the prose that begins with what the head says, cut short there: «عائلات المفقودين»."""
    cut = tuple(f"{each} " for each in wanted if len(each) > LEAST_OF_CUT)
    for text, element in layout.page.runs if cut else ():
        if len(text) > PROSE and element.tag != "a":
            return None
        begun = element.tag in PLAIN_TAGS and len(text) < LONGEST and bare_words(text).startswith(cut)
        if begun and not ends_sentence(text) and _is_free(layout, element):
            return element
    return None


def _told_parts(layout: Layout) -> list[str]:
    """What the signs in the head's titles part, and what stands before each or behind: a headline may have such signs
    too."""
    title = next((text_of(each) for each in layout.page.by_tag.get("title", ())), "")
    told = PARTS.split(title)
    for each in dict.fromkeys([title, *(reference.found.value for reference in layout.references)]):
        for sign in islice(PARTS.finditer(each), MOST_PARTS):
            told += (each[: sign.start()], each[sign.end() :])
    return told


def _plain_h1(layout: Layout, references: list[str]) -> Element | None:
    """The one h1 that says exactly what the head says: by far the commonest page."""
    exact = [
        each
        for each in layout.page.by_tag.get("h1", ())
        if bare_words(text_of(each, 2 * LONGEST)) in references
    ]
    if len(exact) != 1 or is_hidden(exact[0]) or _parts_around(layout, exact[0]) & OUTSIDE:
        return None
    return exact[0]


def _headings(layout: Layout) -> Iterator[Element]:
    """Elements that may show the headline: headings, and whatever is named like a title."""
    for tag in HEADING_WEIGHT:
        yield from layout.page.by_tag.get(tag, ())[:60]
    for element in layout.called("title_name")[:80]:
        if element.tag in NAMED_TAGS:
            yield element


def _score(layout: Layout, element: Element, references: list[str]) -> float:
    """How likely this heading is the story's; 0 or less where it cannot be."""
    text = text_of(element, 2 * LONGEST)
    if not SHORTEST <= len(text) <= LONGEST or is_hidden(element) or MORE_OF.match(text):
        return 0
    said = layout.said(element)
    score = HEADING_WEIGHT.get(str(element.tag), 0.0)
    score += 2.5 if "title_name" in said and "other_title" not in said else 0
    score += 2.5 if "headline" in (element.get("itemprop") or "").lower().split() else 0
    score -= 3 if "other_title" in said else 0
    folded = bare_words(text)
    score += max((agreement(folded, each) for each in references), default=0.0)
    score -= 4 * len(_parts_around(layout, element) & OUTSIDE)
    links = [link.get("href") for link in element.iter("a")]
    score -= 4 if any(map(_is_home, links)) else 0
    score -= 2.5 if any(_leads_away(layout.page, href) for href in links) else 0
    parent = element.getparent()
    score -= 1.5 if parent is not None and parent.tag in ("a", "li") else 0
    score += min(1.0, len(text) / 60)
    return score if references or score > 4 else 0


def _parts_around(layout: Layout, element: Element) -> frozenset[str]:
    """The parts of the page that an element is in; a heading called a header is none: Bootstrap's ``page-header``."""
    found = layout.said(element)
    if element.tag in HEADING_WEIGHT:
        found -= {"header"}
    for parent in element.iterancestors():
        said = layout.said(parent)
        found |= said - OUTSIDE if OUTSIDE & said and parent in layout.holds_prose else said
    return found


def agreement(folded: str, reference: str) -> float:
    """How much a heading and what the head says agree, 0 to 6."""
    if folded == reference:
        return 6
    if len(folded) >= 12 and (folded in reference or (len(reference) >= 12 and reference in folded)):
        return 4.5 * min(len(folded), len(reference)) / max(len(folded), len(reference)) + 1
    ours, theirs = set(folded.split()), set(reference.split())
    shared = len(ours & theirs) / max(1, len(ours | theirs))
    return 4 * shared if shared > 0.5 else 0


def _leads_away(page: Page, href: str | None) -> bool:
    """Whether a heading's link is to another page: a teaser, not this page's headline."""
    target = page.resolve(href)
    if target is None or _is_home(href):
        return False
    ours = {each.rstrip("/") for each in (page.url, page.canonical, page.first_meta("og:url")) if each}
    return unquoted(target).split("#")[0].rstrip("/") not in {unquoted(each) for each in ours}


def _is_home(href: str | None) -> bool:
    return (href or "").strip() in ("/", "index.html", "index.php", "./", "#") or bool(
        re.fullmatch(r"https?://[^/]+/?(?:ar/?|index\.\w+)?", (href or "").strip())
    )


@cache
def of_any() -> frozenset[str]:
    """What a template names any story by, folded."""
    return frozenset(map(bare_words, OF_ANY))
