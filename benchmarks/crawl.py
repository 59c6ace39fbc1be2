"""Pages a second: Warraq storing everything, against a bare Scrapy spider that only downloads.

    python -m benchmarks.crawl [--pages 2000] [--rounds 3]

Both crawl the same site on loopback, politeness off, 16 connections, each in a process of its own,
start-up included. Printed: pages a second of both, their ratio, round by round, and Warraq's memory
(all its processes together) at a quarter of the pages and at the end.
"""

import argparse
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from benchmarks.loopback_site import LoopbackSite

CONNECTIONS = 16
BARE = Path(__file__).with_name("bare_spider.py")


def bare(site: LoopbackSite) -> float:
    """Pages a second of a bare spider over the whole site."""
    started = time.perf_counter()
    command = [sys.executable, str(BARE), site.sitemap, str(CONNECTIONS)]
    pages = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return pages / (time.perf_counter() - started)


def warraq(site: LoopbackSite, archive: Path, pages: int) -> tuple[float, int, list[tuple[int, float]]]:
    """Seconds, articles stored, and (pages kept, MB resident) over the run."""
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "crawl",
        site.url,
        "--archive",
        str(archive),
        "--delay",
        "0",
        "--concurrency",
        str(CONNECTIONS),
        "--quiet",
    ]
    samples: list[tuple[int, float]] = []
    started = time.perf_counter()
    process = subprocess.Popen(command)
    watcher = threading.Thread(target=_watch, args=(process, archive, samples))
    watcher.start()
    process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    if process.returncode:
        raise SystemExit(f"the crawl failed: exit {process.returncode}")
    with closing(sqlite3.connect(archive / "archive.db")) as database, database:
        articles = database.execute("SELECT count(*) FROM articles").fetchone()[0]
    return seconds, articles, samples


def _watch(process: "subprocess.Popen[bytes]", archive: Path, samples: list[tuple[int, float]]) -> None:
    while process.poll() is None:
        time.sleep(0.25)
        try:
            with (
                closing(sqlite3.connect(f"file:{archive}/archive.db?mode=ro", uri=True)) as database,
                database,
            ):
                kept = database.execute("SELECT max(id) FROM snapshots").fetchone()[0] or 0
        except sqlite3.Error:
            continue
        if process.poll() is None:
            samples.append((kept, sum(map(_resident, [process.pid, *_children(process.pid)]))))


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def _resident(pid: int) -> float:
    """Megabytes resident, 0 for a process that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0
    )


def _at(samples: list[tuple[int, float]], pages: int) -> float:
    return next((megabytes for kept, megabytes in samples if kept >= pages), samples[-1][1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    ratios = []
    with LoopbackSite(chosen.pages) as site:
        for round_number in range(1, chosen.rounds + 1):
            folder = Path(tempfile.mkdtemp(prefix="warraq-bench-"))
            try:
                alone = bare(site)
                seconds, articles, samples = warraq(site, folder, chosen.pages)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            ours = articles / seconds
            ratios.append(ours / alone)
            early, most = _at(samples, chosen.pages // 4), max(megabytes for _, megabytes in samples)
            print(
                f"round {round_number}: bare Scrapy {alone:.1f} pages/s, Warraq {ours:.1f} pages/s ({articles} articles), "
                f"ratio {ours / alone:.2f}; memory {early:.0f} MB at {chosen.pages // 4} pages, "
                f"{samples[-1][1]:.0f} MB at {samples[-1][0]}, {most:.0f} MB at most",
                flush=True,
            )
    print(f"median ratio {statistics.median(ratios):.2f} (bar 0.5)")


if __name__ == "__main__":
    main()
