"""The archive on disk: schema, snapshots, frontier, versions, and what it refuses."""

import resource
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from warcio.archiveiterator import ArchiveIterator

from archiver.article import Article, Block, Image, Link, Provenance
from archiver.candidate import Candidate
from archiver.errors import ArchiveLocked, InputError, SchemaError, SnapshotError
from archiver.outcomes import Outcome
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.frontier import Frontier
from archiver.store.reading import article_item, version_item, versions_of
from archiver.store.reopening import Reopening, Span
from archiver.store.snapshots import Damage, Earlier, Exchange, Record, SnapshotStore
from archiver.store.tables import VIEWS, Base
from archiver.store.twins import Twin

MOMENT = datetime(2023, 5, 30, 10, 0, 0, 123, tzinfo=UTC)
PAGE = "<html><p>نص الصفحة</p></html>".encode()


def exchange(url: str = "https://example.ly/%D8%AE%D8%A8%D8%B1", body: bytes = PAGE) -> Exchange:
    return Exchange(url, MOMENT, "GET", [("User-Agent", "Warraq/1")], 200,
                    [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], body, hints={"anchor": "خبر"})  # fmt: skip


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


ARTICLE = Article(
    url="https://example.ly/خبر-أول", canonical_url="https://example.ly/خبر-أول", site="example.ly", title="عنوان",
    published_at=date(2023, 5, 30), published_precision="day", authors=("أحمد",), body="فقرة أولى\n\nفقرة ثانية",
    blocks=(Block("paragraph", "فقرة أولى"), Block("paragraph", "فقرة ثانية")),
    images=(Image("https://example.ly/a.jpg", "صورة", None, None, "lead"),),
    see_also=(Link("آخر", "https://example.ly/خبر-ثان", None, "related"),), tags=("ليبيا",),
    provenance={"title": Provenance("structure", "h1", "عنوان")})  # fmt: skip


def store(archive: Archive, article: Article, snapshot: int = 1, **more: object) -> Outcome:
    return archive.articles.store(
        article, site_id=1, snapshot_id=snapshot, fetched_at="2023-05-30T10:00:00+00:00", **more).outcome  # type: ignore[arg-type]  # fmt: skip


def test_the_migrations_make_the_schema_that_the_code_knows(archive: Archive) -> None:
    ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("articles_fts")}
    context = MigrationContext.configure(archive.connection, opts=ours)
    assert compare_metadata(context, Base.metadata) == []
    made = dict(
        archive.connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")).all()
    )
    assert {name: " ".join(sql.split()) for name, sql in made.items()} == {
        name: f"CREATE VIEW {name} AS {' '.join(sql.split())}" for name, sql in VIEWS.items()}  # fmt: skip
    for name in VIEWS:
        archive.connection.execute(text(f"SELECT * FROM {name}")).all()


def test_sqlite_is_in_wal_mode_with_foreign_keys_on(archive: Archive) -> None:
    assert archive.connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert archive.connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_arabic_stays_readable_in_json_columns(archive: Archive) -> None:
    store(archive, ARTICLE)
    assert "فقرة أولى" in archive.connection.scalar(text("SELECT blocks FROM articles"))


def test_one_writer_an_archive_and_readers_beside_it(archive: Archive) -> None:
    with pytest.raises(ArchiveLocked, match="another run"):
        Archive.create_or_open(archive.folder)
    reader = Archive.open_for_reading(archive.folder)
    assert reader.connection.scalar(select(t.Site.name)) == "example.ly"
    reader.close()


def test_a_database_that_is_gone_is_built_from_its_warc_files(archive: Archive) -> None:
    """A crawl would begin from nothing: who lost the database is not sent there."""
    archive.close()
    (archive.folder / "warc").mkdir(exist_ok=True)
    (archive.folder / "warc" / "warraq-20230530000000-00001.warc.gz").touch()
    for left in archive.folder.glob("archive.db*"):
        left.unlink()
    with pytest.raises(InputError, match=r"no archive here.*its WARC files are.*`warraq reparse") as raised:
        Archive.open_for_reading(archive.folder)
    assert "warraq crawl" not in str(raised.value)


def test_what_is_no_archive_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no archive here.*make one with `warraq crawl"):
        Archive.open_for_reading(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot hold an archive"):
        Archive.create_or_open(tmp_path / "file")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as other, other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    with pytest.raises(SchemaError, match="not an archive of Warraq"):
        Archive.create_or_open(tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as other, other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('9999')")
    other.close()
    with pytest.raises(SchemaError, match="newer Warraq"):
        Archive.create_or_open(tmp_path)


def test_an_exchange_reads_back_as_it_came_over_the_wire(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1", operator="me@example.org")
    kept = snapshots.write(exchange())
    snapshots.close()
    record = snapshots.read(kept.warc_file, kept.warc_offset)
    assert (record.wire, record.status, record.fetched_at, record.hints) == (
        PAGE,
        200,
        MOMENT,
        {"anchor": "خبر"},
    )
    assert (record.length, record.end_offset, record.payload_digest) == (
        kept.warc_length,
        kept.end_offset,
        kept.payload_digest,
    )
    with (tmp_path / kept.warc_file).open("rb") as stream:
        records = [
            (each.rec_type, each.rec_headers.get_header("WARC-Concurrent-To"))
            for each in ArchiveIterator(stream)
        ]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "metadata"]
    assert records[2][1] == records[3][1] is not None
    with pytest.raises(SnapshotError, match=kept.warc_file):
        snapshots.read(kept.warc_file, kept.end_offset + 10)
    with pytest.raises(SnapshotError, match="nosuch"):
        snapshots.read("nosuch.warc.gz", 0)


def test_an_unchanged_payload_is_a_revisit(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    first = snapshots.write(exchange())
    second = snapshots.write(
        exchange(),
        Earlier(7, "https://example.ly/%D8%AE%D8%A8%D8%B1", MOMENT.isoformat(), first.payload_digest),
    )
    snapshots.close()
    assert (second.record_type, second.payload_of, second.payload_digest) == (
        "revisit",
        7,
        first.payload_digest,
    )
    assert snapshots.read(second.warc_file, second.warc_offset).wire == b""


def test_warc_files_rotate_by_size_and_are_appended_to(tmp_path: Path) -> None:
    for _ in range(2):
        snapshots = SnapshotStore(tmp_path, software="Warraq/1", max_size=3_000)
        for number in range(6):
            snapshots.write(exchange(body=PAGE + bytes(str(number), "ascii")))
        snapshots.close()
    files = snapshots.files()
    assert len(files) > 2
    assert sum(len(list(snapshots.read_all(name))) for name in files) == 12


@pytest.mark.parametrize("cut", [1, 100, 400, 700, 900])
def test_a_torn_tail_is_cut_back_to_the_last_whole_exchange(tmp_path: Path, cut: int) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = [snapshots.write(exchange(body=PAGE + bytes(str(n), "ascii"))) for n in range(3)]
    snapshots.close()
    path = tmp_path / kept[0].warc_file
    path.write_bytes(path.read_bytes()[:-cut])
    found, lost = snapshots.mend(path.name, kept[0].end_offset)
    assert [record.offset for record in found] == [kept[1].warc_offset]
    assert lost == kept[2].end_offset - kept[2].warc_offset - cut
    assert path.stat().st_size == kept[1].end_offset


def test_a_flipped_byte_costs_no_exchange_but_its_own(tmp_path: Path) -> None:
    """Wherever it stands; what a gzip header says of time and system is read by nobody."""
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = [snapshots.write(exchange(body=PAGE + bytes(str(n), "ascii"))) for n in range(4)]
    snapshots.close()
    path = tmp_path / kept[0].warc_file
    whole = path.read_bytes()
    harmless = 0
    for at in range(kept[0].end_offset, kept[2].end_offset, 3):
        hit = 1 if at < kept[1].end_offset else 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = list(snapshots.read_all(path.name))
        records = [each for each in found if isinstance(each, Record)]
        damage = [(each.offset, each.end) for each in found if isinstance(each, Damage)]
        if not damage:
            harmless += 1
            assert [each.wire for each in records][hit] == PAGE + bytes(str(hit), "ascii")
            continue
        assert damage == [(kept[hit].warc_offset, kept[hit].end_offset)]
        assert [each.offset for each in records] == [kept[n].warc_offset for n in range(4) if n != hit]
    assert harmless < 20
    assert snapshots.mend(path.name, 0)[1] == 0, "behind damage nothing whole is cut off"
    assert path.stat().st_size == len(whole)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = snapshots.write(exchange())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kept.end_offset + 500, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            snapshots.write(exchange(body=b"".join(bytes(str(n * n), "ascii") for n in range(9_000))))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [record.offset for record in snapshots.read_all(kept.warc_file)] == [kept.warc_offset]


def test_an_article_is_one_row_with_all_its_parts(archive: Archive) -> None:
    assert store(archive, ARTICLE) == Outcome.ARTICLE
    assert store(archive, ARTICLE) == Outcome.ARTICLE_UNCHANGED
    item = article_item(archive.connection, 1)
    assert item == ARTICLE.to_dict()
    assert archive.connection.scalar(text("SELECT count(*) FROM article_versions")) == 1


def test_an_edit_is_a_version_and_a_new_advertisement_is_not(archive: Archive) -> None:
    store(archive, ARTICLE)
    related = replace(ARTICLE, see_also=(Link("جديد", "https://example.ly/خبر-ثالث", None, "related"),))
    assert store(archive, related, 2) == Outcome.ARTICLE_UNCHANGED
    assert article_item(archive.connection, 1)["see_also"][0]["title"] == "جديد"
    assert store(archive, replace(related, title="عنوان مصحح"), 2) == Outcome.ARTICLE_CHANGED
    assert store(archive, replace(related, title="عنوان مقروء"), 2, cause="parser") == Outcome.ARTICLE_CHANGED
    causes = archive.connection.execute(text("SELECT number, cause FROM article_versions ORDER BY 1")).all()
    assert causes == [(1, "first"), (2, "publisher"), (3, "parser")]


def test_see_also_resolves_whichever_article_comes_first(archive: Archive) -> None:
    other = replace(ARTICLE, url="https://www.example.ly/خبر-ثان/", canonical_url="https://example.ly/خبر-ثان",
                    title="آخر", see_also=(Link("عنوان", ARTICLE.url + "?utm_source=x", None, "inline"),))  # fmt: skip
    store(archive, ARTICLE)
    store(archive, other, 2)
    rows = archive.connection.execute(
        text("SELECT article_id, target_article_id FROM links ORDER BY 1")
    ).all()
    assert rows == [(1, 2), (2, 1)]


def test_a_twin_by_canonical_link_and_text_is_known(archive: Archive) -> None:
    articles = archive.articles
    store(archive, ARTICLE)
    twin = replace(ARTICLE, url="https://example.ly/?p=77")
    assert articles.twin_of(twin) == Twin(1, "canonical", ARTICLE.canonical_url)
    articles.add_alias(twin.url, 1, "canonical")
    assert articles.id_of("example.ly/?p=77") == 1
    assert (
        articles.twin_of(replace(twin, url="https://example.ly/?p=78", title="غيره", body="نص آخر تماما"))
        is None
    )
    home = replace(twin, url="https://example.ly/?p=79", canonical_url="https://example.ly/")
    assert articles.twin_of(home) is None, "a head that belongs to the home page"


def test_a_mobile_form_never_overwrites_the_plain_page(archive: Archive) -> None:
    articles = archive.articles
    store(archive, ARTICLE)
    mobile = articles.twin_of(replace(ARTICLE, url="https://m.example.ly/خبر-أول", title="أقصر"))
    assert mobile is not None
    assert mobile.article_id == 1
    assert articles.twin_of(ARTICLE) is None


def test_the_frontier_forgets_nothing_and_doubles_nothing(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    added = frontier.add(
        1, [Candidate("https://example.ly/a/amp/", "page"), Candidate("https://example.ly/b", "article")]
    )
    assert len(added) == 2
    assert frontier.add(1, [Candidate("http://www.example.ly/a", "article", hints={"anchor": "خبر"})]) == []
    rows = frontier.pending(1, 10)
    assert {row.url for row in rows} == {"http://www.example.ly/a", "https://example.ly/b"}, (
        "the plain address is asked for"
    )
    frontier.finish(rows[0].id, Outcome.ARTICLE)
    frontier.retry(rows[1].id, Outcome.TIMEOUT, "2999-01-01")
    assert frontier.pending(1, 10) == []
    assert frontier.count(1) == 1
    frontier.retry(rows[1].id, Outcome.TIMEOUT, "2001-01-01")
    assert [row.attempts for row in frontier.pending(1, 10)] == [2]


def test_a_wait_noted_by_a_clock_that_was_ahead_is_none(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate("https://example.ly/a", "article")])
    (row,) = frontier.pending(1, 10)
    with monkeypatch.context() as patched:
        patched.setattr("archiver.clock.now", lambda: datetime(2999, 1, 1, tzinfo=UTC))
        frontier.retry(row.id, Outcome.RATE_LIMITED, "2999-01-01T00:00:05+00:00")
    assert [each.id for each in frontier.pending(1, 10)] == [row.id]
    assert frontier.has_ready(1, datetime.now(UTC))


def test_a_sitemap_that_gives_another_lastmod_asks_for_another_look(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate("https://example.ly/a", "article", hints={"sitemap_lastmod": "2023-05-01"})])
    (row,) = frontier.pending(1, 10)
    frontier.finish(row.id, Outcome.ARTICLE)
    Reopening(archive.batch).changed(1, [("example.ly/a", "2023-05-01")])
    assert Reopening(archive.batch).due(1, [], 10) == 0
    Reopening(archive.batch).changed(1, [("example.ly/a", "2023-05-02")])
    assert frontier.count(1) == 0, "it waits for its turn"
    assert Reopening(archive.batch).due(1, [], 10) == 1
    assert frontier.count(1) == 1


def test_a_sitemap_that_changed_is_read_at_once_but_not_all_of_them(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    names = [f"https://example.ly/map-{n}.xml" for n in range(80)]
    frontier.add(1, [Candidate(name, "sitemap", 1, {"sitemap_lastmod": "2023-05-01"}) for name in names])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.SITEMAP)
    Reopening(archive.batch).changed(1, [(name.partition("//")[2], "2023-05-02") for name in names[:1]])
    assert [row.url for row in frontier.pending(1, 100)] == names[:1]
    Reopening(archive.batch).changed(1, [(name.partition("//")[2], "2023-05-03") for name in names])
    assert 1 < frontier.count(1) <= 32


def test_articles_are_due_by_their_age_the_youngest_first(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    for number, (dated, fetched) in enumerate(
        [("2024-03-10", "2024-03-10T10"), ("2024-03-10", "2024-03-10T01"), ("2024-03-01", "2024-03-09T20"),
         ("2024-03-02", "2024-03-03"), ("2019-01-01", "2023-01-01"), (None, "2020-01-01")]
    ):  # fmt: skip
        frontier.add(1, [Candidate(f"https://example.ly/{number}", "article", 1)])
        frontier.finish(frontier.pending(1, 1)[0].id, Outcome.ARTICLE, dated=dated)
        archive.connection.execute(
            text("UPDATE frontier SET fetched_at = :at WHERE url_key = :key"),
            {"at": fetched, "key": f"example.ly/{number}"},
        )
    spans = [
        Span("2024-03-09", "2024-03-11", "2024-03-10T09"),
        Span("2024-02-10", "2024-03-09", "2024-03-09T12"),
        Span(None, "2024-02-10", "2024-01-01"),
    ]
    assert Reopening(archive.batch).due(1, spans, 2) == 2
    assert [row.url_key for row in frontier.pending(1, 9)] == ["example.ly/1", "example.ly/3"]
    assert Reopening(archive.batch).due(1, spans, 9) == 1
    assert [row.url_key for row in frontier.pending(1, 9)] == ["example.ly/1", "example.ly/3", "example.ly/4"]


def test_some_that_were_gone_are_due_before_the_youngest(archive: Archive) -> None:
    """Where more is due than is asked for, they would never be seen to be back."""
    frontier = Frontier(archive.batch)
    for number in range(12):
        frontier.add(1, [Candidate(f"https://example.ly/{number}", "article", 1)])
        outcome = Outcome.GONE if number < 3 else Outcome.ARTICLE
        frontier.finish(frontier.pending(1, 1)[0].id, outcome, dated=f"2024-03-{number + 1:02}")
    archive.connection.execute(text("UPDATE frontier SET fetched_at = '2024-03-2' || (9 - id % 9)"))
    assert Reopening(archive.batch).due(1, [Span(None, "2024-04-01", "2024-04-01")], 4) == 4
    asked = [row.url_key for row in frontier.pending(1, 9)]
    assert len([key for key in asked if key in ("example.ly/0", "example.ly/1", "example.ly/2")]) == 1
    assert {"example.ly/11", "example.ly/10", "example.ly/9"} <= set(asked)


def test_the_lists_of_a_site_are_asked_for_again_within_their_number(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    frontier.add(1, [Candidate(f"https://example.ly/section/{n}", "listing", 1) for n in range(60)])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.LISTING, gave=int(row.id == 57))
    Reopening(archive.batch).entries(1, sitemaps=6, sections=4)
    assert frontier.count(1) == 40, "nothing else names its articles"
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.UNCHANGED)
    feed, index = "https://example.ly/feed", "https://example.ly/sitemap.xml"
    maps = [Candidate(f"https://example.ly/map-{n}.xml", "sitemap", 1) for n in range(9)]
    frontier.add(1, [Candidate(feed, "feed"), Candidate(index, "sitemap"), *maps])
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.FEED if row.kind == "feed" else Outcome.SITEMAP)
    Reopening(archive.batch).entries(1, sitemaps=6, sections=4)
    asked = [row.url_key for row in frontier.pending(1, 100)]
    assert sum("map-" in key for key in asked) == 6
    assert sum("section" in key for key in asked) == 4
    assert {"example.ly/feed", "example.ly/sitemap.xml", "example.ly/section/56"} <= set(asked)
    Reopening(archive.batch).sections(1, "2999")
    assert sum("section" in row.url_key for row in frontier.pending(1, 100)) > 30


def test_sitemaps_whose_index_says_the_same_for_ever_are_sampled(archive: Archive) -> None:
    frontier = Frontier(archive.batch)
    maps = [
        Candidate(f"https://example.ly/map-{n}.xml", "sitemap", 1, {"sitemap_lastmod": "2020-01-01"})
        for n in range(5)
    ]
    frontier.add(1, maps)
    for row in frontier.pending(1, 100):
        frontier.finish(row.id, Outcome.SITEMAP)
    for stale, asked in ((None, 0), ("2020-01-01", 0), ("2999-01-01", 2)):
        Reopening(archive.batch).entries(1, stale=stale)
        assert frontier.count(1) == asked


def test_an_article_that_is_gone_and_comes_back(archive: Archive) -> None:
    articles = archive.articles
    store(archive, ARTICLE)

    def removed() -> tuple[str | None, str | None]:
        return tuple(archive.connection.execute(text("SELECT removed_at, removed_how FROM articles")).one())

    articles.note_removed("example.ly/خبر-أول", "2024-01-01", "404")
    articles.note_removed("example.ly/خبر-أول", "2024-02-01", "410")
    assert removed() == ("2024-01-01", "404")
    store(archive, replace(ARTICLE, title="قراءة أفضل"), 1, cause="parser")
    assert removed() == ("2024-01-01", "404"), "reading the snapshot again does not bring it back"
    articles.note_there("example.ly/خبر-أول", "2024-03-01")
    assert removed() == (None, None)
    articles.note_removed("example.ly/خبر-أول", "2024-04-01", "redirect_home")
    store(archive, ARTICLE, 2)
    assert removed() == (None, None)
    moved = "https://example.ly/خبر-انتقل"
    articles.add_alias(moved, 1, "redirect")
    store(archive, replace(ARTICLE, url=moved), 3)
    articles.note_removed("example.ly/خبر-أول", "2024-05-01", "404")
    assert removed() == (None, None), "it lives at its new address"
    articles.note_removed("example.ly/خبر-انتقل", "2024-06-01", "410")
    assert removed() == ("2024-06-01", "410")


def test_every_version_reads_back_as_it_was(archive: Archive) -> None:
    store(archive, ARTICLE)
    edited = replace(ARTICLE, title="عنوان معدل")
    store(archive, edited, 2)
    store(archive, replace(edited, title="قراءة أفضل"), 2, cause="parser")
    listed = versions_of(archive.connection, 1)
    assert [(each["number"], each["cause"], each["snapshot_id"]) for each in listed] == [
        (1, "first", 1),
        (2, "publisher", 2),
        (3, "parser", 2),
    ]
    assert version_item(archive.connection, 1, 1) == ARTICLE.to_dict()
    assert version_item(archive.connection, 1, 2) == edited.to_dict()
    with pytest.raises(KeyError):
        version_item(archive.connection, 1, 4)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "100%41 of: my? archive#2 أرشيف"
    opened = Archive.create_or_open(folder)
    opened.site_id("https://example.ly/")
    opened.commit()
    opened.close()
    assert (folder / "archive.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    reader = Archive.open_for_reading(folder)
    assert reader.connection.scalar(text("SELECT count(*) FROM sites")) == 1
    reader.close()


@pytest.mark.parametrize(
    ("outcome", "status", "failing_days", "days_since", "pending"),
    [
        (Outcome.TIMEOUT, None, 0, 0, 1),
        (Outcome.HTTP_ERROR, 503, 0, 0, 1),
        (Outcome.HTTP_ERROR, 503, 28, 6, 0),
        (Outcome.HTTP_ERROR, 503, 28, 8, 1),
        (Outcome.HTTP_ERROR, 403, 0, 0, 0),
        (Outcome.HTTP_ERROR, 403, 0, 2, 1),
        (Outcome.GONE, 404, 0, 9, 0),
    ],
)
def test_what_failed_is_tried_again_the_sooner_the_shorter_it_has_been_failing(
    archive: Archive, outcome: Outcome, status: int | None, failing_days: int, days_since: int, pending: int
) -> None:
    frontier, site = Frontier(archive.batch), archive.site_id("https://example.ly/")
    frontier.add(site, [Candidate("https://example.ly/a", "article", 1)])
    (row,) = frontier.pending(site, 1)
    frontier.finish(row.id, outcome)
    now = datetime.now(UTC)
    last = now - timedelta(days=days_since)
    archive.connection.execute(
        text("UPDATE frontier SET discovered_at = :first, fetched_at = :last"),
        {"first": (last - timedelta(days=failing_days)).isoformat(), "last": last.isoformat()},
    )
    archive.connection.execute(
        text(
            "INSERT INTO fetches (site_id, url, url_key, fetched_at, outcome, status) VALUES (:site, 'x', 'example.ly/a', 'x', :outcome, :status)"
        ),
        {"site": site, "outcome": str(outcome), "status": status},
    )
    Reopening(archive.batch).failed(site, now)
    assert frontier.count(site) == pending
