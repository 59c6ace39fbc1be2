"""What adding an article costs in a large archive, against a small one.

    python -m benchmarks.grown --articles 1000000 [--pages 1000] [--rounds 3] [--folder FOLDER]

Crawls a site of `--pages` articles on loopback, then writes what that left in the tables again and again under other
addresses, with made-up texts (`planted.py`) and without their second and third copies (`blocks`, the versions' `item`), until
there are so many articles; indexes and compares them as a crawl does. Then, round by round, a site of texts that
no archive has yet, under a port of its own and so a new site, is crawled into a small archive and into the large one.
Printed: CPU seconds and seconds of both, all their processes together, start-up included, and their ratio.
With `--folder` the large archive is kept there, and used again where it is there already.
"""

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Column, Integer, String, Table, func, insert, literal, select
from sqlalchemy.sql.elements import ColumnElement

from archiver.dedupe import Linking
from archiver.store import Archive
from archiver.store import tables as t
from benchmarks.crawl import warraq
from benchmarks.loopback_site import LoopbackSite
from benchmarks.planted import Newswire, Planted

SITES = 24
DERIVED = (
    "copy_",
    "search_",
    "sites",
    "runs",
    "site_runs",
    "alerts",
)  # made anew, or few however large the archive
UNIQUE = ("payload_digest", "warc_file")
LONG = {"blocks": [], "item": "{}"}  # the text a second and a third time: nothing looks for them
PORTION = 1_000


def crawl(site: LoopbackSite, archive: Path) -> tuple[float, float, int]:
    """CPU seconds and seconds that a crawl takes, and how many articles are in the archive after it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, articles, _ = warraq(site, archive, site.articles)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds, articles


class Grower:
    """Writes the rows of an archive's first articles again, as those of others."""

    def __init__(self, archive: Archive, host: str) -> None:
        self._archive, self._host = archive, host
        self._sites = [archive.site_id(f"https://site{number}.example/") for number in range(SITES)]
        tables = [table for table in t.Base.metadata.sorted_tables if not table.name.startswith(DERIVED)]
        self._sizes = {table.name: self._size(table) for table in tables}
        self._tables = [table for table in tables if self._sizes[table.name]]
        self.articles = self._sizes[t.ArticleRow.__tablename__]

    def grow(self, times: int) -> Iterator[int]:
        """Gives how many articles there are, portion by portion."""
        wire = Newswire().articles(times * self.articles)
        for turn in range(1, times + 1):
            for table in self._tables:
                chosen = {each.name: self._moved(table, each, turn) for each in table.columns}
                rows = select(*chosen.values()).where(self._first(table) <= self._sizes[table.name])
                self._archive.connection.execute(insert(table).from_select(list(chosen), rows))
            self._write(turn, list(islice(wire, self.articles)))
            self._archive.commit()
            yield (turn + 1) * self.articles

    def _size(self, table: Table) -> int:
        return self._archive.connection.scalar(select(func.coalesce(func.max(self._first(table)), 0))) or 0

    @staticmethod
    def _first(table: Table) -> ColumnElement[int]:
        """What tells the first articles' rows from the others'."""
        numbered = next((each for each in table.primary_key if isinstance(each.type, Integer)), None)
        return numbered if numbered is not None else table.c.article_id

    def _moved(self, table: Table, each: "Column[object]", turn: int) -> ColumnElement[object]:
        if each.name == "site_id":
            return literal(self._sites[turn % SITES])
        ends = [key.column.table.name for key in each.foreign_keys]
        own = [table.name] if each.name == "id" else []
        for end in ends + own:
            if end in self._sizes:
                return each + turn * self._sizes[end]  # type: ignore[operator]
        host = f"site{turn % SITES}.example"
        if each.name == "site":
            return literal(host)
        if each.name in UNIQUE:
            return each.concat(f"-{turn}")  # type: ignore[no-any-return]
        if each.name in LONG:
            return literal(LONG[each.name], each.type)
        if isinstance(each.type, String) and "url" in each.name:
            return func.replace(each, self._host, f"{host}/{turn}")
        return each

    def _write(self, turn: int, texts: list[Planted]) -> None:
        table, first = t.table_of(t.ArticleRow), turn * self.articles
        self._archive.connection.exec_driver_sql(
            f"UPDATE {table.name} SET title = ?, body = ?, published_at = ? WHERE id = ?",
            [(each.title, each.body, each.day, first + number) for number, each in enumerate(texts, 1)],
        )
        pending = [{"article_id": first + number} for number in range(1, len(texts) + 1)]
        self._archive.connection.execute(insert(t.table_of(t.SearchPending)), pending)
        while self._archive.fulltext.catch_up():
            pass
        linking = Linking(self._archive)
        while linking.step(PORTION):
            pass


def build(folder: Path, articles: int, pages: int) -> None:
    with LoopbackSite(pages) as site:
        crawl(site, folder)
        host = site.url.split("/")[2]
    archive = Archive.create_or_open(folder)
    began = time.perf_counter()
    grower = Grower(archive, host)
    for done in grower.grow(articles // grower.articles - 1):
        if done % max(grower.articles, articles // 20) < grower.articles:
            print(f"{done:>9,} articles, {time.perf_counter() - began:.0f} s", flush=True)
    archive.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--texts", type=int, default=100, help="with an archive used again: a number not used yet"
    )
    parser.add_argument("--folder", type=Path, help="keep the large archive in this folder")
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="warraq-bench-"))
    small, large = work / "small", given.folder or work / "large"
    try:
        if not large.exists():
            build(large, given.articles, given.pages)
        with LoopbackSite(given.pages) as site:
            crawl(site, small)
        ratios = []
        for round_number in range(1, given.rounds + 1):
            with LoopbackSite(given.pages, texts=given.texts + round_number) as site:
                cpu, seconds, few = crawl(site, small)
                more_cpu, more_seconds, many = crawl(site, large)
            ratios.append(more_cpu / cpu)
            print(
                f"round {round_number}: up to {few:,} articles {cpu:.1f} CPU s in {seconds:.1f} s, up to {many:,} "
                f"{more_cpu:.1f} CPU s in {more_seconds:.1f} s: {more_cpu / cpu:.2f} times the CPU, "
                f"{more_seconds / seconds:.2f} times the time",
                flush=True,
            )
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"median: an article costs {statistics.median(ratios):.2f} times the CPU in the large archive")


if __name__ == "__main__":
    main()
