"""What is wrong with a site, seen from its past runs: pure functions over its rows of `site_runs`."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.health.codes import Code
from archiver.health.measures import Thresholds
from archiver.store.looked_at import LookedAt

WELL = ""
"""A finding is what is wrong in words, `WELL`, or None where the runs do not tell: then nothing changes."""
Finding = str | None

FIELDS = {Code.TITLE_LOST: "title", Code.DATE_LOST: "date", Code.BODY_LOST: "body"}
NAMES = {"title": "a title", "date": "a date", "body": "a text"}
FINISHED = ("done", "max_runtime")


@dataclass(frozen=True, slots=True)
class Visit:
    """A row of `site_runs`."""

    started_at: datetime
    ended_at: datetime
    run_id: int
    result: str
    error: str | None
    is_bounded: bool
    requests: int
    errors: int
    new_articles: int
    recent_articles: int
    changed_articles: int
    read_articles: int
    with_title: int
    with_date: int
    with_body: int
    median_body: int | None

    @property
    def news(self) -> int:
        """New articles that are news: of a site whose dates are not read, all of them."""
        is_dated = 2 * self.with_date >= self.read_articles
        return self.recent_articles if is_dated else self.new_articles

    @property
    def is_telling(self) -> bool:
        """Whether a visit that gave nothing new looked for all there is."""
        return self.result == "done" and not self.is_bounded


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles there are in some visits, how many have what, and the middle length of their texts."""

    articles: int
    title: int
    date: int
    body: int
    median_body: int | None

    def share(self, name: str) -> float | None:
        return getattr(self, name) / self.articles if self.articles else None


def coverage(visits: Sequence[Visit]) -> Coverage:
    """Over all the visits; the middle length is the middle one of theirs, each as often as it has texts."""
    lengths = sorted((v.median_body, v.with_body) for v in visits if v.median_body is not None)
    half, middle = sum(weight for _, weight in lengths) / 2, None
    for length, weight in lengths:
        half -= weight
        if half <= 0:
            middle = length
            break
    return Coverage(
        sum(v.read_articles for v in visits),
        sum(v.with_title for v in visits),
        sum(v.with_date for v in visits),
        sum(v.with_body for v in visits),
        middle,
    )


def findings(
    visits: Sequence[Visit],
    open_since: Mapping[Code, datetime],
    measures: Thresholds,
    looked: LookedAt = LookedAt(),  # noqa: B008 - a tuple
) -> dict[Code, Finding]:
    """What is wrong after the newest of the visits (newest first, at least one).

    `open_since` says since when an alert stands: the site is then measured by what it was before. `looked` is what
    the newest visit found at the addresses of known articles.
    """
    found: dict[Code, Finding] = {
        Code.FAILED: _failed(visits, measures),
        Code.BLOCKED: _blocked(visits),
        Code.SILENT: _silent(visits, open_since.get(Code.SILENT), measures),
        Code.BODY_SHRUNK: _shrunk(visits, open_since.get(Code.BODY_SHRUNK), measures),
        Code.ARTICLES_GONE: _gone(looked, measures),
    }
    for code, name in FIELDS.items():
        found[code] = _lost(name, visits, open_since.get(code), measures)
    return {code: WELL if code in measures.ignore else found[code] for code in Code}


def newest(visits: Sequence[Visit], articles: int) -> Sequence[Visit]:
    """The newest visits that have so many articles between them."""
    return next(_prefixes(visits, articles, articles), visits)


def _failed(visits: Sequence[Visit], measures: Thresholds) -> Finding:
    last = visits[: measures.failed_runs]
    if len(last) == measures.failed_runs and all(visit.result == "failed" for visit in last):
        return last[0].error or "failed"
    return WELL if last[0].result in FINISHED else None


def _blocked(visits: Sequence[Visit]) -> Finding:
    if visits[0].result == "blocked":
        return visits[0].error or "blocked"
    return WELL if visits[0].result in FINISHED else None


def _lost(name: str, visits: Sequence[Visit], since: datetime | None, measures: Thresholds) -> Finding:
    """Whether the newest articles lack what those before them had."""
    answer: Finding = None
    for sample in _prefixes(visits, 1, measures.sample):
        past = coverage(_past(visits[len(sample) :], since, measures))
        if past.articles < measures.past_articles:
            break
        now = coverage(sample)
        has, had = getattr(now, name), getattr(past, name)
        usual = had / past.articles
        rate = (past.articles - had + 1) / (past.articles + 2)
        if usual - has / now.articles >= measures.drop and (
            chance(now.articles - has, now.articles, rate) < measures.surprise
        ):
            return (
                f"{now.articles - has} of the newest {now.articles} articles lack {NAMES[name]}; "
                f"before, {past.articles - had} of {past.articles} did"
            )
        answer = WELL
    return answer


def _shrunk(visits: Sequence[Visit], since: datetime | None, measures: Thresholds) -> Finding:
    for sample in _prefixes(visits, measures.shrink_articles, measures.shrink_articles):
        now, past = coverage(sample), coverage(_past(visits[len(sample) :], since, measures))
        if past.articles < measures.past_articles or not now.median_body or not past.median_body:
            return None
        if now.median_body < measures.shrink * past.median_body:
            return (
                f"the middle text of the newest {now.articles} articles has {now.median_body} letters, "
                f"before it had {past.median_body}"
            )
        return WELL
    return None


def _gone(looked: LookedAt, measures: Thresholds) -> Finding:
    """Whether known articles are suddenly none; those that were gone before the visit are not among them."""
    if looked.articles < measures.gone_articles:
        return None
    if looked.lost >= measures.gone * looked.articles:
        return (
            f"{looked.lost} of the {looked.articles} known articles that were looked at are gone from their addresses, "
            "or one page stands for them"
        )
    return WELL


def _silent(visits: Sequence[Visit], since: datetime | None, measures: Thresholds) -> Finding:
    """Whether a site gives nothing new for longer than is usual with it, and than its rate of news explains."""
    if visits[0].new_articles:
        return WELL
    if not visits[0].is_telling:
        return None
    earlier = list(reversed(_past(visits[1:], since, measures)))  # oldest first
    fruitful = [visit for visit in earlier if visit.news]
    if since is not None or len(fruitful) < measures.silent_runs:
        return None
    last = fruitful[-1].ended_at
    hours = (last - earlier[0].ended_at) / timedelta(hours=1)
    if hours < 24 * measures.silent_days:
        return None
    came = sum(visit.news for visit in fruitful if visit is not earlier[0])
    silence = visits[0].ended_at - last
    expected = came / hours * (silence / timedelta(hours=1))
    if expected >= measures.silent_expected and silence > measures.silent_factor * _longest_silence(earlier):
        return (
            f"nothing new since {last:%Y-%m-%d %H:%M} UTC; at its usual rate {expected:.0f} articles "
            "should have come"
        )
    return WELL


def _longest_silence(visits: Sequence[Visit]) -> timedelta:
    """The longest that a visit which looked for all there is saw nothing new, and another saw something later."""
    longest, silent = timedelta(0), timedelta(0)
    last: datetime | None = None
    for visit in visits:
        if visit.news:
            longest = max(longest, silent)
            last, silent = visit.ended_at, timedelta(0)
        elif last is not None and visit.is_telling:
            silent = visit.ended_at - last
    return longest


def _prefixes(visits: Sequence[Visit], least: int, enough: int) -> Iterator[Sequence[Visit]]:
    """The newest visit, the newest two, and on until there are enough articles; those with too few left out."""
    articles = 0
    for count, visit in enumerate(visits, 1):
        articles += visit.read_articles
        if visit.read_articles and articles >= least:
            yield visits[:count]
        if articles >= enough:
            return


def _past(visits: Sequence[Visit], since: datetime | None, measures: Thresholds) -> Sequence[Visit]:
    """The visits of the window that ended before `since`, or before now."""
    kept = [visit for visit in visits if since is None or visit.ended_at < since]
    if not kept:
        return kept
    oldest = kept[0].ended_at - timedelta(days=measures.window_days)
    return [visit for visit in kept if visit.ended_at >= oldest]


def chance(lacking: int, articles: int, rate: float) -> float:
    """How likely so many, or more, of the articles lack something that lacks at this rate (binomial)."""
    ways = math.lgamma(articles + 1)
    return math.fsum(
        math.exp(
            ways
            - math.lgamma(k + 1)
            - math.lgamma(articles - k + 1)
            + k * math.log(rate)
            + (articles - k) * math.log1p(-rate)
        )
        for k in range(lacking, articles + 1)
    )
