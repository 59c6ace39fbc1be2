"""The headline's text, letter for letter.

What the page shows outranks what the head says; a site's name is cut off only where no element shows the headline, or
where the head says it without.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from archiver import jsonld
from archiver.article import ArticleWarning, Found
from archiver.extract.choice import Choice, choose
from archiver.extract.headline import LONGEST, PARTS, agreement, of_any
from archiver.extract.layout import Layout, Reference
from archiver.extract.nodes import bare_words, clean, text_of
from archiver.extract.structured import house_names
from archiver.page import Element, Page
from archiver.page_state import origin

SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", " › ", "|", " : ")
"""What parts a site's name from a headline in `title`, likeliest first."""
OF_HEAD = frozenset({"opengraph", "meta"})
"""Where templates put the site's name for want of a headline; structured data of a story have their own."""
BUTTON = 2  # words of a link that is no headline
LEFT_OVER = re.compile(r"^[:|/–—-]+\s+")
"""What parted a linked section's name from the headline behind it."""


def read(layout: Layout) -> Choice[str | None]:
    """The headline's text; where no element shows it, the head's, less the site's name."""
    references = layout.references
    candidates = list(_shown(layout, references))
    candidates += [each.found for each in references]
    hints = layout.page.hints
    for name in ("news_title", "feed_title", "anchor"):
        if isinstance(hints.get(name), str) and clean(hints[name]) and not _is_button(name, hints[name]):
            candidates.append(Found(clean(hints[name]), hints[name], "hint", name))
    choice = choose("title", candidates, weights=layout.profile.weights.get("title"), same=bare_words)
    is_of_head = choice.provenance is not None and choice.provenance.source in OF_HEAD
    if choice.value is not None and is_of_head and bare_words(choice.value) in house_names(layout.page):
        told = f"the head says no more than the site's name: {choice.value}"
        return Choice(None, None, (ArticleWarning("title_unknown", told[:200]),))
    return Choice(choice.value, choice.provenance, _real_conflicts(choice))


def _is_button(name: str, text: str) -> bool:
    """Whether a link to the page says too little to be its headline: «طباعة», «التفاصيل», «اقرأ المزيد»."""
    return name == "anchor" and len(bare_words(text).split()) <= BUTTON


def _shown(layout: Layout, references: Sequence[Reference]) -> Iterator[Found[str]]:
    element = layout.headline
    if element is None:
        return
    match = next((m for m in layout.profile.first("title", layout.page) if m.element is element), None)
    whole = text_of(element)
    text = _without_kicker(element, whole, references, layout.site_names)
    if text and len(text) <= LONGEST:
        if match:
            yield Found(text, whole, match.source, match.locator)
        else:
            yield Found(text, whole, "structure", element.tag + _class_suffix(element))


def _class_suffix(element: Element) -> str:
    identity, classes = element.get("id"), (element.get("class") or "").split()
    if identity and " " not in identity:
        return f"#{identity}"
    return f".{classes[0]}" if classes else ""


def _without_house(whole: str, references: Sequence[Reference], sites: frozenset[str]) -> str:
    """A heading without the site's name that a template prints before it, where the head also says it without."""
    shorter = (each.found.value for each in references if whole.endswith(each.found.value))
    return next((each for each in shorter if bare_words(whole.removesuffix(each)) in sites), whole)


def _without_kicker(
    element: Element, whole: str, references: Sequence[Reference], sites: frozenset[str]
) -> str:
    """The part of a heading that is the headline, where the heading also holds a kicker or a date."""
    folded = bare_words(whole)
    if any(each.folded == folded for each in references):
        return _without_house(whole, references, sites)
    parts = (bare_words(part) for each in references for part in PARTS.split(each.found.value))
    for wanted in (*(each.folded for each in references), *(part for part in parts if " " in part)):
        if len(wanted) < 10 or wanted not in folded:
            continue
        for inner in element.iter("*"):
            text = text_of(inner)
            if inner is not element and bare_words(text) == wanted:
                return text
        texts = [clean(each) for each in (element.text, *(child.tail for child in element))]
        for own in (" ".join(filter(None, texts)), *texts):
            if bare_words(own) == wanted:
                return LEFT_OVER.sub("", own)
    return _without_house(whole, references, sites)


def references_of(page: Page) -> tuple[Reference, ...]:
    """What the head says, less the site's name; longer texts are cut, empty ones left out."""
    site = page.first_meta("og:site_name", "application-name") or ""
    found: list[Found[str]] = []
    for node in page.stories:
        said = jsonld.text(node.get("headline")) or jsonld.text(node.get("name"))
        if said:
            found.append(Found(clean(unescape(said)), said, *origin(node, "headline")))
    for name in ("og:title", "twitter:title"):
        for text in page.meta.get(name, ())[:2]:
            found.append(Found(without_site(text, site, page.host), text, "opengraph", name))
    for element in page.by_tag.get("title", ())[:1]:
        text = text_of(element, LONGEST)
        found.append(Found(without_site(text, site, page.host), text, "meta", "title"))
    told = ((each, bare_words(each.value)) for each in found if each.value)
    return tuple(Reference(each, folded) for each, folded in told if folded and folded not in of_any())


def without_site(text: str, site: str, host: str) -> str:
    """A `title` without the site's name before or behind it."""
    text = clean(text)
    names = {bare_words(each) for each in (site, host, host.split(".")[0]) if each}
    for separator in SEPARATORS:
        head, found, tail = text.rpartition(separator)
        if found and (bare_words(tail) in names or (len(tail) < 40 and len(tail) < len(head) / 2)):
            return without_site(head, site, host)
        head, found, tail = text.partition(separator)
        if found and bare_words(head) in names:
            return clean(tail)
    return text


def _real_conflicts(choice: Choice[str | None]) -> tuple:  # type: ignore[type-arg]
    """Losers that only add or drop the site's name, or are cut, contradict nothing."""
    if choice.value is None:
        return ()
    ours = bare_words(choice.value)
    kept = []
    for warning in choice.warnings:
        theirs = bare_words(warning.detail.partition(": ")[2]).rstrip("….")
        if theirs and theirs not in ours and ours not in theirs and agreement(ours, theirs) < 3:
            kept.append(warning)
    return tuple(kept)
