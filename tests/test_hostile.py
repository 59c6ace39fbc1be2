"""Pages that break parsers: each gives an Article and a named warning, within two seconds and 500 MB.

Every page is read in a process of its own, which reports the CPU seconds of the reading and the peak
of memory above what the imports took; a hard limit on address space stands behind the measure.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver import Article, extract_article
from tests.fixture_pages import fixtures

URL = "https://hostile.example/news/1"
MOMENT = datetime(2024, 1, 1, 12, tzinfo=UTC)
CPU_SECONDS = 2.0
MEMORY_MB = 500
WALL_SECONDS = 60  # a machine under load is slow; what is measured is CPU
TRIES = 3
"""A shared machine may stand still for a moment, which CPU seconds count too: what a page costs is its cheapest."""

READER = """
import json, resource, sys
from archiver.extract import read_page
from archiver.page import Page
warm = read_page(Page("<h1>عنوان</h1><p>نص قصير من كلمات قليلة.</p>".encode(), "https://warm.example/1"))
pages = sys.argv[1]
body = open(pages, "rb").read()
def memory(name):  # in kB; ru_maxrss would tell the parent's, which is larger
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith(name)))
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
virtual = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
limit = virtual + int(sys.argv[3]) * 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
open("/proc/self/clear_refs", "w").write("5")  # the peak is counted from here
before, started = memory("VmRSS:"), cpu()
reading = read_page(Page(body, sys.argv[2], headers={"content-type": "text/html; charset=utf-8"}))
item = reading.article.to_dict()
print(json.dumps({"cpu": cpu() - started, "mb": (memory("VmHWM:") - before) / 1000, "kind": reading.verdict.kind,
                  "warnings": [each["code"] for each in item["warnings"]], "title": item["title"],
                  "body": len(item["body"] or "")}))
"""

LINES = (
    "قال المصدر إن أعمال الصيانة في الجسر القديم مستمرة حتى نهاية الشهر، وإن الحركة لن تتوقف ليلا.",
    "وأضاف أن الفرق انتهت من تبليط الجهة الشرقية، وبدأت في تثبيت الحواجز الحديدية على الجانبين.",
    "ودعت البلدية السكان إلى استعمال الطريق الدائري في ساعات الذروة، واتباع إرشادات شرطة المرور.",
    "ومن المقرر أن تفتتح المرحلة الثانية في الخريف المقبل، بعد وصول معدات الإنارة من الميناء.",
)
STORY = "<html><body><h1>عنوان الخبر</h1>" + "".join(f"<p>{line}</p>" for line in LINES)


def nested(tag: str, depth: int) -> bytes:
    return f"{STORY}{f'<{tag}>' * depth}نص{f'</{tag}>' * depth}".encode()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "lol">{entities}]>'
    return f"{doctype}<html><body><h1>&l9;</h1><p>&l9;</p></body></html>".encode()


def many_metas() -> bytes:
    metas = "".join(
        f'<meta property="article:tag" content="وسم {n}"><meta name="n{n}" content="x">'
        for n in range(50_000)
    )
    return f"<html><head>{metas}</head><body>{STORY}</body></html>".encode()


def nested_json(depth: int) -> bytes:
    return f'<script type="application/ld+json">{"[" * depth}{"]" * depth}</script>{STORY}'.encode()


def huge_json() -> bytes:
    nodes = ",".join(
        f'{{"@type":"NewsArticle","headline":"خبر {n}","datePublished":"2020-01-01"}}' for n in range(60_000)
    )
    return f'<script type="application/ld+json">{{"@graph":[{nodes}]}}</script>{STORY}'.encode()


def blown(blank: str, size: int) -> bytes:
    return (STORY + f"<p>{blank * size}</p>").encode()


HEADLINE = "<html><body><h1>عنوان الخبر في المدينة القديمة اليوم</h1>"


def many(item: str, number: int, *, over_text: bool = False) -> bytes:
    """So many of one element in one box, behind the text or over it; `{n}` in it is its number."""
    box = "<div>" + "".join(item.replace("{n}", str(n)) for n in range(number)) + "</div>"
    text = STORY.removeprefix("<html><body><h1>عنوان الخبر</h1>")
    return f"{HEADLINE}{box + text if over_text else text + box}".encode()


PAGES: dict[str, Callable[[], bytes]] = {
    "6,000 names beside links in one box": lambda: many(
        '<a href="/d/{n}">قصة {n}</a><span class="by">فلان الفلاني</span>', 6_000
    ),
    "4,000 lines with a number called tags over the text": lambda: many(
        '<p class="tags">قال المتحدث إن العمل يبدأ في الموقع رقم {n}.</p>', 4_000, over_text=True
    ),
    "4,000 cells called share over the text": lambda: many(
        '<td class="share">قال المتحدث إن العمل يبدأ في الموقع رقم {n}.</td>', 4_000, over_text=True
    ),
    "2,500 cards of a theme": lambda: many(
        '<article><h3 class="jeg_post_title"><a href="/{n}">قصة {n}</a></h3><div class="jeg_post_meta"><div class="jeg_meta_date">مايو 1, 2024</div></div></article>',
        2_500,
    ),
    "empty": lambda: b"",
    "blank": lambda: b" \n\t" * 1000,
    "only a byte order mark": lambda: b"\xef\xbb\xbf",
    "not html": lambda: bytes(range(256)) * 4000,
    "truncated in a tag": lambda: STORY.encode()[:-3] + b"<div class='",
    "truncated in a letter": lambda: STORY.encode()[:-5],
    "nested 10,000 deep": lambda: nested("div", 10_000),
    "nested 200,000 deep": lambda: nested("div", 200_000),
    "spans nested 100,000 deep": lambda: nested("span", 100_000),
    "tables nested 5,000 deep": lambda: nested("table><tr><td", 5_000),
    "unclosed 500,000 times": (STORY + "<b><i><p>نص" * 100_000).encode,
    "50 MB of paragraphs": lambda: (
        STORY.encode() + "<p>سطر من النص يعاد كثيرا في هذه الصفحة.</p>\n".encode() * 700_000
    ),
    "50 MB of one text": lambda: STORY.encode() + b"<p>" + "كلمة ".encode() * 5_600_000,
    "50 MB of script": lambda: STORY.encode() + b"<script>" + b"var x = 1; " * 4_500_000 + b"</script>",
    "NUL bytes": lambda: STORY.encode().replace(b"<p>", b"<p\x00>\x00") + b"\x00" * 2_000_000,
    "a NUL after every byte": lambda: STORY.encode("utf-16-le"),
    "a million links": lambda: (
        STORY.encode() + b"".join(b"<a href=/n/%d>x</a>" % n for n in range(1_000_000))
    ),
    "100,000 titled links": (
        STORY
        + "".join(f'<li><a href="/news/{n}">خبر عاجل رقم {n} من المدينة</a></li>' for n in range(100_000))
    ).encode,
    "60,000 related links": (
        STORY
        + "<div class=related><h3>اقرأ أيضا</h3>"
        + "".join(f'<a href="/news/{n}">خبر عاجل رقم {n} من المدينة</a>' for n in range(60_000))
    ).encode,
    "wrong entities": (
        STORY + "<p>&#xFFFFFFFF; &#0; &#55296; &nosuch; &amp &lt;p&gt; &#x110000;</p>" * 2000
    ).encode,
    "a billion laughs": laughs,
    "a huge attribute": (STORY + f'<div class="{"a " * 2_000_000}">نص</div>').encode,
    "100,000 attributes": (f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>{STORY}</div>").encode,
    "huge JSON-LD": huge_json,
    "JSON-LD nested 100,000 deep": lambda: nested_json(100_000),
    "unclosed JSON-LD": ('<script type="application/ld+json">' + '{"a":[' * 200_000 + STORY).encode,
    "100,000 meta tags": many_metas,
    "a run of blanks": lambda: blown(" ", 3_000_000),
    "a run of no-break spaces": lambda: blown("\u00a0", 1_000_000),
    "a run of tatweel": lambda: blown("ـ", 1_000_000),
    "a run of digits": lambda: blown("1", 2_000_000),
    "a run of slashes": lambda: blown("/", 2_000_000),
    "dates without end": lambda: blown("12/12/2020 ", 300_000),
    "half dates": lambda: blown("الأحد 1 ", 300_000),
    "almost a credit": lambda: blown("(تصوير: ", 200_000),
    "almost a dateline": lambda: blown("طرابلس - ", 200_000),
    "almost comments": lambda: STORY.encode() + b"<!-- " * 400_000,
    "almost a tag": lambda: STORY.encode() + b"<" * 3_000_000,
    "100,000 headings": (STORY + "<h1>عنوان</h1>" * 100_000).encode,
    "100,000 pictures": (STORY + '<img src="/a.jpg" srcset="/a.jpg 1x, /b.jpg 2x">' * 60_000).encode,
    "a srcset without end": (STORY + f'<img srcset="{"/a.jpg 1x, " * 200_000}">').encode,
    "100,000 time elements": (STORY + '<time datetime="2020-01-01">1 يناير 2020</time>' * 60_000).encode,
    "a trail of 50,000 crumbs": ("<div class=breadcrumb>" + "<a href=/c>قسم</a> / " * 50_000 + STORY).encode,
    "a title without end": f"<title>{'كلمة ' * 500_000}</title><h1>{'كلمة ' * 500_000}</h1>".encode,
    "windows-1256 that says UTF-8": lambda: (
        STORY.replace("<html>", "<html><meta charset=utf-8>") * 50
    ).encode("cp1256"),
    "every byte of windows-1256": lambda: STORY.encode() + bytes(range(128, 256)) * 10_000,
    "frameset": lambda: b"<frameset><frame src=a><frame src=b></frameset>" * 1000,
    "svg and math": (STORY + "<svg><foreignObject><math><mtext><p>نص" * 5000).encode,
    "a date of the year 9999": (
        '<meta property="article:published_time" content="Fri, 31 Dec 9999 23:30:00 +0000">' + STORY
    ).encode,
    "a date in no zone": (
        f'<meta property="article:published_time" content="Fri, 31 Dec 2020 23:30:00 +{"9" * 20}">' + STORY
    ).encode,
    "a crumb's place too large": (
        '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": '
        f'[{{"position": 1{"0" * 400}, "name": "قسم"}}]}}</script>{STORY}'
    ).encode,
    "noscripts within one another": (STORY + "<img><noscript>" * 3000).encode,
    "dots behind a label": (STORY + f"<p>اقرأ أيضا{'.' * 200}خبر آخر عن الجسر</p>{LINES[0]}").encode,
    "an upload's address": (STORY + f'<img src="{"/wp-content/uploads/" * 50_000}">').encode,
    "a placeholder's address": (STORY + f'<img src="https://a.example/{"_blank" * 100_000}/x">').encode,
    "a size's address": (STORY + f'<img src="https://a.example/x{"-100x100" * 100_000}y">').encode,
    "a srcset of blanks": (STORY + f'<img srcset="a{" " * 200_000}b" src="/a.jpg">').encode,
    "a style of blanks": (
        STORY + f'<div style="{" " * 200_000}x y"><img src="/a.jpg">كلام تحتها</div>'
    ).encode,
    "digits beside a clock": (
        f'<header><div class="clock"><span>12 مايو</span>{"1" * 200_000}</div></header>{STORY}'
    ).encode,
    "headings in many sidebars": (
        "<title>موقع</title>"
        + '<div class="sidebar">' * 180
        + "".join(f"<h2>عنوان رقم {n} في القائمة الجانبية</h2>" for n in range(100))
        + f"<p>{LINES[0]}</p>" * 1000
    ).encode,
    "labels of tags": (
        STORY + "<div>" + "<span>الوسوم</span>" * 2000 + "<a href=/x>خبر آخر</a>" * 6000
    ).encode,
    "labels of dates": (STORY + "<ul>" + "<li><b>تاريخ</b> س</li>" * 3000 + "</ul>").encode,
    "base that is nonsense": (
        f'<base href="http://[::1">{STORY}<a href="http://[x">رابط إلى خبر آخر</a>'
    ).encode,
}

EMPTY_OF_TEXT = frozenset({"empty", "blank", "only a byte order mark"})


def read_in_child(body: bytes, folder: Path, memory_mb: int = MEMORY_MB) -> dict[str, Any]:
    page = folder / "page.html"
    page.write_bytes(body)
    done = subprocess.run(
        [sys.executable, "-c", READER, str(page), URL, str(memory_mb)],
        capture_output=True,
        text=True,
        timeout=WALL_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("name", list(PAGES))
def test_hostile_page(name: str, tmp_path: Path) -> None:
    body = PAGES[name]()
    got = read_in_child(body, tmp_path)
    for _ in range(TRIES - 1):
        if got["cpu"] > CPU_SECONDS:
            got = read_in_child(body, tmp_path)
    assert got["cpu"] <= CPU_SECONDS
    assert got["mb"] <= MEMORY_MB
    assert got["warnings"] or got["body"], "neither a text nor a word on why there is none"
    if name in EMPTY_OF_TEXT:
        assert got["warnings"]
        assert got["body"] == 0


@pytest.mark.parametrize("written", ["cp1256", "iso-8859-6", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("said", [None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "x-unknown"])
def test_whatever_is_declared_the_letters_decide(written: str, said: str | None) -> None:
    headers = {"content-type": f"text/html; charset={said}"} if said else {}
    article = extract_article(STORY.encode(written, "xmlcharrefreplace"), URL, headers=headers)
    assert article.body == "\n\n".join(LINES)


def test_two_documents_in_one_are_one_page() -> None:
    notice = b"<p>Notice: undefined index</p></body></html>\n<!DOCTYPE html>"
    article = extract_article(notice + STORY.encode(), URL)
    assert article.title == "عنوان الخبر"
    assert article.body == "\n\n".join(LINES)


# What no page in the list above does, a mutated real one may.

SOURCES = tuple(fixture.folder / "page.html" for fixture in fixtures())
OPERATIONS = ("delete", "double", "cut", "insert", "swap")
JUNK = (
    b"<",
    b">",
    b"</div>",
    b"<div>",
    b"<!--",
    b"<script>",
    b"\x00",
    b"\xff\xfe",
    b"&#",
    b'"',
    "ـ".encode(),
    b"</body>",
    b"<table>",
    b"<h1>",
    b"<time datetime='",
    b'{"@graph":[',
    "الأحد 31 فبراير 2020".encode(),
    b"<base href='//['>",
)

operations = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(JUNK)),
    min_size=1,
    max_size=6,
)


def mutated(body: bytes, steps: list[tuple[str, float, float, bytes]]) -> bytes:
    """The body with pieces deleted, doubled, cut off, put in or changed about."""
    for operation, where, length, junk in steps:
        start = int(where * len(body))
        end = min(len(body), start + int(length * len(body)))
        piece = body[start:end]
        body = {
            "delete": body[:start] + body[end:],
            "double": body[:end] + piece + body[end:],
            "cut": body[:start],
            "insert": body[:start] + junk + body[start:],
            "swap": piece + body[:start] + body[end:],
        }[operation]
    return body


@settings(max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SOURCES),
    operations,
    st.sampled_from([None, "text/html; charset=windows-1256", "text/html"]),
)
def test_a_mutated_page_is_read_all_the_same(source: Path, steps: Any, content_type: str | None) -> None:
    headers = {"content-type": content_type} if content_type else {}
    html = mutated(source.read_bytes(), steps)
    article = extract_article(html, URL, fetched_at=MOMENT, headers=headers)
    assert_well_formed(article)
    assert article == extract_article(html, URL, fetched_at=MOMENT, headers=headers), (
        "the same page, another article"
    )


def assert_well_formed(article: Article) -> None:
    """The types and promises of `archiver.article`, whatever the page was."""
    for name in ("title", "subtitle", "description", "language", "section", "agency", "body"):
        value = getattr(article, name)
        assert value is None or (isinstance(value, str) and value.strip()), name
    assert article.published_at is None or isinstance(article.published_at, date)
    assert article.modified_at is None or isinstance(article.modified_at, date)
    assert (article.published_at is None) == (article.published_precision is None)
    assert all(isinstance(each, str) and each.strip() for each in (*article.authors, *article.tags))
    assert all(
        block.type in ("paragraph", "heading", "quote", "list_item") and block.text
        for block in article.blocks
    )
    assert (article.body or "") == "\n\n".join(block.text for block in article.blocks)
    assert all(image.url.startswith(("http://", "https://")) for image in article.images)
    assert [image.role for image in article.images][1:].count("lead") == 0, (
        "the lead image comes first, and alone"
    )
    assert all(link.url.startswith(("http://", "https://")) and link.title for link in article.see_also)
    assert all(crumb.name.strip() for crumb in article.breadcrumbs)
    assert all(warning.code for warning in article.warnings)
    json.dumps(article.to_dict()).encode("utf-8")  # no lone surrogate either
