"""What is body and what is not, line by line."""

import pytest

from archiver.article import Block
from tests.extract.harbour import BODY, extracted
from tests.extract.stories import H1, OTHER, PARAGRAPHS, STORY, TITLE, article, cards, links, paragraphs, path


def body(inner: str) -> str:
    return f'<div class="page">{H1}<div class="article-body">{inner}</div></div>'


def bare(inner: str) -> str:
    """A body that no name tells from the rest of its column."""
    return f'<div class="q1">{H1}{inner}</div>'


AFTER_FIRST = {
    "a script": '<script>document.write("نص طويل لا يراه القارئ في هذه الصفحة أبدا");</script>',
    "noscript": "<noscript>يتطلب هذا الموقع تشغيل جافا سكريبت في متصفحك</noscript>",
    "what is hidden by style": '<div style="display: none">نص مخفي عن القارئ لا يظهر في الصفحة</div>',
    "what only a screen reader says": '<span class="screen-reader-text">تخطى إلى المحتوى الرئيسي للصفحة</span>',
    "an advertisement": '<div class="ad-slot"><span>إعلان</span><p>اشتر الآن قبل نفاد الكمية المعروضة</p></div>',
    "an advertisement's label": "<p>إعلان</p>",
    "how long a film is": '<div class="video-wrap"><div class="video-duration">2:41</div></div>',
    "share buttons": '<div class="share-buttons"><a href="https://facebook.com/sharer">فيسبوك</a> شارك الخبر مع أصدقائك</div>',
    "what says that the text goes on": "<p>أكمل القراءة بعد الإعلان</p>",
    "the end of a list, for a screen reader": "<p>مواضيع قد تهمك نهاية</p>",
    "an inline pointer": f'<p><strong>اقرأ أيضاً: </strong><a href="{path(0)}">{OTHER[0]}</a></p>',
    "a pointer spelt otherwise": f'<p>إقـرأ أيضا .. <a href="{path(0)}">{OTHER[0]}</a></p>',
    "a pointer without its link": f"<p>اقرأ أيضا: {OTHER[0]}</p>",
    "a linked headline alone": f'<p><a href="{path(0)}"><b>{OTHER[0]}</b></a></p>',
    "a label and its list": f"<p>مواضيع ذات صلة:</p><ul>{links(0, 1)}</ul>",
    "a box of hashed names": f'<div class="css-rl"><div>اقرأ أيضا</div><a href="{path(0)}">{OTHER[0]}</a></div>',
    "a card without a label": f'<div class="z9"><a href="{path(0)}"><img src="/t.jpg"></a><h3><a href="{path(0)}">{OTHER[0]}</a></h3></div>',
    "a caption": '<figure><img src="/i/a.jpg"><figcaption>عمال أمام البوابة</figcaption></figure>',
    "an old caption": '<div class="wp-caption"><img src="/i/a.jpg"><p class="wp-caption-text">عمال أمام البوابة</p></div>',
    "a caption in a table": '<table align="left"><tr><td><img src="/i/a.jpg"></td></tr><tr><td>عمال أمام البوابة</td></tr></table>',
    "a caption set in the middle": '<p style="text-align: center;"><img src="/i/a.jpg"></p><div style="text-align: center;">عمال أمام البوابة</div>',
    "a caption aslant": '<p><img src="/i/a.jpg"><br><em>عمال أمام البوابة</em></p>',
    "a table of contents": '<div id="ez-toc-container"><p>المحتويات</p><ul><li><a href="#a">المرحلة الأولى</a></li></ul></div>',
    "a table of contents without a name": '<div><div>محتويات</div><a href="#h1">متى يبدأ العمل في السور الشمالي؟</a></div>',
    "a newsletter": '<div class="newsletter-box"><h3>اشترك في نشرتنا</h3><p>احصل على آخر الأخبار في بريدك كل صباح</p></div>',
    "an embedded post": '<blockquote class="twitter-tweet"><p>نص التغريدة المضمنة في الخبر</p></blockquote>',
    "a post without a name": '<blockquote><p>نص المنشور المضمن في الخبر</p>— البلدية <a href="https://twitter.com/city/status/1">3 يونيو</a></blockquote>',
    "a credit that stands alone": "<div>© REUTERS / SAMI NAJJAR</div>",
    "tags in badges": '<ul class="row"><li><span class="badge badge-light">تراث</span></li><li><span class="badge">ترميم</span></li></ul>',
    "a pointer whose words nobody knows": f'<p><strong>كما يمكنك قراءة: </strong><a href="{path(0)}">{OTHER[0]}</a></p>',
    "a form without a name": '<div><h4>اشترك في نشرتنا البريدية</h4><p>احصل على أهم الأخبار في بريدك</p><form><input type="email"></form></div>',
    "a call to follow the paper by name": '<p>تابعوا النهار على <a href="https://t.me/x">تيليجرام</a></p>',
    "how long the reading takes": "<p>وقت القراءة: 3 دقائق</p>",
    "a writer's box": '<div class="author-card"><a href="/author/1">سامي العلي</a><span>كاتب صحفي</span></div>',
    "what an extension left": "<p>{jcomments on}</p>",
    "what only a player says": "<p>To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video</p>",
    "an advertisement, and the text goes on": "<p>إعلان - تابعي القراءة بالأسفل</p>",
    "a table of contents' head": "<div>محتويات المقال <span>إخفاء</span></div>",
    "most read, the day over each": f'<div>الأكثر قراءة</div><ul><li><div>2023-11-14</div><a href="{path(0)}">{OTHER[0]}</a></li><li><div>2023-11-13</div><a href="{path(1)}">{OTHER[1]}</a></li></ul>',
    "a call behind a call": "<p>تابعونا على تلغرام لتصلكم أخبار المدينة وأهلها كل صباح وكل مساء. شاركونا آراءكم.</p>",
    "a call to follow": '<p>تابعونا على <a href="https://t.me/x">تلغرام</a> و<a href="https://facebook.com/x">فيسبوك</a></p>',
}


@pytest.mark.parametrize("inner", AFTER_FIRST.values(), ids=AFTER_FIRST)
def test_within_the_text_is_not_body(inner: str) -> None:
    rest = "".join(f"<p>{text}</p>" for text in STORY[1:])
    assert paragraphs(body(f"<p>{STORY[0]}</p>{inner}{rest}")) == list(STORY)


def test_a_subhead_that_says_the_title_again_begins_no_text() -> None:
    again = f"<h2><span>{TITLE}</span></h2>"
    read = paragraphs(body(f"<p>{STORY[0]}</p>{again}" + "".join(f"<p>{text}</p>" for text in STORY[1:])))
    assert read == [STORY[0], TITLE, *STORY[1:]]


def test_a_wikis_buttons_are_no_part_of_its_headings() -> None:
    """As MediaWiki prints them: before the heading in old skins, behind it in new ones."""
    edit = '[<a href="/w/index.php?action=edit&amp;section=1">عدل</a>]'
    old = f'<h2><span class="editsection">{edit}</span> <span class="mw-headline">خلفية</span></h2>'
    new = f'<h2><span class="mw-headline">مصادر</span><span class="mw-editsection">{edit}</span></h2>'
    also = f'<h2><span class="mw-headline">انظر أيضا</span><span class="mw-editsection">{edit}</span></h2><ul>{links(0, 1)}</ul>'
    within = f'<h3 id="siteSub">من موسوعة المدينة</h3><p>{STORY[0]}</p>{old}<p>{STORY[1]}</p>{new}<p>{STORY[2]}</p>{also}'
    wiki = f'<meta name="generator" content="MediaWiki 1.16"><h1 id="firstHeading">{TITLE}</h1><div id="bodyContent">{within}</div>'
    assert paragraphs(wiki) == [STORY[0], "خلفية", STORY[1], "مصادر", STORY[2]]
    assert [each.title for each in article(wiki).see_also] == list(OTHER[:2])


def test_the_verses_of_a_poem_are_all_kept() -> None:
    """In a column that begins with the headline, in lines that no sentence ends."""
    verses = [
        each
        for n in range(4)
        for each in (f"في الدرب {n} ..", f"والآمال {n}", f"سيفا {n} ...", f"واهتفي في وجهه {n}")
    ]
    stanzas = "".join(f"<p>{'<br>'.join(verses[n : n + 4])}" for n in range(0, 16, 4))
    html = f"<ul><font size=5>{TITLE}</font>{stanzas}</ul>"
    assert paragraphs(html, head=f"<title>{TITLE}</title>") == verses


def test_a_headline_in_two_lines_is_no_text() -> None:
    first, second = TITLE[:22], TITLE[23:]
    shown = f"<p><font><strong>{first}<br>{second}</strong></font></p>"
    html = f"<table><tr><td>{shown}<blockquote>{PARAGRAPHS}</blockquote></td></tr></table>"
    assert paragraphs(html, head=f"<title>{TITLE}</title>") == list(STORY)


def test_a_subheads_link_to_itself_is_no_part_of_it() -> None:
    subhead = '<h2>مراحل العمل <span><a href="#stages" aria-label="رابط">#</a></span></h2>'
    read = paragraphs(body(f"<p>{STORY[0]}</p>{subhead}<p>{STORY[1]}</p>"))
    assert read == [STORY[0], "مراحل العمل", STORY[1]]


def test_a_lead_before_the_element_of_the_text_is_its_first_paragraph() -> None:
    rest = "".join(f"<p>{text}</p>" for text in STORY[1:])
    lead = f'<div class="b-article__lead"><p>{STORY[0]}</p></div>'
    assert paragraphs(f'<div>{H1}{lead}<div itemprop="articleBody">{rest}</div></div>') == list(STORY)


def test_facts_behind_a_standfirst_are_no_text() -> None:
    standfirst = "<p>في بلدة صغيرة بجنوب البلاد أحيا مزارعون أساليب ري قديمة لحماية بساتينهم من الجفاف.</p>"
    facts = "<div><p>نشر في 12/03/2025 5:32pm</p><p>آخر تحديث 12/03/2025 7:10pm</p><p>By سامي العلي</p><p>Source: SBS</p></div>"
    read = paragraphs(f"<div>{H1}{standfirst}{facts}{PARAGRAPHS}</div>")
    assert read[-len(STORY) :] == list(STORY)
    assert len(read) <= len(STORY) + 1


TAIL = {
    "an agency's end": "<p>انتهى/25</p>",
    "editors' initials": "<p>م.ك/ع.ش</p>",
    "hashtags a line": "<ul><li># ترميم السور</li><li># التراث</li></ul>",
    "hashtags": "<p>#ترميم #السور #المدينة_القديمة</p>",
    "where to write to": "<p>a.writer@madina.example</p>",
    "where to write to, with a label": "<p>للتواصل مع الكاتب: a.writer@madina.example</p>",
    "initials and their agencies": "<p>ع.ج.م/ ف.ي (د ب أ، رويترز)</p>",
    "a notice on comments": "<p>يلفت موقع المدينة إلى أنه ليس مسؤولاً عن التعليقات التي ترده ويأمل من القراء الحفاظ على احترام الأصول.</p>",
    "initials in brackets and an agency's": "<p>(ك د)</p><p>ANHA</p>",
    "where the picture is from": "<p>* الصورة من الأرشيف</p>",
    "whose text it is": "<p>ملحوظة: مضمون هذا الخبر تم كتابته بواسطة صحيفة أخرى ولا يعبر عن وجهة نظر المدينة ونحن غير مسئولين عن محتوى الخبر.</p>",
    "comments with their rule": f"<p>تعليقات القراء: أي رد يحمل شتائم لن ينشر</p><p>{STORY[3]}</p>",
    "who took the pictures": "<p>تصوير: كمال الرسام</p>",
    "how many read it": "<p>عدد القراءات: 412</p>",
    "how many read it, the number first": "<p>1875 قراءة</p>",
    "how often it was read": "<p>قراءة 842 مرات</p>",
    "the day of the text, with a label": "<p>تاريخ نشر المقال 17 أيار 2013</p>",
    "a link back": '<p><a href="/c/1">الرجوع إلى محليات</a></p>',
    "a rule of law": "<p>استعمال المضامين بموجب بند 27 أ لقانون الحقوق الأدبية لسنة 2007، يرجى ارسال رسالة</p>",
    "no advice to buy": "<p>تنويه: جميع المعلومات الواردة لأغراض إعلامية فقط ولا تمثل دعوة للبيع أو الشراء.</p>",
    "whose right it is": "<p><em><strong>ترجمة: سامي العلي</strong></em></p><p><em><strong>حقوق النشر: موقع المدينة 2019</strong></em></p>",
    "more of a kind": f'<p><strong>المزيد من المقالات التحليلية من المدينة</strong></p><p><a href="{path(0)}">{OTHER[0]}</a></p>',
    "notes": "<h2>المراجع</h2><ol><li>↑ Foods and sleep, Sleep Review, 11/6/2019.</li><li>↑ Diet Today, 12/6/2019.</li></ol>",
    "more sources": "<p>المصادر الإضافية • أ ب</p>",
    "an application": "<p>حمّل الآن تطبيق المدينة للهواتف المحمولة للاطلاع على آخر الأخبار</p>",
    "about the writer": f"<h3>عن الكاتب</h3><div>سامي العلي ( كل المقالات )</div><p>{OTHER[0]}</p>",
    "a writer's name and what he is": '<h4><a href="/author/sami/">سامي العلي</a></h4><p>صحافي مقيم في سيدني، يتابع شؤون الجالية في «المدينة» منذ العام 2009.</p>',
    "comments on the subject": f"<h4>التعليقات على الموضوع</h4><p>1 - الله يعفو</p><p>{STORY[3]}</p>",
    "where to press": '<p>لقراءة المزيد من أخبار المدينة اضغط <a href="/x">هنا</a></p>',
    "an agency's notice to subscribers": "<p>الأخبار المنشورة على الصفحة الرسمية للوكالة هي اختصار لجزء من الأخبار التي تُعرض للمشتركين عبر نظام تدفق الأخبار. من أجل الاشتراك لدينا يُرجى الاتصال بالرابط التالي.</p>",
    "buttons and a count": '<div><a href="/p"><img src="/p.png" alt=""> طباعة</a><a href="/m"><img src="/m.png" alt=""> إرسال إلى صديق</a><span>عدد القراءات : 2316</span></div>',
    "how to quote": "<p>يرجى الاشارة الى شبكة المدينة عند اعادة النشر او الاقتباس</p>",
    "whose words these are": "<p>المؤسسات وحدها هي المسؤولة عن كل ما يرد في بياناتها من معلومات</p>",
    "an agency's hour": "<p>م.ص/ س.ع<br>بنا 1514 جمت 11/11/2025</p>",
    "a source": "<p>المصدر: وكالات</p>",
    "a source after a stroke": "<p>المصدر / وكالات</p>",
    "a source without a sign": "<p>المصدر وكالات</p>",
    "who the writer is": "<p>* كاتب وباحث من ليبيا</p>",
    "a call to join": "<p>انضم إلى قناة المدينة في تلغرام</p>",
    "a short link": "<p>رابط مختصر: https://almadina.example/abc</p>",
    "rights": "<p>جميع الحقوق محفوظة لصحيفة المدينة 2021</p>",
    "an opinion's disclaimer": "<p>الآراء الواردة في هذا المقال لا تعبر بالضرورة عن رأي الصحيفة</p>",
    "a comment policy": '<div style="padding:10px"><p>نرحب بتعليقاتكم وفق <a href="/g">إرشادات الاستخدام</a> و<a href="/p">سياسة الخصوصية</a> المنشورة في الموقع.</p></div>',
    "tags": '<p>الوسوم: <a href="/tag/a">السور</a> <a href="/tag/b">الترميم</a></p>',
    "tags without a label": '<div class="kk"><a href="/tag/1">السور</a><a href="/tag/2">المدينة القديمة</a></div>',
    "a heading over nothing": "<h3>مواضيع</h3>",
    "share words": "<p>شارك هذا الموضوع:</p><ul><li><a href='https://facebook.com/s'>فيسبوك</a></li></ul>",
    "most read": f"<h3>الأكثر قراءة</h3>{cards(0, 1, 2)}",
    "comments": f"<h4>التعليقات (3)</h4><div><b>زائر</b><p>{STORY[3]}</p></div><div><b>قارئ</b><p>{STORY[1]}</p></div>",
    "comments, as SPIP calls them": f"<div class='forum-repondre'><a href='forum.php3?id=4'>الرد على هذا المقال</a></div><h2 class='forum-titre'>رسالة</h2><ul class='forum'><li class='forum-fil'><div class='forum-texte'><p>{STORY[3]}</p></div></li></ul>",
    "a form": "<form><label>اكتب تعليقك</label><textarea></textarea></form>",
}


@pytest.mark.parametrize("inner", TAIL.values(), ids=TAIL)
@pytest.mark.parametrize("around", [body, bare])
def test_after_the_text_is_not_body(inner: str, around: object) -> None:
    assert paragraphs(around(PARAGRAPHS + inner)) == list(STORY)  # type: ignore[operator]


def test_a_list_of_other_stories_in_the_same_font_as_the_text() -> None:
    """A page without any element around its text, as old ones are."""
    rows = "".join(
        f'<img src="/dot.gif"> <a href="{path(each)}">{OTHER[each]}</a> <font>(07-08-2008)</font><br>'
        for each in range(6)
    )
    text = "<br><br>".join(STORY)
    soup = f"<font size=5><b>{TITLE}</b></font><br><font size=4>{text}<br><br><b>آخر الأخبار هنا</b><br>{rows}</font>"
    assert paragraphs(soup) == list(STORY)


HEAD = {
    "the headline again": f"<h2>{TITLE}</h2>",
    "a byline": "<p>كتب: سامي العلي</p>",
    "a day and an hour": "<p>الخميس 12/مايو/2021 - 11:03 م</p>",
    "when it was published": "<span>نشر في: 12 مايو 2021</span>",
    "published and changed": "<div>تم النشر في: الخميس، 12 مايو 2021 الساعة 10:30 صباحا - آخر تحديث: الجمعة 13 مايو 2021 الساعة 11:00 مساء</div>",
    "facts between bars": "<div>المدينة - سامي العلي | الخميس 26/11/2009 | عدد القراء: 1877</div>",
    "a day and a byline": "<p><small>الأربعاء 23 آذار (مارس) 2011, بقلم <a href='a1.html'>سامي العلي</a></small></p>",
    "a day and a topic": "<p>بتاريخ الخميس 20 تشرين الاول 2011 الموضوع: أخبار</p>",
    "a count of readers": "<div>عدد المشاهدات: 233</div>",
    "a source": "<div>المصدر: المدينة - وكالات</div>",
    "a subtitle": '<h2 class="entry-sub-title">اللجنة تعد بإنهاء العمل قبل الشتاء</h2>',
    "a summary": '<div class="summary">ملخص يسبق الخبر ولا يعد من متنه عند القراء</div>',
}


@pytest.mark.parametrize("inner", HEAD.values(), ids=HEAD)
def test_before_the_text_is_not_body(inner: str) -> None:
    assert paragraphs(body(inner + PARAGRAPHS)) == list(STORY)


def test_names_and_sections_beside_a_headline_within_the_column() -> None:
    meta = '<ul><li>محليات</li><li>سامي العلي</li></ul><span>12 مايو 2021</span><ul><li><a href="https://x.com/s">تويتر</a></li></ul>'
    assert paragraphs(f'<div class="q">{H1}{meta}{PARAGRAPHS}</div>') == list(STORY)


def test_a_trail_in_the_texts_own_table_is_no_text() -> None:
    """As Mambo's templates print it."""
    trail = f'<span class="x"><a href="/">الرئيسية</a> <img src="/arrow.png"> <a href="/c/1">أخبار سورية</a> <img src="/arrow.png"> {TITLE}</span>'
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in (trail, TITLE, PARAGRAPHS))
    assert paragraphs(f"<table>{rows}</table>") == list(STORY)


KEPT = {
    "a dateline": "<p>المدينة - وال</p>",
    "a dateline with its day": "<p>المدينة 14 جمادى الآخرة 1443 هـ الموافق 17 يناير 2022 م واس</p>",
    "an agency's sign-off": "<p>--(بترا)</p>",
    "a subhead called a subtitle": '<h2 class="body__subheading">الحجر من المحجر القديم</h2>',
    "a subhead that asks": "<h3>متى ينتهي العمل؟</h3>",
    "a line with a day in it": "<p>وبدأ العمل يوم 12 مايو 2021 بحضور الأهالي.</p>",
    "prose that mentions following": "<p>وتابع آخر المستجدات مع رئيس اللجنة ومع المهندسين الذين وصلوا إلى الموقع صباحا ثم زار المحجر القديم وعاد إلى البلدية واستمع إلى شكاوى الباعة في السوق المجاور للسور.</p>",
    "news before a call": "<p>وتفتح القاعة المرممة أبوابها للزوار يوم السبت المقبل مجانا حتى المساء، فهل ستزورونها؟ شاركونا آراءكم.</p>",
    "news of an application": "<p>وقال في رسالة عبر تطبيق واتساب إن الوضع تحت السيطرة.</p>",
    "a quotation that is linked": '<blockquote>وقال: «السور <a href="https://twitter.com/city">للمدينة كلها</a>».</blockquote>',
    "news of following a channel": '<p>وتابع المتحدث في بيان نشره <a href="https://t.me/x/1">هنا</a> أن العمل مستمر.</p>',
    "news of joining": "<p>وجدد الوزير دعوة بلاده للانضمام إلى الاتحاد.</p>",
    "news of following": "<p>وعقد الوزير اجتماعا لمتابعة آخر التطورات.</p>",
    "news of taking part": "<p>شارك هذا العام في المهرجان ثلاثون ناديا.</p>",
    "a sentence that is linked whole": f'<p><a href="{path(0)}">وسبق أن تأخر المشروع مرتين.</a></p>',
}


@pytest.mark.parametrize("inner", KEPT.values(), ids=KEPT)
def test_body_that_looks_like_furniture_is_kept(inner: str) -> None:
    assert len(paragraphs(body(f"<p>{STORY[0]}</p>{inner}<p>{STORY[1]}</p>"))) == 3


LAST = {
    "rights that are news": "وطالب الناشرون بتشديد القانون الذي يحمي حقوق النشر",
    "an expert's words": "خبير: الأسعار ستنخفض في الخريف",
    "a short answer": "وانتهى الاجتماع بلا اتفاق.",
    "a source's words": "مصدر أمني: الوضع تحت السيطرة في المدينة كلها",
}


@pytest.mark.parametrize("text", LAST.values(), ids=LAST)
def test_a_last_line_that_looks_like_a_notice_is_kept(text: str) -> None:
    assert paragraphs(body(f"{PARAGRAPHS}<p>{text}</p>")) == [*STORY, text]


def test_letters_are_kept_as_they_are() -> None:
    text = "قال «السيـــد» : إن   العمل؛، مالذي تأخر ؟ سيتم &quot;قريبا&quot; &amp; بلا \u200fتأخير\xa0."
    assert (
        paragraphs(body(f"<p>{text}</p>{PARAGRAPHS}"))[0]
        == 'قال «السيـــد» : إن العمل؛، مالذي تأخر ؟ سيتم "قريبا" & بلا تأخير .'
    )


def test_inline_markup_adds_no_space_and_blocks_glue_no_words() -> None:
    inner = f'<p><span class="dropcap">ق</span>ال <mark>ال</mark>رئيس <b>إن</b> <a href="/tag/x">السور</a>.</p><div>سطر</div><div>آخر</div>{PARAGRAPHS}'
    assert paragraphs(body(inner))[:3] == ["قال الرئيس إن السور.", "سطر", "آخر"]


def test_every_break_parts_a_paragraph() -> None:
    assert paragraphs(body(f"<p>{STORY[0]}<br>– بند أول<br/><br>– بند ثان</p>{PARAGRAPHS}"))[1:3] == [
        "– بند أول",
        "– بند ثان",
    ]


def test_a_script_between_two_words_parts_nothing() -> None:
    assert paragraphs(body(f"<p>بدأ <script>x()</script>العمل.</p>{PARAGRAPHS}"))[0] == "بدأ العمل."


def test_repeated_paragraphs_all_stay() -> None:
    assert paragraphs(body(f"<p>{STORY[0]}</p>" * 4)) == [STORY[0]] * 4


def test_a_second_copy_for_narrow_screens_is_not_body() -> None:
    copies = f'<div class="hidden-xs">{PARAGRAPHS}</div><div class="visible-xs">{PARAGRAPHS}</div>'
    assert paragraphs(f'<div class="q">{H1}<div class="z">{copies}</div></div>') == list(STORY)


def test_kinds_of_blocks() -> None:
    inner = f"<p>{STORY[0]}</p><h3>المرحلة الأولى</h3><ul><li>{STORY[1]}</li></ul><blockquote><p>{STORY[2]}</p></blockquote><p><strong>المرحلة الثانية</strong></p><p>{STORY[3]}</p>"
    assert article(body(inner)).blocks == (
        Block("paragraph", STORY[0]),
        Block("heading", "المرحلة الأولى"),
        Block("list_item", STORY[1]),
        Block("quote", STORY[2]),
        Block("heading", "المرحلة الثانية"),
        Block("paragraph", STORY[3]),
    )


def test_a_name_that_misleads_costs_no_text() -> None:
    lines = "".join(f'<div class="text-size">{text}</div>' for text in STORY)
    assert paragraphs(body(lines)) == list(STORY)


@pytest.mark.parametrize("name", ["tagLink", "related-link", "keyword"])
def test_a_link_amid_a_sentence_is_the_sentences(name: str) -> None:
    linked = PARAGRAPHS.replace("السور الشمالي", f'<a class="{name}" href="/tags/7">السور الشمالي</a>')
    assert linked != PARAGRAPHS
    assert paragraphs(body(linked)) == list(STORY)


def test_a_story_set_in_heading_tags() -> None:
    assert paragraphs(body("".join(f"<h3>{text}</h3>" for text in STORY))) == list(STORY)


def test_a_story_built_of_a_page_builders_widgets() -> None:
    widgets = "".join(
        f'<div class="elementor-widget elementor-widget-text-editor"><p>{text}</p></div>' for text in STORY
    )
    assert paragraphs(
        f'<div class="elementor">{H1}<div class="elementor-section">{widgets}</div></div>'
    ) == list(STORY)


def test_a_long_paragraph_is_text_whatever_it_is_called() -> None:
    long = " ".join(STORY[:3])
    assert paragraphs(body(f'<p class="source">{long}</p>{PARAGRAPHS}'))[0] == long


def test_a_table_of_figures_stays() -> None:
    found = paragraphs(
        body(f"<p>{STORY[0]}</p><table><tr><th>السنة</th><td>2020</td></tr></table><p>{STORY[1]}</p>")
    )
    assert found == [STORY[0], "السنة", "2020", STORY[1]]


def test_the_body_is_its_blocks() -> None:
    found = article(body(PARAGRAPHS))
    assert found.body == "\n\n".join(STORY)


def test_a_profile_removes_what_it_says() -> None:
    inner = f'<article id="the-post" class="post-listing"><div class="post-inner">{H1}<div class="entry"><div class="e3lan">عرض خاص على الأجهزة المنزلية</div>{PARAGRAPHS}</div></div></article>'
    assert paragraphs(
        inner, head='<link rel="stylesheet" href="/wp-content/themes/sahifa/style.css">'
    ) == list(STORY)


def test_a_very_short_body_is_warned_of() -> None:
    assert "short_body" in {
        each.code
        for each in article(
            body("<p>انطلقت أعمال الترميم صباح اليوم في السور الشمالي.</p><p>وتستمر أسبوعا.</p>")
        ).warnings
    }


def test_a_subheading_called_a_subtitle_and_the_title_of_a_film_amid_the_text() -> None:
    film = '<div class="v"><div class="video-js"></div><div class="sc-video-title">لحظة الكشف عن الفسيفساء</div></div>'
    amid = f'<div class="x subtitle"><h3>فيديو يوثق أعمال التنقيب</h3></div>{film}'
    texts = [f"<div class='t'><p>{text}</p></div>" for text in STORY]
    read = article(body(f"{texts[0]}{texts[1]}{amid}{''.join(texts[2:])}"))
    assert [block.text for block in read.blocks] == [*STORY[:2], "فيديو يوثق أعمال التنقيب", *STORY[2:]]


def test_a_copyright_line_ends_the_text_and_links_behind_it_are_related() -> None:
    box = f'<p><a href="{path(0)}"><b>{OTHER[0]}</b></a><br>مبادرات محلية صغيرة بدأت تغير الصورة في قرى الجبل</p>'
    text = f"{'<br><br>'.join(STORY)}<br><br><b>نيلي يوسف</b><br>حقوق الطبع: الضفة 2009"
    page = article(f"<table><tr><td>{H1}<p>{text}</p>{box}</td></tr></table>")
    assert page.body == "\n\n".join(STORY)
    assert page.authors == ("نيلي يوسف",)
    assert [link.title for link in page.see_also] == [OTHER[0]]


@pytest.mark.parametrize(
    "line",
    ["3 دقائق قراءة", "التقييم: 5/5", "1523 مشاهدة", "تكبير الخط تصغير الخط", "العودة إلى الأعلى", "لإعلاناتكم اتصلوا بنا", "الإبلاغ عن خطأ"],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "div"])
def test_counters_and_buttons_among_the_paragraphs(line: str, tag: str) -> None:
    within = f'<div class="story-text">{BODY}<{tag}>{line}</{tag}>{BODY}</div>'
    assert extracted(body=within).body == extracted(body=f'<div class="story-text">{BODY}{BODY}</div>').body


@pytest.mark.parametrize("line", ["انتهى/م.س", "انتهى/25", "تنويه: ما ينشر لا يعبر عن رأي الموقع"])
def test_what_ends_a_text_is_none_of_it(line: str) -> None:
    behind = f'<div class="story-text">{BODY}<p>{line}</p></div>'
    assert extracted(body=behind).body == extracted().body
