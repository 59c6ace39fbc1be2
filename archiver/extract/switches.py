"""What a reader presses to unfold a part of the story: a question over its answer, a heading over a folded box.

Such a switch is an `a` that leads nowhere, or a `button`; its words are the story's, and what it unfolds is too, though
it is hidden until it is pressed.
"""

import re
from itertools import islice

from archiver.extract.links import HEADINGS
from archiver.extract.names import mark_of
from archiver.page import Element

UNFOLDS = re.compile(r"accordion|collaps|faq|question|spoiler|toggle", re.I)
"""What a switch is called, where no attribute says what it is."""
NOWHERE = re.compile(r"#?$|javascript:", re.I)
FOLDED = frozenset({"div", "section", "dd", "p", "ul", "ol", "article"})
READ_ON = re.compile(
    r"[\s.…]*(?:(?:[إا]?قرأ|قراءة|لقراءة|عرض|[إا]ظهار|شاهد|تابع|متابعة|لمتابعة) )?"
    r"(?:ال)?(?:مزيد|قراءة|بقية|تتمة|(?:نص|مقال|خبر) كاملا?)|read more|continue reading|show more",
    re.I,
)
"""What is written on what unfolds the rest of a text."""
COMMAND = re.compile(r"\s*(?:[إا]?قرأ|عرض|[إا]ظهار|[إا]خفاء|شاهد|استمع|تحميل|افتح|اضغط|انقر)(?!\w)")
"""What a button says that tells only what pressing it does."""
LONGEST_LABEL, LEAST_TEXT = 40, 80
"""Characters of such a label, and of a paragraph of the rest."""
PANEL = re.compile(r"(?<![a-z])tab-?(?:pane|panel|content|inner)", re.I)
"""What a part of a text is called that shows when its tab is pressed."""
WITHIN = 6  # elements of what stands before a folded part, among which its switch is looked for


def is_switch(element: Element) -> bool:
    """Whether an `a` or a `button` unfolds what stands behind it. A menu that drops down is none."""
    attributes = element.attrib
    toggle = attributes.get("data-toggle") or attributes.get("data-bs-toggle")
    if toggle is not None:
        return toggle == "collapse"
    if element.tag == "a" and not NOWHERE.match(attributes.get("href", "")):
        return False
    parent = element.getparent()
    if parent is not None and parent.tag in HEADINGS:
        return True
    behind = element.getnext()
    return behind is not None and behind.tag in FOLDED and UNFOLDS.search(mark_of(element)) is not None


def is_spoken(button: Element) -> bool:
    """Whether the words of a button are the text's: those of a switch that do not only say what pressing it does."""
    return is_switch(button) and COMMAND.match(_label_of(button)) is None


def is_unfolded(element: Element) -> bool:
    """Whether a hidden element is what a switch right before it unfolds, the rest of a text behind a button, or a part
    of it under a tab.
    """
    before = element.getprevious()
    if before is None:
        return False
    identity = element.get("id")
    if identity and any(each.get("aria-controls") == identity for each in islice(before.iter(), WITHIN)):
        return True
    if any(map(is_switch, islice(before.iter("a", "button"), WITHIN))):
        return True
    is_rest = READ_ON.match(_label_of(before)) is not None or _is_panel(element)
    return is_rest and _holds_prose(element)


def _is_panel(element: Element) -> bool:
    return element.get("role") == "tabpanel" or PANEL.search(mark_of(element)) is not None


def _label_of(element: Element) -> str:
    """What is written on an element, though it is a button; empty where it is more than a label."""
    said = "".join(map(str, islice(element.itertext(), WITHIN)))
    return " ".join(said.split()) if len(said) < LONGEST_LABEL else ""


def _holds_prose(element: Element) -> bool:
    return any(len(text) > LEAST_TEXT for text in element.itertext())


def leads_to(address: str, element: Element) -> bool:
    """Whether an address within the page, ``#q1``, is that of an element, or of what it stands in at once."""
    around = (element, *islice(element.iterancestors(), 2))
    return any(address[1:] == each.get("id") for each in around) if len(address) > 1 else False
