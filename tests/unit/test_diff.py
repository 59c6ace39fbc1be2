"""What changed between two versions, word by word."""

import random
import time
from itertools import pairwise
from typing import Any

import pytest
from rich.console import Console

from archiver.cli.diff import rendered
from archiver.diff import ALIKE, Change, Line, Part, changes, compare_words

WORDS = ["الخبر", "في", "طرابلس", "،", "أعلن", "الوزير", "عن", "اتفاق", "جديد", "2,510", "كَتَبَ", "«", "»", "."]


def item(**fields: Any) -> dict[str, Any]:
    return {
        "title": "عنوان",
        "body": "فقرة",
        "published_at": "2023-05-30",
        "images": [],
        "authors": [],
        **fields,
    }


def side(line: Line, op: str) -> str:
    return "".join(part.text for part in line if part.op in ("same", op))


def test_a_changed_word_is_told_and_the_rest_stays() -> None:
    line = compare_words("ارتفاع أسعار النفط في ليبيا", "ارتفاع أسعار الغاز في ليبيا")
    assert line == (
        Part("same", "ارتفاع أسعار "),
        Part("removed", "النفط"),
        Part("added", "الغاز"),
        Part("same", " في ليبيا"),
    )


def test_letters_are_compared_as_they_are() -> None:
    line = compare_words("كتب أحمد", "كتب احمد")
    assert [part.op for part in line] == ["same", "removed", "added"]
    marked = compare_words("كَتَبَ الرجل", "كُتِبَ الرجل")
    assert marked[:2] == (Part("removed", "كَتَبَ"), Part("added", "كُتِبَ"))


def test_numbers_are_whole_words() -> None:
    line = compare_words("القرار 2,510 لسنة 2020", "القرار 2,511 لسنة 2020")
    assert Part("removed", "2,510") in line
    assert Part("added", "2,511") in line


@pytest.mark.parametrize("seed", range(30))
def test_the_parts_put_together_are_the_two_texts(seed: int) -> None:
    chance = random.Random(seed)
    old = [chance.choice(WORDS) for _ in range(chance.randint(0, 40))]
    new = [word for word in old if chance.random() > 0.2]
    for _ in range(chance.randint(0, 6)):
        new.insert(chance.randint(0, len(new)), chance.choice(WORDS))
    line = compare_words(" ".join(old), " ".join(new))
    assert side(line, "removed").split() == old
    assert side(line, "added").split() == new
    assert all(one.op != other.op for one, other in pairwise(line))


def test_only_fields_that_differ_are_told_in_a_fixed_order() -> None:
    old = item(images=[{"caption": "صورة أولى", "url": "a"}], see_also=[{"title": "س"}])
    new = item(
        published_at="2023-05-31",
        images=[{"caption": "صورة ثانية", "url": "b"}],
        see_also=[],
        title="عنوان معدل",
        provenance={"title": 1},
    )
    told = changes(old, new)
    assert [each.field for each in told] == ["title", "published_at", "captions"]
    assert told[1].lines == ((Part("removed", "2023-05-30"), Part("added", "2023-05-31")),)
    assert told[2].lines == ((Part("same", "صورة "), Part("removed", "أولى"), Part("added", "ثانية")),)
    assert told[0].to_dict() == {
        "field": "title",
        "lines": [[{"op": "same", "text": "عنوان "}, {"op": "added", "text": "معدل"}]],
    }
    assert changes(old, old) == []


def test_a_field_that_came_or_went_is_one_part() -> None:
    assert changes(item(agency=None), item(agency="وال")) == [Change("agency", ((Part("added", "وال"),),))]
    assert changes(item(title="عنوان"), item(title=None))[0].lines == ((Part("removed", "عنوان"),),)


def test_the_body_is_compared_paragraph_by_paragraph() -> None:
    first, second, third = (
        "أعلن الوزير عن اتفاق جديد في طرابلس",
        "وقال شهود إن الطريق مغلق",
        "انتهى الخبر هنا",
    )
    changed = "أعلن الوزير عن اتفاق قديم في طرابلس"
    added = "تصحيح: ورد في نسخة سابقة رقم غير دقيق"
    (told,) = changes(
        item(body="\n\n".join((first, second, third))), item(body="\n\n".join((changed, third, added)))
    )
    assert [[part.op for part in line] for line in told.lines] == [
        ["same", "removed", "added", "same"],
        ["removed"],
        ["same"],
        ["added"],
    ]
    assert 0 < ALIKE < 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(["و"] * 100_000), " ".join(["و"] * 50_000 + ["ثم"] + ["و"] * 49_000)),
        ("\n\n".join(["و"] * 40_000), "\n\n".join(["ثم", "و"] * 20_000)),
        ("\n\n".join(f"فقرة {n} قديمة" for n in range(5_000)), "\n\n".join(f"فقرة {n} جديدة" for n in range(5_000))),
        (" ".join(random.Random(1).choices("بت", k=540)), " ".join(random.Random(2).choices("بت", k=540))),
        (" ".join(random.Random(1).choices(WORDS, k=1_400)), " ".join(random.Random(2).choices(WORDS, k=1_400))),
    ],
)  # fmt: skip
def test_bodies_made_to_be_slow_are_compared_in_bounded_time(old: str, new: str) -> None:
    started = time.process_time()
    (told,) = changes(item(body=old), item(body=new))
    assert time.process_time() - started < 5
    assert "\n".join(side(line, "added") for line in told.lines).split() == new.split()


def test_a_line_is_coloured_where_it_can_be_and_marked_where_it_cannot() -> None:
    line = compare_words("«قال» الوزير اليوم", "«قال» المدير اليوم")
    coloured = Console(force_terminal=True, color_system="standard")
    text = rendered(line, coloured)
    assert text.plain == "\u200f«قال» الوزيرالمدير اليوم", (
        "an Arabic line begins as one, whatever it begins with"
    )
    assert [(text.plain[span.start : span.end], str(span.style)) for span in text.spans] == [
        ("الوزير", "red strike"),
        ("المدير", "bold green"),
    ]
    for plain, begins in (
        (Console(force_terminal=True, no_color=True), "\u200f"),
        (Console(force_terminal=False), ""),
    ):
        assert rendered(line, plain).plain == begins + "«قال» [-الوزير-]{+المدير+} اليوم"
    assert not rendered(compare_words("a b", "a c"), coloured).plain.startswith("\u200f")
