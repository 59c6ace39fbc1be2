"""What is taken from a region's lines once each has its role: a second copy of the story, the writer behind its lead, a
wall for subscribers, and whatever stands behind its end."""

from collections.abc import Sequence
from itertools import islice, takewhile

from archiver.extract.asides import ends_sentence
from archiver.extract.byline_datelines import is_house_alone
from archiver.extract.byline_names import lone_name
from archiver.extract.lexicon import lexicon, phrase_key
from archiver.extract.lines import Line, Role
from archiver.extract.tails import (
    NAME,
    PARAGRAPH,
    SHORT,
    is_bare_signature,
    is_bio,
    is_tail,
    list_at_end,
    signature,
)

SENTENCE = 60  # characters of a sentence with which a story begins
COPIED, COPY_SHARE = 3, 0.7  # different lines, of all before it, that a second copy of a story has at least
OFFERS = 600  # characters of what a wall says, at most
LEAD = 3  # lines of a story at least that has a lead with its writer's name behind


def is_prose(line: Line) -> bool:
    """Whether a line is one that a story may begin with."""
    size = len(line.text)
    return line.linked < 0.5 and (size > PARAGRAPH or (size > SENTENCE and ends_sentence(line.text)))


def without_copy(judged: Sequence[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Without a second copy of the whole story (one for wide screens, one for narrow); repeated lines alone stay."""
    result = list(judged)
    places = [place for place, (_, role) in enumerate(judged) if role == "story"]
    texts = [judged[place][0].text for place in places]
    starts = (place for place in range(COPIED, len(texts) - COPIED + 1) if texts[place] == texts[0])
    for second in islice(starts, COPIED):
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(texts, texts[second:], strict=False))
        )
        if same >= COPY_SHARE * second and len(set(texts[:same])) >= COPIED:
            for place in places[second : second + same]:
                result[place] = (judged[place][0], "furniture")
            break
    return result


def without_writer_behind_lead(judged: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """With the writer's name in bold behind a lead as no part of the text; one of several such names heads a part."""
    places = [place for place, (_, role) in enumerate(judged) if role == "story"]
    lines = [judged[place][0] for place in places]
    if len(lines) < LEAD or not lines[1].strong or not is_prose(lines[0]) or not signature(lines[1]):
        return judged
    if any(lone_name(line.text) for line in lines[2:] if len(line.text) < NAME):
        return judged
    judged[places[1]] = (lines[1], "furniture")
    return judged


def without_wall(judged: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Without the notice that the rest is for subscribers, and the offers behind it; over a text it is a label."""
    walls = lexicon().walls
    at = next(
        (
            place
            for place, (line, role) in enumerate(judged)
            if role == "story" and len(line.text) < SHORT and phrase_key(line.text).startswith(walls)
        ),
        len(judged),
    )
    offered = sum(len(line.text) for line, role in judged[at:] if role == "story")
    until = len(judged) if offered < OFFERS else at + 1
    return [
        (line, "furniture" if at <= place < until and role == "story" else role)
        for place, (line, role) in enumerate(judged)
    ]


def without_tail(judged: list[tuple[Line, Role]], sites: frozenset[str]) -> list[tuple[Line, Role]]:
    """Trimmed at the end, of a list of other stories too, and of what stands before that."""
    trimmed = _trim_tail(judged, sites)
    places = [place for place, (_, role) in enumerate(trimmed) if role == "story"]
    listed = places[list_at_end([trimmed[place][0] for place in places]) :]
    for place in listed:
        trimmed[place] = (trimmed[place][0], "furniture")
    return _trim_tail(trimmed, sites) if listed else trimmed


def _trim_tail(judged: Sequence[tuple[Line, Role]], sites: frozenset[str]) -> list[tuple[Line, Role]]:
    """From the end: sources, the site's name, notices, comment policies, and headings that announce nothing."""
    words = lexicon()
    result = list(judged)
    for place in range(len(result) - 1, 0, -1):
        line, role = result[place]
        if role == "story" and not is_tail(line, words) and not is_house_alone(line.text, sites):
            before, its_role = result[place - 1]
            if its_role != "story" or not (is_bare_signature(line, before) or is_bio(line, before, words)):
                break
        result[place] = (line, "furniture" if role == "story" else role)
    return result
