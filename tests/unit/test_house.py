"""The walls of the house: which way imports point, and that the documents say what the code does."""

import ast
import re
from pathlib import Path

import pytest

from archiver.outcomes import MEANING, Outcome
from archiver.store.archive import SCHEMA
from archiver.store.dictionary import render
from archiver.store.tables import VIEWS, VIEWS_IN_WORDS, Base

ROOT = Path(__file__).parents[2]

ALLOWED = {
    "archiver.article": set(),
    "archiver.errors": set(),
    "archiver.outcomes": set(),
    "archiver.clock": set(),
    "archiver.payload": set(),
    "archiver.workers": set(),
    "archiver.urls": {"archiver.errors"},
    "archiver.config": {"archiver.errors"},
    "archiver.jsonld": set(),
    "archiver.decoding": {"archiver.article"},
    "archiver.page": {"archiver.article", "archiver.decoding", "archiver.jsonld", "archiver.page_state", "archiver.arabic"},
    "archiver.page_state": {"archiver.arabic"},
    "archiver.arabic": {"archiver.arabic", "archiver.article"},
    "archiver.sites": {"archiver.sites", "archiver.page", "archiver.article", "archiver.arabic", "archiver.errors"},
    "archiver.extract": {"archiver.extract", "archiver.sites", "archiver.page", "archiver.page_state", "archiver.article", "archiver.arabic",
                         "archiver.jsonld", "archiver.urls", "archiver.errors", "archiver.challenge", "archiver.decoding"},
    "archiver.store": {"archiver.store", "archiver.candidate", "archiver.article", "archiver.arabic", "archiver.clock", "archiver.errors",
                       "archiver.moments", "archiver.outcomes", "archiver.payload", "archiver.shingles", "archiver.urls"},
    "archiver.left_out": {"archiver.article", "archiver.urls"},
    "archiver.bounds": {"archiver.left_out", "archiver.outcomes", "archiver.arabic", "archiver.article", "archiver.errors", "archiver.urls"},
    "archiver.diff": set(),
    "archiver.schedule": {"archiver.errors", "archiver.store"},
    "archiver.parameters": {"archiver.article", "archiver.errors", "archiver.urls"},
    "archiver.part": {"archiver.candidate", "archiver.progress", "archiver.store", "archiver.urls"},
    "archiver.learning": {"archiver.article", "archiver.candidate", "archiver.parameters", "archiver.progress", "archiver.store", "archiver.urls"},
    "archiver.closing": {"archiver.crawl", "archiver.outcomes", "archiver.store"},
    "archiver.progress": {"archiver.parameters", "archiver.article", "archiver.clock", "archiver.outcomes", "archiver.store"},
    "archiver.ledger": {"archiver.clock", "archiver.outcomes", "archiver.progress", "archiver.store"},
    "archiver.revisits": {"archiver.bounds", "archiver.candidate", "archiver.clock", "archiver.progress", "archiver.schedule", "archiver.store",
                          "archiver.urls"},
    "archiver.families": {"archiver.outcomes", "archiver.progress", "archiver.store"},
    "archiver.crawl": {"archiver.families", "archiver.learning", "archiver.left_out", "archiver.ledger", "archiver.part", "archiver.revisits", "archiver.dedupe", "archiver.bounds", "archiver.schedule", "archiver.progress",
                       "archiver.candidate", "archiver.store", "archiver.clock", "archiver.outcomes", "archiver.urls"},
    "archiver.dating": {"archiver.article", "archiver.extract", "archiver.moments"},
    "archiver.moments": set(),
    "archiver.reparse": {"archiver.dating", "archiver.store", "archiver.extract", "archiver.page", "archiver.article", "archiver.clock",
                         "archiver.outcomes", "archiver.payload", "archiver.workers"},
    "archiver.shingles": {"archiver.arabic"},
    "archiver.copies": {"archiver.shingles", "archiver.store"},
    "archiver.dedupe": {"archiver.copies", "archiver.shingles", "archiver.store"},
    "archiver.search": {"archiver.search", "archiver.store", "archiver.arabic", "archiver.errors"},
    "archiver.datasette": {"archiver.datasette", "archiver.arabic", "archiver.search", "archiver.store", "archiver.errors"},
    "archiver.export": {"archiver.export", "archiver.search", "archiver.store", "archiver.clock", "archiver.errors", "archiver.urls"},
    "archiver.health": {"archiver.health", "archiver.clock", "archiver.errors", "archiver.schedule", "archiver.store"},
    "archiver.challenge": set(),
    "archiver.candidate": set(),
    "archiver.web": {"archiver.web", "archiver.export", "archiver.store", "archiver.search", "archiver.copies", "archiver.diff", "archiver.health",
                     "archiver.schedule", "archiver.page", "archiver.payload", "archiver.clock", "archiver.urls",
                     "archiver.article", "archiver.errors"},
    "archiver.settings": {"archiver.store"},
    "archiver": {"archiver.extract", "archiver.arabic", "archiver.article", "archiver.errors", "archiver.page"},
    "archiver.cli": {"archiver", "spiders", "pipelines"},
    "spiders": {"spiders", "archiver"},
    "pipelines": {"pipelines", "archiver"},
}  # fmt: skip
"""Who may import whom; the longest name that fits a module decides."""

MAY_KNOW_SCRAPY = ("spiders", "pipelines", "archiver.cli", "archiver.settings")


def _modules() -> list[tuple[str, Path]]:
    found = []
    for top in ("archiver", "spiders", "pipelines"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= (
                {node.module} if node.module.count(".") else {f"{node.module}.{a.name}" for a in node.names}
            )
    return names


def _within(name: str, packages: set[str] | tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize(
    ("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_imports_point_one_way(module: str, path: Path) -> None:
    imported = _imports(path)
    room = max((name for name in ALLOWED if _within(module, (name,))), key=len)
    ours = {
        name
        for name in imported
        if _within(name, ("archiver", "spiders", "pipelines", "tests", "benchmarks"))
    }
    assert not {name for name in ours if not _within(name, ALLOWED[room]) and name != module}
    if not _within(module, MAY_KNOW_SCRAPY):
        assert not {name for name in imported if _within(name, ("scrapy", "twisted"))}


def test_every_room_is_named() -> None:
    assert {name for name, _ in _modules() if not _within(name, tuple(ALLOWED))} == set()
    for name in ALLOWED:
        assert any(_within(module, (name,)) for module, _ in _modules()), f"{name} is no more"


def test_every_outcome_has_a_meaning_and_a_line_in_the_docs() -> None:
    assert set(MEANING) == set(Outcome)
    described = dict(
        re.findall(r"^\| `(\w+)` \| (.+) \|$", (ROOT / "docs/outcomes.md").read_text("utf-8"), re.M)
    )
    assert described == {str(outcome): meaning for outcome, meaning in MEANING.items()}


def test_the_data_dictionary_is_the_schema() -> None:
    assert (ROOT / "docs/data-dictionary.md").read_text("utf-8") == render(Base.metadata, VIEWS), (
        "run: python -m archiver.store.dictionary > docs/data-dictionary.md"
    )


def test_every_view_is_told_in_words() -> None:
    assert set(VIEWS_IN_WORDS) == set(VIEWS)


def test_the_newest_migration_is_the_one_the_archive_asks_for() -> None:
    scripts = sorted(path.name[:4] for path in (ROOT / "archiver/store/migrations/versions").glob("0*.py"))
    assert scripts[-1] == SCHEMA
