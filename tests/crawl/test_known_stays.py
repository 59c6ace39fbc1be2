"""What is known of an article stays: a date that a new theme tells otherwise, a text that goes behind a paywall, and all of it
where the database is lost.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.paper import STORY, WHEN, Paper
from tests.crawl.test_versions import EDITED, FIRST, SECOND, SHOWN, THIRD, path_of


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ('<time class="entry-date published" datetime="2024-05-01T08:00:00Z">1 مايو 2024</time>', None),
        (SHOWN.format("1 مايو 2024 - 10:00"), None),
        (SHOWN.format("1 مايو 2024"), None),
        ("", None),
        ('<div class="entry-date">آخر تحديث: 5 مايو 2024</div>', None),
        (WHEN.replace("10:00:00", "11:00:00"), "2024-05-01T11:00:00+02:00"),
    ],
    ids=["zone", "clock", "day", "none", "a change", "another"],
)
def test_a_new_theme_that_tells_a_known_date_otherwise_or_not_at_all_is_no_edit(
    desk: Desk, told: str, known: str | None
) -> None:
    with Paper() as paper:
        desk.archive.mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        path = path_of("in-a-new-theme")
        paper.front(path)
        paper.story(path, "خبر الميناء في قالب جديد", FIRST, SECOND)
        assert desk.crawl(paper.url).code == 0
        dates = "SELECT published_at, published_precision FROM articles"
        ((moment, precision),) = desk.sql(dates)
        assert moment == "2024-05-01T10:00:00+02:00"

        def look_again(*text: str) -> list[str]:
            paper.story(path, "خبر الميناء في قالب جديد", *text, when=told)
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
            assert desk.crawl(paper.url).code == 0
            return desk.column("SELECT cause FROM article_versions ORDER BY number")

        assert look_again(FIRST, SECOND) == ["first", "publisher"][: 1 if known is None else 2]
        if known is not None:
            assert desk.sql(dates) == [(known, precision)]
            return
        assert desk.sql(dates) == [(moment, precision)]
        assert "published_kept" in desk.column("SELECT code FROM warnings")
        assert desk.run("reparse", "--json").summary["changed"] == 0
        assert desk.run("verify").code == 0
        assert look_again(FIRST, EDITED) == ["first", "publisher"]
        told_again = json.loads(desk.run("diff", paper.url[:-1] + path, "--json").out)
        changed = [each["field"] for each in told_again["changes"]]
        assert changed == ["modified_at", "body"] if "تحديث" in told else changed == ["body"]
        assert desk.sql(dates) == [(moment, precision)]
        assert desk.run("reparse", "--json").summary["changed"] == 0
        assert desk.sql(dates) == [(moment, precision)]


def test_an_article_that_goes_behind_a_paywall_keeps_its_text(desk: Desk, tmp_path: Path) -> None:
    wall = '<div class="paywall">هذا المقال للمشتركين فقط. اشترك الآن لمتابعة القراءة. <a href="/join">اشترك</a></div>'
    with Paper() as paper:
        desk.archive.mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        whole, stub = path_of("walled"), path_of("never-whole")
        paper.front(whole, stub)

        def show(path: str, text: str, more: str = "") -> None:
            page = STORY.format(title=f"خبر {path}", when=WHEN, body=f"<p>{text}</p>{more}", ad="")
            free = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": not more})
            page = page.replace("</head>", f'<script type="application/ld+json">{free}</script></head>')
            paper.pages[path] = (200, {}, page.encode())

        show(whole, f"{FIRST}</p><p>{SECOND}")
        show(stub, FIRST, wall)
        assert desk.crawl(paper.url).code == 0

        def look_again() -> Any:
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
            ran = desk.crawl(paper.url)
            assert ran.code == 0, ran.err
            return ran.summary

        show(whole, FIRST, wall)
        show(stub, SECOND, wall)
        summary = look_again()
        (site,) = summary["sites"].values()
        assert (site["new_articles"], site["changed_articles"]) == (0, 1)
        text = "SELECT body, version, removed_at FROM articles WHERE url LIKE ?"
        assert desk.sql(text, f"%{whole}") == [(f"{FIRST}\n\n{SECOND}", 1, None)]
        assert desk.sql(text, f"%{stub}") == [(SECOND, 2, None)]
        tries = "SELECT outcome, article_id FROM fetches WHERE url LIKE ? ORDER BY id"
        assert desk.sql(tries, f"%{whole}")[1:] == [("paywalled", None)]
        assert desk.column("SELECT new_articles FROM site_runs ORDER BY run_id") == [2, 0]
        rescued = Desk(tmp_path / "rescued" / "archive")
        shutil.copytree(desk.archive / "warc", rescued.archive / "warc")
        assert rescued.run("reparse").code == 0
        assert rescued.sql(text, f"%{whole}") == desk.sql(text, f"%{whole}")
        show(whole, f"{FIRST}</p><p>{EDITED}")
        look_again()
        assert desk.sql(text, f"%{whole}") == [(f"{FIRST}\n\n{EDITED}", 2, None)]


@pytest.mark.parametrize("says_304", [True, False])
def test_a_lost_database_comes_back_with_every_article_and_version_that_its_pages_tell(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says_304: bool
) -> None:
    parked = "<html><head><title>مرفأ</title></head><body><p>This domain may be for sale.</p></body></html>"
    with Paper() as paper:
        desk.archive.mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        if not says_304:
            monkeypatch.setattr(paper, "answer", lambda path, _: Paper.answer(paper, path, {}))
        names = ("edited", "parked", "gone", "back", "still")
        paper.front(*map(path_of, names))

        def look_again() -> None:
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
            ran = desk.crawl(paper.url)
            assert ran.code == 0, ran.err

        for name in names:
            paper.story(path_of(name), f"خبر الميناء {name}", FIRST, SECOND)
        look_again_first = desk.crawl(paper.url)
        assert look_again_first.code == 0, look_again_first.err
        paper.story(path_of("edited"), "خبر الميناء edited", FIRST, EDITED)
        back = paper.pages.pop(path_of("back"))
        look_again()
        paper.story(path_of("edited"), "خبر الميناء edited", FIRST, EDITED, THIRD)
        paper.pages[path_of("parked")] = (200, {}, parked.encode())
        paper.pages[path_of("gone")] = (410, {}, b"")
        paper.pages[path_of("back")] = back
        look_again()
        if not says_304:
            look_again()
    rescued = Desk(tmp_path / "rescued" / "archive")
    shutil.copytree(desk.archive / "warc", rescued.archive / "warc")
    ran = rescued.run("reparse", "--json")
    assert ran.code == 0, ran.err
    assert (ran.summary["added"], ran.summary["changed"]) == (len(names), 2)
    for query in (
        "SELECT url_key, title, body, version, removed_how, first_fetched_at, fetched_at, removed_at FROM articles ORDER BY 1",
        "SELECT a.url_key, number, cause, v.content_digest FROM article_versions v JOIN articles a ON a.id = article_id"
        " ORDER BY 1, 2",
    ):
        assert rescued.sql(query) == desk.sql(query)
    again = rescued.run("reparse", "--json")
    assert (again.summary["added"], again.summary["changed"]) == (0, 0)
    assert rescued.run("verify").code == 0
