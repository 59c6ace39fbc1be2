"""What an outage, an odd address, a long chain or a strip of clips might lose, and does not."""

from collections.abc import Mapping

from tests.crawl.conftest import Desk
from tests.crawl.paper import PARAGRAPH, Paper

Answer = tuple[int, dict[str, str], bytes]
CLIP = '<html lang="ar"><head><title>{0}</title></head><body><h1>{0}</h1><video src="/v.mp4"></video></body></html>'


class Failing(Paper):
    """A paper that answers with an error as long as `down` says so of a path."""

    def __init__(self) -> None:
        super().__init__()
        self.down: set[str] = set()
        self.answers_left = 10_000

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.answers_left -= 1
        failing = path in self.down or (self.answers_left < 0 and path != "/robots.txt")
        return (503, {}, b"no database") if failing else super().answer(path, headers)


def titled(paper: Paper, path: str, number: int) -> None:
    paper.story(
        path, f"خبر الميناء رقم {number}", PARAGRAPH.format(f"{number}:"), PARAGRAPH.format(f"ثم {number}:")
    )


def filled(paper: Paper, count: int) -> list[str]:
    """The paths of so many stories, all on the front page."""
    names = [f"/story-of-the-harbour-{number}" for number in range(count)]
    paper.front(*names)
    for number, name in enumerate(names):
        titled(paper, name, number)
    return names


def count(desk: Desk) -> int:
    return int(desk.column("SELECT count(*) FROM articles")[0])


def test_an_outage_ends_the_crawl_with_a_word_and_the_next_one_goes_on(desk: Desk) -> None:
    with Failing() as paper:
        filled(paper, 40)
        paper.answers_left = 30
        first = desk.crawl(paper.url)
        assert first.code == 1
        (site,) = first.summary["sites"].values()
        assert "tries in a row failed" in site["error"]
        assert site["pending"] > 0
        before, asked = count(desk), len(paper.asked)
        assert 0 < before < 40
        assert asked < 30 + 40, "a site that is down is left alone"
        paper.answers_left = 10_000
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 40


def test_an_address_that_failed_is_tried_again_by_the_next_run_and_what_was_refused_is_not(
    desk: Desk,
) -> None:
    with Failing() as paper:
        names = [f"/story-of-the-harbour-{number}" for number in range(8)]
        paper.front(*names)
        for number, name in enumerate(names[:7]):
            titled(paper, name, number)
        paper.pages[names[7]] = (403, {}, b"no")
        paper.down = {names[3]}
        first = desk.crawl(paper.url)
        assert (first.code, count(desk)) == (0, 6)
        assert [site["pending"] for site in first.summary["sites"].values()] == [2], "both are left"
        paper.down, paper.asked = set(), []
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 7
        assert names[7] not in paper.paths()


def test_many_failures_here_and_there_are_no_success(desk: Desk) -> None:
    with Failing() as paper:
        names = filled(paper, 36)
        paper.down = set(names[::3])
        ran = desk.crawl(paper.url)
        assert ran.code == 1
        (site,) = ran.summary["sites"].values()
        assert site["error"] == "12 addresses could not be had; the next run tries them again"


def test_of_what_was_refused_it_is_told_that_it_waits_a_day(desk: Desk) -> None:
    with Failing() as paper:
        names = filled(paper, 36)
        for name in names[:10]:
            paper.pages[name] = (403, {}, b"no")
        paper.down = set(names[10:12])
        (site,) = desk.crawl(paper.url).summary["sites"].values()
        assert (site["pending"], site["refused"]) == (12, 10)
        assert site["error"] == (
            "12 addresses could not be had; the next run tries them again, those that were refused (10) after a day"
        )
        paper.down, paper.asked = set(), []
        (site,) = desk.crawl(paper.url).summary["sites"].values()
        assert set(names[:12]) & set(paper.paths()) == set(names[10:12])


def test_a_page_that_led_to_stories_is_asked_for_again_whatever_its_address(desk: Desk) -> None:
    with Paper() as paper:
        section = "/show.aspx?cid=3"
        stories = [f"/story-of-the-harbour-{number}" for number in range(3)]
        links = "".join(f'<h2><a href="{path}">عنوان الخبر الذي على {path}</a></h2>' for path in stories)
        paper.front(more=f'<a href="{section}">محليات</a>')
        paper.pages[section] = (200, {}, f"<html><body><b>محليات</b>{links}</body></html>".encode())
        for number, name in enumerate(stories):
            titled(paper, name, number)
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 3
        titled(paper, "/story-of-the-harbour-9", 9)
        more = f'<h2><a href="/story-of-the-harbour-9">خبر جديد من أخبار الميناء اليوم</a></h2>{links}'
        paper.pages[section] = (200, {}, f"<html><body><b>محليات</b>{more}</body></html>".encode())
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 4


def named_on(paper: Paper, path: str, numbers: range) -> None:
    """A plain page with links of a few words, of no address or class that tells what it is."""
    links = "".join(f'<li><a href="/w/{number}.HTM">خبر الميناء رقم {number}</a></li>' for number in numbers)
    paper.pages[path] = (200, {}, f"<html><body><ul>{links}</ul></body></html>".encode())
    for number in numbers:
        titled(paper, f"/w/{number}.HTM", number)


def test_sections_that_a_frame_names_are_asked_for_again(desk: Desk) -> None:
    with Paper() as paper:
        frames = "<frameset><frame src='/main.htm'><frame src='/menu.htm'></frameset>"
        paper.pages["/"] = (200, {}, f"<html>{frames}</html>".encode())
        paper.pages["/menu.htm"] = (
            200,
            {},
            '<html><body><a href="/sports.htm">رياضة</a></body></html>'.encode(),
        )
        named_on(paper, "/main.htm", range(2))
        named_on(paper, "/sports.htm", range(10, 14))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 6
        named_on(paper, "/sports.htm", range(10, 16))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 8


def test_a_page_that_led_to_stories_before_they_were_known_as_such_is_a_section(desk: Desk) -> None:
    with Paper() as paper:
        paper.front(more='<a href="/sports.htm">رياضة</a>')
        named_on(paper, "/sports.htm", range(4))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 4
        named_on(paper, "/sports.htm", range(6))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 6


def test_a_month_that_was_empty_is_asked_for_once_the_front_page_names_it(desk: Desk) -> None:
    with Paper() as paper:
        months = '<a href="/calendar/{}">الأرشيف</a>'
        paper.front(more=months.format("04"))
        named_on(paper, "/calendar/04", range(3))
        status, headers, body = paper.pages["/calendar/04"]
        following = '<a href="/calendar/05">الشهر التالي</a></body>'.encode()
        paper.pages["/calendar/04"] = (status, headers, body.replace(b"</body>", following))
        named_on(paper, "/calendar/05", range(0))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 3
        paper.front(more=months.format("05"))
        named_on(paper, "/calendar/05", range(20, 24))
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 7


def test_a_chain_of_stories_is_followed_to_its_end(desk: Desk) -> None:
    with Paper() as paper:
        paper.front("/story-of-the-harbour-25")
        for number in range(26):
            titled(paper, f"/story-of-the-harbour-{number}", number)
            status, headers, body = paper.pages[f"/story-of-the-harbour-{number}"]
            before = (
                f'<a rel="prev" href="/story-of-the-harbour-{number - 1}">الخبر السابق من أخبار الميناء</a>'
            )
            paper.pages[f"/story-of-the-harbour-{number}"] = (
                status, headers, body.replace(b"</article>", b"</article>" + before.encode() if number else b"</article>"))  # fmt: skip
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 26


def test_clips_without_a_text_hide_no_stories_of_the_same_shape(desk: Desk) -> None:
    with Paper() as paper:
        names = [f"/news/{number}" for number in range(1000, 1045)]
        paper.front(*names)
        for number, name in enumerate(names):
            if number < 40:
                paper.pages[name] = (200, {}, CLIP.format(f"مقطع رقم {number} من الميناء").encode())
            else:
                titled(paper, name, number)
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 5


def test_a_page_where_a_sitemap_was_asked_for_is_no_article(desk: Desk) -> None:
    class Gate(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            return super().answer("/gate" if path != "/robots.txt" else path, headers)

    with Gate() as paper:
        titled(paper, "/gate", 1)
        ran = desk.crawl(paper.url)
        assert ran.code == 1
        assert count(desk) == 0
        assert "no article was found" in ran.err or "no article was found" in ran.out


def test_a_site_out_of_order_that_says_so_with_status_200_is_an_outage(desk: Desk) -> None:
    notice = (
        "<html><head><title>خطأ</title></head><body><h1>خطأ في الاتصال بقاعدة البيانات</h1></body></html>"
    )

    class Broken(Failing):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            status, more, body = super().answer(path, headers)
            return (
                (200, {"Content-Type": "text/html; charset=utf-8"}, notice.encode())
                if status == 503
                else (status, more, body)
            )

    with Broken() as paper:
        names = filled(paper, 24)
        paper.down = set(names[::2])
        assert desk.crawl(paper.url).code == 1
        assert desk.column("SELECT DISTINCT outcome FROM fetches WHERE url LIKE ?", f"%{names[0]}") == [
            "http_error"
        ]
        paper.down = set()
        assert desk.crawl(paper.url).code == 0
        assert count(desk) == 24
