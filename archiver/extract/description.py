"""The summary that the page's head declares."""

from collections.abc import Iterator

from archiver import jsonld
from archiver.article import Found
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout
from archiver.extract.nodes import clean
from archiver.page_state import origin

NAMES = (
    ("description", "meta"),
    ("og:description", "opengraph"),
    ("twitter:description", "opengraph"),
    ("dc.description", "meta"),
)


def read(layout: Layout) -> Choice[str | None]:
    """The declared summary; a head that is cut or kept in two lengths is no contradiction."""
    choice = choose("description", _candidates(layout), weights=layout.profile.weights.get("description"))
    return Choice(choice.value, choice.provenance)


def _candidates(layout: Layout) -> Iterator[Found[str]]:
    page = layout.page
    if not layout.head_is_own:
        return
    for name, source in NAMES:
        for text in page.meta.get(name, ())[:1]:
            if clean(text):
                yield Found(clean(text), text, "opengraph" if source == "opengraph" else "meta", name)
    for node in page.stories:
        text_ = jsonld.text(node.get("description"))
        if text_ and clean(text_):
            yield Found(clean(text_), text_, *origin(node, "description"))
