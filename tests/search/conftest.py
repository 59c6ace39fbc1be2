"""Archives to search: of six stories, and an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.store import Archive
from tests.search.stories import STORIES, article, keep, new_archive


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = new_archive(tmp_path_factory.mktemp("search"))
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()
    yield archive
    archive.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path)
    yield opened
    opened.close()
