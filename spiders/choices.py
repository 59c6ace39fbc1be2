"""The addresses that the drop-downs of a page offer, and those that a form makes of what it offers to choose from."""

from itertools import islice, product
from math import prod
from urllib.parse import urlencode

from archiver.page import Element, Page
from spiders.address_text import Named, is_address, shown_on
from spiders.more import hidden_in, nothing_to_write, place_of

MAX_CHOICES = 1_000  # of a page's drop-downs
MAX_FORMS = 20
MAX_COMBINED = 150  # pages that the forms of choices lead to


def named_by_forms(page: Page) -> Named:
    """The pages of an archive that a form of choices alone leads to: every month of every year, say."""
    left = MAX_COMBINED
    for form in page.by_tag.get("form", ())[:MAX_FORMS]:
        if (form.get("method") or "get").strip().lower() != "get" or not nothing_to_write(form):
            continue
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
