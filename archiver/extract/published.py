"""The day, and the hour where it is known, on which the story was published.

Dates stand everywhere on a page: the server's clock in the header, other stories' days in lists,
the caption's, the text's own. Only those in a place of their own count: beside the headline, in the
structured data of this story, in the head, in the address, in what discovery knew. Each has a weight;
those that mean the same day add up. What the reader sees beats what the head says; no date beats a
wrong one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone

from archiver.article import ArticleWarning, DisplayedDate, Found
from archiver.extract.choice import DETAIL_LIMIT, Choice, provenance
from archiver.extract.layout import Layout
from archiver.extract.nodes import clean
from archiver.extract.published_clock import displayed, issue_day, read_either_way
from archiver.extract.published_clues import (
    Clue,
    from_data,
    from_meta,
    from_outside,
    from_profile,
    from_state,
)
from archiver.extract.published_facts import from_facts, from_loose_text
from archiver.extract.published_visible import from_sight
from archiver.extract.stamps import Stamp

ENOUGH = 4.0
"""The least weight a day needs."""
EMPTY_DAYS = frozenset({date(1969, 12, 31), date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30)})
"""What systems print for no day: the first of Unix's clock (in the west the evening before), of SQL's and of OLE's."""
SURE = 6.0
"""From this weight on a shown clock beats a machine's."""


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
    clues, refused = list[Clue](), list[Clue]()
    for clue in _clues(layout):
        (clues if _is_possible(clue.found.value, layout.page.fetched_at) else refused).append(clue)
    clues = read_either_way(layout, clues)
    published = _published(_as_written([clue for clue in clues if clue.role == "published"]), clues)
    modified = _modified(clues, published.value)
    shown = displayed(layout, clues, published.value)
    if published.value is None and not published.warnings:
        published = replace(published, warnings=(ArticleWarning("published_unknown", _why(refused, shown)),))
    return Dates(published, modified, shown)


def _why(refused: list[Clue], shown: DisplayedDate | None) -> str:
    """Why a page without a clue to its day of publication has none."""
    if refused:
        is_empty = refused[0].found.value.day in EMPTY_DAYS
        kind = "a day that stands for none" if is_empty else "a day after the fetch"
        return f"only {kind}: {clean(refused[0].found.raw)[:DETAIL_LIMIT]}"
    if shown is not None and shown.role == "served":
        return f"only the day on which the page was served: {shown.text[:DETAIL_LIMIT]}"
    return "no day stands where a story has its own"


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
    """Whether the story's own data gives an earlier day, in any zone: then a shown day of change is no publication."""
    shown = clue.found.value.day
    stamps = [each.found.value for each in clues if not each.visible and each.weight >= ENOUGH]
    return bool(stamps) and all(stamp.day < shown and max(stamp.days) < shown for stamp in stamps)


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
        if abs(exact - clock) >= timedelta(minutes=1):
            return None
        if exact.date() == clock.date():
            return machine
        return replace(machine, value=Stamp(exact.astimezone(clock.tzinfo), machine.value.precision))
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
    if published is not None and _is_before(best.value, published):
        detail = f"{best.source} {best.locator}: {clean(best.raw)[:DETAIL_LIMIT]}"
        return Choice(None, None, (ArticleWarning("modified_before_published", detail),))
    return Choice(best.value, provenance(best))


def _is_before(changed: Stamp, published: Stamp) -> bool:
    """Whether a change is of an earlier minute than the publication, where both say their minute alike."""
    one, other = changed.value, published.value
    if not (isinstance(one, datetime) and isinstance(other, datetime)):
        return False
    if (one.tzinfo is None) != (other.tzinfo is None) or _is_midnight(changed):
        return False
    return one.replace(second=0, microsecond=0) < other.replace(second=0, microsecond=0)


def _is_possible(stamp: Stamp, now: datetime | None) -> bool:
    if stamp.day in EMPTY_DAYS:
        return False
    return now is None or stamp.day <= now.date() + timedelta(days=2)


def _clues(layout: Layout) -> Iterator[Clue]:
    known = list(from_profile(layout))
    if not any(clue.visible and not clue.relative and clue.role == "published" for clue in known):
        known += from_sight(layout)
    known += (*from_data(layout), *from_meta(layout), *from_outside(layout))
    yield from known
    if not any(clue.role == "published" and clue.weight >= ENOUGH for clue in known):
        stated = list(from_state(layout))
        yield from stated
        if stated:
            return
        told = list(from_loose_text(layout)) or list(from_facts(layout))
        issued = None if told else issue_day(layout)
        yield from told if issued is None else [issued]
