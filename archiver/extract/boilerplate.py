"""What each line of a body is: the story, a pointer to another story, a label, or furniture.

Lines are judged by the lexicon and by how much of them is link. What a line was dropped for is kept:
«اقرأ أيضاً» lines are where inline see-also links come from.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from archiver.extract.asides import ends_sentence, is_below_picture, is_caption_line, is_of_data
from archiver.extract.byline_datelines import (
    DAY_AT_END,
    dateline_people,
    is_house_line,
    is_label,
    is_labelled_name,
    named_beside_place,
)
from archiver.extract.byline_text import BEHIND_DAY, parse_byline
from archiver.extract.lexicon import PRESS_HERE, Lexicon, label_key, lexicon, phrase_key
from archiver.extract.lines import Line, Role
from archiver.extract.liveblog import is_hour_of_entry, is_live
from archiver.extract.pointers import (
    announces,
    calls_away,
    is_beside_picture,
    is_button_row,
    is_card,
    is_of_item,
    is_previous,
    is_subhead,
    points,
)
from archiver.extract.published_text import is_dateish
from archiver.extract.sorted_lines import Sorted
from archiver.extract.switches import leads_to
from archiver.extract.tails import (
    CLOCK,
    COUNTED,
    NAME,
    SHORT,
    STAMP,
    TAIL_SOURCE,
    initials,
    is_stamp,
    signature,
)
from archiver.extract.trimming import (
    is_prose,
    without_copy,
    without_tail,
    without_wall,
    without_writer_behind_lead,
)
from archiver.page import Element

END = phrase_key("نهاية")
"""Before or behind a label, what is said to readers of a screen reader alone: «مواضيع قد تهمك نهاية»."""
MORE_OF = ("المزيد من المقالات", "مزيد من المقالات", "المزيد من مقالات", "المزيد من التقارير")
"""How a label begins that announces other stories, whatever of."""
FEW_WORDS = 14  # of a line that ends so
CUT_SHORT = ("...", "…")
QUESTION = ("؟", "?")
SEPARATOR = re.compile(r"[:：|/\-–—]")
DIGIT = re.compile(r"\d")
PLUGIN = re.compile(r"\{/?[a-z]+(?: [^{}]{0,60})?\}")
"""What a system left of an extension that is gone: «{jcomments on}»."""
LABEL, PLAIN, HEAD_OF_LINE = 45, 140, 30
"""Characters of a line that may be a site's label; of one that is prose if it neither links nor opens with a colon
within so many."""
LAST_SENTENCE = re.compile(r"(?<=[.؟!])\s+(?=[^.؟!]+[.؟!]?$)")
NEWS = 70  # characters of sentences before a call that are news: «… فهل ستجربونها؟ شاركونا آراءكم.»
FOLDED = 260  # characters of a line at most that is compared with the lexicon; longer ones are prose
MOST_BROKEN = 3  # line breaks in a headline
HEADER = 40  # lines among which a headline within the region is looked for
SLACK = 25  # characters by which a headline and its folded form differ at most
BEFORE_LABEL = re.compile(r"\s+(?=(?:كتبت?|بقلم|[إا]عداد|تقرير)\s*[:/])")
COPYRIGHT = re.compile(r"(?:جميع )?(?:ال)?حقوق (?:الطبع|النشر|محفوظه)(?!\w)")
"""What a line says that ends a story, «حقوق الطبع: الضفة 2009»: what follows it is none of it."""
COMMENTED = 60  # characters of a story before which no comments begin
OPENING = 350  # characters of a story before which a line under a picture is its caption


def _is_day_and_byline(text: str, words: Lexicon) -> bool:
    """Whether a line is a day and who wrote, side by side: «الأربعاء 18 نوفمبر 2026 م كتب: فلان»."""
    if BEHIND_DAY.match(text):
        return True
    day, _, byline = BEFORE_LABEL.sub("\n", text, count=1).partition("\n")
    return (
        bool(byline)
        and is_dateish(day)
        and words.is_date(phrase_key(day))
        and bool(parse_byline(byline).authors)
    )


def _is_under_label(line: Line, words: Lexicon) -> bool:
    """Whether what stands before a line's link is a label and no more, without a blank between: «ذات صلةعنوان آخر»."""
    label, found, behind = line.text.partition(line.anchors[0].text)
    return bool(found) and not behind and words.is_see_also(label_key(label))


def _leads_on(line: Line, following: Line | None) -> bool:
    """Whether a link within the page leads to its own line, a subhead, or, a question, to its answer in the next."""
    address = line.anchors[0].href
    if leads_to(address, line.element):
        return True
    if following is None or following.text == line.text or not line.text.endswith(QUESTION):
        return False
    return leads_to(address, following.element)


def sort_lines(
    lines: Sequence[Line],
    title: str | None = None,
    headline: Element | None = None,
    sites: frozenset[str] = frozenset(),
    host: str = "",
) -> Sorted:
    """Every line of a region with its role, judged in order: what a label announces follows it."""
    folded = phrase_key(title or "")
    header = _header_end(lines, folded, headline)
    rest = lines[header:]
    within_header = bool(rest) and phrase_key(rest[0].text) == folded and any(map(is_prose, rest))
    sorter = _Sorter(lexicon(), folded, sites, host, is_live(lines), within_header)
    judged: list[tuple[Line, Role]] = [(line, "furniture") for line in lines[:header]]
    judged += [(line, sorter.role(line, after)) for line, after in zip_longest(rest, rest[1:]) if line]
    told = without_writer_behind_lead(without_copy(judged))
    shown = without_wall(told)
    return Sorted(tuple(without_tail(shown, sites)), sorter.live, walled=shown != told)


def _header_end(lines: Sequence[Line], title: str, headline: Element | None) -> int:
    """How many lines stand before the headline, where the region holds it: its own, the heading, else the last.

    One that is not the headline's own and follows prose is a subhead that says the title again.
    """
    if not title:
        return 0
    for first, line in enumerate(lines[:HEADER]):
        begins = len(line.text) < len(title) and title.startswith(f"{phrase_key(line.text)} ")
        if begins and (end := _end_of(lines, first, title)):
            return end
    texts = [line.text if abs(len(line.text) - len(title)) < SLACK else "" for line in lines[:HEADER]]
    places = [place for place, text in enumerate(texts) if text and phrase_key(text) == title]
    if not places:
        return 0
    own = next((place for place in places if lines[place].element is headline), None)
    if own is not None:
        return own
    end = next((place for place in places if lines[place].type == "heading"), places[-1])
    return 0 if any(map(is_prose, lines[:end])) else end


def _end_of(lines: Sequence[Line], first: int, title: str) -> int:
    """Behind which line a headline ends that begins with this one and goes on in the next; 0 where it does not."""
    for end in range(first + 2, first + 2 + MOST_BROKEN):
        if phrase_key(" ".join(line.text for line in lines[first:end])) == title:
            return end
    return 0


def _folded(line: Line) -> str:
    """What a line is compared with the lexicon by; nothing for what is plainly prose."""
    size = len(line.text)
    if size < LABEL:
        return label_key(line.text)
    plain = size > PLAIN and not line.anchors and ":" not in line.text[:HEAD_OF_LINE]
    return "" if plain or size > FOLDED else phrase_key(line.text)


class _Sorter:
    """Judges lines one by one; remembers whether a label is open, and whether the story has begun."""

    def __init__(
        self, words: Lexicon, title: str, sites: frozenset[str], host: str, live: bool, within_header: bool
    ) -> None:
        self.words = words
        self.title = title
        self.sites = sites
        self.host = host
        self.live = live
        self.within_header = within_header
        self.after: Role | None = None  # what linked lines are that follow an open label
        self.card = False  # the line before pointed to another story
        self.length = 0  # of the story so far
        self.kept = 0  # lines of it
        self.begun = False
        self.facts = False  # a day stood behind the first line
        self.closed = False  # the readers' comments have begun
        self.ended = False  # the text is told to be over; links to other stories may follow

    def role(self, line: Line, following: Line | None) -> Role:
        """What this line is, in the light of those before it and the next."""
        if self.closed:
            return "furniture"
        if self.live and is_hour_of_entry(line):
            self.begun = True
            return "story"
        if self.after is None and line.linked >= 0.85 and is_of_item(line, self.host):
            self._keep(line)
            return "story"
        if following is not None and line.type == following.type == "heading" and line.text == following.text:
            return "furniture"  # a theme writes it for the folded and for the unfolded box
        folded = _folded(line)
        role = (
            self._label(line, folded, following)
            or self._linked(line, following)
            or self._furniture(line, folded)
        )
        role = role or ("furniture" if self.ended else None)
        self.card = role == "see_also"
        if role is None and (not self.begun or (self.kept == 1 and self._is_fact(line, folded))):
            role = self._head(line, folded, following) or ("furniture" if self.begun else None)
        if role is None and (
            line.text[0] == "©"
            or is_caption_line(line)
            or (self.length < OPENING and line.type != "heading" and is_below_picture(line))
        ):
            role = "furniture"
        if role is None:
            self._keep(line)
        return role or "story"

    def _keep(self, line: Line) -> None:
        self.after = None
        self.length += len(line.text)
        self.kept += 1
        self.begun = self.begun or is_prose(line)

    def _is_fact(self, line: Line, folded: str) -> bool:
        """Whether a line behind a standfirst says when, by whom and from where the story is."""
        if is_stamp(line.text, self.words):
            self.facts = True
        named = self.words.byline.match(folded) or self.words.source.match(folded)
        return (
            self.facts and (named is not None or is_stamp(line.text, self.words)) and len(line.text) < SHORT
        )

    def _label(self, line: Line, folded: str, following: Line | None) -> Role | None:
        """A label alone («شاهد أيضاً»), or one with what it announces («اقرأ أيضاً: …»)."""
        words = self.words
        if not folded:
            return None
        if words.is_see_also(folded):
            self.after = "see_also"
            return "label"
        carded = following is not None and (following.linked > 0.5 or is_stamp(following.text, words))
        if carded and words.heads_other(folded):
            self.after = "furniture"
            return "label"
        if folded.startswith(MORE_OF) and following is not None and following.linked > 0.85:
            self.after = "see_also"  # «المزيد من المقالات التحليلية من موقعنا»
            return "label"
        inline = words.inline.match(folded)
        if inline and announces(line, len(inline[0].split())) and not is_subhead(line, following):
            self.after = "see_also"
            return "see_also"
        tags = words.tags.match(folded)
        if tags and (tags[0] == folded or line.linked > 0.4 or ":" in line.text[:25]):
            self.after = "furniture"
            return "furniture"
        return None

    def _linked(self, line: Line, following: Line | None) -> Role | None:
        """A line that is all link: another story, a tag, an author."""
        if line.linked >= 0.5 and is_previous(line.text):
            return "furniture"
        if self.after is not None and line.linked >= 0.5:
            return self.after
        if (
            line.linked >= 0.5
            and len(line.anchors) == 1
            and (is_beside_picture(line) or points(line, self.words) or _is_under_label(line, self.words))
        ):
            return "see_also"
        if line.linked < 0.85 or not line.anchors:
            return None
        if all(anchor.href.startswith("#") for anchor in line.anchors):
            return None if _leads_on(line, following) else "furniture"  # a table of contents
        several = len(line.anchors) > 1
        if not several and ends_sentence(line.text) and not is_card(line):
            return None
        if not several and len(line.text.split()) >= 4:
            return "see_also"
        return "furniture" if line.type != "heading" and (several or len(line.text) < NAME) else None

    def _furniture(self, line: Line, folded: str) -> Role | None:
        """A button, a call to follow, the head of the comments; under a label, a card's date or teaser."""
        words = self.words
        if not folded:
            return None
        head, colon, _ = line.text[:HEAD_OF_LINE].partition(":")
        ended = folded in words.about_writer or folded.strip(" 0123456789") in words.comments
        if ended or (colon and label_key(head) in words.comments):
            self.closed = self.length > COMMENTED
            return "furniture"
        if COPYRIGHT.match(folded) and len(line.text) < NAME:
            self.ended = self.length > COMMENTED
            return "furniture"
        said = folded.split()
        teaser = words.is_date(folded) or line.text.removesuffix("]").endswith(CUT_SHORT)
        if teaser and (self.after is not None or self.card):
            return "furniture"
        if (
            folded in words.furniture
            or PLUGIN.fullmatch(line.text)
            or COUNTED.fullmatch(line.text)
            or words.screen.count(folded, said)
            or words.is_buttons(said)
        ):
            return "furniture"
        if END in said and words.is_see_also(folded.removeprefix(f"{END} ").removesuffix(f" {END}")):
            return "furniture"  # «قصص مقترحة نهاية», «نهاية مواضيع قد تهمك», for readers of a screen reader
        if line.anchors and (
            is_button_row(line, words) or (len(said) < FEW_WORDS and folded.endswith(PRESS_HERE))
        ):
            return "furniture"
        if len(line.text) < NAME and words.reading.match(folded):
            return "furniture"
        return "furniture" if self._is_call(line, folded, said) else None

    def _is_call(self, line: Line, folded: str, said: list[str]) -> bool:
        """Whether a short or linked line asks to follow, to share or to subscribe."""
        words = self.words
        called = bool(words.follow.count(folded, said) or words.follow_start.match(folded))
        if line.linked > 0.1:
            return called or calls_away(line, folded)
        if not called or len(line.text) >= TAIL_SOURCE:
            return False
        news = phrase_key(LAST_SENTENCE.split(line.text)[0])
        calls = words.follow.count(news, news.split()) or words.follow_start.match(news)
        return bool(calls) or len(news) < NEWS

    def _repeats_title(self, line: Line, folded: str) -> bool:
        """Whether a line is the headline again, or a trail of links that ends with it."""
        trail = len(line.anchors) > 1 and bool(self.title)
        return folded == self.title or (trail and folded.endswith(f" {self.title}"))

    def _head(self, line: Line, folded: str, following: Line | None) -> Role | None:
        """Before the story begins: the headline again, a byline, a date, a count of readers."""
        words = self.words
        if not folded or is_of_data(line.element):
            return None
        size = len(line.text)
        if self._repeats_title(line, folded) or _is_fact(line, folded):
            return "furniture"
        if size < NAME and (
            dateline_people(line.text, self.sites) or signature(line) or is_house_line(line.text)
        ):
            return "furniture"
        if (size < STAMP and _is_day_and_byline(line.text, words)) or (
            size < SHORT and DAY_AT_END.search(line.text) and dateline_people(line.text)
        ):
            return "furniture"
        if size < NAME and _signs_in_bold(line):
            return "furniture"
        if size < STAMP and DIGIT.search(line.text) and words.is_date(folded):
            return "furniture"
        if (
            size < SHORT
            and following is not None
            and not ends_sentence(line.text)
            and _names_writer(following)
        ):
            return "furniture"  # a standfirst or a kicker
        if size < SHORT and following is not None and is_stamp(following.text, words):
            return None if line.text.endswith((".", "؟", "!")) else "furniture"
        if size >= STAMP or ends_sentence(line.text):
            return None
        if (self.within_header and size < NAME) or line.text.count("|") > 1:
            return "furniture"
        numbered = DIGIT.search(line.text)
        named = words.byline.match(folded) or words.source.match(folded)
        if (
            named
            and size < SHORT
            and (numbered or SEPARATOR.search(line.text) or is_labelled_name(line.text))
        ):
            return "furniture"
        clocked = CLOCK.search(line.text) and words.holds_date(
            folded
        )  # a dateline tells the day, not the hour
        return "furniture" if clocked or (numbered and words.is_date(folded)) else None


def _is_fact(line: Line, folded: str) -> bool:
    """Whether a line is a number, a count, a label alone, or a word, a colon and a link: «المحور: <a>الصناعة</a>»."""
    if folded.isdigit() or COUNTED.fullmatch(line.text) or is_label(line.text):
        return True
    label, colon, rest = line.text.partition(":")
    named = bool(colon) and " " not in label and len(line.text) < NAME
    return named and [each.text for each in line.anchors] == [rest.strip()]


def _signs_in_bold(line: Line) -> bool:
    """Whether a line in bold is a writer beside a place («فلان الفلاني-الركاب») or a shortened name («فلانة.أ»)."""
    bold = line.strong and line.type != "heading"
    return bold and bool(named_beside_place(line.text) or initials(line.text))


def _names_writer(line: Line) -> bool:
    """Whether a line is nothing but a place and a writer."""
    return len(line.text) < NAME and bool(dateline_people(line.text))
