"""Every schema that was released is kept as a small archive; each is brought to the newest, with nothing lost.

`python -m tests.keep_archive` makes the next one.
"""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, text

from archiver import dedupe
from archiver.cli import warraq
from archiver.clock import now_text
from archiver.errors import SchemaError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.archive import SCHEMA
from archiver.store.verify import Checked, verify
from tests.keep_archive import KEPT, unpack

TOLD = ("version", "fetched_at", "payload_digest", "warc_file", "warc_offset", "warc_length", "further_pages")
"""What `warraq show --json` adds to the item."""
SCHEMAS = sorted(KEPT.iterdir())
MENDED = {"snapshots", "fetches"}
"""What a crash had left in the WARC file is adopted into these."""


@pytest.fixture(scope="module", params=SCHEMAS, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as it was left by the Warraq of its day."""
    return unpack(request.param.name, tmp_path_factory.mktemp(request.param.name) / "archive")


@pytest.fixture(scope="module")
def before(kept: Path) -> dict[str, list[dict[str, Any]]]:
    return tables(kept)


@pytest.fixture(scope="module")
def upgraded(kept: Path, before: dict[str, list[dict[str, Any]]]) -> Path:
    if schema_of(kept) != SCHEMA:
        with pytest.raises(SchemaError, match="run `warraq reindex"):
            Archive.open_for_reading(kept).close()
    Archive.create_or_open(kept).close()
    return kept


def schema_of(folder: Path) -> str:
    connection = sqlite3.connect(folder / "archive.db")
    (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(schema)


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for those that hold an index of the others."""
    connection = sqlite3.connect(folder / "archive.db")
    connection.row_factory = sqlite3.Row
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith(("alembic", "sqlite", "articles_fts", "search_", "copy_bands"))
    ]
    found = {
        name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
        for name in names
    }
    connection.close()
    return found


def run(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(warraq, arguments, catch_exceptions=False)
    return ran.exit_code, ran.output


def test_no_row_is_lost_or_altered(before: dict[str, list[dict[str, Any]]], upgraded: Path) -> None:
    after = tables(upgraded)
    assert len(before["articles"]) >= 12
    for name, rows in before.items():
        columns = rows[0].keys() if rows else ()
        assert set(columns) <= set(after[name][0] if rows else ())
        kept = [{key: row[key] for key in columns} for row in after[name]]
        if name in MENDED:
            kept = kept[: len(rows)]
        assert kept == rows, name


def test_it_is_what_it_says(before: dict[str, list[dict[str, Any]]], upgraded: Path) -> None:
    archive, checked = Archive.open_for_reading(upgraded), Checked()
    assert list(verify(archive, checked)) == []
    archive.close()
    assert checked.articles == len(before["articles"])
    assert run("verify", "--archive", str(upgraded))[0] == 0


def test_every_article_is_shown_and_its_page_given_back(
    before: dict[str, list[dict[str, Any]]], upgraded: Path
) -> None:
    newest = {(row["article_id"], row["number"]): row["item"] for row in before["article_versions"]}
    for row in before["articles"]:
        code, out = run("show", row["url"], "--json", "--archive", str(upgraded))
        item = json.loads(out)
        item.pop("parser")
        kept = {name: item.pop(name) for name in TOLD}
        assert (kept["version"], kept["fetched_at"]) == (row["version"], row["fetched_at"])
        assert (code, item) == (0, json.loads(newest[row["id"], row["version"]]))
        code, page = run("show", row["url"], "--raw", "--archive", str(upgraded))
        assert code == 0
        assert "<html" in page


def test_its_articles_are_found_and_its_sites_have_a_status(
    before: dict[str, list[dict[str, Any]]], upgraded: Path
) -> None:
    word = max(before["articles"][0]["title"].split(), key=len)
    code, out = run("search", word, "--json", "--archive", str(upgraded))
    assert code == 0
    assert before["articles"][0]["url"] in out
    (site,) = json.loads(run("status", "--json", "--archive", str(upgraded))[1])["sites"]
    assert site["articles"] == len(before["articles"])


def test_copies_of_what_was_compared_then_are_found(
    before: dict[str, list[dict[str, Any]]], upgraded: Path, tmp_path: Path
) -> None:
    """Under the keys that were kept, though their shingles were not."""
    compared = {row["article_id"] for row in before.get("copy_texts", ())}
    archive = Archive.create_or_open(shutil.copytree(upgraded, tmp_path / "archive"))
    old = [row for row in before["articles"] if row["id"] in compared and row["body"]]
    highest = max(row["id"] for row in before["articles"])
    for number, row in enumerate(old, highest + 1):
        archive.connection.execute(insert(t.ArticleRow), {
            **row, "id": number, "url_key": f"copy/{number}", "blocks": [], "body": f"{row['body']} وهذه نسخة"})  # fmt: skip
    dedupe.update(archive)
    links = archive.connection.execute(select(t.CopyLink.article_id, t.CopyLink.other_id)).all()
    for number, row in enumerate(old, highest + 1):
        assert (number, row["id"]) in links
    archive.close()


def test_the_next_run_counts_the_runs_of_the_past(upgraded: Path) -> None:
    archive = Archive.create_or_open(upgraded)
    as_of_today = text("UPDATE runs SET ended_at = :now WHERE ended_at IS NOT NULL")
    archive.connection.execute(as_of_today, {"now": now_text()})
    archive.start_run("crawl", {})
    archive.close()
    connection = sqlite3.connect(upgraded / "archive.db")
    counted = connection.execute(
        "SELECT run_id, result, new_articles FROM site_runs ORDER BY run_id"
    ).fetchall()
    connection.close()
    assert counted[:2] == [(1, "done", 12), (2, "done", 0)]
    assert [result for _, result, _ in counted[2:]] == ["killed"]


def test_a_schema_is_kept_whole() -> None:
    assert SCHEMAS
    for folder in SCHEMAS:
        assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 1_000_000
        assert list((folder / "warc").glob("*.warc.gz"))


@pytest.mark.parametrize("schema", [path.name for path in SCHEMAS if path.name != SCHEMA])
def test_a_backup_of_an_older_archive_is_verified_before_it_is_brought_up(
    tmp_path: Path, schema: str
) -> None:
    archive, safe = unpack(schema, tmp_path / "archive"), str(tmp_path / "safe")
    assert run("backup", safe, "--archive", str(archive))[0] == 0
    code, told = run("verify", "--archive", safe)
    assert (code, f"of schema {schema}, looked at once" in told, "no problems" in told) == (0, True, True), (
        told
    )
    (warc,) = (tmp_path / "safe" / "warc").iterdir()
    whole = bytearray(warc.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    warc.write_bytes(whole)
    assert run("verify", "--archive", safe)[0] == 1
    before = tables(archive)["article_versions"]
    assert run("reindex", "--archive", str(archive))[0] == 0
    assert (schema_of(archive), tables(archive)["article_versions"]) == (SCHEMA, before)
    assert run("verify", "--archive", str(archive))[0] == 0


def test_an_archive_of_a_newer_warraq_is_refused_by_what_reads_too(tmp_path: Path) -> None:
    Archive.create_or_open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "archive.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for older in (False, True):
        with pytest.raises(SchemaError, match="install the newest Warraq"):
            Archive.open_for_reading(tmp_path, older=older)
