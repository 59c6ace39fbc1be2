"""The reading processes of a crawl. Cheap to import: they may start while all else is loaded."""

import os

from archiver.workers import WorkerPool

MOST = 4


def reading_processes(size: int | None = None) -> WorkerPool:
    """So many processes; without a number as many as there are cores, `MOST` at the most."""
    return WorkerPool(size or min(MOST, os.cpu_count() or 2), prepare="spiders.documents:prepare")
