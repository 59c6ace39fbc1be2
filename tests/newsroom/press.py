"""What every page of the newsroom shares: the paper, its addresses and its words for days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote

from tests.newsroom.stories import Story

NAME = "صحيفة الميناء"
MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
WEEKDAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


@dataclass(frozen=True)
class Boxes:
    """The other stories that a page of one story links to."""

    check_also: Story
    related: Sequence[Story]
    ticker: Sequence[Story]
    sidebar: Sequence[Story]
    neighbours: Sequence[Story]
    inline: Sequence[Story]


@dataclass(frozen=True)
class Press:
    """What every page of the newsroom shares."""

    home: str  # without the closing slash
    now: datetime
    counters: bool = False  # view counters that change on every request

    def url(self, path: str) -> str:
        return self.home + spell(path)

    def clock(self) -> str:
        return f"{WEEKDAYS[self.now.weekday()]} , {self.now.day} {MONTHS[self.now.month - 1]} {self.now.year}"


@lru_cache(maxsize=8192)
def spell(path: str, form: int = 0) -> str:
    """One address, three spellings: lower-case hex as WordPress prints it, upper-case hex, raw letters."""
    if form % 3 == 2:
        return unquote(path)
    canonical = quote(unquote(path), safe="/?=&#")
    return canonical if form % 3 == 1 else _lower_hex(canonical)


def _lower_hex(path: str) -> str:
    head, *parts = path.split("%")
    return head + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts)


def section_path(section: str) -> str:
    return quote(f"/category/{section}/")


def tag_path(tag: str) -> str:
    return quote(f"/tag/{tag.replace(' ', '-')}/")


def author_path(author: str) -> str:
    return quote(f"/author/{author.replace(' ', '-')}/")
