"""What a page is: an article, or one of the things that must not be stored as one."""

from dataclasses import dataclass
from typing import Literal

from archiver.article import Article, ArticleWarning
from archiver.extract.layout import Layout

Kind = Literal["article", "live_blog", "listing", "gallery", "paywalled", "soft_404", "challenge", "other"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is taken for, and every sign that spoke for or against it."""

    kind: Kind
    evidence: tuple[str, ...] = ()


def judge(layout: Layout, article: Article) -> Verdict:
    """The page's kind, by everything that was read of it."""
    if article.title and article.body:
        return Verdict("article", ("title", "body"))
    return Verdict("other", ("no title" if not article.title else "no body",))


def warnings(verdict: Verdict, article: Article) -> tuple[ArticleWarning, ...]:
    """What a reader of the article must know of its kind."""
    if verdict.kind in ("article", "live_blog", "paywalled"):
        return ()
    return (ArticleWarning("not_an_article", f"{verdict.kind}: {', '.join(verdict.evidence)}"),)
