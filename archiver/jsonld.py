"""JSON-LD as it is found: commented, concatenated, with raw newlines and trailing commas.

`read_jsonld` gives flat nodes: every object that stands for something on its own, outermost first.
What cannot be read is left out; the rest of the page's blocks still count.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

MAX_BLOCK = 400_000
MAX_NODES = 300
MAX_DEPTH = 12
WRAPPERS = re.compile(r"<!--|-->|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?")
TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")
BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
MISSING_COMMA = re.compile(r"(?<=[}\]\"])(\s*\n\s*)(?=\"[@\w]+\"\s*:)")
STORY_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "blogposting",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "socialmediaposting",
        "posting",
        "report",
        "advertisercontentarticle",
        "techarticle",
        "scholarlyarticle",
        "hentry",
    }
)
"""schema.org types that stand for a story."""
LONE_SURROGATE = re.compile(
    r"\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}", re.IGNORECASE
)
"""Half of an escaped pair: no text can hold it."""
_DECODER = json.JSONDecoder(strict=False)


def read_jsonld(blocks: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The nodes of these script texts, at most `MAX_NODES`."""
    left = MAX_NODES
    for block in blocks:
        for value in _values(block[:MAX_BLOCK]):
            for node in _nodes(value, 0):
                if left <= 0:
                    return
                left -= 1
                yield node


def _values(block: str) -> Iterator[Any]:
    """The JSON values of one block, which may hold several one after the other."""
    if "\\ud" in block or "\\uD" in block:
        block = LONE_SURROGATE.sub(r"\\ufffd", block)
    try:
        yield _DECODER.decode(block.strip())
        return
    except (ValueError, RecursionError):
        text = WRAPPERS.sub("", block)
    text = MISSING_COMMA.sub(r",\1", BAD_ESCAPE.sub(r"\\\\", TRAILING_COMMA.sub("", text)))
    place = _next_value(text, 0)
    while place >= 0:
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield value
        place = _next_value(text, place)


def _next_value(text: str, start: int) -> int:
    places = [place for place in (text.find("{", start), text.find("[", start)) if place >= 0]
    return min(places, default=-1)


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The top-level objects, and those of their `@graph` and `mainEntity…`: flat, outermost first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "@graph" not in value:
            yield value
        yield from _nodes(value.get("@graph"), depth + 1)
        for inner in ("mainEntity", "mainEntityOfPage", "breadcrumb"):
            if isinstance(value.get(inner), dict | list) and value[inner] is not value:
                yield from _nodes(value[inner], depth + 1)


def types(node: Any) -> frozenset[str]:
    """The node's types, without namespace, lower-case: ``newsarticle``."""
    found = node.get("@type") if isinstance(node, dict) else None
    names = found if isinstance(found, list) else [found]
    return frozenset(re.split(r"[/#:]", name)[-1].lower() for name in names if isinstance(name, str))


def text(value: Any) -> str | None:
    """A property's text: a string, the first of a list, or an object's `name`, `@value` or `@id`."""
    if isinstance(value, list):
        value = next((each for each in value if each), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url") or value.get("@id")
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return " ".join(value.split()) or None


def is_story(node: Any) -> bool:
    """Whether a node stands for a story."""
    return not STORY_TYPES.isdisjoint(types(node))
