"""Taking articles out of an archive, in the formats that spreadsheets, databases, replayers and citations read.

`export` writes what a search query finds, as a stream: articles are read some hundred at a time, never all. What
is written stands under another name until it is whole; beside it comes a manifest (archiver/export/manifest.py).
"""

import shutil
from pathlib import Path
from typing import IO, Any

from archiver.errors import InputError
from archiver.export import manifest
from archiver.export.formats import FORMATS, Format
from archiver.export.source import Source
from archiver.store import room

__all__ = ["FORMATS", "Format", "Source", "export", "stream"]

PART = ".part"


def export(source: Source, format_: Format, target: Path, *, overwrite: bool = False) -> dict[str, Any]:
    """Writes the file or folder `target` and its manifest, which it gives.

    Raises `InputError` where there is something at `target` already (and `overwrite` is not given, or it is
    a folder that no export made), or where the format cannot do without texts; `QueryError`; `OSError` that
    names the target where the disk it is on is full.
    """
    _check(source, format_, target, overwrite)
    part = target.with_name(target.name + PART)
    _remove(part)
    try:
        with room.needed_for(target):
            if format_.is_stream:
                with part.open("wb") as out:
                    format_.write(source, out)
            else:
                format_.write(source, part)
            made = manifest.of(source, format_.name, part, target)
            if overwrite:
                _remove(target)
            manifest.save(made, part if part.is_dir() else target)
            part.replace(target)
    finally:
        _remove(part)
    return made


def stream(source: Source, format_: Format, out: IO[bytes]) -> None:
    """Writes to an open stream, without a manifest. Raises `InputError` where the format is none to be streamed."""
    if not format_.is_stream:
        raise InputError(f"{format_.name}: cannot go to standard output; give a name to write to")
    with room.needed_for("standard output"):
        format_.write(source, out)
        out.flush()


def _check(source: Source, format_: Format, target: Path, overwrite: bool) -> None:
    if format_.needs_text and not source.with_text:
        raise InputError(f"{format_.name} holds the pages themselves: it cannot be had with --no-text")
    if not target.absolute().parent.is_dir():
        raise InputError(f"{target.parent}: no such folder")
    if not target.exists():
        return
    if not overwrite:
        raise InputError(f"{target}: is there already; give another name, or --overwrite")
    if target.is_dir() and not manifest.is_of_export(target):
        raise InputError(f"{target}: a folder that no export made; give another name")
    if target.is_file() and not format_.is_file:
        raise InputError(f"{target}: is a file, and {format_.name} writes a folder; give another name")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
