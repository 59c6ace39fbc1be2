"""`python -m tests.newsroom` serves the newsroom; with `--crawl` it is what `make demo` runs."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from tests.newsroom.server import Newsroom
from tests.newsroom.stories import EVERYWHERE


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--crawl", action="store_true", help="crawl it with warraq, show an article, verify")
    parser.add_argument("--archive", type=Path, help="where to; a new temporary folder unless given")
    parser.add_argument("--limit", type=int, help="stop after so many articles")
    chosen = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Newsroom(chosen.articles, port=chosen.port) as newsroom:
        if chosen.crawl:
            archive = chosen.archive or Path(tempfile.mkdtemp(prefix="warraq-demo-"))
            return demo(newsroom, archive, chosen.limit)
        print(newsroom.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
    return 0


def demo(newsroom: Newsroom, archive: Path, limit: int | None) -> int:
    """Crawls the newsroom as a newcomer would, and shows what came of it; the crawl's exit code."""
    say("١", f"صحيفة الميناء (متخيلة) على {newsroom.url}", "An invented newsroom is served on this machine.")
    say("٢", "الأرشفة: كل مقال مرة واحدة، مع مصدر كل حقل", "Crawling it into an archive.")
    limited = [] if limit is None else ["--limit", str(limit)]
    crawled = warraq("crawl", newsroom.url, *limited, "--archive", str(archive), *DEMO_PACE)
    if crawled:
        return crawled
    story = next(each for each in newsroom.articles if each.via == EVERYWHERE and each.quirk is None)
    address = newsroom.url.rstrip("/") + story.path
    say("٣", f"مقال واحد كما حفظ: {unquote(story.path)}", "One article, as the archive keeps it.")
    warraq("show", address, "--archive", str(archive))
    say("٤", "التحقق من الأرشيف: الصفوف واللقطات والبصمات", "Checking the archive against its snapshots.")
    warraq("verify", "--archive", str(archive))
    say("✓", f"الأرشيف هنا: {archive}", "The archive is kept there; read it in the browser with")
    print(f"      .venv/bin/warraq serve --archive {archive}")
    return crawled


DEMO_PACE: tuple[str, ...] = ("--delay", "0")
"""The newsroom is our own: nobody waits for its breath."""


def say(step: str, arabic: str, english: str) -> None:
    print(f"\n── {step}  {arabic}\n      {english}", flush=True)


def warraq(*words: str) -> int:
    print(f"   $ warraq {' '.join(words)}\n", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "archiver.cli", *words], env=os.environ | {"PYTHONIOENCODING": "utf-8"}
    )
    try:
        return process.wait()
    except BaseException:  # Ctrl-C reaches both; whatever else ends this ends the crawl too
        process.terminate()
        process.wait()
        raise


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
