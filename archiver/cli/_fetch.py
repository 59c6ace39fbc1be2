"""One page for the command line's tools: from a file, from standard input, or fetched once, within bounds."""

import http.client
import sys
import urllib.error
import urllib.request
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archiver.config import contact
from archiver.errors import InputError, WarraqError
from archiver.page import Page
from archiver.urls import canonicalise

MOST_SECONDS = 30
MOST_BYTES = 20_000_000
STANDARD_INPUT = "-"
AUTOMATIC = zlib.MAX_WBITS | 32  # gzip or zlib, as its head says
ZLIB_HEAD = b"\x78"

page_argument = click.argument("source", metavar="FILE|URL")
url_option = click.option(
    "--url",
    help="The address FILE was served at, if not the one it gives as its own; links and site come from it.",
)
fetched_at_option = click.option(
    "--fetched-at",
    metavar="ISO",
    help="When FILE was fetched, such as 2023-05-30T09:12+02:00: what «منذ ساعتين» is counted from.",
)


def page_from(source: str, url: str | None, fetched_at: str | None) -> Page:
    """The page that SOURCE names: an address is fetched, `-` is standard input, all else is a file."""
    if source.startswith(("http://", "https://")):
        if url or fetched_at:
            raise InputError(f"{source} is fetched now, from there: leave --url and --fetched-at to files")
        return fetch(source)
    body = _read(source)
    if not body.strip() and not url:
        raise InputError(f"{_name(source)}: is empty; give a saved page, or the address to fetch it from")
    told = url or _told_by(Page(body, ""))
    if not told:
        raise InputError(f"{_name(source)}: does not say where it was served; tell it, with --url https://…")
    return Page(body, _checked(told), fetched_at=_moment(fetched_at))


def _told_by(page: Page) -> str | None:
    """The address that a page gives as its own: canonical, or for sharing."""
    told = (page.canonical, page.first_meta("og:url"))
    return next((each for each in told if each and each.startswith(("http://", "https://"))), None)


def fetch(url: str) -> Page:
    """One polite request: who asks is in the user agent, time and size are bounded, proxies are honoured."""
    request = urllib.request.Request(_checked(url), headers=_headers())  # noqa: S310 - `_checked` lets http(s) pass
    try:
        with urllib.request.urlopen(request, timeout=MOST_SECONDS) as answer:  # noqa: S310
            body, headers, final = answer.read(MOST_BYTES + 1), dict(answer.headers.items()), answer.url
    except urllib.error.HTTPError as error:
        with error:
            raise FetchError(
                f"{url}: the server answers {error.code} {error.reason}; a saved copy can be read with --url"
            ) from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise FetchError(
            f"{url}: not fetched ({reason}); try again, or save the page and give the file with --url"
        ) from None
    if len(body) > MOST_BYTES:
        raise FetchError(
            f"{url}: more than {MOST_BYTES // 1_000_000} MB, and not read; save the page and "
            f"give the file with --url"
        )
    return Page(
        _unpacked(body, headers, url),
        final,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        headers=headers,
    )


class FetchError(WarraqError):
    """A page that could not be fetched (exit 1)."""


def _headers() -> dict[str, str]:
    from archiver.store.archive import software  # the tools' other ways need no database

    who = contact()
    agent = f"{software()} (news archiver; {f'+{who}' if who else 'no contact given'})"
    return {
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "Accept-Language": "ar,*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def _unpacked(body: bytes, headers: dict[str, str], url: str) -> bytes:
    """The body without its content coding, at most `MOST_BYTES` of it."""
    coding = {name.lower(): value.lower() for name, value in headers.items()}.get("content-encoding")
    if coding not in ("gzip", "deflate"):
        return body
    try:
        headed = coding == "gzip" or body[:1] == ZLIB_HEAD  # some servers send deflate without its head
        return zlib.decompressobj(AUTOMATIC if headed else -zlib.MAX_WBITS).decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise FetchError(f"{url}: says {coding} and is not ({error})") from None


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
    except OSError as error:
        raise InputError(
            f"{source}: {error.strerror}; give a saved page, `-` for standard input, or an http(s) address"
        ) from None


def _checked(url: str) -> str:
    """The address, in ASCII. Raises `InputError` that names it."""
    canonical = canonicalise(url)
    if not urlsplit(url).hostname:
        raise InputError(f"{url}: names no host; give the page's full http(s) address")
    return url if url.isascii() else canonical


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--fetched-at {text}: write it as 2023-05-30T09:12+02:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(source: str) -> str:
    return "standard input" if source == STANDARD_INPUT else source


def as_plain(value: Any) -> str:
    """A field's value on one line, for people."""
    if value is None:
        return "—"
    if isinstance(value, dict):
        return " · ".join(str(each) for each in value.values() if each not in (None, "", []))
    if isinstance(value, list):
        return " | ".join(map(as_plain, value)) or "—"
    return " ".join(str(value).split())
