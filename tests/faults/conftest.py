"""How often each fault is tried: a few times with all the tests, thirty times by `make faults`."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from archiver.store import Archive
from archiver.store.verify import Checked, verify
from tests.command import Command
from tests.crawl.conftest import Desk, desk

__all__ = ["desk"]

TIMES = int(os.environ.get("FAULTS", "2"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The same moments every time, others for every test; `FAULTS_SEED` gives others."""
    return random.Random(f"{request.node.name} {os.environ.get('FAULTS_SEED', '')}")


def problems(desk: Desk) -> list[str]:
    """What `verify` finds, at once and after the archive was opened again, which mends what a crash left behind."""
    if (desk.archive / "archive.db").exists() and (ran := desk.run("verify")).code != 0:
        return [ran.out, ran.err]
    archive = Archive.create_or_open(desk.archive)
    try:
        return [f"{each.where}: {each.what}" for each in verify(archive, Checked())]
    finally:
        archive.close()


def kill_after(process: Command, seconds: float) -> bool:
    """kill -9, reading processes and all; false where it had ended by then."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
