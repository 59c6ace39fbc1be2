"""How fast an archive is searched, and how its index grows.

    python -m benchmarks.search [--articles 1000000] [--folder FOLDER]

Writes an archive of made-up articles (200 to 300 words of a made-up vocabulary, as frequent as words are: Zipf) straight
into the tables, indexes it as a crawl does, and asks a mix of queries: rare, middling and very common words, several
words, phrases, beginnings, other forms, filters; every second one with facets and months. Printed are the index's
bytes an article at a quarter, half and the whole of the archive; milliseconds for the first page with its count; and the
ratio to the plain scan (`LIKE`) that an archive without an index would need. With `--folder` the archive is kept there, and
used again where it is there already: only the questions are asked then. `WARRAQ_DATABASE`, an empty database, measures
PostgreSQL instead.
"""

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text

from archiver.search import Query, search
from archiver.store import Archive
from archiver.store import tables as t

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
VOCABULARY = 200_000
SITES, SECTIONS, AUTHORS, DAYS = 24, 40, 300, 3_650
FIRST_DAY = date(2014, 1, 1)
BATCH = 2_000
INDEX_SIZE = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND "
    "(name LIKE 'articles_fts%' OR name LIKE '%search_documents%')",
    "postgresql": "SELECT pg_total_relation_size('articles_fts') + pg_total_relation_size('search_documents')",
}


class Language:
    """Made-up words, the frequent ones short, and texts of them."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            longest = min(8, 3 + len(words) // 40)
            words["".join(self.random.choices(LETTERS, k=self.random.randint(2, longest)))] = None
        self.words = list(words)
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def text(self, length: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self._weights, k=length)


def articles(language: Language, first: int, count: int) -> Iterator[dict[str, Any]]:
    pick = language.random.randrange
    for number in range(first, first + count):
        site = pick(SITES)
        words = language.text(pick(200, 300))
        day = FIRST_DAY + timedelta(days=pick(DAYS))
        yield {
            "id": number, "site_id": site + 1, "site": f"site{site}.example", "url_key": f"site{site}.example/{number}",
            "url": f"https://site{site}.example/{number}", "canonical_url": f"https://site{site}.example/{number}",
            "title": " ".join(words[:9]), "description": " ".join(words[9:25]),
            "body": "\n\n".join(" ".join(words[at : at + 50]) for at in range(9, len(words), 50)),
            "published_at": f"{day}T{pick(24):02}:{pick(60):02}:00", "published_precision": "minute",
            "section": f"{language.words[pick(SECTIONS)]}", "blocks": [], "parser": "made up", "version": 1,
            "content_digest": f"{number:064x}", "item_digest": f"{number:064x}",
            "first_fetched_at": "2024-01-01", "fetched_at": "2024-01-01", "snapshot_id": 1,
        }  # fmt: skip


def build(archive: Archive, count: int) -> None:
    """Fills the archive; prints what the index takes on the way."""
    language, connection = Language(), archive.connection
    connection.execute(insert(t.Snapshot).values(
        id=1, url="x", url_key="x", fetched_at="x", status=200, record_type="response", warc_file="x",
        warc_offset=0, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    for site in range(SITES):
        archive.site_id(f"https://site{site}.example/")
    rows_time = index_time = 0.0
    marks = {count // 4, count // 2, count}
    for first in range(1, count + 1, BATCH):
        batch = list(articles(language, first, min(BATCH, count + 1 - first)))
        start = time.perf_counter()
        connection.execute(insert(t.table_of(t.ArticleRow)), batch)
        names = [
            {"article_id": each["id"], "position": 0, "name": f"كاتب {each['id'] % AUTHORS}"}
            for each in batch
        ]
        connection.execute(insert(t.table_of(t.AuthorRow)), names)
        connection.execute(
            insert(t.table_of(t.SearchPending)), [{"article_id": each["id"]} for each in batch]
        )
        connection.commit()
        middle = time.perf_counter()
        while archive.fulltext.catch_up():
            pass
        connection.commit()
        rows_time, index_time = rows_time + middle - start, index_time + time.perf_counter() - middle
        done = first + len(batch) - 1
        if done in marks:
            taken = connection.scalar(text(INDEX_SIZE[connection.dialect.name])) or 0
            print(f"{done:>9,} articles  index {taken / 1e6:8.1f} MB  {taken / done:6.0f} bytes an article  "
                  f"indexing {index_time / done * 1e6:5.0f} µs an article (writing the rows: {rows_time / done * 1e6:.0f})", flush=True)  # fmt: skip


def queries(archive: Archive, count: int) -> list[tuple[str, Query, dict[str, Any]]]:
    """(kind, query, how it is asked), the same for every run over an archive of this size."""
    language = Language()
    language.random.seed(11)
    pick, words = language.random.randrange, language.words
    phrases = [
        text_.split()[start : start + 2]
        for text_ in archive.connection.scalars(select(t.ArticleRow.body).where(t.ArticleRow.id.in_(range(1, count, count // 40 + 1))))
        for start in [pick(30)]
    ]  # fmt: skip

    def rare() -> str:
        return words[pick(20_000, VOCABULARY)]

    def middling() -> str:
        return words[pick(300, 10_000)]

    def common() -> str:
        return words[pick(0, 100)]

    def site() -> str:
        return f"site{pick(SITES)}.example"

    def year() -> dict[str, Any]:
        day = FIRST_DAY + timedelta(days=pick(DAYS - 365))
        return {"since": day, "until": day + timedelta(days=365)}

    made = {
        "rare word": (30, lambda: Query(rare())),
        "middling word": (50, lambda: Query(middling())),
        "very common word": (20, lambda: Query(common())),
        "two middling words": (20, lambda: Query(f"{middling()} {middling()}")),
        "middling and common": (20, lambda: Query(f"{middling()} {common()}")),
        "two common words": (6, lambda: Query(f"{common()} {common()}")),
        "phrase": (20, lambda: Query('"' + " ".join(phrases[pick(len(phrases))]) + '"')),
        "beginning": (
            10,
            lambda: Query(next(word for word in iter(middling, "") if len(word) > 3)[:4] + "*"),
        ),
        "either, without": (10, lambda: Query(f"({middling()} OR {middling()}) NOT {common()}")),
        "other forms": (10, lambda: Query(words[pick(1_000, 10_000)], stem=True)),
        "word and site": (16, lambda: Query(middling(), site=site())),
        "common word, section, year": (10, lambda: Query(common(), section=words[pick(SECTIONS)], **year())),
        "site only": (8, lambda: Query(site=site())),
        "author only": (5, lambda: Query(author=f"كاتب {pick(AUTHORS)}")),
        "everything": (2, Query),
    }
    asked = [
        (kind, query(), {"facets": at % 2 == 0, "sort": (None, None, "newest")[at % 3]})
        for kind, (number, query) in made.items()
        for at in range(number)
    ]
    language.random.shuffle(asked)
    return asked


def ask(folder: Path, count: int) -> None:
    archive = Archive.open_for_reading(folder)
    asked = queries(archive, count)
    times: dict[str, list[float]] = defaultdict(list)
    with_facets: list[float] = []
    for turn in range(2):
        every: list[float] = []
        processor: list[float] = []
        for kind, query, how in asked:
            start, ticks = time.perf_counter(), time.process_time()
            search(archive.connection, query, **how)
            processor.append((time.process_time() - ticks) * 1e3)
            every.append((time.perf_counter() - start) * 1e3)
            if turn:
                times[kind].append(every[-1])
                if how["facets"]:
                    with_facets.append(every[-1])
        print(f"{('first time asked', 'asked again')[turn]:<28} {_line(every)}")
    print(f"{'  in processor time':<28} {_line(processor)}")
    print(f"{'  with facets':<28} {_line(with_facets)}")
    for kind, taken in times.items():
        print(f"  {kind:<26} {_line(taken)}")
    median = statistics.median(every)
    word = asked[0][1].text.split()[0] if asked[0][1].text else "كلمة"
    start = time.perf_counter()
    archive.connection.scalar(
        select(func.count()).select_from(t.ArticleRow).where(t.ArticleRow.body.contains(word))
    )
    scan = (time.perf_counter() - start) * 1e3
    print(f"a plain scan for one word takes {scan:,.0f} ms, {scan / median:,.0f} times the median")
    archive.close()


def _line(taken: list[float]) -> str:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(taken):7.1f} ms  p95 {p95:7.1f}  max {ordered[-1]:7.1f}  ({len(taken)} queries)"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-search-") as temporary:
        folder = chosen.folder or Path(temporary)
        archive = Archive.create_or_open(folder)
        counted = select(func.count()).select_from(t.ArticleRow)
        if not archive.connection.scalar(counted):
            build(archive, chosen.articles)
            if archive.connection.dialect.name == "postgresql":
                archive.connection.execute(text("ANALYZE"))  # as its autovacuum does when a crawl has gone by
                archive.commit()
        count = archive.connection.scalar(counted) or 0
        archive.close()
        ask(folder, count)


if __name__ == "__main__":
    main()
