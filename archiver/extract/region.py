"""Where the story's text stands: the element, or the elements, that hold it.

In this order: what the theme or publisher profile selects, if prose stands there; an element that calls
itself the body (`articleBody`, `entry-content`, `artical_text` …) and holds a fair share of the prose;
else the lowest element that holds nearly all of it, met on the way down from the headline's surroundings.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from archiver.article import Source
from archiver.extract.asides import ends_sentence, is_shorter
from archiver.extract.byline_datelines import begins_at_place
from archiver.extract.generic import live_updates, stated_body
from archiver.extract.layout import BodyRegion
from archiver.extract.liveblog import introduces_entries
from archiver.extract.names import all_called, is_called, mark_of
from archiver.extract.nodes import SKIPPED, has_more, name_of, says_anything, squeezed, text_of
from archiver.extract.prose import CONTAINERS, DEEP, Prose, measure
from archiver.extract.published_text import is_dateish
from archiver.extract.rivals import before_next, from_there, rival_of
from archiver.page import Element, Page
from archiver.sites.profile import Match, Profile

PARAGRAPHS = frozenset({"p", "blockquote", "ul", "ol", "pre", "span", "strong", "b", "em"})
LEAST, WHOLE_PAGE = 60, 200
"""Letters under which there is no body to speak of; and under which a whole page is none."""
PROFILE_SHARE, SURE_SHARE, NAMED_SHARE, NEAREST_SHARE = 0.15, 0.08, 0.3, 0.4
"""Of the page's prose, what an element must hold: one that a profile selects; one whose name is hardly ever
used for anything but a body; one with another body's name; one with such a name, nearest to the headline."""
SURE_BONUS, BEFORE_MALUS = 1.25, 0.7
INNER_SURE, INNER_NAMED = 0.75, 0.9
"""Of an element's prose, what one within it must hold to be taken in its place: by how sure its name is."""
AROUND_SHARE, SHORT_SHARE = 0.45, 0.12
"""Of the page's prose, what the headline's surroundings must hold; what a short story at least."""
SAMPLE, STATED_SHARE, MISSED_SHARE = 25, 0.6, 0.5
"""Characters by which a run is known in the body that the page's data states; of that body, what must be on the page;
of what is, what stands in a region that is right."""
ENTRIES, MOST_SHOWN = 3, 200  # of a live blog, at least; that are looked at
FRAMES, FEW_LETTERS = 6, 60  # elements around a part of a story; letters that may stand between two parts
LIVE_ENTRY = re.compile(
    r"(?<![a-z])live-?(?:blog|coverage|text)?[-_]*(?:entry|update|post|card|item|event)(?![a-z_])", re.I
)
"""What one entry of a live blog is called; `zones.toml` has wider names, which what holds the entries goes by too."""
ENDS = 3  # elements within one another
FACTS = 120  # characters of a line with the day
GOES_ON = re.compile(
    r"\s*و(?:[أا]ضاف|تابع|[أا]وضح|[أا]شار|[أا]كد|لفت|[أا]ردف|استطرد|شدد|[أا]فاد)ت?(?![\u0621-\u064a])"
)
"""How a text begins that tells more of what somebody said: no story's first words."""
OPENING = 40  # characters of a text in which such a word is looked for
LEAD = re.compile(
    r"(?<![a-z])(?i:lead|lede|intro|introduction|description|chapeau|announce|summary)(?![a-z])"
    r"|(?<=[a-z])Lead(?![a-z])"
)
"""The names of a first paragraph that some templates set apart from the rest of the text."""
DOWN_SHARE, DOWN_NAMED, BESIDE_SHARE = 0.85, 0.6, 0.04
"""Of the prose, what a child must hold to go down into it, and where its name speaks for it; what paragraphs
beside it may hold."""


def locate(page: Page, profile: Profile, headline: Element | None = None) -> BodyRegion:
    """The element or elements that hold the story's text; an empty region where there is no prose."""
    rival = rival_of(page, headline)
    prose = measure(page, headline, rival)
    if rival is not None and prose.total < WHOLE_PAGE:
        rival, prose = None, measure(page, headline)
    if prose.total < LEAST:
        return _short_notice(page, headline)
    found = _by_profile(page, profile, prose) or _by_name(page, prose, headline)
    if found is None:
        home = _descend(_surroundings(page, prose, headline), prose)
        if home.tag in ("body", "html") and prose.good.get(home, 0) < (
            WHOLE_PAGE if headline is None else 2 * LEAST
        ):
            return BodyRegion()
        after = -1 if headline is None else page.positions.get(headline, -1)
        found = BodyRegion((*_lead(home, prose, after), home), "structure", name_of(home))
    found = _with_updates(page, found) or _as_stated(page, found) or _continued(page, found, prose) or found
    removed = {match.element for match in profile.every("body_remove", page)}
    found = replace(found, elements=before_next(page, headline, rival, found.elements))
    if rival is not None:
        removed.update(each for home in found.elements for each in from_there(rival, home))
    return replace(found, removed=prose.cards | removed, cards=prose.cards)


def _with_updates(page: Page, found: BodyRegion) -> BodyRegion | None:
    """The region with the entries of a live blog, beside which it stands where it is their summary."""
    feed = _stated_feed(page)
    feed = _named_feed(page) if feed is None else feed
    if feed is None or feed.tag in ("body", "html"):
        return None
    around = {feed, *islice(feed.iterancestors(), DEEP)}
    beside = [each for each in found.elements if feed not in (each, *each.iterancestors())]
    if any(each in around for each in beside):
        return replace(found, entries=True)
    beside += _introductions(page, feed, beside)
    return replace(found, elements=tuple(page.in_order([*beside, feed])), entries=True)


def _introductions(page: Page, feed: Element, known: Sequence[Element]) -> Iterator[Element]:
    """What stands over a live blog's entries and is called its introduction, in whatever column."""
    around = {parent for each in (*known, feed) for parent in (each, *each.iterancestors())}
    named = (elements for mark, elements in page.by_mark.items() if introduces_entries(mark))
    for each in chain.from_iterable(named):
        within = any(parent in known for parent in islice(each.iterancestors(), DEEP))
        over = page.positions[each] < page.positions[feed]
        if over and each not in around and not within and not is_shorter(each, LEAST):
            yield each
            return


def _stated_feed(page: Page) -> Element | None:
    """What holds the updates that the page's data states."""
    starts = {squeezed(text)[:SAMPLE] for text in live_updates(page)}
    if len(starts) < ENTRIES:
        return None
    runs = (each for text, each in page.runs if squeezed(text[: 2 * SAMPLE])[:SAMPLE] in starts)
    shown = list(islice(runs, MOST_SHOWN))
    if len(shown) < ENTRIES:
        return None
    around = [{each, *islice(each.iterancestors(), DEEP)} for each in shown]
    return max(set.intersection(*around), key=page.positions.__getitem__)


def _named_feed(page: Page) -> Element | None:
    """What holds elements that are each called a live blog's entry, and say something: ``live-blog-update``."""
    live = ((mark, elements) for mark, elements in page.by_mark.items() if "live" in mark.lower())
    named = (elements for mark, elements in live if LIVE_ENTRY.search(mark))
    feeds = Counter(
        parent
        for each in islice(chain.from_iterable(named), MOST_SHOWN)
        if (parent := each.getparent()) is not None
        and any(not is_shorter(text, LEAST) for text in islice(each.iter("p"), ENTRIES))
    )
    feed, entries = next(iter(feeds.most_common(1)), (None, 0))
    return feed if entries >= ENTRIES else None


def _as_stated(page: Page, found: BodyRegion) -> BodyRegion | None:
    """The home of what the page's data states as its body, where most of that stands outside the region found."""
    stated = stated_body(page)
    if stated is None or found.source in ("profile", "theme"):
        return None
    whole = squeezed(stated.value)
    said: dict[Element, int] = {}
    for text, element in page.runs:
        if len(text) > SAMPLE and (start := squeezed(text[: 2 * SAMPLE])[:SAMPLE]) and start in whole:
            said[element] = said.get(element, 0) + len(text)
    homes = set(found.elements)
    inside = sum(
        size
        for element, size in said.items()
        if element in homes or not homes.isdisjoint(islice(element.iterancestors(), DEEP))
    )
    total = sum(said.values())
    if not said or total < STATED_SHARE * len(stated.value) or inside > MISSED_SHARE * total:
        return None
    chains = [[element, *islice(element.iterancestors(), DEEP)] for element in said]
    shared = set(chains[0]).intersection(*chains[1:])
    home = next((each for each in chains[0] if each in shared and each.tag in CONTAINERS), None)
    return None if home is None else BodyRegion((home,), "structure", name_of(home))


def _continued(page: Page, found: BodyRegion, prose: Prose) -> BodyRegion | None:
    """The region with the parts before and behind it, where a story is cut by a film or an advertisement, and each part
    framed as the others, as Drupal's paragraphs are. Between them stand neither headings nor text.
    """
    if len(found.elements) != 1 or found.entries or found.source != "structure":
        return None
    home = found.elements[0]
    enough = [each for each in page.by_mark.get(mark_of(home), ()) if prose.good.get(each, 0) >= LEAST // 2]
    if len(enough) < 2 or home not in enough:
        return None
    at = enough.index(home)
    parts = [home]
    for each in reversed(enough[:at]):
        if not _goes_on(page, each, parts[0]):
            break
        parts.insert(0, each)
    for each in enough[at + 1 :]:
        if not _goes_on(page, parts[-1], each):
            break
        parts.append(each)
    return None if len(parts) < 2 else replace(found, elements=tuple(parts))


def _goes_on(page: Page, part: Element, following: Element) -> bool:
    """Whether an element is framed as the one before, and nothing is said between the two."""
    above = list(islice(part.iterancestors(), FRAMES))
    frames = list(islice(following.iterancestors(), FRAMES))
    shared = (at for at, (ours, theirs) in enumerate(zip(above, frames, strict=False)) if ours is theirs)
    level = next(shared, 0)
    alike = level > 0 and list(map(mark_of, frames[:level])) == list(map(mark_of, above[:level]))
    return alike and part not in following.iterancestors() and _is_silent_between(page, part, following)


def _is_silent_between(page: Page, part: Element, following: Element) -> bool:
    """Whether neither a heading nor more than a few words stand between the end of one element and another."""
    last = part
    while len(last):
        last = last[-1]
    between = page.elements[page.positions[last] + 1 : page.positions[following]]
    said = sum(len((each.text or "").strip()) for each in between if each.tag not in SKIPPED)
    return said < FEW_LETTERS and not any(each.tag in ("h1", "h2", "h3", "h4") for each in between)


def _short_notice(page: Page, headline: Element | None) -> BodyRegion:
    """Where a page has no prose to weigh: the first element under the headline with a sure name."""
    after = -1 if headline is None else page.positions.get(headline, -1)
    for element in all_called(page, "sure_body"):
        if page.positions[element] > after and not is_shorter(element, LEAST // 2):
            return BodyRegion((element,), "structure", name_of(element))
    return BodyRegion()


def _by_profile(page: Page, profile: Profile, prose: Prose) -> BodyRegion | None:
    """What the profile selects, if a fair share of the prose stands there."""
    matches = _outermost(profile.first("body", page))
    letters = sum(prose.good.get(each.element, 0) for each in matches)
    if not matches or letters < max(LEAST, PROFILE_SHARE * prose.total):
        return None
    return BodyRegion(tuple(each.element for each in matches), matches[0].source, matches[0].locator)


def _outermost(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    elements = {each.element for each in matches}
    return tuple(each for each in matches if elements.isdisjoint(islice(each.element.iterancestors(), DEEP)))


def _by_name(page: Page, prose: Prose, headline: Element | None) -> BodyRegion | None:
    """The element that calls itself the body and holds a fair share of the prose."""
    named = [element for element in prose.good if _may_hold(element) and is_called(element, "body")]
    named = _nearest(named, prose, headline)
    if not named:
        return None
    after = -1 if headline is None else page.positions.get(headline, -1)
    best = max(named, key=lambda element: _worth(element, prose, page.positions.get(element, 0) >= after))
    share = SURE_SHARE if is_called(best, "sure_body") else NAMED_SHARE
    if prose.good[best] < max(LEAST, share * prose.total):
        return None
    best = _narrowest(best, named, prose)
    source: Source = "microdata" if "articlebody" in (best.get("itemprop") or "").lower() else "structure"
    if (feed := _feed(best)) is not None:
        return BodyRegion((feed,), source, name_of(feed), entries=True)
    pieces = _pieces(best, named, prose)
    return BodyRegion((*_lead(pieces[0], prose, after), *pieces), source, name_of(best))


def _may_hold(element: Element) -> bool:
    tag = element.tag
    return tag in ("span", "p", "blockquote") or (tag in CONTAINERS and tag not in ("body", "html"))


def _nearest(named: list[Element], prose: Prose, headline: Element | None) -> list[Element]:
    """Those under the headline's nearest ancestor that has one worth considering, and what stands beside such a one; a
    page may hold more."""
    if headline is None or len(named) < 2:
        return named
    above = {each: frozenset(islice(each.iterancestors(), DEEP)) for each in named}
    for ancestor in islice(headline.iterancestors(), DEEP):
        inside = [each for each, parents in above.items() if ancestor in parents]
        homes = {each.getparent() for each in inside if _is_worthy(each, prose)}
        if homes:
            return [each for each in inside if each.getparent() in homes]
    return named


def _is_worthy(element: Element, prose: Prose) -> bool:
    share = SURE_SHARE if is_called(element, "sure_body") else NEAREST_SHARE
    return prose.good[element] >= max(2 * LEAST, share * prose.total)


def _worth(element: Element, prose: Prose, after: bool) -> float:
    sure = SURE_BONUS if is_called(element, "sure_body") else 1.0
    return prose.good[element] * sure * (1.0 if after else BEFORE_MALUS)


def _narrowest(best: Element, named: list[Element], prose: Prose) -> Element:
    """The innermost element of such a name that still holds nearly all of it."""
    inner = [each for each in named if each is not best and best in islice(each.iterancestors(), DEEP)]
    for element in inner:
        share = INNER_SURE if is_called(element, "sure_body") else INNER_NAMED
        if element.tag in CONTAINERS and prose.good[element] >= share * prose.good[best]:
            return _narrowest(element, inner, prose)
    return best


def _pieces(best: Element, named: list[Element], prose: Prose) -> tuple[Element, ...]:
    """The body and its continuations: near kin of the same name, where one story is cut in pieces."""
    if len(same := _same_class(best, prose)) > 1:
        return same
    mark, kin = mark_of(best), set(islice(best.iterancestors(), 2))
    alike = [each for each in named if each.tag == best.tag and mark_of(each) == mark]
    pieces = [each for each in alike if not kin.isdisjoint(islice(each.iterancestors(), 2))]
    known = set(pieces)
    pieces = [each for each in pieces if known.isdisjoint(islice(each.iterancestors(), DEEP))]
    headed = any(next(each.iter("h1"), None) is not None for each in pieces)
    return (best,) if headed or best not in pieces else tuple(pieces)


def _feed(entry: Element) -> Element | None:
    """What holds the cards of a story that is told in entries, each a card with its hour or heading over its text."""
    card = entry.getparent()
    feed = None if card is None else card.getparent()
    if card is None or feed is None or not card.get("class") or next(feed.iter("h1"), None) is not None:
        return None
    cards = (each for each in feed if each.tag == card.tag and each.get("class") == card.get("class"))
    return feed if sum(_is_entry(each, entry) for each in cards) >= ENTRIES else None


def _is_entry(card: Element, entry: Element) -> bool:
    """Whether a card has a heading or an hour over a text of the same class as another entry's."""
    headed = False
    for each in card.iterdescendants():
        headed = headed or each.tag in ("time", "h2", "h3")
        if each.tag == entry.tag and each.get("class") == entry.get("class"):
            return headed and bool(entry.get("class"))
    return False


def _lead(first: Element, prose: Prose, headline_at: int) -> Iterator[Element]:
    """The story's first paragraph, where it stands right before the element that calls itself the body."""
    for before in _row(first).itersiblings(preceding=True):
        if isinstance(before.tag, str) and says_anything(before) and not _tells_day(before):
            goes_on = GOES_ON.match(text_of(first, OPENING)) is not None
            long = (each for each in _ends(before) if prose.good.get(each, 0) >= LEAST)
            leads = (each for each in long if _is_lead(each, goes_on=goes_on))
            if headline_at >= 0:
                yield from islice(leads, 1)
            return


def _row(element: Element) -> Element:
    """The row of a table that an element has for itself; else the element."""
    for _ in range(ENDS):
        parent = element.getparent()
        if parent is None or has_more(parent, 1) or parent.tag not in ("td", "tr"):
            break
        element = parent
    return element


def _tells_day(element: Element) -> bool:
    """Whether an element is a short line with the day."""
    said = text_of(element, FACTS)
    return len(said) < FACTS and is_dateish(said)


def _ends(element: Element) -> Iterator[Element]:
    """An element, and what it ends with: the header that closes with the lead."""
    for _ in range(ENDS):
        yield element
        if not len(element):
            return
        element = element[-1]


def _is_lead(element: Element, *, goes_on: bool) -> bool:
    """Whether an element calls itself the lead and is a sentence, without a list, a headline or a link of its own;
    a summary is the lead where the text behind it goes on from there. What begins as a dispatch needs no name.
    """
    is_named = LEAD.search(mark_of(element)) and (goes_on or not is_called(element, "standfirst"))
    if not is_named and not begins_at_place(text_of(element, OPENING)):
        return False
    within = next(element.iter("h1", "h2", "h3", "li", "a"), None)
    return within is None and ends_sentence(text_of(element))


def _same_class(best: Element, prose: Prose) -> tuple[Element, ...]:
    """The body and the prose beside it in elements of the very same class: one may bear the body's name alone."""
    kind, parent = best.get("class"), best.getparent()
    if not kind or parent is None or is_called(best, "wrapper"):
        return (best,)
    beside = (each for each in parent if each.tag == best.tag and each.get("class") == kind)
    return tuple(each for each in beside if each is best or prose.good.get(each, 0) >= LEAST)


def _surroundings(page: Page, prose: Prose, headline: Element | None) -> Element:
    """The headline's nearest ancestor that holds a story's worth of prose; else the whole page.

    Where only the page itself would hold enough, a short story under its headline is preferred.
    """
    short: Element | None = None
    for ancestor in headline.iterancestors() if headline is not None else ():
        letters = prose.good.get(ancestor, 0)
        if ancestor.tag in ("body", "html") and short is not None:
            return short
        enough = letters >= max(2 * LEAST, AROUND_SHARE * prose.total)
        if enough or (ancestor.tag == "article" and letters >= 4 * LEAST):
            return ancestor
        if letters >= max(LEAST, SHORT_SHARE * prose.total):
            short = ancestor
    return page.root


def _descend(start: Element, prose: Prose) -> Element:
    """Down from `start` into the child that holds nearly all the prose, as long as it is a container."""
    node = start
    while True:
        children = [child for child in node if child in prose.good]
        best = max(children, key=prose.good.__getitem__, default=None)
        if best is None or best.tag not in CONTAINERS:
            return node
        is_text = is_called(best, "weak_body") or (
            best.tag == "tr" and len(best) == 1 and is_called(best[0], "weak_body")
        )
        share = DOWN_NAMED if is_text else DOWN_SHARE
        rivals = prose.own.get(node, 0) + sum(prose.good[each] for each in children)
        beside = prose.own.get(node, 0) + sum(prose.good[each] for each in children if each.tag in PARAGRAPHS)
        if prose.good[best] < share * rivals or beside > BESIDE_SHARE * prose.good[node]:
            return node
        if len(_same_class(best, prose)) > 1:  # a story whose pieces stand in elements of one class
            return node
        node = best
