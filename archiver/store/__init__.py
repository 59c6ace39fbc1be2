"""The archive on disk: `archive.db` (SQLite) for rows, `warc/` for the bytes they were read from."""

from archiver.store.archive import Archive

__all__ = ["Archive"]
