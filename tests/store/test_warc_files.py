"""Snapshots in WARC files: what reads back, rotates, is torn, damaged, or has no room."""

import resource
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.errors import SnapshotError
from archiver.store.snapshots import Damage, Earlier, Record, SnapshotStore
from tests.store.rows import MOMENT, PAGE, exchange


def test_an_exchange_reads_back_as_it_came_over_the_wire(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1", operator="me@example.org")
    kept = snapshots.write(exchange())
    snapshots.close()
    record = snapshots.read(kept.warc_file, kept.warc_offset)
    assert (record.wire, record.status, record.fetched_at, record.hints) == (
        PAGE,
        200,
        MOMENT,
        {"anchor": "خبر"},
    )
    assert (record.length, record.end_offset, record.payload_digest) == (
        kept.warc_length,
        kept.end_offset,
        kept.payload_digest,
    )
    with (tmp_path / kept.warc_file).open("rb") as stream:
        records = [
            (each.rec_type, each.rec_headers.get_header("WARC-Concurrent-To"))
            for each in ArchiveIterator(stream)
        ]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "metadata"]
    assert records[2][1] == records[3][1] is not None
    with pytest.raises(SnapshotError, match=kept.warc_file):
        snapshots.read(kept.warc_file, kept.end_offset + 10)
    with pytest.raises(SnapshotError, match="nosuch"):
        snapshots.read("nosuch.warc.gz", 0)


def test_an_unchanged_payload_is_a_revisit(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    first = snapshots.write(exchange())
    second = snapshots.write(
        exchange(),
        Earlier(7, "https://example.ly/%D8%AE%D8%A8%D8%B1", MOMENT.isoformat(), first.payload_digest),
    )
    snapshots.close()
    assert (second.record_type, second.payload_of, second.payload_digest) == (
        "revisit",
        7,
        first.payload_digest,
    )
    assert snapshots.read(second.warc_file, second.warc_offset).wire == b""


def test_warc_files_rotate_by_size_and_are_appended_to(tmp_path: Path) -> None:
    for _ in range(2):
        snapshots = SnapshotStore(tmp_path, software="Warraq/1", max_size=3_000)
        for number in range(6):
            snapshots.write(exchange(body=PAGE + bytes(str(number), "ascii")))
        snapshots.close()
    files = snapshots.files()
    assert len(files) > 2
    assert sum(len(list(snapshots.read_all(name))) for name in files) == 12


@pytest.mark.parametrize("cut", [1, 100, 400, 700, 900])
def test_a_torn_tail_is_cut_back_to_the_last_whole_exchange(tmp_path: Path, cut: int) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = [snapshots.write(exchange(body=PAGE + bytes(str(n), "ascii"))) for n in range(3)]
    snapshots.close()
    path = tmp_path / kept[0].warc_file
    path.write_bytes(path.read_bytes()[:-cut])
    found, lost = snapshots.mend(path.name, kept[0].end_offset)
    assert [record.offset for record in found] == [kept[1].warc_offset]
    assert lost == kept[2].end_offset - kept[2].warc_offset - cut
    assert path.stat().st_size == kept[1].end_offset


def test_a_flipped_byte_costs_no_exchange_but_its_own(tmp_path: Path) -> None:
    """Wherever it stands; what a gzip header says of time and system is read by nobody."""
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = [snapshots.write(exchange(body=PAGE + bytes(str(n), "ascii"))) for n in range(4)]
    snapshots.close()
    path = tmp_path / kept[0].warc_file
    whole = path.read_bytes()
    harmless = 0
    for at in range(kept[0].end_offset, kept[2].end_offset, 3):
        hit = 1 if at < kept[1].end_offset else 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = list(snapshots.read_all(path.name))
        records = [each for each in found if isinstance(each, Record)]
        damage = [(each.offset, each.end) for each in found if isinstance(each, Damage)]
        if not damage:
            harmless += 1
            assert [each.wire for each in records][hit] == PAGE + bytes(str(hit), "ascii")
            continue
        assert damage == [(kept[hit].warc_offset, kept[hit].end_offset)]
        assert [each.offset for each in records] == [kept[n].warc_offset for n in range(4) if n != hit]
    assert harmless < 20
    assert snapshots.mend(path.name, 0)[1] == 0, "behind damage nothing whole is cut off"
    assert path.stat().st_size == len(whole)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path, software="Warraq/1")
    kept = snapshots.write(exchange())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kept.end_offset + 500, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            snapshots.write(exchange(body=b"".join(bytes(str(n * n), "ascii") for n in range(9_000))))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [record.offset for record in snapshots.read_all(kept.warc_file)] == [kept.warc_offset]
