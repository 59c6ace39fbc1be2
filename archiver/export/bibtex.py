"""BibLaTeX `@online` entries in UTF-8, for biber with XeLaTeX or LuaLaTeX, and for reference managers."""

from typing import IO
from urllib.parse import quote

from archiver.export.citation import Citation, citation
from archiver.export.source import Source

SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_",
    }
)  # fmt: skip
LANGUAGES = {
    "ar": "arabic", "fa": "persian", "ur": "urdu", "he": "hebrew", "en": "english", "fr": "french", "tr": "turkish",
    "es": "spanish", "de": "german", "it": "italian",
}  # fmt: skip
"""BCP 47 to the names of babel and polyglossia."""


def write(source: Source, out: IO[bytes]) -> None:
    """One entry an article."""
    for entry in source.entries():
        out.write(_entry(citation(entry)).encode())


def escaped(text: str) -> str:
    """The text as TeX prints it. Braces are named, for even escaped ones have to be in pairs in a `.bib` file."""
    return text.translate(SPECIAL)


def _entry(cited: Citation) -> str:
    """Values that are names or titles stand in two pairs of braces: no style may cut or recase them."""
    fields = {
        "title": "{" + escaped(cited.title or cited.url) + "}",
        "author": " and ".join("{" + escaped(name) + "}" for name in cited.authors),
        "organization": "{" + escaped(cited.paper) + "}",
        "date": "-".join(f"{part:02}" for part in cited.published),
        "url": quote(cited.url, safe="/:?#[]@!$&'()*+,;=%~-._", encoding="utf-8"),
        "urldate": "-".join(f"{part:02}" for part in cited.fetched),
        "langid": LANGUAGES.get((cited.language or "").split("-")[0], ""),
        "abstract": escaped(cited.abstract or ""),
        "keywords": ", ".join("{" + escaped(tag) + "}" for tag in cited.tags),
        "note": escaped(cited.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{cited.key},\n{lines}}}\n\n"
