"""CSV, JSON Lines and the citations, and what every export has in common."""

import csv
import hashlib
import json
import re
import sqlite3
from pathlib import Path
from shutil import copytree

import pytest

from archiver.article import PARSER
from archiver.export import FORMATS, Source, export
from archiver.export.source import Entry
from archiver.export.spreadsheet import guarded, unguarded
from archiver.search import Query
from archiver.store import Archive
from archiver.store.reading import article_item, find_article
from archiver.urls import identity
from tests.crawl.conftest import Desk
from tests.export.conftest import FORMULA, HARBOUR, NASTY, OTHER, SECRET, UNDATED, out


def rows(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a CSV by address, as Excel splits it."""
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["url"]: row for row in csv.DictReader(file)}


def lines(path: Path) -> dict[str, dict[str, object]]:
    return {each["url"]: each for each in map(json.loads, path.read_text("utf-8").splitlines())}


def test_a_spreadsheet_has_one_row_an_article(desk: Desk, tmp_path: Path) -> None:
    found = rows(out(desk, tmp_path, "csv"))
    assert set(found) == {HARBOUR, FORMULA, NASTY, UNDATED, OTHER}
    row = found[HARBOUR]
    assert row["title"] == "افتتاح ميناء المدينة: «عهد جديد»"
    assert row["authors"] == "أحمد بن علي | ليلى حسن"
    assert row["breadcrumbs"] == "الرئيسية | محليات"
    assert row["published_at"] == "2024-05-01T09:30:00+00:00"
    assert row["displayed_date_text"] == "الأربعاء 1 مايو 2024"
    assert row["body"].endswith("\n\nالميناء الجديد.")
    assert row["version"] == "2"
    assert found[UNDATED]["published_at"] == ""


def test_no_cell_is_a_formula_and_every_text_comes_back(desk: Desk, tmp_path: Path) -> None:
    row = rows(out(desk, tmp_path, "csv"))[FORMULA]
    assert row["title"] == '\'=HYPERLINK("http://evil.example")'
    assert unguarded(row["title"]) == '=HYPERLINK("http://evil.example")'
    assert row["authors"].startswith("'@")
    assert unguarded(row["section"]) == "'اقتصاد'"


@pytest.mark.parametrize(
    "text", ["=1+1", "+964", "-", "@me", "\t=1", "'quoted", "''", "خبر", "", "＝1", "\n=1"]
)
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\n", "＝"))


def test_a_cell_longer_than_excel_shows_is_whole_and_named(opened: Archive, tmp_path: Path) -> None:
    class Long(Source):
        def read(self, ids: list[int]) -> list[Entry]:
            entries = Source.read(self, ids)
            entries[0].item["body"] = "س" * 40_000
            return entries

    made = export(Long(opened, Query(site="naba.example")), FORMATS["csv"], tmp_path / "long.csv")
    assert made["notes"] == {"cells longer than Excel shows (32,767 letters)": 1}
    assert any(len(row["body"]) == 40_000 for row in rows(tmp_path / "long.csv").values())


def test_a_line_of_json_is_the_item(desk: Desk, opened: Archive, tmp_path: Path) -> None:
    found = lines(out(desk, tmp_path, "jsonl"))
    for url in (HARBOUR, NASTY, UNDATED):
        article = find_article(opened.connection, identity(url))
        assert article is not None
        item = article_item(opened.connection, article)
        assert {name: found[url][name] for name in item} == item
    assert found[HARBOUR]["version"] == 2
    assert str(found[HARBOUR]["payload_digest"]).startswith("sha1:")


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.is_stream])
def test_without_texts_no_text_goes_out(desk: Desk, tmp_path: Path, name: str) -> None:
    whole = out(desk, tmp_path, name).read_text("utf-8")
    target = tmp_path / "bare"
    assert desk.run("export", "--format", name, "--no-text", str(target)).code == 0
    bare = target.read_text("utf-8")
    assert SECRET in whole
    assert SECRET not in bare
    assert "وحضر أهل المدينة" not in bare
    assert "عهد جديد" in bare
    assert json.loads((tmp_path / "bare.manifest.json").read_text("utf-8"))["with_text"] is False


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--query", "عهد"), {HARBOUR}),
        (("--query", "الاحداث OR وسم"), {OTHER, NASTY}),
        (("--site", "sada.example"), {OTHER}),
        (("--from", "2024-04-01", "--to", "2024-04-30"), {FORMULA, NASTY}),
        (("--author", "احمد بن علي"), {HARBOUR}),
        (("--section", "إقتصاد"), {FORMULA}),
    ],
)
def test_the_filters_are_those_of_the_search(
    desk: Desk, tmp_path: Path, options: tuple[str, ...], expected: set[str]
) -> None:
    assert set(lines(out(desk, tmp_path, "jsonl", *options))) == expected


def test_the_manifest_says_what_it_is_and_its_digests_hold(desk: Desk, tmp_path: Path) -> None:
    target = out(desk, tmp_path, "jsonl", "--query", "الميناء OR خبر", "--to", "2024-12-31")
    made = json.loads((tmp_path / "out-jsonl.manifest.json").read_text("utf-8"))
    assert made["articles"] == len(lines(target))
    assert made["files"] == [
        {
            "path": "out-jsonl",
            "bytes": target.stat().st_size,
            "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        }
    ]
    assert made["query"]["text"] == "الميناء OR خبر"
    assert made["query"]["until"] == "2024-12-31"
    assert made["published"]["latest"] == "2024-05-01"
    assert sum(made["parsers"].values()) == sum(made["sites"].values()) == made["articles"]
    assert made["software"].startswith("Warraq/")
    everything = out(desk, tmp_path, "csv")
    whole = json.loads(everything.with_name("out-csv.manifest.json").read_text("utf-8"))
    assert whole["parsers"] == {PARSER: 4, "warraq/0": 1}
    assert whole["published"] == {"earliest": "2023-12-31", "latest": "2024-05-01", "undated": 1}


def test_what_is_there_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    target = out(desk, tmp_path, "csv")
    before = target.read_bytes()
    refused = desk.run("export", "--format", "jsonl", str(target))
    assert refused.code == 2
    assert "--overwrite" in refused.err
    assert target.read_bytes() == before
    assert desk.run("export", "--format", "jsonl", "--overwrite", str(target)).code == 0
    assert len(lines(target)) == 5
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_text("…")
    assert desk.run("export", "--format", "csv", "--overwrite", str(precious)).code == 2
    assert (precious / "letter").exists()


def test_nothing_half_written_stays(opened: Archive, tmp_path: Path) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(Source(opened, Query(), progress=stop), FORMATS["csv"], tmp_path / "half.csv")
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_said(desk: Desk, tmp_path: Path) -> None:
    ran = desk.run("export", "--format", "csl-json", "--query", "ديناصور", str(tmp_path / "none.json"))
    assert ran.code == 0
    assert "nothing found" in ran.err
    assert json.loads((tmp_path / "none.json").read_text()) == []
    assert json.loads((tmp_path / "none.json.manifest.json").read_text())["articles"] == 0


def test_to_standard_output(desk: Desk) -> None:
    ran = desk.run("export", "--format", "jsonl", "-", "--quiet")
    assert ran.code == 0
    assert ran.err == ""
    assert {json.loads(line)["url"] for line in ran.out.splitlines()} == {
        HARBOUR,
        FORMULA,
        NASTY,
        UNDATED,
        OTHER,
    }


def test_a_query_that_cannot_be_is_refused(desk: Desk, tmp_path: Path) -> None:
    ran = desk.run(
        "export", "--format", "csv", "--query", '"', str(tmp_path / "x.csv"), "--site", "nowhere.example"
    )
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_articles_that_are_not_searchable_yet_are_not_passed_over_in_silence(
    desk: Desk, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "archive")
    copytree(desk.archive, other.archive)
    database = sqlite3.connect(other.archive / "archive.db")
    with database:
        database.execute("INSERT INTO search_pending SELECT id FROM articles LIMIT 1")
    database.close()
    ran = other.run("export", "--format", "csv", str(tmp_path / "x.csv"))
    assert "1 article is not searchable yet" in ran.err
    assert json.loads((tmp_path / "x.csv.manifest.json").read_text("utf-8"))["not_searchable_yet"] == 1


def test_bibtex(desk: Desk, tmp_path: Path) -> None:
    text = out(desk, tmp_path, "bibtex").read_text("utf-8")
    entries = re.findall(r"@online\{([^,]+),\n(.*?)\n\}\n", text, re.S)
    assert len(entries) == len({key for key, _ in entries}) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key, _ in entries)
    assert all(body.count("{") == body.count("}") for _, body in entries)
    (nasty,) = (body for _, body in entries if NASTY in body)
    assert r"title = {{100\% من \textbraceleft{}الأموال\textbraceright{} \& \$5\_000 \#وسم" in nasty
    assert "author = {{Sam and Dave, Inc.}}" in nasty
    assert "  date = {2024-04}," in nasty
    (harbour,) = (body for _, body in entries if HARBOUR in body)
    assert "author = {{أحمد بن علي} and {ليلى حسن}}" in harbour
    assert "date = {2024-05-01}" in harbour
    assert "urldate = {2024-05-02}" in harbour
    assert "langid = {arabic}" in harbour
    assert "sha1:" in harbour


def test_keys_of_citations_stay(desk: Desk, tmp_path: Path) -> None:
    keys = re.findall(r"@online\{([^,]+),", out(desk, tmp_path, "bibtex").read_text("utf-8"))
    assert keys == [each["id"] for each in json.loads(out(desk, tmp_path, "csl-json").read_text("utf-8"))]
    assert "naba-example-" + hashlib.sha256(identity(HARBOUR).encode()).hexdigest()[:16] in keys


def test_ris(desk: Desk, tmp_path: Path) -> None:
    raw = out(desk, tmp_path, "ris").read_bytes().decode()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in raw.split("\r\n") if line)
    references = [each for each in raw.split("ER  - \r\n") if each.strip()]
    assert len(references) == 5
    assert all(each.strip().startswith("TY  - NEWS") for each in references)
    (harbour,) = (each for each in references if HARBOUR in each)
    assert "AU  - أحمد بن علي\r\nAU  - ليلى حسن\r\n" in harbour
    assert "DA  - 2024/05/01/\r\n" in harbour
    (nasty,) = (each for each in references if NASTY in each)
    assert "KW  - أ ب\r\n" in nasty


def test_csl_json(desk: Desk, tmp_path: Path) -> None:
    items = json.loads(out(desk, tmp_path, "csl-json").read_text("utf-8"))
    (harbour,) = (each for each in items if each["URL"] == HARBOUR)
    assert harbour["type"] == "article-newspaper"
    assert harbour["author"] == [{"literal": "أحمد بن علي"}, {"literal": "ليلى حسن"}]
    assert harbour["issued"] == {"date-parts": [[2024, 5, 1]]}
    assert harbour["accessed"] == {"date-parts": [[2024, 5, 2]]}
    assert "WARC-Payload-Digest sha1:" in harbour["note"]
    assert "archive_location" not in harbour, "styles would print the digest in every bibliography"
    (undated,) = (each for each in items if each["URL"] == UNDATED)
    assert "issued" not in undated
