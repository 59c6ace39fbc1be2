"""`warraq search` and `warraq reindex`, as they are called."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from archiver.store import Archive
from archiver.store import tables as t
from tests.search.stories import STORIES, article, keep, new_archive


def warraq(archive: Archive, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archiver.cli", *arguments, "--archive", str(archive.folder)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_on_the_command_line(stories: Archive) -> None:
    shown = warraq(stories, "search", "مصراته", "الكتاب", "--from", "2023-06-01")
    assert shown.returncode == 0
    assert "معرض [الكتاب] يفتح أبوابه" in shown.stdout
    assert "example.ly · 2023-06-02 · ثقافه" in shown.stdout
    assert "1 article\nsite: example.ly 1\n" in shown.stdout
    assert "month: 2023-06 1" in shown.stdout

    first = json.loads(warraq(stories, "search", "--limit", "4", "--sort", "oldest", "--json").stdout)
    second = json.loads(
        warraq(
            stories, "search", "--limit", "4", "--sort", "oldest", "--json", "--after", first["next"]
        ).stdout
    )
    assert [hit["article_id"] for page in (first, second) for hit in page["hits"]] == [5, 6, 1, 2, 3, 4]
    assert second["next"] is None

    nothing = warraq(stories, "search", "لاشيء")
    assert (nothing.returncode, nothing.stdout) == (0, "nothing found\n")
    refused = warraq(stories, "search", '"رئيس')
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == 'warraq: a quotation mark " is never closed\n'


def test_the_index_comes_to_one_piece_on_command(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    for number, story in enumerate(STORIES[:3]):
        keep(archive, article(number, *story))
        archive.commit()
    archive.close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        pieces = "SELECT count(DISTINCT segid) FROM articles_fts_idx"
        assert database.execute(pieces).fetchone()[0] > 1
        assert warraq(archive, "reindex", "--compact").stdout.endswith("3 articles are searchable\n")
        assert database.execute(pieces).fetchone()[0] == 1
    assert "مدرسةً" in warraq(archive, "search", "مدرسة").stdout


def test_the_index_is_made_anew_on_command(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    keep(archive, article(0, *STORIES[0]))
    archive.commit()
    archive.connection.execute(delete(t.SearchDocument))
    archive.connection.commit()
    archive.close()
    assert "warraq reindex" in warraq(archive, "verify").stderr
    assert "1 article is searchable" in warraq(archive, "reindex").stdout
    assert "مدرسةً" in warraq(archive, "search", "مدرسة").stdout
    missing = subprocess.run(
        [sys.executable, "-m", "archiver.cli", "reindex", "--archive", str(tmp_path / "none")],
        capture_output=True,
        text=True,
    )
    assert (missing.returncode, "no archive here" in missing.stderr) == (2, True)


def test_a_site_is_named_by_its_address_too(stories: Archive, tmp_path: Path) -> None:
    for site in ("example.ly", "https://www.example.ly/", "http://example.ly/news"):
        found = json.loads(warraq(stories, "search", "الكتاب", "--site", site, "--json").stdout)
        assert {hit["site"] for hit in found["hits"]} == {"example.ly"}
    target = tmp_path / "articles.jsonl"
    ran = warraq(stories, "export", str(target), "--format", "jsonl", "--site", "https://example.ly/")
    assert ran.returncode == 0, ran.stderr
    assert {json.loads(line)["site"] for line in target.read_text("utf-8").splitlines()} == {"example.ly"}
    refused = warraq(stories, "search", "--site", "https://nosuch.example/")
    assert refused.returncode == 2
    assert "nosuch.example: no site of this archive" in refused.stderr


def test_a_first_word_with_a_hyphen_is_told_from_an_option(stories: Archive) -> None:
    refused = warraq(stories, "search", "-مصراته", "الكتاب")
    assert refused.returncode == 2
    assert "-مصراته: words of which one begins with a hyphen stand behind --" in refused.stderr
    assert "No such option '--nosuch'" in warraq(stories, "search", "--nosuch", "الكتاب").stderr
    command = [sys.executable, "-m", "archiver.cli", "search", "--archive", str(stories.folder), "--json"]
    shown = subprocess.run(
        [*command, "--", "-مصراته", "ليبيا"], capture_output=True, text=True, encoding="utf-8"
    )
    assert shown.returncode == 0, shown.stderr
