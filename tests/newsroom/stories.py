"""The stories of the newsroom, and the truth about each: what a perfect archiver would find."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, unquote, urlsplit

from tests.newsroom.copydesk import SECTIONS, Blocks, write

ZONE = timezone(timedelta(hours=2))
FIRST_ID = 1200  # the `?p=` number of story 0
HOME = "الرئيسية"

EVERYWHERE = frozenset({"front", "listing", "sitemap", "tag", "mesh"})
"""The ways to an ordinary story; `mesh` is the boxes of other stories (related, ticker, neighbours)."""


@dataclass(frozen=True)
class SeeAlso:
    """One link of a story to another."""

    kind: str  # check_also | related | inline
    path: str
    title: str
    excerpt: str | None = None


@dataclass(frozen=True)
class Truth:
    """One article as a perfect archiver would have it. Paths are percent-encoded, upper-case hex."""

    path: str
    title: str
    published_at: str | None  # ISO 8601 with zone, as the feed would say; None where nothing says it
    section: str | None
    body_paragraphs: tuple[str, ...]  # headings and quotes among them, in order
    breadcrumbs: tuple[tuple[str, str | None], ...]  # (name, path); the last is the page itself
    see_also: tuple[SeeAlso, ...]
    authors: tuple[str, ...]
    agency: str | None
    encoding: str
    number: int
    theme: str
    blocks: Blocks
    caption: str | None
    credit: str | None
    tags: tuple[str, ...]
    visible_date: str | None  # the story's date as the page prints it
    header_clock: str | None
    modified_at: str | None
    via: frozenset[str]
    copy_of: str | None  # path of the story whose agency copy this one carries
    quirk: str | None

    @property
    def day(self) -> str | None:
        return self.published_at[:10] if self.published_at else None

    @property
    def see_also_paths(self) -> tuple[str, ...]:
        return tuple(each.path for each in self.see_also)

    @property
    def body(self) -> str:
        return "\n\n".join(self.body_paragraphs)


@dataclass(frozen=True)
class Story:
    """One story as the newsroom's content system keeps it."""

    number: int
    section: str
    title: str
    slug: str
    blocks: Blocks
    caption: str
    credit: str
    tags: tuple[str, ...]
    author: str
    published: datetime
    theme: str = "sahifa"
    via: frozenset[str] = EVERYWHERE
    quirk: str | None = None
    encoding: str = "utf-8"
    modified: datetime | None = None
    copy_of: int | None = None
    dated: bool = field(default=False)  # its address carries the day: /2025/03/12/slug/

    @property
    def id(self) -> int:
        return FIRST_ID + self.number

    @property
    def path(self) -> str:
        day = f"/{self.published:%Y/%m/%d}" if self.dated else ""
        return quote(f"{day}/{self.slug}/")

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    @property
    def excerpt(self) -> str:
        return " ".join(self.blocks[0][1].split()[:14]) + " …"

    @property
    def agency(self) -> str | None:
        return AGENCY if self.quirk == "agency" else None

    @property
    def undated(self) -> bool:
        return self.quirk in ("no_date", "header_clock_only")


# What is special about a few stories, by number: theme, ways to it, quirk. Everything else is ordinary.
SPECIAL: dict[int, dict[str, object]] = {
    2: {"theme": "jannah", "quirk": "relative_date"},
    3: {"via": frozenset({"sitemap"})},
    4: {"via": frozenset({"feed"})},
    5: {"via": frozenset({"see_also"})},
    6: {"quirk": "links_to_see_also_only"},
    7: {"theme": "jannah"},
    8: {"theme": "tagdiv"},
    9: {"theme": "plain"},
    10: {"theme": "plain", "encoding": "windows-1256", "quirk": "cp1256_declared"},
    11: {"theme": "plain", "encoding": "windows-1256", "quirk": "cp1256_undeclared"},
    12: {"theme": "plain", "encoding": "windows-1256", "quirk": "cp1256_header_lies"},
    13: {"quirk": "heals_500"},
    14: {"quirk": "heals_429"},
    15: {"quirk": "heals_503"},
    16: {"quirk": "deflate"},
    17: {"quirk": "chunked"},
    18: {"quirk": "hostile_script"},
    19: {"quirk": "no_date", "via": frozenset({"listing"})},
    20: {"quirk": "header_clock_only", "via": frozenset({"listing", "front"})},
    21: {"via": frozenset({"shortlink"})},
    22: {"quirk": "amp"},
    23: {"via": frozenset({"chain"})},
    24: {"via": frozenset({"tag"})},
    25: {"quirk": "cover"},
    26: {"theme": "jannah", "quirk": "json_ld"},
    27: {"quirk": "agency"},
    28: {"quirk": "agency", "copy_of": 27},
    29: {"quirk": "meta_off"},
    30: {"via": frozenset({"news_sitemap"})},
    31: {"quirk": "relative_weeks"},
    32: {"quirk": "print"},
}
FRESH = (0, 1, 2, 30)
"""Stories of the last two days, as a news sitemap lists them; the others have fixed dates."""
NEWEST_FIXED = datetime(2025, 11, 14, 9, 20, tzinfo=ZONE)
AGENCY = "وكالة الساحل للأنباء"


def first_stories(count: int, now: datetime) -> list[Story]:
    """The first `count` stories, newest first; the oldest quarter is half by pagination only."""
    stories: list[Story] = []
    taken: set[str] = set()
    for number in range(count):
        story = _story(number, _published(number, now), taken)
        if number >= max(len(SPECIAL) + 1, count - count // 4) and number // len(SECTIONS) % 2:
            story = replace(story, via=frozenset({"listing"}), quirk="pagination_only")
        if story.copy_of is not None:
            story = _agency_copy(story, stories[story.copy_of])
        if story.quirk == "relative_weeks":
            story = replace(story, published=at_nine(now, days=23))
        stories.append(story)
    return stories


def later_story(number: int, published: datetime, taken: set[str]) -> Story:
    """A story published after the first ones: ordinary, on the front page and in the feed too."""
    return _story(number, published, taken, special={})


def _story(
    number: int, published: datetime, taken: set[str], special: dict[int, dict[str, object]] = SPECIAL
) -> Story:
    section = list(SECTIONS)[number % len(SECTIONS)]
    copy = write(number, section, paragraphs=4 + number % 4)
    story = Story(
        number=number,
        section=section,
        title=copy.title,
        slug=_slug(copy.title, taken),
        blocks=copy.blocks,
        caption=copy.caption,
        credit=copy.credit,
        tags=copy.tags,
        author=copy.author,
        published=published,
        dated=number % 7 == 3,
    )
    story = replace(story, **special.get(number, {}))  # type: ignore[arg-type]
    if story.agency:
        kind, lead = story.blocks[0]
        story = replace(story, blocks=((kind, f"رأس النور ({AGENCY}) - {lead}"), *story.blocks[1:]))
    return story


def _published(number: int, now: datetime) -> datetime:
    if number in FRESH:
        return at_nine(now, days=1) - timedelta(minutes=17 * number)
    return NEWEST_FIXED - timedelta(days=number * 3 + number % 3, minutes=37 * (number % 9))


def at_nine(now: datetime, days: int) -> datetime:
    day = now.astimezone(ZONE) - timedelta(days=days)
    return day.replace(hour=9, minute=40, second=0, microsecond=0)


def _agency_copy(story: Story, original: Story) -> Story:
    """The same agency copy under another title, with the last paragraph left out."""
    return replace(story, blocks=original.blocks[:-1])


def _slug(title: str, taken: set[str]) -> str:
    """As WordPress makes them: hyphens for spaces, no punctuation, cut at 200 bytes of %XX."""
    kept = "".join(letter if letter.isalnum() else " " for letter in title)
    slug = base = "-".join(kept.split())[:40].strip("-")
    repeat = 1
    while slug in taken:
        repeat += 1
        slug = f"{base}-{repeat}"
    taken.add(slug)
    return slug


def identity(url: str) -> str:
    """The path of an address without its spelling: decoded, no query, no trailing slash, no AMP."""
    return unquote(urlsplit(url).path).rstrip("/").removesuffix("/amp") or "/"
