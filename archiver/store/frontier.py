"""The frontier in the database: every address known, and what is still to be asked for.

A crawl that is killed goes on from here: a row is `done` only in the transaction that keeps what
came of it, so what was under way at the kill is pending still.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, case, cast, func, or_, select, text, true, update
from sqlalchemy.dialects import postgresql, sqlite

from archiver.candidate import Candidate, Kind
from archiver.clock import as_text, now_text
from archiver.outcomes import ARCHIVED, Outcome
from archiver.store.batch import BESIDE, Batch
from archiver.store.tables import NAMES_OTHERS, Fetch, FrontierUrl, table_of
from archiver.urls import key_of

RANK: dict[str, int] = {"sitemap": 0, "feed": 1, "entry": 2, "article": 10, "listing": 20, "page": 30}
"""What goes first: the files that name many addresses, then what is surely an article."""

SECTIONS = 40  # section pages that a crawl looks at again, at the most
CHANGED_SITEMAPS = 30  # sitemaps that say they changed: more at once say it of everything, always
LISTS = ("sitemap", "feed")
ANSWERED = (Outcome.SITEMAP, Outcome.FEED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REDIRECT)

FRONTIER, FETCHES = table_of(FrontierUrl), table_of(Fetch)
LAST_ID = select(func.coalesce(func.max(FRONTIER.c.id), 0)).execution_options(**BESIDE)
ADDED_AFTER = (
    select(FRONTIER.c.kind, FRONTIER.c.shape, FRONTIER.c.rank)
    .where(FRONTIER.c.id > bindparam("before"))
    .execution_options(**BESIDE)
)
NAMES = text(NAMES_OTHERS)  # the index of those rows is used where this stands
SECTION = (
    NAMES
    & (FRONTIER.c.depth == 1)
    & (FRONTIER.c.kind == "listing")
    & FRONTIER.c.outcome.in_((Outcome.LISTING, Outcome.UNCHANGED))
    & cast(FRONTIER.c.hints, Text).not_like('%"pagination"%')
)
VISITED = ("done", "again")
LONGEST_REST = timedelta(days=7)
AGAIN = {"state": "pending", "attempts": 0, "not_before": None}

SLUG = re.compile(r"[^/\W\d]{2,}(?:[-_+.%][^/]*)|[^\x00-\x7f/]+[^/]*|[0-9a-f]{12,}", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
MANY_PARAMETERS = 2
VALUE = re.compile(r"=[^&]*")


@dataclass(frozen=True, slots=True)
class Added:
    """A row that is new."""

    kind: str
    shape: str
    rank: int


@dataclass(frozen=True, slots=True)
class Span:
    """Articles of one age that are to be looked at again, as text in UTC: `dated` from (None: however old) and
    before, and last asked for before a moment.
    """

    dated_from: str | None
    dated_before: str
    fetched_before: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A row to ask for."""

    id: int
    site_id: int
    url: str
    url_key: str
    kind: Kind
    rank: int
    depth: int
    hints: dict[str, Any]
    attempts: int
    fetched_at: str | None
    etag: str | None
    last_modified: str | None
    shape: str


def shape_of(url_key: str) -> str:
    """An identity with its slugs, numbers and values blanked: what an endless family has in common."""
    path, question, query = url_key.partition("?")
    path = "/".join("*" if SLUG.fullmatch(part) else DIGITS.sub("0", part) for part in path.split("/"))
    if query.count("&") >= MANY_PARAMETERS:  # filters that combine without end are one family
        return f"{path}?*"
    return path + question + VALUE.sub("=", query)


@cache
def _finish(names: tuple[str, ...]) -> Any:
    """The update of a row's columns; the value of each is the parameter `new_` and its name."""
    changes: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return update(FRONTIER).where(FRONTIER.c.id == bindparam("row")).values(changes)


class Frontier:
    """The frontier rows, over a batch whose transactions the caller ends."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._connection = connection = batch.connection
        self._insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
        self._add = self._statement_to_add()

    def add(self, site_id: int, candidates: Iterable[Candidate]) -> list[Added]:
        """Adds what is not known yet, as pending; gives what was new.

        A known address that is still pending takes over what is now better known: an earlier rank,
        and the plain address in place of a twin's.
        """
        rows = [self._row(site_id, each) for each in candidates]
        if not rows:
            return []
        before = self._connection.scalar(LAST_ID)
        self._connection.execute(self._add, rows)
        return [Added(*row) for row in self._connection.execute(ADDED_AFTER, {"before": before})]

    def reopen(self, site_id: int, candidates: Iterable[Candidate]) -> None:
        """Makes each pending again, known or not: entry points, and articles changed since we looked."""
        for each in candidates:
            row = self._row(site_id, each)
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

    def reopen_since(self, site_id: int, candidates: Iterable[Candidate], moment: str) -> None:
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
            .values(state="pending", attempts=0, not_before=None)
        )

    def reopen_entries(self, site_id: int, *, sitemaps: int = 6, sections: int = 4) -> None:
        """Makes pending again what names new articles: sitemaps and feeds that answered, and of the sitemaps
        below an index that do not say when they changed (and of the feeds of sections), so many.

        Of a site that has either, only so many section pages: see `reopen_sections`. Of any other, all of
        them, up to `SECTIONS`.
        """
        f = FRONTIER.c
        lists = NAMES & (f.depth == 0) & f.kind.in_(LISTS) & f.outcome.in_(ANSWERED)
        has_lists = self._connection.scalar(select(f.id).where(f.site_id == site_id, lists).limit(1))
        undated = NAMES & (f.depth > 0) & f.kind.in_(LISTS) & f.lastmod.is_(None) & f.outcome.in_(ANSWERED)
        self._connection.execute(
            update(FRONTIER).where(f.site_id == site_id, f.state == "done", lists).values(AGAIN)
        )
        self._reopen_some(site_id, undated, sitemaps)
        self._reopen_some(site_id, SECTION, sections if has_lists else SECTIONS)

    def reopen_sections(self, site_id: int, moment: str) -> None:
        """Makes pending the section pages last asked for before the moment (UTC text), up to `SECTIONS`."""
        self._reopen_some(site_id, SECTION & (FRONTIER.c.fetched_at < moment), SECTIONS)

    def reopen_left_out(self, site_id: int) -> None:
        """Makes pending the articles that an earlier crawl's days or section left out, to be fetched whole."""
        left_out = (Outcome.OUT_OF_RANGE, Outcome.OUT_OF_SECTION)
        tried = select(FETCHES.c.id).where(FETCHES.c.site_id == site_id, FETCHES.c.outcome.in_(left_out))
        if self._connection.scalar(tried.limit(1)) is not None:  # the frontier has no index of outcomes
            self._connection.execute(
                update(FRONTIER)
                .where(
                    FRONTIER.c.site_id == site_id,
                    FRONTIER.c.state == "done",
                    FRONTIER.c.outcome.in_(left_out),
                )
                .values(etag=None, last_modified=None, **AGAIN)
            )

    def reopen_due(self, site_id: int, spans: Iterable[Span], limit: int) -> int:
        """Makes pending so many of the articles that are to be looked at again; gives how many.

        Those go first that a sitemap says changed, then span by span; the newest first.
        """
        f = FRONTIER.c
        dated = [
            (f.state == "done")
            & (f.dated < span.dated_before)
            & (f.fetched_at < span.fetched_before)
            & (true() if span.dated_from is None else f.dated >= span.dated_from)
            for span in spans
        ]
        found: list[int] = []
        for condition, order in ((f.state == "again", f.id), *((each, f.dated) for each in dated)):
            if len(found) < limit:
                query = select(f.id).where(f.site_id == site_id, condition).order_by(order.desc())
                found += self._connection.scalars(query.limit(limit - len(found)))
        self._reopen(found)
        return len(found)

    def reopen_changed(self, site_id: int, moments: Iterable[tuple[str, str]]) -> None:
        """Asks for another look at done addresses for which a sitemap gives another lastmod than when they were
        fetched: sitemaps are pending at once, articles wait for their turn (`reopen_due`).

        `moments` are pairs of identity and lastmod. The texts are compared with each other, never with a
        clock; where no sitemap had named the address before, the lastmod is noted.
        """
        pairs = [{"key": key, "new": lastmod} for key, lastmod in moments]
        if not pairs:
            return
        known = (FrontierUrl.site_id == site_id) & (FrontierUrl.url_key == bindparam("key"))
        changed = known & (FrontierUrl.state == "done") & (FrontierUrl.lastmod != bindparam("new"))
        self._connection.execute(update(FrontierUrl).where(changed).values(state="again"), pairs)
        self._connection.execute(update(FrontierUrl).where(known).values(lastmod=bindparam("new")), pairs)
        self._reopen_some(site_id, NAMES & (FRONTIER.c.kind == "sitemap"), CHANGED_SITEMAPS, state="again")

    def pending(self, site_id: int, limit: int, without: Iterable[int] = ()) -> list[Pending]:
        """The next rows to ask for, first things first."""
        columns = (
            FrontierUrl.id,
            FrontierUrl.site_id,
            FrontierUrl.url,
            FrontierUrl.url_key,
            FrontierUrl.kind,
            FrontierUrl.rank,
            FrontierUrl.depth,
            FrontierUrl.hints,
            FrontierUrl.attempts,
            FrontierUrl.fetched_at,
            FrontierUrl.etag,
            FrontierUrl.last_modified,
            FrontierUrl.shape,
        )
        rows = self._connection.execute(
            select(*columns)
            .where(
                FrontierUrl.site_id == site_id,
                FrontierUrl.state == "pending",
                FrontierUrl.id.not_in(list(without)),
                _may_be_asked(now_text()),
            )
            .order_by(FrontierUrl.rank, FrontierUrl.id)
            .limit(limit)
        )
        return [Pending(*row) for row in rows]

    def has_ready(self, site_id: int, until: datetime) -> bool:
        """Whether any pending row of the site may be asked for before the moment `until`."""
        pending = select(FrontierUrl.id).where(
            FrontierUrl.site_id == site_id, FrontierUrl.state == "pending", _may_be_asked(as_text(until))
        )
        return self._connection.scalar(pending.limit(1)) is not None

    def resting_until(self, site_id: int, moment: datetime) -> datetime | None:
        """Until when the site asked to be left alone (Retry-After), where that is still to come; a week at most."""
        f = FRONTIER.c
        asked = select(f.fetched_at, f.not_before).where(
            f.site_id == site_id,
            f.state == "pending",
            f.outcome == Outcome.RATE_LIMITED,
            f.not_before > as_text(moment),
            f.fetched_at <= as_text(moment),  # else it was written by a clock that was wrong
        )
        until = [
            min(datetime.fromisoformat(end), datetime.fromisoformat(start) + LONGEST_REST)
            for start, end in self._connection.execute(asked).all()
        ]
        last = max(until, default=moment)
        return last if last > moment else None

    def count(self, site_id: int, state: str = "pending") -> int:
        return (
            self._connection.scalar(
                select(func.count())
                .select_from(FrontierUrl)
                .where(FrontierUrl.site_id == site_id, FrontierUrl.state == state)
            )
            or 0
        )

    def finish(
        self,
        row_id: int,
        outcome: Outcome,
        *,
        gave: int = 0,
        etag: str | None = None,
        last_modified: str | None = None,
        dated: str | None = None,
    ) -> None:
        """The row is done; its outcome and validators are kept for the next visit.

        `dated` is how old its article is (`archiver.schedule.dated`), None where that is not known anew.
        """
        values: dict[str, Any] = {
            "state": "done",
            "outcome": outcome,
            "fetched_at": now_text(),
            "gave": gave,
        }
        if outcome != Outcome.UNCHANGED:
            values |= {"etag": etag, "last_modified": last_modified}
        if outcome in LISTS:
            values["kind"] = str(outcome)  # whatever the link to it looked like
        if gave:
            values["gave_at"] = values["fetched_at"]
        if dated is not None:
            values["dated"] = dated
        changes = {f"new_{name}": value for name, value in values.items()}
        self._batch.add(_finish(tuple(values)), changes | {"row": row_id})

    def settle(self, site_id: int, each: Candidate, outcome: Outcome) -> None:
        """An address that was fetched along with another: known from now on, and done."""
        values = self._row(site_id, each) | {"state": "done", "outcome": outcome, "fetched_at": now_text()}
        statement: Any = self._insert(FRONTIER).values(values)
        changes = {name: values[name] for name in ("state", "outcome", "fetched_at")}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["site_id", "url_key"], set_=changes)
        )

    def retire(self, site_id: int, urls: Iterable[str]) -> None:
        """The addresses are not looked at again of themselves: their article has moved to another."""
        f = FRONTIER.c
        keys = [key_of(each) for each in urls]
        self._connection.execute(
            update(FRONTIER).where(f.site_id == site_id, f.url_key.in_(keys)).values(dated=None)
        )

    def drop(self, row_id: int, outcome: Outcome) -> None:
        """The row is not asked for, and will not be."""
        self._connection.execute(
            update(FrontierUrl).where(FrontierUrl.id == row_id).values(state="dropped", outcome=outcome)
        )

    def retry(self, row_id: int, outcome: Outcome, not_before: str | None, url: str | None = None) -> None:
        """The row stays pending, to be asked for again from that moment on, perhaps at another address."""
        values: dict[str, Any] = {
            "state": "pending",
            "outcome": outcome,
            "fetched_at": now_text(),
            "not_before": not_before,
            "attempts": FrontierUrl.attempts + 1,
        }
        if url is not None:
            values["url"] = url
        self._connection.execute(update(FrontierUrl).where(FrontierUrl.id == row_id).values(values))

    def outcome_of(self, site_id: int, url_key: str) -> str | None:
        """What the last try at an address gave; None where it was never tried."""
        f = FRONTIER.c
        return self._connection.scalar(select(f.outcome).where(f.site_id == site_id, f.url_key == url_key))

    def known(self, site_id: int, keys: list[str]) -> set[str]:
        """Those of the identities that have been visited."""
        return set(
            self._connection.scalars(
                select(FrontierUrl.url_key).where(
                    FrontierUrl.site_id == site_id,
                    FrontierUrl.url_key.in_(keys),
                    FrontierUrl.state.in_(VISITED),
                )
            )
        )

    def shapes(self, site_id: int) -> dict[str, tuple[int, int, int]]:
        """For each shape visited: how many addresses, how many gave anything, how many were articles."""
        articles = func.sum(case((FrontierUrl.outcome.in_(list(ARCHIVED)), 1), else_=0))
        gave = func.sum(case((FrontierUrl.gave > 0, 1), else_=0))
        rows = self._connection.execute(
            select(FrontierUrl.shape, func.count(), gave, articles)
            .where(FrontierUrl.site_id == site_id, FrontierUrl.state.in_(VISITED))
            .group_by(FrontierUrl.shape)
        )
        return {shape: (visited, given or 0, found or 0) for shape, visited, given, found in rows}

    def _reopen_some(self, site_id: int, condition: Any, limit: int, state: str = "done") -> None:
        """Half of them those that gave something most recently, the rest those not asked for the longest."""
        f = FRONTIER.c
        query = select(f.id).where(f.site_id == site_id, f.state == state, condition)
        for order, count in ((f.gave_at.desc().nulls_last(), (limit + 1) // 2), (f.fetched_at, limit // 2)):
            self._reopen(list(self._connection.scalars(query.order_by(order, f.id).limit(count))))

    def _reopen(self, rows: list[int]) -> None:
        if rows:
            self._connection.execute(update(FRONTIER).where(FRONTIER.c.id.in_(rows)).values(AGAIN))

    def _row(self, site_id: int, each: Candidate) -> dict[str, Any]:
        url_key = key_of(each.url)
        return {
            "site_id": site_id,
            "url": each.url,
            "url_key": url_key,
            "kind": each.kind,
            "state": "pending",
            "rank": RANK["entry" if each.entry and each.kind in ("page", "listing") else each.kind]
            + each.depth,
            "depth": each.depth,
            "hints": each.hints,
            "discovered_at": now_text(),
            "attempts": 0,
            "lastmod": each.hints.get("sitemap_lastmod"),
            "shape": shape_of(url_key),
        }

    def _statement_to_add(self) -> Any:
        statement: Any = self._insert(FRONTIER)
        new = statement.excluded
        return statement.on_conflict_do_update(
            index_elements=["site_id", "url_key"],
            set_={
                "rank": case((new.rank < FRONTIER.c.rank, new.rank), else_=FRONTIER.c.rank),
                "url": case(
                    (func.length(new.url) < func.length(FRONTIER.c.url), new.url), else_=FRONTIER.c.url
                ),
                "kind": case((FRONTIER.c.kind == "page", new.kind), else_=FRONTIER.c.kind),
                "hints": case(
                    (
                        func.length(cast(new.hints, Text)) > func.length(cast(FRONTIER.c.hints, Text)),
                        new.hints,
                    ),
                    else_=FRONTIER.c.hints,
                ),
            },
            where=FRONTIER.c.state == "pending",
        ).execution_options(**BESIDE)


def _may_be_asked(until: str) -> ColumnElement[bool]:
    """Whether a row waits no longer than that; a wait noted by a clock that was ahead of this one is none."""
    return or_(
        FrontierUrl.not_before.is_(None), FrontierUrl.not_before <= until, FrontierUrl.fetched_at > now_text()
    )
