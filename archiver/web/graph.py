"""Who links to whom, and who copied whom: see-also and copy relations as a graph, and as a table."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection, Select, or_, select

from archiver.store import tables as t
from archiver.web.room import Reading, render
from archiver.web.shelf import MOST_ROWS

router = APIRouter()

MOST = 300  # relations drawn; more is a hairball
NEWEST = 5_000  # articles of a site whose relations are looked for


@dataclass(frozen=True, slots=True)
class Relation:
    """One article pointing to another: `kind` is a link's kind, or copy."""

    source: int
    target: int
    kind: str


@router.get("/graph")
def graph(
    request: Request,
    archive: Reading,
    article: Annotated[int | None, Query(ge=1, le=MOST_ROWS)] = None,
    site: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    connection = archive.connection
    relations = [*copies(connection, article, site), *links(connection, article, site)]
    names = _articles(connection, {each for r in relations for each in (r.source, r.target)})
    relations = [each for each in relations if each.source in names and each.target in names]
    return render(
        request,
        "graph.html",
        article=article,
        site=site,
        relations=relations,
        names=names,
        most=MOST,
        sites=connection.scalars(select(t.Site.name).order_by(t.Site.name)).all(),
        plot={
            "kind": "graph",
            "nodes": [
                {
                    "id": str(each),
                    "name": row["title"] or row["url"],
                    "site": row["site"],
                    "link": f"/article/{each}",
                }
                for each, row in names.items()
            ],
            "edges": [
                {"source": str(each.source), "target": str(each.target), "kind": each.kind}
                for each in relations
            ],
            "centre": str(article) if article else None,
        },
    )


def links(connection: Connection, article: int | None, site: str) -> list[Relation]:
    """See-also links between archived articles, newest first: around one article, within and from a site, or all."""
    link = t.LinkRow
    chosen = (
        select(link.article_id, link.target_article_id, link.kind)
        .where(link.target_article_id.is_not(None), link.target_article_id != link.article_id)
        .order_by(link.article_id.desc(), link.position)
        .limit(MOST)
    )
    if article is not None:
        chosen = chosen.where(or_(link.article_id == article, link.target_article_id == article))
    elif site:
        chosen = chosen.where(link.article_id.in_(_newest(site)))
    seen: dict[tuple[int, int], Relation] = {}
    for source, target, kind in connection.execute(chosen):
        assert target is not None  # for the type checker: the query leaves them out
        seen.setdefault((source, target), Relation(source, target, kind))
    return list(seen.values())


def copies(connection: Connection, article: int | None, site: str) -> list[Relation]:
    """Articles that share text, from the later to the earlier archived; chosen as for `links`."""
    copy = t.CopyLink
    chosen = (
        select(copy.article_id, copy.other_id).order_by(copy.article_id.desc(), copy.other_id).limit(MOST)
    )
    if article is not None:
        chosen = chosen.where(or_(copy.article_id == article, copy.other_id == article))
    elif site:
        chosen = chosen.where(copy.article_id.in_(_newest(site)))
    return [Relation(source, target, "copy") for source, target in connection.execute(chosen)]


def _newest(site: str) -> Select[int]:
    """The site's newest articles: a site with few relations would have those of all others read through."""
    a = t.ArticleRow
    return select(a.id).where(a.site == site).order_by(a.id.desc()).limit(NEWEST)


def _articles(connection: Connection, ids: set[int]) -> dict[int, Any]:
    a = t.ArticleRow
    rows = connection.execute(select(a.id, a.title, a.url, a.site).where(a.id.in_(ids))).mappings()
    return {row["id"]: row for row in rows}
