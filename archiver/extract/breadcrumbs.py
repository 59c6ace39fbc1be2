"""The breadcrumb as the page shows it: names in order, home and last crumb included where they stand.

A trail is read off its markup's text: every link is a crumb, and so is what stands between links and
is not a separator. A trail only in the head's data is taken where the page shows its parts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import cast

from lxml import etree

from archiver import jsonld
from archiver.arabic.dates import parse_date
from archiver.article import ArticleWarning, Crumb, Found, Source
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import HAS_DAY, Layout
from archiver.extract.nodes import SKIPPED, clean, is_hidden, key, name_of, text_of
from archiver.extract.structured import path_of
from archiver.page import Element, Node

SEPARATOR = re.compile(r"^[\s/\\|»«›‹>→←⟵⟶▸◂►◄•·:–—\-_~,،]+$")
SPLIT = re.compile(r"\s+[/\\|→←⟵⟶▸►◄•·»«›‹>]+\s+|\s*[›>]+\s*|\s+(?:::|--)\s+")
EDGE = re.compile(r"^[\s/\\|»›‹>→←▸►◄•·:–—]+|[\s/\\|«›‹>→←▸►◄•·–—]+$")
LABEL = re.compile(
    r"^(?:[أا]نت هنا|[أا]نت ال[آا]ن في|أنت في|مكانك|موقعك|تصفح|المسار|you are here|you’re here)\s*:?\s*",
    re.I,
)
HOME = re.compile(
    r"^(?:ال)?(?:صفحة )?(?:ال)?رئيسي?[ةه]$|^الصفحة الأولى$|^الاستقبال$|^البداية$|^home(?: page)?$|^accueil$",
    re.I,
)
UNSEEN = re.compile(
    r"screen-reader|sr-only|visually-?hidden|element-invisible|separator|delimiter|divider|breadcrumb-sep"
)
SEP = re.compile("sep|delimiter|divider")
START = re.compile(
    r"^\s*(?:(?:ال)?(?:صفحة )?(?:ال)?رئيسي?[ةه]|الصفحة الأولى|الاستقبال|البداية|home(?: page)?|accueil)"
    r"\s*(?:$|(?P<sign>[/»›>←«‹|\\]))",
    re.I,
)
"""Home at the beginning of a run: alone, or with what parts it from the next crumb."""
MENU = re.compile(r"^(?:اتصل بنا|اتصل|من نحن|للاتصال|راسلنا|أعلن معنا|أرشيف|contact.*|about.*)$", re.I)
"""What only a menu holds."""
DIRECTED = re.compile(r"\s[/»›>←«‹]\s")
"""A separator that leads on: menus are parted by other signs."""
SIGN = re.compile(r"\s*[/»›>←«‹]\s*$")
ICONS = frozenset({"img", "i", "svg", "span"})
"""What parts crumbs where no letter does."""
LONGEST = 300
MOST = 10
FEW_CRUMBS = 4
"""How many crumbs a trail has, whose signs might part a menu too."""
FEW_LINKS = 2
"""How many links may stand between a trail without directed signs and the headline."""
NEAR = 40
"""How many elements from the headline the parts of a trail may stand."""
CLOSE = 60
"""How many elements before the headline a plain trail may stand."""
ANNOUNCED = etree.XPath(
    "//*[@itemtype and contains(@itemtype, 'Breadcrumb') or @typeof and contains(@typeof, 'Breadcrumb')"
    " or @aria-label and (contains(@aria-label, 'readcrumb') or contains(@aria-label, 'مسار'))]"
)
"""Trails by microdata, RDFa or an accessible name."""
NAMED_ALOUD = (b"/BreadcrumbList", b"v:Breadcrumb", b'="Breadcrumb', b'="breadcrumb', b"='breadcrumb")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text of the trail: the link it stands in, if any."""

    text: str
    href: str | None
    link: Element | None


def read(layout: Layout) -> Choice[tuple[Crumb, ...]]:
    """The trail as shown; an empty one where the page shows none."""
    candidates = [found for found in _candidates(layout) if found.value]
    choice = choose("breadcrumbs", candidates, weights=layout.profile.weights.get("breadcrumbs"), same=_names)
    if choice.value is None:
        return Choice((), None, _unshown(layout))
    return Choice(choice.value, choice.provenance)


def _candidates(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """Trails, the surest first; what is plainer is looked for only where nothing surer was found."""
    for find in (_of_profile, _of_names, _plain, _leading_down, _of_data):
        found = [each for each in find(layout) if each.value]
        if found:
            yield from found
            return


def _of_profile(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    for match in layout.profile.first("breadcrumbs", layout.page)[:3]:
        yield from _of_element(layout, match.element, match.source, match.locator)


def _of_names(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    for element in _containers(layout):
        yield from _of_element(layout, element, "structure", name_of(element))


def _of_data(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    for crumbs in trails_in_data(layout):
        if _is_shown(layout, crumbs):
            yield Found(crumbs, " / ".join(each.name for each in crumbs), "json_ld", "BreadcrumbList")


def _of_element(
    layout: Layout, element: Element, source: Source, locator: str
) -> Iterator[Found[tuple[Crumb, ...]]]:
    crumbs = read_trail(layout, element)
    if crumbs and len(crumbs) <= MOST:
        yield Found(crumbs, text_of(element), source, locator)


def _containers(layout: Layout) -> list[Element]:
    """Elements named or marked as a trail that stand before the body, outermost first, best first."""
    page = layout.page
    kept = _trails_among(layout, layout.called("breadcrumb"))
    if not kept and b"readcrumb" in page.body and any(name in page.body for name in NAMED_ALOUD):
        kept = _trails_among(layout, cast("list[Element]", ANNOUNCED(page.root)))
    return sorted(kept, key=lambda each: not _leads_with_home(each))


def _trails_among(layout: Layout, found: Sequence[Element]) -> list[Element]:
    unique = dict.fromkeys(_home_of(each) for each in sorted(found, key=layout.page.positions.__getitem__))
    trails = {each: None for each in unique if _is_trail(layout, each)}
    return [_list_of(each) for each in trails if not any(parent in trails for parent in each.iterancestors())]


def _list_of(element: Element) -> Element:
    """The one list a trail's box holds: what stands beside it is a heading or a date."""
    lists = [each for each in element.iter("ul", "ol") if each.find("li") is not None]
    return lists[0] if len(lists) == 1 else element


def _home_of(element: Element) -> Element:
    """The list of a single crumb that carries the trail's name itself."""
    while element.tag in ("a", "li", "span") and element.getparent() is not None:
        parent = element.getparent()
        if (
            (element.tag == "span" and len(element.findall(".//a")) > 1)
            or parent is None
            or parent.tag == "body"
        ):
            return element
        element = parent
    return element


def _is_trail(layout: Layout, element: Element) -> bool:
    if is_hidden(element) or element.tag in ("body", "html", "link", "meta", "script"):
        return False
    if layout.headline is not None and layout.headline in set(element.iterdescendants(layout.headline.tag)):
        return False
    at = layout.page.positions[element]
    above = layout.headline_at is not None and at < layout.headline_at
    after = layout.body_at is not None and at > layout.body_at and not above
    return not after and len(text_of(element)) <= 3 * LONGEST and not _in_footer(layout, element)


def _in_footer(layout: Layout, element: Element) -> bool:
    return not {"footer", "comments", "related"}.isdisjoint(layout.zones[element])


def _leads_with_home(element: Element) -> bool:
    link = next(element.iter("a"), None)
    return link is not None and bool(HOME.match(text_of(link)))


def read_trail(layout: Layout, element: Element) -> tuple[Crumb, ...]:
    """The crumbs of one trail element."""
    crumbs: list[Crumb] = []
    for piece in _pieces(element):
        text = clean(piece.text)
        if piece.link is not None:
            text = _trimmed(text) or text
            if text and not SEPARATOR.match(text):
                crumbs.append(Crumb(text, layout.page.resolve(piece.href)))
            continue
        text = LABEL.sub("", text)
        crumbs += [Crumb(part, None) for part in _split(text) if not _is_date(part)]
    return _tidied(crumbs)


def _is_date(text: str) -> bool:
    """Whether a piece of a trail is a date that stands beside it."""
    return HAS_DAY.search(text) is not None and len(text) < 60 and parse_date(text, now=None) is not None


def _trimmed(text: str) -> str:
    """A crumb without the separators at its ends; quotation marks that belong together stay."""
    text = EDGE.sub("", text).strip()
    if "«" not in text:
        text = text.rstrip("» ")
    return text if "»" in text else text.lstrip("« ")


def _split(text: str) -> list[str]:
    """Plain text between links, cut at separators that stand alone."""
    parts = (_trimmed(part) for part in SPLIT.split(f" {text} "))
    return [part for part in parts if part and not SEPARATOR.match(part)]


def _pieces(element: Element) -> Iterator[_Piece]:
    """Runs of text in order; a run ends where a link or any element begins or ends."""
    stack: list[tuple[Element | None, Element | None, str]] = [(element, None, "")]
    while stack:
        node, link, tail = stack.pop()
        if node is None:
            if tail.strip():
                yield _Piece(tail, link.get("href") if link is not None else None, link)
            continue
        if node is not element and node.tail:
            stack.append((None, link, node.tail))
        if not isinstance(node.tag, str) or node.tag in SKIPPED or _is_unseen(node):
            continue
        if node.tag == "a":
            text = text_of(node)
            if text:
                yield _Piece(text, node.get("href"), node)
            continue
        if _is_one_name(node):
            yield _Piece(text_of(node), None, None)
            continue
        stack.extend((child, link, "") for child in reversed(node))
        if node.text and node.text.strip():
            yield _Piece(node.text, None, link)


def _is_unseen(node: Element) -> bool:
    """Whether a node is hidden, or a mark between crumbs; a crumb may carry the name of the mark that follows it."""
    name = (node.get("class") or "").lower()
    return (
        bool(UNSEEN.search(name)) and not (SEP.search(name) and node.find(".//a") is not None)
    ) or is_hidden(node)


def _is_one_name(node: Element) -> bool:
    """A heading or bold run without links, whose inner markup parts nothing."""
    return node.tag in ("h1", "h2", "strong", "b", "em") and node.find(".//a") is None and len(node) > 0


def _tidied(crumbs: Sequence[Crumb]) -> tuple[Crumb, ...]:
    """Without labels and without a crumb printed twice in a row."""
    kept: list[Crumb] = []
    for crumb in crumbs:
        if LABEL.fullmatch(crumb.name) or len(crumb.name) > LONGEST:
            continue
        if kept and kept[-1].name == crumb.name:
            continue
        kept.append(crumb)
    return tuple(kept)


def _plain(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """An unnamed trail above the headline that begins at home: with separators, or a list beside it."""
    positions, start = layout.page.positions, layout.headline_at
    if start is None:
        return
    for text, element in layout.page.runs:
        if len(text) > 60 or not -CLOSE < positions[element] - start < 0:
            continue
        if (head := START.match(text)) is None and not _names_site(layout, text, element):
            continue
        link = next((each for each in (element, *element.iterancestors()) if each.tag == "a"), None)
        parent = element if link is None else _around_crumb(link)
        if link is None and (head is None or not head["sign"]) and element.tag in ("li", "td"):
            continue
        if parent is not None and _may_lead(layout, parent, element if link is None else link):
            crumbs = read_trail(layout, parent)
            if _is_plain_trail(layout, parent, crumbs, is_home=head is not None) and (
                crumbs[0].name == text_of(link) if link is not None else HOME.match(crumbs[0].name)
            ):
                yield Found(crumbs, text_of(parent), "structure", name_of(parent))


def _leading_down(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """A row of links shortly above the headline whose addresses lead down, each within the one before, or that
    begins with a link home that is nothing but an icon."""
    start = layout.headline_at
    if start is None:
        return
    above = [each for each in layout.page.elements[max(0, start - SHORTLY) : start] if each.tag == "a"]
    for first, second in pairwise([*above, None]):
        if first is None:
            return
        nested = second is not None and _is_within(_bare(first), _bare(second))
        icon = len(first) > 0 and not text_of(first)
        parent = _around_crumb(first) if nested or icon else None
        if parent is None or not PARTS_OF_SITE.isdisjoint(layout.zones[parent]):
            continue
        links = list(islice(parent.iter("a"), FEW_CRUMBS + 2))
        if links[0] is not first or len(links) > FEW_CRUMBS + icon:
            continue
        if icon and _is_home_link(layout, first) and _has_separators(parent):
            crumbs = read_trail(layout, parent)
        elif nested and all(_is_within(*pair) for pair in pairwise(map(_bare, links))):
            crumbs = read_trail(layout, parent)
            crumbs = crumbs if len(crumbs) == len(links) else ()
        else:
            continue
        if crumbs:
            yield Found(crumbs, text_of(parent), "structure", name_of(parent))
            return


PARTS_OF_SITE = frozenset({"footer", "nav", "header"})


def _is_home_link(layout: Layout, link: Element) -> bool:
    address = layout.page.resolve(link.get("href"))
    return address is not None and path_of(address) in ("", "/")


def _is_within(upper: str, lower: str) -> bool:
    """Whether one address, as it is written, lies within another that is not a site's root."""
    rooted = upper.startswith("http") and upper.count("/") < LEAST_SLASHES
    return len(upper) > 1 and not rooted and lower.startswith(f"{upper}/")


LEAST_SLASHES = 3
SHORTLY = 20
"""How many elements before the headline such a row stands at most."""


def _bare(link: Element) -> str:
    """Where a link leads, as it is written, without what follows the path."""
    return (link.get("href") or "").partition("?")[0].partition("#")[0].rstrip("/")


def _names_site(layout: Layout, text: str, element: Element) -> bool:
    """Whether a link home, or to where the logo leads, stands in the place of «الرئيسية»: with the site's name, or
    before a sign that leads on."""
    href = element.get("href") if element.tag == "a" else None
    if href is None:
        return False
    if path_of(layout.page.resolve(href) or layout.page.url) in ("", "/"):
        return key(text) in layout.site_names or DIRECTED.match(element.tail or "") is not None
    first = next(iter(layout.page.by_tag.get("a", ())), None)
    return first is not None and first is not element and first.get("href") == href


def _may_lead(layout: Layout, parent: Element, start: Element) -> bool:
    """Whether an element may be a trail that starts with this link or word: not far off, in no footer."""
    return "footer" not in layout.zones[start] and _is_trail(layout, parent) and _is_close(layout, start)


def _is_plain_trail(layout: Layout, parent: Element, crumbs: Sequence[Crumb], *, is_home: bool) -> bool:
    """Whether what an unnamed element holds is a trail rather than a menu."""
    if not 2 <= len(crumbs) <= (6 if is_home else FEW_CRUMBS) or any(
        MENU.match(crumb.name) for crumb in crumbs
    ):
        return False
    if key(crumbs[-1].name) == layout.title_key:
        return True
    if is_home and len(crumbs) < FEW_CRUMBS and parent.getnext() is layout.headline:
        return True
    if DIRECTED.search(text_of(parent)) or any(
        SIGN.match(str(text)) for text in islice(parent.itertext(), 2 * MOST)
    ):
        return True
    if (
        len(crumbs) > FEW_CRUMBS
        or "nav" in layout.zones[parent]
        or _links_between(layout, parent) > FEW_LINKS
    ):
        return False
    return _has_separators(parent) or (
        is_home and (_is_beside_headline(layout, parent) or _is_second_home(layout, parent))
    )


def _is_second_home(layout: Layout, trail: Element) -> bool:
    """Whether a list that begins at home stands behind a menu that does so too: no page has two menus there."""
    if trail.tag not in ("ol", "ul") or len(trail) > FEW_CRUMBS:
        return False
    at = layout.page.positions[trail]
    before = (text for text, each in layout.page.runs if layout.page.positions[each] < at)
    return any(len(text) < 60 and HOME.match(text.strip()) for text in before)


def _links_between(layout: Layout, trail: Element) -> int:
    """How many links stand between a trail and the headline: behind a menu stand other things' links."""
    positions, last = layout.page.positions, trail
    while len(last):
        last = last[-1]
    begin, end = positions.get(last, positions[trail]), layout.headline_at or 0
    return sum(begin < positions[each] < end for each in layout.page.by_tag.get("a", ()))


def _around_crumb(link: Element) -> Element | None:
    """The element that holds a crumb and its neighbours: its parent, or beyond what wraps it alone."""
    parent = link.getparent()
    while parent is not None and parent.tag in ("li", "td", "span", "em", "b", "strong"):
        if sum(1 for _ in parent.iter("a")) > 1:
            break
        parent = parent.getparent()
    return parent


def _is_close(layout: Layout, link: Element) -> bool:
    """Whether a trail stands where trails do: above the headline, not a page away."""
    return layout.headline_at is not None and 0 < layout.headline_at - layout.page.positions[link] < CLOSE


def _is_beside_headline(layout: Layout, element: Element) -> bool:
    """Whether a short list stands in an element of the story that holds the headline too: no menu does."""
    parent, headline = element.getparent(), layout.headline
    if (
        parent is None
        or element.tag not in ("ol", "ul")
        or headline is None
        or parent.tag in ("body", "html", "form")
        or len(element) > 4
    ):
        return False
    return any(each is parent for each in headline.iterancestors())


def _has_separators(element: Element) -> bool:
    texts = [
        element.text or "",
        *(child.tail or "" for child in element),
        *(text_of(child) for child in element),
    ]
    if any((text.strip() and SEPARATOR.match(text.strip())) or EDGE.match(text.strip()) for text in texts):
        return True
    return any(child.tag in ICONS and not text_of(child) for child in islice(element, 1, 3))


def trails_in_data(layout: Layout) -> Iterator[tuple[Crumb, ...]]:
    """The BreadcrumbList nodes of the page's JSON-LD, each item once, by position."""
    for node in layout.page.jsonld:
        if "breadcrumblist" not in jsonld.types(node):
            continue
        items = node.get("itemListElement")
        items = items if isinstance(items, list) else [items]
        named = [each for each in map(_item, items) if each is not None]
        unique = dict(sorted(dict(reversed(named)).items()))
        yield _tidied([Crumb(crumb.name, layout.page.resolve(crumb.url)) for crumb in unique.values()])


def _item(node: Node | object) -> tuple[float, Crumb] | None:
    if not isinstance(node, dict):
        return None
    item = node.get("item")
    inner = item if isinstance(item, dict) else {}
    name = clean(jsonld.text(node.get("name")) or jsonld.text(inner.get("name")))
    url = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
    try:
        position = float(node.get("position") or 0)
    except (TypeError, ValueError):
        position = 0.0
    return (position, Crumb(name, url if isinstance(url, str) else None)) if name else None


def _is_shown(layout: Layout, crumbs: tuple[Crumb, ...]) -> bool:
    """Whether the parts of this trail stand by the headline in its order: a category's label alone is no trail."""
    wanted = [key(each.name) for each in crumbs if key(each.name) != layout.title_key]
    start = layout.headline_at
    if len(wanted) < 2 or start is None:
        return False
    for text, element in layout.page.runs:
        near = abs(layout.page.positions[element] - start) < NEAR and not layout.outside(element)
        if near and wanted and key(clean(text)) == wanted[0]:
            wanted.pop(0)
    return not wanted


def _names(crumbs: tuple[Crumb, ...]) -> tuple[str, ...]:
    return tuple(key(each.name) for each in crumbs)


def _unshown(layout: Layout) -> tuple[ArticleWarning, ...]:
    trails = [" / ".join(each.name for each in crumbs) for crumbs in trails_in_data(layout) if crumbs]
    return (ArticleWarning("breadcrumbs_not_shown", trails[0][:200]),) if trails else ()
