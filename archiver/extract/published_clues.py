"""What gives a date, but for what stands beside the headline: profile, data, head, address, discovery.

Each clue has the weight of its place.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver import jsonld
from archiver.article import ArticleWarning, DateRole, Found, Source
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, is_hidden
from archiver.extract.published_text import is_relative, raw_text, read_shown
from archiver.extract.stamps import Stamp, is_ambiguous, machine_stamp, url_stamp
from archiver.page_state import origin
from archiver.sites.profile import Match

WEIGHTS: Mapping[str, float] = {
    "profile": 18,
    "theme": 16,
    "visible": 6,
    "visible_named": 1.5,
    "visible_labelled": 2.5,
    "between": 2,
    "before": 0.5,
    "in_body": -3,
    "after_body": -1.5,
    "far": -3,
    "told": -3,
    "time": 1.5,
    "marked": 2,
    "json_ld": 7,
    "json_ld_other": 2,
    "meta": 6,
    "meta_other": 2.5,
    "meta_loose": 4,
    "microdata": 6,
    "news_publication_date": 5,
    "feed_published": 5,
    "listed_published": 4,
    "sitemap_lastmod": 0,
    "url": 5,
}
"""What each place is worth, and what adds to or takes from a visible date's worth."""
PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publish-date",
    "publish_date",
    "published_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "published_at",
    "publishedtime",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "article.created",
    "originalpublicationdate",
    "datecreated",
    "rnews:datepublished",
    "video:release_date",
    "ptime",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "release_date",
    "pub_date",
    "citation_publication_date",
    "displaydate",
)
LOOSE_METAS = (
    "dc.date",
    "dcterms.date",
    "date",
    "dc.date.created",
    "article:date",
    "dc:date",
    "displaydate",
    "created",
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "article.updated",
    "article:updated_time",
    "cxenseparse:recs:articleupdatetime",
)


@dataclass(frozen=True, slots=True)
class Clue:
    """One date the page gives: what it says, its worth, and whether it is of the publication."""

    found: Found[Stamp]
    weight: float
    role: DateRole = "published"
    visible: bool = False
    relative: bool = False
    assumed: bool = False  # only a class says what it is of, or it is a change's, under the headline
    notes: tuple[ArticleWarning, ...] = ()  # what reading its text gave to warn of


def from_profile(layout: Layout) -> Iterator[Clue]:
    """What the profile selects: the first element that can be read, and every machine's date beside it."""
    for name in ("published", "modified"):
        selected = (each for each in layout.profile.each(name, layout.page) if _is_by_story(layout, each))
        for match in itertools.islice(selected, 8):
            clues = list(_of_match(layout, match, "modified" if name == "modified" else "published"))
            yield from clues
            if any(not clue.relative for clue in clues):
                break


def _is_by_story(layout: Layout, match: Match) -> bool:
    return match.source != "theme" or layout.is_by_story(match.element)


def _of_match(layout: Layout, match: Match, role: DateRole) -> Iterator[Clue]:
    """What one element of a profile says: a label in it overrules the profile's word for what it is."""
    element = match.element
    texts = (raw_text(element), clean(element.text))  # the whole, or what it begins with
    read = ((each, shown) for each in texts if (shown := read_shown(layout, each)) is not None)
    text, shown = next(read, (texts[0], None))
    if shown is not None:
        role = shown.role or role
        relative = is_relative(text)
        found = Found(shown.stamp, text, match.source, match.locator)
        weight = WEIGHTS[match.source] - 3 * relative
        yield Clue(found, weight, role, not is_hidden(element), relative, notes=shown.notes)
        if shown.changed is not None:
            yield Clue(replace(found, value=shown.changed), WEIGHTS[match.source], "modified", True)
    machine = element.get("datetime") or element.get("content") or element.get("title") or ""
    if machine and (exact := machine_stamp(machine)):
        yield Clue(
            Found(exact, machine, match.source, f"{match.locator}[datetime]"), WEIGHTS[match.source] - 1, role
        )


def from_data(layout: Layout) -> Iterator[Clue]:
    """JSON-LD of the story; of another page (a home page's data left in) it is worth little."""
    for node in layout.page.stories:
        own = is_own(layout, node)
        for name, role in (
            ("datePublished", "published"),
            ("dateCreated", "published"),
            ("dateModified", "modified"),
        ):
            text = jsonld.text(node.get(name))
            if text is None:
                continue
            stamp = _machine(layout, text)
            weight = WEIGHTS["json_ld" if own else "json_ld_other"] - (1.5 if name == "dateCreated" else 0)
            if stamp:
                yield Clue(
                    Found(stamp, text, *origin(node, name)),
                    weight,
                    "modified" if role == "modified" else "published",
                )


def from_state(layout: Layout) -> Iterator[Clue]:
    """The data from which a script would draw the story that the page shows already: «قبل 3 ساعات» is told exactly."""
    story = layout.page.state_story
    text = None if story is None else jsonld.text(story.get("datePublished"))
    stamp = _machine(layout, text) if text else None
    if story is not None and text and stamp:
        yield Clue(Found(stamp, text, *origin(story, "datePublished")), WEIGHTS["json_ld"])


def is_own(layout: Layout, node: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD node is about this page's story: by its headline, where both have one."""
    said = jsonld.text(node.get("headline")) or jsonld.text(node.get("name"))
    if said is None or layout.headline is None:
        return True
    ours, theirs = bare_words(raw_text(layout.headline)), bare_words(said).rstrip()
    if not ours or not theirs:
        return True
    shared = set(ours.split()) & set(theirs.split())
    return (
        ours in theirs
        or theirs in ours
        or len(shared) >= 0.5 * min(len(set(ours.split())), len(set(theirs.split())))
    )


def _machine(layout: Layout, text: str) -> Stamp | None:
    """A date meant for machines; where a site wrote Arabic instead, what a reader would see."""
    stamp = machine_stamp(text)
    if stamp is None and not is_ambiguous(text):
        shown = read_shown(layout, text)
        stamp = shown.stamp if shown is not None else None
    return stamp


def from_meta(layout: Layout) -> Iterator[Clue]:
    page = layout.page
    own = layout.head_is_own
    for names, worth, role in (
        (PUBLISHED_METAS, "meta" if own else "meta_other", "published"),
        (LOOSE_METAS, "meta_loose" if own else "meta_other", "published"),
        (MODIFIED_METAS, "meta_loose", "modified"),
    ):
        for name in names:
            for text in page.meta[name][:2] if name in page.meta else ():
                source: Source = "opengraph" if name.startswith(("article:", "og:")) else "meta"
                if (stamp := _machine(layout, text)) is not None:
                    yield Clue(
                        Found(stamp, text, source, name),
                        WEIGHTS[worth],
                        "modified" if role == "modified" else "published",
                    )
    yield from _from_microdata(layout)


def _from_microdata(layout: Layout) -> Iterator[Clue]:
    """`itemprop=datePublished` anywhere but beside another story."""
    for element in layout.called("issued", "changed"):
        said = (element.get("itemprop") or "").lower()
        role = MICRODATA.get(said)
        text = element.get("content") or element.get("datetime") or ""
        stamp = machine_stamp(text) if role and text else None
        if role is not None and stamp is not None and not layout.outside(element):
            yield Clue(Found(stamp, text, "microdata", said), WEIGHTS["microdata"], role)


MICRODATA: Mapping[str, DateRole] = {
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
}


def from_outside(layout: Layout) -> Iterator[Clue]:
    page = layout.page
    for name in ("news_publication_date", "feed_published", "listed_published", "sitemap_lastmod"):
        text = page.hints.get(name)
        if isinstance(text, str) and (stamp := machine_stamp(text)) is not None:
            role: DateRole = "modified" if name == "sitemap_lastmod" else "published"
            yield Clue(Found(stamp, text, "hint", name), WEIGHTS[name], role)
    addresses = (("address", page.url), ("canonical", page.canonical), ("og:url", page.first_meta("og:url")))
    for name, url in addresses:
        if url and (stamp := url_stamp(url)) is not None:
            yield Clue(Found(stamp, url, "url", name), WEIGHTS["url"])
            yield from _hour_in_headline(layout, stamp)
            return


def _hour_in_headline(layout: Layout, day: Stamp) -> Iterator[Clue]:
    """The hour that stands alone at the head of the headline's own element, of the address's day."""
    headline = layout.headline
    first = None if headline is None or clean(headline.text) else next(iter(headline), None)
    hour = "" if first is None or not isinstance(first.tag, str) else clean(first.text)
    if HOUR.fullmatch(hour) and (shown := read_shown(layout, f"{day.day.isoformat()} {hour}")) is not None:
        yield Clue(Found(shown.stamp, hour, "structure", "the headline's hour"), WEIGHTS["url"])


HOUR = re.compile(r"\d{1,2}:\d{2}(?:\s*(?:[AP]M|[صم]))?", re.I)
