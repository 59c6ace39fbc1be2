"""What is new goes before what has waited long; what was empty is looked at again."""

from tests.crawl.conftest import Desk
from tests.crawl.paper import Paper

OLD = range(1001, 1061)


def sitemap(paper: Paper, *numbers: int) -> None:
    urls = "".join(f"<url><loc>{paper.url}n/{number}</loc></url>" for number in numbers)
    paper.xml("/sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')


def found(desk: Desk) -> list[int]:
    return sorted(int(url.rpartition("/")[2]) for url in desk.column("SELECT url FROM articles"))


def test_news_goes_before_a_backlog_and_the_newest_of_a_sitemap_first(desk: Desk) -> None:
    with Paper() as paper:
        for number in OLD:
            paper.story(f"/n/{number}", f"حكاية المرفأ رقم {number}")
        paper.front("/n/1060", "/n/1059")
        sitemap(paper, *OLD)
        assert desk.crawl(paper.url, "--limit", "10", "--concurrency", "1").code == 0
        assert found(desk) == list(range(1051, 1061))
        for number in (1061, 1062, 1063):
            paper.story(f"/n/{number}", f"حكاية المرفأ رقم {number}")
        paper.front("/n/1063")
        sitemap(paper, *OLD, 1061, 1062, 1063)
        assert desk.crawl("--all", "--limit", "10", "--concurrency", "1").code == 0
        assert {1061, 1062, 1063} <= set(found(desk))
        assert len(found(desk)) == 20


def test_a_section_that_was_empty_at_first_is_asked_again(desk: Desk) -> None:
    with Paper() as paper:
        empty = (200, {}, "<html><body><h1>رأي</h1><p>لا مقالات بعد.</p></body></html>".encode())
        paper.front("/n/1001", more='<a href="/opinion">رأي</a>')
        paper.story("/n/1001", "حكاية المرفأ الأولى")
        paper.pages["/opinion"] = empty
        assert desk.crawl(paper.url).code == 0
        assert found(desk) == [1001]
        for number in (1002, 1003, 1004):
            paper.story(f"/n/{number}", f"حكاية المرفأ رقم {number}")
        links = "".join(
            f'<h2><a href="/n/{number}">حكاية المرفأ رقم {number} من الرأي</a></h2>'
            for number in (1002, 1003, 1004)
        )
        paper.pages["/opinion"] = (200, {}, f"<html><body><h1>رأي</h1>{links}</body></html>".encode())
        assert desk.crawl("--all").code == 0
        assert found(desk) == [1001, 1002, 1003, 1004]
