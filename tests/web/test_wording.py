"""What the reading room says in Arabic and in English."""

import re
import string
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archiver.errors import QueryError
from archiver.health import Code
from archiver.search.query import parse
from archiver.web import app as web
from archiver.web.app import create_app
from archiver.web.wording import LANGUAGES, Words, labels
from tests.web.conftest import Room, text_of

WEB = Path(web.__file__).parent


def test_every_code_of_health_has_a_label() -> None:
    assert {f"health_{code}" for code in Code} <= set(labels())


def test_the_language_is_arabic_until_another_is_chosen_and_then_kept(room: Room) -> None:
    with TestClient(create_app(room.desk.archive), base_url="http://localhost") as client:
        assert '<html lang="ar" dir="rtl">' in text_of(client, "/")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/?lang=en")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/graph")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/graph?lang=tlh")
        assert '<html lang="ar" dir="rtl">' in text_of(client, "/search?q=x&lang=ar")
        assert 'href="?q=x&amp;lang=en"' in text_of(client, "/search?q=x")


def test_every_label_stands_in_both_languages_and_is_used() -> None:
    for key, texts in labels().items():
        assert set(texts) == set(LANGUAGES), key
        assert all(texts.values()), key
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            for text in texts.values()
        ]
        assert fields[0] == fields[1], key
    sources = " ".join(path.read_text("utf-8") for path in [*WEB.glob("*.py"), *WEB.glob("templates/*.html")])
    kinds = "kind cause role source field sort problem alias health result refused"
    coded = tuple(f"{kind}_" for kind in kinds.split())
    unused = {key for key in labels() if f'"{key}"' not in sources and not key.startswith(coded)}
    assert not unused
    asked = set(re.findall(r'\bt\("(\w+)"\)', sources)) | set(re.findall(r'\bwords\("(\w+)"\)', sources))
    assert asked <= set(labels())


WRONG = (
    "ك" * 1001,
    "كلمة " * 61,
    "رئيس)",
    "(رئيس",
    "؟؟",
    "(" * 30 + "ك" + ")" * 30,
    "رئيس OR",
    "AND",
    "NOT",
    "-رئيس",
    '"رئيس',
)


@pytest.mark.parametrize("query", [*WRONG, "*كتاب", "*", "كت*"])
def test_a_search_is_refused_in_the_readers_language(query: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    said = str(refused.value)
    assert Words("en").refusal(refused.value)[1:].endswith(said[1:])
    arabic = Words("ar").refusal(refused.value)
    assert re.search("[\u0621-\u064a]{3}", arabic)
    assert said[1:] not in arabic


def test_the_page_of_a_wrong_search_says_why_in_arabic(client: TestClient) -> None:
    assert "لم تغلق" in text_of(client, "/search?q=%22", 400)
    assert "اليوم الأول بعد الأخير" in text_of(client, "/search?q=x&from=2023-06-02&to=2023-06-01", 400)
    assert "لا موقع بهذا الاسم" in text_of(client, "/search?q=x&site=nosuch.ly", 400)
    assert "ليس يوما" in text_of(client, "/search?q=x&from=30-05-2023", 400)
    assert "ابدأ من أولها" in text_of(client, "/search?q=x&after=x", 400)
    assert "is never closed" in text_of(client, "/search?q=%22&lang=en", 400)


@pytest.mark.parametrize(
    ("iso", "arabic", "english"),
    [
        ("2023-05-30", "30 مايو 2023", "30 May 2023"),
        ("2023-05", "مايو 2023", "May 2023"),
        ("2023", "2023", "2023"),
        ("2020-04-24T21:22:00+02:00", "24 أبريل 2020، 21:22", "24 April 2020, 21:22"),
        ("قبل الأمس", "قبل الأمس", "قبل الأمس"),
        ("2023-13-01", "2023-13-01", "2023-13-01"),
        (None, "", ""),
    ],
)
def test_a_date_in_words_is_no_more_precise_than_it_is(iso: str | None, arabic: str, english: str) -> None:
    assert Words("ar").date(iso) == arabic
    assert Words("en").date(iso) == english
