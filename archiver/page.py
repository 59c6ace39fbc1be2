"""One page as it was fetched: decoded once, parsed once, its head read once; all of it lazily.

Everything an extraction may look at is here, and nothing else: the same `Page` gives the same
article for ever. "Now" is `fetched_at`; without it there is no now.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from html import unescape
from itertools import chain, count, islice
from typing import Any, TypeAlias
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from lxml import etree

from archiver.article import ArticleWarning
from archiver.decoding import Decoded, decode
from archiver.jsonld import is_story, read_jsonld
from archiver.page_state import read_state

Element: TypeAlias = etree._Element
Node: TypeAlias = Mapping[str, Any]

MAX_BYTES = 5_000_000
"""What is read of one page; a longer one is cut there, with a warning."""
MAX_ELEMENTS = 15_000
"""What is read of one page's tree; what comes after is cut off, with a warning."""
MAX_NAME = 1_000
"""What is read of an element's names; no page needs more, and patterns are run over them."""
LARGE = 300_000  # bytes from which on a source is looked through for what no page needs
LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{20000,}")
MAX_ATTRIBUTES = 500
"""What a long tag may have; the parser compares every attribute with every other."""
NO_CHARACTERS = bytes(each for each in range(32) if each not in b"\t\n\r")
SOUND_PATH = re.compile(r"/(?!/)[\w%~.!$'()*+,:@/=&-]*(?:\?[\w%~.!$'()*+,:@/=&?-]+)?")
SOUND_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?" + SOUND_PATH.pattern)
"""A path, and an address, that joining to a base changes nothing in (where no segment begins with a dot)."""
OF_WEB_ARCHIVE = re.compile(r"(?:https?://[^/]+)?/web/\d{4,14}(?:[a-z]{2}_)?/(https?://.+)", re.S)
"""An address of the Wayback Machine's, or of pywb's, with the address that it keeps."""
EMPTY = b"<html><body></body></html>"
UNREAD = frozenset(
    {"script", "style", "noscript", "template", "option", "textarea", "title", "svg", "iframe"}
)
ICONS = b"material-"
ICON, ICON_NAME = re.compile(r"(?<![\w-])material-(?:icons|symbols)"), re.compile(r"\s*[a-z0-9_]+\s*")
"""The classes of fonts that draw a picture for its name, and such a name."""
BODY_KEYS = ("articleBody", "reviewBody", "text")
PROSE, SHELL = 80, 400
"""Characters of a run that may be prose; of prose on a page under which a script is to draw it."""
META_KEYS = ("name", "property", "itemprop", "http-equiv")


class Page:
    """Bytes, address, fetch time, headers and hints of one page, and the cached readings of them.

    `hints` is what discovery knew: ``feed_title``, ``feed_published`` (ISO 8601), ``feed_author``,
    ``feed_tags``, ``sitemap_lastmod``, ``news_publication_date``, ``news_title``, ``section``,
    ``listed_published`` (the day a listing prints beside it), ``anchor``, ``referrer``.
    """

    def __init__(
        self,
        body: bytes,
        url: str,
        *,
        fetched_at: datetime | None = None,
        headers: Mapping[str, str] | None = None,
        hints: Mapping[str, Any] | None = None,
    ) -> None:
        _check_types(body, url, fetched_at)
        self.body = body
        self.url = url
        self.fetched_at = fetched_at
        self.headers = {name.lower(): value for name, value in (headers or {}).items()}
        self.hints = dict(hints or {})

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.body[:MAX_BYTES], self.headers.get("content-type"))

    @property
    def encoding(self) -> str:
        """The codec the bytes were read as."""
        return self._decoded.encoding

    @property
    def text(self) -> str:
        """The page's source as text."""
        return self._decoded.text

    def _source(self) -> bytes:
        """The source in UTF-8, without NUL and other characters no document may hold."""
        utf8 = self.body if self._is_plain_utf8 else self.text.encode("utf-8", "ignore")
        source = utf8[:MAX_BYTES].translate(None, NO_CHARACTERS)
        return LONG_TAG.sub(_few_attributes, source) if len(source) > LARGE else source

    @property
    def _is_plain_utf8(self) -> bool:
        return self.encoding == "utf-8" and not self.body.startswith(codecs.BOM_UTF8)

    @cached_property
    def warnings(self) -> tuple[ArticleWarning, ...]:
        """What decoding and cutting the page gave to warn of."""
        found = self._decoded.warnings
        if len(self.body) > MAX_BYTES:
            found += (ArticleWarning("document_cut", f"read {MAX_BYTES} of {len(self.body)} bytes"),)
        if self._tree[2]:
            found += (ArticleWarning("document_cut", f"read {MAX_ELEMENTS} elements"),)
        return found

    @cached_property
    def root(self) -> Element:
        """The `html` element; an empty or hopeless document gives an empty one."""
        return self._tree[0]

    @cached_property
    def _tree(self) -> tuple[Element, tuple[Element, ...], bool]:
        """The root, every element, and whether the tree was cut."""
        parser = etree.HTMLParser(
            encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True, collect_ids=False
        )
        try:
            root = etree.fromstring(self._source(), parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None:
            root = etree.fromstring(EMPTY, parser)
        _join_documents(root)
        elements = tuple(islice(root.iter(etree.Element), MAX_ELEMENTS + 1))
        if ICONS in self.body:
            _draw_icons(elements)
        if len(elements) <= MAX_ELEMENTS:
            return root, elements, False
        _cut(elements[-1])
        return root, elements[:-1], True

    @property
    def elements(self) -> tuple[Element, ...]:
        """Every element in document order, comments left out. Holding them keeps their identity."""
        return self._tree[1]

    @cached_property
    def positions(self) -> Mapping[Element, int]:
        """{element: its place in document order}; a distance between two is how far apart they stand."""
        return dict(zip(self.elements, count(), strict=False))

    @cached_property
    def by_mark(self) -> Mapping[str, list[Element]]:
        """{class, id and itemprop, joined by a space: the elements that have just these, in document order}.

        The same few names stand on many elements: what is asked of every name is asked of these keys.
        """
        return self._marks[0]

    @property
    def by_id(self) -> Mapping[str, list[Element]]:
        """{id: the elements that have it}; pages repeat ids."""
        return self._marks[1]

    @cached_property
    def _marks(self) -> tuple[dict[str, list[Element]], dict[str, list[Element]]]:
        by_mark: dict[str, list[Element]] = {}
        by_id: dict[str, list[Element]] = {}
        for element in self.elements:
            mark, identity, prop = element.get("class"), element.get("id"), element.get("itemprop")
            if identity:
                by_id.setdefault(identity, []).append(element)
                mark = f"{mark} {identity}" if mark else identity
            if prop:
                mark = f"{mark} {prop}" if mark else prop
            if not mark:
                continue
            if len(mark) > MAX_NAME:
                mark = mark[:MAX_NAME]
            others = by_mark.get(mark)
            if others is None:
                by_mark[mark] = [element]
            else:
                others.append(element)
        return by_mark, by_id

    @cached_property
    def by_class(self) -> "ByClass":
        """{class: the elements that have it, in document order}."""
        return ByClass(self)

    def in_order(self, elements: Iterable[Element]) -> list[Element]:
        """These elements in document order."""
        return sorted(elements, key=self.positions.__getitem__)

    @cached_property
    def runs(self) -> tuple[tuple[str, Element], ...]:
        """Every run of text a reader may see, with the element it stands in, in document order.

        The body's text only: scripts, styles and forms' choices left out, blank runs too.
        """
        found: list[tuple[str, Element]] = []
        for element in self.elements:
            if element.tag not in UNREAD:
                text = element.text
                if text and not text.isspace():
                    found.append((text, element))
            tail = element.tail
            if tail and not tail.isspace():
                found.append((tail, element.getparent()))  # type: ignore[arg-type]
        return tuple(found)

    @cached_property
    def signature(self) -> tuple[str, ...]:
        """What a theme is recognised by: generators, addresses of styles, scripts and pictures, all names.

        A generator begins with ``generator: ``.
        """
        found = [f"generator: {each}" for each in self.meta.get("generator", ())]
        for tag, attribute, most in (("link", "href", 60), ("script", "src", 60), ("img", "src", 10)):
            found += [(each.get(attribute) or "")[:MAX_NAME] for each in self.by_tag.get(tag, ())[:most]]
        return (*found, *self.by_mark)

    @cached_property
    def by_tag(self) -> Mapping[str, list[Element]]:
        """{tag: its elements in document order}."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            found[element.tag].append(element)
        return found

    @cached_property
    def stories(self) -> tuple[Node, ...]:
        """The JSON-LD nodes that stand for a story, in order."""
        return tuple(node for node in self.jsonld if is_story(node))

    @cached_property
    def jsonld(self) -> tuple[Node, ...]:
        """Every JSON-LD node of the page, `@graph` and lists flattened; broken blocks as far as they read."""
        every = self.by_tag.get("script", ())
        scripts = (each for each in every if "ld+json" in (each.get("type") or "").lower())
        found = tuple(read_jsonld(script.text or "" for script in scripts))
        story = self._drawn_story(found)
        return found if story is None else (*found, story)

    def _drawn_story(self, stated: Iterable[Node]) -> Node | None:
        """The story that a script is to draw, on a page which shows none and whose JSON-LD has no body."""
        if sum(len(text) for text, _ in self.runs if len(text) > PROSE) >= SHELL:
            return None
        texts = (node.get(name) for node in stated for name in BODY_KEYS)
        if any(isinstance(text, str) and len(text) >= SHELL for text in texts):
            return None
        return self.state_story

    @cached_property
    def state_story(self) -> Node | None:
        """The page's story in the data that its scripts draw from, shown on the page or not; None where none is."""
        told = [*self.meta.get("og:title", ())[:1], *self.meta.get("twitter:title", ())[:1]]
        told += [each.text or "" for each in self.by_tag.get("title", ())[:1]]
        scripts = self.by_tag.get("script", ())
        read = ((each.get("id") or "", each.get("type") or "", each.text or "") for each in scripts)
        return read_state(read, told, self.url)

    @cached_property
    def stated_body(self) -> str:
        """The longest body that the page's JSON-LD states, entities decoded; empty where there is none."""
        values = (node.get(name) for node in self.jsonld for name in BODY_KEYS)
        longest = max((value for value in values if isinstance(value, str)), key=len, default="")
        return unescape(longest) if "&" in longest else longest

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """{lower-case name, property or itemprop of a `meta`: its contents, in order}."""
        found: dict[str, list[str]] = {}
        for element in self.by_tag.get("meta", ()):
            content = " ".join((element.get("content") or "").split())
            for key in _meta_names(element) if content else ():
                found.setdefault(key, []).append(content)
        return {key: tuple(contents) for key, contents in found.items()}

    def first_meta(self, *names: str) -> str | None:
        """The first content of the first of these meta names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def base_url(self) -> str:
        """What the page's relative links start from."""
        base = next((each.get("href") for each in self.by_tag.get("base", ()) if each.get("href")), None)
        return self._join(self.url, base) if base else self.url

    def resolve(self, href: str | None) -> str | None:
        """A link as an absolute http(s) address (backslashes as browsers read them), or None; in a copy out of a web
        archive that is read under its own address, the one that the archive put its own before.
        """
        href = (href or "").strip().replace("\\", "/").replace("\n", "").replace("\t", "")
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
            return None
        if "/web/" in href and (kept := OF_WEB_ARCHIVE.match(href)) and not OF_WEB_ARCHIVE.match(self.url):
            href = kept[1]
        href = href if href.isascii() else self._with_own_query(href)
        if self._origin and SOUND_ADDRESS.fullmatch(href):
            return href
        if self._origin and SOUND_PATH.fullmatch(href) and "/." not in href:
            return self._origin + href
        joined = self._join(self.base_url, href)
        return joined if joined.startswith(("http://", "https://")) else None

    def _with_own_query(self, href: str) -> str:
        """The letters of a query in the page's own encoding, as browsers send them; of a path they are UTF-8."""
        address, question, query = href.partition("?")
        if query.isascii() or self.encoding.startswith("utf"):
            return href
        return address + question + "".join(_percents(each, self.encoding) for each in query)

    @cached_property
    def _origin(self) -> str:
        """Scheme and host that relative links start from; empty where they are no sound ones."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return ""
        return (
            f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
        )

    @cached_property
    def canonical(self) -> str | None:
        """The `link rel=canonical` as an absolute address, where there is a sound one."""
        for element in self.by_tag.get("link", ()):
            if "canonical" in (element.get("rel") or "").lower().split():
                return self.resolve(element.get("href"))
        return None

    @cached_property
    def host(self) -> str:
        """The host of the address, lower-case, without `www.` and port; empty where there is none."""
        try:
            return (urlsplit(self.url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @staticmethod
    def _join(base: str, href: str) -> str:
        try:
            return urljoin(base, href)
        except ValueError:
            return ""


def _percents(letter: str, encoding: str) -> str:
    """A letter of a query as browsers send it from a page of this encoding; one that it lacks as a reference."""
    if letter.isascii():
        return letter
    try:
        return quote_from_bytes(letter.encode(encoding))
    except UnicodeEncodeError:
        return f"%26%23{ord(letter)}%3B"


def _few_attributes(tag: re.Match[bytes]) -> bytes:
    """A long tag, its attributes cut off where it has far too many; a long `data:` address stays."""
    text = tag[0]
    return text if text.count(b"=") <= MAX_ATTRIBUTES else text[:1_000].rsplit(None, 1)[0]


def _join_documents(root: Element) -> None:
    """Bring what stands after a closed `html` (two documents in one) into the first, as browsers do."""
    for other in list(root.itersiblings(etree.Element)):
        for part in list(other):
            first = root.find(str(part.tag)) if part.tag in ("head", "body") else None
            if first is None:
                root.append(part)
                continue
            if part.text and part.text.strip():  # keep loose text in its place
                etree.SubElement(first, "p").text = part.text
            first.extend(list(part))


def _draw_icons(elements: Iterable[Element]) -> None:
    """Takes away the names of icons, «<i class="material-icons">person</i>»: a reader sees a picture in their place."""
    for element in elements:
        if (
            ICON.search(element.get("class") or "")
            and len(element) == 0
            and ICON_NAME.fullmatch(element.text or "")
        ):
            element.text = None


def _cut(last: Element) -> None:
    """Cut off this element, and what stands after it."""
    node: Element | None = last
    while node is not None:
        parent = node.getparent()
        if parent is not None:
            del parent[parent.index(node) + (node is not last) :]
        node = parent


class ByClass:
    """The elements of a page by their classes; most classes asked for do not occur, and cost one look."""

    def __init__(self, page: Page) -> None:
        self._in_order = page.positions.__getitem__
        self._marked: dict[str, list[list[Element]]] = {}  # by each word of their marks
        self._found: dict[str, list[Element]] = {}
        for mark, elements in page.by_mark.items():
            for word in mark.split():
                others = self._marked.get(word)
                if others is None:
                    self._marked[word] = [elements]
                else:
                    others.append(elements)

    def get(self, name: str, default: Sequence[Element] = ()) -> Sequence[Element]:
        """The elements of one class."""
        marks = self._marked.get(name)
        if marks is None:
            return default
        found = self._found.get(name)
        if found is None:
            said = marks[0] if len(marks) == 1 else sorted({*chain(*marks)}, key=self._in_order)
            found = self._found[name] = [each for each in said if name in (each.get("class") or "").split()]
        return found or default


def _meta_names(element: Element) -> Iterator[str]:
    for attribute in META_KEYS:
        yield from (element.get(attribute) or "").lower().split()


def _check_types(body: Any, url: Any, fetched_at: Any) -> None:
    """Raises `TypeError` that says what is asked for."""
    if not isinstance(body, bytes | bytearray):
        instead = "; of text give its .encode()" if isinstance(body, str) else ""
        raise TypeError(f"a page is the bytes that were served, not {type(body).__name__}{instead}")
    if not isinstance(url, str):
        raise TypeError(f"a page's url is a str, not {type(url).__name__}")
    if fetched_at is not None and not isinstance(fetched_at, datetime):
        raise TypeError(f"fetched_at is a datetime or None, not {type(fetched_at).__name__}")
