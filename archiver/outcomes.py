"""The fixed vocabulary for what came of a URL: every try has exactly one outcome.

`docs/outcomes.md` is this table in words; a test holds the two together.
"""

from enum import StrEnum
from http import HTTPStatus


class Outcome(StrEnum):
    """What came of one try at one URL."""

    # an article
    ARTICLE = "article"
    ARTICLE_CHANGED = "article_changed"
    ARTICLE_UNCHANGED = "article_unchanged"
    ARTICLE_TWIN = "article_twin"
    ARTICLE_PART = "article_part"
    OUT_OF_RANGE = "out_of_range"
    OUT_OF_SECTION = "out_of_section"
    PAYWALLED = "paywalled"
    # read, and not an article
    LISTING = "listing"
    GALLERY = "gallery"
    OTHER_PAGE = "other_page"
    SITEMAP = "sitemap"
    FEED = "feed"
    ROBOTS = "robots"
    NOT_HTML = "not_html"
    SOFT_404 = "soft_404"
    # answered without a page
    UNCHANGED = "unchanged"
    REDIRECT = "redirect"
    REDIRECT_OFF_SITE = "redirect_off_site"
    REDIRECT_LOOP = "redirect_loop"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    # not let in
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    ROBOTS_DENIED = "robots_denied"
    # not reached
    DNS_ERROR = "dns_error"
    CONNECTION_ERROR = "connection_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    # reached, and not read
    BROKEN_RESPONSE = "broken_response"
    PARSE_ERROR = "parse_error"
    PARSE_LIMIT = "parse_limit"
    # kept from being asked for
    TRAP = "trap"
    RECOVERED = "recovered"


MEANING = {
    Outcome.ARTICLE: "an article, archived for the first time",
    Outcome.ARTICLE_CHANGED: "an archived article whose title, body, captions or date changed: a new version",
    Outcome.ARTICLE_UNCHANGED: "an archived article, fetched again and the same",
    Outcome.ARTICLE_TWIN: "another form of an archived article (AMP, print, canonical link, same text): an alias",
    Outcome.ARTICLE_PART: "a further page of an article over several pages: joined to it",
    Outcome.OUT_OF_RANGE: "outside `--since` and `--until`: a snapshot, no row; or, behind 300 too old, not asked for",
    Outcome.OUT_OF_SECTION: "an article outside `--section`: its snapshot is kept, no row is made",
    Outcome.PAYWALLED: "only a stub of an article is shown: archived, with a warning; a text archived whole stays",
    Outcome.LISTING: "a front page, section, tag or search page: read for its links",
    Outcome.GALLERY: "pictures or video without a text",
    Outcome.OTHER_PAGE: "a page that is neither article nor listing",
    Outcome.SITEMAP: "a sitemap or sitemap index",
    Outcome.FEED: "an RSS or Atom feed",
    Outcome.ROBOTS: "robots.txt",
    Outcome.NOT_HTML: "a picture, PDF or other file",
    Outcome.SOFT_404: "a page that says «not found» with status 200",
    Outcome.UNCHANGED: "304: the same as the snapshot at hand",
    Outcome.REDIRECT: "a redirect; its target is tried under its own address",
    Outcome.REDIRECT_OFF_SITE: "a redirect that leaves the site: not followed",
    Outcome.REDIRECT_LOOP: "redirects in a circle, or more than ten in a row",
    Outcome.GONE: "404 or 410",
    Outcome.HTTP_ERROR: "another HTTP error, a page that only says that the site is out of order, or an empty answer",
    Outcome.BLOCKED: "a challenge or ban page (Cloudflare and kin): named, nothing is bypassed",
    Outcome.RATE_LIMITED: "429, or 503 with Retry-After: tried again when it says so, after an hour by a later run",
    Outcome.ROBOTS_DENIED: "robots.txt does not allow it: not asked for",
    Outcome.DNS_ERROR: "the host's name did not resolve",
    Outcome.CONNECTION_ERROR: "refused, reset or TLS failure",
    Outcome.TIMEOUT: "no full answer in time",
    Outcome.TOO_LARGE: "more bytes than `DOWNLOAD_MAXSIZE`: broken off",
    Outcome.BROKEN_RESPONSE: "an answer that does not keep to HTTP or to its own encoding",
    Outcome.PARSE_ERROR: "kept, and its reading failed: a defect of the parser; `warraq reparse` reads it again",
    Outcome.PARSE_LIMIT: "kept, but its reading took too much time or memory; `warraq reparse` reads it again",
    Outcome.TRAP: "one of an endless family of addresses that gives nothing new: not asked for",
    Outcome.RECOVERED: "found whole in a WARC after a crash: kept, and fetched again",
}

ARCHIVED = frozenset(
    {
        Outcome.ARTICLE,
        Outcome.ARTICLE_CHANGED,
        Outcome.ARTICLE_UNCHANGED,
        Outcome.ARTICLE_TWIN,
        Outcome.PAYWALLED,
    }
)
"""The try ended in an article row."""

LEFT_OUT = frozenset({Outcome.OUT_OF_RANGE, Outcome.OUT_OF_SECTION})
"""An article all the same, outside what the crawl was asked for."""

TRANSIENT = frozenset(
    {
        Outcome.RATE_LIMITED,
        Outcome.DNS_ERROR,
        Outcome.CONNECTION_ERROR,
        Outcome.TIMEOUT,
        Outcome.BROKEN_RESPONSE,
    }
)
"""Worth another try later; HTTP 5xx is too."""

FAILED = frozenset(
    {
        Outcome.HTTP_ERROR,
        Outcome.BLOCKED,
        Outcome.TOO_LARGE,
        Outcome.PARSE_ERROR,
        Outcome.PARSE_LIMIT,
        *TRANSIENT,
    }
)
"""Counted as errors in the closing table."""


def is_refusal(status: int | None) -> bool:
    """Whether a server says no to whoever asks, and not that it is in trouble itself."""
    return status is not None and HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
