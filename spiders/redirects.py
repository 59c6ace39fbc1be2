"""Where a redirect leads: to a page of the site, to its front page (then the article is gone), off the site,
in a circle, or back to itself with a cookie.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from scrapy.http import Response

from archiver.candidate import Candidate
from archiver.errors import AddressError
from archiver.extract.kind_signs import signs
from archiver.outcomes import Outcome
from archiver.progress import SiteCrawl
from archiver.store.frontier import Pending
from archiver.urls import canonicalise, identity, in_site, is_twin_form, key_of
from spiders.cookies import MOST_TRIES, sends_cookie, sets_cookie
from spiders.responses import as_utf8, header

if TYPE_CHECKING:
    from spiders.news import NewsSpider

MAX_REDIRECTS = 10
MISSING = (Outcome.GONE, Outcome.SOFT_404)


def is_entry(row: Pending) -> bool:
    """Whether the row is where the crawl of a site began."""
    return row.depth == 0 and row.kind == "page"


def follow_redirect(
    spider: "NewsSpider", response: Response, site: SiteCrawl, row: Pending, facts: dict[str, Any]
) -> None:
    """Takes a redirect to its outcome; its target is tried under its own address."""
    crawl, snapshot = spider.crawl, response.meta["snapshot"]

    def finish(outcome: Outcome, detail: str, **more: Any) -> None:
        crawl.finish(site, row, outcome, detail=detail, snapshot=snapshot, **facts, **more)

    location = header(response, b"Location")
    if location is None:
        finish(Outcome.HTTP_ERROR, "a redirect without Location")
        return
    try:
        target = canonicalise(as_utf8(location), response.url)
    except AddressError as error:
        finish(Outcome.HTTP_ERROR, f"redirect to nowhere: {error}")
        return
    lived_here = crawl.articles.lives_at(row.url_key)  # then what once led here is no part of the way
    came_from = () if lived_here else row.hints.get("redirected_from", ())
    if not in_site(target, site.name):
        if is_entry(row):
            site.error = f"redirects to another site: crawl {target} instead"
        finish(Outcome.REDIRECT_OFF_SITE, target)
    elif target in (row.url, *came_from) and _may_try(response, site, row, came_from):
        site.gate_tries += 1
        if came_from:
            site.sent_back.add(key_of(came_from[0]))
            first = Candidate(came_from[0], row.kind, row.depth, entry=is_entry(row))
            crawl.reopening.candidates(site.id, [first])
            site.refill = True
            finish(Outcome.REDIRECT, f"{target} with a cookie")
        else:
            finish(Outcome.REDIRECT, f"{target} with a cookie", retry_in=0, instead=target)
    elif target in (row.url, *came_from) or max(row.attempts, len(came_from)) >= MAX_REDIRECTS:
        site.turned_away += not site.sent_back.isdisjoint(map(key_of, came_from))
        finish(Outcome.REDIRECT_LOOP, target)
    elif identity(target) == row.url_key:
        finish(Outcome.REDIRECT, target, retry_in=0, instead=target)
    elif not is_entry(row) and _is_front(target, site):
        crawl.removed(row, snapshot, "redirect_home")
        finish(Outcome.REDIRECT, target)
    else:
        last = crawl.frontier.outcome_of(site.id, key_of(target))
        if last in MISSING:
            crawl.removed(row, snapshot, "redirect_missing")
        site.turned_away += last == Outcome.REDIRECT and row.url_key in site.sent_back
        _follow(spider, response, site, row, target)
        finish(Outcome.REDIRECT, target, gave=1)


def _follow(spider: "NewsSpider", response: Response, site: SiteCrawl, row: Pending, target: str) -> None:
    crawl = spider.crawl
    hints = {**row.hints, "redirected_from": [*row.hints.get("redirected_from", ()), row.url]}
    if sets_cookie(response):
        hints["sets_cookie"] = True
    followed = Candidate(target, row.kind, row.depth, hints, entry=is_entry(row))
    if followed.entry:
        crawl.reopening.candidates(site.id, [followed])
    elif crawl.frontier.outcome_of(site.id, key_of(target)) == Outcome.REDIRECT:  # it may have moved back
        crawl.reopening.since(site.id, [followed], crawl.revisits.started_at)
    crawl.frontier.add(site.id, [followed])
    site.refill = True
    article_id = crawl.articles.id_of(key_of(target))
    if article_id is not None:
        crawl.articles.add_alias(row.url, article_id, "redirect")
        if not is_twin_form(target):  # what lived here lives there now, or is merged into another
            crawl.removed(row, response.meta["snapshot"], "redirect_other")


def _may_try(response: Response, site: SiteCrawl, row: Pending, came_from: Collection[str]) -> bool:
    """Whether a redirect in a circle is tried with the cookie: so often a site; and beyond, whatever was asked for
    before there was a cookie to send: itself, or the address that led to this one. That may be thousands, for what a
    story leads to waits behind the other stories; each is tried once, as long as the cookie does open the gate.
    """
    gives_cookie = sets_cookie(response) or bool(row.hints.get("sets_cookie"))
    if not came_from:
        was_early = row.attempts < MOST_TRIES and not sends_cookie(response)
        return gives_cookie and (site.gate_tries < MOST_TRIES or was_early)
    is_first = key_of(next(iter(came_from))) not in site.sent_back and site.turned_away < MOST_TRIES
    return (gives_cookie and site.gate_tries < MOST_TRIES) or (is_first and site.gate_tries > 0)


def _is_front(target: str, site: SiteCrawl) -> bool:
    """Whether an address is the site's front page: where many sites send those who ask for what is removed."""
    parts = urlsplit(target)
    path = unquote(parts.path).strip("/").lower()
    return key_of(target) == key_of(site.start_url) or (path in signs().front_paths and not parts.query)
