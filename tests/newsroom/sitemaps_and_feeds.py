"""The newsroom's robots.txt, sitemaps and feeds."""

import gzip
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from tests.newsroom.press import NAME, Press, section_path, spell
from tests.newsroom.stories import Story

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def robots(press: Press, crawl_delay: float | None) -> str:
    delay = f"Crawl-delay: {crawl_delay:g}\n" if crawl_delay is not None else ""
    return (
        f"User-agent: *\nDisallow: /private/\nDisallow: /wp-admin/\n{delay}\n"
        f"User-agent: GreedyBot\nDisallow: /\n\nSitemap: {press.home}/sitemap_index.xml\n"
    )


def sitemap(name: str, press: Press, stories: Sequence[Story], fresh: Sequence[Story]) -> bytes | None:
    """The sitemap called `name`, or None where there is none (the index names one that is missing)."""
    half = len(stories) // 2
    match name:
        case "sitemap_index.xml":
            return _index(press, stories).encode()
        case "post-sitemap1.xml.gz":
            return gzip.compress(_posts(press, stories[:half]).encode(), mtime=0)
        case "post-sitemap2.xml.gz":
            return gzip.compress(_posts(press, stories[half:]).encode(), mtime=0)
        case "news-sitemap.xml":
            return _news(press, fresh).encode()
        case "page-sitemap.xml":
            return _pages(press).encode()
    return None


def _index(press: Press, stories: Sequence[Story]) -> str:
    newest = max(each.changed for each in stories).isoformat()
    names = (
        "post-sitemap1.xml.gz",
        "post-sitemap2.xml.gz",
        "news-sitemap.xml",
        "page-sitemap.xml",
        "post-sitemap9.xml",
    )
    rows = "".join(
        f"<sitemap><loc>{press.home}/{name}</loc><lastmod>{newest}</lastmod></sitemap>\n" for name in names
    )
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{rows}</sitemapindex>\n'


def _posts(press: Press, stories: Sequence[Story]) -> str:
    rows = "".join(
        f"<url><loc>{press.url(each.path)}</loc><lastmod>{each.changed.isoformat()}</lastmod></url>\n"
        for each in stories
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}">\n{rows}</urlset>\n'


def _news(press: Press, stories: Sequence[Story]) -> str:
    rows = "".join(
        f"<url><loc>{press.url(each.path)}</loc><news:news><news:publication><news:name>{NAME}</news:name>"
        f"<news:language>ar</news:language></news:publication><news:publication_date>{each.published.isoformat()}"
        f"</news:publication_date><news:title>{escape(each.title)}</news:title></news:news></url>\n"
        for each in stories
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n{rows}</urlset>\n'


def _pages(press: Press) -> str:
    urls = (press.url(path) for path in ("/من-نحن/", "/اتصل-بنا/"))
    rows = "".join(f"<url><loc>{url}</loc><changefreq>yearly</changefreq></url>\n" for url in urls)
    return f'{_XML}<urlset xmlns="{_SITEMAP}">\n{rows}</urlset>\n'


def feed(press: Press, stories: Sequence[Story]) -> str:
    return _rss(press, NAME, "".join(_item(press, each) for each in stories), stories)


def comments(press: Press, stories: Sequence[Story]) -> str:
    """The feed of comments: its links lead to articles, its titles and dates are the comments'."""
    rows = "".join(
        f"<item><title>بواسطة: قارئ من الساحل</title><link>{press.url(each.path)}#comment-{each.id}</link>"
        f"<pubDate>{format_datetime(each.changed)}</pubDate><description>شكرا.</description></item>\n"
        for each in stories[:3]
    )
    return _rss(press, f"تعليقات {NAME}", rows, stories)


def _rss(press: Press, title: str, items: str, stories: Sequence[Story]) -> str:
    built = format_datetime(max(each.changed for each in stories))
    return (
        f'{_XML}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        f"<title>{title}</title>\n<link>{press.home}/</link>\n"
        f'<atom:link href="{press.home}/feed/" rel="self" type="application/rss+xml" />\n'
        f"<description>أخبار الساحل كما هي</description>\n<lastBuildDate>{built}</lastBuildDate>\n"
        f"<language>ar</language>\n{items}</channel>\n</rss>\n"
    )


def _item(press: Press, story: Story) -> str:
    query = "?utm_source=rss&amp;utm_medium=feed" if story.number % 2 else ""
    return (
        f"<item>\n<title>{escape(story.title)}</title>\n<link>{press.url(story.path)}{query}</link>\n"
        f"<dc:creator><![CDATA[{story.author}]]></dc:creator>\n<pubDate>{format_datetime(story.published)}</pubDate>"
        f"\n<category><![CDATA[{story.section}]]></category>\n"
        f'<guid isPermaLink="false">{press.home}/?p={story.id}</guid>\n'
        f'<description><![CDATA[<p>{story.excerpt}</p>\n<p>ظهر على <a href="{press.home}'
        f'{spell(section_path(story.section))}">{NAME}</a></p>]]></description>\n</item>\n'
    )
