"""Families of addresses without end, or without anything of their own, and those that only look like one."""

import re
from datetime import date, timedelta
from urllib.parse import quote, unquote

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import HTML, NOTHING, TEXT, Answer, listing, serving


def story(number: int, more: str = "") -> Answer:
    return 200, HTML, f"""<html lang="ar"><head><title>خبر الميناء الذي رقمه {number}</title></head><body><article>
        <h1>خبر الميناء الذي رقمه {number}</h1><time>2024-05-{1 + number % 28:02}</time><p>{number}: {TEXT}</p></article>
        {more}</body></html>""".encode()  # fmt: skip


def test_a_family_of_other_forms_of_known_stories_is_left(desk: Desk) -> None:
    """Print views of their own address, with neither canonical link nor a name that tells."""
    stories = 150

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([f"/news/{1000 + each}" for each in range(stories)])
        found = re.fullmatch(r"/(news|sheet)/1(\d{3})(/text)?", path)
        if found is None or int(found[2]) >= stories:
            return NOTHING
        print_view = f'<a href="/sheet/1{found[2]}/text">نسخة للطباعة</a>'
        return story(int(found[2]), print_view if found[1] == "news" else "")

    with serving(answer) as (url, asked):
        assert desk.crawl(url).code == 0
        views = [path for path in asked if path.startswith("/sheet/")]
        assert 50 <= len(views) < 120, "those under way are still read"
        assert desk.column("SELECT count(*) FROM articles") == [stories]
        assert desk.column("SELECT count(*) FROM frontier WHERE outcome = 'trap'") == [stories - len(views)]
        stories += 5
        asked.clear()
        assert desk.crawl(url).code == 0
        assert sum(path.startswith("/sheet/") for path in asked) <= 10, "a few are sampled"
        assert desk.column("SELECT count(*) FROM articles") == [stories]


def test_the_scripts_of_a_portal_are_families_of_their_own(desk: Desk) -> None:
    """`card.asp?id=5` beside `news.asp?id=5`: the stories do not vouch for their cards, which repeat them."""
    stories = 150

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([f"/news.asp?id={1000 + each}" for each in range(stories)])
        found = re.fullmatch(r"/(news|card)\.asp\?id=1(\d{3})", path)
        if found is None or int(found[2]) >= stories:
            return NOTHING
        card = f'<a href="/card.asp?id=1{found[2]}">نسخة قصيرة</a>'
        return story(int(found[2]), card if found[1] == "news" else "")

    with serving(answer) as (url, asked):
        assert desk.crawl(url).code == 0
    assert 50 <= sum(path.startswith("/card.asp") for path in asked) < 120
    assert desk.column("SELECT count(*) FROM articles WHERE url LIKE '%/news.asp%'") == [stories]


def test_a_family_with_stories_of_its_own_among_other_forms_goes_on(desk: Desk) -> None:
    """Under the second folder stand the same stories, but for the last, which stands nowhere else."""
    stories = 70

    def answer(path: str) -> Answer:
        number = path.rpartition("/")[2]
        if path == "/":
            paths = [f"/news/{1000 + each}" for each in range(stories)]
            return listing(paths + [f"/local/{1000 + each}" for each in range(stories + 1)])
        return story(int(number) - 1000) if re.fullmatch(r"/(?:news|local)/1\d{3}", path) else NOTHING

    with serving(answer) as (url, _):
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [stories + 1]


def test_of_the_tags_that_a_sitemap_names_those_that_give_nothing_are_left(desk: Desk) -> None:
    """600 pages of tags list the stories of the sitemap once more; the hundredth that is asked for has one of its own. How
    many are asked for until it is noticed hangs on how far reading is behind."""

    def answer(path: str) -> Answer:
        if path == "/sitemap.xml":
            paths = [f"news/{1000 + each}" for each in range(12)] + [f"tags/harbour-{n}" for n in range(600)]
            urls = "".join(f"<url><loc>{url}{each}</loc></url>" for each in paths)
            return 200, {"Content-Type": "text/xml"}, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()  # fmt: skip
        if re.fullmatch(r"/news/1\d{3}", path):
            return story(int(path[-3:]))
        if path.startswith("/tags/harbour-"):
            number = int(path.rpartition("-")[2])
            return listing([f"/news/{1000 + each % 12}" for each in range(number, number + 3)] + ["/news/1099"] * (number == 500))  # fmt: skip
        return listing([]) if path == "/" else NOTHING

    with serving(answer) as (url, asked):
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [13]
    tags = sum(path.startswith("/tags/") for path in asked)
    assert 150 <= tags < 500
    assert desk.column("SELECT count(*) FROM frontier WHERE outcome = 'trap'") == [600 - tags]


@pytest.mark.parametrize("more", [False, True], ids=["as their pages", "with more than their pages"])
def test_feeds_of_tags_are_left_where_they_repeat_their_pages(desk: Desk, more: bool) -> None:
    def answer(path: str) -> Answer:
        found = re.fullmatch(r"/tag/harbour-(\d+)/(feed/)?", path)
        if path == "/":
            return listing([f"/tag/harbour-{each}/" for each in range(80)])
        if found is None:
            return story(int(path[-3:])) if re.fullmatch(r"/news/1\d{3}", path) else NOTHING
        number = int(found[1])
        paths = [f"/news/{1000 + number}"]
        if found[2] is None:
            status, headers, page = listing(paths)
            feed = b'<link rel="alternate" type="application/rss+xml" href="feed/">'
            return status, headers, page.replace(b"</head>", feed + b"</head>")
        paths += [f"/news/{1100 + number}"] * more
        items = "".join(f"<item><title>خبر</title><link>{url[:-1]}{each}</link></item>" for each in paths)
        return 200, {"Content-Type": "application/rss+xml"}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()  # fmt: skip

    with serving(answer) as (url, asked):
        assert desk.crawl(url).code == 0
    feeds = sum(path.startswith("/tag/") and path.endswith("/feed/") for path in asked)
    assert desk.column("SELECT count(*) FROM articles") == [80 + 80 * more]
    assert feeds == 80 if more else 30 <= feeds < 60, "those under way are still read"


def days(path: str) -> tuple[date, str] | None:
    """The day that an address is of, and the links to those around it."""
    found = re.fullmatch(r"/days/(\d{4})/(\d\d)/(\d\d)", path)
    if found is None:
        return None
    day = date(*map(int, found.groups()))
    around = (day + timedelta(step) for step in (-1, 1))
    return day, " ".join(f'<a href="/days/{each:%Y/%m/%d}">{each.day}</a>' for each in around)


def test_an_endless_calendar_with_a_false_story_is_left(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path == "/":
            return listing(
                [f"/news/{1000 + each}" for each in range(8)], '<a href="/days/2024/05/17">الأرشيف</a>'
            )
        if re.fullmatch(r"/news/100\d", path):
            return story(int(path[-1]))
        if (found := days(path)) is None:
            return NOTHING
        if found[0] == date(2024, 5, 17):
            return story(500, found[1])
        text = f"<title>الأرشيف</title><h1>أرشيف يوم {found[0]}</h1><p>لا أخبار في هذا اليوم</p>{found[1]}"
        return 200, HTML, text.encode()

    with serving(answer) as (url, asked):
        for _ in range(2):
            asked.clear()
            assert desk.crawl(url, "--max-pages", "600").code == 0
            assert len(asked) < 250
    assert desk.column("SELECT count(*) FROM articles") == [9]


def test_an_archive_of_days_with_stories_goes_on(desk: Desk) -> None:
    """Of each fourth day there is a story that stands nowhere else, a year back."""
    last = date(2024, 5, 17)

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([], '<a href="/days/2024/05/17">الأرشيف</a>')
        if re.fullmatch(r"/news/1\d{3}", path):
            return story(int(path[-3:]))
        if (found := days(path)) is None:
            return NOTHING
        back = (last - found[0]).days
        return listing([f"/news/{1000 + back}"] if 0 <= back < 365 and back % 4 == 0 else [], found[1])

    with serving(answer) as (url, _):
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [92]


SECTIONS = {"سياسة": ["أخبار-البلديات", "شؤون-عربية-ودولية-وعالمية"], "رياضة": ["كرة-القدم", "ألعاب-القوى"]}


def test_whether_a_second_segment_is_a_story_or_a_section_is_told_by_its_page(desk: Desk) -> None:
    """`/section/headline` beside `/section/sub-section`, of so many words both."""
    places = [(section, below) for section, names in SECTIONS.items() for below in names]

    def answer(path: str) -> Answer:
        parts = unquote(path).strip("/").split("/")
        if path == "/":
            return listing([quote(f"/{section}") for section in SECTIONS])
        if len(parts) == 1 and parts[0] in SECTIONS:
            links = "".join(
                f'<a href="{quote(f"/{parts[0]}/{each}")}">{each}</a>' for each in SECTIONS[parts[0]]
            )
            return 200, HTML, f"<title>{parts[0]}</title><h1>{parts[0]}</h1>{links}".encode()
        if tuple(parts) in places:
            start = places.index((parts[0], parts[1])) * 10
            return listing(
                [quote(f"/{parts[0]}/خبر-الميناء-{'قرب ' * 3}-{start + each}") for each in range(10)]
            )
        found = re.search(r"-(\d+)$", parts[-1])
        return story(int(found[1])) if found and parts[0] in SECTIONS else NOTHING

    with serving(answer) as (url, _):
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [10 * len(places)]
    listings = desk.column("SELECT url FROM frontier WHERE outcome = 'listing'")
    assert {tuple(unquote(url).split("/")[3:]) for url in listings} >= set(places)
