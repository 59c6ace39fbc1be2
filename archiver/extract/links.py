"""Which links may lead to another story of the same site, and the ones gathered so far."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from archiver.article import Link, LinkKind, Source
from archiver.errors import AddressError
from archiver.extract.lexicon import PRESS_HERE, label_key, lexicon
from archiver.extract.nodes import clean, holds_more, says_anything, text_of
from archiver.page import Element, Page
from archiver.urls import MAX_URL_LENGTH, canonicalise, unquoted

NO_STORY = re.compile(
    r"/(?:tags?|categor(?:y|ies)(?!/[^/]+/(?:articles?|news|posts?|story|stories)/)|authors?|writers?|writer-?articles?|keywords?|hashtags?|labels?|feed|rss|search|login|register|"
    r"contact\w*|about\w*|privacy\w*|terms|wp-login|sharer?|تصنيف|وسم|كاتب|الكاتب|قسم|القسم)(?:[/.]|$)"
    r"|/(?:cat|sections?|topics?|users?|profile|comments)(?:/[^/]*)?/?\??$"
    r"|/archives?(?:/[^/\d]*)?/?\??$|/page/\d+/?\??$|/print(?:/?\??$|(?:er)?\.(?:php|aspx?|html?))"
    r"|[?&](?:tag|cat|author|(?<!showthread\.php\?)s|q|replytocom|share)=|[?&]action=(?:edit|history)(?:&|$)|[?&]name=search(?:&|$)",
)
"""A lower-case address that leads to no story: a tag, a section, a writer, a search."""
NO_STORY_REL = re.compile(r"\b(?:tag|category|author|prev|next)\b")
NEIGHBOUR = re.compile(
    r"(?:المقال|المقالة|الخبر|المادة|الموضوع|التدوينة|المشاركة) (?:السابق|التالي)ة?(?![\u0621-\u064a])"
    r"|[<>«»←→\s-]*(?:(?:ال)?عودة إلى|إلى (?:ال)?صفحة)"
)
"""What a button to the story before or behind this one says."""
SHARER = re.compile(
    r"//[^/]*(?:facebook\.com|twitter\.com|\bx\.com|whatsapp|telegram|\bt\.me|linkedin|pinterest|plus\.google|"
    r"news\.google|addtoany|instagram\.com|youtube\.com|outbrain|taboola|mgid|doubleclick|googleads|"
    r"play\.google|apple\.com|tiktok\.com|nabd\.com)|/(?:whatsapp|telegram)/?$"
)
"""Where shares, follows and advertisements lead."""
CANONICAL = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")
"""An address that is canonical as it stands: nothing in it to decode, to resolve or to drop."""
SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "edu", "ac", "info", "press", "news"})
SHARED_HOSTS = frozenset({"github.io", "blogspot.com", "wordpress.com"})
NUMBERED = re.compile(r"\d{3}")
TITLED = re.compile(r"(?:^|[\s_-])(?:title|headline)(?:$|[\s_-])", re.I)
"""What the title on a card is called."""
BEHIND_LABEL = re.compile(r"\s*(?:[:|»>…]+|\.\.+|\s[-–—]+(?=\s))\s*")
"""What parts a label from the title it announces."""
LONGEST_LABEL = 40
FOR_MORE = frozenset(map(label_key, ("للمزيد", "وللمزيد", "لمزيد من التفاصيل")))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
USUAL = 10  # absolute links to one site, and none to its own, that make it the site of a saved page
MOST = 60
WORDS = 3  # of a title; one with fewer is a tag's, unless its address has a number
MOST_ANCHORS = 300  # of one box or list
LEAST_TITLE, SURE_TITLE = 9, 60  # characters
CARD = 3  # paragraphs of a card at most; elements that a button on it stands in
LEAST_EXCERPT = 30
OF_ISSUE = re.compile(r"العدد\s*:?\s*\d")
"""How a link to an issue of the paper begins."""


class StoryLinks:
    """The links to other stories found so far, each story once; says which addresses may be a story's.

    `holders` are the elements that hold the page's own headline or body: what they print is no excerpt.
    """

    def __init__(self, page: Page, canonical_url: str, holders: Collection[Element] = ()) -> None:
        self.page = page
        self.holders = holders
        self.source: Source = "structure"
        self.locator = ""
        self._links: dict[str, Link] = {}
        self._addresses: dict[str, str | None] = {}
        self._keys: dict[str, str] = {}
        self._usual: str | None = None
        known = {page.url, canonical_url, page.canonical or page.url}
        self._own = {link_key(each) for each in known}
        own = map(_path_of, self._own)
        self._scripts = {_script_of(path) for path in own if NO_STORY.search(path.lower())} - {""}
        self._sites = {domain_of(each) for each in (*known, page.first_meta("og:url") or page.url)} - {""}

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, with canonical addresses, in the order they were found."""
        return tuple(map(_canonical, islice(self._links.values(), MOST)))

    def address(self, href: str | None) -> str | None:
        """The absolute address behind a link that may lead to another story of this site; else None."""
        if not href or href[0] == "#":
            return None
        if href not in self._addresses:
            self._addresses[href] = self._address(href)
        return self._addresses[href]

    def _address(self, href: str) -> str | None:
        address = self.page.resolve(href)
        if address is None or len(address) > MAX_URL_LENGTH or SHARER.search(address):
            return None
        if not self._is_own_site(domain_of(address)):
            return None
        name = link_key(address)
        path = _path_of(name)
        if len(path) < 4 or name in self._own:
            return None
        if NO_STORY.search(path.lower()) and _script_of(path) not in self._scripts:
            return None
        self._keys[address] = name
        return address

    def _is_own_site(self, domain: str) -> bool:
        if domain in self._sites:
            return True
        if self._usual is None:
            self._usual = _usual_domain(self.page)
        return bool(domain) and domain == self._usual

    def _knows(self, href: str) -> bool:
        address = self.address(href)
        return address is not None and self._keys[address] in self._links

    def add(
        self, href: str | None, title: str, excerpt: str | None, kind: LinkKind, source: Source, locator: str
    ) -> None:
        """One more link, if it may be another story's and is not known yet."""
        address, title = self.address(href), _without_label(title)
        if address is None or not is_title(title) or NEIGHBOUR.match(title):
            return
        if len(label_key(title).split()) < WORDS and not NUMBERED.search(self._keys[address]):
            return
        if not self._links:
            self.source, self.locator = source, locator
        self._links.setdefault(self._keys[address], Link(title, address, excerpt, kind))

    def add_all(
        self,
        elements: Iterable[Element],
        kind: LinkKind,
        source: Source,
        locator: str,
        before: int | None = None,
    ) -> bool:
        """Every story linked within these elements, up to a place in the page; whether there was any."""
        found: dict[str, tuple[str, Element]] = {}
        for anchor in islice((each for element in elements for each in element.iter("a")), MOST_ANCHORS):
            if before is not None and self.page.positions[anchor] > before:
                break
            href = anchor.get("href")
            if href and self.address(href) is not None and not NO_STORY_REL.search(anchor.get("rel") or ""):
                title = title_of(anchor)
                if href not in found or _is_better(title, anchor, *found[href]):
                    found[href] = (title, anchor)
        any_title = False
        for href, (said, anchor) in found.items():
            title = said if is_title(said) else self._title_of_card(anchor) or said
            any_title = any_title or is_title(title)
            if not self._knows(href):
                self.add(href, title, self._excerpt(anchor, title), kind, source, locator)
        return any_title

    def _title_of_card(self, anchor: Element) -> str | None:
        """The heading of the card that a button («المزيد») stands on: one that links to no other story."""
        for parent in islice(anchor.iterancestors(), CARD):
            if parent in self.holders or any(
                self.address(each.get("href")) not in (None, self.address(anchor.get("href")))
                for each in islice(parent.iter("a"), MOST)
            ):
                return None
            if (heading := next(parent.iter(*HEADINGS), None)) is not None:
                said = text_of(heading)
                return None if lexicon().is_see_also(label_key(said)) else said
        return None

    def _excerpt(self, anchor: Element, title: str) -> str | None:
        """The cut text printed under a linked title, where the card has a paragraph of its own."""
        for parent in islice(anchor.iterancestors(), 3):
            if parent in self.holders or holds_more(parent, 4, "a"):
                return None
            if holds_more(parent, CARD, "p"):
                return None
            for paragraph in parent.iter("p"):
                text = text_of(paragraph)
                if len(text) <= LEAST_EXCERPT or text == title or next(paragraph.iter("a"), None) is not None:
                    continue
                if not _is_for_screens(text):
                    return text
        return None


def _is_for_screens(text: str) -> bool:
    """Whether a text is said to readers of a screen reader alone: «تخطى … وواصل القراءة»."""
    folded = label_key(text)
    return lexicon().screen.count(folded, folded.split()) > 0


def _without_label(text: str) -> str:
    """A linked title without the label that is linked with it: «اقرأ أيضا: …», «شاهد أيضًا.. …», «للمزيد>>> …»."""
    sign = BEHIND_LABEL.search(text[:LONGEST_LABEL])
    if sign is None or len(text) - sign.end() <= LEAST_TITLE:
        return text
    words, label = lexicon(), label_key(text[: sign.start()])
    announces = words.is_see_also(label) or (label in FOR_MORE and words.inline.fullmatch(label) is not None)
    return text[sign.end() :] if announces else text


def _is_better(title: str, anchor: Element, known: str, other: Element) -> bool:
    """Of two links to one story, whether the first shows its title rather."""
    if not is_title(title):
        return False
    if not is_title(known) or not says_anything(other) or len(known.split()) < WORDS <= len(title.split()):
        return True
    return _in_heading(anchor) and not _in_heading(other)


def link_key(url: str) -> str:
    """What two links to one story share: host, path and query, however they are percent-encoded."""
    return _link_key(url) if len(url) <= MAX_URL_LENGTH else url


@lru_cache(maxsize=4_096)
def _link_key(url: str) -> str:
    try:
        parts = urlsplit(unquoted(canonicalise(url) if "?" in url else url))
    except (AddressError, ValueError):
        return url
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _path_of(name: str) -> str:
    """Path and query of a link's key; on a home page only a query with a number tells a story: «/?p=1790021»."""
    if "/" in name:
        return name[name.find("/") :]
    query = name[name.find("?") :]
    return query if NUMBERED.search(query) else ""


def _script_of(path: str) -> str:
    """What stands before the query of a path that has one: on a site whose own stories are «view.php?cat=216314»,
    other such addresses are stories too."""
    script, mark, query = path.partition("?")
    return script + mark if NUMBERED.search(query) else ""


def _canonical(link: Link) -> Link:
    url = _canonical_url(link.url)
    return link if url == link.url else replace(link, url=url)


@lru_cache(maxsize=4_096)
def _canonical_url(url: str) -> str:
    if CANONICAL.fullmatch(url):
        return url
    try:
        return canonicalise(url)
    except (AddressError, ValueError):
        return url


def leads_off(address: str, host: str) -> bool:
    """Whether an address as it is written is another site's than that of this host."""
    is_whole = bool(host) and address.startswith(("http://", "https://"))
    return is_whole and domain_of(address) != domain_of(f"https://{host}/")


def is_item(element: Element, host: str) -> bool:
    """Whether an element is a link with all of an item that the story tells of, its heading too, and leads to the
    item's place on another site than that of this host.
    """
    if element.tag != "a" or not leads_off(element.get("href") or "", host):
        return False
    return next(element.iter("h2", "h3", "h4"), None) is not None


def domain_of(url: str) -> str:
    """The name a site is registered by, roughly.

    arabic.cnn.com → cnn.com; www.assabah.com.tn → assabah.com.tn
    """
    return _domain("/".join(url.split("/", 3)[:3]))


@lru_cache(maxsize=4_096)
def _domain(url: str) -> str:
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    national = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3 if national or ".".join(labels[-2:]) in SHARED_HOSTS else -2 :])


def _usual_domain(page: Page) -> str:
    """The site that most of a saved page's links lead to, where none leads to the address it is known by."""
    hrefs = (anchor.get("href") or "" for anchor in page.by_tag.get("a", ()))
    counts = Counter(domain_of(href) for href in hrefs if href.startswith("http"))
    (domain, times), *_ = counts.most_common(1) or [("", 0)]
    return domain if times >= USUAL and not counts[domain_of(page.url)] else ""


def is_title(text: str) -> bool:
    """Whether the text of a link can be a story's title: some words, and no button's."""
    if OF_ISSUE.match(text) or ("هنا" in text and label_key(text).endswith(PRESS_HERE)):
        return False
    if len(text) < LEAST_TITLE or len(text) > SURE_TITLE:
        return len(text) > SURE_TITLE
    return _says_enough(text)


@lru_cache(maxsize=16_384)
def _says_enough(text: str) -> bool:
    folded, words = label_key(text), lexicon()
    if len(folded) < LEAST_TITLE or " " not in folded:
        return False
    return folded not in words.furniture and not words.is_date(folded)


def title_of(anchor: Element) -> str:
    """The title a link shows: the heading of a card it wraps, what its label or a part's name says of its text, its
    text; else its title, or its picture's alt."""
    if not len(anchor):
        return clean(anchor.text) or clean(anchor.get("title"))
    heading = next(anchor.iter(*HEADINGS), None)
    headed = text_of(heading) if heading is not None else ""
    said = (
        headed
        or _titled_part(anchor)
        or _longest_part(anchor)
        or text_of(anchor)
        or clean(anchor.get("title"))
    )
    image = next(anchor.iter("img"), None) if not said else None
    return said if image is None else clean(image.get("alt"))


def _titled_part(anchor: Element) -> str:
    """The title within a card's text: what the link's label says too, or the one part that is called a title."""
    whole = text_of(anchor)
    label = clean(anchor.get("aria-label") or anchor.get("title"))
    if len(label.split()) >= WORDS and label in whole:
        return label
    titled = [
        each for each in islice(anchor.iterdescendants(), MOST) if TITLED.search(each.get("class") or "")
    ]
    said = text_of(titled[0]) if len(titled) == 1 else ""
    return said if len(said.split()) >= WORDS else ""


def _longest_part(anchor: Element) -> str:
    """The title among the parts of a card that is nothing but elements side by side: section, title, day."""
    if len(anchor) < 2 or clean(anchor.text) or any(clean(each.tail) for each in anchor):
        return ""
    parts = [text for each in anchor if isinstance(each.tag, str) and (text := text_of(each))]
    longest = max(parts, key=len, default="")
    return longest if len(parts) > 1 and len(longest.split()) >= WORDS else ""


def _in_heading(anchor: Element) -> bool:
    parent = anchor.getparent()
    return parent is not None and parent.tag in HEADINGS
