"""Writes the newsroom's copy: invented Arabic news, the same for the same number every time.

The sentences stand in `tests/fixtures/newsroom/copy/`, written by hand; a story picks some and fills
in the names. Two stories share a few sentences at most, as two stories of one paper do.
"""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures" / "newsroom"

SECTIONS = {"محليات": "local", "اقتصاد": "economy", "رياضة": "sports", "ثقافة": "culture"}

Blocks = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Copy:
    """What a reporter hands in."""

    title: str
    blocks: Blocks  # (paragraph | heading | quote, text)
    caption: str
    credit: str
    tags: tuple[str, ...]
    author: str


@cache
def pool(name: str) -> dict[str, tuple[str, ...]]:
    """The groups of one copy file: `# name` lines head them, blank lines part them."""
    groups: dict[str, list[str]] = {}
    for line in (FIXTURES / "copy" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = groups.setdefault(line[2:], [])
        elif line:
            current.append(line)
    return {group: tuple(lines) for group, lines in groups.items()}


def write(number: int, section: str, *, paragraphs: int = 5) -> Copy:
    """The copy of story `number`; `paragraphs` counts the middle of the story."""
    dice = random.Random(f"الميناء {section} {number}")
    lines, names = pool(SECTIONS[section]), pool("names")
    place, place2 = dice.sample(names["place"], 2)
    story = {
        "place": place,
        "place2": place2,
        "org": dice.choice(lines["org"]),
        "season": dice.choice(names["season"]),
    }

    def fill(line: str) -> str:
        person, person2 = dice.sample(names["person"], 2)
        return line.format(
            **story, person=person, person2=person2, n=dice.randint(11, 99), big=dice.randint(12, 89) * 100
        )

    titles = lines["title"]
    return Copy(
        title=fill(titles[(number // len(SECTIONS)) % len(titles)]),
        blocks=tuple((kind, fill(line)) for kind, line in _outline(dice, lines, paragraphs)),
        caption=fill(dice.choice(lines["caption"])),
        credit=dice.choice(names["photographer"]),
        tags=tuple(dice.sample(lines["tag"], 2)),
        author=dice.choice(names["writer"]),
    )


def _outline(
    dice: random.Random, lines: dict[str, tuple[str, ...]], paragraphs: int
) -> list[tuple[str, str]]:
    body = dice.sample(lines["body"], min(paragraphs, len(lines["body"])))
    quotes = dice.sample(lines["quote"], 2)
    headings = dice.sample(lines["heading"], 2)
    half = len(body) // 2
    return [
        ("paragraph", dice.choice(lines["lead"])),
        *(("paragraph", line) for line in body[:half]),
        ("heading", headings[0]),
        ("paragraph", quotes[0]),
        *(("paragraph", line) for line in body[half:]),
        ("heading", headings[1]),
        ("quote", quotes[1]),
        ("paragraph", dice.choice(lines["close"])),
    ]
