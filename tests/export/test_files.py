"""Parquet, SQLite and WACZ: what is read back by the programs these are for."""

import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import struct
from contextlib import closing
from datetime import date
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.export import FORMATS, Source, columnar, export
from archiver.export.replay import surt
from archiver.search import Query
from archiver.store import Archive
from archiver.web.home import health
from tests.crawl.conftest import Desk
from tests.export.conftest import ARTICLES, FORMULA, HARBOUR, NASTY, OTHER, SECRET, UNDATED, out, page


def test_parquet_is_typed_and_in_folders_by_site_and_month(desk: Desk, tmp_path: Path) -> None:
    made = out(desk, tmp_path, "parquet")
    folders = {str(path.parent.relative_to(made)) for path in made.rglob("*.parquet")}
    assert folders == {
        "site=naba.example/month=2024-05",
        "site=naba.example/month=2024-04",
        "site=naba.example/month=undated",
        "site=sada.example/month=2023-12",
    }
    table = pq.read_table(made)  # the whole folder, as pandas.read_parquet does it
    rows = {row["url"]: row for row in table.to_pylist()}
    assert set(rows) == {HARBOUR, FORMULA, NASTY, UNDATED, OTHER}
    row = rows[HARBOUR]
    assert row["published_day"] == date(2024, 5, 1)
    assert row["published_at"] == "2024-05-01T09:30:00+00:00"
    assert row["authors"] == ["أحمد بن علي", "ليلى حسن"]
    assert row["images"][0]["credit"] == "تصوير سالم"
    assert dict(row["provenance"])["title"]["locator"] == "h1"
    assert row["fetched_at"].isoformat() == "2024-05-02T12:00:00+00:00"
    assert rows[NASTY]["published_day"] is None, "only the month is known"
    manifest = json.loads((made / "_manifest.json").read_text("utf-8"))
    assert {each["path"] for each in manifest["files"]} == {
        str(path.relative_to(made)) for path in made.rglob("*.parquet")
    }


def test_a_file_of_parquet_is_in_one_piece(
    opened: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columnar, "BATCH", 2)  # the two of April come in two batches
    export(Source(opened, Query()), FORMATS["parquet"], tmp_path / "made")
    (april,) = (tmp_path / "made").glob("site=naba.example/month=2024-04/*.parquet")
    read = pq.ParquetFile(april)
    assert (read.metadata.num_rows, read.metadata.num_row_groups) == (2, 1)


def test_parquet_without_texts_and_without_articles(desk: Desk, tmp_path: Path) -> None:
    made = tmp_path / "bare"
    assert desk.run("export", "--format", "parquet", "--no-text", str(made)).code == 0
    table = pq.read_table(made)
    assert "body" not in table.column_names
    assert "caption" not in table.schema.field("images").type.value_type.names
    assert SECRET not in str(table.to_pylist())
    assert desk.run("export", "--format", "parquet", "--overwrite", "--query", "ديناصور", str(made)).code == 0
    (file,) = made.rglob("*.parquet")
    assert pq.read_table(file).num_rows == 0
    assert "title" in pq.read_schema(file).names


def test_a_folder_of_an_earlier_version_is_overwritten_and_a_strangers_is_not(
    desk: Desk, tmp_path: Path
) -> None:
    made = out(desk, tmp_path, "parquet")
    (made / "_manifest.json").rename(made / "manifest.json")
    again = ("export", "--format", "parquet", "--overwrite", str(made))
    assert desk.run(*again).code == 0
    assert {path.name for path in made.glob("*.json")} == {"_manifest.json"}
    shutil.rmtree(made)
    made.mkdir()
    (made / "manifest.json").write_text('{"name": "a web application", "start_url": "/"}')
    refused = desk.run(*again)
    assert refused.code == 2
    assert "a folder that no export made" in refused.err
    assert [path.name for path in made.iterdir()] == ["manifest.json"]


def test_no_site_of_an_export_is_due(desk: Desk, tmp_path: Path) -> None:
    """Nothing can be crawled into it, whatever cron is told."""
    alone = Desk(tmp_path / "alone")
    alone.archive.mkdir()
    shutil.copy(out(desk, tmp_path, "sqlite"), alone.archive / "archive.db")
    with closing(sqlite3.connect(alone.archive / "archive.db")) as database, database:
        database.execute(
            "UPDATE sites SET crawled_at = '2024-01-01T00:00:00+00:00', added_at = '2023-01-01T00:00:00+00:00'"
        )
    told = alone.run("status", "--json")
    assert (told.code, told.summary["is_export"]) == (0, True)
    assert {(each["due_at"], each["overdue"]) for each in told.summary["sites"]} == {(None, False)}
    shown = alone.run("status")
    title = " ".join(shown.out.split())  # the folder's name may be long, and the title in two lines
    assert (shown.code, shown.err, "an export, to be read only" in title) == (0, "", True)
    opened = Archive.open_for_reading(alone.archive)
    assert {(each.due_at, each.is_overdue) for each in health(opened)} == {(None, False)}
    opened.close()
    for form in ("--print-crontab", "--print-systemd"):
        printed = alone.run("schedule", form)
        assert (printed.code, str(alone.archive) in printed.out) == (0, True)
        assert printed.err.startswith(f"warraq: {alone.archive}: an export, to be read only: ")
        assert printed.err.count("\n") == 1
    assert alone.run("crawl", "--due").code == 2


def test_a_smaller_archive_opens_alone(desk: Desk, tmp_path: Path) -> None:
    made = out(desk, tmp_path, "sqlite", "--site", "naba.example")
    alone = Desk(tmp_path / "alone")
    alone.archive.mkdir()
    shutil.copy(made, alone.archive / "archive.db")
    assert {path.name for path in tmp_path.glob("out-sqlite*")} == {"out-sqlite", "out-sqlite.manifest.json"}
    for url in (HARBOUR, FORMULA, NASTY):
        assert alone.run("show", url, "--json").out == desk.run("show", url, "--json").out
    assert alone.run("show", OTHER).code != 0
    assert [hit["url"] for hit in alone.run("search", "الجديد", "--json").summary["hits"]] == [HARBOUR]
    for command, said in (
        (("crawl", "http://127.0.0.1:9/"), "an export, to be read only"),
        (("verify",), "has no pages of its own; verify the archive"),
        (("reparse", "--dry-run"), "has no pages of its own; re-parse the archive"),
        (("backup", str(tmp_path / "copy")), "has no pages of its own; back up the archive"),
        (("show", HARBOUR, "--outcomes"), "has no outcomes of its own; ask the archive"),
        (("show", HARBOUR, "--raw"), "has no pages of its own; have it from the archive"),
        (("export", "--format", "wacz", str(tmp_path / "x.wacz")), "pages of its own; export them from the"),
    ):
        refused = alone.run(*command)
        assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1), refused
        assert said in refused.err
    assert {path.name for path in tmp_path.iterdir()} == {"alone", "out-sqlite", "out-sqlite.manifest.json"}
    with closing(sqlite3.connect(made)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM article_versions").fetchone() == (5,)
        assert database.execute("SELECT name FROM sites").fetchall() == [("naba.example",)]


def test_articles_are_exported_by_their_addresses(desk: Desk, tmp_path: Path) -> None:
    named = ("--url", NASTY, "--url", HARBOUR, "--url", NASTY)
    lines = desk.run("export", "--format", "jsonl", "-", *named).out.splitlines()
    assert [json.loads(line)["url"] for line in lines] == [NASTY, HARBOUR]
    for format_name in ("csv", "bibtex", "sqlite", "wacz"):
        made = tmp_path / f"named-{format_name}"
        assert desk.run("export", "--format", format_name, str(made), *named).code == 0
        manifest = json.loads(made.with_name(f"{made.name}.manifest.json").read_text())
        assert (manifest["articles"], len(manifest["query"]["articles"])) == (2, 2)
    nowhere = desk.run("export", "--format", "csv", "-", "--url", "https://naba.example/nowhere")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "no article of this address" in nowhere.err
    both = desk.run("export", "--format", "csv", "-", "--url", HARBOUR, "--site", "naba.example")
    assert both.code == 2
    assert "leave the other filters away" in both.err


def test_a_smaller_archive_without_texts(desk: Desk, tmp_path: Path) -> None:
    made = out(desk, tmp_path, "sqlite", "--no-text")
    assert SECRET.encode() not in made.read_bytes()
    assert "عهد جديد".encode() in made.read_bytes()
    alone = Desk(tmp_path / "alone")
    alone.archive.mkdir()
    shutil.copy(made, alone.archive / "archive.db")
    assert alone.run("show", HARBOUR).code == 0
    for asked in ((), ("--json-ld",), ("--json",)):
        ran = alone.run("show", HARBOUR, "--version", "1", *asked)
        assert (ran.code, SECRET in ran.out) == (0, False), ran.err
    assert alone.run("search", "القديم", "--json").summary["total"] == 0


@pytest.fixture(scope="module")
def wacz(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    return ZipFile(out(desk, tmp_path_factory.mktemp("wacz"), "wacz"))


def test_a_wacz_has_what_the_specification_asks_for(wacz: ZipFile) -> None:
    package = json.loads(wacz.read("datapackage.json"))
    assert package["profile"] == "data-package"
    assert package["wacz_version"] == "1.1.1"
    assert package["description"] == "Articles published 2023-12-31 to 2024-05-01, as they were served."
    listed = {each["path"]: each for each in package["resources"]}
    assert set(listed) | {"datapackage.json", "datapackage-digest.json"} == set(wacz.namelist())
    assert set(listed) == {
        "archive/data.warc.gz",
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
    }
    for path, each in listed.items():
        assert each["bytes"] == len(wacz.read(path))
        assert each["hash"] == "sha256:" + hashlib.sha256(wacz.read(path)).hexdigest()
        assert each["name"] == path.split("/")[1]
    digest = json.loads(wacz.read("datapackage-digest.json"))
    assert digest["path"] == "datapackage.json"
    assert digest["hash"] == "sha256:" + hashlib.sha256(wacz.read("datapackage.json")).hexdigest()
    assert all(info.compress_type == ZIP_STORED for info in wacz.infolist())
    head, *pages = map(json.loads, wacz.read("pages/pages.jsonl").decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert {each["url"] for each in pages} == {HARBOUR, FORMULA, NASTY, UNDATED, OTHER}
    assert all(each["ts"] == "2024-05-02T12:00:00Z" for each in pages)


def test_a_file_of_a_wacz_begins_where_replayweb_page_looks(wacz: ZipFile) -> None:
    """It reads the list at the end of a ZIP; what stands before a file, only where the list has extra fields."""
    assert isinstance(wacz.filename, str)
    whole = Path(wacz.filename).read_bytes()
    for info in wacz.infolist():
        at = info.header_offset
        name, extra = struct.unpack("<HH", whole[at + 26 : at + 30])
        start = at + 30 + name + (extra if info.extra else 0)
        assert whole[start : start + info.file_size] == wacz.read(info), info.filename


def test_every_page_is_found_by_the_index_of_a_wacz(wacz: ZipFile) -> None:
    head, *blocks = wacz.read("indexes/index.idx").decode().splitlines()
    assert json.loads(head.split(" ", 2)[2])["format"] == "cdxj-gzip-1.0"
    packed, lines = wacz.read("indexes/index.cdx.gz"), []
    for block in blocks:
        key, moment, place = block.split(" ", 2)
        at = json.loads(place)
        piece = packed[at["offset"] : at["offset"] + at["length"]]
        assert at["digest"] == "sha256:" + hashlib.sha256(piece).hexdigest()
        lines += gzip.decompress(piece).decode().splitlines()
        assert lines[0].startswith(f"{key} {moment} ")
    assert lines == sorted(lines)
    assert len(lines) == 6, "five articles, one of them in two versions"
    records = wacz.read("archive/data.warc.gz")
    expected = {each.url: page(each) for each in ARTICLES}
    for line in lines:
        key, moment, text = line.split(" ", 2)
        fields = json.loads(text)
        assert key == surt(fields["url"])
        start = int(fields["offset"])
        piece = io.BytesIO(records[start : start + int(fields["length"])])
        record = next(ArchiveIterator(piece, check_digests="raise"))
        assert record.rec_headers.get_header("WARC-Target-URI") == fields["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == fields["digest"]
        assert record.rec_headers.get_header("WARC-Date")[:10].replace("-", "") == moment[:8]
        if fields["url"] == OTHER:
            assert fields["mime"] == "warc/revisit"
            assert record.rec_headers.get_header("WARC-Refers-To-Target-URI") == FORMULA
        elif fields["url"] in expected:
            assert record.content_stream().read() == expected[fields["url"]]


def test_what_a_revisit_refers_to_goes_along(desk: Desk, tmp_path: Path) -> None:
    made = ZipFile(out(desk, tmp_path, "wacz", "--site", "sada.example"))
    records = list(ArchiveIterator(io.BytesIO(made.read("archive/data.warc.gz"))))
    kinds = [record.rec_type for record in records]
    assert kinds == ["warcinfo", "response", "request", "metadata", "revisit", "request", "metadata"]


def test_pages_are_not_to_be_had_without_texts(desk: Desk, tmp_path: Path) -> None:
    ran = desk.run("export", "--format", "wacz", "--no-text", str(tmp_path / "x.wacz"))
    assert ran.code == 2
    assert "--no-text" in ran.err
    assert list(tmp_path.iterdir()) == []
    assert desk.run("export", "--format", "wacz", "-").code == 2


def test_a_missing_warc_file_is_named(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "archive")
    shutil.copytree(desk.archive, other.archive)
    for path in (other.archive / "warc").iterdir():
        path.unlink()
    ran = other.run("export", "--format", "wacz", str(tmp_path / "x.wacz"))
    assert ran.code == 1
    assert "warraq verify" in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"archive"}


def spoil(archive: Path, offset: int, length: int) -> None:
    (warc,) = (archive / "warc").iterdir()
    kept = bytearray(warc.read_bytes())
    middle = offset + length // 2
    kept[middle : middle + 8] = bytes(each ^ 0xFF for each in kept[middle : middle + 8])
    warc.write_bytes(kept)


def test_a_damaged_page_is_named_and_left_out_of_a_wacz(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "archive")
    shutil.copytree(desk.archive, other.archive)
    ((offset, length),) = other.sql("SELECT warc_offset, warc_length FROM snapshots WHERE url = ?", FORMULA)
    spoil(other.archive, offset, length)
    ran = other.run("export", "--format", "wacz", str(made := tmp_path / "x.wacz"))
    assert ran.code == 1
    said, revisit, last = ran.err.splitlines()
    assert said.startswith(f"warraq: {FORMULA}: its page of 2024-05-02 12:00 UTC is left out: warraq-")
    assert revisit.startswith(f"warraq: {OTHER}: ")
    assert f"stands in that of {FORMULA}" in revisit
    assert last.endswith(", 2 pages left out")
    packed = ZipFile(made)
    _, *pages = map(json.loads, packed.read("pages/pages.jsonl").decode().splitlines())
    assert {each["url"] for each in pages} == {HARBOUR, NASTY, UNDATED}
    records = ArchiveIterator(io.BytesIO(packed.read("archive/data.warc.gz")), check_digests="raise")
    urls = {each.rec_headers.get_header("WARC-Target-URI") for each in records}
    assert urls == {None, HARBOUR, NASTY, UNDATED}
    manifest = json.loads((tmp_path / "x.wacz.manifest.json").read_text())
    assert manifest["notes"] == {"pages left out, which cannot be read back": 2}
    assert [each["url"] for each in manifest["left_out"]] == [FORMULA, OTHER]
    assert other.run("export", "--format", "csv", str(tmp_path / "x.csv")).code == 0


def test_a_page_that_is_not_what_its_row_says_is_left_out(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "archive")
    shutil.copytree(desk.archive, other.archive)
    with closing(sqlite3.connect(other.archive / "archive.db")) as database:
        database.execute("UPDATE snapshots SET payload_digest = 'X' WHERE url = ?", (NASTY,))
        database.commit()
    ran = other.run("export", "--format", "wacz", str(tmp_path / "x.wacz"), "--quiet")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert f"{NASTY}: " in ran.err
    assert "is not what its row says" in ran.err


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.ly/News?b=2&a=1", "ly,example)/news?a=1&b=2"),
        ("http://example.ly", "ly,example)/"),
        ("https://example.ly:8080/%D8%A7", "ly,example:8080)/%d8%a7"),
    ],
)
def test_addresses_stand_by_site(url: str, key: str) -> None:
    assert surt(url) == key
