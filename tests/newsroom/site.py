"""What the newsroom answers: every address of the site, and what stands there.

`Site` knows nothing of sockets: it turns a path and a query into a `Reply`. Its state (stories, what
was removed, what has healed) changes only through its methods.
"""

import hashlib
import random
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from typing import Literal
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from tests.newsroom import listings, markup
from tests.newsroom.copydesk import SECTIONS, write
from tests.newsroom.markup import Boxes, Press, author_path, section_path, tag_path
from tests.newsroom.stories import (
    EVERYWHERE,
    HOME,
    SeeAlso,
    Story,
    Truth,
    first_stories,
    later_story,
)

HTML = "text/html; charset=UTF-8"
PER_PAGE = 5
FRONT = 12
MOST_KEPT = 2000

SPECIAL_PATHS: dict[str, str] = {
    name: quote(path, safe="/?=&")
    for name, path in {
        "missing": "/2024/02/11/خبر-حذف-من-الموقع/",
        "gone": "/خبر-سحبته-الصحيفة/",
        "soft_404": "/خبر-انتقل-إلى-الأرشيف/",
        "challenge": "/تحقيق-خلف-الجدار/",
        "redirect_chain": "/go/1",
        "redirect_loop": "/loop/a",
        "redirect_offsite": "/out/",
        "redirect_dead_host": "/out-local/",
        "about": "/من-نحن/",
        "contact": "/اتصل-بنا/",
        "pdf": "/wp-content/uploads/2025/03/taqrir-sanawi.pdf",
        "image": "/wp-content/uploads/2025/03/kharita.png",
        "trap_calendar": "/calendar/2025/11/",
        "trap_session": "/archive/?sid=5f0c",
        "trap_deepening": "/a/b/",
        "trap_facets": "/search/?section=all&sort=new&from=0",
        "broken_sitemap": "/post-sitemap9.xml",
        "fault_endless": "/faults/endless/",
        "fault_slow": "/faults/slow/",
        "fault_cut": "/faults/cut/",
        "fault_reset": "/faults/reset/",
        "fault_bad_gzip": "/faults/bad-gzip/",
    }.items()
}
"""Addresses with a behaviour of their own; the `fault_*` ones are linked from nowhere."""


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    changed: datetime | None = None  # Last-Modified; with it comes an ETag
    coding: Literal["gzip", "deflate", "identity"] = "gzip"  # used where the client accepts it
    chunked: bool = False
    fault: Literal["endless", "slow", "cut", "reset", None] = None

    @cached_property
    def etag(self) -> str | None:
        return f'W/"{hashlib.sha1(self.body).hexdigest()[:20]}"' if self.changed else None


Handler = Callable[[str, dict[str, list[str]]], Reply]


def text(body: str, content_type: str = HTML, **more: object) -> Reply:
    return Reply(body=body.encode(), content_type=content_type, **more)  # type: ignore[arg-type]


@dataclass
class Site:
    """The state of the site and its routes."""

    press: Press
    count: int = 60
    crawl_delay: float | None = None
    challenge: bool = False
    traps: bool = True
    robots_status: int = 200
    stories: list[Story] = field(init=False)
    removed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.count < 12:
            raise ValueError("a newsroom needs 12 articles at least")
        self.started = self.press.now
        self.stories = first_stories(self.count, self.press.now)
        self.mesh = [each for each in self.stories if "mesh" in each.via]
        self.private = replace(_private_story(self.press.now), via=frozenset({"robots_forbids"}))
        self._hits: dict[str, int] = {}
        self._made: dict[str, Reply] = {}  # what need not be rendered again
        self._sessions = 0
        self._by_path = {unquote(each.path): each for each in (*self.stories, self.private)}

    # ------------------------------------------------------------ what changes between crawls

    def publish(self, count: int) -> list[Story]:
        taken = {each.slug for each in self.stories}
        new = []
        for _ in range(count):
            number = len(self.stories)
            moment = self.press.now - timedelta(hours=1) + timedelta(seconds=number)
            story = later_story(number, moment, taken)
            story = replace(story, via=EVERYWHERE | {"feed", "news_sitemap"}, dated=False)
            self.stories.append(story)
            self._by_path[unquote(story.path)] = story
            new.append(story)
        self._made.clear()
        return new

    def edit(self, path: str, *, title: str | None, paragraphs: Sequence[str] | None) -> Story:
        """A new title, or new paragraphs; without either, a correction is added at the end."""
        old = self.story(path)
        blocks = old.blocks
        if paragraphs is not None:
            blocks = tuple(("paragraph", each) for each in paragraphs)
        elif title is None:
            blocks = (*blocks, ("paragraph", "تصحيح: ورد في نسخة سابقة من هذا الخبر رقم غير دقيق، وقد عدل."))
        later = max(old.changed, self.press.now) + timedelta(seconds=1)
        new = replace(old, title=title or old.title, blocks=blocks, modified=later)
        self.stories[self.stories.index(old)] = new
        self._by_path[unquote(new.path)] = new
        self.mesh = [new if each is old else each for each in self.mesh]
        self._made.clear()
        return new

    def remove(self, path: str, status: int) -> None:
        self.removed[unquote(self.story(path).path)] = status
        self._made.clear()

    def clock(self, now: datetime) -> None:
        self.press = replace(self.press, now=now)
        self._made.clear()

    def story(self, path: str) -> Story:
        wanted = unquote(urlsplit(path).path)
        if wanted not in self._by_path:
            raise KeyError(f"no story at {wanted}")
        return self._by_path[wanted]

    # ------------------------------------------------------------ what stands there

    @property
    def live(self) -> list[Story]:
        """The stories that can be read, newest first."""
        there = [each for each in self.stories if unquote(each.path) not in self.removed]
        return sorted(there, key=lambda each: each.published, reverse=True)

    def on(self, way: str) -> list[Story]:
        return [each for each in self.live if way in each.via]

    def boxes(self, story: Story | None = None) -> Boxes:
        """The neighbours of a story: chosen by its number, so that news elsewhere does not change them."""
        dice = random.Random(f"صناديق {story.number if story else ''}")
        others = [each for each in self.mesh if each is not story]
        inline = []
        if story and story.quirk == "links_to_see_also_only":
            inline = [each for each in self.stories if "see_also" in each.via]
        return Boxes(
            check_also=dice.choice(others),
            related=dice.sample(others, 3),
            ticker=dice.sample(others, 4),
            sidebar=dice.sample(others, 5),
            neighbours=dice.sample(others, 2),
            inline=inline,
        )

    def truth(self, story: Story) -> Truth:
        boxes = self.boxes(story)
        see_also = [SeeAlso("related", each.path, each.title) for each in boxes.related]
        if story.theme in ("sahifa", "jannah"):
            excerpt = boxes.check_also.excerpt if story.theme == "sahifa" else None
            see_also.insert(0, SeeAlso("check_also", boxes.check_also.path, boxes.check_also.title, excerpt))
        see_also += [SeeAlso("inline", each.path, each.title) for each in boxes.inline]
        shown = story.quirk != "cover"
        return Truth(
            path=story.path,
            title=story.title,
            section=story.section,
            published_at=None if story.undated else story.published.isoformat(),
            body_paragraphs=tuple(words for _, words in story.blocks),
            breadcrumbs=((HOME, "/"), (story.section, section_path(story.section)), (story.title, None)),
            see_also=tuple(see_also),
            authors=() if story.undated else (story.author,),
            agency=story.agency,
            encoding=story.encoding,
            number=story.number,
            theme=story.theme,
            blocks=story.blocks,
            caption=markup.full_caption(story) if shown else None,
            credit=story.credit if shown else None,
            tags=() if story.theme == "plain" else story.tags,
            visible_date=markup.visible_date(story, self.press.now),
            header_clock=markup.header_clock(story, self.press),
            modified_at=story.modified.isoformat() if story.modified else None,
            via=story.via,
            copy_of=None if story.copy_of is None else self.stories[story.copy_of].path,
            quirk=story.quirk,
        )

    # ------------------------------------------------------------ answering

    def answer(self, target: str) -> Reply:
        """What a GET of `target` (path and query, as on the request line) is answered with."""
        parts = urlsplit(target)
        path, query = unquote(parts.path), parse_qs(parts.query, keep_blank_values=True)
        if self.challenge or path == unquote(SPECIAL_PATHS["challenge"]):
            return _challenge()
        hits = self._hits[path] = self._hits.get(path, 0) + 1
        if known := self._made.get(target):
            return known
        reply = self._make(path, query, hits)
        if reply.changed and not self.press.counters and len(self._made) < MOST_KEPT:
            self._made[target] = reply
        return reply

    def _make(self, path: str, query: dict[str, list[str]], hits: int) -> Reply:
        for pattern, handler in self._routes():
            if match := pattern.fullmatch(path):
                return handler(match.group(1) if match.groups() else path, query)
        return self._story(path, query, hits)

    def _routes(self) -> list[tuple[re.Pattern[str], Handler]]:
        return [
            (re.compile(pattern), handler)
            for pattern, handler in (
                (r"/", self._front),
                (r"/robots\.txt", self._robots),
                (r"/sitemap\.xml", self._moved_sitemap),
                (r"/([\w-]+\.xml(?:\.gz)?)", self._sitemap),
                (r"/(feed|comments/feed)/", self._feed),
                (r"/((?:category|tag|author)/.+)/", self._listing),
                (r"/((?:go|loop|out|out-local)/.*)", self._redirect),
                (r"/wp-content/(.+)", self._file),
                (r"/faults/([\w-]+)/", self._fault),
                (r"/calendar/(\d{4}/(?:0[1-9]|1[0-2]))/", self._calendar),
                (r"/archive/", self._session),
                (r"((?:/a/b)+/)", self._deepening),
                (r"/search/", self._facets),
                (r"/(من-نحن|اتصل-بنا)/", self._page),
            )
        ]

    def _page_of(
        self,
        title: str,
        paragraphs: Sequence[str],
        *,
        status: int = 200,
        css: str = markup.PAGE,
        more: str = "",
    ) -> Reply:
        page = markup.lone_page(self.press, self.boxes(), title, paragraphs, css=css, more=more)
        return text(page, status=status, changed=self.started if status == 200 else None)

    def _story(self, path: str, query: dict[str, list[str]], hits: int) -> Reply:
        if path in self.removed:
            return self._absent(self.removed[path])
        if path == unquote(SPECIAL_PATHS["gone"]):
            return self._absent(410)
        if path == unquote(SPECIAL_PATHS["soft_404"]):
            return self._page_of("الصفحة غير موجودة", _NOT_FOUND, css="error404")
        story = self._by_path.get(path)
        if story is None:
            return self._near_story(path)
        if hits == 1 and (trouble := _trouble(story)):
            return trouble
        if "print" in query and story.quirk == "print":
            return text(markup.printed(story, self.boxes(story), self.press), changed=story.changed)
        return self._article(story, hits)

    def _near_story(self, path: str) -> Reply:
        if f"{path}/" in self._by_path:
            return _redirect(self.press.url(quote(f"{path}/")))
        story = self._by_path.get(path.removesuffix("amp/"))
        if story and path.endswith("/amp/") and story.quirk == "amp":
            return text(markup.amp(story, self.boxes(story), self.press), changed=story.changed)
        return self._absent(404)

    def _article(self, story: Story, hits: int) -> Reply:
        page = markup.article(story, self.boxes(story), self.press, hits if self.press.counters else 0)
        charset = {"utf-8": HTML, "windows-1256": "text/html; charset=windows-1256"}[story.encoding]
        if story.quirk == "cp1256_undeclared":
            charset = "text/html"
        elif story.quirk == "cp1256_header_lies":
            charset = "text/html; charset=utf-8"
        return Reply(
            body=page.encode(story.encoding),
            content_type=charset,
            changed=story.changed,
            coding="deflate" if story.quirk == "deflate" else "gzip",
            chunked=story.quirk == "chunked",
        )

    def _absent(self, status: int) -> Reply:
        return self._page_of("الصفحة غير موجودة", _NOT_FOUND, status=status, css="error404")

    # ------------------------------------------------------------ front page and listings

    def _front(self, _: str, query: dict[str, list[str]]) -> Reply:
        if "p" in query:
            found = [each for each in self.live if str(each.id) == query["p"][0]]
            return _redirect(self.press.url(found[0].path)) if found else self._absent(404)
        if "tierand" in query:
            return _redirect(self.press.url(self.mesh[self._hits["/"] % len(self.mesh)].path), 302)
        if "s" in query:
            title = f"نتائج البحث عن: {query['s'][0]}"
            return self._page_of(title, ["لم يتم العثور على نتائج."], css="search")
        latest = [
            markup.link(self.press, each, place, _FRONT_QUERIES.get(place, ""))
            for place, each in enumerate(self.on("front")[:FRONT])
        ]
        boxed = [
            ("آخر الأخبار", latest),
            ("اختيارات المحرر", self._odd_story_links()),
            ("خدمات الموقع", self._service_links()),
        ]
        changed = max(each.changed for each in self.live)
        return text(markup.front(self.press, self.boxes(), boxed), changed=changed)

    def _odd_story_links(self) -> list[str]:
        """The only way to some stories, and other ways to stories that have an address already."""
        home, links = self.press.home, []
        for story in self.live:
            if "shortlink" in story.via:
                links.append(f'<a href="{home}/?p={story.id}">خبر اليوم من الأرشيف</a>')
            elif "chain" in story.via:
                links.append(f'<a href="{home}{SPECIAL_PATHS["redirect_chain"]}">تابع القصة كاملة</a>')
            elif story.quirk == "amp":
                links.append(f'<a href="{self.press.url(story.path)}amp/">نسخة الهاتف: {story.tags[0]}</a>')
            elif story.quirk == "print":
                links.append(f'<a href="{self.press.url(story.path)}?print=1">نسخة للطباعة</a>')
            elif "tag" in story.via and "listing" not in story.via:
                links += [f'<a href="{self.press.url(tag_path(tag))}">ملف: {tag}</a>' for tag in story.tags]
        broken = (
            "missing",
            "gone",
            "soft_404",
            "challenge",
            "redirect_loop",
            "redirect_offsite",
            "redirect_dead_host",
        )
        return links + [self._special_link(name) for name in broken]

    def _special_link(self, name: str) -> str:
        address = self.press.url(SPECIAL_PATHS[name]).replace("&", "&amp;")
        return f'<a href="{address}">{_LINK_TEXTS[name]}</a>'

    def _service_links(self) -> list[str]:
        names = ["about", "contact", "pdf", "image"]
        if self.traps:
            names += ["trap_calendar", "trap_session", "trap_deepening", "trap_facets"]
        return [
            *map(self._special_link, names),
            f'<a href="{self.press.url(self.private.path)}">منطقة المشتركين</a>',
            '<a href="https://news.example.invalid/world/2025/story-1/">من مواقع صديقة</a>',
            '<a href="mailto:desk@almina.example.invalid">راسلنا</a>',
            '<a href="javascript:history.back()">رجوع</a>',
            '<a href="data:text/plain,hello">ملف</a>',
            '<a href="http://[bad">رابط مكسور</a>',
            '<a href="#top">إلى الأعلى</a>',
            "<a>بلا عنوان</a>",
        ]

    def _listing(self, path: str, _: dict[str, list[str]]) -> Reply:
        base, number = path.split("/page/", 1) if "/page/" in path else (path, "1")
        kind, name = base.split("/", 1)
        title, stories, per_page = self._listed(kind, name)
        page = int(number) if number.isdecimal() else 0
        pages = -(-len(stories) // per_page)
        if not 1 <= page <= pages:
            return self._absent(404)
        shown = stories[(page - 1) * per_page : page * per_page]
        body = markup.listing(self.press, self.boxes(), title, quote(f"/{base}/"), shown, page, pages)
        return text(body, changed=max(each.changed for each in shown))

    def _listed(self, kind: str, name: str) -> tuple[str, list[Story], int]:
        if kind == "category":
            return name, [each for each in self.on("listing") if each.section == name], PER_PAGE
        if kind == "tag":
            path = quote(f"/tag/{name}/")
            tagged = [each for each in self.on("tag") if path in map(tag_path, each.tags)]
            return f"وسم: {name.replace('-', ' ')}", tagged, PER_PAGE * 2
        path = quote(f"/author/{name}/")
        written = [each for each in self.on("mesh") if author_path(each.author) == path]
        return f"مقالات {name.replace('-', ' ')}", written, PER_PAGE * 2

    # ------------------------------------------------------------ robots, sitemaps, feeds

    def _robots(self, _: str, __: dict[str, list[str]]) -> Reply:
        if self.robots_status != 200:
            return Reply(status=self.robots_status, content_type="text/plain", body=b"no robots here\n")
        return text(
            listings.robots(self.press, self.crawl_delay), "text/plain; charset=utf-8", changed=self.started
        )

    def _moved_sitemap(self, _: str, __: dict[str, list[str]]) -> Reply:
        return _redirect(f"{self.press.home}/sitemap_index.xml")

    def _sitemap(self, name: str, _: dict[str, list[str]]) -> Reply:
        made = listings.sitemap(name, self.press, self.on("sitemap"), self._fresh())
        if made is None:
            return self._absent(404)
        changed = max(each.changed for each in self.live)
        if name.endswith(".gz"):
            return Reply(body=made, content_type="application/gzip", changed=changed, coding="identity")
        return Reply(body=made, content_type="text/xml; charset=UTF-8", changed=changed)

    def _fresh(self) -> list[Story]:
        since = self.press.now - timedelta(days=2)
        return [
            each
            for each in self.live
            if not each.undated and each.published > since and each.via & {"news_sitemap", "sitemap"}
        ]

    def _feed(self, name: str, _: dict[str, list[str]]) -> Reply:
        latest = self.on("front")[:10]
        stories = sorted(
            {*latest, *self.on("feed")} - {each for each in latest if each.undated},
            key=lambda each: each.published,
            reverse=True,
        )
        body = listings.feed(self.press, stories) if name == "feed" else listings.comments(self.press, latest)
        return text(body, "application/rss+xml; charset=UTF-8", changed=max(each.changed for each in stories))

    # ------------------------------------------------------------ redirects, files, pages, faults

    def _redirect(self, name: str, _: dict[str, list[str]]) -> Reply:
        home = self.press.home
        chained = [each for each in self.live if "chain" in each.via]
        targets = {
            "go/1": (301, f"{home}/go/2"),
            "go/2": (302, "/go/3/"),
            "go/3/": (308, self.press.url(chained[0].path) if chained else f"{home}/"),
            "loop/a": (302, f"{home}/loop/b"),
            "loop/b": (302, f"{home}/loop/a"),
            "out/": (301, "http://elsewhere.example.invalid/خبر/".encode().decode("latin-1")),
            "out-local/": (302, "http://127.0.0.1:1/story/"),
        }
        if name not in targets:
            return self._absent(404)
        status, target = targets[name]
        return _redirect(target, status)

    def _file(self, name: str, _: dict[str, list[str]]) -> Reply:
        kinds = {
            "png": ("image/png", PNG),
            "pdf": ("application/pdf", PDF),
            "css": ("text/css", b"body{}\n"),
            "js": ("text/javascript", b"'use strict';\n"),
        }
        content_type, body = kinds.get(name.rpartition(".")[2], ("", b""))
        if not body:
            return self._absent(404)
        return Reply(body=body, content_type=content_type, changed=self.started, coding="identity")

    def _page(self, name: str, _: dict[str, list[str]]) -> Reply:
        return self._page_of(name.replace("-", " "), _PAGES[name])

    def _fault(self, name: str, _: dict[str, list[str]]) -> Reply:
        page = markup.lone_page(self.press, self.boxes(), "عطل", ["صفحة لاختبار الأعطال."] * 40).encode()
        match name:
            case "endless" | "slow" | "cut" | "reset":
                return Reply(body=page, coding="identity", fault=name)
            case "bad-gzip":
                return Reply(
                    body=b"\x1f\x8b\x08\x00not a gzip stream",
                    coding="identity",
                    headers=(("Content-Encoding", "gzip"),),
                )
        return self._absent(404)

    # ------------------------------------------------------------ traps

    def _calendar(self, month: str, _: dict[str, list[str]]) -> Reply:
        year, number = map(int, month.split("/"))
        months = (year * 12 + number - 1 + step for step in (-1, 1))
        before, after = (f"/calendar/{each // 12:04}/{each % 12 + 1:02}/" for each in months)
        rows = ("".join(f"<td>{day}</td>" for day in range(first, first + 7)) for first in (1, 8, 15, 22))
        title = f"أرشيف {markup.MONTHS[number - 1]} {year}"
        table = markup.piece(
            "calendar",
            caption=title,
            before=before,
            after=after,
            weeks="".join(f"<tr>{row}</tr>" for row in rows),
        )
        return self._page_of(title, [], css="archive date", more=table)

    def _session(self, _: str, __: dict[str, list[str]]) -> Reply:
        self._sessions += 1
        sid = hashlib.sha1(f"session {self._sessions}".encode()).hexdigest()[:16]
        links = (markup.link(self.press, each, query=f"?sid={sid}") for each in self.mesh[:2])
        rows = "".join(f"<li>{each}</li>" for each in links)
        more = (
            f'<ul>{rows}</ul><a href="/archive/?sid={sid}">كل الأخبار</a> '
            f'<a href="/archive/?page=2&amp;sid={sid}">التالي</a>'
        )
        page = self._page_of("الأرشيف الكامل", ["تصفح أرشيف الصحيفة."], css="archive", more=more)
        return replace(page, changed=None)  # another one every time

    def _deepening(self, path: str, _: dict[str, list[str]]) -> Reply:
        more = '<a href="a/b/">المزيد من التغطية</a> <a href="../b/a/b/">تغطية مرتبطة</a>'
        level = f"المستوى {path.count('/a/b')} من التغطية."
        return self._page_of("تغطية خاصة", [level], css="archive", more=more)

    def _facets(self, _: str, query: dict[str, list[str]]) -> Reply:
        now = {name: values[0] for name, values in query.items()}
        start = int(now.get("from", "0")) if now.get("from", "0").isdigit() else 0
        changes = [("section", name) for name in SECTIONS]
        changes += [("sort", "new"), ("sort", "old"), ("sort", "read")]
        changes += [("from", str(start + 10)), (f"filter{len(now)}", "1")]
        queries = (urlencode(now | {name: value}).replace("&", "&amp;") for name, value in changes)
        more = " ".join(f'<a href="/search/?{each}">تصفية</a>' for each in queries)
        return self._page_of("بحث متقدم", ["اختر القسم وطريقة الترتيب."], css="search", more=more)


def _trouble(story: Story) -> Reply | None:
    """What the first request for a story with a passing illness gets."""
    match story.quirk:
        case "heals_500":
            return Reply(status=500, body="<h1>خطأ في الخادم</h1>".encode())
        case "heals_429":
            return Reply(status=429, body=b"<h1>Too Many Requests</h1>", headers=(("Retry-After", "1"),))
        case "heals_503":
            later = datetime.now(UTC) + timedelta(seconds=2)
            return Reply(
                status=503,
                body="<h1>الموقع تحت الصيانة</h1>".encode(),
                headers=(("Retry-After", format_datetime(later, usegmt=True)),),
            )
    return None


def _challenge() -> Reply:
    return Reply(
        status=403,
        body=markup.template("challenge").template.encode(),
        headers=(
            ("cf-mitigated", "challenge"),
            ("Server", "cloudflare"),
            ("CF-RAY", "0000000000000000-TIP"),
            ("Cache-Control", "private, max-age=0, no-store, no-cache, must-revalidate"),
        ),
    )


def _redirect(target: str, status: int = 301) -> Reply:
    return Reply(status=status, headers=(("Location", target),))


def _private_story(now: datetime) -> Story:
    copy = write(9001, "محليات")
    return Story(
        number=9001,
        section="محليات",
        title=f"للمشتركين: {copy.title}",
        blocks=copy.blocks,
        slug="private/تقرير-للمشتركين",
        caption=copy.caption,
        credit=copy.credit,
        tags=copy.tags,
        author=copy.author,
        published=now - timedelta(days=40),
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    + _chunk(b"IEND", b"")
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

_FRONT_QUERIES = {
    1: "?utm_source=facebook&amp;utm_medium=social&amp;utm_campaign=daily",
    2: "?fbclid=IwAR0Mina",
    3: "#comments",
    4: "?utm_source=front&amp;fbclid=IwAR1Mina",
}
_NOT_FOUND = [
    "عذرا، الصفحة التي تبحث عنها غير موجودة أو ربما تم حذفها.",
    "جرب البحث أو عد إلى الصفحة الرئيسية.",
]
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
_PAGES = {
    "من-نحن": [
        "صحيفة الميناء صحيفة متخيلة، تصدر من مدينة لا وجود لها، ولا تشير أخبارها إلى أحد.",
        "أسسها بحارة متقاعدون رأوا أن أخبار السواحل لا تصل إلى أحد، فقرروا أن يكتبوها بأنفسهم.",
    ],
    "اتصل-بنا": ["مقر التحرير: شارع المنارة، رأس النور.", "ساعات العمل من الثامنة صباحا إلى الرابعة عصرا."],
}
