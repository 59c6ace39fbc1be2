"""What becomes of articles over years: edits, better readings, removals; `warraq diff` and `warraq show`."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from archiver.store.articles import content_digest
from tests.crawl.conftest import Desk
from tests.crawl.paper import PARAGRAPH, WHEN, Paper

FIRST, SECOND, THIRD = (PARAGRAPH.format(each) for each in ("أولا:", "ثانيا:", "ثالثا:"))
EDITED = SECOND.replace("الشرقي", "الغربي")
FIGURE = '<figure><img src="/ship.jpg"><figcaption>{}</figcaption></figure>'
AGO = '<span class="entry-date published">منذ {}</span>'
SHOWN = '<span class="entry-date published">{}</span>'
OLD_READING = "عنوان بقراءة قديمة"
STORIES = (
    "edited", "advertised", "captioned", "redated", "missing", "withdrawn", "sent-home", "sent-away", "said-gone",
    "ago", "ago-moved", "told-closer", "read-better", "read-better-edited", "unclear",
)  # fmt: skip


def path_of(name: str) -> str:
    return f"/story-of-the-harbour-{name}"


class Aged:
    """A paper crawled, changed in every way there is, and crawled again some years later."""

    def __init__(self, desk: Desk, paper: Paper) -> None:
        self.desk, self.paper = desk, paper
        paper.front(*map(path_of, STORIES))
        for name in STORIES:
            paper.story(path_of(name), f"خبر الميناء {name}", FIRST, SECOND)
        paper.story(
            path_of("captioned"), "خبر الميناء المصور", FIRST, FIGURE.format("السفينة في المرفأ"), SECOND
        )
        paper.story(path_of("ago"), "خبر الميناء قبل قليل", FIRST, SECOND, when=AGO.format("ساعتين"))
        paper.story(path_of("ago-moved"), "خبر الميناء القديم", FIRST, SECOND, when=AGO.format("ساعتين"))
        day = SHOWN.format("1 مايو 2024")
        paper.story(path_of("told-closer"), "خبر الميناء بالساعة", FIRST, SECOND, when=day)
        ran = desk.crawl(paper.url)
        assert ran.code == 0, ran.err
        assert desk.column("SELECT count(*) FROM articles") == [len(STORIES)]
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        self._read_by_an_older_parser()
        self._change()
        self.look_again()

    def look_again(self) -> None:
        self.write("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
        ran = self.desk.crawl("--all")
        assert ran.code == 0, ran.err

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.desk.archive / "archive.db")) as database, database:
            assert database.execute(statement, values).rowcount > 0
        database.close()

    def of(self, name: str, columns: str, table: str = "articles", more: str = "") -> list[tuple[Any, ...]]:
        """Rows of a story's article, or of what belongs to it."""
        key = "id" if table == "articles" else "article_id"
        query = (
            f"SELECT {columns} FROM {table} WHERE {key} = (SELECT id FROM articles WHERE url LIKE ?) {more}"
        )
        return self.desk.sql(query, f"%{path_of(name)}")

    def causes(self, name: str) -> list[str]:
        return [each for (each,) in self.of(name, "cause", "article_versions", "ORDER BY number")]

    def url(self, name: str) -> str:
        return self.paper.url.rstrip("/") + path_of(name)

    def _read_by_an_older_parser(self) -> None:
        for name in ("read-better", "read-better-edited"):
            ((article, text),) = self.of(name, "article_id, item", "article_versions")
            read = {**json.loads(text), "title": OLD_READING}
            self.write(
                "UPDATE articles SET title = ?, parser = 'warraq/0', content_digest = 'old', item_digest = 'old' WHERE id = ?",
                OLD_READING, article,
            )  # fmt: skip
            self.write(
                "UPDATE article_versions SET item = ?, parser = 'warraq/0', content_digest = ? WHERE article_id = ?",
                json.dumps(read, ensure_ascii=False),
                content_digest(read),
                article,
            )
        robots = "(SELECT id FROM snapshots WHERE url LIKE '%robots.txt')"
        self.write(f"UPDATE articles SET snapshot_id = {robots} WHERE url LIKE ?", f"%{path_of('unclear')}")

    def _change(self) -> None:
        paper = self.paper
        for name in ("edited", "read-better-edited", "unclear"):
            paper.story(path_of(name), f"خبر الميناء {name}", FIRST, EDITED, THIRD)
        for name in ("advertised", "read-better"):
            paper.story(path_of(name), f"خبر الميناء {name}", FIRST, SECOND, ad="إعلان آخر وعداد قراء: 1204")
        paper.story(
            path_of("captioned"), "خبر الميناء المصور", FIRST, FIGURE.format("السفينة خارج المرفأ"), SECOND
        )
        later = WHEN.replace("2024-05-01", "2024-05-03").replace("1 مايو", "3 مايو")
        paper.story(path_of("redated"), "خبر الميناء redated", FIRST, SECOND, when=later)
        paper.story(path_of("ago"), "خبر الميناء قبل قليل", FIRST, SECOND, when=AGO.format("3 ساعات"))
        paper.story(path_of("ago-moved"), "خبر الميناء القديم", FIRST, SECOND, when=AGO.format("9 أيام"))
        hour = SHOWN.format("1 مايو، 2024 - 13:37")
        paper.story(path_of("told-closer"), "خبر الميناء بالساعة", FIRST, SECOND, when=hour)
        del paper.pages[path_of("missing")]
        paper.pages[path_of("withdrawn")] = (410, {}, b"withdrawn")
        paper.redirect(path_of("sent-home"), "/")
        paper.redirect(path_of("sent-away"), "/missing-page")
        notice = "<html><head><title>الصفحة غير موجودة</title></head><body class='error404'><h1>الصفحة غير موجودة</h1></body></html>"
        paper.pages[path_of("said-gone")] = (200, {}, notice.encode())


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aged]:
    with Paper() as paper:
        yield Aged(Desk(tmp_path_factory.mktemp("aged") / "archive"), paper)


@pytest.mark.parametrize("name", ["edited", "captioned", "redated", "ago-moved"])
def test_an_edit_is_a_version_with_a_snapshot_of_its_own(aged: Aged, name: str) -> None:
    assert aged.causes(name) == ["first", "publisher"]
    snapshots = aged.of(name, "snapshot_id", "article_versions")
    assert len(set(snapshots)) == 2
    assert aged.of(name, "snapshot_id")[0] in snapshots


@pytest.mark.parametrize("name", ["advertised", "ago", "told-closer"])
def test_an_advertisement_a_counter_the_time_passing_and_an_hour_added_are_no_edits(
    aged: Aged, name: str
) -> None:
    assert aged.causes(name) == ["first"]
    outcomes = aged.desk.column(
        "SELECT outcome FROM fetches WHERE url LIKE ? ORDER BY id", f"%{path_of(name)}"
    )
    assert outcomes == ["article", "article_unchanged"]


def test_a_better_reading_and_an_edit_at_once_are_two_versions(aged: Aged) -> None:
    assert aged.causes("read-better-edited") == ["first", "parser", "publisher"]
    first, ours, theirs = aged.of(
        "read-better-edited", "snapshot_id, parser", "article_versions", "ORDER BY number"
    )
    assert first[0] == ours[0] != theirs[0]
    assert first[1] == "warraq/0" != ours[1]
    told = json.loads(aged.desk.run("diff", aged.url("read-better-edited"), "--json").out)
    assert (told["from"], told["to"]) == (2, 3)
    assert [each["field"] for each in told["changes"]] == ["body"], "the title was our doing"
    ours_alone = json.loads(
        aged.desk.run("diff", aged.url("read-better-edited"), "--from", "1", "--to", "2", "--json").out
    )
    assert [each["field"] for each in ours_alone["changes"]] == ["title"]
    assert [each["cause"] for each in ours_alone["steps"]] == ["parser"]


def test_a_better_reading_alone_is_no_edit(aged: Aged) -> None:
    assert aged.causes("read-better") == ["first", "parser"]
    ran = aged.desk.run("diff", aged.url("read-better"))
    assert "the publisher has changed nothing; our parser read it anew 1 time" in ran.out


def test_where_the_page_before_cannot_be_read_again_the_cause_is_not_guessed(aged: Aged) -> None:
    assert aged.causes("unclear") == ["first", "unclear"]
    assert "by the publisher or our parser" in aged.desk.run("show", aged.url("unclear"), "--versions").out


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("missing", "404"),
        ("withdrawn", "410"),
        ("sent-home", "redirect_home"),
        ("sent-away", "redirect_missing"),
        ("said-gone", "soft_404"),
    ],
)
def test_a_removed_article_is_recorded_and_kept(aged: Aged, name: str, how: str) -> None:
    ((title, found, moment),) = aged.of(name, "title, removed_how, removed_at")
    assert (title, found) == (f"خبر الميناء {name}", how)
    ran = aged.desk.run("show", aged.url(name))
    assert ran.code == 0
    assert f"no longer at its address since {moment[:10]}" in ran.out
    assert FIRST in ran.out
    assert aged.desk.run("show", aged.url(name), "--json").summary["removed_how"] == how


def test_diff_marks_words_without_colours(aged: Aged) -> None:
    ran = aged.desk.run("diff", aged.url("edited"))
    assert ran.code == 0, ran.err
    body = ran.out.partition("\nbody\n")[2].splitlines()
    assert body[0] == "⋯ 1 unchanged"
    assert "إلى الرصيف [-الشرقي-]{+الغربي+} في ساعة" in body[1]
    assert body[2] == "{+" + THIRD + "+}"
    assert "changed by the publisher" in ran.out
    assert "\x1b" not in ran.out


def test_versions_are_listed_and_shown_each_as_it_was(aged: Aged) -> None:
    listed = aged.desk.run("show", aged.url("edited"), "--versions").out.splitlines()
    assert [line.partition("  ")[0] for line in listed] == ["1", "2"]
    assert listed[1].endswith("changed by the publisher: body")
    rows = aged.desk.run("show", aged.url("edited"), "--versions", "--json").summary["versions"]
    assert [each["changed"] for each in rows] == [[], ["body"]]
    first = aged.desk.run("show", aged.url("edited"), "--version", "1", "--json").summary
    assert first["body"] == f"{FIRST}\n\n{SECOND}"
    newest = aged.desk.run("show", aged.url("edited"), "--json").summary
    assert (first["version"], newest["version"]) == (1, 2)
    for told in (first, newest):
        ((digest, warc, fetched),) = aged.desk.sql(
            "SELECT s.payload_digest, s.warc_file, s.fetched_at FROM article_versions v JOIN snapshots s"
            " ON s.id = v.snapshot_id JOIN articles a ON a.id = v.article_id WHERE a.url = ? AND v.number = ?",
            told["url"], told["version"])  # fmt: skip
        assert (told["payload_digest"], told["warc_file"], told["fetched_at"]) == (
            f"sha1:{digest}",
            warc,
            fetched,
        )
        with (aged.desk.archive / "warc" / told["warc_file"]).open("rb") as stream:
            stream.seek(told["warc_offset"])
            record = gzip.decompress(stream.read(told["warc_length"])).decode()
        assert f"WARC-Target-URI: {told['url']}\r\n" in record
        assert f"WARC-Payload-Digest: {told['payload_digest']}\r\n" in record
    small_print = aged.desk.run("show", aged.url("edited")).out
    assert f"version 2, fetched {newest['fetched_at']}\n" in small_print
    assert f"{newest['payload_digest']} in {newest['warc_file']} at {newest['warc_offset']}\n" in small_print
    raw = aged.desk.run("show", aged.url("edited"), "--version", "1", "--raw").out
    assert SECOND in raw
    assert EDITED not in raw


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (
            ["diff", "--from", "2", "--to", "1"],
            "warraq: --from 2 --to 1: compare an earlier version with a later",
        ),
        (["diff", "--to", "9"], "warraq: version 9: there is none; its versions are 1 to 2"),
        (["diff", "--to", "1"], "warraq: --to 1: version 1 is the first; write --to 2\n"),
        (["diff", "--from", "2"], "warraq: --from 2: version 2 is the newest; write --from 1\n"),
        (["show", "--version", "9"], "version 9: there is none; its versions are 1 to 2"),
    ],
)
def test_versions_that_do_not_exist_are_refused(aged: Aged, arguments: list[str], named: str) -> None:
    ran = aged.desk.run(arguments[0], aged.url("edited"), *arguments[1:])
    assert ran.code == 2
    assert named in ran.err


def test_an_article_that_comes_back_is_removed_no_more(aged: Aged) -> None:
    aged.paper.story(path_of("missing"), "خبر الميناء missing", FIRST, SECOND)
    aged.look_again()
    assert aged.of("missing", "removed_at, removed_how, version") == [(None, None, 1)]
    assert aged.of("withdrawn", "removed_how") == [("410",)]
    assert aged.of("said-gone", "removed_how") == [("soft_404",)], "304: the notice stands there still"
    assert aged.causes("edited") == ["first", "publisher"]
    assert (
        aged.desk.run("reindex").code == 0
    )  # rows were changed behind its back here, to stand for an older parser's
    verified = aged.desk.run("verify")
    assert verified.code == 0, verified.err


def test_what_makes_no_version_is_told_beside_the_versions(desk: Desk) -> None:
    with Paper() as paper:
        path = path_of("byline")
        paper.front(path)
        for writer in ("سامي النجار", "سامي عبد النجار"):
            paper.story(path, "خبر الميناء وكاتبه", FIRST, SECOND, when=f'<div class="author">{writer}</div>')
            assert desk.crawl(paper.url).code == 0
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
    url = paper.url[:-1] + path
    assert desk.column("SELECT cause FROM article_versions") == ["first"]
    told = desk.run("diff", url).out
    assert (
        "changed neither title, text, captions nor date: there is one version; read otherwise since: authors"
        in told
    )
    assert "سامي {+عبد+} النجار" in told
    for asked, writer in (((), "سامي عبد النجار"), (("--version", "1"), "سامي النجار")):
        assert desk.run("show", url, *asked, "--json").summary["authors"] == [writer]


def test_a_moment_told_by_the_time_passed_stays_as_it_was_first_read(desk: Desk) -> None:
    with Paper() as paper:
        desk.archive.mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        path = path_of("told-by-the-hour")
        paper.front(path)

        def tell(ago: str, *text: str) -> tuple[Any, ...]:
            paper.story(path, "خبر الميناء قبل قليل", *text, when=AGO.format(ago))
            assert desk.crawl(paper.url).code == 0
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
            ((*row,),) = desk.sql("SELECT published_at, published_precision, snapshot_id FROM articles")
            return tuple(row)

        first = tell("24 ساعة", FIRST, SECOND)
        later = tell("يوم", FIRST, SECOND)
        assert first[1] == "hour"
        assert later[:2] == first[:2]
        assert desk.run("reparse").code == 0
        edited = tell("يوم", FIRST, EDITED)
        assert edited[:2] == first[:2]
        assert desk.column("SELECT cause FROM article_versions ORDER BY number") == ["first", "publisher"]


def test_an_article_that_moves_is_looked_at_where_it_is_and_followed_back(desk: Desk) -> None:
    with Paper() as paper:
        old, new = path_of("at-home"), path_of("abroad")
        (desk.archive).mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        paper.front(old)
        paper.story(old, "خبر الميناء المتنقل", FIRST, SECOND)
        assert desk.crawl(paper.url).code == 0

        def look_again() -> list[str]:
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute("UPDATE frontier SET fetched_at = '2021-01-01' WHERE dated IS NOT NULL")
            database.close()
            paper.asked.clear()
            assert desk.crawl("--all").code == 0
            return [each.path for each in paper.asked if each.path.startswith("/story")]

        paper.front(more='<a href="/about/">من نحن</a>')
        paper.pages[new] = paper.pages.pop(old)
        paper.redirect(old, new, 301)
        assert look_again() == [old, new]
        assert look_again() == [new]
        paper.story(old, "خبر الميناء المتنقل", FIRST, EDITED)
        paper.redirect(new, old, 301)
        assert look_again() == [new, old]
        assert desk.sql("SELECT url, version, removed_at FROM articles") == [(paper.url[:-1] + old, 2, None)]


def test_an_article_that_is_gone_lives_where_it_is_found_later(desk: Desk) -> None:
    """Its old address answers 404 without a word on the new one, which the front page names some time later."""
    with Paper() as paper:
        old, new = path_of("at-home"), path_of("abroad")
        desk.archive.mkdir(parents=True)
        (desk.archive / "schedule.toml").write_text("[articles]\nleast = 50\n", "utf-8")
        for front, there in (((old,), old), ((), None), ((new,), new), ((new,), new)):
            paper.front(*front)
            paper.pages = {"/": paper.pages["/"]}
            if there is not None:
                paper.story(there, "خبر الميناء المتنقل", FIRST, SECOND)
            paper.asked.clear()
            desk.crawl(*(("--all",) if desk.archive.joinpath("archive.db").exists() else (paper.url,)))
            with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
                database.execute(
                    "UPDATE frontier SET fetched_at = '2021-01-01T00:00:00+00:00' WHERE dated IS NOT NULL"
                )
            database.close()
            (row,) = desk.sql("SELECT url, version, removed_at IS NULL FROM articles")
            assert row == (paper.url[:-1] + (there or old), 1, there is not None)
