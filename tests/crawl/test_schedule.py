"""What `warraq schedule` prints works: the crontab line as cron runs it, the units as systemd reads them."""

import configparser
import json
import os
import re
import shlex
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.cli.schedule import crontab, systemd
from archiver.clock import as_text, now
from archiver.store import Archive
from archiver.store.lock import ArchiveLock
from tests.crawl.conftest import ROOT, Desk
from tests.crawl.small_site import serving
from tests.crawl.test_health import Paper

LINE = re.compile(r"^(\*/30 \* \* \* \*) (.+)$", re.M)
HOSTILE = ["/opt/my env/python", "-m", "x", 'a"b', "100%", "$HOME", "\\n", "`id`", "أرشيف", "it's", ";rm"]


def as_cron_reads(line: str) -> str:
    """What cron hands to the shell: up to the first % without a backslash, which is taken away."""
    return re.split(r"(?<!\\)%", line)[0].replace(r"\%", "%")


def units(text: str) -> dict[str, configparser.ConfigParser]:
    parts = re.split(r"^# ~/\.config/systemd/user/(\S+)\n", text, flags=re.M)
    found = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        found[name] = configparser.ConfigParser(interpolation=None)
        found[name].optionxform = str  # type: ignore[assignment,method-assign]
        found[name].read_string(body)
    return found


def as_systemd_reads(command: str) -> list[str]:
    """The words of an ExecStart: quoted, with \\ escapes; %% is a percent sign, $$ a dollar sign."""
    assert not re.search(r"(?<!%)%(%%)*(?!%)", command)
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', command)
    return [re.sub(r"\\(.)", r"\1", word).replace("$$", "$").replace("%%", "%") for word in quoted]


def test_the_crontab_line_crawls_what_is_due(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "my 100% archive أرشيف")
    paper = Paper()
    with serving(paper.answer) as (site, _):
        paper.publish(3)
        assert desk.crawl(site).code == 0
        (desk.archive / "schedule.toml").write_text('[sites]\nevery = "1s"\n', "utf-8")
        paper.publish(2)
        printed = desk.run("schedule", "--print-crontab", "--max-runtime", "1m").out
        (_, command) = LINE.findall(printed)[0]
        time.sleep(1)  # until it is due
        words = shlex.split(as_cron_reads(command))
        assert words[0] == sys.executable
        assert Path(words[words.index("--archive") + 1]) == desk.archive
        assert {"--due", "--quiet", "--max-runtime", "--log-file"} <= set(words)
        bare = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            ["/bin/sh", "-c", as_cron_reads(command)],
            cwd="/",
            env=bare,
            capture_output=True,
            text=True,
            timeout=100,
        )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert desk.column("SELECT count(*) FROM articles") == [5]
    assert "2 new articles" in (desk.archive / "logs" / "warraq.log").read_text("utf-8")


def test_a_folder_without_an_archive_is_named_beside_what_is_printed(desk: Desk) -> None:
    for form in ("--print-crontab", "--print-systemd"):
        ran = desk.run("schedule", form)
        assert ran.code == 0
        assert str(desk.archive) in ran.out
        assert ran.err.startswith(f"warraq: {desk.archive}: no archive here; until there is one, ")
        assert ran.err.count("\n") == 1
    assert desk.run("crawl", "--due").code == 2
    Archive.create_or_open(desk.archive).close()
    assert desk.run("schedule", "--print-crontab").err == ""


def test_no_word_is_lost_between_us_and_the_shell_or_systemd() -> None:
    line = crontab(HOSTILE, 1_800)
    (_, command) = LINE.findall(line)[0]
    shown = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {as_cron_reads(command)}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines() == HOSTILE
    unit = units(systemd(HOSTILE, 1_800, Path("/srv/100%")))["warraq.service"]
    assert as_systemd_reads(unit["Service"]["ExecStart"]) == HOSTILE
    assert unit["Unit"]["Description"].endswith("/srv/100%%")


@pytest.mark.parametrize(
    ("every", "cron", "calendar"),
    [
        ("5m", "*/5 * * * *", "*:0/5"),
        ("1h", "0 * * * *", "0/1:00"),
        ("6h", "0 */6 * * *", "0/6:00"),
        ("1d", "0 3 * * *", "03:00"),
    ],
)
def test_both_know_how_often(desk: Desk, every: str, cron: str, calendar: str) -> None:
    printed = desk.run("schedule", "--print-crontab", "--every", every)
    assert printed.out.splitlines()[1].startswith(f"{cron} {sys.executable} -m archiver.cli crawl --due")
    found = units(desk.run("schedule", "--print-systemd", "--every", every).out)
    assert found["warraq.timer"]["Timer"]["OnCalendar"] == calendar
    assert found["warraq.service"]["Service"]["SuccessExitStatus"] == "4 75"
    command = as_systemd_reads(found["warraq.service"]["Service"]["ExecStart"])
    assert command[:5] == [sys.executable, "-m", "archiver.cli", "crawl", "--due"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["schedule"], "--print-crontab"),
        (["schedule", "--print-crontab", "--every", "7m"], "--every 7m: write minutes that go into an"),
        (["schedule", "--print-systemd", "--every", "90s"], "--every 90s: write minutes that go into"),
        (["schedule", "--print-crontab", "--every", "45m"], "--every 45m: write minutes that go into"),
        (["schedule", "--print-crontab", "--every", "1w"], "--every 1w: write minutes that go into"),
    ],
)
def test_what_has_no_even_pace_is_refused(desk: Desk, arguments: list[str], named: str) -> None:
    ran = desk.run(*arguments)
    assert ran.code == 2
    assert named in ran.err


def test_cron_hears_of_another_run_only_when_it_has_gone_on_for_a_day(desk: Desk) -> None:
    desk.archive.mkdir()
    with ArchiveLock(desk.archive):
        quiet = desk.run("crawl", "https://example.ly", "--quiet")
        assert (quiet.code, quiet.out, quiet.err) == (75, "", "")
        said = desk.run("crawl", "https://example.ly")
        assert said.code == 75
        assert f"process {os.getpid()}, since" in said.err
        since = as_text(now() - timedelta(days=1, hours=1))
        (desk.archive / ".lock").write_text(json.dumps({"pid": os.getpid(), "since": since}), "utf-8")
        stuck = desk.run("crawl", "https://example.ly", "--quiet")
        assert stuck.code == 75
        assert "another run" in stuck.err
