"""What `warraq crawl` does: opens the archive, runs one spider over the sites, takes stock, tells."""

import gc
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import scrapy.core.downloader.contextfactory  # noqa: F401 - it looks through all modules there are: few, so far
from sqlalchemy.exc import SQLAlchemyError

from archiver.cli._crawl_options import contact_of, settings_of
from archiver.cli._log import keep_no_log, write_log
from archiver.cli._progress import CrawlProgress, closing_table
from archiver.cli._stock import Stock, open_archive, take_stock, tell_of_it
from archiver.clock import now
from archiver.closing import summary_of
from archiver.crawl import Crawl
from archiver.dedupe import AT_THE_END
from archiver.errors import InputError
from archiver.health import Measures
from archiver.schedule import Schedule, due_sites, site_times
from archiver.sites.profile import load_all
from archiver.store import Archive
from archiver.workers import WorkerPool

DONE, FAILED, SOME_FAILED, NOTHING_NEW = 0, 1, 3, 4


def run(
    urls: tuple[str, ...],
    bounds: dict[str, Any],
    pool: WorkerPool,
    *,
    every: bool,
    due: bool,
    archive: Path,
    contact: str | None,
    delay: float | None,
    concurrency: int | None,
    expect_new: bool,
    output: Path | None,
    settings: tuple[str, ...],
    log_file: Path | None,
    log_format: str | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """The exit code. `pool` reads the pages; launched or not, it is ended by who made it."""
    load_all()
    if (every or due) and not Archive.may_be_in(archive):
        raise InputError(f"{archive}: no archive here, so no site is known; {Archive.way_out(archive)}")
    contact = contact_of(
        contact, ask=sys.stdin.isatty() and sys.stderr.isatty() and not quiet and not as_json
    )
    if contact is None and not quiet:
        click.echo(
            "warraq: no contact is named in the user agent; give one with --contact you@example.org", err=True
        )
    values = settings_of(settings, contact, delay, concurrency, output)
    measures = Measures.load(archive)
    opened = open_archive(archive, operator=contact, quiet=quiet)
    try:
        _tell_state(opened, quiet=quiet)
        if not urls and not (urls := _known(opened, due=due)):
            _print_nothing_due(opened, quiet=quiet, as_json=as_json)
            return NOTHING_NEW if expect_new else DONE
        if log_file or log_format:
            values = write_log(log_file, log_format, quiet=quiet) | values
        else:
            keep_no_log()
        progress = CrawlProgress(quiet=quiet or as_json)
        crawl, reason, fatal = _run(list(urls), opened, values, bounds, pool, progress)
        ended = _end(opened, crawl, reason, fatal, measures, expect_new=expect_new)
        if ended.fatal is None:
            tell_of_it(opened, ended.stock, ended.summary, measures, quiet=quiet)
    finally:
        opened.close()
    if as_json:
        click.echo(json.dumps(ended.summary, ensure_ascii=False))
    else:
        is_well = ended.code in (DONE, NOTHING_NEW)
        closing_table(
            ended.summary, seconds=progress.seconds, quiet=quiet, failed=not is_well, known=ended.stock.known
        )
    if ended.fatal is not None:
        cause = getattr(ended.fatal, "orig", None) or ended.fatal
        click.echo(
            f"warraq: {archive}: the archive could not be written ({cause}); what is in it is unharmed. "
            "Make room or check the disk, and run again: the crawl goes on where it was",
            err=True,
        )
    return ended.code


@dataclass(frozen=True, slots=True)
class _Ended:
    """What a crawl came to; `fatal` is what kept the archive from being written."""

    code: int
    summary: dict[str, Any]
    stock: Stock
    fatal: Exception | None


def _tell_state(archive: Archive, *, quiet: bool) -> None:
    """What a crash has left, and what is lost: the second needs a person."""
    for mended in () if quiet else archive.mended:
        click.echo(
            f"warraq: {mended.warc_file}: after a crash, {mended.recovered} whole exchanges recovered, "
            f"{mended.cut} torn bytes cut off",
            err=True,
        )
    for damaged in archive.damaged:
        click.echo(
            f"warraq: {damaged}; restore it from a backup (`warraq verify` names every page)", err=True
        )


def _end(
    archive: Archive,
    crawl: Crawl,
    reason: str,
    fatal: Exception | None,
    measures: Measures,
    *,
    expect_new: bool,
) -> _Ended:
    """Links the copies left over, takes stock of the sites, and ends the run's row."""
    copies, fatal = _link_copies(archive, crawl, reason, fatal)
    code = _exit_code(crawl, archive, reason, fatal, expect_new=expect_new)
    stock = Stock() if fatal else take_stock(archive, crawl, reason, measures)
    if stock.fresh and code in (DONE, NOTHING_NEW):
        code = SOME_FAILED
    summary = {
        "archive": str(archive.folder),
        "run": crawl.run_id,
        "result": reason,
        "exit_code": code,
        "sites": summary_of(crawl),
        "alerts": [asdict(alert) | {"is_new": alert.id in stock.fresh} for alert in stock.alerts],
        "copies": copies,
    }
    if fatal is None:
        archive.end_run(crawl.run_id, reason, code, summary)
    return _Ended(code, summary, stock, fatal)


def _run(
    urls: list[str],
    archive: Archive,
    settings: dict[str, Any],
    bounds: dict[str, Any],
    pool: WorkerPool,
    progress: CrawlProgress,
) -> tuple[Crawl, str, Exception | None]:
    """One spider over all sites; gives the crawl, why it ended, and what broke it."""
    pool.launch()  # with --all and --due it could not be before
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    merged = Settings()
    merged.setmodule("archiver.settings", priority="project")
    merged.setdict(settings, priority="cmdline")
    process = AsyncCrawlerProcess(merged)
    crawler = process.create_crawler("news")
    typed = " ".join(
        url.strip().replace(" ", "%20") for url in urls
    )  # Scrapy's own command parts them by blanks
    process.crawl(crawler, url=typed, archive=archive, pool=pool, **bounds)
    gc.freeze()  # what was imported stays
    with progress.over(crawler):
        process.start()
    spider: Any = crawler.spider
    if spider is not None and not hasattr(spider, "crawl") and spider.fatal is not None:
        raise spider.fatal
    if spider is None or not hasattr(spider, "crawl"):
        raise InputError("the crawl could not start; the log above says why")
    engine = crawler.engine
    is_cut_off = engine is not None and engine._slot is not None and engine._slot.closing is not None
    # a second signal leaves the spider no time to say why it ends
    reason = spider.reason or ("shutdown" if is_cut_off else "failed")
    reason = {"finished": "done", "shutdown": "interrupted"}.get(reason, reason)
    return spider.crawl, reason, spider.fatal


def _link_copies(
    archive: Archive, crawl: Crawl, reason: str, fatal: Exception | None
) -> tuple[dict[str, int], Exception | None]:
    """Compares those new articles with all others that were not compared within the crawl.

    Who is interrupted leaves it to the next run.
    """
    if fatal is not None or reason not in ("done", "max_runtime"):
        return {}, fatal
    try:
        return asdict(crawl.linking.run(AT_THE_END)), None
    except (OSError, SQLAlchemyError) as error:
        archive.connection.rollback()
        return {}, error


def _known(archive: Archive, *, due: bool) -> tuple[str, ...]:
    """The archive's own sites, by the addresses they were first crawled from."""
    schedule = Schedule.load(archive.folder)
    if due:
        return tuple(each.start_url for each in due_sites(archive.connection, now(), schedule))
    sites = tuple(each.start_url for each in site_times(archive.connection, schedule))
    if not sites:
        raise InputError(f"{archive.folder}: no site in it yet; crawl one by its address first")
    return sites


def _print_nothing_due(archive: Archive, *, quiet: bool, as_json: bool) -> None:
    times = site_times(archive.connection, Schedule.load(archive.folder))
    if as_json:
        click.echo(json.dumps({"archive": str(archive.folder), "result": "nothing due", "sites": {}}))
    elif times and times[0].due_at is not None and not quiet:
        click.echo(f"nothing is due; next is {times[0].name}, at {times[0].due_at:%Y-%m-%d %H:%M} UTC")


def _exit_code(
    crawl: Crawl, archive: Archive, reason: str, fatal: Exception | None, *, expect_new: bool
) -> int:
    """0 done, 1 failed, 3 some sites failed, 4 nothing new, or nothing yet of what was asked for. A site with no
    article at all has failed; one that is newly not well by its own past makes 3 of 0 and 4.
    """
    if fatal is not None or reason == "failed":
        return FAILED
    for site in crawl.sites.values():
        if (
            site.error is None
            and site.blocked is None
            and reason in ("done", "max_runtime")
            and not crawl.has_articles(site)
        ):
            site.nothing = crawl.left_out(site)
            if site.rests_until:
                site.error = f"no article yet, and it asks to be left alone until {site.rests_until[:16]} UTC"
            elif reason == "max_runtime" and crawl.frontier.count(site.id):
                site.nothing = site.nothing or "no article yet: its time was over before the first"
            elif site.nothing is None:
                site.error = f"no article was found: see `warraq show --outcomes {site.name}`"
    failed = [site for site in crawl.sites.values() if site.error or site.blocked]
    if failed:
        return FAILED if len(failed) == len(crawl.sites) else SOME_FAILED
    if expect_new and not any(site.new_articles for site in crawl.sites.values()):
        return NOTHING_NEW
    if all(site.nothing for site in crawl.sites.values()):
        return NOTHING_NEW
    return DONE
