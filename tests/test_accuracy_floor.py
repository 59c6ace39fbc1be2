"""The accuracy on the project's own fixtures: a floor that only moves up.

`benchmarks/accuracy.py` measures the same, and raises the floor; the goldens' own tests say which page and
field fell.
"""

import json
from pathlib import Path

import pytest

from archiver import extract_article
from benchmarks.accuracy import LOW_IS_GOOD, gold_pages, hide_names, raised
from benchmarks.extractors import warraq
from benchmarks.scoring import FIELDS, f1, mean, runs, score
from tests.fixture_pages import ROOT

FLOOR, UNNAMED_FLOOR = ROOT / "floor.json", ROOT / "floor-unnamed.json"
HOW = (
    "`python benchmarks/accuracy.py tests/fixtures --only warraq --per-page` shows which page fell, and with "
    "--raise-floor tests/fixtures/floor.json it moves the floor up to what is reached (it never lowers it)"
)
ROUNDING = 0.0001


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return mean(
        score(page.gold, warraq(Path(page.known["file"]).read_bytes(), page.known))
        for page in gold_pages(ROOT)
    )


@pytest.fixture(scope="module")
def reached_unnamed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """What is reached where no class or id says anything, as on a site that nobody has seen."""
    folder = tmp_path_factory.mktemp("unnamed")
    pages = [hide_names(page, folder) for page in gold_pages(ROOT)]
    return mean(score(page.gold, warraq(Path(page.known["file"]).read_bytes(), page.known)) for page in pages)


@pytest.fixture(scope="module")
def floor() -> dict[str, float]:
    pinned: dict[str, float] = json.loads(FLOOR.read_text("utf-8"))
    return pinned


def test_every_field_has_a_floor(floor: dict[str, float]) -> None:
    assert set(floor) == {*FIELDS, "body_worst"}, HOW


@pytest.mark.parametrize("field", [*FIELDS, "body_worst"])
def test_floor(field: str, reached: dict[str, float], floor: dict[str, float]) -> None:
    if field in LOW_IS_GOOD:
        assert reached[field] <= floor[field] + ROUNDING, (
            f"{field} rose above the pinned {floor[field]}: {HOW}"
        )
    else:
        assert reached[field] >= floor[field] - ROUNDING, (
            f"{field} fell below the pinned {floor[field]}: {HOW}"
        )


@pytest.mark.parametrize("field", [*FIELDS, "body_worst"])
def test_floor_without_names(field: str, reached_unnamed: dict[str, float]) -> None:
    pinned = json.loads(UNNAMED_FLOOR.read_text("utf-8"))[field]
    worse = reached_unnamed[field] - pinned if field in LOW_IS_GOOD else pinned - reached_unnamed[field]
    assert worse <= ROUNDING, (
        f"{field} without names fell behind {pinned}: {HOW}, with --hide-names and {UNNAMED_FLOOR}"
    )


def test_the_floor_only_moves_up() -> None:
    row = dict.fromkeys([*FIELDS, "body_worst"], 0.5)
    assert raised({}, row) == row
    assert raised(row, dict.fromkeys(row, 0.4)) == {**row, "published_wrong": 0.4}
    assert raised(row, dict.fromkeys(row, 0.6)) == {**dict.fromkeys(row, 0.6), "published_wrong": 0.5}


def test_scores_of_a_reading_that_is_the_gold() -> None:
    for page in gold_pages(ROOT):
        perfect = score(page.gold, page.gold)
        assert perfect.pop("published_wrong") == 0.0, page.name
        assert set(perfect.values()) == {1.0}, page.name


def test_scores_of_nothing() -> None:
    gold = {
        "title": "عنوان",
        "published_at": None,
        "body": "نص من خمس كلمات فقط",
        "breadcrumbs": [],
        "authors": [],
        "images": [],
        "see_also": [{"title": "خبر", "url": "https://a.example/1"}],
    }
    assert score(gold, {}) == {
        "title": 0.0,
        "published": 1.0,
        "published_wrong": 0.0,
        "body": 0.0,
        "breadcrumbs": 1.0,
        "caption": 1.0,
        "see_also": 0.0,
        "authors": 1.0,
    }


def test_a_date_where_the_gold_has_none_is_wrong() -> None:
    scores = score({"title": "", "published_at": None, "body": ""}, {"published_at": "2020-01-01"})
    assert (scores["published"], scores["published_wrong"]) == (0.0, 1.0)


def test_what_is_optional_is_neither_asked_for_nor_punished() -> None:
    gold = {
        "title": "أ",
        "title_alt": ["ب"],
        "body": "أول نص طويل هنا\nتوقيع",
        "body_optional": ["توقيع"],
        "authors": ["هالة"],
        "authors_optional": ["التحرير"],
        "caption": "صورة",
        "caption_credit": "رويترز",
        "see_also": [],
        "see_also_optional": [{"url": "/x"}],
    }
    with_it = {
        "title": "ب",
        "body": "أول نص طويل هنا\n\nتوقيع",
        "authors": ["هالة", "التحرير"],
        "images": [{"caption": "صورة رويترز"}],
        "see_also": [{"url": "https://a.example/x/"}],
    }
    without = {"title": "أ", "body": "أول نص طويل هنا", "authors": ["هالة"], "images": [{"caption": "صورة"}]}
    assert set(score(gold, with_it).values()) == set(score(gold, without).values()) == {1.0}


def test_shingles_and_f1() -> None:
    assert list(runs("")) == []
    assert runs("واحد اثنان") == {("واحد", "اثنان"): 1}
    assert sum(runs("١ ٢ ٣ ٤ ٥ ٦").values()) == 3
    assert f1(runs("أ ب ج د ه"), runs("أ ب ج د و")) == 0.5


def test_a_public_extraction_is_what_is_scored() -> None:
    html = "<h1>عنوان الخبر</h1><p>نص من كلمات قليلة لا غير.</p>".encode()
    assert (
        warraq(html, {"url": "https://a.example/1"}) == extract_article(html, "https://a.example/1").to_dict()
    )
