"""kill -9 at any moment: nothing is lost or doubled, the archive verifies, and the next run goes on."""

import random
import time
from pathlib import Path

from sqlalchemy import select, update

from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.articles import content_digest, item_digest, text_of
from archiver.store.reading import article_item
from archiver.urls import identity
from tests.crawl.conftest import FAST, Desk
from tests.faults.conftest import TIMES, kill_after, problems
from tests.newsroom.server import Newsroom


def keys(newsroom: Newsroom) -> list[str]:
    base = newsroom.url.rstrip("/")
    return sorted(identity(url if "://" in url else base + url) for url in newsroom.expected_articles())


def test_a_crawl_at_any_moment(desk: Desk, chance: random.Random) -> None:
    with Newsroom(20, traps=False) as newsroom:
        started = time.monotonic()
        assert desk.crawl(newsroom.url).code == 0
        whole = time.monotonic() - started
        killed = 0
        while killed < TIMES:
            newsroom.publish(6)
            before = set(desk.column("SELECT url_key FROM articles"))
            killed += kill_after(
                desk.start("crawl", newsroom.url, "--processes", "2", *FAST), chance.uniform(0, 1.2 * whole)
            )
            assert problems(desk) == []
            known = desk.column("SELECT url_key FROM articles")
            assert before <= set(known)
            assert len(known) == len(set(known))
        ran = desk.crawl(newsroom.url)
        assert ran.code == 0, ran.err
        assert sorted(desk.column("SELECT url_key FROM articles")) == keys(newsroom)
        assert desk.column("SELECT count(*) FROM frontier WHERE state = 'pending'") == [0]
        assert desk.column("SELECT count(*) FROM article_versions WHERE number > 1") == [0]
        assert problems(desk) == []


def test_a_reparse_at_any_moment(desk: Desk, chance: random.Random) -> None:
    with Newsroom(20, traps=False) as newsroom:
        assert desk.crawl(newsroom.url).code == 0
    truth = desk.sql("SELECT url_key, title, body, item_digest FROM articles ORDER BY 1")
    _misread(desk.archive)
    started = time.monotonic()
    assert desk.run("reparse").code == 0
    whole = time.monotonic() - started
    killed = 0
    while killed < TIMES:
        _misread(desk.archive)
        killed += kill_after(desk.start("reparse"), chance.uniform(0, 1.2 * whole))
        assert problems(desk) == []
        assert len(desk.column("SELECT id FROM articles")) == len(truth)
    assert desk.run("reparse").code == 0
    assert desk.sql("SELECT url_key, title, body, item_digest FROM articles ORDER BY 1") == truth
    assert set(desk.column("SELECT cause FROM article_versions WHERE number > 1")) == {"parser"}
    assert problems(desk) == []


def _misread(folder: Path) -> None:
    """As if an earlier parser had read every title wrong."""
    archive = Archive.create_or_open(folder)
    a, v = t.ArticleRow, t.ArticleVersion
    for article_id, number in archive.connection.execute(select(a.id, a.version)).all():
        item = article_item(archive.connection, article_id) | {"title": "عنوان قرئ خطأ"}
        digest = content_digest(item)
        read = {"title": item["title"], "item_digest": item_digest(item), "content_digest": digest}
        archive.connection.execute(update(a).where(a.id == article_id).values(**read, parser="warraq/0"))
        version = update(v).where(v.article_id == article_id, v.number == number)
        archive.connection.execute(version.values(item=text_of(item), content_digest=digest))
    archive.fulltext.start_anew()
    archive.commit()
    archive.close()
