"""docs/warnings.md against the code: every code has its line, every line its code."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITTEN = re.compile(r"ArticleWarning\(\s*\"(\w+)\"|\"(published_(?:uncertain|contradicted))\"")
LISTED = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
ANY_FIELD = {"published_contradicted", "authors_contradicted"}
"""Codes that the line `<field>_contradicted` stands for."""


def test_the_table_is_the_code() -> None:
    files = (
        path for folder in ("archiver", "spiders", "pipelines") for path in (ROOT / folder).rglob("*.py")
    )
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    written = {code for match in WRITTEN.findall(sources) for code in match if code} - ANY_FIELD
    listed = set(LISTED.findall((ROOT / "docs" / "warnings.md").read_text(encoding="utf-8")))
    assert listed == written
