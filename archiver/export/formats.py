"""The formats, one file each, imported when called for."""

import importlib
from dataclasses import dataclass
from typing import Any

from archiver.export.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """A format; `module` has a `write(source, out)`."""

    name: str
    suffix: str
    module: str
    is_stream: bool = True  # `out` is an open file, which may be standard output; else the path to make
    is_file: bool = True  # else a folder
    needs_text: bool = False

    def write(self, source: Source, out: Any) -> None:
        """Writes the articles of the source to an open binary file, or a path where it is no stream."""
        importlib.import_module(f"archiver.export.{self.module}").write(source, out)


FORMATS = {
    each.name: each
    for each in (
        Format("csv", ".csv", "spreadsheet"),
        Format("jsonl", ".jsonl", "jsonl"),
        Format("bibtex", ".bib", "bibtex"),
        Format("ris", ".ris", "ris"),
        Format("csl-json", ".csl.json", "csl"),
        Format("parquet", ".parquet", "columnar", is_stream=False, is_file=False),
        Format("sqlite", ".db", "subset", is_stream=False),
        Format("wacz", ".wacz", "replay", is_stream=False, needs_text=True),
    )
}
