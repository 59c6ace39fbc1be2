"""The dates a reader sees farther off: loose by the headline, among labelled facts, in the text's first or last line.

Asked for only where nothing by the headline and nothing in the page's data tells the day.
"""

import itertools
import re
from collections.abc import Iterator

from archiver.article import ArticleWarning, Found
from archiver.extract.asides import tells_facts
from archiver.extract.byline_lexicon import places
from archiver.extract.layout import Layout
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.nodes import clean
from archiver.extract.published_clues import WEIGHTS, Clue
from archiver.extract.published_text import LONGEST, is_dateish, raw_text, read_shown
from archiver.extract.published_visible import clues_of, place_of
from archiver.page import Element

SHORT_LINE, SHORT_LINES = 60, 2
"""Characters of a line that may stand behind the day, the house's name or a notice, and how many of these."""
OF_RULING = re.compile(r"(?:ال)?(?:قرار|قضية|دعوى|مرسوم|قانون|مادة)(?![\u0621-\u064a])")
"""How a line begins whose day stands in the next one: a court's, a law's."""


def from_loose_text(layout: Layout) -> Iterator[Clue]:
    """A day in text that has no element but the one that holds the headline too: «<br>نشر في 21 جويلية 2016»."""
    anchor, places = layout.headline_at, layout.page.positions
    if anchor is None:
        return
    body_at = layout.text_at if layout.text_at is not None else anchor + 10
    for holder in itertools.islice(() if layout.headline is None else layout.headline.iterancestors(), 3):
        before = clean(holder.text)
        for child in holder:
            text, above = clean(child.tail) if isinstance(child.tag, str) else "", before
            before = text or before
            if not text or len(text) > LONGEST or not is_dateish(text) or OF_RULING.match(above):
                continue
            place = place_of(places.get(child, 0), anchor, body_at, body_at)
            if place == "between" and not layout.outside(holder):
                yield from clues_of(layout, child, text, place)


def from_facts(layout: Layout) -> Iterator[Clue]:
    """A day behind its label in a list of facts at the story's end: «تاريخ 12.11.2013»."""
    start, judged = layout.headline_at, dict[Element, bool]()
    for text, element in layout.page.runs:
        if start is None or layout.page.positions[element] >= layout.comments_at:
            break
        if len(text) > LONGEST_LABEL or not PUBLISHED_LABEL_ALONE.fullmatch(text):
            continue
        item = element.getparent()
        facts = None if item is None else item.getparent()
        if item is None or facts is None or layout.page.positions[element] < start or layout.outside(element):
            continue
        if facts not in judged:
            judged[facts] = tells_facts(facts)
        if judged[facts]:
            yield from clues_of(layout, item, raw_text(item), "after_body")
        elif lexicon().byline.match(
            phrase_key(raw_text(item)[:LONGEST_LABEL])
        ):  # «كتب فلان, بتاريخ 5 أبريل 2011»
            yield from clues_of(layout, item, clean(f"{text} {element.tail or ''}"), "after_body")
    yield from _last_line(layout)
    yield from _first_words(layout)
    yield from _in_dateline(layout)


def _first_words(layout: Layout) -> Iterator[Clue]:
    """A day that the text's first line begins with, a bar behind it («3 مارس 2022 | الدستور | …»), or that it tells
    behind a place («تبوك 25 جمادى الآخرة 1430 هـ الموافق 18 يونيو 2009 م واس»)."""
    page, start = layout.page, layout.text_at
    if start is None:
        return
    run = next((each for each in page.runs if page.positions[each[1]] >= start and each[0].strip()), None)
    line = clean(run[0]) if run is not None else ""
    day, bar, _ = line.partition("|")
    words, weight = lexicon(), WEIGHTS["visible"] + WEIGHTS["after_body"]
    shown = read_shown(layout, day.strip()) if bar and len(day) < FIRST_WORDS else None
    if shown is not None and words.is_date(phrase_key(day)):
        yield Clue(Found(shown.stamp, day, "structure", "the body's first words"), weight, visible=True)
    elif len(line) < DATELINE and phrase_key(line.partition(" ")[0]) in places():
        shown = read_shown(layout, line) if words.told_beside_date(phrase_key(line)) <= BESIDE_DAY else None
        if shown is not None:
            yield Clue(Found(shown.stamp, line, "structure", "dateline of the body"), weight, visible=True)


def _in_dateline(layout: Layout) -> Iterator[Clue]:
    """A day behind a place, before the house or the text, where one of the text's first paragraphs begins: «صنعاء، 11
    يونيو 2008 (منصات) …», «(بيروت، 3 مايو 2020) – …»."""
    page, start = layout.page, layout.text_at
    if start is None:
        return
    behind = (text for text, each in page.runs if page.positions[each] >= start and len(text) > PARAGRAPH)
    for text in itertools.islice(behind, FIRST_PARAGRAPHS):
        found = OPENING_DAY.match(clean(text[:DATELINE]))
        if found is not None and phrase_key(found["place"]) in places():
            shown = read_shown(layout, found["day"])
            if shown is not None:
                weight = WEIGHTS["visible"] + WEIGHTS["after_body"]
                yield Clue(
                    Found(shown.stamp, found[0], "structure", "dateline of the body"), weight, visible=True
                )
            return


PARAGRAPH, FIRST_PARAGRAPHS = 80, 3
OPENING_DAY = re.compile(
    r"[(]?(?P<place>[^\W\d]+(?: [^\W\d]+){0,2})\s*[،,/–-]\s*"
    r"(?P<day>[\d\u0660-\u0669]{1,2} [^()\d،,]{3,25} (?:19|20|١٩|٢٠)[\d\u0660-\u0669]{2})"
    r"\s*م?\s*[()–—:/-]"
)
FIRST_WORDS, DATELINE = 40, 80  # characters of a day; of a place, days and an agency
BESIDE_DAY = 2  # words of a dateline that are of no day: a place, an agency


def _last_line(layout: Layout) -> Iterator[Clue]:
    """A day and an hour that are all of the text's last line, as agencies sign off («05/07/2021 14:20:11»), or a day
    behind the house («شبكة الخبر - الاثنين 10/آب/2009»); links to other stories may follow. A day alone is when the
    text was written, and taken with a warning.
    """
    start, end = layout.body_at, layout.body_end
    if start is None or end is None:
        return
    page, short = layout.page, 0
    if layout.comments_at <= end:
        return  # the last line is a reader's
    for text, element in reversed(page.runs):
        if page.positions[element] < start:
            return
        if page.positions[element] > end or not any(map(str.isalnum, text)):
            continue
        if len(text) > LONGEST:
            return
        line = clean(text)
        if element.tag == "a" or lexicon().is_see_also(phrase_key(line)):
            continue
        signed, written = STAMP.fullmatch(line) or _is_signed(line), _is_day_alone(line)
        shown = read_shown(layout, line) if signed or written else None
        if shown is not None and shown.role is None:
            weight = WEIGHTS["visible"] + WEIGHTS["after_body"]
            found = Found(shown.stamp, line, "structure", "the body's last line")
            note = ArticleWarning("published_assumed", f"the day that the text ends with: {line}")
            yield Clue(found, weight, visible=True, notes=() if signed else (note,))
            return
        short += 1
        if len(line) > SHORT_LINE or short > SHORT_LINES:
            return


def _is_day_alone(line: str) -> bool:
    """Whether a line is a day in full and nothing else: «25 أكتوبر 2001م»."""
    return is_dateish(line) and lexicon().told_beside_date(phrase_key(line.removesuffix("م"))) == 0


def _is_signed(line: str) -> bool:
    """Whether a line is nothing but a house and a day: «شبكة الخبر - الاثنين 10/آب/2009 - 18/شعبان/1430»."""
    signed = SIGNED.fullmatch(line)
    if signed is None:
        return False
    day = phrase_key(signed["day"])
    return lexicon().told_beside_date(day) == 0 and is_dateish(line)


SIGNED = re.compile(
    r"(?:شبكة|وكالة|صحيفة|جريدة|موقع|مجلة|مركز|قناة|إذاعة|اذاعة|بوابة)(?: [^\W\d]+){1,3}\s*[-–—/|،:]\s*(?P<day>.{8,50})"
)
"""A house and what stands behind it."""
STAMP = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s+(?:[-–|،,]\s*)?\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s*(?:[صم]|[AP]M))?"
)
"""A day and an hour in numbers."""
LONGEST_LABEL = 20
PUBLISHED_LABEL_ALONE = re.compile(r"\s*(?:ال|ب)?تاريخ(?: (?:النشر|الخبر|الإضافة))?\s*:?\s*")
