"""The schema of `archive.db`. Dates are ISO 8601 text; lists of an article are tables of their own.

Every column's `comment` is its entry in docs/data-dictionary.md; a test holds the two together.
"""

from archiver.store.tables.articles import (
    Alias,
    ArticlePage,
    ArticleRow,
    ArticleVersion,
    AuthorRow,
    BreadcrumbRow,
    ImageRow,
    LinkRow,
    ProvenanceRow,
    TagRow,
    VersionPage,
    WarningRow,
)
from archiver.store.tables.base import Base, new_row_id, table_of
from archiver.store.tables.copies import (
    CopyBlock,
    CopyFilter,
    CopyLink,
    CopyMember,
    CopySegment,
    CopyShingles,
    CopyText,
)
from archiver.store.tables.crawling import NAMES_OTHERS, Fetch, FrontierUrl, Run, Site, Snapshot
from archiver.store.tables.health import AlertRow, SiteRun
from archiver.store.tables.search import SearchDocument, SearchIndex, SearchPending
from archiver.store.tables.views import VIEWS, VIEWS_IN_WORDS

__all__ = [
    "NAMES_OTHERS",
    "VIEWS",
    "VIEWS_IN_WORDS",
    "AlertRow",
    "Alias",
    "ArticlePage",
    "ArticleRow",
    "ArticleVersion",
    "AuthorRow",
    "Base",
    "BreadcrumbRow",
    "CopyBlock",
    "CopyFilter",
    "CopyLink",
    "CopyMember",
    "CopySegment",
    "CopyShingles",
    "CopyText",
    "Fetch",
    "FrontierUrl",
    "ImageRow",
    "LinkRow",
    "ProvenanceRow",
    "Run",
    "SearchDocument",
    "SearchIndex",
    "SearchPending",
    "Site",
    "SiteRun",
    "Snapshot",
    "TagRow",
    "VersionPage",
    "WarningRow",
    "new_row_id",
    "table_of",
]
