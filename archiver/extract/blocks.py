"""The body as blocks: paragraphs, headings, list items and quotes, letter for letter."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from archiver.article import ArticleWarning, Block, Found
from archiver.extract.asides import aside_skipper, prose_size
from archiver.extract.boilerplate import sort_lines
from archiver.extract.choice import Choice, provenance
from archiver.extract.generic import LEAST, blocks_of_text, by_trafilatura, stated_body
from archiver.extract.layout import BodyRegion
from archiver.extract.lines import Line, read_lines
from archiver.extract.nodes import squeezed
from archiver.extract.region import locate
from archiver.extract.sorted_lines import Sorted
from archiver.page import Element, Page

__all__ = ["locate", "read", "sort_region"]

SUBHEAD_LIMIT = 110  # characters of a bold line that is a subhead
SENTENCE_END = re.compile(r"[.،,:؛;؟?!»\"”)]\s*$")
HEADING_LIMIT = 200  # characters of a heading
SHORT_BODY = 120  # characters under which a body is worth a warning
TOO_LITTLE = 0.3  # of the page's own `articleBody`: less, and structure has missed the story
SAMPLE = 30
MISNAMED = 0.4  # of a region's prose: where less is left, the names of its parts mislead

Blocks: TypeAlias = Found[tuple[Block, ...]]


def sort_region(
    region: BodyRegion,
    title: str | None = None,
    headline: Element | None = None,
    sites: frozenset[str] = frozenset(),
    host: str = "",
) -> Sorted:
    """The lines of all of a region's elements, each with its role; `sites` is what the site calls itself, folded, and
    `host` where it is.
    """
    lines: list[Line] = []
    for element in region.elements:
        lines += read_lines(element, aside_skipper(element, region.removed, entries=region.entries))
    found = sort_lines(lines, title, headline, sites, host)
    if _size(lines) > MISNAMED * sum(map(prose_size, region.elements)):
        return found
    removed = region.removed.__contains__
    every = [line for element in region.elements for line in read_lines(element, removed)]
    enough = 2 * _size(found.story)
    if _size(every) <= enough:
        return found  # what is not read is no text: scripts, styles
    unnamed = sort_lines(every, title, headline, sites, host)
    return unnamed if _size(unnamed.story) > enough else found


def _size(lines: Iterable[Line]) -> int:
    """The characters of lines."""
    return sum(len(line.text) for line in lines)


def read(region: BodyRegion, lines: Sorted, page: Page | None = None) -> Choice[tuple[Block, ...]]:
    """The story's blocks; where the region holds too little, what the page's data or trafilatura says.

    Empty, with a warning, where there is no story.
    """
    blocks = tuple(map(block_of, lines.story))
    found = Found(blocks, _text(blocks), region.source, region.locator)
    warnings: tuple[ArticleWarning, ...] = ()
    if page is not None:
        found, warnings = _checked(found, page, region, walled=lines.walled)
    if not found.value:
        return Choice((), None, (*warnings, ArticleWarning("no_body", "no text of a story was found")))
    length = sum(len(block.text) for block in found.value)
    if length < SHORT_BODY:
        warnings += (ArticleWarning("short_body", f"{length} characters"),)
    return Choice(found.value, provenance(found), warnings)


def _checked(
    found: Blocks, page: Page, region: BodyRegion, *, walled: bool
) -> tuple[Blocks, tuple[ArticleWarning, ...]]:
    """What structure gave, held against the page's `articleBody`; another source where it is too little."""
    stated = stated_body(page)
    mine = squeezed(found.raw) if stated else found.raw.strip()
    theirs = squeezed(stated.value if stated else "")
    if stated and len(mine) < TOO_LITTLE * len(theirs):
        blocks = blocks_of_text(stated.value)
        warning = ArticleWarning("body_from_data", f"structure gave {len(mine)} characters of {len(theirs)}")
        return Found(blocks, stated.raw, stated.source, stated.locator), (warning,)
    if not mine and region.elements and not (walled or _asks_for_password(region)):
        other = by_trafilatura(page)
        if other is not None and sum(len(block.text) for block in other.value) >= SHORT_BODY:
            return other, (ArticleWarning("body_from_fallback", "structure gave nothing"),)
    if stated and not _agree(found.value, theirs):
        return found, (ArticleWarning("body_disagrees", "the page's articleBody says something else"),)
    return found, ()


def _asks_for_password(region: BodyRegion) -> bool:
    """Whether a word is asked for where the story should stand: the rest of the page is none of it."""
    inputs = (each for home in region.elements for each in home.iter("input"))
    return any((each.get("type") or "").lower() == "password" for each in inputs)


def _agree(blocks: Sequence[Block], theirs: str) -> bool:
    """Whether most of the blocks are in the page's own statement of its body, as far as that goes."""
    heads = [squeezed(block.text)[:SAMPLE] for block in blocks if len(block.text) > 2 * SAMPLE]
    return not heads or 2 * sum(head in theirs for head in heads) >= len(heads) or len(theirs) < LEAST


def _text(blocks: Sequence[Block]) -> str:
    return " ".join(block.text for block in blocks)


def block_of(line: Line) -> Block:
    """A line as a block; a bold line by itself is a subhead."""
    if line.type == "heading" and len(line.text) > HEADING_LIMIT:
        return Block("paragraph", line.text)  # some sites set whole stories in heading tags
    bold_head = line.strong and line.type == "paragraph" and len(line.text) < SUBHEAD_LIMIT
    if bold_head and not SENTENCE_END.search(line.text):
        return Block("heading", line.text)
    return Block(line.type, line.text)


def body_of(blocks: Sequence[Block]) -> str | None:
    """The text of the blocks, parted by a blank line."""
    return "\n\n".join(block.text for block in blocks) or None
