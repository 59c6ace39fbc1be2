"""What is left of an item where no text of the publisher's may go along: metadata and addresses.

Headlines, names, dates, sections, tags, addresses stay; everything a reader would read instead of the article
goes, also where it hides: in the evidence of a field and the particulars of a warning.
"""

from typing import Any

from archiver.store.reading import NO_TEXTS, NO_TEXTS_OF_PARTS

TEXTS = tuple(NO_TEXTS)
"""Fields that are text as a whole."""

TEXTS_OF_PARTS = {field: tuple(names) for field, names in NO_TEXTS_OF_PARTS.items()}
"""Fields of many, and what of each is text."""


def without_text(item: dict[str, Any]) -> dict[str, Any]:
    """The item without its texts; their keys are not there at all, for null would say that there was none."""
    kept = {name: value for name, value in item.items() if name not in TEXTS}
    for field, names in TEXTS_OF_PARTS.items():
        kept[field] = [{key: part[key] for key in part if key not in names} for part in item[field]]
    kept["provenance"] = {
        field: {name: value for name, value in origin.items() if name != "raw"}
        for field, origin in item["provenance"].items()
        if field not in TEXTS
    }
    return kept
