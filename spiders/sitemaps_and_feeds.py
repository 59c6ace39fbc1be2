"""What sitemaps and feeds name: their entries, with the date, title, writer and tags that each tells of.

Pure functions from bytes to candidates, bounded in count and depth; no entity is expanded, nothing is loaded.
"""

import calendar
import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from heapq import nlargest
from itertools import islice, pairwise
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from lxml import etree

from archiver.arabic.dates import parse_date
from archiver.candidate import Candidate, Kind
from archiver.errors import AddressError
from archiver.extract.stamps import is_ambiguous, machine_stamp
from archiver.urls import canonicalise, in_site
from spiders.discovery import Where, guess_kind, is_page, list_link, same_scheme

USUAL_SITEMAPS = (
    "/sitemap.xml",
    "/sitemap_index.xml",
    "/wp-sitemap.xml",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
)
USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss", "/atom.xml", "/feeds/posts/default")
"""Asked for only where robots.txt, or the front page, names none."""
MAX_ENTRIES = 50_000  # of one sitemap, as the protocol has it
MOST_READ = 300_000  # entries of one that has more
MAX_FEED_ENTRIES = 2_000
MAX_SITEMAP_DEPTH = 4
LONGEST_DATE = 80  # characters
HALF_OF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.I)
NUMBER = re.compile(r"\d{1,18}")
FEW, NEARLY_ALL = 2, 0.9  # addresses; of them, to tell which end of a file is the newer
FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
SITEMAP_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
BARE_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
ENTITY_DECLARATION = re.compile(rb"<!ENTITY", re.IGNORECASE)
GENERATED_SECTIONS = re.compile(
    r"(?:post_tag|tag|author|users?|category|image|video|product|attachment)s?[-_]?sitemap|"
    r"sitemap[-_](?:tax|taxonomies|users|authors|tags?|images?|videos?)",
    re.IGNORECASE,
)


class DiscoveryError(ValueError):
    """A sitemap or feed that cannot be read; the message says why."""


def sniff(payload: bytes) -> Kind:
    """What a document is by its first bytes: sitemap, feed, or else a page."""
    head = in_utf8(payload[:2_000])
    if SITEMAP_ROOT.search(head):
        return "sitemap"
    return "feed" if FEED_ROOT.search(head) and b"<html" not in head.lower() else "page"


def in_utf8(payload: bytes) -> bytes:
    """What is in UTF-16, by its mark, in UTF-8 and without the declaration that says otherwise; all else as it is."""
    if not payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return payload
    return XML_DECLARATION.sub("", payload.decode("utf-16", "replace"), count=1).encode("utf-8", "replace")


def read_sitemap(payload: bytes, where: Where) -> list[Candidate]:
    """The addresses of a sitemap, sitemap index or plain list of addresses, the newest first.

    Raises `DiscoveryError` where it is neither, or declares entities.
    """
    payload = in_utf8(payload)
    if ENTITY_DECLARATION.search(payload[:10_000]):
        raise DiscoveryError("declares entities, which no sitemap needs")
    if not SITEMAP_ROOT.search(payload[:2_000]):
        return _plain_list(payload, where)
    found: list[tuple[str, Candidate]] = []
    for tag, facts in _newest(list(islice(_sitemap_entries(payload), MOST_READ))):
        candidate = _from_sitemap(tag, facts, where)
        if candidate is not None:
            found.append((_day_of(facts), candidate))
    if not any(day for day, _ in found) and _rises([candidate.url for _, candidate in found]):
        found.reverse()
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [candidate for _, candidate in found]


Entry: TypeAlias = tuple[str, dict[str, str]]


def _day_of(facts: Mapping[str, str]) -> str:
    return facts.get("news_publication_date") or facts.get("sitemap_lastmod") or ""


def _newest(entries: list[Entry]) -> list[Entry]:
    """Of more entries than a sitemap may have the newest, by their dates; without dates, those at both ends."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    if any(_day_of(facts) for _, facts in entries):
        return nlargest(MAX_ENTRIES, entries, key=lambda entry: _day_of(entry[1]))
    half = MAX_ENTRIES // 2
    return entries[:half] + entries[-half:]


def _rises(urls: Sequence[str]) -> bool:
    """Whether the numbers in addresses rise from each to the next, nearly always: then the last is the newest."""
    numbers = [tuple(map(int, found)) for url in urls if (found := NUMBER.findall(url.partition("://")[2]))]
    rising = sum(one < other for one, other in pairwise(numbers))
    return len(numbers) > FEW and rising >= NEARLY_ALL * (len(numbers) - 1)


def read_feed(payload: bytes, where: Where) -> list[Candidate]:
    """The entries of an RSS or Atom feed with their date, title, author and tags, and its next page (RFC 5005).

    Raises `DiscoveryError` where it is no feed, or declares entities.
    """
    import feedparser

    payload = in_utf8(payload)
    if ENTITY_DECLARATION.search(payload[:10_000]):
        raise DiscoveryError("declares entities, which no feed needs")
    feed = feedparser.parse(
        io.BytesIO(_with_ampersands(payload)), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.version and not feed.entries:
        raise DiscoveryError(f"no RSS or Atom feed ({feed.get('bozo_exception', 'no entries')})")
    found = [_from_feed(entry, where) for entry in feed.entries[:MAX_FEED_ENTRIES]]
    found += [_feed_page(link, where) for link in feed.feed.get("links", ()) if link.get("rel") == "next"][:1]
    return [candidate for candidate in found if candidate is not None]


def usual_places(start_url: str, places: Iterable[str], kind: Kind) -> list[Candidate]:
    """Where sitemaps or feeds usually stand."""
    return [Candidate(canonicalise(place, start_url), kind, 0, {"usual_place": True}) for place in places]


def _with_ampersands(payload: bytes) -> bytes:
    """XML whose addresses hold bare ampersands («?id=4&cat=2»), as what they stand for is written."""
    if not BARE_AMPERSAND.search(payload):
        return payload
    first, *parts = payload.split(b"<![CDATA[")
    found = [BARE_AMPERSAND.sub(b"&amp;", first)]
    for part in parts:
        inner, end, rest = part.partition(b"]]>")
        found += (b"<![CDATA[", inner, end, BARE_AMPERSAND.sub(b"&amp;", rest))
    return b"".join(found)


def _sitemap_entries(payload: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """("url" or "sitemap", its facts) for each entry; no entity is expanded, nothing is loaded."""
    facts: dict[str, str] = {}
    names = {
        "loc": "loc",
        "lastmod": "sitemap_lastmod",
        "publication_date": "news_publication_date",
        "title": "news_title",
    }
    try:
        events = etree.iterparse(
            io.BytesIO(_with_ampersands(payload)),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
        )
        for _, element in events:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in names and (element.text or "").strip():
                parent = element.getparent()
                if name != "loc" or parent is None or etree.QName(parent).localname in ("url", "sitemap"):
                    facts.setdefault(names[name], (element.text or "").strip())
            elif name in ("url", "sitemap"):
                yield name, facts
                facts = {}
                element.clear()
                while (previous := element.getprevious()) is not None and (
                    parent := element.getparent()
                ) is not None:
                    parent.remove(previous)
    except etree.XMLSyntaxError as error:
        raise DiscoveryError(f"broken XML: {error.msg}") from None


def _from_sitemap(tag: str, facts: dict[str, str], where: Where) -> Candidate | None:
    loc = facts.get("loc", "")
    try:
        url = canonicalise(loc, where.url if loc.startswith("/") else "")
    except AddressError:
        return None
    is_beside = tag == "sitemap" and urlsplit(url).netloc == urlsplit(where.url).netloc
    if not in_site(url, where.site) and not is_beside:
        return None
    url = same_scheme(url, where.url)
    hints: dict[str, Any] = {
        "referrer": where.url,
        "named_by": "sitemap",
        **{k: v for k, v in facts.items() if k != "loc"},
    }
    if tag == "sitemap":
        if where.depth >= MAX_SITEMAP_DEPTH or GENERATED_SECTIONS.search(url):
            return None
        return Candidate(url, "sitemap", where.depth + 1, hints)
    if not is_page(url):
        return None
    kind: Kind = (
        "listing" if guess_kind(url) == "listing" or GENERATED_SECTIONS.search(where.url) else "article"
    )
    return Candidate(url, kind, 1, hints)


def _plain_list(payload: bytes, where: Where) -> list[Candidate]:
    text = payload[:5_000_000].decode("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines()[:MAX_ENTRIES]]
    if not any(line.startswith(("http://", "https://")) for line in lines[:10]):
        raise DiscoveryError("neither a sitemap nor a list of addresses")
    found = (_from_sitemap("url", {"loc": line}, where) for line in lines if line.startswith("http"))
    return [candidate for candidate in found if candidate is not None]


def _from_feed(entry: Any, where: Where) -> Candidate | None:
    try:
        url = canonicalise(entry.get("feedburner_origlink") or entry.get("link") or "", where.url)
    except AddressError:
        return None
    if not in_site(url, where.site) or not is_page(url):
        return None
    hints = {
        "referrer": where.url,
        "named_by": "feed",
        "feed_title": entry.get("title"),
        "feed_published": _feed_moment(entry),
        "feed_author": entry.get("author"),
        "feed_tags": [tag.get("term") for tag in entry.get("tags", [])][:20],
    }
    return Candidate(url, "article", 1, {name: value for name, value in hints.items() if value})


def _feed_page(link: Any, where: Where) -> Candidate | None:
    url = list_link(link.get("href"), where)
    if url is None:
        return None
    return Candidate(url, "listing", max(where.depth, 1), {"referrer": where.url, "pagination": True})


def _feed_moment(entry: Any) -> str | None:
    """The entry's date with the zone it was written in; feedparser's own struct is in UTC."""
    written = str(entry.get("published") or entry.get("updated") or "")[:LONGEST_DATE]
    if (stamp := machine_stamp(written)) is not None:
        return stamp.value.isoformat()
    if HALF_OF_DAY.search(written) is None:  # which neither of these knows
        try:
            return parsedate_to_datetime(written).isoformat()
        except (ValueError, OverflowError):
            pass
    shown = None if is_ambiguous(written) else parse_date(written, now=None)
    if shown is not None and shown.precision not in ("year", "month"):
        return shown.value.isoformat()
    if HALF_OF_DAY.search(written) is not None:
        return None
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")  # its own `get` warns
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None
