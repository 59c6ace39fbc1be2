"""The newsroom's stories say what the truth says of them, each with its peculiarity."""

import gzip
import json
from collections import Counter
from urllib.parse import unquote

import pytest

from tests.newsroom import Newsroom, identity
from tests.newsroom.reading import NOW, Client, Walk, one, page_of


def test_every_article_says_what_the_truth_says(newsroom: Newsroom, client: Client) -> None:
    for truth in newsroom.articles:
        page = page_of(client, truth)
        shown = " ".join(page.text_content().split())
        assert page.findtext(".//h1") == truth.title or page.xpath("string(//h1)") == truth.title
        for block in truth.body_paragraphs:
            assert " ".join(block.split()) in shown
        for text in (truth.visible_date, truth.header_clock, truth.agency, *truth.authors):
            assert text is None or text in shown or truth.quirk == "meta_off"
        if truth.caption:
            assert truth.caption in shown
        hrefs = {identity(href) for href in page.xpath("//a/@href") if not href.startswith("http://[")}
        assert hrefs >= {identity(each.path) for each in truth.see_also}
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert identity(canonical) == identity(truth.path)


def test_articles_differ_from_one_another(newsroom: Newsroom) -> None:
    articles = newsroom.articles
    assert len({truth.title for truth in articles}) == len(articles) == 60
    assert Counter(truth.section for truth in articles).keys() == {"محليات", "اقتصاد", "رياضة", "ثقافة"}
    words = {truth.path: set(truth.body.split()) for truth in articles}
    for first in articles:
        for second in articles:
            if first.path < second.path and first.path != second.copy_of and second.path != first.copy_of:
                shared = words[first.path] & words[second.path]
                assert len(shared) / len(words[first.path] | words[second.path]) < 0.6


def test_themes_and_encodings(newsroom: Newsroom) -> None:
    themes = Counter(truth.theme for truth in newsroom.articles)
    assert themes == {"sahifa": 52, "jannah": 3, "plain": 4, "tagdiv": 1}
    assert Counter(truth.encoding for truth in newsroom.articles) == {"utf-8": 57, "windows-1256": 3}


def test_the_same_number_gives_the_same_newsroom(newsroom: Newsroom) -> None:
    with Newsroom(now=NOW) as other:
        assert other.articles == newsroom.articles


@pytest.mark.parametrize("count", [12, 13, 33, 40])
def test_a_smaller_newsroom_is_whole(count: int) -> None:
    with Newsroom(count, now=NOW) as small:
        assert len(small.articles) == count
        assert Walk(small).reached >= small.expected_articles()


def test_dates_that_are_not_there(newsroom: Newsroom, client: Client) -> None:
    none, clock = one(newsroom, "no_date"), one(newsroom, "header_clock_only")
    assert none.published_at is None
    assert clock.published_at is None
    bare = page_of(client, none)
    assert not bare.xpath("//*[@class='today-date'] | //article//*[@class='updated']")
    page = page_of(client, clock)
    assert page.xpath("string(//span[@class='today-date'])") == clock.header_clock
    assert clock.header_clock == "الثلاثاء , 10 فبراير 2026"
    for path in ("/feed/", "/news-sitemap.xml", "/post-sitemap1.xml.gz", "/post-sitemap2.xml.gz"):
        body = client.get(path).body
        text = gzip.decompress(body).decode() if path.endswith(".gz") else body.decode()
        assert unquote(none.path) not in unquote(text)
        assert unquote(clock.path) not in unquote(text)


def test_relative_dates_and_structured_data(newsroom: Newsroom, client: Client) -> None:
    assert one(newsroom, "relative_date").visible_date == "منذ يوم واحد"
    assert one(newsroom, "relative_date").day == "2026-02-09"
    assert one(newsroom, "relative_weeks").day == "2026-01-18"
    truth = one(newsroom, "json_ld")
    data = json.loads(page_of(client, truth).xpath("string(//script[@id='tie-schema-json'])"))
    assert data["datePublished"] == truth.published_at
    assert data["headline"] == truth.title


def test_hostile_and_cover_and_agency(newsroom: Newsroom, client: Client) -> None:
    assert "onerror=" in client.get(one(newsroom, "hostile_script").path).text
    cover = page_of(client, one(newsroom, "cover"))
    assert cover.xpath("//div[@class='post-cover-head']//h1")
    assert not cover.xpath("//article//h1")
    first, second = newsroom.of_quirk("agency")
    assert second.copy_of == first.path
    assert second.body_paragraphs == first.body_paragraphs[:-1]
    assert first.agency == "وكالة الساحل للأنباء"
