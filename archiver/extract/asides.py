"""Which elements within a body are none of it: asides by their names, pictures with their captions."""

import math
import re
from itertools import islice

from archiver.extract.lexicon import houses, label_key, lexicon, phrase_key
from archiver.extract.lines import Line, Skip
from archiver.extract.liveblog import LONGEST_HOUR, introduces_entries, is_hour
from archiver.extract.names import is_called, mark_of, names_role
from archiver.extract.nodes import clean, has_more, says_anything, text_of
from archiver.page import Element

PICTURE_TAGS = frozenset({"figure", "p", "div", "span", "table", "center", "dl", "section"})
PICTURES = frozenset({"img", "picture", "amp-img"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
LINES = frozenset({"p", "span", "div", "small", "em", "br", "a", "noscript"})
POSTED = frozenset({"blockquote"})
FACT_LISTS = frozenset({"ul", "ol", "dl"})
FACT_LABELS = frozenset({"b", "strong", "span", "label", "em", "dt"})
FACT_LABEL = 25  # characters of a fact's label at most
POST = re.compile(
    r"//(?:www\.|mobile\.)?(?:twitter|x)\.com/[^/]+/status/|instagram\.com/(?:p|reel|tv)/|//t\.me/[^/]+/\d"
)
"""The address of one post."""
FORM_LIMIT = 300  # characters of a box that asks to subscribe
PARAGRAPH, FEW_BEFORE = 80, 4  # characters of one, and how many are looked at before a heading
SENTENCE = 60  # characters around a link that stands in a sentence
FEW = 4  # children of an element that is a picture and a caption
PLACED = re.compile(r"float\s*:|text-align\s*:\s*center|^\s*+\S*?\s*+(?:left|right|center)$|width\s*:", re.I)
"""An inline style, or the align attribute, of an element that is set apart from the text."""
CENTRED = re.compile(r"text-align\s*:\s*center|^\s*+\S*?\s*+center\b|text-?center|aligncenter", re.I)
SENTENCE_ENDS = frozenset('.!؟?…»"”)')
CREDITED = re.compile(r"[^\s.!؟?»\"”:]\s*[(\[][^()\[\]\d]{2,40}[)\]]$")
HOUSED = re.compile(r"\.\s*\(([^()\d]{2,30})\)$")
PLACED_LIMIT = 160  # characters under a picture that is set apart by an inline style alone
NOTE_LIMIT = 250  # characters of a paragraph that is a note, a byline, a call to follow
CAPTION_LIMIT = 450  # characters; a box with a picture and more text than this is not only a caption
FIGURE_LIMIT = 1_000
LINKED_TITLE = 15  # characters of a link that is another story's title, not a credit
PICTURE_SHARE = 0.6  # of the region's text; what holds more is not only a picture
ASIDE_SHARE = 0.4  # of the region's text; an "aside" that holds more is a misnomer
ROWS = 5  # of a table that is more than a story's facts
MISNOMERS = 100  # so many, and names are no longer asked: a page that nests them without end costs no more


def aside_skipper(
    region: Element, removed: frozenset[Element] = frozenset(), *, entries: bool = False
) -> Skip:
    """Which elements below a region are none of the story: removed by a profile, asides, pictures; of a story told in
    `entries` their hours are, whatever they are called."""
    whole = size_of(region)
    broad = region.tag in ("body", "html", "form") or next(region.iter("h1"), None) is not None
    misnamed: list[Element] = []

    def is_small(element: Element, limit: float) -> bool:
        if len(misnamed) > MISNOMERS:
            return False
        small = is_shorter(element, limit)
        if not small:
            misnamed.append(element)
        return small

    def skip(element: Element) -> bool:
        if element in removed:
            return True
        mark = mark_of(element)
        if entries and (introduces_entries(mark) or is_hour(text_of(element, LONGEST_HOUR))):
            return False
        if mark and element.tag not in ("h2", "h3") and names_role(mark, "inner_aside"):
            if element.tag == "a" and _is_amid_words(element):
                return False
            return is_small(element, min(_longest(element), ASIDE_SHARE * whole))
        if (broad and _is_apart(element)) or _is_beside_text(element, mark):
            return is_small(element, ASIDE_SHARE * whole)
        if element.tag in ("div", "section") and element.find("form") is not None:
            return is_small(element, min(FORM_LIMIT, ASIDE_SHARE * whole))
        return (
            element.tag in PICTURE_TAGS
            and is_picture_box(element)
            and is_small(element, PICTURE_SHARE * whole)
        )

    return skip


def _is_amid_words(link: Element) -> bool:
    """Whether a sentence goes on behind a link: its words are the sentence's then, whatever it is called."""
    parent = link.getparent()
    if parent is None or not (link.tail or "").strip():
        return False
    return len(parent.text or "") + sum(len(each.tail or "") for each in parent) > SENTENCE


def _is_beside_text(element: Element, mark: str) -> bool:
    """Whether an element is a list of facts, a standfirst, a landmark of its own or another's post."""
    if element.tag in FACT_LISTS and tells_facts(element):
        return True
    if mark and names_role(mark, "standfirst"):
        return not _follows_text(element)
    if element.tag == "section" and element.get("role") == "region" and _may_be_skipped(element):
        return True
    return element.tag in POSTED and _is_posted(element)


def _may_be_skipped(region: Element) -> bool:
    """Whether a landmark opens with a link past itself, or has no paragraph: «تخطى … وواصل القراءة»."""
    link = next(region.iter("a"), None)
    skipping = link is not None and (link.get("href") or "").startswith("#")
    return skipping or (link is not None and next(region.iter("p"), None) is None)


def _follows_text(element: Element) -> bool:
    """Whether a heading, or what holds it alone, stands behind paragraphs: a subheading then, whatever it is called."""
    inner = element[0] if len(element) == 1 and not clean(element.text) else element
    if inner.tag not in HEADINGS:
        return False
    behind = islice(element.itersiblings("p", "div", preceding=True), FEW_BEFORE)
    paragraphs = (each if each.tag == "p" else each.find("p") for each in behind)
    return any(each is not None and not is_shorter(each, PARAGRAPH) for each in paragraphs)


def tells_facts(element: Element) -> bool:
    """Whether a list tells of the story when, by whom and where, a label to each: «تاريخ 12.11.2013», «الكاتب …»."""
    items = [each for each in element if each.tag in ("li", "dt")]
    labels = (each if each.tag == "dt" else next(iter(each), None) for each in items)
    told = sum(
        label is not None
        and label.tag in FACT_LABELS
        and is_shorter(label, FACT_LABEL)
        and label_key(text_of(label)) in lexicon().facts
        for label in labels
    )
    return told > 1 and told >= len(items) / 2


def is_of_data(element: Element) -> bool:
    """Whether a cell is one of a table of data: several rows of as many cells, two or more."""
    row = element.getparent() if element.tag in ("td", "th") else None
    if row is None or row.tag != "tr" or len(row) < 2:
        return False
    table = next((each for each in islice(row.iterancestors(), 2) if each.tag == "table"), None)
    rows = [] if table is None else list(islice(table.iter("tr"), ROWS))
    return len(rows) == ROWS and sum(len(each) == len(row) for each in rows) > ROWS / 2


def _is_posted(quote: Element) -> bool:
    """Whether a quotation is a post of a social network, put in: it links to itself there."""
    return any(POST.search((each.get("href") or "").lower()) for each in quote.iter("a"))


def _longest(element: Element) -> float:
    """The characters up to which an element's name is believed: a long paragraph is text, whatever it is called."""
    if element.tag != "p":
        return math.inf
    return CAPTION_LIMIT if is_called(element, "caption") else NOTE_LIMIT


def _is_apart(element: Element) -> bool:
    """Whether an element of a region that holds the headline too stands beside the story."""
    if element.tag == "header" or is_called(element, "aside"):
        return next(element.iter("h1"), None) is None
    return False


def size_of(element: Element) -> int:
    """The characters of an element's text, roughly."""
    return sum(map(len, element.itertext()))


def is_shorter(element: Element, limit: float) -> bool:
    """Whether an element's text is shorter than so many characters; it is counted no further."""
    for text in element.itertext():
        limit -= len(text)
        if limit <= 0:
            return False
    return True


def prose_size(element: Element) -> int:
    """The characters of an element's longer stretches of text."""
    return sum(len(text) for text in element.itertext() if len(text) > 60)


def is_picture_box(element: Element) -> bool:
    """Whether an element is a picture and what is said of it, rather than text with a picture in it."""
    if element.tag == "figure":
        quoted = element.find(".//table") is not None or element.find(".//blockquote") is not None
        return not quoted and is_shorter(element, FIGURE_LIMIT)
    if len(element) == 0:
        return False
    named = element.tag == "table" or is_called(element, "picture")
    placed = element.tag == "center" or _is_placed(element) or _opens_with_picture(element)
    if not (named or placed or element.tag == "p") or is_called(element, "wrapper"):
        return False
    if next(element.iter("img"), None) is None or not is_shorter(element, CAPTION_LIMIT):
        return False
    if _links_elsewhere(element):
        return False
    if named or element.tag == "p":
        return named or is_aslant(element)
    said = text_of(element)
    return 0 < len(said) < PLACED_LIMIT and not _is_sentence(said)


def _is_placed(element: Element) -> bool:
    style, align = element.get("style"), element.get("align")
    return bool(style or align) and PLACED.search(f"{style or ''} {align or ''}") is not None


def _opens_with_picture(element: Element) -> bool:
    """Whether a small element holds a picture first, and after it nothing but a line or two."""
    if element.tag not in ("div", "section") or not has_more(element, 1) or has_more(element, FEW):
        return False
    first, *others = element
    if any(each.tag not in LINES for each in others if isinstance(each.tag, str)):
        return False
    return first.tag in PICTURES or (
        len(first) > 0 and first.tag in LINES and first.find(".//img") is not None
    )


def _links_elsewhere(element: Element) -> bool:
    """Whether it holds a link long enough to be another story's title."""
    return any(not is_shorter(anchor, LINKED_TITLE) for anchor in element.iter("a"))


def is_aslant(paragraph: Element) -> bool:
    """Whether all a paragraph says under its picture is set in italics or small type."""
    said = text_of(paragraph)
    aslant = map(text_of, paragraph.iter("em", "i", "small", "figcaption"))
    return 0 < len(said) < PLACED_LIMIT and said == clean(" ".join(aslant))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return text.rstrip()[-1:] in SENTENCE_ENDS


def _is_sentence(text: str) -> bool:
    """Whether a text under a picture is a sentence; a credit in brackets at its end makes it none: «… (أرشيفية)»."""
    return ends_sentence(text.rstrip(" )]»"))


def is_caption_line(line: Line) -> bool:
    """Whether a line stands under a picture as captions do: set in the middle, short, no sentence."""
    if len(line.text) > PLACED_LIMIT or _is_sentence(line.text):
        return False
    if is_centred(line.element) and _is_picture_and(line):
        return True
    before = line.element.getprevious()
    if before is None or before.tag not in ("p", "div", "center", "img", "a", "span", "figure"):
        return False
    image = before if before.tag == "img" else before.find(".//img")
    if image is None or says_anything(before):
        return False
    if is_credited(line.text) and text_of(line.element) == line.text:
        return True
    centred = is_centred(line.element) and (before is image or is_centred(before))
    return centred or clean(image.get("alt")) == line.text


def _is_picture_and(line: Line) -> bool:
    """Whether a line's element is a picture and behind it these words alone: «<p><img><br>قوارب الصيد</p>»."""
    first = next(iter(line.element), None)
    return first is not None and first.tag == "img" and text_of(line.element) == line.text


def is_credited(text: str) -> bool:
    """Whether a short text ends with a few words in brackets, and is no sentence: «… (الحارة/ إياد عبد الجواد)», or is
    one and ends with a house in brackets: «… . (شينخوا)»."""
    if len(text) >= PLACED_LIMIT:
        return False
    housed = HOUSED.search(text)
    return CREDITED.search(text) is not None or (housed is not None and phrase_key(housed[1]) in houses())


def is_below_picture(line: Line) -> bool:
    """Whether a line stands alone right below an element that is all picture, and is no sentence."""
    if line.type != "paragraph" or line.anchors or len(line.text) > PLACED_LIMIT or ends_sentence(line.text):
        return False
    before = line.element.getprevious()
    if (
        before is None
        or len(line.text.split()) < 3
        or text_of(line.element) != line.text
        or says_anything(before)
    ):
        return False
    return before.tag == "img" or before.find(".//img") is not None


def is_centred(element: Element) -> bool:
    """Whether an element's own attributes set it in the middle."""
    get = element.get
    return bool(CENTRED.search(f"{get('style') or ''} {get('align') or ''} {get('class') or ''}"))
