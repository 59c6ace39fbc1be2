"""Articles, their versions and what they link to, as rows."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from archiver.article import Link
from archiver.outcomes import Outcome
from archiver.store import Archive
from archiver.store.reading import article_item, version_item, versions_of
from archiver.store.twins import Twin
from tests.store.rows import ARTICLE, store


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
