"""The words that pages print around a story, and the names their elements go by."""

import re
import tomllib

import pytest

from archiver.extract import lexicon as lexicon_module
from archiver.extract import names as names_module
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.names import names_role


@pytest.mark.parametrize(
    "spelling", ["اقرأ أيضاً", "إقرأ أيضا:", "اقرا ايضا", "اقـــرأ أيضًا ..", "«اقرأ أيضاً»", "أقرأ ايضاً"]
)
def test_spellings_of_a_label_are_one(spelling: str) -> None:
    assert phrase_key(spelling) == phrase_key("اقرأ أيضا")
    assert lexicon().is_see_also(phrase_key(spelling))


def test_latin_labels_are_folded_too() -> None:
    assert lexicon().is_see_also(phrase_key("  RELATED  Posts: "))


def test_no_phrase_means_two_things() -> None:
    words = lexicon()
    assert not (words.related | words.check) & words.other
    assert not words.related & words.check


def test_every_label_has_a_stem_that_is_looked_for() -> None:
    from archiver.extract.see_also import LABEL_LIMIT, STEM

    data = tomllib.loads(lexicon_module.DATA.read_text(encoding="utf-8"))["see_also"]
    every = [form for each in data["check"] + data["related"] for form in lexicon_module._addressed(each)]
    assert [each for each in every if not STEM.search(each) or len(each) >= LABEL_LIMIT] == []


@pytest.mark.parametrize(
    "label",
    [
        "استطلاعات أخرى قد تهمك",
        "قصص مشابهة",
        "قد يهمكم أيضا",
        "قد تعجبكن",
        "شاهدوا أيضاً",
        "طالعي أيضا",
        "ننصحكم بقراءة",
        "نقترح عليكم",
        "لا يفوتكم",
    ],
)
def test_a_label_is_said_to_one_reader_or_to_all(label: str) -> None:
    assert lexicon().is_see_also(phrase_key(label))


def test_a_label_may_go_on_for_a_few_words() -> None:
    words = lexicon()
    assert words.opens_see_also(phrase_key("مواضيع ذات صلة بالخبر"))
    assert not words.opens_see_also(phrase_key("مواضيع ذات صلة بما قاله الوزير أمس في مجلس النواب"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("الخميس 12/مايو/2021 - 11:03 م", True),
        ("24 نيسان / أبريل 2020 09:22 مساءً", True),
        ("12 مايو الماضي", False),
        ("2021", True),
        ("انطلق في 12 مايو", False),
    ],
)
def test_lines_that_say_only_a_day(line: str, expected: bool) -> None:
    assert lexicon().is_date(phrase_key(line)) is expected


ROLES = [
    ("entry-content clearfix", "body", True),
    ("articleBody", "sure_body", True),
    ("article__body", "sure_body", True),
    ("artical-txet", "body", True),
    ("field field--name-body field--label-hidden", "sure_body", True),
    ("entry-header", "body", False),
    ("postMeta", "inner_aside", True),
    ("NEwShare_Icons", "inner_aside", True),
    ("related_posts", "box", True),
    ("itemRelated", "box", True),
    ("correlated", "aside", False),
    ("has-ads-free", "comments", False),
    ("field--label-hidden", "unseen", False),
    ("hidden", "unseen", True),
    ("live-entry__time", "inner_aside", False),
    ("wp-caption-text", "caption", True),
    ("header", "caption", False),
    ("comments-closed", "aside", False),
]


@pytest.mark.parametrize(("mark", "role", "expected"), ROLES)
def test_names_say_what_an_element_is(mark: str, role: str, expected: bool) -> None:
    assert names_role(mark, role) is expected


def test_every_name_compiles_and_every_role_is_asked_for() -> None:
    roles = tomllib.loads(names_module.DATA.read_text(encoding="utf-8"))["roles"]
    for entries in roles.values():
        for entry in entries:
            re.compile(entry)
    source = "".join(path.read_text(encoding="utf-8") for path in names_module.DATA.parents[1].glob("*.py"))
    assert [role for role in roles if f'"{role}"' not in source] == []
