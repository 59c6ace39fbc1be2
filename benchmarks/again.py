"""What a second crawl of an unchanged site costs: requests and seconds, against the first one's.

    python -m benchmarks.again [--pages 2000]

Both crawl the same site on loopback into the same archive, politeness off, 16 connections. Then every
article is made as old as the schedule's last step, and a third crawl looks again at what is due. Printed:
requests and seconds of each, and their share of the first one's. Exit 1 where the second crawl takes 3%
of the requests or more, or changes the archive's articles.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.loopback_site import LoopbackSite

MOST = 0.03  # of the first crawl's requests


def crawl(archive: Path, *sites: str) -> tuple[int, float]:
    """Requests made and seconds taken, start-up included."""
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "crawl",
        *sites,
        "--archive",
        str(archive),
        "--delay",
        "0",
    ]
    started = time.perf_counter()
    ran = subprocess.run(
        [*command, "--concurrency", "16", "--json"], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    return sum(site["fetched"] for site in json.loads(ran.stdout)["sites"].values()), seconds


def rows(archive: Path) -> tuple[int, int]:
    """Articles and versions."""
    with closing(sqlite3.connect(archive / "archive.db")) as database, database:
        tables = ("articles", "article_versions")
        articles, versions = (database.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables)
    database.close()
    return articles, versions


def let_years_pass(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as database, database:
        database.execute("UPDATE frontier SET fetched_at = '2001-01-01' WHERE dated IS NOT NULL")
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, default=2_000)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="warraq-bench-"))
    try:
        with LoopbackSite(chosen.pages) as site:
            first, seconds = crawl(folder, site.url)
            before = rows(folder)
            print(f"first crawl   {first:6} requests  {seconds:6.1f} s  {before[0]} articles")
            second, again = crawl(folder, "--all")
            print(f"second crawl  {second:6} requests  {again:6.1f} s  {second / first:.2%} of the requests")
            let_years_pass(folder)
            third, later = crawl(folder, "--all")
            print(f"years later   {third:6} requests  {later:6.1f} s  {third / first:.2%} of the requests")
        after = rows(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if second >= MOST * first or after != before:
        raise SystemExit(f"too much: {second} of {first} requests, articles and versions {before} -> {after}")


if __name__ == "__main__":
    main()
