"""What a crawl came to at each of its sites, counted from `fetches` and `articles`: the table `site_runs`."""

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, delete, func, insert, select

from archiver.clock import as_text, now
from archiver.outcomes import FAILED, Outcome
from archiver.store.tables import ArticleRow, Fetch, Run, Site, SiteRun, table_of
from archiver.urls import site_of, start_address

RECENT = timedelta(days=2)  # before the run: an article published since then is news, not back matter
REMEMBERED = timedelta(days=60)  # runs that ended before this tell nothing of a site's health any more
READ = (Outcome.ARTICLE, Outcome.PAYWALLED, Outcome.ARTICLE_CHANGED)
NOT_ASKED_FOR = (Outcome.TRAP, Outcome.RECOVERED, Outcome.ROBOTS_DENIED)
UNENDED = ("killed", "running")
PARTIAL = ("limit", "since", "until", "section")
DAY = len("2023-05-30")


class Report(NamedTuple):
    """What the crawl itself says of a site."""

    error: str | None  # why it failed or was blocked
    is_blocked: bool


@dataclass(slots=True)
class _Count:
    """One site's share of a run."""

    outcomes: Counter[str] = field(default_factory=Counter)
    last_at: str = ""
    new: int = 0
    recent: int = 0
    changed: int = 0
    titles: int = 0
    dates: int = 0
    bodies: list[int] = field(default_factory=list)  # letters of each text

    @property
    def read(self) -> int:
        return self.new + self.changed


def record_site_runs(
    connection: Connection, run_id: int, result: str, reports: Mapping[int, Report] | None = None
) -> None:
    """Writes the run's rows of `site_runs`, over those it may have: a row for each site (by its id) that
    was reported on, or that the run has a try of. `result` is the run's.
    """
    rows = _rows(connection, run_id, result, reports or {})
    connection.execute(delete(SiteRun).where(SiteRun.run_id == run_id))
    if rows:
        connection.execute(insert(table_of(SiteRun)), rows)


def unended_site_runs(connection: Connection, *, is_running: bool) -> dict[int, dict[str, Any]]:
    """What the rows of a crawl without an end would be, by the id of the site: of one that is under way (`running`) or
    that the next run will note as killed.
    """
    run = connection.execute(
        select(Run.id).where(Run.command == "crawl", Run.ended_at.is_(None)).order_by(Run.id.desc()).limit(1)
    ).first()
    if run is None:
        return {}
    rows = _rows(connection, run.id, "running" if is_running else "killed", _named(connection, run.id))
    return {row["site_id"]: row for row in rows}


def _named(connection: Connection, run_id: int) -> dict[int, Report]:
    """Nothing told, of each site that the run was asked for: it may have been killed before its first try."""
    arguments = connection.scalar(select(Run.arguments).where(Run.id == run_id)) or {}
    names = {site_of(start_address(url)) for url in arguments.get("sites") or ()}
    ids = connection.scalars(select(Site.id).where(Site.name.in_(names)))
    return {site_id: Report(None, is_blocked=False) for site_id in ids}


def _rows(
    connection: Connection, run_id: int, result: str, reports: Mapping[int, Report]
) -> list[dict[str, Any]]:
    run = connection.execute(select(table_of(Run)).where(Run.id == run_id)).one()
    counts = _counts(connection, run_id, datetime.fromisoformat(run.started_at))
    rows = []
    for site_id in sorted({*counts, *reports}):
        count = counts.get(site_id, _Count())
        report = reports.get(site_id, Report(None, is_blocked=False))
        ended_at = (count.last_at or run.started_at) if result in UNENDED else run.ended_at
        rows.append(
            {
                "run_id": run_id,
                "site_id": site_id,
                "started_at": run.started_at,
                "ended_at": ended_at or as_text(now()),
                "result": "blocked" if report.is_blocked else "failed" if report.error else result,
                "error": report.error,
                "is_bounded": any(run.arguments.get(name) for name in PARTIAL),
                **_columns(count),
            }
        )
    return rows


def record_forgotten_runs(connection: Connection) -> None:
    """The same for the crawls that could not: those that were killed, or that an older Warraq ran."""
    forgotten = connection.execute(
        select(Run.id, Run.result)
        .where(
            Run.command == "crawl",
            (Run.ended_at > as_text(now() - REMEMBERED)) | (Run.result == "killed"),
            Run.id.not_in(select(SiteRun.run_id)),
        )
        .order_by(Run.id)
    ).all()
    for run_id, result in forgotten:
        reports = _named(connection, run_id) if result == "killed" else None
        record_site_runs(connection, run_id, result or "done", reports)


def _columns(count: _Count) -> dict[str, Any]:
    outcomes = count.outcomes
    return {
        "requests": outcomes.total() - sum(outcomes[each] for each in NOT_ASKED_FOR),
        "errors": sum(outcomes[each] for each in FAILED),
        "outcomes": dict(sorted(outcomes.items())),
        "new_articles": count.new,
        "recent_articles": count.recent,
        "changed_articles": count.changed,
        "read_articles": count.read,
        "with_title": count.titles,
        "with_date": count.dates,
        "with_body": len(count.bodies),
        "median_body": round(statistics.median(count.bodies)) if count.bodies else None,
    }


def _counts(connection: Connection, run_id: int, started_at: datetime) -> dict[int, _Count]:
    counts: dict[int, _Count] = {}
    outcomes = connection.execute(
        select(Fetch.site_id, Fetch.outcome, func.count(), func.max(Fetch.fetched_at))
        .where(Fetch.run_id == run_id)
        .group_by(Fetch.site_id, Fetch.outcome)
    )
    for site_id, outcome, tries, last_at in outcomes:
        count = counts.setdefault(site_id, _Count())
        count.outcomes[outcome] = tries
        count.last_at = max(count.last_at, last_at)
    recent_day = as_text(started_at - RECENT)[:DAY]
    for site_id, is_new, title, published_at, letters in connection.execute(_articles_read(run_id)):
        count = counts[site_id]
        count.new += is_new
        count.changed += not is_new
        count.recent += bool(is_new and published_at and published_at[:DAY] >= recent_day)
        count.titles += bool(title)
        count.dates += published_at is not None
        count.bodies += [letters] if letters else []
    return counts


def _articles_read(run_id: int) -> Select[*tuple[Any, ...]]:
    """Every article the run read anew, once: its site, whether it is new, title, date, and letters of text."""
    return (
        select(
            Fetch.site_id,
            func.max(case((Fetch.outcome == Outcome.ARTICLE_CHANGED, 0), else_=1)),
            ArticleRow.title,
            ArticleRow.published_at,
            func.length(ArticleRow.body),
        )
        .join(ArticleRow, ArticleRow.id == Fetch.article_id)
        .where(Fetch.run_id == run_id, Fetch.outcome.in_(READ))
        .group_by(Fetch.site_id, ArticleRow.id)
    )
