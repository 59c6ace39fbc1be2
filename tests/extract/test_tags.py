"""The tags beside a label: those behind it, and no other link of the story."""

import pytest

from tests.extract.pages import PARAGRAPHS, article, story

LINKS = '<a href="/topics/1">مكتبات</a>، <a href="/topics/2">ترميم</a>'
TEXT = f'<p>{PARAGRAPHS[0]} وفق <a href="/n/9">بيان سابق</a> نشر أمس.</p><p>{PARAGRAPHS[1]}</p>'


@pytest.mark.parametrize(
    "row",
    [
        f"<p>الوسوم: {LINKS}</p>",
        f"الوسوم: {LINKS}",
        f"<div><span>الوسوم:</span> {LINKS}</div>",
        f"<div><h4><span>الوسوم:</span></h4><ul><li>{LINKS}</li></ul></div>",
        f"<p><a href='/n/10'>خبر آخر عن المكتبة</a></p><p><b>الوسوم:</b> {LINKS}</p>",
    ],
    ids=["in one element", "loose in the story's", "beside it", "framed", "behind another link"],
)
def test_the_links_behind_a_label(row: str) -> None:
    assert article(story(body=f"<p>أخبار</p>{TEXT}{row}")).tags == ("مكتبات", "ترميم")


@pytest.mark.parametrize(
    "row", ["<div class='keywords'>الكلمات المفتاحية: </div>", "<p class='tags'>وسوم: </p>"]
)
def test_an_empty_label_before_other_stories(row: str) -> None:
    related = "<div class='related-posts'><h3>شاهد أيضاً</h3><ul><li><a href='/n/5'>خبر آخر عن المكتبة</a></li></ul></div>"
    assert article(story(body=f"<p>أخبار</p>{TEXT}{row}{related}")).tags == ()
