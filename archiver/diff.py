"""What changed between two states of an article: word by word, field by field.

`changes(old, new)` takes two items (as `Article.to_dict` and the archive's versions give them) and
gives a `Change` for every field that differs. A change is a list of lines (a paragraph of the body, a
caption, a title), a line a tuple of parts, a part a piece of text that stayed, went or came::

    Change("title", ((Part("same", "ارتفاع أسعار "), Part("removed", "النفط"), Part("added", "الغاز")),))

Text is compared and given letter for letter. The same and removed parts of a line, put together, are
the old line, the same and added ones the new, but for white space around words. A line that is new or
gone is one part. Time is bounded: what is too long to compare word by word is given as one removed and
one added part.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

Op = Literal["same", "removed", "added"]

FIELDS = (
    "title", "subtitle", "published_at", "modified_at", "authors", "agency", "section", "description", "captions",
    "body", "tags",
)  # fmt: skip
"""What is compared, in the order it is told; boxes of links, addresses and provenance are not the story."""
ATOMIC = frozenset({"published_at", "modified_at"})  # shown whole
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
WORD = re.compile(rf"\d+(?:[.,٫٬:/-]\d+)+|[\w{MARKS}]+|[^\w\s]")
MOST_PAIRS = 150_000  # equal words of two texts that difflib may weigh against each other
MOST_CELLS = 2_500  # old times new paragraphs of one stretch that are matched with each other
ALIKE = 0.4  # of their words two paragraphs must share to be told as one that changed


class Part(NamedTuple):
    """A piece of a line and what became of it; `text` has the spaces after its words."""

    op: Op
    text: str


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. Lines that stayed as they were are one "same" part, for their surroundings."""

    field: str
    lines: tuple[Line, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON: {"field", "lines": [[{"op", "text"}, ...], ...]}."""
        return {
            "field": self.field,
            "lines": [[{"op": part.op, "text": part.text} for part in line] for line in self.lines],
        }


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The fields of two items that differ, in the order of `FIELDS`."""
    found = []
    for name in FIELDS:
        before, after = _lines(old, name), _lines(new, name)
        if before != after:
            found.append(Change(name, tuple(_compare_lines(before, after, atomic=name in ATOMIC))))
    return found


def compare_words(old: str, new: str) -> Line:
    """Two texts compared word by word."""
    if old == new:
        return (Part("same", new),)
    before, after = _Words(old), _Words(new)
    parts: list[Part] = []
    owed = ""  # the space after a word that stayed, where only the old text goes on behind it
    for op, i, j, k, m in _opcodes(before.words, after.words):
        if op == "equal":
            parts.append(Part("same", after.text(k, m)))
            owed = "" if parts[-1].text[-1].isspace() else _space_after(before.text(i, j))
            continue
        gone, came = owed * (i < j) + before.text(i, j), after.text(k, m)
        space = _space_after(gone)
        if gone and came and space and came.endswith(space):  # the space between words stayed
            gone, came = gone[: -len(space)], came[: -len(space)]
        else:
            space = ""
        parts += [Part("removed", gone)] * bool(gone) + [Part("added", came)] * bool(came)
        parts += [Part("same", space)] * bool(space)
    return tuple(_merged(parts))


def _lines(item: dict[str, Any], name: str) -> list[str]:
    """A field as lines: paragraphs, captions, names."""
    if name == "captions":
        return [image["caption"] for image in item.get("images") or () if image.get("caption")]
    value = item.get(name)
    if isinstance(value, list):
        return [str(each) for each in value]
    return [line for line in str(value or "").split("\n\n") if line]


def _compare_lines(old: Sequence[str], new: Sequence[str], *, atomic: bool) -> Iterator[Line]:
    for op, i, j, k, m in _opcodes(old, new):
        if op == "equal":
            yield from ((Part("same", text),) for text in new[k:m])
        elif atomic:
            yield tuple(
                [Part("removed", each) for each in old[i:j]] + [Part("added", each) for each in new[k:m]]
            )
        else:
            yield from _compare_stretch(old[i:j], new[k:m])


def _compare_stretch(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Paragraphs that stand where others stood: those alike are told as changed, the rest as gone or new."""
    i = k = 0
    for left, right in (*_alike(old, new), (len(old), len(new))):
        yield from ((Part("removed", text),) for text in old[i:left])
        yield from ((Part("added", text),) for text in new[k:right])
        if left < len(old):
            yield compare_words(old[left], new[right])
        i, k = left + 1, right + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, in order, so that what the paired paragraphs share is most."""
    if not old or not new or len(old) * len(new) > MOST_CELLS:
        return []
    befores, afters = ([Counter(WORD.findall(text)) for text in side] for side in (old, new))
    alike = [[_likeness(before, after) for after in afters] for before in befores]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what follows each pair of places
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            best[i][k] = max(best[i + 1][k], best[i][k + 1], alike[i][k] + best[i + 1][k + 1])
    pairs, i, k = [], 0, 0
    while i < len(old) and k < len(new):
        if alike[i][k] and best[i][k] == alike[i][k] + best[i + 1][k + 1]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return pairs


def _likeness(before: "Counter[str]", after: "Counter[str]") -> float:
    """The share of words two texts have in common; 0 where it is too small to be a change."""
    shared = 2 * (before & after).total() / max(1, before.total() + after.total())
    return shared if shared >= ALIKE else 0.0


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


class _Words:
    """A text as words and signs, and where each begins."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        self.words = [each[0] for each in found]
        self._text = text
        self._starts = [0, *(each.start() for each in found[1:]), len(text)] if found else [0]

    def text(self, start: int, stop: int) -> str:
        """The words from `start` to before `stop` as they stand, with the spaces after each."""
        return self._text[self._starts[start] : self._starts[stop]]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, in bounded time: what has too many equal words is replaced whole."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    if head:
        yield "equal", 0, head, 0, head
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(after)
    if sum(times * counts[word] for word, times in Counter(before).items()) > MOST_PAIRS:
        yield "replace", head, head + len(before), head, head + len(after)
    elif before or after:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for op, i, j, k, m in matcher.get_opcodes():
            yield op, i + head, j + head, k + head, m + head
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _merged(parts: Sequence[Part]) -> Iterator[Part]:
    """Neighbouring parts of one kind as one."""
    if not parts:
        return
    op, text = parts[0]
    for part in parts[1:]:
        if part.op == op:
            text += part.text
        else:
            yield Part(op, text)
            op, text = part
    yield Part(op, text)
