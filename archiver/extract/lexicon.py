"""The words that pages print around a story, and one way of comparing them.

The words are data (`data/lexicon.toml`); every phrase and every line is put through `phrase_key` first,
so that «إقرأ أيضاً:», «اقرا ايضا» and «اقـرأ أيضًا ..» are one phrase.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from archiver.arabic.text import COMMON, fold, translator

DATA = Path(__file__).parent / "data" / "lexicon.toml"
WORDS = re.compile(r"[\w©]+")
OF_THE_KIND = re.compile(
    r"\w+(?: \w+)? [ذد]ات (?:صله|الصله|علاقه)"
    r"|\w+(?: اخري)? (?:مشابهه|متشابهه|(?:(?:قد|ربما) )?[يت](?:هم|عجب)ك[من]?(?: ايضا)?)"
)
"""«عناوين ذات صلة», «استطلاعات أخرى قد تهمك», whatever it is that is related; some leave the dot away."""
KINDS = ("ذات", "دات", "مشابه", "تهمك", "تعجبك")
"""One of these is in such a label."""
KIND_LIMIT = 40
PRESS_HERE = ("اضغط هنا", "انقر هنا")
"""How a folded line or link ends that is to be pressed, and says nothing."""


def phrase_key(text: str) -> str:
    """A line as it is compared with the lexicon's phrases: folded as for search, without punctuation but «_» and «©».

    `nodes.bare_words` is the same without these two: what a page prints is compared by it.
    """
    return " ".join(_spaced(fold(text)).split())


def _words_alone(folded: str) -> str:
    return " ".join(WORDS.findall(folded))


_spaced = translator({ord(each): " " for each in COMMON if not WORDS.match(each)}, otherwise=_words_alone)
"""A folded text with a space for every mark."""


@lru_cache(maxsize=16_384)
def label_key(text: str) -> str:
    """`phrase_key` of a short text, kept: labels, sections and buttons are the same on all of a site's pages."""
    return phrase_key(text)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases looked for anywhere in a folded line, by their first words, which tell most lines that have none."""

    starting: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    def count(self, folded: str, words: Iterable[str]) -> int:
        """How many of them a folded line of these words says."""
        begun = self.starting.keys() & words
        if not any(phrase in folded for word in begun for phrase in self.starting[word]):
            return 0
        return len(self.pattern.findall(folded))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded phrases by what they mean; the patterns find one at the start of, or within, a folded line."""

    check: frozenset[str]
    related: frozenset[str]
    openings: frozenset[str]  # the first words of both
    other: frozenset[str]
    picked: frozenset[str]
    other_start: tuple[str, ...]
    furniture: frozenset[str]
    comments: frozenset[str]
    walls: tuple[str, ...]
    about_writer: frozenset[str]
    facts: frozenset[str]
    placed: frozenset[str]
    tabs: frozenset[str]
    date_words: frozenset[str]
    not_caption: frozenset[str]
    archive: frozenset[str]
    inline: re.Pattern[str]
    follow: Phrases
    follow_start: re.Pattern[str]
    reading: re.Pattern[str]
    notice: Phrases
    notice_weak: Phrases
    source: re.Pattern[str]
    tags: re.Pattern[str]
    byline: re.Pattern[str]
    screen: Phrases
    writer: re.Pattern[str]
    marks: tuple[str, ...]
    weak_marks: frozenset[str]
    houses: tuple[str, ...]
    caption_prefix: tuple[str, ...]
    credit_prefix: tuple[str, ...]

    def is_date(self, folded: str) -> bool:
        """Whether a folded line says nothing but a day and an hour."""
        return all(word in self.date_words or not word.isalpha() for word in folded.split())

    def told_beside_date(self, folded: str) -> int:
        """How many words of a folded line are of no day and no hour."""
        return sum(word.isalpha() and word not in self.date_words for word in folded.split())

    def holds_date(self, folded: str) -> bool:
        """Whether a folded line is, for a good part, a day and an hour: «الجمعة 21 كانون الأول 2018 - رويترز»."""
        words = folded.split()
        dated = sum(word in self.date_words or not word.isalpha() for word in words)
        return dated >= 3 and dated >= 0.4 * len(words)

    def is_buttons(self, words: Collection[str]) -> bool:
        """Whether the words of a folded line are a row of buttons: «طباعة فيسبوك تويتر واتساب»."""
        return len(words) > 1 and all(word in self.furniture for word in words)

    def is_see_also(self, folded: str) -> bool:
        """Whether a whole folded line is a label that announces links to other stories."""
        return folded in self.related or folded in self.check or bool(OF_THE_KIND.fullmatch(folded))

    def heads_other(self, folded: str) -> bool:
        """Whether a whole folded line heads a list of another kind: «الأكثر قراءة», «الأكثر قراءة في اقتصاد»."""
        return folded in self.other or folded.startswith(self.other_start)

    def may_open(self, text: str) -> bool:
        """Whether a text's first word is such a label's; asked of every line, so of no more than that word."""
        words = label_key(text.split(None, 1)[0]).split()
        if len(text) < KIND_LIMIT and any(each in text for each in KINDS):
            return True
        return not words or words[0] in self.openings

    def opens_see_also(self, folded: str) -> bool:
        """Whether a heading is such a label, perhaps with a few words more: «مواضيع ذات صلة بالخبر»."""
        if self.is_see_also(folded):
            return True
        if folded.startswith(self.other_start):
            return False
        words = folded.split()
        sizes = range(max(2, len(words) - 3), len(words))
        return any(" ".join(words[:size]) in self.related for size in sizes)


@lru_cache(maxsize=1)
def houses() -> frozenset[str]:
    """Agencies and papers as credits name them, folded."""
    return frozenset(map(phrase_key, lexicon().houses))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the package, read once."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    see, line, credit = data["see_also"], data["line"], data["credit"]
    check, related = (_keys(chain.from_iterable(map(_addressed, see[name]))) for name in ("check", "related"))
    return Lexicon(
        check=check,
        related=related,
        openings=frozenset(phrase.split()[0] for phrase in check | related | _keys(see["placed"])),
        other=_keys(see["other"]),
        picked=_keys(see["picked"]),
        other_start=tuple(f"{phrase_key(each)} " for each in see["other_start"]),
        furniture=_keys(line["furniture"]),
        comments=_keys(line["comments"]),
        walls=tuple(_keys(line["walls"])),
        about_writer=_keys(line["about_writer"]),
        facts=_keys(line["facts"]),
        placed=_keys(see["placed"]),
        tabs=_keys(see["tabs"]),
        date_words=_keys(line["date_words"].split()),
        not_caption=_keys(data["picture"]["not_caption"]),
        archive=_keys(data["picture"]["archive"]),
        inline=_starting([*see["inline"], *check, *related]),
        follow=_within(line["follow"]),
        follow_start=_starting(line["follow_start"]),
        reading=_starting(line["reading"]),
        notice=_within(line["notice"]),
        notice_weak=_within(line["notice_weak"]),
        source=_starting(line["source"]),
        tags=_starting(line["tags"]),
        byline=_starting(line["byline"]),
        screen=_within(line["screen"]),
        writer=_starting(line["writer"]),
        marks=tuple(credit["marks"]),
        weak_marks=_keys(credit["weak_marks"]),
        houses=tuple(credit["houses"]),
        caption_prefix=tuple(data["picture"]["prefix"]),
        credit_prefix=tuple(data["picture"]["credit_prefix"]),
    )


def _addressed(phrase: str) -> tuple[str, ...]:
    """A phrase as it is said to one reader, and to several: «قد يهمك», «قد يهمكم»; «شاهد أيضا», «شاهدوا أيضا»."""
    to_one = TO_ONE.search(phrase)
    if to_one is not None:
        return phrase, *(f"{phrase[: to_one.end()]}{end}{phrase[to_one.end() :]}" for end in ("م", "ن"))
    told = TOLD_TO_ONE.match(phrase)
    return (
        (phrase, *(f"{told[0]}{end}{phrase[told.end() :]}" for end in ("ي", "وا")))
        if told is not None
        else (phrase,)
    )


TO_ONE = re.compile(r"(?:[يت]هم|[يت]عجب|[يت]فوت|إعجاب|اهتمام|ننصح|يمكن|علي|إلي|\bل)ك(?!\w)")
TOLD_TO_ONE = re.compile(r"(?:شاهد|طالع|تابع|انظر|راجع|تصفح|اطلع)(?= (?:أيضا|كذلك))")


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(map(phrase_key, phrases)) - {""}


def _alternation(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(_keys(phrases), key=len, reverse=True))


def _starting(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternation(phrases)})(?!\w)")


def _within(phrases: Iterable[str]) -> Phrases:
    starting: dict[str, tuple[str, ...]] = {}
    for phrase in _keys(phrases):
        word = phrase.split()[0]
        starting[word] = (*starting.get(word, ()), phrase)
    return Phrases(starting, re.compile(rf"(?<!\w)(?:{_alternation(phrases)})(?!\w)"))
