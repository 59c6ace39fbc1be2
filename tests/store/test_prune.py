"""What goes when an archive is pruned, and what stays whatever its age."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, text

from archiver.cli import warraq
from archiver.clock import as_text
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.prune import prune
from archiver.store.siteruns import record_site_runs

OLD = datetime(2023, 5, 30, tzinfo=UTC)
LIMIT = OLD + timedelta(days=20)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "archive")
    opened.site_id("https://example.ly/")
    opened.commit()
    yield opened
    opened.close()


def history(
    archive: Archive, *tries: tuple[str, int | None], kept: bool = True, path: str = "", counted: bool = True
) -> None:
    """One run a day, each with one try at the address: its outcome and status."""
    for day, (outcome, status) in enumerate(tries):
        run, moment, snapshot = archive.start_run("crawl", {}), as_text(OLD + timedelta(days=day)), None
        address = {"url": f"https://example.ly/{path}", "url_key": f"example.ly/{path}", "fetched_at": moment}
        if kept:
            snapshot = archive.connection.execute(insert(t.Snapshot).values(
                **address, status=status, record_type="response", warc_file="x", warc_offset=run, warc_length=1,
                end_offset=1, payload_digest="x")).inserted_primary_key[0]  # fmt: skip
        archive.connection.execute(
            insert(t.Fetch).values(
                **address, run_id=run, site_id=1, outcome=outcome, status=status, snapshot_id=snapshot
            )
        )
        archive.end_run(run, "done", 0, {})
        if counted:
            record_site_runs(archive.connection, run, "done")
        else:
            archive.connection.execute(text("UPDATE runs SET command = 'other'"))
    archive.commit()


def left(archive: Archive) -> list[tuple[int, str]]:
    rows = archive.connection.execute(select(t.Fetch.fetched_at, t.Fetch.outcome).order_by(t.Fetch.id))
    return [(datetime.fromisoformat(moment).day, outcome) for moment, outcome in rows]


UNCHANGED, LISTING, DOWN = ("unchanged", 304), ("listing", 200), ("http_error", 500)


def test_of_the_same_answer_again_and_again_the_first_and_the_last_stay(archive: Archive) -> None:
    history(archive, *[UNCHANGED] * 5, LISTING, *[UNCHANGED] * 4, DOWN, ("http_error", 503))
    assert prune(archive, LIMIT, apply=False) == {"unchanged": 5}
    assert len(left(archive)) == 12, "a count removes nothing"
    assert prune(archive, LIMIT, apply=True) == {"unchanged": 5}
    assert left(archive) == [(30, "unchanged"), (3, "unchanged"), (4, "listing"), (5, "unchanged"), (8, "unchanged"),
                             (9, "http_error"), (10, "http_error")]  # fmt: skip
    assert prune(archive, LIMIT, apply=True) == {}
    assert archive.connection.scalar(text("SELECT count(*) FROM snapshots")) == 12
    assert archive.connection.scalar(text("SELECT sum(requests) FROM site_runs")) == 12


@pytest.mark.parametrize("outcome", ["article", "article_changed", "paywalled", "recovered"])
def test_what_made_an_article_or_a_version_stays(archive: Archive, outcome: str) -> None:
    history(archive, *[(outcome, 200)] * 5)
    assert prune(archive, LIMIT, apply=True) == {}


def test_what_only_the_row_knows_stays(archive: Archive) -> None:
    history(archive, *[("timeout", None)] * 5, kept=False)
    history(archive, *[DOWN] * 5, kept=False, path="a")
    history(archive, *[LISTING] * 5, counted=False, path="b")
    assert prune(archive, LIMIT, apply=True) == {}


def test_addresses_are_not_mixed_and_what_is_young_stays(archive: Archive) -> None:
    for path in ("a", "b"):
        history(archive, *[LISTING] * 2, path=path)
    assert prune(archive, LIMIT, apply=False) == {}
    history(archive, *[UNCHANGED] * 5, path="c")
    assert prune(archive, OLD + timedelta(days=2), apply=False) == {"unchanged": 1}
    assert prune(archive, OLD, apply=False) == {}


def test_the_command_counts_unless_it_is_told_to_remove(archive: Archive) -> None:
    history(archive, *[UNCHANGED] * 6)
    archive.close()
    run = CliRunner().invoke
    folder = ["--archive", str(archive.folder)]
    assert "4 repeated tries can go (nothing was removed" in run(warraq, ["prune", *folder]).output
    assert (
        json.loads(run(warraq, ["prune", "--json", "--older-than", "36500d", *folder]).output)["tries"] == 0
    )
    assert json.loads(run(warraq, ["prune", "--apply", "--vacuum", "--json", *folder]).output) == {
        "archive": str(archive.folder), "applied": True, "tries": 4, "outcomes": {"unchanged": 4}}  # fmt: skip
    assert "0 repeated tries" in run(warraq, ["prune", *folder]).output
    assert run(warraq, ["prune", "--vacuum", *folder]).exit_code == 1


@pytest.mark.parametrize(
    ("age", "said"),
    [("90", "write 90s, 30m, 2h, 7d or 4w"), ("0d", "7d or 4w"), ("52w", None), ("99999999d", None)],
)
def test_an_age_has_its_unit(archive: Archive, age: str, said: str | None) -> None:
    """«90» would be seconds, and is meant as days; what is older than any archive is an age too."""
    archive.close()
    ran = CliRunner().invoke(warraq, ["prune", "--archive", str(archive.folder), "--older-than", age])
    assert (ran.exit_code, ran.exception is not None) == ((0, False) if said is None else (2, True)), (
        ran.output
    )
    assert said is None or said in ran.output
