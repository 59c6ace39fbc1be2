"""Who wrote it: people, desks and agencies, read from the byline the page shows.

A byline loses its label («كتب:», «بقلم»), its place («العريش - محمد حسين») and its date; what remains
is people, a desk (kept as printed), or an agency, which has its own field. A name that only the head
knows is no byline.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from archiver import jsonld
from archiver.article import ArticleWarning, Found, Source
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout
from archiver.extract.nodes import clean, is_hidden, key, lines_of, name_of, text_of
from archiver.extract.published import DATEISH, DIGITS
from archiver.extract.structured import by_id
from archiver.page import Element, Page

DATA = Path(__file__).parent / "data" / "bylines.toml"
AUTHOR_LINK = re.compile(
    r"/(?:author|authors|writer|writers|editor|editors|reporter|users?(?!/(?:login|log-in|register|signup|password))|profile|كاتب|كتاب|journalist|auther|columnist|people|contributor|blogger)s?/|[?&](?:author|writer|editor)(?:id)?=",
    re.I,
)
PARTS = re.compile(r"\s*[|•·+]\s*|\s+[-–—ـ]+\s+|\s*[–—]\s*|\s*-{2,}\s*|\s*:\s+|\s*[/\\]\s*")
PEOPLE = re.compile(r"\s*[،,;؛&]\s*|\s+(?:and|et)\s+", re.I)
JOINED = re.compile(r"\s+و(?:\s+)?(?=\S{2,}\s+\S)")
W_NAMES = frozenset(
    [
        "وائل",
        "وليد",
        "وسام",
        "وفاء",
        "وجدي",
        "وجيه",
        "وديع",
        "وحيد",
        "وهيب",
        "وهبة",
        "وهبي",
        "وداد",
        "وردة",
        "ورود",
        "وسيم",
        "وصال",
        "وعد",
        "وفيق",
        "وقاص",
        "ولاء",
        "ولي",
        "وليم",
        "وئام",
        "ويسلي",
        "ونيس",
        "ورقلي",
        "والي",
        "وزير",
        "وجدان",
        "وصفي",
        "وضاح",
        "وسن",
        "وصفية",
        "والدي",
        "وهاب",
        "وكيل",
    ]
)
TEXT_BEFORE, TEXT_AFTER = re.compile(r">[^<>{}\"]*$"), re.compile(r"[^<>{}\"]*<")
"""What stands around a name in a text node of the source."""
BRACKETS = re.compile(r"^\((.*)\)$|^\[(.*)\]$")
WHEN = re.compile(
    r"\s+(?:في|بتاريخ|يوم|on|at)\s+(?:ال)?(?=[\d\u0660-\u0669]|سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر"
    r"|(?:sat|sun|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b).*$",
    re.I,
)
"""«أرسله فلان في خميس …»: a name, then when."""
INNER_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]\s*")
NOT_NAME = re.compile(
    r"\d[:/]\d|^\d|[0-9\u0660-\u0669]{3,}|https?:|\.(?:com|net|org)\b|[؟?!«»\"…]|\.\.\.|@\w+\.\w|أقل من|دقيقة|دقائق"
    r"|قراءة|views|مشاهد|تعليق|شارك|طباعة|آخر تحديث|نشر في"
)
DATELINE_CUT = re.compile(r"\s*(?:[-–—ـ/:،,()\[\]]|\d)+\s*")
"""What parts a dateline: «رام الله 3-6-2020 وفا- قال»."""
DATELINE_PIECES = 4
LONGEST_DATELINE = 40
"""A paragraph so short may be nothing but a dateline."""
MONTH_OR_IN = re.compile(
    r"(?:^|\s)(?:في|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان"
    r"|[أا]يار|حزيران|تموز|[آا]ب|[أا]يلول|تشرين|ال[أا]ول|الثاني|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|غشت|شتنبر|دجنبر)(?=\s|$)"
)
"""What a dateline says beside its place."""
SIGN_OFF = re.compile(r"(?:^|\s)[-–—]*\s*[(\[]\s*(?P<agency>[^()\[\]\n]{2,40})\s*[)\]]\s*\.?$")
INLINE = frozenset({"b", "strong", "span", "font", "em", "i", "u", "a", "label", "small"})
ORGANISATIONS = frozenset({"organization", "newsmediaorganization"})
PICTURES = frozenset({"figure", "figcaption", "blockquote"})
HAS_DIGIT = re.compile(r"\d")
LONGEST = 120
LONGEST_NAME = 60
NEAR_BEFORE, NEAR_AFTER = 30, 60


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `bylines.toml`, folded for comparison."""

    labels: frozenset[str]
    not_authors: frozenset[str]
    desks: frozenset[str]
    nobody: frozenset[str]
    callings: frozenset[str]
    agencies: dict[str, str]
    places: frozenset[str]
    label_start: re.Pattern[str]
    label_word: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """What both fields came to."""

    authors: Choice[tuple[str, ...]]
    agency: Choice[str | None]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The byline words, read once."""
    data: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    labels = sorted((*data["labels"], *data["not_authors"]), key=len, reverse=True)
    spelt = "|".join(_spelt(label) for label in labels)
    agencies = {key(way): name for name, ways in data["agencies"].items() for way in ways}
    return Lexicon(
        labels=frozenset(map(key, data["labels"])),
        not_authors=frozenset(map(key, data["not_authors"])),
        desks=frozenset(map(key, data["desks"])),
        nobody=frozenset(map(key, data["nobody"])),
        callings=frozenset(data["callings"]),
        agencies=agencies,
        places=frozenset(map(key, data["places"]["names"])),
        label_word=re.compile(rf"[\s\-–—|✍*\u200e\u200f]*(?:{spelt})", re.I),
        label_start=re.compile(rf"^[\s\-–—|✍*]*(?P<label>{spelt})(?:\s*[:/\-–—ـ؛|،,]+\s*|\s+)(?=\S)", re.I),
    )


def _spelt(label: str) -> str:
    """A label as a pattern that does not mind marks and alef spellings."""
    loose = {
        "ا": "[اأإآ]",
        "أ": "[اأإآ]",
        "إ": "[اأإآ]",
        "آ": "[اأإآ]",
        "ة": "[ةه]",
        "ه": "[ةه]",
        "ى": "[ىي]",
        " ": r"\s+",
    }
    return "".join(
        loose.get(letter, re.escape(letter)) + ("[\u064b-\u0652\u0640]*" if letter > "\u0600" else "")
        for letter in label
    )


def read(layout: Layout, story: Sequence[str] = ()) -> Credit:
    """Authors and agency; `story` is the text's paragraphs, for their dateline and sign-off."""
    found = list(_shown(layout))
    sites = layout.site_names
    authors = [
        Found(names, each.raw, each.source, each.locator)
        for each in found
        if (names := _without_site(each.value, sites))
    ]
    unseen = []
    for each in _declared(layout):
        if any(is_shown(layout.page, name) for name in each.value):
            authors.append(each)
        else:
            unseen.append(
                ArticleWarning(
                    "authors_not_shown", f"{each.source} {each.locator}: {', '.join(each.value)}"[:200]
                )
            )
    alone = frozenset(name for each in authors if len(each.value) == 1 for name in _names(each.value))
    authors.sort(
        key=lambda each: (not sites.isdisjoint(map(key, each.value)), not _is_whole(each.value, alone))
    )
    choice = choose("authors", authors, weights=layout.profile.weights.get("authors"), same=_names)
    agencies = [
        Found(each.value.agency, each.raw, each.source, each.locator) for each in found if each.value.agency
    ]
    agencies += list(_datelines(story))
    agency = choose("agency", agencies, weights=layout.profile.weights.get("agency"), same=key)
    warnings = tuple(unseen) if not choice.value else _disagreeing(authors, choice.value)
    return Credit(
        Choice(choice.value or (), choice.provenance, warnings), Choice(agency.value, agency.provenance)
    )


def _is_whole(names: tuple[str, ...], alone: frozenset[str]) -> bool:
    """Whether a line names together several who are also named alone: then it is the whole byline."""
    return len(names) > 1 and _names(names) <= alone


def _disagreeing(
    authors: Iterable[Found[tuple[str, ...]]], chosen: tuple[str, ...]
) -> tuple[ArticleWarning, ...]:
    """Who else is named, where it is somebody that the chosen byline does not name."""
    known = _names(chosen)
    others = [each for each in authors if not _names(each.value) <= known]
    texts = dict.fromkeys(f"{each.source} {each.locator}: {', '.join(each.value)}"[:200] for each in others)
    return tuple(ArticleWarning("authors_contradicted", text) for text in texts)


def _without_site(byline: Byline, sites: frozenset[str]) -> tuple[str, ...]:
    """The authors, less the site's own name where the byline also names people or an agency."""
    others = tuple(name for name in byline.authors if key(name) not in sites)
    return others if others or byline.agency else byline.authors


def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, names))


# --- reading one byline


@lru_cache(maxsize=4_096)
def parse_byline(text: str, *, labelled: bool = False) -> Byline:
    """People, desk or agency of one byline's text; `labelled` where its place already says what it is."""
    words = lexicon()
    text = WHEN.sub("", clean(text))
    stripped, labels = _strip_labels(text)
    if not stripped or (labels and labels[-1] in words.not_authors):
        return Byline()
    if labels and labels[0] in ("المصدر", "مصدر", "source") and agency_in(stripped) is None:
        return Byline((stripped,)) if BRACKETS.match(stripped) else _parse_parts(stripped)
    if not labels and not labelled:
        return Byline()
    return _parse_parts(stripped)


def _strip_labels(text: str) -> tuple[str, list[str]]:
    words, labels = lexicon(), []
    while match := words.label_start.match(text):
        label = key(match["label"])
        labels.append(label)
        text = text[match.end() :]
        if label in words.not_authors:
            break
    return text.strip(" -–—:|/،,.*"), labels


def _parse_parts(text: str) -> Byline:
    authors: list[str] = []
    agency: str | None = None
    for piece in PARTS.split(text if BRACKETS.match(text) else INNER_BRACKETS.sub(r" | \1 | ", text)):
        part = clean(piece).strip(" -–—:|/،,.*")
        folded = key(part)
        if not folded or folded in lexicon().nobody or _is_date(part):
            continue
        if known := agency_in(part):
            agency = agency or known
        elif folded not in lexicon().places:
            people = list(_people(part))
            authors += [name for name in people if _is_name(name)]
            agency = agency or next(filter(None, map(agency_in, people)), None)
    names = tuple(dict.fromkeys(authors))
    others = tuple(name for name in names if name.split()[0] not in lexicon().callings)
    full = tuple(name for name in others if " " in name or "." in name)
    return Byline(full if full and not PEOPLE.search(text) else others, agency)


def _people(part: str) -> Iterator[str]:
    for name in PEOPLE.split(part):
        for each in _apart(clean(name)):
            yield clean(_strip_labels(each)[0]) or each


def _apart(text: str) -> list[str]:
    """«أحمد علي ومحمد حسن» is two people; «محمد وليد حسن» is one."""
    for match in JOINED.finditer(text):
        word = "و" + text[match.end() :].split()[0]
        if word in W_NAMES or len(text[: match.start()].split()) < 2:
            continue
        return [text[: match.start()], *_apart(text[match.end() :])]
    return [text]


def _is_name(text: str) -> bool:
    folded = key(text)
    words = lexicon()
    if folded in words.nobody or folded in words.labels or folded in words.places or agency_in(text):
        return False
    return (
        1 < len(text) <= LONGEST_NAME
        and not NOT_NAME.search(text)
        and len(folded.split()) <= 7
        and not folded.isdigit()
    )


def agency_in(text: str) -> str | None:
    """The agency a text names and nothing else, as printed, its brackets off; None where it names none."""
    inner = BRACKETS.match(clean(text))
    name = clean(next(filter(None, inner.groups()), "") if inner else text)
    return name if key(name) in lexicon().agencies else None


def _is_date(text: str) -> bool:
    return bool(DATEISH.search(text.translate(DIGITS)))


# --- where bylines stand


def _shown(layout: Layout) -> Iterator[Found[Byline]]:
    known = [
        found
        for match in layout.profile.first("author", layout.page)
        for found in _read_element(match.element, match.source, match.locator)
    ]
    yield from known
    if any(found.value.authors for found in known):
        return
    for group in _rows(each for each in _named(layout) if not is_hidden(each)):
        found = [one for element in group for one in _read_element(element, "structure", name_of(element))]
        if found:
            yield _together(found)
    yield from _labelled_lines(layout)


def _rows(elements: Iterable[Element]) -> Iterator[list[Element]]:
    """Links that stand side by side are one byline: «كتب: <a>فلان</a>، <a>فلانة</a>»."""
    row: list[Element] = []
    for element in elements:
        if row and not (
            element.tag == "a" and row[-1].tag == "a" and element.getparent() is row[-1].getparent()
        ):
            yield row
            row = []
        row.append(element)
    if row:
        yield row


def _together(found: Sequence[Found[Byline]]) -> Found[Byline]:
    """The bylines of one row as one."""
    authors = tuple(dict.fromkeys(name for each in found for name in each.value.authors))
    agency = next((each.value.agency for each in found if each.value.agency), None)
    raw = " ".join(each.raw for each in found)
    return Found(Byline(authors, agency), raw, found[0].source, found[0].locator)


def _named(layout: Layout) -> list[Element]:
    """Elements called author, byline or source, near the story; the outermost that are short."""
    page = layout.page
    found = [each for each in layout.called("author", "source") if "not_byline" not in layout.said(each)]
    beside = _beside(layout)
    for each in _around(layout):
        if each.tag == "a" and (each in beside or each.get("rel")):
            named = "author" in (each.get("rel") or "").split()
            if named or (each in beside and AUTHOR_LINK.search(each.get("href") or "")):
                found.append(each)
    near = [each for each in dict.fromkeys(found) if _is_near(layout, each)]
    near = [
        each for each in dict.fromkeys(map(_widened, near)) if 1 < len(text_of(each, 2 * LONGEST)) <= LONGEST
    ]
    outer = [each for each in near if not any(parent in near for parent in each.iterancestors())]
    return sorted(outer, key=page.positions.__getitem__)


def _widened(element: Element) -> Element:
    """The line of names that a name stands in: «طارق البشتي ، منى الساعدي», of which one is a link."""
    parent = element.getparent()
    if parent is None or parent.tag not in ("div", "span", "p", "li") or element.tag not in ("a", "span"):
        return element
    beside = clean("".join(filter(None, [parent.text, *(child.tail for child in parent)])))
    inner = [text_of(child) for child in parent]
    is_list = PEOPLE.search(" ".join([beside, *inner])) is not None or beside.startswith("و")
    whole = text_of(parent, 200)
    return parent if is_list and len(whole) <= 100 and not HAS_DIGIT.search(whole) else element


def _beside(layout: Layout) -> frozenset[Element]:
    """The elements around the headline, up to where the body begins."""
    start = layout.headline_at
    if start is None:
        return frozenset()
    end = max(start, layout.body_at or start) + NEAR_AFTER // 4
    return frozenset(layout.page.elements[max(0, start - NEAR_BEFORE) : end])


def _around(layout: Layout) -> Sequence[Element]:
    """The elements from above the headline to below the body."""
    start = layout.headline_at if layout.headline_at is not None else layout.body_at
    if start is None:
        return ()
    end = max(start, layout.body_end or start) + NEAR_AFTER
    return layout.page.elements[max(0, min(start, layout.body_at or start) - NEAR_BEFORE) : end]


def _is_near(layout: Layout, element: Element) -> bool:
    at = layout.page.positions[element]
    zone = layout.zones[element]
    if (
        layout.outside(element)
        or "share" in zone
        or "caption" in zone
        or element.tag in ("meta", "link", "input", "body", "html", "article", "img", "label")
    ):
        return False
    if any(parent.tag in PICTURES for parent in element.iterancestors()):
        return False
    start = layout.headline_at if layout.headline_at is not None else layout.body_at
    end = layout.body_end if layout.body_end is not None else start
    return (
        start is not None
        and end is not None
        and min(start, end) - NEAR_BEFORE <= at <= max(start, end) + NEAR_AFTER
    )


def _read_element(element: Element, source: Source, locator: str) -> Iterator[Found[Byline]]:
    """The names in an element: its author links' texts where it has some, else its text."""
    raw = text_of(element, 400)
    links = [
        each
        for each in element.iter("a")
        if AUTHOR_LINK.search(each.get("href") or "") or "author" in (each.get("rel") or "")
    ]
    texts = [text for text in map(text_of, links) if text and not is_nobody(text)]
    if texts and PEOPLE.search(raw) and not HAS_DIGIT.search(raw):
        texts = [raw]
    parsed = [parse_byline(text, labelled=True) for text in texts] or [
        parse_byline(_one_line(element), labelled=True)
    ]
    authors = tuple(dict.fromkeys(name for each in parsed for name in each.authors))
    agency = next((each.agency for each in parsed if each.agency), None)
    if authors or agency:
        yield Found(Byline(authors, agency), raw, source, locator)


def _one_line(element: Element) -> str:
    """An element's text, its lines parted as a byline parts its pieces; doubled lines once."""
    return " | ".join(dict.fromkeys(lines_of(element)))


def is_nobody(text: str) -> bool:
    """Whether a line that stands where names stand names nobody."""
    return key(text) in lexicon().nobody


def _labelled_lines(layout: Layout) -> Iterator[Found[Byline]]:
    """Short lines that begin with a byline's label: between headline and body, and at the body's ends."""
    words = lexicon()
    for first, element in layout.page.runs:
        if len(first) > LONGEST or not _may_hold_byline(layout, element):
            continue
        if not words.label_word.match(first) or layout.outside(element):
            continue
        holder = _line_of(element)
        for text in dict.fromkeys((_own_line(holder), clean(first))):  # the line, or what begins it alone
            if not 4 <= len(text) <= LONGEST or not words.label_start.match(text):
                continue
            parsed = parse_byline(text)
            if (parsed.authors or parsed.agency) and _is_credible(text, parsed):
                yield Found(parsed, text, "structure", name_of(holder))
                break


def _line_of(element: Element) -> Element:
    """The element whose line an inline element begins: the `p` of ``<p><b>كتب:</b> فلان</p>``."""
    for _ in range(3):
        parent = element.getparent()
        if (
            element.tag not in INLINE
            or parent is None
            or parent[0] is not element
            or (parent.text or "").strip()
        ):
            return element
        element = parent
    return element


def _is_credible(text: str, parsed: Byline) -> bool:
    """A sentence that happens to begin with «كتب» is no byline: a byline is a few names."""
    return (
        len(text) <= 80
        and all(len(name.split()) <= 5 for name in parsed.authors)
        and not text.endswith((".", "؟", "!"))
    )


def _may_hold_byline(layout: Layout, element: Element) -> bool:
    """Whether an element stands between headline and body, or at the body's first or last lines."""
    at = layout.page.positions.get(element)
    if at is None:
        return False
    start, body_at, body_end = layout.headline_at, layout.body_at, layout.body_end
    if start is not None:
        end = body_at if body_at is not None and body_at > start else start + 40
        if start < at < min(end, start + 80):
            return True
    if body_at is None or body_end is None:
        return False
    return body_at <= at < body_at + 14 or body_end - 8 < at <= body_end


def _own_line(element: Element) -> str:
    """The element's text up to its first line break, where it is short."""
    if len(element) == 0:
        return clean(element.text)
    if sum(1 for _ in element.iter("*")) > 12:
        return clean(element.text)
    lines = lines_of(element)
    return lines[0] if lines else ""


def _datelines(story: Sequence[str]) -> Iterator[Found[str]]:
    """«طرابلس - وال:» at the head of the text, «(بترا)» at its foot."""
    if not story:
        return
    if agency := dateline_agency(story[0][:120]):
        yield Found(agency, story[0][:60], "structure", "dateline of the body")
    sign_off = SIGN_OFF.search(story[-1][-60:])
    if sign_off and (agency := agency_in(sign_off["agency"])):
        yield Found(agency, sign_off[0], "structure", "end of the body")


def dateline_agency(text: str) -> str | None:
    """The agency that a text's dateline names, behind nothing but places and days."""
    pieces = DATELINE_CUT.split(text)
    for piece in filter(None, pieces[:DATELINE_PIECES]):
        name = piece.strip(" «»\"'")
        if (piece is not pieces[-1] or len(text) < LONGEST_DATELINE) and (agency := agency_in(name)):
            return agency
        if not lexicon().places.issuperset({key(MONTH_OR_IN.sub(" ", name))} - {""}):
            return None
    return None


# --- what the head says


def _declared(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    page = layout.page
    nodes = by_id(page)
    sites = layout.site_names
    for node in page.stories:
        people = node.get("author") or node.get("creator")
        names = _real(_person_names(people, nodes), sites)
        if names:
            yield Found(names, str(people), "json_ld", "author")
    for name in (
        "author",
        "article:author",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "byl",
    ):
        names = _real(page.meta.get(name, ()), sites)
        if names:
            yield Found(names, ", ".join(page.meta[name]), "opengraph" if ":" in name else "meta", name)
    feed = page.hints.get("feed_author")
    if isinstance(feed, str) and (names := _real([feed], sites)):
        yield Found(names, feed, "hint", "feed_author")


def _person_names(value: Any, nodes: Mapping[str, Any]) -> list[str]:
    """The names of people in an `author`: strings, objects, or pointers to other nodes."""
    names: list[str] = []
    for person in value if isinstance(value, list) else [value]:
        name = person
        if isinstance(person, dict):
            if not jsonld.types(person).isdisjoint(ORGANISATIONS):
                continue
            identity = person.get("@id")
            target = nodes.get(identity, person) if isinstance(identity, str) else person
            name = jsonld.text(person.get("name")) or jsonld.text(target.get("name"))
        if isinstance(name, str):
            names.append(clean(name))
    return names


def _real(texts: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Names of people: no addresses, no site's own name, no agency."""
    kept = []
    for text in texts:
        for name in parse_byline(text, labelled=True).authors:
            if key(name) not in sites and not name.startswith(("http", "@", "www.")):
                kept.append(name)
    return tuple(dict.fromkeys(kept))


def is_shown(page: Page, name: str) -> bool:
    """Whether a name stands in the page's visible text, not only in its head or scripts."""
    at = page.text.find(name)
    while at >= 0:
        before = page.text[max(0, at - 80) : at]
        after = page.text[at + len(name) : at + len(name) + 80]
        if TEXT_BEFORE.search(before) and TEXT_AFTER.match(after):
            return True
        at = page.text.find(name, at + len(name))
    return False
