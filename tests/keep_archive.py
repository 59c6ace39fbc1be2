"""`python -m tests.keep_archive` keeps an archive of today's schema as a fixture: run it when a schema is released.

It crawls a small newsroom, edits and removes a story, crawls again, and is killed in the middle of a third
crawl; tests/store/test_upgrades.py then migrates what is kept, for ever. Nothing kept is ever made anew.
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archiver.store.archive import SCHEMA
from tests.newsroom.server import Newsroom

KEPT = Path(__file__).parent / "fixtures" / "archives"
PACE = ("--delay", "0", "--concurrency", "4", "-s", "BACK_OFF=0.2", "--quiet")


def main(kept: Path) -> int:
    target = kept / SCHEMA
    if target.exists():
        print(f"{target} is kept already")
        return 2
    with tempfile.TemporaryDirectory() as scratch, Newsroom(12, traps=False) as newsroom:
        archive = Path(scratch) / "archive"
        crawl = [
            sys.executable,
            "-m",
            "archiver.cli",
            "crawl",
            newsroom.url,
            "--archive",
            str(archive),
            *PACE,
        ]
        environment = {**os.environ, "WARRAQ_CONTACT": "tests@example.org", "HOME": scratch}
        subprocess.run(crawl, env=environment, check=True)
        newsroom.edit(newsroom.articles[2].path)
        newsroom.remove(newsroom.articles[5].path, 410)
        subprocess.run(crawl, env=environment, check=True)
        newsroom.publish(3)
        asked = len(newsroom.requests)
        with subprocess.Popen([*crawl, "--delay", "0.2"], env=environment) as killed:
            while len(newsroom.requests) < asked + 12:
                time.sleep(0.05)
            killed.kill()
        _keep(archive, target)
    return 0


def unpack(schema: str, folder: Path) -> Path:
    """The archive kept of a schema, as it was left, in a new folder."""
    shutil.copytree(KEPT / schema / "warc", folder / "warc")
    (folder / "archive.db").write_bytes(gzip.decompress((KEPT / schema / "archive.db.gz").read_bytes()))
    return folder


def _keep(archive: Path, target: Path) -> None:
    """The database as one file, compressed with no date in it, and the WARC files as they are."""
    target.mkdir(parents=True)
    connection = sqlite3.connect(archive / "archive.db")
    connection.execute("VACUUM INTO ?", (str(archive / "whole.db"),))
    connection.close()
    packed = gzip.compress((archive / "whole.db").read_bytes(), mtime=0)
    (target / "archive.db.gz").write_bytes(packed)
    shutil.copytree(archive / "warc", target / "warc")


if __name__ == "__main__":
    sys.exit(main(KEPT))
