"""Who copied whom: texts that share words are linked in clusters, and nothing else is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select, text, update

from archiver import dedupe
from archiver.article import Article
from archiver.copies import largest
from archiver.dedupe import cluster_of
from archiver.shingles import Shingles, ShingleSet
from archiver.store import Archive, copykeys
from archiver.store import clusters as store_clusters
from archiver.store import tables as t
from archiver.store.copies import CHANGED, IS_STALE, CopyStore
from benchmarks.duplicates import Truth, clustered, fill, score
from benchmarks.planted import Newswire, Planted
from tests.wire import TEXTS, words

Add = Callable[..., int]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture
def add(archive: Archive) -> Add:
    """Adds an article with this text, and gives its id."""
    count = 0

    def _add(
        body: str | None, title: str = "", day: str | None = "2024-05-01", site: str | None = None
    ) -> int:
        nonlocal count
        count += 1
        planted = Planted(
            count - 1, 0, "own", site or f"s{count}.ly", title or f"عنوان {count}", body or "", day or ""
        )
        fill(archive, [planted])
        if body is None or day is None:
            values: dict[str, Any] = {"body": body} if body is None else {"published_at": None}
            archive.connection.execute(update(t.ArticleRow).where(t.ArticleRow.id == count).values(values))
            archive.commit()
        return count

    return _add


def members(archive: Archive) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for row in archive.connection.execute(select(t.CopyMember.__table__).order_by(t.CopyMember.cluster_id)):
        found.setdefault(row.cluster_id, {})[row.article_id] = row.part
    return found


def holders(archive: Archive) -> dict[int, list[int]]:
    """Every key with the articles under it."""
    blocks = archive.connection.scalars(select(t.CopyBlock.entries))
    keys = {int(key) for block in blocks for key in np.frombuffer(block, copykeys.ENTRY)["key"]}
    return archive.copy_keys.holders(keys)


def test_planted_copies_are_found_and_nothing_else(archive: Archive) -> None:
    """Exact copies, two words changed, a paragraph cut, a local lead; not: the same topic in other words."""
    truth = Truth()
    articles = list(Newswire(11).articles(700))
    for each in articles:
        truth.add(each)
    fill(archive, articles)
    dedupe.update(archive)
    pairs = truth.pairs()
    assert {kind for kinds in pairs.values() for kind in kinds.split("+")} >= {
        "own", "exact", "two_words", "paragraph_cut", "local_lead"}  # fmt: skip
    assert sum(each.kind == "same_topic" for each in articles) > 20
    assert len(pairs) > 100
    precision, recall, missed = score(clustered(archive), pairs)
    assert precision >= 0.98
    assert recall >= 0.98, missed


def test_however_far_its_keys_are_merged_a_copy_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found is the same, and no key is lost or doubled."""
    articles = list(Newswire(12).articles(300))
    found = []
    for bits, block in ((5, 64), (1, 8)):
        monkeypatch.setattr(copykeys, "LEVEL_BITS", bits)
        monkeypatch.setattr(copykeys, "BLOCK", block)
        archive = Archive.create_or_open(tmp_path / str(block))
        for start in range(0, 300, 20):
            fill(archive, articles[start : start + 20])
            dedupe.update(archive)
        segments = len(archive.connection.scalars(select(t.CopySegment.id)).all())
        found.append((holders(archive), members(archive), segments))
        archive.close()
    assert found[0][:2] == found[1][:2]
    assert found[0][2] == 15
    assert found[1][2] < 10


def test_in_a_list_a_cluster_is_named_by_its_earliest_text(archive: Archive, add: Add) -> None:
    """Not by what was archived first, nor by an earlier round-up that holds the passage."""
    story = words(0, 0, 60)
    add(f"{words(1, 0, 90)} {story} {words(2, 0, 90)}", "نشرة الصباح", "2024-04-01")
    add(f"{story} وهكذا", "خبر منقول", "2024-05-02")
    add(story, "الخبر الأول", "2024-05-01")
    dedupe.update(archive)
    (cluster,) = largest(archive.connection)
    assert (cluster.articles, cluster.sites, cluster.title) == (3, 3, "الخبر الأول")


def test_what_an_older_warraq_compared_is_read_anew(archive: Archive, add: Add) -> None:
    """It kept no shingles."""
    one = add(words(0, 0, 60))
    dedupe.update(archive)
    archive.connection.execute(text("DELETE FROM copy_shingles"))
    two, three = add(f"{words(0, 0, 60)} وهكذا"), add(words(0, 0, 60))
    dedupe.update(archive)
    assert list(members(archive).values()) == [{one: "text", two: "text", three: "text"}]


def test_long_texts_that_meet_by_one_phrase_are_not_even_read(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passage that stands in a long text is met under one key at times, and is short."""
    read: list[int] = []
    once = CopyStore.shingles

    def noting(store: CopyStore, ids: list[int]) -> dict[int, ShingleSet]:
        read.extend(ids)
        return once(store, ids)

    monkeypatch.setattr(CopyStore, "shingles", noting)
    passage = words(3, 40, 70)
    assert len(Shingles(passage).keys()[20:]) == 1, "one anchor"
    long, stranger = next(
        (long, stranger)
        for number in range(4, 40)
        for phrase in (words(number, 100, 108),)
        for long in (f"{words(1, 0, 110)} {phrase} {passage} {words(2, 0, 110)}",)
        for stranger in (f"{words(number, 110, 210)} {phrase} {words(number + 1, 0, 110)}",)
        if Shingles(stranger).words > 200
        and len(set(Shingles(stranger).keys()).intersection(Shingles(long).keys())) == 1
    )
    ids = [add(stranger), add(passage)]
    dedupe.update(archive)
    read.clear()
    ids.append(add(long))
    dedupe.update(archive)
    assert read == ids[1:2]
    assert list(members(archive).values()) == [{ids[1]: "text", ids[2]: "passage"}]


def test_spelling_and_vowel_signs_make_no_difference(archive: Archive, add: Add) -> None:
    one = add(words(0, 0, 60) + " أُعلِنَت النتيجةُ إلى الصحافة")
    two = add(words(0, 0, 60) + " اعلنت النتيجه الي الصحافة،")
    dedupe.update(archive)
    assert archive.connection.execute(
        select(t.CopyLink.article_id, t.CopyLink.other_id, t.CopyLink.kind, t.CopyLink.jaccard)
    ).all() == [(two, one, "exact", 1.0)]


def test_how_much_is_shared_is_counted_in_words(archive: Archive, add: Add) -> None:
    agency = add(words(0, 0, 100), day="2024-05-01T10:00:00+02:00")
    lead = " ".join(f"محلي{number}" for number in range(40))
    local = add(f"{lead} {words(0, 0, 100)}", day="2024-05-01T12:00:00+02:00")
    dedupe.update(archive)
    cluster = cluster_of(archive.connection, local)
    assert cluster is not None
    assert (cluster.first.article_id, cluster.first_is_sure, cluster.size) == (agency, True, 2)
    copy = cluster.members[1]
    assert copy.share is not None
    assert copy.words == 140
    assert copy.share.words == 100
    assert copy.share.of_other == 1.0
    assert copy.share.of_one == pytest.approx(97 / 137)  # shingles of four words
    assert copy.share.jaccard == pytest.approx(97 / 137)


def test_a_round_up_does_not_make_one_story_of_those_it_holds(archive: Archive, add: Add) -> None:
    one, two = words(0, 0, 60), words(1, 0, 60)
    round_up = add(f"{one} {two} {words(2, 0, 60)} {words(3, 0, 60)}")
    first, second = add(one), add(two)
    copy = add(one)
    dedupe.update(archive)
    assert list(members(archive).values()) == [
        {first: "text", copy: "text", round_up: "passage"},
        {second: "text", round_up: "passage"},
    ]


def test_clusters_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    whole = words(0, 0, 120)
    bodies = [
        whole,
        f"{words(1, 0, 30)} {whole}",
        words(0, 0, 90),
        f"{whole} {words(2, 0, 200)}",
        words(3, 0, 90),
    ]
    found = []
    for number, order in enumerate(([0, 1, 2, 3, 4], [3, 4, 2, 1, 0], [2, 3, 0, 4, 1])):
        archive = Archive.create_or_open(tmp_path / str(number))
        fill(
            archive, [Planted(at, 0, "own", "s.ly", f"عنوان {at}", bodies[at], "2024-05-01") for at in order]
        )
        archive.connection.execute(text("UPDATE articles SET id = id + 100"))
        for place, at in enumerate(order):
            archive.connection.execute(
                text("UPDATE articles SET id = :new WHERE id = :old"), {"new": place + 1, "old": 101 + at}
            )
        archive.commit()
        dedupe.update(archive)
        found.append(
            [
                {order[article - 1]: part for article, part in each.items()}
                for each in members(archive).values()
            ]
        )
        archive.close()
    assert found[0] == [{0: "text", 1: "text", 2: "text", 3: "passage"}]
    assert found[1] == found[2] == found[0]


def test_short_texts_are_copies_only_word_for_word_and_under_one_title(archive: Archive, add: Add) -> None:
    short = words(0, 0, 12)
    one, same = add(short, "نشرة الظهيرة"), add(short + ".", "نشرة الظهيرة")
    add(short, "نشرة المساء")
    add(words(0, 0, 11) + " غيره", "نشرة الظهيرة")
    add("", "نشرة الظهيرة")
    add(None, "نشرة الظهيرة")
    linked = dedupe.update(archive)
    assert linked.short == 6
    assert list(members(archive).values()) == [{one: "text", same: "text"}]
    dedupe.update(archive)


def test_clocks_of_two_zones_are_compared_by_the_moment(archive: Archive, add: Add) -> None:
    body = words(0, 0, 80)
    first, copied = (add(body, day=f"2023-05-30T{clock}") for clock in ("04:18:00+02:00", "03:00:00+00:00"))
    dedupe.update(archive)
    cluster, (summary,) = cluster_of(archive.connection, copied), largest(archive.connection)
    assert cluster is not None
    assert cluster.first.article_id == first
    assert summary.url == cluster.first.url
    days = archive.connection.execute(text("SELECT earliest_day, latest_day FROM copy_clusters")).one()
    assert tuple(days) == ("2023-05-30", "2023-05-30")


def test_who_was_first_is_said_with_what_it_rests_on(archive: Archive, add: Add) -> None:
    body = words(0, 0, 80)
    undated = add(body, day=None)
    noon = add(body, day="2023-05-30T12:00:00+02:00")
    earlier = add(body, day="2023-05-30T11:30:00+03:00")
    dedupe.update(archive)
    cluster = cluster_of(archive.connection, noon)
    assert cluster is not None
    assert [member.article_id for member in cluster.members] == [earlier, noon, undated]
    assert [member.when_is for member in cluster.members] == [
        "published_at",
        "published_at",
        "first_fetched_at",
    ]
    assert not cluster.first_is_sure, "the undated one may be the oldest"
    archive.connection.execute(
        update(t.ArticleRow).where(t.ArticleRow.id == undated).values(published_at="2023-06-02")
    )
    sure = cluster_of(archive.connection, noon)
    assert sure is not None
    assert sure.first_is_sure
    archive.connection.execute(
        update(t.ArticleRow).where(t.ArticleRow.id == undated).values(published_at="2023-05-30")
    )
    same_day = cluster_of(archive.connection, noon)
    assert same_day is not None
    assert not same_day.first_is_sure


def test_what_has_no_copy_has_no_cluster(archive: Archive, add: Add) -> None:
    alone = add(TEXTS[5])
    add(TEXTS[6])
    dedupe.update(archive)
    assert cluster_of(archive.connection, alone) is None
    assert cluster_of(archive.connection, 999) is None


def test_a_text_that_thousands_carry_costs_no_more_than_one_that_few_do(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (dedupe, copykeys):
        monkeypatch.setattr(module, "FULL", 5)
    monkeypatch.setattr(store_clusters, "RELABEL", 5)
    notice = words(0, 0, 60)
    for _ in range(12):
        add(notice)
    linked = dedupe.update(archive)
    assert list(holders(archive).values()) == [[8, 9, 10, 11, 12]] * len(Shingles(notice).keys())
    assert linked.crowded == 7
    assert [len(each) for each in members(archive).values()] == [12], "found by the five newest"
    assert archive.connection.scalar(select(t.CopyText.full_bands).where(t.CopyText.article_id == 12)) == len(
        Shingles(notice).keys()
    )


def test_clusters_too_large_to_be_made_one_are_counted(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_clusters, "RELABEL", 2)
    one, two = words(0, 0, 60), words(1, 0, 60)
    for body in (one, two) * 3:
        add(body)
    add(f"{one} {two}")
    linked = dedupe.update(archive)
    assert linked.unmerged == 1
    assert sorted(len(each) for each in members(archive).values()) == [3, 4]


def test_small_clusters_become_one_when_a_copy_joins_them(archive: Archive, add: Add) -> None:
    both = words(0, 0, 120)
    head, tail = add(words(0, 0, 62)), add(words(0, 58, 120))
    dedupe.update(archive)
    assert members(archive) == {}
    link = add(both)
    dedupe.update(archive)
    assert list(members(archive).values()) == [{head: "text", tail: "text", link: "text"}]


def test_a_changed_text_is_compared_anew(archive: Archive, add: Add) -> None:
    """The one that held two together goes another way, and takes its traces along."""
    ids = [add(words(0, 0, 62)), add(words(0, 58, 120)), add(words(0, 0, 120)), add(words(4, 0, 90))]
    dedupe.update(archive)
    standing = holders(archive)
    old = archive.connection.execute(
        select(t.ArticleRow.title, t.ArticleRow.body).where(t.ArticleRow.id == ids[2])
    ).one()
    archive.connection.execute(
        t.table_of(t.ArticleVersion).insert(),
        {"article_id": ids[2], "number": 1, "cause": "first", "created_at": "x", "snapshot_id": 1, "parser": "x",
         "content_digest": "x", "item": json.dumps({"title": old.title, "body": old.body})})  # fmt: skip
    edited = Article(
        f"https://s3.ly/{ids[2] - 1}", f"https://s3.ly/{ids[2] - 1}", "s3.ly", body=words(4, 0, 90)
    )
    archive.articles.store(edited, site_id=1, snapshot_id=1, fetched_at="2024-05-02T00:00:00+00:00")
    archive.commit()
    assert dedupe.update(archive).compared == 1
    assert list(members(archive).values()) == [{ids[2]: "text", ids[3]: "text"}]
    assert {article_id for held in standing.values() for article_id in held} == set(ids)
    one_fewer = {key: [each for each in held if each != ids[2]] for key, held in standing.items()}
    of_the_fourth = {key: [ids[2], *held] if ids[3] in held else held for key, held in one_fewer.items()}
    assert holders(archive) == {key: held for key, held in of_the_fourth.items() if held}
    assert archive.connection.execute(
        select(t.CopyLink.article_id, t.CopyLink.other_id)).all() == [(ids[3], ids[2])]  # fmt: skip


def test_looking_for_what_has_changed_reads_no_more_than_that(archive: Archive, add: Add) -> None:
    add(words(0, 0, 60))
    dedupe.update(archive)
    for query in (CHANGED.limit(5), select(func.count()).select_from(t.CopyText).where(IS_STALE)):
        compiled = query.compile(archive.connection)
        values = tuple(compiled.params[name] for name in compiled.positiontup or ())
        plan = archive.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
        assert "ix_copy_texts_stale" in str(plan)


def test_what_time_did_not_allow_is_named_and_done_the_next_time(archive: Archive, add: Add) -> None:
    for _ in range(3):
        add(words(0, 0, 60))
    assert dedupe.update(archive, seconds=0).left == 3
    linked = dedupe.update(archive)
    assert (linked.compared, linked.links, linked.left) == (3, 3, 0)
    assert dedupe.update(archive).compared == 0


def test_comparing_some_at_a_time_as_they_arrive_finds_the_same(tmp_path: Path) -> None:
    """A crawl compares beside its fetching."""
    articles = list(Newswire(5).articles(120))
    found = []
    for portion in (len(articles), 7):
        archive = Archive.create_or_open(tmp_path / str(portion))
        linking = dedupe.Linking(archive)
        for start in range(0, len(articles), portion):
            fill(archive, articles[start : start + portion])
            assert linking.step(4) == 4  # some are left: the next step begins with them
            archive.commit()
        linked = linking.run()
        assert (linked.compared, linked.left) == (len(articles), 0)
        found.append((linked.links, sorted(sorted(each.items()) for each in members(archive).values())))
        archive.close()
    assert found[0][0] > 20
    assert found[0] == found[1]


def test_a_kill_between_portions_loses_nothing(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dedupe, "BATCH", 2)
    for _ in range(5):
        add(words(0, 0, 60))

    class Killed(BaseException):
        pass

    def kill(done: int) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        dedupe.update(archive, done=kill)
    archive.connection.rollback()
    assert dedupe.update(archive).compared == 3
    assert [len(each) for each in members(archive).values()] == [5]
