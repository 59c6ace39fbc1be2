"""Who a text's own lines name as its writer: datelines, and a name beside a place or a house."""

import re
from itertools import islice, pairwise

from archiver.extract.byline_lexicon import lexicon
from archiver.extract.byline_names import (
    DASHED,
    FROM,
    HYPHENED,
    NAME_LETTERS,
    WORDS_OF_NAME,
    is_full_name,
    is_likely_name,
    is_person,
    joins_given_names,
    listed,
)
from archiver.extract.byline_text import agency_in, is_office, is_site, parse_byline, people_in
from archiver.extract.nodes import bare_words, clean

DATELINE_CUT = re.compile(r"\s*(?:[-–—_/:،,()\[\]«»<>|]|(?<!\S)ـ+|ـ+(?!\S)|\d)+\s*")
"""What parts a dateline: «رام الله 3-6-2020 وفا- قال»."""
DATELINE_PIECES, UNBROKEN = 4, "\u2011"
HAS_DIGIT = re.compile(r"[0-9\u0660-\u0669]")
LONGEST_DATELINE = 60
"""A paragraph so short may be nothing but a dateline."""
LONGEST_DATED = 100
LONGEST_WRITER_LINE = 60
"""Characters among which a dateline that names a writer ends with a colon."""
LONGEST_OPENING, MOST_SIGNS = 75, 8
"""Characters, and signs, among which a dateline that the text follows names its writer."""
OPENING = re.compile(
    r"(?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,3})\s*[-–—_]+\s+(?=\S+ \S)(?!.{0,60}\s[-–—_]+\s)"
)
LABELLED_OPENING = re.compile(
    r"(?:كتبت?|بقلم)\s*[:/–—-]?\s+(?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,3})"
    r"\s*[:–—-]\s+(?=[\u0621-\u064a]\S* \S)"
)
"""Not «كتب فلان الفلاني: «شكرا»», which quotes him."""
ACRONYM = re.compile(r"[A-Z]{2,5}")
"""How agencies sign in Latin letters: «القامشلي – فلان الفلاني – NPA»."""
HANDLED = re.compile(r"\s+@[\w.]+(?:\s*\([^()]{2,20}\))?(?=\s*(?::|$))")
"""Where to find a writer, and where the writer is, behind the name: «فلان @handle (حفر الباطن): …»."""
HOUSE_END = re.compile(
    r"[\u0621-\u064a](?:\s?\.\s?(?:نت|كوم|[إا]نفو)|\s(?:نيوز|برس|[أا]ونلاين|نت|كوم|تي ?في))$"
)
"""How the names of sites end: «زايو سيتي.نت», «صدى برس»."""
OFFICE, OWN = "مكتب ", "خاص "
"""Before the house: «خاص صحيفة الضفة»."""
DOT_COM = " دوت كوم"
MONTH_OR_IN = re.compile(
    r"(?:^|\s)(?:في|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان"
    r"|[أا]يار|حزيران|تموز|[آا]ب|[أا]يلول|تشرين|ال[أا]ول|الثاني|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|غشت|شتنبر|دجنبر)(?=\s|$)"
)
"""What a dateline says beside its place."""
DAY_AT_END = re.compile(r"[\s/،,–-]+\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}\s*$")
"""The day that a dateline ends with: «القاهرة- فلان الفلاني- بيت الخبر/ 20-11-2005»."""
FROM_PLACE = re.compile(r"(?P<name>[\u0621-\u064a ]{5,40}?) من (?P<place>[\u0621-\u064a ]{3,20}):")
"""«فلانة الفلانية من بيروت: …»."""


def dateline_people(text: str, sites: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The writer that a text's dateline names behind a place, no label before: «الدوحة - مها الكواري: …».

    >>> dateline_people("الدوحة - مها الكواري:")
    ('مها الكواري',)
    """
    text = HANDLED.sub("", text).rstrip(" /")
    house, colon, others = text.partition(":")
    if colon and OPENING.match(others.strip()) and is_site(bare_words(house), sites):
        text = f"{clean(house)} - {clean(others)}"  # «الضفة : فلان الفلاني - قال …»
    if (named := FROM_PLACE.match(text)) and bare_words(named["place"]) in lexicon().places:
        return (named["name"],) if is_full_name(named["name"]) else ()
    if (dated := DAY_AT_END.search(text[:LONGEST_DATED])) and dated.end() == len(text):
        return _before_day(text[: dated.start()])
    if text.count(":") > 1 and len(text) < LONGEST_DATED and (each := _each_from_a_place(text)):
        return each
    head, colon, rest = text[:LONGEST_WRITER_LINE].partition(":")
    if not colon and len(text) > LONGEST_DATELINE:
        return _opening_writer(text, sites)
    if len(text) <= LONGEST_WRITER_LINE and (behind := _behind_colon(head, rest, sites)):
        return behind
    if rest and is_site(bare_words(rest), sites) and (is_person(clean(head)) or is_likely_name(clean(head))):
        return (clean(head),)  # «فلان الفلاني : صحيفة الضفة»
    return _among_pieces(text, head, rest, sites)


def _each_from_a_place(text: str) -> tuple[str, ...]:
    """The people of a line of nothing but places and names: «بغداد: فلان الفلاني لندن: علان العلاني»."""
    first, *parts = text.split(":")
    if not 2 <= len(parts) <= DATELINE_PIECES or bare_words(first) not in lexicon().places:
        return ()
    names = []
    for part in parts[:-1]:
        words = part.split()
        place = next((at for at in (-1, -2) if bare_words(" ".join(words[at:])) in lexicon().places), None)
        if place is None:
            return ()
        names.append(" ".join(words[:place]))
    names.append(clean(parts[-1]))
    return tuple(names) if all(is_person(each) or is_likely_name(each) for each in names) else ()


def _among_pieces(text: str, head: str, rest: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The people among the places, houses and days of a dateline's head; `rest` stands behind its colon."""
    words = lexicon()
    pieces = _house_apart(_pieces(head), sites)
    if not 2 <= len(pieces) <= DATELINE_PIECES:
        return ()
    if (
        len(text) > LONGEST_WRITER_LINE
        and bare_words(pieces[-1]) in words.labels - words.common - words.not_authors
    ):
        return _opening_writer(text, sites)
    whole = pieces if not rest or len(text) > LONGEST_WRITER_LINE else _pieces(text)
    if labelled := _labelled([piece for piece in whole if not is_site(bare_words(piece), sites)]):
        return labelled
    if bare_words(pieces[0]) in words.places and (told := next(filter(is_labelled_name, pieces[1:]), None)):
        return parse_byline(told).authors  # «بيت لحم- تقرير- كتب فلان الفلاني: …»
    others = [piece for piece in pieces if not _is_of_dateline(piece, sites)]
    people = [piece for piece in others if all(map(is_person, people_in(piece) or [""]))]
    placed = any(bare_words(piece) in words.places for piece in pieces)
    housed = bare_words(pieces[0]) in words.places or any(
        is_site(bare_words(piece), sites) for piece in (pieces[0], pieces[-1])
    )
    known = len(pieces) - len(others)
    is_plain = (housed or known > 1) and (placed or HAS_DIGIT.search(head) is None)
    if is_plain and (likely := _likely(others, people, known, alone=_is_whole(text, head))):
        return likely
    if others == people and known > 1 and head != text:  # «فلان الفلاني، فلانة الفلانية- الضفة- الطائف: …»
        return tuple(people)
    if len(people) == 1 and _closes(people[0], others, pieces, text, head, rest):
        return tuple(people_in(people[0]))
    if len(people) != 1 or not (placed or any(_is_house(piece, sites) for piece in pieces)):
        return ()
    is_alone = not rest.strip() and (head != text or _is_house(pieces[0], sites))
    if len(others) == 1 or is_alone:
        return tuple(people_in(people[0]))
    among = bool(rest) or (_is_house(pieces[1], sites) and _is_whole(text, head))
    if people == others[1:] == pieces[-1:] and among and " " not in others[0]:
        return tuple(people)  # «بهلا – مكتب الضفة – فلان الفلاني : …», «الحي/ الضفة نت/ فلان الفلاني»
    return _opening_writer(text, sites)


def _closes(name: str, others: list[str], pieces: list[str], text: str, head: str, rest: str) -> bool:
    """Whether a name ends a line of its own behind what may be the paper («بغداد - الضفة - فلان الفلاني»), or a
    dateline behind what may be a town («الغاط - فلان الفلاني:»)."""
    words, first = lexicon(), bare_words(pieces[0])
    if (
        name != pieces[-1]
        or any(" " in each for each in others[:-1])
        or first.removeprefix("ال") in words.roles
    ):
        return False
    placed = first in words.places
    return (placed and _is_whole(text, head)) or (len(pieces) == 2 and head != text and not rest.strip())


def _is_whole(text: str, head: str) -> bool:
    """Whether a dateline is all of its line."""
    return clean(text).rstrip(" :") == clean(head)


def _likely(others: list[str], people: list[str], known: int, *, alone: bool) -> tuple[str, ...]:
    """Who is named beside a house or a place though no known name begins it: one, in a line alone or with both beside;
    or several, one of them known: «الضفة – فلان الفلاني | فلانة الفلانية»."""
    if not all(is_person(each) or is_likely_name(each) for each in others):
        return ()
    named = tuple(name for piece in others for name in people_in(piece) or [piece])
    if not people and len(others) == 1 and (alone or known > 1):
        return named
    return named if people and alone and len(others) > 1 else ()


def _behind_colon(head: str, rest: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The people behind a colon, where what stands before it leads to a writer: «لندن: فلان الفلاني»."""
    people = listed(clean(rest))
    return people if people and _leads_to_writer(head, sites) else ()


def _leads_to_writer(head: str, sites: frozenset[str]) -> bool:
    """Whether words are a place or the house, or one of these and a word more («كسلا- التغيير», «صدى الساحل – تقرير»),
    an envoy's («مبعوث «الضفة» إلى البرازيل»), or one word behind a star («*تنغير»)."""
    words, pieces = lexicon(), _pieces(head)
    if bare_words(head.strip("* ")) in words.not_authors:
        return False
    starred = head.startswith("*") and " " not in head.strip("* ")
    if starred or bare_words(head.partition(" ")[0]) in words.roles:
        return True
    first, *others = map(bare_words, pieces or [head])
    other = others[0] if others else ""
    behind_town = " " not in first and other in words.places  # «ود مدني – الخرطوم»
    if len(others) > 1 or not (first in words.places or is_site(first, sites) or behind_town):
        return False
    plain = not other or (first in words.places and " " not in other)
    return plain or other in words.places or other in words.labels


def _before_day(text: str) -> tuple[str, ...]:
    """The people between the place and the house of a dateline that ends with its day."""
    place, *others = _pieces(text) or [""]
    named = [people for piece in others if (people := people_in(piece)) and all(map(is_full_name, people))]
    return (
        tuple(named[0])
        if len(named) == 1 and len(others) < 3 and bare_words(place) in lexicon().places
        else ()
    )


def _pieces(text: str) -> list[str]:
    """What a dateline's signs part."""
    whole = HYPHENED.sub(
        lambda found: found[0].replace("-", UNBROKEN) if joins_given_names(found) else found[0], text
    )
    parts = (part.replace(UNBROKEN, "-") for part in DATELINE_CUT.split(whole))
    pieces = (piece.strip(" *«»\"'“”") for piece in parts)
    return [_not_from(piece) for piece in pieces if piece]


def _house_apart(pieces: list[str], sites: frozenset[str]) -> list[str]:
    """The pieces, the house parted from the name that it stands before: «SadaNews فلان الفلاني / طرابلس»."""
    house, _, name = pieces[0].partition(" ") if pieces else ("", "", "")
    return [house, name, *pieces[1:]] if name and bare_words(house) in sites else pieces


def _not_from(piece: str) -> str:
    """The name of «القاهرة ـ بيت الخبر ـ من فلان الفلاني»."""
    name = piece.removeprefix(FROM)
    return name if is_full_name(name) or (name != piece and is_likely_name(name)) else piece


def _labelled(pieces: list[str]) -> tuple[str, ...]:
    """The people behind a label among a dateline's pieces: «مسقط - تقرير - فلان»."""
    words = lexicon()
    for label, piece in pairwise(pieces):
        if bare_words(piece) in words.labels:  # «خاص - كتب : فلان»
            continue
        if bare_words(label) in words.labels - words.not_authors and NAME_LETTERS.fullmatch(piece):
            people = tuple(people_in(piece)) if 1 < len(piece.split()) <= WORDS_OF_NAME else ()
            sure = bare_words(label) not in words.common  # «كتب», not «تقرير»
            return people if sure or all(is_person(each) or is_likely_name(each) for each in people) else ()
    return ()


def _opening_writer(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The writer whom a dateline names before the text goes on in the same line, a dash behind the name:
    «عمان 28 كانون الثاني (بترا) ماجدة عاشور- أقر …»."""
    start, known = 0, False
    for sign in islice(DATELINE_CUT.finditer(text, 0, LONGEST_OPENING), MOST_SIGNS):
        piece, start = _not_from(text[start : sign.start()].strip(" «»\"'“”")), sign.end()
        if known and is_labelled_name(piece):
            return parse_byline(piece).authors
        if known and bare_words(piece) in lexicon().labels - lexicon().common - lexicon().not_authors:
            continue  # «نبأ نيوز- الحديدة/ كتب: فلان الفلاني - …»
        if not known and bare_words(piece) not in lexicon().places and not is_site(bare_words(piece), sites):
            return ()
        if piece and not _is_of_dateline(piece, sites):
            return (piece,) if DASHED.fullmatch(sign[0]) and is_full_name(piece) else ()
        known = True
    return ()


def opening_name(text: str) -> str | None:
    """The writer whose name the text follows: «فلانة الفلانية _ تستهدف …», «كتب فلان الفلاني: أعلنت الوزارة …»."""
    if len(text) < LONGEST_DATELINE:  # a line of its own
        return None
    opening = OPENING.match(text) or LABELLED_OPENING.match(text)
    return opening["name"] if opening is not None and is_full_name(opening["name"]) else None


def is_dateline(text: str) -> bool:
    """Whether a line is places, houses and agencies and nothing else: «وكالات - أبوظبي»."""
    pieces = _pieces(text) if len(text) < LONGEST_DATELINE else []
    return len(pieces) > 1 and all(_is_of_dateline(piece, frozenset()) for piece in pieces)


def _is_of_dateline(piece: str, sites: frozenset[str]) -> bool:
    folded = bare_words(MONTH_OR_IN.sub(" ", piece)).removesuffix(DOT_COM).removeprefix(OWN)
    words = lexicon()
    return (
        not folded
        or folded in words.places
        or folded in words.nobody
        or is_site(folded, sites)
        or _is_house(piece, sites)
        or bool(agency_in(piece))
        or ACRONYM.fullmatch(piece) is not None
    )


def _is_house(piece: str, sites: frozenset[str]) -> bool:
    """Whether words are the site's name or its office, or end as the names of sites do."""
    folded = bare_words(piece)
    if folded in lexicon().press_offices:
        return True
    office = folded.removeprefix(OFFICE)
    if office != folded and (office in lexicon().places or is_site(office, sites)):
        return True  # «مكتب طرابلس»
    if folded.startswith(OWN) and folded.count(" ") == 1:
        return True  # «خاص الضفة»
    return is_site(folded, sites) or is_office(folded, sites) or HOUSE_END.search(piece) is not None


def is_house_alone(text: str, sites: frozenset[str]) -> bool:
    """Whether a line is the site's name, perhaps with a place or a word like «خاص» beside it."""
    pieces = _pieces(text) if len(text) < LONGEST_DATELINE else []
    return bare_words(text) in sites or (
        any(bare_words(piece) in sites for piece in pieces)
        and all(_is_of_dateline(piece, sites) for piece in pieces)
    )


def is_labelled_name(text: str) -> bool:
    """Whether a line is nothing but a label and full names: «تحقيق ناصر الحسيني»."""
    authors = parse_byline(text).authors
    return bool(authors) and all(map(is_full_name, authors))


def is_label(text: str) -> bool:
    """Whether a line is a byline's label alone, the name in the next: «بقلم», «كتب:»."""
    words = lexicon()
    return bare_words(text) in words.labels - words.common and not text.endswith((".", "؟", "!"))


def is_house_line(text: str) -> bool:
    """Whether a line is a place and a house in quotation marks: «لندن: «عموم العرب»»."""
    place, colon, house = text.partition(":")
    quoted = house.strip()
    return bool(colon) and bare_words(place) in lexicon().places and quoted[:1] == "«" and quoted[-1:] == "»"


def named_beside_place(text: str) -> tuple[str, ...]:
    """The writer in a line set in bold that is a name and a word or two: «عبد الرحمن سهل-كيسمايو»."""
    pieces = _pieces(text)
    full = [
        each
        for each in pieces
        if is_full_name(each) and lexicon().houses.isdisjoint(map(bare_words, each.split()))
    ]
    others = [piece for piece in pieces if piece not in full]
    if len(full) != 1 or len(others) != 1 or len(others[0].split()) > 2:
        return ()
    known = lexicon().no_names | lexicon().not_authors
    plain = NAME_LETTERS.fullmatch(others[0]) and known.isdisjoint(map(bare_words, others[0].split()))
    return tuple(full) if plain or bare_words(others[0]) in lexicon().places else ()


def begins_at_place(text: str) -> bool:
    """Whether a text begins as a dispatch does: «طهران (فارس) - أكد …», «دبي - أعلنت …»."""
    sign = DATELINE_CUT.search(text, 0, LONGEST_DATELINE)
    at = sign and AT_PLACE.fullmatch(sign[0]) and bare_words(MONTH_OR_IN.sub(" ", text[: sign.start()]))
    return bool(at) and at in lexicon().places


AT_PLACE = re.compile(r"\s*[-–—_/(]\s*|\s*ـ\s+")
"""What stands between a dispatch's place and the rest; a colon may stand behind a topic."""


def dateline_agency(text: str) -> str | None:
    """The agency that a text's dateline names, behind nothing but places and days."""
    pieces = DATELINE_CUT.split(text, maxsplit=DATELINE_PIECES)
    for piece in filter(None, pieces[:DATELINE_PIECES]):
        name = piece.strip(" «»\"'")
        if (piece is not pieces[-1] or len(text) < LONGEST_DATELINE) and (agency := agency_in(name)):
            return agency
        if not lexicon().places.issuperset({bare_words(MONTH_OR_IN.sub(" ", name))} - {""}):
            return None
    return None


def behind_agency(text: str) -> tuple[str, ...]:
    """Who wrote and who edited for an agency, in a line of their own: «وام/فلانة الفلانية/علان العلاني»."""
    agency, *names = map(clean, text.split("/", MOST_BEHIND_AGENCY))
    signed = names and agency_in(agency) is not None and all(map(is_full_name, names))
    return tuple(names) if signed else ()


MOST_BEHIND_AGENCY = 3
