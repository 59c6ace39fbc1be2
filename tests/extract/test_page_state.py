"""Pages that a script draws: the story stands in the data which the page was sent with, and nowhere else."""

import json
import time
from datetime import datetime
from typing import Any

import pytest

from archiver import extract_article
from archiver.article import Article

URL = "https://sahifa.ly/news/48213-افتتاح-الميناء"
TITLE = "افتتاح الرصيف الثالث في ميناء الخمس بعد عامين من العمل"
PARAGRAPHS = [
    "افتُتح صباح اليوم الرصيف الثالث في ميناء الخمس بحضور عدد من المسؤولين، بعد عامين من العمل المتواصل.",
    "وقال مدير الميناء إن الرصيف الجديد يتيح استقبال سفن يصل طولها إلى 240 مترا، ويخفض أيام الانتظار إلى النصف.",
    "وأضاف أن أعمال التعميق ستستمر حتى نهاية العام، وأن رصيفا رابعا قيد الدراسة «إن سمحت الموازنة».",
]
HTML = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
STORY: dict[str, Any] = {
    "id": 48213,
    "title": TITLE,
    "summary": "الرصيف يستقبل سفنا أطول",
    "content": HTML,
    "published_at": "2024-05-03T10:00:00+02:00",
    "author": {"id": 7, "name": "سالم الفيتوري"},
    "category": {"id": 2, "name": "اقتصاد"},
    "tags": [{"name": "ميناء الخمس"}, {"name": "موانئ"}],
}
OTHER = {
    **STORY,
    "id": 48100,
    "title": "خبر آخر من القسم نفسه",
    "content": HTML.replace("الرصيف", "المطار") * 2,
}


def shell(script: str, *, title: str = TITLE, shown: str = "") -> Article:
    html = (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>{title} | صحيفة</title></head>'
        f'<body><div id="__next">{shown}</div>{script}</body></html>'
    )
    return extract_article(html.encode(), URL)


def in_json(data: Any, identity: str = "__NEXT_DATA__") -> str:
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script id="{identity}" type="application/json">{text}</script>'


def numbered(value: Any) -> list[Any]:
    """As Nuxt 3 keeps data: every value once, in one list, and for every part of it its number."""
    every: list[Any] = []

    def add(each: Any) -> int:
        place = len(every)
        every.append(None)
        if isinstance(each, dict):
            every[place] = {key: add(part) for key, part in each.items()}
        elif isinstance(each, list):
            every[place] = [add(part) for part in each]
        else:
            every[place] = each
        return place

    add(value)
    return every


DATA = {"props": {"pageProps": {"related": [OTHER], "article": STORY}}}
ELEMENTS = {
    "headlines": {"basic": "لا يقرأ"},
    "headline": TITLE,
    "content_elements": [{"type": "text", "content": each} for each in PARAGRAPHS],
    "display_date": "2024-05-03T08:00:00Z",
    "credits": {"by": [{"type": "author", "name": "سالم الفيتوري"}]},
}


@pytest.mark.parametrize(
    ("script", "place"),
    [
        (in_json(DATA), "__NEXT_DATA__.props.pageProps.article.content"),
        (in_json(numbered(DATA), "__NUXT_DATA__"), "__NUXT_DATA__["),
        (f"<script>window.__INITIAL_STATE__ = {json.dumps(DATA)};</script>", "__INITIAL_STATE__.props"),
        (
            f"<script>window.__PRELOADED_STATE__=JSON.parse({json.dumps(json.dumps(DATA))})</script>",
            "__PRELOADED_STATE__.props",
        ),
        (in_json({"globalContent": ELEMENTS}, "fusion"), "fusion.globalContent.content_elements"),
        (
            '<script id="serverApp-state" type="application/json">'
            + json.dumps(DATA, ensure_ascii=False).replace("<", "&l;").replace('"', "&q;")
            + "</script>",
            "serverApp-state.props",
        ),
    ],
    ids=["next", "nuxt", "variable", "string", "arc", "angular"],
)
def test_the_story_is_read_from_the_data(script: str, place: str) -> None:
    found = shell(script)
    assert found.title == TITLE
    assert found.body == "\n\n".join(PARAGRAPHS)
    assert found.published_at is not None
    assert str(found.published_at).startswith("2024-05-03")
    assert found.authors == ("سالم الفيتوري",)
    assert found.provenance["body"].source == "page_state"
    assert found.provenance["body"].locator.startswith(place)


def test_what_else_the_data_says_of_it() -> None:
    found = shell(in_json(DATA))
    assert found.published_at == datetime.fromisoformat("2024-05-03T10:00:00+02:00")
    assert found.section == "اقتصاد"
    assert found.tags == ("ميناء الخمس", "موانئ")
    assert found.description == "الرصيف يستقبل سفنا أطول"


def test_the_address_tells_which_story_it_is_where_all_pages_have_one_title() -> None:
    found = shell(in_json(DATA), title="الرئيسية")
    assert found.body == "\n\n".join(PARAGRAPHS)


def test_another_story_is_not_taken_for_it() -> None:
    found = shell(in_json({"props": {"latest": [OTHER]}}))
    assert found.body is None


@pytest.mark.parametrize("title", ["خبر آخر", "صحيفة", "آخر", "القسم نفسه"])
def test_a_word_of_a_title_does_not_make_it_the_pages(title: str) -> None:
    assert shell(in_json({"props": {"latest": [OTHER]}}), title=title).body is None


def test_what_a_page_shows_needs_no_data() -> None:
    shown = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS * 2)}</article>"
    found = shell(in_json({"article": {**STORY, "content": HTML.replace("الرصيف", "المطار")}}), shown=shown)
    assert found.body is not None
    assert "المطار" not in found.body
    assert found.authors == ()


def deep(levels: int) -> str:
    return '{"title":"x","content":[' * levels + "1" + "]}" * levels


@pytest.mark.parametrize(
    "script",
    [
        in_json(
            numbered(DATA)[:3] + [{"title": 3, "content": 3, "body": 4}, [4] * 100] * 400, "__NUXT_DATA__"
        ),
        f'<script id="__NEXT_DATA__" type="application/json">{deep(400)}</script>',
        f'<script id="__NEXT_DATA__" type="application/json">{deep(50_000)}</script>',
        in_json([{"title": TITLE, "content": [["س" * 30] * 200] * 20}] * 8),
        in_json({"title": TITLE, "content": "<" * 400_000}),
        in_json([{"title": "ع", "content": "ن" * 300, "slug": "("}] * 2_000),
        "<script>__NUXT__" + " = [" * 100_000 + "</script>",
        in_json(
            {
                "title": ["ا"],
                "content": {"content": {}},
                "date": {},
                "author": [[]],
                "tags": [None],
                "id": True,
            }
        ),
    ],
    ids=["circle", "deep", "deeper", "wide", "tags", "many", "assignments", "odd"],
)
def test_whatever_the_data_hold_is_read_in_time(script: str) -> None:
    begun = time.process_time()
    shell(script)
    assert time.process_time() - begun < 2


def test_the_data_tell_the_moment_that_the_page_tells_relatively() -> None:
    """Also where the page shows the story whole."""
    data = {
        "content": {
            "title": TITLE,
            "publishedAt": "2018-06-24T13:38:22+00:00",
            "body": " ".join(PARAGRAPHS * 2),
        }
    }
    script = json.dumps(data, ensure_ascii=False).replace('"', "&q;")
    html = (
        f'<html lang="ar"><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><span class="date">قبل 3 ساعات</span>'
        f'<div class="text">{HTML * 2}</div><script id="app-state" type="application/json">{script}</script></body></html>'
    )
    found = extract_article(html.encode(), URL)
    assert str(found.published_at) == "2018-06-24 13:38:22+00:00"
    assert found.provenance["published_at"].source == "page_state"
