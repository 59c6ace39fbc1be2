"""Six times the articles need no more memory."""

import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from archiver.export import FORMATS, Source, columnar, export, replay
from archiver.search import Query
from archiver.store import Archive
from tests.export.conftest import NOON, article, keep

FEW, MANY = 400, 2_400  # no fewer: two batches of 200 are held, one that is read and one that is written


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with few articles, one with many, of two thousand letters each."""
    folder = tmp_path_factory.mktemp("big")
    archive = Archive.create_or_open(folder)
    try:
        for site, number in (("few.example", FEW), ("many.example", MANY)):
            for each in range(number):
                story = article(
                    f"https://{site}/{each}",
                    title=f"خبر {each}",
                    body=f"{each:04} " * 400,
                    published_at=date(2020, 1, 1) + timedelta(each % 500),
                    published_precision="day",
                )
                keep(archive, story, NOON)
        while archive.fulltext.pending():
            archive.commit()
        archive.commit()
        while archive.fulltext.pending():
            archive.commit()
    finally:
        archive.close()
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_needs_no_memory(
    big: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columnar, "PORTION", 1)  # what these hold on purpose
    monkeypatch.setattr(replay, "BLOCK", 100)
    few = _peak(big, name, "few.example", FEW, tmp_path)
    many = _peak(big, name, "many.example", MANY, tmp_path)
    assert many < few * 1.5


def _peak(folder: Path, name: str, site: str, number: int, into: Path) -> int:
    """Bytes that Python, and the columns of Arrow, held at most while it exported."""
    archive = Archive.open_for_reading(folder)
    columns = pa.proxy_memory_pool(pa.default_memory_pool())
    before = pa.default_memory_pool()
    pa.set_memory_pool(columns)
    try:
        source = Source(archive, Query(site=site))
        tracemalloc.start()
        export(source, FORMATS[name], into / site)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(before)
        archive.close()
    assert (source.counts.articles, source.counts.left_out) == (number, [])
    return peak + columns.max_memory()
