"""From a page to an article: every field read by its own module, put together here.

`read_page` is what a crawl's worker calls; `extract_article` is the same for one document in hand.
Both are total: whatever the bytes, an `Article` comes back, and its warnings say what it lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archiver.article import Article
from archiver.extract.kind import Verdict
from archiver.page import Page
from archiver.sites.profile import Profile

__all__ = ["Reading", "Verdict", "extract_article", "read_page"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page was taken for, and what was read of it."""

    verdict: Verdict
    article: Article


def extract_article(
    html: bytes,
    url: str,
    *,
    fetched_at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    hints: Mapping[str, Any] | None = None,
) -> Article:
    """The article of one document; never raises, and warns of what is no article."""
    return read_page(Page(html, url, fetched_at=fetched_at, headers=headers, hints=hints)).article


def read_page(page: Page, profile: Profile | None = None) -> Reading:
    """What the page is, and its article; `profile` where the caller knows better than the page."""
    return Reading(Verdict("other"), Article(page.url, page.canonical or page.url, page.host))
