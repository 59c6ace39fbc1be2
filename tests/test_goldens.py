"""Every field of every fixture page against what a careful reader wrote: one test a field.

A fixture without ``expected.json`` gets one and fails until a person has read it; docs/adding-a-site.md
tells how.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from archiver.article import Article
from archiver.cli._golden import ARTICLE_KINDS, CHECKED_BY_SHAPE, Fixture, write_golden
from archiver.errors import InputError
from tests.fixture_pages import fixtures, reading

NO_FIELD = frozenset({"reviewed", "notes"})
PARTS = ("page.html", "meta.json")
SOURCED = (
    "title",
    "description",
    "published_at",
    "modified_at",
    "authors",
    "body",
    "breadcrumbs",
    "see_also",
    "tags",
)
"""Fields whose every value must say where it came from."""
RAW_LIMIT = 500
REVIEW = 'hold it against the page, mend it, and set "reviewed" to true'


def parts_missing(fixture: Fixture) -> list[str]:
    return [each for each in PARTS if not (fixture.folder / each).is_file()]


def cases() -> Iterator[Any]:
    for fixture in fixtures():
        if parts_missing(fixture) or not fixture.golden_file.is_file():
            continue
        for name in fixture.golden():
            if name not in NO_FIELD:
                yield pytest.param(fixture, name, id=f"{fixture.name}/{name}")


def by_name(fixture: Fixture) -> str:
    return fixture.name


@pytest.mark.parametrize("fixture", fixtures(), ids=by_name)
def test_fixture_is_whole(fixture: Fixture) -> None:
    missing = parts_missing(fixture)
    assert not missing, f"{fixture.folder} has no {' and no '.join(missing)}: see docs/adding-a-site.md"
    if not fixture.golden_file.is_file():
        write_golden(fixture)
        pytest.fail(f"{fixture.golden_file} was missing, and has been written as Warraq reads it: {REVIEW}")
    golden = fixture.golden()
    assert fixture.models(), f"{fixture.folder}/meta.json: `models` names a real structure"
    assert golden.get("reviewed") is True, f"{fixture.golden_file}: nobody has read this golden yet: {REVIEW}"
    if golden["verdict"] in ARTICLE_KINDS:
        fields = set(Article.__dataclass_fields__) - CHECKED_BY_SHAPE
        assert not fields - set(golden), f"{fixture.golden_file}: lacks {sorted(fields - set(golden))}"


@pytest.mark.parametrize(("fixture", "name"), list(cases()))
def test_field(fixture: Fixture, name: str) -> None:
    read, wanted = reading(fixture), fixture.golden()[name]
    if name == "warns":
        assert set(wanted) <= {each.code for each in read.article.warnings}
        return
    got = read.verdict.kind if name == "verdict" else read.article.to_dict()[name]
    assert comparable(name, got) == comparable(name, wanted)


@pytest.mark.parametrize("fixture", fixtures(), ids=by_name)
def test_every_value_says_where_it_came_from(fixture: Fixture) -> None:
    article = reading(fixture).article
    for name in SOURCED:
        assert not getattr(article, name) or name in article.provenance, f"{name} has no provenance"
    for name, source in article.provenance.items():
        assert name in Article.__dataclass_fields__
        assert source.locator, f"{name} was found nowhere"
        assert len(source.raw) <= RAW_LIMIT
    assert all(warning.code.isidentifier() for warning in article.warnings)
    assert article.parser.startswith("warraq/")


def comparable(name: str, value: Any) -> Any:
    """A value as far as it is compared: an address however it is percent-encoded, links in any order."""
    if isinstance(value, dict):
        return {each: comparable(each, inner) for each, inner in value.items()}
    if isinstance(value, list):
        every = [comparable("", each) for each in value]
        return sorted(every, key=str) if name == "see_also" else every
    if isinstance(value, str) and name in ("url", "canonical_url"):
        return unquote(value)
    return value


def test_a_missing_golden_is_written_once_and_waits_for_review(tmp_path: Any) -> None:
    first = fixtures()[0]
    fixture = Fixture("a/b", tmp_path)
    for each in PARTS:
        (tmp_path / each).write_bytes((first.folder / each).read_bytes())
    with pytest.raises(pytest.fail.Exception, match="has been written"):
        test_fixture_is_whole(fixture)
    with pytest.raises(AssertionError, match="nobody has read"):
        test_fixture_is_whole(fixture)


def test_a_folder_without_meta_says_so(tmp_path: Any) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>")
    with pytest.raises(AssertionError, match=r"has no meta\.json: see docs/adding-a-site\.md"):
        test_fixture_is_whole(Fixture("a/b", tmp_path))
    with pytest.raises(InputError, match=r"meta\.json: missing"):
        Fixture("a/b", tmp_path).meta()
