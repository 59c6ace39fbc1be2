"""A writer whom no label names: in the line of facts by the headline, «بغداد / سيف عبدالله», or behind an icon.

Many papers print the name, the place, the paper and the day side by side and say of none what it is. A part
is taken for a name only where its neighbours are facts of these kinds and it begins with a given name, or
where an icon of a person or a pen stands before it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from archiver.article import Found
from archiver.extract.byline_lexicon import desks, lexicon
from archiver.extract.byline_names import WORDS_OF_NAME, is_full_name, is_likely_name, lone_name
from archiver.extract.byline_places import is_out_of_sight
from archiver.extract.byline_text import HOUSE, NOT_NAME, PARTS, Byline, agency_in, is_site, people_in
from archiver.extract.layout import HAS_DIGIT, Layout
from archiver.extract.lexicon import lexicon as words_of
from archiver.extract.nodes import bare_words, clean, lines_of, name_of, says_anything, text_of
from archiver.extract.published_text import is_dateish
from archiver.page import Element

REACH = 25
"""How many elements before the headline facts may stand, within the story's own element."""
CLOSE = 4  # elements before a headline that no element of the story's holds
BEHIND = 25  # elements behind the body in which its writer's box begins
FAR = 60
"""How many elements behind the headline, at most."""
LONGEST_LINE, LONGEST_FACTS = 90, 180
"""Characters of one fact, and of all that stand side by side."""
INLINE = frozenset({"a", "b", "strong", "span", "font", "em", "i", "u", "label", "small", "li", "time", "p"})
NOT_FACTS = frozenset({"caption", "share", "tags", "author_box", "breadcrumb"})
WRITER_ICON = re.compile(r"(?<![a-z])(?:user|pencil|pen|author|writer|feather|person)(?![a-z])")
NAME = re.compile(
    r"[\u0621-\u064a\u064b-\u0652\u0671-\u06d3'.-]+(?: [\u0621-\u064a\u064b-\u0652\u0671-\u06d3'.-]+){1,4}"
)
INNER = re.compile(r"[()\[\]«»]|\s+(?:بواسطة|بقلم)\s+|\s*[|•●·+,،:/\\–—-]\s*|\s+ـ+\s+")
DOTS = re.compile(r"[·|•●]")
INITIALS = re.compile(r"[\u0621-\u064a]\s?\.\s?[\u0621-\u064a]+(?:\s?\.\s?[\u0621-\u064a]*)?")
"""«ق.و», «م. بوزيدي»."""
PORTRAIT = re.compile(r"avatar|author|writer|columnist|blogger|rounded-full|/user\.")
SMALL = frozenset(map(str, range(16, 101)))  # pixels of a face
PICTURES = frozenset({"img", "figure", "picture"})
WRITER, UNDER = frozenset({"الكاتب", "الكاتبه", "كاتب المقال"}), 4
"""What heads a writer's box, folded, and within how many lines behind it the name stands."""
MOST = 3  # names in one line
MOST_BEHIND = 4  # elements


def in_facts(layout: Layout) -> Iterator[Found[Byline]]:
    """Names that stand among facts of the story, in document order."""
    seen: set[Element] = set()
    for text, element in layout.page.runs:
        if len(text) > LONGEST_LINE or not _is_by_headline(layout, element):
            continue
        holder = holder_of(layout, element)
        if holder in seen or layout.headline in (holder, element) or is_out_of_sight(holder):
            continue
        seen.add(holder)
        if not _may_tell(layout, holder):
            continue
        if names := _names(layout, holder):
            raw = " | ".join(lines_of(holder))
            yield Found(Byline(names), raw, "structure", name_of(holder))


def agencies_in_facts(layout: Layout) -> Iterator[Found[str]]:
    """Agencies in the lines between headline and text that say the day: «… | 02:30 م - رويترز»; no section's link."""
    start, end, places = layout.headline_at, layout.body_at, layout.page.positions
    if start is None or end is None:
        return
    for text, element in layout.page.runs:
        if len(text) > LONGEST_FACTS or not start < places[element] < end or layout.outside(element):
            continue
        if element.tag == "a" or not is_dateish(text):
            continue
        named = (agency_in(part) for part in PARTS.split(clean(text))[1:])
        yield from (Found(each, clean(text), "structure", name_of(element)) for each in named if each)


def stands_among(layout: Layout, name: str) -> bool:
    """Whether a name is one of the facts that dots or bars part in a line between headline and text: «2009-11-10 · بضع
    ثوان · sahel»."""
    start, end, places = layout.headline_at, layout.text_at, layout.page.positions
    if start is None or end is None:
        return False
    lines = (text for text, each in layout.page.runs if name in text and start <= places[each] <= end)
    return any(name in map(clean, DOTS.split(text)) for text in lines if DOTS.search(text))


def in_boxes(layout: Layout) -> Iterator[Found[Byline]]:
    """The writer in a box of their own by the text: a full name in what is called so, or behind the text with what its
    bearer is, «صحافية تونسية», or shortly under «الكاتب»."""
    start, end = layout.headline_at, layout.body_end
    if start is None or end is None:
        return
    near = range(start, end + BEHIND + 1)
    lines = [each for each in layout.page.runs if layout.page.positions.get(each[1]) in near]
    headed = 0  # lines that may still stand under «الكاتب»
    for (text, element), (bearer, _) in pairwise([*lines, ("", layout.page.root)]):
        behind = layout.page.positions[element] > end
        headed = UNDER if behind and bare_words(text) in WRITER else headed - 1
        said = clean(text) if len(text) < LONGEST_LINE else ""
        called = behind and _is_calling(bearer)
        boxed = called and "author_box" in layout.zones[element]
        name = lone_name(said) or (said if boxed and is_likely_name(said) else None)
        if name is None or (layout.outside(element) and headed <= 0):
            continue
        told = behind and (headed > 0 or (called and len(bearer) < LONGEST_LINE))
        if told or "author_box" in layout.zones[element]:
            yield Found(Byline((name,)), text, "structure", name_of(element))


def _is_by_headline(layout: Layout, element: Element) -> bool:
    """Whether an element stands between headline and body, or shortly before the headline in the story."""
    at, start = layout.page.positions[element], layout.headline_at
    if start is None:
        return False
    if at < start:
        return max(layout.story_at, start - REACH) < at if layout.story is not None else start - CLOSE <= at
    end = start + FAR
    if layout.text_at is not None and layout.text_at > start:
        end = min(end, layout.text_at)
    return start < at < end


def holder_of(layout: Layout, element: Element) -> Element:
    """The element that holds a fact and those beside it."""
    while element.tag in INLINE:
        parent = element.getparent()
        if parent is None or parent in layout.around_headline:
            break
        element = parent
    return element


def _may_tell(layout: Layout, holder: Element) -> bool:
    """Whether an element may be a line of facts: short, without a picture or the headline in it."""
    if layout.outside(holder) or not NOT_FACTS.isdisjoint(layout.zones[holder]):
        return False
    if holder in layout.around_headline:
        return False
    if any(each.tag in ("figure", "iframe", "form", "ul", "table") for each in holder.iterdescendants()):
        return False
    if not all(map(is_portrait, holder.iter("img"))):
        return False
    return sum(map(len, holder.itertext())) < LONGEST_FACTS


def is_portrait(image: Element) -> bool:
    """Whether a picture is a writer's face: small, or called so."""
    small = any((image.get(side) or "").removesuffix("px") in SMALL for side in ("width", "height"))
    return (
        small or PORTRAIT.search(f"{image.get('class') or ''} {image.get('src') or ''}".lower()) is not None
    )


def _portrayed(layout: Layout, holder: Element, lines: Sequence[str]) -> str | None:
    """The line that a face beside it is told by: ``<img width="60" alt="فلان الفلاني"><span>فلان الفلاني</span>``."""
    told = {clean(each.get("alt")) for each in holder.iter("img") if is_portrait(each)} - {""}
    said = (line for line in map(clean, lines) if line in told and 1 < len(line.split()) <= WORDS_OF_NAME)
    return next(
        (each for each in said if _is_name(each) and not _is_fact(layout, each) and not _is_desk(each)), None
    )


def _names(layout: Layout, holder: Element) -> tuple[str, ...]:
    """The names in a line of facts; none where its other parts are no facts."""
    lines = [text for text in map(str, holder.itertext()) if text.strip()]
    if portrayed := _portrayed(layout, holder, lines):
        return (portrayed,)
    icons = [each for each in holder.iter("i", "svg", "span", "use") if not says_anything(each)]
    pointed = _behind_icon(icons)
    sure = bool(pointed) or any(map(_is_calling, lines))
    if pointed and (len(icons) > 1 or pointed != clean(lines[0])):  # what stands elsewhere are other facts
        lines = [pointed]
    names: list[str] = []
    facts = 0
    of_picture = placed = False
    for line in lines:
        facts += is_dateish(line)
        for part in filter(None, map(clean, INNER.split(line))):
            of_picture, skipped = bare_words(part) in lexicon().not_authors, of_picture
            housed, placed = placed, is_site(bare_words(part), layout.site_names)
            if of_picture or skipped or _is_calling(part) or _is_fact(layout, part):
                facts += 1
                continue
            if bare_words(part) in layout.menu and not is_full_name(part) and holder.find(".//a") is None:
                facts += 1  # «حياة ومجتمع», the section
                continue
            is_role = bare_words(part).partition(" ")[0] in lexicon().roles
            if names and is_role:  # «فلان الفلاني، مراسل الصحيفة في تونس»
                continue
            if housed and " " not in part:  # «أورينت نت - عنتاب: فلان»: where the house wrote it
                continue
            label = lexicon().label_start.match(part)
            name = (part[label.end() :] if label else part).removeprefix("من ")
            if _is_desk(part) or (is_role and HOUSE.match(name)):
                names.append(part)
            elif INITIALS.fullmatch(name):
                names.append(name)
            elif _is_name(name) and (sure or label or is_full_name(name) or lone_name(name)):
                names += people_in(name)
            else:
                return ()
    told = sure or facts or _is_beside_date(holder) or _is_over_date(layout, holder)
    return tuple(dict.fromkeys(names)) if names and len(names) <= MOST and told else ()


def _is_desk(part: str) -> bool:
    """«هيئة التحرير», «المحرر المحلي»."""
    first, _, rest = bare_words(part).partition(" ")
    named = first.removeprefix("ال") in desks() and rest.startswith("ال") and " " not in rest
    return bool(rest) and (bare_words(part) in desks() or named)


def _is_calling(text: str) -> bool:
    """Whether words say what a writer is: «صحافية وكاتبة سورية»."""
    return text.strip().partition(" ")[0] in lexicon().callings


def _is_fact(layout: Layout, part: str) -> bool:
    """A place, the paper itself, an agency, a day, a number, «خاص»: what stands beside a name."""
    folded = bare_words(part)
    if (
        not folded
        or "@" in part
        or HAS_DIGIT.search(part)
        or NOT_NAME.search(part)
        or words_of().is_date(folded)
    ):
        return True
    if folded in lexicon().places or folded in lexicon().nobody or folded in lexicon().labels:
        return True
    if (label := words_of().byline.match(folded)) is not None and label.end() == len(folded):
        return True  # «أضيف في», «عدد القراءات»
    if is_site(folded, layout.site_names):
        # the title's «فلان الفلاني - …» may have been taken for the site's name
        return lone_name(part) is None or not lexicon().houses.isdisjoint(folded.split())
    return agency_in(part) is not None


def _is_beside_date(holder: Element) -> bool:
    """Whether a short line of a day stands right before or behind an element, and no picture without a caption."""
    cell, row = holder, holder.getparent()
    while row is not None and len(row) == 1 and row.tag in ("tr", "tbody", "div"):
        cell, row = row, row.getparent()
    before = cell.getprevious()
    behind = next((each for each in islice(cell.itersiblings(), 2) if text_of(each, LONGEST_LINE)), None)
    if before is not None and (before.tag in PICTURES or before.find(".//img") is not None):
        captioned = before.tag not in PICTURES and bool(text_of(before, LONGEST_FACTS))
        if not captioned and not all(map(is_portrait, before.iter("img"))):  # this may be the caption
            return False
    texts = [text_of(each, LONGEST_FACTS) for each in (before, behind) if each is not None]
    return any(len(text) < LONGEST_LINE and is_dateish(text) for text in texts)


def _is_over_date(layout: Layout, line: Element) -> bool:
    """Whether the day stands in the next line, both right under the headline: a name and ``<br>``."""
    if line.tag not in INLINE or line.getparent() not in layout.around_headline:
        return False
    behind = [line.tail or ""]
    for each in islice(line.itersiblings(), MOST_BEHIND):
        behind += (text_of(each, LONGEST_LINE) if isinstance(each.tag, str) else "", each.tail or "")
    return is_dateish(clean("".join(behind))[:LONGEST_LINE])


def _is_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and not text.startswith("ال")


def _behind_icon(icons: list[Element]) -> str:
    """What stands right behind an icon of a person or a pen: ``<i class="fa fa-user"></i> سيف عبدالله``."""
    for icon in icons:
        if WRITER_ICON.search(f"{icon.get('class') or ''} {icon.get('href') or ''}".lower()):
            return next(filter(None, map(_text_behind, (icon, *icon.iterancestors("svg")))), "")
    return ""


def _text_behind(icon: Element) -> str:
    """The text right behind an icon, or in the next element."""
    behind = icon.getnext()
    return clean(icon.tail) or ("" if behind is None else text_of(behind, LONGEST_LINE))
