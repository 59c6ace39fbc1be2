"""What the page's structured data says of the story, and what the site calls itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archiver import jsonld
from archiver.extract.nodes import bare_words, text_of
from archiver.page import Page


def by_id(page: Page) -> Mapping[str, Mapping[str, Any]]:
    """{`@id`: node}, for properties that only point at another node of the graph."""
    return {node["@id"]: node for node in page.jsonld if isinstance(node.get("@id"), str) and len(node) > 2}


TITLE_PARTS = re.compile(r"\s+(?:[-–—|:»«]+|::)\s+|\s*\|\s*")
SITE_TYPES = frozenset({"organization", "newsmediaorganization", "website", "webpage"})


def _on_logo(page: Page) -> Iterator[str]:
    """What stands on the picture of the first link home, the logo; or what that says, where it is a heading."""
    for link in page.by_tag.get("a", ())[:FIRST_LINKS]:
        image, parent = link.find(".//img"), link.getparent()
        heads = parent is not None and parent.tag == "h1"
        if (image is not None or heads) and path_of(page.resolve(link.get("href")) or "x://x/x") in HOME:
            said = text_of(link, LONGEST_NAME) if image is None else image.get("alt") or ""
            yield said if len(said) < LONGEST_NAME else ""
            return


def path_of(url: str) -> str:
    """The path of an address, however unsound the rest of it is."""
    slash, path = url.partition("://")[2].partition("/")[1:]
    return (slash + path).partition("?")[0].partition("#")[0]


FIRST_LINKS = 12  # links among which the logo is
LONGEST_NAME = 40
HOME = ("", "/", "/index.html", "/index.php")


def _without_writer(shared: str, titles: Sequence[str]) -> str:
    """A title for sharing without what it begins with, where the page's own has no such words: «فلان الفلاني | …»."""
    first, *rest = TITLE_PARTS.split(shared, maxsplit=1)
    return rest[0] if rest and titles and first not in titles[0] else shared


def house_names(page: Page) -> frozenset[str]:
    """What the site calls itself, folded: by its host, its head, its structured data, on its logo."""
    return _folded(_house_names(page))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for name in names if "://" not in name and (folded := bare_words(name)))


def _house_names(page: Page) -> list[str]:
    names = [page.host, page.host.split(".")[0]]
    for name in ("og:site_name", "application-name", "publisher", "twitter:site"):
        names += page.meta.get(name, ())
    for node in page.jsonld:
        if not jsonld.types(node).isdisjoint(SITE_TYPES):
            names.append(jsonld.text(node.get("name")) or "")
        names.append(jsonld.text(node.get("publisher")) or "")
    return [*names, *_on_logo(page)]


def site_names(page: Page) -> frozenset[str]:
    """As `house_names`, and what stands before or behind its titles."""
    names = _house_names(page)
    titles = [text_of(each) for each in page.by_tag.get("title", ())[:1]]
    titles += [_without_writer(each, titles) for each in page.meta.get("og:title", ())[:1]]
    between: list[
        str
    ] = []  # parts of a title that may be the site's whole name: «… | زاد الأردن الإخباري - أخبار الأردن»
    for title in titles:
        parts = TITLE_PARTS.split(title)
        names += [part for part in (parts[:1] + parts[-1:] if len(parts) > 1 else ()) if len(part) < 40]
        between += parts[1:-1]
    found = _folded(names)
    longer = (
        folded
        for part in between
        if (folded := bare_words(part)).startswith(tuple(f"{name} " for name in found))
    )
    return found | frozenset(longer)
