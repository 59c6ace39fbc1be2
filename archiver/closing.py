"""What a crawl says of its sites at its end."""

from typing import Any

from archiver.crawl import Crawl
from archiver.outcomes import Outcome
from archiver.store.siteruns import Report


def reports_of(crawl: Crawl) -> dict[int, Report]:
    """What the crawl says of each of its sites, by the site's id."""
    return {
        site.id: Report(
            f"a challenge page: {site.blocked}" if site.blocked else site.error, bool(site.blocked)
        )
        for site in crawl.sites.values()
    }


def summary_of(crawl: Crawl) -> dict[str, Any]:
    """The closing counts, site by site: what `--json` prints and `runs.summary` keeps."""
    return {
        name: {
            "fetched": site.fetched,
            "articles": site.articles,
            "new_articles": site.new_articles,
            "changed_articles": site.outcomes[Outcome.ARTICLE_CHANGED],
            "failures": site.failures,
            "bytes": site.bytes,
            "pending": crawl.frontier.count(site.id) + site.lost,
            "refused": site.refused,
            "blocked": site.blocked,
            "error": site.error,
            "nothing": site.nothing,
            "rests_until": site.rests_until,
            "left_out": crawl.left_out(site),
            "outcomes": dict(sorted(site.outcomes.items())),
        }
        for name, site in crawl.sites.items()
    }
