"""How the sites of an archive do, measured against their own past: see docs/health.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from archiver.clock import as_text
from archiver.health.alerts import Alert, open_alerts, settle
from archiver.health.codes import MEANING, Code
from archiver.health.measures import Measures, Thresholds
from archiver.health.rules import Coverage, Visit, coverage, findings, newest
from archiver.schedule import Schedule, site_times
from archiver.store.looked_at import looked_at
from archiver.store.siteruns import unended_site_runs
from archiver.store.tables import AlertRow, ArticleRow, Site, SiteRun, table_of

__all__ = ["MEANING", "Alert", "Code", "Coverage", "Measures", "SiteStatus", "Visit", "review", "status"]

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
VISIT = [each.name for each in fields(Visit)]
PAST = 2.0  # windows: an alert that stands is measured by the window before it was raised


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """How one site does."""

    site: str
    start_url: str
    articles: int  # archived, all in all
    last_visit: Visit | None  # None: never crawled; one without an end is `running`, or was `killed`
    outcomes: Mapping[str, int]  # of the last visit: how often each came
    last_well: datetime | None  # UTC; the end of the last visit that did not fail
    new_last_day: int
    new_last_week: int
    coverage: Coverage  # of the newest articles
    usual: Coverage  # of those before them
    due_at: (
        datetime | None
    )  # UTC; None: at once, as its first crawl was never finished, or ended in the future
    is_overdue: bool  # it is due for longer than it should be: is cron at work?
    alerts: list[Alert]


def status(
    connection: Connection,
    now: datetime,
    measures: Measures | None = None,
    schedule: Schedule | None = None,
    *,
    is_running: bool = False,
) -> list[SiteStatus]:
    """Every site of the archive, by name. `now` is aware; without measures and schedule, the common ones hold
    (`Measures.load(folder)` and `Schedule.load(folder)` give the archive's own). `is_running`: whether a run holds the
    archive (`ArchiveLock.is_held(folder)`), so that a crawl without an end is under way, and was not killed.
    """
    measures = measures or Measures.load()
    times = site_times(connection, schedule or Schedule.load())
    due_at = {each.name: None if each.crawled_at and each.crawled_at > now else each.due_at for each in times}
    articles = dict(
        connection.execute(select(ArticleRow.site_id, func.count()).group_by(ArticleRow.site_id)).all()
    )
    alerts = open_alerts(connection)
    sites = connection.execute(
        select(Site.id, Site.name, Site.start_url, Site.added_at).order_by(Site.name)
    ).all()
    known = _visits(connection, now - timedelta(days=measures.common.window_days), now)
    unended = unended_site_runs(connection, is_running=is_running)
    found = []
    for site_id, name, start_url, added_at in sites:
        limits = measures.of(name)
        visits = known.get(site_id) or _visits(connection, LONG_AGO, now, [site_id]).get(site_id, [])[:1]
        if site_id in unended:
            visits = [_visit(unended[site_id]), *visits]
        sample = newest(visits, limits.shrink_articles)
        moments = [each for each in (due_at[name], visits[0].ended_at if visits else None) if each]
        waits_since = max(moments, default=datetime.fromisoformat(added_at))  # a visit cut short is one, too
        found.append(
            SiteStatus(
                name,
                start_url,
                articles.get(site_id, 0),
                visits[0] if visits else None,
                unended[site_id]["outcomes"]
                if site_id in unended
                else _outcomes(connection, site_id, visits),
                next((v.ended_at for v in visits if v.result in ("done", "max_runtime")), None),
                _new_since(visits, now - DAY),
                _new_since(visits, now - WEEK),
                coverage(sample),
                coverage(visits[len(sample) :]),
                due_at[name],
                now - waits_since > timedelta(hours=limits.overdue_hours),
                alerts.get(site_id, []),
            )
        )
    return found


def review(
    connection: Connection, run_id: int, measures: Measures, now: datetime
) -> tuple[list[Alert], set[int]]:
    """Measures the sites of a run against their past, once its `site_runs` are written.

    Gives the alerts that stand at these sites, and the ids of those that were not there before.
    """
    sites = connection.execute(
        select(Site.id, Site.name).join(SiteRun, SiteRun.site_id == Site.id).where(SiteRun.run_id == run_id)
    ).all()
    ids = [site_id for site_id, _ in sites]
    before = open_alerts(connection, ids)
    for site_id, name in sites:
        limits, standing = measures.of(name), before.get(site_id, [])
        visits = _visits(connection, _oldest(standing, limits, now), now, [site_id]).get(site_id)
        if visits:
            since = {alert.code: datetime.fromisoformat(alert.raised_at) for alert in standing}
            looked = looked_at(connection, run_id, site_id, _lost_by(connection, site_id) or run_id)
            found = findings(visits, since, limits, looked)
            settle(connection, site_id, run_id, found, standing, now)
    known = {alert.id for alerts in before.values() for alert in alerts}
    stand = [alert for alerts in open_alerts(connection, ids).values() for alert in alerts]
    return stand, {alert.id for alert in stand} - known


def _lost_by(connection: Connection, site_id: int) -> int | None:
    """The run that first found a site's articles gone, where they are still."""
    stands = (AlertRow.site_id == site_id, AlertRow.code == Code.ARTICLES_GONE, AlertRow.cleared_at.is_(None))
    run_id: int | None = connection.scalar(select(func.min(AlertRow.run_id)).where(*stands))
    return run_id


def _visit(row: Mapping[str, Any]) -> Visit:
    moments = {name: datetime.fromisoformat(row[name]) for name in ("started_at", "ended_at")}
    return Visit(**{name: row[name] for name in VISIT} | moments)


def _outcomes(connection: Connection, site_id: int, visits: Sequence[Visit]) -> Mapping[str, int]:
    if not visits:
        return {}
    counted = select(SiteRun.outcomes).where(SiteRun.run_id == visits[0].run_id, SiteRun.site_id == site_id)
    return connection.scalar(counted) or {}


def _oldest(standing: Sequence[Alert], limits: Thresholds, now: datetime) -> datetime:
    raised = [datetime.fromisoformat(alert.raised_at) for alert in standing]
    return min([now, *raised]) - timedelta(days=PAST * limits.window_days)


def _new_since(visits: Iterable[Visit], moment: datetime) -> int:
    return sum(visit.new_articles for visit in visits if visit.ended_at >= moment)


def _visits(
    connection: Connection, oldest: datetime, now: datetime, sites: Collection[int] | None = None
) -> dict[int, list[Visit]]:
    """Each site's visits since then, the newest run's first, whatever its clock said, then the others by their ends;
    an earlier run that ended in the future had a wrong clock, and counts for nothing. Of all sites, or of some.
    """
    columns = table_of(SiteRun).c
    query = (
        select(columns.site_id, *(columns[name] for name in VISIT))
        .where(columns.ended_at >= as_text(oldest))
        .order_by(columns.ended_at.desc(), columns.run_id.desc())
    )
    if sites is not None:
        query = query.where(columns.site_id.in_(sites))
    found: dict[int, list[Visit]] = {}
    for site_id, started_at, ended_at, *others in connection.execute(query):
        visit = Visit(datetime.fromisoformat(started_at), datetime.fromisoformat(ended_at), *others)
        found.setdefault(site_id, []).append(visit)
    for site_id, visits in found.items():
        newest_run = max(visits, key=lambda visit: visit.run_id)
        before = (visit for visit in visits if visit is not newest_run and visit.ended_at <= now)
        found[site_id] = [newest_run, *before]
    return found
