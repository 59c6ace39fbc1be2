"""What a crawl is asked for: a section, days; and what of it an earlier crawl was not asked for."""

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.paper import WHEN, Paper

MANY = 120  # stories: more than the addresses alike that may give nothing in a row
MONTHS = {5: "مايو", 4: "أبريل", 3: "مارس"}
SECTIONS = {"culture": "ثقافة", "sport": "رياضة"}


@pytest.fixture
def paper() -> Paper:
    """No sitemap, no feed: a front page of bare links. Every fortieth story is sport, the rest culture; from the first
    to the last they are from May back to March.
    """
    paper = Paper()
    links = []
    for number in range(1, MANY + 1):
        slug = "sport" if number % 40 == 0 else "culture"
        trail = f'<nav class="breadcrumbs"><a href="/">الرئيسية</a> / <a href="/s/{slug}">{SECTIONS[slug]}</a></nav>'
        month = 5 - number * 3 // (MANY + 1)
        when = WHEN.replace("2024-05-01", f"2024-0{month}-01").replace("مايو", MONTHS[month])
        paper.story(f"/n/{1000 + number}", f"حكاية المرفأ رقم {number}", when=trail + when)
        links.append(f'<li><a href="/n/{1000 + number}">{number}</a></li>')
    paper.pages["/"] = (200, {}, f"<html><body class='home'><ul>{''.join(links)}</ul></body></html>".encode())
    return paper


def count(desk: Desk, condition: str = "1") -> int:
    (found,) = desk.column(f"SELECT count(*) FROM articles WHERE {condition}")
    return int(found)


@pytest.mark.parametrize("section", ["رياضة", "sport", "/s/sport", "{}s/sport"])
def test_a_section_is_found_among_many_others_stories(desk: Desk, paper: Paper, section: str) -> None:
    with paper:
        ran = desk.crawl(paper.url, "--section", section.format(paper.url))
    assert ran.code == 0, ran.err
    assert count(desk) == MANY // 40
    (site,) = ran.summary["sites"].values()
    assert "trap" not in site["outcomes"]


def test_days_before_what_is_asked_for_stand_behind_many_newer_ones(desk: Desk, paper: Paper) -> None:
    with paper:
        assert desk.crawl(paper.url, "--until", "2024-03-31").code == 0
    assert count(desk) == count(desk, "published_at < '2024-04'") > 30


@pytest.mark.parametrize("section", ["ثقافة", "/s/culture", "culture"])
def test_another_question_finds_what_the_first_left_out_and_asks_for_no_more(
    desk: Desk, paper: Paper, section: str
) -> None:
    with paper:
        assert desk.crawl(paper.url, "--section", "رياضة", "--since", "2024-05-01").code == 0
        before = count(desk)
        paper.asked.clear()
        assert desk.crawl("--all", "--section", "رياضة", "--since", "2024-05-01").code == 0
        assert not [path for path in paper.paths() if path.startswith("/n/")]
        assert desk.crawl("--all", "--section", "رياضة", "--since", "2024-03-01").code == 0
        assert before < count(desk) == MANY // 40
        paper.asked.clear()
        assert desk.crawl("--all", "--section", section).code == 0
        assert count(desk) == MANY
        assert sum(path.startswith("/n/") for path in paper.paths()) == MANY - MANY // 40


def test_a_section_that_is_not_there_is_no_failure_of_the_site(desk: Desk, paper: Paper) -> None:
    with paper:
        ran = desk.crawl(paper.url, "--section", "رياضات")
        assert ran.code == 4
        (site,) = ran.summary["sites"].values()
        assert "120 articles found are outside what was asked for" in site["nothing"]
        assert "Sections seen: ثقافة (117), رياضة (3)" in site["nothing"]
        assert not ran.summary["alerts"]
        assert desk.crawl("--all").code == 0
    assert count(desk) == MANY


def test_a_family_of_stories_that_are_all_too_old_is_not_asked_for_to_its_end(desk: Desk) -> None:
    with Paper() as paper:
        for number in range(1, 341):
            paper.story(f"/n/{1000 + number}", f"حكاية المرفأ رقم {number}")
        links = "".join(f'<li><a href="/n/{1000 + number}">{number}</a></li>' for number in range(1, 341))
        paper.pages["/"] = (200, {}, f"<html><body class='home'><ul>{links}</ul></body></html>".encode())
        assert desk.crawl(paper.url, "--since", "2024-06-01").code == 4
        asked = sum(path.startswith("/n/") for path in paper.paths())
        assert 300 <= asked < 340
        assert desk.column("SELECT DISTINCT outcome FROM fetches WHERE url LIKE '%/n/%'") == ["out_of_range"]
        assert desk.crawl("--all", "--since", "2024-01-01").code == 0
        assert count(desk) == 340
