"""A site whose address names its Arabic part: what is beside it is not asked for."""

import pytest

from archiver.part import part_of
from tests.crawl.conftest import Desk
from tests.crawl.small_site import NOTHING, Answer, listing, serving, story

ARABIC = [f"/arabic/articles/story-{number}/" for number in range(4001, 4006)]
ENGLISH = [f"/news/world/story-{number}/" for number in range(5001, 5006)]


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("https://www.example.com/arabic", "/arabic/"),
        ("https://www.example.com/ar/الرئيسية/s-9106", "/ar/"),
        ("https://www.example.com/ar-AE", "/ar-ae/"),
        ("https://www.example.com/language/arabic/ar", "/language/arabic/ar/"),
        ("https://example.ly/", None),
        ("https://example.ly/sport", None),
        ("https://example.ly/arabic-news", None),
        ("https://ar.example.com/news", None),
    ],
)
def test_an_address_names_a_part_by_its_language(url: str, part: str | None) -> None:
    assert part_of(url) == part


def mixed(path: str, stories: list[str]) -> Answer:
    """Each language's front page links to the other's; the sitemap names the stories of both."""
    if path in ("/", "/arabic"):
        other = "/arabic" if path == "/" else "/"
        return listing([*(ENGLISH if path == "/" else stories), other])
    if path in (*stories, *ENGLISH):
        return story(path.strip("/").replace("/", "-"))
    if path == "/sitemap.xml":
        urls = "".join(f"<url><loc>http://HOST{path}</loc></url>" for path in (*stories, *ENGLISH))
        return 200, {"Content-Type": "text/xml"}, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()  # fmt: skip
    return NOTHING


def of_host(answer: Answer, site: str) -> Answer:
    status, headers, body = answer
    return status, headers, body.replace(b"HOST", site.split("/")[2].encode())


def test_the_part_and_no_more(desk: Desk) -> None:
    at = list[str]()
    with serving(lambda path: of_host(mixed(path, ARABIC), at[0])) as (site, asked):
        at.append(site)
        for _ in range(2):
            assert desk.crawl(f"{site}arabic").code == 0
            assert desk.column("SELECT count(*) FROM articles") == [5]
            assert not set(asked) & {"/", *ENGLISH}
        desk.crawl(site)  # the whole site, as it is asked for now
    assert desk.column("SELECT count(*) FROM articles") == [10]


def test_a_part_whose_stories_are_kept_elsewhere(desk: Desk) -> None:
    """The front page of the part names them, and later crawls find most articles there."""
    elsewhere, at = [f"/content/story-{number}/" for number in range(6001, 6006)], list[str]()
    with serving(lambda path: of_host(mixed(path, elsewhere), at[0])) as (site, _):
        at.append(site)
        assert desk.crawl(f"{site}arabic").code == 0
        assert desk.column("SELECT count(*) FROM articles WHERE url LIKE '%/content/%'") == [5]
        elsewhere.append("/content/story-6006/")
        desk.crawl(f"{site}arabic")
    assert desk.column("SELECT count(*) FROM articles WHERE url LIKE '%/content/%'") == [6]
