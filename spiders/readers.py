"""The reading processes of a crawl. Cheap to import: they may start while all else is loaded."""

import os

from archiver.workers import WorkerPool

MOST = 4


def reading_processes() -> WorkerPool:
    return WorkerPool(min(MOST, os.cpu_count() or 2), prepare="spiders.documents:prepare")
