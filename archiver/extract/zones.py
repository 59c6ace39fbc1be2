"""What the parts of a page are called, and so what they are: site header, sidebar, related list, comments.

Class and id names are the only hint most pages give. The names are matched as words, misspelt ones
included; wrappers that only mention a part (``has-sidebar``) are not taken for it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from archiver.page import Element, Page

NAMES: Mapping[str, str] = {
    "header": r"site-?header|top-?(?:bar|nav|header|menu|line|strip)s?[a-z]*|masthead|main-?header|logo"
    r"|header(?:-?(?:top|main|wrap(?:per)?|inner|container|bottom|area|menu|bar|sec|section))?|page-?top",
    "nav": r"nav(?:bar|igation|menu)?|main-?(?:nav|menu)[a-z]*|menus?|mega-?menu|sub-?menu|mobile-?menu"
    r"|off-?canvas[a-z]*|side-?nav|pagination|pager|wp-?pagenavi",
    "footer": r"(?:site-?|page-?|main-?)?footers?|copy-?rights?|bottom-?bar",
    "sidebar": r"side-?bars?|side-?(?:area|col|column|content|block)s?|aside|(?:right|left)-?col(?:umn)?|widget",
    "related": r"relat[a-z]*|more-?(?:news|stories|posts|articles|from|in)[a-z]*|read-?(?:also|more)[a-z]*|see-?also"
    r"|check-?also[a-z]*|also-?read|recommend[a-z]*|most-?(?:read|viewed|popular|recent)[a-z]*|popular[a-z]*"
    r"|trending[a-z]*|latest[a-z]*|last-?news[a-z]*|recent-?(?:posts?|news|stories)|suggest[a-z]*|you-?may[a-z]*"
    r"|next-?prev[a-z]*|prev-?next[a-z]*|post-?nav(?:igation)?|top-?news|hot-?(?:news|articles?|topics)[a-z]*"
    r"|other-?news[a-z]*|taboola[a-z]*|outbrain[a-z]*|dable[a-z]*|jp-relatedposts|yarpp[a-z]*|bs-irp[a-z]*"
    r"|editors?-?picks?|carousel[a-z]*|similar[a-z]*",
    "comments": r"comments?|commentlist|disqus[a-z]*|respond",
    "share": r"shar(?:e|ing|er)[a-z]*|social[a-z]*|add-?toany[a-z]*|a2a|addthis[a-z]*|follow[a-z]*",
    "ticker": r"ticker[a-z]*|breaking[a-z]*|urgent[a-z]*|news-?(?:bar|strip|flash)|marquee|flash-?news|slider[a-z]*"
    r"|swiper[a-z]*|owl",
    "popup": r"pop-?up[a-z]*|modal[a-z]*|cookie[a-z]*|newsletter[a-z]*|subscri[a-z]*|lightbox|toast",
    "clock": r"today[a-z]*|clock[a-z]*|(?:current|site|header|top|server|page|now)-?(?:date|time|day)[a-z]*"
    r"|date-?widget|td-data-time|td-header-[a-z-]*date|date-?(?:today|now|bar)|head-date-txt|hijri[a-z]*|islamic-?date"
    r"|weather[a-z]*|prayer[a-z]*|datewrap|datetime-?now|livedate",
    "author_box": r"about-?(?:the-?)?author[a-z]*|author-?(?:box|bio|info-?box|desc|about|card|social|posts)[a-z]*"
    r"|jeg-authorbox|jnews-author-box-container|saboxplugin",
    "caption": r"[a-z]*caption[a-z]*|img-?cap|figcap[a-z]*|(?:img|photo|image|pic)-?(?:desc|credit|title|comment)[a-z]*",
    "tags": r"tags?|tag-?(?:links|list|cloud|box|wrap)|keywords?",
}
"""{part: the names it goes by}: whole words of an element's "class id itemprop", `-` between words."""
IGNORED = r"(?:has|with|no|without|hide)-(?:side-?bar|header|nav|menu)[a-z]*|navy|headers?-[a-z]+-\d+|tag-[^\s]+"
"""Words that only mention a part."""
WORDS = re.compile(
    rf"(?<![a-z0-9])(?:{IGNORED}|" + "|".join(f"(?P<{part}>{names})" for part, names in NAMES.items()) + ")(?![a-z])"
)
BREADCRUMB = re.compile(
    r"crumb|bread-?(?:cum|crum|curmb|crump)|berdcrum|you-?are-?here|(?<![a-z-])(?:path-?way|site-?path|nav-?path"
    r"|page-?path|site-?map-?path)(?![a-z])|(?:^|\s)path(?:$|\s)"
)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")

OUTSIDE = frozenset({"header", "nav", "footer", "sidebar", "related", "comments", "ticker", "popup", "clock"})
"""The parts of a page that are not the story's."""
PARTS = frozenset({*NAMES, "breadcrumb"})
STORY_PART = re.compile(
    r"(?<![a-z])(?:entry|post|article|single|story|node|content|news|details?|title)[a-z-]*-?head(?:er)?(?![a-z])"
    r"|entry-title|post-?title"
)
"""Names of headers that belong to the story itself."""
BY_TAG: Mapping[str, str] = {"nav": "nav", "footer": "footer", "aside": "sidebar", "header": "header"}


FIELDS: Mapping[str, re.Pattern[str]] = {
    "title_name": re.compile(
        r"(?<![a-z])(?:(?:post|entry|article|artical|news|story|single|page|main|node|detail|details|content|item|the)"
        r"s?-?(?:main-?)?(?:title|headline|head)|headline|title|tdb-title-text)s?(?![a-z])"
    ),
    "other_title": re.compile(
        r"sub-?title|site-?title|widget-?title|block-?title|section-?title|box-?title|related|comment|screen-reader"
        r"|sr-only|visually-hidden|element-invisible|logo|caption|author"
    ),
    "subtitle": re.compile(
        r"(?<![a-z])(?:sub-?(?:title|head(?:line|ing)?)|stand-?first|(?:post|entry|article|story|news)-?(?:sub-?title"
        r"|summary|intro|lead|excerpt|brief)|kicker-?text|alternativeheadline|dek|second-?title)(?![a-z])"
    ),
    "author": re.compile(
        r"(?<![a-z])(?:(?:[a-z]+-)?(?:authors?|auther|byline|by-line|writers?|reporters?|journalists?|redactor|columnists?"
        r"|writeby|writtenby|written-by|kateb|katib|editor-?name)(?:-?(?:name|names|link|title|info|meta))?"
        r"|(?:news|article|story|item|post)-?(?:editor|by))(?![a-z])"
    ),
    "source": re.compile(
        r"(?<![a-z])(?:(?:news|article|story|post|item)-?)?(?:source|agency|news-?agency|credit-?source)s?(?:-?name)?(?![a-z])"
    ),
    "not_byline": re.compile(r"avatar|img|image|photo|desc|bio|social|count|comment|posts|archive|follow|email|box|rss|thumb"),
    "category": re.compile(
        r"(?<![a-z])(?:post-cats?|cat-links|category|post-category|meta-category|article-section|section-name|news-cat"
        r"|entry-category|term-badge|articlesection|topic-name|jeg-meta-category|tdb-entry-category)(?![a-z])"
    ),
    "tag_box": re.compile(rf"(?<![a-z0-9])(?:{NAMES['tags']}|key-?words|tagged|hashtags?|topics)(?![a-z])"),
    "date_name": re.compile(
        r"date|time|publish|posted|created|(?<![a-z])tarikh|timestamp|tmstmp|ago(?![a-z])|meta|info"
    ),
    "changed": re.compile(r"modif|updat(?!ed-?published)|lastmod"),
    "issued": re.compile(r"publish|posted|created|date-?created|pubdate"),
}
"""{what an element may be called: how}; unlike the parts of a page these do not hold for what is inside."""


@lru_cache(maxsize=20_000)
def roles(mark: str) -> frozenset[str]:
    """What an element with this "class id itemprop" is called: parts of a page, and names of fields."""
    words = HUMP.sub("-", mark).replace("_", "-").lower()
    found = {match.lastgroup for match in WORDS.finditer(words) if match.lastgroup}
    if BREADCRUMB.search(words):
        found.add("breadcrumb")
    if "header" in found and STORY_PART.search(words):
        found.discard("header")
    found.update(name for name, pattern in FIELDS.items() if pattern.search(words))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Names:
    """{element: what it is called}, and the same the other way round; elements in document order."""

    own: Mapping[Element, frozenset[str]]
    called: Mapping[str, list[Element]]


NOTHING: frozenset[str] = frozenset()


def read_names(page: Page) -> Names:
    """What every element of the page is called, by its class, id and itemprop, and by its tag."""
    own: dict[Element, frozenset[str]] = {}
    called: dict[str, list[Element]] = {}
    for element, mark in page.named:
        found = roles(mark)
        if found and element.tag not in ("html", "body"):
            own[element] = found
            for role in found:
                called.setdefault(role, []).append(element)
    for tag, role in BY_TAG.items():
        for element in page.by_tag.get(tag, ()):
            if tag not in ("header", "footer") or not _inside_story(element):
                own[element] = own.get(element, NOTHING) | {role}
    return Names(own, called)


def _inside_story(element: Element) -> bool:
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


class Zones:
    """The parts of the page an element stands in, worked out when it is asked for and kept.

    `exempt` are elements whose own names do not count: the ancestors of the headline and of the body.
    """

    def __init__(self, names: Names, exempt: Iterable[Element] = ()) -> None:
        self._own = names.own
        self._exempt = frozenset(exempt)
        self._known: dict[Element, frozenset[str]] = {}

    def __getitem__(self, element: Element) -> frozenset[str]:
        chain = []
        node: Element | None = element
        parts = NOTHING
        while node is not None:
            found = self._known.get(node)
            if found is not None:
                parts = found
                break
            chain.append(node)
            node = node.getparent()
        for each in reversed(chain):
            own = self._own.get(each)
            if own and each not in self._exempt:
                parts = parts | (own & PARTS)
            self._known[each] = parts
        return parts
