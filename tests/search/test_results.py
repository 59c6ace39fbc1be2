"""In which order hits come, how they are shown, counted and paged."""

import pytest

from archiver.errors import QueryError
from archiver.search import Page, Part, Query, matching_ids, run, search
from archiver.store import Archive
from tests.search.stories import article, keep, numbered


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


def test_without_words_relevance_is_newest_on_every_page(archive: Archive) -> None:
    numbered(archive, 12)
    newest = [hit.article_id for hit in search(archive.connection, Query()).hits]
    seen: list[int] = []
    after = None
    while after is not None or not seen:
        page = search(archive.connection, Query(), sort="relevance", limit=5, after=after)
        seen += [hit.article_id for hit in page.hits]
        after = page.next
    assert seen == newest
    with pytest.raises(QueryError, match="another order"):
        search(archive.connection, Query(), sort="relevance", after="o1")


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
