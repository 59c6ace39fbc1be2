"""Which address is answered by what: `answer` turns a path and a query into a `Reply`."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.newsroom import front, lone_pages, oddities, sitemaps_and_feeds, themes, traps
from tests.newsroom.lone_pages import absent
from tests.newsroom.replies import HTML, Query, Reply, challenge, redirect, text, trouble
from tests.newsroom.site import Site
from tests.newsroom.special import SPECIAL_PATHS
from tests.newsroom.stories import Story

MOST_KEPT = 2000

Handler = Callable[[Site, str, Query], Reply]


def answer(site: Site, target: str) -> Reply:
    """What a GET of `target` (path and query, as on the request line) is answered with."""
    parts = urlsplit(target)
    path, query = unquote(parts.path), parse_qs(parts.query, keep_blank_values=True)
    if site.challenge or path == unquote(SPECIAL_PATHS["challenge"]):
        return challenge()
    site.hits[path] += 1
    if known := site.made.get(target):
        return known
    reply = _make(site, path, query)
    if reply.changed and not site.press.counters and len(site.made) < MOST_KEPT:
        site.made[target] = reply
    return reply


def _make(site: Site, path: str, query: Query) -> Reply:
    for pattern, handler in _ROUTES:
        if match := pattern.fullmatch(path):
            return handler(site, match.group(1) if match.groups() else path, query)
    return _story(site, path, query)


def _story(site: Site, path: str, query: Query) -> Reply:
    if path in site.removed:
        return absent(site, site.removed[path])
    if path == unquote(SPECIAL_PATHS["gone"]):
        return absent(site, 410)
    if path == unquote(SPECIAL_PATHS["soft_404"]):
        return absent(site, 200)
    story = site.by_path.get(path)
    if story is None:
        return _near_story(site, path)
    if site.hits[path] == 1 and (ill := trouble(story)):
        return ill
    if "print" in query and story.quirk == "print":
        return text(themes.printed(story, site.boxes(story), site.press), changed=story.changed)
    return _article(site, story, site.hits[path])


def _near_story(site: Site, path: str) -> Reply:
    if f"{path}/" in site.by_path:
        return redirect(site.press.url(quote(f"{path}/")))
    story = site.by_path.get(path.removesuffix("amp/"))
    if story and path.endswith("/amp/") and story.quirk == "amp":
        return text(themes.amp(story, site.boxes(story), site.press), changed=story.changed)
    return absent(site, 404)


def _article(site: Site, story: Story, hits: int) -> Reply:
    page = themes.article(story, site.boxes(story), site.press, hits if site.press.counters else 0)
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


def _robots(site: Site, _: str, __: Query) -> Reply:
    if site.robots_status != 200:
        return Reply(status=site.robots_status, content_type="text/plain", body=b"no robots here\n")
    return text(
        sitemaps_and_feeds.robots(site.press, site.crawl_delay),
        "text/plain; charset=utf-8",
        changed=site.started,
    )


def _moved_sitemap(site: Site, _: str, __: Query) -> Reply:
    return redirect(f"{site.press.home}/sitemap_index.xml")


def _sitemap(site: Site, name: str, _: Query) -> Reply:
    made = sitemaps_and_feeds.sitemap(name, site.press, site.on("sitemap"), _fresh(site))
    if made is None:
        return absent(site, 404)
    changed = max(each.changed for each in site.live)
    if name.endswith(".gz"):
        return Reply(body=made, content_type="application/gzip", changed=changed, coding="identity")
    return Reply(body=made, content_type="text/xml; charset=UTF-8", changed=changed)


def _fresh(site: Site) -> list[Story]:
    since = site.press.now - timedelta(days=2)
    return [
        each
        for each in site.live
        if not each.undated and each.published > since and each.via & {"news_sitemap", "sitemap"}
    ]


def _feed(site: Site, name: str, _: Query) -> Reply:
    latest = site.on("front")[:10]
    stories = sorted(
        {*latest, *site.on("feed")} - {each for each in latest if each.undated},
        key=lambda each: each.published,
        reverse=True,
    )
    body = (
        sitemaps_and_feeds.feed(site.press, stories)
        if name == "feed"
        else sitemaps_and_feeds.comments(site.press, latest)
    )
    return text(body, "application/rss+xml; charset=UTF-8", changed=max(each.changed for each in stories))


_ROUTES: list[tuple[re.Pattern[str], Handler]] = [
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"/", front.front),
        (r"/robots\.txt", _robots),
        (r"/sitemap\.xml", _moved_sitemap),
        (r"/([\w-]+\.xml(?:\.gz)?)", _sitemap),
        (r"/(feed|comments/feed)/", _feed),
        (r"/((?:category|tag|author)/.+)/", front.listing),
        (r"/((?:go|loop|out|out-local)/.*)", oddities.led_elsewhere),
        (r"/wp-content/(.+)", oddities.file),
        (r"/faults/([\w-]+)/", oddities.fault),
        (r"/calendar/(\d{4}/(?:0[1-9]|1[0-2]))/", traps.calendar),
        (r"/archive/", traps.session),
        (r"((?:/a/b)+/)", traps.deepening),
        (r"/search/", traps.facets),
        (r"/(من-نحن|اتصل-بنا)/", lone_pages.page),
    )
]
"""What is no route's is a story's, or nobody's."""
