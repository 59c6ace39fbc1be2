"""What an answer comes to: its one outcome, what it leads to, and the article to keep, if it holds one."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.http import Response

from archiver.candidate import Candidate
from archiver.extract.kind import Verdict
from archiver.outcomes import Outcome
from archiver.progress import Harvest, SiteCrawl
from archiver.store.frontier import Pending
from archiver.urls import key_of
from spiders.cookies import GateCookies, sends_cookie, sets_cookie
from spiders.discovery import as_listing
from spiders.documents import Document
from spiders.politeness import asked_to_wait
from spiders.redirects import is_entry
from spiders.sitemaps_and_feeds import USUAL_FEEDS, USUAL_SITEMAPS, usual_places

if TYPE_CHECKING:
    from spiders.news import NewsSpider

FEW_STORIES = 3  # that a page without a text leads to, and so is a listing
NOTHING_TO_READ = (("no text",), ("no headline",))
BLOCKED_LIMIT = 3  # challenge pages without an article before a site is left alone

OUTCOME_OF_VERDICT = {
    "listing": Outcome.LISTING,
    "gallery": Outcome.GALLERY,
    "soft_404": Outcome.SOFT_404,
    "outage": Outcome.HTTP_ERROR,
    "challenge": Outcome.BLOCKED,
    "other": Outcome.OTHER_PAGE,
}


def take(
    spider: "NewsSpider",
    document: Document,
    response: Response,
    site: SiteCrawl,
    row: Pending,
    facts: dict[str, Any],
) -> Harvest | None:
    """Follows what the document names; gives the article to keep, if it holds one."""
    if document.reloads and sets_cookie(response) and not sends_cookie(response):
        site.gate_tries = max(site.gate_tries, 1)
        facts = facts | {"retry_in": 0}
        finish(spider, response, site, row, Outcome.REDIRECT, facts, detail="to itself; trying with a cookie")
        return None
    candidates, outcome_of_page, evidence = list(document.candidates), None, None
    if document.verdict is not None and document.article is not None:
        outcome_of_page, evidence = _outcome_of(spider, document.verdict, document, site, row)
        if outcome_of_page == Outcome.LISTING and document.verdict.kind != "listing":
            candidates = as_listing(candidates)
        story = document.article if outcome_of_page is None else None
        learning, on_links = spider.crawl.learning, document.on_links
        candidates += learning.read(site, response.url, story, candidates, on_links)
    candidates = spider.crawl.learning.plain(site, candidates)
    if row.url == site.start_url or is_entry(row):
        site.error = None
        candidates += _entry_places(spider, site, response.url, candidates)
    gave = spider.crawl.discovered(site, row, candidates)
    facts = _kept_of(facts, document, row)
    if document.kind in ("sitemap", "feed"):
        _look_again(spider, site, document)
        outcome = Outcome.SITEMAP if document.kind == "sitemap" else Outcome.FEED
        finish(spider, response, site, row, outcome, facts, detail=document.detail, gave=gave)
        return None
    if document.verdict is None or document.article is None:
        outcome = Outcome.NOT_HTML if document.kind == "not_html" else Outcome.BROKEN_RESPONSE
        finish(spider, response, site, row, outcome, facts, detail=document.detail)
        return None
    if outcome_of_page == Outcome.LISTING:
        spider.crawl.revisits.further(site, candidates)
    if outcome_of_page is None:
        return Harvest(
            site,
            row,
            document.article,
            document.verdict.kind,
            evidence or "",
            response.meta["snapshot"],
            facts,
            gave,
        )
    if outcome_of_page == Outcome.SOFT_404:
        spider.crawl.removed(row, response.meta["snapshot"], "soft_404")
    if outcome_of_page == Outcome.BLOCKED:
        _blocked(site, row, evidence or "challenge page")
    if outcome_of_page == Outcome.HTTP_ERROR:
        _note_entry_error(site, row, f"out of order: {evidence}")
        facts = facts | {"retry_in": spider.crawl.back_off(row)}
    finish(spider, response, site, row, outcome_of_page, facts, detail=evidence, gave=gave)
    return None


async def refused(
    spider: "NewsSpider", response: Response, site: SiteCrawl, row: Pending, facts: dict[str, Any]
) -> None:
    """An answer that is no page: gone, rate limited, challenged, or another error."""
    wait = asked_to_wait(response, row.attempts)
    if wait is not None:
        facts = facts | {"retry_in": wait}
        finish(spider, response, site, row, Outcome.RATE_LIMITED, facts, detail=f"asked to wait {wait:g} s")
        return
    if response.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        why, snapshot = f"HTTP {response.status}", response.meta["snapshot"]
        if spider.tried_otherwise(site, row, Outcome.GONE, why, snapshot=snapshot, **facts):
            return
        _note_entry_error(site, row, f"HTTP {response.status}")
        spider.crawl.removed(row, response.meta["snapshot"], str(response.status))
        finish(spider, response, site, row, Outcome.GONE, facts)
        return
    if response.status == HTTPStatus.FORBIDDEN and _kept_cookie_back(spider, response, site):
        site.gate_tries = max(site.gate_tries, 1)
        facts = facts | {"retry_in": 0}
        finish(
            spider, response, site, row, Outcome.HTTP_ERROR, facts, detail="HTTP 403; trying with a cookie"
        )
        return
    document = await spider.read(response, site, row, facts)
    if document is None:
        return
    if document.verdict is not None and document.verdict.kind == "challenge":
        evidence = "; ".join(document.verdict.evidence)[:300]
        _blocked(site, row, evidence)
        finish(spider, response, site, row, Outcome.BLOCKED, facts, detail=evidence)
        return
    _note_entry_error(site, row, f"HTTP {response.status}")
    retry_in = spider.crawl.back_off(row) if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    if retry_in is not None:
        spider.crawl.hold(site, 1.0)
    facts = facts | {"retry_in": retry_in}
    finish(spider, response, site, row, Outcome.HTTP_ERROR, facts, detail=f"HTTP {response.status}")


def _kept_cookie_back(spider: "NewsSpider", response: Response, site: SiteCrawl) -> bool:
    """Whether a refused request went without a cookie that the site had given: a browser would have sent it."""
    cookies = spider.crawler.get_downloader_middleware(GateCookies)
    return cookies is not None and not sends_cookie(response) and cookies.holds(site)


def _kept_of(facts: dict[str, Any], document: Document, row: Pending) -> dict[str, Any]:
    """The facts of a response; of a front page that leads nowhere without its validators: that it is the same the next
    time would not tell that it leads nowhere still.
    """
    is_dead_end = row.depth == 0 and not document.candidates
    return facts | {"etag": None, "last_modified": None} if is_dead_end else facts


def finish(
    spider: "NewsSpider",
    response: Response,
    site: SiteCrawl,
    row: Pending,
    outcome: Outcome,
    facts: dict[str, Any],
    *,
    detail: str | None = None,
    gave: int = 0,
) -> None:
    spider.crawl.finish(
        site, row, outcome, detail=detail, snapshot=response.meta.get("snapshot"), gave=gave, **facts
    )


def _outcome_of(
    spider: "NewsSpider", verdict: Verdict, document: Document, site: SiteCrawl, row: Pending
) -> tuple[Outcome | None, str | None]:
    """What came of a page, by what it is and by what was asked for, None for an article; and the evidence."""
    outcome, evidence = OUTCOME_OF_VERDICT.get(verdict.kind), "; ".join(verdict.evidence)[:500] or None
    if outcome is None and row.depth == 0 and urlsplit(row.url)[2:4] == ("/", ""):
        return Outcome.LISTING, f"the site's front page, though: {evidence}"
    if outcome is None and row.kind in ("sitemap", "feed"):
        return Outcome.OTHER_PAGE, f"asked for as a {row.kind}, though: {evidence}"
    if (
        outcome in (Outcome.OTHER_PAGE, Outcome.LISTING)
        and _is_empty(document)
        and not row.hints.get("usual_place")
    ):
        return Outcome.HTTP_ERROR, "an empty answer"
    if outcome == Outcome.OTHER_PAGE and verdict.evidence in NOTHING_TO_READ:
        stories = spider.crawl.stories_among(site, document.candidates)
        if stories >= FEW_STORIES:
            return Outcome.LISTING, f"{evidence}; leads to {stories} stories"
    return outcome, evidence


def _is_empty(document: Document) -> bool:
    warnings = () if document.article is None else document.article.warnings
    return any(warning.code == "empty_document" for warning in warnings)


def _entry_places(
    spider: "NewsSpider", site: SiteCrawl, answered: str, candidates: list[Candidate]
) -> list[Candidate]:
    """Where sitemaps and feeds usually stand on the host that answered, for a site that names none."""
    places = []
    if site.name not in spider.sitemaps_named:
        places += usual_places(answered, USUAL_SITEMAPS, "sitemap")
    if not any(each.kind == "feed" for each in candidates):
        places += usual_places(answered, USUAL_FEEDS, "feed")
    return places


def _look_again(spider: "NewsSpider", site: SiteCrawl, document: Document) -> None:
    """What a sitemap says has changed since it was fetched is asked for again."""
    dated = [each for each in document.candidates if each.hints.get("sitemap_lastmod")]
    moments = [(key_of(each.url), each.hints["sitemap_lastmod"]) for each in dated]
    spider.crawl.reopening.changed(site.id, moments)
    site.refill, site.looked_at = True, None


def _note_entry_error(site: SiteCrawl, row: Pending, detail: str) -> None:
    if is_entry(row):
        site.error = detail


def _blocked(site: SiteCrawl, row: Pending, evidence: str) -> None:
    """A challenge before the front page, or before page after page, ends the site's crawl: nothing is bypassed."""
    if is_entry(row) or (site.outcomes[Outcome.BLOCKED] + 1 >= BLOCKED_LIMIT and not site.articles):
        site.blocked = evidence
