"""The page of a snapshot: framed in a sandbox, whole, and named where it is torn."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from starlette.testclient import TestClient

from archiver.web.app import create_app
from archiver.web.shelter import REPLAY_POLICY
from tests.web.conftest import Room, keep, text_of


def test_a_snapshot_is_framed_in_a_sandbox_and_its_true_bytes_are_a_file(
    client: TestClient, room: Room
) -> None:
    framing = text_of(client, f"/snapshot/{room.hostile}")
    frame = re.search(r"<iframe [^>]+>", framing)
    assert frame
    assert 'sandbox=""' in frame[0]
    page = client.get(f"/snapshot/{room.hostile}/page")
    assert page.headers["content-security-policy"] == REPLAY_POLICY
    assert "allow-" not in REPLAY_POLICY
    raw = client.get(f"/snapshot/{room.hostile}/raw")
    shown = room.desk.run("show", "https://hostile.example/story", "--raw")
    assert raw.content.decode() == shown.out
    assert raw.headers["content-disposition"].startswith("attachment")
    assert raw.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in raw.headers["content-security-policy"]


def test_every_page_is_replayed_with_its_words_whatever_its_encoding(client: TestClient, room: Room) -> None:
    stories = room.desk.sql("SELECT title, snapshot_id FROM articles WHERE site = ?", room.site)
    assert (
        len(stories) >= 40
    )  # three of them in windows-1256: declared, undeclared, and under a header that lies
    for title, snapshot in stories:
        assert title in text_of(client, f"/snapshot/{snapshot}/page")


def test_what_is_no_page_is_text_or_a_file(client: TestClient, room: Room) -> None:
    robots = room.desk.column("SELECT id FROM snapshots WHERE url LIKE '%/robots.txt'")[0]
    assert "User-agent" in text_of(client, f"/snapshot/{robots}/page")
    sitemap = room.desk.column("SELECT id FROM snapshots WHERE content_type LIKE '%xml%' AND status = 200")[0]
    assert "&lt;loc&gt;" in text_of(client, f"/snapshot/{sitemap}/page")
    picture, _ = keep(room.desk.archive, "https://hostile.example/picture", b"\x89PNG\r\n", "image/png")
    assert "<iframe" not in text_of(client, f"/snapshot/{picture}")
    text_of(client, f"/snapshot/{picture}/page", 415)
    text_of(client, "/snapshot/999999", 404)


def test_a_torn_snapshot_is_named_not_hidden(tmp_path: Path) -> None:
    snapshot, article = keep(tmp_path, "https://example.ly/1", b"<h1>x</h1>")
    next((tmp_path / "warc").iterdir()).write_bytes(b"torn")
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert text_of(client, f"/article/{article}")
        assert "restore the file from a backup" in text_of(client, f"/snapshot/{snapshot}/page", 500)
        with closing(sqlite3.connect(tmp_path / "archive.db")) as damaged, damaged:
            damaged.execute("DROP TABLE tags")
        damaged.close()
        assert "no such table: tags" in text_of(client, f"/article/{article}", 500)
