"""The breadcrumb as the page shows it: names in order, home and last crumb included where they stand.

Where a trail may be found, the surest place first: profile, names, unnamed ones (`trails_unnamed`), data. A
trail only in the head's data is taken where the page shows its parts. One trail is read by `trail`.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from lxml import etree

from archiver import jsonld
from archiver.article import ArticleWarning, Crumb, Found, Source
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, name_of, text_of
from archiver.extract.trail import HOME, is_trail, read_trail, tidied
from archiver.extract.trails_unnamed import by_signs, from_home, leading_down, up_to_headline
from archiver.page import Element, Node

MOST = 10
NEAR = 40
"""How many elements from the headline the parts of a trail may stand."""
ANNOUNCED = etree.XPath(
    "//*[@itemtype and contains(@itemtype, 'Breadcrumb') or @typeof and contains(@typeof, 'Breadcrumb')"
    " or @aria-label and (contains(@aria-label, 'readcrumb') or contains(@aria-label, 'مسار')"
    " or contains(@aria-label, 'You are here')) or contains(@aria-labelledby, 'breadcrumb')]"
)
"""Trails by microdata, RDFa or an accessible name."""
HERE = b'"You are here'
NAMED_ALOUD = (
    b"/BreadcrumbList",
    b"v:Breadcrumb",
    b'="Breadcrumb',
    b'="breadcrumb',
    b"='breadcrumb",
    b'="system-breadcrumb',
    HERE,
)


def read(layout: Layout) -> Choice[tuple[Crumb, ...]]:
    """The trail as shown; an empty one where the page shows none."""
    candidates = [found for found in _candidates(layout) if found.value]
    choice = choose("breadcrumbs", candidates, weights=layout.profile.weights.get("breadcrumbs"), same=_names)
    if choice.value is None:
        return Choice((), None, _unshown(layout))
    return Choice(choice.value, choice.provenance)


def _candidates(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """Trails, the surest first; what is plainer is looked for only where nothing surer was found."""
    for find in (_of_profile, _of_names, from_home, up_to_headline, leading_down, by_signs, _of_data):
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
    told = b"readcrumb" in page.body or HERE in page.body
    if not kept and told and any(name in page.body for name in NAMED_ALOUD):
        kept = _trails_among(layout, cast("list[Element]", ANNOUNCED(page.root)))
    if not kept:
        navs = page.by_tag.get("nav", ())
        kept = _trails_among(layout, [each for each in navs if "مسار" in (each.get("aria-label") or "")])
    return sorted(kept, key=lambda each: not _leads_with_home(each))


def _trails_among(layout: Layout, found: Sequence[Element]) -> list[Element]:
    unique = dict.fromkeys(_home_of(each) for each in sorted(found, key=layout.page.positions.__getitem__))
    trails = {each: None for each in unique if is_trail(layout, each)}
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


def _leads_with_home(element: Element) -> bool:
    link = next(element.iter("a"), None)
    return link is not None and bool(HOME.match(text_of(link)))


def trails_in_data(layout: Layout) -> Iterator[tuple[Crumb, ...]]:
    """The BreadcrumbList nodes of the page's JSON-LD, each item once, by position."""
    for node in layout.page.jsonld:
        if "breadcrumblist" not in jsonld.types(node):
            continue
        items = node.get("itemListElement")
        items = items if isinstance(items, list) else [items]
        named = [each for each in map(_item, items) if each is not None]
        unique = dict(sorted(dict(reversed(named)).items()))
        yield tidied([Crumb(crumb.name, layout.page.resolve(crumb.url)) for crumb in unique.values()])


def _item(node: Node | object) -> tuple[float, Crumb] | None:
    if not isinstance(node, dict):
        return None
    item = node.get("item")
    inner = item if isinstance(item, dict) else {}
    name = clean(jsonld.text(node.get("name")) or jsonld.text(inner.get("name")))
    url = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
    try:
        position = float(node.get("position") or 0)
    except (TypeError, ValueError, OverflowError):
        position = 0.0
    return (position, Crumb(name, url if isinstance(url, str) else None)) if name else None


def _is_shown(layout: Layout, crumbs: tuple[Crumb, ...]) -> bool:
    """Whether the parts of this trail stand by the headline in its order: a category's label alone is no trail."""
    wanted = [bare_words(each.name) for each in crumbs if bare_words(each.name) != layout.title_key]
    start = layout.headline_at
    if len(wanted) < 2 or start is None:
        return False
    for text, element in layout.page.runs:
        near = abs(layout.page.positions[element] - start) < NEAR and not layout.outside(element)
        if near and wanted and bare_words(clean(text)) == wanted[0]:
            wanted.pop(0)
    return not wanted


def _names(crumbs: tuple[Crumb, ...]) -> tuple[str, ...]:
    return tuple(bare_words(each.name) for each in crumbs)


def _unshown(layout: Layout) -> tuple[ArticleWarning, ...]:
    trails = [" / ".join(each.name for each in crumbs) for crumbs in trails_in_data(layout) if crumbs]
    return (ArticleWarning("breadcrumbs_not_shown", trails[0][:200]),) if trails else ()
