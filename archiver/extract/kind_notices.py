"""Pages that only say something of the site: a story is not there, consent is asked for, it is out of order."""

import re
from itertools import islice

from archiver.article import Article
from archiver.extract.kind_signs import LONG_BODY, SOME_BODY, signs
from archiver.extract.layout import Layout
from archiver.extract.nodes import bare_words, clean, is_hidden, text_of
from archiver.page import Element

ABOUT_PAGES = re.compile(r"صفحة|صفحه|الخبر|المادة|المقال|المحتوى|الموضوع|الرابط|404|page|not found", re.I)
"""What a notice of a missing page names; «لم يتم العثور على ناجين» is news."""
MISSED = re.compile(
    r"(?:صفح[هة]|خبر|ماد[هة]|مقال[هة]?|محتوي|موضوع|رابط|تقرير|عنوان|ملف|فيديو) "
    r"(?:(?:التي|الذي) (?:تبحث|تحاول|حاولت|طلبت|اتبعت|تطلب|تريد|تود|ترغب|اخترت|اردت|تقصد)\w*(?: \w+){0,4}?"
    r"|المطلوب[هة]?)"
    r" (?:قد )?(?:غير (?!صحيح)|لم |لا |ليس|تم |حذف|ازيل|نقل|محذوف)"
)
"""What a folded line says of the page that its reader asked for: «الصفحة التي تبحث عنها غير متاحة»."""
GONE = re.compile(
    r"(?:(?:عفوا|عذرا|ناسف|للاسف) )?(?:لقد )?(?:تم )?(?:حذف|ازاله|سحب) (?:هذا |هذه )?"
    r"(?:ال)?(?:صفحه|خبر|ماده|مقال|مقاله|محتوي|موضوع|تقرير|فيديو)"
)
"""All that a folded line says of a page that was there: «تم حذف هذا الموضوع»."""
BUTTON = 40  # characters on a button
FEW_LINKS = 12  # of a page that only says it is out of order
SHORT_NOTICE, MOST_LINES = 90, 400
MUCH = 5_000  # characters of a page that only says that its domain is for sale


def prints_day(article: Article) -> bool:
    """Whether the page itself tells a day of publication, not its address or what discovery knew of it."""
    told = article.provenance.get("published_at")
    return told is not None and told.source not in ("hint", "url")


def missing_notice(layout: Layout, article: Article, body_class: frozenset[str]) -> str | None:
    if not signs().missing_classes.isdisjoint(body_class):
        return "a body class of missing pages"
    titles = [article.title or "", *(text_of(each) for each in layout.page.by_tag.get("title", ())[:1])]
    first = article.blocks[0].text if article.blocks else ""
    dated = prints_day(article) or bool(layout.page.stories)
    for text in (*titles, first):
        if (
            bare_words(text) in signs().missing
            or GONE.fullmatch(bare_words(text))
            or (not dated and _tells_of_missing(text))
        ):
            return text[:80]
    if dated:
        return None
    told = article.body or ""
    told = told if len(told) >= SOME_BODY else ""  # a story may speak of a page that is missing
    lines = (
        clean(text)
        for text, each in islice(layout.page.runs, MOST_LINES)
        if not (_is_link_or_hidden(each) or (article.blocks and layout.outside(each)))
    )
    return next((text[:80] for text in lines if _tells_of_missing(text) and text not in told), None)


def _tells_of_missing(text: str) -> bool:
    """Whether a short line says of a page that it is not there: «عفوا، هذا الخبر غير موجود»."""
    if len(text) >= SHORT_NOTICE or ABOUT_PAGES.search(text) is None:
        return False
    folded = bare_words(text)
    return MISSED.search(folded) is not None or any(
        each in folded for each in signs().missing if len(each) > 9
    )


def _is_link_or_hidden(element: Element) -> bool:
    """Whether a line is a link, or hidden."""
    around = (element, *islice(element.iterancestors(), 3))
    return any(each.tag == "a" or is_hidden(each) for each in around)


def reader_checked(layout: Layout, article: Article) -> str | None:
    """What a page says in headline or title that looks whether its reader is a machine; it has few links, no day."""
    if prints_day(article) or layout.page.stories or len(layout.page.by_tag.get("a", ())) > FEW_LINKS:
        return None
    texts = [article.title or "", *(text_of(each, 200) for each in layout.page.by_tag.get("title", ())[:1])]
    return next((text for text in texts if any(each in bare_words(text) for each in signs().checking)), None)


def consent_asked(layout: Layout, article: Article) -> str | None:
    """What a page asks before it lets the reader in: its headline, beside a button that accepts."""
    if prints_day(article) or len(layout.page.by_tag.get("a", ())) > FEW_LINKS:
        return None
    texts = [article.title or "", *(text_of(each, 200) for each in layout.page.by_tag.get("title", ())[:1])]
    asked = next((text for text in texts if bare_words(text) in signs().consent), None)
    said = (text for text, _ in layout.page.runs if len(text) < SHORT_NOTICE) if asked else ()
    return (
        asked
        if any(len(text) < BUTTON and bare_words(text).startswith(signs().accept) for text in said)
        else None
    )


def outage_notice(layout: Layout, article: Article) -> str | None:
    """What a site says that is out of order for the moment, though with status 200: all that a page has."""
    if prints_day(article) or len(layout.page.by_tag.get("a", ())) > FEW_LINKS:
        return None
    texts = [article.title or "", *(text_of(each, 200) for each in layout.page.by_tag.get("title", ())[:1])]
    texts += [text for text, _ in layout.page.runs[:FEW_LINKS] if len(text) < SHORT_NOTICE]
    return next((text for text in texts if bare_words(text) in signs().outage), None)


def parked_notice(layout: Layout, article: Article) -> str | None:
    """What a page says whose domain is for sale, or shows nothing but advertisements."""
    if prints_day(article) or layout.page.stories or len(article.body or "") >= LONG_BODY:
        return None
    said = bare_words(" ".join(text for text, _ in layout.page.runs[:MOST_LINES])[:MUCH])
    return "a domain that nobody uses" if any(phrase in said for phrase in signs().parked) else None
