"""Profiles: recognised, laid over one another, dated, and loaded strictly."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from archiver.cli import warraq
from archiver.errors import ProfileError
from archiver.extract.choice import WEIGHTS
from archiver.page import Page
from archiver.sites import profile
from archiver.sites.matching import compile_selector
from archiver.sites.profile import FIELDS, WEIGHED, Entry, Profile, load, profile_for, publishers, themes
from archiver.store import Archive
from spiders.news import NewsSpider


def write(folder: Path, text: str, kind: str = "themes", name: str = "gazette") -> Path:
    path = folder / kind / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


BAD = [
    ("unknown key", 'recognise = [["x"]]\ncolour = "red"\n', 2, "unknown key 'colour'"),
    ("unknown field", 'recognise = [["x"]]\n[select]\nheadline = ["h1"]\n', 3, "unknown field 'headline'"),
    ("bad selector", 'recognise = [["x"]]\n[select]\ntitle = ["h1[", "h2"]\n', 3, "bad selector 'h1['"),
    (
        "selector no list",
        'recognise = [["x"]]\n[select]\ntitle = "h1"\n',
        3,
        "title must be a list of strings",
    ),
    ("unknown source", 'recognise = [["x"]]\n[weigh.title]\nrumour = 1\n', 3, "unknown source 'rumour'"),
    (
        "weight of no choice",
        'recognise = [["x"]]\n[weigh.published]\nmeta = 5\n',
        2,
        "unknown field 'published'",
    ),
    ("weight no number", 'recognise = [["x"]]\n[weigh.title]\nmeta = "much"\n', 3, "must be a number"),
    ("not TOML", 'recognise = [["x"]]\n[select\n', 2, ""),
    ("day no day", 'hosts = ["a.org"]\nvalid_from = "2015"\n', 2, "valid_from must be a day"),
    ("unknown theme", 'hosts = ["a.org"]\ntheme = "nosuch"\n', 2, "unknown theme 'nosuch'; known: blogger, "),
    (
        "host with a scheme",
        'hosts = [\n"a.org",\n"https://b.org/"]\n',
        3,
        "'https://b.org/' is no host: write it as",
    ),
    ("host with www.", 'hosts = ["www.a.org"]\n', 1, "'www.a.org' is no host"),
    ("host in capitals", 'hosts = ["A.org"]\n', 1, "'A.org' is no host"),
    (
        "ends before it begins",
        'hosts = ["a.org"]\nvalid_from = 2019-01-01\nvalid_until = 2018-12-31\n',
        3,
        "valid_until is before valid_from (2019-01-01)",
    ),
    ("nothing to know it by", "[select]\n", 1, "nothing to recognise it by"),
]


@pytest.mark.parametrize(("text", "line", "reason"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    kind = "publishers" if "hosts" in text else "themes"
    with pytest.raises(ProfileError) as caught:
        load(write(tmp_path, text, kind))
    assert str(caught.value).startswith(f"gazette.toml:{line}: ")
    assert reason in str(caught.value)


def test_a_profile_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes('recognise = [["x"]]\n# قالب قديم\n'.encode("windows-1256"))
    with pytest.raises(ProfileError, match=r"gazette\.toml:2: not UTF-8"):
        load(path)


def test_every_profile_of_the_package_loads() -> None:
    assert len(themes()) >= 9
    for entry in (*themes(), *publishers()):
        assert set(entry.profile.selectors) <= FIELDS


@pytest.mark.parametrize(
    "path", sorted((Path(profile.HERE) / "themes").glob("*.toml")), ids=lambda path: path.stem
)
def test_a_theme_is_short_and_says_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 30


SIGNATURES = [
    ('<link rel="stylesheet" href="/wp-content/themes/sahifa/style.css"><article id="the-post">', "sahifa"),
    ('<div id="breadcrumb"><i class="tie-icon"></i></div>', "jannah"),
    ('<h1 class="jeg_post_title">x</h1>', "jnews"),
    ('<div class="td-post-content">x</div>', "newspaper"),
    ('<div class="bf-breadcrumb">x</div>', "publisher"),
    ('<meta name="generator" content="Drupal 7 (http://drupal.org)">', "drupal"),
    ('<meta name="generator" content="Joomla! - Open Source Content Management">', "joomla"),
    ('<meta content="blogger" name="generator"><div class="post-body">x</div>', "blogger"),
    ('<link href="/wp-content/a.css"><div class="entry-content">x</div>', "wordpress"),
    ('<div class="article">x</div>', None),
]


@pytest.mark.parametrize(("markup", "theme"), SIGNATURES)
def test_recognised_from_the_page_itself(markup: str, theme: str | None) -> None:
    assert profile_for(Page(markup.encode(), "http://example.org/1")).theme == theme


def test_a_publishers_selectors_come_before_its_themes(tmp_path: Path) -> None:
    theme = load(
        write(tmp_path, 'recognise = [["x"]]\n[select]\ntitle = ["h1.theme"]\nbody = [".body"]\n')
    ).profile
    ours = load(
        write(tmp_path, 'hosts = ["a.org"]\n[select]\ntitle = ["h1.ours"]\n', "publishers", "a")
    ).profile
    both = ours.over(theme)
    assert [each.css for each in both.selectors["title"]] == ["h1.ours", "h1.theme"]
    assert [each.source for each in both.selectors["title"]] == ["profile", "theme"]
    assert both.name == "a+gazette"
    page = Page(b'<h1 class="theme">old</h1>', "http://a.org/")
    assert [match.element.text for match in both.first("title", page)] == ["old"]


@pytest.fixture
def dated(tmp_path: Path) -> Entry:
    return load(
        write(
            tmp_path, 'hosts = ["a.org"]\nvalid_from = 2015-01-01\nvalid_until = 2019-12-31\n', "publishers"
        )
    )


@pytest.mark.parametrize(("year", "serves"), [(2014, False), (2015, True), (2019, True), (2020, False)])
def test_a_profile_serves_its_years(dated: Entry, year: int, serves: bool) -> None:
    assert dated.serves("www.a.org", datetime(year, 6, 1, tzinfo=UTC).date()) is serves


def test_a_profile_serves_its_host_and_what_is_under_it(dated: Entry) -> None:
    assert dated.serves("a.org", None)
    assert dated.serves("news.a.org", None)
    assert not dated.serves("ba.org", None)


MARKUP = (
    '<div class="post x"><h1 id="t" class="title main"><span>a</span></h1><p class="meta" data-k="v1 v2">'
    '<a rel="author" href="/a/1">b</a></p><ul><li class="post"><a class="meta">c</a></li></ul></div>'
)


@pytest.mark.parametrize(
    "css",
    [
        "h1",
        ".post",
        ".post a",
        ".post > h1",
        "#t",
        "h1#t.title",
        "#t span",
        ".meta[data-k]",
        "[rel=author]",
        "p a[href^='/a']",
        "p[data-k~=v2]",
        "a[href*='a/']",
        "a[href$='1']",
        "li.post > a.meta",
        ".post .post a",
        "h1 + p",
        "p:not(.x)",
        ".nothing a",
    ],
)
def test_the_index_finds_what_xpath_finds(css: str) -> None:
    page = Page(MARKUP.encode(), "http://example.org/")
    matcher = compile_selector(css)
    assert list(matcher.find(page)) == matcher.find(page.root)


def test_a_locale_is_one(tmp_path: Path) -> None:
    ours = load(write(tmp_path, 'hosts = ["a.org"]\nlocale = "en-US"\n', "publishers")).profile
    assert ours.over(Profile()).locale == "en-US"
    assert Profile().over(ours).locale == "en-US"
    with pytest.raises(ProfileError, match=r":2: locale must be one such as en-US"):
        load(write(tmp_path, 'hosts = ["a.org"]\nlocale = "American"\n', "publishers"))


def test_what_a_profile_may_weigh_is_what_is_chosen_by_weight() -> None:
    assert set(WEIGHTS) == WEIGHED


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A profile of another site, in the place of the package's own, that does not load; gives what is said of it."""
    write(tmp_path, 'hosts = ["other.example"]\ncolour = "red"\n', "publishers", "bad")
    monkeypatch.setattr(profile, "HERE", tmp_path)
    for cached in (themes, publishers):
        cached.cache_clear()
    yield "bad.toml:2: unknown key 'colour'"
    for cached in (themes, publishers):
        cached.cache_clear()


def test_a_crawl_is_refused_before_it_begins_while_a_profile_does_not_load(
    tmp_path: Path, broken: str
) -> None:
    archive = tmp_path / "archive"
    result = CliRunner().invoke(warraq, ["crawl", "https://a.example", "--archive", str(archive)])
    assert isinstance(result.exception, ProfileError)
    assert str(result.exception).startswith(broken)
    assert result.exception.exit_code == 2
    assert not archive.exists()
    with pytest.raises(ProfileError, match=r"bad\.toml:2"):
        NewsSpider("https://a.example")


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_re_parse_is_refused_once_while_a_profile_does_not_load(
    tmp_path: Path, broken: str, options: tuple[str, ...]
) -> None:
    Archive.create_or_open(tmp_path / "archive").close()
    result = CliRunner().invoke(warraq, ["reparse", "--archive", str(tmp_path / "archive"), *options])
    assert isinstance(result.exception, ProfileError)
    assert str(result.exception).startswith(broken)
    assert result.output == ""


def test_days_in_either_order_are_told_so_and_no_other_way(tmp_path: Path) -> None:
    ours = load(write(tmp_path, 'hosts = ["a.org"]\ndays = "either"\n', "publishers")).profile
    assert ours.over(Profile()).days == Profile().over(ours).days == "either"
    with pytest.raises(ProfileError, match=r":2: days must be"):
        load(write(tmp_path, 'hosts = ["a.org"]\ndays = "month"\n', "publishers"))
