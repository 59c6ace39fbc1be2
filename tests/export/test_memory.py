"""Ten times the articles need no more memory."""

import os
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest

from archiver.clock import as_text
from archiver.export import FORMATS, Source, stream
from archiver.search import Query
from archiver.store import Archive
from tests.export.conftest import NOON, article, keep

FEW, MANY = 400, 4_000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with few articles, one with many, of two thousand letters each."""
    folder = tmp_path_factory.mktemp("big")
    archive = Archive.create_or_open(folder)
    try:
        keep(archive, article("https://page.example/1"), NOON)
        archive.commit()
        for site, number in (("few.example", FEW), ("many.example", MANY)):
            site_id = archive.site_id(f"https://{site}/")
            for each in range(number):
                story = article(
                    f"https://{site}/{each}",
                    title=f"خبر {each}",
                    body=f"{each} " * 400,
                    published_at=date(2020, 1, 1) + timedelta(each % 500),
                    published_precision="day",
                )
                archive.articles.store(story, site_id=site_id, snapshot_id=1, fetched_at=as_text(NOON))
        while archive.fulltext.pending():
            archive.commit()
        archive.commit()
        while archive.fulltext.pending():
            archive.commit()
    finally:
        archive.close()
    return folder


@pytest.mark.parametrize("name", ["csv", "jsonl", "ris"])
def test_a_stream_needs_no_memory(big: Path, name: str) -> None:
    few, many = (
        _peak(big, name, site, number) for site, number in (("few.example", FEW), ("many.example", MANY))
    )
    assert many < few * 1.5


def _peak(folder: Path, name: str, site: str, number: int) -> int:
    """Bytes that Python held at most while it exported."""
    archive = Archive.open_for_reading(folder)
    try:
        source = Source(archive, Query(site=site))
        tracemalloc.start()
        with Path(os.devnull).open("wb") as nowhere:
            stream(source, FORMATS[name], nowhere)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        archive.close()
    assert source.counts.articles == number
    return peak
