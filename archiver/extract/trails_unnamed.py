"""Trails that nothing names: what stands above the headline and begins at home, or leads down to the story."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from archiver.article import Crumb, Found
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, holds_more, name_of, says_anything, text_of
from archiver.extract.structured import path_of
from archiver.extract.trail import EDGE, HOME, SEPARATOR, is_trail, read_trail
from archiver.extract.zones import roles
from archiver.page import Element
from archiver.urls import unquoted

START = re.compile(
    r"^\s*(?:(?:ال)?(?:صفحة )?(?:ال)?رئيسي?[ةه]|الصفحة الأولى|الاستقبال|البداية|home ?(?:page)?|accueil)"
    r"\s*(?:$|(?P<sign>[/»›<>←«‹|\\]))",
    re.I,
)
"""Home at the beginning of a run: alone, or with what parts it from the next crumb."""
MENU = re.compile(r"^(?:اتصل بنا|اتصل|من نحن|للاتصال|راسلنا|أعلن معنا|أرشيف|contact.*|about.*)$", re.I)
"""What only a menu holds."""
LANGUAGES = frozenset(
    map(
        bare_words,
        [
            "العربية",
            "عربي",
            "English",
            "Français",
            "Русский",
            "Türkçe",
            "Español",
            "Deutsch",
            "کوردی",
            "كوردی",
            "فارسی",
        ],
    )
)
"""What a choice of languages holds."""
DIRECTED = re.compile(r"\s-{0,2}[/»›<>←«‹]\s")
"""A separator that leads on: menus are parted by other signs."""
SIGN = re.compile(r"\s*-{0,2}[/»›<>←«‹]\s*$")
LEAD = re.compile(r"\s*[»›>←«‹]\s*(.*)$", re.S)
"""A sign that leads on, and the text behind it."""
ICONS = frozenset({"img", "i", "svg", "span"})
"""What parts crumbs where no letter does."""
ARROW = re.compile(r"(?:angle|chevron|arrow|caret)(?:-double)?-?(?:left|right)")
LIST_DEPTH = 2  # steps from the last crumb's text up to the list that it ends
FEW_CRUMBS = 4
"""How many crumbs a trail has, whose signs might part a menu too."""
FEW_LINKS = 2
"""How many links may stand between a trail without directed signs and the headline."""
CLOSE, FAR = 60, 150
"""How many elements before the headline a plain trail may stand, and one whose signs lead on."""
MENU_LINKS = 3
"""Links before a trail, at least: those of the menu."""
LEAST = 20
"""Characters of a text that may be a headline without what stands before it."""
MOST_TEXTS = 20  # looked through for a sign that leads on
PARTS_OF_SITE = frozenset({"footer", "nav", "header"})
LEAST_SLASHES = 3
"""Of an address with a path, written with its host."""
SHORTLY = 20
"""How many elements before the headline a row of links that lead down may stand."""


def from_home(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """An unnamed trail above the headline that begins at home: with separators, or a list beside it."""
    positions, start = layout.page.positions, layout.headline_at
    if start is None:
        return
    for text, element in layout.page.runs:
        if len(text) > 60 or not -FAR < positions[element] - start < 0:
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
        elif link is not None and (crumbs := _bare_trail(layout, link)):
            yield Found(crumbs, " » ".join(each.name for each in crumbs), "structure", name_of(link))


def _bare_trail(layout: Layout, link: Element) -> tuple[Crumb, ...]:
    """A trail in no element of its own: links that directed signs part, up to the headline in plain text."""
    crumbs: list[Crumb] = []
    while len(crumbs) <= FEW_CRUMBS + 1 and (lead := LEAD.match(link.tail or "")) is not None:
        crumbs.append(Crumb(text_of(link), layout.page.resolve(link.get("href"))))
        if last := clean(lead[1]):
            return (*crumbs, Crumb(last, None)) if _ends_headline(layout, last) else ()
        behind = link.getnext()
        if behind is None or behind.tag != "a":
            return ()
        link = behind
    return ()


def _ends_headline(layout: Layout, text: str) -> bool:
    """Whether a text is the headline, or its end where an hour or a button stands in the headline's element."""
    folded = bare_words(text)
    return folded == layout.title_key or (len(folded) > LEAST and layout.title_key.endswith(f" {folded}"))


def up_to_headline(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """A few links in an element shortly above the headline that ends by saying the headline itself."""
    start, places = layout.headline_at, layout.page.positions
    if start is None:
        return
    for text, element in layout.page.runs:
        if not start - SHORTLY < places[element] < start or bare_words(text) != layout.title_key:
            continue
        if element.tag == "a" or "footer" in layout.zones[element]:
            continue
        for holder in (element, *islice(element.iterancestors(), LIST_DEPTH)):
            crumbs = read_trail(layout, holder) if is_trail(layout, holder) else ()
            links = sum(each.url is not None for each in crumbs)
            if 1 < len(crumbs) == links + 1 <= FEW_CRUMBS and bare_words(crumbs[-1].name) == layout.title_key:
                yield Found(crumbs, text_of(holder), "structure", name_of(holder))
                return


def leading_down(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """A row of links shortly above the headline whose addresses lead down, each within the one before, or that begins
    with a link home that is nothing but an icon; or right above it, parted by icons of arrows."""
    start = layout.headline_at
    if start is None:
        return
    above = [each for each in layout.page.elements[max(0, start - SHORTLY) : start] if each.tag == "a"]
    for first, second in pairwise([*above, None]):
        if first is None:
            return
        nested = second is not None and _is_within(_bare(first), _bare(second))
        icon = len(first) > 0 and not says_anything(first)
        arrowed = (
            second is not None and _is_arrow(first.getnext()) and first.getparent() is second.getparent()
        )
        parent = _around_crumb(first) if nested or icon or arrowed else None
        if parent is None or not PARTS_OF_SITE.isdisjoint(layout.zones[parent]):
            continue
        links = list(islice(parent.iter("a"), FEW_CRUMBS + 2))
        if links[0] is not first or len(links) > FEW_CRUMBS + icon:
            continue
        if (
            icon
            and _is_home_link(layout, first)
            and not _is_logo(layout, parent)
            and (_has_separators(parent) or _is_next_above(layout, parent))
        ) or (
            arrowed
            and all(_is_arrow(each.getprevious()) for each in links[1:])
            and _is_next_above(layout, parent)
        ):
            crumbs = read_trail(layout, parent)
        elif nested and all(_is_within(*pair) for pair in pairwise(map(_bare, links))):
            crumbs = read_trail(layout, parent)
            crumbs = crumbs if len(crumbs) == len(links) else ()
        else:
            continue
        if crumbs:
            yield Found(crumbs, text_of(parent), "structure", name_of(parent))
            return


def by_signs(layout: Layout) -> Iterator[Found[tuple[Crumb, ...]]]:
    """A few links shortly above the headline with nothing but signs that lead on between them: «الأخبار » محليات»."""
    start = layout.headline_at or 0
    for link in layout.page.elements[max(0, start - SHORTLY) : start]:
        row = link.getparent() if link.tag == "a" else None
        if row is None or row[0] is not link or {"header", "footer"} & layout.zones[row]:
            continue
        children = list(row)
        leads = [LEAD.fullmatch(each.tail or "") for each in children[:-1]]
        signed = all(each is not None and not clean(each[1]) for each in leads)
        plain = all(each.tag == "a" for each in children) and not clean(row.text)
        if signed and plain and 1 < len(children) <= FEW_CRUMBS and not clean(children[-1].tail):
            yield Found(read_trail(layout, row), text_of(row), "structure", name_of(row))
            return


def _is_arrow(element: Element | None) -> bool:
    """Whether an element is an icon that leads on: ``<i class="fa fa-angle-left">``."""
    return (
        element is not None
        and element.tag in ICONS
        and ARROW.search(element.get("class") or "") is not None
        and not says_anything(element)
    )


def _is_home_link(layout: Layout, link: Element) -> bool:
    address = layout.page.resolve(link.get("href"))
    return address is not None and path_of(address) in ("", "/")


def _is_within(upper: str, lower: str) -> bool:
    """Whether one address, as it is written, lies within another that is not a site's root."""
    rooted = upper.startswith("http") and upper.count("/") < LEAST_SLASHES
    return len(upper) > 1 and not rooted and lower.startswith(f"{upper}/")


def _bare(link: Element) -> str:
    """Where a link leads, as it is written, without what follows the path."""
    return (link.get("href") or "").partition("?")[0].partition("#")[0].rstrip("/")


def _names_site(layout: Layout, text: str, element: Element) -> bool:
    """Whether a link home, or to where the logo leads, stands in the place of «الرئيسية»: with the site's name, before
    a sign that leads on, or in what stands right above the headline."""
    href = element.get("href") if element.tag == "a" else None
    if href is None:
        return False
    if path_of(layout.page.resolve(href) or layout.page.url) in ("", "/"):
        if bare_words(text) in layout.site_names or DIRECTED.match(element.tail or "") is not None:
            return True
        row = None if "?" in href else _around_crumb(element)
        return row is not None and next(row.iter("a"), None) is element and _is_next_above(layout, row)
    first = next(iter(layout.page.by_tag.get("a", ())), None)
    return first is not None and first is not element and first.get("href") == href


def _may_lead(layout: Layout, parent: Element, start: Element) -> bool:
    """Whether an element may be a trail that starts with this link or word: not far off, in no footer."""
    return (
        "footer" not in layout.zones[start] and is_trail(layout, parent) and _is_close(layout, parent, start)
    )


def _is_plain_trail(layout: Layout, parent: Element, crumbs: Sequence[Crumb], *, is_home: bool) -> bool:
    """Whether what an unnamed element holds is a trail rather than a menu."""
    if not 2 <= len(crumbs) <= (6 if is_home else FEW_CRUMBS) or any(
        MENU.match(crumb.name) for crumb in crumbs
    ):
        return False
    if all(bare_words(crumb.name) in LANGUAGES for crumb in crumbs) or _is_logo(layout, parent):
        return False
    if bare_words(crumbs[-1].name) == layout.title_key:
        return True
    if is_home and len(crumbs) < FEW_CRUMBS and _is_right_above(layout, parent):
        return True
    if len(crumbs) <= FEW_CRUMBS and not _is_called_menu(parent) and _is_next_above(layout, parent):
        return True
    if DIRECTED.search(text_of(parent)) or any(
        SIGN.match(str(text)) for text in islice(parent.itertext(), MOST_TEXTS)
    ):
        return True
    if is_home and _holds_story(layout, crumbs):
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


def _is_logo(layout: Layout, element: Element) -> bool:
    """Whether an element leads home twice, as a logo with the site's name beside it: no trail does."""
    links = islice(element.iter("a"), FEW_CRUMBS + 2)
    return sum(_is_home_link(layout, each) for each in links if each.get("href")) > 1


def _is_right_above(layout: Layout, trail: Element) -> bool:
    """Whether the headline stands right behind a trail; or an element that begins with it, the menu elsewhere."""
    behind, headline = trail.getnext(), layout.headline
    if behind is None or headline is None:
        return False
    if behind is headline:
        return True
    begins = behind in layout.around_headline and text_of(behind).startswith(text_of(headline))
    return begins and _is_second_home(layout, trail)


def _is_called_menu(element: Element) -> bool:
    """Whether an element, or what holds it closely, is called a menu."""
    around = (element, *islice(element.iterancestors(), DEPTH))
    return any("nav" in roles(mark) for each in around if (mark := each.get("class") or each.get("id")))


def _is_next_above(layout: Layout, trail: Element) -> bool:
    """Whether no word stands between a row and the headline, and links of a menu before it."""
    places, start, last = layout.page.positions, layout.headline_at or 0, trail
    while len(last):
        last = last[-1]
    if any(places.get(last, 0) < places[each] < start for _, each in layout.page.runs):
        return False
    if last.getparent() is not None and any(clean(each.tail) for each in (last, trail)):
        return False
    menu = islice(layout.page.by_tag.get("a", ()), MENU_LINKS)
    return sum(places[each] < places[trail] for each in menu) == MENU_LINKS


def _holds_story(layout: Layout, crumbs: Sequence[Crumb]) -> bool:
    """Whether behind home every part lies within the one before by its address, and the story within the last, or
    the story's address has the last name of each, in their order; of a menu's parts that is not true."""
    paths = [unquoted(path_of(each.url)).rstrip("/") for each in crumbs[1:] if each.url]
    own = unquoted(path_of(layout.page.url)).rstrip("/")
    if len(paths) != len(crumbs) - 1:
        return False
    segments = iter(own.split("/")[:-1])
    return all(_is_within(*pair) for pair in pairwise([*paths, own])) or all(
        len(path) > 1 and path.rpartition("/")[2] in segments for path in paths
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
    while parent is not None and parent.tag in WRAPPERS:
        if holds_more(parent, 1, "a"):
            break
        if parent.tag == "div" and text_of(parent, LONGEST_CRUMB) != text_of(link, LONGEST_CRUMB):
            break
        parent = parent.getparent()
    return parent


WRAPPERS = frozenset({"li", "td", "span", "em", "b", "strong", "div"})
LONGEST_CRUMB = 60
DEPTH = 3  # elements around a trail whose names may say that it is a menu


def _is_close(layout: Layout, row: Element, link: Element) -> bool:
    """Whether a trail stands where trails do: above the headline, not a page away."""
    apart = (layout.headline_at or 0) - layout.page.positions[link]
    return 0 < apart < (FAR if apart >= CLOSE and len(DIRECTED.findall(text_of(row))) > 1 else CLOSE)


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
    first = 0 if clean(element.text) else 1
    return any(child.tag in ICONS and not says_anything(child) for child in islice(element, first, 3))
