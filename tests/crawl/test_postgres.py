"""The archive on PostgreSQL: a real server, the same schema, the same search."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from archiver import dedupe
from archiver.errors import ArchiveError, InputError, QueryError
from archiver.search import Query, matching_ids, run, search
from archiver.store import Archive, copykeys
from archiver.store.database import DRIVER, VARIABLE
from archiver.store.verify import Checked, verify
from benchmarks.duplicates import Truth, clustered, fill, score
from benchmarks.planted import Newswire
from tests import postgres
from tests.crawl.conftest import Desk
from tests.crawl.small_site import listing, serving, story
from tests.search import stories


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with postgres.server(port) as address:
        yield address


@pytest.fixture
def database(server: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The address of an empty database, which the archives of the test are in."""
    name = request.node.name
    engine = create_engine(make_url(server).set(drivername=DRIVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    address = server.replace("/postgres", f"/{name}")
    monkeypatch.setenv(VARIABLE, address)
    return address


@pytest.mark.usefixtures("database")
def test_search_finds_the_same(tmp_path: Path) -> None:
    archive = stories.new_archive(tmp_path)
    for number, story_ in enumerate(stories.STORIES):
        stories.keep(archive, stories.article(number, *story_))
    archive.commit()
    for query, numbers in stories.FOUND:
        assert stories.found(archive, query) == numbers, query
    for query, numbers in stories.FORMS:
        assert stories.found(archive, query, stem=True) == numbers, query
    for filters, numbers in stories.FILTERED:
        given = dict(filters)
        assert stories.found(archive, str(given.pop("text", "")), **given) == numbers, filters
    for sign in ("'", "\\", "كتاب' | 'وزير", "a:*", "!كتاب", "<->", "كتاب\x00", "\ud800", "%s :x"):
        try:
            search(archive.connection, Query(sign), facets=True)
        except QueryError:
            continue
    page = search(archive.connection, Query("مصراتة"), facets=True)
    assert [hit.article_id for hit in page.hits] == [1, 3]  # in the title, and in the text
    assert list(matching_ids(archive.connection, Query())) == [4, 3, 2, 1, 6, 5]
    archive.close()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("ranked", [run.HELD, 40])
def test_page_by_page(tmp_path: Path, ranked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "HELD", ranked)
    archive = stories.new_archive(tmp_path)
    stories.numbered(archive, 100)
    for sort in ("relevance", "newest", "oldest"):
        seen: list[int] = []
        after = None
        while after is not None or not seen:
            page = search(archive.connection, Query("الخبر"), sort=sort, limit=17, after=after, facets=True)  # type: ignore[arg-type]
            assert sum(each.articles for each in page.histogram) + page.undated == page.total == 100
            seen += [hit.article_id for hit in page.hits]
            after = page.next
        assert sorted(seen) == list(range(1, 101))
    archive.close()


@pytest.mark.usefixtures("database")
def test_a_search_reads_the_index_and_no_list_of_what_is_new(tmp_path: Path) -> None:
    archive = stories.new_archive(tmp_path)
    stories.numbered(archive, 100)
    left = archive.connection.scalar(text("SELECT gin_clean_pending_list('ix_articles_fts_words')"))
    assert left == 0
    search(archive.connection, Query("الخبر"))
    asked = text("EXPLAIN SELECT rowid FROM articles_fts WHERE words @@ CAST(:word AS tsquery)")
    plan = "\n".join(archive.connection.scalars(asked, {"word": "الخبر"}))
    assert "Bitmap Index Scan on ix_articles_fts_words" in plan
    archive.close()


@pytest.mark.usefixtures("database")
def test_copies_are_found_while_their_keys_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("BLOCK", 8), ("LEVEL_BITS", 1)):
        monkeypatch.setattr(copykeys, name, value)
    archive, truth = Archive.create_or_open(tmp_path), Truth()
    articles = list(Newswire(11).articles(200))
    for start in range(0, len(articles), 10):
        for each in articles[start : start + 10]:
            truth.add(each)
        fill(archive, articles[start : start + 10])
        dedupe.update(archive)
    precision, recall, missed = score(clustered(archive), truth.pairs())
    assert (precision, recall) == (1.0, 1.0), missed
    archive.close()


@pytest.mark.usefixtures("database")
def test_a_site_is_crawled_shown_searched_and_read_again(desk: Desk) -> None:
    paths = [f"/2024/05/0{number}/story-{number}" for number in range(1, 5)]

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/":
            return listing(paths)
        return story(path[-1]) if path in paths else (404, {}, b"")

    with serving(answer) as (url, _):
        crawled = desk.crawl(url)
        assert crawled.code == 0, crawled.err
        assert [site["articles"] for site in crawled.summary["sites"].values()] == [4]
        again = desk.crawl(url)
        assert again.code == 0, again.err
    assert not (desk.archive / "archive.db").exists()
    assert "خبر الميناء رقم 3" in desk.run("show", url.rstrip("/") + paths[2]).out
    assert "4 articles" in desk.run("search", "السفينه").out
    assert desk.run("search", '"خبر الميناء رقم ٣"', "--json").out.count('"article_id"') == 1
    for command in (("verify",), ("reparse", "--processes", "1"), ("reindex",), ("reindex", "--compact")):
        done = desk.run(*command)
        assert done.code == 0, (command, done.err)
    assert "4 articles" in desk.run("search", "السفينة").out


@pytest.mark.usefixtures("database")
def test_an_index_that_changes_is_as_if_made_anew(tmp_path: Path) -> None:
    archive = stories.new_archive(tmp_path)
    for number, story_ in enumerate(stories.STORIES):
        stories.keep(archive, stories.article(number, *story_))
    archive.commit()
    before = archive.connection.execute(text("SELECT * FROM articles_fts ORDER BY rowid")).all()
    archive.fulltext.forget(1)
    assert stories.found(archive, "مصراتة") == {2}
    archive.fulltext.start_anew()
    archive.commit()
    assert archive.connection.execute(text("SELECT * FROM articles_fts ORDER BY rowid")).all() == before
    assert [each for each in verify(archive, Checked()) if each.where == "full-text index"] == []
    reader = Archive.open_for_reading(tmp_path)
    with pytest.raises(Exception, match="read-only"):
        reader.connection.execute(text("DELETE FROM articles"))
    reader.close()
    archive.close()


def test_what_cannot_be_reached_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for address, kind, reason in (
        ("nonsense", InputError, "not an address"),
        ("mysql://x/y", InputError, "mysql is not known"),
        (
            "postgresql://me:secret@127.0.0.1:1/x",
            ArchiveError,
            r"postgresql://me:\*\*\*@127.0.0.1:1/x: PostgreSQL does not",
        ),
    ):
        monkeypatch.setenv(VARIABLE, address)
        with pytest.raises(kind, match=reason) as refused:
            Archive.create_or_open(tmp_path)
        assert "secret" not in str(refused.value)


def test_an_empty_database_is_no_archive(database: str, tmp_path: Path) -> None:
    assert database
    with pytest.raises(InputError, match="no archive here"):
        Archive.open_for_reading(tmp_path)
