"""What a crawl fetched and what came of it, as rows: a snapshot for every response, a fetch for every try."""

from collections import Counter

from sqlalchemy import func, insert, select

from archiver.clock import as_text, now_text
from archiver.outcomes import Outcome
from archiver.progress import SiteCrawl, SnapshotRef
from archiver.store.archive import Archive
from archiver.store.frontier import FRONTIER
from archiver.store.frontier_conditions import FAILING
from archiver.store.snapshots import Earlier, Exchange, payload_digest
from archiver.store.tables import Fetch, Snapshot, table_of

FETCHES, SNAPSHOTS = table_of(Fetch), table_of(Snapshot)
ADD_FETCH, ADD_SNAPSHOT = insert(FETCHES), insert(SNAPSHOTS)


class Ledger:
    """The two tables as one run adds to them, in the archive's open transaction."""

    def __init__(self, archive: Archive, run_id: int) -> None:
        self._archive = archive
        self._run_id = run_id

    def keep(self, exchange: Exchange, *, seen: bool) -> SnapshotRef:
        """Writes the exchange to the WARC file and notes where it went.

        `seen` says whether the address was fetched before, and the payload may be an earlier one's.
        """
        url_key = exchange.hints["url_key"]
        earlier = self._earlier(exchange, url_key) if seen or self._archive.mended else None
        kept = self._archive.snapshots.write(exchange, earlier)
        fetched_at = as_text(exchange.fetched_at)
        content_type = next((v for k, v in exchange.response_headers if k.lower() == "content-type"), None)
        snapshot_id = self._archive.batch.new_id(SNAPSHOTS)
        self._archive.batch.add(
            ADD_SNAPSHOT,
            {
                "id": snapshot_id,
                "url": exchange.url,
                "url_key": url_key,
                "fetched_at": fetched_at,
                "status": exchange.status,
                "content_type": content_type,
                "record_type": kept.record_type,
                "warc_file": kept.warc_file,
                "warc_offset": kept.warc_offset,
                "warc_length": kept.warc_length,
                "end_offset": kept.end_offset,
                "payload_digest": kept.payload_digest,
                "payload_of": kept.payload_of,
            },
        )
        return SnapshotRef(snapshot_id, fetched_at)

    def note(
        self,
        site: SiteCrawl,
        url: str,
        url_key: str,
        outcome: Outcome,
        *,
        detail: str | None = None,
        status: int | None = None,
        size: int | None = None,
        latency: float | None = None,
        snapshot: SnapshotRef | None = None,
        article_id: int | None = None,
    ) -> None:
        """A row in `fetches`: one try, one named outcome."""
        site.outcomes[outcome] += 1
        site.bytes += size or 0
        site.new_articles += _is_new(outcome, article_id)
        self._archive.batch.add(
            ADD_FETCH,
            {
                "id": self._archive.batch.new_id(FETCHES),
                "run_id": self._run_id,
                "site_id": site.id,
                "url": url,
                "url_key": url_key,
                "fetched_at": snapshot.fetched_at if snapshot else now_text(),
                "outcome": outcome,
                "detail": detail,
                "status": status,
                "size": size,
                "latency": latency,
                "snapshot_id": snapshot.id if snapshot else None,
                "article_id": article_id,
            },
        )

    def recount(self, site: SiteCrawl) -> None:
        """Counts the run's tries at a site anew from the database, after a transaction of theirs was rolled back."""
        of_run = (FETCHES.c.run_id == self._run_id, FETCHES.c.site_id == site.id)
        rows = self._archive.connection.execute(
            select(FETCHES.c.outcome, FETCHES.c.status, FETCHES.c.size, FETCHES.c.article_id).where(*of_run)
        ).all()
        site.outcomes = Counter(row.outcome for row in rows)
        site.bytes = sum(row.size or 0 for row in rows)
        site.new_articles = sum(_is_new(row.outcome, row.article_id) for row in rows)
        site.skipped = sum(row.outcome == Outcome.OUT_OF_RANGE and row.status is None for row in rows)
        failed = (FRONTIER.c.state == "done", FRONTIER.c.outcome.in_(FAILING))
        tried = FRONTIER.c.url_key.in_(select(FETCHES.c.url_key).where(*of_run))
        lost = select(func.count()).select_from(FRONTIER).where(FRONTIER.c.site_id == site.id, *failed, tried)
        site.lost = self._archive.connection.scalar(lost) or 0

    def _earlier(self, exchange: Exchange, url_key: str) -> Earlier | None:
        """The snapshot of the same address with the same payload, if there is one."""
        condition = Snapshot.payload_digest == payload_digest(exchange.body)
        if exchange.status == 304:
            condition = Snapshot.status == 200
        row = self._archive.connection.execute(
            select(Snapshot.id, Snapshot.url, Snapshot.fetched_at, Snapshot.payload_digest)
            .where(Snapshot.url_key == url_key, Snapshot.record_type == "response", condition)
            .order_by(Snapshot.id.desc())
            .limit(1)
        ).first()
        return Earlier(*row) if row and (exchange.body or exchange.status == 304) else None


def _is_new(outcome: str, article_id: int | None) -> bool:
    return outcome == Outcome.ARTICLE or (outcome == Outcome.PAYWALLED and article_id is not None)
