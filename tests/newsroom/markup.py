"""The pieces that pages are put together from, out of `tests/fixtures/newsroom/`: a file a page, and `pieces.html`
for what repeats.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from html import escape
from string import Template

from tests.newsroom.copydesk import FIXTURES, SECTIONS
from tests.newsroom.press import MONTHS, WEEKDAYS, Press, section_path, spell, tag_path
from tests.newsroom.stories import HOME, ZONE, Story

BOOKMARK = ' rel="bookmark"'

Values = dict[str, object]


@cache
def template(name: str) -> Template:
    return Template((FIXTURES / f"{name}.html").read_text(encoding="utf-8"))


@cache
def _pieces() -> dict[str, Template]:
    found = (FIXTURES / "pieces.html").read_text(encoding="utf-8").split("<!-- # ")[1:]
    named = (part.partition(" -->\n") for part in found)
    return {name: Template(markup.removesuffix("\n")) for name, _, markup in named}


def piece(name: str, /, **values: object) -> str:
    return _pieces()[name].substitute(values)


def link(press: Press, story: Story, form: int = 0, query: str = "", more: str = "") -> str:
    return f'<a href="{press.home}{spell(story.path, form)}{query}"{more}>{escape(story.title)}</a>'


def each_linked(name: str, stories: Iterable[Story], press: Press) -> str:
    return "".join(piece(name, link=link(press, each)) for each in stories)


def menu(press: Press) -> str:
    entries = [(HOME, "/")] + [(name, section_path(name)) for name in SECTIONS]
    return "".join(
        piece("menu-item", url=press.home + spell(path, place), text=name)
        for place, (name, path) in enumerate(entries)
    )


def image(story: Story, size: str = "") -> str:
    return f"/wp-content/uploads/{story.published:%Y/%m}/photo-{story.id}{size}.png"


def full_caption(story: Story) -> str:
    return f"{story.caption} ({story.credit})"


def teaser(other: Story, press: Press, size: str) -> Values:
    return {
        "url": press.url(other.path),
        "thumb": press.home + image(other, size),
        "link": link(press, other, other.number, more=BOOKMARK),
        "date": visible_date(other, press.now) or "",
    }


def tag_links(tags: Iterable[str], press: Press) -> str:
    return " ".join(f'<a href="{press.url(tag_path(tag))}" rel="tag">{escape(tag)}</a>' for tag in tags)


def visible_date(story: Story, now: datetime) -> str | None:
    """The story's date as its theme prints it; None where the page does not."""
    if story.undated or story.quirk == "meta_off":
        return None
    if story.quirk == "relative_date":
        return "منذ يوم واحد"
    if story.quirk == "relative_weeks":
        return "3 أسابيع مضت"
    day = story.published.astimezone(ZONE)
    month = MONTHS[day.month - 1]
    if story.theme == "plain":
        half = "ص" if day.hour < 12 else "م"
        return f"{WEEKDAYS[day.weekday()]} {day.day} {month} {day.year} - {day:%I:%M} {half}"
    if story.theme == "tagdiv":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month}، {day.year}"


def header_clock(story: Story, press: Press) -> str | None:
    return None if story.quirk == "no_date" else press.clock()
