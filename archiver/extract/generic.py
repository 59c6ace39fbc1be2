"""Where structure falls short: the body as the page's own data has it, or as trafilatura finds it.

Both are last resorts. JSON-LD's `articleBody` is the story for a page that a script draws; it has lost
its subheads and often its paragraphs. trafilatura costs more than all the rest of an extraction, so it
is imported only when it is called.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from archiver import jsonld
from archiver.article import Block, Found
from archiver.extract.lines import read_lines
from archiver.extract.nodes import clean
from archiver.page import Page
from archiver.page_state import StateStory, origin

MARKUP = re.compile(r"<\s*(?:p|br|div|span|strong|h[1-6])\b", re.I)
MOST_ELEMENTS, MOST_BYTES = 6_000, 1_500_000
"""Of a page that trafilatura is asked about: it is linear, and slow."""
MOST_UPDATES = 200
CHROME, SHORT, SHORT_MEAN = 12, 100, 25
"""Lines of one paragraph, characters of the longest and of all on the average, that are menus and lists and no text."""
LEAST = 200
"""Characters of an `articleBody` that is worth reading; shorter ones are summaries."""


def stated_body(page: Page) -> Found[str] | None:
    """The longest `articleBody` of the page's JSON-LD, entities decoded; None where there is none."""
    text = page.stated_body
    if len(text) < LEAST:
        return None
    drawn = next((node for node in page.stories if isinstance(node, StateStory)), None)
    source, locator = origin(drawn if drawn is not None else {}, "articleBody")
    return Found(text, text[:500], source, locator)


def live_updates(page: Page) -> Iterator[str]:
    """What the page's JSON-LD states as the text of each entry of its live blog."""
    for node in page.jsonld:
        updates = node.get("liveBlogUpdate")
        for each in islice(updates if isinstance(updates, list) else [updates], MOST_UPDATES):
            if isinstance(each, dict) and (text := jsonld.text(each.get("articleBody"))):
                yield text


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Plain text or a fragment of HTML as blocks, one a line."""
    if MARKUP.search(text):
        root = etree.fromstring(f"<div>{text}</div>".encode(), etree.HTMLParser(encoding="utf-8"))
        lines: Iterator[str] = (line.text for line in read_lines(root)) if root is not None else iter(())
    else:
        lines = map(clean, text.splitlines())
    return tuple(Block("paragraph", line) for line in lines if line)


def _is_chrome(text: str) -> bool:
    """Whether all that was found is one paragraph of short lines: where it finds no text, trafilatura gives the whole
    page, menus and all.
    """
    lines = text.splitlines()
    if text.count("<p>") != 1 or len(lines) < CHROME:
        return False
    return max(map(len, lines)) < SHORT and len(text) < SHORT_MEAN * len(lines)


def by_trafilatura(page: Page) -> Found[tuple[Block, ...]] | None:
    """The body as trafilatura finds it; None where it finds none, and for a page it would take long over."""
    if len(page.elements) > MOST_ELEMENTS or len(page.body) > MOST_BYTES:
        return None
    import trafilatura  # a heavy import, wanted on few pages

    text = trafilatura.extract(  # as HTML: its plain text has signs of its own before items and between cells
        page.text, url=page.url, include_comments=False, include_tables=True, output_format="html"
    )
    blocks = () if _is_chrome(text or "") else blocks_of_text(text or "")
    return Found(blocks, (text or "")[:500], "trafilatura", "extract") if blocks else None
