"""From a page to an article: every field read by its own module, put together here.

`read_page` is what a crawl's worker calls; `extract_article` is the same for one document in hand.
Both are total: whatever the bytes, an `Article` comes back, and its warnings say what it lacks.
"""

import gc
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from archiver.article import Article, ArticleWarning, DisplayedDate, Provenance
from archiver.decoding import REPLACEMENT
from archiver.extract import (
    blocks,
    breadcrumbs,
    byline,
    description,
    images,
    kind,
    language,
    published,
    section,
    see_also,
    subtitle,
    tags,
    title,
)
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.headline import find_headline
from archiver.extract.kind import Verdict
from archiver.extract.layout import Layout
from archiver.extract.zones import read_names
from archiver.page import Page
from archiver.sites.profile import Profile, profile_for

__all__ = ["Reading", "Verdict", "extract_article", "lay_out", "read_page"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page was taken for, and what was read of it."""

    verdict: Verdict
    article: Article


def extract_article(
    html: bytes | str,
    url: str,
    *,
    fetched_at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    hints: Mapping[str, Any] | None = None,
) -> Article:
    """The article of one document; never raises, whatever its bytes, and warns of what is no article. `TypeError` says
    what is asked for where `html` is neither bytes nor str, `url` no str, or `fetched_at` no datetime.

    Bytes are best, for their encoding is found; of text that somebody has decoded, only that is known.
    """
    body = BOM_UTF8 + html.encode(errors="replace") if isinstance(html, str) else html
    with _uncollected():
        return read_page(Page(body, url, fetched_at=fetched_at, headers=headers, hints=hints)).article


def read_page(page: Page, profile: Profile | None = None) -> Reading:
    """What the page is, and its article; `profile` where the caller knows better than the page."""
    layout = lay_out(page, profile or profile_for(page))
    article = _article(layout)
    verdict = kind.judge(layout, article)
    warnings = (*article.warnings, *kind.warnings(verdict, article))
    return Reading(verdict, replace(article, warnings=tuple(dict.fromkeys(warnings))))


@contextmanager
def _uncollected() -> Iterator[None]:
    """The collector of cycles held off while a page is read and let go: it makes no cycles (a test holds that),
    and thousands of objects, which would set it off."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def lay_out(page: Page, profile: Profile) -> Layout:
    """The page with its headline and its body found."""
    bare = Layout(page, profile, read_names(page), title.references_of(page))
    headline = find_headline(bare)
    return replace(bare, headline=headline, body=blocks.locate(page, profile, headline))


def _article(layout: Layout) -> Article:
    page = layout.page
    canonical = canonical_url(page)
    headline = title.read(layout)
    lines = blocks.sort_region(layout.body, headline.value, layout.headline, layout.site_names, page.host)
    standfirst = subtitle.read(layout, lines.standfirst())
    lines = lines.without_standfirst(standfirst.value)
    story = blocks.read(layout.body, lines, page)
    body = blocks.body_of(story.value)
    dates = published.read(layout)
    trail = breadcrumbs.read(layout)
    credit = byline.read(layout, [block.text for block in story.value], lines.apart)
    choices: dict[str, Choice[Any]] = {
        "title": headline,
        "subtitle": standfirst,
        "description": description.read(layout),
        "language": language.read(layout, body),
        "published_at": dates.published,
        "modified_at": dates.modified,
        "breadcrumbs": trail,
        "section": section.read(layout, trail.value, credit.authors.value),
        "authors": credit.authors,
        "agency": credit.agency,
        "body": story,
        "images": images.read(layout, [block.text for block in story.value]),
        "see_also": see_also.read(layout, canonical, lines),
        "tags": tags.read(layout, body),
    }
    values = {name: choice.value for name, choice in choices.items()}
    stamp, change = values.pop("published_at"), values.pop("modified_at")
    return Article(
        url=page.url,
        canonical_url=canonical,
        site=page.host,
        **{**values, "body": body},
        blocks=story.value,
        published_at=stamp.value if stamp else None,
        published_precision=stamp.precision if stamp else None,
        modified_at=change.value if change else None,
        displayed_date=dates.displayed,
        provenance=_provenance(choices) | _of_address_and_date(page, canonical, dates.displayed),
        warnings=_warnings(page, choices, headline.value, body),
    )


def canonical_url(page: Page) -> str:
    """The canonical address where it is of this page: not the home page's, not a copy tool's file name."""
    return page.canonical if page.canonical and _same_depth(page.canonical, page.url) else page.url


def _same_depth(canonical: str, url: str) -> bool:
    """A canonical that is a bare home page, under an address that is not one, belongs to the home page."""
    path = canonical.partition("://")[2].partition("/")[2].strip("/")
    return bool(path) or not url.partition("://")[2].partition("/")[2].strip("/")


def _provenance(choices: Mapping[str, Choice[Any]]) -> dict[str, Provenance]:
    return {name: choice.provenance for name, choice in choices.items() if choice.provenance is not None}


def _of_address_and_date(
    page: Page, canonical: str, displayed: DisplayedDate | None
) -> dict[str, Provenance]:
    """Where the two fields come from that are read, not chosen."""
    is_own = canonical == page.url and page.canonical != canonical
    found = {
        "canonical_url": Provenance("url", "url", page.url)
        if is_own
        else Provenance("meta", "link[rel=canonical]", canonical)
    }
    if displayed is not None:
        where = "the header's clock" if displayed.role == "served" else "the line of facts by the headline"
        found["displayed_date"] = Provenance("structure", where, displayed.text[:RAW_LIMIT])
    return found


def _warnings(
    page: Page, choices: Mapping[str, Choice[Any]], headline: str | None, body: str | None
) -> tuple[ArticleWarning, ...]:
    found = list(page.warnings)
    if not page.body or page.body.isspace():
        found.append(ArticleWarning("empty_document", "the document is empty"))
    for choice in choices.values():
        found += choice.warnings
    found += (
        ArticleWarning("replacement_character", f"{name} holds U+FFFD in place of letters")
        for name, text in (("title", headline), ("body", body))
        if text and REPLACEMENT in text
    )
    return tuple(found)
