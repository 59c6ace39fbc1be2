"""An archived page made harmless: its text, structure and inline looks, and nothing that acts or fetches.

The page is read within the same bounds as for extraction, then cleaned to a list of what may stay. The
browser is told the same a second time by `shelter.REPLAY_POLICY`, should something have slipped through.
"""

import re
from collections.abc import Mapping
from html import escape

import nh3
from lxml import etree

from archiver.page import Page

MAY_STAY = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd "
    "li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody "
    "td tfoot th thead time tr tt u ul var wbr"
)
GOES_WHOLE = (
    "script noscript template title textarea select datalist option iframe frame frameset noframes object embed "
    "applet audio video canvas svg math xmp plaintext noembed"
)
TAGS = frozenset(MAY_STAY.split())
DROPPED = frozenset(GOES_WHOLE.split())
"""Elements that go with all they hold; of other unknown ones the content stays."""
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"class", "id", "dir", "lang", "title", "align", "valign", "width", "height"}),
    "img": frozenset({"alt", "src"}),
    "td": frozenset({"colspan", "rowspan", "bgcolor"}),
    "th": frozenset({"colspan", "rowspan", "bgcolor", "scope"}),
    "table": frozenset({"border", "cellpadding", "cellspacing", "bgcolor"}),
    "font": frozenset({"color", "size", "face"}),
    "ol": frozenset({"start", "type"}),
    "time": frozenset({"datetime"}),
    "details": frozenset({"open"}),
}
"""No address among them, but for pictures that are in the page itself."""
PICTURES = tuple(f"data:image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "webp", "avif"))
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
"""What begins a tag, and in a style sheet nothing."""
FORMATTING = ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")

FRAME = """<!doctype html>
<html{attributes}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:where(html) {{ background: #fff; color: #1a1a1a }}
:where(body) {{ font: 1rem/1.8 "Noto Naskh Arabic", "Amiri", serif }}
:where(body) {{ margin: 1rem auto; padding: 0 1rem; max-width: 60rem }}
:where(a) {{ text-decoration: underline dotted }}
img:not([src]) {{ display: inline-block; border: 1px dashed #999; padding: .2em .5em; color: #666; font-size: .85em;
  width: auto !important; height: auto !important }}
</style></head><body>
{body}
{notes}</body></html>
"""


def neutral_html(page: bytes, url: str, content_type: str | None, *, styled: bool = True) -> str:
    """A whole document to show in a sandbox: no script, link, form, frame, outside picture or style sheet.

    `styled` keeps the page's own `style` elements and attributes. Never raises on what the page holds.
    """
    read = Page(page, url, headers={"content-type": content_type or ""})
    for element in read.root.iter(*FORMATTING):
        element.attrib.clear()  # browsers' rules repeat unclosed ones in every block: alike, at most thrice
    for element in read.root.iter("style"):
        element.text = TAG.sub(r"\\3c ", element.text or "")
    source = etree.tostring(read.root, encoding="unicode", method="html")
    everywhere = ATTRIBUTES["*"] | ({"style"} if styled else set())
    body = nh3.clean(
        source,
        tags=set(TAGS | ({"style"} if styled else set())),
        clean_content_tags=set(DROPPED if styled else DROPPED | {"style"}),
        attributes={tag: set(names) for tag, names in {**ATTRIBUTES, "*": everywhere}.items()},
        attribute_filter=_only_own_pictures,
        url_schemes={"data"},
        link_rel=None,
    )
    notes = "".join(
        f"<p><em>{escape(each.detail)}</em></p>\n" for each in read.warnings if each.code == "document_cut"
    )
    return FRAME.format(attributes=_root_attributes(read), title=escape(url), body=body, notes=notes)


def plain_text(document: bytes, url: str, content_type: str | None) -> str:
    """A document that is text but no page (robots.txt, a feed, a sitemap), as text to be read."""
    read = Page(document, url, headers={"content-type": content_type or ""})
    return FRAME.format(
        attributes=' dir="ltr"',
        title=escape(url),
        body=f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere">{escape(read.text)}</pre>',
        notes="",
    )


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and not value.strip().lower().startswith(PICTURES):
        return None
    return value


def _root_attributes(page: Page) -> str:
    """Language and direction as the page declares them on `html` or `body`."""
    roots = (page.root, *page.root.findall("body"))
    found = {
        name: next((value for each in roots if (value := each.get(name))), "") for name in ("lang", "dir")
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in found.items() if value)
