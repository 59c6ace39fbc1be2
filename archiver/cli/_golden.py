"""Fixtures and their goldens: a folder with a page, what was known when it was fetched, and what it says.

``tests/fixtures/<site>/<slug>/`` holds ``page.html`` (the bytes as served), ``meta.json`` (url,
fetched_at, headers, hints, and the structure it models) and ``expected.json`` (what a careful reader
would write). A golden that nobody has read yet says ``"reviewed": false``, and its tests fail.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from archiver.errors import InputError
from archiver.extract import Reading, read_page
from archiver.page import Page

ARTICLE_KINDS = frozenset({"article", "live_blog", "paywalled"})
"""Verdicts whose fields are worth a golden; of any other page only the verdict is."""
CHECKED_BY_SHAPE = frozenset({"provenance", "warnings", "parser"})
"""Fields that no golden holds: they say how a value was found, not what the page says."""
KEPT_HEADERS = frozenset(
    {"content-type", "content-language", "last-modified", "link", "server", "cf-mitigated"}
)
"""Headers that may tell something of the page; no cookies."""
UNSAID = "say which structure it is true to"
"""What stands in `models` until a person has written it."""
NOT_SLUG = re.compile(r"[^\w-]+")
SLUG_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Fixture:
    """One fixture folder; `name` is ``<site>/<slug>``."""

    name: str
    folder: Path

    @property
    def golden_file(self) -> Path:
        return self.folder / "expected.json"

    def meta(self) -> dict[str, Any]:
        """What was known when the page was fetched."""
        return _read_json(self.folder / "meta.json", "docs/adding-a-site.md shows what it holds")

    def page(self) -> Page:
        """The page as it was fetched."""
        meta = self.meta()
        fetched_at = datetime.fromisoformat(meta["fetched_at"]) if meta.get("fetched_at") else None
        return Page(
            (self.folder / "page.html").read_bytes(),
            meta["url"],
            fetched_at=fetched_at,
            headers=meta.get("headers"),
            hints=meta.get("hints"),
        )

    def models(self) -> str | None:
        """The real structure that its page is true to; None until a person has said so."""
        told = self.meta().get("models")
        return None if not told or UNSAID in told else str(told)

    def golden(self) -> dict[str, Any]:
        """What the page says, as a person wrote or reviewed it."""
        return _read_json(self.golden_file, "run the tests once: it is written for review")


def golden_of(reading: Reading, *, reviewed: bool = False) -> dict[str, Any]:
    """The golden of a reading, to be read against the page by a person."""
    golden: dict[str, Any] = {"reviewed": reviewed, "verdict": reading.verdict.kind, "notes": ""}
    if reading.verdict.kind in ARTICLE_KINDS:
        item = reading.article.to_dict()
        golden |= {name: value for name, value in item.items() if name not in CHECKED_BY_SHAPE}
    return golden


def write_golden(fixture: Fixture) -> None:
    """Write the golden that a fixture lacks, unreviewed."""
    write_json(fixture.golden_file, golden_of(read_page(fixture.page())))


def write_fixture(into: Path, page: Page, models: str) -> Fixture:
    """A fixture folder for a page, its golden unreviewed; InputError where there is one already."""
    name = f"{page.host}/{slug_of(page.url)}"
    fixture = Fixture(name, into / name)
    if fixture.folder.exists():
        raise InputError(f"{fixture.folder}: there already; remove it first, or mend its expected.json")
    fixture.folder.mkdir(parents=True)
    (fixture.folder / "page.html").write_bytes(page.body)
    fetched_at = page.fetched_at.isoformat() if page.fetched_at else None
    headers = {name: value for name, value in page.headers.items() if name in KEPT_HEADERS}
    meta = {"url": page.url, "fetched_at": fetched_at, "headers": headers, "hints": page.hints}
    write_json(fixture.folder / "meta.json", {**meta, "models": models})
    write_golden(fixture)
    return fixture


def write_json(path: Path, value: Any) -> None:
    """A JSON file a person can read and mend."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def slug_of(url: str) -> str:
    """A folder's name for an address: the last part of its path that says something."""
    parts = urlsplit(unquote(url))
    segments = [NOT_SLUG.sub("-", each.rsplit(".", 1)[0]).strip("-") for each in parts.path.split("/")]
    slug = next((each for each in reversed(segments) if each and each != "index"), "")
    slug = slug or NOT_SLUG.sub("-", parts.query)
    return slug[:SLUG_LIMIT].strip("-").lower() or "front"


def _read_json(path: Path, way_out: str) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: missing; {way_out}") from None
    except ValueError as error:
        raise InputError(f"{path}: no JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError(f"{path}: an object is wanted; {way_out}")
    return value
