"""Sitemaps, feeds and links as sites write them, and as an enemy would."""

import contextlib
import gzip
import zlib

import pytest

from archiver.page import Page
from archiver.payload import PayloadError, decode_payload
from archiver.store.frontier import shape_of
from archiver.urls import canonicalise
from spiders.discovery import Where, guess_kind, is_endless, linked_pages, page_links
from spiders.documents import Task, read_document, read_new
from spiders.sitemaps_and_feeds import DiscoveryError, read_feed, read_sitemap, sniff

WHERE = Where("https://example.ly/sitemap.xml", "example.ly", 0)
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://example.ly/خبر-قديم-عن-الميناء/</loc><lastmod>2023-05-01</lastmod></url>
<url><loc> https://www.example.ly/خبر-جديد-عن-الميناء/ </loc><news:news><news:publication_date>2023-05-30T10:00:00+02:00
</news:publication_date><news:title>خبر جديد</news:title></news:news></url>
<url><loc>https://elsewhere.ly/خبر-آخر/</loc></url><url><loc>not an address</loc></url>
<url><loc>https://example.ly/wp-content/a.jpg</loc></url>
</urlset>""".encode()
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><title>عنوان الخبر</title><link>https://example.ly/2023/05/30/خبر/?utm_source=rss</link>
<pubDate>Tue, 30 May 2023 23:30:00 +0200</pubDate><dc:creator>أحمد</dc:creator><category>محليات</category></item>
<item><title>بلا تاريخ</title><link>/relative-story-number-two-here/</link></item></channel></rss>""".encode()


def test_a_news_sitemap_gives_addresses_of_the_site_newest_first_with_what_it_knows() -> None:
    found = read_sitemap(NEWS, WHERE)
    assert [each.hints.get("news_publication_date", each.hints.get("sitemap_lastmod")) for each in found] == [
        "2023-05-30T10:00:00+02:00", "2023-05-01"]  # fmt: skip
    assert found[0].hints["news_title"] == "خبر جديد"
    assert all(each.kind == "article" for each in found)


def test_a_sitemap_index_leads_to_sitemaps_but_not_for_ever() -> None:
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://example.ly/post-sitemap1.xml</loc></sitemap>
    <sitemap><loc>https://example.ly/author-sitemap.xml</loc></sitemap></sitemapindex>"""
    (only,) = read_sitemap(index, WHERE)
    assert (only.kind, only.depth) == ("sitemap", 1)
    assert read_sitemap(index, Where(WHERE.url, WHERE.site, 4)) == []


@pytest.mark.parametrize("broken", [b"<html><p>404</p></html>", b"", b"\x00\x01", b"<urlset><url><loc>"])
def test_what_is_no_sitemap_says_so_or_is_empty(broken: bytes) -> None:
    with contextlib.suppress(DiscoveryError):
        assert read_sitemap(broken, WHERE) == []


def test_bare_ampersands_in_addresses() -> None:
    site = "https://example.ly/story.php?id=1042"
    for loc in ("&cat=3&lang=ar&copy=1", "&amp;cat=3&#38;lang=ar&amp;copy=1"):
        (only,) = read_sitemap(f"<urlset><url><loc>{site}{loc}</loc></url></urlset>".encode(), WHERE)
        assert only.url == f"{site}&cat=3&lang=ar&copy=1"
        item = f"<item><title><![CDATA[قال & كتب]]></title><link>{site}{loc}</link></item>"
        (only,) = read_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), WHERE)
        assert (only.url, only.hints["feed_title"]) == (f"{site}&cat=3&lang=ar&copy=1", "قال & كتب")
    wide = f'<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert [each.url for each in read_feed(wide.encode("utf-16"), WHERE)] == [f"{site}&cat=3&lang=ar&copy=1"]
    assert sniff(wide.encode("utf-16")) == "feed"
    assert read_sitemap(b"<urlset>" + b"<![CDATA[&" * 200_000, WHERE) == []


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    found = read_sitemap(
        b"https://example.ly/one-story-of-ours/\nhttps://example.ly/two-story-of-ours/\n", WHERE
    )
    assert len(found) == 2
    marked = "\ufeffhttps://example.ly/one-story-of-ours/\n# the rest is in the archive\nanother line\n"
    (only,) = read_sitemap(marked.encode(), WHERE)
    assert only.url == "https://example.ly/one-story-of-ours/"


def test_addresses_of_a_sitemap_that_name_no_host_are_the_sites() -> None:
    named = b"<urlset><url><loc>/one-story-of-ours/</loc></url><url><loc>one more</loc></url></urlset>"
    (only,) = read_sitemap(named, WHERE)
    assert only.url == "https://example.ly/one-story-of-ours/"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("reader", [read_sitemap, read_feed])
def test_entities_are_never_expanded(reader: object, encoding: str) -> None:
    bomb = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
    <urlset><url><loc>https://example.ly/&b;</loc></url></urlset>"""
    with pytest.raises(DiscoveryError, match="entities"):
        reader(bomb.encode(encoding), WHERE)  # type: ignore[operator]


def test_a_feed_leads_to_its_next_page() -> None:
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>الضفة</title>
    <link rel="self" href="/atom.xml"/><link rel="next" href="http://example.ly/atom.xml?page=2"/>
    <link rel="next" href="https://elsewhere.ly/atom.xml"/>
    <entry><title>خبر</title><link href="/one-story-of-ours/"/></entry></feed>""".encode()
    story, further = read_feed(atom, Where("https://example.ly/atom.xml", "example.ly", 0))
    assert story.kind == "article"
    assert (further.url, further.depth) == ("https://example.ly/atom.xml?page=2", 1)
    assert further.hints["pagination"]
    last = atom.replace(b"http://example.ly/atom.xml?page=2", b"/atom.xml")
    assert len(read_feed(last, Where("https://example.ly/atom.xml", "example.ly", 0))) == 1


def test_a_feed_keeps_the_zone_its_date_was_written_in() -> None:
    first, second = read_feed(RSS, WHERE)
    assert first.hints["feed_published"] == "2023-05-30T23:30:00+02:00"
    assert first.hints["feed_author"] == "أحمد"
    assert first.hints["feed_tags"] == ["محليات"]
    assert "utm_source" not in first.url
    assert second.url == "https://example.ly/relative-story-number-two-here/"
    assert "feed_published" not in second.hints


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-26 12:47:00 AM", "2026-11-26T00:47:00"),
        ("25/11/2026 06:27 PM", "2026-11-25T18:27:00"),
        ("Thu, 26 Nov 2026 20:35:00 AST", "2026-11-26T20:35:00"),
        ("الخميس 26 نوفمبر 2026 06:42 م", "2026-11-26T18:42:00"),
        ("Tue, 30 May 23 23:30:00 GMT", "2023-05-30T23:30:00+00:00"),
        ("2026-11-26", "2026-11-26"),
        ("نوفمبر 2026", None),
    ],
)
def test_a_feeds_date_is_read_as_it_is_written(written: str, moment: str | None) -> None:
    feed = RSS.replace(b"Tue, 30 May 2023 23:30:00 +0200", written.encode())
    assert read_feed(feed, WHERE)[0].hints.get("feed_published") == moment


def test_documents_are_known_by_their_bytes_not_their_name() -> None:
    assert sniff(NEWS) == "sitemap"
    assert sniff(RSS) == "feed"
    assert sniff("<!doctype html><html><p>نص</p>".encode()) == "page"
    task = Task("https://example.ly/s.xml.gz", "example.ly", "article", 1, gzip.compress(NEWS), {}, None, {})  # type: ignore[arg-type]
    assert read_document(task).kind == "sitemap"


def test_links_stay_inside_the_site_and_take_their_anchor_along() -> None:
    page = Page("""<html><head><link rel="alternate" type="application/rss+xml" href="/feed/">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="next" href="/page/2/"></head>
        <body><a href="/خبر-عن-ميناء-طرابلس/">خبر عن   ميناء</a><a href="https://elsewhere.ly/x">خارج</a>
        <a href="mailto:a@b.ly">بريد</a><a href="javascript:void(0)">نص</a><a href="/a.pdf">ملف</a><a href="#top">أعلى</a>
        <a href="http://example.ly/قصة-أخرى-في-بلد-آخر?fbclid=1">قصة</a><a href="/wp-login.php">دخول</a>
        <div class="pagination"><a href="/قسم/?p=2">٢</a></div></body></html>""".encode(), "https://example.ly/")  # fmt: skip
    where = Where("https://example.ly/", "example.ly", 0)
    found = {each.url: each for each in page_links(page, where, is_listing=True)}
    assert len(found) == 3
    story = found[
        "https://example.ly/%D8%AE%D8%A8%D8%B1-%D8%B9%D9%86-%D9%85%D9%8A%D9%86%D8%A7%D8%A1-%D8%B7%D8%B1%D8%A7%D8%A8%D9%84%D8%B3/"
    ]
    assert (story.kind, story.depth, story.hints["anchor"]) == ("article", 1, "خبر عن ميناء")
    assert all(url.startswith("https://example.ly/") for url in found), "the scheme that is known to answer"
    assert [each for each in found.values() if each.hints.get("pagination")]
    assert [(each.kind, each.url) for each in linked_pages(page, where)] == [
        ("feed", "https://example.ly/feed/"), ("listing", "https://example.ly/page/2/")]  # fmt: skip


@pytest.mark.parametrize(
    "href",
    ["/send.asp?id=4101", "/sendnews.php?id=4101", "/news/email.php?sid=44",
     "/SendToFriend.aspx?id=4101", "/send-to-friend/4101", "/modules.php?name=News&file=friend&op=FriendSend&sid=44",
     "/index.php?option=com_mailto&tmpl=component&link=aHR0cA", "/component/mailto/?link=aHR0cA", "/index.php?p=send&id=1045",
     "/index.php?act=addcomment&id=1045", "/mailto.php?sid=44", "/print.php?aid=44", "/news_print.asp?id=44",
     "/PrinterFriendly.aspx?id=44", "/index.php?pg=print&id=1045",
     "/index.php?view=article&format=pdf&id=7", "/index.php?task=emailform&id=7", "/modules.php?name=Your_Account",
     "/?s=harbour", "/?q=harbour", "/?q=user/login", "/?q=search/node", "/index.php?search=port", "/index.php?action=report&id=4"])  # fmt: skip
def test_what_no_story_can_be_is_not_asked_for(href: str) -> None:
    page = Page(
        f'<a href="{href}">أرسل</a><a href="/friend-of-the-harbour">صديق</a>'.encode(), "https://example.ly/"
    )
    found = page_links(page, Where("https://example.ly/", "example.ly", 0), is_listing=False)
    assert [each.url for each in found] == ["https://example.ly/friend-of-the-harbour"]


@pytest.mark.parametrize(
    "href",
    ["/sprint.php?id=44", "/blueprint.aspx?id=44", "/printing.php?id=44", "/news.php?id=44",
     "/index.php?s=4", "/index.php?s=4&pn=2", "/?q=node/104", "/?q=taxonomy/term/3", "/index.php?q=node", "/index.php?page=report&id=61"],
)  # fmt: skip
def test_what_only_sounds_like_a_print_view_a_search_or_a_form_is_asked_for(href: str) -> None:
    page = Page(f'<a href="{href}">خبر</a>'.encode(), "https://example.ly/")
    found = page_links(page, Where("https://example.ly/", "example.ly", 0), is_listing=False)
    assert [each.url for each in found] == [f"https://example.ly{href}"]


def test_the_areas_of_an_image_map_are_links() -> None:
    html = '<img usemap="#p"><map name="p"><area href="/issue/1/article/2" alt="صيانة الميناء"></map>'
    page = Page(html.encode(), "https://example.ly/")
    (only,) = page_links(page, Where("https://example.ly/", "example.ly", 0), is_listing=False)
    assert (only.url, only.hints["anchor"]) == ("https://example.ly/issue/1/article/2", "صيانة الميناء")


def test_a_print_view_of_a_portal_leads_to_the_story_itself() -> None:
    page = Page(
        '<a href="/modules.php?name=News&amp;file=print&amp;sid=44">طباعة</a>'.encode(), "https://example.ly/"
    )
    (only,) = page_links(page, Where("https://example.ly/", "example.ly", 0), is_listing=False)
    assert only.url == "https://example.ly/modules.php?name=News&file=article&sid=44"


def test_pages_that_send_on_and_on_lead_deeper() -> None:
    body = b'<meta http-equiv="refresh" content="0;url=/b">'
    for hints, depth in (({}, 0), ({"refreshed": True}, 1)):
        task = Task("https://example.ly/a", "example.ly", "page", 0, body, {}, None, hints)  # type: ignore[arg-type]
        assert [each.depth for each in read_document(task).candidates] == [depth]


@pytest.mark.parametrize(
    ("url", "kind"),
    [("https://e.ly/category/محليات/", "listing"), ("https://e.ly/tag/x", "listing"), ("https://e.ly/محليات/page/3/", "listing"),
     ("https://e.ly/2023/05/30/خبر/", "article"), ("https://e.ly/story/4943459", "article"), ("https://e.ly/?p=123", "article"),
     ("https://e.ly/article5100.html", "article"), ("https://e.ly/spip.php?article51", "article"), ("https://e.ly/rubrique12.html", "listing"),
     ("https://e.ly/showthread.php?t=71", "article"), ("https://e.ly/forumdisplay.php?f=3", "listing"), ("https://e.ly/auteur4.html", "listing"),
     ("https://e.ly/?q=node/104", "article"), ("https://e.ly/?q=taxonomy/term/3", "listing"), ("https://e.ly/?id=61&page=report", "article"),
     ("https://e.ly/archives/211504", "article"), ("https://e.ly/archives/2018", "listing"), ("https://e.ly/archive/x", "listing"),
     ("https://e.ly/خبر-عن-شيء-ما-هنا", "article"), ("https://e.ly/رياضة", "page"), ("https://e.ly/calendar/2025/11", "page")])  # fmt: skip
def test_what_an_address_looks_like(url: str, kind: str) -> None:
    assert guess_kind(canonicalise(url)) == kind


@pytest.mark.parametrize(
    ("url", "endless"),
    [("https://e.ly/a/b/a/b/a", True), ("https://e.ly/" + "x/" * 20, True), ("https://e.ly/2023/05/30/a", False),
     ("https://e.ly/1/1/1/1", False), ("https://e.ly/a/b/c", False)])  # fmt: skip
def test_paths_that_repeat_themselves(url: str, endless: bool) -> None:
    assert is_endless(url) is endless


def test_a_shape_is_what_a_family_has_in_common() -> None:
    assert shape_of("e.ly/calendar/2025/11") == shape_of("e.ly/calendar/1999/2")
    assert shape_of("e.ly/خبر-أول") == shape_of("e.ly/خبر-ثان")
    assert shape_of("e.ly/search?a=1&b=2&c=3") == shape_of("e.ly/search?c=1&d=2&e=3&f=4")
    assert shape_of("e.ly/sport/1") != shape_of("e.ly/news/1")
    assert shape_of("e.ly/news.asp?id=1") == shape_of("e.ly/News.asp?id=2") != shape_of("e.ly/print.asp?id=1")
    assert shape_of("e.ly/first-story.php?id=1") == shape_of("e.ly/second-story.php?id=2")


def test_a_gzip_bomb_is_broken_off() -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    with pytest.raises(PayloadError, match="unpacks to more"):
        decode_payload(bomb, "gzip", 1_000_000)
    task = Task(
        "https://e.ly/",
        "e.ly",
        "page",
        1,
        gzip.compress(b"\x00" * 80_000_000),
        {"content-encoding": "gzip"},
        None,
        {},
    )  # type: ignore[arg-type]
    assert read_document(task).kind == "broken"


def test_payloads_that_lie_about_their_coding() -> None:
    assert decode_payload(b"<html>", "gzip") == b"<html>"
    assert decode_payload(zlib.compress(b"text"), "deflate") == b"text"
    assert decode_payload(zlib.compress(b"text")[2:-4], "deflate") == b"text"
    assert decode_payload(gzip.compress(b"a") + gzip.compress(b"b"), "gzip") == b"ab"
    with pytest.raises(PayloadError, match="breaks off"):
        decode_payload(gzip.compress(b"some text that goes on")[:-9], "gzip")
    with pytest.raises(PayloadError, match="not understood"):
        decode_payload(b"x", "br")
    with pytest.raises(PayloadError, match="not what"):
        decode_payload(b"\x1f\x8b\x08\x00garbage-here", "gzip")


def test_a_page_that_a_pager_led_to_is_a_listing_however_little_is_on_it() -> None:
    body = '<h1>أخبار</h1><a href="/a-story-of-the-harbour">خبر</a><div class="pager"><a href="/a/?page=3">3</a></div>'
    for hints, kind, paging in (({"pagination": True}, "listing", True), ({}, "other", None)):
        task = Task(
            "https://example.ly/a/?page=2", "example.ly", "listing", 1, body.encode(), {}, None, hints
        )  # type: ignore[arg-type]
        document = read_document(task)
        assert document.verdict is not None
        assert document.verdict.kind == kind
        found = next(each for each in document.candidates if each.url.endswith("page=3"))
        assert found.hints.get("pagination") is paging


def test_what_a_menu_names_is_told_once_but_by_what_is_no_story() -> None:
    text = (
        "<p>وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح وسط ترحيب الأهالي الذين انتظروها ثلاثة أيام.</p>"
        * 6
    )

    def links(path: str, own: str, text: str = text, **hints: bool) -> set[str]:
        body = f'<nav><a href="/told-once/">سياسة</a></nav><h1>وصول السفينة إلى الميناء</h1>{text}<a href="/{own}/">خبر</a>'
        task = Task(f"https://told.ly/{path}", "told.ly", "page", 1, body.encode(), {}, None, hints)  # type: ignore[arg-type]
        return {each.url for each in read_new(task).candidates}

    menu = "https://told.ly/told-once/"
    assert links("a", "x") == {menu, "https://told.ly/x/"}
    assert links("b", "y") == {"https://told.ly/y/"}
    assert links("c?page=2", "z", "", pagination=True) == {menu, "https://told.ly/z/"}
    assert links("d", "z", "") == {menu, "https://told.ly/z/"}


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/viewtopic.php?f=4&t=79", True),
        ("/viewtopic.php?p=3950#p3950", False),
        ("/viewtopic.php?f=4&t=79&start=15", False),
        ("/showthread.php?p=12", False),
    ],
)
def test_the_posts_of_a_thread_are_not_asked_for_one_by_one(address: str, followed: bool) -> None:
    """Each is the thread's own page again, or a page of answers."""
    task = Task(
        "https://forum.ly/viewforum.php?f=4",
        "forum.ly",
        "listing",
        1,
        f'<a href="{address}">خبر الميناء</a>'.encode(),
        {},
        None,
        {},
    )  # type: ignore[arg-type]
    assert bool(read_new(task).candidates) == followed


@pytest.mark.parametrize("lastmod", ["", "<lastmod>2023-05-{:02}</lastmod>"], ids=["undated", "dated"])
def test_a_sitemap_of_too_many_addresses_gives_the_newest(
    lastmod: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Undated it may have grown at either end; an address is added at the end here."""
    monkeypatch.setattr("spiders.sitemaps_and_feeds.MAX_ENTRIES", 8)
    entries = (f"<url><loc>https://example.ly/n/{n}</loc>{lastmod.format(n)}</url>" for n in range(1, 21))
    found = read_sitemap(f"<urlset>{''.join(entries)}</urlset>".encode(), WHERE)
    numbers = [int(each.url.rpartition("/")[2]) for each in found]
    assert numbers == (list(range(20, 12, -1)) if lastmod else [20, 19, 18, 17, 4, 3, 2, 1])
