"""The addresses that the drop-downs of a page offer, and those that a form makes of what it offers to choose from."""

from collections.abc import Iterator
from itertools import islice, product
from math import prod
from urllib.parse import urlencode

from archiver.page import Element, Page
from spiders.address_text import Named, is_address, shown_on

MAX_CHOICES = 1_000  # of a page's drop-downs
MAX_FORMS = 20
WRITTEN_BY_NOBODY = frozenset({"hidden", "submit", "button", "image"})
MAX_COMBINED = 150  # pages that the forms of choices lead to


def named_by_forms(page: Page) -> Named:
    """The pages of an archive that a form of choices alone leads to: every month of every year, say."""
    left = MAX_COMBINED
    for form in plain_forms(page):
        kept = hidden_in(form)
        offered = [
            [(each.get("name") or "", value) for value in _offered(each)] for each in form.iter("select")
        ]
        combined = prod(len(each) for each in offered)
        if not offered or combined > left:
            continue
        left -= combined
        for chosen in product(*offered):
            query = urlencode([pair for pair in (*kept, *chosen) if pair[0]])
            yield f"{place_of(form, page)}?{query}", ""


def plain_forms(page: Page) -> Iterator[Element]:
    """The forms of a page that ask by their address, with nothing to write or to tick."""
    for form in page.by_tag.get("form", ())[:MAX_FORMS]:
        if (form.get("method") or "get").strip().lower() != "get":
            continue
        inputs = {(each.get("type") or "text").lower() for each in form.iter("input")}
        if inputs <= WRITTEN_BY_NOBODY and next(form.iter("textarea"), None) is None:
            yield form


def hidden_in(form: Element) -> list[tuple[str, str]]:
    """The names and values that a form sends along unseen."""
    inputs = (each for each in form.iter("input") if (each.get("type") or "").lower() == "hidden")
    return [(each.get("name") or "", each.get("value") or "") for each in inputs]


def place_of(form: Element, page: Page) -> str:
    """Where a form leads, without a query: browsers put what it sends in its place."""
    return (form.get("action") or page.url).partition("#")[0].partition("?")[0]


def _offered(choice: Element) -> list[str]:
    """What a drop-down sends for each of its options; one that sends nothing, or -1, is the invitation to choose."""
    told = (each.get("value", each.text or "") for each in islice(choice.iter("option"), MAX_COMBINED + 1))
    return [each.strip() for each in told if each.strip() not in ("", "-1") and not is_address(each.strip())]


def named_in_choices(page: Page) -> Named:
    """The addresses in the drop-downs of a page."""
    for element in page.by_tag.get("option", ())[:MAX_CHOICES]:
        value = (element.get("value") or "").strip()
        if is_address(value):
            yield value, shown_on(element)
