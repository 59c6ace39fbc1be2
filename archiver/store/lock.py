"""One writer an archive: an advisory lock that the kernel drops with the process, so none goes stale."""

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from archiver.clock import now_text
from archiver.errors import ArchiveLocked


class ArchiveLock:
    """Holds `<archive>/.lock` while the archive is open for writing.

    Raises `ArchiveLocked` naming the process that holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".lock"
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = self._path.read_text("utf-8", errors="replace").strip() or "unknown"
            os.close(self._fd)
            raise ArchiveLocked(
                f"{folder}: another run holds this archive ({holder}); wait for it or stop it"
            ) from None
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
