"""News told in a forum's thread: the first post is the story, the posts below it are answers."""

from tests.extract.pages import PARAGRAPHS, TITLE, article, page

SECTION = "::: الأقسام المحلية :::"
OTHER = "المكتبة العامة تستعد لاستقبال قرائها بعد الترميم"


def post(number: int, day: str, text: str) -> str:
    return (
        f'<table class="tborder" id="post{number}"><tr><td class="thead"><a name="post{number}"><img class="inlineimg" '
        f'src="images/statusicon/post_old.gif" alt="قديم"></a> {day} </td><td class="thead">رقم المشاركة : <strong>{number}</strong></td></tr>'
        f'<tr><td class="alt2"><a class="bigusername" href="member.php?u={number}">عضو {number}</a></td><td class="alt1">'
        f'<div class="smallfont"><strong>{TITLE if number == 1 else "جزاكم الله خيرا على هذا النقل"}</strong></div>'
        f'<div id="post_message_{number}">{text}</div></td></tr></table>'
    )


def thread(day: str) -> bytes:
    trail = (
        '<table><tr><td class="alt1"><table><tr><td><span class="navbar"><a href="index.php">منتدى الوادي</a></span> '
        f'<span class="navbar">&gt; <a href="forumdisplay.php?f=3">{SECTION}</a></span></td></tr><tr><td class="navbar">'
        f'<a href="showthread.php?t=71240"><img class="inlineimg" src="n.gif"></a> <strong> {TITLE}</strong></td></tr></table></td></tr></table>'
    )
    posts = post(1, day, "<br><br>".join(PARAGRAPHS)) + post(2, "09-14-2012, 09:40 PM", "بارك الله فيكم")
    alike = (
        '<table class="tborder"><thead><tr><td class="tcat" colspan="2">المواضيع المتشابهه</td></tr><tr class="thead"><td>الموضوع</td>'
        f'<td>مشاركات</td></tr></thead><tbody><tr><td><a href="showthread.php?t=71022">{OTHER}</a></td><td>2</td></tr></tbody></table>'
    )
    head = f'<title>{TITLE} - منتدى الوادي</title><meta name="generator" content="vBulletin 3.8.7">'
    return page(f'{trail}<div id="posts">{posts}</div>{alike}', head=head)


def test_a_thread_is_read_as_its_first_post() -> None:
    found = article(thread("09-13-2012, 08:12 PM"), url="https://forum.example.org/vb/showthread.php?t=71240")
    assert found.title == TITLE
    assert str(found.published_at) == "2012-09-13 20:12:00"
    assert found.body == "\n\n".join(PARAGRAPHS)
    assert [crumb.name for crumb in found.breadcrumbs] == ["منتدى الوادي", SECTION, TITLE]
    assert [(link.title, link.kind) for link in found.see_also] == [(OTHER, "related")]


def test_its_days_have_the_month_first() -> None:
    """As vBulletin prints them unless told otherwise."""
    assert str(article(thread("08-02-2012, 08:12 PM")).published_at) == "2012-08-02 20:12:00"
    today = article(thread("اليوم, 08:12 PM"), now="2012-09-13T21:00:00+00:00")
    assert str(today.published_at)[:16] == "2012-09-13 20:12"
