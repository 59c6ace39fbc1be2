"""The story's tags: as the page lists them, else as its head does."""

import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile
from typing import Any

from archiver.article import Found
from archiver.extract.choice import Choice, choose_first
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, name_of, text_of
from archiver.page import Element
from archiver.page_state import origin

COMMA = re.compile(r"\s*[,،;؛|]\s*")
TAG_ADDRESS = re.compile(r"/(?:[tT]ags?|keywords?|label|وسم)/|[?&]tag=|tagid=")
CLOUD = "tag-cloud-link"
"""The class by which WordPress names the links of its cloud of all the site's tags."""
LABEL = re.compile(
    r"^(?:الوسوم|وسوم|الكلمات الدلالية|كلمات دلالية|كلمات مفتاحية|الكلمات المفتاحية|tags?|مواضيع)\s*:?$", re.I
)
LONGEST = 60
LONGEST_LABEL = 25
MOST, MOST_LABELS = 40, 20
PHRASE = 3


def read(layout: Layout, body: str | None = None) -> Choice[tuple[str, ...]]:
    """Tags in the page's order, each once; keywords that are the site's, or the headline cut up, are none."""
    choice = choose_first("tags", _candidates(layout, body or ""), weights=layout.profile.weights.get("tags"))
    return Choice(choice.value or (), choice.provenance)


def _candidates(layout: Layout, body: str) -> Iterator[Found[tuple[str, ...]]]:
    page = layout.page
    matches = layout.profile.every("tags", page)
    if tags := _unique(text_of(match.element) for match in matches):
        yield Found(tags, ", ".join(tags), matches[0].source, matches[0].locator)
    related = ((each, rel.split()) for each in page.by_tag.get("a", ()) if (rel := each.get("rel")))
    shown = [each for each, rel in related if "tag" in rel and "category" not in rel]
    shown = [each for each in shown if not layout.outside(each) and CLOUD not in (each.get("class") or "")]
    if tags := _unique(map(text_of, shown)):
        yield Found(tags, ", ".join(tags), "structure", "a[rel=tag]")
    else:
        yield from _boxes(layout)
        yield from _addressed(layout)
        yield from _labelled(layout)
    for node in page.stories:
        if (tags := _listed(node.get("keywords"))) and not _is_search_phrase(tags, layout.title_key):
            yield Found(tags, str(node["keywords"]), *origin(node, "keywords"))
    for name in ("article:tag", "news_keywords", "keywords"):
        contents = page.meta.get(name, ())
        tags = _unique(part for each in contents for part in COMMA.split(each))
        if tags and not (name == "keywords" and _is_of_site(layout, tags, body)):
            yield Found(tags, ", ".join(contents), "opengraph" if ":" in name else "meta", name)
    if tags := _listed(layout.page.hints.get("feed_tags")):
        yield Found(tags, ", ".join(tags), "hint", "feed_tags")


def _boxes(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    """Links inside a box that is called tags, near the story."""
    for box in layout.called("tag_box"):
        if (
            layout.outside(box)
            or layout.headline_at is None
            or layout.page.positions[box] < layout.headline_at
        ):
            continue
        links: list[Element] = [
            each for each in box.iterfind(".//a[@href]") if CLOUD not in (each.get("class") or "")
        ]
        if tags := _unique(map(text_of, links)):
            yield Found(tags, ", ".join(tags), "structure", f"{name_of(box)} a")
            return


def _addressed(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    """Links behind the headline whose address says that they are tags."""
    start = layout.headline_at
    if start is None:
        return
    behind = (each for each in layout.page.by_tag.get("a", ()) if layout.page.positions[each] > start)
    links = [each for each in behind if is_tag_address(each.get("href") or "") and not layout.outside(each)]
    links = [each for each in links if CLOUD not in (each.get("class") or "")]
    if tags := _unique(map(text_of, links)):
        yield Found(tags, ", ".join(tags), "structure", "a[href*=tag]")


def _labelled(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    """Links beside a label behind the headline: «الوسوم: …»."""
    start = layout.headline_at
    labels = (run for run in layout.page.runs if len(run[0]) <= LONGEST_LABEL and LABEL.match(run[0].strip()))
    for text, element in islice(labels, MOST_LABELS):
        if start is None or layout.page.positions[element] < start or layout.outside(element):
            continue
        own = takewhile(lambda each: not layout.outside(each), _behind(element, text))
        beside = chain.from_iterable(each.iter("a") for each in own)
        linked = (each for each in beside if each.get("href") and CLOUD not in (each.get("class") or ""))
        links = list(islice(linked, MOST + 1))
        if len(links) <= MOST and (tags := _unique(map(text_of, links))):
            yield Found(tags, ", ".join(tags), "structure", f"{name_of(element)} a")
            return


def _behind(element: Element, label: str) -> Iterator[Element]:
    """What stands behind a label: in the element it stands in, else beside that one and the one around it."""
    parted = next((each for each in element if each.tail == label), None)
    within = list(element) if parted is None else list(parted.itersiblings())
    if any(next(each.iter("a"), None) is not None for each in within):
        return iter(within)
    beside = list(element.itersiblings())
    parent = element.getparent()
    if not beside and parent is not None:  # the label's frame
        return parent.itersiblings()
    return iter(beside)


def is_tag_address(href: str) -> bool:
    """Whether an address is a tag's; the words tell most that are none."""
    if "tag" in href or "Tag" in href or "keyword" in href or "label" in href or "وسم" in href:
        return TAG_ADDRESS.search(href) is not None
    return False


def _is_of_site(layout: Layout, tags: tuple[str, ...], body: str) -> bool:
    """Whether keywords are the site's own: its name is among them, or the story never uses them."""
    names = layout.site_names
    title = layout.title_key
    keys = [bare_words(tag) for tag in tags]
    said = f" {title} {bare_words(body)} "
    used = sum(f" {each} " in said for each in keys)
    return any(each in names for each in keys) or all(each in title for each in keys) or used < len(keys) / 2


def _is_search_phrase(tags: tuple[str, ...], title: str) -> bool:
    """Whether keywords are what the story wants to be found by: one phrase alone, out of the headline."""
    return len(tags) == 1 and len(tags[0].split()) >= PHRASE and bare_words(tags[0]) in title


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return _unique(COMMA.split(value))
    if isinstance(value, list | tuple):
        return _unique(part for each in value if isinstance(each, str) for part in COMMA.split(each))
    return ()


def _unique(texts: Any) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        tag = clean(text).strip("# ،,").replace("_", " ") if text else ""
        if tag and len(tag) <= LONGEST and bare_words(tag) and not LABEL.match(tag):
            found.setdefault(bare_words(tag), tag)
    return tuple(found.values())[:MOST]
