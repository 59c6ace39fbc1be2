"""The frontier in the database: every address known, and what is still to be asked for.

A crawl that is killed goes on from here: a row is `done` only in the transaction that keeps what
came of it, so what was under way at the kill is pending still.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, case, cast, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from archiver.candidate import Candidate, Kind
from archiver.clock import as_text, now_text
from archiver.outcomes import ARCHIVED, FAILED, LEFT_OUT, Outcome
from archiver.store.batch import BESIDE, Batch
from archiver.store.tables import Fetch, FrontierUrl, table_of
from archiver.urls import key_of

RANK: dict[str, int] = {"sitemap": 0, "feed": 1, "entry": 2, "article": 10, "listing": 20, "page": 30}
"""What goes first: the files that name many addresses, then what is surely an article."""
NEWS, SECTION_AGAIN = 9, 8
"""What is new to a site goes before its backlog, and the sections that may name it before that."""

FRONTIER, FETCHES = table_of(FrontierUrl), table_of(Fetch)
LAST_ID = select(func.coalesce(func.max(FRONTIER.c.id), 0)).execution_options(**BESIDE)
ADDED_AFTER = (
    select(FRONTIER.c.kind, FRONTIER.c.shape, FRONTIER.c.rank)
    .where(FRONTIER.c.id > bindparam("before"))
    .execution_options(**BESIDE)
)
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
LISTS = ("sitemap", "feed")
VISITED = ("done", "again")
LONGEST_REST = timedelta(days=7)

SLUG = re.compile(r"[^/\W\d]{2,}(?:[-_+.%][^/]*)|[^\x00-\x7f/]+[^/]*|[0-9a-f]{12,}", re.IGNORECASE)
SCRIPT = re.compile(r"[a-z_]+\.(?:aspx?|php\d?|jsp|cgi|cfm|do|pl)\?", re.IGNORECASE)
"""No slug, for it tells families apart: `news.asp?id=5` is a story, `print.asp?id=5` another form of it."""
DIGITS = re.compile(r"\d+")
MANY_PARAMETERS = 2
MOST_KEYS = 500  # in one statement
VALUE = re.compile(r"=[^&]*")


MAX_ATTEMPTS = 3
"""Tries of one address in a run, where it fails for the moment."""


@dataclass(frozen=True, slots=True)
class Added:
    """A row that is new."""

    kind: str
    shape: str
    rank: int


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

    @property
    def may_be_tried_again(self) -> bool:
        """Whether a try that fails for the moment is not the last of this run."""
        return self.attempts + 1 < MAX_ATTEMPTS


def shape_of(url_key: str) -> str:
    """An identity with its slugs, numbers and values blanked: what an endless family has in common."""
    path, question, query = url_key.partition("?")
    *folders, last = path.split("/")
    is_script = SCRIPT.fullmatch(last + question)
    path = "/".join([*map(_blanked, folders), last.lower() if is_script else _blanked(last)])
    if query.count("&") >= MANY_PARAMETERS:  # filters that combine without end are one family
        return f"{path}?*"
    return path + question + VALUE.sub("=", query)


def _blanked(segment: str) -> str:
    return "*" if SLUG.fullmatch(segment) else DIGITS.sub("0", segment)


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
        self._insert = INSERTS[connection.dialect.name]
        self._add = self._statement_to_add()

    def add(
        self,
        site_id: int,
        candidates: Iterable[Candidate],
        news: Collection[str] = (),
        if_new: Collection[str] = (),
    ) -> list[Added]:
        """Adds what is not known yet, as pending; gives what was new. The addresses of `news` go before the backlog,
        and those of `if_new` where they are not known yet.

        A known address that is still pending takes over what is now better known: an earlier rank,
        and the plain address in place of a twin's.
        """
        rows = [row_of(site_id, each) | ({"rank": NEWS} if each.url in news else {}) for each in candidates]
        if not rows:
            return []
        before = self._connection.scalar(LAST_ID)
        self._connection.execute(self._add, rows)
        keys = [row["url_key"] for row in rows if row["url"] in if_new]
        for start in range(0, len(keys), MOST_KEYS):
            some = FRONTIER.c.url_key.in_(keys[start : start + MOST_KEYS])
            ahead = update(FRONTIER).where(FRONTIER.c.site_id == site_id, FRONTIER.c.id > before, some)
            self._connection.execute(ahead.values(rank=NEWS))
        return [Added(*row) for row in self._connection.execute(ADDED_AFTER, {"before": before})]

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
        """The row is done; its outcome and validators are kept for the next visit. Those of an answer that failed are
        not: it is asked for in full again.

        `dated` is how old its article is (`archiver.schedule.dated`), None where that is not known anew.
        """
        values: dict[str, Any] = {
            "state": "done",
            "outcome": outcome,
            "fetched_at": now_text(),
            "gave": gave,
        }
        if outcome != Outcome.UNCHANGED:
            is_read = outcome not in FAILED
            values |= {"etag": etag if is_read else None, "last_modified": last_modified if is_read else None}
        if outcome in LISTS:
            values["kind"] = str(outcome)  # whatever the link to it looked like
        elif outcome == Outcome.LISTING or (outcome == Outcome.OTHER_PAGE and gave):
            values["kind"] = "listing"
        if gave:
            values["gave_at"] = values["fetched_at"]
        if dated is not None:
            values["dated"] = dated
        changes = {f"new_{name}": value for name, value in values.items()}
        self._batch.add(_finish(tuple(values)), changes | {"row": row_id})

    def is_listing(self, row_id: int) -> None:
        """The row's page names stories, whatever was made of it."""
        self._batch.add(
            _finish(("kind", "gave_at")), {"new_kind": "listing", "new_gave_at": now_text(), "row": row_id}
        )

    def simplify(self, site_id: int, plain: Callable[[str], str], without: Iterable[int]) -> list[str]:
        """Leaves the addresses of which `plain` gives a simpler form for that one; gives those that ended in an
        article, which stay.
        """
        f = FRONTIER.c
        simpler: list[Candidate] = []
        never_tried, left, articles = list[int](), list[int](), list[str]()
        rows = select(f.id, f.url, f.kind, f.depth, f.hints, f.outcome).where(
            f.site_id == site_id,
            f.url.contains("?"),
            f.id.not_in(list(without)),
            f.state.in_(("pending", *VISITED)),
        )
        for row in self._connection.execute(rows.order_by(f.id)).all():
            if plain(row.url) == row.url:
                continue
            if row.outcome in ARCHIVED:
                articles.append(row.url)
                continue
            simpler.append(Candidate(plain(row.url), row.kind, row.depth, row.hints))
            (left if row.outcome else never_tried).append(row.id)
        for start in range(0, len(never_tried), MOST_KEYS):
            some = f.id.in_(never_tried[start : start + MOST_KEYS])
            self._connection.execute(delete(FRONTIER).where(some))
        for start in range(0, len(left), MOST_KEYS):
            some = f.id.in_(left[start : start + MOST_KEYS])
            self._connection.execute(update(FRONTIER).where(some).values(state="dropped"))
        self.add(site_id, simpler)
        return articles

    def settle(self, site_id: int, each: Candidate, outcome: Outcome) -> None:
        """An address that was fetched along with another: known from now on, and done."""
        values = row_of(site_id, each) | {"state": "done", "outcome": outcome, "fetched_at": now_text()}
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

    def known(self, site_id: int, keys: list[str], before: str) -> dict[str, bool]:
        """Those of the identities that have been visited, and were discovered before a moment (UTC text);
        of each, whether it ended in an article.
        """
        rows = self._connection.execute(
            select(FrontierUrl.url_key, FrontierUrl.outcome).where(
                FrontierUrl.site_id == site_id,
                FrontierUrl.url_key.in_(keys),
                FrontierUrl.state.in_(VISITED),
                FrontierUrl.discovered_at < before,
            )
        )
        return {key: outcome in ARCHIVED for key, outcome in rows}

    def shapes(self, site_id: int) -> dict[str, tuple[int, int, int, int]]:
        """For each shape visited: how many addresses, how many ever gave anything, how many were articles, kept
        or left out, and how many were other forms of known ones."""
        f = FRONTIER.c
        is_twin = f.outcome == Outcome.ARTICLE_TWIN
        kept = [*(ARCHIVED - {Outcome.ARTICLE_TWIN}), *LEFT_OUT]
        counted = (f.gave_at.is_not(None) & ~is_twin, f.outcome.in_(kept), is_twin)
        sums = (func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in counted)
        rows = self._connection.execute(
            select(f.shape, func.count(), *sums)
            .where(f.site_id == site_id, f.state.in_(VISITED))
            .group_by(f.shape)
        )
        return {shape: (visited, gave, found, twins) for shape, visited, gave, found, twins in rows}

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


def row_of(site_id: int, each: Candidate) -> dict[str, Any]:
    """A candidate as a pending row."""
    url_key = key_of(each.url)
    return {
        "site_id": site_id,
        "url": each.url,
        "url_key": url_key,
        "kind": each.kind,
        "state": "pending",
        "rank": RANK["entry" if each.entry and each.kind in ("page", "listing") else each.kind] + each.depth,
        "depth": each.depth,
        "hints": each.hints,
        "discovered_at": now_text(),
        "attempts": 0,
        "lastmod": each.hints.get("sitemap_lastmod"),
        "shape": shape_of(url_key),
    }
