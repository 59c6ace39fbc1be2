"""Profiles: where a family of themes, or one publisher, keeps each field.

A profile is a TOML file of 10 to 30 lines, in `themes/` (recognised from the page itself) or in
`publishers/` (recognised by host and by date, so that an old snapshot still reads after a
redesign)::

    recognise = [["themes/sahifa"], ["the-post", "post-inner"]]  # theme: any of these sets of needles,
                                                # looked for in `Page.signature`
    order = 9                                   # theme: tried after those of a lower order (0)
    hosts = ["example.org"]                     # publisher: these hosts and their subdomains
    valid_from = 2015-01-01                     # publisher: first and last day this markup was served
    valid_until = 2019-12-31
    theme = "sahifa"                            # publisher: the theme, where the page does not tell

    locale = "en-US"                            # of days in numbers: the month first
    days = "either"                             # of days in numbers: as the site's owner set it

    [select]                                    # field = selectors, the best first
    title = ["h1.post-title"]

    [weigh.title]                               # field: another weight for a source (see extract.choice)
    json_ld = 9.5

It is loaded strictly: an unknown key or theme, a wrong type, a bad selector, a host that none can be, or a last day
before the first is a `ProfileError` that says ``file:line: reason``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from cssselect import SelectorError
from lxml import etree

from archiver.article import Source
from archiver.errors import ProfileError
from archiver.page import Element, Page
from archiver.sites.matching import Matcher, compile_selector

HERE = Path(__file__).parent
FIELDS = frozenset(
    {
        "title",
        "subtitle",
        "published",
        "modified",
        "served",
        "author",
        "breadcrumbs",
        "section",
        "tags",
        "body",
        "body_remove",
        "lead_image",
        "lead_caption",
        "inline_caption",
        "see_also_check",
        "see_also_related",
        "see_also_inline",
        "pages",
        "live_entry",
        "paywall",
    }
)
"""What a profile may select, for `Profile.first` (the first selector that finds any) or `.every`."""
KEYS = frozenset(
    {"recognise", "hosts", "valid_from", "valid_until", "theme", "locale", "days", "select", "weigh", "order"}
)
WEIGHED = frozenset(
    {"title", "subtitle", "description", "breadcrumbs", "section", "authors", "agency", "tags", "language"}
)
"""The fields that are one value chosen out of many by the weights of their sources."""
HOST = re.compile(r"(?!www\.)[^\s/:@*.A-Z][^\s/:@*A-Z]*")
"""As `Page.host` gives it."""
LOCALE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
SOURCES = frozenset(get_args(Source))


@dataclass(frozen=True, slots=True)
class Selector:
    """One CSS selector, compiled; `source` says whose it is."""

    css: str
    source: Source
    matcher: Matcher = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An element that a profile's selector found."""

    element: Element
    source: Source
    locator: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a page's markup before it is read. The empty profile knows nothing."""

    theme: str | None = None
    publisher: str | None = None
    selectors: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    weights: Mapping[str, Mapping[Source, float]] = field(default_factory=dict)
    locale: str | None = None  # of the days it prints, for what they leave open: "en-US" has the month first
    days: str | None = None  # "either": its days may have the month first, and only the page can tell

    @property
    def name(self) -> str:
        """How the command line names it: ``publisher+theme``, or ``generic``."""
        return "+".join(filter(None, (self.publisher, self.theme))) or "generic"

    def first(self, name: str, where: Page | Element) -> tuple[Match, ...]:
        """The elements of the first selector of this field that finds any."""
        for selector in self.selectors.get(name, ()):
            found = selector.matcher.find(where)
            if found:
                return tuple(Match(each, selector.source, selector.css) for each in found)
        return ()

    def every(self, name: str, where: Page | Element) -> tuple[Match, ...]:
        """The elements of all selectors of this field, selector by selector."""
        return tuple(self.each(name, where))

    def each(self, name: str, where: Page | Element) -> Iterator[Match]:
        """As `every`, one at a time: no selector is tried that is not asked for."""
        for selector in self.selectors.get(name, ()):
            for element in selector.matcher.find(where):
                yield Match(element, selector.source, selector.css)

    def over(self, other: "Profile") -> "Profile":
        """This profile laid over another: this one's selectors come first, field by field."""
        names = {*self.selectors, *other.selectors}
        selectors = {each: self.selectors.get(each, ()) + other.selectors.get(each, ()) for each in names}
        weights = {
            each: {**other.weights.get(each, {}), **self.weights.get(each, {})}
            for each in {*self.weights, *other.weights}
        }
        return Profile(
            self.theme or other.theme,
            self.publisher or other.publisher,
            selectors,
            weights,
            self.locale or other.locale,
            self.days or other.days,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A loaded profile file and what it is recognised by."""

    profile: Profile
    recognise: tuple[tuple[str, ...], ...] = ()
    hosts: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    order: int = 0

    def knows(self, shown: frozenset[str]) -> bool:
        """Whether the needles that a page's signature shows are this theme's."""
        return any(map(shown.issuperset, self.recognise))

    def serves(self, host: str, day: date | None) -> bool:
        """Whether this is the host's profile, on the day the page was fetched."""
        ours = any(host == each or host.endswith("." + each) for each in self.hosts)
        late = day is not None and self.valid_until is not None and day > self.valid_until
        early = day is not None and self.valid_from is not None and day < self.valid_from
        return ours and not late and not early


GENERIC = Profile()


def profile_for(page: Page) -> Profile:
    """The page's publisher profile laid over its theme's; the generic one where neither is known."""
    day = page.fetched_at.date() if page.fetched_at else None
    publisher = next((each for each in publishers() if each.serves(page.host, day)), None)
    shown = frozenset().union(*map(_needles_in, page.signature))
    theme = next((each for each in themes() if each.knows(shown)), None)
    profile = theme.profile if theme else GENERIC
    if publisher is None:
        return profile
    named = publisher.profile.theme
    if theme is None and named:
        profile = next((each.profile for each in themes() if each.profile.theme == named), GENERIC)
    return publisher.profile.over(profile)


@lru_cache(maxsize=32_768)
def _needles_in(item: str) -> frozenset[str]:
    """Which of all themes' needles an item of a signature holds; a site's pages have most items in common."""
    return frozenset(needle for needle in _needles() if needle in item)


@lru_cache(maxsize=1)
def _needles() -> frozenset[str]:
    return frozenset(needle for theme in themes() for needles in theme.recognise for needle in needles)


@lru_cache(maxsize=1)
def themes() -> tuple[Entry, ...]:
    """The theme profiles of the package, by file name."""
    return load_folder(HERE / "themes")


@lru_cache(maxsize=1)
def publishers() -> tuple[Entry, ...]:
    """The publisher profiles of the package, by file name."""
    return load_folder(HERE / "publishers")


def load_all() -> None:
    """Loads every profile of the package. Raises `ProfileError`: what reads many pages calls it before the first."""
    themes()
    publishers()


def load_folder(folder: Path) -> tuple[Entry, ...]:
    """Every profile of a folder; the first that does not load raises `ProfileError`."""
    return tuple(
        sorted((load(path) for path in sorted(folder.glob("*.toml"))), key=lambda entry: entry.order)
    )


def load(path: Path) -> Entry:
    """One profile file, strictly: `ProfileError` says ``file:line: reason``."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        raise ProfileError(f"{path.name}:{line}: not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ProfileError(f"{path.name}:{place.group(1) if place else 1}: {error}") from error
    return _Reader(path, text).entry(data)


class _Reader:
    """Reads one file's tables; knows the text, so that every complaint can name its line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.is_theme = path.parent.name == "themes"

    def entry(self, data: Mapping[str, Any]) -> Entry:
        self._only(data, KEYS, "key")
        source: Source = "theme" if self.is_theme else "profile"
        profile = Profile(
            theme=self.path.stem if self.is_theme else self._theme(data),
            publisher=None if self.is_theme else self.path.stem,
            selectors=self._selectors(data.get("select", {}), source),
            weights=self._weights(data.get("weigh", {})),
            locale=self._locale(data),
            days=self._days(data),
        )
        entry = Entry(
            profile,
            self._needles(data),
            self._hosts(data),
            self._day(data, "valid_from"),
            self._day(data, "valid_until"),
            self._order(data),
        )
        if not entry.recognise and not entry.hosts:
            raise self.error("recognise", "nothing to recognise it by: give `recognise` or `hosts`")
        if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
            raise self.error("valid_until", f"valid_until is before valid_from ({entry.valid_from})")
        return entry

    def error(self, key: str, reason: str) -> ProfileError:
        """The complaint, on the first line that mentions `key`."""
        line = next((number for number, text in enumerate(self.lines, 1) if key in text), 1)
        return ProfileError(f"{self.path.name}:{line}: {reason}")

    def _only(self, table: Mapping[str, Any], allowed: Iterable[str], what: str) -> None:
        for key in table:
            if key not in allowed:
                raise self.error(key, f"unknown {what} {key!r}; known: {', '.join(sorted(allowed))}")

    def _text(self, data: Mapping[str, Any], key: str) -> str | None:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise self.error(key, f"{key} must be a string")
        return value

    def _theme(self, data: Mapping[str, Any]) -> str | None:
        value = self._text(data, "theme")
        known = sorted(path.stem for path in (HERE / "themes").glob("*.toml"))
        if value is not None and value not in known:
            raise self.error("theme", f"unknown theme {value!r}; known: {', '.join(known)}")
        return value

    def _hosts(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        hosts = self._texts(data.get("hosts", []), "hosts")
        for host in hosts:
            if not HOST.fullmatch(host):
                raise self.error(
                    host, f"{host!r} is no host: write it as site.example, in small letters, without www."
                )
        return tuple(hosts)

    def _locale(self, data: Mapping[str, Any]) -> str | None:
        value = self._text(data, "locale")
        if value is not None and not LOCALE.fullmatch(value):
            raise self.error("locale", "locale must be one such as en-US or ar-DZ")
        return value

    def _days(self, data: Mapping[str, Any]) -> str | None:
        value = self._text(data, "days")
        if value not in (None, "either"):
            raise self.error("days", 'days must be "either"; where the order is known, give the locale')
        return value

    def _texts(self, value: Any, key: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise self.error(key, f"{key} must be a list of strings")
        return value

    def _day(self, data: Mapping[str, Any], key: str) -> date | None:
        value = data.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.error(key, f"{key} must be a day, such as 2015-01-31")
        return value

    def _order(self, data: Mapping[str, Any]) -> int:
        value = data.get("order", 0)
        if not isinstance(value, int):
            raise self.error("order", "order must be a whole number")
        return value

    def _needles(self, data: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
        value = data.get("recognise", [])
        if not isinstance(value, list):
            raise self.error("recognise", "recognise must be a list of lists of strings")
        return tuple(tuple(self._texts(each, "recognise")) for each in value)

    def _selectors(self, table: Any, source: Source) -> dict[str, tuple[Selector, ...]]:
        if not isinstance(table, dict):
            raise self.error("select", "select must be a table")
        self._only(table, FIELDS, "field")
        return {
            name: tuple(self._selector(css, source) for css in self._texts(value, name))
            for name, value in table.items()
        }

    def _selector(self, css: str, source: Source) -> Selector:
        try:
            return Selector(css, source, compile_selector(css))
        except (SelectorError, etree.XPathError) as error:
            raise self.error(css, f"bad selector {css!r}: {error}") from error

    def _weights(self, table: Any) -> dict[str, dict[Source, float]]:
        if not isinstance(table, dict):
            raise self.error("weigh", "weigh must be a table")
        self._only(table, WEIGHED, "field")
        return {name: self._weight(name, value) for name, value in table.items()}

    def _weight(self, name: str, table: Any) -> dict[Source, float]:
        if not isinstance(table, dict):
            raise self.error(name, f"weigh.{name} must be a table")
        self._only(table, SOURCES, "source")
        for source, weight in table.items():
            if not isinstance(weight, int | float):
                raise self.error(source, f"the weight of {source} must be a number")
        return {source: float(weight) for source, weight in table.items()}
