"""What stands behind a text and is none of it: signatures, sources, notices of rights, marks, stamps, counters."""

import re
from collections.abc import Sequence

from archiver.extract.asides import ends_sentence, is_aslant, is_centred
from archiver.extract.byline_datelines import behind_agency, dateline_people, named_beside_place
from archiver.extract.byline_lexicon import given_names, roles
from archiver.extract.byline_names import lone_names, name_with_calling
from archiver.extract.byline_text import HANDLE, agency_in, parse_byline
from archiver.extract.lexicon import Lexicon, phrase_key
from archiver.extract.lines import Line
from archiver.extract.nodes import says_anything
from archiver.extract.published_text import is_dateish
from archiver.page import Element

LABEL_END = re.compile(r"(?:[:：؛|/«>←–—-]|\.{2,}+|…)+$")
"""What parts a label from what it announces: «اقرأ أيضاً: …», «اقرأ أيضا.. …», «اقرأ أيضا | …»."""
QUOTING = re.compile('[:«"]')
CLOCK = re.compile(r"\d{1,2}\s*:\s*\d{2}|الساعة\s+\d")
MARK_BEHIND = re.compile(
    r"[\W_]*انتهى[\W_]*(?:\d{0,4}\s?[\u0621-\u064a]{0,2}|[\u0621-\u064a](?:[\s.]+[\u0621-\u064a]){1,2})[\W_]*"
    r"|(?:[\u0621-\u064a]{2,5}\s)?[0-2]?\d:?[0-5]\d\s?(?:جمت|غ\.?م\.?ت|gmt)(?:\s\d{1,2}/\d{1,2}/\d{2,4})?"
    r"|[A-Z]{3,6}|\(\s?[\u0621-\u064a](?:[\s.]+[\u0621-\u064a]){1,3}\s?\)"
    r"|[\u0621-\u064a](?:[\s.]+[\u0621-\u064a]){1,3}\.?(?:\s*[/،,-]\s*[\u0621-\u064a](?:[\s.]+[\u0621-\u064a]){1,3}\.?){0,3}"
    r"(?:\s*\([^()]{2,40}\))?"
    r"|(?:#[^\s#]+\s*){2,}|#\s?[^#.]{2,40}|(?:[a-z]+:\s*)?@?[\w.-]*@?[\w.-]+@[\w.-]+|(?:[a-z]+:\s*)?@\w+"
    r"|(?:حقوق (?:النشر|الطبع)|copyright)\s*[:：©][^.]{2,60}"
    r"|[*\s]*الصور[ةه]\s*:?\s*(?:من ال)?[أا]رشيف\w*"
    r"|(?:تصوير|عدسة)\s*[:/-]\s*[^.]{3,40}|عدد (?:القراءات|المشاهدات|الزيارات)\s*:?\s*[\d,]+",
    re.I,
)
"""What stands alone behind a text: «انتهى/25», an agency's hour («بنا 1514 جمت 11/11/2025»), editors' initials
(«م.ك/ع.ش»), hashtags, an address for letters, who took the pictures, how many read it."""
INITIALS = re.compile(
    r"(?P<one>{letter}(?:{dot}{letter}){{1,2}}(?:\s?\.)?|{letter}\s?/\s?{letter}|{letter}{dot}{letter}{{3,}}"
    r"|{letter}{{3,}}(?: {letter}{{2,}})?{dot}{letter}\.?)"
    r"(?:\s*[/،,-]\s*(?P<other>{letter}(?:{dot}{letter}){{1,2}}\.?))?(?:\s*\([^()]{{2,40}}\))?".format(
        letter=r"[\u0621-\u064a]", dot=r"\s?\.\s?"
    )
)
"""Who signs with the letters of a name: «م.ب», «ح/ب», «م. رمزي», «عبد الله. ل», «ع.ج.م/ ف.ي (رويترز)»."""
WITH_INITIALS = re.compile(
    r"(?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,3})\s*/\s*[\u0621-\u064a](?:\s?\.\s?[\u0621-\u064a]){1,2}\.?"
)
"""A writer, and the letters of who translated or edited: «فلان الفلاني/ ع.ج.م»."""
OPPOSITE = re.compile(r"text-align:\s*(?:left|end)|^\s*left\s*$")
"""Set on the side where Arabic lines end, as signatures are."""
COUNTER = re.compile(r"\s*\d+\s*/\s*\d+\s*")
"""How much of a comment is written: «0/800»."""
COUNTED = re.compile(
    r"[\d,]+\s*(?:مشاهدة|قراءة|زيارة|تعليقات?|views?)|(?:قراءة|مشاهدة)\s+[\d,]+\s+مر(?:ات|ة)"
    r"|\d+\s*(?:دقائق|دقيقة|دقيقه|د)\s*(?:قراءة|للقراءة)|(?:ال)?تقييم\s*:?\s*\d(?:[.,]\d+)?\s*/\s*\d+"
    r"|(?:عدد )?(?:القراءات|القراء|المشاهدات|الزيارات|الزوار|مرات القراءة)\s*:?\s*[\d,]+"
)
"""How many read it, and for how long: «1875 قراءة», «قراءة 842 مرات», «عدد القراءات : 2316», «3 دقائق قراءة»."""
BACK = ("الرجوع إلى ", "الرجوع الى ", "العودة إلى ", "العودة الى ", "عودة إلى ")
"""How a link back to the section begins."""
REFERENCE = "↑"
"""What leads from a note at the end back into the text."""
NAME, SHORT, STAMP = 45, 90, 150
"""Characters at most of a name beside the headline, of a byline, of a line that says when it was published."""
PARAGRAPH = 110  # characters of any line with which a story may end
NOTICE, PLAIN_NOTICE, LONG_NOTICE = 220, 400, 900
"""Characters at most of a notice at the end; of one that says two such things; of one that links too."""
ROWS, COLUMNS = 3, 2  # of a table of figures, at least
IN_FULL = 2  # words of a name that nothing else sets apart
TAIL_SOURCE, SOURCE_WORDS = 140, 2
LINKED, LISTED = 0.5, 6  # of a line's characters; links that make a list of stories


def list_at_end(lines: Sequence[Line]) -> int:
    """Where a list of other stories begins that ends a text, its heading first, then each a link and perhaps its day or
    writer; behind the last line where there is none. In old pages nothing else tells where the text's element ends.
    """
    begin, links = len(lines), 0
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        if line.linked >= LINKED and len(line.anchors) == 1:
            begin, links = at, links + 1
        elif len(line.text) > NAME or ends_sentence(line.text):
            break
    if links < LISTED:
        return len(lines)
    headed = begin > 1 and len(lines[begin - 1].text) <= NAME and not ends_sentence(lines[begin - 1].text)
    return begin - headed


def is_tail(line: Line, words: Lexicon) -> bool:
    """Whether a last line is none of the story."""
    linked = line.linked >= LINKED
    if line.type == "heading" and len(line.text) < PARAGRAPH and (linked or not ends_sentence(line.text)):
        return True
    if len(line.text) < NAME and is_signed(line) and (_is_beside_place(line) or _names_writer(line)):
        return True
    if len(line.text) < STAMP and _is_fact_behind(line.text, words) and not _is_in_table(line.element):
        return True
    if line.type == "paragraph" and name_with_calling(line.text):
        return True
    if line.text[0] == REFERENCE or (linked and len(line.text) < NAME and line.text.startswith(BACK)):
        return True
    if len(line.text) > (LONG_NOTICE if line.anchors else PLAIN_NOTICE):
        return False
    folded = phrase_key(line.text)
    if len(line.text) < TAIL_SOURCE and (_is_source(line, folded, words) or _is_bio(line, folded, words)):
        return True
    said = folded.split()
    sure = words.notice.count(folded, said)
    found = sure + words.notice_weak.count(folded, said)
    return found > 1 or (found == 1 and (line.linked > 0 or (sure == 1 and len(line.text) < NOTICE)))


def _is_in_table(cell: Element) -> bool:
    """Whether a line is a cell of a table of figures: several rows of as many cells."""
    row = cell.getparent() if cell.tag in ("td", "th") else None
    rows = None if row is None else row.getparent()
    if row is None or rows is None or len(row) < COLUMNS:
        return False
    return sum(len(each) == len(row) for each in rows.iterchildren("tr")) >= ROWS


def _is_fact_behind(text: str, words: Lexicon) -> bool:
    """Whether a last line is a stamp, a counter («0/800») or a byline: «تحرير من طرف فلان»."""
    folded = phrase_key(text)
    if (
        COUNTER.fullmatch(text)
        or COUNTED.fullmatch(text)
        or is_stamp(text, words)
        or (len(text) < SHORT and (MARK_BEHIND.fullmatch(text) or initials(text)))
    ):
        return True
    labelled = words.byline.match(folded) and not ends_sentence(text)
    if (CLOCK.search(text) or labelled) and is_dateish(text) and words.holds_date(folded):
        return True
    return (
        bool(labelled)
        and len(text) < SHORT
        and any(name.split()[0] in given_names() for name in parse_byline(text).authors)
    )


def _is_source(line: Line, folded: str, words: Lexicon) -> bool:
    """«المصدر: وكالات», «المصدر / وكالات»: the word, and at once what parts it from a name; or both alone."""
    label = words.source.match(folded)
    if label is None:
        return False
    size = len(label[0].split())
    return is_parted(line, size) or (
        len(folded.split()) <= size + SOURCE_WORDS and not ends_sentence(line.text)
    )


def _is_bio(line: Line, folded: str, words: Lexicon) -> bool:
    """«كاتب وباحث من ليبيا»: who the writer is; not «خبير: الأسعار ستنخفض»."""
    return words.writer.match(folded) is not None and not QUOTING.search(line.text)


def signature(line: Line) -> tuple[str, ...]:
    """The names that are all of a line; under a picture, or in a heading, it is whom the picture or the text shows."""
    before = line.element.getprevious()
    pictured = before is not None and not says_anything(before) and next(before.iter("img"), None) is not None
    if pictured or line.type == "heading":
        return ()
    text = FROM.sub("", WITH_PICTURES.sub("", HANDLE.sub("", line.text)))
    return lone_names(text) or behind_agency(text)


FROM = re.compile(r"^من\s*:\s*")
"""Before whoever reported for an agency: «من: فلانة الفلانية»."""
WITH_PICTURES = re.compile(r"\s*[-–—|/،]\s*(?:تصوير|عدسة|كاميرا)\s*[:/–-]?\s*\S.*$")
"""Who took the pictures, behind who wrote: «فلان الفلاني - تصوير: علان»."""


def is_bare_signature(line: Line, before: Line) -> bool:
    """Whether a line behind a paragraph is nothing but a name in full, set as any other: «فلانة محمود الفلانية»."""
    return (
        line.type == "paragraph"
        and len(line.text.split()) >= IN_FULL
        and not line.linked
        and len(line.text) < NAME
        and len(before.text) > SHORT
        and ends_sentence(before.text)
        and bool(signature(line))
    )


def is_bio(line: Line, before: Line, words: Lexicon) -> bool:
    """Whether a line says who somebody is whose name is the line before: in bold, a heading or a link."""
    apart = before.strong or before.type == "heading" or before.linked >= LINKED
    return (
        apart
        and bool(lone_names(before.text))
        and len(line.text) < NOTICE
        and (
            words.writer.match(phrase_key(line.text)) is not None
            or phrase_key(line.text.partition(" ")[0]) in roles()
        )
    )


def initials(text: str) -> tuple[str, ...]:
    """The letters with which one or two sign a text, as printed, an agency's being none; or the name before them."""
    if (signed := WITH_INITIALS.fullmatch(text)) is not None:
        return (signed["name"],)
    found = None if agency_in(text) else INITIALS.fullmatch(text)
    return () if found is None else tuple(each for each in found.group("one", "other") if each)


def _names_writer(line: Line) -> bool:
    """Whether a line is nothing but a writer: «فلان الفلاني», «*تنغير: فلان الفلاني»."""
    return bool(signature(line) or dateline_people(line.text))


def _is_beside_place(line: Line) -> bool:
    """«فلان الفلاني (سطات)» in bold."""
    return line.strong and line.type != "heading" and bool(named_beside_place(line.text))


def is_signed(line: Line) -> bool:
    """Whether a line is set as a signature is: in bold or italics, in the middle, or behind a star."""
    bracketed = line.text[0] == "(" and line.text[-1] == ")"
    return (
        line.strong
        or bracketed
        or line.text[0] in "*✍"
        or FROM.match(line.text) is not None
        or is_aslant(line.element)
        or is_centred(line.element)
        or OPPOSITE.search(f"{line.element.get('style') or ''} {line.element.get('align') or ''}") is not None
        or HANDLE.search(line.text) is not None
    )


def is_stamp(text: str, words: Lexicon) -> bool:
    """Whether a line says nothing but a day of some year, perhaps with its hour."""
    return len(text) < STAMP and is_dateish(text) and words.is_date(phrase_key(text))


def is_parted(line: Line, size: int) -> bool:
    """Whether a line's first so many words are parted from the rest by a colon, dots, a bar or a dash."""
    tail = line.text.split()[size - 1 : size + 1]
    return bool(LABEL_END.search(tail[0])) or (len(tail) > 1 and LABEL_END.match(tail[1]) is not None)
