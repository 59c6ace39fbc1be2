"""`warraq extract`, `probe` and `new-site`: the tools for people who add and mend sites."""

import json
import re
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner, Result

from archiver.article import Article, DateRole
from archiver.cli import _fetch, warraq
from archiver.cli._golden import Fixture, slug_of
from archiver.cli.new_site import profile_name, stub_for
from archiver.cli.probe import plain_lines, timed_reading
from archiver.errors import InputError, WarraqError
from archiver.extract.kind import Kind
from archiver.sites.profile import load
from tests.fixture_pages import ROOT

STORY = Fixture("sahifa-classic/water-network", ROOT / "sahifa-classic" / "water-network")
LISTING = Fixture("listing/economy-section", ROOT / "listing" / "economy-section")


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(warraq, list(arguments), input=stdin)


def asked(fixture: Fixture) -> list[str]:
    """FILE and options for a fixture's page."""
    meta = fixture.meta()
    return [str(fixture.folder / "page.html"), "--url", meta["url"], "--fetched-at", meta["fetched_at"]]


def raised(result: Result) -> WarraqError:
    assert isinstance(result.exception, WarraqError), result.output
    return result.exception


def test_extract_gives_the_item_as_json() -> None:
    result = run("extract", *asked(STORY), "--json")
    assert result.exit_code == 0
    item = json.loads(result.stdout)
    assert item["title"] == STORY.golden()["title"]
    assert item["parser"].startswith("warraq/")


def test_extract_prints_fields_and_body_for_people() -> None:
    result = run("extract", *asked(STORY))
    assert f"title: {STORY.golden()['title']}" in result.stdout
    assert result.stdout.rstrip().endswith(STORY.golden()["blocks"][-1]["text"])


def test_extract_reads_standard_input() -> None:
    body = (STORY.folder / "page.html").read_bytes()
    result = run("extract", "-", "--url", STORY.meta()["url"], "--json", stdin=body)
    assert json.loads(result.stdout)["title"] == STORY.golden()["title"]


def test_a_file_that_gives_its_own_address_needs_no_other() -> None:
    body = (STORY.folder / "page.html").read_bytes()
    own = b'<link rel="canonical" href="https://own.example/news/7">'
    item = json.loads(run("extract", "-", "--json", stdin=body.replace(b"<head>", b"<head>" + own, 1)).stdout)
    assert (item["url"], item["site"]) == ("https://own.example/news/7", "own.example")


def test_extract_says_of_a_listing_that_it_is_one() -> None:
    result = run("extract", *asked(LISTING))
    assert result.exit_code == 1
    assert "no article but listing" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.html", "--url", "https://a.example/1"], "nowhere.html: No such file"),
        (["-"], "standard input: is empty; give a saved page"),
        (["README.md"], "README.md: does not say where it was served; tell it, with --url"),
        (
            [str(STORY.folder / "page.html"), "--url", "ftp://a.example/"],
            "ftp://a.example/: not an http or https",
        ),
        (
            [str(STORY.folder / "page.html"), "--url", "notaurl"],
            "notaurl: not an http or https address; write",
        ),
        (
            [str(STORY.folder / "page.html"), "--url", "https://a.example/", "--fetched-at", "أمس"],
            "write it as",
        ),
        (["https://a.example/1", "--url", "https://a.example/1"], "leave --url and --fetched-at to files"),
    ],
)
@pytest.mark.parametrize("tool", ["extract", "probe", "new-site"])
def test_what_cannot_be_read_is_named_with_the_way_out(tool: str, arguments: list[str], said: str) -> None:
    error = raised(run(tool, *arguments))
    assert isinstance(error, InputError)
    assert error.exit_code == 2
    assert said in str(error)
    assert str(error).count(": ") == 1


def test_probe_in_a_pipe_is_one_fact_a_line() -> None:
    lines = run("probe", *asked(STORY)).stdout.splitlines()
    facts = {line.split("\t")[0]: line.split("\t")[1:] for line in lines if not line.startswith("\t")}
    assert facts["verdict"] == ["article"]
    assert facts["profile"] == ["sahifa"]
    value, source, locator, raw = facts["published_at"]
    assert (value, source, raw) == ("2021-07-16", "theme", "2021-07-16")
    assert locator
    assert all(stage in facts["ms"][0] for stage in ("decode", "parse", "recognise", "read", "total"))
    assert {"evidence", "encoding", "size", "title", "see_also", "tags"} <= set(facts)


def test_probe_shows_who_lost() -> None:
    fixture = Fixture("newspaper-tdb/tram-line", ROOT / "newspaper-tdb" / "tram-line")
    page = fixture.page()
    reading, profile, spent = timed_reading(page)
    shown = "\n".join(plain_lines(page, reading, profile, spent, full=True))
    assert all(f"{each.code}" in shown for each in reading.article.warnings)


def test_probe_draws_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    shown = run("probe", *asked(STORY)).stdout
    assert "العوامي" in shown
    assert "\t" not in shown


def test_new_site_writes_a_profile_that_loads_and_a_fixture_to_review(tmp_path: Path) -> None:
    arguments = ["new-site", *asked(STORY), "--into", str(tmp_path / "p"), "--fixtures", str(tmp_path / "f")]
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    (stub,) = (tmp_path / "p").glob("*.toml")
    assert stub.name == "sada_alwadi_example.toml"
    assert load(stub).hosts == ("sada-alwadi.example",)
    (golden,) = (tmp_path / "f").glob("*/*/expected.json")
    written = json.loads(golden.read_text("utf-8"))
    assert written["reviewed"] is False
    assert Fixture("", golden.parent).models() is None, "nobody has said it yet"
    assert STORY.models()
    assert written["title"] == STORY.golden()["title"]
    assert sorted(each.name for each in golden.parent.iterdir()) == [
        "expected.json",
        "meta.json",
        "page.html",
    ]
    assert (golden.parent / "page.html").read_bytes() == (STORY.folder / "page.html").read_bytes()
    assert result.stderr == ""
    assert "there already" in str(raised(run(*arguments)))
    assert "there already" in str(raised(run(*arguments, "--no-profile")))


def test_new_site_says_that_a_page_is_taken_for_no_article(tmp_path: Path) -> None:
    result = run(
        "new-site", *asked(LISTING), "--into", str(tmp_path / "p"), "--fixtures", str(tmp_path / "f")
    )
    assert result.exit_code == 0
    assert "is taken for listing (" in result.stderr
    assert "not for an article; a site is begun with one of its articles" in result.stderr


def test_a_stub_says_what_is_found_without_it() -> None:
    stub = stub_for(STORY.page())
    assert 'hosts = ["sada-alwadi.example"]' in stub
    assert "# valid_from = 2023-05-30" in stub
    for name in ("see_also_related", "see_also_inline", "tags"):
        assert f'# {name} = [""]  # now from' in stub
    assert '# title = [""]  # now from theme' in stub
    assert profile_name("www.A-b.example") == "www_a_b_example"


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://a.example/2024/02/well-diggers/", "well-diggers"),
        ("https://a.example/news/index.html", "news"),
        ("https://a.example/", "front"),
        ("https://a.example/?p=902", "p-902"),
        ("https://a.example/%D8%AE%D8%A8%D8%B1-%D8%AC%D8%AF%D9%8A%D8%AF.html", "خبر-جديد"),
    ],
)
def test_slug_of(url: str, slug: str) -> None:
    assert slug_of(url) == slug


def test_the_guide_names_only_what_there_is() -> None:
    guide = (ROOT.parents[1] / "docs" / "adding-a-site.md").read_text("utf-8")
    named = set(re.findall(r"warraq ([a-z][a-z-]+)", guide))
    assert named == {"probe", "extract", "new-site"}
    commands = [warraq.get_command(click.Context(warraq), name) for name in named]
    known = {option for command in commands if command for each in command.params for option in each.opts}
    known |= {"--only", "--per-page", "--raise-floor", "--hide-names"}  # of benchmarks/accuracy.py
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", guide)) <= known
    fields = set(re.findall(r"`(\w+)`", guide.split("| --- | --- |")[1].split("`notes`")[0]))
    assert fields <= {*Article.__dataclass_fields__, "verdict", "warns", *get_args(Kind), *get_args(DateRole)}


# --- fetching, on loopback only

PAGE = (STORY.folder / "page.html").read_bytes()


class Answers(BaseHTTPRequestHandler):
    seen: dict[str, str]

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers.items())
        if self.path == "/missing":
            self.send_error(404, "Not Found")
            return
        body, coding = {
            "/gzip": (gzipped(PAGE), "gzip"),
            "/zlib": (zlib.compress(PAGE), "deflate"),
            "/broken": (PAGE[:50], "gzip"),
        }.get(self.path, (PAGE, ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """No word on standard error."""


def gzipped(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return packer.compress(body) + packer.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@pytest.mark.parametrize("path", ["/", "/gzip", "/zlib"])
def test_a_page_is_fetched_once_by_name(server: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_CONTACT", "desk@a.example")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    page = _fetch.fetch(server + path)
    assert page.body == PAGE
    assert page.fetched_at is not None
    assert page.headers["content-type"] == "text/html; charset=UTF-8"
    assert Answers.seen["User-Agent"].startswith("Warraq/")
    assert "+desk@a.example" in Answers.seen["User-Agent"]


@pytest.mark.parametrize(("path", "said"), [("/missing", "answers 404"), ("/broken", "says gzip")])
def test_a_page_that_is_not_served_is_named(
    server: str, path: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    error = raised(run("probe", server + path))
    assert error.exit_code == 1
    assert said in str(error)


def test_a_page_too_large_is_not_read(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(_fetch, "MOST_BYTES", 100)
    with pytest.raises(WarraqError, match="and not read"):
        _fetch.fetch(f"{server}/")


def test_a_host_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(WarraqError, match="not fetched"):
        _fetch.fetch("http://127.0.0.1:9/")
