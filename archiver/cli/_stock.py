"""What a crawl does at its end: how each site did is written down, and who must know is told."""

import sys
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from archiver.cli._log import facts, log
from archiver.cli._progress import indexing
from archiver.clock import now
from archiver.closing import reports_of
from archiver.crawl import Crawl
from archiver.errors import ArchiveLocked
from archiver.health import Alert, Code, Measures, review
from archiver.health.alerts import tell
from archiver.store import Archive
from archiver.store.siteruns import record_site_runs

STUCK = timedelta(days=1)
SAID_ALREADY = (Code.FAILED, Code.BLOCKED)  # by the closing table


@dataclass(frozen=True, slots=True)
class Stock:
    """The alerts that stand at the sites of a crawl; `fresh` are the ids of those it raised."""

    alerts: list[Alert] = field(default_factory=list)
    fresh: set[int] = field(default_factory=set)

    @property
    def known(self) -> set[str]:
        """The sites of which it was said before that they failed or are blocked."""
        return {a.site for a in self.alerts if a.code in SAID_ALREADY and a.id not in self.fresh}


def open_archive(folder: Path, *, operator: str | None, quiet: bool) -> Archive:
    """The archive, open for writing. With `quiet`, that another run holds it is told by the exit code alone,
    unless that run has held it for so long that a person should look.
    """
    try:
        return Archive.create_or_open(
            folder, operator=operator, indexing=(lambda _: None) if quiet else indexing
        )
    except ArchiveLocked as error:
        if quiet and error.since is not None and now() - error.since < STUCK:
            sys.exit(error.exit_code)
        raise


def take_stock(archive: Archive, crawl: Crawl, result: str, measures: Measures) -> Stock:
    """Writes the run's `site_runs`, and raises and clears alerts. Commits are the caller's."""
    record_site_runs(archive.connection, crawl.run_id, result, reports_of(crawl))
    return Stock(*review(archive.connection, crawl.run_id, measures, now()))


def tell_of_it(
    archive: Archive, stock: Stock, summary: dict[str, Any], measures: Measures, *, quiet: bool
) -> None:
    """To the log, to standard error (with `quiet` only what is new), and to the `on_alert` command."""
    for name, site in summary["sites"].items():
        counts = {
            key: site[key] for key in ("fetched", "new_articles", "changed_articles", "failures", "pending")
        }
        words = ", ".join(f"{count} {key.replace('_', ' ')}" for key, count in counts.items())
        log.info("%s: %s", name, words, extra=facts(site=name, **counts, error=site["error"]))
    for alert in stock.alerts:
        is_new = alert.id in stock.fresh
        log.warning(
            "%s: %s: %s", alert.site, alert.code, alert.detail, extra=facts(is_new=is_new, **asdict(alert))
        )
        if alert.code not in SAID_ALREADY and (is_new or not quiet):
            click.echo(f"warraq: {alert.site}: {alert.code}: {alert.detail}", err=True)
    for failure in tell(archive.connection, measures, str(Path(archive.folder).absolute())):
        log.error("on_alert: %s", failure)
        click.echo(f"warraq: on_alert: {failure}", err=True)
    log.info(
        "run %s: %s, exit code %s",
        summary["run"],
        summary["result"],
        summary["exit_code"],
        extra=facts(**{key: summary[key] for key in ("run", "result", "exit_code")}),
    )
