"""Pages for the tests of body, pictures and links: one story, in the markup of many kinds of sites."""

from archiver.article import Article
from archiver.extract import extract_article

TITLE = "ترميم السور الشمالي للمدينة القديمة يبدأ الأسبوع القادم"
STORY = (
    "أعلنت بلدية المدينة القديمة أن أعمال ترميم السور الشمالي ستبدأ مطلع الأسبوع القادم، بعد تأخر دام شهرين.",
    "وقال رئيس لجنة التراث إن الحجارة ستنقل من المحجر نفسه الذي استعمله البناؤون قبل قرنين من الزمان.",
    "ويتوقع أن يستغرق العمل سبعة أشهر، ما لم تهطل أمطار غزيرة في فصل الشتاء كما حدث في العام الماضي.",
    "من جهتها رأت المهندسة سعاد أن الجير التقليدي أنسب من الإسمنت لجدران بهذا العمر وهذه السماكة.",
    "وتابع المتحدث: «لن نغلق السوق أثناء العمل، وسنترك ممرا للباعة والمارة من الجهة الغربية».",
)
OTHER = (
    "رئيس البلدية يفتتح حديقة عامة جديدة وسط المدينة",
    "اختتام مهرجان الربيع بمشاركة فرق من عشر دول",
    "أسعار الخضر تتراجع في أسواق الجملة هذا الأسبوع",
    "طلاب الجامعة يبتكرون جهازا لقياس ملوحة المياه",
    "انطلاق الدوري المحلي لكرة السلة بمشاركة ستة أندية",
    "افتتاح معرض الكتاب بمشاركة مئتي دار نشر عربية",
)
SITE = "https://www.almadina.example"
URL = f"{SITE}/news/55/this-story"
H1 = f"<h1>{TITLE}</h1>"
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)
MENU = (
    '<header><a href="/"><img src="/logo.png"></a><ul class="menu">'
    + "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("سياسة", "اقتصاد", "رياضة", "ثقافة"))
    + "</ul></header>"
)
FOOTER = (
    "<footer><p>جميع الحقوق محفوظة لصحيفة المدينة © 2021، ويمنع نسخ أي مادة أو إعادة نشرها دون إذن خطي من إدارة "
    "الصحيفة ومن الناشر.</p></footer>"
)


def links(*numbers: int, tag: str = "li") -> str:
    """Links to other stories, each in an element of its own."""
    return "".join(f'<{tag}><a href="{path(each)}">{OTHER[each]}</a></{tag}>' for each in numbers)


def path(number: int) -> str:
    return f"/news/{1000 + number}/story-{number}"


def urls(*numbers: int) -> list[str]:
    return [SITE + path(each) for each in numbers]


def cards(*numbers: int) -> str:
    """Cards of other stories: picture, linked title, day, and an uncut teaser as long as a paragraph."""
    return "".join(
        f'<div class="item"><a href="{path(each)}"><img src="/thumbs/{each}.jpg"></a>'
        f'<h3><a href="{path(each)}">{OTHER[each]}</a></h3><span>12 مايو 2021</span><p>{STORY[each % 5]}</p></div>'
        for each in numbers
    )


MOST_READ = f'<div class="sidebar"><h3>الأكثر قراءة</h3><ul>{links(4, 5)}</ul></div>'


def page(inner: str, *, head: str = "", beside: str = MOST_READ) -> bytes:
    """A whole page of a site around this."""
    return (
        f'<html dir="rtl"><head><meta charset="utf-8"><title>{TITLE} - صحيفة المدينة</title>{head}</head>'
        f"<body>{MENU}{inner}{beside}{FOOTER}</body></html>"
    ).encode()


def article(inner: str, *, head: str = "", beside: str = MOST_READ, url: str = URL) -> Article:
    return extract_article(page(inner, head=head, beside=beside), url)


def paragraphs(inner: str, **kwargs: str) -> list[str]:
    """The texts of the blocks of a page."""
    return [block.text for block in article(inner, **kwargs).blocks]
