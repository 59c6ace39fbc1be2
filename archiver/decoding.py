"""Bytes to text: every hint of the encoding is weighed against what the bytes themselves say.

A header or a `meta` that lies is common on Arabic sites; so are windows-1256 pages that declare
nothing. Each encoding that is named anywhere, and each that the bytes could be, is one candidate;
its score is a table lookup and a look at the letters it gives. Nothing here raises.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.article import ArticleWarning

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.I)
ARABIC_RUN = re.compile(r"[\u0621-\u064a]+")
ARABIC_WORDS = frozenset(
    [
        "في",
        "من",
        "على",
        "إلى",
        "الى",
        "أن",
        "ان",
        "التي",
        "الذي",
        "هذا",
        "عن",
        "مع",
        "ما",
        "لا",
        "قال",
        "وقال",
    ]
)
ASCII = bytes(range(0x80))
MOJIBAKE = re.compile(r"[ØÙÚÛ][\u0080-\u00bf\u0192\u2020\u2026\u2030\u201e\u0152\u2018-\u201d]|طآ|ط§ظ|ظ„|ظٹ")
CONTROL = re.compile(r"[\x80-\x9f]+")
REPLACEMENT = "\ufffd"
WORD_WEIGHT = 120
"""What the commonest words count: a false reading of Arabic bytes gives letters enough, but no words."""

META_REACH = 205
"""How far before the word `charset` its `meta` may begin, by the pattern."""
META_WINDOW = 4096
"""How far into a page its own `meta` is looked for: browsers read 1,024 bytes, some templates need more."""
SAMPLE = 120_000
"""How many bytes the letters are counted in; enough to tell, cheap to decode twice."""

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WEB_NAMES: Mapping[str, str] = {
    # what browsers take these labels to mean
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows1256": "cp1256",
    "windows-1256": "cp1256",
    "cp-1256": "cp1256",
    "x-cp1256": "cp1256",
    "win-1256": "cp1256",
    "arabic": "iso-8859-6",
    "asmo-708": "iso-8859-6",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "csisolatinarabic": "iso-8859-6",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf-16": "utf-16-le",
}
DECLARED_WEIGHT: Mapping[str, float] = {"header": 2.0, "meta": 1.5, "xml": 1.0, "bytes": 0.0}
"""How much a declaration counts beside the letters it gives (which are worth up to about ten)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding it was read as, and what a reader must know of it."""

    text: str
    encoding: str
    warnings: tuple[ArticleWarning, ...]


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of `body`; `content_type` is the response's header, where there is one."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :].decode(encoding, "replace"), encoding, ())
    declared = _declarations(body, content_type)
    try:
        return _decoded(body.decode("utf-8"), "utf-8", _contradicted("utf-8", declared))
    except UnicodeDecodeError:
        pass
    names = dict.fromkeys([*declared.values(), "utf-8", "cp1256", "iso8859-6", "cp1252"])
    best = max(names, key=lambda name: _score(body[:SAMPLE], name, declared))
    return _decoded(body.decode(best, "replace"), best, _contradicted(best, declared))


def known_encoding(label: str) -> str | None:
    """The codec that a page's label stands for, as browsers read it; None where it is none."""
    name = label.strip().lower()
    name = WEB_NAMES.get(name, name)
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def _declarations(body: bytes, content_type: str | None) -> dict[str, str]:
    """{where: codec} of every declaration that names a text encoding Python knows."""
    found = {
        "header": HEADER_CHARSET.search(content_type or ""),
        "meta": _meta_charset(body),
        "xml": XML_DECLARATION.search(body, 0, 200),
    }
    labels = {where: match.group(1) for where, match in found.items() if match}
    texts = {k: v.decode("ascii", "ignore") if isinstance(v, bytes) else v for k, v in labels.items()}
    named = {where: known_encoding(label) for where, label in texts.items()}
    return {where: name for where, name in named.items() if name and _is_text_codec(name)}


def _meta_charset(body: bytes) -> re.Match[bytes] | None:
    """The first `meta` that names a charset: from that word back to its tag, no further than it may stand."""
    head = body[:META_WINDOW].lower()
    at = head.find(b"charset")
    while at >= 0:
        begin = head.rfind(b"<meta", max(0, at - META_REACH), at)
        found = META_CHARSET.match(body, begin, META_WINDOW) if begin >= 0 else None
        if found is not None:
            return found
        at = head.find(b"charset", at + 1)
    return None


def _is_text_codec(name: str) -> bool:
    return getattr(codecs.lookup(name), "_is_text_encoding", True) and not name.startswith("utf-16")


def _score(sample: bytes, name: str, declared: Mapping[str, str]) -> float:
    """Higher is likelier: Arabic words and letters for, torn and control characters against."""
    text = sample.decode(name, "replace")
    high = max(1, len(sample.translate(None, ASCII)))
    controls, runs = CONTROL.findall(text), ARABIC_RUN.findall(text)
    torn = text.count(REPLACEMENT) + len("".join(controls)) + 2 * len(MOJIBAKE.findall(text))
    letters = len("".join(runs))
    if name == "utf-8":
        letters, torn = 2 * letters, 2 * torn
    words = sum(map(ARABIC_WORDS.__contains__, runs))
    claim = sum(DECLARED_WEIGHT[where] for where, codec in declared.items() if codec == name)
    return 4 * letters / high - 8 * torn / high + min(4.0, WORD_WEIGHT * words / high) + claim


def _contradicted(chosen: str, declared: Mapping[str, str]) -> tuple[ArticleWarning, ...]:
    wrong = [f"{where} says {name}" for where, name in declared.items() if name != chosen]
    if not wrong:
        return ()
    return (ArticleWarning("encoding_contradicted", f"read as {chosen}; {', '.join(wrong)}"),)


def _decoded(text: str, encoding: str, warnings: tuple[ArticleWarning, ...]) -> Decoded:
    if REPLACEMENT in text:
        torn = text.count(REPLACEMENT)
        warnings += (ArticleWarning("undecodable_bytes", f"{torn} replaced, read as {encoding}"),)
    return Decoded(text.removeprefix("\ufeff"), encoding, warnings)
