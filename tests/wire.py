"""Texts of a newswire that share nothing: what copies and passages are made of in tests."""

from benchmarks.planted import Newswire

WIRE = [each for each in Newswire(3).articles(60) if each.kind == "own"]
TEXTS = [each.body.replace("\n\n", " ") for each in WIRE]


def words(number: int, start: int, stop: int) -> str:
    """The words of one text from `start` to `stop`."""
    return " ".join(TEXTS[number].split()[start:stop])
