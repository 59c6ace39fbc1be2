"""Small pages for the tests of single fields, and one reading of each."""

from datetime import datetime
from typing import Any

from archiver.article import Article
from archiver.extract import Reading, read_page
from archiver.page import Page

TITLE = "افتتاح المكتبة العامة في وادي الزهور بعد ترميم دام ثلاث سنوات"
PARAGRAPHS = (
    "افتتحت بلدية وادي الزهور مكتبتها العامة بعد ترميم استمر ثلاث سنوات، بحضور عدد كبير من أهالي المدينة وطلبتها.",
    "وقالت مديرة المكتبة إن القاعات الجديدة تتسع لأربعمئة قارئ، وإن الرفوف تضم أكثر من ثلاثين ألف كتاب ومخطوط.",
    "وأوضحت أن أعمال الترميم شملت السقف الخشبي والنوافذ، مع الحفاظ على واجهة المبنى الحجرية كما كانت قبل قرن.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
URL = "https://www.example.org/news/4417"


def page(body: str, *, head: str = "", attributes: str = "") -> bytes:
    """A whole document around this body."""
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head>'
        f"<body {attributes}>{body}</body></html>"
    ).encode()


def story(meta: str = "", *, before: str = "", after: str = "", head: str = "", body: str = BODY) -> bytes:
    """An ordinary story: `meta` between headline and text, `before` above the story, `after` below it."""
    return page(
        f'{before}<div class="story"><h1>{TITLE}</h1>{meta}<div class="text">{body}</div></div>{after}',
        head=f"<title>{TITLE} - صحيفة الضفة</title>{head}",
    )


def reading(html: bytes, url: str = URL, now: str | None = None, **kwargs: Any) -> Reading:
    fetched_at = datetime.fromisoformat(now) if now else None
    return read_page(Page(html, url, fetched_at=fetched_at, **kwargs))


def article(html: bytes, url: str = URL, now: str | None = None, **kwargs: Any) -> Article:
    return reading(html, url, now, **kwargs).article


def kind(html: bytes, url: str = "https://www.example.org/news/4417", **kwargs: object) -> str:
    """What a page is taken for."""
    return reading(html, url, **kwargs).verdict.kind  # type: ignore[arg-type]
