"""Turns stories into pages, in the markup of the themes that Arabic newsrooms really use.

The markup stands in `tests/fixtures/newsroom/`: a file a page, and `pieces.html` for what repeats.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from html import escape
from string import Template
from urllib.parse import quote, unquote

from tests.newsroom.copydesk import FIXTURES, SECTIONS
from tests.newsroom.stories import HOME, ZONE, Story

NAME = "صحيفة الميناء"
BOOKMARK = ' rel="bookmark"'
MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
WEEKDAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

PAGE = "page page-id-2 page-template-default"

Values = dict[str, object]


@dataclass(frozen=True)
class Boxes:
    """The other stories that a page of one story links to."""

    check_also: Story
    related: Sequence[Story]
    ticker: Sequence[Story]
    sidebar: Sequence[Story]
    neighbours: Sequence[Story]
    inline: Sequence[Story]


@dataclass(frozen=True)
class Press:
    """What every page of the newsroom shares."""

    home: str  # without the closing slash
    now: datetime
    counters: bool = False  # view counters that change on every request

    def url(self, path: str) -> str:
        return self.home + spell(path)

    def clock(self) -> str:
        return f"{WEEKDAYS[self.now.weekday()]} , {self.now.day} {MONTHS[self.now.month - 1]} {self.now.year}"


@lru_cache(maxsize=8192)
def spell(path: str, form: int = 0) -> str:
    """One address, three spellings: lower-case hex as WordPress prints it, upper-case hex, raw letters."""
    if form % 3 == 2:
        return unquote(path)
    canonical = quote(unquote(path), safe="/?=&#")
    return canonical if form % 3 == 1 else _lower_hex(canonical)


def _lower_hex(path: str) -> str:
    head, *parts = path.split("%")
    return head + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts)


def section_path(section: str) -> str:
    return quote(f"/category/{section}/")


def tag_path(tag: str) -> str:
    return quote(f"/tag/{tag.replace(' ', '-')}/")


def author_path(author: str) -> str:
    return quote(f"/author/{author.replace(' ', '-')}/")


# ---------------------------------------------------------------- templates


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


# ---------------------------------------------------------------- dates as pages print them


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


# ---------------------------------------------------------------- the body


def entry(story: Story, boxes: Boxes, press: Press) -> str:
    """The body as paragraphs, with a picture, a subheading or two, and what the story's quirk adds."""
    parts = []
    for place, (kind, text) in enumerate(story.blocks):
        parts.append(_block(kind, text))
        if place == 1 and has_inline_figure(story):
            full = press.home + image(story, "-b")
            parts.append(piece("inline-figure", id=story.id, full=full, alt=escape(story.tags[0])))
        if place == 2:
            parts += [piece("inline-link", link=link(press, other)) for other in boxes.inline]
    if story.quirk == "hostile_script":
        parts.append(piece("hostile"))
    return "\n".join(parts)


def has_inline_figure(story: Story) -> bool:
    return story.number % 5 == 0 and story.quirk is None and story.theme != "plain"


def _block(kind: str, text: str) -> str:
    text = escape(text, quote=False)
    match kind:
        case "heading":
            return f"<h3>{text}</h3>"
        case "quote":
            return f"<blockquote><p>{text}</p></blockquote>"
    return f"<p>{text}</p>"


# ---------------------------------------------------------------- the themes


def article(story: Story, boxes: Boxes, press: Press, views: int = 0) -> str:
    return _THEMES[story.theme](story, boxes, press, _values(story, boxes, press, views))


def amp(story: Story, boxes: Boxes, press: Press) -> str:
    return template("amp").substitute(_values(story, boxes, press))


def printed(story: Story, boxes: Boxes, press: Press) -> str:
    return template("print").substitute(_values(story, boxes, press))


def _values(story: Story, boxes: Boxes, press: Press, views: int = 0) -> Values:
    return {
        "home": press.home,
        "id": story.id,
        "title": escape(story.title),
        "section": story.section,
        "head_title": escape(f"{story.title} - {NAME}"),
        "path": spell(story.path),
        "canonical": press.url(story.path),
        "category": list(SECTIONS).index(story.section) + 3,
        "category_url": press.url(section_path(story.section)),
        "author": escape(story.author),
        "author_url": press.url(author_path(story.author)),
        "author_id": len(story.author),
        "visible_date": visible_date(story, press.now) or "",
        "iso": story.published.isoformat(),
        "day": f"{story.published:%Y-%m-%d}",
        "views": 100 + story.number * 7 % 900 + views,
        "image": press.home + image(story, "-660x330"),
        "image_full": press.home + image(story),
        "caption": escape(full_caption(story)),
        "share": quote(press.home + story.path, safe=""),
        "entry": entry(story, boxes, press),
        "head": wordpress_head(story, press),
        "menu": menu(press),
        "clock": header_clock(story, press) or "",
        "year": press.now.year,
    }


def wordpress_head(story: Story, press: Press) -> str:
    lines = [
        f'<link rel="canonical" href="{press.url(story.path)}" />',
        f"<link rel='shortlink' href='{press.home}/?p={story.id}' />",
    ]
    if story.quirk == "amp":
        lines.append(f'<link rel="amphtml" href="{press.url(story.path)}amp/" />')
    return "\n".join(lines)


def _sahifa(story: Story, boxes: Boxes, press: Press, values: Values) -> str:
    middle = piece("crumb", url=values["category_url"], text=story.section)
    top = {
        "crumbs": piece("crumbs", home=press.home, middle=middle, current=values["title"]),
        "headline": piece("headline", **values),
        "thumb": piece("thumb", **values),
        "meta": "",
        "cover": "",
    }
    if not story.undated and story.quirk != "meta_off":
        top["meta"] = piece("meta", **values)
    if story.quirk == "cover":
        cover = piece("cover", **values, **_only(top, "crumbs", "headline", "meta"))
        top = dict.fromkeys(top, "") | {"cover": cover}
    content = template("sahifa-post").substitute(values | top | _sahifa_foot(story, boxes, press, values))
    return sahifa_page(
        press,
        boxes,
        content,
        title=story.title,
        head=str(values["head"]),
        clock=header_clock(story, press),
        body_class=f"post-template-default single single-post postid-{story.id} single-format-standard",
    )


def _only(values: dict[str, str], *names: str) -> dict[str, str]:
    return {name: values[name] for name in names}


def _sahifa_foot(story: Story, boxes: Boxes, press: Press, values: Values) -> Values:
    before, after = boxes.neighbours
    other = boxes.check_also
    return {
        "hidden": "" if story.undated else piece("hidden", **values),
        "author_box": "" if story.undated else piece("author-box", **values),
        "print": piece("print-link", **values) if story.quirk == "print" else "",
        "tag_classes": " ".join(f"tag-{quote(tag.replace(' ', '-'))}" for tag in story.tags),
        "tags": _tag_links(story.tags, press),
        "neighbours": piece(
            "neighbours",
            before=link(press, before, more=' rel="prev"'),
            after=link(press, after, more=' rel="next"'),
        ),
        "related": "\n".join(piece("related", **_teaser(each, press, "-310x165")) for each in boxes.related),
        "check_also": piece("check-also", **_teaser(other, press, "-310x165"), excerpt=escape(other.excerpt)),
        "comments": "" if story.number % 6 else piece("comments", **values),
    }


def _teaser(other: Story, press: Press, size: str) -> Values:
    return {
        "url": press.url(other.path),
        "thumb": press.home + image(other, size),
        "link": link(press, other, other.number, more=BOOKMARK),
        "date": visible_date(other, press.now) or "",
    }


def _tag_links(tags: Iterable[str], press: Press) -> str:
    return " ".join(f'<a href="{press.url(tag_path(tag))}" rel="tag">{escape(tag)}</a>' for tag in tags)


def sahifa_page(
    press: Press,
    boxes: Boxes,
    content: str,
    *,
    title: str,
    head: str = "",
    body_class: str = "archive category",
    clock: str | None = None,
) -> str:
    """The frame that every Sahifa page has: header, menu, ticker, sidebar, footer."""
    cloud = {tag: None for each in boxes.sidebar for tag in each.tags}
    return template("sahifa").substitute(
        home=press.home,
        charset="UTF-8",
        head_title=escape(f"{title} - {NAME}"),
        head=head,
        body_class=body_class,
        clock=f'<span class="today-date">{clock}</span>' if clock else "",
        menu=menu(press),
        year=press.now.year,
        content=content,
        cloud=_tag_links(cloud, press),
        ticker="".join(f"<li>{link(press, each, 1)}</li>" for each in boxes.ticker),
        sidebar="".join(piece("side-item", **_teaser(each, press, "-110x75")) for each in boxes.sidebar),
    )


def _jannah(story: Story, boxes: Boxes, press: Press, values: Values) -> str:
    updated = ""
    if story.modified:
        day = story.modified.astimezone(ZONE)
        updated = piece("jannah-updated", date=f"{day.day} {MONTHS[day.month - 1]}، {day.year}")
    return template("jannah").substitute(
        values,
        tags=_tag_links(story.tags, press),
        last_updated=updated,
        schema=_schema(story, press),
        ticker=each_linked("jannah-ticker", boxes.ticker, press),
        neighbours=each_linked("jannah-neighbour", boxes.neighbours, press),
        related=each_linked("jannah-related", boxes.related, press),
        check_also=each_linked("jannah-side", [boxes.check_also], press),
        sidebar=each_linked("jannah-side", boxes.sidebar, press),
    )


def _schema(story: Story, press: Press) -> str:
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "mainEntityOfPage": press.url(story.path),
        "articleSection": story.section,
        "author": {"@type": "Person", "name": story.author},
        "image": {"@type": "ImageObject", "url": press.home + image(story)},
    }
    text = json.dumps(data, ensure_ascii=False)
    return f'<script id="tie-schema-json" type="application/ld+json">{text}</script>'


def _tagdiv(story: Story, boxes: Boxes, press: Press, values: Values) -> str:
    tags = "".join(f"<li>{_tag_links([tag], press)}</li>" for tag in story.tags)
    return template("tagdiv").substitute(
        values,
        tags=tags,
        neighbours=each_linked("tagdiv-neighbour", boxes.neighbours, press),
        related=each_linked("tagdiv-module", boxes.related, press),
        sidebar=each_linked("tagdiv-module", boxes.sidebar, press),
    )


def _plain(story: Story, boxes: Boxes, press: Press, values: Values) -> str:
    """A hand-made portal: `<br />` for paragraphs, misspelt class names, addresses without a host."""
    lines = (escape(text, quote=False) for _, text in story.blocks)
    body = (
        f"<b>{line}</b>" if kind == "heading" else line
        for (kind, _), line in zip(story.blocks, lines, strict=True)
    )

    def rows(others: Sequence[Story]) -> str:
        return "".join(f'<li><a href="{spell(each.path)}">{escape(each.title)}</a></li>' for each in others)

    sections = (f'<a href="{spell(section_path(name))}">{name}</a>' for name in SECTIONS)
    return template("plain").substitute(
        values
        | {
            "entry": "<br /><br />\n".join(body),
            "category_url": spell(section_path(story.section)),
            "author_url": spell(author_path(story.author)),
            "image": image(story),
            "menu": " | ".join(sections),
            "head": f'<link rel="canonical" href="{press.url(story.path)}" />',
            "meta_charset": _meta_charset(story),
            "related": rows(boxes.related),
            "sidebar": rows(boxes.sidebar),
        }
    )


def _meta_charset(story: Story) -> str:
    if story.quirk == "cp1256_undeclared":
        return ""
    return f'<meta http-equiv="Content-Type" content="text/html; charset={story.encoding}" />'


_THEMES = {"sahifa": _sahifa, "jannah": _jannah, "tagdiv": _tagdiv, "plain": _plain}


# ---------------------------------------------------------------- listings and lone pages


def listing(
    press: Press, boxes: Boxes, title: str, path: str, stories: Sequence[Story], page: int, pages: int
) -> str:
    """One page of a section, tag or author archive, with its excerpts and its pagination."""
    content = piece(
        "listing",
        title=escape(title),
        home=press.home,
        pagination=_pagination(press, path, page, pages),
        crumbs=piece("crumbs", home=press.home, middle="", current=escape(title)),
        items="\n".join(_list_item(each, press) for each in stories),
    )
    return sahifa_page(press, boxes, content, title=title, clock=press.clock())


def _list_item(story: Story, press: Press) -> str:
    teaser = _teaser(story, press, "-310x165")
    dated = piece("list-date", **teaser) if teaser["date"] else ""
    return piece(
        "list-item",
        **teaser,
        dated=dated,
        excerpt=escape(story.excerpt),
        more=press.home + spell(story.path, 1),
    )


def _pagination(press: Press, path: str, page: int, pages: int) -> str:
    if pages < 2:
        return ""

    def step(number: int) -> str:
        return press.url(path if number == 1 else f"{path}page/{number}/")

    numbers = [
        f'<span class="current">{each}</span>'
        if each == page
        else f'<a href="{step(each)}" class="page" title="{each}">{each}</a>'
        for each in range(max(1, page - 1), min(pages, page + 1) + 1)
    ]
    after = f'<span id="tie-next-page"><a href="{step(page + 1)}">»</a></span>' if page < pages else ""
    return piece("pagination", page=page, pages=pages, numbers="".join(numbers), after=after)


def front(press: Press, boxes: Boxes, boxed: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The front page: boxes of ready-made links, each under a heading."""
    blocks = (
        piece("front-box", heading=heading, items="".join(f"<li>{each}</li>" for each in links))
        for heading, links in boxed
    )
    return sahifa_page(
        press,
        boxes,
        "\n".join(blocks),
        title="أخبار الساحل كما هي",
        clock=press.clock(),
        head=f'<link rel="canonical" href="{press.home}/" />',
        body_class="home blog",
    )


def lone_page(
    press: Press, boxes: Boxes, title: str, paragraphs: Sequence[str], *, css: str = PAGE, more: str = ""
) -> str:
    """A page that is no article: about, contact, not found; or, by its class, an archive or a search."""
    text = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    kind = "archive-page" if css.startswith(("archive", "search")) else "lone-page"
    content = piece(kind, title=escape(title), text=text, more=more)
    return sahifa_page(press, boxes, content, title=title, body_class=css, clock=press.clock())
