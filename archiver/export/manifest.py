"""The manifest of an export: what it holds, of which archive, asked for how, and the digest of every file.

Beside a file it is FILE.manifest.json; within a folder _manifest.json: what reads a folder of Parquet as one table
(pyarrow, pandas, Spark) passes over names that begin with an underscore.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archiver.clock import now_text
from archiver.export.source import Source
from archiver.search.run import count_pending
from archiver.store.archive import SCHEMA, software

INSIDE = "_manifest.json"
ONCE_INSIDE = "manifest.json"
"""Its name in the folders that earlier versions wrote."""
BESIDE = ".manifest.json"
OF_EVERY_ONE = frozenset({"format", "software", "schema", "query", "files"})
"""Keys by which a manifest is told from another program's file of the same name."""


def of(source: Source, format_: str, made: Path, target: Path) -> dict[str, Any]:
    """The manifest of what was made, which is going to be called `target`; paths are relative to the manifest."""
    counts, query = source.counts, asdict(source.query)
    return {
        "format": format_,
        "software": software(),
        "schema": SCHEMA,
        "created_at": now_text(),
        "query": {name: None if value is None else str(value) for name, value in query.items()}
        | {"stem": source.query.stem, "articles": source.only},
        "with_text": source.with_text,
        "articles": counts.articles,
        "not_searchable_yet": count_pending(source.archive.connection),
        "published": {"earliest": counts.earliest, "latest": counts.latest, "undated": counts.undated},
        "sites": dict(counts.sites.most_common()),
        "parsers": dict(counts.parsers.most_common()),
        "notes": _notes(source),
        "left_out": [asdict(each) for each in counts.left_out],
        "files": list(_files(made, target)),
    }


def save(manifest: dict[str, Any], target: Path) -> None:
    """Writes it where it belongs; whole or not at all."""
    path = target / INSIDE if target.is_dir() else target.with_name(target.name + BESIDE)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)


def is_of_export(folder: Path) -> bool:
    """Whether a folder was made by an export: whether a manifest of ours lies in it, not just any file of that name."""
    for name in (INSIDE, ONCE_INSIDE):
        try:
            found = json.loads((folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and found.keys() >= OF_EVERY_ONE:
            return True
    return False


def digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _notes(source: Source) -> dict[str, int]:
    counts = source.counts
    notes = {**counts.notes, "pages left out, which cannot be read back": len(counts.left_out)}
    return {note: number for note, number in notes.items() if number}


def _files(made: Path, target: Path) -> Any:
    paths = sorted(path for path in made.rglob("*") if path.is_file()) if made.is_dir() else [made]
    for path in paths:
        name = str(path.relative_to(made)) if made.is_dir() else target.name
        yield {"path": name, "bytes": path.stat().st_size, "sha256": digest(path)}
