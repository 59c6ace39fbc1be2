"""`warraq status`: how every site does."""

import json
import sys
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from archiver.cli import _options
from archiver.clock import now
from archiver.health import Coverage, Measures, SiteStatus, Visit, status
from archiver.schedule import Schedule
from archiver.store import Archive
from archiver.store.database import Database
from archiver.store.lock import ArchiveLock

SOME_FAILED = 3
PIPE_WIDTH = 160
VISIT = (
    "run_id", "started_at", "ended_at", "result", "error", "requests", "errors",
    "new_articles", "changed_articles",
)  # fmt: skip


@click.command()
@_options.archive
@_options.quiet
@_options.as_json
def command(archive: Path, quiet: bool, as_json: bool) -> None:
    """Show how every site does: last run, new articles, errors, coverage, what is overdue or not well.

    Exit code 3 where a site is overdue or not well.
    """
    measures, schedule, moment = Measures.load(archive), Schedule.load(archive), now()
    opened = Archive.open_for_reading(archive)
    try:
        is_running = ArchiveLock.is_held(archive)
        sites = status(opened.connection, moment, measures, schedule, is_running=is_running)
        if is_export := Database.of(archive).is_export():  # nothing is crawled into it: no site of it is due
            sites = [replace(each, due_at=None, is_overdue=False) for each in sites]
    finally:
        opened.close()
    if as_json:
        told = {"archive": str(archive), "at": moment.isoformat(), "is_running": is_running}
        told |= {"is_export": is_export}
        click.echo(json.dumps({**told, "sites": [_item(each) for each in sites]}, ensure_ascii=False))
    else:
        if not quiet:
            _print_table(archive, sites, moment, is_running=is_running, is_export=is_export)
        for site in sites:
            for line in _complaints(site, moment):
                click.echo(f"warraq: {site.site}: {line}", err=True)
    sys.exit(SOME_FAILED if any(site.alerts or site.is_overdue for site in sites) else 0)


def _item(site: SiteStatus) -> dict[str, Any]:
    visit = site.last_visit
    return {
        "site": site.site,
        "start_url": site.start_url,
        "articles": site.articles,
        "last_run": _visit_item(visit) | {"outcomes": site.outcomes} if visit else None,
        "last_well": _plain(site.last_well),
        "new_last_day": site.new_last_day,
        "new_last_week": site.new_last_week,
        "coverage": _shares(site.coverage),
        "usual": _shares(site.usual),
        "due_at": _plain(site.due_at),
        "overdue": site.is_overdue,
        "alerts": [asdict(alert) for alert in site.alerts],
    }


def _visit_item(visit: Visit) -> dict[str, Any]:
    return {name: _plain(getattr(visit, name)) for name in VISIT}


def _shares(of: Coverage) -> dict[str, Any]:
    return {
        "articles": of.articles,
        **{name: of.share(name) for name in ("title", "date", "body")},
        "median_body": of.median_body,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _complaints(site: SiteStatus, moment: datetime) -> list[str]:
    lines = [
        f"{alert.code}: {alert.detail} (since {alert.raised_at[:16].replace('T', ' ')} UTC)"
        for alert in site.alerts
    ]
    if site.is_overdue:
        since = (
            f"due since {_ago(site.due_at, moment)}" if site.due_at else "its first crawl was never finished"
        )
        lines.append(f"overdue: {since}; is `warraq crawl --due` run by cron? See `warraq schedule`")
    return lines


def _print_table(
    archive: Path, sites: list[SiteStatus], moment: datetime, *, is_running: bool, is_export: bool
) -> None:
    if not sites:
        click.echo(f"{archive}: no site yet")
        return
    table = Table(
        title=f"{archive}: {len(sites)} site{'s' * (len(sites) != 1)}"
        + ("; a run is under way" if is_running else "")
        + ("; an export, to be read only" if is_export else "")
    )
    for heading in ("site", "articles", "last run", "came to", "new", "24 h", "7 days", "errors",
                    "title", "date", "text", "due"):  # fmt: skip
        table.add_column(heading, justify="left" if heading in ("site", "came to") else "right")
    for site in sites:
        table.add_row(
            site.site,
            str(site.articles),
            *_visit_cells(site.last_visit, moment, site),
            *(_percent(site.coverage.share(name)) for name in ("title", "date", "body")),
            "–" if is_export else "overdue" if site.is_overdue else _until(site.due_at, moment),
        )
    Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)


def _visit_cells(visit: Visit | None, moment: datetime, site: SiteStatus) -> list[str]:
    if visit is None:
        return ["never", "", "", "", "", ""]
    wrong = ", ".join(alert.code for alert in site.alerts)
    counts = (visit.new_articles, site.new_last_day, site.new_last_week, visit.errors)
    return [_ago(visit.ended_at, moment), wrong or visit.result, *map(str, counts)]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _ago(past: datetime, moment: datetime) -> str:
    return f"{_long(moment - past)} ago"


def _until(due_at: datetime | None, moment: datetime) -> str:
    return "now" if due_at is None or due_at <= moment else f"in {_long(due_at - moment)}"


def _long(span: timedelta) -> str:
    minutes = max(0, round(span / timedelta(minutes=1)))
    if minutes < 120:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"
