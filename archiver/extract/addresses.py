"""The address of a picture: what lazy loading, sets of sizes and crops hide."""

import re
from itertools import islice
from urllib.parse import urlsplit

from archiver.page import Element, Page
from archiver.urls import MAX_URL_LENGTH, unquoted

ADDRESSES = (
    "data-full-url",
    "data-large_image",
    "data-orig-file",
    "data-original",
    "data-lazy-src",
    "data-src",
    "data-lazy",
    "data-image",
    "data-img-url",
    "data-original-src",
    "data-url",
    "data-echo",
    "data-cfsrc",
    "src",
)
"""Attributes that hold a picture's address, the best first."""
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:blank|placeholder\w*|spacer|pixel|transparent|loading|loader|lazy(?:load)?|grey|"
    r"empty|no-?ima?ge?|(?<!\d{4}/)default(?:-?ima?ge?)?|1x1|dummy|preload\w*|jeg-empty|noimage)(?:[_.-]|$)[^/]*$",
)
"""A lower-case address that holds the place of a picture that a script loads later."""
DECORATION = re.compile(
    r"(?:^|[/_.-])(?:logos?|icons?|clocks?|calendars?|avatars?|gravatar|sprite|emoji|arr?ow?\w*|btn|\w*buttons?|share|print|imprim(?:er|ante)|banners?|"
    r"(?:new)?(?:whatsapp|facebook|twitter|telegram|instagram|youtube|messenger|rss)\w*|google-?news\w*|google-?play|app-?store|captcha|statusicon|user-?o(?:n|ff)(?:line)?|ranks?|"
    r"adserv\w*|authors?|writers?|columnists?|smil(?:ies|ey)|m_images)(?=[/_.-]|$)|/(?:templates?|themes?|skins?)/|\.svg(?:$|\?)|doubleclick|adview|pagead|"
    r"/(?:e?mail|send|prn|fav(?:ou?rites?)?|pdf|dot|bull?et|comments?|star|zoom|save|home|friend|add|user|fb|tw|b|a?plus|a?minus|bigger|smaller|(?:in|de)crease|font\w*)\d?\.(?:gif|png)$|"
    r"googlesyndication|scorecardresearch|quantserve|facebook\.com/tr|gravatar\.com",
)
"""A lower-case path of what decorates a page: logos, icons, faces of writers, counters."""
SIZE = re.compile(r"\d{2,4}x\d{2,4}|scaled|large|medium|small|thumb(?:nail)?|\d{3,4}w?|e\d{9,}")
"""What the last part of a picture's name, parted by ``-`` or ``_``, says of its size."""
UPLOADS = "/wp-content/uploads/"
UPLOAD_CROP = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,5}$)")
"""A crop that WordPress made of an upload; the upload itself has the same name without the size."""
PICTURE_FILE = re.compile(r"\.(?:jpe?g|jfif|pjpeg|png|gif|webp|avif|bmp)(?:$|[?#&])", re.I)
CANDIDATE = re.compile(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)[wx]\s*(?:,|$)|\s*(?:,\s+|,(?=https?:|//|/)|,?\s*$))")
"""One candidate of a set: its address, its width or density; behind these a comma ends it, whatever follows."""


def address_of(page: Page, image: Element) -> str | None:
    """The fullest address of a picture, absolute: the file it links to, or what it shows, uncropped."""
    shown = _shown_address(page, image)
    if shown is None:
        return None
    anchor = next((each for each in islice(image.iterancestors(), 3) if each.tag == "a"), None)
    href = (anchor.get("href") or "") if anchor is not None else ""
    linked = page.resolve(href) if len(href) <= MAX_URL_LENGTH and PICTURE_FILE.search(href) else None
    if linked is not None and _file_stem(linked) == _file_stem(shown):
        return linked
    return UPLOAD_CROP.sub("", shown) if UPLOADS in shown.lower() else shown


def _shown_address(page: Page, image: Element) -> str | None:
    """The address a picture is shown from, its own or its `noscript` twin's."""
    twin = image.getnext()
    inner = next(twin.iter("img"), None) if twin is not None and twin.tag == "noscript" else None
    return _own_address(page, image) or (None if inner is None else _own_address(page, inner))


def _own_address(page: Page, image: Element) -> str | None:
    """The address that a picture's own attributes give: largest of a set, what a script loads later."""
    picture = next((each for each in islice(image.iterancestors(), 5) if each.tag == "picture"), None)
    best = _of_sources(page, picture, image) if picture is not None else None
    best = best or _largest(page, next(filter(None, map(image.get, SETS)), None))
    if best is not None and not is_placeholder(best):
        return best
    values = (value for value in map(image.get, ADDRESSES) if value and len(value) <= MAX_URL_LENGTH)
    urls = (None if is_placeholder(value) else page.resolve(value) for value in values)
    return next(filter(None, urls), None)


def _of_sources(page: Page, picture: Element, image: Element) -> str | None:
    """The fullest of a `picture`'s sources; not one that is only the same picture in another format.

    libxml2 nests a picture's sources, for it does not know them to be void.
    """
    shown = image.get("src") or ""
    is_shown = bool(shown) and not is_placeholder(shown)
    for source in picture.iter("source"):
        same = is_shown and (source.get("type") or "").startswith("image/")
        best = None if same else _largest(page, next(filter(None, map(source.get, SETS)), None))
        if best is not None:
            return best
    return None


def _largest(page: Page, candidates: str | None) -> str | None:
    """The candidate of a set with the largest width or density.

    "a-300.jpg 300w, a-900.jpg 900w" → a-900.jpg
    """
    if not candidates:
        return None
    found = [(float(size or 1), address) for address, size in CANDIDATE.findall(" ".join(candidates.split()))]
    return page.resolve(max(found, key=lambda each: each[0])[1]) if found else None


def shared_picture(page: Page) -> str | None:
    """The picture that the head offers for sharing, where it is not the site's emblem."""
    url = page.resolve(page.first_meta("og:image", "og:image:url", "twitter:image", "twitter:image:src"))
    return url if url is not None and may_be_picture(url) else None


def may_be_picture(url: str) -> bool:
    """Whether an address may be a story's picture: not too long for one, no decoration, and in no picture's place."""
    if len(url) > MAX_URL_LENGTH:
        return False
    return not DECORATION.search(urlsplit(url).path.lower()) and not is_placeholder(url)


def is_placeholder(address: str) -> bool:
    """Whether an address, absolute or not, only holds the place of a picture."""
    return address[:5].lower() == "data:" or PLACEHOLDER.search(address.lower()) is not None


def _file_stem(url: str) -> str:
    path = unquoted(urlsplit(url).path).partition("/_jcr_content/")[0]  # of Adobe's CMS, the sizes behind it
    name = path.rsplit("/", 1)[-1].lower()
    stem = name.rpartition(".")[0] or name
    while (cut := max(stem.rfind("-"), stem.rfind("_"))) >= 0 and SIZE.fullmatch(stem, cut + 1):
        stem = stem[:cut]
    return stem


def file_key(url: str) -> str:
    """What resized twins of one picture share: the file's name without its size, or a short one's path."""
    stem = _file_stem(url)
    parts = urlsplit(url)
    if len(stem) > 5:
        return stem
    path = unquoted(parts.path).lower()
    return path if PICTURE_FILE.search(path) else f"{path}?{parts.query}"
