"""The reading room as a reader uses it: a real Chromium against a real `warraq serve`."""

import re
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Room, Visit

PHONE = {"width": 360, "height": 740}


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return dict(found)


def test_no_page_complains_or_asks_for_anything_from_elsewhere(visit: Visit, room: Room) -> None:
    for name, path in room.pages.items():
        page = visit.open(path)
        for chart in page.locator("[data-plot]").all():
            expect(chart).to_have_attribute("data-drawn", "yes")
        said = [each for each in visit.complaints if "status of 4" not in each]
        if name == "snapshot":  # the browser tells what its policy kept the page from
            said = [each for each in said if "violates the following Content Security Policy" not in each]
        assert not said, name
        visit.complaints.clear()
    assert not visit.elsewhere
    assert any(each.endswith(".woff2") for each in visit.requests)  # the shipped letters are used
    assert page.evaluate("document.fonts.check('1rem Naskh', 'قاعة')")


def test_searching_from_the_front_page_by_keyboard(visit: Visit, room: Room) -> None:
    title = room.desk.column("SELECT title FROM articles WHERE id = ?", room.edited)[0]
    page = visit.open("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    expect(page.get_by_role("searchbox")).to_have_value(title)
    page.get_by_role("link", name=title).first.click()
    expect(page).to_have_url(f"{visit.address}/article/{room.edited}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_facet_narrows_the_search_and_is_taken_back(visit: Visit) -> None:
    page = visit.open("/search")
    everything = found(page)
    facet = page.get_by_role("region", name="القسم").get_by_role("listitem").first
    articles = int(facet.locator(".number").inner_text())
    facet.get_by_role("link").click()
    expect(page).to_have_url(re.compile("section="))
    assert found(page) == articles < everything
    page.get_by_role("list", name="ما اختير").get_by_role("link").click()
    expect(page).not_to_have_url(re.compile("section="))
    assert found(page) == everything


def test_a_bar_of_the_histogram_is_its_month(visit: Visit) -> None:
    page = visit.open("/search")
    chart = page.locator("#histogram")
    expect(chart).to_have_attribute("data-drawn", "yes")
    plot: dict[str, Any] = page.evaluate("JSON.parse(document.getElementById('histogram-data').textContent)")
    busiest = plot["values"].index(max(plot["values"]))
    at = chart.evaluate(
        "(element, place) => echarts.getInstanceByDom(element).convertToPixel({seriesIndex: 0}, place)",
        [busiest, plot["values"][busiest] / 2],
    )
    chart.click(position={"x": at[0], "y": at[1]})
    month = plot["labels"][busiest]
    expect(page).to_have_url(re.compile(f"from={month}-01&to={month}-"))
    assert found(page) == plot["values"][busiest]


def test_the_table_beside_the_histogram_leads_to_the_same_month(visit: Visit) -> None:
    page = visit.open("/search")
    page.get_by_text("الأرقام في جدول").click()
    row = page.get_by_role("row").nth(1)
    articles = int(row.get_by_role("cell").inner_text())
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("from="))
    assert found(page) == articles


def found(page: Page) -> int:
    return int(page.get_by_role("status").locator("strong").inner_text().replace(",", ""))


def test_from_an_article_to_its_provenance_and_its_page(visit: Visit, room: Room) -> None:
    page = visit.open(f"/article/{room.edited}")
    table = page.locator("table.provenance")
    expect(table).to_be_hidden()
    page.get_by_text("مصدر كل حقل").click()
    expect(table).to_be_visible()
    expect(table.get_by_role("row", name="تاريخ النشر")).to_be_visible()
    page.get_by_role("region", name="من أين جاء").get_by_role("link", name="الصفحة كما جُلبت").click()
    expect(page).to_have_url(re.compile("/snapshot/"))
    title = room.desk.column("SELECT title FROM articles WHERE id = ?", room.edited)[0]
    expect(page.frame_locator("iframe").get_by_role("heading", name=title).first).to_be_visible()


def test_what_changed_is_marked_word_by_word(visit: Visit, room: Room) -> None:
    page = visit.open(f"/article/{room.edited}")
    page.get_by_role("link", name="ما الذي تغيّر").click()
    text = page.get_by_role("region", name="النص")
    came = text.locator("ins")
    assert came.inner_text() in room.desk.column("SELECT body FROM articles WHERE id = ?", room.edited)[0]
    assert came.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert text.locator("p.same").count() > 3


def test_the_citation_can_be_copied(visit: Visit, room: Room) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open(f"/article/{room.edited}")
    page.get_by_role("button", name="انسخ").click()
    expect(page.get_by_text("نُسخ", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_arabic_reads_from_the_right_and_english_from_the_left(visit: Visit, room: Room) -> None:
    page = visit.open(f"/article/{room.edited}")
    assert box(page, ".brand")["x"] > box(page, ".language")["x"]
    heading = page.locator("h1")
    assert heading.evaluate("element => getComputedStyle(element).direction") == "rtl"
    crumbs = [each.bounding_box() for each in page.locator(".crumbs li").all()]
    assert all(first and then and first["x"] > then["x"] for first, then in pairwise(crumbs))
    latin = page.locator(".about .outside").first  # an address within Arabic reads from the left
    assert latin.evaluate("element => getComputedStyle(element).direction") == "ltr"
    page.get_by_role("link", name="English").click()
    assert box(page, ".brand")["x"] < box(page, ".language")["x"]
    assert (
        page.locator("h1").evaluate("element => getComputedStyle(element).direction") == "rtl"
    )  # still Arabic
    expect(page.get_by_role("heading", name="To cite")).to_be_visible()


def test_the_coverage_has_a_row_for_every_field(visit: Visit, room: Room) -> None:
    chart = visit.open(f"/site/{room.site}").locator("[data-plot=shares-data]")
    expect(chart).to_have_attribute("data-drawn", "yes")
    rows, squares = chart.evaluate(
        "element => { const {yAxis, series} = echarts.getInstanceByDom(element).getOption();"
        " return [yAxis[0].data, series[0].data.length] }"
    )
    assert len(rows) == 9
    assert "تاريخ النشر" in rows
    months = room.desk.column(
        "SELECT count(DISTINCT substr(published_at, 1, 7)) FROM articles WHERE site = ?", room.site
    )
    assert squares == 9 * months[0]


def test_an_arabic_snippet_stands_under_its_headline_on_an_english_page(visit: Visit) -> None:
    page = visit.open("/search?q=الميناء&lang=en")
    title, snippet = box(page, ".hits h2 a"), box(page, ".hits .teaser")
    assert snippet["width"] < title["width"], "the page is too narrow to tell"
    assert abs(title["x"] + title["width"] - snippet["x"] - snippet["width"]) < 1


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit.open("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="إلى المحتوى")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    assert page.locator(":focus").evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_landmarks_and_one_heading_name_every_page(visit: Visit, room: Room) -> None:
    for name, path in room.pages.items():
        page = visit.open(path)
        for role in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
        assert page.get_by_role("heading", level=1).count() == 1, name


def test_dark_is_dark_and_light_is_light(visit: Visit, room: Room) -> None:
    def brightness(element: str, kind: str) -> float:
        colour = visit.page.locator(element).first.evaluate(f"element => getComputedStyle(element).{kind}")
        return sum(int(each) for each in re.findall(r"\d+", colour)[:3]) / 3

    for scheme, is_dark in (("light", False), ("dark", True)):
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.open(f"/article/{room.edited}")
        assert (brightness("body", "backgroundColor") < 60) == is_dark
        assert (brightness(".body p", "color") > 180) == is_dark


def test_a_phone_shows_every_page_without_scrolling_sideways(
    browser: Browser, address: str, room: Room
) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    try:
        for name, path in {**room.pages, "English": "/?lang=en"}.items():
            page.goto(address + path)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], name
            sizes = page.locator("main p:visible, main li:visible").evaluate_all(
                "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
            )
            assert min(sizes) >= 12, name
        page.goto(f"{address}/article/{room.edited}")
        assert box(page, ".body")["width"] > 320
    finally:
        context.close()


def test_every_page_can_be_read_without_scripts(browser: Browser, address: str, room: Room) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        for path in room.pages.values():
            page.goto(address + path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(address + "/")
        page.get_by_text("الأرقام في جدول").click()
        expect(page.get_by_role("row").nth(1)).to_be_visible()
    finally:
        context.close()
