"""The story's pictures: the lead first, each with its full address, caption, credit and alt text."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archiver.article import Image, ImageRole, Provenance, Source
from archiver.extract.boilerplate import is_caption_line
from archiver.extract.captions import caption_of, credit_of
from archiver.extract.choice import RAW_LIMIT, Choice
from archiver.extract.layout import Layout
from archiver.extract.lines import Line
from archiver.extract.names import is_called
from archiver.extract.nodes import clean, is_hidden, name_of, text_of
from archiver.page import Element, Page

ADDRESSES = ("data-full-url", "data-large_image", "data-orig-file", "data-original", "data-lazy-src", "data-src",
             "data-lazy", "data-image", "data-img-url", "data-original-src", "data-url", "data-echo", "data-cfsrc", "src")
"""Attributes that hold a picture's address, the best first."""
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
PLACEHOLDER = re.compile(
    r"^data:|(?:^|[/_.-])(?:blank|placeholder\w*|spacer|pixel|transparent|loading|loader|lazy(?:load)?|grey|empty|no-?ima?ge?|"
    r"default(?:-?ima?ge?)?|1x1|dummy|preload\w*|jeg-empty|noimage)(?:[_.-]|$)[^/]*$", re.I)
"""An address that holds the place of a picture that a script loads later."""
NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logos?|icons?|avatars?|gravatar|sprite|emoji|arrows?|btn|buttons?|share|print|banners?|whatsapp|facebook|"
    r"twitter|telegram|instagram|youtube|rss|google-?news\w*|google-?play|app-?store|captcha|adserv\w*|authors?|writers?|columnists?|smil(?:ies|ey))"
    r"(?=[/_.-]|$)|\.svg(?:$|\?)|doubleclick|adview|pagead|googlesyndication|scorecardresearch|quantserve|facebook\.com/tr|gravatar\.com",
    re.I)
"""An address of what decorates a page: logos, icons, faces of writers, counters."""
SIZE_TAIL = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|large|medium|small|thumb(?:nail)?|\d{3,4}w?|e\d{9,}))+(?=\.\w+$|$)", re.I)
UPLOAD_CROP = re.compile(r"(/wp-content/uploads/\S+?)-\d{2,4}x\d{2,4}(?=\.\w{3,5}$)", re.I)
"""A crop that WordPress made of an upload; the upload itself has the same name without the size."""
PICTURE_FILE = re.compile(r"\.(?:jpe?g|jfif|pjpeg|png|gif|webp|avif|bmp)(?:$|[?#])", re.I)
CANDIDATE = re.compile(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s+|,(?=https?:|//|/)|,?\s*$)")
SMALLEST = 70  # pixels; smaller pictures are decoration
MOST = 200
MOST_LOOKED_AT = 1_000
MOST_BESIDE = 300
"""Bounds on a page made of pictures: how many are looked at, and how far each is placed by its neighbours."""
EXCERPT = 50  # characters, without white space, that a caption and the body may not begin with alike


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page: its element, its address, whether it stands before the text."""

    element: Element
    url: str
    before: bool


def read(layout: Layout) -> Choice[tuple[Image, ...]]:
    """Every picture of the story; the first has the role lead."""
    page = layout.page
    pictures = _once(_pictures(layout))
    lead, source, locator = _lead(layout, pictures)
    images = [] if lead is None else [_image(layout, lead, "lead")]
    images += [_image(layout, each, "inline") for each in pictures if lead is None or each.url != lead.url]
    if lead is None:
        shared = _shared(page)
        if shared:
            images.insert(0, Image(shared, None, None, page.first_meta("og:image:alt"), "lead"))
            source, locator = "opengraph", "og:image"
    if not images:
        return Choice(())
    return Choice(tuple(images), Provenance(source, locator, images[0].url[:RAW_LIMIT]))


def _image(layout: Layout, picture: Picture, role: ImageRole) -> Image:
    page, profile = layout.page, layout.profile
    barriers = [*layout.body.elements]
    if layout.headline is not None:
        barriers.extend(layout.headline.iterancestors())
    for element in layout.body.elements:
        barriers.extend(element.iterancestors())
    caption, credit, _ = caption_of(picture.element, barriers)
    if role == "lead" and caption is None:
        for match in profile.first("lead_caption", page)[:1]:
            caption = text_of(match.element) or None
    if caption is not None and _is_excerpt(caption, layout):
        caption, credit = None, None
    if caption is None:
        caption = _line_under(picture.element)
    if caption is None and "caption" in (picture.element.get("class") or "").lower().split():
        caption = clean(picture.element.get("title")) or None  # Joomla's own script prints it
    alt = clean(picture.element.get("alt")) or None
    return Image(picture.url, caption, credit or credit_of(caption, _site(page)), alt, role)


def _is_excerpt(caption: str, layout: Layout) -> bool:
    """Whether a theme printed the story's first words in the place of a caption."""
    start = "".join(caption.split())[:EXCERPT]
    if len(start) < EXCERPT:
        return False
    said = "".join(text_of(element, 1_000) for element in layout.body.elements[:1])
    return start in "".join(said.split())[:600]


def _line_under(image: Element) -> str | None:
    """The short line set under a picture within the text, where it is set apart as captions are."""
    holder = image.getparent()
    following = image.getnext() if image.getnext() is not None else None if holder is None else holder.getnext()
    if following is None or following.tag not in ("p", "div", "center", "span", "em"):
        return None
    line = Line("paragraph", text_of(following), 0.0, (), following)
    return line.text if line.text and is_caption_line(line) else None


def _site(page: Page) -> str:
    """What the site calls itself, as far as the head says: after the last bar of the title, too."""
    title = next((each.text for each in page.by_tag.get("title", ()) if each.text), "")
    return page.first_meta("og:site_name") or re.split(r"\s[|–—-]\s", clean(title))[-1]


def _once(pictures: Iterable[Picture]) -> list[Picture]:
    """Each file once: resized twins are one picture."""
    seen: set[str] = set()
    result = []
    for each in pictures:
        name = file_key(each.url)
        if name not in seen:
            seen.add(name)
            result.append(each)
    return result[:MOST]


def _lead(layout: Layout, pictures: list[Picture]) -> tuple[Picture | None, Source, str]:
    """The lead picture: the profile's, the one the head names, the first before the text."""
    for match in layout.profile.first("lead_image", layout.page):
        picture = _of_element(layout.page, match.element)
        if picture is not None:
            return picture, match.source, match.locator
    shared = _shared(layout.page)
    by_head = next((each for each in pictures if shared and file_key(each.url) == file_key(shared)), None)
    first = pictures[0] if pictures else None
    if by_head is not None and (first is by_head or not (first and first.before)):
        return by_head, "opengraph", "og:image"
    if first is not None and (first.before or shared is None):
        return first, "structure", name_of(first.element)
    return None, "structure", ""


def _of_element(page: Page, element: Element) -> Picture | None:
    image = element if element.tag == "img" else next(element.iter("img"), None)
    url = None if image is None else address_of(page, image)
    return None if image is None or url is None else Picture(image, url, True)


def _shared(page: Page) -> str | None:
    """The picture that the head offers for sharing."""
    found = page.first_meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    url = page.resolve(found)
    return None if url is None or NO_PICTURE.search(url) or PLACEHOLDER.search(url) else url


def _pictures(layout: Layout) -> Iterator[Picture]:
    """The pictures between the top of the story and the end of its body, in document order."""
    page, body = layout.page, layout.body
    if not body.elements:
        return
    start, begin, end = _scope(layout)
    around = set(body.elements[0].iterancestors()) | set(body.elements)
    for image in (page.by_tag.get("img", []) + page.by_tag.get("amp-img", []))[:MOST_LOOKED_AT]:
        place = page.positions[image]
        known = place < start and is_called(image, "lead")
        if (known or start <= place <= end) and _is_story(image, page, around):
            url = address_of(page, image)
            if url is not None and not NO_PICTURE.search(urlsplit(url).path) and not PLACEHOLDER.search(url):
                yield Picture(image, url, place < begin or _before_text(image, body.elements[0]))


def _scope(layout: Layout) -> tuple[int, int, int]:
    """Document order of: the top of the story, the beginning and the end of its body."""
    page = layout.page
    begin, end = layout.body_at or 0, layout.body_end or 0
    if layout.headline is None:
        return begin, begin, end
    around = set(layout.headline.iterancestors())
    common = next((each for each in layout.body.elements[0].iterancestors() if each in around), page.root)
    top = page.positions.get(common, begin)
    headline = layout.headline_at if layout.headline_at is not None else begin
    if common.tag in ("body", "html", "form") or headline - top > 150:  # too wide: only what follows the headline
        top = max(top, headline - 40)
    return min(top, begin), begin, end


def _is_story(image: Element, page: Page, around: set[Element]) -> bool:
    """Whether the picture is the story's: not an icon, not small, not in an aside, not another story's link."""
    get = image.get
    if is_hidden(image) or _small(get("width")) or _small(get("height")):
        return False
    if is_called(image, "no_picture"):
        return False
    for ancestor in image.iterancestors():
        if ancestor in around:
            return True
        if ancestor.tag == "a" and not _links_to_picture(ancestor, page):
            return False
        if ancestor.tag in ("noscript", "nav", "aside", "button"):
            return False
        if ancestor.tag != "a" and is_called(ancestor, "inner_aside") and not is_called(ancestor, "own"):
            return False
    return True


def _links_to_picture(anchor: Element, page: Page) -> bool:
    href = anchor.get("href") or ""
    if not href or href.startswith(("#", "javascript:")) or PICTURE_FILE.search(href):
        return True
    target = page.resolve(href) or ""
    return target.split("#")[0].split("?")[0] == page.url.split("#")[0].split("?")[0] or "attachment" in href


def _small(value: str | None) -> bool:
    number = re.match(r"\s*(\d+)\s*(?:px)?\s*$", value or "")
    return bool(number) and int(number[1]) < SMALLEST


def _before_text(image: Element, region: Element) -> bool:
    """Whether no paragraph of the body stands before the picture."""
    node: Element | None = image
    while node is not None and node is not region:
        for sibling in itertools.islice(node.itersiblings(preceding=True), MOST_BESIDE):
            if isinstance(sibling.tag, str) and (len(text_of(sibling)) > 100 or len(clean(sibling.tail)) > 100):
                return False
        node = node.getparent()
    return node is None or len(clean(region.text)) < 100


def address_of(page: Page, image: Element) -> str | None:
    """The fullest address of a picture, absolute: the file it links to, or what it shows, uncropped."""
    shown = _shown_address(page, image)
    if shown is None:
        return None
    anchor = next((each for each in itertools.islice(image.iterancestors(), 3) if each.tag == "a"), None)
    linked = page.resolve(anchor.get("href")) if anchor is not None and PICTURE_FILE.search(anchor.get("href") or "") else None
    if linked is not None and _file_name(linked) == _file_name(shown):
        return linked
    return UPLOAD_CROP.sub(r"\1", shown)


def _shown_address(page: Page, image: Element) -> str | None:
    """The address a picture is shown from: largest of a set, lazy-load attributes, `noscript` twin."""
    picture = next((each for each in itertools.islice(image.iterancestors(), 5) if each.tag == "picture"), None)
    if picture is not None:  # libxml2 nests a picture's sources, for it does not know them to be void
        best = _of_sources(page, picture, image)
        if best is not None:
            return best
    best = _largest(page, next(filter(None, map(image.get, SETS)), None))
    if best is not None and not PLACEHOLDER.search(best):
        return best
    for name in ADDRESSES:
        value = image.get(name)
        if value and not PLACEHOLDER.search(value):
            url = page.resolve(value)
            if url is not None:
                return url
    twin = image.getnext()
    inner = next(twin.iter("img"), None) if twin is not None and twin.tag == "noscript" else None
    return None if inner is None else _shown_address(page, inner)


def _of_sources(page: Page, picture: Element, image: Element) -> str | None:
    """The fullest of a `picture`'s sources; not one that is only the same picture in another format."""
    shown = image.get("src") or ""
    for source in picture.iter("source"):
        same = (source.get("type") or "").startswith("image/") and bool(shown) and not PLACEHOLDER.search(shown)
        best = None if same else _largest(page, next(filter(None, map(source.get, SETS)), None))
        if best is not None:
            return best
    return None


def _largest(page: Page, candidates: str | None) -> str | None:
    """The candidate of a `srcset` with the largest width or density.

    "a-300.jpg 300w, a-900.jpg 900w" → a-900.jpg
    """
    if not candidates:
        return None
    found = [(float(size or 1), address) for address, size, _ in CANDIDATE.findall(candidates.strip())]
    return page.resolve(max(found, key=lambda each: each[0])[1]) if found else None


def _file_name(url: str) -> str:
    return SIZE_TAIL.sub("", unquote(urlsplit(url).path).rsplit("/", 1)[-1].lower().rsplit(".", 1)[0])


def file_key(url: str) -> str:
    """The name of a picture's file without its size: what resized twins share."""
    path = unquote(urlsplit(url).path).rstrip("/").lower()
    name = path.rsplit("/", 1)[-1]
    stem = SIZE_TAIL.sub("", name.rsplit(".", 1)[0])
    query = urlsplit(url).query
    return stem if len(stem) > 5 else f"{path}?{query}"
