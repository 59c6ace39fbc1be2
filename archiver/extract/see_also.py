"""«شاهد أيضاً»: links to other stories, from boxes that say so by name, by heading, or within the text."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote, urlsplit

from archiver.article import Link, LinkKind, Provenance, Source
from archiver.errors import AddressError
from archiver.extract.boilerplate import Sorted, is_date_line
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.layout import Layout
from archiver.extract.lexicon import Lexicon, key, lexicon
from archiver.extract.names import is_called, names_role
from archiver.extract.nodes import clean, name_of, text_of
from archiver.page import Element, Page
from archiver.urls import canonicalise

STEM = re.compile(
    "يض|صل[ةه]|تعلق|علاق|شاب[هة]|رتبط|قترح|[هع][مج]ب?ك|رشح|نفس|حول|كذلك|وص[ىي]|قراء|للمزيد|أخرى|"
    "elated|ELATED|[aA]lso|ALSO|imilar|ecommended|uggested|may like")
"""What some label has in every spelling; the lexicon then decides."""
LABEL_LEAST, LABEL_LIMIT = 5, 90
NO_STORY = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|writers?|keywords?|labels?|feed|rss|search|login|register|contact\w*|about\w*|"
    r"privacy\w*|terms|wp-login|sharer?|تصنيف|وسم|كاتب|الكاتب|قسم|القسم)(?:[/.]|$)"
    r"|/(?:cat|sections?|topics?|users?|profile|comments)(?:/[^/]*)?/?\??$|/archives?(?:/[^/\d]*)?/?\??$|/page/\d+/?\??$|/print/?\??$"
    r"|[?&](?:tag|cat|author|s|q|replytocom|share)=", re.I)
"""An address that leads to no story: a tag, a section, a writer, a search."""
SHARER = re.compile(r"facebook\.com|twitter\.com|//x\.com|whatsapp|telegram|t\.me|linkedin|pinterest|plus\.google|news\.google|addtoany|instagram\.com|youtube\.com|outbrain|taboola|mgid|doubleclick|googleads|play\.google|apple\.com|tiktok\.com|nabd\.com")
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
ORNAMENTS = frozenset({"i", "span", "svg", "img", "a", "hr", "br", "em", "b", "script"})
SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "edu", "ac", "info", "press", "news"})
HEADERS = ("h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "div", "p", "legend", "label", "td", "li", "dt")
MOST = 60
USUAL = 10  # absolute links to one site, and none to its own, that make it the site of a saved page
LEVELS = 5
PROSE = 220  # characters without a link that end a list


def read(layout: Layout, canonical_url: str, lines: Sorted) -> Choice[tuple[Link, ...]]:
    """Links to other stories, each address once, boxes first, then headed lists, then inline ones."""
    gathered = _Gathered(layout.page, canonical_url)
    _from_profile(layout, gathered)
    _from_boxes(layout, gathered)
    _from_labels(layout, gathered)
    for line in lines.see_also:
        for anchor in line.anchors:
            gathered.add(anchor.href, _without_label(anchor.text), None, "inline", "structure", "a")
    links = tuple(map(_canonical, list(gathered.links.values())[:MOST]))
    if not links:
        return Choice(())
    return Choice(links, Provenance(gathered.source, gathered.locator, " | ".join(each.title for each in links)[:RAW_LIMIT]))


class _Gathered:
    """The links found so far, by identity; says which addresses may be another story's."""

    def __init__(self, page: Page, canonical_url: str) -> None:
        self.page = page
        self.links: dict[str, Link] = {}
        self.source: Source = "structure"
        self.locator = ""
        self.known: dict[str, str | None] = {}
        self.done: set[Element] = set()
        self.usual: str | None = None
        self.own = {link_key(each) for each in (page.url, canonical_url, page.canonical or page.url)}
        self.sites = {domain_of(each) for each in (page.url, canonical_url, page.first_meta("og:url") or page.url)} - {""}

    def is_new(self, element: Element) -> bool:
        """Whether an element is neither a box that was read nor within one."""
        return element not in self.done and self.done.isdisjoint(element.iterancestors())

    def story_address(self, href: str | None) -> str | None:
        """The address behind a link that may lead to another story of this site; else None."""
        if not href or href[0] == "#":
            return None
        if href not in self.known:
            self.known[href] = self._story_address(href)
        return self.known[href]

    def _story_address(self, href: str) -> str | None:
        resolved = self.page.resolve(href)
        if resolved is None or SHARER.search(resolved) or not self._is_own_site(domain_of(resolved)):
            return None
        parts = urlsplit(resolved)
        path = unquote(parts.path)
        if (len(path) < 4 and not parts.query) or NO_STORY.search(f"{path}?{parts.query}") or link_key(resolved) in self.own:
            return None
        return resolved

    def _is_own_site(self, domain: str) -> bool:
        if domain in self.sites:
            return True
        if self.usual is None:
            self.usual = _usual_domain(self.page)
        return bool(domain) and domain == self.usual

    def add(self, href: str | None, title: str, excerpt: str | None, kind: LinkKind, source: Source, locator: str) -> None:
        """One more link, if it may be another story's and is not known yet."""
        address = self.story_address(href)
        if address is None or not _is_title(title):
            return
        if not self.links:
            self.source, self.locator = source, locator
        self.links.setdefault(link_key(address), Link(title, address, excerpt, kind))


def link_key(url: str) -> str:
    """What two links to one story share: host, path and query, however they are percent-encoded."""
    try:
        parts = urlsplit(unquote(url))
    except ValueError:
        return url
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _canonical(link: Link) -> Link:
    try:
        return replace(link, url=canonicalise(link.url))
    except (AddressError, ValueError):
        return link


def domain_of(url: str) -> str:
    """The name a site is registered by, roughly: ``arabic.cnn.com`` → ``cnn.com``, ``x.com.tn`` → ``x.com.tn``."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    if labels[-2:] in (["github", "io"], ["blogspot", "com"], ["wordpress", "com"]):
        keep = 3
    return ".".join(labels[-keep:])


def _usual_domain(page: Page) -> str:
    """The site that most of a saved page's links lead to, where none leads to the address it is known by."""
    hrefs = (anchor.get("href") or "" for anchor in page.by_tag.get("a", ()))
    counts = Counter(domain_of(href) for href in hrefs if href.startswith("http"))
    (domain, times), *_ = counts.most_common(1) or [("", 0)]
    return domain if times >= USUAL and not counts[domain_of(page.url)] else ""


def _without_label(text: str) -> str:
    """A linked title without the label that is linked with it: «اقرأ أيضا: …»."""
    head, mark, rest = text.partition(":")
    return rest.strip() if mark and len(rest) > 10 and lexicon().is_see_also(key(head)) else text


def _is_title(text: str) -> bool:
    if len(text) < 9 or len(text) > 60:
        return len(text) > 60
    folded = key(text)
    return len(folded) > 9 and " " in folded and folded not in lexicon().furniture and not is_date_line(folded)


def _from_profile(layout: Layout, gathered: _Gathered) -> None:
    kinds: tuple[tuple[str, LinkKind], ...] = (
        ("see_also_check", "check_also"), ("see_also_related", "related"), ("see_also_inline", "inline"))
    for name, kind in kinds:
        for match in layout.profile.every(name, layout.page):
            _add_all([match.element], kind, gathered, match.source, match.locator)


def _from_boxes(layout: Layout, gathered: _Gathered) -> None:
    """Boxes whose class or id says that they hold related stories; of nested ones, the outermost."""
    page, words = layout.page, lexicon()
    holders = _holders(layout)
    for box in _boxes(page):
        if box in holders or box.tag in ("body", "html", "a") or not gathered.is_new(box):
            continue
        gathered.done.add(box)
        if _headed_otherwise(box, words):
            continue
        kind: LinkKind = "check_also" if is_called(box, "check_box") else "related"
        _add_all([box], kind, gathered, "structure", name_of(box), before=_other_heading(box, words, page))


def _boxes(page: Page) -> list[Element]:
    """The elements that go by the name of such a box, in document order."""
    return [element for element, mark in page.named
            if names_role(mark, "box") and not names_role(mark, "no_box")]


def _holders(layout: Layout) -> set[Element]:
    """The elements that hold the headline or the body: no box of links."""
    found: set[Element] = set()
    for element in [*layout.body.elements, *([layout.headline] if layout.headline is not None else [])]:
        found.add(element)
        found.update(element.iterancestors())
    return found


def _headed_otherwise(box: Element, words: Lexicon) -> bool:
    """Whether a box is headed «الأكثر قراءة» or the like, whatever its class says."""
    first = next((each for each in box.iterdescendants(*HEADERS) if clean(each.text)), None)
    return first is not None and key(first.text or "") in words.other


def _other_heading(box: Element, words: Lexicon, page: Page) -> int | None:
    """Where in document order a list that is not related begins within the box."""
    for element in box.iterdescendants(*HEADERS):
        text = element.text
        if text and len(text) < LABEL_LIMIT and key(text) in words.other and element.getparent().tag != "a":
            return page.positions[element]
    return None


def _from_labels(layout: Layout, gathered: _Gathered) -> None:
    """Lists under a heading that announces related stories."""
    words, holders = lexicon(), _holders(layout)
    for element, text in _short_texts(layout.page.runs):
        folded = key(text)
        if not words.opens_see_also(folded) or _is_story_link(element, gathered) or not gathered.is_new(element):
            continue
        kind: LinkKind = "check_also" if folded in words.check else "related"
        _add_following(element, kind, gathered, holders, words)


def _short_texts(runs: Iterable[tuple[str, Element]]) -> Iterator[tuple[Element, str]]:
    """Short texts that may be a label, each with the element it stands in."""
    for text, element in runs:
        if LABEL_LEAST < len(text) < LABEL_LIMIT and STEM.search(text):
            yield element, text


def _is_story_link(element: Element, gathered: _Gathered) -> bool:
    """Whether a label's words are a link's to a story, or a button's on its card: then they announce no list."""
    around = itertools.chain([element], itertools.islice(element.iterancestors(), 3))
    return any(each.tag == "a" and gathered.story_address(each.get("href")) is not None for each in around)


def _add_following(
    label: Element, kind: LinkKind, gathered: _Gathered, holders: set[Element], words: Lexicon
) -> None:
    """The stories linked right after a label: in its tab, beside it, else beside the head that encloses it."""
    tab = _tab_of(label, gathered.page)
    if tab is not None:
        _add_all([tab], kind, gathered, "structure", name_of(label))
        return
    if label in holders:
        return
    if _add_all(list(_until_other(label, holders, words)), kind, gathered, "structure", name_of(label)):
        return
    node = label
    for _ in range(LEVELS):
        if node in holders or node.tag in ("body", "html"):
            return
        siblings = list(_until_other(node.itersiblings(), holders, words))
        if _add_all(siblings, kind, gathered, "structure", name_of(label)):
            return
        parent = node.getparent()
        if parent is None or not _is_head(parent, node):
            return
        node = parent


def _tab_of(label: Element, page: Page) -> Element | None:
    """The pane that a label in a row of tabs opens: ``<a href="#related">ذات صلة</a>``."""
    for element in itertools.chain([label], itertools.islice(label.iterancestors(), 2)):
        target = element.get("href") or element.get("data-target") or element.get("data-bs-target") or ""
        if target.startswith("#") and len(target) > 1:
            return next((each for each in page.elements if each.get("id") == target[1:]), None)
    return None


def _is_head(parent: Element, node: Element) -> bool:
    """Whether an element only frames the label: then the list may stand beside it."""
    if is_called(parent, "list_head"):
        return True
    others = [each for each in parent if isinstance(each.tag, str) and each is not node]
    return all(each.tag in ORNAMENTS and not text_of(each, 80) for each in others)


def _until_other(siblings: Iterable[Element], holders: set[Element], words: Lexicon) -> Iterator[Element]:
    """The siblings up to the next heading, the story itself, or prose."""
    linked = False
    for sibling in siblings:
        if not isinstance(sibling.tag, str):
            continue
        if sibling in holders or sibling.tag in ("footer", "form", "h1"):
            return
        has_link = next(sibling.iter("a"), None) is not None
        text = text_of(sibling, 400)
        if not has_link and (len(text) > PROSE or (text and sibling.tag in HEADINGS)):
            return
        if _starts_otherwise(sibling, words):
            return
        linked = linked or has_link
        yield sibling


def _starts_otherwise(element: Element, words: Lexicon) -> bool:
    """Whether an element opens with the heading of another list."""
    for each in element.iter("h2", "h3", "h4", "h5", "h6", "span", "div", "p", "a", "strong", "li"):
        text = clean(each.text)
        if text:
            unlinked = each.tag in HEADINGS and next(each.iter("a"), None) is None
            folded = key(text) if len(text) < LABEL_LIMIT else ""
            within = next((up.tag for up in each.iterancestors() if up.tag in ("a", "body")), "")
            return folded in words.other or (unlinked and within != "a" and not _is_title(text))
    return False


def _add_all(elements: Iterable[Element], kind: LinkKind, gathered: _Gathered, source: Source, locator: str,
             before: int | None = None) -> bool:
    """Add every story linked within these elements, up to a place in the page; whether there was any."""
    texts: dict[str, tuple[str, Element]] = {}
    for element in elements:
        for anchor in element.iter("a"):
            href = anchor.get("href")
            if before is not None and gathered.page.positions[anchor] > before:
                break
            if not href or gathered.story_address(href) is None or "tag" in (anchor.get("rel") or ""):
                continue
            title = _title(anchor)
            known = texts.get(href)
            if known is None or (_is_title(title) and (not _is_title(known[0]) or (_is_heading(anchor) and not _is_heading(known[1])))):
                texts[href] = (title, anchor)
    for href, (title, anchor) in texts.items():
        gathered.add(href, title, _excerpt(anchor, title), kind, source, locator)
    return any(_is_title(title) for title, _ in texts.values())


def _title(anchor: Element) -> str:
    """The title a link shows: its heading where it wraps a whole card, its text, its title attribute, its picture's alt."""
    if not len(anchor):
        return clean(anchor.text) or clean(anchor.get("title"))
    heading = next(anchor.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    text = text_of(heading if heading is not None and text_of(heading) else anchor)
    if text:
        return text
    return clean(anchor.get("title"))


def _is_heading(anchor: Element) -> bool:
    parent = anchor.getparent()
    return parent is not None and parent.tag in ("h2", "h3", "h4", "h5", "h6")


def _excerpt(anchor: Element, title: str) -> str | None:
    """The cut text printed under a linked title, where the card has a paragraph of its own."""
    node = anchor
    for _ in range(3):
        parent = node.getparent()
        if parent is None or sum(1 for _ in islice(parent.iter("a"), 5)) > 4:
            return None
        for paragraph in parent.iter("p"):
            text = text_of(paragraph)
            if len(text) > 30 and text != title and paragraph.find(".//a") is None:
                return text
        node = parent
    return None
