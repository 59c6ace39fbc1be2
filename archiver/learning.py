"""What a crawl learns of a site's addresses as it reads them, and what it does with it at once."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select, update

from archiver.article import Article
from archiver.candidate import Candidate
from archiver.parameters import Parameters
from archiver.progress import SiteCrawl
from archiver.store.archive import Archive
from archiver.store.frontier import Frontier
from archiver.store.tables import Site
from archiver.urls import key_of


class Learning:
    """The parameters that say nothing, kept in the site's row for the crawls to come."""

    def __init__(self, archive: Archive, frontier: Frontier) -> None:
        self._archive = archive
        self._frontier = frontier

    def begin(self, site: SiteCrawl) -> None:
        """Takes up what earlier crawls have learnt."""
        known = select(Site.idle_parameters).where(Site.id == site.id)
        site.parameters = Parameters(self._archive.connection.scalar(known) or ())

    def read(
        self,
        site: SiteCrawl,
        url: str,
        article: Article | None,
        candidates: Iterable[Candidate],
        on_links: Iterable[str],
    ) -> list[Candidate]:
        """Takes in a page, its story where it is one, where it leads, and the parameters on all its links; gives an
        address to try beside that.
        """
        if article is None:
            site.parameters.read_list(url, [str(each.hints.get("anchor") or "") for each in candidates])
            return []
        if site.parameters.read_story(article, on_links):
            self._learnt(site)
        tried = site.parameters.to_try(article.url)
        return [Candidate(tried, "article", 1)] if tried is not None else []

    def plain(self, site: SiteCrawl, candidates: list[Candidate]) -> list[Candidate]:
        """The addresses without what says nothing."""
        if not site.parameters.idle:
            return candidates
        return [replace(each, url=site.parameters.plain(each.url)) for each in candidates]

    def seen_as(self, site: SiteCrawl, article: Article) -> tuple[int, str] | None:
        """The archived article that was read the same under another value of what seems to say nothing, and its
        address."""
        url = site.parameters.seen_as(article)
        article_id = self._archive.articles.id_of(key_of(url)) if url is not None else None
        return (article_id, url) if article_id is not None and url is not None else None

    def read_twin(self, site: SiteCrawl, article: Article, other: str) -> None:
        """Takes in that a story is archived under another address."""
        if site.parameters.read_twin(article, other):
            self._learnt(site)

    def _learnt(self, site: SiteCrawl) -> None:
        names = sorted(site.parameters.idle)
        self._archive.connection.execute(update(Site).where(Site.id == site.id).values(idle_parameters=names))
        for url in self._frontier.simplify(site.id, site.parameters.plain, without=site.open_rows):
            if (article_id := self._archive.articles.id_of(key_of(url))) is not None:
                self._archive.articles.add_alias(site.parameters.plain(url), article_id, "same_text")
        site.buffer.clear()
        site.refill = True
