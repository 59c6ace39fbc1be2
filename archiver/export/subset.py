"""A smaller `archive.db`, which opens alone: the same tables, of the articles that were asked for.

Made as any archive is, in a folder of its own, and searchable. The pages themselves stay behind: rows of
`snapshots` say where they are in the whole archive, and their digests.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text, union

from archiver.errors import InputError
from archiver.export.source import Source
from archiver.export.textless import TEXTS, TEXTS_OF_PARTS, without_text
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.database import DATABASE, EXPORTED, VARIABLE, Database

BELONGING = tuple(
    t.table_of(each)
    for each in (
        t.ArticleVersion, t.Alias, t.ArticlePage, t.VersionPage, t.ProvenanceRow, t.WarningRow, t.ImageRow,
        t.BreadcrumbRow, t.LinkRow, t.TagRow, t.AuthorRow, t.CopyLink, t.CopyMember,
    )
)  # fmt: skip
"""What goes along with an article; what a crawl needs to go on (frontier, fetches, runs) does not."""

TEXT_COLUMNS = {"warnings": "warnings", "images": "images", "links": "see_also"}
"""Tables with texts, and the item's field they are."""

ELSEWHERE = (
    "UPDATE links SET target_article_id = NULL WHERE target_article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM copy_links WHERE other_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM copy_members WHERE cluster_id IN "
    "(SELECT cluster_id FROM copy_members GROUP BY cluster_id HAVING count(*) = 1)",
)
"""What pointed at an article that was not asked for."""

SEARCHABLE = "INSERT INTO search_pending SELECT id FROM articles"


def write(source: Source, target: Path) -> None:
    """Makes the database `target`. Raises `InputError` where archives are kept in PostgreSQL."""
    folder = target.with_name(target.name + ".making")
    shutil.rmtree(folder, ignore_errors=True)
    if Database.of(folder).file is None:
        raise InputError(f"sqlite: archives are in PostgreSQL here ({VARIABLE}): take jsonl or parquet")
    try:
        made = Archive.create_or_open(folder)
        try:
            _fill(source, made)
        finally:
            made.close()
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, to be read where nothing can be written
            database.execute(f"PRAGMA user_version = {EXPORTED}")
        (folder / DATABASE).replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(source: Source, made: Archive) -> None:
    new, old = made.connection, source.archive.connection
    new.execute(text("PRAGMA defer_foreign_keys = ON"))
    for site in old.execute(select(t.table_of(t.Site))).mappings():
        new.execute(insert(t.Site), dict(site))
    for ids in source.ids():
        source.read(ids)  # counts them
        _copy(old, new, t.table_of(t.ArticleRow), t.ArticleRow.id.in_(ids), source.with_text)
        for table in BELONGING:
            _copy(old, new, table, table.c.article_id.in_(ids), source.with_text)
        _copy_snapshots(old, new, ids)
    for statement in (*ELSEWHERE, SEARCHABLE):
        new.execute(text(statement))
    new.execute(text("DELETE FROM sites WHERE id NOT IN (SELECT site_id FROM articles)"))
    made.commit()
    while made.fulltext.pending():
        made.commit()
    new.execute(text("PRAGMA optimize"))
    made.commit()


def _copy(old: Connection, new: Connection, table: Table, wanted: Any, with_text: bool) -> None:
    rows = [dict(row) for row in old.execute(select(table).where(wanted)).mappings()]
    if not with_text:
        for row in rows:
            _strip(table.name, row)
    if rows:
        new.execute(insert(table), rows)


def _copy_snapshots(old: Connection, new: Connection, ids: list[int]) -> None:
    """The pages that the articles' versions were read from, and those whose payload these share."""
    s, a = t.Snapshot, t.ArticleRow
    parts = (t.ArticleVersion, t.ArticlePage, t.VersionPage)
    wanted = set(
        old.scalars(
            union(
                select(a.snapshot_id).where(a.id.in_(ids)),
                *(select(each.snapshot_id).where(each.article_id.in_(ids)) for each in parts),
            )
        )
    )
    while wanted := wanted - set(new.scalars(select(s.id).where(s.id.in_(wanted)))):
        rows = [dict(row) for row in old.execute(select(t.table_of(s)).where(s.id.in_(wanted))).mappings()]
        new.execute(insert(t.table_of(s)), rows)
        wanted = {row["payload_of"] for row in rows} - {None}


def _strip(table: str, row: dict[str, Any]) -> None:
    """Takes the texts out of a row, where they may not go along."""
    if table == "articles":
        row.update(dict.fromkeys(TEXTS), blocks=[])
    elif table == "article_versions":
        bare = without_text(json.loads(row["item"]))
        row["item"] = json.dumps(bare, ensure_ascii=False)
    elif table == "provenance":
        row["raw"] = ""
    elif table in TEXT_COLUMNS:
        row.update(dict.fromkeys(TEXTS_OF_PARTS[TEXT_COLUMNS[table]]))
        if table == "warnings":
            row["detail"] = ""
