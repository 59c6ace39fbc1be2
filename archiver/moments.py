"""Dates of publication compared: an article prints one moment in many ways, in two zones, with a zone or without."""

from datetime import UTC, date, datetime, timedelta

DAY = len("2023-05-30")
WIDEST, HALF_HOUR = timedelta(hours=14), timedelta(minutes=30)
"""How far a zone is from UTC at the most, and of what its distance is made."""


def value_of(text: str) -> date | datetime:
    """The date or moment of an ISO 8601 text. Raises ValueError for any other."""
    return date.fromisoformat(text) if len(text) <= DAY else datetime.fromisoformat(text)


def moment_of(value: date) -> datetime:
    """A day or moment as a moment; without a zone as if in UTC."""
    moment = (
        value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def lacks_zone(one: datetime, other: datetime) -> bool:
    """Whether one of the two has a zone, and the other has none."""
    return (one.tzinfo is None) != (other.tzinfo is None)


def are_one_moment(one: datetime, other: datetime) -> bool:
    """Whether two readings may be of one moment; of a clock without a zone and a moment in one, whether some zone's
    whole or half hours part them.
    """
    if not lacks_zone(one, other):
        return one == other
    apart = moment_of(one) - moment_of(other)
    return abs(apart) <= WIDEST and apart % HALF_HOUR == timedelta()


def to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
