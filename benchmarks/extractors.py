"""Warraq and its peers under one signature, and a process that runs one of them over many pages.

``python benchmarks/extractors.py NAME`` reads the pages from standard input, one JSON object a line
(``file``, ``url`` and what was known when it was fetched), and writes one a line: the item, the CPU
milliseconds it took, or the error. Each extractor runs in the environment its own pins ask for.
"""

import json
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

REPEATS = 3
"""A page is read once to warm up, then this often; the median counts."""

Extract = Callable[[bytes, Mapping[str, Any]], dict[str, Any]]


def warraq(html: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    from archiver import extract_article

    moment = datetime.fromisoformat(known["fetched_at"]) if known.get("fetched_at") else None
    return extract_article(
        html, known["url"], fetched_at=moment, headers=known.get("headers"), hints=known.get("hints")
    ).to_dict()


def trafilatura(html: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=known["url"], with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "published_at": found.date,
        "body": found.text,
        "authors": (found.author or "").split("; ") if found.author else [],
    }


def newspaper4k(html: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    from newspaper import Article

    article = Article(known["url"], language="ar", fetch_images=False)
    article.download(input_html=html.decode("utf-8", "ignore"))
    article.parse()
    return {
        "title": article.title,
        "published_at": _iso(article.publish_date),
        "body": article.text,
        "authors": article.authors,
    }


def newsplease(html: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    from newsplease import NewsPlease

    article = NewsPlease.from_html(html.decode("utf-8", "ignore"), url=known["url"])
    return {
        "title": article.title,
        "published_at": _iso(article.date_publish),
        "body": article.maintext,
        "authors": article.authors,
    }


EXTRACTORS: Mapping[str, Extract] = {
    "warraq": warraq,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": newsplease,
}


def run(extract: Extract, known: Mapping[str, Any]) -> dict[str, Any]:
    """One page's item and the CPU it took."""
    html = Path(known["file"]).read_bytes()
    try:
        item = extract(html, known)
        spent = [_cpu(extract, html, known) for _ in range(REPEATS)]
    except Exception as error:  # noqa: BLE001 - a peer may raise what it likes; the page counts as not read
        said = f"{type(error).__name__}: {error}"[:300]
        return {"file": known["file"], "item": {}, "ms": 0.0, "error": said}
    return {"file": known["file"], "item": item, "ms": statistics.median(spent), "error": None}


def _cpu(extract: Extract, html: bytes, known: Mapping[str, Any]) -> float:
    started = time.process_time()
    extract(html, known)
    return (time.process_time() - started) * 1000


def _iso(value: Any) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else value


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    extract = EXTRACTORS[sys.argv[1]]
    for line in sys.stdin:
        print(json.dumps(run(extract, json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
