"""An archive with a site and three snapshots."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from archiver.store import Archive
from archiver.store import tables as t


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    opened = Archive.create_or_open(tmp_path / "archive")
    opened.site_id("https://example.ly/")
    for number in range(1, 4):
        opened.connection.execute(insert(t.Snapshot).values(
            url=f"https://example.ly/{number}", url_key=f"example.ly/{number}", fetched_at="2023-05-30", status=200,
            record_type="response", warc_file="x", warc_offset=number, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    opened.commit()
    yield opened
    opened.close()
