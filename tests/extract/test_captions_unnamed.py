"""Captions that nothing calls so: the short text between the lead picture and the story, or its headline."""

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, TITLE, extracted

TEXT = f'<div class="x1">{BODY}</div>'
SHOWN = "قوارب الصيد عند الرصيف الشمالي"
IMG = '<img src="/up/port.jpg" width="640">'
CAPTIONS = {
    "a paragraph behind the picture's box": f"<div>{IMG}</div><p class='c7'>{SHOWN}</p>",
    "a line in a box of its own": f"{IMG}<div class='c7'><span>{SHOWN}</span></div>",
    "a figure without a picture": f"<div><span>{IMG}</span><figure class='c7'>{SHOWN}</figure></div>",
    "a quotation, as Drupal has it": f"<div>{IMG}<blockquote class='c7'><p>{SHOWN}</p></blockquote></div>",
    "a quotation behind the picture's box": f"<div><div>{IMG}</div><blockquote>{SHOWN}</blockquote></div>",
    "the day and the writer behind it": f"{IMG}<div>{SHOWN}</div><div>هدى العمري</div><div>3 مايو 2020</div>",
}
NONE = {
    "a day": f"<div>{IMG}</div><div>الثلاثاء 5 مارس 2024</div>",
    "a writer": f"<div>{IMG}</div><div>بقلم: هدى محمد العمري</div>",
    "names and who took pictures": f"<div>{IMG}</div><div>هدى العمري وخالد الزنتاني: تصوير ــ سالم العربي</div>",
    "the house, a place and a name": f"<div>{IMG}</div><div>صدى الساحل - طرابلس: ياسين العيسى</div>",
    "a notice on the text": f"<div>{IMG}</div><p class='art__note'>مقتطف من كتاب. الادعاءات أدناه للكاتب.</p>",
    "a line over the headline": f"<div>{IMG}</div><p class='surtitre'>بعد ترميم دام ثلاث سنوات</p>",
    "another house and who wrote": f"<div>{IMG}</div><p>وادينا كوم – الوادي – مراسل الموقع</p>",
    "buttons to share": f"<div>{IMG}</div><div align='center'><a href='https://wa.me/?text=x'>واتس آب</a> <a href='https://t.me/s'>تليجرام</a></div>",
    "a call to join": f"<div>{IMG}</div><p>إضغط هنا للإنضمام إلى مجموعة الواتساب الخاصة بنا</p>",
    "who drew it": f"<div>{IMG}</div><div>رسم خالد محمد الزنتاني</div>",
    "who holds the right": f"<div>{IMG}</div><div>© حقوق النشر : صدى الساحل وشركاؤها</div>",
    "a link": f"<div>{IMG}</div><div><a href='/c/9'>أخبار الموانئ في كل البلاد</a></div>",
    "a subheading": f"<div>{IMG}</div><h2>الصيادون يعودون إلى الرصيف الشمالي</h2>",
    "a sentence over the text": f"<div>{IMG}</div><p>أعلنت البلدية اليوم أن صيانة الميناء القديم تبدأ في مطلع الأسبوع المقبل بعد تأخير دام عامين.</p>",
}


@pytest.mark.parametrize("top", CAPTIONS.values(), ids=CAPTIONS)
def test_what_stands_right_behind_the_lead_picture(top: str) -> None:
    assert extracted(top=top, body=TEXT).images[0].caption == SHOWN


@pytest.mark.parametrize("top", NONE.values(), ids=NONE)
def test_what_stands_there_and_is_no_caption(top: str) -> None:
    assert extracted(top=top, body=TEXT).images[0].caption is None


def test_between_the_picture_and_the_headline() -> None:
    def shown(between: str) -> str | None:
        html = f"""<html lang="ar"><head><title>{TITLE}</title></head><body><main><div>{IMG}</div>{between}
            <div><h1>{TITLE}</h1></div>{TEXT}</main></body></html>"""
        return extract_article(html.encode(), "https://sada-alsahel.ly/news/1").images[0].caption

    assert shown(f"<div>{SHOWN}</div>") == SHOWN
    assert shown(f"<div>الرئيسية / أخبار الموانئ كلها</div><div>{SHOWN}</div>") is None


@pytest.mark.parametrize(
    ("behind", "caption", "credit"),
    [
        ("<span>{}</span><span>أرشيف الضفة</span>", SHOWN, "أرشيف الضفة"),
        ("<p>{}</p><p>تصوير : سالم العربي</p>", SHOWN, "سالم العربي"),
        ("<span>ح.م</span>", "ح.م", None),
        ("<span>تابعوا آخر الأخبار عبر مجموعتنا على واتساب</span>", None, None),
        ("<span>لمزيد من أخبار الميناء والبحر اضغط هنا</span>", None, None),
    ],
)
def test_parts_in_the_box_of_a_picture(behind: str, caption: str | None, credit: str | None) -> None:
    top = f"<div>{IMG}{behind.format(SHOWN)}</div>"
    image = extracted(top=top, body=TEXT).images[0]
    assert (image.caption, image.credit) == (caption, credit)


def test_the_headline_again_under_the_picture_is_no_caption_whatever_its_letters() -> None:
    title = "هيئة المكتبات تعلن تأهيل مئة قاعة للقراءة في المدينة"
    html = f'<html lang="ar"><head><title>{title}</title></head><body><main><h1>{title}</h1><div>{IMG}</div><div>{title}</div>{TEXT}</main></body></html>'
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").images[0].caption is None


def test_the_line_behind_a_picture_in_one_paragraph_at_the_head_of_the_text() -> None:
    body = f'<p align="center">{IMG}<br> <font color="#003366">من اليمين: {SHOWN}</font></p>{BODY}'
    html = f'<html lang="ar"><head><title>{TITLE}</title></head><body><table><tr><td><b>{TITLE}</b></td></tr><tr><td>{body}</td></tr></table></body></html>'
    article = extract_article(html.encode(), "https://sada-alsahel.ly/news/1234")
    assert article.images[0].caption == f"من اليمين: {SHOWN}"
    assert article.body is not None
    assert SHOWN not in article.body


@pytest.mark.parametrize(
    "line", ["<p><small>{}</small></p>", '<p class="c9">{}</p>', '<p style="text-align:center">{}</p>']
)
def test_a_line_under_the_lead_in_the_texts_own_element_is_its_caption_before_the_first_paragraph(
    line: str,
) -> None:
    body = f'<div class="x1"><p>{IMG}</p>{line.format(SHOWN)}{BODY}</div>'
    found = extracted(body=body)
    assert found.images[0].caption == SHOWN
    assert SHOWN not in (found.body or "")


def test_a_press_office_and_a_name_there_are_no_caption_but_the_byline() -> None:
    line = "المركز الإعلامي - صلاح الزهراني"
    found = extracted(body=f'<div class="x1"><p>{IMG}</p><p>{line}</p>{BODY}</div>')
    assert found.images[0].caption is None
    assert found.authors == ("صلاح الزهراني",)
