"""axe-core looks at every page, in each theme and in each language: nothing serious may be left."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import Room

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
GRAVE = ("serious", "critical")


@pytest.mark.parametrize(("theme", "query"), [("light", "lang=ar"), ("dark", "lang=en")])
def test_axe_finds_nothing_serious(
    browser: Browser, address: str, room: Room, theme: str, query: str
) -> None:
    context = browser.new_context(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    faults, looked_at = [], 0
    try:
        for name, path in room.pages.items():
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}{query}")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            page.evaluate(AXE)
            found = page.evaluate("axe.run(document, {iframes: false})")
            looked_at += len(found["passes"])
            faults += [
                f"{name}: {fault['id']} ({fault['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
                for fault in found["violations"]
                if fault["impact"] in GRAVE
                for node in fault["nodes"][:2]
            ]
    finally:
        context.close()
    assert looked_at > 10 * len(room.pages)
    assert not faults, "\n".join(faults)
