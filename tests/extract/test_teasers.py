"""A text that is only one teaser's among several: a listing; and the teasers that cost no article."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page, reading, story

SITE = "https://www.example.org"
LINES = (
    "تقع المدرسة الجديدة على طرف الوادي، وفيها اثنا عشر صفا ومكتبة صغيرة يفتح بابها للأهالي بعد الظهر طوال أيام الأسبوع.",
    "اشترت التعاونية معصرة حديثة تكفي القرى الخمس كلها، وتبدأ عملها مع أول قطاف الزيتون إذا وصلت قطعها في موعدها.",
    "أعادت البلدية فتح الجسر الخشبي أمام المشاة بعد أن قوّت دعائمه وبدلت ألواحه، ومنعت مرور الدراجات النارية عليه.",
    "يعرض المتحف الريفي هذا الشهر أدوات الحراثة القديمة التي جمعها معلم متقاعد من بيوت القرية على مدى ثلاثين عاما.",
)
NAMES = (
    "مدرسة جديدة على طرف الوادي",
    "معصرة حديثة للقرى الخمس",
    "الجسر الخشبي يفتح للمشاة",
    "أدوات الحراثة في المتحف",
)
STORIES = [(f"/story/{n}", name, text) for n, (name, text) in enumerate(zip(NAMES, LINES, strict=True), 31)]


def teased(
    pattern: str, *, over: str = "", under: str = "", head: str = "<title>صحيفة الضفة</title>", **kwargs: str
) -> bytes:
    """A listing: the pattern, filled in with every story, in the main column between what every page has."""
    items = "".join(pattern.format(url=url, name=name, text=text) for url, name, text in STORIES)
    column = f'<div id="main"><div class="inside">{over}{items}{under}</div></div>'
    menu = '<ul class="menu"><li><a href="/">الرئيسية</a></li><li><a href="/local">محليات</a></li></ul>'
    return page(f"{menu}{column}<div id='bottom'>جميع الحقوق محفوظة</div>", head=head, **kwargs)


DRUPAL = (
    '<div class="node node-story node-teaser clearfix"><h2><a href="{url}">{name}</a></h2><div class="content">'
    '<div class="field field-name-body"><p>{text}</p></div></div><ul class="links inline"><li class="node-readmore first">'
    '<a href="{url}" rel="tag" title="{name}">اقرأ المزيد<span class="element-invisible"> حول {name}</span></a></li></ul></div>'
)
JOOMLA_15 = (
    '<table class="contentpaneopen"><tr><td class="contentheading"><a href="{url}" class="contentpagetitle">{name}</a></td></tr>'
    '</table><table class="contentpaneopen"><tr><td class="createdate">الأحد, 12 أيار 2013 10:20</td></tr><tr><td><p>{text}</p>'
    '<a href="{url}" class="readon">إقرأ المزيد...</a></td></tr></table><span class="article_separator">&nbsp;</span>'
)
JOOMLA_25 = (
    '<div class="item column-1"><h2><a href="{url}">{name}</a></h2><dl class="article-info"><dd class="published">12 أيار 2013</dd>'
    '</dl><p>{text}</p><p>{text}</p><p>{text}</p><p class="readmore"><a href="{url}">إقرأ المزيد: {name}</a></p></div>'
)
NUKE = (
    '<table width="100%"><tr><td><font class="option"><b>{name}</b></font></td></tr><tr><td><font class="content">{text}</font>'
    '</td></tr><tr><td><font class="tiny">أرسلت بواسطة المحرر (<a href="{url}"><b>اقرأ المزيد...</b></a> | 512 حرفا)</font></td></tr></table>'
)
BLOGGER = (
    '<div class="date-outer"><h2 class="date-header"><span>الأحد، 12 مايو 2013</span></h2><div class="post hentry"><h3 class="post-title entry-title">'
    '<a href="{url}">{name}</a></h3><div class="post-body entry-content">{text}</div><div class="post-footer">مرسلة بواسطة سليم</div></div></div>'
)
FULL_POSTS = BLOGGER.replace("{text}", f"{{text}}<br><br>{'<br><br>'.join(LINES * 2)}")
CLICKED = """<div class="card" onclick="window.location='{url}'"><img src="/p.jpg"><h3>{name}</h3><p>{text}</p></div>"""
VIEWS = (
    '<div class="views-row views-row-1"><div class="views-field views-field-title"><h3 class="field-content"><a href="{url}">{name}</a></h3></div>'
    '<div class="views-field views-field-body"><div class="field-content"><p>{text}</p><p>{text}</p><p>{text}</p></div></div></div>'
)
POSTS = (
    '<article class="post type-post"><h2 class="entry-title"><a href="{url}">{name}</a></h2><time datetime="2020-06-03">3 يونيو</time>'
    '<div class="entry-summary"><p>{text}</p><p>{text}</p><p>{text}</p></div><a class="more-link" href="{url}">متابعة القراءة</a></article>'
)
PAGER = '<ul class="pager"><li><a href="?page=1">2</a></li><li class="pager-next"><a href="?page=1">التالي ›</a></li></ul>'

TEASED = [
    ("Drupal 7 front page", teased(DRUPAL, over="<h1>الرئيسية</h1>", under=PAGER), "/ar/node?page=1"),
    (
        "Drupal 7 term under an article's og:type",
        teased(
            DRUPAL,
            over="<h1>قرى الوادي</h1>",
            head='<title>قرى الوادي | الضفة</title><meta property="og:type" content="article">',
        ),
        "/ar/villages",
    ),
    ("Drupal 7 view", teased(VIEWS, over="<h1>قرى الوادي</h1>", under=PAGER), "/ar/villages"),
    ("Joomla 1.5 category blog", teased(JOOMLA_15), "/local-news/2-harbour"),
    (
        "Joomla 2.5 featured",
        teased(JOOMLA_25, over=JOOMLA_25.replace("item column-1", "leading-0").format(url="/story/30", name="سوق الخميس يعود", text=LINES[3][:90])),
        "/index.php/villages",
    ),
    ("phpNuke topic", teased(NUKE), "/modules.php?name=News&new_topic=3"),
    ("Blogger month", teased(BLOGGER), "/2013/05/"),
    ("Blogger month of whole posts", teased(FULL_POSTS), "/2013/05/"),
    ("cards to click on", teased(CLICKED, over="<h2>قرى الوادي</h2>"), "/villages"),
    ("WordPress posts", teased(POSTS), "/villages/"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "path"), [each[1:] for each in TEASED], ids=[each[0] for each in TEASED])
def test_a_text_that_is_a_teaser(html: bytes, path: str) -> None:
    verdict = reading(html, SITE + path).verdict
    assert verdict.kind == "listing", verdict.evidence
    assert any("teaser" in each for each in verdict.evidence)


def test_a_teaser_left_alone_on_the_last_page() -> None:
    items = DRUPAL.format(url="/story/31", name=NAMES[0], text=LINES[0])
    html = page(f"<div id='main'><h1>قرى الوادي</h1>{items}</div>", head="<title>قرى الوادي | الضفة</title>")
    assert kind(html, f"{SITE}/ar/villages?page=7") == "listing"


EPISODE = (
    '<li class="py-6 flex"><div class="min-w-0"><div class="text-xs"><span>الحلقة {n}</span><span>·</span><time datetime="2025-03-{day:02}">{day} مارس 2025</time><span>·</span><span>1 س 14 د</span></div>'
    '<a class="block" href="/programmes/valley/{n}"><h3>{name}</h3></a><p class="line-clamp-2">{text}</p></div></li>'
)


def programme(number: int, about: str) -> bytes:
    told = [
        EPISODE.format(
            n=n,
            day=29 - n,
            name=f"كيف كانت {NAMES[n % 4]} قبل {n} عاما؟",
            text=f"حديث عن {NAMES[n % 4]} مع {n} من أهل القرية، وكيف يرون السنين التي مرت عليهم.",
        )
        for n in range(1, number + 1)
    ]
    listed = f"<section><h2>الحلقات</h2><ol>{''.join(told)}</ol></section>"
    return page(f"<main>{about.format(listed)}</main>", head="<title>حديث الوادي</title>")


ABOUT = f"<section><p>بودكاست</p><h1>حديث الوادي</h1><p>{LINES[0]}</p></section>{{}}"
IN_CONTENT = f"<div class='entry-content'><h1>حديث الوادي</h1><p>{LINES[0]}</p>{{}}</div>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (programme(24, ABOUT), "listing"),
        (programme(24, IN_CONTENT), "listing"),
        (programme(3, ABOUT), "article"),
        (programme(3, IN_CONTENT), "article"),
    ],
)
def test_a_programme_s_words_of_itself_over_its_episodes(html: bytes, expected: str) -> None:
    """Few teasers under lines of the page's own may be its related stories."""
    assert kind(html, f"{SITE}/valley") == expected


def test_joomla_s_lists_are_known_by_their_address() -> None:
    """One teaser is left on a list's last page, whole but for a button."""
    address = "https://www.example.org/index.php?option=com_content&view={}&id=3&Itemid=53"
    html = page(story('<span class="createdate">الأربعاء, 03 حزيران 2020 09:23</span>'))
    assert [kind(html, address.format(view)) for view in ("category", "frontpage", "article")] == [
        "listing",
        "listing",
        "article",
    ]


def filled(pattern: str) -> str:
    return "".join(pattern.format(url=url, name=name, text=text) for url, name, text in STORIES)


BRIEF = f"<p>{PARAGRAPHS[0]}</p>"
RELATED = f'<div class="more"><h3>قد يهمك</h3>{filled(JOOMLA_25)}</div>'
WHOLE = f'<article class="post"><h2 class="entry-title"><a href="{{url}}">{{name}}</a></h2><div class="entry-content">{BODY}{{text}}</div></article>'
KEPT = [
    ("a brief over teasers", story(body=BRIEF, after=RELATED)),
    ("teasers in the text", story(body=BRIEF + filled(DRUPAL))),
    ("a button in the text", story(body=f'{BRIEF}<p><a class="read-more" href="/story/31">اقرأ المزيد</a></p>', after=filled(POSTS))),
    ("a card amid the text", story(body=BRIEF + POSTS.format(url="/story/31", name=NAMES[0], text=LINES[0]) + BRIEF, after=filled(POSTS))),
    (
        "whole stories below",
        page(WHOLE.format(url="/news/4417", name=TITLE, text="") + filled(WHOLE), head=f"<title>{TITLE}</title>"),
    ),
    (
        "whole stories below, its own address otherwise",
        page(WHOLE.format(url="/n/4417-library", name=TITLE, text="") + filled(WHOLE), head=f"<title>{TITLE}</title>"),
    ),
    ("a headline that is a link to itself", page(WHOLE.format(url="/news/4417?utm=1", name=TITLE, text=""), head="<title>الضفة</title>")),
    ("one page of several", story(after=f'<div class="page-links"><a href="/news/4417/2">2</a> <a href="/news/4417/2">التالي</a></div>{RELATED}')),
    (
        "a day's stories under an introduction",
        page(f"<h1>{TITLE}</h1><time>3 يونيو 2020</time><div class='text'>{BODY}{filled(VIEWS)}</div>", head=f"<title>{TITLE}</title>"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("html", [each[1] for each in KEPT], ids=[each[0] for each in KEPT])
def test_teasers_that_cost_no_article(html: bytes) -> None:
    verdict = reading(html).verdict
    assert verdict.kind == "article", verdict.evidence
