"""The front page, with all the odd links that it has, and the listings of sections, tags and writers."""

from urllib.parse import quote

from tests.newsroom import pages
from tests.newsroom.lone_pages import absent, lone
from tests.newsroom.markup import link
from tests.newsroom.press import author_path, tag_path
from tests.newsroom.replies import Query, Reply, redirect, text
from tests.newsroom.site import Site
from tests.newsroom.special import SPECIAL_PATHS
from tests.newsroom.stories import Story

PER_PAGE = 5
FRONT = 12

_FRONT_QUERIES = {
    1: "?utm_source=facebook&amp;utm_medium=social&amp;utm_campaign=daily",
    2: "?fbclid=IwAR0Mina",
    3: "#comments",
    4: "?utm_source=front&amp;fbclid=IwAR1Mina",
}
_LINK_TEXTS = {
    "missing": "خبر حذف من الموقع",
    "gone": "خبر سحبته الصحيفة",
    "soft_404": "خبر انتقل إلى الأرشيف",
    "challenge": "تحقيق خلف الجدار",
    "redirect_loop": "تابعنا",
    "redirect_offsite": "شريكنا الإعلامي",
    "redirect_dead_host": "البث المباشر",
    "about": "من نحن",
    "contact": "اتصل بنا",
    "pdf": "التقرير السنوي",
    "image": "خريطة الساحل",
    "trap_calendar": "تقويم الأخبار",
    "trap_session": "الأرشيف الكامل",
    "trap_deepening": "تغطية خاصة",
    "trap_facets": "بحث متقدم",
}


def front(site: Site, _: str, query: Query) -> Reply:
    if "p" in query:
        found = [each for each in site.live if str(each.id) == query["p"][0]]
        return redirect(site.press.url(found[0].path)) if found else absent(site, 404)
    if "tierand" in query:
        return redirect(site.press.url(site.mesh[site.hits["/"] % len(site.mesh)].path), 302)
    if "s" in query:
        title = f"نتائج البحث عن: {query['s'][0]}"
        return lone(site, title, ["لم يتم العثور على نتائج."], css="search")
    latest = [
        link(site.press, each, place, _FRONT_QUERIES.get(place, ""))
        for place, each in enumerate(site.on("front")[:FRONT])
    ]
    boxed = [
        ("آخر الأخبار", latest),
        ("اختيارات المحرر", _odd_story_links(site)),
        ("خدمات الموقع", _service_links(site)),
    ]
    changed = max(each.changed for each in site.live)
    return text(pages.front(site.press, site.boxes(), boxed), changed=changed)


def _odd_story_links(site: Site) -> list[str]:
    """The only way to some stories, and other ways to stories that have an address already."""
    home, links = site.press.home, []
    for story in site.live:
        if "shortlink" in story.via:
            links.append(f'<a href="{home}/?p={story.id}">خبر اليوم من الأرشيف</a>')
        elif "chain" in story.via:
            links.append(f'<a href="{home}{SPECIAL_PATHS["redirect_chain"]}">تابع القصة كاملة</a>')
        elif story.quirk == "amp":
            links.append(f'<a href="{site.press.url(story.path)}amp/">نسخة الهاتف: {story.tags[0]}</a>')
        elif story.quirk == "print":
            links.append(f'<a href="{site.press.url(story.path)}?print=1">نسخة للطباعة</a>')
        elif "tag" in story.via and "listing" not in story.via:
            links += [f'<a href="{site.press.url(tag_path(tag))}">ملف: {tag}</a>' for tag in story.tags]
    broken = (
        "missing",
        "gone",
        "soft_404",
        "challenge",
        "redirect_loop",
        "redirect_offsite",
        "redirect_dead_host",
    )
    return links + [_special_link(site, name) for name in broken]


def _special_link(site: Site, name: str) -> str:
    address = site.press.url(SPECIAL_PATHS[name]).replace("&", "&amp;")
    return f'<a href="{address}">{_LINK_TEXTS[name]}</a>'


def _service_links(site: Site) -> list[str]:
    names = ["about", "contact", "pdf", "image"]
    if site.traps:
        names += ["trap_calendar", "trap_session", "trap_deepening", "trap_facets"]
    return [
        *(_special_link(site, name) for name in names),
        f'<a href="{site.press.url(site.private.path)}">منطقة المشتركين</a>',
        '<a href="https://news.example.invalid/world/2025/story-1/">من مواقع صديقة</a>',
        '<a href="mailto:desk@almina.example.invalid">راسلنا</a>',
        '<a href="javascript:history.back()">رجوع</a>',
        '<a href="data:text/plain,hello">ملف</a>',
        '<a href="http://[bad">رابط مكسور</a>',
        '<a href="#top">إلى الأعلى</a>',
        "<a>بلا عنوان</a>",
    ]


def listing(site: Site, path: str, _: Query) -> Reply:
    base, number = path.split("/page/", 1) if "/page/" in path else (path, "1")
    kind, name = base.split("/", 1)
    title, stories, per_page = _listed(site, kind, name)
    page = int(number) if number.isdecimal() else 0
    last = -(-len(stories) // per_page)
    if not 1 <= page <= last:
        return absent(site, 404)
    shown = stories[(page - 1) * per_page : page * per_page]
    body = pages.listing(site.press, site.boxes(), title, quote(f"/{base}/"), shown, page, last)
    return text(body, changed=max(each.changed for each in shown))


def _listed(site: Site, kind: str, name: str) -> tuple[str, list[Story], int]:
    if kind == "category":
        return name, [each for each in site.on("listing") if each.section == name], PER_PAGE
    if kind == "tag":
        path = quote(f"/tag/{name}/")
        tagged = [each for each in site.on("tag") if path in map(tag_path, each.tags)]
        return f"وسم: {name.replace('-', ' ')}", tagged, PER_PAGE * 2
    path = quote(f"/author/{name}/")
    written = [each for each in site.on("mesh") if author_path(each.author) == path]
    return f"مقالات {name.replace('-', ' ')}", written, PER_PAGE * 2
