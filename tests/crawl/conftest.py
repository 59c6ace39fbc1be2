"""Crawls as a user runs them: the command line in a process of its own, against a real server."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.newsroom.server import Newsroom

ROOT = Path(__file__).parents[2]
FAST = ("--delay", "0", "--concurrency", "4", "-s", "BACK_OFF=0.2")


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    told = {
        "WARRAQ_CONTACT": "tests@example.org",
        "WARRAQ_PROCESSES": "1",
    }  # small sites; two take twice as long to start
    return {**kept, "HOME": str(home), "XDG_CONFIG_HOME": str(home), **told}


@dataclass
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str
    summary: dict[str, Any] = field(default_factory=dict)


@dataclass
class Desk:
    """Runs `warraq` over one archive, and looks into its database."""

    archive: Path

    def start(self, *arguments: str, before: Callable[[], None] | None = None) -> Command:
        env = environment(self.archive.parent)
        return Command(*arguments, "--archive", str(self.archive), env=env, before=before)

    def run(self, *arguments: str, before: Callable[[], None] | None = None, timeout: float = 120) -> Ran:
        process = self.start(*arguments, before=before)
        out, err = process.communicate(timeout=timeout)
        summary = (
            json.loads(out) if "--json" in arguments and out.startswith("{") and out.count("\n") == 1 else {}
        )
        return Ran(process.wait(), out, err, summary)

    def crawl(self, *arguments: str, fast: bool = True) -> Ran:
        return self.run("crawl", *(FAST if fast else ()), *arguments, "--json")

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.archive / "archive.db")
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def column(self, query: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.sql(query, *values)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "archive")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, Desk, Ran]]:
    """The whole newsroom, crawled once."""
    with Newsroom(60) as newsroom:
        desk = Desk(tmp_path_factory.mktemp("crawled") / "archive")
        yield newsroom, desk, desk.crawl(newsroom.url, "--processes", "2")
