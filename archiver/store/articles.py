"""Writing articles: one row an article, a version for every state it was read in.

A version's cause tells an edit by the publisher from a better reading by us: the first needs another
page than the row was read from, the second the same page.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import bindparam, delete, func, insert, select, update

from archiver.article import Article
from archiver.clock import now_text
from archiver.errors import AddressError
from archiver.outcomes import Outcome
from archiver.store import tables as t
from archiver.store.batch import BESIDE, Batch
from archiver.store.fulltext import NOTE_NEW, FullText
from archiver.store.twins import Known, Reason, Twin, canonical_key, find_moved, find_twin
from archiver.urls import identity, is_twin_form

Cause = Literal["first", "publisher", "parser", "unclear"]

# Built once: the archive executes them for every article.
ARTICLES, VERSIONS, ALIASES, LINKS, PAGES = (
    t.table_of(row) for row in (t.ArticleRow, t.ArticleVersion, t.Alias, t.LinkRow, t.ArticlePage)
)
ARTICLE_OF_KEY = func.coalesce(
    select(ARTICLES.c.id).where(ARTICLES.c.url_key == bindparam("key")).scalar_subquery(),
    select(ALIASES.c.article_id).where(ALIASES.c.url_key == bindparam("key")).scalar_subquery(),
)
FIND = (
    select(*(ARTICLES.c[each.name] for each in fields(Known)))
    .where(ARTICLES.c.id == ARTICLE_OF_KEY)
    .execution_options(**BESIDE)
)
KNOWN_KEYS = (
    select(ARTICLES.c.url_key)
    .where(ARTICLES.c.url_key.in_(bindparam("keys", expanding=True)))
    .union_all(select(ALIASES.c.url_key).where(ALIASES.c.url_key.in_(bindparam("keys", expanding=True))))
)
ADD_ARTICLE = insert(ARTICLES)
ADD_VERSION = insert(VERSIONS)
MOST_OTHERS = 5  # addresses of one article that are asked for when its own is gone
MOST_FOUND = 20_000  # addresses whose articles are remembered
ADD_PAGES = insert(PAGES)
ADD_VERSION_PAGES = insert(t.table_of(t.VersionPage))
TOUCH = (
    update(ARTICLES)
    .where(ARTICLES.c.id == bindparam("row"))
    .values(fetched_at=bindparam("seen_at"), parser=bindparam("read_by"))
)
COPY_TEXTS = t.table_of(t.CopyText)
MARK_CHANGED = update(COPY_TEXTS).where(COPY_TEXTS.c.article_id == bindparam("id")).values(stale=1)
"""A new version is compared with the other articles again."""
ADD_LINKS = insert(LINKS).values(target_article_id=ARTICLE_OF_KEY)
RESOLVE_LINKS = (
    update(LINKS).where(LINKS.c.url_key == bindparam("key")).values(target_article_id=bindparam("target"))
)
PARTS = {
    row: (
        insert(t.table_of(row)),
        delete(t.table_of(row)).where(t.table_of(row).c.article_id == bindparam("id")),
    )
    for row in (t.ProvenanceRow, t.WarningRow, t.ImageRow, t.BreadcrumbRow, t.LinkRow, t.TagRow, t.AuthorRow)
}
IS_THERE = {"removed_at": None, "removed_how": None}
ITEM_COLUMNS = (
    "url", "canonical_url", "site", "title", "subtitle", "description", "language", "published_at",
    "published_precision", "modified_at", "section", "agency", "body", "blocks", "parser",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing an article came to."""

    article_id: int
    outcome: Outcome
    item: dict[str, Any]  # as `Article.to_dict` gives it


@dataclass(frozen=True, slots=True)
class State:
    """An article as it is to be written."""

    article: Article
    item: dict[str, Any]
    text: str  # the item as JSON, but for `parser`
    content_digest: str
    item_digest: str

    @classmethod
    def of(cls, article: Article) -> "State":
        item = article.to_dict()
        text = text_of(item)
        return cls(article, item, text, content_digest(item), _sha256(text))


def text_of(item: Mapping[str, Any]) -> str:
    """An item as the JSON that a version keeps and its digest is of, whoever read it.

    A field that is added to `Article` changes the digest of every row: a migration must write those anew, or `verify`
    takes them for altered.
    """
    read = {name: item[name] for name in Article.__dataclass_fields__ if name != "parser"}
    return json.dumps(read, ensure_ascii=False)


def content_digest(item: Mapping[str, Any]) -> str:
    """Of what makes a version where it changes: title, body, captions, day."""
    captions = [image["caption"] for image in item["images"]]
    return _sha256(
        json.dumps([item["title"], item["body"], captions, item["published_at"]], ensure_ascii=False)
    )


def item_digest(item: Mapping[str, Any]) -> str:
    """Of everything that was read of an article."""
    return _sha256(text_of(item))


class ArticleStore:
    """Article rows over a batch whose transactions the caller ends."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._connection = batch.connection
        self._found: dict[str, Known | None] = {}  # by identity, written or not; None: there is none
        self._unwritten: set[str] = set()  # addresses and titles of articles that are gathered
        self._as_of = batch.written
        self._fulltext = FullText(batch.connection)

    def twin_of(self, article: Article) -> Twin | None:
        """The archived article this page is another form of: see archiver/store/twins.py."""
        own, shown = identity(article.url), canonical_key(article)
        if not self._gathered().isdisjoint((own, shown, article.title)):
            self._batch.write()  # it may be a twin of one of those
        twin = find_twin(self._connection, article, self._find)
        if (known := self._found.get(own)) is not None and known.url_key != own:
            del self._found[own]  # an alias that led astray is gone
        return twin

    def follow_move(self, article: Article, came_from: Iterable[str]) -> bool:
        """Whether an archived article has moved here from an address that redirected; this one is its own now."""
        moved = find_moved(self._connection, article, came_from, self._find)
        if moved is not None:
            self.add_alias(article.url, moved, "redirect")
        return moved is not None

    def store(
        self,
        article: Article,
        *,
        site_id: int,
        snapshot_id: int,
        fetched_at: str,
        cause: Literal["publisher", "parser", "unclear"] = "publisher",
        pages: tuple[int, ...] = (),
        anew: bool = False,
    ) -> Stored:
        """Adds the article, or a new version of it, or (where it says the same) takes over what is around it.

        `pages` are the snapshots of its further pages, where it stands over several. With `anew` the rows are written
        though they should say the same: somebody has altered them.
        """
        key, state = (
            identity(article.url),
            State.of(article),
        )  # what cannot be stored fails here, before any row
        row = self._find(key)
        if row is None:
            article_id = self._batch.new_id(ARTICLES)
            self._batch.add(
                ADD_ARTICLE,
                _columns(state)
                | {"id": article_id, "site_id": site_id, "url_key": key, "version": 1}
                | {"snapshot_id": snapshot_id, "first_fetched_at": fetched_at, "fetched_at": fetched_at},
            )
            self._found[key] = Known(
                article_id, article.url, key, article.site, None, 1, state.content_digest, state.item_digest
            )
            self._gathered().update((key, canonical_key(article), article.title or ""))
            self._batch.add(NOTE_NEW, {"article_id": article_id})
            self._add_version(article_id, 1, "first", state, (snapshot_id, *pages))
            self._write_parts(article_id, state, is_new=True)
            if pages:
                self._write_pages(article_id, pages)
            self._batch.add(RESOLVE_LINKS, {"key": key, "target": article_id})
            return Stored(article_id, Outcome.ARTICLE, state.item)
        if row.item_digest == state.item_digest and cause == "publisher" and row.removed_at is None:
            self._batch.add(TOUCH, {"row": row.id, "seen_at": fetched_at, "read_by": article.parser})
            return Stored(row.id, Outcome.ARTICLE_UNCHANGED, state.item)
        values: dict[str, Any] = {"parser": article.parser}
        if cause != "parser":
            values |= {"fetched_at": fetched_at, **IS_THERE}
        if anew or row.item_digest != state.item_digest:
            self._fulltext.forget(row.id)
            self._fulltext.note(row.id)
            values |= _columns(state) | {"snapshot_id": snapshot_id}
            self._write_parts(row.id, state)
            self._write_pages(row.id, pages)
        changed = row.content_digest != state.content_digest
        if changed:
            values["version"] = row.version + 1
            self._add_version(row.id, row.version + 1, cause, state, (snapshot_id, *pages))
            self._connection.execute(MARK_CHANGED, {"id": row.id})
        self._connection.execute(update(ARTICLES).where(ARTICLES.c.id == row.id).values(values))
        self._found.clear()
        return Stored(row.id, Outcome.ARTICLE_CHANGED if changed else Outcome.ARTICLE_UNCHANGED, state.item)

    def add_alias(self, url: str, article_id: int, reason: Reason) -> None:
        """Another address that leads to the article; links to it resolve from now on."""
        key = identity(url)
        if self.id_of(key) is None:
            self._connection.execute(
                insert(ALIASES), {"url_key": key, "article_id": article_id, "url": url, "reason": reason}
            )
            self._connection.execute(RESOLVE_LINKS, {"key": key, "target": article_id})
            self._found.clear()

    def look_up(self, url_keys: list[str]) -> None:
        """Finds out at once which of the addresses the archive has, before they are asked for one by one."""
        keys = [key for key in url_keys if key not in self._found]
        known = set(self._connection.scalars(KNOWN_KEYS, {"keys": keys}))
        self._found.update((key, None) for key in keys if key not in known)

    def forget(self) -> None:
        """What was written has been rolled back."""
        self._found.clear()

    def note_there(self, url_key: str, fetched_at: str) -> None:
        """What stood at the article's address stands there still: the article, but where a notice had taken its
        place.
        """
        known = self._living_at(url_key)
        if known is not None and known.removed_how != "soft_404":
            self._change(known.id, {"fetched_at": fetched_at, **IS_THERE})

    def note_removed(self, url_key: str, moment: str, how: str) -> list[str]:
        """The article's address leads nowhere since that moment (UTC text), or since an earlier one. Gives the other
        addresses at which it was found, print and mobile forms aside.
        """
        known = self._living_at(url_key)
        if known is None:
            return []
        if known.removed_at is None:
            self._change(known.id, {"removed_at": moment, "removed_how": how})
        others = select(ALIASES.c.url).where(ALIASES.c.article_id == known.id).limit(MOST_OTHERS)
        found = self._connection.scalars(others)
        return [url for url in found if identity(url) != url_key and not is_twin_form(url)]

    def _change(self, article_id: int, values: dict[str, Any]) -> None:
        self._connection.execute(update(ARTICLES).where(ARTICLES.c.id == article_id).values(values))
        self._found.clear()

    def _living_at(self, url_key: str) -> Known | None:
        """The article that was last read from this very address: one that moved lives at the newer one."""
        known = self._find(url_key)
        return known if known is not None and identity(known.url) == url_key else None

    def lives_at(self, url_key: str) -> bool:
        """Whether an article was last read from this very address."""
        return self._living_at(url_key) is not None

    def pages_of(self, url_key: str) -> int:
        """How many further pages the article of this very address was read from, where it stands over several."""
        known = self._living_at(url_key)
        if known is None:
            return 0
        return self._connection.scalar(select(func.count()).where(PAGES.c.article_id == known.id)) or 0

    def changed_by(self, article: Article) -> int | None:
        """The archived article of this very address, where this reading of it says something else."""
        row = self._find(identity(article.url))
        return row.id if row and row.content_digest != State.of(article).content_digest else None

    def id_of(self, url_key: str) -> int | None:
        """The article of an address, by its own identity or an alias."""
        found = self._find(url_key)
        return None if found is None else found.id

    def _gathered(self) -> set[str]:
        if self._as_of != self._batch.written:
            self._unwritten.clear()
            self._as_of = self._batch.written
        return self._unwritten

    def _find(self, url_key: str) -> Known | None:
        if url_key not in self._found:
            if len(self._found) >= MOST_FOUND:
                self._batch.write()
                self._found.clear()
            row = self._connection.execute(FIND, {"key": url_key}).first()
            self._found[url_key] = None if row is None else Known(*row)
        return self._found[url_key]

    def _add_version(
        self, article_id: int, number: int, cause: Cause, state: State, snapshots: tuple[int, ...]
    ) -> None:
        """`snapshots` are the page it was read from, and its further pages."""
        self._batch.add(
            ADD_VERSION,
            {
                "article_id": article_id,
                "number": number,
                "cause": cause,
                "created_at": now_text(),
                "snapshot_id": snapshots[0],
                "parser": state.article.parser,
                "content_digest": state.content_digest,
                "item": state.text,
            },
        )
        if further := snapshots[1:]:
            of = {"article_id": article_id, "number": number}
            rows = [{**of, "position": place, "snapshot_id": page} for place, page in enumerate(further)]
            self._batch.add_all(ADD_VERSION_PAGES, rows)

    def _write_pages(self, article_id: int, pages: tuple[int, ...]) -> None:
        self._connection.execute(delete(PAGES).where(PAGES.c.article_id == article_id))
        if pages:
            rows = [
                {"article_id": article_id, "position": n, "snapshot_id": page} for n, page in enumerate(pages)
            ]
            self._batch.add_all(ADD_PAGES, rows)

    def _write_parts(self, article_id: int, state: State, *, is_new: bool = False) -> None:
        for table, rows in _parts(state.article).items():
            add, remove = PARTS[table]
            if not is_new:
                self._connection.execute(remove, {"id": article_id})
            if rows:
                self._batch.add_all(
                    ADD_LINKS if table is t.LinkRow else add,
                    [{"article_id": article_id, **row} for row in rows],
                )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _columns(state: State) -> dict[str, Any]:
    item = state.item
    shown = item["displayed_date"] or {"text": None, "value": None, "role": None}
    columns = {name: item[name] for name in ITEM_COLUMNS}
    columns |= {f"displayed_date_{name}": shown[name] for name in ("text", "value", "role")}
    return columns | {"content_digest": state.content_digest, "item_digest": state.item_digest}


def _parts(article: Article) -> dict[type[Any], list[dict[str, Any]]]:
    """The rows of every table that belongs to an article."""
    return {
        t.ProvenanceRow: [
            {"field": name, "source": p.source, "locator": p.locator, "raw": p.raw[:500]}
            for name, p in article.provenance.items()
        ],
        t.WarningRow: _numbered({"code": w.code, "detail": w.detail} for w in article.warnings),
        t.ImageRow: _numbered(
            {"url": i.url, "caption": i.caption, "credit": i.credit, "alt": i.alt, "role": i.role}
            for i in article.images
        ),
        t.BreadcrumbRow: _numbered({"name": c.name, "url": c.url} for c in article.breadcrumbs),
        t.LinkRow: _numbered(
            {
                "title": link.title,
                "url": link.url,
                "url_key": (key := _key_or_url(link.url)),
                "key": key,
                "excerpt": link.excerpt,
                "kind": link.kind,
            }
            for link in article.see_also
        ),
        t.TagRow: _numbered({"name": name} for name in article.tags),
        t.AuthorRow: _numbered({"name": name} for name in article.authors),
    }


def _numbered(rows: Any) -> list[dict[str, Any]]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _key_or_url(url: str) -> str:
    try:
        return identity(url)
    except AddressError:
        return url
