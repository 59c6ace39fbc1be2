"""Dates in languages the tables do not hold, by dateparser, when the page's locale names one.

dateparser takes some fifty times as long and reads dates into much that is none, so it is asked
only where a caller says the page is Turkish, Persian or the like, only of a line short enough to be a
date (its time grows with the line: half a millisecond for these), and only a whole date counts.
"""

from datetime import datetime
from typing import Any

from archiver.article import Precision

OURS = frozenset({"ar", "en", "fr"})
"""Languages whose words the tables hold."""

LONGEST = 40
"""Characters of the longest line that is handed on; a printed date with its clock is shorter."""

LONGEST_WITHOUT_DIGITS = 20
"""Likewise for a line without a number: «yesterday» in any language, but no headline."""

MOST_WORDS = 8
"""Words, marks apart, of the longest line that is handed on."""


def foreign_date(text: str, locale: str, now: datetime | None) -> tuple[datetime, Precision] | None:
    """The moment a line of the locale's language prints, with how precise it is, or None.

    Time of day is 00:00 where the precision is "day". A language dateparser has not heard of is None.
    """
    language = locale.replace("_", "-").partition("-")[0].lower()
    if not language or language in OURS or not _is_short(text):
        return None
    import dateparser.date  # a fifth of a second, and most archives never need it

    settings: dict[str, Any] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": True,
        "DATE_ORDER": "DMY",
    }
    if now is not None:
        settings["RELATIVE_BASE"] = now.replace(tzinfo=None)
    try:
        found = dateparser.date.DateDataParser(languages=[language], settings=settings).get_date_data(text)
    except ValueError:  # a language it has not heard of
        return None
    if found.date_obj is None:
        return None
    return found.date_obj, "minute" if found.period == "time" else "day"


def _is_short(text: str) -> bool:
    """Whether a line may be no more than a date, so that reading it is quick."""
    if len(text) > LONGEST or text.count(" ") >= MOST_WORDS:
        return False
    return len(text) <= LONGEST_WITHOUT_DIGITS or any(map(str.isdigit, text))
