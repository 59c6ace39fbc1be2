"""What a query finds, and what is refused with the reason."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archiver.arabic.words import forms, words, words_in_place
from archiver.errors import QueryError
from archiver.search import Query, fts_expression, search
from archiver.store import Archive
from tests.search.stories import FILTERED, FORMS, FOUND, STORIES, found


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
    assert "موقعا" in forms("موقع"), "«موقعاً», folded"
    assert "بلد" not in forms("ولد")
    assert forms("nato") == ("nato",)
    assert forms("في") == ("في",)


def test_a_search_text_for_sql_of_ones_own(stories: Archive) -> None:
    expression = fts_expression(stories.connection, "أحمد OR «معرض الكتاب»")
    rows = stories.connection.execute(text("""SELECT d.article_id FROM articles_fts
        JOIN search_documents d ON d.id = articles_fts.rowid WHERE articles_fts MATCH :q ORDER BY 1"""), {"q": expression})  # fmt: skip
    assert rows.scalars().all() == [1, 3]
    assert fts_expression(stories.connection, " ") is None
