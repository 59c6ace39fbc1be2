"""The lines of a body's region, each with its role: the story, what points elsewhere, what stands beside."""

from dataclasses import dataclass, replace

from archiver.extract.asides import ends_sentence
from archiver.extract.byline_datelines import DAY_AT_END
from archiver.extract.byline_names import name_with_calling
from archiver.extract.lines import Line, Role
from archiver.extract.liveblog import with_hours
from archiver.extract.tails import NAME, SHORT, initials, is_bare_signature, is_signed
from archiver.extract.trimming import SENTENCE

APART = 3  # lines before a story, and behind it, among which its writer may be named


@dataclass(frozen=True, slots=True)
class Sorted:
    """A region's lines, each with its role; `live` where they are a live blog's, `walled` where they end at the notice
    that the rest is for subscribers."""

    lines: tuple[tuple[Line, Role], ...]
    live: bool = False
    walled: bool = False

    @property
    def story(self) -> tuple[Line, ...]:
        """The story's own lines, in order."""
        story = (line for line, role in self.lines if role == "story")
        return tuple(with_hours(story) if self.live else story)

    def without_standfirst(self, standfirst: str | None) -> "Sorted":
        """Without the standfirst, where it stands before the text in a region that holds both, and not among its
        paragraphs."""
        places = [place for place, (_, role) in enumerate(self.lines) if role == "story"][:2]
        if standfirst is None or len(places) < 2:
            return self
        first, second = (self.lines[place][0] for place in places)
        among = first.type != "heading" and first.element.getparent() is second.element.getparent()
        if first.text != standfirst or among:
            return self
        lines = list(self.lines)
        lines[places[0]] = (first, "furniture")
        return replace(self, lines=tuple(lines))

    def standfirst(self) -> Line | None:
        """A long heading over the first paragraph: no section has begun there."""
        first, second = ([*self.story[:2], None, None])[:2]
        if first is None or second is None or first.type != "heading" or second.type != "paragraph":
            return None
        return first if len(first.text) > SENTENCE and not first.text.endswith(("؟", "?", ":")) else None

    @property
    def apart(self) -> tuple[Line, ...]:
        """The lines right before and right behind the story, short ones: where a writer may be named."""
        places = [place for place, (_, role) in enumerate(self.lines) if role == "story"]
        if not places:
            return ()
        opening = (place for place in places[: APART + 1] if _may_open(self.lines[place][0]))
        first, last = next(opening, places[0]), places[-1]
        pointers = ("story", "see_also", "label")  # of these names may stand before
        before = [line for line, role in self.lines[:first] if role not in pointers][-APART:]
        second = next(iter(places[1:]), first)  # behind a lead
        before += [
            line for line, role in self.lines[first + 1 : min(second, first + 2)] if role == "furniture"
        ]
        behind = [
            line
            for line, _ in self.lines[last + 1 : last + 1 + APART]
            if is_signed(line)
            or initials(line.text)
            or name_with_calling(line.text)
            or is_bare_signature(line, self.lines[last][0])
        ]
        lines = (*before, *behind)
        return tuple(line for line in lines if _may_name(line.text))

    @property
    def see_also(self) -> tuple[Line, ...]:
        """The lines that point to other stories."""
        return tuple(line for line, role in self.lines if role == "see_also")


def _may_open(line: Line) -> bool:
    """Whether a line is so long that the text may begin with it, and none of those in bold under the headline."""
    is_deck = (line.strong or line.type == "heading") and not ends_sentence(line.text)
    return len(line.text) > SENTENCE and not is_deck


def _may_name(text: str) -> bool:
    """Whether a line is short enough to name a writer, or several with bars between, or ends with the day."""
    is_short = len(text) < (SHORT if "|" in text else NAME)
    return is_short or DAY_AT_END.search(text) is not None or bool(name_with_calling(text))
