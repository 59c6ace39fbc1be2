"""News told in a forum's thread: the first post is the story, the posts below it are answers."""

import pytest

from tests.extract.pages import PARAGRAPHS, TITLE, article, kind, page

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


def thread(day: str, answered: str = "09-14-2012, 09:40 PM") -> bytes:
    trail = (
        '<table><tr><td class="alt1"><table><tr><td><span class="navbar"><a href="index.php">منتدى الوادي</a></span> '
        f'<span class="navbar">&gt; <a href="forumdisplay.php?f=3">{SECTION}</a></span></td></tr><tr><td class="navbar">'
        f'<a href="showthread.php?t=71240"><img class="inlineimg" src="n.gif"></a> <strong> {TITLE}</strong></td></tr></table></td></tr></table>'
    )
    posts = post(1, day, "<br><br>".join(PARAGRAPHS)) + post(2, answered, "بارك الله فيكم")
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


@pytest.mark.parametrize(
    ("answered", "day"),
    [
        ("08-14-2012, 09:40 PM", "2012-08-02 20:12:00"),
        ("14-02-2012, 09:40 PM", "2012-02-08 20:12:00"),
        ("08-03-2012, 09:40 PM", "None"),
    ],
    ids=["the month first", "the day first", "nothing tells"],
)
def test_other_days_of_the_thread_tell_what_stands_first_in_its_own(answered: str, day: str) -> None:
    """For forums print either."""
    found = article(thread("08-02-2012, 08:12 PM", answered))
    assert str(found.published_at) == day
    assert ("published_uncertain" in {each.code for each in found.warnings}) == (day == "None")


def test_its_day_told_from_that_of_the_fetch() -> None:
    today = article(thread("اليوم, 08:12 PM"), now="2012-09-13T21:00:00+00:00")
    assert str(today.published_at)[:16] == "2012-09-13 20:12"


def phpbb() -> bytes:
    def row(name: str, day: str, text: str) -> str:
        return (
            f'<tr><td class="row1"><span class="name"><b>{name}</b></span><span class="postdetails"><br>اشترك في: 27 مايو 2005<br>مشاركات: 312'
            f'</span></td><td class="row1"><table><tr><td><span class="postdetails">ارسل: {day}<span class="gen">&nbsp;</span> موضوع الرسالة: '
            f'{TITLE}، وما قاله الأهالي في ذلك</span></td></tr><tr><td><span class="postbody">{text}</span></td></tr></table></td></tr>'
        )

    return page(
        '<table><tr><td><a href="index.php"><img src="templates/subSilver/images/logo.gif"></a></td><td><span class="maintitle">منتدى الوادي '
        f'للحوار العام</span></td></tr></table><table><tr><td><a class="maintitle" href="viewtopic.php?t=1421&amp;start=0">{TITLE}</a></td></tr>'
        '</table><table><tr><td><span class="nav"><a href="index.php" class="nav">منتدى الوادي</a> -> <a href="viewforum.php?f=1" class="nav">'
        f'الحوار</a></span></td></tr></table><table class="forumline">{row("عثمان", "الاحد ديسمبر 02, 2007 3:41 pm", "<br><br>".join(PARAGRAPHS))}'
        f"{row('سالم', 'الاثنين ديسمبر 03, 2007 9:30 am', 'بارك الله فيكم على هذا الخبر')}</table>",
        head="<title>منتدى الوادي :: استعرض الموضوع</title>",
    )


def test_a_thread_of_phpbb() -> None:
    found = article(phpbb(), url="https://forum.example.org/viewtopic.php?t=1421")
    assert (found.title, str(found.published_at)) == (TITLE, "2007-12-02 15:41:00")
    assert [crumb.name for crumb in found.breadcrumbs] == ["منتدى الوادي", "الحوار"]
    assert found.body is not None
    assert found.body.startswith("\n\n".join(PARAGRAPHS))


def test_a_thread_of_smf() -> None:
    trail = (
        '<div class="nav"><b><a href="/forum/index.php" class="nav">وادي</a></b><b> &nbsp;|&nbsp; </b><b><a href="/forum/board,2.0.html">أخبارنا</a></b>'
        ' (المشرف: <a href="/forum/profile;u=1">admin</a>)<b> &nbsp;|&nbsp; </b><b>موضوع: '
        f'<a href="/forum/topic,4.0.html">{TITLE}</a></b></div>'
    )
    posts = "".join(
        f'<div><div id="subject_{n}"><a href="/forum/topic,4.msg{n}.html">{TITLE}</a></div><div class="smalltext">&#171; <b>في: {day}</b> &#187;</div>'
        f'<hr><div class="post">{text}</div></div>'
        for n, (day, text) in enumerate(
            [
                ("09/02/2011، 14:27:08", "<br><br>".join(PARAGRAPHS)),
                ("10/02/2011، 08:00:01", "شكرا على الخبر"),
            ]
        )
    )
    found = article(
        page(
            f'<img src="/forum/Themes/default/images/smflogo.gif"><table><tr><td>10 شباط 2011، 09:12:33</td></tr></table>'
            f'<div id="bodyarea">{trail}<table><tr><td id="top_subject">موضوع: {TITLE} (شوهد 1487 مرات)</td></tr></table>{posts}</div>',
            head=f"<title>{TITLE}</title>",
        ),
        url="https://forum.example.org/forum/topic,4.0.html",
    )
    assert str(found.published_at) == "2011-02-09 14:27:08"
    assert [crumb.name for crumb in found.breadcrumbs] == ["وادي", "أخبارنا", TITLE]


def test_a_thread_of_xenforo() -> None:
    posts = "".join(
        f'<article class="message message--post"><div class="message-content"><article class="message-body"><div class="bbWrapper">{text}</div>'
        "</article></div></article>"
        for text in (
            "<br><br>".join(PARAGRAPHS),
            "مبروك للجميع هذا الافتتاح الذي طال انتظاره في المدينة كلها وفي القرى حولها",
        )
    )
    starter = '<li><span class="u-srOnly">بادئ الموضوع</span> <a href="/members/22/" class="username">سامي النجار</a></li>'
    time = '<time class="u-dt" datetime="2017-04-05T23:21:18+0300">5 أبريل 2017</time>'
    found = article(
        page(
            f'<div class="p-title"><h1 class="p-title-value">{TITLE}</h1></div><div class="p-description"><ul>{starter}<li>{time}</li></ul></div>'
            f'<div class="block-body js-replyNewMessageContainer">{posts}</div>',
            head=f"<title>{TITLE}</title>",
        )
    )
    assert found.body == "\n\n".join(PARAGRAPHS)
    assert str(found.published_at) == "2017-04-05 23:21:18+03:00"
    assert found.authors == ("سامي النجار",)


def test_a_thread_of_phpbb_whose_style_has_no_address_of_its_own() -> None:
    posts = "".join(
        f'<div id="p{n}" class="post"><div class="postbody"><h3><a href="#p{n}">رد: {TITLE}</a></h3><p class="author"><a href="./viewtopic.php?p={n}#p{n}">'
        f'</a>بواسطة <strong><a href="./memberlist.php?u={n}">عضو_{n}</a></strong> » أكتوبر {n}, 2013 3:14 pm</p><div class="content">{text}</div></div></div>'
        for n, text in ((23, "<br><br>".join(PARAGRAPHS)), (24, "بارك الله فيكم"))
    )
    html = f'<html><head><link href="./style.php?id=1" rel="stylesheet"><title>{TITLE} • منتدى الوادي</title></head><body id="phpbb"><div id="page-body"><h2><a href="./viewtopic.php?f=4&amp;t=79">{TITLE}</a></h2>{posts}</div></body></html>'
    found = article(html.encode(), url="https://forum.example.org/viewtopic.php?f=4&t=79")
    assert (found.title, str(found.published_at)) == (TITLE, "2013-10-23 15:14:00")
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("viewtopic.php?f=4&t=79", "article"),
        ("viewtopic.php?f=4&t=79&start=0", "article"),
        ("viewtopic.php?f=4&t=79&start=15", "other"),
        ("viewtopic.php?p=3950", "other"),
        ("showthread.php?t=71240", "article"),
        ("showthread.php?t=71240&page=1", "article"),
        ("showthread.php?t=71240&page=2", "other"),
        ("showthread.php?58214-page-of-news", "article"),
        ("showthread.php?58214-news/page12", "other"),
        ("showpost.php?p=12", "other"),
        ("index.php?topic=4.0", "article"),
        ("index.php?topic=4.15", "other"),
        ("topic,4.msg17.html", "other"),
        ("threads/news.79/", "article"),
        ("threads/news.79/page-2", "other"),
    ],
)
def test_a_post_and_a_further_page_of_a_thread_are_no_stories(address: str, expected: str) -> None:
    """What stands first on such a page is an answer."""
    assert kind(thread("09-13-2012, 08:12 PM"), url=f"https://forum.example.org/{address}") == expected


def test_a_link_to_all_that_is_new_is_no_part_of_a_forums_trail() -> None:
    """As Invision Community prints it, in the same element."""
    new = '<ul class="ipsList_inline ipsPos_right"><li><a class="ipsType_light" href="/discover/">كل الأنشطة</a></li></ul>'
    parts = f'<li><a href="/"><span>الرئيسية</span></a></li><li><a href="/arts/"><span>ثقافة</span></a></li><li>{TITLE}</li>'
    trail = (
        f'<nav class="ipsBreadcrumb ipsBreadcrumb_top">{new}<ul data-role="breadcrumbList">{parts}</ul></nav>'
    )
    found = article(
        page(
            f'{trail}<h1>{TITLE}</h1><div class="ipsType_richText">{"".join(f"<p>{each}</p>" for each in PARAGRAPHS)}</div>'
        )
    )
    assert [crumb.name for crumb in found.breadcrumbs] == ["الرئيسية", "ثقافة", TITLE]
