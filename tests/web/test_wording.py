"""What the reading room says in Arabic and in English."""

import re
import string
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archiver.health import Code
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
    kinds = "kind cause role source field sort problem alias health result"
    coded = tuple(f"{kind}_" for kind in kinds.split())
    unused = {key for key in labels() if f'"{key}"' not in sources and not key.startswith(coded)}
    assert not unused
    asked = set(re.findall(r'\bt\("(\w+)"\)', sources)) | set(re.findall(r'\bwords\("(\w+)"\)', sources))
    assert asked <= set(labels())


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
