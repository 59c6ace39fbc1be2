"""A story over several pages: its further pages are fetched with it, and joined to one article."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from archiver.article import Article, ArticleWarning
from archiver.candidate import Candidate
from archiver.extract.kind import Kind
from archiver.extract.multipage import join
from archiver.outcomes import Outcome
from archiver.progress import SiteCrawl, SnapshotRef
from archiver.urls import key_of
from archiver.workers import LimitExceeded, TaskFailed
from spiders.answers import OUTCOME_OF_VERDICT
from spiders.documents import Task, read_document
from spiders.responses import plain_headers, words_of_error
from spiders.stopping import GivenUp

if TYPE_CHECKING:
    from spiders.news import NewsSpider

MOST_PAGES = 30
INSTEAD: frozenset[Kind] = frozenset({"soft_404", "outage", "challenge"})
"""What may be served with status 200 in a page's place."""
GONE = frozenset({Outcome.GONE, Outcome.SOFT_404})


@dataclass(frozen=True, slots=True)
class Joined:
    """A story and its further pages, as far as they could be had."""

    article: Article
    snapshots: tuple[int, ...]  # of the further pages, in order
    failed: tuple[str, ...]  # the addresses of those that could not be had or read this time
    may_come: bool  # whether any of these failed for the moment: a page that is gone did not


async def join_pages(
    spider: "NewsSpider", site: SiteCrawl, first: Article, addresses: tuple[str, ...]
) -> Joined:
    """The article with the text of its further pages; where one is missing, with a warning that names it.

    Raises `GivenUp` where the crawl was stopped meanwhile.
    """
    articles, snapshots = [first], list[int]()
    missing = dict[str, Outcome]()
    known, waiting = set(addresses), list(addresses)
    while waiting and len(articles) + len(missing) <= MOST_PAGES:
        address = waiting.pop(0)
        found = await _read_page(spider, site, address)
        if isinstance(found, Outcome):
            missing[address] = found
            continue
        articles.append(found[0])
        snapshots.append(found[1].id)
        further = [each for each in found[2] if each not in known]  # a page may name but the next
        known.update(further)
        waiting += further
    article = join(articles)
    if unread := [*missing, *waiting]:
        warning = ArticleWarning("pages_missing", f"not read: {', '.join(unread)}"[:500])
        article = replace(article, warnings=(*article.warnings, warning))
    return Joined(article, tuple(snapshots), tuple(missing), not GONE.issuperset(missing.values()))


async def _read_page(
    spider: "NewsSpider", site: SiteCrawl, address: str
) -> tuple[Article, SnapshotRef, tuple[str, ...]] | Outcome:
    """One further page: its article, its snapshot, and the pages that it names itself; or what came instead. Whatever
    comes of it, it is the story's, and not asked for by itself.
    """
    spider.crawl.frontier.settle(site.id, Candidate(address, "article", 1), Outcome.ARTICLE_PART)
    request = Request(
        address,
        callback=NO_CALLBACK,
        dont_filter=True,
        meta={"site": site, "download_slot": site.name, "dont_redirect": True},
    )
    assert spider.crawler.engine is not None
    try:
        response = await spider.crawler.engine.download_async(request)
    except GivenUp:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the network did, the story keeps its first page
        spider.crawl.ledger.note(
            site, address, key_of(address), Outcome.CONNECTION_ERROR, detail=words_of_error(error)
        )
        return Outcome.CONNECTION_ERROR
    snapshot: SnapshotRef = response.meta["snapshot"]
    outcome, article, further = Outcome.HTTP_ERROR, None, ()
    if response.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        outcome = Outcome.GONE
    elif response.status == HTTPStatus.OK:
        task = Task(response.url, site.name, "article", 1, response.body, plain_headers(response),
                    datetime.fromisoformat(snapshot.fetched_at), {})  # fmt: skip
        try:
            document = await asyncio.ensure_future(spider.pool.run(read_document, task))
            if document.verdict is not None and document.verdict.kind in INSTEAD:
                outcome = OUTCOME_OF_VERDICT[document.verdict.kind]
            else:
                article, further = document.article, document.next_pages
                outcome = Outcome.BROKEN_RESPONSE if article is None else Outcome.ARTICLE_PART
        except (LimitExceeded, TaskFailed):
            outcome = Outcome.PARSE_LIMIT
    spider.crawl.ledger.note(site, address, key_of(address), outcome, status=response.status, size=len(response.body),
                      snapshot=snapshot)  # fmt: skip
    return outcome if article is None else (article, snapshot, further)
