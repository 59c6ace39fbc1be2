"""The words of the reading room in Arabic and English: `labels.toml`, and dates written out."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from archiver.errors import QueryError

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
DIRECTION = {"ar": "rtl", "en": "ltr"}
LABELS = Path(__file__).with_name("labels.toml")
DAY, MINUTE = 10, 16  # characters of an ISO 8601 text up to the day, up to the minute


@cache
def labels() -> dict[str, dict[str, str]]:
    """{key: {language: text}}; a test holds that every label is there in both and used."""
    return cast("dict[str, dict[str, str]]", tomllib.loads(LABELS.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: `words("search")`."""

    language: Language

    def __call__(self, key: str) -> str:
        """Raises `KeyError` for a label that is not in the table."""
        return labels()[key][self.language]

    def maybe(self, kind: str, value: str) -> str:
        """The label of a code, `kind_value`; the code itself where the table does not know it."""
        found = labels().get(f"{kind}_{value}")
        return found[self.language] if found else value

    def refusal(self, error: QueryError) -> str:
        """Why a search is refused, and how to write it."""
        return self(f"refused_{error.code}").format(**error.values)

    def table(self, kind: str, values: Iterable[str]) -> dict[str, str]:
        """{code: label} of several codes of a kind."""
        return {value: self.maybe(kind, value) for value in values}

    def date(self, iso: str | None) -> str:
        """An ISO 8601 text in words, no more precise than it is: 2023-05 is May 2023. Not ISO: as it is.

        The wall clock is the page's own; the offset stays in the element's `datetime`.
        """
        if not iso:
            return ""
        year, _, rest = iso[:DAY].partition("-")
        month, _, day = rest.partition("-")
        if not all(part.isdecimal() for part in (year, month or "1", day or "1")) or int(month or 1) > len(
            self._months
        ):
            return iso
        parts = [str(int(day))] if day else []
        parts += [self._months[int(month) - 1]] if month else []
        text = " ".join([*parts, year])
        return f"{text}{self('comma')} {iso[DAY + 1 : MINUTE]}" if len(iso) >= MINUTE else text

    @property
    def _months(self) -> list[str]:
        return self("months").split()
