"""What the charts are drawn from: plain values that `static/room.js` hands to the charting library.

Every plot has a table beside it with the same numbers and links, for who cannot see or click it.
"""

from calendar import monthrange
from collections.abc import Sequence
from typing import Any

from archiver.web.room import link
from archiver.web.shelf import MonthCount


def month_plot(counts: Sequence[MonthCount], **query: object) -> dict[str, Any]:
    """Articles a month as bars, each leading to its month's search, with the query's other filters kept."""
    return {
        "kind": "months",
        "labels": [each.month for each in counts],
        "values": [each.articles for each in counts],
        "links": [month_link(each.month, **query) for each in counts],
    }


def month_link(month: str, **query: object) -> str:
    """The search of one month, 2023-05."""
    return link("/search", **query, **{"from": f"{month}-01", "to": f"{month}-{_days(month):02}"})


def _days(month: str) -> int:
    year, number = int(month[:4]), int(month[5:7])
    return monthrange(year, number)[1] if year and 1 <= number <= 12 else 31
