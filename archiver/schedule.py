"""When a site is crawled again, and an archived article looked at again: data, read from `schedule.toml`.

The file beside this one holds the schedule; a `schedule.toml` in the archive's folder goes over it,
key by key. Both are loaded strictly: an unknown key or a wrong value is an `InputError` that says
``file:line: key: reason``. Only the rules are kept, never what they came to: a changed schedule holds
from the next run on.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from archiver.errors import InputError
from archiver.store.tables import Site

FILE = "schedule.toml"
DEFAULTS = Path(__file__).with_name(FILE)
DURATION = re.compile(r"(\d+)\s*([smhdw])")
HEADER = re.compile(r"\s*\[+([^\[\]]+)\]")
KEY = re.compile(r"""\s*["']?([^"'=#]+?)["']?\s*=""")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST = timedelta(weeks=5_200)


@dataclass(frozen=True, slots=True)
class Step:
    """While an article is younger than `until` (None: however old), it is looked at again `every` so often."""

    until: timedelta | None
    every: timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """What one step makes due: articles dated from `dated_from` until before `dated_until`, and last asked for
    before `looked_before`.
    """

    dated_from: datetime | None  # None: however old
    dated_until: datetime
    looked_before: datetime


@dataclass(frozen=True)
class Schedule:
    """The rules, as the files give them."""

    every: timedelta
    own: Mapping[str, timedelta] = field(default_factory=dict)  # by the site's name
    share: float = 0.25
    least: int = 20
    steps: tuple[Step, ...] = ()
    sitemaps: int = 6
    sections: int = 4

    @classmethod
    def load(cls, folder: Path | None = None) -> "Schedule":
        """The schedule of the archive in the folder. Raises `InputError` as the module says."""
        values = _read(DEFAULTS)
        if folder is not None and (folder / FILE).is_file():
            values |= _read(folder / FILE)
        return cls(**values)

    def pace(self, site: str) -> timedelta:
        """How long after a finished crawl the site is due again."""
        return self.own.get(site, self.every)

    def windows(self, now: datetime) -> list[Window]:
        """What is due now, step by step, the youngest articles first."""
        found, newest = [], now + LONGEST  # a date in the future is a recent one
        for step in self.steps:
            oldest = now - step.until if step.until is not None else None
            found.append(Window(oldest, newest, now - step.every))
            newest = oldest or newest
        return found


@dataclass(frozen=True, slots=True)
class SiteTime:
    """A site of the archive, and when its next crawl is due."""

    name: str
    start_url: str
    crawled_at: datetime | None  # UTC; the end of its last finished crawl, None before there was one
    due_at: datetime | None  # UTC; None: at once, as its first crawl was never finished

    def overdue(self, now: datetime) -> timedelta | None:
        """How long it has been due; None where it is not due yet. A crawl in the future was a wrong clock."""
        if self.due_at is None or self.crawled_at is None or self.crawled_at > now:
            return timedelta(0)
        return now - self.due_at if self.due_at <= now else None


def site_times(connection: Connection, schedule: Schedule) -> list[SiteTime]:
    """Every site of the archive with its time, those never crawled to the end first, then by due time."""
    rows = connection.execute(select(Site.name, Site.start_url, Site.crawled_at).order_by(Site.id))
    found = []
    for name, start_url, crawled_at in rows:
        moment = datetime.fromisoformat(crawled_at) if crawled_at else None
        found.append(SiteTime(name, start_url, moment, moment + schedule.pace(name) if moment else None))
    return sorted(found, key=lambda each: (each.due_at is not None, each.due_at))


def due_sites(connection: Connection, now: datetime, schedule: Schedule) -> list[SiteTime]:
    """The sites whose time has come at the moment `now` (aware), the longest overdue first."""
    return [each for each in site_times(connection, schedule) if each.overdue(now) is not None]


def dated(published_at: date | datetime | str | None, fetched_at: str) -> str | None:
    """How old an article is, as the frontier keeps it: its day or moment of publication, in UTC where the zone is
    known. None where none is known, or it lies after `fetched_at` (UTC text).
    """
    if isinstance(published_at, str) and len(published_at) > 10:
        published_at = datetime.fromisoformat(published_at)
    if isinstance(published_at, datetime) and published_at.tzinfo is not None:
        published_at = published_at.astimezone(UTC)
    text = published_at if isinstance(published_at, str) or published_at is None else published_at.isoformat()
    return text if text is not None and text <= fetched_at else None


def _read(path: Path) -> dict[str, Any]:
    """The file's values by the names of `Schedule`'s fields; only those it gives."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise InputError(f"{path}:{place[1] if place else 1}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None
    return _Reader(path, text).values(data)


def _places(text: str) -> dict[str, int]:
    """The first line of every table, key and step; tomllib does not tell."""
    places: dict[str, int] = {}
    table, step = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        header, key = HEADER.match(line), KEY.match(line)
        if line.lstrip().startswith(("{", "[[")):
            step += 1
            table = f"articles.steps[{step}]" if header else table
            places[f"articles.steps[{step}]"] = number
        elif header:
            table = re.sub(r"[\s\"']", "", header[1])
            places.setdefault(table, number)
        elif key:
            places.setdefault(f"{table}.{key[1]}".strip("."), number)
    return places


class _Reader:
    """Reads one file's tables; knows the text, so that every complaint can name its line."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._places = _places(text)

    def values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        self._only(data, ("sites", "articles", "lists"), "")
        sites, articles, lists = (self._table(data, name) for name in ("sites", "articles", "lists"))
        self._only(sites, ("every", "own"), "sites.")
        self._only(articles, ("share", "least", "steps"), "articles.")
        self._only(lists, ("sitemaps", "sections"), "lists.")
        found: dict[str, Any] = {}
        if "every" in sites:
            found["every"] = self._duration(sites, "every", "sites.every")
        if "own" in sites:
            own = self._table(sites, "own", "sites.own")
            found["own"] = {name: self._duration(own, name, f"sites.own.{name}") for name in own}
        if "share" in articles:
            found["share"] = self._share(articles["share"])
        if "least" in articles:
            found["least"] = self._count(articles, "least", "articles.least")
        if "steps" in articles:
            found["steps"] = self._steps(articles["steps"])
        for name in lists:
            found[name] = self._count(lists, name, f"lists.{name}")
        return found

    def _error(self, name: str, reason: str) -> InputError:
        """The complaint, on the line that gives the key, or else the table or list it is in."""
        place = name
        while place and place not in self._places:
            place = place.rpartition(".")[0]
        return InputError(f"{self._path}:{self._places.get(place, 1)}: {name}: {reason}")

    def _only(self, table: Mapping[str, Any], known: Iterable[str], prefix: str) -> None:
        for name in table:
            if name not in known:
                raise self._error(f"{prefix}{name}", f"no such key; there are {', '.join(known)}")

    def _table(self, data: Mapping[str, Any], key: str, name: str | None = None) -> Mapping[str, Any]:
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise self._error(name or key, "must be a table")
        return table

    def _duration(self, table: Mapping[str, Any], key: str, name: str) -> timedelta:
        value = table[key]
        found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        length = timedelta(**{UNITS[found[2]]: min(int(found[1]), 10**8)}) if found else timedelta(0)
        if not timedelta(0) < length <= LONGEST:
            raise self._error(name, f"{value!r} is no duration; write 90s, 30m, 6h, 7d or 8w, as text")
        return length

    def _count(self, table: Mapping[str, Any], key: str, name: str) -> int:
        value = table[key]
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
            raise self._error(name, f"{value!r} is no whole number from 0 to 10000")
        return value

    def _share(self, value: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 0.9:
            raise self._error("articles.share", f"{value!r} is no share from 0 to 0.9")
        return float(value)

    def _steps(self, value: Any) -> tuple[Step, ...]:
        name = "articles.steps"
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._error(name, 'must be a list of tables, as { until = "1d", every = "3h" }')
        steps = [self._step(each, f"{name}[{number}]") for number, each in enumerate(value, 1)]
        if any(step.until is None for step in steps[:-1]):
            raise self._error(name, "only the last step may be without `until`")
        bounds = [step.until for step in steps if step.until is not None]
        if any(later <= earlier for earlier, later in pairwise(bounds)):
            raise self._error(name, "each `until` must be longer than the one before it")
        return tuple(steps)

    def _step(self, table: Mapping[str, Any], name: str) -> Step:
        self._only(table, ("until", "every"), f"{name}.")
        if "every" not in table:
            raise self._error(name, "`every` is missing")
        until = self._duration(table, "until", f"{name}.until") if "until" in table else None
        return Step(until, self._duration(table, "every", f"{name}.every"))
