"""What rows of the frontier, and tries of them, are: conditions for queries, which the indexes of both serve."""

from sqlalchemy import Text, cast, text

from archiver.outcomes import TRANSIENT, Outcome
from archiver.store.frontier import FETCHES, FRONTIER, LISTS, NEWS, RANK, SECTION_AGAIN
from archiver.store.tables import NAMES_OTHERS

F, TRIED = FRONTIER.c, FETCHES.c

# Tries that failed, and what failed.
FAILING = (Outcome.HTTP_ERROR, Outcome.BLOCKED, *sorted(TRANSIENT))
"""What an address is tried again for by later runs."""
OF_SERVER = (TRIED.outcome == Outcome.HTTP_ERROR) & ~TRIED.status.between(400, 499)
BY_SERVER = TRIED.outcome.in_(TRANSIENT) | OF_SERVER
REFUSED = TRIED.outcome.in_((Outcome.HTTP_ERROR, Outcome.BLOCKED)) & ~OF_SERVER
MISSED = (Outcome.GONE, Outcome.SOFT_404, Outcome.ROBOTS_DENIED)
"""What a site says of an address for an hour, too: while it is being rebuilt, or before a story is let go."""
LED_NOWHERE = (*MISSED, Outcome.OTHER_PAGE, Outcome.REDIRECT)
"""Of the tries, those that `MISSING` may be of: by the index of outcomes."""

# Lists and sections.
NAMES = text(NAMES_OTHERS)  # the index of those rows is used where this stands
ANSWERED = F.outcome.in_(
    (Outcome.SITEMAP, Outcome.FEED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REDIRECT)
)
GAVE_ONCE = F.outcome.in_(MISSED) & F.gave_at.is_not(None)
"""A list that is missing, and has led to stories before."""
ANY_SECTION = (
    NAMES
    & (F.kind == "listing")
    & (F.outcome.in_((Outcome.LISTING, Outcome.OTHER_PAGE, Outcome.UNCHANGED)) | GAVE_ONCE)
    & cast(F.hints, Text).not_like('%"pagination"%')
)
SECTION = ANY_SECTION & (F.depth <= 1)
DEEPER = ANY_SECTION & (F.depth > 1) & F.gave_at.is_not(None)
"""Sections that the front page does not name, below pages without stories of their own."""
LIST = NAMES & F.outcome.in_(MISSED)
USUAL = LIST & (F.depth == 0) & F.kind.in_(LISTS)
"""Sitemaps and feeds that were not in their usual places."""
NAMED = LIST & (F.depth <= 1) & (F.kind == "listing")
"""Sections that the front page names, and that are missing."""

# Pages that led nowhere, and stories that were not there.
NEAR_BY = (
    F.rank.in_((RANK["page"] + 1, SECTION_AGAIN)) & (F.kind == "page") & (F.outcome == Outcome.OTHER_PAGE)
)
"""Pages that the front page names and that led nowhere yet: a section without stories, the page of a day to come. By
the rank, for which there is an index.
"""
SENT_HOME = (F.outcome == Outcome.REDIRECT) & F.gave_at.is_(None)
"""A redirect that led to the front page: any other gives its target."""
STORY = (F.kind == "article") | (F.rank == NEWS)
NEAR = (F.kind == "page") & (F.depth <= 1) & F.outcome.in_(MISSED)
WAS_THERE = F.dated.is_not(None)
MISSING = ((STORY & (F.outcome.in_((*MISSED, Outcome.OTHER_PAGE)) | SENT_HOME)) | NEAR) & ~WAS_THERE
"""A story that was named, and was not there, had no text yet, or led to the front page, and what may be one on the
front page of a site that is not known yet; none that is archived."""
