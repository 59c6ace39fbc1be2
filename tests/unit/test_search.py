"""Searching: what is found, in which order, how it is shown, and what is refused."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text, update

from archiver.arabic.words import forms, words, words_in_place
from archiver.article import Article, Image
from archiver.errors import QueryError
from archiver.search import Page, Part, Query, fts_expression, matching_ids, run, search
from archiver.store import Archive, fulltext
from archiver.store import tables as t
from archiver.store.verify import Checked, verify

STORIES = (
    ("أحمد يفتتح مدرسةً جديدة في مِصراتة", "حضر الافتتاح رئيس البلدية وأهالي الحي، وقال إن الكتاب المدرسي سيوزَّع مجاناً.",
     "2023-05-30T10:00:00+02:00", "تعليم", "سالم الورفلي", "example.ly"),
    ("رئيس الوزراء يزور طبرق", "التقى رئيس الوزراء أعيان المدينة. والتقى وزراء الحكومة رئيس البلدية في طبرق.",
     "2023-05-30T12:30:00+02:00", "سياسة", "هدى بن عامر", "example.ly"),
    ("معرض الكتاب يفتح أبوابه", "شارك في المعرض ٢٠٠ ناشر، والكتابُ الأكثر مبيعاً عن تاريخ مصراتة.",
     "2023-06-02", "ثقافه", "هدى بن عامر", "example.ly"),
    ("أسعار النفط ترتفع 3%", "ارتفعت أسعار النفط بعد إعلان المؤسسة الوطنية زيادة الإنتاج إلى 1.2 مليون برميل.",
     "2023-06-15T08:00:00+01:00", "اقتصاد", None, "akhbar.example.tn"),
    ("عاصفة تضرب درنة", "قالت الأرصاد إن الرياح بلغت ١٢٠ كيلومتراً. كوفيد-19 لم يعد خبراً.", None, None, None, "akhbar.example.tn"),
    ("الثقافة في صور", None, "2022-12-31", "ثقافة", "هُدى بن عامر", "akhbar.example.tn"),
)  # fmt: skip


FOUND = [
    ("احمد", {0}), ("أحمد", {0}), ("مدرسه", {0}), ("مصراته", {0, 2}), ("مِصْراتة", {0, 2}), ("مصـــراتة", {0, 2}),
    ("200", {2}), ("٢٠٠", {2}), ("۱۲۰", {4}), ("١.٢ مليون", {3}), ("كوفيد 19", {4}), ("كوفيد-19", {4}), ("19-كوفيد", set()),
    ("الكتاب", {0, 2}), ("كتاب", set()), ("الكت*", {0, 2}), ("الا*", {0, 2, 3, 4}), ('"الكتاب المدر" *', {0}),
    ('"رئيس الوزراء"', {1}), ("«رئيس الوزراء»", {1}), ("“رئيس البلدية”", {0, 1}), ("رئيس الوزراء", {1}), ('"الوزراء رئيس"', set()),
    ("طبرق OR درنة", {1, 4}), ("مصراتة AND الكتاب", {0, 2}), ("مصراتة NOT أحمد", {2}), ("مصراتة -احمد", {2}), ("-أحمد مصراتة", {2}),
    ('مصراتة -"معرض الكتاب"', {0}), ("(طبرق OR مصراتة) NOT (معرض OR وزراء)", {0}), ("طبرق OR مصراتة معرض", {1, 2}),
    ("و", set()), ("أو", set()), ("طرابلس", {5}), ("الساحل", {4}), ("الورفلي", {0}), ("or", set()), ('"OR"', set()),
    ("مصراتة؟!", {0, 2}), ("… مصراتة ،", {0, 2}), ("", {0, 1, 2, 3, 4, 5}), (" \n", {0, 1, 2, 3, 4, 5}),
]  # fmt: skip

FORMS = [("كتاب", {0, 2}), ("كتابها", {0, 2}), ("وزير", set()), ("وزراء", {1}), ("مدرس", {0}), ('"كتاب"', set()),
 ("ناشرون NOT مدرسة", {2}), ("OR-لا", set()), ("2023", set())]  # fmt: skip

FILTERED = [
    ({"site": "example.ly"}, {0, 1, 2}), ({"site": " WWW.example.ly"}, {0, 1, 2}), ({"section": "ثقافة"}, {2, 5}),
    ({"author": "هدى بن عامر"}, {1, 2, 5}), ({"author": "هدى"}, set()), ({"section": "؟"}, set()),
    ({"since": date(2023, 6, 1)}, {2, 3}), ({"until": date(2023, 5, 30)}, {0, 1, 5}),
    ({"since": date(2023, 5, 30), "until": date(2023, 6, 2)}, {0, 1, 2}),
    ({"site": "example.ly", "section": "ثقافه", "until": date.max, "since": date.min}, {2}), ({"text": "مصراتة", "section": "تعليم"}, {0}),
]  # fmt: skip


def article(number: int, title: str, body: str | None, printed: str | None, section: str | None,
            author: str | None, site: str) -> Article:  # fmt: skip
    url = f"https://{site}/{number}"
    published = None
    if printed:
        published = datetime.fromisoformat(printed) if "T" in printed else date.fromisoformat(printed)
    images = (Image(f"{url}.jpg", "قلعة طرابلس ليلاً", "وكالة", None, "lead"),) if body is None else ()
    return Article(
        url=url, canonical_url=url, site=site, title=title, body=body, published_at=published, section=section,
        authors=(author,) if author else (), images=images, tags=("الساحل",) if number == 4 else ())  # fmt: skip


def keep(archive: Archive, each: Article, **more: object) -> int:
    site_id = archive.site_id(f"https://{each.site}/")
    return archive.articles.store(
        each, site_id=site_id, snapshot_id=1, fetched_at="2023-07-01T00:00:00+00:00", **more).article_id  # type: ignore[arg-type]  # fmt: skip


def new_archive(folder: Path) -> Archive:
    archive = Archive.create_or_open(folder)
    archive.connection.execute(insert(t.Snapshot).values(
        url="https://example.ly/", url_key="example.ly", fetched_at="2023-05-30", status=200, record_type="response",
        warc_file="x", warc_offset=1, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    return archive


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = new_archive(tmp_path_factory.mktemp("search"))
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()
    yield archive
    archive.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path)
    yield opened
    opened.close()


def found(archive: Archive, query: str, **filters: object) -> set[int]:
    """The numbers of the stories that a query finds."""
    page = search(archive.connection, Query(query, **filters))  # type: ignore[arg-type]
    assert page.total == len(page.hits)
    return {int(hit.url.rsplit("/", 1)[1]) for hit in page.hits}


@pytest.mark.parametrize(("query", "numbers"), FOUND)
def test_words_are_found_as_a_reader_means_them(stories: Archive, query: str, numbers: set[int]) -> None:
    assert found(stories, query) == numbers


@pytest.mark.parametrize(("query", "numbers"), FORMS)
def test_other_forms_of_a_word_are_found_where_asked_for(
    stories: Archive, query: str, numbers: set[int]
) -> None:
    assert found(stories, query, stem=True) == numbers


@pytest.mark.parametrize(("filters", "numbers"), FILTERED)
def test_filters(stories: Archive, filters: dict[str, object], numbers: set[int]) -> None:
    assert found(stories, str(filters.pop("text", "")), **filters) == numbers


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("؟؟", "no word"), ("()", "no word"), ('""', "no word"), ('"رئيس', "never closed"), ("«رئيس", "never closed"), ("(رئيس", "never closed"),
        ("رئيس)", "no opening"), ("رئيس OR", "OR stands between"), ("OR رئيس", "OR stands between"), ("AND", "AND stands between"),
        ("رئيس AND OR وزير", "AND stands between"), ("NOT", "NOT stands before"), ("رئيس NOT", "NOT stands before"),
        ("NOT رئيس", "what is NOT wanted"), ("-رئيس", "what is NOT wanted"), ("وزير OR NOT رئيس", "what is NOT wanted"), ("وزير NOT (-رئيس)", "what is NOT wanted"),
        ("*", "star stands at the end"), ("*كتاب", "star stands at the end"), ("كت*", "needs 3 letters"), ("كلمة " * 61, "61 words"),
        ("ك" * 1001, "1001 letters"), ("(" * 30 + "ك" + ")" * 30, "20 deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_the_reason(
    stories: Archive, query: str, reason: str
) -> None:
    with pytest.raises(QueryError, match=reason):
        search(stories.connection, Query(query))


def test_bad_bounds_are_refused(stories: Archive) -> None:
    for wrong in (
        {"limit": 0},
        {"limit": 101},
        {"sort": "best"},
        {"after": "n1; DROP"},
        {"after": "o5"},
        {"after": "n" + "9" * 30},
    ):
        with pytest.raises(QueryError, match=r"limit|sort|after"):
            search(stories.connection, Query(), **wrong)  # type: ignore[arg-type]
    with pytest.raises(
        QueryError, match=r"nosuch.ly: no site of this archive; it has: akhbar.example.tn, example.ly"
    ):
        search(stories.connection, Query(site="nosuch.ly"))
    with pytest.raises(QueryError, match="first day comes after the last"):
        search(stories.connection, Query(since=date(2023, 6, 2), until=date(2023, 6, 1)))
    with pytest.raises(QueryError, match="no site"):
        search(stories.connection, Query(site="\ud800"))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.sampled_from("كتاب \"«»“”()*-:^+{}[]،؟AND OR NOT NEAR\\'%_\x00\ud800ًـ١9é§·") | st.characters(),
        max_size=40,
    ),
    st.booleans(),
)
@example("NEAR(كتاب وزير, 5)", False)
@example("title: كتاب", True)
@example("كتاب^2 {body}: +x", False)
@example("\ud800", False)
@example("كتاب\x00", True)
def test_any_text_is_answered_or_politely_refused(stories: Archive, query: str, stem: bool) -> None:
    try:
        page = search(stories.connection, Query(query, stem=stem), facets=True)
    except QueryError:
        return
    assert page.total == len(page.hits) == sum(each.articles for each in page.facets["site"])
    for hit in page.hits:
        assert "".join(part.text for part in hit.title_parts) == hit.title


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=30))
def test_any_filter_is_answered_or_politely_refused(
    stories: Archive, section: str, author: str, after: str
) -> None:
    assert search(stories.connection, Query(section=section, author=author)).total <= len(STORIES)
    with pytest.raises(QueryError):
        search(stories.connection, Query(), after="!" + after)


def test_a_word_in_the_title_weighs_more(archive: Archive) -> None:
    keep(
        archive,
        article(
            1, "خبر", "الميناء " + "كلام كثير عن أشياء أخرى " * 5, "2023-01-02", None, None, "example.ly"
        ),
    )
    keep(
        archive, article(2, "الميناء", "كلام كثير عن أشياء أخرى " * 5, "2023-01-01", None, None, "example.ly")
    )
    keep(archive, article(3, "سوق", "الحوت", "2023-01-03", None, None, "example.ly"))
    archive.commit()
    hits = search(archive.connection, Query("الميناء")).hits
    assert [hit.url[-1] for hit in hits] == ["2", "1"]
    assert hits[0].rank is not None
    assert hits[0].rank < hits[1].rank  # type: ignore[operator]


def test_of_very_many_hits_those_with_the_words_in_the_title_come_first(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "HELD", 5)
    for number in range(12):
        title = "الميناء القديم" if number % 5 == 0 else "خبر"
        keep(
            archive,
            article(number, title, "الميناء القديم", f"2023-01-{number + 1:02}", None, None, "example.ly"),
        )
    archive.commit()
    for query in ("الميناء القديم", '"الميناء القديم"', "المينا*", "الميناء NOT شاطئ", "مينائه"):
        page = search(
            archive.connection, Query(query, site="example.ly", stem=query == "مينائه"), facets=True
        )
        if page.total:
            assert [int(hit.url.rsplit("/", 1)[1]) for hit in page.hits] == [
                10,
                5,
                0,
                11,
                9,
                8,
                7,
                6,
                4,
                3,
                2,
                1,
            ]
            assert (page.exact, page.hits[0].rank, page.facets["site"][0].articles) == (False, None, 12)


def marked(parts: tuple[Part, ...]) -> list[str]:
    return [part.text for part in parts if part.marked]


def test_a_hit_shows_the_original_text_with_what_was_searched_for_marked(stories: Archive) -> None:
    (hit,) = search(stories.connection, Query("احمد مصراته")).hits
    assert marked(hit.title_parts) == ["أحمد", "مِصراتة"]
    hit, _ = search(stories.connection, Query("كتاب", stem=True)).hits
    assert {*marked(hit.title_parts), *marked(hit.snippet)} >= {"الكتاب", "والكتابُ"}
    (hit,) = search(stories.connection, Query('"رئيس الوزراء" -مصراتة')).hits
    assert marked(hit.snippet) == ["رئيس الوزراء"]
    (hit,) = search(stories.connection, Query("طرابلس")).hits
    assert "".join(part.text for part in hit.snippet) == "قلعة طرابلس ليلاً"
    assert marked(search(stories.connection, Query("٢٠٠ ناش*")).hits[0].snippet) == ["٢٠٠", "ناشر"]


def test_a_long_text_is_shown_around_the_hit(archive: Archive) -> None:
    body = "مقدمة طويلة لا تعني شيئاً. " * 40 + "هنا الزلزال وقع فجراً. " + "خاتمة طويلة أيضاً. " * 40
    keep(archive, article(1, "عنوان", "فقرة أولى.\n\n" + body, None, None, None, "example.ly"))
    archive.commit()
    shown = search(archive.connection, Query("الزلزال")).hits[0].snippet
    whole = "".join(part.text for part in shown)
    assert marked(shown) == ["الزلزال"]
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert whole.strip("…") in body
    assert len(whole) < 500


def test_facets_and_months_count_all_hits(stories: Archive) -> None:
    page = search(stories.connection, Query(), facets=True, limit=1)
    assert [(each.value, each.articles) for each in page.facets["site"]] == [
        ("akhbar.example.tn", 3),
        ("example.ly", 3),
    ]
    assert page.facets["section"][0].articles == 2  # ثقافة and ثقافه are one
    assert (page.facets["author"][0].value, page.facets["author"][0].articles) == ("هدى بن عامر", 3)
    assert [(each.value, each.articles) for each in page.histogram] == [
        ("2022-12", 1),
        ("2023-05", 2),
        ("2023-06", 2),
    ]
    assert (page.undated, page.total, page.exact) == (1, 6, True)


def numbered(archive: Archive, count: int) -> None:
    moment = datetime(2020, 1, 1)  # noqa: DTZ001
    for number in range(count):
        words_ = "الخبر " * (1 + number % 7) + ("نادر" if number % 10 == 0 else "شائع")
        printed = (
            None if number % 9 == 0 else (moment + timedelta(days=number % 200, hours=number % 5)).isoformat()
        )
        keep(
            archive,
            article(number, f"خبر {number}", words_, printed, f"باب {number % 3}", None, "example.ly"),
        )
    archive.commit()


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("ranked", [run.HELD, 40])
def test_page_by_page_nothing_is_skipped_or_repeated(
    archive: Archive, sort: str, ranked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "HELD", ranked)
    numbered(archive, 130)
    seen: list[int] = []
    dates: list[str] = []
    after = None
    for turn in range(100):
        page: Page = search(archive.connection, Query("الخبر"), sort=sort, limit=7, after=after)  # type: ignore[arg-type]
        assert page.total == 130 + (turn > 0) + (turn > 1)
        seen += [hit.article_id for hit in page.hits]
        dates += [hit.published_at for hit in page.hits if hit.published_at]
        after = page.next
        if after is None:
            break
        if turn < 2:  # a crawl goes on meanwhile
            keep(
                archive,
                article(
                    1_000 + turn,
                    "الخبر الخبر",
                    "الخبر",
                    ("2021-01-01", "2019-01-01")[sort == "oldest"],
                    None,
                    None,
                    "example.ly",
                ),
            )
            archive.commit()
    assert len(seen) == len(set(seen))
    assert set(seen) >= set(range(1, 131))
    if sort == "newest":
        assert dates == sorted(dates, reverse=True)
    if sort == "oldest":
        assert dates == sorted(dates)


def test_beyond_what_is_counted_one_by_one_facets_are_estimates_and_months_are_exact(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered(archive, 300)
    exact = search(archive.connection, Query("شائع"), facets=True)
    monkeypatch.setattr(run, "HELD", 60)
    page = search(archive.connection, Query("شائع"), facets=True)
    assert (page.exact, page.total, page.histogram, page.undated) == (
        False,
        270,
        exact.histogram,
        exact.undated,
    )
    for about, true in zip(
        sorted(page.facets["section"], key=lambda c: c.value),
        sorted(exact.facets["section"], key=lambda c: c.value),
        strict=True,
    ):
        assert about.articles == pytest.approx(true.articles, rel=0.4)
    everything = search(archive.connection, Query(), facets=True)
    assert (everything.total, sum(each.articles for each in everything.histogram) + everything.undated) == (
        300,
        300,
    )


def test_all_hits_are_streamed_newest_first(stories: Archive) -> None:
    ids = list(matching_ids(stories.connection, Query()))
    assert ids == [4, 3, 2, 1, 6, 5]
    assert list(matching_ids(stories.connection, Query("مصراتة"))) == [3, 1]
    with pytest.raises(QueryError):
        matching_ids(stories.connection, Query('"'))


def index_of(archive: Archive) -> Counter[str]:
    """Every word of the index with the number of its documents, as FTS5 itself counts them."""
    archive.connection.execute(
        text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.v USING fts5vocab(main, articles_fts, row)")
    )
    return Counter(dict(archive.connection.execute(text("SELECT term, doc FROM temp.v")).all()))


def test_the_index_follows_what_is_stored_and_is_as_if_made_anew(archive: Archive) -> None:
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()
    changed = replace(
        article(1, *STORIES[1]), title="إلغاء الزيارة", published_at=date(2023, 7, 1), tags=("عاجل",)
    )
    keep(archive, changed)
    assert found(archive, "طبرق") == set()  # out at once; in again with the commit
    assert search(archive.connection, Query()).pending == 1
    archive.commit()
    assert found(archive, "الغاء عاجل") == {1}
    assert found(archive, "يزور") == set()
    assert found(archive, "", since=date(2023, 7, 1)) == {1}
    before = index_of(archive)
    archive.fulltext.start_anew()
    assert search(archive.connection, Query()).pending == 6
    archive.commit()
    assert index_of(archive) == before
    assert before["يزور"] == 0


def test_what_was_written_in_a_killed_run_is_searchable_after_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = new_archive(tmp_path)
    for number in range(3):
        keep(archive, article(number, *STORIES[number]))
    archive.batch.write()
    archive.batch.write()
    archive.connection.commit()  # the rows are durable, the index has not caught up
    archive.close()
    monkeypatch.setattr(fulltext, "BATCH", 1)
    told: list[int] = []
    Archive.create_or_open(tmp_path, indexing=told.append).close()
    assert told == [1, 0]
    reader = Archive.open_for_reading(tmp_path)
    assert found(reader, "مصراتة") == {0, 2}
    reader.close()


def test_an_archive_of_the_first_schema_becomes_searchable(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    keep(archive, article(0, *STORIES[0]))
    archive.commit()
    archive.close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as raw, raw:
        for table in (
            "articles_fts",
            "search_documents",
            "search_pending",
            "search_index",
            "site_runs",
            "alerts",
            "copy_shingles",
            "copy_segments",
            "copy_blocks",
            "copy_filters",
        ):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("CREATE TABLE copy_bands (key BIGINT, article_id INTEGER)")
        raw.execute("ALTER TABLE sites DROP COLUMN idle_parameters")
    raw.close()
    _set_schema(tmp_path, "0003")
    with pytest.raises(Exception, match="schema 0003"):
        Archive.open_for_reading(tmp_path)
    Archive.create_or_open(tmp_path).close()
    reader = Archive.open_for_reading(tmp_path)
    assert found(reader, "مصراتة") == {0}
    reader.close()


def _set_schema(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    raw.close()


def test_other_rules_make_the_index_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = new_archive(tmp_path)
    keep(archive, article(0, *STORIES[0]))
    archive.commit()
    archive.close()
    monkeypatch.setattr(fulltext, "REVISION", "another")
    monkeypatch.setattr(fulltext, "words", lambda text: [word[::-1] for word in words(text)])
    archive = Archive.create_or_open(tmp_path)
    assert found(archive, "هتارصم") == {0}
    assert found(archive, "مصراتة") == set()
    archive.close()


def test_very_many_articles_of_one_minute_keep_their_day(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "MINUTE_SIZE", 4)
    for number in range(12):
        keep(archive, article(number, "خبر", "نص", "2023-05-30", None, None, "example.ly"))
        if number % 5 == 0:
            archive.commit()
    archive.commit()
    page = search(archive.connection, Query(since=date(2023, 5, 30), until=date(2023, 5, 30)), facets=True)
    assert (page.total, [each.articles for each in page.histogram]) == (12, [12])


def test_verify_sees_an_index_that_disagrees(archive: Archive) -> None:
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()

    def seen() -> list[str]:
        return [each.what for each in verify(archive, Checked()) if each.where == "full-text index"]

    assert seen() == []
    archive.connection.execute(delete(t.SearchDocument).where(t.SearchDocument.article_id == 1))
    archive.connection.execute(
        update(t.SearchDocument).where(t.SearchDocument.article_id == 2).values(item_digest="x")
    )
    lacking, other, more = seen()
    assert "1 article is not in it" in lacking
    assert "1 article is in it with another text" in other
    assert "holds 6 documents for 5" in more
    archive.fulltext.start_anew()
    archive.commit()
    assert seen() == []
    archive.connection.execute(delete(t.SearchIndex))
    checked = Checked()
    assert seen() == []
    list(verify(archive, checked))
    assert checked.left == ["full-text index: to be made anew, by today's rules"], "the next run does"


def test_words_and_their_places_agree() -> None:
    line = "قالَت وزارةُ الخارجية: «بمــصراتة» في ٢٠٢٣/٥/٣٠ #حرية_التعبير ﻻ ﷲ Straße"
    assert [word.folded for word in words_in_place(line)] == words(line)
    assert [line[word.start : word.end] for word in words_in_place(line)][:4] == [
        "قالَت",
        "وزارةُ",
        "الخارجية",
        "بمــصراتة",
    ]
    assert words("ﷲ") == ["الله"]


def test_forms_of_a_word() -> None:
    assert {"والكتاب", "كتابها", "بكتابه", "كتابات"} <= set(forms("كتاب"))
    assert forms("كتاب")[0] == "كتاب"
    assert "بلد" not in forms("ولد")
    assert forms("nato") == ("nato",)
    assert forms("في") == ("في",)


def test_a_search_text_for_sql_of_ones_own(stories: Archive) -> None:
    expression = fts_expression(stories.connection, "أحمد OR «معرض الكتاب»")
    rows = stories.connection.execute(text("""SELECT d.article_id FROM articles_fts
        JOIN search_documents d ON d.id = articles_fts.rowid WHERE articles_fts MATCH :q ORDER BY 1"""), {"q": expression})  # fmt: skip
    assert rows.scalars().all() == [1, 3]
    assert fts_expression(stories.connection, " ") is None


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
