"""How well and how fast copies are found, in an archive that grows.

    python -m benchmarks.duplicates --articles 10000
    python -m benchmarks.duplicates --articles 300000 --keep /tmp/archive

Articles are made up (`planted.py`): one in five is a copy of an earlier one (the same text, two words
changed, a paragraph cut, a local lead before it), others tell a copied story's topic in other words.
They come in portions; after each one the archive is brought up to date, as a crawl does at its end.
Printed are, for each tenth of the way, articles a second and a CPU second (the last beside the first:
does it cost more as the archive grows?), the same in yardsticks (a piece of work that is always the
same, timed beside it: what a busy machine adds is on both), and memory; then precision and recall over the pairs that
stand in one cluster, and what was missed, by kind.
"""

import argparse
import resource
import shutil
import tempfile
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, islice
from pathlib import Path

from sqlalchemy import insert, select

from archiver.dedupe import update
from archiver.shingles import Shingles
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.database import DATABASE
from benchmarks.planted import KINDS, Newswire, Planted

PORTION = 1_000
MEBIBYTE = 1 << 20
ALL_KINDS = ("own", "same_topic", *KINDS)
Pair = tuple[int, int]


def fill(archive: Archive, articles: Iterable[Planted]) -> None:
    """Puts the articles in without crawling: rows as a crawl would leave them, but for their parts."""
    snapshot = archive.connection.scalar(select(t.Snapshot.id).limit(1))
    if snapshot is None:
        archive.site_id("https://example.ly/")
        archive.connection.execute(
            insert(t.Snapshot).values(
                id=1, url="x", url_key="x", fetched_at="2025-01-01T00:00:00+00:00", status=200,
                record_type="response", warc_file="x", warc_offset=0, warc_length=1, end_offset=1, payload_digest="x",
            )
        )  # fmt: skip
    rows = [
        {
            "id": each.number + 1, "site_id": 1, "url_key": f"{each.site}/{each.number}",
            "url": f"https://{each.site}/{each.number}", "canonical_url": f"https://{each.site}/{each.number}",
            "site": each.site, "title": each.title, "body": each.body, "blocks": [], "published_at": each.day,
            "published_precision": "day", "parser": "benchmark", "version": 1, "content_digest": "x", "item_digest": "x",
            "first_fetched_at": "2025-01-01T00:00:00+00:00", "fetched_at": "2025-01-01T00:00:00+00:00", "snapshot_id": 1,
        }
        for each in articles
    ]  # fmt: skip
    archive.connection.execute(insert(t.table_of(t.ArticleRow)), rows)
    archive.commit()


def clustered(archive: Archive) -> set[Pair]:
    """Every pair of articles of which one's text is the other's, or stands in it."""
    clusters = defaultdict(list)
    for cluster, article, part in archive.connection.execute(
        select(t.CopyMember.cluster_id, t.CopyMember.article_id, t.CopyMember.part)
    ):
        clusters[cluster].append((article, part))
    return {
        (min(one, other), max(one, other))
        for members in clusters.values()
        for (one, part), (other, part_of_other) in combinations(members, 2)
        if "text" in (part, part_of_other)
    }


class Truth:
    """Who is whose copy; a few bytes an article, so that the memory printed is the archive's."""

    def __init__(self) -> None:
        self._families = array("l")
        self._kinds = bytearray()

    def add(self, each: Planted) -> None:
        """The articles come in the order of their numbers, from 0."""
        self._families.append(each.family)
        self._kinds.append(ALL_KINDS.index(each.kind))

    def pairs(self) -> dict[Pair, str]:
        """Every pair that should be found, and of which kind its ends are."""
        families = defaultdict(list)
        for number, (family, kind) in enumerate(zip(self._families, self._kinds, strict=True)):
            families[family].append((number + 1, ALL_KINDS[kind]))
        return {
            (one, other): "+".join(sorted({kind, kind_of_other}))
            for members in families.values()
            for (one, kind), (other, kind_of_other) in combinations(members, 2)
        }


def score(found: set[Pair], truth: dict[Pair, str]) -> tuple[float, float, Counter[str]]:
    """Precision, recall, and what was missed."""
    right = found & truth.keys()
    missed = Counter(truth[pair] for pair in truth.keys() - found)
    return len(right) / max(1, len(found)), len(right) / max(1, len(truth)), missed


def memory(name: str = "VmRSS") -> float:
    """Of this process, MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def yardstick(texts: list[str]) -> float:
    """CPU seconds of a piece of work that is always the same: a busy machine's are longer."""
    began = time.process_time()
    for text in texts:
        Shingles(text).keys()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="Copies: precision, recall, articles a second.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="keep the archive in this folder")
    parser.add_argument("--formulas", type=int, default=0, help="make all of so many sentences: bands fill")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp())
    archive = Archive.create_or_open(folder)
    truth, wire = Truth(), Newswire(formulas=given.formulas).articles(given.articles)
    Shingles("وصلت السفينة إلى الميناء").keys()  # what is loaded once is no cost of an article
    before, tenth = memory(), max(PORTION, given.articles // 10)
    texts = [each.body for each in Newswire(1).articles(50)]
    seconds = cpu = measure = 0.0
    print(f"{given.articles} articles; memory before {before:.0f} MB")
    rates: list[float] = []
    costs: list[float] = []
    links = crowded = 0
    for start in range(0, given.articles, PORTION):
        portion = list(islice(wire, PORTION))
        for each in portion:
            truth.add(each)
        fill(archive, portion)
        began, began_cpu = time.perf_counter(), time.process_time()
        linked = update(archive)
        seconds += time.perf_counter() - began
        cpu += time.process_time() - began_cpu
        measure += yardstick(texts)
        links, crowded = links + linked.links, crowded + linked.crowded
        if (start + PORTION) % tenth == 0:
            rates.append(tenth / cpu)
            costs.append(cpu / measure)
            print(
                f"up to {start + PORTION:>8}: {tenth / seconds:7.0f} articles/s, {rates[-1]:7.0f} a CPU second, "
                f"{costs[-1]:5.1f} yardsticks a thousand, memory {memory():5.0f} MB",
                flush=True,
            )
            seconds = cpu = measure = 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (folder / DATABASE).stat().st_size / MEBIBYTE
    precision, recall, missed = score(clustered(archive), truth.pairs())
    archive.close()
    print(
        f"the last tenth takes {rates[0] / rates[-1]:.2f} times the CPU of the first, {costs[-1] / costs[0]:.2f} times "
        f"the yardsticks; peak memory {peak:.0f} MB; database {size:.0f} MB"
    )
    print(f"{links} links, {crowded} articles with full bands; {len(truth.pairs())} true pairs")
    print(f"precision {precision:.4f}  recall {recall:.4f}  missed: {dict(missed.most_common(6))}")
    if given.keep is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
