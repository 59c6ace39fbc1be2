"""What the parts of a page are called, and so what they are: site header, sidebar, related list, comments.

Class and id names are the only hint most pages give. The names are matched as words, misspelt ones
included; wrappers that only mention a part (``has-sidebar``) are not taken for it.
"""

import re
from collections.abc import Iterable, Mapping
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
    r"|date-?widget|td-data-time|td-header-[a-z-]*date|date-?(?:today|now|bar|header)|hijri[a-z]*|islamic-?date"
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
    r"|page-?path|sitemap-?path)(?![a-z])|(?:^|\s)path(?:$|\s)"
)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")

OUTSIDE = frozenset({"header", "nav", "footer", "sidebar", "related", "comments", "ticker", "popup", "clock"})
"""The parts of a page that are not the story's."""
CLOSED = frozenset({"nav", "footer", "comments", "popup"})
"""Parts whose inner names add nothing."""
STORY_PART = re.compile(
    r"(?<![a-z])(?:entry|post|article|single|story|node|content|news|details?|title)[a-z-]*-?head(?:er)?(?![a-z])"
    r"|entry-title|post-?title"
)
"""Names of headers that belong to the story itself."""
BY_TAG: Mapping[str, str] = {"nav": "nav", "footer": "footer", "aside": "sidebar", "header": "header"}


@lru_cache(maxsize=20_000)
def roles(mark: str) -> frozenset[str]:
    """What an element with this "class id itemprop" is called."""
    words = HUMP.sub("-", mark).replace("_", "-").lower()
    found = {match.lastgroup for match in WORDS.finditer(words) if match.lastgroup}
    if BREADCRUMB.search(words):
        found.add("breadcrumb")
    if "header" in found and STORY_PART.search(words):
        found.discard("header")
    return frozenset(found)


def mark_of(element: Element) -> str:
    """The element's "class id itemprop"."""
    return " ".join(filter(None, map(element.attrib.get, ("class", "id", "itemprop"))))


def own_roles(element: Element) -> frozenset[str]:
    """What the element itself is, by its names and its tag."""
    found = roles(mark_of(element)) if element.attrib else frozenset()
    role = BY_TAG.get(str(element.tag))
    if role is None or element.tag in ("html", "body"):
        return found
    parent = element.getparent()
    inside = parent is not None and any(each.tag in ("article", "main") for each in element.iterancestors())
    if inside and role in ("header", "footer"):
        return found
    return found | {role}


def zones(page: Page, exempt: Iterable[Element] = ()) -> Mapping[Element, frozenset[str]]:
    """{element: every part of the page it stands in}; elements that stand in none are left out.

    `exempt` are elements whose own names do not count: the ancestors of the headline and of the body.
    """
    spared = {*exempt, *page.by_tag.get("html", ()), *page.by_tag.get("body", ())}
    found: dict[Element, frozenset[str]] = {}
    for element in page.elements:
        parent = element.getparent()
        inherited = found.get(parent) if parent is not None else None
        known = element in spared or not _named(element) or (inherited and not CLOSED.isdisjoint(inherited))
        own = frozenset() if known else own_roles(element)
        if own and inherited:
            found[element] = own | inherited
        elif own or inherited:
            found[element] = own or inherited or frozenset()
    return found


def _named(element: Element) -> bool:
    return bool(element.attrib) or element.tag in BY_TAG
