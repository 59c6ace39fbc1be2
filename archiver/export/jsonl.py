"""JSON Lines: one item a line, as every surface of Warraq shows it; nothing is lost."""

import json
from typing import IO, Any

from archiver.export.source import Entry, Source


def write(source: Source, out: IO[bytes]) -> None:
    """One JSON object a line, in UTF-8."""
    for entry in source.entries():
        out.write(json.dumps(whole(entry), ensure_ascii=False).encode() + b"\n")


def whole(entry: Entry) -> dict[str, Any]:
    """The item, with what the archive knows of it."""
    return {
        "id": entry.id,
        "version": entry.version,
        **entry.item,
        "first_fetched_at": entry.first_fetched_at,
        "fetched_at": entry.fetched_at,
        "removed_at": entry.removed_at,
        "removed_how": entry.removed_how,
        "payload_digest": f"sha1:{entry.payload_digest}",
        "further_digests": [f"sha1:{each}" for each in entry.further_digests],
    }
