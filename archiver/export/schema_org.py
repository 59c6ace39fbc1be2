"""An article as schema.org `NewsArticle`, in JSON-LD: https://schema.org/NewsArticle."""

from typing import Any

ARCHIVE = "Warraq"


def news_article(item: dict[str, Any], *, fetched_at: str | None = None) -> dict[str, Any]:
    """The JSON-LD of an item (as `Article.to_dict`); what is not known is not there.

    Authors are persons by name alone; `sdDatePublished` is when the page it was read from was fetched.
    """
    page = {
        "@type": "WebPage",
        "@id": item["canonical_url"],
        "breadcrumb": _breadcrumbs(item["breadcrumbs"]),
        "relatedLink": [link["url"] for link in item["see_also"]],
    }
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": item["canonical_url"],
        "mainEntityOfPage": _known(page),
        "headline": item["title"],
        "alternativeHeadline": item["subtitle"],
        "description": item["description"],
        "articleBody": item["body"],
        "articleSection": item["section"],
        "datePublished": _date(item["published_at"], item["published_precision"]),
        "dateModified": item["modified_at"],
        "inLanguage": item["language"],
        "author": [{"@type": "Person", "name": name} for name in item["authors"]],
        "sourceOrganization": {"@type": "Organization", "name": item["agency"]} if item["agency"] else None,
        "publisher": {"@type": "Organization", "name": item["site"]},
        "keywords": item["tags"],
        "image": [_image(image) for image in item["images"]],
        "sdDatePublished": fetched_at,
        "sdPublisher": {"@type": "Organization", "name": ARCHIVE},
    }
    return _known(article)


def _breadcrumbs(crumbs: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not crumbs:
        return None
    items = [
        _known({"@type": "ListItem", "position": place, "name": crumb["name"], "item": crumb["url"]})
        for place, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _image(image: dict[str, Any]) -> dict[str, Any]:
    return _known(
        {
            "@type": "ImageObject",
            "url": image["url"],
            "caption": image["caption"],
            "creditText": image["credit"],
            "description": image["alt"],
        }
    )


def _date(text: str | None, precision: str | None) -> str | None:
    """ISO 8601 no more precise than is known: 2023, 2023-05."""
    return text and text[: {"year": 4, "month": 7}.get(precision or "")]


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}
