"""One spider for every site: what comes back is read, recorded, and followed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import Any, Self, cast
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from archiver.bounds import Bounds
from archiver.candidate import Candidate
from archiver.closing import reports_of, summary_of
from archiver.crawl import Crawl
from archiver.dedupe import AT_THE_END
from archiver.errors import AddressError, InputError, WarraqError
from archiver.outcomes import Outcome
from archiver.progress import Harvest, SiteCrawl
from archiver.sites.profile import load_all
from archiver.store import Archive
from archiver.store.frontier import Pending
from archiver.store.siteruns import record_site_runs
from archiver.urls import at_twin, canonicalise, identity, other_forms, start_address
from archiver.workers import LimitExceeded, TaskFailed, WorkerPool
from spiders.answers import finish, refused, take
from spiders.discovery import same_scheme
from spiders.documents import Document, Task, read_new
from spiders.parts import join_pages
from spiders.politeness import MAX_CRAWL_DELAY
from spiders.readers import reading_processes
from spiders.redirects import follow_redirect, is_entry
from spiders.responses import TRY_AGAIN, came_whole, is_ours, outcome_of_error, plain_headers, words_of_error
from spiders.responses import facts as envelope
from spiders.revisit import settle_reading
from spiders.robots import RobotsMiddleware
from spiders.stopping import GivenUp, Stopping

CHECKPOINT = 1.0  # seconds between transactions


class NewsSpider(Spider):
    """Archives the sites whose addresses it is given.

    ``scrapy crawl news -a url=https://example.ly,https://other.ly -a limit=20``; dates as 2023-05-30,
    `max_runtime` in seconds. The archive's folder is the setting `ARCHIVE`, else
    that of the environment's `WARRAQ_ARCHIVE`.
    """

    name = "news"

    def __init__(
        self,
        url: str = "",
        *,
        limit: str | int | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        section: str | None = None,
        max_runtime: str | float | None = None,
        max_pages: str | int | None = None,
        max_depth: str | int | None = None,
        archive: Archive | None = None,
        pool: WorkerPool | None = None,
        **kwargs: Any,
    ) -> None:
        if isinstance(archive, str):
            raise InputError(
                f"archive={archive}: the archive's folder is a setting; write -s ARCHIVE={archive}"
            )
        if kwargs:
            raise InputError(
                f"{', '.join(kwargs)}: no such argument; there are url, limit, since, until, section, "
                "max_runtime, max_pages, max_depth"
            )
        super().__init__()
        self.addresses = [part for part in url.replace(",", " ").split() if part]
        if not self.addresses:
            raise InputError("no site given; write -a url=https://example.ly")
        for address in self.addresses:
            start_address(address)  # refused here, Scrapy's own command line fails too
        load_all()
        self.bounds = Bounds.parsed(limit, since, until, section, max_runtime, max_pages, max_depth)
        self.crawl: Crawl
        self.crawl_delays: dict[str, float] = {}
        self.fatal: Exception | None = None
        self.reason: str | None = None
        self.pool = pool or reading_processes()
        self._archive = archive
        self._owns_archive = archive is None
        self.sitemaps_named: set[str] = set()
        self._checkpoint: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.close_crawl, signal=signals.spider_closed)
        return spider

    def open_crawl(self) -> None:
        """Opens archive and frontier; called by the scheduler, before anything is asked for."""
        settings = self.crawler.settings
        try:
            if self._archive is None:
                self._archive = Archive.create_or_open(
                    Path(settings["ARCHIVE"]), operator=settings["CONTACT"]
                )
            run = self._archive.start_run(
                "crawl", {"sites": self.addresses, **self._arguments()}, settings["USER_AGENT"]
            )
            self.crawl = Crawl(
                self._archive,
                map(start_address, self.addresses),
                self.bounds,
                run,
                connections=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
                back_off=tuple(map(float, settings.getlist("BACK_OFF"))),
            )
        except (WarraqError, SQLAlchemyError, OSError) as error:
            self.fatal = error
            if self._owns_archive:
                self.logger.error("%s", error)
            return  # with nothing to ask for, the spider closes at once
        self._answering: dict[str, str] = {}  # a site's name: the host that its first answer came from
        self._other_forms = {identity(start_address(each)): other_forms(each) for each in self.addresses}
        self.pool.launch()
        self.stopping = Stopping(settings.getfloat("SHUTDOWN_GRACE"))
        self._timer = create_looping_call(self._tick)
        self._timer.start(CHECKPOINT, now=False)
        self._started = monotonic()

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to begin with: the frontier knows where to start."""
        for nothing in list[Any]():
            yield nothing

    async def parse(self, response: Response) -> AsyncIterator[Harvest]:
        """Takes a response to its outcome; an article goes on to the pipelines."""
        try:
            harvest = await self._harvest(response) if self.fatal is None else None
        except (SQLAlchemyError, OSError) as error:
            if self.fatal is None and not is_ours(error):
                raise
            self.stop_for(error)
            return
        except GivenUp:  # one of its further pages
            return
        if harvest is not None and self.fatal is None:
            yield harvest

    async def _harvest(self, response: Response) -> Harvest | None:
        site, row, facts = response.meta["site"], response.meta["row"], envelope(response)
        if site.name not in self._answering:
            self._answering[site.name] = urlsplit(response.url).netloc
        self.crawl.answers_at(site, row)
        if not came_whole(response):
            self._not_had(
                site,
                row,
                Outcome.BROKEN_RESPONSE,
                "shorter than promised",
                **facts,
                snapshot=response.meta["snapshot"],
            )
            return None
        if response.status == HTTPStatus.OK:
            document = await self.read(response, site, row, facts)
            if document is None or self.fatal is not None:
                return None
            harvest = take(self, document, response, site, row, facts)
            if harvest is None:
                return None
            if document.next_pages:
                joined = await join_pages(self, site, harvest.article, document.next_pages)
                whole = harvest.facts | {
                    "etag": None,
                    "last_modified": None,
                }  # its pages are one: all or none
                harvest = replace(harvest, article=joined.article, pages=joined.snapshots, facts=whole)
                if joined.failed and self._has_more_of(harvest, may_come=joined.may_come):
                    detail = f"pages of it could not be had: {', '.join(joined.failed)}"[:500]
                    outcome, snapshot = Outcome.BROKEN_RESPONSE, harvest.snapshot
                    self._not_had(site, row, outcome, detail, **harvest.facts, snapshot=snapshot)
                    return None
            return await settle_reading(self, harvest)
        if response.status == HTTPStatus.NOT_MODIFIED:
            finish(self, response, site, row, Outcome.UNCHANGED, facts)
        elif 300 <= response.status < 400:
            follow_redirect(self, response, site, row, facts)
        else:
            await refused(self, response, site, row, facts)
        return None

    def _has_more_of(self, harvest: Harvest, *, may_come: bool) -> bool:
        """Whether more of a story may be had than was this time: at the next try, or it is in the archive."""
        kept = self.crawl.articles.pages_of(identity(harvest.article.url))
        return (may_come and harvest.row.may_be_tried_again) or kept > len(harvest.pages)

    def failed(self, failure: Failure) -> None:
        """Takes a request that got no response to its outcome; one that was given up has none."""
        request = failure.request  # type: ignore[attr-defined]
        site, row, error = request.meta["site"], request.meta["row"], cast("Exception", failure.value)
        if self.fatal is not None or is_ours(error):
            self.stop_for(error)
            return
        if isinstance(error, GivenUp):
            return
        outcome = outcome_of_error(error)
        detail = words_of_error(error)
        if self.tried_otherwise(site, row, outcome, detail):
            return
        known = self._answering.get(site.name)
        instead = at_twin(row.url, known) if known and outcome is Outcome.DNS_ERROR else None
        if instead is not None:  # a sitemap of `www.` addresses on a site that has no such name
            detail = f"{detail}; trying {instead}"
            self.crawl.finish(site, row, outcome, detail=detail, retry_in=0, instead=instead)
            return
        self._not_had(site, row, outcome, detail)

    def _not_had(self, site: SiteCrawl, row: Pending, outcome: Outcome, detail: str, **facts: Any) -> None:
        if row.url == site.start_url or is_entry(row):
            site.error = f"{outcome}: {detail}"
        retry_in = self.crawl.back_off(row) if outcome in TRY_AGAIN else None
        self.crawl.finish(site, row, outcome, detail=detail, retry_in=retry_in, **facts)

    def tried_otherwise(
        self, site: SiteCrawl, row: Pending, outcome: Outcome, detail: str, **facts: Any
    ) -> bool:
        """Whether the site's own address, which led nowhere, is asked for in another form."""
        forms = self._other_forms.get(row.url_key) if row.depth == 0 else None
        if not forms:
            return False
        instead = forms.pop(0)
        if (robots := self.crawler.get_downloader_middleware(RobotsMiddleware)) is not None:
            robots.forget(instead)
        detail = f"{detail}; trying {instead}"
        self.crawl.finish(site, row, outcome, detail=detail, retry_in=0, instead=instead, **facts)
        return True

    def robots_read(self, site: SiteCrawl, robots: Protego, url: str) -> None:
        """What a site's robots.txt tells: how fast it may be asked, and where its sitemaps are."""
        delay = robots.crawl_delay(self.settings["ROBOTSTXT_USER_AGENT"])
        if delay:
            self.crawl_delays[site.name] = min(float(delay), MAX_CRAWL_DELAY)
            self.crawl.note_delay(site, float(delay))
            for key, slot in self.crawler.engine.downloader.slots.items():
                if key == site.name:
                    slot.delay = max(slot.delay, self.crawl_delays[key])
        named = []
        for address in robots.sitemaps:
            try:
                sitemap = same_scheme(canonicalise(address, url), url)
            except AddressError:
                continue
            named.append(
                Candidate(sitemap, "sitemap", 0, {"referrer": url})
            )  # on whatever host: the site says so
        if named:
            self.sitemaps_named.add(site.name)
            self.crawl.reopening.candidates(site.id, named)
            site.refill = True

    async def close_crawl(self, spider: Spider, reason: str) -> None:
        """Ends the run's row and, where the spider opened the archive itself, closes it."""
        self.reason = self.reason or reason
        if not hasattr(self, "crawl"):
            return
        if self._timer.running:
            self._timer.stop()
        if self._checkpoint is not None:
            await self._checkpoint
        await self.pool.close()
        try:
            if self.fatal is None:
                self.crawl.end(complete=self.reason == "finished")
            if self._owns_archive and self._archive is not None:
                self._end_run(self._archive, reason)
        except (OSError, SQLAlchemyError) as error:
            self.stop_for(error)
        finally:
            for site in self.crawl.sites.values() if self.fatal is not None else ():
                self.crawl.ledger.recount(site)  # what was rolled back is not there
            if self._owns_archive and self._archive is not None:
                self._archive.close()

    def _end_run(self, archive: Archive, reason: str) -> None:
        if self.fatal is None and reason == "finished":
            self.crawl.linking.run(AT_THE_END)
        result = "done" if reason == "finished" else reason
        record_site_runs(archive.connection, self.crawl.run_id, result, reports_of(self.crawl))
        archive.end_run(self.crawl.run_id, result, 0, summary_of(self.crawl))

    async def read(
        self, response: Response, site: SiteCrawl, row: Pending, facts: dict[str, Any]
    ) -> Document | None:
        task = Task(
            response.url,
            site.name,
            row.kind,
            row.depth,
            response.body,
            plain_headers(response),
            datetime.fromisoformat(response.meta["snapshot"].fetched_at),  # as a re-parse will read it
            row.hints,
        )
        try:
            # a task of its own, as asyncio.timeout asks for
            document: Document = await asyncio.ensure_future(self.pool.run(read_new, task))
        except (LimitExceeded, TaskFailed) as error:
            outcome = Outcome.PARSE_LIMIT if isinstance(error, LimitExceeded) else Outcome.PARSE_ERROR
            finish(self, response, site, row, outcome, facts, detail=str(error))
            return None
        return document

    def _tick(self) -> None:
        """Once a second: makes what was done durable, and keeps to the time the crawl was given, or to stop in."""
        if self._checkpoint is None or self._checkpoint.done():
            self._checkpoint = asyncio.ensure_future(self._make_durable())
        limit = self.bounds.max_runtime
        if limit is not None and monotonic() - self._started >= limit:
            self._close("max_runtime")
        self.stopping.look(self.crawler, monotonic())

    async def _make_durable(self) -> None:
        try:
            await self.crawl.checkpoint_beside()
        except (OSError, SQLAlchemyError) as error:
            self.stop_for(error)
            return
        if (slot := self.crawler.engine._slot) is not None:
            slot.nextcall.schedule()  # a hold may have ended

    def stop_for(self, error: Exception) -> None:
        """The archive cannot be written: nothing more is fetched, nothing already archived is touched."""
        if self.fatal is None:
            self.fatal = error
            if self._owns_archive:
                self.logger.error("the archive cannot be written: %s", error)
            self.crawl.archive.rollback()
            self._close("failed")

    def _close(self, reason: str) -> None:
        """Drains what is under way, and closes."""
        if self.reason is None:
            self.crawl.stopping = True
            self.reason = reason
            assert self.crawler.engine is not None
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    def _arguments(self) -> dict[str, Any]:
        bounds = self.bounds
        return {
            "limit": bounds.limit,
            "since": str(bounds.since or "") or None,
            "until": str(bounds.until or "") or None,
            "section": bounds.section,
            "max_runtime": bounds.max_runtime,
        }
