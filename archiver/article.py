"""The normalised item: what every surface (Python, command line, API, JSONL) shows of one article.

Frozen values only; `Article.to_dict()` is the JSON form. Text is verbatim: what the page said,
letter for letter, white space and bidirectional controls apart. No `slots`: these values travel between
processes, and Python pickles a slotted dataclass field by field, ten times as slowly.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

PARSER = "warraq/19"
"""Name and revision of the extraction; a later revision may read the same snapshot differently."""

BlockType = Literal["paragraph", "heading", "quote", "list_item"]
DateRole = Literal["published", "modified", "served"]
ImageRole = Literal["lead", "inline"]
LinkKind = Literal["check_also", "related", "inline"]
Precision = Literal["year", "month", "day", "hour", "minute", "second"]
Source = Literal[
    "profile",
    "theme",
    "structure",
    "json_ld",
    "microdata",
    "opengraph",
    "meta",
    "hint",
    "url",
    "trafilatura",
    "page_state",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One candidate for a field: its value, the text it was read from, and where that stood."""

    value: T
    raw: str
    source: Source
    locator: str  # a CSS selector, a JSON-LD path, a meta name, a hint's name


@dataclass(frozen=True)
class Provenance:
    """Where the chosen value of one field came from."""

    source: Source
    locator: str
    raw: str  # the text it was read from, at most 500 characters


TRACED = (
    "title", "subtitle", "description", "language", "published_at", "modified_at", "breadcrumbs", "section", "authors",
    "agency", "body", "images", "see_also", "tags", "canonical_url", "displayed_date",
)  # fmt: skip
"""The fields that have a provenance, in the order in which an article tells it."""


@dataclass(frozen=True)
class ArticleWarning:
    """Something a reader of this article must know: a fixed code, and the particulars."""

    code: str
    detail: str


@dataclass(frozen=True)
class DisplayedDate:
    """A date as the page prints it; `value` is ISO 8601 or None where it could not be read."""

    text: str
    value: str | None
    role: DateRole


@dataclass(frozen=True)
class Crumb:
    name: str
    url: str | None


@dataclass(frozen=True)
class Block:
    type: BlockType
    text: str


@dataclass(frozen=True)
class Image:
    url: str
    caption: str | None
    credit: str | None
    alt: str | None
    role: ImageRole


@dataclass(frozen=True)
class Link:
    """A «شاهد أيضاً» link: to another article, from a box, a related list or within the text."""

    title: str
    url: str
    excerpt: str | None
    kind: LinkKind


@dataclass(frozen=True)
class Article:
    """One article as read from one snapshot. What the page does not show is None or empty.

    `published_at` and `modified_at` are a `date` where only the day is known, else a `datetime`
    (aware where the zone is known). `body` is the text of `blocks`, parted by a blank line.
    """

    url: str
    canonical_url: str
    site: str
    title: str | None = None
    subtitle: str | None = None
    description: str | None = None
    language: str | None = None
    published_at: date | datetime | None = None
    published_precision: Precision | None = None
    modified_at: date | datetime | None = None
    displayed_date: DisplayedDate | None = None
    breadcrumbs: tuple[Crumb, ...] = ()
    section: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    body: str | None = None
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    see_also: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    provenance: dict[str, Provenance] = field(default_factory=dict)
    warnings: tuple[ArticleWarning, ...] = ()
    parser: str = PARSER

    def to_dict(self) -> dict[str, Any]:
        """The item as plain JSON values; dates are ISO 8601, date-only when only the day is known."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else each.__dict__.copy() for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: each.__dict__.copy() for name, each in value.items()}
    return value.__dict__.copy()  # the parts of an article hold nothing but text
