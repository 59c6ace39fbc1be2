"""What a reading of a printed date comes to."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from archiver.arabic.resolve import Calendar
from archiver.article import ArticleWarning, Precision

Role = Literal["published", "modified"]


class ParsedDate(NamedTuple):
    """One date as read: the value, how precise the text is, and what a reader must know.

    `value` is a `date` for year, month and day (the first day where the text names none), else a
    `datetime`: aware where a zone is printed, given, or comes with `now`.
    """

    value: date | datetime
    precision: Precision
    calendar: Calendar = "gregorian"
    system: str | None = None
    """Which month names: egyptian, levantine, maghrebi_dz_tn, moroccan, libyan, hijri ..., or None."""
    countries: tuple[str, ...] = ()
    """Where those names are at home, ISO 3166; empty where they say nothing."""
    zone: str | None = None
    """The zone as printed, folded; None where none is."""
    role: Role | None = None
    """What the label before the date says it is."""
    modified: date | datetime | None = None
    """The date of the update, where the line prints both."""
    warnings: tuple[ArticleWarning, ...] = ()
    how: tuple[str, ...] = ()
    """How the line was read, step by step."""

    @property
    def zone_printed(self) -> bool:
        """Whether the zone is the page's own word, not an assumption."""
        return self.zone is not None

    def isoformat(self) -> str:
        """ISO 8601, as precise as the text: 2021, 2021-03, 2021-03-05, 2021-03-05T10+03:00, …T10:30+03:00."""
        if self.precision == "year":
            return f"{self.value.year:04}"
        if self.precision == "month":
            return f"{self.value.year:04}-{self.value.month:02}"
        if isinstance(self.value, datetime):
            return self.value.isoformat(timespec=f"{self.precision}s")
        return self.value.isoformat()
