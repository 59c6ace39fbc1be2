"""The section the story stands in: the breadcrumb's, else what the page or its head names."""

import re
from collections.abc import Iterator

from archiver import jsonld
from archiver.article import Crumb, Found
from archiver.extract.breadcrumbs import trails_in_data
from archiver.extract.choice import Choice, choose_first
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, name_of, text_of
from archiver.extract.published_text import is_dateish
from archiver.extract.trail import HOME
from archiver.page import Element, Page
from archiver.page_state import origin
from archiver.urls import unquoted

REACH = 40
SLUG = re.compile(r"[a-z0-9_-]+")
HEAD = frozenset({"opengraph", "meta"})
"""Sources that may give a section by its folder: «news» is no name where another source has one."""
LONGEST = 60


def read(layout: Layout, crumbs: tuple[Crumb, ...], authors: tuple[str, ...] = ()) -> Choice[str | None]:
    """One section's name, or None; a crumb that is who wrote is none."""
    title = layout.title_key
    crumbs = tuple(each for each in crumbs if each.name not in authors)
    candidates = (each for each in _candidates(layout, crumbs, title) if _is_name(each.value))
    choice = choose_first("section", _folders_last(candidates), weights=layout.profile.weights.get("section"))
    return Choice(choice.value, choice.provenance)


def _folders_last(candidates: Iterator[Found[str]]) -> Iterator[Found[str]]:
    """The candidates one by one; a folder's name that the head gives, «news», behind all others."""
    folders = []
    for each in candidates:
        if each.source in HEAD and SLUG.fullmatch(each.value):
            folders.append(each)
        else:
            yield each
    yield from folders


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST and not is_dateish(text)


def _candidates(layout: Layout, crumbs: tuple[Crumb, ...], title: str) -> Iterator[Found[str]]:
    page = layout.page
    for match in layout.profile.first("section", page)[:1]:
        yield Found(text_of(match.element), text_of(match.element), match.source, match.locator)
    if name := innermost(crumbs, title):
        yield Found(name, " / ".join(each.name for each in crumbs), "structure", "breadcrumbs")
    yield from _labels(layout, title)
    yield from _menu_labels(layout, title)
    for name in ("article:section", "og:section", "section"):
        if text := page.first_meta(name):
            yield Found(clean(text), text, "opengraph" if ":" in name else "meta", name)
    for node in page.stories:
        if text := jsonld.text(node.get("articleSection")):
            yield Found(clean(text), text, *origin(node, "articleSection"))
    for trail in trails_in_data(layout):
        if name := innermost(trail, title):
            yield Found(name, name, "json_ld", "BreadcrumbList")
    yield from _outside_page(page)


def innermost(crumbs: tuple[Crumb, ...], title: str) -> str | None:
    """The last crumb that is neither home nor the page itself; none of a trail that leads to a day."""
    for crumb in reversed(crumbs):
        folded = bare_words(crumb.name)
        cut = folded.rstrip(" …")
        if not HOME.match(crumb.name) and not (
            title
            and len(cut) > 5
            and (title.startswith(cut) or folded == title or (len(cut) > 20 and title.endswith(f" {cut}")))
        ):
            return crumb.name if len(crumb.name) <= LONGEST and not crumb.name.isdigit() else None
    return None


def _labels(layout: Layout, title: str) -> Iterator[Found[str]]:
    """A category label beside the headline."""
    if layout.headline_at is None:
        return
    for element in layout.called("category"):
        at = layout.page.positions[element]
        behind = layout.body_end is not None and 0 < at - layout.body_end < REACH // 2
        if (abs(at - layout.headline_at) > REACH and not behind) or layout.outside(element):
            continue
        if element.tag in ("article", "body", "main") or len(text_of(element)) > 3 * LONGEST:
            continue
        links = [element] if element.tag == "a" else list(element.iter("a"))
        link = next((each for each in links if not HOME.match(text_of(each))), None)
        text = text_of(element if link is None else link)
        if text and bare_words(text) != title and not HOME.match(text):
            yield Found(text, text_of(element), "structure", name_of(element))


def _menu_labels(layout: Layout, title: str) -> Iterator[Found[str]]:
    """A link beside the headline that is also a link of the site's menu."""
    page, start = layout.page, layout.headline_at
    if start is None:
        return
    near = [each for each in page.elements[max(0, start - 15) : start + 20] if each.tag == "a"]
    near = [each for each in near if not layout.outside(each)]
    hrefs = {each.get("href") for each in near}
    menu = {
        (each.get("href"), bare_words(text_of(each)))
        for each in page.by_tag.get("a", ())
        if each.get("href") in hrefs and _in_menu(layout, each)
    }
    for element in near:
        text = text_of(element)
        known = (
            (element.get("href"), bare_words(text)) in menu
            or _is_category(element)
            or _leads_up(page, element)
        )
        if known and bare_words(text) != title and not HOME.match(text) and not BACK.match(text):
            yield Found(text, text, "structure", name_of(element))


BACK = re.compile(r"(?:ال)?(?:رجوع|عودة)(?:\s|$)|back\b", re.I)
"""What leads back to a list and is no section's name."""


def _is_category(element: Element) -> bool:
    href = element.get("href") or ""
    return "category" in (element.get("rel") or "") or "/category/" in href


def _leads_up(page: Page, element: Element) -> bool:
    """Whether a link's path is the beginning of the page's own."""
    target = (page.resolve(element.get("href")) or "").rstrip("/")
    if target.count("/") < 3 or len(target) >= len(page.url):
        return False
    return page.url.startswith(target + "/") or unquoted(page.url).startswith(unquoted(target) + "/")


def _in_menu(layout: Layout, element: Element) -> bool:
    return not layout.zones[element].isdisjoint({"nav", "header"})


def _outside_page(page: Page) -> Iterator[Found[str]]:
    if isinstance(page.hints.get("section"), str):
        yield Found(clean(page.hints["section"]), page.hints["section"], "hint", "section")
