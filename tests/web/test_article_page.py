"""The page of an article: its dates and how they were found, versions, citation, copies, see also."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from starlette.testclient import TestClient

from archiver.web.app import create_app
from tests.web.conftest import Room, keep, text_of


def test_an_article_has_both_dates_and_says_how_each_was_found(client: TestClient, room: Room) -> None:
    article, shown, value = room.desk.sql(
        "SELECT id, displayed_date_text, published_at FROM articles"
        " WHERE displayed_date_role = 'served' AND published_at IS NOT NULL LIMIT 1"
    )[0]
    page = text_of(client, f"/article/{article}")
    dates = page[page.index('class="dates"') : page.index("</dl>")]
    assert f'<time datetime="{value}">' in dates
    assert shown in dates
    assert "ساعة الموقع" in dates
    for field in ("published_at", "displayed_date"):
        locator = room.desk.column(
            "SELECT locator FROM provenance WHERE article_id = ? AND field = ?", article, field
        )[0]
        assert locator.replace("'", "&#39;") in dates


def test_an_article_is_whole(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/article/{room.edited}")
    for table, column in (("breadcrumbs", "name"), ("tags", "name"), ("authors", "name"), ("images", "url")):
        values = room.desk.column(f"SELECT {column} FROM {table} WHERE article_id = ?", room.edited)
        assert values
        assert all(each in page for each in values), table
    body = room.desk.column("SELECT body FROM articles WHERE id = ?", room.edited)[0]
    assert all(f">{paragraph}</" in page for paragraph in body.split("\n\n"))
    for field, raw in room.desk.sql("SELECT field, raw FROM provenance WHERE article_id = ?", room.edited):
        assert raw[:40] in page, field
    assert "<img" not in page  # pictures are not in the archive, and nothing is loaded from the live web


def test_see_also_leads_into_the_archive_where_it_can(client: TestClient, room: Room) -> None:
    inside = room.desk.sql(
        "SELECT article_id, target_article_id FROM links WHERE target_article_id IS NOT NULL"
    )[0]
    assert f'class="inside" href="/article/{inside[1]}"' in text_of(client, f"/article/{inside[0]}")
    assert f'class="inside" href="/article/{inside[0]}"' in text_of(client, f"/article/{inside[1]}")
    html = (
        "<article><h1>خبر عن سوق السمك في المدينة القديمة</h1><p>اجتمع الصيادون صباح اليوم في سوق السمك، وقال كبيرهم إن"
        " الصيد وفير هذا العام وإن الأسعار ستنزل قبل الشتاء.</p><p>وأضاف أن القوارب تخرج قبل الفجر وتعود عند الظهر، وأن"
        ' المرفأ يتسع لها جميعا.</p><h3>شاهد أيضاً</h3><ul><li><a href="https://elsewhere.example/story">عنوان خبر لم'
        " يؤرشف بعد في هذا المكان</a></li></ul></article>"
    )
    _, article = keep(room.desk.archive, "https://elsewhere.example/first", html.encode())
    assert room.desk.column("SELECT count(*) FROM links WHERE article_id = ?", article) == [1]
    page = text_of(client, f"/article/{article}")
    link = re.search(r'<a class="outside" href="https://elsewhere.example/story" rel="([^"]+)"', page)
    assert link
    assert {"noreferrer", "noopener"} <= set(link[1].split())


def test_an_earlier_version_is_as_it_was_then(client: TestClient, room: Room) -> None:
    first, second = room.desk.column(
        "SELECT item ->> '$.body' FROM article_versions WHERE article_id = ? ORDER BY number", room.edited
    )
    came = next(each for each in second.split("\n\n") if each not in first.split("\n\n"))
    assert came in text_of(client, f"/article/{room.edited}")
    earlier = text_of(client, f"/article/{room.edited}?version=1")
    assert came not in earlier
    assert "هذه النسخة 1" in earlier
    assert came in re.sub(r"</?ins>", "", text_of(client, f"/article/{room.edited}/diff?older=1&newer=2"))
    text_of(client, f"/article/{room.edited}?version=3", 404)
    text_of(client, f"/article/{room.edited}/diff?older=1&newer=9", 404)


def test_a_citation_names_author_title_day_address_and_bytes(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/article/{room.edited}?lang=en")
    cited = page[page.index('id="citation"') :]
    said = re.sub(r"<[^>]+>", "", cited[cited.index(">") + 1 : cited.index("</p>")])
    title, site, digest = room.desk.sql(
        "SELECT title, site, payload_digest FROM articles JOIN snapshots ON snapshots.id = snapshot_id"
        " WHERE articles.id = ?",
        room.edited,
    )[0]
    author = room.desk.column("SELECT name FROM authors WHERE article_id = ?", room.edited)[0]
    assert said.startswith(f"{author}, “{title}”, {site}, ")
    assert f"sha1:{digest}" in said
    assert "%d8" not in said.lower()  # an address that a person can read


def test_an_address_finds_its_article_however_it_is_written(client: TestClient, room: Room) -> None:
    url = room.desk.column("SELECT url FROM articles WHERE id = ?", room.edited)[0]
    for way in (url, url.rstrip("/"), url + "?utm_source=x"):
        for path, name in (("/article", "url"), ("/search", "q")):
            answer = client.get(path, params={name: way}, follow_redirects=False)
            assert answer.headers["location"] == f"/article/{room.edited}"
    assert client.get("/article", params={"url": "https://unknown.example/"}).status_code == 404


def test_copies_are_told_with_who_was_first_and_how_much_is_shared(client: TestClient, room: Room) -> None:
    earlier, later = room.desk.sql("SELECT other_id, article_id FROM copy_links LIMIT 1")[0]
    for article, other in ((earlier, later), (later, earlier)):
        page = text_of(client, f"/article/{article}")
        copies = page[page.index('id="copies"') :]
        copies = copies[: copies.index("</section>")]
        assert f'href="/article/{other}"' in copies
        assert copies.count("الأسبق</strong>") == 1
        assert re.search(r"\d+% منه في الأسبق", copies)
    assert '"kind": "copy"' in text_of(client, f"/graph?article={earlier}")


def test_an_article_that_is_gone_or_stands_over_several_pages_says_so(tmp_path: Path) -> None:
    snapshot, article = keep(tmp_path, "https://example.ly/1", b"<h1>x</h1>")
    second, _ = keep(tmp_path, "https://example.ly/1?page=2", b"<h1>y</h1>")
    third, _ = keep(tmp_path, "https://example.ly/1?page=2&then", b"<h1>z</h1>")
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert "لم يعد على موقعه" not in text_of(client, f"/article/{article}")
        with closing(sqlite3.connect(tmp_path / "archive.db")) as changed, changed:
            changed.execute(
                "UPDATE articles SET removed_at = '2025-04-01T00:00:00+00:00', removed_how = '410'"
            )
            changed.execute("INSERT INTO article_pages VALUES (?, 0, ?)", (article, second))
            changed.execute("INSERT INTO version_pages VALUES (?, 1, 0, ?)", (article, third))
            changed.execute("INSERT INTO authors VALUES (?, 0, 'هدى العمري')", (article,))
        changed.close()
        page = text_of(client, f"/article/{article}")
        as_made = text_of(client, f"/article/{article}?version=1")
    assert "لم يعد على موقعه" in page
    assert ">410<" in page
    assert f'<a href="/snapshot/{second}">2</a>' in page
    assert f'href="/snapshot/{snapshot}"' in page  # it is kept
    assert "هدى العمري" in page
    assert "هدى العمري" not in as_made
    assert f'<a href="/snapshot/{third}">2</a>' in as_made
    assert "هذه النسخة 1 كما كانت أول ما قُرئت." in as_made
