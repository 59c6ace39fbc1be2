"""One writer an archive, and what a dead one leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archiver.errors import ArchiveLocked
from archiver.store.lock import ArchiveLock

HOLD = """
import sys, time
from pathlib import Path
from archiver.store.lock import ArchiveLock
lock = ArchiveLock(Path(sys.argv[1]))
child = __import__("subprocess").Popen([sys.executable, "-c", "import time; time.sleep(30)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_killed_process_is_free_at_once_even_while_its_child_lives(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        with pytest.raises(
            ArchiveLocked, match=rf"another run .*\(process {holder.pid}, since 20[0-9: -]+ UTC"
        ) as held:
            ArchiveLock(tmp_path)
        assert held.value.since is not None
        assert "{" not in str(held.value)
        assert ArchiveLock.is_held(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    try:
        os.kill(child, 0)
        assert not ArchiveLock.is_held(tmp_path)
        ArchiveLock(tmp_path).release()
    finally:
        os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize(
    "left",
    ['{"pid": 1, "since": "2020-01-01T00:00:00+00:00"}', json.dumps({"pid": os.getpid()}), "rubbish", ""],
    ids=["another's", "ours", "rubbish", "nothing"],
)
def test_the_words_of_a_dead_run_hold_nothing_whoever_has_its_number_now(tmp_path: Path, left: str) -> None:
    """After a reboot the file names a process that is another program's by now, or ours."""
    (tmp_path / ".lock").write_text(left, "utf-8")
    with ArchiveLock(tmp_path):
        assert json.loads((tmp_path / ".lock").read_text("utf-8"))["pid"] == os.getpid()
    assert (tmp_path / ".lock").read_text("utf-8") == ""


def test_a_glance_at_the_lock_keeps_nobody_out(tmp_path: Path) -> None:
    """`verify` and the reading room look whether a run is on; a crawl that starts then is not turned away."""
    glances = subprocess.Popen(
        [sys.executable, "-c", "import fcntl, os, sys, time\n"
         "f = os.open(sys.argv[1] + '/.lock', os.O_RDWR | os.O_CREAT)\n"
         "fcntl.flock(f, fcntl.LOCK_SH); print('.', flush=True); time.sleep(0.2)", str(tmp_path)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert glances.stdout is not None
    glances.stdout.readline()
    started = time.monotonic()
    with ArchiveLock(tmp_path):
        assert time.monotonic() - started < 0.5
    glances.communicate()
