"""The project's own fixture pages, for every test that wants them."""

import functools
from pathlib import Path

from archiver.cli._golden import Fixture
from archiver.extract import Reading, read_page

ROOT = Path(__file__).parent / "fixtures"
ELSEWHERE = frozenset({"newsroom", "archives"})
"""Folders of fixtures that are no pages with goldens."""


def fixtures() -> list[Fixture]:
    """Every fixture folder, whether it is whole or not."""
    folders = [each for each in sorted(ROOT.glob("*/*")) if each.is_dir()]
    return [
        Fixture(f"{each.parent.name}/{each.name}", each)
        for each in folders
        if each.parent.name not in ELSEWHERE
    ]


@functools.cache
def reading(fixture: Fixture) -> Reading:
    """What Warraq reads of a fixture's page, read once a run."""
    return read_page(fixture.page())
