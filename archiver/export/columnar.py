"""Parquet: typed columns, in folders by site and month, as pandas, DuckDB and Spark read them.

Articles come newest first, so that a portion of them touches few folders; each portion writes one file a folder.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from archiver.errors import InputError
from archiver.export.jsonl import whole
from archiver.export.source import Entry, Source
from archiver.export.textless import TEXTS, TEXTS_OF_PARTS

try:
    import pyarrow as pa
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    raise InputError("parquet needs pyarrow: pip install 'warraq[parquet]'") from None

BATCH = 200  # articles that are Python's at a time: as columns they take a tenth of the memory
PORTION = 25  # batches in one file at most
UNDATED = "undated"

TEXT, MOMENT = pa.string(), pa.timestamp("us", tz="UTC")
PARTS = {
    "blocks": ("type", "text"),
    "breadcrumbs": ("name", "url"),
    "images": ("url", "caption", "credit", "alt", "role"),
    "see_also": ("title", "url", "excerpt", "kind"),
    "warnings": ("code", "detail"),
}
PARTITION = pa.schema([("site", TEXT), ("month", TEXT)])


def write(source: Source, target: Path) -> None:
    """Makes the folder `target`: site=example.ly/month=2023-05/part-0-0.parquet. Raises `OSError`."""
    target.mkdir()
    schema = schema_of(with_text=source.with_text)
    batches = _batches(_rows(source.entries()), schema)
    for number in count():
        portion = list(islice(batches, PORTION))
        if not portion:
            break
        ds.write_dataset(
            pa.Table.from_batches(portion, schema=schema).combine_chunks(),
            target,
            format="parquet",
            partitioning=ds.partitioning(PARTITION, flavor="hive"),
            basename_template=f"part-{number}-{{i}}.parquet",
            existing_data_behavior="overwrite_or_ignore",
            use_threads=False,
        )
    if not source.counts.articles:  # a reader still finds the columns
        pq.write_table(schema.empty_table(), target / "part-0-0.parquet")


def schema_of(*, with_text: bool) -> Any:
    """The columns; `published_at` and `modified_at` are text, for they are only as precise as is known."""
    columns: list[tuple[str, Any]] = [
        ("id", pa.int64()),
        ("version", pa.int32()),
        *((name, TEXT) for name in ("url", "canonical_url", "title", "subtitle", "description", "language")),
        ("published_at", TEXT),
        ("published_day", pa.date32()),
        ("published_precision", TEXT),
        ("modified_at", TEXT),
        ("displayed_date", pa.struct([("text", TEXT), ("value", TEXT), ("role", TEXT)])),
        ("section", TEXT),
        ("authors", pa.list_(TEXT)),
        ("agency", TEXT),
        ("tags", pa.list_(TEXT)),
        ("body", TEXT),
        *((field, _parts(field, with_text)) for field in PARTS),
        ("provenance", pa.map_(TEXT, pa.struct([(name, TEXT) for name in _evidence(with_text)]))),
        ("parser", TEXT),
        ("first_fetched_at", MOMENT),
        ("fetched_at", MOMENT),
        ("removed_at", MOMENT),
        ("removed_how", TEXT),
        ("payload_digest", TEXT),
        ("site", TEXT),
        ("month", TEXT),
    ]
    return pa.schema([(name, kind) for name, kind in columns if with_text or name not in TEXTS])


def _parts(field: str, with_text: bool) -> Any:
    dropped = () if with_text else TEXTS_OF_PARTS.get(field, ())
    return pa.list_(pa.struct([(name, TEXT) for name in PARTS[field] if name not in dropped]))


def _evidence(with_text: bool) -> tuple[str, ...]:
    return ("source", "locator", "raw") if with_text else ("source", "locator")


def _batches(rows: Iterator[dict[str, Any]], schema: Any) -> Iterator[Any]:
    while batch := list(islice(rows, BATCH)):
        yield pa.RecordBatch.from_pylist(batch, schema=schema)


def _rows(entries: Iterator[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        row, item = whole(entry), entry.item
        published, precision = item["published_at"], item["published_precision"]
        row["month"] = UNDATED if published is None else published[: 4 if precision == "year" else 7]
        known = published is not None and precision not in ("year", "month")
        row["published_day"] = date.fromisoformat(published[:10]) if known else None
        row["provenance"] = list(item["provenance"].items())
        for name in ("first_fetched_at", "fetched_at", "removed_at"):
            row[name] = datetime.fromisoformat(row[name]) if row[name] else None
        yield row
