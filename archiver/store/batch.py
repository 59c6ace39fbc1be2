"""Rows on their way into the database, written many at a time.

A statement costs more than the row it writes: what a crawl adds for every page is gathered here, and
written table by table. No reader of the connection sees the difference, for the first statement that
is not marked `BESIDE` writes what has been gathered.
"""

from typing import Any

from sqlalchemy import Connection, Insert, Table, event, func, select

from archiver.store.tables import Base

BESIDE = {"beside_batch": True}
"""Execution options of a statement that does not mind rows which are not written yet."""
MOST_ROWS = 5_000  # gathered at once

ORDER = {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
"""Who is pointed to comes before who points."""


class Batch:
    """The rows gathered for one connection; its transactions are the caller's."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.written = 0
        """How often all that was gathered has been written."""
        self.is_ahead = False
        """Whether rows gathered after `set_aside` were written along with those before."""
        self._rows: dict[Any, list[dict[str, Any]]] = {}
        self._aside: dict[Any, list[dict[str, Any]]] = {}
        self._count = 0
        self._last_ids: dict[Table, int] = {}
        event.listen(connection, "before_cursor_execute", self._before)

    def add(self, statement: Any, row: dict[str, Any]) -> None:
        """Gathers a row for an insert, or the parameters of an update; each statement has one set of names."""
        rows = self._rows.get(statement)
        if rows is None:
            rows = self._rows[statement] = []
        rows.append(row)
        self._count += 1
        if self._count >= MOST_ROWS:
            self.write()

    def add_all(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self.add(statement, row)

    def new_id(self, table: Table) -> int:
        """The number of a row that is to be added: the archive has one writer, and it counts."""
        last = self._last_ids.get(table)
        if last is None:
            highest = select(func.coalesce(func.max(table.c.id), 0)).execution_options(**BESIDE)
            last = self.connection.scalar(highest) or 0
        self._last_ids[table] = last + 1
        return last + 1

    def write(self) -> None:
        """Writes what has been gathered, within the open transaction."""
        if self._aside:
            self._write(self._aside)
        if self._rows:
            self.is_ahead = True
            self._count = 0
            self._write(self._rows)
        self.written += 1

    def set_aside(self) -> None:
        """Parts what has been gathered so far from what comes: `write_aside` writes the first alone."""
        self.write_aside()
        self._aside, self._rows, self._count, self.is_ahead = self._rows, {}, 0, False

    def write_aside(self) -> None:
        if self._aside:
            self._write(self._aside)

    def forget(self) -> None:
        """Drops what has been gathered: its transaction was rolled back."""
        self._rows, self._aside, self._count = {}, {}, 0
        self._last_ids.clear()

    def _write(self, gathered: dict[Any, list[dict[str, Any]]]) -> None:
        statements = sorted(gathered, key=_place)
        rows = [(statement, gathered.pop(statement)) for statement in statements]
        for statement, each in rows:
            self.connection.execute(statement, each, execution_options=BESIDE)

    def _before(
        self, _connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        if (self._rows or self._aside) and not context.execution_options.get("beside_batch"):
            self.write()


def _place(statement: Any) -> tuple[bool, int]:
    return not isinstance(statement, Insert), ORDER[statement.table]
