"""Lines that lead elsewhere: cards, labelled links, rows of buttons, calls to follow; and headings that begin alike."""

from itertools import islice

from archiver.extract.lexicon import Lexicon, label_key
from archiver.extract.lines import Line
from archiver.extract.links import NEIGHBOUR, SHARER, is_item, leads_off
from archiver.extract.tails import COUNTED, TAIL_SOURCE, is_parted

PREVIOUS = ("«", "‹", "←", "→", "Prev", "prev", "Next", "next", "السابق", "التالي")
"""What leads from a story to the one before it."""
LONGEST_POINTER, WORDS_OF_TITLE = 30, 4
"""Characters of what announces a linked headline at the most; words of that at least."""
CALLS = ("تابع", "متابع", "اشترك", "انضم", "للاشتراك", "للانضمام", "follow", "join")
POINTER = 180  # characters of a line at most that points to another story without linking it


def is_card(line: Line) -> bool:
    """Whether a line is the title on a card: its one link holds a picture too."""
    links = list(islice(line.element.iter("a"), 2))
    return len(links) == 1 and next(links[0].iter("img"), None) is not None


def is_of_item(line: Line, host: str) -> bool:
    """Whether a line is of an item that the story tells of, and linked to the item's place on another site: its
    heading, or what stands beside or under a heading in the one link.
    """
    if line.type == "heading":
        addresses = {anchor.href for anchor in line.anchors}
        return len(addresses) == 1 and leads_off(addresses.pop(), host)
    return any(is_item(each, host) for each in (line.element, *line.element.iterancestors("a")))


def is_beside_picture(line: Line) -> bool:
    """Whether a line stands on a card, beside the picture that is linked with the same story: section, title, day."""
    before = line.element.getprevious()
    if before is None or before.tag != "a" or before.get("href") != line.anchors[0].href:
        return False
    return next(before.iter("img"), None) is not None


def points(line: Line, words: Lexicon) -> bool:
    """Whether a line is a few words, a colon, and a linked headline that ends it, whatever the words are."""
    title = line.anchors[0].text
    before = line.text.removesuffix(title).rstrip()
    if before == line.text or len(before) > LONGEST_POINTER or not before.endswith((":", "..")):
        return False
    folded = label_key(before)
    named = words.source.match(folded) or words.byline.match(folded) or words.tags.match(folded)
    return named is None and len(title.split()) >= WORDS_OF_TITLE and not title.endswith(".")


def is_previous(text: str) -> bool:
    """Whether a text leads to the story before or behind this one: «المقال التالي: …»; «« عنوان», an arrow and no
    quotation.
    """
    return NEIGHBOUR.match(text) is not None or (text.startswith(PREVIOUS) and "»" not in text)


def is_button_row(line: Line, words: Lexicon) -> bool:
    """Whether a line is buttons side by side without a blank, and a count of readers: «طباعةإرسالمشاركة»."""
    rest = line.text
    for anchor in line.anchors:
        if label_key(anchor.text) not in words.furniture:
            return False
        rest = rest.replace(anchor.text, " ", 1)
    rest = rest.strip()
    return not rest or label_key(rest) in words.furniture or COUNTED.fullmatch(rest) is not None


def calls_away(line: Line, folded: str) -> bool:
    """«تابعوا النهار على تلغرام»: a short line that calls to follow, and a link to where."""
    called = folded.startswith(CALLS) and len(line.text) < TAIL_SOURCE
    return called and any(SHARER.search(each.href.lower()) for each in line.anchors)


def announces(line: Line, size: int) -> bool:
    """Whether a line that starts with a label of so many words goes on to what the label announces."""
    if line.linked >= 0.5:
        return True
    return is_parted(line, size) and len(line.text) < POINTER and not line.text.endswith((".", "؟"))


def is_subhead(line: Line, following: Line | None) -> bool:
    """Whether a heading that begins like a label has no link, and no link behind it: «شاهد: أهالي الركاب يتجمعون»."""
    return line.type == "heading" and not line.anchors and (following is None or not following.anchors)
