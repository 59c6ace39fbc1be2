"""The days that a listing prints beside its stories: some sites print them nowhere else."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from archiver.arabic.dates import parse_date
from archiver.candidate import Candidate
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.published_text import is_dateish
from archiver.page import Element, Page
from spiders.discovery import Where, site_link

LONGEST = 60  # characters of a line that is a day and little else
MAX_DAYS = 300  # looked at on a page
STEPS = 5  # from the day up to what holds a whole teaser
MAX_TEASER = 60  # elements
HEADLINE = 3  # words of what is written on a link to a story
EARLIEST = date(1990, 1, 1)
MONTH_FIRST, DAY_FIRST = "month-day-year", "day-month-year"
"""How `parse_date` says that it read a day in numbers."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def with_days(page: Page, where: Where, links: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a listing; those of teasers made alike that print one day each and lead to one story each have
    that day as a hint (``listed_published``, ISO 8601). A day told from now, or without a year, is left out.
    """
    anchors = {each.url: str(each.hints.get("anchor") or "") for each in links}
    stories = {url for url, anchor in anchors.items() if anchor.count(" ") >= HEADLINE - 1}
    days: dict[str, set[str]] = {}
    alike: dict[tuple[int, str, str], set[str]] = {}  # the stories of teasers that are made alike
    printed = list(_printed(page))
    turned = any(way == MONTH_FIRST for *_, way in printed)  # then «05/03/2024» is no fifth of March
    for element, line, day, way in printed:
        if turned and way == DAY_FIRST:
            continue
        found = _story_beside(page, where, element, stories)
        if found is not None and anchors[found[0]] != line:
            days.setdefault(found[0], set()).add(day)
            alike.setdefault(found[1], set()).add(found[0])
    listed = {story for row in alike.values() if len(row) > 1 for story in row if len(days[story]) == 1}
    return [
        replace(each, hints={**each.hints, "listed_published": min(days[each.url])})
        if each.url in listed
        else each
        for each in links
    ]


def _printed(page: Page) -> Iterator[tuple[Element, str, str, str]]:
    """Every line that is a day and little else: its element, the line, the day (ISO 8601), and how it was read."""
    latest = page.fetched_at.date() + timedelta(days=1) if page.fetched_at is not None else date.max
    short = ((each, " ".join(text.split())) for text, each in page.runs if len(text) < 4 * LONGEST)
    lines = ((each, line) for each, line in short if len(line) <= LONGEST and is_dateish(line))
    for element, line in islice(lines, MAX_DAYS):
        if element.tag in HEADINGS or not lexicon().holds_date(phrase_key(line)):
            continue  # the day is what a headline or a sentence is about
        parsed = parse_date(line, now=None)
        if parsed is None or parsed.precision in ("year", "month") or parsed.role == "modified":
            continue
        day = parsed.value.date() if isinstance(parsed.value, datetime) else parsed.value
        if EARLIEST <= day <= latest:
            yield element, line, parsed.isoformat(), parsed.how[0] if parsed.how else ""


def _story_beside(
    page: Page, where: Where, element: Element, stories: Collection[str]
) -> tuple[str, tuple[int, str, str]] | None:
    """The one story that the smallest part of a page leads to which holds a day and leads to stories at all; and how
    that part is made: its steps from the day, its tag and its class.
    """
    part: Element | None = element
    for steps in range(STEPS):
        inner = list(islice(part.iter("*"), MAX_TEASER + 1)) if part is not None else []
        if part is None or len(inner) > MAX_TEASER:
            return None
        addresses = [site_link(page, each.get("href"), where) for each in inner if each.tag == "a"]
        led_to = {each.url for each in addresses if each is not None and each.url in stories}
        if led_to:
            return (
                (led_to.pop(), (steps, str(part.tag), part.get("class") or "")) if len(led_to) == 1 else None
            )
        part = part.getparent()
    return None
