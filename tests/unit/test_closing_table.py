"""What a crawl says at its end."""

from typing import Any

import pytest

from archiver.cli._progress import closing_table


def _summary(outcomes: dict[str, int]) -> dict[str, Any]:
    counts = dict.fromkeys(
        ("fetched", "articles", "new_articles", "changed_articles", "pending", "refused"), 0
    )
    site = {
        **counts,
        "blocked": None,
        "error": None,
        "rests_until": None,
        "nothing": None,
        "left_out": None,
        "outcomes": outcomes,
    }
    return {"archive": "data", "result": "done", "sites": {"example.ly": site}}


@pytest.mark.parametrize("quiet", [False, True])
def test_pages_that_could_not_be_read_are_told_with_the_way_out(
    quiet: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = _summary({"article": 5, "parse_error": 3, "parse_limit": 1})
    closing_table(summary, seconds=1, quiet=quiet, failed=False)
    said = capsys.readouterr().err
    assert "example.ly: 4 pages are kept and could not be read" in said
    assert "`warraq reparse --site example.ly`" in said


def test_nothing_is_told_of_pages_that_were_read(capsys: pytest.CaptureFixture[str]) -> None:
    closing_table(_summary({"article": 5}), seconds=1, quiet=True, failed=False)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("left", "refused", "said"),
    [
        (3, 0, ["the same command goes on from here"]),
        (3, 3, ["refused (3) is asked for again once a day has passed"]),
        (
            3,
            1,
            ["the same command goes on from here", "refused (1) is asked for again once a day has passed"],
        ),
    ],
)
def test_what_is_left_is_told_with_when_it_is_asked_for(
    left: int, refused: int, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    summary = _summary({"article": 5})
    summary["sites"]["example.ly"] |= {"pending": left, "refused": refused}
    closing_table(summary, seconds=1, quiet=False, failed=False)
    end = " ".join(capsys.readouterr().err.split())
    assert [each in end for each in said] == [True] * len(said)
    assert ("the same command" in end) == (left > refused)
