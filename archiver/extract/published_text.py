"""When a text is a date at all, what its words say it is of, and what a reader would take it for."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from archiver.arabic.dates import parse_date
from archiver.arabic.text import to_ascii_digits
from archiver.article import ArticleWarning, DateRole, Precision
from archiver.extract.layout import Layout
from archiver.extract.nodes import SKIPPED, clean, pieces
from archiver.extract.stamps import Stamp, machine_stamp
from archiver.page import Element

MONTH = (
    "ينا|فبر|مار|[أا]بر|ماي|يون|يول|[أا]غس|سبت|[أا]كت|نوف|ديس|جان|فيف|[أا]فر|جوا|جوي|[أا]وت|كان|شبا|[آا]ذا|نيس"
    "|[أا]يا|حزي|تمو|[آا]ب(?=[ ,،-])|[أا]يل|تشر|غشت|شتن|نون|دجن"
)
"""How the names of the months begin."""
DATEISH = re.compile(
    r"(?<!\d)(?:19[89]\d|20[0-4]\d|14[0-5]\d)(?!\d)|\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}"
    r"|(?:منذ|قبل)\s|(?:\d|دقائق|ساعات|يومين|ساعة|أيام|يوم|أسبوع|شهر)\S{0,20}\s+مضت|^(?:اليوم|أمس|الآن)\b|\bago\b|yesterday"
    rf"|(?<!\d)\d{{1,2}}[\s-](?:{MONTH})[\u0621-\u064a ]*[,،\s-]+\d\d(?![\d:])"
)
"""What may be a date; the rest is not even tried."""
PUBLISHED_LABEL = re.compile(
    r"نشر|تاريخ (?:الخبر|المقال|الإضافة|الاضافة|الإنشاء|التحرير)|أضيف|اضيف|كتب في|التاريخ"
    r"|حرر في(?=[\s:]*(?:\d|ال[أإا]?(?:ح|ث|ر|خ|ج|س)))|publish|posted|created",
    re.I,
)
OTHER_LABEL = re.compile(
    r"تاريخ (?:التسجيل|التسجّيل|الانضمام|الإنضمام|الانتساب|العضوية|الميلاد(?!ي))|(?:عضو|مسجل) منذ"
    r"|(?:^|\s)[إا]نضم\s*:?\s*$|(?:اشترك|انضم) (?:في|بتاريخ)\s*:"
    r"|join(?:ed)? date|date joined|registered|member since",
    re.I,
)
"""What is said of a day in a member's life, beside what he posted."""
MODIFIED_LABEL = re.compile(
    r"تحديث|تحيين|محد[ثّ]|حُ?دّ?ث(?:ت)?(?: في)?\s*:|عُ?دّ?ل(?: في)?\s*:|تعديل|updat|modif|last edit|المحدث", re.I
)
ISSUE = re.compile(r"(?:العدد|عدد)\s*:?\s*(\d{3,6})(?!\d)")
"""The number of a print issue."""
ISSUE_BEFORE_MONTH = re.compile(r"(?:العدد|عدد)\s*:?\s*(\d{1,2})\s+(?=[^\W\d])")
"""The number of a monthly's issue, which may be taken for a day."""
RELATIVE = re.compile(r"منذ|قبل|مضت|أمس|اليوم|الآن|\bago\b|yesterday")
"""What may make a date relative to the time of fetching."""
LONGEST = 140


@lru_cache(maxsize=4_096)
def is_dateish(text: str) -> bool:
    """Whether a text may be a date, or hold one."""
    return DATEISH.search(to_ascii_digits(text)) is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as a reader sees it, what its label says it is, and the change printed beside it."""

    stamp: Stamp
    role: DateRole | None = None
    changed: Stamp | None = None
    notes: tuple[ArticleWarning, ...] = ()


def read_shown(layout: Layout, text: str) -> Shown | None:
    """A date as a reader sees it; without a fetch time nothing relative is read."""
    stamp = None if text.isdigit() else machine_stamp(text)
    if stamp is not None:
        return Shown(stamp)
    if not text or len(text) > LONGEST or not is_dateish(text):
        return None
    parsed = parse_date(text, now=layout.page.fetched_at, locale=layout.profile.locale)
    if parsed is None or parsed.precision in ("year", "month"):
        return None
    numbered = ISSUE_BEFORE_MONTH.search(to_ascii_digits(text))
    if numbered is not None and parsed.value.day == int(numbered[1]):
        return None  # «العدد 11 نوفمبر 2009» is of a month
    changed = parsed.modified
    precision: Precision = "minute" if isinstance(changed, datetime) else "day"
    role: DateRole | None = "published" if changed is not None else parsed.role
    if role is None and MODIFIED_LABEL.search(text) and not PUBLISHED_LABEL.search(text):
        role = "modified"
    shown = Stamp(parsed.value, parsed.precision)
    return Shown(shown, role, None if changed is None else Stamp(changed, precision), parsed.warnings)


def is_relative(text: str) -> bool:
    """Whether a date is told from the time of fetching; not where its words are a name's, «المستقبل», «المصري اليوم»,
    beside a day that is written out."""
    return RELATIVE.search(text) is not None and parse_date(text, now=None) is None


HALF = re.compile(r"(?<![\u0621-\u064a])[صم]$")
"""The half of the day, behind which a weekday in an element of its own may follow at once."""


def raw_text(element: Element) -> str:
    """An element's text; a number in one element and a number in the next do not run together."""
    if len(element) == 0:
        return clean(element.text) if element.tag not in SKIPPED else ""
    found: list[str] = []
    last = ""
    for piece in pieces(element):
        if (last[-1:].isdigit() and piece[0].isdigit()) or HALF.search(last):
            found.append(" ")
        found.append(piece)
        last = piece
    return clean("".join(found))
