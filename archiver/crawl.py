"""One crawl: which sites, within which bounds, what is asked for next, and what came of it.

The part of a crawl that knows nothing of Scrapy: it hands out rows of the frontier and takes back
outcomes. Everything it learns is in the archive's open transaction; `checkpoint` makes it durable.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from datetime import timedelta
from time import monotonic

from sqlalchemy import select, update

from archiver import families
from archiver.bounds import Bounds, day_of
from archiver.candidate import Candidate
from archiver.clock import as_text, now, now_text
from archiver.dedupe import Linking
from archiver.learning import Learning
from archiver.ledger import Ledger
from archiver.left_out import words_for_left_out
from archiver.outcomes import ARCHIVED, TRANSIENT, Outcome, is_refusal
from archiver.part import kept_to_part, part_to_keep_to
from archiver.progress import Shape, SiteCrawl, SnapshotRef
from archiver.revisits import SAMPLED, Revisits
from archiver.schedule import Schedule
from archiver.store.archive import REST, Archive
from archiver.store.frontier import MAX_ATTEMPTS, NEWS, SECTION_AGAIN, Frontier, Pending, shape_of
from archiver.store.frontier_conditions import FAILING
from archiver.store.reopening import Reopening
from archiver.store.tables import ArticleRow, Site
from archiver.urls import key_of, site_of

SECTION_DEPTH = 3  # links from the front page to a section, at most
MOST_LISTED = 50_000  # pages of listings of which is known where they led
MOST_UNREAD = 1_000  # pages so near the front that may still turn out to be sections
MOST_FAILING = 24  # tries in a row without an answer: the site is down, and is left alone
MANY_LOST, LOST_SHARE = 10, 0.2
"""Addresses that failed, and their share beside the articles: no crawl that went well."""
BACK_OFF = (5.0, 30.0)  # seconds before the second and the third try; the setting BACK_OFF goes over it
MAX_RETRY_AFTER = (
    3_600.0  # seconds; a server that asks for more than this, or than the run has, is left for the next
)
TOLD_BY = {"named_by": 2, "listed_published": 1}
"""Hints of what tells more of a story than the bare link that may have come before: a feed, the day in a listing."""
DAYS_TOLD = ("news_publication_date", "feed_published", "listed_published", "sitemap_lastmod")
NEWS_OF = timedelta(days=7)  # back, what a day told beside a story makes news
BUFFER = 64  # rows taken from the frontier at once
MAX_OPEN = 64  # rows handed out and not yet settled, over all sites
LINKED_AT_ONCE = 40  # articles compared with all others in one go
SLICES = 8  # of such work between two checkpoints: what is left over at the end, one core does alone


class Crawl:
    """A crawl over an archive open for writing."""

    def __init__(
        self,
        archive: Archive,
        start_urls: Iterable[str],
        bounds: Bounds,
        run_id: int,
        *,
        connections: int = 1,
        back_off: tuple[float, ...] = BACK_OFF,
    ) -> None:
        self.archive = archive
        self._back_off = back_off
        self.bounds = bounds
        self.run_id = run_id
        self.ledger = Ledger(archive, run_id)
        self.schedule = Schedule.load(archive.folder)
        self.frontier = Frontier(archive.batch)
        self.reopening = Reopening(archive.batch)
        self.learning = Learning(archive, self.frontier)
        self.articles = archive.articles
        self.linking = Linking(archive)
        self.sites: dict[str, SiteCrawl] = {}
        self.stopping = False
        self._longest_rest = min(MAX_RETRY_AFTER, bounds.max_runtime or MAX_RETRY_AFTER)
        self.revisits = Revisits(self.frontier, self.reopening, self.schedule, bounds)
        self._added: dict[str, int] = {}  # how much was told of each, as in `TOLD_BY`
        for url in start_urls:
            self._add_site(url, connections)
        self._turn = deque(self.sites.values())
        self.checkpoint()

    def next(self) -> tuple[SiteCrawl, Pending] | None:
        """The next address to ask for, site by site in turn, or None while none may be."""
        if sum(len(site.open_rows) for site in self.sites.values()) >= MAX_OPEN:
            return None  # reading is behind: what is fetched but not read is held in memory
        for _ in range(len(self._turn)):
            site = self._turn[0]
            self._turn.rotate(-1)
            row = None if self.stopping else self._next_of(site)
            if row is not None:
                site.open_rows[row.id] = row
                site.transferring.add(row.id)
                return site, row
        return None

    def waiting(self) -> bool:
        """Whether anything is still to be asked for, now or later in this run."""
        return not self.stopping and any(self._has_pending(site) for site in self.sites.values())

    def arrived(self, site: SiteCrawl, row: Pending) -> None:
        """The row's request has left the wire: another may take its place."""
        site.transferring.discard(row.id)

    def hold(self, site: SiteCrawl, seconds: float) -> None:
        """Nothing more is asked of the site for this long."""
        site.hold_until = max(site.hold_until, monotonic() + seconds)
        if seconds > self._longest_rest:
            site.rests_until = as_text(now() + timedelta(seconds=seconds))

    def discovered(self, site: SiteCrawl, row: Pending, candidates: Iterable[Candidate]) -> int:
        """Adds what was found on a row's page to the frontier, within the bounds; gives how many promising
        addresses were new.
        """
        fresh, known = [], {}
        for each in self._going_on(site, row, kept_to_part(site, row, candidates)):
            told = next((worth for hint, worth in TOLD_BY.items() if hint in each.hints), 0)
            again = each.url in self._added and self._added[each.url] >= told
            if again or each.depth > self.bounds.max_depth or not self._worth(each):
                continue
            if each.url in self._added:
                known[each.url] = each.hints
            self._added[each.url] = told
            fresh.append(each)
        for waiting in site.buffer if known else ():  # what is handed out is read as its snapshot was kept
            waiting.hints.update(known.get(waiting.url, {}))
        site.named += sum(each.kind in ("article", "page") for each in fresh)
        while len(self._added) > 50_000:  # oldest first: the frontier itself knows them
            self._added.pop(next(iter(self._added)))
        if not fresh:
            return 0
        if row.depth == 0 and row.fetched_at is not None:
            self.revisits.named(site, fresh)
        added = self.frontier.add(site.id, fresh, *self._news_among(site, row, fresh))
        if row.fetched_at is not None and any(each.kind == "article" for each in added):
            self.revisits.sections(site)
        if added and (not site.buffer or min(each.rank for each in added) < site.buffer[0].rank):
            site.refill = True
        return sum(families.is_promising(site, row, each) for each in added)

    def _news_among(
        self, site: SiteCrawl, row: Pending, candidates: Iterable[Candidate]
    ) -> tuple[set[str], set[str]]:
        """The stories named on a row's page that are likely news: those of the front page, of a feed and of these days;
        and those that are if they were not known yet, for the page had been asked for before.
        """
        news, if_new = set[str](), set[str]()
        is_front = row.depth == 0 and row.kind in ("page", "listing", "feed")
        for each in candidates:
            if each.hints.get("pagination") or not site.promises_story(each.kind, shape_of(key_of(each.url))):
                continue
            told = next(
                (day for name in DAYS_TOLD if (day := day_of(each.hints.get(name))) is not None), None
            )
            if is_front or (told is not None and told >= now().date() - NEWS_OF):
                news.add(each.url)
            elif told is None and row.fetched_at is not None:
                if_new.add(each.url)
        return news, if_new

    def stories_among(self, site: SiteCrawl, candidates: Iterable[Candidate]) -> int:
        """How many of the addresses look like stories, or are of a family that has given some."""
        keys = {key_of(each.url): each for each in candidates}
        return sum(site.promises_story(each.kind, shape_of(key)) for key, each in keys.items())

    def finish(
        self,
        site: SiteCrawl,
        row: Pending,
        outcome: Outcome,
        *,
        detail: str | None = None,
        status: int | None = None,
        size: int | None = None,
        latency: float | None = None,
        snapshot: SnapshotRef | None = None,
        article_id: int | None = None,
        gave: int = 0,
        etag: str | None = None,
        last_modified: str | None = None,
        dated: str | None = None,
        retry_in: float | None = None,
        instead: str | None = None,
    ) -> None:
        """The one outcome of a row that was handed out.

        With `retry_in` seconds (and perhaps another address `instead`) the row is pending again, unless
        it has been tried often enough.
        """
        site.transferring.discard(row.id)
        if site.open_rows.pop(row.id, None) is None:
            return
        self.ledger.note(
            site,
            row.url,
            row.url_key,
            outcome,
            detail=detail,
            status=status,
            size=size,
            latency=latency,
            snapshot=snapshot,
            article_id=article_id,
        )
        site.named += outcome == Outcome.UNCHANGED and row.kind != "article"
        self._note_health(site, outcome, status, detail, None if snapshot is None else snapshot.fetched_at)
        if retry_in is not None and row.attempts + 1 < MAX_ATTEMPTS + (instead is not None) * 10:
            not_before = as_text(now() + timedelta(seconds=retry_in)) if retry_in else None
            self.frontier.retry(row.id, outcome, not_before, instead)
            site.refill = True
            return
        gave += outcome in ARCHIVED and outcome != Outcome.ARTICLE_TWIN
        site.lost += outcome in FAILING
        site.refused += outcome == Outcome.BLOCKED or (outcome == Outcome.HTTP_ERROR and is_refusal(status))
        self.frontier.finish(row.id, outcome, gave=gave, etag=etag, last_modified=last_modified, dated=dated)
        if outcome == Outcome.UNCHANGED and snapshot is not None:
            self.articles.note_there(row.url_key, snapshot.fetched_at)
        self._note_sections(site, row, outcome)
        is_found = families.note(
            site, row, outcome, gave, is_too_old=self.bounds.finds_too_old(outcome, detail)
        )
        if is_found and site.shapes[row.shape].dropped:
            site.shapes[row.shape].dropped = False
            self.reopening.family(site.id, row.shape)
            site.refill = True

    def _going_on(self, site: SiteCrawl, row: Pending, candidates: list[Candidate]) -> list[Candidate]:
        """What a page led to; without further pages where it is a later page of a listing and leads just where the page
        before it did: behind the last one, some sites show that again under every number.
        """
        paging = [each for each in candidates if each.hints.get("pagination")]
        if not paging or len(site.listed) > MOST_LISTED:
            return candidates
        others = [each for each in candidates if not each.hints.get("pagination")]
        led_to = hash(frozenset(each.url for each in others))
        site.listed[row.url] = led_to
        before = (
            site.listed.get(str(row.hints.get("referrer") or "")) if row.hints.get("pagination") else None
        )
        return others if others and before == led_to else candidates

    def _note_sections(self, site: SiteCrawl, row: Pending, outcome: Outcome) -> None:
        """A page that nothing was known by is a section after all once it has led to an article."""
        if outcome == Outcome.OTHER_PAGE and row.depth <= SECTION_DEPTH and len(site.unread) < MOST_UNREAD:
            site.unread[row.url] = row.id
        elif outcome in ARCHIVED and (section := site.unread.pop(row.hints.get("referrer", ""), None)):
            self.frontier.is_listing(section)

    def _note_health(
        self,
        site: SiteCrawl,
        outcome: Outcome,
        status: int | None,
        detail: str | None,
        fetched_at: str | None,
    ) -> None:
        """Ends the site's crawl where nothing but failures has come for a while: what is pending stays so."""
        silent = status is None and outcome in TRANSIENT
        failed = silent or (outcome == Outcome.HTTP_ERROR and not is_refusal(status))
        site.note_answer(failed=failed, fetched_at=fetched_at)
        if site.failing >= MOST_FAILING and site.error is None:
            site.error = f"{site.failing} tries in a row failed ({detail or outcome}); what is left is for the next run"

    def removed(self, row: Pending, snapshot: SnapshotRef, how: str) -> None:
        """The row's address, and those that redirected to it, lead nowhere: archived articles of theirs are noted
        as removed; `how` as the column says. What was found at other addresses too is asked for there: it lives there
        from then on.
        """
        others = self.articles.note_removed(row.url_key, snapshot.fetched_at, how)
        if others:
            self.reopening.in_full(row.site_id, others)
            self.frontier.retire(row.site_id, [row.url])
            next(site for site in self.sites.values() if site.id == row.site_id).refill = True
        for url in row.hints.get("redirected_from", ()):
            self.articles.note_removed(key_of(url), snapshot.fetched_at, "redirect_missing")

    def note_delay(self, site: SiteCrawl, seconds: float) -> None:
        """Keeps what robots.txt asks for in the site's row."""
        self.archive.connection.execute(update(Site).where(Site.id == site.id).values(crawl_delay=seconds))

    def answers_at(self, site: SiteCrawl, row: Pending) -> None:
        """Keeps the form of the site's own address that answered, for the crawls to come: http, `www.`."""
        if row.depth == 0 and row.url != site.start_url and row.url_key == key_of(site.start_url):
            site.start_url = row.url
            self.archive.connection.execute(update(Site).where(Site.id == site.id).values(start_url=row.url))

    def back_off(self, row: Pending) -> float:
        """Seconds to wait before the next try of a row that failed for the moment."""
        return self._back_off[min(row.attempts, len(self._back_off) - 1)]

    def has_articles(self, site: SiteCrawl) -> bool:
        """Whether the archive holds any article of the site, from this crawl or an earlier one."""
        return (
            self.archive.connection.scalar(
                select(ArticleRow.id).where(ArticleRow.site_id == site.id).limit(1)
            )
            is not None
        )

    def left_out(self, site: SiteCrawl) -> str | None:
        """In words, how many articles of the site are outside what this crawl and earlier ones asked for, and of what
        sections; None where there are none.
        """
        return words_for_left_out(self.reopening.details_left_out(site.id))

    def checkpoint(self) -> None:
        """Makes everything done so far durable, and looks for rows whose wait is over."""
        self.archive.commit()
        self._look_for_more()

    async def checkpoint_beside(self) -> None:
        """As `checkpoint`, while the crawl goes on; some new articles are compared with all others."""
        for _ in range(SLICES):
            if self.linking.step(LINKED_AT_ONCE) < LINKED_AT_ONCE:
                break
            await asyncio.sleep(REST)
        await self.archive.commit_beside()
        self._look_for_more()

    def _look_for_more(self) -> None:
        for site in self.sites.values():
            if not self.stopping:
                self.revisits.due(site)
            site.refill = site.refill or not site.buffer

    def end(self, *, complete: bool) -> None:
        """Notes for each site whose crawl came to its end that it did: its next one is due from now on."""
        self.stopping = True
        for site in self.sites.values():
            if site.error is None and site.lost >= max(MANY_LOST, LOST_SHARE * (site.articles + site.lost)):
                site.error = f"{site.lost} addresses could not be had; {site.when_again()}"
            elif site.error is None and complete and site.leads_nowhere and self.has_articles(site):
                site.error = "its front page leads nowhere any more, and nothing else does"
            if (complete or not self._has_pending(site)) and not self._is_cut_short(site):
                self.archive.connection.execute(
                    update(Site).where(Site.id == site.id).values(crawled_at=now_text())
                )
        self.archive.commit()

    def _add_site(self, url: str, connections: int) -> None:
        name = site_of(url)
        if name in self.sites:
            return
        site = SiteCrawl(self.archive.site_id(url), name, url, connections)
        site.shapes = {
            shape: Shape(visited, 0 if gave or twins else visited, articles, twins=0 if gave else twins)
            for shape, (visited, gave, articles, twins) in self.frontier.shapes(site.id).items()
        }
        site.part = part_to_keep_to(self.archive.connection, site.id, url)
        self.learning.begin(site)
        self.sites[name] = site
        rest = self.frontier.resting_until(site.id, now())
        if rest is not None:
            self.hold(site, (rest - now()).total_seconds())
        self.revisits.begin(site)
        for family in site.shapes.values():
            if family.dropped:  # a few of it are tried again
                family.barren = min(family.barren, families.BARREN_LIMIT - SAMPLED)
                family.twins = min(family.twins, families.TWINS_LIMIT - SAMPLED)

    def _has_pending(self, site: SiteCrawl) -> bool:
        if self._is_over(site):
            return False
        if site.open_rows:
            return True
        if site.hold_until - monotonic() > self._longest_rest:
            return False
        if site.buffer or self._has_ready(site):
            return True
        if self.frontier.count(site.id) > 0:
            return False  # what waits longer is for the next run
        return not self.stopping and self.revisits.due(site, at_last=True)

    def _has_ready(self, site: SiteCrawl) -> bool:
        """Whether the frontier holds what may be asked for in this run."""
        return self.frontier.has_ready(site.id, now() + timedelta(seconds=self._longest_rest))

    def _is_cut_short(self, site: SiteCrawl) -> bool:
        """Whether the bounds ended this site's crawl with addresses left: its next crawl is due at once."""
        return self._has_enough(site) and self._has_ready(site)

    def _has_enough(self, site: SiteCrawl, *, under_way: int = 0) -> bool:
        """Whether the bounds end this site's crawl: enough articles or pages, with those under way."""
        limit, pages = self.bounds.limit, self.bounds.max_pages
        enough = limit is not None and site.articles + under_way >= limit
        return enough or site.fetched + under_way >= pages

    def _is_over(self, site: SiteCrawl) -> bool:
        """Whether nothing more is asked of the site: by the bounds, or as it does not answer."""
        return self._has_enough(site) or bool(site.blocked) or site.failing >= MOST_FAILING

    def _next_of(self, site: SiteCrawl) -> Pending | None:
        if len(site.transferring) >= site.connections or self._is_over(site):
            return None
        if self._has_enough(site, under_way=len(site.open_rows)):
            return None
        if site.hold_until > monotonic():
            return None
        while True:
            if site.refill or (not site.buffer and site.more):
                site.buffer = deque(self.frontier.pending(site.id, BUFFER, site.open_rows))
                site.refill, site.more = False, len(site.buffer) == BUFFER
                self.articles.look_up([row.url_key for row in site.buffer if row.fetched_at is None])
            if not site.buffer:
                if (
                    site.open_rows
                    or self.frontier.count(site.id)
                    or not self.revisits.due(site, at_last=True)
                ):
                    return None
                continue
            if site.buffer[0].rank > NEWS and self.bounds.is_short and self._may_name_news(site):
                return None
            row = site.buffer.popleft()
            if row.id in site.open_rows:
                continue
            if (why := families.trap(site, row)) is not None:
                site.shapes[row.shape].dropped = True
                self._drop(site, row, Outcome.TRAP, why)
            elif families.is_too_old(site, row):
                site.skipped += 1
                detail = f"{families.OLDER_LIMIT} like it in a row were published before {self.bounds.since}"
                self._drop(site, row, Outcome.OUT_OF_RANGE, detail)
            else:
                return row

    @staticmethod
    def _may_name_news(site: SiteCrawl) -> bool:
        """Whether a page that names others is under way: what it names may go before the backlog."""
        return any(row.rank <= SECTION_AGAIN for row in site.open_rows.values())

    def _drop(self, site: SiteCrawl, row: Pending, outcome: Outcome, detail: str) -> None:
        self.frontier.drop(row.id, outcome)
        self.ledger.note(site, row.url, row.url_key, outcome, detail=detail)

    def _worth(self, each: Candidate) -> bool:
        """Whether a date that discovery knows already puts an article out of range."""
        if self.bounds.since is None and self.bounds.until is None:
            return True
        published = each.hints.get("news_publication_date") or each.hints.get("feed_published")
        if published and each.kind == "article":
            return self.bounds.admits_day(published)
        changed = day_of(each.hints.get("sitemap_lastmod"))  # never before the publication
        return changed is None or self.bounds.since is None or changed >= self.bounds.since
