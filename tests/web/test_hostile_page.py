"""A stored page that means harm can neither run, nor phone home, nor leave its frame.

The same page served as it is does all of that (the control), so that silence means the walls hold.
"""

from urllib.parse import urlsplit

from playwright.sync_api import Frame, Page

from archiver.web.shelter import REPLAY_POLICY
from tests.web.conftest import Beacon, Room, Visit
from tests.web.hostile import hostile_page

A_WHILE = 700  # milliseconds in which a page that can phone home has done so


def click_everything(page: Page, frame: Frame) -> None:
    """Every element a reader might press, by mouse, wherever it is on the screen."""
    for each in frame.locator("a, button, input, summary, area, details").all():
        place = each.bounding_box()
        if place and place["width"] and place["height"]:
            page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)


def reached(page: Page, beacon: Beacon, path: str) -> bool:
    """Whether the path is asked for within ten seconds."""
    for _ in range(100):
        if path in beacon.paths:
            return True
        page.wait_for_timeout(100)
    return False


def test_the_page_does_harm_where_nothing_holds_it(visit: Visit, beacon: Beacon) -> None:
    stays = hostile_page(beacon.url).replace("top.location", "window.kept")
    bare = stays.replace('<meta http-equiv="refresh"', "<meta")
    beacon.pages["/control"] = (bare.encode(), {})
    beacon.forget()
    visit.page.goto(beacon.url + "/control", wait_until="commit")
    for path in ("script", "script-src", "img", "onerror", "frame", "sheet", "import", "style-attribute"):
        assert reached(visit.page, beacon, f"/{path}"), path
    beacon.pages["/control"] = (stays.encode(), {})
    visit.page.goto(beacon.url + "/control", wait_until="commit")
    assert reached(visit.page, beacon, "/refresh")


def test_in_its_frame_it_can_do_nothing(visit: Visit, room: Room, beacon: Beacon) -> None:
    beacon.forget()
    page = visit.open(f"/snapshot/{room.hostile}")
    before = page.title()
    frame = page.frames[1]
    replayed = f"{visit.address}/snapshot/{room.hostile}/page"
    assert "هذه الفقرة رقم 5" in frame.locator("body").inner_text()
    page.locator("iframe").scroll_into_view_if_needed()
    page.wait_for_timeout(A_WHILE)
    click_everything(page, frame)
    page.wait_for_timeout(A_WHILE)
    assert (page.title(), urlsplit(page.url).path) == (before, f"/snapshot/{room.hostile}")
    assert [each.url for each in page.frames] == [page.url, replayed]
    assert page.context.pages == [page]
    assert frame.locator("script, iframe, form, link, object, embed, [href]").count() == 0
    assert (beacon.connections, beacon.paths) == (0, [])
    assert not visit.elsewhere


def test_opened_by_itself_it_can_do_nothing_either(visit: Visit, room: Room, beacon: Beacon) -> None:
    beacon.forget()
    page = visit.open(f"/snapshot/{room.hostile}/page")
    page.wait_for_timeout(A_WHILE)
    click_everything(page, page.main_frame)
    page.wait_for_timeout(A_WHILE)
    assert page.url == f"{visit.address}/snapshot/{room.hostile}/page"
    assert page.title() == "https://hostile.example/story"
    assert page.context.pages == [page]
    assert (beacon.connections, beacon.paths) == (0, [])


def test_its_article_shows_its_words_and_nothing_else_of_it(visit: Visit, room: Room, beacon: Beacon) -> None:
    beacon.forget()
    page = visit.open(f"/article/{room.hostile_article}")
    page.wait_for_timeout(A_WHILE)
    assert "هذه الفقرة رقم 5" in page.locator(".body").inner_text()
    assert (beacon.connections, beacon.paths) == (0, [])
    assert page.locator("a[href^=javascript], a[href^=data]").count() == 0
    assert not visit.complaints


def test_the_policy_alone_stops_scripts_requests_and_forms(visit: Visit, beacon: Beacon) -> None:
    """The second wall, were the first to have a hole: the raw page under the policy that replays are served with."""
    beacon.pages["/raw"] = (hostile_page(beacon.url).encode(), {"Content-Security-Policy": REPLAY_POLICY})
    beacon.forget()
    page = visit.page
    page.goto(beacon.url + "/raw")
    page.wait_for_timeout(A_WHILE)
    assert beacon.paths == ["/raw"]
    assert page.title() == "خبر خبيث"
    button = page.locator("form button").first.bounding_box()
    assert button
    page.mouse.click(button["x"] + 5, button["y"] + 5)
    page.wait_for_timeout(A_WHILE)
    assert beacon.paths == ["/raw"]


def test_no_other_site_can_frame_the_room(visit: Visit, room: Room, beacon: Beacon) -> None:
    framed = "".join(
        f'<iframe src="{visit.address}{path}"></iframe>' for path in ("/", f"/snapshot/{room.hostile}/page")
    )
    beacon.pages["/framing"] = (framed.encode(), {})
    visit.page.goto(beacon.url + "/framing")
    visit.page.wait_for_timeout(A_WHILE)
    assert not [each for each in visit.page.frames[1:] if each.url.startswith(visit.address)]
