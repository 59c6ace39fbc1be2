"""CSV that Excel opens by a double click, Arabic and all: UTF-8 with a mark, CRLF, one row an article.

A spreadsheet runs a cell that begins with = + - @ as a formula. Such a text gets an apostrophe before it, and
so does a text that begins with an apostrophe: `unguarded` takes back exactly what `guarded` did.
"""

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from archiver.export.jsonl import whole
from archiver.export.source import Entry, Source
from archiver.export.textless import TEXTS

BOM = b"\xef\xbb\xbf"
BETWEEN = " | "
CELL = 32_767  # letters of one cell in Excel
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")

COLUMNS = (
    "id", "url", "canonical_url", "site", "title", "subtitle", "published_at", "published_precision", "modified_at",
    "displayed_date_text", "displayed_date_value", "displayed_date_role", "section", "authors", "agency", "tags",
    "breadcrumbs", "language", "description", "body", "images", "captions", "see_also", "warnings", "parser", "version",
    "first_fetched_at", "fetched_at", "removed_at", "removed_how", "payload_digest",
)  # fmt: skip


def write(source: Source, out: IO[bytes]) -> None:
    """A line of names, then one row an article. Cells longer than Excel's are left whole, and counted."""
    names = columns(source.with_text)
    out.write(BOM + _line(names))
    for entry in source.entries():
        cells = list(_cells(entry, names))
        source.counts.notes["cells longer than Excel shows (32,767 letters)"] += sum(
            isinstance(cell, str) and len(cell) > CELL for cell in cells
        )
        out.write(_line(cells))


def columns(with_text: bool) -> tuple[str, ...]:
    dropped = () if with_text else (*TEXTS, "captions")
    return tuple(name for name in COLUMNS if name not in dropped)


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(RISKY) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made the cell of."""
    return cell[1:] if cell.startswith("'") else cell


def _cells(entry: Entry, names: tuple[str, ...]) -> Iterator[str | int | None]:
    values = whole(entry)
    item = entry.item
    values |= {f"displayed_date_{name}": value for name, value in (item["displayed_date"] or {}).items()}
    values |= {
        "authors": _joined(item["authors"]),
        "tags": _joined(item["tags"]),
        "breadcrumbs": _joined(_each(item["breadcrumbs"], "name")),
        "images": _joined(_each(item["images"], "url")),
        "captions": _joined(_each(item["images"], "caption")),
        "see_also": _joined(_each(item["see_also"], "url")),
        "warnings": _joined(_each(item["warnings"], "code")),
    }
    for name in names:
        value = values.get(name)
        yield guarded(value) if isinstance(value, str) else value


def _each(parts: list[dict[str, Any]], name: str) -> list[str]:
    return [part[name] for part in parts if part.get(name)]


def _joined(texts: list[str]) -> str:
    return BETWEEN.join(texts)


def _line(cells: Any) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
