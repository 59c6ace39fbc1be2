"""Who is told of an alert: a real command, which may fail, hang or be missing."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from archiver.clock import now
from archiver.health import Code, Measures, review, status
from archiver.health.alerts import settle, tell
from archiver.health.rules import WELL
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.siteruns import Report, record_site_runs

HOSTILE = "dns_error: $(touch pwned); `touch pwned` \u202eنص\n'\"--flag"
SAY = "import sys; open(sys.argv[1], 'a', encoding='utf-8').write(sys.stdin.read())"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create_or_open(tmp_path / "archive")
    opened.site_id("https://example.ly/")
    opened.commit()
    yield opened
    opened.close()


def ran(archive: Archive, error: str | None, measures: Measures) -> list[Code]:
    """A run at the site that failed or did not; gives what was newly raised."""
    run = archive.start_run("crawl", {})
    record_site_runs(archive.connection, run, "done", {1: Report(error, is_blocked=False)})
    archive.end_run(run, "done", 1 if error else 0, {})
    alerts, fresh = review(archive.connection, run, measures, now())
    archive.commit()
    return [alert.code for alert in alerts if alert.id in fresh]


def measures(*command: str, seconds: float = 20) -> Measures:
    return Measures(Measures.load().common, {}, command, seconds)


def test_an_alert_is_told_once_when_it_is_raised_and_once_when_it_is_cleared(
    archive: Archive, tmp_path: Path
) -> None:
    heard = tmp_path / "heard"
    hook = measures(sys.executable, "-c", SAY, str(heard))
    for error, raised in (
        (HOSTILE, [Code.FAILED]),
        ("timeout", []),
        (None, []),
        (None, []),
        ("timeout", [Code.FAILED]),
    ):
        assert ran(archive, error, hook) == raised
        assert tell(archive.connection, hook, "data") == []
    said = [json.loads(line) for line in heard.read_text("utf-8").splitlines()]
    assert [(each["event"], each["code"], each["site"]) for each in said] == [
        ("raised", "failed", "example.ly"), ("cleared", "failed", "example.ly"), ("raised", "failed", "example.ly")]  # fmt: skip
    assert said[0]["detail"] == HOSTILE
    assert said[1]["cleared_at"]
    assert not Path("pwned").exists()
    (site,) = status(archive.connection, now())
    assert [(alert.code, alert.detail) for alert in site.alerts] == [(Code.FAILED, "timeout")]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["/no/such/command"], "/no/such/command: No such file or directory"),
        (["sh", "-c", "echo نص خطأ >&2; exit 7"], "sh: exit code 7 (نص خطأ)"),
        (["sh", "-c", "sleep 60 & wait"], "sh: did not end within 0.5 s"),
    ],
)
def test_a_command_that_fails_is_named_and_told_again(
    archive: Archive, tmp_path: Path, command: list[str], said: str
) -> None:
    broken = measures(*command, seconds=0.5 if "sleep" in command[-1] else 20)
    started = time.monotonic()
    ran(archive, "timeout", broken)
    (failure,) = tell(archive.connection, broken, "data")
    assert failure.startswith(said)
    assert time.monotonic() - started < 15
    assert archive.connection.scalar(text("SELECT told FROM alerts")) is None
    mended = measures(sys.executable, "-c", SAY, str(tmp_path / "heard"))
    assert tell(archive.connection, mended, "data") == []
    assert json.loads((tmp_path / "heard").read_text("utf-8"))["event"] == "raised"


def test_what_nobody_heard_of_needs_no_all_clear(archive: Archive, tmp_path: Path) -> None:
    silent = measures()
    assert ran(archive, "timeout", silent) == [Code.FAILED]
    assert ran(archive, None, silent) == []
    assert (
        tell(archive.connection, measures(sys.executable, "-c", SAY, str(tmp_path / "heard")), "data") == []
    )
    assert not (tmp_path / "heard").exists()


def test_a_run_that_tells_nothing_leaves_alerts_as_they_are(archive: Archive) -> None:
    ran(archive, "timeout", measures())
    before: Any = archive.connection.execute(select(t.AlertRow.__table__)).all()
    (alert,) = status(archive.connection, now())[0].alerts
    settle(archive.connection, 1, 1, {Code.FAILED: None, Code.SILENT: WELL}, [alert], now())
    assert archive.connection.execute(select(t.AlertRow.__table__)).all() == before
