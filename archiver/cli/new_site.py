"""`warraq new-site`: a profile stub and a fixture folder for a site that reads badly."""

import re
from datetime import date
from pathlib import Path

import click

from archiver import sites
from archiver.cli._fetch import fetched_at_option, page_argument, page_from, url_option
from archiver.cli._golden import ARTICLE_KINDS, UNSAID, write_fixture
from archiver.errors import InputError
from archiver.extract import read_page
from archiver.page import Page
from archiver.sites.profile import profile_for

PUBLISHERS = Path(sites.__file__).parent / "publishers"
FIXTURES = Path("tests/fixtures")
FOLDER = click.Path(path_type=Path, file_okay=False)
NOT_NAME = re.compile(r"[^a-z0-9]+")
COMMENTED = {
    "title": "title",
    "published": "published_at",
    "author": "authors",
    "breadcrumbs": "breadcrumbs",
    "body": "body",
    "lead_image": "images",
    "see_also_related": "see_also",
    "see_also_inline": "see_also",
    "tags": "tags",
}
"""{what a publisher's profile most often has to say: the field it is for}; written as comments."""


@click.command()
@page_argument
@url_option
@fetched_at_option
@click.option("--into", type=FOLDER, default=PUBLISHERS, help="Where the profile goes; else to Warraq's.")
@click.option("--fixtures", type=FOLDER, default=FIXTURES, show_default=True, help="Where the fixture goes.")
@click.option("--no-profile", is_flag=True, help="Only the fixture: the site reads well without a profile.")
def command(
    source: str, url: str | None, fetched_at: str | None, into: Path, fixtures: Path, no_profile: bool
) -> None:
    """Begin a site with one of its articles: FILE (with --url), URL, or standard input (-).

    Writes a profile stub, and a fixture folder whose golden waits for a person to review it.
    """
    page = page_from(source, url, fetched_at)
    if not page.body.strip():
        raise InputError(f"{source}: is empty; a site is begun with one of its articles")
    stub = into / f"{profile_name(page.host)}.toml"
    if not no_profile and stub.exists():
        raise InputError(f"{stub}: there already; add to it, or give --no-profile for the fixture alone")
    fixture = write_fixture(fixtures, page, f"{page.host}: {UNSAID}")
    click.echo(f"{fixture.folder}: page.html, meta.json, expected.json (to review)")
    if not no_profile:
        into.mkdir(parents=True, exist_ok=True)
        stub.write_text(stub_for(page), encoding="utf-8")
        click.echo(f"{stub}: selectors to fill in where the reading falls short")
    click.echo(
        'next: hold expected.json against the page, set "reviewed" to true, write `models` in meta.json, '
        "and run the tests"
    )
    _tell_of_no_article(source, page)


def _tell_of_no_article(source: str, page: Page) -> None:
    """Says that the page is taken for no article: the wrong page, or what the profile is to mend."""
    verdict = read_page(page).verdict
    if verdict.kind not in ARTICLE_KINDS:
        click.echo(
            f"warraq: {source}: is taken for {verdict.kind} ({'; '.join(verdict.evidence)}), not for an article; a "
            "site is begun with one of its articles: unless this is one, remove what was written and begin with one",
            err=True,
        )


def profile_name(host: str) -> str:
    """A profile's file name for a host."""
    return NOT_NAME.sub("_", host.lower()).strip("_") or "site"


def stub_for(page: Page) -> str:
    """A publisher's profile that loads as it is, and says what is read without it."""
    profile, reading = profile_for(page), read_page(page)
    since = (page.fetched_at.date() if page.fetched_at else date.min).isoformat()
    lines = [
        f"# {page.host}: begun with {page.url}",
        f"# Taken for: {reading.verdict.kind}; read with: {profile.name}. Keep only what is gained by it.",
        f'hosts = ["{page.host}"]',
        *([f"# valid_from = {since}  # the first day this markup was seen"] if page.fetched_at else []),
        "",
        "[select]",
    ]
    item = reading.article.to_dict()
    for name, field in COMMENTED.items():
        found = reading.article.provenance.get(field)
        now = f"now from {found.source} {found.locator}" if found and item[field] else "not found now"
        lines.append(f'# {name} = [""]  # {now}')
    return "\n".join(lines) + "\n"
