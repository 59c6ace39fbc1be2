"""The newsroom's state: its stories, what was removed, what has healed, and the truth about each.

It knows nothing of sockets and answers nobody: `routes.py` does. It changes only through its methods, but for what the
routes note of the requests.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from tests.newsroom import markup
from tests.newsroom.copydesk import write
from tests.newsroom.press import Boxes, Press, section_path
from tests.newsroom.replies import Reply
from tests.newsroom.stories import EVERYWHERE, HOME, SeeAlso, Story, Truth, first_stories, later_story


@dataclass
class Site:
    """The state of the site."""

    press: Press
    count: int = 60
    crawl_delay: float | None = None
    challenge: bool = False
    traps: bool = True
    robots_status: int = 200
    stories: list[Story] = field(init=False)
    removed: dict[str, int] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)  # by path
    made: dict[str, Reply] = field(default_factory=dict)  # what need not be rendered again, by target
    sessions: int = 0

    def __post_init__(self) -> None:
        if self.count < 12:
            raise ValueError("a newsroom needs 12 articles at least")
        self.started = self.press.now
        self.stories = first_stories(self.count, self.press.now)
        self.mesh = [each for each in self.stories if "mesh" in each.via]
        self.private = replace(_private_story(self.press.now), via=frozenset({"robots_forbids"}))
        self.by_path = {unquote(each.path): each for each in (*self.stories, self.private)}

    # ------------------------------------------------------------ what changes between crawls

    def publish(self, count: int) -> list[Story]:
        taken = {each.slug for each in self.stories}
        new = []
        for _ in range(count):
            number = len(self.stories)
            moment = self.press.now - timedelta(hours=1) + timedelta(seconds=number)
            story = later_story(number, moment, taken)
            story = replace(story, via=EVERYWHERE | {"feed", "news_sitemap"}, dated=False)
            self.stories.append(story)
            self.by_path[unquote(story.path)] = story
            new.append(story)
        self.made.clear()
        return new

    def edit(self, path: str, *, title: str | None, paragraphs: Sequence[str] | None) -> Story:
        """A new title, or new paragraphs; without either, a correction is added at the end."""
        old = self.story(path)
        blocks = old.blocks
        if paragraphs is not None:
            blocks = tuple(("paragraph", each) for each in paragraphs)
        elif title is None:
            blocks = (*blocks, ("paragraph", "تصحيح: ورد في نسخة سابقة من هذا الخبر رقم غير دقيق، وقد عدل."))
        later = max(old.changed, self.press.now) + timedelta(seconds=1)
        new = replace(old, title=title or old.title, blocks=blocks, modified=later)
        self.stories[self.stories.index(old)] = new
        self.by_path[unquote(new.path)] = new
        self.mesh = [new if each is old else each for each in self.mesh]
        self.made.clear()
        return new

    def remove(self, path: str, status: int) -> None:
        self.removed[unquote(self.story(path).path)] = status
        self.made.clear()

    def clock(self, now: datetime) -> None:
        self.press = replace(self.press, now=now)
        self.made.clear()

    def story(self, path: str) -> Story:
        wanted = unquote(urlsplit(path).path)
        if wanted not in self.by_path:
            raise KeyError(f"no story at {wanted}")
        return self.by_path[wanted]

    # ------------------------------------------------------------ what stands there

    @property
    def live(self) -> list[Story]:
        """The stories that can be read, newest first."""
        there = [each for each in self.stories if unquote(each.path) not in self.removed]
        return sorted(there, key=lambda each: each.published, reverse=True)

    def on(self, way: str) -> list[Story]:
        return [each for each in self.live if way in each.via]

    def boxes(self, story: Story | None = None) -> Boxes:
        """The neighbours of a story: chosen by its number, so that news elsewhere does not change them."""
        dice = random.Random(f"صناديق {story.number if story else ''}")
        others = [each for each in self.mesh if each is not story]
        inline = []
        if story and story.quirk == "links_to_see_also_only":
            inline = [each for each in self.stories if "see_also" in each.via]
        return Boxes(
            check_also=dice.choice(others),
            related=dice.sample(others, 3),
            ticker=dice.sample(others, 4),
            sidebar=dice.sample(others, 5),
            neighbours=dice.sample(others, 2),
            inline=inline,
        )

    def truth(self, story: Story) -> Truth:
        boxes = self.boxes(story)
        see_also = [SeeAlso("related", each.path, each.title) for each in boxes.related]
        if story.theme in ("sahifa", "jannah"):
            excerpt = boxes.check_also.excerpt if story.theme == "sahifa" else None
            see_also.insert(0, SeeAlso("check_also", boxes.check_also.path, boxes.check_also.title, excerpt))
        see_also += [SeeAlso("inline", each.path, each.title) for each in boxes.inline]
        shown = story.quirk != "cover"
        return Truth(
            path=story.path,
            title=story.title,
            section=story.section,
            published_at=None if story.undated else story.published.isoformat(),
            body_paragraphs=tuple(words for _, words in story.blocks),
            breadcrumbs=((HOME, "/"), (story.section, section_path(story.section)), (story.title, None)),
            see_also=tuple(see_also),
            authors=() if story.undated else (story.author,),
            agency=story.agency,
            encoding=story.encoding,
            number=story.number,
            theme=story.theme,
            blocks=story.blocks,
            caption=markup.full_caption(story) if shown else None,
            credit=story.credit if shown else None,
            tags=() if story.theme == "plain" else story.tags,
            visible_date=markup.visible_date(story, self.press.now),
            header_clock=markup.header_clock(story, self.press),
            modified_at=story.modified.isoformat() if story.modified else None,
            via=story.via,
            copy_of=None if story.copy_of is None else self.stories[story.copy_of].path,
            quirk=story.quirk,
        )


def _private_story(now: datetime) -> Story:
    copy = write(9001, "محليات")
    return Story(
        number=9001,
        section="محليات",
        title=f"للمشتركين: {copy.title}",
        blocks=copy.blocks,
        slug="private/تقرير-للمشتركين",
        caption=copy.caption,
        credit=copy.credit,
        tags=copy.tags,
        author=copy.author,
        published=now - timedelta(days=40),
    )
