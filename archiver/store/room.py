"""A disk that is full, said of what could not be written there: an export or a backup, not the archive it is of."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from archiver.errors import ArchiveError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SQLITE_FULL = "disk is full"


@contextmanager
def needed_for(written: Path | str) -> Iterator[None]:
    """What fails within for want of room raises an `OSError` that names what was being written."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError, ArchiveError) as error:
        number = _reason(error)
        if number is None:
            raise
        raise OSError(number, os.strerror(number), str(written)) from error


def _reason(error: Exception) -> int | None:
    """The number of the error, if it says that there is no room; SQLite tells it in words, and so does what is made of
    them. SQLite's own errors come from what is being made only: an archive is read through SQLAlchemy.
    """
    if isinstance(error, OSError):
        return error.errno if error.errno in FULL else None
    if SQLITE_FULL in str(error):
        return errno.ENOSPC
    return errno.EIO if isinstance(error, sqlite3.OperationalError) else None
