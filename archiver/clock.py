"""The one place that reads the clock: UTC, ISO 8601."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def now_text() -> str:
    return as_text(now())


def as_text(moment: datetime) -> str:
    """UTC to the microsecond, so that text order is time order: 2026-11-23T16:25:51.000123+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
