"""`warraq datasette`, in a process of its own: what it answers."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from archiver.datasette.metadata import HIDDEN, QUERIES, metadata
from archiver.datasette.plugin import expression
from archiver.search.match import WEIGHTS
from archiver.store import Archive
from archiver.store.tables import Base
from tests.crawl.conftest import Desk, environment
from tests.export.conftest import HARBOUR, NOON, OTHER, article, keep


@pytest.fixture(scope="module")
def own(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An archive to write to."""
    made = Desk(tmp_path_factory.mktemp("datasette") / "archive")
    shutil.copytree(desk.archive, made.archive)
    return made


@pytest.fixture(scope="module")
def address(own: Desk) -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "datasette",
        "--port",
        "0",
        "--archive",
        str(own.archive),
    ]
    env = environment(own.archive.parent)
    process = subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.readline()
    assert "http://" in said, said + (process.stderr.read() if process.stderr else "")
    yield said.split("  ")[0].removeprefix("Datasette: ")
    process.send_signal(signal.SIGINT)
    try:
        _, rest = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert "Traceback" not in rest


def get(address: str, path: str) -> Any:
    with urlopen(address + path, timeout=20) as answer:
        return json.load(answer)


def test_arabic_is_found_however_it_is_spelled(address: str) -> None:
    for text in ("احمد بن علي", "أحمدَ", "أحـمد", '"بن علي"', "أحم*"):
        rows = get(address, f"/search.json?q={quote(text)}&_shape=array")
        assert [row["url"] for row in rows] == [HARBOUR], text
    assert get(address, f"/search.json?q={quote('الميناء NOT الجديد')}&_shape=array")


@pytest.mark.parametrize(
    "text", ["", " ", '"', "()", "NOT", "a OR", "'; DROP TABLE articles", "*", "«", "§s1"]
)
def test_no_search_text_is_an_error(address: str, text: str) -> None:
    assert isinstance(get(address, f"/search.json?q={quote(text)}&_shape=array"), list)
    assert "rows" in get(address, f"/articles.json?_search={quote(text)}")


def test_the_table_of_articles_is_searched_and_has_the_field_for_it(address: str) -> None:
    rows = get(address, f"/articles.json?_search={quote('صدي الاحداث')}&_shape=array")
    assert [row["url"] for row in rows] == [OTHER]
    with urlopen(f"{address}/articles?_search={quote('احمد')}", timeout=20) as answer:
        page = answer.read().decode()
    assert 'name="_search"' in page
    assert 'value="احمد"' in page
    assert "headline, letter for letter" in page, "columns are described"
    assert "with the words احمد" in page


def test_facets_order_and_every_question(address: str) -> None:
    found = get(address, "/articles.json?_shape=objects")
    assert set(found["facet_results"]) == {"site", "section", "language"}
    dates = [row["published_at"] for row in found["rows"] if row["published_at"]]
    assert dates == sorted(dates, reverse=True)
    for name in QUERIES:
        get(address, f"/{name}.json?q=x&site=&_shape=array")
    changed = get(address, "/changed_after_publication.json?_shape=array")
    assert [row["url"] for row in changed] == [HARBOUR]
    assert get(address, f"/articles_by_month.json?site={'sada.example'}&_shape=array") == [
        {"month": "2023-12", "site": "sada.example", "articles": 1}
    ]
    naba, _ = get(address, "/coverage.json?_shape=array")
    shares = {
        "title": 75,
        "published_at": 75,
        "body": 100,
        "section": 75,
        "authors": 75,
        "images": 25,
        "breadcrumbs": 25,
    }
    assert naba == {"site": "naba.example", "looked_at": 4, **shares}


def test_nothing_is_written_and_what_is_written_meanwhile_is_seen(own: Desk, address: str) -> None:
    with pytest.raises(HTTPError, match="400"):
        get(address, f".json?sql={quote('DELETE FROM articles')}")
    archive = Archive.create_or_open(own.archive)
    try:
        story = article("https://late.example/1", title="خبر متأخر وصل الآن")
        keep(archive, story, NOON)
        archive.commit()
        rows = get(address, f"/search.json?q={quote('متاخر')}&_shape=array")
        assert [row["url"] for row in rows] == [story.url]
    finally:
        archive.close()


def test_every_table_is_described_and_ranked_as_the_search_does() -> None:
    tables = metadata()["databases"]["archive"]["tables"]
    assert {table.name for table in Base.metadata.sorted_tables} <= set(tables)
    assert set(HIDDEN) <= set(tables)
    assert ", ".join(map(str, WEIGHTS)) in QUERIES["search"]["sql"]


def test_an_expression_needs_no_database() -> None:
    assert expression("احمد OR علي") == '("احمد" OR "علي")'
    assert expression(None) == expression("(") == '""'


def test_no_archive_is_named(tmp_path: Any) -> None:
    ran = Desk(tmp_path / "none").run("datasette", "--port", "0")
    assert ran.code == 2
    assert "no archive here" in ran.err


@pytest.mark.parametrize(
    ("here", "there", "earlier"),
    [
        ("2024-05-01T09:00:00+02:00", "2024-05-01T08:30:00+00:00", ["here.ly"]),  # 7:00 and 8:30 UTC
        ("2024-05-01T00:30:00+03:00", "2024-04-30T22:00:00+00:00", ["here.ly"]),  # the day before, in UTC
        ("2024-05-02", "2024-05-01T23:00:00+00:00", ["there.ly"]),
        ("2024-05-01", "2024-05-01T08:30:00+00:00", []),  # the day alone does not tell
        ("2024-05-01T09:00:00+00:00", "2024-05-01T11:00:00+02:00", []),
        ("2024-05", "2024-06-01", []),
        (None, "2024-05-01", []),
    ],
)
def test_who_was_first_is_told_by_the_moment_and_not_by_its_spelling(
    here: str | None, there: str, earlier: list[str]
) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE TABLE copy_pairs (site, other_site, published_at, other_published_at, jaccard)"
        )
        database.execute("INSERT INTO copy_pairs VALUES ('here.ly', 'there.ly', ?, ?, 0.9)", (here, there))
        assert [row[0] for row in database.execute(QUERIES["who_copied_whom"]["sql"])] == earlier
