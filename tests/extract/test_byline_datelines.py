"""Who a text's own lines name: datelines, signatures, a name beside a place or the site's name."""

import pytest

from archiver.extract.byline_datelines import dateline_people
from archiver.extract.byline_names import lone_names
from tests.extract.pages import BODY, PARAGRAPHS, article, story

DAY = '<span class="date">30 مايو 2023</span>'
FIRST_LINES = {
    "كتب محرر الشؤون الاقتصادية:": ["محرر الشؤون الاقتصادية"],
    "خالد المطيري – «الضفة»": ["خالد المطيري"],
    "«الضفة» – خالد المطيري": ["خالد المطيري"],
    "بغداد _ خالد المطيري": ["خالد المطيري"],
    "بقلم<br>خالد المطيري": ["خالد المطيري"],
    "الحي/ الضفة نت/ خالد المطيري": ["خالد المطيري"],
    "خالد المطيري - خاص البلد": ["خالد المطيري"],
    "الضفة/ بغداد": [],
    "الدوحة ـ الضفة :": [],
    "صلالة - العمانية": [],
}


@pytest.mark.parametrize(
    "dateline", ["طرابلس - وال:", "بغداد / واع -", "القاهرة (رويترز) -", "دمشق-سانا:", "لندن ـ أ ف ب:"]
)
def test_agencies_in_datelines(dateline: str) -> None:
    found = article(story(body=f"<p>{dateline} {PARAGRAPHS[0]}</p>{BODY}"))
    assert found.agency is not None
    assert found.agency in dateline
    assert found.authors == ()


def test_the_house_its_place_a_label_and_the_writer_before_the_text() -> None:
    found = article(story(body=f"<p>الضفة- الحديدة/ كتب: عبدالواسع الحكيمي - {PARAGRAPHS[0]}</p>{BODY}"))
    assert found.authors == ("عبدالواسع الحكيمي",)


def test_agencies_in_a_sign_off() -> None:
    assert article(story(body=f"{BODY}<p>--(بترا)</p>")).agency == "بترا"


def test_a_dateline_in_a_paragraph_of_its_own() -> None:
    assert article(story(body=f"<p>دمشق-سانا</p>{BODY}")).agency == "سانا"


DATELINES = {
    "الدوحة - مها الكواري:": ("مها الكواري",),
    "الدوحة – خاص – مها الكواري:": ("مها الكواري",),
    "القاهرة ـ محمد عبد الله وسامي النجار:": ("محمد عبد الله", "سامي النجار"),
    "تونس/ هدى بن صالح: قالت وزارة الفلاحة إن المخزون في تحسن": ("هدى بن صالح",),
    "غزة-محمد عمر:": ("محمد عمر",),
    "الدوحة - مها الكواري": ("مها الكواري",),
    "مها الكواري-الخرطوم": ("مها الكواري",),
    "محايل عسير - تقرير - مريع الهلالي": ("مريع الهلالي",),
    "جرش - رفيدة عياصرة": ("رفيدة عياصرة",),
    "بغداد – ياسين ياس": ("ياسين ياس",),
    "> عدن «الضفة» رامز باوزير:": ("رامز باوزير",),
    "> عدن «الضفة» قال الوزير:": (),
    "*تنغير: حميد آيت علي": ("حميد آيت علي",),
    "*ملاحظة: الصور من الأرشيف": (),
    "* طريف - محمد الرويلي:": ("محمد الرويلي",),
    "الغاط - فهد الفهيد:": ("فهد الفهيد",),
    "الغاط - فهد الفهيد: دشن وكيل الإمارة أمس مشروع الإسكان الخيري في المحافظة": (),
    "بغداد - الصباح - عمر عبد الكريم": ("عمر عبد الكريم",),
    "مدني – الخرطوم: صلاح أحمد": ("صلاح أحمد",),
    "بغداد: نصير العاني لندن: معد الخفاجي": ("نصير العاني", "معد الخفاجي"),
    "بغداد: اجتماع في لندن: قمة جديدة": (),
    "المدير - فهد الفهيد:": (),
    "* الطائف - محمد الرويلي:": ("محمد الرويلي",),
    "الخرطوم: ياسر عبد الله - هبة محمود": ("ياسر عبد الله", "هبة محمود"),
    "جوبا: أتيم سايمون مبيور/ ملوال دينق": ("أتيم سايمون مبيور", "ملوال دينق"),
    "بيت لحم- تقرير معا- كتب نجيب فراج: أنهت البلدية أعمالها": ("نجيب فراج",),
    "مبعوث «الهداف» إلى البرازيل: توفيق قادري": ("توفيق قادري",),
    "مبعوث الأمم المتحدة إلى ليبيا: نأمل خيرا": (),
    "بغداد ـ سـالم كاظم": ("سـالم كاظم",),
    "القاهرة – محمد علي | أحمد حسن | منى سالم": ("محمد علي", "أحمد حسن", "منى سالم"),
    "الجبل ـ «عمان»: تقرير ـ سالم بن حمدان الحسيني": ("سالم بن حمدان الحسيني",),
    "عمان 5 آذار (بترا)- من بركات الزيود- أقر مجلس البلدية خطة لتشغيل الحافلات": ("بركات الزيود",),
    "أسوان ـ من عز الدين عبدالعزيز:": ("عز الدين عبدالعزيز",),
    "زايو سيتي.نت – محمد البقولي": ("محمد البقولي",),
    "إب – أمين الشرعبي": ("أمين الشرعبي",),
    "الرياض - أمين عام": (),
    "عمان 28 كانون الثاني (بترا) ماجدة عاشور- أقر مجلس البلدية خطة لتشغيل الحافلات": ("ماجدة عاشور",),
    "الكويت - أحمد عبدالله - اختتمت اللجنة أعمالها أمس بتوصيات رفعتها إلى المجلس": ("أحمد عبدالله",),
    "القاهرة- محمد عبد الله وسامي النجار- بيت الخبر.نت/ 20-11-2005": ("محمد عبد الله", "سامي النجار"),
    "القاهرة- قال الوزير أمس- بيت الخبر.نت/ 20-11-2005": (),
    "الدوحة - قال الوزير:": (),
    "بغداد - صور حصرية": (),
    "لندن - سكاي نيوز": (),
    "عمان - مراسل الجريدة": (),
    "القاهرة - خاص - كتب : سامي النجار": ("سامي النجار",),
    "عمان - بترا - أقر مجلس البلدية خطة لتشغيل الحافلات على أربعة خطوط": (),
    "عمان - محمد صلاح يتألق في الجولة الأولى من الدوري ويسجل هدفين": (),
    "محمد صلاح - نجم المنتخب - يغيب عن المباراة المقبلة بسبب الإصابة": (),
    "القاهرة - محمد صلاح يتألق:": (),
    "القاهرة - الأهلي والزمالك: قمة بلا جمهور": (),
    "عمان - بترا:": (),
    "مها الكواري: لم أندم يوما على العودة": (),
    "الدوحة - مها الكواري قالت إن الطريق أغلق منذ الصباح": (),
    "بغداد - البصرة: قطار ليلي جديد": (),
    "": (),
}


@pytest.mark.parametrize(("text", "names"), DATELINES.items())
def test_a_dateline_names_a_writer_behind_a_place(text: str, names: tuple[str, ...]) -> None:
    assert dateline_people(text) == names


@pytest.mark.parametrize("text", ["الدوحة - مها الكواري:", "الضفة - رام الله - مها الكواري:"])
def test_a_dateline_in_a_line_of_its_own_names_the_writer_and_is_no_text(text: str) -> None:
    head = '<meta property="og:site_name" content="الضفة">'
    found = article(story(body=f"<p>{text}</p>{BODY}", head=head))
    assert found.authors == ("مها الكواري",)
    assert found.body is not None
    assert "الكواري" not in found.body


def test_a_dateline_that_opens_the_text_stays_in_it() -> None:
    found = article(
        story(body=f"<p>الدوحة - مها الكواري: قالت البلدية إن الطريق سيفتح غدا أمام الجميع.</p>{BODY}")
    )
    assert found.authors == ("مها الكواري",)
    assert found.body is not None
    assert found.body.startswith("الدوحة - مها الكواري: قالت")


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>*مها الكواري*</em></p>",
        '<p style="text-align:center">مها الكواري</p>',
        "<p><strong>مها الكواري</strong></p>",
    ],
)
def test_a_name_alone_set_as_a_signature(line: str) -> None:
    for body in (line + BODY, BODY + line):
        found = article(story(body=body))
        assert found.authors == ("مها الكواري",)
        assert found.body is not None
        assert "الكواري" not in found.body


def test_a_bold_line_that_begins_with_a_name_is_no_signature() -> None:
    head = "محمد صلاح يعود إلى الملاعب"
    found = article(story(body=f"<p><strong>{head}</strong></p>{BODY}"))
    assert found.authors == ()
    assert found.body is not None
    assert found.body.startswith(head)


def test_a_byline_outranks_a_dateline() -> None:
    found = article(story('<p class="author">هدى العمري</p>', body=f"<p>الدوحة - مها الكواري:</p>{BODY}"))
    assert found.authors == ("هدى العمري",)


def test_a_house_and_several_writers_in_a_line_of_its_own() -> None:
    line = "صحيفة الضفة – يامن الصباغ | جود الحسيني | لمى الرفاعي"
    found = article(story(body=f"<p><strong>{line}</strong></p>{BODY}"))
    assert found.authors == ("يامن الصباغ", "جود الحسيني", "لمى الرفاعي")
    assert found.body is not None
    assert "يامن" not in found.body


@pytest.mark.parametrize(
    ("line", "author"),
    [("غيرهارد شنايدرمان/ ر.ب", "غيرهارد شنايدرمان"), ("*تنغير: حميد آيت علي", "حميد آيت علي")],
)
def test_a_last_line_of_a_writer_and_more(line: str, author: str) -> None:
    found = article(story(body=f"{BODY}<p>{line}</p>"))
    assert found.authors == (author,)
    assert found.body is not None
    assert author not in found.body


@pytest.mark.parametrize(
    ("dateline", "authors"),
    [
        ("صحيفة الضفة - الطائف - صيهود القثامي : ", ("صيهود القثامي",)),
        ("صحيفة الضفة - الطائف - بلدية الطائف : ", ()),
        ("الوراقون - الطائف - صيهود القثامي : ", ()),
    ],
    ids=["house and place are known", "no name", "a house that nobody knows"],
)
def test_a_rare_name_behind_house_and_place_that_the_text_follows(
    dateline: str, authors: tuple[str, ...]
) -> None:
    assert article(story(body=f"<p>{dateline}{PARAGRAPHS[0]}</p>{BODY}")).authors == authors


def test_the_letters_that_sign_go_before_the_account_that_posted() -> None:
    posted = '<span class="author"><a href="/author/daffa">daffa2</a></span>'
    assert article(story(posted, body=f"{BODY}<p>إلهام.ت</p>")).authors == ("إلهام.ت",)


@pytest.mark.parametrize("place", ["المحرق", "كربلاء المقدسة"])
def test_a_writer_and_where_she_is_from(place: str) -> None:
    assert article(story(f'<span class="author">مروة خميس من {place}</span>')).authors == ("مروة خميس",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("صحيفة الضفة – ذ. إدريس إدريسي", ("ذ. إدريس إدريسي",)),
        ("ع اللطيف بركة : صحيفة الضفة", ("ع اللطيف بركة",)),
        ("صحيفة الضفة- الخرطوم: سارة تاج السر", ("سارة تاج السر",)),
        ("صحيفة الضفة – رفاه نيوف:", ("رفاه نيوف",)),
        ("صحيفة الضفة : بـدر أعـراب", ("بـدر أعـراب",)),
        ("| محمد منار حميجو", ("محمد منار حميجو",)),
        ("هزاع أبوالريش، منى الحمودي (أبوظبي)", ("هزاع أبوالريش", "منى الحمودي")),
        ("متابعات – صحيفة الضفة", ()),
        ("الضفة : يحيى مباركي ، محمد الحازمي", ("يحيى مباركي", "محمد الحازمي")),
        ("صحيفة الضفة – تقرير: علاء الدين موسى وأمل محمد الحسن", ("علاء الدين موسى", "أمل محمد الحسن")),
        ("صحيفة الضفة – تقرير: أسعار الخضر في الأسواق", ()),
        ("* ي. تيشات", ("ي. تيشات",)),
        ("غزة - خاص صحيفة الضفة - أسامة الكحلوت", ("أسامة الكحلوت",)),
    ],
)
def test_a_first_line_in_bold(line: str, authors: tuple[str, ...]) -> None:
    assert article(story(body=f"<p><strong>{line}</strong></p>{BODY}")).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("لقمان قوادري/ حكيم أسابع/ ر. زواغي", ("لقمان قوادري", "حكيم أسابع", "ر. زواغي")),
        ("محسن الدنقير وإيمان الرضيف (الجديدة)", ("محسن الدنقير", "إيمان الرضيف")),
        ("ت: سوار أحمد", ("سوار أحمد",)),
        ("خ. رزاق / م. الفاتح عثماني", ("خ. رزاق", "م. الفاتح عثماني")),
        ("القسم الثقافي/ قسم الترجمة", ()),
    ],
)
def test_a_last_line_in_bold(line: str, authors: tuple[str, ...]) -> None:
    assert (
        article(story(body=f'{BODY}<p style="text-align: left"><strong>{line}</strong></p>')).authors
        == authors
    )


@pytest.mark.parametrize(
    ("lead", "authors"),
    [
        ("خالد السليمي، عبدالله الراجحي- صحيفة الضفة- الطائف: ", ("خالد السليمي", "عبدالله الراجحي")),
        ("القيروان 8 ديسمبر 2017 (وات / تحرير سماح بوجناح) - ", ("سماح بوجناح",)),
    ],
)
def test_writers_before_the_house_or_behind_an_agency(lead: str, authors: tuple[str, ...]) -> None:
    assert article(story(body=f"<p>{lead}{PARAGRAPHS[0]}</p>{BODY}")).authors == authors


def test_an_agencys_numbers_at_the_foot_name_nobody() -> None:
    foot = "<p>(النهاية)</p><p>ف ن ك / م ع ع</p><p>كونا211324 جمت مار 11</p>"
    head = '<meta property="og:site_name" content="كونا">'
    assert article(story(body=f"{BODY}{foot}", head=head)).authors == ()


def test_a_handle_and_a_place_behind_a_name_that_the_text_follows() -> None:
    lead = "صحيفة الضفة – سامي الثنيان @sami_th (حفر الباطن): "
    assert article(story(body=f"<p>{lead}{PARAGRAPHS[0]}</p>{BODY}")).authors == ("سامي الثنيان",)


@pytest.mark.parametrize("text", ["محمد ـ ", "- ـ :", "*", "( محمد الزنتاني  ـ * . ", "«»: «»", ": ", "@x :"])
def test_signs_alone_name_nobody(text: str) -> None:
    assert dateline_people(text) == ()
    assert lone_names(text) in ((), ("محمد الزنتاني",))


def test_two_datelines_name_two_writers() -> None:
    found = article(story(body=f"<p>بغداد: إسراء جبار السامرائي<br>البصرة: سعد مجيد الموسوي</p>{BODY}"))
    assert found.authors == ("إسراء جبار السامرائي", "سعد مجيد الموسوي")
    assert found.body is not None
    assert "بغداد" not in found.body


def test_the_house_right_before_a_writer_and_his_place() -> None:
    head = '<meta property="og:site_name" content="DaffaNews">'
    found = article(story(body=f"{BODY}<p><strong>DaffaNews سوران كمال / السليمانية</strong></p>", head=head))
    assert found.authors == ("سوران كمال",)


def test_a_signature_of_four_words_of_which_two_are_one() -> None:
    found = article(story(body=f'{BODY}<p align="left"><strong>وفاء بن محمد الهمامي</strong></p>'))
    assert found.authors == ("وفاء بن محمد الهمامي",)


def test_a_login_gives_way_to_who_signs() -> None:
    meta = '<span class="author">admin</span>'
    signed = story(meta, body=f"<p><strong>د. مها الكواري</strong></p>{BODY}")
    assert article(signed).authors == ("د. مها الكواري",)
    assert article(story(meta)).authors == ("admin",)


def test_a_plain_name_alone_over_the_text_or_behind_its_last_sentence() -> None:
    assert article(story(body=f"<p>مها الكواري</p>{BODY}")).authors == ("مها الكواري",)
    assert article(story(body=f"{BODY}<p>مها الكواري</p>")).authors == ("مها الكواري",)
    assert article(story(body=f"{BODY}<p>الفائزات بالجائزة</p><p>مها الكواري</p>")).authors == ()
    assert article(story(body=f"<h2>مها الكواري</h2>{BODY}")).authors == ()


@pytest.mark.parametrize(("line", "authors"), FIRST_LINES.items())
def test_a_first_line_that_names_the_writer(line: str, authors: list[str]) -> None:
    assert list(article(story(DAY, body=f"<p>{line}</p>{BODY}")).authors) == authors


@pytest.mark.parametrize(
    ("lines", "authors", "agency"),
    [
        (["الجزائر / عبد الرزاق بن عبد الله / الأناضول"], ["عبد الرزاق بن عبد الله"], None),
        (["سامي النجار من بيروت: لا تزال المكتبات القديمة تقاوم، ويقول أصحابها إن القراء لم يتركوها يوما."], ["سامي النجار"], None),
        (["<strong>آلاء مظهر وتيسير النعيمات</strong>"], ["آلاء مظهر", "تيسير النعيمات"], None),
        (["<b>عبد الرحمن سهل-كيسمايو</b>"], ["عبد الرحمن سهل"], None),
        (
            ["من إيمان كمال ومحمود مراد", "لندن (رويترز) - افتتحت المكتبة أبوابها صباح الاثنين بعد ترميم طويل."],
            ["إيمان كمال", "محمود مراد"],
            "رويترز",
        ),
        (["من جيريمي كلارك", "لندن (رويترز) - افتتحت المكتبة أبوابها صباح الاثنين بعد ترميم طويل."], ["جيريمي كلارك"], "رويترز"),
    ],
)  # fmt: skip
def test_who_signs_at_the_head_of_the_text(lines: list[str], authors: list[str], agency: str | None) -> None:
    found = article(story(body="".join(f"<p>{line}</p>" for line in lines) + BODY))
    assert list(found.authors) == authors
    assert agency is None or found.agency == agency


def test_the_sites_name_before_a_writer_in_a_line_of_its_own() -> None:
    head = '<meta property="og:site_name" content="ضفة بلدي">'
    assert article(story(body=f"<p><strong>ضفة بلدي – حليم محمد</strong></p>{BODY}", head=head)).authors == (
        "حليم محمد",
    )


def test_a_last_line_signs_with_the_sites_name() -> None:
    head = '<meta property="og:site_name" content="زمان الضفة">'
    assert article(story(body=f"{BODY}<br>فارس الرفاعي - زمان الضفة", head=head)).authors == ("فارس الرفاعي",)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("<b>تحقيق خالد المطيري</b>", "خالد المطيري"),
        ("القاهرة- محمد عبد الله- بيت الخبر.نت/ 20-11-2005", "محمد عبد الله"),
        ("الضفة – عمان – محمد عبد الله", "محمد عبد الله"),
        ("محمد عبد الله – الضفة بيروت//", "محمد عبد الله"),
    ],
)
def test_a_first_line_that_names_the_writer_is_no_text(line: str, author: str) -> None:
    found = article(story(body=f"<p>{line}</p>{BODY}", head='<meta property="og:site_name" content="الضفة">'))
    assert found.authors == (author,)
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line", ["*من خالد المطيري", "<em>من خالد المطيري</em>", "<strong>خالد المطيري (سطات)</strong>"]
)
def test_a_last_line_that_names_the_writer_is_no_text(line: str) -> None:
    found = article(story(body=f"{BODY}<p>{line}</p>"))
    assert found.authors == ("خالد المطيري",)
    assert found.body == "\n\n".join(PARAGRAPHS)


def test_the_sites_name_before_a_writer_and_the_text() -> None:
    line = f"<p><strong>الضفة - خالد المطيري</strong> - {PARAGRAPHS[0]}</p>{BODY}"
    found = article(story(body=line, head='<meta property="og:site_name" content="الضفة نيوز">'))
    assert found.authors == ("خالد المطيري",)


def test_what_somebody_logs_in_by_gives_way_behind_a_short_first_line() -> None:
    lines = "<p>جريدة الضفة – العدد 142</p><p><strong>خالد المطيري – داريا</strong></p>"
    assert article(story('<span class="author">enab</span>', body=lines + BODY)).authors == ("خالد المطيري",)


def test_the_house_and_a_colon_before_a_writer_and_the_text() -> None:
    line = f"<div><b>الضفة 24 :</b> <b>خالد المطيري -</b> {PARAGRAPHS[0]}</div>{BODY}"
    found = article(story(body=line, head='<meta property="og:site_name" content="الضفة 24">'))
    assert found.authors == ("خالد المطيري",)
    other = f"<p>الضفة 24 : {PARAGRAPHS[0]}</p>{BODY}"
    assert article(story(body=other, head='<meta property="og:site_name" content="الضفة 24">')).authors == ()
