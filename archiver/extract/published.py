"""The day, and the hour where it is known, on which the story was published.

Dates stand everywhere on a page: the server's clock in the header, other stories' days in lists,
the caption's, the text's own. Only those in a place of their own count: beside the headline, in the
structured data of this story, in the head, in the address, in what discovery knew. Each has a weight;
those that mean the same day add up. What the reader sees beats what the head says; no date beats a
wrong one.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from archiver import jsonld
from archiver.arabic.dates import parse_date
from archiver.article import ArticleWarning, DateRole, DisplayedDate, Found, Precision, Source
from archiver.extract.choice import DETAIL_LIMIT, Choice, provenance
from archiver.extract.layout import HAS_DAY, Layout
from archiver.extract.nodes import clean, is_hidden, key, name_of, pieces, text_of
from archiver.extract.stamps import Stamp, is_ambiguous, machine_stamp, url_stamp
from archiver.extract.zones import NOTHING, OUTSIDE
from archiver.page import Element
from archiver.sites.profile import Match

DIGITS = {
    **{code: chr(code) for code in (*range(0x80), *range(0x600, 0x700))},  # a look-up that misses costs
    **{0x660 + digit: str(digit) for digit in range(10)},
    **{0x6F0 + digit: str(digit) for digit in range(10)},
}
DATEISH = re.compile(
    r"(?<!\d)(?:19[89]\d|20[0-4]\d|14[0-5]\d)(?!\d)|\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}"
    r"|(?:منذ|قبل)\s|(?:\d|دقائق|ساعات|يومين|ساعة|أيام|يوم|أسبوع|شهر)\S*\s+مضت|^(?:اليوم|أمس|الآن)\b|\bago\b|yesterday"
)
"""What may be a date; the rest is not even tried."""
PUBLISHED_LABEL = re.compile(
    r"نشر|تاريخ (?:الخبر|المقال|الإضافة|الاضافة|الإنشاء|التحرير)|أضيف|اضيف|كتب في|حرر في|التاريخ"
    r"|publish|posted|created",
    re.I,
)
MODIFIED_LABEL = re.compile(
    r"تحديث|محد[ثّ]|حُ?دّ?ث(?:ت)?(?: في)?\s*:|عُ?دّ?ل(?: في)?\s*:|تعديل|updat|modif|last edit|المحدث", re.I
)
RELATIVE = re.compile(r"منذ|قبل|مضت|أمس|اليوم|الآن|\bago\b|yesterday")
"""What makes a date relative to the time of fetching."""
LONGEST = 140
SHORTEST_WHOLE = 24
"""A shorter text may be a piece of a date: the day's number, the clock."""
CLOSE = 8
"""How many elements before the headline a date may stand outside the story's own element."""
OPENING = 4
"""The runs of text a page begins with: a date there, above the story, is the site's."""
REACH_BEFORE, REACH_AFTER = 30, 90
"""How many elements before and after the headline a date is looked for."""
ENOUGH = 4.0
"""The least weight a day needs."""
SURE = 6.0
"""From this weight on a shown clock beats a machine's."""

WEIGHTS: Mapping[str, float] = {
    "profile": 18,
    "theme": 16,
    "visible": 6,
    "visible_named": 1.5,
    "visible_labelled": 2.5,
    "between": 2,
    "before": 0.5,
    "in_body": -3,
    "after_body": -1.5,
    "far": -3,
    "time": 1.5,
    "marked": 2,
    "json_ld": 7,
    "json_ld_other": 2,
    "meta": 6,
    "meta_other": 2.5,
    "meta_loose": 4,
    "microdata": 6,
    "news_publication_date": 5,
    "feed_published": 5,
    "sitemap_lastmod": 0,
    "url": 5,
}
"""What each place is worth, and what adds to or takes from a visible date's worth."""
PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publish-date",
    "publish_date",
    "published_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "published_at",
    "publishedtime",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "article.created",
    "originalpublicationdate",
    "datecreated",
    "rnews:datepublished",
    "video:release_date",
    "ptime",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "release_date",
    "pub_date",
    "citation_publication_date",
    "displaydate",
)
LOOSE_METAS = (
    "dc.date",
    "dcterms.date",
    "date",
    "dc.date.created",
    "article:date",
    "dc:date",
    "displaydate",
    "created",
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "article.updated",
    "article:updated_time",
    "cxenseparse:recs:articleupdatetime",
)


@dataclass(frozen=True, slots=True)
class Clue:
    """One date the page gives: what it says, its worth, and whether it is of the publication."""

    found: Found[Stamp]
    weight: float
    role: DateRole = "published"
    visible: bool = False
    relative: bool = False
    assumed: bool = False  # only a class says what it is of
    notes: tuple[ArticleWarning, ...] = ()  # what reading its text gave to warn of


@dataclass(frozen=True, slots=True)
class Dates:
    """What the page's dates came to."""

    published: Choice[Stamp | None]
    modified: Choice[Stamp | None]
    displayed: DisplayedDate | None


@dataclass(slots=True)
class _Group:
    """The clues that mean one day; those that stand in one kind of place, as in a list, count once."""

    day: date
    clues: list[Clue] = field(default_factory=list)

    @property
    def weight(self) -> float:
        places: dict[tuple[str, str], float] = {}
        for clue in self.clues:
            place = (clue.found.source, clue.found.locator)
            places[place] = max(clue.weight, places.get(place, 0.0))
        weights = sorted(places.values(), reverse=True)
        return weights[0] + 0.35 * sum(weight for weight in weights[1:] if weight > 0)


def read(layout: Layout) -> Dates:
    """Publication, last change, and the date as displayed (a header clock has the role `served`)."""
    clues = [clue for clue in _clues(layout) if _is_possible(clue.found.value, layout.page.fetched_at)]
    published = _published(_as_written([clue for clue in clues if clue.role == "published"]), clues)
    modified = _modified(clues, published.value)
    return Dates(published, modified, _displayed(layout, clues, published.value))


def _published(clues: list[Clue], every: list[Clue]) -> Choice[Stamp | None]:
    """The heaviest day, at its most precise clue."""
    groups = sorted(_groups(clues, every), key=lambda group: group.weight, reverse=True)
    assumed = [clue for clue in every if clue.role == "modified" and clue.assumed]
    if not groups and assumed:
        winner = _most_precise(max(_groups(assumed, []), key=lambda group: group.weight))
        detail = f"{winner.locator}: {clean(winner.raw)[:DETAIL_LIMIT]}"
        return Choice(winner.value, provenance(winner), (ArticleWarning("published_assumed", detail),))
    if not groups:
        shown = [clue for clue in every if clue.role == "modified"]
        warnings = (
            (ArticleWarning("published_unknown", f"only a date of change: {shown[0].found.raw[:80]}"),)
            if shown
            else ()
        )
        return Choice(None, None, warnings)
    best = groups[0]
    if best.weight < ENOUGH:
        return Choice(None, None, tuple(_contradicted(groups, "published_uncertain")))
    winner = _most_precise(best)
    notes = [note for clue in best.clues for note in clue.notes]
    losers = _contradicted(groups[1:], "published_contradicted")
    return Choice(winner.value, provenance(winner), (*dict.fromkeys(notes), *losers))


def _as_written(clues: list[Clue]) -> list[Clue]:
    """Without relative phrases that the story's own data contradicts: «منذ 8 دقائق» on a page out of a
    cache was written long before it was fetched.
    """
    told = [clue.found.value.days for clue in clues if not clue.visible and clue.weight >= ENOUGH]
    if not told:
        return clues
    return [clue for clue in clues if not clue.relative or any(clue.found.value.day in days for days in told)]


def _groups(clues: list[Clue], every: list[Clue]) -> list[_Group]:
    """Clues by day; a moment in UTC joins the day the reader sees, where its zone can explain it."""
    changed = {clue.found.value.day for clue in every if clue.role == "modified" and not clue.visible}
    groups: dict[date, _Group] = {}
    for clue in sorted(clues, key=lambda each: (not each.visible, each.found.value.has_clock, -each.weight)):
        stamp = clue.found.value
        if (
            clue.visible
            and stamp.day in changed
            and clue.found.source == "structure"
            and _older_data(clue, clues)
        ):
            continue
        home = next(
            (
                day
                for day in groups
                if day in stamp.days and (day == stamp.day or not _has_own(stamp, clues, clue))
            ),
            stamp.day,
        )
        groups.setdefault(home, _Group(home)).clues.append(clue)
    return list(groups.values())


def _older_data(clue: Clue, clues: list[Clue]) -> bool:
    """Whether the story's own data gives an earlier day: then a shown day of change is no publication."""
    days = [each.found.value.day for each in clues if not each.visible and each.weight >= ENOUGH]
    return bool(days) and all(day < clue.found.value.day for day in days)


def _has_own(stamp: Stamp, clues: list[Clue], clue: Clue) -> bool:
    """Whether another clue that a reader sees stands for this moment's own written day."""
    return any(other is not clue and other.visible and other.found.value.day == stamp.day for other in clues)


def _most_precise(group: _Group) -> Found[Stamp]:
    """The moment behind a day: a machine's, where it is the one the reader sees; else the reader's.

    A `Z` on what is plainly the reader's own clock is a slip of the template, and the reader's stands.
    """
    machines = [each for each in group.clues if not each.visible and _has_hour(each.found.value)]
    machines.sort(key=_exactness, reverse=True)
    shown = [each for each in group.clues if each.visible and not each.relative and each.weight >= SURE]
    clock = max(
        (each for each in shown if _has_hour(each.found.value)), key=lambda each: each.weight, default=None
    )
    if clock is not None:
        agreed = (_agreed(each.found, clock.found.value) for each in machines)
        return next(filter(None, agreed), clock.found)
    same = [each for each in machines if each.found.value.day == group.day]
    if same:
        return same[0].found
    dated = [each for each in group.clues if each.found.value.day == group.day] or group.clues
    return max(dated, key=lambda each: (not each.relative, each.weight)).found


def _exactness(clue: Clue) -> tuple[bool, bool, bool, float]:
    """With its zone before without, to the second before the minute, with a zone of its own before UTC."""
    stamp = clue.found.value
    return (_is_aware(stamp), stamp.precision == "second", not _is_utc(stamp), clue.weight)


def _agreed(machine: Found[Stamp], shown: Stamp) -> Found[Stamp] | None:
    """The machine's moment, if it is what the reader's clock shows somewhere between Morocco and the Gulf."""
    exact, clock = machine.value.value, shown.value
    if not isinstance(exact, datetime) or not isinstance(clock, datetime) or exact.tzinfo is None:
        return None
    if clock.tzinfo is not None:
        return machine if abs(exact - clock) < timedelta(minutes=1) else None
    wall = exact.replace(tzinfo=None, second=0, microsecond=0)
    apart = round((clock - wall).total_seconds() / 60)
    if apart == 0 and not _is_utc(machine.value):
        return machine
    if (
        not _is_utc(machine.value)
        or apart not in ZONES
        or clock.minute != (wall + timedelta(minutes=apart)).minute
    ):
        return None
    if wall.date() == clock.date():
        return machine
    local = exact.astimezone(timezone(timedelta(minutes=apart)))
    return replace(machine, value=Stamp(local, machine.value.precision))


ZONES = frozenset({60, 120, 180, 210, 240})
"""Minutes east of UTC of the clocks that Arabic newsrooms print."""


def _is_aware(stamp: Stamp) -> bool:
    return isinstance(stamp.value, datetime) and stamp.value.tzinfo is not None


def _is_utc(stamp: Stamp) -> bool:
    return (
        isinstance(stamp.value, datetime) and stamp.value.tzinfo is not None and not stamp.value.utcoffset()
    )


def _has_hour(stamp: Stamp) -> bool:
    return stamp.has_clock and not _is_midnight(stamp)


def _is_midnight(stamp: Stamp) -> bool:
    value = stamp.value
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0)


def _contradicted(losers: Iterable[_Group], code: str) -> Iterator[ArticleWarning]:
    for group in losers:
        clue = max(group.clues, key=lambda each: each.weight)
        found = clue.found
        yield ArticleWarning(code, f"{found.source} {found.locator}: {clean(found.raw)[:DETAIL_LIMIT]}")


def _modified(clues: list[Clue], published: Stamp | None) -> Choice[Stamp | None]:
    """The last change; one before the publication is a template's, and only warned of."""
    changed = sorted((clue for clue in clues if clue.role == "modified"), key=lambda clue: -clue.weight)
    kept = [clue for clue in changed if published is None or max(clue.found.value.days) >= published.day]
    if changed and not kept:
        found = changed[0].found
        detail = f"{found.source} {found.locator}: {clean(found.raw)[:DETAIL_LIMIT]}"
        return Choice(None, None, (ArticleWarning("modified_before_published", detail),))
    if not kept:
        return Choice(None)
    day = kept[0].found.value.day
    best = _most_precise(_Group(day, [clue for clue in kept if day in clue.found.value.days]))
    return Choice(best.value, provenance(best))


def _displayed(layout: Layout, clues: list[Clue], published: Stamp | None) -> DisplayedDate | None:
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


def _date_piece(text: str) -> str:
    """The part of a line of facts that is its date: of «كتب: فلان | 3 مايو 2020 | 10:00» all but the name."""
    pieces = re.split(r"(\s+[|•·]\s+)", text)
    first = next((at for at in range(0, len(pieces), 2) if DATEISH.search(pieces[at].translate(DIGITS))), 0)
    kept = pieces[first:]
    while len(kept) > 2 and not HAS_DAY.search(kept[-1]):
        kept = kept[:-2]
    return BYLINE_BEHIND.sub("", "".join(kept))


BYLINE_BEHIND = re.compile(r"\s*[,،|–-]?\s*(?:بقلم|بواسطة|كتب)\s.*$")


def _is_possible(stamp: Stamp, now: datetime | None) -> bool:
    return now is None or stamp.day <= now.date() + timedelta(days=2)


# --- where dates are found


def _clues(layout: Layout) -> Iterator[Clue]:
    known = list(_from_profile(layout))
    yield from known
    if not any(clue.visible and not clue.relative and clue.role == "published" for clue in known):
        yield from _visible(layout)
    yield from _from_data(layout)
    yield from _from_meta(layout)
    yield from _from_outside(layout)


def _from_profile(layout: Layout) -> Iterator[Clue]:
    """What the profile selects: the first element that can be read, and every machine's date beside it."""
    for name in ("published", "modified"):
        for match in itertools.islice(layout.profile.each(name, layout.page), 8):
            clues = list(_of_match(layout, match, "modified" if name == "modified" else "published"))
            yield from clues
            if any(not clue.relative for clue in clues):
                break


def _of_match(layout: Layout, match: Match, role: DateRole) -> Iterator[Clue]:
    """What one element of a profile says: a label in it overrules the profile's word for what it is."""
    element = match.element
    text = _raw_text(element)
    shown = _read_shown(layout, text)
    if shown is not None:
        role = shown.role or role
        relative = bool(RELATIVE.search(text))
        found = Found(shown.stamp, text, match.source, match.locator)
        weight = WEIGHTS[match.source] - 3 * relative
        yield Clue(found, weight, role, not is_hidden(element), relative, notes=shown.notes)
        if shown.changed is not None:
            yield Clue(replace(found, value=shown.changed), WEIGHTS[match.source], "modified", True)
    machine = element.get("datetime") or element.get("content") or element.get("title") or ""
    if machine and (exact := machine_stamp(machine)):
        yield Clue(
            Found(exact, machine, match.source, f"{match.locator}[datetime]"), WEIGHTS[match.source] - 1, role
        )


def _visible(layout: Layout) -> Iterator[Clue]:
    """Dates that stand beside the headline, at the start of the body or right behind it."""
    seen: set[Element] = set()
    for element, place in _neighbours(layout):
        holder = None if element in seen else _whole_date(layout, element)
        if holder is None or holder in seen:
            continue
        seen.update((holder, *holder.iterdescendants()))
        yield from _clues_of(layout, holder, _raw_text(holder), place)


def _whole_date(layout: Layout, element: Element) -> Element | None:
    """The element, if its text may be a date; its parent, where it holds only a day's number."""
    text = _raw_text(element)
    if len(text) <= LONGEST and DATEISH.search(text.translate(DIGITS)):
        return element
    parent = element.getparent()
    if parent is None or len(text) > SHORTEST_WHOLE or layout.headline in (element, parent):
        return None
    text = _raw_text(parent)
    holds_title = layout.headline is not None and layout.headline.getparent() is parent
    return (
        parent
        if len(text) <= LONGEST and not holds_title and DATEISH.search(text.translate(DIGITS))
        else None
    )


def _clues_of(layout: Layout, element: Element, text: str, place: str) -> Iterator[Clue]:
    """What one visible element says, and what its `datetime` attribute adds."""
    weight = WEIGHTS["visible"] + WEIGHTS[place] + _naming(layout, element, text)
    shown = _read_shown(layout, text)
    role, sure = _role(layout, element, shown)
    if shown is not None and not _is_unseen(element):
        relative = bool(RELATIVE.search(text))
        found = Found(shown.stamp, text, "structure", name_of(element))
        yield Clue(found, weight - 3 * relative, role, True, relative, not sure, shown.notes)
        if shown.changed is not None:
            yield Clue(replace(found, value=shown.changed), weight, "modified", True)
    holder = element if element.tag == "time" else element.find(".//time")
    machine = (
        element.get("datetime")
        or element.get("content")
        or element.get("title")
        or (holder.get("datetime") if holder is not None else None)
    )
    if machine and (exact := machine_stamp(machine)):
        marked = WEIGHTS["marked"] if "datepublished" in (element.get("itemprop") or "").lower() else 0
        found = Found(exact, machine, "structure", f"{name_of(element)}[datetime]")
        yield Clue(found, weight - 1 + marked, role, assumed=not sure)


def _naming(layout: Layout, element: Element, text: str) -> float:
    """What the names and labels around a date add to its worth."""
    parent = element.getparent()
    said = layout.said(element) | (layout.said(parent) if parent is not None else NOTHING)
    worth = WEIGHTS["visible_named"] if "date_name" in said else 0.0
    worth += WEIGHTS["visible_labelled"] if PUBLISHED_LABEL.search(text) else 0.0
    return worth + (WEIGHTS["time"] if element.tag == "time" else 0.0)


def _role(layout: Layout, element: Element, shown: "_Shown | None") -> tuple[DateRole, bool]:
    """What a date is of, and whether a label says so: its own, one beside it; a class only hints at it."""
    if shown is not None and shown.role is not None:
        return shown.role, True
    label = _label_before(element)
    if MODIFIED_LABEL.search(label) or PUBLISHED_LABEL.search(label):
        return ("published" if PUBLISHED_LABEL.search(label) else "modified"), True
    said = layout.said(element)
    return ("modified", False) if "changed" in said and "issued" not in said else ("published", True)


def _label_before(element: Element) -> str:
    """The last words before an element: its elder sibling's and the text between, or its parent's own."""
    parent, before = element.getparent(), element.getprevious()
    if before is None:
        return (parent.text or "")[-40:] if parent is not None else ""
    inner = "".join(pieces(before)) if isinstance(before.tag, str) and len(before) < 4 else ""
    return (inner[-40:] + (before.tail or ""))[-40:]


def _neighbours(layout: Layout) -> Iterator[tuple[Element, str]]:
    """Elements near the headline and where they stand: between, before, in_body, after_body, far."""
    page = layout.page
    anchor = layout.headline_at if layout.headline_at is not None else layout.body_at
    if anchor is None:
        return
    body_at = layout.body_at if layout.body_at is not None else anchor + 10
    body_end = layout.body_end if layout.body_end is not None else body_at
    last = max(anchor, body_end)
    opening = {element for _text, element in page.runs[:OPENING]}
    for element in layout.dated:
        at = page.positions[element]
        if element in opening and at < layout.story_at:
            continue
        if not (anchor - REACH_BEFORE <= at < max(anchor + 30, body_at + 14) or body_end < at < last + 40):
            continue
        place = _place(at, anchor, body_at, body_end)
        if not _may_date(layout, element, place):
            continue
        if place != "between" and _is_other_story(
            layout, element, at < layout.story_at and anchor - at > CLOSE
        ):
            continue
        yield element, place


def _is_other_story(layout: Layout, element: Element, far: bool) -> bool:
    """Whether a date away from the headline is a link's, or stands with one: a teaser of another story."""
    if far or _is_linked(layout, element):
        return True
    for parent in itertools.islice(element.iterancestors(), 3):
        if parent is layout.story or parent.tag in ("body", "article", "main"):
            return False
        if any(_is_teaser(text_of(link)) for link in itertools.islice(parent.iter("a"), MOST_LINKS)):
            return True
    return False


def _is_teaser(text: str) -> bool:
    return len(text) >= TEASER and not DATEISH.search(text.translate(DIGITS))


MOST_LINKS = 20
TEASER = 20
"""The least length of a link's text that is a headline."""


def _place(at: int, anchor: int, body_at: int, body_end: int) -> str:
    """Where a place in document order stands to headline and body."""
    if at < anchor:
        return "before"
    behind = body_end >= anchor and at > body_end
    if not behind and (at < body_at or (body_at < anchor and at <= anchor + 30)):
        return "between" if at - anchor < REACH_AFTER else "far"
    if at <= body_end:
        return "in_body"
    return "after_body" if at - body_end < 25 else "far"


NOT_DATES = frozenset({"caption", "author_box", "share", "tags", *OUTSIDE})
NEVER_DATES = frozenset({"caption", "author_box", *OUTSIDE}) - {"clock", "header"}
"""Parts of a page whose dates are not the story's; under the headline a clock is an icon's name."""


def _may_date(layout: Layout, element: Element, place: str) -> bool:
    parts = NEVER_DATES if place == "between" else NOT_DATES
    if (
        place == "between"
        and element.tag == "time"
        and not any(each.tag == "figure" for each in element.iterancestors())
    ):
        parts -= {"caption"}
    return parts.isdisjoint(layout.zones[element]) and element.tag not in ("script", "style", "figcaption")


def _raw_text(element: Element) -> str:
    return clean("".join(pieces(element)))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A date as a reader sees it, what its label says it is, and the change printed beside it."""

    stamp: Stamp
    role: DateRole | None = None
    changed: Stamp | None = None
    notes: tuple[ArticleWarning, ...] = ()


def _read_shown(layout: Layout, text: str) -> _Shown | None:
    """A date as a reader sees it; without a fetch time nothing relative is read."""
    stamp = machine_stamp(text)
    if stamp is not None:
        return _Shown(stamp)
    if not text or len(text) > LONGEST or not DATEISH.search(text.translate(DIGITS)):
        return None
    parsed = parse_date(text, now=layout.page.fetched_at)
    if parsed is None or parsed.precision in ("year", "month"):
        return None
    changed = parsed.modified
    precision: Precision = "minute" if isinstance(changed, datetime) else "day"
    role: DateRole | None = "published" if changed is not None else parsed.role
    if role is None and MODIFIED_LABEL.search(text) and not PUBLISHED_LABEL.search(text):
        role = "modified"
    shown = Stamp(parsed.value, parsed.precision)
    return _Shown(shown, role, None if changed is None else Stamp(changed, precision), parsed.warnings)


def _from_data(layout: Layout) -> Iterator[Clue]:
    """JSON-LD of the story; of another page (a home page's data left in) it is worth little."""
    for node in layout.page.stories:
        own = is_own(layout, node)
        for name, role in (
            ("datePublished", "published"),
            ("dateCreated", "published"),
            ("dateModified", "modified"),
        ):
            text = jsonld.text(node.get(name))
            if text is None:
                continue
            stamp = _machine(layout, text)
            weight = WEIGHTS["json_ld" if own else "json_ld_other"] - (1.5 if name == "dateCreated" else 0)
            if stamp:
                yield Clue(
                    Found(stamp, text, "json_ld", name),
                    weight,
                    "modified" if role == "modified" else "published",
                )


def is_own(layout: Layout, node: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD node is about this page's story: by its headline, where both have one."""
    said = jsonld.text(node.get("headline")) or jsonld.text(node.get("name"))
    if said is None or layout.headline is None:
        return True
    ours, theirs = key(_raw_text(layout.headline)), key(said).rstrip()
    if not ours or not theirs:
        return True
    shared = set(ours.split()) & set(theirs.split())
    return (
        ours in theirs
        or theirs in ours
        or len(shared) >= 0.5 * min(len(set(ours.split())), len(set(theirs.split())))
    )


def _machine(layout: Layout, text: str) -> Stamp | None:
    """A date meant for machines; where a site wrote Arabic instead, what a reader would see."""
    stamp = machine_stamp(text)
    if stamp is None and not is_ambiguous(text):
        shown = _read_shown(layout, text)
        stamp = shown.stamp if shown is not None else None
    return stamp


def _from_meta(layout: Layout) -> Iterator[Clue]:
    page = layout.page
    own = layout.head_is_own
    for names, worth, role in (
        (PUBLISHED_METAS, "meta" if own else "meta_other", "published"),
        (LOOSE_METAS, "meta_loose" if own else "meta_other", "published"),
        (MODIFIED_METAS, "meta_loose", "modified"),
    ):
        for name in names:
            for text in page.meta[name][:2] if name in page.meta else ():
                source: Source = "opengraph" if name.startswith(("article:", "og:")) else "meta"
                if (stamp := _machine(layout, text)) is not None:
                    yield Clue(
                        Found(stamp, text, source, name),
                        WEIGHTS[worth],
                        "modified" if role == "modified" else "published",
                    )
    yield from _from_microdata(layout)


def _from_microdata(layout: Layout) -> Iterator[Clue]:
    """`itemprop=datePublished` anywhere but beside another story."""
    for element in layout.called("issued", "changed"):
        said = (element.get("itemprop") or "").lower()
        role = MICRODATA.get(said)
        text = element.get("content") or element.get("datetime") or ""
        stamp = machine_stamp(text) if role and text else None
        if role is not None and stamp is not None and not layout.outside(element):
            yield Clue(Found(stamp, text, "microdata", said), WEIGHTS["microdata"], role)


MICRODATA: Mapping[str, DateRole] = {
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
}


def _from_outside(layout: Layout) -> Iterator[Clue]:
    page = layout.page
    for name in ("news_publication_date", "feed_published", "sitemap_lastmod"):
        text = page.hints.get(name)
        if isinstance(text, str) and (stamp := machine_stamp(text)) is not None:
            role: DateRole = "modified" if name == "sitemap_lastmod" else "published"
            yield Clue(Found(stamp, text, "hint", name), WEIGHTS[name], role)
    addresses = (("address", page.url), ("canonical", page.canonical), ("og:url", page.first_meta("og:url")))
    for name, url in addresses:
        if url and (stamp := url_stamp(url)) is not None:
            yield Clue(Found(stamp, url, "url", name), WEIGHTS["url"])
            return


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
            STORIES.isdisjoint(layout.zones[element])
            and not _is_linked(layout, element)
            and (clock := _clock(layout, element))
        ):
            return clock
    return None


STORIES = frozenset({"related", "ticker", "sidebar", "comments", "popup"})
"""Parts whose dates are other stories'."""


def _is_unseen(element: Element) -> bool:
    """For a screen reader only: it repeats what is shown."""
    return bool(UNSEEN.search(element.get("class") or "")) or is_hidden(element)


UNSEEN = re.compile(r"screen-reader|sr-only|visually-?hidden|element-invisible")


def _is_linked(layout: Layout, element: Element) -> bool:
    """Whether a date is a link to something else; a story's own date may be its permalink, or its day's archive."""
    for link in (each for each in (element, *element.iterancestors()) if each.tag == "a"):
        inside = layout.story is not None and layout.page.positions[link] > layout.story_at
        if "bookmark" not in (link.get("rel") or "") and not (inside and not _is_teaser(text_of(link))):
            return True
    return False


def _clock(layout: Layout, element: Element) -> DisplayedDate | None:
    parent = element.getparent()
    holders = [element] if parent is None or parent.tag == "body" else [element, parent]
    text = next((text for text in map(_raw_text, holders) if DATEISH.search(text.translate(DIGITS))), "")
    if not 6 <= len(text) <= 80:
        return None
    shown = _read_shown(layout, text)
    return DisplayedDate(text, shown.stamp.value.isoformat(), "served") if shown else None
