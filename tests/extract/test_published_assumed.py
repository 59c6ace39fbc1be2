"""Days that are taken with a warning, and those whose place alone says that they are the story's."""

from datetime import date

import pytest

from tests.extract.pages import BODY, TITLE, article, page, story


@pytest.mark.parametrize("behind", [False, True])
def test_a_date_of_change_alone_is_assumed_under_the_headline_and_nowhere_else(behind: bool) -> None:
    line = '<div class="date">آخر تحديث: 5 يونيو 2020</div>'
    found = article(story(body=f"{BODY}{line}") if behind else story(line))
    assert found.published_at == (None if behind else date(2020, 6, 5))
    assert found.modified_at == date(2020, 6, 5)
    code = "published_unknown" if behind else "published_assumed"
    assert code in {warning.code for warning in found.warnings}


def test_a_date_of_change_gives_way_to_any_of_publication() -> None:
    head = '<meta property="article:published_time" content="2020-06-01T09:00:00+02:00">'
    found = article(story('<div class="date">آخر تحديث: 5 يونيو 2020</div>', head=head))
    assert (str(found.published_at)[:10], found.modified_at) == ("2020-06-01", date(2020, 6, 5))


def test_a_class_that_says_updated_is_all_there_is() -> None:
    found = article(story('<time class="updated">1 أغسطس 2020</time>'))
    assert found.published_at == date(2020, 8, 1)
    assert "published_assumed" in {warning.code for warning in found.warnings}


@pytest.mark.parametrize(
    ("between", "day"), [("", date(2020, 2, 1)), ("<a href='/x'>الأكثر قراءة اليوم</a>", None)]
)
def test_a_day_far_above_the_headline_with_nothing_but_icons_between(between: str, day: date | None) -> None:
    icons = "".join(
        f'<li><a href="https://share.example/{n}"><svg><path d="M0"></path></svg></a></li>' for n in range(5)
    )
    above = f'<div class="wrap"><div class="post-meta"><span class="item">2020-02-01</span></div><ul class="icons">{icons}</ul>{between}</div>'
    menu = "".join(f'<li><a href="/s/{n}">قسم {n}</a></li>' for n in range(12))
    html = page(
        f"<ul>{menu}</ul><section><div>{above}<div><h1>{TITLE}</h1><div>{BODY}</div></div></div></section>"
    )
    assert article(html).published_at == day
