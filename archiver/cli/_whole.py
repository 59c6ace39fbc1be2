"""What only a whole archive has: `warraq export --format sqlite` makes one of rows alone."""

from pathlib import Path

from archiver.errors import InputError
from archiver.store.database import Database


def need(what: str, folder: Path, way_out: str) -> None:
    """Raises `InputError` where the folder holds an export; `way_out` is what to do with the archive it is of."""
    if Database.of(folder).is_export():
        raise InputError(f"{folder}: an export has no {what} of its own; {way_out} the archive that it is of")
