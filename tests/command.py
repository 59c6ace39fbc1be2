"""`warraq` in a process of its own, forked from one that has imported everything: imports are half of a short command."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkstemp

from archiver.cli import main

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


class Command:
    """A started `warraq`, with what the tests ask of a `subprocess.Popen`; what it writes is text in UTF-8.

    `before` is called in the new process first: for what no option changes, as how long it waits for a lock.
    """

    def __init__(
        self, *arguments: str, env: dict[str, str], before: Callable[[], None] | None = None
    ) -> None:
        self.arguments = arguments
        self._streams = [_file(), _file()]
        told = arguments, env, before, *self._streams
        self._process = FORKS.Process(target=_run, args=told, daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None and self._process.pid:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Raises `subprocess.TimeoutExpired`."""
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.arguments, timeout or 0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it wrote to stdout and to stderr, once it has ended. Raises `subprocess.TimeoutExpired`."""
        self.wait(timeout)
        out, err = (file.read_text("utf-8") for file in self._streams)
        for file in self._streams:
            file.unlink()
        return out, err


def _file() -> Path:
    opened, name = mkstemp()
    os.close(opened)
    return Path(name)


def _run(
    arguments: tuple[str, ...], env: dict[str, str], before: Callable[[], None] | None, out: Path, err: Path
) -> None:
    """In the forked process, which takes the place of an interpreter that has just started."""
    for number, name in enumerate((os.devnull, out, err)):
        opened = os.open(name, os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(env)
    if before is not None:
        before()
    main(list(arguments))
