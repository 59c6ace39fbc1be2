"""Who wrote it: people, desks and agencies, read from the byline the page shows.

A byline loses its label («كتب:», «بقلم»), its place («العريش - محمد حسين») and its date; what remains
is people, a desk (kept as printed), or an agency, which has its own field. A name that only the head
knows is no byline.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from archiver.article import ArticleWarning, Found
from archiver.extract.byline_alone import in_lines
from archiver.extract.byline_datelines import (
    behind_agency,
    dateline_agency,
    dateline_people,
    is_house_alone,
    is_labelled_name,
    named_beside_place,
    opening_name,
)
from archiver.extract.byline_declared import declared, is_shown
from archiver.extract.byline_facts import agencies_in_facts, in_boxes, in_facts
from archiver.extract.byline_labels import WRITTEN, are_given, labelled_lines, told_in_lists
from archiver.extract.byline_lexicon import desks, given_names, label_word, newsrooms, places
from archiver.extract.byline_names import is_person, name_with_calling
from archiver.extract.byline_places import faces, named, portraits, selected, sources
from archiver.extract.byline_text import (
    EDITED,
    LOGIN,
    PARTS,
    Byline,
    agency_in,
    is_login,
    is_office,
    is_site,
    parse_byline,
    people_in,
)
from archiver.extract.choice import Choice, choose
from archiver.extract.layout import Layout
from archiver.extract.lines import Line
from archiver.extract.nodes import bare_words, clean, name_of, text_of
from archiver.extract.tails import initials, signature

FROM = re.compile(r"من (?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,5})")
"""«من فلان الفلاني» over an agency's dateline."""
SOURCE = re.compile(r"(?:ال)?مصدر\s*[:/]\s*")
BEHIND_TITLE = re.compile(r"\S\s*[.…|/؟?!–—-]+\s*(?P<byline>بقلم\s*[:/]?\s*\S.*)$")
SIGN_OFF = re.compile(r"(?:^|\s)[-–—]*\s*[(\[]\s*(?P<agency>[^()\[\]\n]{2,40})\s*[)\]]\s*\.?$")
SEEN = frozenset({"profile", "theme", "structure"})
"""What a reader sees: a writer found there goes before the house, however that was found."""
FOR_ITSELF = frozenset(map(bare_words, ("خاص", "متابعات", "متابعة")))
HOUSE_PARTS = 3
LETTERS = 2  # of initials at most
SECTION = "أخبار "
"""How a section's name begins, which stands beside the house's: «أخبار الضفة ● صدى الساحل»."""
SHORT_LINE = 45  # characters of a line with a name and a house: «فلان الفلاني – كود ///»
LONGEST_END = 60  # characters of a last line that signs: «فلان الفلاني - زمان الوصل»


@dataclass(frozen=True, slots=True)
class Credit:
    """What both fields came to."""

    authors: Choice[tuple[str, ...]]
    agency: Choice[str | None]


def read(layout: Layout, story: Sequence[str] = (), apart: Sequence[Line] = ()) -> Credit:
    """Authors and agency; `story` is the text's paragraphs, for their dateline and sign-off, and `apart` the lines
    that stand before and behind them."""
    found = list(_shown(layout))
    agency = _agency(layout, found, story)
    authors, unseen = _writers(layout, found)
    sites = layout.site_names
    writing = (each for each in authors if not EDITED.match(clean(each.raw)))
    signed: list[Found[tuple[str, ...]]] = []
    persons = [each for each in writing if any(_may_be_person(name, sites) for name in each.value)]
    if not any(each.source in SEEN for each in persons):
        signed = list(islice(_unlabelled(story, apart, sites), 1))
        if persons and not (signed and _names(signed[0].value) > _names(persons[0].value)):
            signed = []  # but where the line names others too: «الضفة – فلان الفلاني | علان العلاني»
        authors = signed + [each for each in authors if not (signed and all(map(is_login, each.value)))]
    elif signed := list(_over_text(layout, story, apart, persons)):
        authors = signed + authors  # who is named by the headline posted it
    signed = list(_in_headline(layout)) or signed
    authors = authors or signed or _in_lines(layout)
    posted = list(chain.from_iterable(each.value for each in authors))
    if all(is_login(name) or is_site(bare_words(name), sites) for name in posted) and agency.value is None:
        shortened = _initials(apart)  # under an agency's text they are its editor's
        authors = [each for each in shortened if all(map(is_login, posted)) or _names_one(each)] or authors
    choice = _chosen(layout, _no_sections(layout, signed or authors))
    warnings = tuple(unseen) if not choice.value else _disagreeing(authors, choice.value)
    return Credit(Choice(choice.value or (), choice.provenance, warnings), agency)


def _shown(layout: Layout) -> Iterator[Found[Byline]]:
    """The bylines a reader sees, those of the profile before those that structure tells."""
    known = list(selected(layout))
    yield from known
    if names := [name for found in known for name in found.value.authors]:
        of_house = all(is_site(bare_words(name), layout.site_names) for name in names)
        yield from (each for each in sources(layout) if each.value.agency and not each.value.authors)
        for line in labelled_lines(layout):  # they posted, perhaps, what another signs
            if are_given(line.value.authors) and (of_house or WRITTEN.match(line.raw)):
                yield line
        return
    found = list(named(layout))
    if not found and (pictured := list(faces(layout))):
        yield from pictured
        return
    found += labelled_lines(layout)
    if all(EDITED.match(clean(each.raw)) for each in found):
        found = [*portraits(layout), *told_in_lists(layout), *found]
    yield from found


def _agency(layout: Layout, found: Iterable[Found[Byline]], story: Sequence[str]) -> Choice[str | None]:
    agencies = [
        Found(each.value.agency, each.raw, each.source, each.locator) for each in found if each.value.agency
    ]
    agencies = agencies or list(islice(agencies_in_facts(layout), 1))
    agencies += list(_datelines(story))
    agency = choose("agency", agencies, weights=layout.profile.weights.get("agency"), same=bare_words)
    return Choice(agency.value, agency.provenance)


def _writers(
    layout: Layout, found: Iterable[Found[Byline]]
) -> tuple[list[Found[tuple[str, ...]]], list[ArticleWarning]]:
    """Who is named where bylines stand, in the head or by a script that draws; who only the head knows, as warnings."""
    authors = [
        Found(names, each.raw, each.source, each.locator)
        for each in found
        if (names := _without_site(each, layout.site_names))
    ]
    unseen = []
    for each in declared(layout):
        if each.source == "page_state" or any(is_shown(layout.page, name) for name in each.value):
            authors.append(each)
        else:
            detail = f"{each.source} {each.locator}: {', '.join(each.value)}"
            unseen.append(ArticleWarning("authors_not_shown", detail[:200]))
    if not authors:
        authors += [
            Found(each.value.authors, each.raw, each.source, each.locator)
            for each in (*in_facts(layout), *in_boxes(layout))
        ]
    return authors, unseen


JOINED = re.compile(r" و\w{4,}")
"""«… ومجتمع»; a name's own word is shorter: «وليد»."""


def _no_sections(layout: Layout, authors: Sequence[Found[tuple[str, ...]]]) -> list[Found[tuple[str, ...]]]:
    """The bylines that are no section of the menu: «حياة ومجتمع», though its first word is somebody's name."""
    of_menu = (
        len(each.value) == 1 and JOINED.search(each.value[0]) and bare_words(each.value[0]) in layout.menu
        for each in authors
    )
    return [each for each, is_section in zip(authors, of_menu, strict=True) if not is_section]


def _chosen(layout: Layout, authors: Sequence[Found[tuple[str, ...]]]) -> Choice[tuple[str, ...] | None]:
    """Who signs the text, before who posted it, before the house; of lines alike the one that names all."""
    alone = frozenset(name for each in authors if len(each.value) == 1 for name in _names(each.value))
    ordered = sorted(authors, key=lambda each: not _is_whole(each.value, alone))
    signing = [each for each in ordered if each.source in SEEN and _signs(each, layout.site_names)]
    own = [each for each in signing if _signs_alone(each, signing)]
    writing = [each for each in signing if not EDITED.match(clean(each.raw))]
    weights = layout.profile.weights.get("authors")
    return choose("authors", own or writing or signing or ordered, weights=weights, same=_names)


def _signs_alone(found: Found[tuple[str, ...]], others: Iterable[Found[tuple[str, ...]]]) -> bool:
    """Whether a line that says who wrote the text names none of those whom a line of others names too."""
    if found.source != "structure" or not WRITTEN.match(found.raw) or EDITED.match(clean(found.raw)):
        return False
    others = (each for each in others if _names(each.value) != _names(found.value))
    return not any(name in found.raw for each in others for name in each.value)


def _in_lines(layout: Layout) -> list[Found[tuple[str, ...]]]:
    """Who signs in a line of their own."""
    return [Found(each.value.authors, each.raw, each.source, each.locator) for each in in_lines(layout)]


def _in_headline(layout: Layout) -> Iterator[Found[tuple[str, ...]]]:
    """«في رثاء الترام .. بقلم: فلان الفلاني», the headline with its writer."""
    if layout.headline is None:
        return
    signed = BEHIND_TITLE.search(text_of(layout.headline))
    if signed is not None and (names := parse_byline(signed["byline"]).authors):
        yield Found(names, signed["byline"], "structure", name_of(layout.headline))


def _initials(apart: Iterable[Line]) -> Iterator[Found[tuple[str, ...]]]:
    """«م.ب» behind the text."""
    for line in apart:
        if names := initials(line.text):
            yield Found(names, line.text, "structure", name_of(line.element))


def _names_one(found: Found[tuple[str, ...]]) -> bool:
    """Whether initials stand with a name, as Algerian papers sign: «فلانة.أ», not «م.ب»."""
    return any(len(part) > LETTERS for name in found.value for part in re.split(r"[.\s]+", name))


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


def _without_site(found: Found[Byline], sites: frozenset[str]) -> tuple[str, ...]:
    """The authors, less the site's own name where the byline also names people or an agency; «محرر سبر», of a site
    of that name, is its desk."""
    byline, raw = found.value, _unglued(clean(found.raw))
    role, _, rest = raw.partition(" ")
    if (
        byline.authors == (rest,)
        and bare_words(role) in desks()
        and bare_words(rest.partition(" ")[0]) in sites
    ):
        return (raw,)  # «محرر الضفة الإلكتروني»
    if len(byline.authors) == 1 and (house := _house_of(raw, byline.authors[0], sites)):
        return (house,)
    others = tuple(
        name
        for name in byline.authors
        if not (is_site(bare_words(name), sites) or is_office(bare_words(name), sites))
        and not (len(byline.authors) > 1 and name.startswith(SECTION))
    )
    if any(map(is_person, others)):  # «بوابة الضفة - فلان الفلاني», «فلان الفلاني – وحدة الدراسات»
        others = tuple(name for name in others if bare_words(name.partition(" ")[0]) not in desks())
    if len(others) == 1 and _is_unknown_place(others[0], raw, sites):
        return (raw,)
    if SOURCE.match(raw) and not any(map(is_person, others)):
        return ()  # another paper: «المصدر: الأخبار»
    if others or byline.agency:
        return others
    if byline.authors == (rest,) and bare_words(role) in desks():
        return (raw,)
    return tuple(name for name in byline.authors if not name.startswith(SECTION)) or byline.authors


def _unglued(raw: str) -> str:
    """A byline without the label that stands before a desk's name, in an element of its own: «بواسطةمحرر الضفة»."""
    label = label_word().match(raw)
    rest = "" if label is None else raw[label.end() :]
    return rest if bare_words(rest.partition(" ")[0]) in desks() else raw


def _is_unknown_place(name: str, raw: str, sites: frozenset[str]) -> bool:
    """Whether what stands alone beside the house is a word that is nobody's name: «بانكوك: «صدى الساحل»»."""
    house = bare_words(raw.removeprefix(name).strip(" :-–—/|«»\"'()"))
    return " " not in name and raw != name and is_site(house, sites) and name not in given_names()


def _house_of(raw: str, name: str, sites: frozenset[str]) -> str | None:
    """The house in a byline of its name and a word more, as printed: «المصدر أونلاين ـ خاص» is no source named
    «أونلاين»; with where it wrote, whole: «الرياض - العربية»."""
    first, *rest = PARTS.split(raw)
    if rest and bare_words(first) in sites and first.endswith(name) and first != name:
        return first
    if whole := _house_line(raw, sites):
        return whole
    if (
        is_site(bare_words(name), sites)
        and raw.startswith(f"{name} من ")
        and bare_words(raw[len(name) + 4 :]) in places()
    ):
        return raw
    if len(rest) != 1 or name not in (first, rest[0]) or not is_site(bare_words(name), sites):
        return None
    return raw if bare_words(rest[0] if name == first else first) in places() else None


def _house_line(raw: str, sites: frozenset[str]) -> str | None:
    """A line of the house, where it wrote and whether for itself alone, as printed: «المصدر: مدريد - الضفة»."""
    line = SOURCE.sub("", raw.partition(" | ")[0], count=1).strip(" :")
    parts = [bare_words(part) for part in PARTS.split(line)]
    others = [part for part in parts if part not in sites]
    if not 2 <= len(parts) <= HOUSE_PARTS or len(others) == len(parts):
        return None
    plain = all(part in places() or part in FOR_ITSELF for part in others)
    known = (
        parts[0] in sites and others[-1:] == [bare_words("خاص")] and all(" " not in part for part in others)
    )
    return line if others and (plain or known) else None


def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare_words, names))


def _signs(found: Found[tuple[str, ...]], sites: frozenset[str]) -> bool:
    """Whether a byline is of others than the house and no source; a word of the house alone may be somebody's login."""
    names = map(bare_words, found.value)
    of_house = any(name in sites or (" " in name and is_site(name, sites)) for name in names)
    of_house = of_house or any(is_house_alone(name, sites) for name in found.value)
    return not of_house and SOURCE.match(clean(found.raw)) is None


def _may_be_person(name: str, sites: frozenset[str]) -> bool:
    """Whether a byline names a person rather than a house, a desk or a login («نبض الضفة 3»): two words or more of a
    name."""
    first = bare_words(name.split()[0])
    return (
        len(name.split()) > 1
        and not name[-1].isdigit()
        and not is_site(bare_words(name), sites)
        and not LOGIN.fullmatch(name)
        and (desks() | newsrooms()).isdisjoint((first, first.removeprefix("ال")))
    )


def _unlabelled(
    story: Sequence[str], apart: Sequence[Line], sites: frozenset[str]
) -> Iterator[Found[tuple[str, ...]]]:
    """A writer whom no label names: in the dateline, or alone in a line before or behind the text."""
    foreign = FROM.fullmatch(story[0]) if len(story) > 1 and dateline_agency(story[1][:120]) else None
    if foreign is not None:
        yield Found(tuple(people_in(foreign["name"])), story[0], "structure", "the body's first line")
    ends = [text for text in (*story[:1], *_last_lines(story)) if text is story[0] or len(text) < LONGEST_END]
    if story and (name := opening_name(story[0])) and not is_site(bare_words(name), sites):
        yield Found((name,), story[0][:60], "structure", "the body's first words")
    for lines in ([line.text for line in apart], *([text] for text in ends)):
        signed = [
            (line, names) for line in lines if (names := dateline_people(line, sites) or behind_agency(line))
        ]
        if signed:
            everyone = tuple(dict.fromkeys(chain.from_iterable(names for _, names in signed)))
            yield Found(everyone, signed[0][0][:60], "structure", "dateline of the body")
    if len(story) > 1 and len(story[0]) < SHORT_LINE and (names := named_beside_place(story[0].rstrip(" /"))):
        yield Found(names, story[0], "structure", "the body's first line")
    for line in apart:
        if is_labelled_name(line.text) and not EDITED.match(line.text):  # «حاورها: فلان الفلاني»
            yield Found(parse_byline(line.text).authors, line.text, "structure", name_of(line.element))
        elif names := _signed(line):
            yield Found(names, line.text, "structure", name_of(line.element))


def _signed(line: Line) -> tuple[str, ...]:
    """The names that a line is, perhaps with a place or what their bearer is beside."""
    beside_place = named_beside_place(line.text) if line.strong else ()
    return signature(line) or beside_place or name_with_calling(line.text)


def _over_text(
    layout: Layout, story: Sequence[str], apart: Sequence[Line], shown: Sequence[Found[tuple[str, ...]]]
) -> Iterator[Found[tuple[str, ...]]]:
    """A name in bold that is all of a line right over the text, another's than stands by the headline: who wrote a
    column that an editor posted. Not whom the story is about: that name stands in it again.
    """
    known = frozenset().union(*(_names(each.value) for each in shown))
    told = bare_words(" ".join((*story, "" if layout.headline is None else text_of(layout.headline))))
    for line in apart:
        names = signature(line) if line.strong and line.type == "paragraph" else ()
        over = layout.page.positions.get(line.element, 0) < layout.prose_at
        if (
            over
            and names
            and _names(names).isdisjoint(known)
            and not any(each in told for each in _names(names))
        ):
            yield Found(names, line.text, "structure", name_of(line.element))
            return


def _last_lines(story: Sequence[str]) -> Sequence[str]:
    """The last line; both last ones, where the paper that a story is from stands behind its writer."""
    is_paper = len(story) > 1 and bare_words(story[-1].partition(" ")[0]) in desks()
    return story[-2:] if is_paper and len(story[-1]) < LONGEST_END else story[-1:]


def _datelines(story: Sequence[str]) -> Iterator[Found[str]]:
    """«طرابلس - وال:» at the head of the text, «(بترا)» at its foot."""
    if not story:
        return
    for text in story[:2]:
        if agency := dateline_agency(text[:120]):
            yield Found(agency, text[:60], "structure", "dateline of the body")
            break
    sign_off = SIGN_OFF.search(story[-1][-60:])
    if sign_off and (agency := agency_in(sign_off["agency"])):
        yield Found(agency, sign_off[0], "structure", "end of the body")
    elif behind_agency(story[-1]) and (agency := agency_in(story[-1].partition("/")[0])):
        yield Found(agency, story[-1], "structure", "end of the body")
