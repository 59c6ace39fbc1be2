"""Reading an archive again: pages a second with one process and with two.

    python -m benchmarks.reparse [--pages 500] [--archive FOLDER]

Without --archive a site on loopback is crawled first. `--dry-run` is timed: reading and comparing.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.loopback_site import LoopbackSite


def reparse(archive: Path, processes: int) -> float:
    """Pages a second."""
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "reparse",
        "--archive",
        str(archive),
        "--dry-run",
        "--json",
        "--processes",
        str(processes),
    ]
    started = time.perf_counter()
    counts = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    pages = sum(value for value in counts.values() if type(value) is int)
    return pages / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--archive", type=Path)
    chosen = parser.parse_args()
    archive = chosen.archive
    if archive is None:
        archive = Path(tempfile.mkdtemp(prefix="warraq-bench-"))
        with LoopbackSite(chosen.pages) as site:
            subprocess.run(
                [
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
                    "16",
                    "--quiet",
                ],
                check=True,
            )
    try:
        one, two = reparse(archive, 1), reparse(archive, 2)
    finally:
        if chosen.archive is None:
            shutil.rmtree(archive, ignore_errors=True)
    print(f"reparse: {one:.1f} pages/s with 1 process, {two:.1f} with 2: {two / one:.2f} times as fast")


if __name__ == "__main__":
    main()
