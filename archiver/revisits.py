"""Which archived articles and listings a crawl looks at again, by the schedule and by what it finds."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from archiver.bounds import Bounds
from archiver.candidate import Candidate
from archiver.clock import as_text, now, now_text
from archiver.progress import Shape, SiteCrawl
from archiver.schedule import Schedule
from archiver.store.frontier import Frontier, shape_of
from archiver.store.reopening import Reopening, Span
from archiver.urls import key_of

SAMPLED = 5  # addresses left as traps that each run asks for again
AT_ONCE = 64  # articles taken back into the frontier
STALE = timedelta(days=3)  # after which a few sitemaps are asked for whatever their index says
DUE_AGAIN = timedelta(minutes=10)  # before a site without due articles is asked for some again


class Revisits:
    """Takes what is to be looked at again into the frontier, a share of what the crawl fetches anyway."""

    def __init__(self, frontier: Frontier, reopening: Reopening, schedule: Schedule, bounds: Bounds) -> None:
        self._frontier = frontier
        self._reopening = reopening
        self._schedule = schedule
        self._bounds = bounds
        self.started_at = now_text()

    def begin(self, site: SiteCrawl) -> None:
        """The site's entry points, and the sitemaps, feeds and sections whose time has come."""
        schedule, bounds = self._schedule, self._bounds
        self._reopening.candidates(site.id, [Candidate(site.start_url, "page", entry=True)])
        stale = as_text(now() - STALE)
        self._reopening.entries(site.id, sitemaps=schedule.sitemaps, sections=schedule.sections, stale=stale)
        self._reopening.failed(site.id, now())
        for shape in self._reopening.dropped(site.id, SAMPLED):
            site.shapes.setdefault(shape, Shape()).dropped = True
        self._reopening.left_out(site.id, bounds.may_admit)

    def sections(self, site: SiteCrawl) -> None:
        """Something new was named: the site's section pages are worth a look, once."""
        if not site.has_news:
            site.has_news = site.refill = True
            self._reopening.sections(site.id, self.started_at)

    def named(self, site: SiteCrawl, candidates: Iterable[Candidate]) -> None:
        """After the front page: what it has come to name, the month that has begun, is worth a look."""
        pages = [each for each in candidates if each.kind in ("page", "listing") and each.depth <= 1]
        self._reopening.nearer(site.id, pages, self.started_at)
        site.refill = True

    def further(self, site: SiteCrawl, candidates: Iterable[Candidate]) -> None:
        """After a listing: where most of the stories on it are new, its other pages are looked at again too.

        A site with neither feed nor sitemap moves what we have not seen from its first page to the next.
        """
        candidates = list(candidates)
        keys = {key_of(each.url): each for each in candidates}
        stories = [key for key, each in keys.items() if site.promises_story(each.kind, shape_of(key))][:500]
        known = self._frontier.known(site.id, stories, self.started_at)  # by earlier runs
        new = len(stories) - len(known)
        if new and new >= sum(known.values()):  # a menu's pages are no stories
            paging = [each for each in candidates if each.hints.get("pagination")]
            self._reopening.since(site.id, paging, self.started_at)
            site.refill = True

    def due(self, site: SiteCrawl, *, at_last: bool = False) -> bool:
        """Takes articles whose time has come into the frontier, up to the schedule's share of what was fetched;
        `at_last`, once nothing else is left to ask for, its least number in any case. Whether there were any.

        A crawl that is asked for so many articles, or for a section, does that alone.
        """
        bounds, moment = self._bounds, now()
        allowed = int(self._schedule.share * site.fetched)
        if at_last:
            allowed = max(self._schedule.least, allowed)
        if allowed <= site.looks or bounds.limit is not None or bounds.section is not None:
            return False
        if site.looked_at is not None and moment - site.looked_at < DUE_AGAIN:
            return False
        wanted = min(allowed - site.looks, AT_ONCE)
        found = self._reopening.due(site.id, self._spans(moment), wanted)
        site.looked_at = moment if found < wanted else None
        site.looks += found
        site.refill = site.refill or found > 0
        return found > 0

    def _spans(self, moment: datetime) -> Iterator[Span]:
        """The schedule's windows within the days the crawl keeps to."""
        since, until = self._bounds.since, self._bounds.until
        for window in self._schedule.windows(moment):
            first = as_text(window.dated_from) if window.dated_from else None
            last = as_text(window.dated_until)
            if since is not None:
                first = max(first or "", since.isoformat())
            if until is not None:
                last = min(last, (until + timedelta(days=1)).isoformat())
            yield Span(first, last, as_text(window.looked_before))
