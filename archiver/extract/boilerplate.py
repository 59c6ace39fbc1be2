"""What stands within a body and is none of it: which elements to pass by, which lines to drop.

Elements are judged by their names (`names_aside`), lines by the lexicon and by how much of them is
link. What a line was dropped for is kept: «اقرأ أيضاً» lines are where inline see-also links come from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from archiver.extract.lexicon import Lexicon, key, lexicon
from archiver.extract.lines import Line, Skip
from archiver.extract.liveblog import is_hour, is_live, with_hours
from archiver.extract.names import is_called
from archiver.extract.nodes import clean, text_of
from archiver.page import Element

Role = Literal["story", "see_also", "label", "furniture"]

PICTURE_TAGS = frozenset({"figure", "p", "div", "span", "table", "center", "dl", "aside", "section", "a"})
PLACED = re.compile(r"float\s*:|text-align\s*:\s*center|^\s*\S*\s*(?:left|right|center)$|width\s*:", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center|^\s*\S*\s*center\b|text-?center|aligncenter", re.I)
PLACED_LIMIT = 160  # characters under a picture that is set apart by an inline style alone
CAPTION_LIMIT = 450  # characters; a box with a picture and more text than this is not only a caption
PICTURE_SHARE = 0.6  # of the region's text; what holds more is not only a picture
ASIDE_LIMIT = 0.4  # of the region's text; an "aside" that holds more is a misnomer
SLACK = 25  # characters by which a headline and its folded form differ at most
HEADER = 40  # lines among which a headline within the region is looked for
SHORT, PROSE = 90, 110  # characters of a byline or label at most, of a paragraph at least
END = re.compile(r"[.!؟?…»\"”)]\s*$")
LABEL_END = re.compile(r"(?:[:：؛|«>←–—-]|\.{2,}|…)+$")
"""What parts a label from what it announces: «اقرأ أيضاً: …», «اقرأ أيضا.. …», «اقرأ أيضا | …»."""
CUT_SHORT = re.compile(r"(?:\.{3,}|…)\]?\s*$")
COMMENTED = 150  # characters of a story before which no comments begin
SEPARATOR = re.compile(r"[:：|/\-–—]")
DIGIT = re.compile(r"[0-9٠-٩۰-۹]")
DATE_WORDS = frozenset(key(
    "السبت الأحد الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه "
    "أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأول جانفي فيفري أفريل "
    "ماي جوان جويلية أوت ماي غشت شتنبر نونبر دجنبر يوليوز محرم صفر ربيع الآخر جمادى الأولى الآخرة رجب شعبان رمضان شوال ذو القعدة "
    "الحجة هـ م ص ه صباحا مساء ظهرا الساعة بتوقيت غرينتش gmt am pm في يوم بتاريخ تاريخ التاريخ نشر النشر تم آخر تحديث منذ ساعة ساعات "
    "دقيقة دقائق أيام يوم أسبوع أسابيع شهر أشهر سنة سنوات الموافق الوقت january february march april may june july august "
    "september october november december على من و القاهرة مكة المكرمة بيروت updated published"
).split())


@dataclass(frozen=True, slots=True)
class Sorted:
    """A region's lines, each with its role."""

    lines: tuple[tuple[Line, Role], ...]
    live: bool = False

    @property
    def story(self) -> tuple[Line, ...]:
        story = (line for line, role in self.lines if role == "story")
        return tuple(with_hours(story) if self.live else story)

    @property
    def see_also(self) -> tuple[Line, ...]:
        return tuple(line for line, role in self.lines if role == "see_also")


def aside_skipper(region: Element, removed: frozenset[Element] = frozenset()) -> Skip:
    """Which elements below this region are asides, removed by a profile, or pictures with their captions."""
    whole = size_of(region)

    def skip(element: Element) -> bool:
        if element in removed:
            return True
        if element.tag not in ("h2", "h3") and is_called(element, "inner_aside"):
            limit = min(CAPTION_LIMIT, ASIDE_LIMIT * whole) if element.tag == "p" else ASIDE_LIMIT * whole
            return len(element) == 0 or size_of(element) < limit
        if is_called(element, "standfirst"):
            return size_of(element) < ASIDE_LIMIT * whole
        return element.tag in PICTURE_TAGS and is_picture_box(element) and size_of(element) < PICTURE_SHARE * whole

    return skip


def size_of(element: Element) -> int:
    """The characters of an element's text, roughly."""
    return sum(map(len, element.itertext()))


def prose_size(element: Element) -> int:
    """The characters of an element's longer stretches of text."""
    return sum(len(text) for text in element.itertext() if len(text) > 60)


def is_picture_box(element: Element) -> bool:
    """Whether the element is a picture and what is said of it, rather than text with a picture in it."""
    if element.tag == "figure":
        return element.find(".//table") is None and element.find(".//blockquote") is None and size_of(element) < 1_000
    image = None if element.tag == "a" else element.find(".//img")
    if image is None or is_called(element, "wrapper") or any(size_of(each) > 15 for each in element.iter("a")):
        return False
    if element.tag == "p":
        return is_aslant(element)
    if element.tag == "table" or is_called(element, "picture"):
        return size_of(element) < CAPTION_LIMIT
    placed = element.tag == "center" or bool(PLACED.search(f"{element.get('style') or ''} {element.get('align') or ''}"))
    return placed and 0 < len(text_of(element)) < PLACED_LIMIT and not END.search(text_of(element))


def is_aslant(paragraph: Element) -> bool:
    """Whether all a paragraph says under its picture is set in italics or small type."""
    said = text_of(paragraph)
    return 0 < len(said) < PLACED_LIMIT and said == clean(" ".join(map(text_of, paragraph.iter("em", "i", "small", "figcaption"))))


def is_caption_line(line: Line) -> bool:
    """Whether a line is what stands under a picture of its own: set in the middle, short, no sentence."""
    element = line.element
    before = element.getprevious()
    if before is None or len(line.text) > PLACED_LIMIT or END.search(line.text):
        return False
    image = before.find(".//img") if before.tag != "img" else before
    if image is None or before.tag not in ("p", "div", "center", "img", "a", "span") or text_of(before):
        return False
    return clean(image.get("alt")) == line.text or (_is_centred(element) and (before.tag == "img" or _is_centred(before)))


def _is_centred(element: Element) -> bool:
    return bool(CENTRED.search(f"{element.get('style') or ''} {element.get('align') or ''} {element.get('class') or ''}"))


def sort_lines(lines: Sequence[Line], title: str | None = None) -> Sorted:
    """Every line of a region with its role, judged in order: what a label announces follows it."""
    words = lexicon()
    sorter = _Sorter(words, key(title or ""))
    header = _header_end(lines, sorter.title)
    sorter.within_header = any(key(line.text) == sorter.title for line in lines[header : header + 1])
    sorter.live = is_live(lines)
    judged: list[tuple[Line, Role]] = [(line, "furniture") for line in lines[:header]]
    rest = lines[header:]
    judged += [(line, sorter.role(line, after)) for line, after in zip_longest(rest, rest[1:])]
    return Sorted(tuple(_trim_tail(judged, words)), sorter.live)


class _Sorter:
    """Judges lines one by one; remembers whether a label is open, and whether the story has begun."""

    def __init__(self, words: Lexicon, title: str) -> None:
        self.words = words
        self.title = title
        self.after: Role | None = None  # what linked lines are that follow an open label
        self.begun = False
        self.within_header = False
        self.live = False
        self.closed = False  # the readers' comments have begun
        self.length = 0

    def role(self, line: Line, following: Line | None) -> Role:
        """What this line is, in the light of those before it and the next."""
        if self.closed:
            return "furniture"
        if self.live and is_hour(line.text):
            return "story"
        folded = key(line.text) if len(line.text) < 260 else ""
        if not self.begun and self.within_header and _is_header_line(line):
            return "furniture"
        if is_caption_line(line):
            return "furniture"
        role = self._label(line, folded, following) or self._linked(line) or self._furniture(line, folded)
        if role is None and not self.begun:
            role = self._head(line, folded)
        if role is None:
            self.after = None
            self.length += len(line.text)
            self.begun = self.begun or len(line.text) > PROSE or bool(END.search(line.text) and len(line.text) > 60)
        return role or "story"

    def _label(self, line: Line, folded: str, following: Line | None) -> Role | None:
        """A label alone («شاهد أيضاً»), or one with what it announces («اقرأ أيضاً: …»)."""
        if not folded:
            return None
        words = self.words
        if words.is_see_also(folded):
            self.after = "see_also"
            return "label"
        if folded in words.other and following is not None and following.linked > 0.8:
            self.after = "furniture"
            return "label"
        inline = words.inline.match(folded)
        if inline and self._announces(line, len(inline[0].split())):
            self.after = "see_also"
            return "see_also"
        if words.tags.fullmatch(folded):
            self.after = "furniture"
            return "furniture"
        if words.tags.match(folded) and len(line.text) < 300 and (line.linked > 0.4 or ":" in line.text[:25]):
            self.after = "furniture"
            return "furniture"
        return None

    @staticmethod
    def _announces(line: Line, size: int) -> bool:
        """Whether a line that starts with a label of so many words goes on to what the label announces."""
        if line.linked >= 0.5:
            return True
        words = line.text.split()
        tail = words[size - 1 : size + 1]
        parted = bool(LABEL_END.search(tail[0])) or (len(tail) > 1 and LABEL_END.match(tail[1]) is not None)
        return parted and len(line.text) < 180 and not line.text.rstrip().endswith((".", "؟"))

    def _linked(self, line: Line) -> Role | None:
        """A line that is all link: another story, a tag, an author."""
        if line.linked < 0.85 or not line.anchors:
            return None
        if self.after is not None:
            return self.after
        several = len(line.anchors) > 1
        if len(line.text.split()) >= 4 and not END.search(line.text) and not several:
            return "see_also"
        return "furniture" if line.type != "heading" and (len(line.text) < 40 or several) else None

    def _furniture(self, line: Line, folded: str) -> Role | None:
        if not folded:
            return None
        words = self.words
        if folded.rstrip(" 0123456789") in words.comments:
            self.closed = self.length > COMMENTED
            return "furniture"
        if self.after is not None and (is_date_line(folded) or CUT_SHORT.search(line.text)):
            return self.after
        if folded in words.furniture or words.screen.search(folded):
            return "furniture"
        if len(line.text) < 250 and words.follow.search(folded) and (line.linked > 0.1 or len(line.text) < 140):
            return "furniture"
        return None

    def _head(self, line: Line, folded: str) -> Role | None:
        """Before the story begins: the headline again, a byline, a date, a count of readers."""
        if not folded or len(line.text) > 200:
            return None
        if folded == self.title:
            return "furniture"
        short = len(line.text) < SHORT
        if short and not END.search(line.text):
            marked = bool(SEPARATOR.search(line.text)) or bool(DIGIT.search(line.text))
            if marked and (self.words.byline.match(folded) or self.words.source.match(folded)):
                return "furniture"
            if DIGIT.search(line.text) and is_date_line(folded):
                return "furniture"
        return "furniture" if folded.isdigit() else None


def _header_end(lines: Sequence[Line], title: str) -> int:
    """How many lines stand before the headline, where the region holds it: as a heading, else where it comes last."""
    if not title:
        return 0
    near = ((place, line) for place, line in enumerate(lines[:HEADER]) if abs(len(line.text) - len(title)) < SLACK)
    places = [place for place, line in near if key(line.text) == title]
    heading = next((place for place in places if lines[place].type == "heading"), None)
    return heading if heading is not None else places[-1] if places else 0


def _is_header_line(line: Line) -> bool:
    """Whether a line beside the headline, before any prose, is a name, a section, a date: short, and no sentence."""
    return len(line.text) < 45 and not END.search(line.text)


def is_date_line(folded: str) -> bool:
    """Whether a folded line says nothing but a day and an hour."""
    return all(word in DATE_WORDS or not word.isalpha() for word in folded.split())


def _trim_tail(judged: Sequence[tuple[Line, Role]], words: Lexicon) -> list[tuple[Line, Role]]:
    """From the end: sources, notices of rights, comment policies, and headings that announce nothing."""
    result = list(judged)
    for index in range(len(result) - 1, -1, -1):
        line, role = result[index]
        if role != "story":
            continue
        if index == 0 or not _is_tail(line, words):
            break
        result[index] = (line, "furniture")
    return result


def _is_tail(line: Line, words: Lexicon) -> bool:
    if line.type == "heading":
        return True
    if len(line.text) > 900:
        return False
    folded = key(line.text)
    if len(line.text) < 140 and words.source.match(folded) and SEPARATOR.search(line.text[:30]):
        return True
    found = len(words.notice.findall(folded))
    return found > 1 or (found == 1 and (len(line.text) < 220 or line.linked > 0))
