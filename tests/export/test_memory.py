"""Six times the articles need no more memory."""

import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from sqlalchemy import insert, select

from archiver.clock import as_text
from archiver.export import FORMATS, Source, columnar, export, replay
from archiver.search import Query
from archiver.store import Archive
from archiver.store import tables as t
from tests.export.conftest import NOON, article, keep

FEW, MANY = 400, 2_400  # no fewer: two batches of 200 are held, one that is read and one that is written


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with few articles, one with many, of two thousand letters each; all of one page."""
    folder = tmp_path_factory.mktemp("big")
    archive = Archive.create_or_open(folder)
    snapshots = t.table_of(t.Snapshot)
    try:
        keep(archive, article("https://page.example/1"), NOON)
        archive.commit()
        page = dict(archive.connection.execute(select(snapshots)).mappings().one())
        file = page["warc_file"]
        for site, number in (("few.example", FEW), ("many.example", MANY)):
            site_id = archive.site_id(f"https://{site}/")
            for each in range(number):
                url = f"https://{site}/{each}"
                page |= {"id": page["id"] + 1, "url": url, "url_key": url, "warc_file": f"{site}-{each}"}
                (folder / "warc" / page["warc_file"]).hardlink_to(folder / "warc" / file)
                archive.connection.execute(insert(snapshots), page)
                story = article(
                    url,
                    title=f"خبر {each}",
                    body=f"{each:04} " * 400,
                    published_at=date(2020, 1, 1) + timedelta(each % 500),
                    published_precision="day",
                )
                archive.articles.store(
                    story, site_id=site_id, snapshot_id=page["id"], fetched_at=as_text(NOON)
                )
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
    assert source.counts.articles == number
    return peak + columns.max_memory()
