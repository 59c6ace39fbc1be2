"""A reading as a whole: what it leaves behind it."""

import gc
import weakref

from archiver.article import TRACED
from archiver.extract import extract_article, read_page
from archiver.page import Page
from tests.extract.pages import URL, story
from tests.fixture_pages import fixtures, reading

MARKS = '<ul class="breadcrumb"><li><a href="/">الرئيسية</a></li></ul><div class="related"><a href="/1">خبر</a></div>'


def test_a_page_is_let_go_when_it_is_read() -> None:
    gc.disable()
    try:
        page = Page(story(before=MARKS, after=MARKS), URL)
        gone = weakref.ref(page)
        read_page(page)
        del page
        assert gone() is None, "a cycle holds the page: its tree would stay until the collector comes"
    finally:
        gc.enable()


def test_the_collector_is_as_it_was() -> None:
    extract_article(story(), URL)
    assert gc.isenabled()
    gc.disable()
    try:
        extract_article(story(), URL)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_fields_tell_where_they_are_from_in_one_order() -> None:
    """Rows keep no order of them: what an article's digest is of is put together in this one."""
    told = [list(reading(each).article.provenance) for each in fixtures()]
    assert [sorted(each, key=TRACED.index) for each in told] == told
    assert {field for each in told for field in each} == set(TRACED)
