"""What discovery hands on: an address, and what was known of it where it was found."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["page", "listing", "article", "sitemap", "feed"]


@dataclass(frozen=True)
class Candidate:
    """An address as discovery found it."""

    url: str  # canonical
    kind: Kind
    depth: int = 0
    hints: dict[str, Any] = field(default_factory=dict)
    entry: bool = False  # an entry point of the site: asked for again by every crawl
