"""The story's pictures: the lead first, each with its full address, caption, credit and alt text."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from archiver.article import Image, ImageRole, Provenance, Source
from archiver.extract.addresses import (
    PICTURE_FILE,
    address_of,
    file_key,
    may_be_picture,
    shared_picture,
)
from archiver.extract.asides import ends_sentence, is_below_picture, is_caption_line, is_shorter
from archiver.extract.byline_facts import is_portrait
from archiver.extract.byline_names import lone_names
from archiver.extract.captions import caption_of, credit_of, names_maker_alone
from archiver.extract.captions_unnamed import caption_behind, is_caption
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.layout import Layout
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.lines import Line
from archiver.extract.names import is_called
from archiver.extract.nodes import clean, holds_more, is_hidden, name_of, squeezed, text_of
from archiver.page import Element, Page
from archiver.sites.profile import Match
from archiver.urls import unquoted

ENLARGED = re.compile(r"lightbox|fancybox|prettyphoto|shadowbox|thickbox|magnific")
"""What a link is called that shows its picture larger, wherever a copy of the page has it lead."""
PIXELS = re.compile(r"\s*(\d+)\s*(?:px)?\s*$")
TITLE_BAR = re.compile(r"\s[|–—-]\s")
SMALL_SIDE = re.compile(r"(?:^|\s)[wh]-(?:\d|1[0-6])(?:\s|$)")
"""A side of 64 pixels at most, in the names of Tailwind's styles: «w-8 h-8»."""
SMALLEST = 70  # pixels; smaller pictures are decoration
MOST = 200
LONGEST_CAPTION = 300  # characters of what is said under a player
FAR, NEAR = 150, 40
"""Elements between the top of the story and its headline, from which on the top is no story's; how far above
the headline pictures are looked for then."""
PARAGRAPH = 100  # characters before a picture, with which the text has begun
EXCERPT = 50  # characters, without white space, that a caption and the body may not begin with alike
OPENING = 600  # characters of a body in which such an excerpt begins
DEEP = 200
LONGEST_LEAD = 700  # characters of a first paragraph in an element of its own


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page: its element, its address, whether it stands before the text."""

    element: Element
    url: str
    before: bool


def read(layout: Layout, paragraphs: Collection[str] = ()) -> Choice[tuple[Image, ...]]:
    """Every picture of the story; the first has the role lead. What is one of the story's paragraphs is no caption."""
    pictures = _once(_pictures(layout))
    lead, source, locator = _lead(layout, pictures)
    story = _Story(layout)
    images = [] if lead is None else [_image(story, lead, "lead")]
    images += [_image(story, each, "inline") for each in pictures if lead is None or each.url != lead.url]
    shared = shared_picture(layout.page) if lead is None else None
    if shared:
        caption = _under_player(layout)
        alt = layout.page.first_meta("og:image:alt")
        images.insert(0, Image(shared, caption, credit_of(caption), alt, "lead"))
        source, locator = "opengraph", "og:image"
    if not images:
        return Choice(())
    images = list(_without_paragraphs(images, frozenset(filter(ends_sentence, paragraphs))))
    return Choice(tuple(images), Provenance(source, locator, images[0].url[:RAW_LIMIT]))


def _without_paragraphs(images: Sequence[Image], sentences: frozenset[str]) -> Iterator[Image]:
    """The pictures without captions that are sentences of the text, unless those are most of it, as in a gallery."""
    told = sentences & {each.caption for each in images}
    for each in images:
        yield replace(each, caption=None) if each.caption in told and 2 * len(told) < len(sentences) else each


def _under_player(layout: Layout) -> str | None:
    """The one caption between headline and body, where no picture stands there: a player's."""
    found = [each for each in layout.called("caption") if layout.is_under_headline(each)]
    said = text_of(found[0]) if len(found) == 1 else ""
    return said if 0 < len(said) < LONGEST_CAPTION and not layout.outside(found[0]) else None


def _pictures(layout: Layout) -> Iterator[Picture]:
    """The pictures between the top of the story and the end of its body, in document order."""
    page, body = layout.page, layout.body
    if not body.elements:
        return
    start, begin, end = _scope(layout)
    if len(body.elements) > 1 and is_shorter(body.elements[0], LONGEST_LEAD):
        begin = page.positions[body.elements[1]]  # a picture behind the lead stands before the text
    top = max(begin, layout.headline_at or 0)
    around = {*body.elements, *body.elements[0].iterancestors()}
    told = shared_picture(page)
    for image in [*page.by_tag.get("img", ()), *page.by_tag.get("amp-img", ())]:
        place = page.positions[image]
        above = told is not None and start - NEAR < place < start
        known = place < start and is_called(image, "lead")
        if (known or above or start <= place <= end) and _is_of_size(image):
            url = address_of(page, image)
            if url is None or not may_be_picture(url) or "breadcrumb" in layout.zones[image]:
                continue
            is_told = told is not None and file_key(url) == file_key(told)
            if not is_told and ((above and not known) or (place < top and url.lower().endswith(".gif"))):
                continue  # a drawing over a text is its section's name
            if is_told or _is_story(image, page, around):
                yield Picture(image, url, place < begin or _before_text(image, body.elements[0]))


def _scope(layout: Layout) -> tuple[int, int, int]:
    """Document order of: the top of the story, the beginning and the end of its body."""
    begin, end = layout.body_at or 0, layout.body_end or 0
    if layout.headline is None:
        return begin, begin, end
    around = set(layout.headline.iterancestors())
    root = layout.page.root
    common = next((each for each in layout.body.elements[0].iterancestors() if each in around), root)
    top = layout.page.positions.get(common, begin)
    headline = begin if layout.headline_at is None else layout.headline_at
    if common.tag in ("body", "html", "form") or headline - top > FAR:
        top = max(top, headline - NEAR)
    return min(top, begin), begin, end


def _is_story(image: Element, page: Page, around: set[Element]) -> bool:
    """Whether the picture is the story's: in no aside, not another story's link."""
    for ancestor in islice(image.iterancestors(), DEEP):
        if ancestor in around:
            return True
        if not _may_enclose(ancestor, page):
            return False
    return True


def _is_of_size(image: Element) -> bool:
    """Whether it is a picture to be seen: no icon, not small."""
    if _is_small(image.get("width")) or _is_small(image.get("height")):
        return False
    return not (
        SMALL_SIDE.search(image.get("class") or "") or is_hidden(image) or is_called(image, "no_picture")
    )


def _may_enclose(element: Element, page: Page) -> bool:
    """Whether a picture of the story may stand in such an element."""
    if element.tag == "a":
        return _links_to_picture(element, page)
    if element.tag in ("noscript", "nav", "aside", "button"):
        return False
    return not is_called(element, "inner_aside") or is_called(element, "own")


def _links_to_picture(anchor: Element, page: Page) -> bool:
    href = anchor.get("href") or ""
    if not href or href.startswith(("#", "javascript:")) or PICTURE_FILE.search(href):
        return True
    if "attachment" in href or href.endswith("/image_view_fullscreen"):  # as WordPress and Plone show them
        return True
    if ENLARGED.search(f"{anchor.get('rel') or ''} {anchor.get('class') or ''}".lower()):
        return True
    return _bare(page.resolve(href) or "") == _bare(page.url)


def _bare(url: str) -> str:
    return unquoted(url.partition("#")[0].partition("?")[0])


def _is_small(value: str | None) -> bool:
    number = PIXELS.match(value or "")
    return number is not None and int(number[1][:6]) < SMALLEST


def _before_text(image: Element, region: Element) -> bool:
    """Whether no paragraph of the body stands before the picture."""
    node: Element | None = image
    while node is not None and node is not region:
        for sibling in islice(node.itersiblings(preceding=True), 20):
            said = "" if next(sibling.iter("h1"), None) is not None else text_of(sibling)
            texts = (said, clean(sibling.tail))
            if any(
                len(text) > PARAGRAPH and not lexicon().holds_date(phrase_key(text[:OPENING]))
                for text in texts
            ):
                return False
        node = node.getparent()
    return node is None or len(clean(region.text)) < PARAGRAPH


def _once(pictures: Iterable[Picture]) -> list[Picture]:
    """Each file once: resized twins are one picture."""
    found: dict[str, Picture] = {}
    for each in islice(pictures, MOST):
        found.setdefault(file_key(each.url), each)
    return list(found.values())


def _lead(layout: Layout, pictures: list[Picture]) -> tuple[Picture | None, Source, str]:
    """The lead picture: the profile's, the one that the head names, the first before the text, the first."""
    for match in layout.profile.first("lead_image", layout.page):
        picture = _of_element(layout.page, match.element)
        if picture is not None:
            return picture, match.source, match.locator
    shared = shared_picture(layout.page)
    first = next(iter(pictures), None)
    named = next(
        (each for each in pictures if shared is not None and file_key(each.url) == file_key(shared)), None
    )
    if named is not None and (named.before or first is None or not first.before):
        return named, "opengraph", "og:image"
    if first is not None and (first.before or shared is None):
        return first, "structure", name_of(first.element)
    return None, "structure", ""


def _of_element(page: Page, element: Element) -> Picture | None:
    image = element if element.tag == "img" else next(element.iter("img"), None)
    url = None if image is None else address_of(page, image)
    return None if image is None or url is None else Picture(image, url, True)


class _Story:
    """What every picture's caption is held against: what encloses the story, its first words, the site's name."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        parts = [*layout.body.elements, *([] if layout.headline is None else [layout.headline])]
        enclosing = {parent for part in parts for parent in part.iterancestors()}
        self.barriers = enclosing | set(layout.body.elements)

    @cached_property
    def opening(self) -> str:
        return _opening(self.layout)

    def opening_beside(self, caption: str, image: Element) -> str:
        """The body's first words, less the caption where the body holds the picture and says more than the caption."""
        lead = self.layout.body.elements[:1]
        regions = [each for each in lead if squeezed(text_of(each, 2 * len(caption))) != squeezed(caption)]
        within = any(each is region for region in regions for each in islice(image.iterancestors(), DEEP))
        return self.opening.replace(squeezed(caption), "", 1) if within else self.opening

    @cached_property
    def site(self) -> str:
        return _site(self.layout.page)


def _image(story: _Story, picture: Picture, role: ImageRole) -> Image:
    layout, element = story.layout, picture.element
    caption, credit = caption_of(element, story.barriers)
    if role == "lead" and caption is None:
        matches = [
            each for each in layout.profile.first("lead_caption", layout.page) if _is_before(layout, each)
        ]
        caption = text_of(matches[0].element) or None if matches else None
    if (
        caption is not None
        and _is_excerpt(caption, story.opening)
        and (_is_excerpt(caption, story.opening_beside(caption, element)))
    ):
        caption, credit = None, None
    caption = caption or _line_under(layout, element, is_lead=role == "lead")
    if caption is None and "caption" in (element.get("class") or "").lower().split():
        caption = clean(element.get("title")) or None  # Joomla's own script prints it
    if caption is None and role == "lead" and picture.before:
        caption = caption_behind(layout, element)
    if caption is not None and is_portrait(element) and lone_names(caption):
        caption = None  # the writer's face, and the name under it
    credit = credit or (credit_of(caption, story.site) if caption else None)
    if caption is not None and names_maker_alone(caption):
        caption, credit = None, credit or caption
    return Image(picture.url, caption, credit, clean(element.get("alt")) or None, role)


def _is_before(layout: Layout, match: Match) -> bool:
    """Whether what a profile selects stands before the end of the text, not in the next story below."""
    end = layout.body_end
    return end is None or layout.page.positions.get(match.element, 0) <= end


def _opening(layout: Layout) -> str:
    """The first words of the body, without white space."""
    said = ""
    for text in layout.body.elements[0].itertext() if layout.body.elements else ():
        said += squeezed(str(text))
        if len(said) > OPENING:
            break
    return said[:OPENING]


def _site(page: Page) -> str:
    """What the site calls itself, as far as the head says: after the last bar of the title, too."""
    title = next((each.text for each in page.by_tag.get("title", ()) if each.text), "")
    return page.first_meta("og:site_name") or TITLE_BAR.split(clean(title))[-1]


def _is_excerpt(caption: str, opening: str) -> bool:
    """Whether a theme printed the story's first words in the place of a caption."""
    start = squeezed(caption)[:EXCERPT]
    return len(start) == EXCERPT and start in opening


def _line_under(layout: Layout, image: Element, *, is_lead: bool) -> str | None:
    """The short line set under a picture within the text, where it is set apart as captions are, or stands under the
    lead picture before the first paragraph.
    """
    holder = image.getparent()
    following = image.getnext()
    if following is None and holder is not None:
        following = holder.getnext()
    if following is None or following.tag not in ("p", "div", "center", "span", "em"):
        return None
    if next(following.iter("h1"), None) is not None or holds_more(following, 1, "a"):
        return None
    line = Line("paragraph", text_of(following), 0.0, (), following)
    if not line.text:
        return None
    if is_caption_line(line):
        return line.text
    within = any(each in layout.body.elements for each in following.iterancestors())
    opens = is_lead and within and layout.page.positions[following] <= layout.prose_at
    is_its = opens and is_below_picture(line) and is_caption(layout, following, line.text)
    return line.text if is_its else None
