"""A live blog keeps its entries in their order, each with its time.

An entry's hour stands on a line of its own above the entry's heading or text; it is put before it, so
that the block says when.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archiver.arabic.text import to_ascii_digits
from archiver.extract.lines import Line
from archiver.extract.nodes import text_of
from archiver.page import Element

HOUR = re.compile(
    r"(?:الساعة\s*)?(?:[01٠١۰۱]?\d|[2٢۲][0-3٠-٣۰-۳])\s*[:.]\s*[0-5٠-٥۰-۵]\d(?:\s*(?:ص|م|صباحا|مساء|صباحاً|مساءً|am|pm))?"
    r"(?:\s*\(?(?:gmt|utc|بتوقيت|توقيت|مكة)[^،.]{0,25}\)?)?",
    re.I,
)
"""A line that is an hour: «18:40», «٠٦:٤٠ م», «6:40 مساءً», «18:40 بتوقيت غرينتش»."""
MINUTE = re.compile(r"\d{1,3}(?:\s?\+\s?\d{1,2})?\s?['’′´]")
"""The minute of a match: «88'», «90+4'»."""
OPENING = re.compile(
    r"([01]?\d|2[0-3])\s?:\s?([0-5]\d)(?=\s*:?\s*[^\s\d:])|(\d{1,3})(?:\s?\+\s?(\d{1,2}))?\s?['’′´](?=\s*\S)"
)
"""An hour of 24, or a minute of a match, and something behind it."""
LIVE_INTRO = re.compile(
    r"(?<![a-z])live-?(?:blog|coverage)?[-_]*(?:intro|introduction|summary|lead)(?![a-z])", re.I
)
"""What the introduction over a live blog's entries is called."""
LONGEST_HOUR, LONGEST_CELL = 50, 15  # characters of an hour; of a table's figure or name
ENTRIES = 2  # hours on lines of their own that make a live blog


def is_hour(text: str) -> bool:
    """Whether a line says an hour, or the minute of a match, and nothing else."""
    return len(text) < LONGEST_HOUR and (
        HOUR.fullmatch(text) is not None or MINUTE.fullmatch(to_ascii_digits(text)) is not None
    )


def opening_hour(text: str) -> tuple[int, int] | None:
    """The hour that a paragraph begins with, of 24, or the minute of a match; None where it begins otherwise.

    >>> opening_hour("18:40 غلق مكاتب الاقتراع")
    (18, 40)
    """
    found = OPENING.match(to_ascii_digits(text[:LONGEST_HOUR]))
    if found is None:
        return None
    return (int(found[1]), int(found[2])) if found[1] else (int(found[3]), int(found[4] or 0))


def introduces_entries(mark: str) -> bool:
    """Whether an element is called the introduction over a live blog's entries: ``live-summary``."""
    return "live" in mark.lower() and LIVE_INTRO.search(mark) is not None


def is_hour_of_entry(line: Line) -> bool:
    """Whether a line is an hour over an entry; «12.35» in a table is a price."""
    return is_hour(line.text) and (line.element.tag not in ("td", "th") or _is_before_text(line.element))


def _is_before_text(cell: Element) -> bool:
    """Whether the next cell tells what happened; in a table of hours or prices it does not."""
    following = cell.getnext()
    return following is not None and len(text_of(following)) > LONGEST_CELL


def is_live(lines: Sequence[Line]) -> bool:
    """Whether these lines are a live blog's: several stand under an hour of their own."""
    return sum(map(is_hour_of_entry, lines)) >= ENTRIES


def with_hours(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of a live blog, each hour put before the line it stands over."""
    hour: Line | None = None
    for line in lines:
        if is_hour_of_entry(line):
            if hour is not None:
                yield hour
            hour = line
        elif hour is not None:
            yield replace(line, text=f"{hour.text} {line.text}")
            hour = None
        else:
            yield line
    if hour is not None:
        yield hour
