"""Accuracy and speed of Warraq beside its peers: one table, one row an extractor.

usage: python benchmarks/accuracy.py PAGES_DIR [--peers PYTHON] [--only NAME]… [--per-page] [--json OUT]
                                     [--hide-names] [--raise-floor FILE]

PAGES_DIR is either ``gold/<id>.json`` with ``html/<id>.html``, or a folder of fixtures
(``<site>/<slug>/page.html`` with meta.json and expected.json). The peers run in an environment of
their own, whose interpreter --peers names (.eval-venv/bin/python where it is there: `make eval`).
`benchmarks/scoring.py` says what every column means. --raise-floor writes Warraq's row over the floor in
FILE wherever it is higher, never lower: `tests/test_accuracy_floor.py` holds every change to that floor.
--hide-names puts meaningless words for every class and id first: what is left is what structure tells, as on
a site whose theme nobody has seen.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from scoring import FIELDS, mean, score

HERE = Path(__file__).parent
PEERS = HERE.parent / ".eval-venv" / "bin" / "python"
NAMES = ("warraq", "trafilatura", "newspaper4k", "news-please")
ARTICLES = frozenset({"article", "live_blog", "paywalled"})
NAMED = re.compile(r"""(?<![\w-])(class|id)=(["'])([^"']*)\2""")
THEME = re.compile(r"/wp-content/themes/[\w-]+")
"""What tells a theme: names of elements, and the address of its files."""
LOW_IS_GOOD = frozenset({"published_wrong"})
NO_ADDRESS = "http://www.example.com/"
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
"""Nothing answers there: a peer that looks something up is refused at once, and not waited for."""
COLUMNS = {
    "title": "title",
    "published": "day right",
    "published_wrong": "day wrong",
    "body": "body F1",
    "body_worst": "worst",
    "breadcrumbs": "breadcrumb",
    "caption": "caption",
    "see_also": "see also",
    "authors": "authors",
    "ms": "ms/page",
}


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with its gold, and what was known when it was fetched."""

    name: str
    gold: Mapping[str, Any]
    known: Mapping[str, Any]


def gold_pages(folder: Path) -> list[GoldPage]:
    """The pages of either kind of folder."""
    if (folder / "gold").is_dir():
        return list(_flat(folder))
    return list(_fixtures(folder))


def _flat(folder: Path) -> Iterator[GoldPage]:
    for file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        page = folder / "html" / f"{file.stem}.html"
        yield GoldPage(file.stem, gold, {"file": str(page), "url": gold.get("url") or NO_ADDRESS})


def _fixtures(folder: Path) -> Iterator[GoldPage]:
    for file in sorted(folder.glob("*/*/expected.json")):
        gold, meta = (json.loads(each.read_text("utf-8")) for each in (file, file.with_name("meta.json")))
        if gold.get("verdict", "article") in ARTICLES:
            page = file.parent / "page.html"
            yield GoldPage(f"{file.parent.parent.name}/{file.parent.name}", gold, {**meta, "file": str(page)})


def hide_names(page: GoldPage, folder: Path) -> GoldPage:
    """The page with every class and id another word, the same for the same; its copy goes into the folder."""
    html = Path(page.known["file"]).read_bytes().decode("latin-1")
    copy = folder / f"{hashlib.sha256(page.name.encode()).hexdigest()[:12]}.html"
    copy.write_bytes(THEME.sub("/t", NAMED.sub(_hidden, html)).encode("latin-1"))
    return replace(page, known={**page.known, "file": str(copy)})


def _hidden(found: re.Match[str]) -> str:
    attribute, quote, names = found.groups()
    words = ("x" + hashlib.sha256(name.encode("latin-1")).hexdigest()[:5] for name in names.split())
    return f"{attribute}={quote}{' '.join(words)}{quote}"


def readings(name: str, python: str, pages: list[GoldPage]) -> list[dict[str, Any]]:
    """What an extractor, run in its own process, makes of every page."""
    asked = "\n".join(json.dumps(dict(page.known), ensure_ascii=False) for page in pages)
    done = subprocess.run(
        [python, str(HERE / "extractors.py"), name],
        input=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **NO_NETWORK},
    )
    if done.returncode != 0:
        raise SystemExit(f"{name} in {python} failed:\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def measure(name: str, python: str, pages: list[GoldPage], *, per_page: bool = False) -> dict[str, float]:
    """An extractor's row: the mean of every field, and CPU milliseconds a page."""
    found = readings(name, python, pages)
    rows = []
    for page, reading in zip(pages, found, strict=True):
        rows.append(score(page.gold, reading["item"]))
        if reading["error"]:
            print(f"{name} {page.name}: {reading['error']}", file=sys.stderr)
        if per_page:
            shown = " ".join(f"{field} {value:.2f}" for field, value in rows[-1].items())
            print(f"{name:12} {page.name:36} {shown} ms {reading['ms']:.1f}")
    return {**mean(rows), "ms": sum(each["ms"] for each in found) / max(1, len(found))}


def table(result: Mapping[str, Mapping[str, float]], count: int) -> Iterator[str]:
    """The table's lines; the last says how Warraq's time compares."""
    yield f"{count} pages"
    yield f"{'':12}" + "".join(f"{head:>11}" for head in COLUMNS.values())
    for name, row in result.items():
        cells = (
            f"{row[key]:11.1f}" if key == "ms" else f"{row[key]:11.3f}" if key in row else f"{'–':>11}"
            for key in COLUMNS
        )
        yield f"{name:12}" + "".join(cells)
    if {"warraq", "trafilatura"} <= set(result) and result["trafilatura"]["ms"]:
        ratio = result["warraq"]["ms"] / result["trafilatura"]["ms"]
        yield f"CPU of warraq / trafilatura, same pages, same run: {ratio:.3f} (the bar is 0.200)"


def raised(floor: Mapping[str, float], row: Mapping[str, float]) -> dict[str, float]:
    """The floor with every field that a row tops moved up to it; what must stay low moves down."""
    found = dict(floor)
    for name in (*FIELDS, "body_worst"):
        better = min if name in LOW_IS_GOOD else max
        reached = round(row[name], 4)
        found[name] = better(floor.get(name, reached), reached)
    return found


def interpreters(peers: str | None, only: list[str]) -> dict[str, str]:
    """{extractor: the interpreter it runs in}; without the peers' environment, Warraq alone."""
    beside = peers or (str(PEERS) if PEERS.exists() else None)
    if beside is None and only != ["warraq"]:
        print("no environment for the peers: `make eval` makes one, or name it with --peers", file=sys.stderr)
    found = {name: sys.executable if name == "warraq" else beside for name in only or NAMES}
    return {name: python for name, python in found.items() if python}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--only", action="append", choices=NAMES, default=[])
    parser.add_argument("--per-page", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--hide-names", action="store_true")
    parser.add_argument("--raise-floor", type=Path, metavar="FILE")
    options = parser.parse_args()
    pages = gold_pages(options.pages)
    if options.hide_names:
        hidden = Path(tempfile.mkdtemp(prefix="accuracy-"))
        pages = [hide_names(page, hidden) for page in pages]
    if not pages:
        parser.error(f"{options.pages}: neither gold/*.json with html/*.html nor fixture folders")
    result = {
        name: measure(name, python, pages, per_page=options.per_page)
        for name, python in interpreters(options.peers, options.only).items()
    }
    print("\n".join(table(result, len(pages))))
    if options.raise_floor:
        floor = json.loads(options.raise_floor.read_text("utf-8")) if options.raise_floor.exists() else {}
        floor = raised(floor, result["warraq"])
        options.raise_floor.write_text(json.dumps(floor, indent=1) + "\n", "utf-8")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
