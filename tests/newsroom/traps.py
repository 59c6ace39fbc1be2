"""The corners without an end: a calendar, sessions, folders within folders, filters upon filters."""

import hashlib
from dataclasses import replace
from urllib.parse import urlencode

from tests.newsroom.copydesk import SECTIONS
from tests.newsroom.lone_pages import lone
from tests.newsroom.markup import link, piece
from tests.newsroom.press import MONTHS
from tests.newsroom.replies import Query, Reply
from tests.newsroom.site import Site


def calendar(site: Site, month: str, _: Query) -> Reply:
    year, number = map(int, month.split("/"))
    months = (year * 12 + number - 1 + step for step in (-1, 1))
    before, after = (f"/calendar/{each // 12:04}/{each % 12 + 1:02}/" for each in months)
    rows = ("".join(f"<td>{day}</td>" for day in range(first, first + 7)) for first in (1, 8, 15, 22))
    title = f"أرشيف {MONTHS[number - 1]} {year}"
    table = piece(
        "calendar",
        caption=title,
        before=before,
        after=after,
        weeks="".join(f"<tr>{row}</tr>" for row in rows),
    )
    return lone(site, title, [], css="archive date", more=table)


def session(site: Site, _: str, __: Query) -> Reply:
    site.sessions += 1
    sid = hashlib.sha1(f"session {site.sessions}".encode()).hexdigest()[:16]
    links = (link(site.press, each, query=f"?sid={sid}") for each in site.mesh[:2])
    rows = "".join(f"<li>{each}</li>" for each in links)
    more = (
        f'<ul>{rows}</ul><a href="/archive/?sid={sid}">كل الأخبار</a> '
        f'<a href="/archive/?page=2&amp;sid={sid}">التالي</a>'
    )
    page = lone(site, "الأرشيف الكامل", ["تصفح أرشيف الصحيفة."], css="archive", more=more)
    return replace(page, changed=None)  # another one every time


def deepening(site: Site, path: str, _: Query) -> Reply:
    more = '<a href="a/b/">المزيد من التغطية</a> <a href="../b/a/b/">تغطية مرتبطة</a>'
    level = f"المستوى {path.count('/a/b')} من التغطية."
    return lone(site, "تغطية خاصة", [level], css="archive", more=more)


def facets(site: Site, _: str, query: Query) -> Reply:
    now = {name: values[0] for name, values in query.items()}
    start = int(now.get("from", "0")) if now.get("from", "0").isdigit() else 0
    changes = [("section", name) for name in SECTIONS]
    changes += [("sort", "new"), ("sort", "old"), ("sort", "read")]
    changes += [("from", str(start + 10)), (f"filter{len(now)}", "1")]
    queries = (urlencode(now | {name: value}).replace("&", "&amp;") for name, value in changes)
    more = " ".join(f'<a href="/search/?{each}">تصفية</a>' for each in queries)
    return lone(site, "بحث متقدم", ["اختر القسم وطريقة الترتيب."], css="search", more=more)
