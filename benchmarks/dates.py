"""How fast dates are read: Warraq beside dateparser, in one run over the same lines.

    python -m benchmarks.dates [LINES.jsonl]

Without a file the lines are the families of the test suite; a file holds one JSON object a line,
with `text` and, if it has one, `reference_time`. Printed are microseconds a call, once warm, the best
of three for each line (what else the machine does is not the parser's), the mean of the one pass that
came before (`first`, each line for the first time), and the ratio of the means. dateparser is asked
for Arabic alone, which is its fastest way.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import dateparser

from archiver.arabic.dates import parse_date

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.fromisoformat("2024-03-10T15:00:00+02:00")
ROUNDS = 3
Line = tuple[str, datetime]


def lines(path: Path | None) -> list[Line]:
    """The lines to read, each with the moment it was fetched."""
    if path is None:
        sys.path.insert(0, str(ROOT))
        from tests.arabic.families import FAMILIES

        return [(text, NOW) for cases in FAMILIES.values() for text, _ in cases]
    objects = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [
        (each["text"], datetime.fromisoformat(each.get("reference_time", NOW.isoformat())))
        for each in objects
    ]


def warraq(text: str, now: datetime) -> bool:
    return parse_date(text, now=now) is not None


def other(text: str, now: datetime) -> bool:
    settings = {"RELATIVE_BASE": now.replace(tzinfo=None)}
    return dateparser.parse(text, languages=["ar"], settings=settings) is not None


def measure(read: Callable[[str, datetime], bool], cases: list[Line]) -> tuple[list[float], float, int]:
    """Microseconds a line, after a first pass over them all; the mean of that; how many gave a date."""
    read(*cases[0])
    start = time.perf_counter()
    found = sum(read(text, now) for text, now in cases)
    first = (time.perf_counter() - start) / len(cases) * 1e6
    times = [float("inf")] * len(cases)
    for _ in range(ROUNDS):
        for at, (text, now) in enumerate(cases):
            start = time.perf_counter()
            read(text, now)
            times[at] = min(times[at], (time.perf_counter() - start) * 1e6)
    return times, first, found


def main() -> None:
    parser = argparse.ArgumentParser(description="Microseconds a date, against dateparser.")
    parser.add_argument("file", nargs="?", type=Path, help="lines of JSON with `text` and `reference_time`")
    chosen = parser.parse_args()
    if chosen.file is not None and not chosen.file.is_file():
        parser.error(f"{chosen.file}: no such file; give lines of JSON with `text` and `reference_time`")
    cases = lines(chosen.file)
    print(f"{len(cases)} lines, microseconds a call")
    means = {}
    for name, read in (("warraq", warraq), ("dateparser", other)):
        times, first, found = measure(read, cases)
        means[name] = statistics.mean(times)
        p95 = sorted(times)[int(0.95 * len(times))]
        print(
            f"{name:<11} mean {means[name]:7.1f}  median {statistics.median(times):7.1f}  "
            f"p95 {p95:7.1f}  max {max(times):7.1f}  first {first:7.1f}  dates {found}"
        )
    print(f"dateparser takes {means['dateparser'] / means['warraq']:.0f} times as long")


if __name__ == "__main__":
    main()
