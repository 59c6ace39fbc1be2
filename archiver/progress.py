"""How far a crawl has come: the state of each site, and the articles on their way into the archive."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from archiver.article import Article
from archiver.clock import now_text
from archiver.outcomes import ARCHIVED, FAILED, Outcome
from archiver.parameters import Parameters
from archiver.store.frontier import Pending

NO_STORIES = (Outcome.LISTING, Outcome.OTHER_PAGE)
"""What comes of a front page, however little it shows."""


@dataclass(slots=True)
class Shape:
    """How a family of addresses has done so far."""

    visited: int = 0
    barren: int = 0  # in a row
    articles: int = 0
    dropped: bool = False  # some were left as traps
    twins: int = 0  # in a row, other forms of known articles
    older: int = 0  # in a row, published before what the crawl asks for


@dataclass(slots=True)
class SiteCrawl:
    """The state of one site within a crawl."""

    id: int
    name: str
    start_url: str
    connections: int = 1
    part: str | None = None  # the folder that it is kept to: "/arabic/"
    transferring: set[int] = field(default_factory=set)  # rows on the wire
    open_rows: dict[int, Pending] = field(default_factory=dict)  # handed out, outcome not yet known
    buffer: deque[Pending] = field(default_factory=deque)
    refill: bool = True  # the frontier may hold what should go before the buffer
    more: bool = False  # the frontier held more than the buffer took
    rests_until: str | None = None  # UTC; it asked for more than this crawl waits
    hold_until: float = 0.0  # by the monotonic clock: one that is set back holds nothing up
    outcomes: Counter[str] = field(default_factory=Counter)
    shapes: dict[str, Shape] = field(default_factory=dict)
    parameters: Parameters = field(default_factory=Parameters)
    unread: dict[str, int] = field(
        default_factory=dict
    )  # rows near the front that were neither story nor listing
    listed: dict[str, int] = field(default_factory=dict)  # what each listing led to, as a hash
    named: int = 0  # addresses that its pages led to, new or known; lists that are as they were count as one
    looks: int = 0  # articles looked at again because their time had come
    looked_at: datetime | None = None  # when nothing more was due
    gate_tries: int = 0  # how often it let us in only with a cookie; none are sent before
    sent_back: set[str] = field(default_factory=set)  # identities asked for again with the cookie of a wall
    turned_away: int = 0  # of these, how many came to the wall again
    has_news: bool = False  # something new was named: its section pages are worth a look
    failing: int = 0  # tries in a row that got no answer, or a server's error
    failing_since: str = ""  # UTC text, when the first of these came back
    skipped: int = 0  # addresses not asked for, as those like them were too old
    lost: int = 0  # addresses whose last try failed: later runs try them again
    refused: int = 0  # of these, those that were refused (a challenge, 403): not before a day has passed
    bytes: int = 0
    new_articles: int = 0
    blocked: str | None = None  # the evidence, once a challenge page stood before the whole site
    error: str | None = None  # of the entry point
    nothing: str | None = None  # why there is no article though the site is well

    def note_answer(self, *, failed: bool, fetched_at: str | None) -> None:
        """Counts failures in a row. A page that came before these (`fetched_at`, UTC text), and is read only now, is no
        sign that the site is there again.
        """
        if failed:
            self.failing_since = self.failing_since if self.failing else now_text()
            self.failing += 1
        elif fetched_at is None or fetched_at >= self.failing_since:
            self.failing = 0

    def when_again(self) -> str:
        """When what failed is tried again, in words: as `Reopening.failed` does it."""
        if not self.refused:
            return "the next run tries them again"
        if self.refused == self.lost:
            return "they were refused, and are tried again after a day"
        return f"the next run tries them again, those that were refused ({self.refused}) after a day"

    def promises_story(self, kind: str, shape: str) -> bool:
        """Whether an address of this kind looks like an article's, or like a page of a shape that has given some."""
        known = self.shapes.get(shape)
        return kind == "article" or (kind == "page" and known is not None and known.articles > 0)

    @property
    def leads_nowhere(self) -> bool:
        """Whether pages came, and not one of them led to another page or was a new article."""
        if self.named or self.new_articles:
            return False
        return any(self.outcomes[each] for each in NO_STORIES)

    @property
    def articles(self) -> int:
        """Articles this crawl archived or found again; other addresses of theirs are none."""
        return sum(self.outcomes[outcome] for outcome in ARCHIVED - {Outcome.ARTICLE_TWIN})

    @property
    def fetched(self) -> int:
        """Addresses that were tried; what was left as a trap, or as too old, was not."""
        return sum(self.outcomes.values()) - self.outcomes[Outcome.TRAP] - self.skipped

    @property
    def failures(self) -> int:
        return sum(self.outcomes[outcome] for outcome in FAILED)


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """A kept response."""

    id: int
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """An article on its way into the archive, and the try that brought it."""

    site: SiteCrawl
    row: Pending
    article: Article
    verdict_kind: str
    evidence: str
    snapshot: SnapshotRef
    facts: dict[str, Any]  # of the response: status, size, latency, etag, last_modified
    gave: int = 0  # promising addresses it led to
    pages: tuple[int, ...] = ()  # snapshots of its further pages
    cause: Literal["publisher", "unclear"] = "publisher"  # of a change, where it has one
