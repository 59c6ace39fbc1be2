"""The pages that are neither a story nor a list: about, contact, not found, and what others fill."""

from collections.abc import Sequence

from tests.newsroom import pages
from tests.newsroom.replies import Query, Reply, text
from tests.newsroom.site import Site

_NOT_FOUND = [
    "عذرا، الصفحة التي تبحث عنها غير موجودة أو ربما تم حذفها.",
    "جرب البحث أو عد إلى الصفحة الرئيسية.",
]
_PAGES = {
    "من-نحن": [
        "صحيفة الميناء صحيفة متخيلة، تصدر من مدينة لا وجود لها، ولا تشير أخبارها إلى أحد.",
        "أسسها بحارة متقاعدون رأوا أن أخبار السواحل لا تصل إلى أحد، فقرروا أن يكتبوها بأنفسهم.",
    ],
    "اتصل-بنا": ["مقر التحرير: شارع المنارة، رأس النور.", "ساعات العمل من الثامنة صباحا إلى الرابعة عصرا."],
}


def lone(
    site: Site,
    title: str,
    paragraphs: Sequence[str],
    *,
    status: int = 200,
    css: str = pages.PAGE,
    more: str = "",
) -> Reply:
    page = pages.lone_page(site.press, site.boxes(), title, paragraphs, css=css, more=more)
    return text(page, status=status, changed=site.started if status == 200 else None)


def absent(site: Site, status: int) -> Reply:
    return lone(site, "الصفحة غير موجودة", _NOT_FOUND, status=status, css="error404")


def page(site: Site, name: str, _: Query) -> Reply:
    return lone(site, name.replace("-", " "), _PAGES[name])
