"""What a crawl keeps to: how much, which days, which section, how long."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from archiver.arabic.text import fold
from archiver.article import Article
from archiver.errors import InputError
from archiver.left_out import OF_SECTION, PARTED, addresses_of, left_day, parts_of, sections_of
from archiver.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a crawl keeps to. `limit` and `max_pages` are per site."""

    limit: int | None = None
    since: date | None = None
    until: date | None = None
    section: str | None = None
    max_pages: int = 100_000
    max_depth: int = 10_000
    max_runtime: float | None = None  # seconds

    @property
    def is_short(self) -> bool:
        """Whether a crawl may end before everything was asked for: then it matters what goes first."""
        return self.limit is not None or self.max_runtime is not None

    def admits_day(self, published: date | datetime | str | None) -> bool:
        """Whether a day of publication is in range; one that is not known is not, once a range is asked for."""
        if self.since is None and self.until is None:
            return True
        day = day_of(published)
        return (
            day is not None
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )

    def admits_section(self, article: Article) -> bool:
        """Whether the section asked for is the article's: by name, by breadcrumb, or by a part of the address of either
        the article or a breadcrumb; an address asks for the breadcrumb that leads there.
        """
        return self.section is None or self._names_section([*sections_of(article), *addresses_of(article)])

    def _names_section(self, names: Iterable[str]) -> bool:
        wanted = (self.section or "").partition("://")[2].partition("/")[2] or self.section or ""
        return fold(unquote(wanted).strip("/")) in map(fold, names)

    def finds_too_old(self, outcome: Outcome, detail: str | None) -> bool:
        """Whether an article was left out for it was published before what is asked for."""
        day = day_of(left_day(detail)) if outcome == Outcome.OUT_OF_RANGE else None
        return day is not None and self.since is not None and day < self.since

    def may_admit(self, url: str, outcome: str, detail: str) -> bool:
        """Whether an article that an earlier crawl left out may be within these bounds, by its `fetches.detail`."""
        if outcome == Outcome.OUT_OF_SECTION:
            names = detail.removeprefix(OF_SECTION).split(PARTED)
            parts = (part for name in names for part in name.split("/"))
            return self.section is None or self._names_section([*names, *parts, *parts_of(url)])
        if (day := left_day(detail)) is not None:
            return self.admits_day(day)
        return self.since is None or self.since.isoformat() < detail[-len("2023-05-30") :]

    @classmethod
    def parsed(
        cls,
        limit: Any = None,
        since: Any = None,
        until: Any = None,
        section: str | None = None,
        max_runtime: Any = None,
        max_pages: Any = None,
        max_depth: Any = None,
    ) -> "Bounds":
        """The bounds as a person writes them; empty is none. Raises `InputError` naming the argument."""

        def number(name: str, value: Any) -> int | None:
            if value in (None, ""):
                return None
            try:
                result = int(value)
            except ValueError:
                result = 0
            if result < 1:
                raise InputError(f"{name}={value}: must be a whole number from 1")
            return result

        def day(name: str, value: Any) -> date | None:
            if value in (None, "") or isinstance(value, date):
                return value or None
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise InputError(f"{name}={value}: must be a day, as in 2023-05-30") from None

        bounds = cls(
            limit=number("limit", limit),
            since=day("since", since),
            until=day("until", until),
            section=section or None,
            max_runtime=number("max_runtime", max_runtime),
        )
        if bounds.since and bounds.until and bounds.since > bounds.until:
            raise InputError(f"since={bounds.since} is after until={bounds.until}")
        pages, depth = number("max_pages", max_pages), number("max_depth", max_depth)
        return replace(bounds, max_pages=pages or bounds.max_pages, max_depth=depth or bounds.max_depth)


def day_of(moment: date | datetime | str | None) -> date | None:
    """The day of a date, a moment or an ISO 8601 text, as printed (no zone is changed)."""
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date) or moment is None:
        return moment
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None
