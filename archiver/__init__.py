"""Warraq archives Arabic news: pages kept as they were served, articles read field by field.

Importing this costs nothing; each name is loaded when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.arabic.dates import ParsedDate, parse_date
    from archiver.article import Article
    from archiver.errors import WarraqError
    from archiver.extract import Reading, Verdict, extract_article, read_page
    from archiver.page import Page

__all__ = [
    "Article",
    "Page",
    "ParsedDate",
    "Reading",
    "Verdict",
    "WarraqError",
    "extract_article",
    "parse_date",
    "read_page",
]

_HOMES = {
    "Article": "archiver.article",
    "Page": "archiver.page",
    "ParsedDate": "archiver.arabic.dates",
    "Reading": "archiver.extract",
    "Verdict": "archiver.extract",
    "WarraqError": "archiver.errors",
    "extract_article": "archiver.extract",
    "parse_date": "archiver.arabic.dates",
    "read_page": "archiver.extract",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
