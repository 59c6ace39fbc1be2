"""Every family of printed dates is read as it is meant."""

from datetime import datetime

import pytest

from archiver.arabic.dates import parse_date
from tests.arabic.families import FAMILIES

NOW = datetime.fromisoformat("2024-03-10T15:00:00+02:00")

CASES = [(family, text, expected) for family, cases in FAMILIES.items() for text, expected in cases]


@pytest.mark.parametrize(("family", "text", "expected"), CASES)
def test_a_family_is_read(family: str, text: str, expected: str | None) -> None:
    parsed = parse_date(text, now=NOW)
    assert (None if parsed is None else parsed.isoformat()) == expected, family
