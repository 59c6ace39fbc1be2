"""CSL-JSON: one array of items, as citation processors (Zotero, pandoc, citeproc) take it."""

import json
from typing import IO, Any

from archiver.export.citation import Citation, citation
from archiver.export.source import Source


def write(source: Source, out: IO[bytes]) -> None:
    """An array, an item a line."""
    before = b"[\n"
    for entry in source.entries():
        out.write(before + json.dumps(_item(citation(entry)), ensure_ascii=False).encode())
        before = b",\n"
    out.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _item(cited: Citation) -> dict[str, Any]:
    """Authors are `literal`: which part of an Arabic name is the family's is not known."""
    values = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "container-title": cited.paper,
        "section": cited.section,
        "issued": {"date-parts": [list(cited.published)]} if cited.published else None,
        "accessed": {"date-parts": [list(cited.fetched)]},
        "URL": cited.url,
        "language": cited.language,
        "abstract": cited.abstract,
        "keyword": ", ".join(cited.tags),
        "note": cited.note,
    }
    return {name: value for name, value in values.items() if value}
