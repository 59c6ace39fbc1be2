"""The language of the text: what its letters are, then what the page declares."""

import re
from collections.abc import Iterator

from archiver import jsonld
from archiver.article import Found
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4}|[-_]\d{3})?")
ARABIC = re.compile(r"[\u0621-\u064a]+")
PERSIAN = re.compile(r"[پچژگیک]+")
LATIN = re.compile(r"[A-Za-z]+")
ENOUGH = 40
"""Letters from which on the text itself decides between Arabic and Latin script."""


def read(layout: Layout, body: str | None) -> Choice[str | None]:
    """A BCP 47 tag in its usual case (``ar``, ``ar-EG``); the text's own letters overrule a template."""
    candidates = list(_declared(layout))
    written = _written(body or "")
    choice = choose("language", candidates, weights=layout.profile.weights.get("language"), same=_primary)
    if written is None or (choice.value and _primary(choice.value) == written):
        return choice
    if written == "ar" and choice.value and _primary(choice.value) in ("fa", "ur", "ku", "ckb"):
        return choice
    found = Found(written, (body or "")[:80], "structure", "letters of the body")
    return choose("language", [found], same=_primary)


def _declared(layout: Layout) -> Iterator[Found[str]]:
    page = layout.page
    said = (
        page.root.get("lang")
        or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or page.root.get("xml:lang")
    )
    if said and (tag := _tag(said)):
        yield Found(tag, said, "structure", "html[lang]")
    for node in page.stories:
        text = jsonld.text(node.get("inLanguage"))
        if text and (tag := _tag(text)):
            yield Found(tag, text, "json_ld", "inLanguage")
    for name in ("og:locale", "content-language", "language", "dc.language"):
        text = page.first_meta(name)
        if text and (tag := _tag(text)):
            yield Found(tag, text, "opengraph" if name.startswith("og:") else "meta", name)


def _tag(text: str) -> str | None:
    match = TAG.fullmatch(text.strip())
    if not match:
        return None
    language, _, region = text.strip().replace("_", "-").partition("-")
    region = region.upper() if len(region) in (2, 3) else region.title()
    if region == "AR":  # og:locale=ar_AR is how plugins write plain Arabic
        region = ""
    return f"{language.lower()}-{region}" if region else language.lower()


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def _written(text: str) -> str | None:
    sample = text[:800]
    arabic, latin = _letters(ARABIC, sample), _letters(LATIN, sample)
    if arabic + latin < ENOUGH:
        return None
    if arabic > 2 * latin:
        return "fa" if _letters(PERSIAN, sample) > arabic / 12 else "ar"
    return None


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))
