"""What is new goes before what has waited long; what names it is looked at wherever it stands, and again."""

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


def test_a_sitemap_on_another_host_that_robots_names_is_read_and_nothing_else_there(desk: Desk) -> None:
    with Paper() as paper, Paper() as store:
        paper.front("/n/1001")
        for number in range(1001, 1006):
            paper.story(f"/n/{number}", f"حكاية المرفأ رقم {number}")
        paper.pages["/robots.txt"] = (
            200,
            {"Content-Type": "text/plain"},
            f"Sitemap: {store.url}index.xml".encode(),
        )
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        store.xml(
            "/index.xml",
            f"<sitemapindex {space}><sitemap><loc>{store.url}posts.xml</loc></sitemap></sitemapindex>",
        )
        named = [f"{paper.url}n/{number}" for number in range(1002, 1006)] + [f"{store.url}n/9"]
        urls = "".join(f"<url><loc>{url}</loc></url>" for url in named)
        store.xml("/posts.xml", f"<urlset {space}>{urls}</urlset>")
        assert desk.crawl(paper.url).code == 0
        assert found(desk) == [1001, 1002, 1003, 1004, 1005]
        assert set(store.paths()) == {"/robots.txt", "/index.xml", "/posts.xml"}


def test_the_next_page_that_only_the_head_of_a_section_names(desk: Desk) -> None:
    with Paper() as paper:
        paper.front(more='<a href="/اقتصاد">اقتصاد</a>')
        for page in (1, 2, 3):
            links = ""
            for number in range(page * 10, page * 10 + 4):
                paper.story(f"/{1000 + number}", f"حكاية المرفأ رقم {number}")
                links += f'<div><a href="/{1000 + number}">حكاية المرفأ رقم {number} وما تلاها</a></div>'
            path = "/%D8%A7%D9%82%D8%AA%D8%B5%D8%A7%D8%AF" + (f"/page/{page}" if page > 1 else "")
            following = f'<link rel="next" href="/اقتصاد/page/{page + 1}">' if page < 3 else ""
            paper.pages[path] = (
                200,
                {},
                f"<html><head>{following}</head><body><h1>اقتصاد</h1>{links}</body></html>".encode(),
            )
        assert desk.crawl(paper.url).code == 0
        assert len(found(desk)) == 12
