"""The shapes the API answers with. Names are the item's (see docs/data-dictionary.md)."""

from typing import Literal

from pydantic import BaseModel

from archiver.article import BlockType, DateRole, ImageRole, LinkKind


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str


class DisplayedDate(BaseModel):
    text: str
    value: str | None
    role: DateRole


class Crumb(BaseModel):
    name: str
    url: str | None


class Block(BaseModel):
    type: BlockType
    text: str


class Image(BaseModel):
    url: str
    caption: str | None
    credit: str | None
    alt: str | None
    role: ImageRole


class Link(BaseModel):
    title: str
    url: str
    excerpt: str | None
    kind: LinkKind


class Provenance(BaseModel):
    source: str
    locator: str
    raw: str


class Warned(BaseModel):
    code: str
    detail: str


class Item(BaseModel):
    """One article as one version of it was read."""

    url: str
    canonical_url: str
    site: str
    title: str | None
    subtitle: str | None
    description: str | None
    language: str | None
    published_at: str | None
    published_precision: str | None
    modified_at: str | None
    displayed_date: DisplayedDate | None
    breadcrumbs: list[Crumb]
    section: str | None
    authors: list[str]
    agency: str | None
    body: str | None
    blocks: list[Block]
    images: list[Image]
    see_also: list[Link]
    tags: list[str]
    provenance: dict[str, Provenance]
    warnings: list[Warned]
    parser: str


class Archived(BaseModel):
    """An article's newest version, and what the archive knows of it beside."""

    id: int
    version: int
    first_fetched_at: str
    fetched_at: str
    removed_at: str | None
    removed_how: str | None
    snapshot_id: int
    item: Item


class Version(BaseModel):
    """One state an article was read in."""

    number: int
    cause: str
    created_at: str
    fetched_at: str
    snapshot_id: int
    parser: str


class Piece(BaseModel):
    op: Literal["same", "removed", "added"]
    text: str


class Changed(BaseModel):
    """One field that differs between two versions; joined, the pieces of a line are its text."""

    field: str
    lines: list[list[Piece]]


class Found(BaseModel):
    """The id of the article of an address."""

    id: int
    url: str
