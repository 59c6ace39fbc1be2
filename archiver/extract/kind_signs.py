"""What tells of pages that are no articles: words, addresses and classes, read from `data/kinds.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.extract.nodes import bare_words
from archiver.urls import unquoted

DATA = Path(__file__).parent / "data" / "kinds.toml"
SUFFIX = re.compile(r"\.(?:s?html?|aspx?|php\d?|jsp)$")
LANGUAGE = re.compile(r"[-_](?:ara?|arabic|eng?|english|fre?|french)$")
SYSTEM_LIST = re.compile(
    r"/itemlist/(?:category|user|tag|date|search)(?:[/.?]|$)"
    r"|/(?:spip\.php\?)?(?:rubrique|auteur|mot)-?\d+(?:\.html)?(?:[?&]|$)"
    r"|/(?:forumdisplay|viewforum)\.php|/(?:vb|forums?)/(?:index\.php)?(?:[?#]|$)|[?&;/]board[=,]\d|/search/label/|/taxonomy/term/\d|/search(?:\.php|\.aspx?)?/?\?"
)
"""What an address has in it that leads to no story of its own, in an extension for Joomla, in SPIP, in forums, on
Blogger, in Drupal, and where readers search."""
JOOMLA_LIST = re.compile(
    r"[?&]view=(?:category|categories|section|frontpage|featured|archive|itemlist)(?:&|$)"
)
"""The same in a query of Joomla's."""
PAGE_OF_LIST = re.compile(r"(?:start|limitstart|limit|page|paged|pg|offset)=\d+")
"""What turns a list's pages."""
MOST_PARTS, NAME_OF_STORY = 3, re.compile(r"\d|[-_]|.{16}")
"""Of a shelf's address; and what no part of it holds, but a story's number or name does."""
LONG_BODY, SOME_BODY, LINE = 700, 250, 120
"""Letters of a body that speaks for an article; of one that may; of a line, which says no more than what is shown."""


PHRASES = ("missing", "outage", "consent", "parked", "about", "rules", "checking", "more")
"""The lists of phrases: of what a page says; the others are parts of addresses, and classes."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The lists of `kinds.toml`; phrases are folded for comparison."""

    listing_paths: frozenset[str]
    front_paths: frozenset[str]
    listing_classes: frozenset[str]
    article_classes: frozenset[str]
    missing_classes: frozenset[str]
    missing: frozenset[str]
    outage: frozenset[str]
    consent: frozenset[str]
    accept: tuple[str, ...]
    paywall: tuple[str, ...]
    gallery_paths: frozenset[str]
    film_paths: frozenset[str]
    shelves: frozenset[str]
    site_paths: frozenset[str]
    poll_paths: frozenset[str]
    parked: frozenset[str]
    about: frozenset[str]
    rules: frozenset[str]
    checking: frozenset[str]
    more: frozenset[str]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The signs, read once."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    folded: dict[str, Any] = {name: frozenset(map(bare_words, data.pop(name))) for name in PHRASES}
    in_turn: dict[str, Any] = {name: tuple(map(bare_words, data.pop(name))) for name in ("paywall", "accept")}
    lists: dict[str, Any] = {name: frozenset(words) for name, words in data.items()}
    return Signs(**lists, **folded, **in_turn)


def segments(url: str) -> list[str]:
    try:
        path = urlsplit(url).path
    except ValueError:
        return []
    return [part for part in unquoted(path).lower().split("/") if part]


def is_of_site(url: str) -> bool:
    """Whether an address is a page's of the site itself: ``/contact-us.html``, ``/about/about-ara.htm``."""
    last = "".join(segments(url)[-1:])
    return not signs().site_paths.isdisjoint((last, LANGUAGE.sub("", SUFFIX.sub("", last))))


def is_of_list(url: str) -> bool:
    """Whether an address is a list's in its content system: a topic of SPIP's, a board of a forum's."""
    return SYSTEM_LIST.search(url) is not None or (
        "option=com_" in url and JOOMLA_LIST.search(url) is not None
    )


def is_front(url: str) -> bool:
    """Whether an address is a front page's, or one of its further pages: ``/index.php?start=36``."""
    return _is_turned(url) and "/".join(segments(url)) in signs().front_paths


def _is_turned(url: str) -> bool:
    """Whether all that an address asks for is a page of a list."""
    query = url.partition("#")[0].partition("?")[2]
    return all(PAGE_OF_LIST.fullmatch(pair) for pair in query.split("&")) if query else "?" not in url


def is_of_film(url: str) -> bool:
    """Whether an address is of a film or a broadcast: ``/video/12``, ``/programs/panorama/2026/11/25/…``."""
    return not signs().film_paths.isdisjoint(segments(url)[:-1])


def is_shelf(url: str) -> bool:
    """Whether an address ends where films, pictures or writers are listed: ``/videos``, ``/ar/photos?page=2``. A
    story's own end so too, behind its number or its name: ``/news/1234/photos``.
    """
    parts = segments(url)
    return (
        0 < len(parts) <= MOST_PARTS
        and parts[-1] in signs().shelves
        and not any(map(NAME_OF_STORY.search, parts))
        and _is_turned(url)
    )


def is_of_gallery(url: str) -> bool:
    """Whether an address is a gallery's: ``/gallery/12``, ``/GalleryDetails/12``."""
    return any(
        part.startswith(
            ("gallery", "galleries", "photoalbum", "photo-album", "photogallery", "photo-gallery")
        )
        or part in signs().gallery_paths
        for part in segments(url)
    )
