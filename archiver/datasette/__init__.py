"""The archive's tables in Datasette: SQL in a browser, over the same file, read-only while a crawl writes.

`metadata.py` says what is shown and how, `plugin.py` teaches it to search Arabic.
"""

from pathlib import Path
from typing import Any

from archiver.datasette.metadata import DATABASE_NAME, metadata
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import DATABASE, VARIABLE, Database

MAX_SECONDS = 5
MAX_ROWS = 1_000


def create_app(folder: Path) -> Any:
    """The ASGI application. Raises `InputError` where there is no archive in a file, or no Datasette."""
    try:
        from datasette.app import Datasette
        from datasette.plugins import pm
    except ModuleNotFoundError:
        raise InputError("Datasette is not here: pip install 'warraq[datasette]'") from None
    from archiver.datasette import plugin

    if Database.of(folder).file is None:
        raise InputError(f"{folder}: its rows are in PostgreSQL ({VARIABLE}), which Datasette does not read")
    Archive.open_for_reading(folder).close()  # says what is wrong with it
    if not pm.is_registered(plugin):
        pm.register(plugin, name="warraq")
    served = Datasette(
        [str(folder / DATABASE)],
        metadata=metadata(),
        settings={
            "sql_time_limit_ms": MAX_SECONDS * 1_000,
            "max_returned_rows": MAX_ROWS,
            "default_page_size": 50,
            "allow_download": False,
        },
    )
    assert DATABASE_NAME in served.databases
    return served.app()
