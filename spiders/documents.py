"""Reading one response in a reading process: what it is, the article it holds, where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from archiver.article import Article
from archiver.candidate import Candidate, Kind
from archiver.extract import Verdict, read_page
from archiver.extract.multipage import next_pages
from archiver.page import Page
from archiver.parameters import on_all_links
from archiver.payload import PayloadError, decode_payload
from archiver.sites.profile import profile_for
from archiver.urls import in_site
from spiders.discovery import Where, linked_pages, page_links, refreshed_to
from spiders.hidden_links import hidden_links, past_splash, reloads
from spiders.listing_data import data_links
from spiders.page_data import MAX_DATA
from spiders.sitemaps_and_feeds import DiscoveryError, read_feed, read_sitemap, sniff
from spiders.teaser_days import with_days

MOST_TOLD = 50_000  # links
MAX_SITEMAP = 50 * 1024 * 1024  # bytes unpacked, as the protocol has it
TEXT_TYPES = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/rdf",
    "application/octet-stream",
    "application/x-gzip",
    "application/gzip",
)

SAMPLE = """<!DOCTYPE html><html lang="ar"><title>عنوان</title><nav><a href="/">الرئيسية</a></nav>
<article><h1>عنوان</h1><time>30 مايو 2023</time><p>خبر من وكالة.</p></article></html>""".encode()

LED_TO = {"pagination": "a further page of a listing", "frame": "a frame of a page"}
"""What led to a page that is a listing then, however few links and little text are on it."""

PAGED = frozenset({"article", "live_blog", "paywalled"})
"""What goes on over several pages as one story; the pages that follow anything else are listings."""

DocumentKind = Literal["page", "sitemap", "feed", "not_html", "broken"]


@dataclass(frozen=True)  # no slots: see archiver.article
class Task:
    """A response as it came over the wire, and what was known of its address."""

    url: str
    site: str
    kind: Kind
    depth: int
    body: bytes
    headers: Mapping[str, str]  # lower-case names
    fetched_at: datetime
    hints: Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """What a response turned out to be."""

    kind: DocumentKind
    verdict: Verdict | None = None
    article: Article | None = None
    candidates: tuple[Candidate, ...] = ()
    detail: str | None = None
    next_pages: tuple[str, ...] = ()  # of the same story
    reloads: bool = False  # it says next to nothing, and sends its reader to itself at once
    on_links: frozenset[str] = frozenset()  # the parameters of its address that all its links have


def prepare() -> None:
    """Loads what every page needs (profiles, tables, patterns), before the first one comes."""
    read_document(Task("https://example.ly/", "example.ly", "page", 0, SAMPLE, {}, datetime.now(UTC), {}))


def read_new(task: Task) -> Document:
    """As `read_document`, but for the links that this process has told of already, word for word: the menus and
    sidebars of a site are on all of its pages. What is no story tells of all its links, known or not: it may be a list.
    """
    document = read_document(task)
    if document.kind != "page" or document.verdict is None or document.verdict.kind not in PAGED:
        return document
    new = []
    for each in document.candidates:
        told = (each.url, each.kind, each.depth, each.hints.get("anchor"))
        if told not in _told:
            _told[told] = None
            new.append(each)
    while len(_told) > MOST_TOLD:
        _told.pop(next(iter(_told)))
    return replace(document, candidates=tuple(new))


_told: dict[tuple[str, Kind, int, str | None], None] = {}  # the oldest first


def read_document(task: Task) -> Document:
    """Reads one response. Total but for what the reading process itself does not survive."""
    try:
        payload = decode_payload(task.body, task.headers.get("content-encoding"))
        if payload.startswith(b"\x1f\x8b"):  # a gzip'd file, as sitemaps are
            payload = decode_payload(payload, "gzip", MAX_SITEMAP)
    except PayloadError as error:
        return Document("broken", detail=str(error))
    content_type = task.headers.get("content-type", "").lower()
    found = sniff(payload)
    if "json" in content_type and payload[:1] in (b"{", b"["):
        return _read_data(payload, task)
    if found == "page" and content_type and not content_type.startswith(TEXT_TYPES):
        return Document("not_html", detail=content_type)
    where = Where(task.url, task.site, task.depth)
    if found != "page" or (task.kind == "sitemap" and b"<html" not in payload[:2_000].lower()):
        return _read_list(payload, where, "feed" if found == "feed" else "sitemap")
    return _read_html(payload, task, where)


def _read_list(payload: bytes, where: Where, kind: Literal["sitemap", "feed"]) -> Document:
    try:
        candidates = read_feed(payload, where) if kind == "feed" else read_sitemap(payload, where)
    except DiscoveryError as error:
        return Document("broken", detail=f"{kind}: {error}")
    return Document(kind, candidates=tuple(candidates), detail=f"{len(candidates)} addresses")


def _read_data(payload: bytes, task: Task) -> Document:
    """A listing's data, asked for where a page names their address."""
    where = Where(task.url, task.site, task.depth)
    candidates = data_links(payload[:MAX_DATA].decode("utf-8", "replace"), task.url, where)
    if not candidates:
        return Document("not_html", detail="data that lead nowhere")
    return Document("feed", candidates=tuple(candidates), detail=f"{len(candidates)} addresses in data")


def _read_html(payload: bytes, task: Task, where: Where) -> Document:
    page = Page(payload, task.url, fetched_at=task.fetched_at, headers=task.headers, hints=task.hints)
    profile = profile_for(page)
    reading = read_page(page, profile)
    verdict = reading.verdict
    if verdict.kind == "other" and (led := next((each for each in LED_TO if task.hints.get(each)), None)):
        verdict = Verdict("listing", (LED_TO[led], *verdict.evidence))
    is_listing = verdict.kind == "listing"
    links = past_splash(page, where, page_links(page, where, is_listing=is_listing))
    links += hidden_links(page, where, links, is_listing=is_listing)
    links += refreshed_to(page, where)
    if verdict.kind not in PAGED:
        links = with_days(page, where, links)
    if verdict.kind not in PAGED or task.depth == 0:  # it may turn out a listing by where it leads
        links += linked_pages(page, where)
    further = next_pages(page, profile) if verdict.kind in PAGED else ()
    further = tuple(url for url in further if in_site(url, task.site))
    links = [link for link in links if link.url not in further]
    on_links = on_all_links(where.url, (link.url for link in links))
    return Document(
        "page", verdict, reading.article, tuple(links), None, further, reloads(page, where), on_links
    )
