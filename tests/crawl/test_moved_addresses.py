"""A site that changes the addresses of its stories: where the article lives from then on, and what is edited there."""

import sqlite3
from contextlib import closing

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import HTML, NOTHING, TEXT, Answer, listing, serving

NUMBERS = range(4001, 4006)


def page(number: int, *, title: str = "", more: str = "") -> Answer:
    title = title or f"خبر الميناء رقم {number}"
    return 200, HTML, f"""<html lang="ar"><head><title>{title}</title><meta property="og:type" content="article"></head>
        <body class="single-post"><article><h1 class="entry-title">{title}</h1>
        <time class="entry-date published" datetime="2024-05-01T10:{number % 60:02}:00+02:00">1 مايو 2024</time>
        <div class="entry-content"><p>{number}: {TEXT}</p>{more}</div></article></body></html>""".encode()  # fmt: skip


@pytest.mark.parametrize("redirects", [True, False], ids=["old addresses redirect", "old addresses are gone"])
def test_new_addresses_for_all_stories(desk: Desk, redirects: bool) -> None:
    moved, edited = list[bool](), list[int]()

    def answer(path: str) -> Answer:
        new = [f"/2024/05/story-{number}/" for number in NUMBERS]
        old = [f"/news/{number}.html" for number in NUMBERS]
        if path == "/":
            return listing(new if moved else old)
        if path in old and moved:
            return (301, {"Location": new[old.index(path)]}, b"") if redirects else NOTHING
        if path in (new if moved else old):
            number = NUMBERS[(new if moved else old).index(path)]
            return page(
                number, more="<p>وأضاف البيان أن الأعمال ستنتهي قريبا.</p>" if number in edited else ""
            )
        return NOTHING

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
        moved.append(True)
        _look_again(desk)
        ran = desk.crawl(site)
        assert (ran.code, ran.summary["alerts"]) == (0, [])
        assert desk.sql(
            "SELECT count(*), sum(removed_at IS NOT NULL), sum(url LIKE '%/2024/05/%') FROM articles"
        ) == [(5, 0, 5)]
        edited.append(4003)
        _look_again(desk)
        desk.crawl(site)
    assert desk.sql("SELECT version, body LIKE '%ستنتهي قريبا%' FROM articles WHERE title LIKE '%4003'") == [
        (2, 1)
    ]
    assert desk.column("SELECT count(*) FROM articles WHERE version > 1 OR removed_at IS NOT NULL") == [1]


def test_an_address_that_leads_to_another_article(desk: Desk) -> None:
    """As of a story with a new title in a new address, or merged into another one: it is not there any more."""
    shown = {f"/news/{number}/story-{number}/": page(number) for number in NUMBERS}

    def answer(path: str) -> Answer:
        return (
            listing([each for each in shown if shown[each][0] == 200])
            if path == "/"
            else shown.get(path, NOTHING)
        )

    with serving(answer) as (site, _):
        desk.crawl(site)
        shown["/news/4003/new-name/"] = page(4003, title="عنوان جديد للخبر")
        shown["/news/4003/story-4003/"] = (301, {"Location": "/news/4003/new-name/"}, b"")
        for _run in range(2):
            _look_again(desk)
            assert desk.crawl(site).summary["alerts"] == []
    assert desk.sql("SELECT removed_how FROM articles WHERE removed_at IS NOT NULL") == [("redirect_other",)]
    assert desk.column("SELECT count(*) FROM articles WHERE removed_at IS NULL") == [5]


def _look_again(desk: Desk) -> None:
    """The articles' time has come."""
    with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
        database.execute(
            "UPDATE frontier SET fetched_at = '2024-06-01T00:00:00+00:00' WHERE dated IS NOT NULL"
        )
