"""Standard streams that were closed before the command began, as some daemons do."""

import shlex
import subprocess
import sys

import pytest

from tests.crawl.conftest import FAST, ROOT, Desk, environment
from tests.faults.conftest import problems
from tests.newsroom.server import Newsroom


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_a_crawl_whose_streams_are_closed(desk: Desk, closed: str) -> None:
    """What it says goes to no file that has taken a stream's number."""
    with Newsroom(20, traps=False) as newsroom:
        command = [sys.executable, "-m", "archiver.cli", "crawl", newsroom.url, *FAST, "--limit", "4"]
        told = shlex.join([*command, "--archive", str(desk.archive)])
        ran = subprocess.run(
            ["/bin/sh", "-c", f"{told} {closed}"], cwd=ROOT, env=environment(desk.archive.parent), text=True,
            capture_output=True, timeout=120)  # fmt: skip
    assert (ran.returncode, ran.stderr.count("Traceback")) == (0, 0)
    assert desk.column("SELECT count(*) FROM articles") == [4]
    assert problems(desk) == []
