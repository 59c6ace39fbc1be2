"""How one value is chosen out of many: one table of weights, and one function that reads it.

Dates are weighed by the clues that tell a day (published_clues.py); text, pictures and links are no choice of one.
A field gathers candidates (`Found`: value, raw text, source, locator) in the order it trusts them;
`choose` takes the heaviest, the first among equals, and turns every loser that says something else
into a warning. A profile may weigh a field's sources otherwise.
"""

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from archiver.article import ArticleWarning, Found, Provenance, Source

T = TypeVar("T")

RAW_LIMIT = 500
"""How much of the raw text provenance keeps."""
DETAIL_LIMIT = 160

WEIGHTS: Mapping[str, Mapping[Source, float]] = {
    # what a reader sees outranks what the head says; a publisher's own profile outranks all
    "title": {
        "profile": 9,
        "theme": 8,
        "structure": 7,
        "microdata": 6,
        "json_ld": 5,
        "page_state": 5,
        "opengraph": 4,
        "meta": 3,
        "hint": 2,
        "url": 1,
    },
    "subtitle": {"profile": 9, "theme": 8, "structure": 7, "json_ld": 4, "page_state": 4},
    "description": {"profile": 9, "opengraph": 6, "meta": 7, "json_ld": 5, "page_state": 5},
    "breadcrumbs": {"profile": 9, "theme": 8, "structure": 7, "microdata": 6, "json_ld": 5},
    "section": {
        "profile": 9,
        "theme": 8,
        "structure": 7,
        "opengraph": 6,
        "json_ld": 5,
        "page_state": 5,
        "meta": 4,
        "hint": 3,
        "url": 2,
    },
    "authors": {
        "profile": 9,
        "theme": 8,
        "structure": 7,
        "microdata": 6,
        "json_ld": 5,
        "page_state": 5,
        "opengraph": 3,
        "meta": 4,
        "hint": 2,
    },
    "agency": {"profile": 9, "theme": 8, "structure": 7, "json_ld": 4, "page_state": 4},
    "tags": {
        "profile": 9,
        "theme": 8,
        "structure": 7,
        "json_ld": 5,
        "page_state": 5,
        "opengraph": 5,
        "meta": 4,
        "hint": 3,
    },
    "language": {"profile": 9, "json_ld": 6, "structure": 7, "opengraph": 5, "meta": 4},
}
"""{field: {source: weight}}; a source that is not named weighs nothing and is never chosen."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """What a field came to: the value (None or empty where there is none), its origin, its warnings."""

    value: T
    provenance: Provenance | None = None
    warnings: tuple[ArticleWarning, ...] = ()


def choose(
    field: str,
    candidates: Iterable[Found[T]],
    *,
    weights: Mapping[Source, float] | None = None,
    same: Callable[[T], Hashable] | None = None,
) -> Choice[T | None]:
    """The heaviest candidate, the first among equals; who contradicts it becomes a warning.

    `same` maps a value to what must agree for two values to mean the same (a folded title, a day).
    """
    table = {**WEIGHTS.get(field, {}), **(weights or {})}
    weighed = [each for each in candidates if table.get(each.source, 0) > 0]
    if not weighed:
        return Choice(None)
    winner = max(weighed, key=lambda each: table[each.source])
    return Choice(winner.value, provenance(winner), contradictions(field, winner, weighed, same))


def choose_first(
    field: str, candidates: Iterable[Found[T]], *, weights: Mapping[Source, float] | None = None
) -> Choice[T | None]:
    """As `choose`, for candidates that come in the table's order and whose losers are not warned of.

    Nothing behind the first is looked for, unless a profile weighs the sources otherwise.
    """
    return choose(field, candidates if weights else itertools.islice(candidates, 1), weights=weights)


def provenance(found: Found[T]) -> Provenance:
    """Where this candidate came from, its raw text cut to what is kept."""
    beginning = " ".join(found.raw[: 4 * RAW_LIMIT].split())
    is_enough = len(beginning) >= RAW_LIMIT or len(found.raw) <= 4 * RAW_LIMIT
    raw = beginning if is_enough else " ".join(found.raw.split())
    return Provenance(found.source, found.locator, raw[:RAW_LIMIT])


def contradictions(
    field: str, winner: Found[T], others: Iterable[Found[T]], same: Callable[[T], Hashable] | None
) -> tuple[ArticleWarning, ...]:
    """One ``<field>_contradicted`` warning for every other value, each value once."""
    key = same or _itself
    seen = {key(winner.value)}
    warnings = []
    for other in others:
        if key(other.value) in seen:
            continue
        seen.add(key(other.value))
        raw = " ".join(other.raw.split())[:DETAIL_LIMIT]
        warnings.append(ArticleWarning(f"{field}_contradicted", f"{other.source} {other.locator}: {raw}"))
    return tuple(warnings)


def _itself(value: T) -> Hashable:
    return value if isinstance(value, Hashable) else repr(value)
