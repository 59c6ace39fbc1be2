"""Lines with a label: «كتب: فلان», ``<dt>الكاتب</dt><dd>فلان</dd>``, by the headline and at the ends of the text."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice

from archiver.article import Found
from archiver.extract.asides import FACT_LABELS, FACT_LISTS, tells_facts
from archiver.extract.byline_lexicon import given_names, lexicon
from archiver.extract.byline_names import words_of_name
from archiver.extract.byline_places import is_in_picture, is_out_of_sight, together
from archiver.extract.byline_text import AROUND, BEHIND_DAY, WHEN, Byline, parse_byline
from archiver.extract.layout import HAS_DIGIT, Layout
from archiver.extract.lexicon import label_key
from archiver.extract.nodes import bare_words, clean, name_of, spaced_lines, text_of
from archiver.page import Element

WRITTEN = re.compile(r"[\s\W]*(?:كتب(?:ت|ها|ه)?|بقلم|تحقيق|تقرير|حوار|[إا]عداد)(?![\u0621-\u064a])")
"""What a text's own writer signs with: it goes before who posted it."""
INLINE = frozenset({"b", "strong", "span", "font", "em", "i", "u", "a", "label", "small"})
FACTS = {"dt": "dd", "li": "li", "td": "td", "th": "td"}
"""What holds a label alone, and what holds its fact, right behind."""
OF_KIND = re.compile(r"ال\S+")
"""What a label may be called further: «الكاتب الإقليمي»."""
FOLLOWED = frozenset({"متابعات", "رصد"})
"""Labels of what others reported: a house behind them names nobody."""
WRITERS = frozenset({"كاتب", "كاتبه"})
"""What a list of facts calls a writer, folded; elsewhere these are words like any other."""
LONGEST_LABEL, LONGEST_SIGNED = 20, 7
BEFORE = 12  # elements before the headline, in the story's own element
LONGEST = 120


def labelled_lines(layout: Layout) -> Iterator[Found[Byline]]:
    """Short lines that begin with a byline's label: between headline and body, and at the body's ends; items of one
    list with one label are one byline."""
    for _, lines in groupby(_lines(layout), key=_list_and_label):
        yield together([found for _, found in lines])


def _list_and_label(line: tuple[Element, Found[Byline]]) -> tuple[Element | None, str]:
    """What lines of one byline share: the list they are items of, and their label; a line by itself shares nothing."""
    holder, found = line
    label = lexicon().label_start.match(found.raw)
    said = "" if label is None else bare_words(label["label"])
    return (holder.getparent(), said) if holder.tag == "li" else (holder, said)


def _lines(layout: Layout) -> Iterator[tuple[Element, Found[Byline]]]:
    words, positions, places = lexicon(), layout.page.positions, _places(layout)
    for first, element in layout.page.runs:
        if positions.get(element) not in places or len(first) > LONGEST:
            continue
        if positions[element] >= layout.comments_at:
            return
        if not words.label_word.match(BEHIND_DAY.sub("", first.lstrip(AROUND))) or layout.outside(element):
            continue
        holder = _line_of(element)
        if is_in_picture(layout, holder) or is_out_of_sight(holder) or _is_of_story(layout, holder):
            continue
        own = BEHIND_DAY.sub("", _before_facts(_own_line(holder)))
        lines = (own.lstrip(AROUND), clean(first), _defined(first, element))
        for text in dict.fromkeys(lines):  # the line, what begins it alone, a label with what it is of
            if not 4 <= len(text) <= LONGEST or not words.label_start.match(text):
                continue
            parsed = parse_byline(text)
            if element.tag == "a" and WRITTEN.match(text) and not are_given(parsed.authors):
                continue  # «تقرير: الجفاف في الجنوب» is the title of another story
            if (parsed.authors or parsed.agency) and _is_credible(text, parsed):
                yield holder, Found(parsed, text, "structure", name_of(holder))
                break


def _is_of_story(layout: Layout, line: Element) -> bool:
    """Whether a line is the headline («خاص – فلان: …») or a section's name («خاص: مناطق»)."""
    return layout.headline in (line, *line.iterancestors()) or "category" in layout.said(line)


def told_in_lists(layout: Layout) -> Iterator[Found[Byline]]:
    """The writer in a list of facts behind the text: «تاريخ 26.04.2017», «الكاتب فلان»."""
    start = layout.headline_at or 0
    labels = (lexicon().labels - lexicon().not_authors) | WRITERS
    for label, element in layout.page.runs:
        if (
            element.tag not in FACT_LABELS
            or len(label) > LONGEST_LABEL
            or layout.page.positions[element] < start
        ):
            continue
        if label_key(label) not in labels:
            continue
        item = element if element.tag == "dt" else element.getparent()
        facts = None if item is None else item.getparent()
        if item is None or facts is None or facts.tag not in FACT_LISTS or layout.outside(facts):
            continue
        said = _defined(label, element) or text_of(item, LONGEST)
        if label_key(label) in WRITERS:  # in a list of facts alone it is a label
            parsed = parse_byline(said.removeprefix(clean(label)).lstrip(" :"), labelled=True)
        else:
            parsed = parse_byline(said)
        if parsed.authors and tells_facts(facts):
            yield Found(parsed, said, "structure", name_of(item))


def are_given(names: Iterable[str]) -> bool:
    """Whether one of these begins with a given name."""
    return any(name.split()[0] in given_names() for name in names)


def _defined(label: str, element: Element) -> str:
    """A label in a list of facts with its fact: ``<dt>الكاتب</dt><dd>فلان</dd>``, ``<li>كتب:</li><li>فلان</li>``."""
    holder = next(
        (each for each in (element, *islice(element.iterancestors(), 2)) if each.tag in FACTS), None
    )
    behind = None if holder is None or text_of(holder, LONGEST) != clean(label) else holder.getnext()
    if holder is None or behind is None or behind.tag != FACTS[str(holder.tag)]:
        return ""
    return f"{clean(label).rstrip(' :')}: {text_of(behind, LONGEST)}"


def _line_of(element: Element) -> Element:
    """The element whose line an inline element begins: the `p` of ``<p><b>كتب:</b> فلان</p>``."""
    for _ in range(3):
        parent = element.getparent()
        if (
            element.tag not in INLINE
            or parent is None
            or parent[0] is not element
            or (parent.text or "").strip()
        ):
            return element
        element = parent
    return element


def _own_line(element: Element) -> str:
    """The element's text up to its first line break, where it is short."""
    if len(element) == 0:
        return clean(element.text)
    if sum(1 for _ in element.iter("*")) > 12:
        return clean(element.text)
    lines = spaced_lines(element)
    if len(lines) > 1 and bare_words(lines[0]) in lexicon().labels:  # «بقلم», and the name in the next line
        return f"{lines[0].rstrip(' :')}: {lines[1]}"
    return lines[0] if lines else ""


def _before_facts(line: str) -> str:
    """A line without the days and counters behind its first bar: «الكاتب : فلان | تاريخ الإضافة : 9-11-2007»."""
    parts = line.split(" | ")
    kept = next((at for at, part in enumerate(parts) if at and HAS_DIGIT.search(part)), len(parts))
    return " | ".join(parts[:kept])


def _is_credible(text: str, parsed: Byline) -> bool:
    """A sentence that happens to begin with «كتب» is no byline: a byline is a few names.

    A label that is a word like any other («استطلاع الرأي», «متابعة أخبارنا») needs a sign or a given name behind it.
    """
    label = lexicon().label_start.match(text)
    plain = (
        label is not None
        and label.end() == label.end("label") + 1
        and bare_words(label["label"]) in lexicon().common
    )
    if label is not None and bare_words(label["label"]) in FOLLOWED and not are_given(parsed.authors):
        return False
    signed = (
        label is not None
        and label[0].rstrip().endswith((":", "/"))
        and bare_words(label["label"]) not in lexicon().common
    )
    unsigned = label is not None and label.end() == label.end("label") + 1
    if (plain or (unsigned and all(OF_KIND.fullmatch(name) for name in parsed.authors))) and not are_given(
        parsed.authors
    ):
        return False
    return (
        len(WHEN.sub("", text)) <= 80
        and "http" not in text
        and all(len(words_of_name(name)) <= (LONGEST_SIGNED if signed else 5) for name in parsed.authors)
        and not text.endswith((".", "؟", "!"))
    )


def _places(layout: Layout) -> frozenset[int]:
    """Where in document order bylines stand: between headline and body, at the body's first lines and its last."""
    start, body_at, body_end = layout.headline_at, layout.body_at, layout.body_end
    found: list[range] = []
    if start is not None:
        end = body_at if body_at is not None and body_at > start else start + 40
        top = 0 if layout.story is None else layout.story_at
        found += range(start + 1, min(end, start + 80)), range(max(top, start - BEFORE) + 1, start)
    if body_at is not None and body_end is not None:
        found += range(body_at, body_at + 14), range(body_end - 7, body_end + 1)
    return frozenset(chain.from_iterable(found))
