"""What a crawl keeps to: how much, which days, which section, how long."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from archiver.arabic.text import fold
from archiver.article import Article
from archiver.errors import InputError
from archiver.urls import readable


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
        """Whether the section asked for is the article's: by name, by breadcrumb or by a part of its path."""
        if self.section is None:
            return True
        wanted = fold(self.section.strip("/"))
        names = [article.section or "", *(crumb.name for crumb in article.breadcrumbs)]
        return wanted in map(fold, names) or wanted in map(fold, readable(article.url).split("/")[3:-1])

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
