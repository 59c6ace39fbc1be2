"""Parameters on every link that say nothing of what is shown, whatever they are called: one article stays one row, and
a crawl of them ends; what tells pages apart is never taken for one."""

import itertools
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, quote, urlencode

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import HTML, NOTHING, TEXT, Answer, serving

STORIES = 24
NUMBERED = "/story.php?id={}"


class Portal:
    """A front page, two sections, and stories that lead to others; a parameter is put on every link."""

    address = "/news/{}"
    canonical: Callable[[str, str], str] | None = None  # of a story's address and the one asked for
    dated = True
    stories = STORIES

    def __init__(self, name: str = "qsess") -> None:
        self.name = name
        self._count = itertools.count()

    def mark(self, here: str) -> str:
        """The parameter's value on a page."""
        return f"v{next(self._count):06x}"

    def link(self, path: str, here: str) -> str:
        sign = "&amp;" if "?" in path else "?"
        return f"{path}{sign}{urlencode({self.name: self.mark(here)})}"

    def path_of(self, number: int) -> str:
        return self.address.format(1000 + number)

    def answer(self, asked: str) -> Answer:
        path, _, query = asked.partition("?")
        own = [pair for pair in parse_qsl(query) if pair[0] != self.name]
        path += f"?{urlencode(own)}" if own else ""
        if path == "/":
            return self.listing(range(self.stories, self.stories - 8, -1), asked)
        for section in (0, 1):
            if path == f"/section/{section}":
                return self.listing(
                    [each for each in range(1, self.stories + 1) if each % 2 == section], asked
                )
        number = next((each for each in range(1, self.stories + 1) if self.path_of(each) == path), None)
        return self.story(number, asked) if number is not None else NOTHING

    def links(self, numbers: Sequence[int], asked: str) -> str:
        return "".join(
            f'<h3><a href="{self.link(self.path_of(each), asked)}">خبر الميناء الذي رقمه {each}</a></h3>'
            for each in numbers
        )

    def menu(self, asked: str) -> str:
        return "".join(
            f'<a href="{self.link(f"/section/{each}", asked)}">القسم {each}</a>' for each in (0, 1)
        )

    def listing(self, numbers: Sequence[int], asked: str) -> Answer:
        page = f"<title>الأخبار</title><nav>{self.menu(asked)}</nav>{self.links(numbers, asked)}"
        return 200, HTML, page.encode()

    def story(self, number: int, asked: str) -> Answer:
        own = self.canonical(self.path_of(number), asked) if self.canonical else None
        head = f'<link rel="canonical" href="{own}">' if own else ""
        day = f"<time>2024-05-{1 + number % 28:02}</time>" if self.dated else ""
        others = [1 + (number * step) % self.stories for step in (2, 3, 5)]
        return 200, HTML, f"""<html lang="ar"><head><title>خبر الميناء الذي رقمه {number}</title>{head}</head><body>
            <nav>{self.menu(asked)}</nav><article><h1>خبر الميناء الذي رقمه {number}</h1>{day}<p>{number}: {TEXT}</p>
            </article><aside>{self.links(others, asked)}</aside></body></html>""".encode()  # fmt: skip


class Chain(Portal):
    """Each link has the address of its page."""

    def mark(self, here: str) -> str:
        return here


def plain(path: str, asked: str) -> str:
    return path


def as_asked(path: str, asked: str) -> str:
    return quote(asked, safe="/?=&%")


def without_any(path: str, asked: str) -> str:
    return path.partition("?")[0]


def portal(kind: type[Portal] = Portal, **changes: object) -> Portal:
    made = kind("from" if kind is Chain else "qsess")
    for name, value in changes.items():
        setattr(made, name, value)
    return made


SITES = {
    "a session, good canonical": portal(canonical=plain),
    "a session, no canonical, no day": portal(dated=False),
    "a session beside a number": portal(address=NUMBERED),
    "a session, a canonical without the number": portal(address=NUMBERED, canonical=without_any),
    "a chain, each address its own canonical": portal(Chain, canonical=as_asked),
}


@pytest.mark.parametrize("site", SITES)
def test_what_is_on_every_link_and_says_nothing_is_no_part_of_an_address(desk: Desk, site: str) -> None:
    made = SITES[site]
    with serving(made.answer) as (url, asked):
        assert desk.crawl(url, "--max-pages", "300").code == 0
        # some sixty; more where reading is behind; 300 where nothing is learnt
        assert len(asked) < 8 * STORIES
        assert desk.column("SELECT count(*) FROM articles") == [STORIES]
        assert desk.column("SELECT idle_parameters FROM sites") == [f'["{made.name}"]']
        asked.clear()
        assert desk.crawl(url, "--max-pages", "300").code == 0
        assert len(asked) < 12, "known from the run before"
        made.stories += 5
        assert desk.crawl(url, "--max-pages", "300").code == 0
    assert desk.sql("SELECT count(*), count(DISTINCT title) FROM articles") == [(STORIES + 5, STORIES + 5)]
    assert desk.run("verify").code == 0


def test_a_session_of_each_visit_is_known_by_the_second(desk: Desk) -> None:
    class Visited(Portal):
        """Goes on with the session it is asked with; who comes without gets a new one."""

        def mark(self, here: str) -> str:
            return dict(parse_qsl(here.partition("?")[2])).get(self.name) or self.new

        def answer(self, asked: str) -> Answer:
            self.new = super().mark(asked)
            return super().answer(asked)

    with serving(Visited().answer) as (url, asked):
        desk.crawl(url)
        desk.crawl(url)
        asked.clear()
        assert desk.crawl(url).code == 0
        assert len(asked) < 12
    assert desk.column("SELECT count(*) FROM articles") == [STORIES]


def test_a_session_that_nothing_is_shown_without_is_kept(desk: Desk) -> None:
    class Needed(Portal):
        def answer(self, asked: str) -> Answer:
            return NOTHING if asked != "/" and self.name not in asked else super().answer(asked)

    with serving(Needed().answer) as (url, _):
        assert desk.crawl(url, "--max-pages", "250").code == 0
    assert desk.column("SELECT count(DISTINCT title) FROM articles") == [STORIES]
    assert desk.column("SELECT idle_parameters FROM sites") == [None]


class Bilingual(Portal):
    """All links keep the language; a third of the stories stand in one alone, the others say the same in both."""

    def mark(self, here: str) -> str:
        return "en" if "lang=en" in here else "ar"

    def listing(self, numbers: Sequence[int], asked: str) -> Answer:
        is_english = "lang=en" in asked
        shown = [each for each in numbers if each % 3 == 0 or (each % 3 == 1) == is_english]
        status, headers, body = super().listing(shown, asked)
        return status, headers, body + b'<a href="/?lang=en">English</a>'


class Numbered(Portal):
    """Every page is `index.php`, and each story was posted twice, under two numbers."""

    address = "/index.php?do=show&id={}"

    def link(self, path: str, here: str) -> str:
        return path.replace("&", "&amp;")

    def links(self, numbers: Sequence[int], asked: str) -> str:
        return super().links([each for number in numbers for each in (number, 5000 + number)], asked)

    def answer(self, asked: str) -> Answer:
        return super().answer(asked.replace("id=6", "id=1"))


@pytest.mark.parametrize("made", [Bilingual("lang"), Numbered()], ids=["languages", "numbers"])
def test_what_tells_pages_apart_is_part_of_an_address(desk: Desk, made: Portal) -> None:
    with serving(made.answer) as (url, _):
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(DISTINCT title) FROM articles") == [STORIES]
    assert desk.column("SELECT idle_parameters FROM sites") == [None]
