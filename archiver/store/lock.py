"""One writer an archive: an advisory lock that the kernel drops with the process, so none goes stale."""

import fcntl
import json
import os
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archiver.clock import now_text
from archiver.errors import ArchiveLocked

PATIENCE = 0.5  # seconds; `is_held` and a run that is just ending hold the lock for less
PAUSE = 0.05


class ArchiveLock:
    """Holds `<folder>/.lock` while the archive is open for writing.

    What counts is the kernel's lock, never the words in the file: those of a process that was killed, or
    that ran before the machine went down, hold nothing, whoever has its number now.
    Raises `ArchiveLocked` naming the process that holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".lock"
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if not _acquired(self._fd):
            holder, since = _holder(self._path)
            os.close(self._fd)
            raise ArchiveLocked(
                f"{folder}: another run holds this archive ({holder}); wait for it or stop it", since
            )
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, json.dumps({"pid": os.getpid(), "since": now_text()}).encode(), 0)

    @staticmethod
    def is_held(folder: Path) -> bool:
        """Whether a run holds the archive now."""
        try:
            descriptor = os.open(folder / ".lock", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    def release(self) -> None:
        if self._fd >= 0:
            os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _acquired(descriptor: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(PAUSE)
        else:
            return True


def _holder(path: Path) -> tuple[str, datetime | None]:
    """The holder in words, and since when it holds; the file may be empty, or of another version."""
    try:
        note = json.loads(path.read_text("utf-8"))
        process, since = int(note["pid"]), datetime.fromisoformat(note["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that did not say which", None
    return f"process {process}, since {since:%Y-%m-%d %H:%M} UTC", since
