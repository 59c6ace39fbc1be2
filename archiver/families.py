"""Families of addresses, those alike but for their numbers and slugs: which still give something, which are a trap."""

from archiver.outcomes import ARCHIVED, LEFT_OUT, Outcome
from archiver.progress import Shape, SiteCrawl
from archiver.store.frontier import SECTION_AGAIN, Added, Pending

BARREN_LIMIT = 30  # addresses of one shape in a row that give nothing: an endless family
BARREN_TOLD_LIMIT, HEADLINE_BLANKS = 300, 3  # the same where a link's text reads like a headline
BARREN_PAGES_LIMIT = 150  # the same for the numbered pages of listings, and for listings that a sitemap names
TWINS_LIMIT = 50  # the same for those that lead to known articles, and to nothing of their own
RARE_AMONG = (
    50  # addresses of one shape of which fewer than one is an article: those do not vouch for the rest
)
OLDER_LIMIT = 300  # articles of one shape in a row that are too old: the rest is taken to be so too
TELLING = frozenset({*ARCHIVED, *LEFT_OUT, Outcome.LISTING, Outcome.OTHER_PAGE, Outcome.GALLERY})
"""What says something of an address's family; a dead link or a server's error does not."""


def note(site: SiteCrawl, row: Pending, outcome: Outcome, gave: int, *, is_too_old: bool) -> bool:
    """Takes down what an address came to for its family; whether it was an article, kept or left out.

    `gave` counts articles and new promising addresses; `is_too_old` is an article published before what is asked for.
    """
    of_pages = outcome in (Outcome.FEED, Outcome.SITEMAP) and "pagination" in row.hints
    of_section = outcome == Outcome.FEED and _is_feed_of_section(row)
    is_twin = outcome == Outcome.ARTICLE_TWIN
    is_article = (outcome in ARCHIVED and not is_twin) or outcome in LEFT_OUT
    if (outcome in TELLING or of_pages or of_section or gave) and (gave or not _is_looked_at_again(row)):
        shape = site.shapes.setdefault(row.shape, Shape())
        shape.visited += 1
        shape.articles += is_article
        is_alive = is_twin or gave > is_article or (is_article and not _are_rare(shape, row))
        shape.barren = 0 if is_alive else shape.barren + 1
        shape.twins = 0 if gave or is_article else shape.twins + is_twin
        shape.older = shape.older + 1 if is_too_old else 0
    return is_article


def trap(site: SiteCrawl, row: Pending) -> str | None:
    """Why an address is not asked for, as so many like it in a row gave nothing new; None where it may be."""
    shape = None if _is_vouched_for(row) else site.shapes.get(row.shape)
    if shape is None:
        return None
    if shape.barren >= limit(row) + (0 if _are_rare(shape, row) else shape.articles):
        return f"{limit(row)} like it gave nothing"
    if not shape.articles and shape.twins >= max(TWINS_LIMIT, limit(row)):
        return f"{shape.twins} like it were other forms of known articles"
    return None


def is_too_old(site: SiteCrawl, row: Pending) -> bool:
    """Whether so many like it in a row were published before what is asked for that an address is not asked for."""
    shape = None if _is_vouched_for(row) else site.shapes.get(row.shape)
    return shape is not None and shape.older >= OLDER_LIMIT


def is_promising(site: SiteCrawl, row: Pending, added: Added) -> bool:
    """Whether a new address may be an article: its kin have been, or it looks like one and they are few.

    An address like the page's own does not count before one of them was an article: calendars and
    filters lead to their like without end.
    """
    kin = site.shapes.get(added.shape, Shape())
    if kin.articles and kin.articles * RARE_AMONG >= kin.visited:
        return True
    return (
        added.kind in ("article", "sitemap", "feed")
        and added.shape != row.shape
        and kin.visited < BARREN_LIMIT
    )


def limit(row: Pending) -> int:
    """How many addresses of one shape may give nothing in a row before the rest is left, where none was an article."""
    if row.hints.get("pagination") or (row.kind == "listing" and "named_by" in row.hints):
        return BARREN_PAGES_LIMIT
    told = row.kind == "article" and str(row.hints.get("anchor") or "").count(" ") >= HEADLINE_BLANKS
    return BARREN_TOLD_LIMIT if told else BARREN_LIMIT


def _are_rare(shape: Shape, row: Pending) -> bool:
    """Whether articles are so rare in the family of an address of which its link tells nothing that they were none."""
    return shape.articles * RARE_AMONG < shape.visited and limit(row) == BARREN_LIMIT


def _is_vouched_for(row: Pending) -> bool:
    """Whether an address is an entry point or a section's, or a sitemap or a feed names it. Of tags and other lists
    some sitemaps name tens of thousands, and each has a feed of its own: those are vouched for only where they were
    asked for before.
    """
    if row.depth == 0 or _is_looked_at_again(row):
        return True
    if row.kind == "listing" or _is_feed_of_section(row):
        return row.fetched_at is not None and ("named_by" in row.hints or row.kind == "feed")
    return "named_by" in row.hints


def _is_looked_at_again(row: Pending) -> bool:
    """Whether an address is a section's that has given something before: that it has no news today is no sign."""
    return row.fetched_at is not None and row.rank == SECTION_AGAIN


def _is_feed_of_section(row: Pending) -> bool:
    """Whether an address is a feed that another page than the front page announces."""
    return row.kind == "feed" and row.depth > 0 and "pagination" not in row.hints
