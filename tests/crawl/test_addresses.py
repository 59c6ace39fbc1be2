"""One article under several addresses is one row, whatever they have in common; two articles stay two."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from benchmarks.planted import Newswire
from tests.crawl.conftest import Desk, Ran
from tests.crawl.small_site import HTML, NOTHING, Answer, listing, serving, story

NAMES = ("-s", "DNS_RESOLVER=tests.crawl.loopback_names.LoopbackResolver")
TOPICS = [
    "الميناء",
    "المطار",
    "المستشفى",
    "الجامعة",
    "المصرف",
    "البلدية",
    "المكتبة",
    "الملعب",
    "المتحف",
    "السوق",
    "الجسر",
    "المدرسة",
]
SECOND = "2024-05-01T10:{:02}:00+02:00"


WIRE = [each.body for each in Newswire(5).articles(80) if each.kind == "own" and each.site[4] != "1"]


def body(topic: str) -> str:
    return f"{topic}: {WIRE[[*TOPICS, 'الروضة'].index(topic)]}".replace("\n\n", "</p><p>")


def page(
    topic: str, *, canonical: str | None = None, text: str | None = None, date: str = "", title: str = ""
) -> Answer:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    date = date or SECOND.format(TOPICS.index(topic))
    return 200, HTML, f"""<html lang="ar"><head><title>{title or f"أخبار {topic} هذا اليوم"}</title>{link}
        <meta property="og:type" content="article"></head><body class="single-post"><article>
        <h1 class="entry-title">{title or f"أخبار {topic} هذا اليوم"}</h1>
        <time class="entry-date published" datetime="{date}">{date[:10]}</time>
        <div class="entry-content"><p>{text or body(topic)}</p></div></article></body></html>""".encode()  # fmt: skip


SAME = {
    "amp": ("/amp-story-1001/amp/", "/amp-story-1001"),
    "print": ("/news.php?id=1002", "/news.php?id=1002&print=1", "/view.php?id=1002"),
    "mobile": ("/mobile-story-1003", "//m/mobile-story-1003"),
    "section": ("/sport/1004-game", "/news/1004-game"),
    "section, canonical last": ("/world/1005-trip", "/politics/1005-trip"),
    "scheme": ("/scheme-story-1006", "//https/scheme-story-1006"),
    "slug": ("/harbour-opens-1007", "/افتتاح-الميناء-1007"),
    "slug, canonical": ("/museum-opens-today", "/افتتاح-المتحف-اليوم"),
    "slug, to the minute": ("/market-opens-today", "/افتتاح-السوق-اليوم"),
}
TOPIC_OF = dict(zip(SAME, TOPICS, strict=False))
CANONICAL = {"/world/1005-trip": "/politics/1005-trip", "/museum-opens-today": "/افتتاح-المتحف-اليوم"}
DIFFERENT = {
    "/news/2001-bridge": page("الجسر"),
    "/news/2002-bridge": page("الجسر"),  # posted twice: two numbers
    "/news/2003-school": page("المدرسة", date="2024-05-01"),
    "/news/school-of-the-day": page("المدرسة", date="2024-05-02"),  # the same on another day
    "/news/school-of-the-hour": page(
        "المدرسة", date="2024-05-01", text=body("الروضة")
    ),  # the same title and day
    "/news/brief-of-noon": page("الجسر", text="يفتح الجسر صباح الغد أمام المارة كلهم.", title="موجز الأنباء"),
    "/news/brief-of-evening": page(
        "الجسر", text="يفتح الجسر صباح الغد أمام المارة كلهم.", title="موجز الأنباء"
    ),
}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk, Ran]]:
    """A site of twins, crawled once under its name."""
    desk = Desk(tmp_path_factory.mktemp("twins") / "archive")

    def absolute(path: str) -> str:
        for mark, start in (
            ("//m/", site.replace("://", "://m.")),
            ("//https/", site.replace("http:", "https:")),
        ):
            if path.startswith(mark):
                return start + path.removeprefix(mark)
        return quote(path, safe="/?=&%")

    def answer(path: str) -> Answer:
        path = unquote(path)
        if path == "/":
            return listing([absolute(each) for group in (*SAME.values(), DIFFERENT) for each in group])
        if path in DIFFERENT:
            return DIFFERENT[path]
        for kind, addresses in SAME.items():
            if path in addresses:
                return page(TOPIC_OF[kind], canonical=CANONICAL.get(path))
        return NOTHING

    with serving(answer) as (loopback, _):
        site = loopback.replace("127.0.0.1", "sahel.test")
        ran = desk.crawl(site, *NAMES)
        yield site, desk, ran


@pytest.mark.parametrize("kind", SAME)
def test_it_is_one_article_and_every_address_leads_to_it(twins: tuple[str, Desk, Ran], kind: str) -> None:
    site, desk, ran = twins
    assert ran.code == 0, ran.err
    title = f"أخبار {TOPIC_OF[kind]} هذا اليوم"
    assert desk.column("SELECT count(*) FROM articles WHERE title = ?", title) == [1]
    for path in SAME[kind]:
        url = (
            site.replace("://", "://m.") + path[4:]
            if path.startswith("//m/")
            else site + path.removeprefix("//https")[1:]
        )
        shown = desk.run("show", url.replace("http:", "https:") if "//https" in path else url)
        assert title in shown.out, (path, shown.err)


def test_two_articles_stay_two(twins: tuple[str, Desk, Ran]) -> None:
    _, desk, _ = twins
    found = [key.partition("/")[2] for key in desk.column("SELECT url_key FROM articles")]
    assert {path[1:] for path in DIFFERENT} <= set(found)
    assert len(found) == len(SAME) + len(DIFFERENT)


def test_every_alias_says_why(twins: tuple[str, Desk, Ran]) -> None:
    _, desk, _ = twins
    reasons = dict(desk.sql("SELECT substr(url_key, instr(url_key, '/')), reason FROM aliases"))
    assert set(reasons.values()) == {"canonical", "same_text"}
    assert len(reasons) == 6
    twins_noted = desk.column("SELECT detail FROM fetches WHERE outcome = 'article_twin'")
    assert len(twins_noted) == 6
    assert all(detail.split(": ")[0] in ("canonical", "same_text") for detail in twins_noted)


def test_what_stays_two_is_linked_as_copies(twins: tuple[str, Desk, Ran]) -> None:
    site, desk, ran = twins
    assert ran.summary["copies"]["links"] >= 3
    shown = desk.run("copies", f"{site}news/2002-bridge", "--json")
    (cluster,) = shown.summary["clusters"]
    assert {member["url"].rpartition("/")[2] for member in cluster["members"]} == {
        "2001-bridge",
        "2002-bridge",
    }
    assert [member["share"]["jaccard"] for member in cluster["members"]] == [1.0, 1.0]
    assert not cluster["first_is_sure"], "both carry the same minute"
    listed = desk.run("copies", "--site", site)
    assert listed.code == 0
    assert "أخبار الجسر" in listed.out
    told = desk.run("copies", f"{site}news/2002-bridge")
    assert "2001-bridge" in told.out
    assert "first" in told.out
    assert "no copies" in desk.run("copies", f"{site}mobile-story-1003").out
    missing = desk.run("copies", f"{site}no-such-story")
    assert missing.code == 2
    assert "no article of this address" in missing.err


def test_what_a_killed_run_left_is_caught_up(twins: tuple[str, Desk, Ran], tmp_path: Path) -> None:
    _, desk, _ = twins
    killed = Desk(tmp_path / "killed")
    shutil.copytree(desk.archive, killed.archive)
    links = "SELECT * FROM copy_links ORDER BY 1, 2"
    with closing(sqlite3.connect(killed.archive / "archive.db")) as connection, connection:
        for table in (
            "copy_texts",
            "copy_shingles",
            "copy_segments",
            "copy_blocks",
            "copy_filters",
            "copy_links",
            "copy_members",
        ):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    ran = killed.run("copies", "--update")
    assert ran.code == 0
    assert "articles compared" in ran.err
    assert killed.sql(links) == desk.sql(links)
    assert "0 articles compared" in killed.run("copies", "--update").err
    assert killed.run("verify").code == 0


def test_the_same_comes_of_the_snapshots_alone(twins: tuple[str, Desk, Ran], tmp_path: Path) -> None:
    _, desk, _ = twins
    rescued = Desk(tmp_path / "rescued")
    shutil.copytree(desk.archive / "warc", rescued.archive / "warc")
    assert rescued.run("reparse", "--json").code == 0
    titles = "SELECT title, count(*) FROM articles GROUP BY 1 ORDER BY 1"
    assert rescued.sql(titles) == desk.sql(titles)
    links = "SELECT kind, count(*) FROM copy_links GROUP BY 1"
    assert rescued.sql(links) == desk.sql(links)


def test_a_story_that_is_linked_as_its_print_view_alone_is_read_as_itself(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path == "/":
            return listing([f"/news/{number}?print=1" for number in range(3)])
        return story(path[6:]) if path.startswith("/news/") else NOTHING

    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
    assert {path for path in asked if path.startswith("/news/")} == {f"/news/{number}" for number in range(3)}
    assert len(desk.column("SELECT url FROM articles WHERE url NOT LIKE '%print%'")) == 3
