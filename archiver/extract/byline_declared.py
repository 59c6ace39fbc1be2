"""Who the head, the structured data and the feed say wrote it, and whether the page shows the name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archiver import jsonld
from archiver.article import Found
from archiver.extract.byline_facts import stands_among
from archiver.extract.byline_lexicon import given_names, newsrooms
from archiver.extract.byline_places import is_out_of_sight
from archiver.extract.byline_text import is_login, is_site, parse_byline
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean
from archiver.extract.structured import by_id
from archiver.page import Page
from archiver.page_state import origin

ORGANISATIONS = frozenset({"organization", "newsmediaorganization"})
HOST = re.compile(r"https?://|\bwww\.")
TEXT_BEFORE, TEXT_AFTER = re.compile(r">[^<>{}\"]*$"), re.compile(r"[^<>{}\"]*<")
"""What stands around a name in a text node of the source."""


def declared(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    """Each writer, or list of them, that these name; whom the page does not show as well."""
    page = layout.page
    nodes = by_id(page)
    sites = layout.site_names
    for node in page.stories:
        people = node.get("author") or node.get("creator")
        told = _person_names(people, nodes)
        names = _real(told, sites) or tuple(name for name in told if stands_among(layout, name))
        if names:
            yield Found(names, str(people), *origin(node, "author"))
    for name in (
        "author",
        "article:author",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "byl",
    ):
        names = _real(page.meta.get(name, ()), sites)
        if names:
            yield Found(names, ", ".join(page.meta[name]), "opengraph" if ":" in name else "meta", name)
    feed = page.hints.get("feed_author")
    if isinstance(feed, str) and (names := _real([feed], sites)):
        yield Found(names, feed, "hint", "feed_author")


def _person_names(value: Any, nodes: Mapping[str, Any]) -> list[str]:
    """The names of people in an `author`: strings, objects, or pointers to other nodes."""
    names: list[str] = []
    for person in value if isinstance(value, list) else [value]:
        name = person
        if isinstance(person, dict):
            if not jsonld.types(person).isdisjoint(ORGANISATIONS) and not _is_desk(person):
                continue
            identity = person.get("@id")
            target = nodes.get(identity, person) if isinstance(identity, str) else person
            name = jsonld.text(person.get("name")) or jsonld.text(target.get("name"))
        if isinstance(name, str):
            names.append(clean(name))
    return names


def _is_desk(organisation: dict[str, Any]) -> bool:
    """Whether an organisation is called as a desk of a house is: «GlobalScore Editorial», «فريق التحقيقات»."""
    words = bare_words(jsonld.text(organisation.get("name")) or "").split()
    return len(words) > 1 and not newsrooms().isdisjoint(words)


def _real(texts: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Names of people: no addresses, no site's own name, no agency."""
    kept = []
    for text in texts:
        if HOST.search(text):  # «Deutsche Welle (www.dw.com)»
            continue
        names = parse_byline(text, labelled=True).authors
        others = [name for name in names if not (is_site(bare_words(name), sites) or name.startswith("@"))]
        if len(others) < len(names):  # «صوت الوادي - أكبر الصحف في أمريكا»
            others = [name for name in others if name.split()[0] in given_names()]
        kept += others
    return tuple(dict.fromkeys(kept))


def is_shown(page: Page, name: str) -> bool:
    """Whether a name stands in the page's visible text, not only in its head or scripts; a login not where it is
    hidden."""
    at = page.text.find(name)
    while at >= 0:
        before = page.text[max(0, at - 80) : at]
        after = page.text[at + len(name) : at + len(name) + 80]
        if TEXT_BEFORE.search(before) and TEXT_AFTER.match(after):
            seen = (element for text, element in page.runs if name in text)
            return not is_login(name) or not all(map(is_out_of_sight, seen))
        at = page.text.find(name, at + len(name))
    return False
