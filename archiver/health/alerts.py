"""Alerts: raised once, cleared when the site is well again, and told to the operator's command."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, insert, or_, select, update

from archiver.clock import as_text
from archiver.health.codes import MEANING, Code
from archiver.health.measures import Measures
from archiver.health.rules import WELL, Finding
from archiver.store.tables import AlertRow, Site

TELLING = 300.0  # seconds for all alerts of a run; what is left is told after the next run
SAID = 500  # characters of what a failing command said
Event = Literal["raised", "cleared"]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something wrong with a site. Times are UTC in ISO 8601; `cleared_at` is None while it stands."""

    id: int
    site: str
    code: Code
    detail: str
    raised_at: str
    cleared_at: str | None


def open_alerts(connection: Connection, sites: Iterable[int] | None = None) -> dict[int, list[Alert]]:
    """What stands, by the id of the site; of all sites, or of some."""
    query = _alerts().where(AlertRow.cleared_at.is_(None))
    if sites is not None:
        query = query.where(AlertRow.site_id.in_(list(sites)))
    found: dict[int, list[Alert]] = {}
    for site_id, _, alert in _read(connection, query):
        found.setdefault(site_id, []).append(alert)
    return found


def settle(
    connection: Connection,
    site_id: int,
    run_id: int,
    findings: dict[Code, Finding],
    standing: Sequence[Alert],
    now: datetime,
) -> None:
    """Takes what was found to the table `alerts`."""
    known = {alert.code: alert for alert in standing}
    for code, finding in findings.items():
        alert = known.get(code)
        if finding is None:
            continue
        if alert is not None:
            values = {"cleared_at": as_text(now)} if finding == WELL else {"detail": finding}
            connection.execute(update(AlertRow).where(AlertRow.id == alert.id).values(values))
        elif finding != WELL:
            added = insert(AlertRow).values(
                site_id=site_id, code=code, detail=finding, run_id=run_id, raised_at=as_text(now)
            )
            connection.execute(added)


def tell(connection: Connection, measures: Measures, archive: str) -> list[str]:
    """Tells the `on_alert` command each event it was not told of yet; gives what went wrong, in words.

    The command gets the alert as JSON on its standard input, and no word of it anywhere else. One that
    fails is tried again after the next run.
    """
    if not measures.on_alert:
        return []
    deadline = time.monotonic() + TELLING
    untold = _alerts().where(
        or_(
            AlertRow.cleared_at.is_(None) & AlertRow.told.is_(None),
            AlertRow.cleared_at.is_not(None) & (AlertRow.told == "raised"),
        )
    )
    for _, run_id, alert in list(_read(connection, untold)):
        event: Event = "cleared" if alert.cleared_at else "raised"
        message = {"event": event, "archive": archive, "run": run_id, **asdict(alert)}
        message["meaning"] = MEANING[alert.code]
        seconds = min(measures.on_alert_seconds, deadline - time.monotonic())
        failure = _run(measures.on_alert, message, seconds) if seconds > 0 else "no time left"
        if failure is not None:
            return [f"{measures.on_alert[0]}: {failure}; it is told again after the next run"]
        connection.execute(update(AlertRow).where(AlertRow.id == alert.id).values(told=event))
        connection.commit()  # at once: nobody is told twice
    return []


def _run(command: Sequence[str], message: dict[str, Any], seconds: float) -> str | None:
    """Runs the command without a shell, in a session of its own, so that all of it ends in time."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the operator's own words
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or str(error)
    data = json.dumps(message, ensure_ascii=False).encode() + b"\n"
    with process:
        try:
            _, said = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"did not end within {seconds:g} s"
    if process.returncode == 0:
        return None
    words = " ".join(said.decode("utf-8", "replace").split())[-SAID:]
    return f"exit code {process.returncode}" + (f" ({words})" if words else "")


def _alerts() -> Select[*tuple[Any, ...]]:
    row = AlertRow
    return (
        select(
            row.site_id,
            row.run_id,
            row.id,
            Site.name,
            row.code,
            row.detail,
            row.raised_at,
            row.cleared_at,
        )
        .join(Site, Site.id == row.site_id)
        .order_by(row.id)
    )


def _read(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[tuple[int, int, Alert]]:
    for site_id, run_id, number, site, code, detail, raised_at, cleared_at in connection.execute(query):
        yield site_id, run_id, Alert(number, site, Code(code), detail, raised_at, cleared_at)
