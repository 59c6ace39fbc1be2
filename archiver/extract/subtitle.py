"""The standfirst: a line under (or over) the headline that sums the story up."""

import re
from collections.abc import Iterator
from itertools import islice

from archiver.article import Found
from archiver.extract.byline_datelines import is_dateline
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout
from archiver.extract.lexicon import lexicon
from archiver.extract.lines import Line
from archiver.extract.liveblog import introduces_entries
from archiver.extract.names import mark_of
from archiver.extract.nodes import bare_words, is_hidden, name_of, pieces, text_of
from archiver.extract.published_text import is_dateish
from archiver.page import Element

SHORTEST, LONGEST = 12, 600
DIGIT = re.compile(r"\d{3}|^(?:كتب|بقلم)")
"""What a short line of date or byline holds."""
HEADINGS = frozenset({"h2", "h3", "h4"})
SENTENCE = 60
"""Characters from which a line is a sentence rather than facts."""
HOLDERS = 3  # elements around a lead that the body may be
REACH = 60
"""How many elements away from the headline a standfirst may stand."""


def read(layout: Layout, heading: Line | None = None) -> Choice[str | None]:
    """The standfirst as shown, or None; never the headline again. `heading` is one that stands over the text."""
    candidates = [each for each in _candidates(layout) if bare_words(each.value) != layout.title_key]
    if not candidates and heading is not None:
        candidates.append(Found(heading.text, heading.text, "structure", name_of(heading.element)))
    return choose("subtitle", candidates, weights=layout.profile.weights.get("subtitle"), same=bare_words)


def _candidates(layout: Layout) -> Iterator[Found[str]]:
    for match in layout.profile.first("subtitle", layout.page):
        text = text_of(match.element)
        if text and not is_hidden(match.element):
            yield Found(text, text, match.source, match.locator)
    if layout.headline_at is None:
        return
    for element in layout.called("subtitle"):
        far = abs(layout.page.positions[element] - layout.headline_at) > REACH
        if far or layout.outside(element) or element is layout.headline or _is_of_text(layout, element):
            continue
        text = text_of(element)
        if SHORTEST <= len(text) <= LONGEST and not is_hidden(element) and not _is_facts(text):
            yield Found(text, text, "structure", name_of(element))
    yield from _following(layout)


def _is_of_text(layout: Layout, element: Element) -> bool:
    """Whether a heading stands among the text's paragraphs, or is the text's own lead, or a live blog's, whatever it is
    called."""
    lead, around = layout.body.elements[:-1], (element, *islice(element.iterancestors(), HOLDERS))
    is_lead = introduces_entries(mark_of(element)) or any(each in lead for each in around)
    return is_lead or layout.page.positions[element] > layout.prose_at


def _is_facts(text: str) -> bool:
    """Whether a line tells who wrote, where and when, whatever it is called."""
    return (is_dateish(text) and lexicon().holds_date(bare_words(text))) or is_dateline(text)


def _following(layout: Layout) -> Iterator[Found[str]]:
    """An h2 to h4 behind the headline, or a line of text right behind it: a standfirst without a name."""
    start, page = layout.headline_at or 0, layout.page
    end = min(start + 12, layout.text_at or start + 12)
    for element in page.elements[start + 1 : end]:
        next_to = element.tag == "p" and len(element) == 0 and element.getprevious() is layout.headline
        if not (next_to or element.tag in HEADINGS) or element.find(".//a") is not None:
            continue
        if _is_of_text(layout, element):
            continue
        text = text_of(element)
        told = (len(text) < SENTENCE and DIGIT.search(text) is not None) or _is_facts(text)
        if SHORTEST <= len(text) <= LONGEST and not (told or layout.outside(element) or is_hidden(element)):
            yield Found(text, text, "structure", name_of(element))
    yield from _described(layout, start)


def _described(layout: Layout, start: int) -> Iterator[Found[str]]:
    """What stands between headline and text and is, word for word, what the head says the page is about."""
    page = layout.page
    told = page.first_meta("description", "og:description") or ""
    said = bare_words(told)
    end = min(start + REACH, layout.body_at or start)
    if not SENTENCE <= len(said) <= LONGEST:
        return
    for element in page.elements[start + 1 : end]:
        begins = next(filter(None, map(bare_words, pieces(element))), "")
        text = text_of(element, 2 * len(told)) if said.startswith(begins) else ""
        if (
            len(text) >= SENTENCE
            and bare_words(text) == said
            and not layout.outside(element)
            and not is_hidden(element)
        ):
            yield Found(text, text, "structure", name_of(element))
            return
