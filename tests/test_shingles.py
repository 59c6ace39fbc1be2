"""The keys under which texts that share something are found: the same in every run, and one at least for each copy."""

import random

from archiver.dedupe import NEAR
from archiver.shingles import Shingles
from tests.wire import TEXTS, words


def test_keys_are_the_same_in_every_run() -> None:
    """They are kept in the database: another value would find nothing of what is archived."""
    keys = Shingles("وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح " * 2).keys()
    assert [keys[0], keys[19], *keys[20:]] == [262723065243594, 17523864006647, 102953312953529]
    assert all(0 <= key < 1 << 48 for key in keys)
    assert sum(Shingles(TEXTS[0]).every_key()) == 4760668035133331, "as datasketch's affine32 gave them"
    assert sum(Shingles("").keys()) == 3411915731298246


def test_a_passage_has_a_key_with_whatever_holds_it() -> None:
    """A quarter of the larger text, where the wholes are little alike."""
    found = 0
    for number in range(0, 40, 2):
        for start in range(0, 50, 5):
            passage = words(number, start, start + 60)
            holder = f"{words(number + 1, 0, 90)} {passage} {words(number + 1, 90, 180)}"
            found += not set(Shingles(passage).keys()).isdisjoint(Shingles(holder).keys())
    assert found >= 195


def test_half_of_a_text_in_another_is_enough_for_a_key_they_share() -> None:
    """Long texts have fewer bands than short ones, and are found as surely by their anchors."""
    chance = random.Random(1)
    found = tried = 0
    for one_in in (6, 8, 12):
        for length in (80, 160, 240):
            for whole in (body.split()[:length] for body in TEXTS if len(body.split()) >= length):
                edited = [f"غ{chance.random()}" if chance.random() < 1 / one_in else word for word in whole]
                texts = [Shingles(" ".join(words)) for words in (whole, edited)]
                if min((share := texts[0].share_with(texts[1])).of_one, share.of_other) < NEAR:
                    continue
                tried += 1
                found += not set(texts[0].keys()).isdisjoint(texts[1].keys())
    assert tried > 200
    assert found >= 0.985 * tried


def test_a_text_longer_than_any_article_is_bounded() -> None:
    assert Shingles("كلمة " * 30_000).words == 20_000
