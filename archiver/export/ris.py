"""RIS, as reference managers read it: two letters, two blanks, a hyphen, a blank, and the value on one line."""

from typing import IO

from archiver.export.citation import Citation, citation
from archiver.export.source import Source

NEWSPAPER = "NEWS"


def write(source: Source, out: IO[bytes]) -> None:
    """One reference an article, in UTF-8 with CRLF."""
    for entry in source.entries():
        lines = [f"{tag}  - {value}" for tag, value in _tags(citation(entry))]
        out.write("\r\n".join([*lines, "ER  - ", "", ""]).encode())


def _tags(cited: Citation) -> list[tuple[str, str | None]]:
    """`TY` comes first. An asterisk, which RIS forbids in names and keywords, is a blank."""
    tags = [
        ("TY", NEWSPAPER),
        ("ID", cited.key),
        ("TI", cited.title or cited.url),
        *(("AU", name.replace("*", " ")) for name in cited.authors),
        ("T2", cited.paper),
        ("SE", cited.section),
        ("PY", f"{cited.published[0]:04}" if cited.published else None),
        ("DA", _date(cited.published)),
        ("UR", cited.url),
        ("Y2", _date(cited.fetched)),
        ("LA", cited.language),
        ("AB", cited.abstract),
        *(("KW", tag.replace("*", " ")) for tag in cited.tags),
        ("N1", cited.note),
    ]
    return [(tag, value) for tag, value in tags if value]


def _date(parts: tuple[int, ...]) -> str | None:
    """2023/05/30/, with the places of what is not known left empty."""
    if not parts:
        return None
    return "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (4 - len(parts))])
