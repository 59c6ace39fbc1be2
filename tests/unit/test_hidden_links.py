"""Addresses that no link names: frames, scripts that send the reader on, data, controls, drop-downs, cards."""

import json
from html import escape
from time import process_time
from urllib.parse import unquote

import pytest

from archiver.candidate import Candidate
from archiver.page import Page
from spiders.discovery import Where, page_links
from spiders.documents import Task, read_document
from spiders.hidden_links import hidden_links, past_splash

SITE = "https://sahifa.ly"
TEXT = "انطلقت صباح اليوم أعمال صيانة المنارة القديمة بحضور عدد من البحارة والأهالي. " * 8


def hidden(html: str, path: str = "/", *, is_listing: bool = False) -> list[Candidate]:
    page = Page(html.encode(), SITE + path, headers={"content-type": "text/html; charset=utf-8"})
    where = Where(SITE + path, "sahifa.ly", 1)
    return hidden_links(page, where, page_links(page, where, is_listing=is_listing), is_listing=is_listing)


def paths(html: str, path: str = "/", *, is_listing: bool = False) -> list[str]:
    return [each.url.removeprefix(SITE) for each in hidden(html, path, is_listing=is_listing)]


def test_the_frames_of_a_frameset_and_the_links_behind_them() -> None:
    found = hidden("""<html><frameset cols="20%,80%"><frame src="main.htm"><frame src="/menu.htm">
        <frame src="https://elsewhere.ly/banner.htm"><noframes><body><a href="/text.htm">نسخة   نصية</a></body></noframes>
        </frameset></html>""")  # fmt: skip
    assert [(each.url, each.kind, each.depth) for each in found] == [
        (f"{SITE}/main.htm", "listing", 1), (f"{SITE}/menu.htm", "listing", 1), (f"{SITE}/text.htm", "page", 2)]  # fmt: skip
    assert found[2].hints["anchor"] == "نسخة نصية"


def test_what_a_frame_holds_is_a_listing_however_little_is_on_it() -> None:
    body = '<h2>عناوين اليوم</h2><a href="/story.htm">خبر المنارة</a>'.encode()
    for hints, kind in (({"frame": True}, "listing"), ({}, "other")):
        task = Task(f"{SITE}/main.htm", "sahifa.ly", "listing", 1, body, {}, None, hints)  # type: ignore[arg-type]
        document = read_document(task)
        assert document.verdict is not None
        assert document.verdict.kind == kind


def test_an_inline_frame_only_where_there_is_nothing_else() -> None:
    frame = '<iframe src="/inside/"></iframe>'
    assert paths(frame) == ["/inside/"]
    assert paths(f'{frame}<a href="/sport/">رياضة</a>') == []
    assert paths(f"{frame}<p>{TEXT}</p>") == []


@pytest.mark.parametrize(
    "script",
    ["window.location.href = '/ar/';", 'location.replace("/ar/")', 'document.location="/ar/"', "self.location='/ar/'",
     "top.location = '/ar/';", 'window.location.assign("/ar/")', r'location="https:\/\/sahifa.ly\/ar\/"'])  # fmt: skip
def test_a_page_that_is_nothing_but_a_script_redirect(script: str) -> None:
    (only,) = hidden(f"<title>مرحبا</title><script>{script}</script>")
    assert (only.url, only.kind, only.depth, only.hints["refreshed"]) == (f"{SITE}/ar/", "page", 1, True)
    assert paths(f"<p>{TEXT}</p><script>{script}</script>") == [], "a page with a text of its own"
    many = "".join(f'<a href="/s{n}/">قسم</a>' for n in range(9))
    assert paths(f"{many}<script>{script}</script>") == [], "a page with links of its own"


@pytest.mark.parametrize(
    "script",
    ["location = '/x?id=' + id", "mylocation='/ar/'", "location = target", "location='https://elsewhere.ly/'", "x.location='/ar/'"])  # fmt: skip
def test_scripts_that_do_not_say_where_they_lead(script: str) -> None:
    assert paths(f"<script>{script}</script>") == []


def test_a_splash_page_may_lead_to_each_of_its_languages() -> None:
    script = 'if(navigator.language=="en"){location.replace("/en/")}else{location.replace("/ar/")}'
    assert paths(f"<script>{script}</script>") == ["/en/", "/ar/"]


def data_page(data: object, kind: str = 'id="__NEXT_DATA__" type="application/json"') -> str:
    return (
        f"<body><div id='__next'></div><script {kind}>{json.dumps(data, ensure_ascii=False)}</script></body>"
    )


def test_the_data_a_page_was_made_from() -> None:
    story = {
        "title": "افتتاح المنارة",
        "url": "/news/4021",
        "image": {"url": "/media/4021"},
        "imageUrl": "/pic/4021",
    }
    section = {"name": "محليات", "href": f"{SITE}/section/local", "slug": "local", "apiPath": "/v2/local"}
    outside = (
        {"url": "https://elsewhere.ly/news/4022"},
        {"link": "/api/news"},
        {"path": "/news/[id]"},
        {"url": "//x.ly/1"},
    )
    found = hidden(data_page({"props": {"list": [story, section, *outside]}, "page": "/", "buildId": "x"}))
    assert [(each.url, each.kind, each.hints["anchor"]) for each in found] == [
        (f"{SITE}/news/4021", "article", "افتتاح المنارة"), (f"{SITE}/section/local", "listing", "محليات")]  # fmt: skip
    assert found[0].depth == 2


def test_data_in_scripts_of_other_kinds() -> None:
    nuxt = r'<script>window.__NUXT__=(function(a){return {data:[{id:a,url:"\u002Fnews\u002F4021",title:"خبر"}]}}(7))</script>'
    assert paths(nuxt) == ["/news/4021"]
    state = '<script>window.__INITIAL_STATE__ = {"items":[{"link":"\\/news\\/4022"}]};</script>'
    assert paths(state) == ["/news/4022"]
    flat = [{"items": 1}, [2, 3], {"title": 4, "url": 5}, "/about", "خبر", "/news/4023"]
    assert paths(data_page(flat, 'id="__NUXT_DATA__" type="application/json"')) == ["/news/4023"]
    assert paths('<script>var settings = {"url": "/news/4024"};</script>') == []


@pytest.mark.parametrize(
    "control",
    ['<button class="load-more" data-next-url="{}">المزيد</button>', '<div data-next="{}">تابع</div>',
     '<button data-url="{}">تحميل المزيد</button>', '<div class="load-more" data-href="{}">أظهر</div>'])  # fmt: skip
def test_controls_that_bring_more_of_a_listing(control: str) -> None:
    (only,) = hidden(control.format("/section/1?page=2"), "/section/1", is_listing=True)
    assert (only.url, only.kind, only.depth) == (f"{SITE}/section/1?page=2", "listing", 1)
    assert only.hints["pagination"]
    assert paths(control.format("https://elsewhere.ly/?page=2"), is_listing=True) == []


@pytest.mark.parametrize(
    ("markup", "address"),
    [('<div id="feed" data-endpoint="/api/v2/feed" data-cursor="a b==" data-per-page="10">', "/api/v2/feed?cursor=a%20b%3D%3D"),
     ('<div class="load-more" data-ajax-url="/more?cursor=1&amp;cat=2" data-cursor="2">', "/more?cat=2&cursor=2"),
     ('<button class="load-more" data-api="/api/news" data-page="2">المزيد</button>', "/api/news?page=2"),
     ('<div class="tab-pane" data-url="/ajax/tab/sport">', "/ajax/tab/sport"), ('<li role="tab" data-load="/ajax/sport">رياضة</li>', "/ajax/sport"),
     ('<div class="table" data-url="/ajax/tab/sport">', None), ('<div id="clock" data-endpoint="/api/now">', None)])  # fmt: skip
def test_lists_and_tabs_that_keep_where_their_data_come_from(markup: str, address: str | None) -> None:
    found = paths(f"<p>{TEXT}</p>{markup}</div>", is_listing=True)
    assert found == ([address] if address else [])


@pytest.mark.parametrize(
    ("kept", "address"),
    [('data-url="/ajax/list?cat=1&amp;page=2"', "/ajax/list?cat=1&page=2"), ('data-url="/ajax/{{ slug }}"', None),
     ('data-url="/section/1" data-page="2"', "/section/1?page=2"), ('data-url="/more?cat=1&amp;page=" data-page="2"', "/more?cat=1&page=2"),
     ('data-url="/section/1/{page}" data-page="3"', "/section/1/3"), ('data-page="2"', None), ('data-url="load" data-page="2"', None)])  # fmt: skip
def test_the_number_of_the_next_page(kept: str, address: str | None) -> None:
    found = paths(f'<button class="load-more" {kept}>المزيد</button>', "/section/1", is_listing=True)
    assert found == ([address] if address else [])


@pytest.mark.parametrize(
    ("script", "address"),
    [('$.get("/section/"+$(this).data("section")+"?page="+$(this).data("page"))', "/section/4?page=2"),
     ("fetch('/more/' + this.dataset.page, {})", "/more/2"), ("x.open('GET', '/more?p=' + b.getAttribute('data-page'))", "/more?p=2"),
     ("$.get('/more/' + page)", None), ("$.get('/more/' + $(this).data('other'))", None), ("$.get('/more/' + '2')", None)])  # fmt: skip
def test_an_address_that_a_script_joins_of_what_a_control_keeps(script: str, address: str | None) -> None:
    button = '<button class="btn-more" data-section="4" data-page="2">تحميل المزيد</button>'
    found = paths(f"{button}<script>$('.btn-more').click(function(){{{script}}})</script>", is_listing=True)
    assert found == ([address] if address else [])


def test_the_next_story_of_a_story_is_no_page_of_a_listing() -> None:
    (only,) = hidden('<div data-next-url="/news/4020"></div>', "/news/4021")
    assert (only.kind, only.depth, only.hints.get("pagination")) == ("article", 2, None)


def test_the_choices_of_an_archive() -> None:
    found = hidden("""<select><option value="">اختر الشهر</option><option value="https://sahifa.ly/2021/03/">مارس 2021</option>
        <option value="/archive/2021/02">فبراير 2021</option><option value="7">محليات</option>
        <option value="https://elsewhere.ly/2021/">غيرنا</option></select>""")  # fmt: skip
    assert [(each.url.removeprefix(SITE), each.kind, each.hints["anchor"]) for each in found] == [
        ("/2021/03/", "page", "مارس 2021"), ("/archive/2021/02", "listing", "فبراير 2021")]  # fmt: skip


@pytest.mark.parametrize(
    "click",
    ["""onclick="window.location='/news/4021'" """, """onclick="location.href='/news/4021';return false" """,
     """data-href="/news/4021" """])  # fmt: skip
def test_cards_that_lead_on_by_a_click(click: str) -> None:
    (only,) = hidden(f"<div {click}><img src='/1.jpg'><h3>منارة  الميناء</h3><p>{TEXT}</p></div>")
    assert (only.url, only.kind, only.hints["anchor"]) == (f"{SITE}/news/4021", "article", "منارة الميناء")


@pytest.mark.parametrize(
    "button",
    ['<div class="fb-like" data-href="/4021"></div>', '<a href="whatsapp://send" data-href="/4021">واتساب</a>',
     '<span class="share-btn" data-href="/4021">شارك الخبر</span>', '<a class="twitter-share-button" data-url="/4021">غرد</a>'])  # fmt: skip
def test_buttons_that_pass_an_address_on_are_no_cards(button: str) -> None:
    assert paths(f"<p>{TEXT}</p>{button}", "/news/4021-harbour") == []


def test_what_a_link_names_is_not_told_twice() -> None:
    assert (
        paths("""<a href="/news/4021" data-href="/news/4021" onclick="location='/news/4021'">خبر</a>""") == []
    )


@pytest.mark.parametrize(
    "hostile",
    ["<script>" + "location='" * 200_000 + "</script>", "<script>" + 'window.location.href="\\' * 100_000 + "</script>",
     "<noframes>" + "<a href=/x" * 100_000 + "</noframes>", data_page([{"url": f"/news/{n}"} for n in range(60_000)]),
     '<script type="application/json">' + '{"a":[' * 100_000 + "</script>", '<script>__NUXT__ url:"/' + "a" * 900_000 + "</script>",
     "<script>__NUXT__ " + 'url:"/' * 150_000 + "</script>", "".join(f"<option value='/o/{n}'>x" for n in range(50_000)),
     "<div onclick='location=1'>" * 5_000 + "x" * 100_000, "<frameset>" + "<frame src=/a/b/a/b/a>" * 50_000,
     "<button class='more' data-page='2'>x</button>" * 900 + ("<script>data" + "'/a'+" * 4_000 + "</script>") * 60,
     "".join(f"<button class='{'load' * 400}' data-url='/a?page=%d%d%d' data-page='9999'>{'المزيد ' * 40}</button>" for _ in range(2_000))])  # fmt: skip
def test_whatever_a_page_holds_it_is_read_in_time(hostile: str) -> None:
    page = Page(hostile.encode(), SITE + "/")
    assert page.elements
    where = Where(SITE + "/", "sahifa.ly", 1)
    started = process_time()
    assert len(hidden_links(page, where, [], is_listing=True)) <= 1_500
    assert process_time() - started < 2


def test_a_list_that_goes_on_as_its_reader_scrolls() -> None:
    for control in ('id="feed" data-url="/feed?page=2"', 'class="news-list" data-url="/feed?page=2"'):
        assert paths(f"<p>{TEXT}</p><div {control}></div>") == ["/feed?page=2"]
    assert paths(f'<p>{TEXT}</p><div id="x" data-next-url="/api/v2/feed?page=2"></div>') == [
        "/api/v2/feed?page=2"
    ]
    assert paths(f'<p>{TEXT}</p><div id="clock" data-url="/now"></div>') == []


def test_escaped_letters_in_data_of_other_kinds() -> None:
    html = r"""<script>window.__INITIAL_STATE__={a:1,"url":"\/story\/1007\/\u0645\u0646","href":"\/b\u00zz"}</script>"""
    assert [unquote(each) for each in paths(html)] == ["/story/1007/من"]


def test_the_data_that_a_script_sets_its_variables_to() -> None:
    html = r"""<script>var config = {"url": "\/about"}, title = "الأولى"; var tabs = {"title": "محليات", "items":
        [{"id": 7, "title": "خبر المنارة", "url": "\/story\/1007\/منارة"}, {"headline": "بلا عنوان", "icon": "\/a"}]};
        for (i = 0; i < tabs.items.length; i++) { render(tabs.items[i]); } var more = [{"title": ]</script>"""
    assert [(each.url.rpartition("/")[0], each.hints["anchor"]) for each in hidden(html)] == [
        (f"{SITE}/story/1007", "خبر المنارة")
    ]


ARCHIVE = """<form action="archive.php" method="GET"><input type="hidden" name="view" value="list">
    <select name="year"><option value="">السنة</option><option value="2026">٢٠٢٦</option><option>2025</option></select>
    <select name="month"><option value="1">يناير</option><option value="2">فبراير</option></select>{}
    <input type="submit" value="عرض"></form>"""


def test_every_month_of_an_archive_that_a_form_leads_to() -> None:
    found = hidden(ARCHIVE.format(""), "/news/archive.php?view=all")
    assert [each.url.removeprefix(f"{SITE}/news/archive.php?view=list&") for each in found] == [
        f"year={year}&month={month}" for year in (2026, 2025) for month in (1, 2)
    ]
    assert {each.kind for each in found} <= {"page", "listing"}


def test_forms_lead_to_so_many_pages_and_no_more() -> None:
    form = "<form action='/a{}.php?all=1'><select name=y>" + "<option>1</option>" * 100 + "</select></form>"
    assert paths("".join(form.format(n) for n in range(50))) == ["/a0.php?y=1"]


@pytest.mark.parametrize(
    "form",
    [
        ARCHIVE.format('<input name="q">'),
        ARCHIVE.format('<input type="checkbox" name="all">'),
        ARCHIVE.format("<textarea name='t'></textarea>"),
        ARCHIVE.replace("GET", "post").format(""),
        ARCHIVE.format("<select name='day'>" + "<option>1</option>" * 60 + "</select>"),
        "<form><input type='submit'></form>",
    ],
    ids=["search", "to be ticked", "to be written in", "sent", "too many", "nothing to choose"],
)
def test_forms_that_lead_to_no_pages(form: str) -> None:
    assert hidden(form) == []


def test_a_page_that_only_bids_enter_is_the_sites_own_first_page() -> None:
    def depths(body: str, hints: dict[str, bool], depth: int = 0) -> list[int]:
        where = Where(f"{SITE}/", "sahifa.ly", depth)
        page = Page(f"<html><body>{body}</body></html>".encode(), where.url, hints=hints)
        return [each.depth for each in past_splash(page, where, page_links(page, where, is_listing=False))]

    enter = '<img src="logo.gif"><a href="Main.htm">ادخل إلى الموقع</a>'
    assert depths(enter, {}) == [0]
    assert depths('<a href="Main.htm"><img src="enter.gif"></a>', {}) == [0]
    assert depths('<a href="/archive/04">الأرشيف</a>', {}) == [1]
    assert depths(enter, {"splash": True}) == [1]
    assert depths(enter, {}, depth=1) == [2]
    assert depths(f"<p>{TEXT}</p>{enter}", {}) == [1]
    assert depths(enter + "".join(f'<a href="/c/{n}">قسم</a>' for n in range(3)), {}) == [1] * 4


def test_a_shell_over_wordpress_leads_to_the_list_that_wordpress_tells_scripts() -> None:
    shell = f'<link rel="https://api.w.org/" href="{SITE}/wp-json/"><div id="root"></div>'
    (only,) = hidden(shell)
    assert only.url == f"{SITE}/wp-json/wp/v2/posts?_fields=link,title&per_page=100&page=1"
    assert (only.kind, only.hints["pagination"]) == ("listing", True)
    assert hidden(shell + "".join(f'<a href="/n/{number}">خبر</a>' for number in range(4001, 4009))) == []


@pytest.mark.parametrize(
    "link",
    [
        """<a href="#" onclick="window.open('/news.php?id=60','n','width=600');return false;">خبر الميناء</a>""",
        """<a href="javascript:openNews('/news.php?id=60')">خبر الميناء</a>""",
        """<a href="javascript:show('news.php?id=60')">خبر الميناء</a>""",
    ],
)
def test_a_story_that_opens_in_a_window_of_its_own(link: str) -> None:
    (only,) = hidden(link)
    assert (only.url, only.hints["anchor"]) == (f"{SITE}/news.php?id=60", "خبر الميناء")


@pytest.mark.parametrize(
    "link",
    [
        """<a href="javascript:popup('https://facebook.com/sharer?u=x')">شارك</a>""",
        """<a class="share" href="#" onclick="window.open('/share.php?id=60')">شارك</a>""",
        """<a href="javascript:window.open('/print.php?id=60')">طباعة</a>""",
        """<a href="javascript:history.back(1)">رجوع</a>""",
        """<a href="javascript:__doPostBack('ctl00$next','')">التالي</a>""",
    ],
)
def test_windows_for_something_else_than_a_story(link: str) -> None:
    assert paths(link) == []


@pytest.mark.parametrize("key", ["next", "nextPage", "next_page_url"])
def test_the_next_page_of_a_list_in_the_pages_data(key: str) -> None:
    data = {"props": {"posts": [], "pagination": {"page": 1, key: "/section/s1?page=2"}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    (only,) = hidden(script, "/section/s1", is_listing=True)
    assert (only.url, only.kind) == (f"{SITE}/section/s1?page=2", "listing")


@pytest.mark.parametrize("name", ["data-page", "data-props", ":items"])
def test_stories_in_the_data_that_an_attribute_holds(name: str) -> None:
    data = {"props": {"posts": [{"title": "افتتاح المنارة", "url": "/news/4021"}, {"url": "/news/4022"}]}}
    html = f'<div id="app" {name}="{escape(json.dumps(data, ensure_ascii=False))}"></div>'
    assert [(each.url, each.hints["anchor"]) for each in hidden(html)] == [
        (f"{SITE}/news/4021", "افتتاح المنارة")
    ]


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ('<form action="/s1"><input type="hidden" name="pg" value="2"><button>المزيد</button></form>', "/s1?pg=2"),
        ('<form action="/s1?pg=1"><button name="pg" value="2">التالي</button></form>', "/s1?pg=2"),
        ('<form><button formaction="/s1?pg=2">الصفحة التالية</button></form>', "/s1?pg=2"),
        ('<form action="/s1"><input type="submit" name="pg" value="التالي"></form>', "/s1?pg=%D8%A7%D9%84%D8%AA%D8%A7%D9%84%D9%8A"),
        ('<button hx-get="/s1?pg=2">تحميل المزيد</button>', "/s1?pg=2"),
        ('<div hx-get="/s1?pg=2" hx-trigger="revealed"></div>', "/s1?pg=2"),
        ('<form action="/s1"><input name="q"><button>المزيد</button></form>', None),
        ('<form action="/s1" method="post"><button name="pg" value="2">التالي</button></form>', None),
        ('<form action="/vote"><input type="hidden" name="id" value="2"><button>صوّت</button></form>', None),
        ('<div hx-get="/weather"></div>', None),
    ],
)  # fmt: skip
def test_the_next_page_behind_the_button_of_a_form(form: str, address: str | None) -> None:
    assert paths(form, "/s1", is_listing=True) == ([address] if address else [])
