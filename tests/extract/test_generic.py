"""The last resorts for a body, and what a page's own statement of it is held against."""

import json
import sys

from archiver.extract.generic import blocks_of_text, by_trafilatura, stated_body
from archiver.page import Page
from tests.extract.stories import H1, PARAGRAPHS, STORY, TITLE, URL, article, page


def data(text: str) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def codes(found: object) -> set[str]:
    return {warning.code for warning in found.warnings}  # type: ignore[attr-defined]


def test_the_pages_own_data_where_a_script_draws_the_page() -> None:
    found = article(f'<div id="app">{H1}</div>', head=data("\n".join(STORY)))
    assert [block.text for block in found.blocks] == list(STORY)
    assert (found.provenance["body"].source, found.provenance["body"].locator) == ("json_ld", "articleBody")
    assert "body_from_data" in codes(found)


def test_structure_wins_where_it_has_the_story() -> None:
    found = article(
        f'<div class="x">{H1}<div class="article-body">{PARAGRAPHS}</div></div>', head=data(" ".join(STORY))
    )
    assert [block.text for block in found.blocks] == list(STORY)
    assert found.provenance["body"].source == "structure"
    assert not codes(found) & {"body_from_data", "body_disagrees"}


def test_a_statement_that_says_something_else_is_warned_of() -> None:
    other = "نص لا علاقة له بالخبر المنشور في هذه الصفحة، بقي من صفحة أخرى كما يحدث أحيانا. " * 6
    found = article(
        f'<div class="x">{H1}<div class="article-body">{PARAGRAPHS}</div></div>', head=data(other)
    )
    assert [block.text for block in found.blocks] == list(STORY)
    assert "body_disagrees" in codes(found)


def test_a_summary_is_no_statement() -> None:
    assert stated_body(Page(page("", head=data("ملخص قصير للخبر.")), URL)) is None


def test_entities_and_markup_of_a_statement_are_read() -> None:
    assert [
        block.text
        for block in blocks_of_text("<p>قال &laquo;نعم&raquo;.</p><p>ثم <b>مضى</b>.</p><script>x</script>")
    ] == ["قال «نعم».", "ثم مضى."]
    assert [block.text for block in blocks_of_text("سطر\n\n  آخر ")] == ["سطر", "آخر"]


def test_trafilatura_is_imported_only_when_it_is_called() -> None:
    loaded = "trafilatura" in sys.modules
    article(f'<div class="x">{H1}<div class="article-body">{PARAGRAPHS}</div></div>')
    assert ("trafilatura" in sys.modules) == loaded


def test_trafilatura_finds_a_body() -> None:
    found = by_trafilatura(
        Page(page(f'<article>{H1}<div class="article-body">{PARAGRAPHS}</div></article>'), URL)
    )
    assert found is not None
    assert found.source == "trafilatura"
    assert STORY[0] in [block.text for block in found.value]


def test_trafilatura_adds_no_signs_of_its_own() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{price}</td></tr>" for name, price in (("قمح", "3,75"), ("شعير", "2,10"))
    )
    inner = f"<ul><li>{STORY[1]}</li><li>{STORY[2]}</li></ul><table>{rows}</table>"
    found = by_trafilatura(Page(page(f"<article>{H1}<p>{STORY[0]}</p>{inner}</article>"), URL))
    assert found is not None
    lines = [block.text for block in found.value]
    assert {STORY[0], STORY[1], STORY[2], "قمح", "3,75", "شعير", "2,10"} <= set(lines)
    assert not any("|" in line or line.startswith("-") for line in lines)


def test_a_whole_page_of_menus_and_lists_is_no_text() -> None:
    """That is what trafilatura gives where it finds none."""
    rows = "".join(
        f"<div><span><a href='/c/{n}'>رسم {n}</a></span><div>{n}/08/2014</div></div>" for n in range(1, 30)
    )
    shown = f'<html lang="ar"><body><div><h1>كاريكاتير</h1></div><div>{rows}</div></body></html>'
    assert by_trafilatura(Page(shown.encode(), URL)) is None
