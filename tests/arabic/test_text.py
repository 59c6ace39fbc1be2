"""Folding: what a reader takes for the same word is the same string."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.arabic.text import (
    COMMON,
    collapse_space,
    fold,
    strip_controls,
    strip_marks,
    to_ascii_digits,
    translator,
)

ARABIC = st.text(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF) | st.characters())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أحمد", "احمد"),
        ("إسلام", "اسلام"),
        ("آذار", "اذار"),
        ("ٱلرحمن", "الرحمن"),
        ("على", "علي"),
        ("مدرسة", "مدرسه"),
        ("مسؤول", "مسوول"),
        ("شائعة", "شايعه"),
        ("كَتَبَ", "كتب"),
        ("هٰذا", "هذا"),
        ("ٱلْقُرْءَانُ ۖ", "القرءان"),
        ("محمـــد", "محمد"),
        ("١٢٣ ۴۵۶ 789", "123 456 789"),
        ("\u200f2\u200e\u202b3\u202c", "23"),
        ("می\u200cخواهم", "ميخواهم"),
        ("ﻻ ﷲ", "لا الله"),
        ("کتاب", "كتاب"),
        ("News ABC", "news abc"),
        ("2019–2020 — ⁄", "2019-2020 - /"),
        ("  a \n\t b\u00a0c ", "a b c"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.sampled_from(COMMON)), st.sampled_from(["", "ﻻ", "中", "😀"]))
def test_a_translator_does_what_translate_does(common: str, rare: str) -> None:
    table = {ord("أ"): "ا", ord("A"): "a", 0x640: None, 0x664: "4", ord("ﻻ"): "لا"}
    assert translator(table)(common + rare) == (common + rare).translate(table)


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC)
def test_a_folded_text_holds_no_marks_controls_or_other_digits(text: str) -> None:
    folded = fold(text)
    assert strip_marks(folded) == folded
    assert strip_controls(folded) == folded
    assert to_ascii_digits(folded) == folded
    assert collapse_space(folded) == folded


def test_marks_go_and_letters_stay() -> None:
    assert strip_marks("إِنَّ هٰذا") == "إن هذا"


def test_digits_change_and_nothing_else() -> None:
    assert to_ascii_digits("العدد ١٢٣ و۴۵") == "العدد 123 و45"


def test_controls_go_and_marks_stay() -> None:
    assert strip_controls("\ufeffكَتب\u200f") == "كَتب"
