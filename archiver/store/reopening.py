"""Rows of the frontier that are asked for again: entry points, sections, articles whose time has come, what failed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import bindparam, false, func, or_, select, true, update

from archiver.candidate import Candidate
from archiver.clock import as_text
from archiver.outcomes import LEFT_OUT, Outcome
from archiver.store.batch import Batch
from archiver.store.frontier import FETCHES, FRONTIER, INSERTS, LISTS, NEWS, SECTION_AGAIN, row_of
from archiver.store.frontier_conditions import (
    ANSWERED,
    BY_SERVER,
    DEEPER,
    FAILING,
    GAVE_ONCE,
    LED_NOWHERE,
    MISSING,
    NAMED,
    NAMES,
    NEAR_BY,
    REFUSED,
    SECTION,
    USUAL,
)  # fmt: skip
from archiver.store.tables import FrontierUrl
from archiver.urls import key_of

SAMPLED = 2  # sitemaps whose index says that they have not changed
SECTIONS = 40  # section pages that a crawl looks at again, at the most
CHANGED_SITEMAPS = 30  # sitemaps that say they changed: more at once say it of everything, always
NEAR_AGAIN = 6  # pages that led nowhere yet, a crawl
MISSING_FOR = timedelta(days=14)  # after a story was named
MOST_MISSING = 200  # stories that were not there, a run: what was named as news first, and of that the newest
MOST_FAILED = 20_000  # addresses tried again in one run
AT_ONCE = timedelta(hours=1)  # what has been failing no longer is tried again by the next run
REST = 4
"""Of the time that an address has been failing, a fourth is waited before it is tried again."""
CHUNK = 500  # rows changed at once
RETURNED = 4
"""Of the articles looked at again, a fourth at the most are such as were gone when they were last asked for."""
AGAIN = {"state": "pending", "attempts": 0, "not_before": None}


@dataclass(frozen=True, slots=True)
class Span:
    """Articles of one age that are to be looked at again, as text in UTC: `dated` from (None: however old) and
    before, and last asked for before a moment.
    """

    dated_from: str | None
    dated_before: str
    fetched_before: str


class Reopening:
    """Makes rows of the frontier pending again, over a batch whose transactions the caller ends."""

    def __init__(self, batch: Batch) -> None:
        self._connection = batch.connection
        self._insert = INSERTS[batch.connection.dialect.name]

    def candidates(self, site_id: int, candidates: Iterable[Candidate]) -> None:
        """Makes each pending again, known or not: entry points, and articles changed since we looked."""
        for each in candidates:
            row = row_of(site_id, each)
            statement: Any = self._insert(FrontierUrl).values(row)
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["site_id", "url_key"],
                    set_={
                        "state": "pending",
                        "attempts": 0,
                        "not_before": None,
                        "url": row["url"],
                        "rank": row["rank"],
                        "kind": row["kind"],
                    },
                )
            )

    def since(self, site_id: int, candidates: Iterable[Candidate], moment: str) -> None:
        """Makes those of the addresses pending that were last fetched before the moment (UTC text): once a run."""
        keys = [key_of(each.url) for each in candidates]
        self._connection.execute(
            update(FRONTIER)
            .where(
                FRONTIER.c.site_id == site_id,
                FRONTIER.c.url_key.in_(keys),
                FRONTIER.c.state == "done",
                FRONTIER.c.fetched_at < moment,
            )
            .values(AGAIN | {"rank": SECTION_AGAIN})
        )

    def nearer(self, site_id: int, candidates: Iterable[Candidate], moment: str) -> None:
        """Takes pages that the front page has come to name as sections: they are asked for again, once a run."""
        f = FRONTIER.c
        keys = [key_of(each.url) for each in candidates]
        further = (f.depth > 1) & f.outcome.in_((Outcome.LISTING, Outcome.OTHER_PAGE))
        for start in range(0, len(keys), CHUNK):
            named = (f.site_id == site_id) & f.url_key.in_(keys[start : start + CHUNK])
            asked = (f.state == "done") & (f.fetched_at < moment)
            self._connection.execute(
                update(FRONTIER)
                .where(named, further, asked)
                .values(AGAIN | {"depth": 1, "rank": SECTION_AGAIN})
            )

    def entries(
        self, site_id: int, *, sitemaps: int = 6, sections: int = 4, stale: str | None = None
    ) -> None:
        """Makes pending again what names new articles: sitemaps and feeds that answered, and of the sitemaps
        below an index that do not say when they changed (and of the feeds of sections), so many; of those that
        say so a few that were not asked for since `stale` (UTC text): some indexes say the same for ever.

        Of a site that has either, only so many section pages: see `sections`. Of any other, all of
        them, up to `SECTIONS`. A few of the pages that led nowhere yet.
        """
        f = FRONTIER.c
        lists = NAMES & (f.depth == 0) & f.kind.in_(LISTS)
        answered = select(f.id).where(f.site_id == site_id, lists & ANSWERED)
        has_lists = self._connection.scalar(answered.limit(1))
        lists &= ANSWERED | GAVE_ONCE
        undated = NAMES & (f.depth > 0) & f.kind.in_(LISTS) & f.lastmod.is_(None) & (ANSWERED | GAVE_ONCE)
        self._connection.execute(
            update(FRONTIER).where(f.site_id == site_id, f.state == "done", lists).values(AGAIN)
        )
        self._reopen_some(site_id, undated, sitemaps)
        if stale is not None:
            dated = NAMES & (f.depth > 0) & f.kind.in_(LISTS) & f.lastmod.is_not(None)
            self._reopen_some(site_id, dated & ANSWERED & (f.fetched_at < stale), SAMPLED)
        self._reopen_sections(site_id, sections if has_lists else SECTIONS)
        self._reopen_some(site_id, NEAR_BY, NEAR_AGAIN, rank=SECTION_AGAIN)

    def failed(self, site_id: int, moment: datetime) -> None:
        """Makes pending the addresses whose last tries failed, the sooner the shorter they have been failing: what has
        failed for a month is tried again after a week; what was refused, not before the next day. So too the stories
        that were named in the last two weeks and were not there, and lists that are missing.
        """
        f = FRONTIER.c
        due: set[int] = set()
        rows = select(f.id, f.discovered_at, f.fetched_at).where(f.site_id == site_id, f.state == "done")
        for failing, least in ((BY_SERVER, timedelta(0)), (REFUSED, timedelta(days=1))):
            of_frontier = f.outcome.in_(FAILING) & f.url_key.in_(self._tried(site_id, failing))
            found = self._connection.execute(rows.where(of_frontier).limit(MOST_FAILED))
            due.update(row.id for row in found if _is_due(row, moment, least))
        since = as_text(moment - MISSING_FOR)
        lost = FETCHES.c.outcome.in_(LED_NOWHERE) & FETCHES.c.status.is_distinct_from(HTTPStatus.GONE)
        lately = self._tried(site_id, lost & (FETCHES.c.fetched_at >= since))
        missing = rows.where(MISSING, f.discovered_at >= since, f.url_key.in_(lately))
        newest = missing.order_by(f.rank != NEWS, f.id.desc()).limit(MOST_FAILED)
        awaited = [row.id for row in self._connection.execute(newest) if _is_due(row, moment)]
        due.update(awaited[:MOST_MISSING])
        for missed, least in ((NAMED, timedelta(0)), (USUAL, timedelta(days=1))):
            due.update(
                row.id for row in self._connection.execute(rows.where(missed)) if _is_due(row, moment, least)
            )
        ids = sorted(due)
        for start in range(0, len(ids), CHUNK):
            self._reopen(ids[start : start + CHUNK])

    @staticmethod
    def _tried(site_id: int, failing: Any) -> Any:
        """The addresses of such tries, by the index of outcomes: the frontier has none."""
        tried = select(FETCHES.c.url_key).where(FETCHES.c.site_id == site_id, failing)
        return tried.distinct()

    def dropped(self, site_id: int, some: int) -> set[str]:
        """Makes pending so many of the addresses that were left as traps, the newest; gives their shapes."""
        f = FRONTIER.c
        left = select(f.id, f.shape).where(
            f.site_id == site_id, f.state == "dropped", f.outcome == Outcome.TRAP
        )
        rows = self._connection.execute(left.order_by(f.id.desc()).limit(some)).all()
        self._reopen([row.id for row in rows])
        return {row.shape for row in rows}

    def family(self, site_id: int, shape: str) -> None:
        """Makes pending what was left as a trap of a family that gave an article after all."""
        f = FRONTIER.c
        of_shape = (f.site_id == site_id) & (f.shape == shape) & (f.state == "dropped")
        self._connection.execute(update(FRONTIER).where(of_shape, f.outcome == Outcome.TRAP).values(AGAIN))

    def sections(self, site_id: int, moment: str) -> None:
        """Makes pending the section pages last asked for before the moment (UTC text), up to `SECTIONS`."""
        self._reopen_sections(site_id, SECTIONS, FRONTIER.c.fetched_at < moment)

    def left_out(self, site_id: int, may_admit: Callable[[str, str, str], bool]) -> None:
        """Makes pending those of the articles that earlier crawls' days or section left out which may be asked for now,
        to be fetched whole; `may_admit` is told address, outcome and the detail of the last try.
        """
        f, tried = FRONTIER.c, FETCHES.c
        rows = self._connection.execute(
            select(f.id, f.url, tried.outcome, tried.detail).where(
                tried.id.in_(self._last_left_out(site_id)),
                f.site_id == site_id,
                f.url_key == tried.url_key,
                f.state.in_(("done", "dropped")),
                f.outcome.in_(LEFT_OUT),
            )
        )
        asked = [row.id for row in rows if may_admit(row.url, row.outcome, row.detail or "")]
        for start in range(0, len(asked), CHUNK):
            some = FRONTIER.c.id.in_(asked[start : start + CHUNK])
            self._connection.execute(
                update(FRONTIER).where(some).values(etag=None, last_modified=None, **AGAIN)
            )

    def details_left_out(self, site_id: int) -> dict[str, int]:
        """{why articles of the site are outside what was asked for, in the words of their last try: how many}."""
        f, tried = FRONTIER.c, FETCHES.c
        rows = self._connection.execute(
            select(tried.detail, func.count())
            .where(
                tried.id.in_(self._last_left_out(site_id)),
                f.site_id == site_id,
                f.url_key == tried.url_key,
                f.outcome.in_(LEFT_OUT),
            )
            .group_by(tried.detail)
        )
        return {detail or "": count for detail, count in rows}

    @staticmethod
    def _last_left_out(site_id: int) -> Any:
        """The last tries of the addresses that were ever left out, by the index of outcomes: the frontier has none."""
        tried = FETCHES.c
        return (
            select(func.max(tried.id))
            .where(tried.site_id == site_id, tried.outcome.in_(LEFT_OUT))
            .group_by(tried.url_key)
        )

    def in_full(self, site_id: int, urls: Iterable[str]) -> None:
        """Makes addresses pending that are to be asked for without their validators: an article may live there now."""
        f, keys = FRONTIER.c, [key_of(each) for each in urls]
        asked = (f.site_id == site_id) & f.url_key.in_(keys) & (f.state == "done")
        self._connection.execute(update(FRONTIER).where(asked).values(etag=None, last_modified=None, **AGAIN))

    def due(self, site_id: int, spans: Iterable[Span], limit: int) -> int:
        """Makes pending so many of the articles that are to be looked at again; gives how many.

        Those go first that a sitemap says changed, then some that were gone, the longest not asked for first; then
        span by span, the newest first.
        """
        f = FRONTIER.c
        dated = [
            (f.state == "done")
            & (f.dated < span.dated_before)
            & (f.fetched_at < span.fetched_before)
            & (true() if span.dated_from is None else f.dated >= span.dated_from)
            for span in spans
        ]
        gone = or_(false(), *dated) & f.outcome.in_((Outcome.GONE, Outcome.SOFT_404))
        of_site = select(f.id).where(f.site_id == site_id)
        found = list(
            self._connection.scalars(of_site.where(f.state == "again").order_by(f.id.desc()).limit(limit))
        )
        some = min(limit - len(found), -(-limit // RETURNED))
        found += self._connection.scalars(of_site.where(gone).order_by(f.fetched_at).limit(some))
        for span in dated:
            if len(found) < limit:
                query = of_site.where(span, f.id.not_in(found)).order_by(f.dated.desc())
                found += self._connection.scalars(query.limit(limit - len(found)))
        self._reopen(found)
        return len(found)

    def changed(self, site_id: int, moments: Iterable[tuple[str, str]]) -> None:
        """Asks for another look at done addresses for which a sitemap gives another lastmod than when they were
        fetched: sitemaps are pending at once, articles wait for their turn (`due`). Sections do not: a sitemap of tags
        dates thousands of them anew each day, and would leave no turn to an article.

        `moments` are pairs of identity and lastmod. The texts are compared with each other, never with a
        clock; where no sitemap had named the address before, the lastmod is noted.
        """
        pairs = [{"key": key, "new": lastmod} for key, lastmod in moments]
        if not pairs:
            return
        known = (FrontierUrl.site_id == site_id) & (FrontierUrl.url_key == bindparam("key"))
        has_turn = (FrontierUrl.state == "done") & (FrontierUrl.kind != "listing")
        changed = known & has_turn & (FrontierUrl.lastmod != bindparam("new"))
        self._connection.execute(update(FrontierUrl).where(changed).values(state="again"), pairs)
        self._connection.execute(update(FrontierUrl).where(known).values(lastmod=bindparam("new")), pairs)
        waiting = (FRONTIER.c.site_id == site_id) & NAMES & (FRONTIER.c.state == "again")
        turned_away = waiting & (FRONTIER.c.kind == "listing")  # those to which Warraq once gave a turn
        self._connection.execute(update(FRONTIER).where(turned_away).values(state="done"))
        self._reopen_some(site_id, NAMES & (FRONTIER.c.kind == "sitemap"), CHANGED_SITEMAPS, state="again")

    def _reopen_sections(self, site_id: int, limit: int, condition: Any = None) -> None:
        """Those that the front page names, and as far as there is room, those below."""
        asked = true() if condition is None else condition
        named = self._reopen_some(site_id, SECTION & asked, limit, rank=SECTION_AGAIN)
        self._reopen_some(site_id, DEEPER & asked, limit - named, rank=SECTION_AGAIN)

    def _reopen_some(self, site_id: int, condition: Any, limit: int, state: str = "done", **more: Any) -> int:
        """Half of them those that gave something most recently, the rest those not asked for the longest; how many.
        They take over the columns of `more`.
        """
        f, found = FRONTIER.c, 0
        query = select(f.id).where(f.site_id == site_id, f.state == state, condition)
        for order, count in ((f.gave_at.desc().nulls_last(), (limit + 1) // 2), (f.fetched_at, limit // 2)):
            rows = list(self._connection.scalars(query.order_by(order, f.id).limit(count)))
            self._reopen(rows, **more)
            found += len(rows)
        return found

    def _reopen(self, rows: list[int], **more: Any) -> None:
        if rows:
            self._connection.execute(update(FRONTIER).where(FRONTIER.c.id.in_(rows)).values(AGAIN | more))


def _is_due(row: Any, moment: datetime, least: timedelta = timedelta(0)) -> bool:
    """Whether a row that failed is to be tried again: a fourth of the time that it has been failing has gone by."""
    if row.fetched_at is None:
        return True
    last = datetime.fromisoformat(row.fetched_at)
    failed_for = max(last - datetime.fromisoformat(row.discovered_at), timedelta(0))
    rest = failed_for / REST if failed_for > AT_ONCE else timedelta(0)
    return moment >= last + max(rest, least)
