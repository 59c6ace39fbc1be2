"""When two pages are one article, and when that would be a guess."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert

from archiver.article import Article
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.articles import ArticleStore
from archiver.store.twins import LIKE_IT, Twin

BODY = " ".join(f"كلمة{number}" for number in range(60))
OTHER_BODY = " ".join(f"لفظة{number}" for number in range(60))
NOON = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
STORY = Article(
    url="https://example.ly/news/1204-story", canonical_url="https://example.ly/news/1204-story", site="example.ly",
    title="أسعار العملات اليوم", published_at=NOON, published_precision="minute", body=BODY)  # fmt: skip


@pytest.fixture
def articles(tmp_path: Path) -> Iterator[ArticleStore]:
    archive = Archive.create_or_open(tmp_path / "archive")
    archive.site_id("https://example.ly/")
    archive.connection.execute(insert(t.Snapshot).values(
        url="x", url_key="x", fetched_at="2024-05-30", status=200, record_type="response", warc_file="x",
        warc_offset=1, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    yield archive.articles
    archive.close()


def store(articles: ArticleStore, article: Article) -> int:
    return articles.store(
        article, site_id=1, snapshot_id=1, fetched_at="2024-05-30T10:00:00+00:00"
    ).article_id


def at(address: str, **more: object) -> Article:
    """The story under another address, which it names as its own."""
    url = f"https://example.ly/{address}"
    return replace(STORY, **{"url": url, "canonical_url": url, **more})  # type: ignore[arg-type]


def test_the_same_words_under_the_same_number(articles: ArticleStore) -> None:
    known = store(articles, STORY)
    assert articles.twin_of(at("sport/1204-قصة")) == Twin(known, "same_text", STORY.url)


@pytest.mark.parametrize(
    "other",
    [
        at("news/1205-story"),
        at("sport/1204-x", title="عنوان آخر"),
        at("sport/1204-x", body=BODY + " وزيادة"),
        at("sport/1204-x", published_at=date(2024, 5, 2), published_precision="day"),
        at("sport/1204-x", published_at=NOON.replace(hour=13)),
        at("sport/1204-x", published_at=None, published_precision=None),
        at(
            "sport/1204-x",
            site="other.ly",
            url="https://other.ly/sport/1204-x",
            canonical_url="https://other.ly/x",
        ),
    ],
    ids=["number", "title", "text", "day", "moment", "undated", "site"],
)
def test_anything_less_is_two_articles(articles: ArticleStore, other: Article) -> None:
    store(articles, STORY)
    assert articles.twin_of(other) is None


def test_the_same_day_told_with_its_hour_or_without(articles: ArticleStore) -> None:
    """A feed told the hour of the one; the other was come to by a link."""
    day = {"published_at": date(2024, 5, 1), "published_precision": "day"}
    known = store(articles, STORY)
    assert articles.twin_of(at("sport/1204-قصة", **day)) == Twin(known, "same_text", STORY.url)
    other = store(articles, at("news/1205-story", **day))
    assert articles.twin_of(at("sport/1205-قصة")) == Twin(
        other, "same_text", "https://example.ly/news/1205-story"
    )


def test_without_a_number_the_time_must_be_known_to_the_minute(articles: ArticleStore) -> None:
    day = {"published_at": date(2024, 5, 1), "published_precision": "day"}
    store(articles, at("harbour-opens", **day))
    assert articles.twin_of(at("مرفأ-جديد", **day)) is None
    known = store(articles, at("market-opens"))
    assert articles.twin_of(at("سوق-جديدة")) == Twin(known, "same_text", "https://example.ly/market-opens")


@pytest.mark.parametrize(
    ("printed", "is_one"),
    [
        (datetime(2024, 5, 1, 14, 30, tzinfo=timezone(timedelta(hours=2))), True),
        (datetime(2024, 5, 2, 0, 30, tzinfo=timezone(timedelta(hours=12))), True),
        (datetime.fromisoformat("2024-05-01T14:30"), True),
        (datetime(2024, 5, 1, 14, 30, tzinfo=UTC), False),
        (datetime.fromisoformat("2024-05-01T14:37"), False),
    ],
    ids=["another zone", "a day on", "no zone", "two hours on", "seven minutes on"],
)
def test_a_new_template_under_new_addresses_prints_one_moment_otherwise(
    articles: ArticleStore, printed: datetime, is_one: bool
) -> None:
    known = store(articles, at("market-opens"))
    found = articles.twin_of(at("سوق-جديدة", published_at=printed))
    assert found == (Twin(known, "same_text", "https://example.ly/market-opens") if is_one else None)


def test_one_path_with_the_storys_number_whatever_numbers_its_query_has(articles: ArticleStore) -> None:
    """«?from=805», the story on whose page the link stood."""
    known = store(articles, at("story/1204?from=805"))
    found = articles.twin_of(at("story/1204?from=806&pos=2"))
    assert found == Twin(known, "same_text", "https://example.ly/story/1204?from=805")
    assert articles.twin_of(at("story/1204?from=807", body=BODY + " وزيادة")) is None
    assert articles.twin_of(at("story?id=1205&from=806")) is None


def test_a_short_text_is_the_same_by_chance(articles: ArticleStore) -> None:
    store(articles, replace(STORY, body="اشتركوا في نشرتنا"))
    assert articles.twin_of(at("sport/1204-x", body="اشتركوا في نشرتنا")) is None


def test_the_canonical_page_is_known_though_it_comes_last(articles: ArticleStore) -> None:
    known = store(articles, at("sport/a-story", canonical_url=STORY.url))
    assert articles.twin_of(replace(STORY, published_at=None)) == Twin(
        known, "canonical", "https://example.ly/sport/a-story"
    )
    assert articles.twin_of(replace(STORY, title="غيره", body=OTHER_BODY)) is None


@pytest.mark.parametrize(
    ("changes", "is_twin"),
    [
        ({"body": " ".join(BODY.split()[:40])}, True),
        ({"body": OTHER_BODY}, False),
        ({"body": " ".join(BODY.split()[:50]), "published_at": date(2024, 5, 3)}, False),
        ({"body": " ".join(BODY.split()[:50]), "published_at": date(2024, 5, 2)}, True),
        (
            {"body": " ".join(BODY.split()[:50]), "published_at": datetime(2024, 5, 2, 12, 30, tzinfo=UTC)},
            False,
        ),
        ({"title": "عنوان آخر"}, True),
    ],
    ids=[
        "a shorter view",
        "another text",
        "another day",
        "perhaps the zone",
        "a day later to the hour",
        "another title",
    ],
)
def test_a_canonical_link_is_believed_where_the_text_agrees(
    articles: ArticleStore, changes: dict[str, object], is_twin: bool
) -> None:
    """Sites are known to name one page on all of a series: «prices today», every day."""
    store(articles, STORY)
    page = at("prices/today", canonical_url=STORY.url, **changes)
    assert (articles.twin_of(page) is not None) is is_twin


def test_an_alias_that_tells_another_story_by_now_is_taken_back(articles: ArticleStore) -> None:
    known = store(articles, STORY)
    articles.add_alias("https://example.ly/today", known, "canonical")
    assert articles.twin_of(at("today", canonical_url="https://example.ly/today")) == Twin(
        known, "same_text", STORY.url
    )
    assert articles.twin_of(at("today", title="غيره", body=OTHER_BODY)) is None
    assert articles.id_of("example.ly/today") is None


def test_an_alias_never_overwrites_what_the_article_says_at_home(articles: ArticleStore) -> None:
    known = store(articles, STORY)
    articles.add_alias("https://example.ly/sport/1204-x", known, "same_text")
    edited = at("sport/1204-x", body=OTHER_BODY)
    assert articles.twin_of(edited) == Twin(known, "canonical", STORY.url), "the same number"


def test_an_article_that_moved_lives_on_at_its_new_address(articles: ArticleStore) -> None:
    known = store(articles, STORY)
    moved = at("world/a-story", body=BODY + " وأضيف إليه سطر")
    assert articles.follow_move(moved, [STORY.url])
    assert store(articles, moved) == known
    assert articles.twin_of(replace(moved, body=BODY)) is None, "its own address now: an edit is a version"
    assert not articles.follow_move(moved, [STORY.url]), "known already"
    assert not articles.follow_move(at("world/other", title="غيره", body=OTHER_BODY), [STORY.url])


@pytest.mark.parametrize(
    ("changes", "is_move"),
    [
        ({"body": BODY + " وأضيف إليه سطر"}, True),
        ({"body": BODY + " " + OTHER_BODY}, False),
        ({"body": BODY + " وأضيف إليه سطر", "published_at": NOON + timedelta(days=3)}, False),
    ],
    ids=["a line more", "twice the text", "another day"],
)
def test_a_new_title_and_its_slug_are_an_edit_where_the_old_address_redirects(
    articles: ArticleStore, changes: dict[str, object], is_move: bool
) -> None:
    known = store(articles, STORY)
    page = at("news/a-new-slug", title="أسعار العملات ترتفع", **changes)
    assert articles.follow_move(page, [STORY.url]) is is_move
    assert (store(articles, page) == known) is is_move


def test_looking_for_a_twin_reads_no_whole_site(articles: ArticleStore) -> None:
    compiled = LIKE_IT.compile(articles._connection)
    values = tuple(compiled.params[name] for name in compiled.positiontup or ())
    plan = articles._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
    steps = " ".join(str(row) for row in plan)
    assert "ix_articles_canonical_url" in steps
    assert "published_at" in steps
    assert "SCAN articles" not in steps


def test_every_reason_is_in_the_dictionary() -> None:
    comment = t.table_of(t.Alias).c.reason.comment or ""
    assert {"redirect", "canonical", "same_text"} <= set(comment.replace(",", " ").split())


def test_a_print_script_shows_a_story_with_a_line_more(articles: ArticleStore) -> None:
    """What a print view adds, its story's address or the house's, makes no second article of it."""
    known = store(articles, at("news.php?id=77001"))
    printed = {"body": f"{BODY} https://example.ly/news.php?id=77001"}
    found = articles.twin_of(at("print.php?aid=77001", **printed))
    assert found == Twin(known, "same_text", "https://example.ly/news.php?id=77001")
    assert articles.twin_of(at("print.php?aid=77002", **printed)) is None
    assert articles.twin_of(at("show.php?aid=77001", **printed)) is None
