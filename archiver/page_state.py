"""The story in the data that a script is to draw a page from, where the page itself shows no text.

Next.js, Nuxt, Angular and their like leave such data in a script of the page. Nothing is run: what is JSON is
read, and the one object that is this page's story is given as a schema.org node. Which one that is, the page's
titles or its address must say; where neither does, there is none.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from archiver.arabic.text import fold

NAMES = ("__NEXT_DATA__", "__NUXT", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__")
"""What scripts call the data that a page is made from."""
MAX_DATA = 1_000_000  # characters
MAX_VALUES = 60_000  # looked at
MAX_DEPTH = 6  # of what is put together to one text, or told by number
LEAST, LEAST_WORDS = 200, 4  # characters of a text that is a story's; words of a title that stands in another
MAX_TEXT = 200_000
MAX_NUMBERED, MAX_PARTS = 200, 2_000  # objects whose parts are told by number, and such parts of one
SET_TO = re.compile(r"=\s{0,9}(?:(?=[\[{])|JSON\.parse\(\s{0,9}(?=\"))")
MAX_SET = 10  # variables of one script
TAG = re.compile(r"<[^<>]{0,2000}>")
ANGULAR = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))
"""How older Angular writes what it leaves in a script, the ampersand last."""

TITLES = ("headline", "title", "name", "subject")
TEXTS = (
    "articlebody", "body", "bodyhtml", "content", "contents", "contenthtml", "contentelements", "text", "fulltext",
    "html", "details", "detail", "description", "story", "longtext", "postcontent", "newsbody", "rendered", "blocks",
    "data", "value", "children", "paragraphs",
)  # fmt: skip
PROPERTIES: Mapping[str, Sequence[str]] = {
    "datePublished": (
        "datepublished", "publishedat", "publishdate", "publisheddate", "publishedon", "published", "publicationdate",
        "publishtime", "pubdate", "firstpublishdate", "displaydate", "postdate", "date",
    ),
    "dateCreated": ("datecreated", "createdat", "created", "creationdate"),
    "dateModified": (
        "datemodified", "updatedat", "modifiedat", "modified", "modifieddate", "updated", "lastupdated",
        "lastupdateddate",
    ),
    "description": ("summary", "excerpt", "lead", "standfirst", "intro", "abstract", "description"),
    "author": ("author", "authors", "writer", "writers", "byline", "credits"),
    "articleSection": ("section", "category", "maincategory", "primarycategory"),
    "keywords": ("tags", "keywords"),
}  # fmt: skip
"""{property of schema.org: the names that data have for it, without case, `_` and `-`}."""
CALLED = ("name", "title", "fullname", "displayname", "text", "rendered")
OWN = ("slug", "id", "url", "uri", "path", "permalink", "alias", "nid")


class StateStory(dict[str, Any]):
    """A story as schema.org has it, and where in the data each of its properties stands."""

    places: Mapping[str, str]


def origin(node: Mapping[str, Any], name: str) -> tuple[Literal["page_state", "json_ld"], str]:
    """Source and locator of a property of one of the page's stories."""
    return ("page_state", node.places.get(name, name)) if isinstance(node, StateStory) else ("json_ld", name)


def read_state(scripts: Iterable[tuple[str, str, str]], titles: Sequence[str], url: str) -> StateStory | None:
    """The story among these scripts, each (id, type, text), as a node with `articleBody`; None where none is.

    `titles` are those of the page's head.
    """
    told = [folded for title in titles if (folded := _folded(title))]
    address = unquote(urlsplit(url).path + "?" + urlsplit(url).query)
    best: tuple[int, StateStory] | None = None
    for name, data in _every_data(scripts):
        for path, each in _objects(data, name):
            node = _node_of(each, path)
            if node is None or not _is_own(node["headline"], each, told, address):
                continue
            size = len(node["articleBody"])
            if best is None or size > best[0]:
                best = size, node
    return best[1] if best is not None else None


def _every_data(scripts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Any]]:
    """What these scripts hold as JSON, each with the name it goes by."""
    left = MAX_DATA
    for identity, kind, text in scripts:
        is_json = kind.strip().lower() == "application/json"
        called = next((name for name in NAMES if name in text), None)
        if not (is_json or called) or len(text) < LEAST:
            continue
        left -= len(text)
        if left < 0:
            return
        if not is_json:
            yield from ((called or "script", data) for data in set_in(text))
            continue
        try:
            yield identity or "script", json.loads(_as_json(text))
        except (ValueError, RecursionError):
            continue


def _as_json(text: str) -> str:
    if "&q;" in text:
        for written, meant in ANGULAR:
            text = text.replace(written, meant)
    return text


def set_in(text: str) -> Iterator[Any]:
    """What a script sets its variables to, as far as that is JSON, or JSON in a string."""
    decoder, end = json.JSONDecoder(), 0
    for begin in islice(SET_TO.finditer(text), MAX_SET):
        if begin.start() < end:
            continue
        try:
            data, end = decoder.raw_decode(text, begin.end())
            yield json.loads(data) if isinstance(data, str) and data[:1] in "[{" else data
        except (ValueError, RecursionError):
            continue


def _objects(data: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object in the data, with its path."""
    numbered = data if isinstance(data, list) and name.startswith("__NUXT") else None
    waiting, looked_at, left = [(name, data)], 0, MAX_NUMBERED
    while waiting and looked_at < MAX_VALUES:
        looked_at += 1
        path, value = waiting.pop()
        if isinstance(value, dict):
            if numbered is None:
                yield path, value
            elif left > 0 and not value.keys().isdisjoint(TITLES):
                left -= 1
                yield path, _by_number(value, numbered)
            waiting += [
                (f"{path}.{key}", each) for key, each in value.items() if isinstance(each, dict | list)
            ]
        elif isinstance(value, list):
            below = ((f"{path}[{at}]", each) for at, each in enumerate(value[:MAX_VALUES]))
            waiting += [each for each in below if isinstance(each[1], dict | list)]


def _by_number(value: Any, every: list[Any]) -> Any:
    """A value whose parts are told by their numbers in a list, as Nuxt 3 keeps them."""
    left = MAX_PARTS

    def part(number: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        is_number = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < len(every)
        return whole(every[number], depth) if is_number and left > 0 else None

    def whole(value: Any, depth: int) -> Any:
        if not isinstance(value, dict | list):
            return value
        if depth > MAX_DEPTH:
            return None
        if isinstance(value, dict):
            return {key: part(each, depth + 1) for key, each in value.items()}
        return [part(each, depth + 1) for each in value]

    return whole(value, 0)


def _node_of(value: Mapping[str, Any], path: str) -> StateStory | None:
    """An object with a title and a long text, as a node of schema.org's names; None of any other."""
    named = {re.sub(r"[_-]", "", key.lower()): key for key in islice(value, 200)}
    titles = ((named[each], _called(value[named[each]])) for each in TITLES if each in named)
    title_at, title = next(((at, text) for at, text in titles if text), ("", ""))
    texts = {each: _text(value[named[each]]) for each in TEXTS if each in named} if title else {}
    body = max(texts, key=lambda each: len(texts[each]), default="")
    if not body or len(texts[body]) < LEAST:
        return None
    node = StateStory({"@type": "NewsArticle", "headline": title, "articleBody": texts[body]})
    places = {"headline": f"{path}.{title_at}", "articleBody": f"{path}.{named[body]}"}
    for name, keys in PROPERTIES.items():
        read = _READ.get(name, _called)
        for key in keys:
            if key != body and key in named and (said := read(value[named[key]])):
                node[name], places[name] = said, f"{path}.{named[key]}"
                break
    node.places = places
    return node


def _is_own(title: str, value: Mapping[str, Any], told: Sequence[str], address: str) -> bool:
    """Whether an object is this page's story: the head has its title, or the address has its name or number."""
    ours = _folded(title)
    if any(_is_same(ours, each) for each in told):
        return True
    for key, each in islice(value.items(), 200):
        if key.lower() in OWN and isinstance(each, str | int) and not isinstance(each, bool):
            name = unquote(str(each)).strip("/").rpartition("/")[2]
            if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", address):
                return True
    return False


def _is_same(title: str, told: str) -> bool:
    """Whether one of two folded titles is the other, or stands in it and is long enough not to do so by chance."""
    shorter, longer = sorted((title, told), key=len)
    return shorter == longer or (shorter.count(" ") >= LEAST_WORDS - 1 and f" {shorter} " in f" {longer} ")


def _text(value: Any, depth: int = 0) -> str:
    """A text as it stands, or what a list of its parts comes to, a line each; empty where there is none."""
    if isinstance(value, str):
        return value[:MAX_TEXT] if depth or len(TAG.sub("", value[:MAX_TEXT])) >= LEAST else ""
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        parts = (_text(each, depth + 1) for each in value[:2_000] if isinstance(each, dict | list | str))
        return "\n".join(part for part in parts if part)[:MAX_TEXT]
    if isinstance(value, dict):
        named = {key.lower().replace("_", ""): each for key, each in islice(value.items(), 50)}
        return next((text for key in TEXTS if key in named and (text := _text(named[key], depth + 1))), "")
    return ""


def _called(value: Any) -> str | None:
    """A name: a string, or what an object or the first of a list goes by."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        named = {key.lower().replace("_", ""): each for key, each in islice(value.items(), 50)}
        value = next((named[key] for key in CALLED if isinstance(named.get(key), str)), None)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _moment(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _called(value)


def _people(value: Any) -> list[dict[str, str]]:
    if isinstance(value, dict) and isinstance(value.get("by"), list):
        value = value["by"]
    every = value[:20] if isinstance(value, list) else [value]
    return [{"@type": "Person", "name": name} for each in every if (name := _called(each))]


def _words(value: Any) -> list[str] | str | None:
    return (
        [name for each in value[:50] if (name := _called(each))]
        if isinstance(value, list)
        else _called(value)
    )


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", fold(title[:500])))


_READ = {
    "datePublished": _moment, "dateCreated": _moment, "dateModified": _moment, "author": _people, "keywords": _words,
}  # fmt: skip
