"""Articles outside what a crawl was asked for: why, as `fetches.detail` keeps it, and in words for people.

A later crawl that asks for other days or another section tells by the detail what may be asked for now.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from archiver.article import Article
from archiver.urls import readable

PUBLISHED, OF_SECTION, PARTED = "published ", "section ", " / "
"""How the details of what is left out begin, and what parts the names in them."""
MOST_SECTIONS = 8  # that are named where none is the one asked for


def sections_of(article: Article) -> tuple[str, ...]:
    """What the page calls the article's section: its name, then its breadcrumbs."""
    names = (article.section, *(crumb.name for crumb in article.breadcrumbs))
    return tuple(dict.fromkeys(filter(None, names)))


def left_for_day(article: Article) -> str:
    """The detail of an article that is left out for its day."""
    return f"{PUBLISHED}{article.published_at or 'on an unknown day'}"


def left_for_section(article: Article) -> str:
    """The detail of an article that is left out for its section: its names, and the paths that breadcrumbs lead to."""
    urls = (crumb.url.rstrip("/") for crumb in article.breadcrumbs if crumb.url)
    paths = filter(None, ("/".join(parts_of(f"{url}/")) for url in urls))
    return f"{OF_SECTION}{PARTED.join([*sections_of(article), *paths]) or 'unknown'}"


def words_for_left_out(details: Mapping[str, int]) -> str | None:
    """What a crawl says of articles left out, by {detail: how many}; None where there are none."""
    if not details:
        return None
    sections: Counter[str] = Counter()
    for detail, count in details.items():
        if detail.startswith(OF_SECTION):
            sections[detail.removeprefix(OF_SECTION).split(PARTED)[0]] += count
    number = sum(details.values())
    found = "1 article found is" if number == 1 else f"{number} articles found are"
    words = f"{found} outside what was asked for, and kept as snapshots"
    seen = ", ".join(f"{name} ({count})" for name, count in sections.most_common(MOST_SECTIONS))
    return f"{words}. Sections seen: {seen}" if seen else words


def left_day(detail: str | None) -> str | None:
    """The day, or that it is unknown, in the detail of an article that was left out for it."""
    return detail.removeprefix(PUBLISHED) if detail and detail.startswith(PUBLISHED) else None


def addresses_of(article: Article) -> Iterator[str]:
    """Parts of the addresses of the article and its breadcrumbs, and the breadcrumbs' whole paths."""
    yield from parts_of(article.url)
    for crumb in article.breadcrumbs:
        parts = readable(crumb.url or "").rstrip("/").split("/")[3:]
        yield from (*parts, "/".join(parts))


def parts_of(url: str) -> list[str]:
    """The parts of an article's path, without its own slug."""
    return readable(url).split("/")[3:-1]
