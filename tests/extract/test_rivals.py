"""Pages that print the next story below the first, whole: they are read up to there."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, article, page
from tests.extract.stories import links

OTHER = "بدء موسم حصاد القمح قبل موعده بأسبوعين في السهول الجنوبية"
TEXT = (
    "أعلنت وزارة الزراعة بدء موسم حصاد القمح في السهول الجنوبية قبل موعده بأسبوعين بسبب موجة الحر التي ضربت البلاد.",
    "وقال مدير الدائرة إن المحصول هذا العام أقل من العام الماضي بنحو عشرة في المئة، وإن الأسعار ستبقى على حالها.",
    "وتستعد الصوامع لاستقبال أكثر من مليون طن في الأسابيع الثلاثة المقبلة بعد صيانة شاملة دامت شهرين كاملين.",
)
NEXT = "".join(f"<p>{text}</p>" for text in TEXT * 3)
DAY, LATER = '<span class="d">30 مايو 2023</span>', '<span class="d">31 مايو 2023</span>'

LAYOUTS = {
    "wraps of one name": f'<div class="all"><div class="wrap"><h1>{TITLE}</h1>{DAY}<div>{BODY}</div></div>'
    f'<div class="wrap"><h1>{OTHER}</h1>{LATER}<div>{NEXT}</div></div></div>',
    "headlines of one name, bodies side by side": f'<div class="all"><h1 class="post-title">{TITLE}</h1>{DAY}'
    f'<div class="article-body">{BODY}</div><h1 class="post-title">{OTHER}</h1>{LATER}<div class="article-body">{NEXT}</div></div>',
    "bodies that a theme's profile finds": f'<div class="p"><h1 class="jeg_post_title">{TITLE}</h1><div class="jeg_meta_date">{DAY}</div>'
    f'<div class="content-inner">{BODY}</div></div><div class="p"><h1 class="jeg_post_title">{OTHER}</h1><div class="content-inner">{NEXT}</div></div>',
    "bodies that a theme's profile finds, the next under a lesser heading": f'<div><h1 class="jeg_post_title">{TITLE}</h1><div class="jeg_meta_date">{DAY}</div>'
    f'<div class="content-inner">{BODY}</div></div><div><h2 class="jeg_post_title">{OTHER}</h2><div class="content-inner">{NEXT}</div></div>',
    "no element around either": f'<div class="all"><h1 class="t">{TITLE}</h1>{DAY}{BODY}<h1 class="t">{OTHER}</h1>{LATER}{NEXT}</div>',
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_next_story_is_not_read(layout: str) -> None:
    found = article(page(layout, head=f"<title>{TITLE}</title>"), now="2023-06-02T09:00:00+00:00")
    assert found.body == "\n\n".join(PARAGRAPHS)
    assert (found.title, str(found.published_at)) == (TITLE, "2023-05-30")


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_subhead_in_the_headlines_tag_cuts_nothing(tag: str) -> None:
    first, *rest = PARAGRAPHS
    text = f"<p>{first}</p><{tag}>ثلاثون ألف كتاب ومخطوط</{tag}>" + "".join(f"<p>{each}</p>" for each in rest)
    found = article(
        page(
            f'<div class="a"><{tag}>{TITLE}</{tag}><div class="b">{text}</div></div>',
            head=f"<title>{TITLE}</title>",
        )
    )
    assert found.body == "\n\n".join([first, "ثلاثون ألف كتاب ومخطوط", *rest])


def test_a_linked_card_with_the_headlines_own_name_begins_no_other_story() -> None:
    """Drupal's teaser of another node, put into the text: its title's field is called as the headline's."""
    card = (
        '<article class="node--view-mode-embedded"><a href="/news/5120/wheat" rel="bookmark"><div>اقرأ أيضاً</div>'
        f'<h4><span class="field--name-title">{OTHER}</span></h4></a></article>'
    )
    html = page(
        f'<h1><span class="field--name-title">{TITLE}</span></h1><div class="field--name-body">{BODY}{card}'
        f"<h2>موسم القراءة</h2><p>{TEXT[1]}</p></div>",
        head=f"<title>{TITLE}</title>",
    )
    found = article(html)
    assert found.body == "\n\n".join([*PARAGRAPHS, "موسم القراءة", TEXT[1]])
    assert [link.url for link in found.see_also] == ["https://www.example.org/news/5120/wheat"]


def test_the_caption_and_the_links_of_the_next_story_below() -> None:
    """A theme's own names select in both."""

    def told(title: str, text: str, picture: str) -> str:
        return f'<div class="jeg_inner_content"><h1 class="jeg_post_title">{title}</h1><div class="jeg_featured">{picture}</div><div class="content-inner">{text}</div></div>'

    captioned = '<img src="/up/b.jpg"><p class="wp-caption-text">صورة القصة التالية</p>'
    stories = told(TITLE, BODY, '<img src="/up/a.jpg">') + told(OTHER, NEXT, captioned)
    related = f'<div class="jnews_related_post_container">{links(1, 2)}</div>'
    head = f'<title>{TITLE}</title><meta name="generator" content="JNews">'
    found = article(page(stories + related, head=head))
    assert [image.caption for image in found.images] == [None]
    assert found.see_also == ()
