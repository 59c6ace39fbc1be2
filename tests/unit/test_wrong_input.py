"""What the command line says of small numbers and of wrong input: one line each, in plain words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archiver.cli import warraq
from archiver.errors import InputError
from archiver.reparse import MAYBE_ARTICLES
from tests.crawl.conftest import Desk, desk
from tests.crawl.paper import Paper

__all__ = ["desk"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Desk]:
    """A paper of one story, archived; the server is gone."""
    made = Desk(tmp_path_factory.mktemp("kept") / "archive")
    with Paper() as paper:
        paper.front("/story-of-the-harbour-1")
        paper.story("/story-of-the-harbour-1", "خبر الميناء القديم")
        assert made.crawl(paper.url).code == 0
        return f"{paper.url}story-of-the-harbour-1", made


def refused(desk: Desk, *arguments: str) -> str:
    """What the one line on standard error says."""
    ran = desk.run(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
    return ran.err.removeprefix("warraq: ").removesuffix("\n")


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_was_never_asked_for_has_no_outcomes(kept: tuple[str, Desk], more: tuple[str, ...]) -> None:
    url, desk = kept
    assert desk.run("show", "--outcomes", url, *more).code == 0
    for nowhere in (f"{url}-and-no-more", "nosuch.ly"):
        said = refused(desk, "show", "--outcomes", nowhere, *more)
        assert said.endswith(f"no try at it in {desk.archive}: it was never asked for")


def test_outcomes_are_one_object(kept: tuple[str, Desk]) -> None:
    url, desk = kept
    told = json.loads(desk.run("show", "--outcomes", url, "--json").out)["outcomes"]
    assert [(each["url"], each["outcome"], each["status"]) for each in told] == [(url, "article", 200)]
    site = json.loads(desk.run("show", "--outcomes", url.rsplit("/", 1)[0], "--json").out)
    assert site["url"] == url.rsplit("/", 1)[0] + "/"
    assert {"article", "listing"} <= {each["outcome"] for each in site["outcomes"]}
    assert set(site["outcomes"][0]) == {"fetched_at", "outcome", "status", "url", "detail"}


@pytest.mark.parametrize("command", [("copies",), ("copies", "--json"), ("reparse", "--dry-run")])
def test_a_site_that_is_not_there_is_refused(kept: tuple[str, Desk], command: tuple[str, ...]) -> None:
    url, desk = kept
    said = refused(desk, *command, "--site", "nosuch.ly")
    assert said.startswith("--site nosuch.ly: not in this archive, which has 127.0.0.1")
    assert desk.run(*command, "--site", url.rsplit("/", 1)[0]).code == 0


@pytest.mark.parametrize("asked", [("--to", "1"), ("--from", "1"), ("--from", "1", "--to", "1")])
def test_one_version_is_compared_with_none(kept: tuple[str, Desk], asked: tuple[str, ...]) -> None:
    url, desk = kept
    said = refused(desk, "diff", url, *asked)
    assert said == f"{' '.join(asked)}: the article has one version, and none to compare it with"
    assert refused(desk, "diff", url, "--to", "2") == "version 2: there is none; it has one version"
    assert refused(desk, "show", url, "--version", "2") == "version 2: there is none; it has one version"


def test_counts_agree_with_their_nouns(desk: Desk, tmp_path: Path) -> None:
    with Paper() as paper:
        paper.front("/story-of-the-harbour-1")
        paper.story("/story-of-the-harbour-1", "خبر الميناء القديم")
        assert desk.crawl(paper.url).code == 0
    assert ": 1 article of 1 site, " in desk.run("export", "--format", "csv", str(tmp_path / "x.csv")).err
    assert ": 1 article; the database (" in desk.run("backup", str(tmp_path / "b")).out
    assert " 1 WARC file (" in (verified := desk.run("verify")).out
    assert f"{desk.archive}: 1 article, " in verified.out
    assert ": 1 page read again: 1 article the same, " in desk.run("reparse").out
    assert "1 article is searchable" in desk.run("reindex").out


@pytest.mark.parametrize(
    "setting",
    [
        "BACK_OFF=soon",
        "BACK_OFF=",
        "DOWNLOAD_TIMEOUT=abc",
        "DOWNLOAD_DELAY=-1",
        "SHUTDOWN_GRACE=x",
        "LOG_LEVEL=LOUD",
    ],
)
def test_a_setting_that_is_none_is_refused_before_anything_is_asked_for(desk: Desk, setting: str) -> None:
    ran = desk.run("crawl", "http://127.0.0.1:1/", "-s", setting)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"warraq: --set {setting}: write ")
    assert ran.err.count("\n") == 1
    assert not desk.archive.exists()


@pytest.mark.parametrize("name", ["o.xml", "o.txt", "o"])
def test_items_are_written_in_the_documented_forms_alone(desk: Desk, tmp_path: Path, name: str) -> None:
    said = refused(desk, "crawl", "http://127.0.0.1:1/", "-O", str(tmp_path / name))
    assert said == f"{tmp_path / name}: write to a file that ends in .jsonl, .json or .csv"
    assert list(tmp_path.iterdir()) == []


def test_settings_that_are_numbers_are_taken(desk: Desk) -> None:
    settings = (
        "BACK_OFF=0.1,0.2",
        "DOWNLOAD_TIMEOUT=0.5",
        "RETRY_ENABLED=False",
        "LOG_LEVEL=ERROR",
        "X_OWN=text",
    )
    ran = desk.run("crawl", "http://127.0.0.1:1/", *(part for each in settings for part in ("-s", each)))
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_errors_of_the_network_are_told_without_classes(desk: Desk) -> None:
    ran = desk.run("crawl", "http://127.0.0.1:1/", "-s", "BACK_OFF=0")
    assert ran.code == 1
    assert "connection_error: Connection was refused" in ran.err
    assert "Error: " not in ran.err


def test_an_empty_file_begins_no_site(tmp_path: Path) -> None:
    (empty := tmp_path / "empty.html").write_text(" \n")
    for more in (
        (),
        ("--url", "https://example.ly/1", "--fixtures", str(tmp_path / "f"), "--into", str(tmp_path)),
    ):
        ran = CliRunner().invoke(warraq, ["new-site", str(empty), *more])
        assert isinstance(ran.exception, InputError)
        assert str(ran.exception).startswith(f"{empty}: is empty")
    assert list(tmp_path.iterdir()) == [empty]


def test_the_help_of_a_re_parse_names_what_is_read_again() -> None:
    told = CliRunner().invoke(warraq, ["reparse", "--help"]).output
    assert all(outcome in told for outcome in MAYBE_ARTICLES)


def test_no_address_is_told_as_such_and_the_folder_by_its_variable(desk: Desk) -> None:
    ran = desk.run("crawl", "")
    assert (ran.code, ran.err) == (2, "warraq: no address given; write https://example.ly\n")
    assert "WARRAQ_ARCHIVE" in desk.run("show", "--help").out
