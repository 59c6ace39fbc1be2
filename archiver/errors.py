"""What Warraq raises.

::

    WarraqError
    ├── InputError            what the caller gave is wrong: a file, an address, a key (exit 2)
    │   ├── AddressError      not an http(s) address, or one that names no public site
    │   ├── ProfileError      a site or theme profile: names file, line and reason
    │   └── QueryError        a search that cannot be understood
    └── ArchiveError          the archive cannot do what was asked (exit 1)
        ├── ArchiveLocked     another run holds the archive (exit 75)
        ├── SchemaError       the database is of a newer Warraq, or none of ours
        └── SnapshotError     a WARC file or record is missing, torn or not what the row says

Every message says what is wrong, where, and the way out.
"""

from datetime import datetime


class WarraqError(Exception):
    """The root of everything Warraq raises on purpose."""

    exit_code = 1


class InputError(WarraqError):
    """What the caller gave is wrong."""

    exit_code = 2


class AddressError(InputError):
    """Not an address Warraq can visit."""


class ProfileError(InputError):
    """A profile that does not load; the message is ``file:line: reason``."""


class QueryError(InputError):
    """A search that cannot be understood; the message says where and how to write it.

    `code` and `values` are for whoever says it in another language.
    """

    def __init__(self, message: str, code: str, **values: object) -> None:
        super().__init__(message)
        self.code, self.values = code, values


class ArchiveError(WarraqError):
    """The archive cannot do what was asked."""


class ArchiveLocked(ArchiveError):  # noqa: N818 - the name says the state
    """Another run holds the archive."""

    exit_code = 75

    def __init__(self, message: str, since: datetime | None = None) -> None:
        super().__init__(message)
        self.since = since  # aware; None where the holder did not say


class SchemaError(ArchiveError):
    """The database's schema is not one this Warraq can open."""


class SnapshotError(ArchiveError):
    """A snapshot that cannot be read back as it was written."""
