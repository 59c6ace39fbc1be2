"""A story as a page, in the markup of the themes that Arabic newsrooms really use."""

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from tests.newsroom.copydesk import SECTIONS
from tests.newsroom.markup import (
    Values,
    each_linked,
    full_caption,
    header_clock,
    image,
    link,
    menu,
    piece,
    tag_links,
    teaser,
    template,
    visible_date,
)
from tests.newsroom.press import MONTHS, NAME, Boxes, Press, author_path, section_path, spell
from tests.newsroom.stories import ZONE, Story


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
        "tags": tag_links(story.tags, press),
        "neighbours": piece(
            "neighbours",
            before=link(press, before, more=' rel="prev"'),
            after=link(press, after, more=' rel="next"'),
        ),
        "related": "\n".join(piece("related", **teaser(each, press, "-310x165")) for each in boxes.related),
        "check_also": piece("check-also", **teaser(other, press, "-310x165"), excerpt=escape(other.excerpt)),
        "comments": "" if story.number % 6 else piece("comments", **values),
    }


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
        cloud=tag_links(cloud, press),
        ticker="".join(f"<li>{link(press, each, 1)}</li>" for each in boxes.ticker),
        sidebar="".join(piece("side-item", **teaser(each, press, "-110x75")) for each in boxes.sidebar),
    )


def _jannah(story: Story, boxes: Boxes, press: Press, values: Values) -> str:
    updated = ""
    if story.modified:
        day = story.modified.astimezone(ZONE)
        updated = piece("jannah-updated", date=f"{day.day} {MONTHS[day.month - 1]}، {day.year}")
    return template("jannah").substitute(
        values,
        tags=tag_links(story.tags, press),
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
    tags = "".join(f"<li>{tag_links([tag], press)}</li>" for tag in story.tags)
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
