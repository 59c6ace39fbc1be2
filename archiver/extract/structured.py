"""What the page's structured data says of the story: JSON-LD nodes, and which of them are its own."""

from collections.abc import Mapping
from typing import Any

from archiver import jsonld
from archiver.page import Page

ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "blogposting", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting", "socialmediaposting", "posting", "report",
    "advertisercontentarticle", "techarticle", "scholarlyarticle", "hentry",
})
"""schema.org types that stand for a story."""


def articles_of(page: Page) -> list[Mapping[str, Any]]:
    """The JSON-LD nodes that stand for a story, in order."""
    return [node for node in page.jsonld if not ARTICLE_TYPES.isdisjoint(jsonld.types(node))]


def by_id(page: Page) -> Mapping[str, Mapping[str, Any]]:
    """{`@id`: node}, for properties that only point at another node of the graph."""
    return {node["@id"]: node for node in page.jsonld if isinstance(node.get("@id"), str) and len(node) > 2}
