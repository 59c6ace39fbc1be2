"""The date as the page displays it: the clock in the site's header, else the story's own."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from archiver.arabic.text import to_ascii_digits
from archiver.article import ArticleWarning, DisplayedDate, Found
from archiver.extract.asides import is_shorter
from archiver.extract.layout import BEHIND_BODY, Layout
from archiver.extract.nodes import clean, has_more, text_of
from archiver.extract.published_clues import Clue
from archiver.extract.published_text import ISSUE, is_dateish, raw_text, read_shown
from archiver.extract.published_visible import is_linked, is_teaser
from archiver.extract.stamps import Stamp
from archiver.page import Element


def displayed(layout: Layout, clues: list[Clue], published: Stamp | None) -> DisplayedDate | None:
    """The header's clock, else the story's date as the reader sees it.

    A clock that shows the story's day on a page served another day is no clock.
    """
    shown = [clue for clue in clues if clue.visible]
    clock = _header_clock(layout)
    if clock is not None and not any(clean(clue.found.raw) == clock.text for clue in shown):
        now, day = layout.page.fetched_at, (clock.value or "")[:10]
        stands = published is not None and day == published.day.isoformat()
        return replace(clock, role="published") if now and stands and day < now.date().isoformat() else clock
    if not shown:
        return None
    best = max(shown, key=lambda clue: (clue.role == "published", clue.weight))
    return DisplayedDate(_date_piece(clean(best.found.raw)), best.found.value.value.isoformat(), best.role)


def read_either_way(layout: Layout, clues: list[Clue]) -> list[Clue]:
    """The clues, «3/10/2010» read as the tenth of March where the third of October is after the header's clock, where
    the story's own data tell of the tenth of March, where its address and pictures tell of March alone, or other days
    on the page have the month first; «12/07/15» as the fifteenth of July 2012, where the clock is of that year. Where
    nothing tells and the profile knows of either, it is too little to go by.
    """
    if not any(clue.visible and (_turned(clue) or _year_first(clue)) for clue in clues):
        return clues
    clock = _header_clock(layout)
    served = "" if clock is None else (clock.value or "")[:10]
    sure = [clue for clue in clues if not clue.visible and clue.role == "published" and clue.weight >= TOLD]
    told = frozenset(day for clue in sure for day in clue.found.value.days)
    tellers = _Tellers(served, told, _months(layout), _order_of_days(layout), layout.profile.days == "either")
    return [_either_way(clue, tellers) if clue.visible else clue for clue in clues]


class _Tellers(NamedTuple):
    """What tells which of two days «3/10/2010» means."""

    served: str
    told: frozenset[date]
    months: frozenset[tuple[int, int]]
    order: str | None
    is_open: bool


def _either_way(clue: Clue, tellers: _Tellers) -> Clue:
    turned, day, year_first = _turned(clue), clue.found.value.day, _year_first(clue)
    if year_first is not None and year_first.day.isoformat() <= tellers.served < day.isoformat():
        return replace(clue, found=replace(clue.found, value=year_first))
    if turned is None:
        return clue
    is_later = turned.day.isoformat() <= tellers.served < day.isoformat()
    is_told = turned.day in tellers.told and day not in tellers.told
    filed = [(each.year, each.month) in tellers.months for each in (day, turned.day)]
    numbers = EITHER_WAY.search(to_ascii_digits(clue.found.raw))
    read = "day" if numbers is not None and int(numbers[1]) == day.day else "month"
    if is_later or is_told or filed == [False, True] or tellers.order not in (None, read):
        return replace(clue, found=replace(clue.found, value=turned))
    is_known = tellers.order == read or day in tellers.told or filed == [True, False]
    return replace(clue, weight=UNTOLD) if tellers.is_open and not is_known else clue


def _order_of_days(layout: Layout) -> str | None:
    """What other days on the page have first, "day" or "month", where they agree: «21/10/2010» has the day."""
    texts = (to_ascii_digits(text) for text, _ in layout.page.runs if len(text) < LONGEST_DAY)
    found = [each for text in texts for each in EITHER_WAY.finditer(text) if HIJRI.fullmatch(each[4]) is None]
    orders = {"day" for each in found if int(each[1]) > MONTHS >= int(each[3])}
    orders |= {"month" for each in found if int(each[3]) > MONTHS >= int(each[1])}
    return orders.pop() if len(orders) == 1 else None


MONTHS, LONGEST_DAY = 12, 80
UNTOLD = 1.0
"""The weight of a day of which nothing tells whether it is the third of October or the tenth of March."""


def _months(layout: Layout) -> frozenset[tuple[int, int]]:
    """The years and months of the folders in which the page, and what stands between its headline and the end of its
    text, are kept: ``/uploads/2009/11/``.
    """
    addresses = [layout.page.url, *_addresses(layout, "img", "src"), *_addresses(layout, "a", "href")]
    return frozenset(
        (int(found[1]), int(found[2])) for each in addresses for found in MONTH_FOLDER.finditer(f"/{each}")
    )


def _addresses(layout: Layout, tag: str, attribute: str) -> list[str]:
    """Where the elements of a tag lead to that stand between the headline and the end of the text."""
    places, start, end = layout.page.positions, layout.headline_at or 0, layout.body_end or 0
    return [
        each.get(attribute) or "" for each in layout.page.by_tag.get(tag, ()) if start <= places[each] <= end
    ]


def _turned(clue: Clue) -> Stamp | None:
    """A day in numbers with its month and its day the other way round, where it may be either."""
    numbers = EITHER_WAY.search(to_ascii_digits(clue.found.raw))
    value = clue.found.value.value
    if numbers is None or {value.day, value.month} != {int(numbers[1]), int(numbers[3])}:
        return None
    if value.day == value.month or max(value.day, value.month) > 12:
        return None
    return replace(clue.found.value, value=value.replace(month=value.day, day=value.month))


def _year_first(clue: Clue) -> Stamp | None:
    """A day of two digits thrice, with the first of them its year."""
    numbers = TWO_DIGITS.search(to_ascii_digits(clue.found.raw))
    if numbers is None:
        return None
    try:
        day = date(2000 + int(numbers[1]), int(numbers[3]), int(numbers[4]))
    except ValueError:
        return None
    value = clue.found.value.value
    return replace(clue.found.value, value=value.replace(year=day.year, month=day.month, day=day.day))


TWO_DIGITS = re.compile(r"(?<!\d)(\d\d)\s?([/.-])\s?(\d\d)\s?\2\s?(\d\d)(?!\d)")
EITHER_WAY = re.compile(r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
HIJRI = re.compile(r"1[34]\d\d")
"""A year of a day that has the day first, whatever the server's own order."""
TOLD = 4.0
"""The weight of data that tell which of two days such numbers mean."""


def _date_piece(text: str) -> str:
    """The part of a line of facts that is its date: of «كتب: فلان | 3 مايو 2020 | 10:00» all but the name."""
    pieces = re.split(r"(\s+[|•·]\s+|(?<!\d)\s+[-–—]\s+|\s+[-–—]\s+(?!\d))", text)
    first = next((at for at in range(0, len(pieces), 2) if is_dateish(pieces[at])), 0)
    kept = pieces[first:]
    while len(kept) > 2 and not (
        CLOCK.search(kept[-1]) or is_dateish(kept[-1]) or ISSUE.search(to_ascii_digits(kept[-1]))
    ):
        kept = kept[:-2]
    whole = "".join(kept)
    byline = BYLINE_BEHIND.search(whole)
    whole = whole[: byline.start()] if byline and is_dateish(whole[: byline.start()]) else whole
    day = DAY.search(whole)
    return whole if day is None or LABEL.search(whole[: day.start()]) else whole[day.start() :]


def issue_day(layout: Layout) -> Clue | None:
    """The day in the header where it is the issue's: the page's own address holds that day or the issue's number; or,
    beside a number, the story's picture was put up that day, or the page was fetched too long after for a clock. Or
    where the text begins with that day of a year that it does not tell. Assumed, where the line only names an issue and
    nobody knows when the page was fetched.
    """
    clock = _header_clock(layout)
    shown = None if clock is None else read_shown(layout, clock.text)
    if clock is None or shown is None:
        return None
    number, told = ISSUE.search(to_ascii_digits(clock.text)), NUMBERS.findall(layout.page.url)
    now = layout.page.fetched_at
    pictured = _days_of_pictures(layout)
    past = number is not None and now is not None and shown.stamp.day < now.date() - timedelta(PAST_ISSUE)
    of_issue = number is not None and (
        number[1] in told or _is_among(shown.stamp, pictured) or _leads_to_issue(layout, number[1])
    )
    sure = past or of_issue or _of_address(shown.stamp, told) or _of_dateline(layout, shown.stamp)
    if not sure and (pictured or now is not None or ISSUE_NAMED.search(clock.text) is None):
        return None
    found = Found(shown.stamp, clock.text, "structure", "the issue's day")
    note = ArticleWarning("published_assumed", f"the day of the issue, in the page's header: {clock.text}")
    return Clue(found, ISSUED, notes=() if sure else (note,))


def _of_address(stamp: Stamp, numbers: list[str]) -> bool:
    """Whether an address holds this day as one number: «?date=15052016»."""
    return not {f"{stamp.day:%d%m%Y}", f"{stamp.day:%Y%m%d}"}.isdisjoint(numbers)


def _of_dateline(layout: Layout, stamp: Stamp) -> bool:
    """Whether the text begins with this day, behind a place and without the year: «نزوى في 23 يناير /العُمانية/»."""
    places, start = layout.page.positions, layout.text_at
    lines = (text for text, each in layout.page.runs if start is not None and places[each] >= start)
    found = DATELINE.match(clean(next(filter(str.strip, lines), ""))[:LONGEST_DATELINE])
    told = None if found is None else read_shown(layout, f"{found[1]} {stamp.day.year}")
    return told is not None and told.stamp.day == stamp.day


def _leads_to_issue(layout: Layout, number: str) -> bool:
    """Whether the story links to its issue: «العدد ١٤٦١», at an address with that number."""
    places, start, end = layout.page.positions, layout.headline_at or 0, (layout.body_end or 0) + BEHIND_BODY
    links = (each for each in layout.page.by_tag.get("a", ()) if start <= places[each] <= end)
    named = (each for each in links if number in NUMBERS.findall(each.get("href") or ""))
    said = (ISSUE.search(to_ascii_digits(text_of(each, LONGEST_ISSUE))) for each in named)
    return any(found is not None and found[1] == number for found in said)


def _days_of_pictures(layout: Layout) -> frozenset[tuple[int, int, int]]:
    """The days in whose folders the pictures between the headline and the end of the text stand: (year, month, day)."""
    folders = (FOLDER.search(f"/{each}") for each in _addresses(layout, "img", "src"))
    return frozenset((int(found[1]), int(found[2]), int(found[3])) for found in folders if found is not None)


def _is_among(stamp: Stamp, days: frozenset[tuple[int, int, int]]) -> bool:
    return (stamp.day.year, stamp.day.month, stamp.day.day) in days


FOLDER = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})/")
"""A day in the address of a picture."""
DATELINE = re.compile(
    r"(?:[^\W\d]+\s+){1,3}?(?:في\s+)?((?<!\d)[\d\u0660-\u0669]{1,2}\s+[^\W\d]+(?:\s+[^\W\d]+)?)\s*(?:/|[(][^()]*[)]|[-–])"
)
"""A place, a day and its month in words, before an agency's name between strokes or brackets."""
LONGEST_DATELINE = 80
MONTH_FOLDER = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])/")
ISSUE_NAMED = re.compile(r"(?<![\u0621-\u064a])العدد(?![\u0621-\u064a])")
PAST_ISSUE, LONGEST_ISSUE = 40, 80  # days; characters of a link to an issue
ISSUED = 5.0
"""The weight of the day of the issue that the address names."""
NUMBERS = re.compile(r"\d+")
CLOCK = re.compile(r"\d\s*[:٫]\s*\d|^\s*(?:ص|م|صباحا|مساء)")
DAY = re.compile(
    r"(?:السبت|ال[أا]حد|ال[إا]ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة)(?![\u0621-\u064a])"
    r"|(?<![\u0621-\u064a])(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)(?=\s*[,،])"
    r"|(?<![\w/.-])\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}"
)
"""Where the day begins behind a place or a name: «بغداد / سيف عبدالله 30-05-2023»."""
HOUR = re.compile(r"\d{1,2}:\d{2}(?:\s*(?:GMT|UTC|[صم]))?")
"""A clock's hour, where the day stands in an element of its own."""
LABEL = re.compile(r"نشر|تاريخ|تحديث|أضيف|حرر|كتب في|منذ|\d")
"""What stands before a day and belongs to it."""
BYLINE_BEHIND = re.compile(r"\s*[,،|–-]?\s*(?<![\u0621-\u064a])(?:بقلم|بواسطة|كتب)\s.*$")


def _header_clock(layout: Layout) -> DisplayedDate | None:
    """The first date in what is called a clock, or in the site's header before the headline."""
    page = layout.page
    for match in layout.profile.first("served", page)[:1]:
        if clock := _clock(layout, match.element):
            return clock
    limit = layout.headline_at if layout.headline_at is not None else len(page.elements)
    before = [each for each in layout.dated if page.positions[each] < limit]
    clocks = [each for each in before if "clock" in layout.zones[each]]
    headers = [
        each for each in before if page.positions[each] < layout.story_at and "nav" not in layout.zones[each]
    ]
    for element in (*clocks, *headers):
        if (
            (STORIES.isdisjoint(layout.zones[element]) or "clock" in layout.said(element))
            and not is_linked(layout, element)
            and not _is_on_card(element)
            and (clock := _clock(layout, element))
        ):
            return clock
    return None


STORIES = frozenset({"related", "ticker", "sidebar", "comments", "popup"})
"""Parts whose dates are other stories'."""


def _is_on_card(element: Element) -> bool:
    """Whether a date stands on a card beside the link to its story."""
    parent = element.getparent()
    if parent is None or not has_more(parent, 1) or has_more(parent, CARD):
        return False
    links = (each if each.tag == "a" else each.find("a") for each in parent if isinstance(each.tag, str))
    return any(link is not None and is_teaser(text_of(link, 200)) for link in links)


LONGEST_CLOCK = 80
CARD = 5
"""Children of a card at most."""


def _clock(layout: Layout, element: Element) -> DisplayedDate | None:
    parent = element.getparent()
    is_line = parent is not None and parent.tag != "body" and is_shorter(parent, 8 * LONGEST_CLOCK)
    holders = [element, parent] if parent is not None and is_line else [element]
    text = next((text for text in map(raw_text, holders) if is_dateish(text)), "")
    behind, hour = element.getnext(), raw_text(element)
    if behind is not None and behind.tag == element.tag and HOUR.fullmatch(hour):
        day = raw_text(behind)
        text = f"{hour} {day}" if is_dateish(day) else text
    if not 6 <= len(text) <= LONGEST_CLOCK:
        return None
    shown = read_shown(layout, text)
    return DisplayedDate(text, shown.stamp.value.isoformat(), "served") if shown else None
