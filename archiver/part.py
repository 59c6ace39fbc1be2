"""The part of a site that its address names: of ``https://www.example.com/arabic``, what is under ``/arabic``.

What such a site has in other languages is not asked for, unless its front page leads elsewhere, or did so before.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from archiver.candidate import Candidate
from archiver.progress import SiteCrawl
from archiver.store.frontier import LISTS, Pending
from archiver.store.tables import ArticleRow
from archiver.urls import unquoted

ARABIC = re.compile(r"ar(?:[-_][a-z]{2})?|ara|arb|arabic|العربية|عربي", re.IGNORECASE)
"""What a folder is called that holds what a site has in Arabic."""
DEEPEST = 3  # folders down, as /language/arabic/ar
SAMPLE = 500  # articles


def part_of(url: str) -> str | None:
    """The folder of an address that names the Arabic part of a site, as "/arabic/"; None where it names none.

    >>> part_of("https://www.example.com/ar/الرئيسية/s-9106")
    '/ar/'
    """
    folders = _path(url).split("/")[1 : DEEPEST + 1]
    last = max((place for place, each in enumerate(folders) if ARABIC.fullmatch(each)), default=None)
    return None if last is None else f"/{'/'.join(folders[: last + 1])}/"


def is_within(url: str, part: str) -> bool:
    """Whether an address is in a part of its site."""
    return f"{_path(url)}/".startswith(part)


def part_to_keep_to(connection: Connection, site_id: int, start_url: str) -> str | None:
    """The part that a site's address names, unless most of its articles in the archive are elsewhere."""
    part = part_of(start_url)
    if part is None:
        return None
    newest = (
        select(ArticleRow.url)
        .where(ArticleRow.site_id == site_id)
        .order_by(ArticleRow.id.desc())
        .limit(SAMPLE)
    )
    return part if _are_within(connection.scalars(newest), part) else None


def kept_to_part(site: SiteCrawl, row: Pending, candidates: Iterable[Candidate]) -> list[Candidate]:
    """What a page named, without what is outside the site's part; sitemaps and feeds are read wherever they are. A
    front page that names more outside than within ends that: its stories are kept elsewhere.
    """
    named = list(candidates)
    if site.part is None:
        return named
    pages = [each.url for each in named if each.kind not in LISTS]
    if row.depth == 0 and row.kind not in LISTS and not _are_within(pages, site.part):
        site.part = None
        return named
    return [each for each in named if each.kind in LISTS or is_within(each.url, site.part)]


def _are_within(urls: Iterable[str], part: str) -> bool:
    found = [is_within(url, part) for url in urls]
    return 2 * sum(found) >= len(found)


def _path(url: str) -> str:
    return unquoted(urlsplit(url).path).lower().rstrip("/")
