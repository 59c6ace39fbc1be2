"""The body as blocks: paragraphs, headings, list items and quotes, letter for letter."""

import re
from collections.abc import Iterable, Sequence

from archiver.article import ArticleWarning, Block, Provenance
from archiver.extract.boilerplate import Sorted, aside_skipper, sort_lines
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.layout import BodyRegion
from archiver.extract.lines import Line, read_lines
from archiver.extract.region import locate

__all__ = ["locate", "read", "sort_region"]

SUBHEAD_LIMIT = 110  # characters of a bold line that is a subhead
SENTENCE_END = re.compile(r"[.،,:؛;؟?!»\"”)]\s*$")
SHORT_BODY = 120  # characters under which a body is worth a warning


def sort_region(region: BodyRegion, title: str | None = None) -> Sorted:
    """The lines of all of a region's elements, each with its role."""
    lines = [line for element in region.elements for line in read_lines(element, aside_skipper(element))]
    return sort_lines(lines, title)


def read(region: BodyRegion, lines: Sorted) -> Choice[tuple[Block, ...]]:
    """The story's blocks; empty with a warning where the region holds no text."""
    blocks = tuple(map(block_of, lines.story))
    if not blocks:
        return Choice((), None, (ArticleWarning("no_body", "no text of a story was found"),))
    raw = " ".join(block.text for block in blocks)[:RAW_LIMIT]
    return Choice(blocks, Provenance(region.source, region.locator, raw), tuple(_warnings(blocks)))


def block_of(line: Line) -> Block:
    """A line as a block; a bold line by itself is a subhead."""
    bold_head = line.strong and line.type == "paragraph" and len(line.text) < SUBHEAD_LIMIT
    if bold_head and not SENTENCE_END.search(line.text):
        return Block("heading", line.text)
    return Block(line.type, line.text)


def body_of(blocks: Sequence[Block]) -> str | None:
    """The text of the blocks, parted by a blank line."""
    return "\n\n".join(block.text for block in blocks) or None


def _warnings(blocks: Sequence[Block]) -> Iterable[ArticleWarning]:
    length = sum(len(block.text) for block in blocks)
    if length < SHORT_BODY:
        yield ArticleWarning("short_body", f"{length} characters")
