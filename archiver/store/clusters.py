"""Clusters of copies: a text with its copies, and the articles that hold it as a passage.

Two articles of which each has half of the other's text or more are of one cluster, and so is whoever
is linked to either. An article that holds another whole, and much else, hangs on that one's cluster
as a passage and joins nothing: a round-up of ten stories does not make one story of them. So the
clusters are the same in whatever order the articles came.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from archiver.store.tables import CopyLink, CopyMember, table_of

RELABEL = 1_000  # members that a merge rewrites at the most: what a new article may cost stays bounded
REGROUP = 200  # texts of a cluster that is taken apart when one of them has changed
CHUNK = 500  # values of one IN

MEMBERS, LINKS = table_of(CopyMember), table_of(CopyLink)
OF_CLUSTER = MEMBERS.c.cluster_id == bindparam("cluster")
NEWEST = select(func.coalesce(func.max(MEMBERS.c.cluster_id), 0))
ADD = insert(MEMBERS)
HOMES = select(MEMBERS.c.article_id, MEMBERS.c.cluster_id).where(
    MEMBERS.c.part == "text", MEMBERS.c.article_id.in_(bindparam("ids", expanding=True))
)
PART_OF = select(MEMBERS.c.part).where(OF_CLUSTER, MEMBERS.c.article_id == bindparam("article"))
SIZE = select(func.count()).select_from(
    select(MEMBERS.c.article_id).where(OF_CLUSTER).limit(RELABEL + 1).subquery()
)


class Clusters:
    """The rows of `copy_members`, over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.unmerged = 0  # pairs of clusters that belong together and are too large to be made one

    def join(self, article_id: int, copies: list[int]) -> None:
        """The article and its copies are of one cluster: a new one, theirs, or theirs made one."""
        ids = [article_id, *copies]
        homes = self._homes(ids)
        cluster = self._merged(sorted(set(homes.values()))) if homes else self._new_id()
        for each in ids:
            if each not in homes:
                self._add(cluster, each, "text")

    def hang_on(self, text_id: int, holder_id: int) -> None:
        """The holder has the text as a passage."""
        cluster = self._homes([text_id]).get(text_id)
        if cluster is None:
            cluster = self._new_id()
            self._add(cluster, text_id, "text")
        if self._part(cluster, holder_id) is None:
            self._add(cluster, holder_id, "passage")

    def leave(self, article_id: int) -> None:
        """Takes the article and its links out; what it alone held together falls apart."""
        rows = self._connection.execute(
            select(MEMBERS.c.cluster_id, MEMBERS.c.part).where(MEMBERS.c.article_id == article_id)
        ).all()
        self._connection.execute(delete(MEMBERS).where(MEMBERS.c.article_id == article_id))
        self._connection.execute(
            delete(LINKS).where(or_(LINKS.c.article_id == article_id, LINKS.c.other_id == article_id))
        )
        for cluster, part in rows:
            if part == "text":
                self._regroup(cluster)
            elif self._size(cluster) == 1:
                self._dissolve(cluster)

    def _regroup(self, cluster: int) -> None:
        """The cluster made anew from the links of its texts; a very large one stays as it is."""
        texts = self._connection.scalars(
            select(MEMBERS.c.article_id)
            .where(MEMBERS.c.cluster_id == cluster, MEMBERS.c.part == "text")
            .limit(REGROUP + 1)
        ).all()
        if len(texts) > REGROUP:
            return
        links = self._connection.execute(
            select(LINKS)
            .where(or_(LINKS.c.article_id.in_(texts), LINKS.c.other_id.in_(texts)))
            .order_by(LINKS.c.article_id, LINKS.c.other_id)
        ).all()
        self._dissolve(cluster)
        self.place(links)

    def place(self, links: Iterable[Any]) -> None:
        """Puts the two ends of every link (a row of `copy_links`) where they belong."""
        copies: dict[int, list[int]] = {}
        passages = []
        for link in links:
            if link.kind == "passage":
                ends = (link.article_id, link.other_id)
                passages.append(ends if link.share >= link.share_of_other else ends[::-1])
            else:
                copies.setdefault(link.article_id, []).append(link.other_id)
        for article_id, others in copies.items():
            self.join(article_id, others)
        for text_id, holder_id in passages:
            self.hang_on(text_id, holder_id)

    def _merged(self, clusters: list[int]) -> int:
        """One cluster of several: the smaller is rewritten, unless both are too large for that."""
        sizes = {cluster: self._size(cluster) for cluster in clusters}
        keep = max(clusters, key=lambda cluster: (sizes[cluster], -cluster))
        for other in clusters:
            if other == keep:
                continue
            if sizes[other] > RELABEL:
                self.unmerged += 1
                continue
            moved = self._connection.execute(
                select(MEMBERS.c.article_id, MEMBERS.c.part).where(OF_CLUSTER), {"cluster": other}
            ).all()
            self._dissolve(other)
            for article_id, part in moved:
                if part == "text" or self._part(keep, article_id) is None:
                    self._add(keep, article_id, part)
        return keep

    def _add(self, cluster: int, article_id: int, part: str) -> None:
        if part == "text" and self._part(cluster, article_id) is not None:
            self._connection.execute(
                update(MEMBERS)
                .where(MEMBERS.c.cluster_id == cluster, MEMBERS.c.article_id == article_id)
                .values(part=part)
            )
        else:
            self._connection.execute(ADD, {"cluster_id": cluster, "article_id": article_id, "part": part})

    def _homes(self, ids: list[int]) -> dict[int, int]:
        return {row.article_id: row.cluster_id for row in self._connection.execute(HOMES, {"ids": ids})}

    def _part(self, cluster: int, article_id: int) -> str | None:
        part: str | None = self._connection.scalar(PART_OF, {"cluster": cluster, "article": article_id})
        return part

    def _size(self, cluster: int) -> int:
        return self._connection.scalar(SIZE, {"cluster": cluster}) or 0

    def _dissolve(self, cluster: int) -> None:
        self._connection.execute(delete(MEMBERS).where(MEMBERS.c.cluster_id == cluster))

    def _new_id(self) -> int:
        return (self._connection.scalar(NEWEST) or 0) + 1
