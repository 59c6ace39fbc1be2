"""How near a reading comes to the gold of a page: one number a field.

| field | measure |
| --- | --- |
| title | 1 where it is the gold's, letter for letter, once white space is folded |
| published | 1 where the day is the gold's; where the gold has no date, 1 for none |
| published_wrong | 1 where a day is given and is not the gold's |
| body | F1 over runs of four words, each run counted as often as it stands there |
| breadcrumbs | 1 where the list of names is the gold's |
| caption | 1 where the first picture's caption is the gold's; where there is none, 1 for none |
| see_also | F1 over the addresses linked to (path and query) |
| authors | 1 where the set of names is the gold's |

Folding takes out direction marks and joins white space; nothing else is forgiven. What a gold calls
optional is neither asked for nor held against a reading, and a field that a gold lacks is not scored.

A gold is a JSON object in one of two forms: the fixtures' ``expected.json`` (the item's own names),
or a flat one with ``caption``, ``breadcrumbs`` as names, ``title_alt``, ``authors_alt``,
``authors_optional``, ``body_optional`` and ``see_also_optional``.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

FIELDS = ("title", "published", "published_wrong", "body", "breadcrumbs", "caption", "see_also", "authors")
RUN = 4
DIRECTION_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
WORD = re.compile(r"\w+")

Item = Mapping[str, Any]


def score(gold: Item, item: Item) -> dict[str, float]:
    """{field: 0 to 1} for one page; a field of which the gold is silent is left out."""
    scores = {"title": _title(gold, item), "body": _body(gold, item)}
    if "published_at" in gold:
        wanted, given = _day(gold["published_at"]), _day(item.get("published_at"))
        scores["published"] = float(given == wanted)
        scores["published_wrong"] = float(given is not None and given != wanted)
    if gold.get("breadcrumbs") is not None:
        scores["breadcrumbs"] = float(_names(item.get("breadcrumbs")) == _names(gold["breadcrumbs"]))
    if "caption" in gold or "images" in gold:
        scores["caption"] = float(_caption(item) in _captions(gold))
    if gold.get("see_also") is not None:
        scores["see_also"] = _see_also(gold, item)
    if gold.get("authors") is not None:
        scores["authors"] = _authors(gold, item)
    return scores


def mean(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """{field: the mean over the pages that have it}, and `body_worst`, the page read worst."""
    rows = list(rows)
    found = {name: [row[name] for row in rows if name in row] for name in FIELDS}
    means = {name: sum(values) / len(values) for name, values in found.items() if values}
    return {**means, **({"body_worst": min(found["body"])} if found["body"] else {})}


def fold(text: str | None) -> str:
    """A text as it is compared: composed letters, no direction marks, single spaces."""
    composed = DIRECTION_MARKS.sub("", unicodedata.normalize("NFC", text or ""))
    return " ".join(composed.split())


def f1(given: Counter[Any], wanted: Counter[Any]) -> float:
    """The harmonic mean of precision and recall over two bags; 1 where both are empty."""
    if not given and not wanted:
        return 1.0
    shared = (given & wanted).total()
    return 2 * shared / (given.total() + wanted.total()) if shared else 0.0


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words in a text; a shorter text is one run."""
    words = WORD.findall(fold(text))
    if len(words) <= RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(RUN)), strict=False))


def address(link: Mapping[str, Any]) -> str:
    """What two links to one story share: path and query without percent-encoding; else the title."""
    url = link.get("url_abs") or link.get("url")
    if not url:
        return fold(link.get("title"))
    parts = urlsplit(unquote(url))
    return (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")


def _title(gold: Item, item: Item) -> float:
    right = {fold(each) for each in (gold["title"], *gold.get("title_alt", ()))}
    return float(fold(item.get("title")) in right)


def _body(gold: Item, item: Item) -> float:
    free = {fold(line) for line in gold.get("body_optional") or ()}

    def kept(body: str | None) -> str:
        return "\n".join(line for line in (body or "").splitlines() if fold(line) not in free)

    return f1(runs(kept(item.get("body"))), runs(kept(gold["body"])))


def _day(value: Any) -> str | None:
    return str(value)[:10] if value else None


def _names(crumbs: Iterable[Any] | None) -> list[str]:
    return [fold(each["name"] if isinstance(each, Mapping) else each) for each in crumbs or ()]


def _caption(item: Item) -> str:
    images = item.get("images") or [{}]
    return fold(images[0].get("caption"))


def _captions(gold: Item) -> set[str]:
    if "caption" not in gold:
        return {_caption(gold)}
    caption, credit = gold["caption"], gold.get("caption_credit")
    joined = (f"{caption} {credit}", f"{credit} {caption}") if credit else ()
    return {fold(each) for each in (caption, *joined)}


def _see_also(gold: Item, item: Item) -> float:
    wanted = {address(each) for each in gold["see_also"]}
    free = {address(each) for each in gold.get("see_also_optional") or ()} - wanted
    given = {address(each) for each in item.get("see_also") or ()} - free
    return f1(Counter(given), Counter(wanted))


def _authors(gold: Item, item: Item) -> float:
    given = {fold(each) for each in item.get("authors") or ()}
    free = {fold(each) for each in gold.get("authors_optional") or ()}
    readings = [{fold(each) for each in names} for names in (gold["authors"], *gold.get("authors_alt", ()))]
    return float(given in readings or given - free == readings[0])
