"""What the three citation formats say of an article alike."""

from dataclasses import dataclass

from archiver.export.source import Entry

KNOWN = {"year": 1, "month": 2}
"""How many parts of a date are known, where not all three are."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Texts on one line each; dates as year, month, day, as far as they are known."""

    key: str
    title: str | None
    authors: list[str]
    paper: str  # the site
    section: str | None
    url: str
    language: str | None
    published: tuple[int, ...]
    fetched: tuple[int, ...]
    abstract: str | None
    tags: list[str]
    note: str


def citation(entry: Entry) -> Citation:
    """The citation of an article."""
    item = entry.item
    digests = ", ".join(f"sha1:{each}" for each in (entry.payload_digest, *entry.further_digests))
    said = [f"Archived {entry.fetched_at[:10]} by Warraq; WARC-Payload-Digest {digests}"]
    if item["agency"]:
        said.append(f"agency: {item['agency']}")
    if entry.removed_at:
        said.append(f"no longer at its address since {entry.removed_at[:10]}")
    return Citation(
        entry.key,
        _line(item["title"]),
        [" ".join(name.split()) for name in item["authors"]],
        item["site"],
        _line(item["section"]),
        item["canonical_url"],
        item["language"],
        date_parts(item["published_at"], item["published_precision"]),
        date_parts(entry.fetched_at),
        _line(item.get("description")),
        [" ".join(tag.split()) for tag in item["tags"]],
        _line("; ".join(said)) or "",
    )


def date_parts(text: str | None, precision: str | None = None) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 text, as far as they are known; () where nothing is."""
    parts = tuple(int(part) for part in (text or "")[:10].split("-") if part)
    return parts[: KNOWN.get(precision or "", 3)]


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None
