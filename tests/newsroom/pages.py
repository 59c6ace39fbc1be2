"""The pages that are no story: the front page, listings and lone pages, all in Sahifa's frame."""

from collections.abc import Sequence
from html import escape

from tests.newsroom.markup import piece, teaser
from tests.newsroom.press import Boxes, Press, spell
from tests.newsroom.stories import Story
from tests.newsroom.themes import sahifa_page

PAGE = "page page-id-2 page-template-default"


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
    shown = teaser(story, press, "-310x165")
    dated = piece("list-date", **shown) if shown["date"] else ""
    return piece(
        "list-item",
        **shown,
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
