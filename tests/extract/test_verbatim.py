"""Whatever is stored as text was printed on the page, letter for letter, and in that order."""

import json
from pathlib import Path

import pytest

from archiver.extract import extract_article
from archiver.extract.nodes import INVISIBLE
from archiver.page import Page
from tests.extract.harbour import BODY

PAGES = sorted((Path(__file__).parents[1] / "fixtures").glob("*/*/meta.json"))


def letters(text: str) -> str:
    return INVISIBLE.sub("", "".join(text.split()))


@pytest.mark.parametrize("meta", PAGES, ids=lambda path: path.parts[-3])
def test_the_body_is_printed_on_the_page(meta: Path) -> None:
    html, about = (meta.parent / "page.html").read_bytes(), json.loads(meta.read_text(encoding="utf-8"))
    headers = about.get("headers") or {}
    found = extract_article(html, about["url"], headers=headers)
    is_shown = bool(found.blocks) and found.provenance["body"].source not in ("json_ld", "trafilatura")
    printed = letters(
        "".join(str(text) for text in Page(html, about["url"], headers=headers).root.itertext())
    )
    at = 0
    for block in found.blocks if is_shown else ():  # a body out of the page's data has no printed order
        at = printed.find(letters(block.text), at)
        assert at >= 0, block.text
        at += 1


@pytest.mark.parametrize(
    "text", ["کتابخانه\u200cای در بنغازی", "مهرجان 👨\u200d👩\u200d👧 العائلات", "سنة 1444ه\u200d في الميناء"]
)
def test_what_joins_letters_or_keeps_them_apart_is_kept(text: str) -> None:
    html = f'<html lang="ar"><head><title>{text}</title></head><body><main><h1>\u200f{text}\u200c</h1><div class="t">{BODY}<p>{text}.</p></div></main></body></html>'
    found = extract_article(html.encode(), "https://example.ly/news/1")
    assert found.title == text
    assert (found.body or "").endswith(f"{text}.")
