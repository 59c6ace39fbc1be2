"""One article is one row: what is the same address, and what is not."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import AddressError
from archiver.urls import (
    at_twin,
    canonicalise,
    identity,
    in_site,
    is_twin_form,
    name_one_page,
    other_forms,
    plain_form,
    readable,
    site_of,
    start_address,
    unquoted,
)

PORTAL = "https://example.ly/modules.php?"
JOOMLA = "https://example.ly/index.php?option=com_content&view="
SAME = [
    ("http://example.ly/خبر/", "https://www.example.ly/%d8%ae%d8%a8%d8%b1"),
    ("https://example.ly/a?utm_source=x&id=7&fbclid=abc", "https://example.ly/a?id=7"),
    ("https://example.ly/a?b=2&a=1", "https://example.ly/a?a=1&b=2"),
    ("https://example.ly/a/amp/", "https://example.ly/a"),
    ("https://example.ly/amp/a", "https://example.ly/a"),
    ("https://example.ly/a?outputType=amp", "https://example.ly/a"),
    ("https://example.ly/a?print=1", "https://example.ly/a"),
    ("https://example.ly/2026/11/29/print/01.htm", "https://example.ly/2026/11/29/01.htm"),
    ("https://example.ly/show.php?id=7&op=print", "https://example.ly/show.php?id=7"),
    ("https://example.ly/a?id=7&ref=related&pos=2", "https://example.ly/a?id=7"),
    ("https://example.ly/a?tmpl=component&print=1", "https://example.ly/a"),
    ("https://m.example.ly/a", "https://example.ly/a"),
    ("https://example.ly:443/a#comments", "http://example.ly:80/a"),
    ("https://example.ly/x/../a/index.html", "https://example.ly/a"),
    ("https://example.ly/a?PHPSESSID=0123456789abcdef0123", "https://example.ly/a"),
    ("https://example.ly/a;jsessionid=8F2E?id=1", "https://example.ly/a?id=1"),
    ("https://example.ly/(S(lit3py55t21z5v55vlm25s55))/a.aspx?id=1", "https://example.ly/a.aspx?id=1"),
    ("https://example.ly/(X(1)S(lit3py55))/a.aspx?id=1", "https://example.ly/(S(z5v55vlm25))/a.aspx?id=1"),
    ("https://موقع.ليبيا/a", "https://xn--4gbrim.xn--mgbb7fyab/a"),
    ("https://example.ly/a?tierand=1", "https://example.ly/a"),
    ("https://example.ly/viewtopic.php?t=7&start=0", "https://example.ly/viewtopic.php?t=7"),
    (
        "https://example.ly/liveblog/2026/9/18/harbour?update=9802163",
        "https://example.ly/liveblog/2026/9/18/harbour",
    ),
    ("https://example.ly/news?limitstart=0", "https://example.ly/news"),
    (
        PORTAL + "name=News&file=article&sid=44&mode=thread&order=0&thold=-1",
        PORTAL + "name=News&file=article&sid=44",
    ),
    (PORTAL + "name=News&file=print&sid=44", PORTAL + "name=News&file=article&sid=44"),
    (
        "https://example.ly/index.php?view=article&id=7:harbour&tmpl=component&print=1&layout=default&page=",
        "https://example.ly/index.php?view=article&id=7:harbour",
    ),
    ("https://example.ly/news/173-harbour?m=0", "https://example.ly/news/173-harbour"),
    (JOOMLA + "article&id=44:harbour&catid=3:news&Itemid=5", JOOMLA + "article&id=44"),
    (
        JOOMLA + "article&id=44%3Aharbour&Itemid=1&tmpl=component&print=1&layout=default&page=",
        JOOMLA + "article&id=44:x",
    ),
    (
        "https://example.ly/?option=com_k2&view=item&id=44:harbour&Itemid=5",
        "https://example.ly/?option=com_k2&view=item&id=44",
    ),
]
DIFFERENT = [
    ("https://example.ly/viewtopic.php?t=7&start=10", "https://example.ly/viewtopic.php?t=7"),
    ("https://example.ly/?p=1", "https://example.ly/?p=2"),
    ("https://example.ly/?ref=1204", "https://example.ly/?ref=1205"),
    ("https://example.ly/print/7", "https://example.ly/print/8"),
    ("https://example.ly/show.php?op=show&id=7", "https://example.ly/show.php?op=list&id=7"),
    ("https://example.ly/%C7%E1", "https://example.ly/%C8%E1"),  # windows-1256 slugs
    (
        "https://example.ly/list.asp?cat=%E3%CD%E1%ED%C7%CA",
        "https://example.ly/list.asp?cat=%C7%DE%CA%D5%C7%CF",
    ),  # in queries
    ("https://example.ly/?m=202401", "https://example.ly/"),
    ("https://example.ly/modules.php?sid=1204", "https://example.ly/modules.php?sid=1205"),
    ("https://example.ly/a/page/2", "https://example.ly/a"),
    ("https://example.ly/camp", "https://example.ly/c"),
    ("https://example.ly/a%3Fb", "https://example.ly/a?b"),
    ("https://amp.ly/a", "https://ly/a.html"),
    ("https://example.ly/b/(f(x))/a", "https://example.ly/b/(g)/a"),
    (PORTAL + "name=News&file=article&sid=44", PORTAL + "name=News&file=article&sid=45"),
    (JOOMLA + "article&id=44:harbour&Itemid=5", JOOMLA + "article&id=45:harbour&Itemid=5"),
    (JOOMLA + "category&id=44&Itemid=5", JOOMLA + "category&id=44&Itemid=6"),
    (
        "https://example.ly/?option=com_forum&view=article&id=44:a",
        "https://example.ly/?option=com_forum&view=article&id=44:b",
    ),
    (PORTAL + "name=Downloads&order=0", PORTAL + "name=Downloads&order=1"),
    (
        "https://example.ly/index.php?view=category&layout=default",
        "https://example.ly/index.php?view=category",
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_twins_share_one_identity(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_canonical_address_is_ascii_and_reads_back() -> None:
    address = canonicalise("HTTP://WWW.Example.LY:80/اخبار/ليبيا/?utm_medium=x&n=خبر#top")
    assert (
        address
        == "http://www.example.ly/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/%D9%84%D9%8A%D8%A8%D9%8A%D8%A7/?n=%D8%AE%D8%A8%D8%B1"
    )
    assert readable(address) == "http://www.example.ly/اخبار/ليبيا/?n=خبر"


@given(st.text(alphabet="abc/.?=&%2d8Aخبر ;", max_size=40))
def test_canonicalising_twice_changes_nothing(tail: str) -> None:
    once = canonicalise(f"https://example.ly/{tail}")
    assert canonicalise(once) == once
    assert identity(once) == identity(f"https://example.ly/{tail}")


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "mailto:a@b.ly",
        "javascript:void(0)",
        "https://",
        "http://[::1",
        "ftp://example.ly",
        "https://example.ly:port/",
        "https://example.ly/" + "x" * 3000,
    ],
)
def test_what_is_no_address_is_refused_by_name(bad: str) -> None:
    with pytest.raises(AddressError) as refused:
        canonicalise(bad)
    assert bad[:100] in str(refused.value)


def test_amp_print_and_mobile_forms_are_known() -> None:
    assert is_twin_form("https://m.example.ly/a")
    assert is_twin_form("https://example.ly/a/amp/")
    assert is_twin_form("https://example.ly/a?print=1")
    assert is_twin_form(PORTAL + "name=News&file=print&sid=44")
    assert not is_twin_form(PORTAL + "name=News&file=article&sid=44")
    assert is_twin_form("https://example.ly/old/print.php?aid=44")
    assert not is_twin_form("https://www.example.ly/a?id=1")


@pytest.mark.parametrize(
    ("view", "plain"),
    [
        ("/a/b/amp/", "/a/b/"), ("/a/amp", "/a"), ("/a?print=1", "/a"), ("/a?id=4&print=1&b=2", "/a?id=4&b=2"),
        ("/a?amp", "/a"), ("/a?outputType=amp&id=3", "/a?id=3"), ("/a/amp?id=3", "/a?id=3"),
        ("/amp/", "/amp/"), ("/camp/", "/camp/"), ("/a?printer=hp", "/a?printer=hp"), ("/a?q=/amp&x=1", "/a?q=/amp&x=1"),
    ],
)  # fmt: skip
def test_a_print_or_amp_view_is_asked_for_as_the_page_itself(view: str, plain: str) -> None:
    assert plain_form(f"https://example.ly{view}") == f"https://example.ly{plain}"
    assert identity(f"https://example.ly{view}") == identity(f"https://example.ly{plain}")


@pytest.mark.parametrize("view", ["file=print&sid=44", "file=article&sid=44&mode=nested&order=0&thold=0"])
def test_a_portal_has_one_address_for_a_story(view: str) -> None:
    assert plain_form(f"{PORTAL}name=News&{view}") == f"{PORTAL}name=News&file=article&sid=44"
    other = f"{PORTAL}name=Downloads&mode=new"
    assert plain_form(other) == other


def test_a_site_is_its_host_and_what_is_below() -> None:
    assert site_of("https://www.example.ly/x") == "example.ly"
    assert site_of("http://127.0.0.1:8080/x") == "127.0.0.1:8080"
    assert site_of("https://m.example.ly/x") == "m.example.ly"
    assert in_site("https://sport.example.ly/x", "example.ly")
    assert not in_site("https://notexample.ly/x", "example.ly")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("example.ly/sport/1204-خبر", "example.ly/news/1204-story", True),
        ("example.ly/news.php?id=77001", "example.ly/print.php?id=77001", True),
        ("example.ly/news/1204", "example.ly/news/1205", False),
        ("example.ly/100/5001", "example.ly/100/5002", False),
        ("example.ly/2024/05/01/افتتاح-الميناء", "example.ly/sport/افتتاح-الميناء.html", True),
        ("example.ly/20240501/harbour", "example.ly/20240501/مرفأ", None),
        ("127.0.0.1:8080/harbour", "127.0.0.1:8080/مرفأ", None),
        ("example.ly/news/a", "example.ly/sport/a", None),
        ("example.ly/news/1204?q=a98765", "example.ly/news/1204?q=b12345", True),
        ("example.ly/news/1204?q=a98765", "example.ly/news/1204", True),
        ("example.ly/1204/show?id=10501", "example.ly/1204/show?id=10502", False),
    ],
)
def test_addresses_tell_by_number_or_slug_whether_they_are_one_page(
    one: str, other: str, told: bool | None
) -> None:
    assert name_one_page(one, other) is told
    assert name_one_page(other, one) is told


def test_a_person_may_leave_out_the_scheme() -> None:
    assert start_address("example.ly") == "https://example.ly/"
    assert start_address("http://127.0.0.1:80/") == "http://127.0.0.1/"
    with pytest.raises(AddressError, match=r"https://example\.ly"):
        start_address("examplely")


PIECES = ["%D8%A7", "%D9", "%", "%zz", "%3D", "=", "=41", "%0D%0A", "\n", "\t ", "%20", "%FF", "/a", "خ", "."]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_percents_are_decoded_as_the_library_does(text: str) -> None:
    assert unquoted(text) == unquote(text)


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("example.ly", ["http://example.ly/", "https://www.example.ly/", "http://www.example.ly/"]),
        ("https://www.example.ly/sport", ["https://example.ly/sport"]),
        ("http://example.ly:8080/", ["http://www.example.ly:8080/"]),
        ("http://127.0.0.1:8080/", []),
        ("localhost", ["http://localhost/"]),
    ],
)
def test_what_may_be_meant_by_an_address_that_leads_nowhere(typed: str, forms: list[str]) -> None:
    assert other_forms(typed) == forms


@pytest.mark.parametrize(
    ("url", "host", "instead"),
    [
        ("http://www.x.ly/a?b=1", "x.ly", "http://x.ly/a?b=1"),
        ("http://x.ly/a", "www.x.ly", "http://www.x.ly/a"),
        ("http://x.ly/a", "x.ly", None),
        ("http://other.ly/a", "x.ly", None),
        ("http://www.x.ly:8080/a", "x.ly", None),
    ],
)
def test_an_address_at_the_host_that_answers(url: str, host: str, instead: str | None) -> None:
    assert at_twin(url, host) == instead


@pytest.mark.parametrize("typed", ["http://exa mple.com", "exa mple.com", "nosite"])
def test_a_host_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(AddressError, match="no such host can be"):
        start_address(typed)
