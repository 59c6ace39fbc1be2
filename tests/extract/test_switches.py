"""Questions and headings that unfold their answers: links that lead nowhere and buttons, whose words are the story's."""

from collections.abc import Sequence

import pytest

from tests.extract.pages import PARAGRAPHS, TITLE, article, page

QUESTIONS = ("متى يفتح الجسر القديم أمام السيارات؟", "من يدفع ثمن الأعمال؟", "أين يقف سكان الضفة؟")


def unfolding(item: str, around: str = "<div>{}</div>", texts: Sequence[str] = QUESTIONS) -> str:
    pairs = enumerate(zip(texts, PARAGRAPHS, strict=False))
    return around.format("".join(item.format(n=n, asked=asked, told=told) for n, (asked, told) in pairs))


def body_of(box: str) -> list[str]:
    text = article(page(f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{box}</article>")).body
    return (text or "").split("\n\n")[1:]


LEAD = "بدأت البلدية ترميم الجسر القديم، وهذه أجوبة عن أكثر ما يسأل عنه سكان الضفة الغربية منذ إغلاقه أمام الحركة."
EXPECTED = [each for pair in zip(QUESTIONS, PARAGRAPHS, strict=False) for each in pair]


@pytest.mark.parametrize(
    "item",
    [
        '<h4><a data-toggle="collapse" href="#c{n}">{asked}</a></h4><div id="c{n}" class="collapse"><p>{told}</p></div>',
        '<h2><button data-bs-toggle="collapse" data-bs-target="#c{n}">{asked}</button></h2><div id="c{n}">{told}</div>',
        '<dt><a href="#q{n}">{asked}</a></dt><dd id="q{n}">{told}</dd>',
        '<h3><a href="#">{asked}</a></h3><div><p>{told}</p></div>',
        '<a href="#" class="toggle">{asked}</a><div><p>{told}</p></div>',
        '<a href="javascript:void(0)" class="faq-title">{asked}</a><div style="display:none"><p>{told}</p></div>',
        '<button class="faq-q" aria-expanded="false">{asked}</button><div hidden><p>{told}</p></div>',
        '<h3 class="open">{asked}</h3><h3 class="closed">{asked}</h3><div>{told}</div>',
        '<div aria-controls="t{n}"><a href="">{asked}</a></div><div id="t{n}" hidden="hidden"><p>{told}</p></div>',
        "<details><summary>{asked}</summary><p>{told}</p></details>",
    ],
)
def test_what_unfolds_and_what_it_unfolds_are_the_storys(item: str) -> None:
    assert body_of(unfolding(item)) == EXPECTED


def test_a_subhead_that_links_to_itself_stays() -> None:
    item = '<h2 id="s{n}"><a href="#s{n}">{asked}</a></h2><p>{told}</p>'
    assert body_of(unfolding(item)) == EXPECTED


@pytest.mark.parametrize("most", [1, 3])
def test_a_table_of_contents_is_none_of_it(most: int) -> None:
    contents = unfolding('<li><a href="#s{n}">{asked}</a></li>', "<ul>{}</ul>", QUESTIONS[:most])
    assert body_of(contents + unfolding('<h2 id="s{n}">{asked}</h2><p>{told}</p>')) == EXPECTED


@pytest.mark.parametrize(
    "menu",
    [
        f'<button aria-expanded="false">خيارات العرض</button><div hidden><p>{PARAGRAPHS[0]}</p></div>',
        f'<a data-toggle="dropdown" href="#">خيارات العرض</a><div hidden><p>{PARAGRAPHS[0]}</p></div>',
        f'<button class="menu-toggle">خيارات العرض</button><span>،</span><div hidden><p>{PARAGRAPHS[0]}</p></div>',
    ],
)
def test_a_menu_that_drops_down_unfolds_nothing_of_the_story(menu: str) -> None:
    assert body_of(menu + f"<p>{PARAGRAPHS[1]}</p>") == [PARAGRAPHS[1]]


@pytest.mark.parametrize(
    ("label", "rest", "expected"),
    [
        ("<button>اقرأ المزيد</button>", PARAGRAPHS[0], [PARAGRAPHS[0]]),
        ("<div><a href='#'>تابع القراءة</a></div>", PARAGRAPHS[0], [PARAGRAPHS[0]]),
        ("<button>اقرأ المزيد</button>", "شارك الخبر", []),
        ('<button data-toggle="collapse">اقرأ نص الحلقة</button>', PARAGRAPHS[0], [PARAGRAPHS[0]]),
        ("<p>وصل المزيد من السفن إلى الرصيف الشرقي في ساعة مبكرة من الصباح، ولم يتأخر منها شيء.</p>", PARAGRAPHS[0], None),
    ],
)  # fmt: skip
def test_the_rest_of_a_text_behind_a_button(label: str, rest: str, expected: list[str] | None) -> None:
    found = body_of(f'{label}<div style="display:none"><p>{rest}</p></div>')
    assert (PARAGRAPHS[0] not in found) if expected is None else (found == expected)


@pytest.mark.parametrize(("place", "stays"), [("https://books.example/show/{n}", True), ("/news/{n}", False)])
def test_items_linked_to_their_place_on_another_site_are_the_storys(place: str, stays: bool) -> None:
    """What a card shows that leads to another page of the site is another story."""
    item = f'<div class="item"><a href="{place}"><h2>{{asked}}</h2><div>{{told}}</div></a></div>'
    found = body_of(f"<p>{LEAD} ثم</p>{unfolding(item)}<p>{LEAD} أيضا</p>")
    assert (found[1:-1] == EXPECTED) is stays


def test_the_name_of_what_a_small_picture_shows_is_no_caption_where_it_is_a_heading() -> None:
    recipe = '<div><img src="/a.jpg" width="150"></div><h2>بسبوسة</h2><div class="wprm-recipe-summary"><span>{}</span></div>'
    assert body_of(recipe.format(PARAGRAPHS[0])) == ["بسبوسة", PARAGRAPHS[0]]


def test_parts_of_a_text_under_tabs() -> None:
    panel = '<div class="kt-tab-inner-content" style="display:{}"><p>{}</p></div>'
    panels = "".join(panel.format("none" if n else "block", told) for n, told in enumerate(PARAGRAPHS))
    assert body_of(f"<div>{panels}</div>") == list(PARAGRAPHS)
