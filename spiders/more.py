"""What brings more of a listing: controls by what they are called or say, and forms that ask for the next page."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from archiver.page import Element, Page
from spiders.address_text import MAX_ANCHOR, Named, shown_on
from spiders.choices import hidden_in, place_of, plain_forms

MORE = re.compile(
    r"(?:load|show|view|see|btn|button)[-_ ]?more|more[-_ ]?(?:btn|button|news|posts)|infinite|paginat|pager|"
    r"(?:^|(?<!read)[\s_-])(?:more|next|older)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What a control is called that brings more of a listing."""
MORE_LABEL = re.compile(
    r"^(?:(?:تحميل|عرض|شاهد) )?(?:ال)?مزيد\b|^(?:الصفحة )?التالي|^(?:load |show |view )?more\b|^next\b",
    re.IGNORECASE,
)
SEEN = re.compile(r"revealed|intersect|load", re.IGNORECASE)
"""What triggers an element of htmx's without a click: that the reader has come to it."""


def brings_more(element: Element) -> bool:
    """Whether an element is called so, says so, or brings it as soon as the reader has come to it."""
    if MORE.search(name_of(element)) is not None or MORE_LABEL.search(shown_on(element)) is not None:
        return True
    return element.get("hx-get") is not None and SEEN.search(element.get("hx-trigger") or "") is not None


def name_of(element: Element) -> str:
    """The names an element goes by."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_ANCHOR]


def turned_by_forms(page: Page) -> Named:
    """The next pages that are asked for by a form's button: «التالي» beside a hidden number, or with its own."""
    for form in plain_forms(page):
        kept = hidden_in(form)
        for button in _buttons(form):
            said = f"{shown_on(button)} {button.get('value') or ''}".strip()
            if MORE_LABEL.search(said) is None and MORE.search(name_of(button)) is None:
                continue
            own = [(button.get("name") or "", button.get("value") or "")]
            query = urlencode([pair for pair in (*kept, *own) if pair[0]])
            if instead := button.get("formaction"):
                yield instead if not kept else f"{instead.partition('?')[0]}?{query}", said
            elif query:
                yield f"{place_of(form, page)}?{query}", said


def _buttons(form: Element) -> Iterator[Element]:
    for each in form.iter("button", "input"):
        kind = (each.get("type") or ("submit" if each.tag == "button" else "text")).lower()
        if kind in ("submit", "image"):
            yield each
