"""What one byline's text says: its labels taken off, its pieces parted into people, a desk, an agency.

What a text's own first and last lines say of its writer is read by `byline_datelines`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from archiver.extract.byline_lexicon import desks, lexicon
from archiver.extract.nodes import bare_words, clean
from archiver.extract.published_text import is_dateish

EDITED = re.compile(r"(?:إعداد\s+و\s*)?(?:تحرير|ترجمة|مراجعة|تدقيق)\s*[:/]?\s")
"""How a line begins that names who edited or translated: they give way to who wrote."""
EDITED_BY = frozenset({"تحرير", "ترجمه", "مراجعه", "تدقيق"})  # behind who wrote: «تقرير: فلان - تحرير: فلانة»
PARTS = re.compile(
    r"\s*[|•●·+]\s*|\s+[-–—ـ]+\s+|(?<=[\u0621-\u064a0-9])-\s+|\s*[–—]\s*|\s*-{2,}\s*|\s*:\s+|\s*[/\\]\s*"
)
PEOPLE = re.compile(r"\s*[،,;؛&]\s*|\s+(?:and|et)\s+", re.I)
JOINED = re.compile(r"\s+و(?:\s+)?(?=\S{2,}\s+\S)")
BRACKETS = re.compile(r"^\((.*)\)$|^\[(.*)\]$")
WHEN = re.compile(
    r"\s+(?:(?:(?:تم\s+)?ن\u064f?شرت?|تم النشر|published|posted)\s+)?"
    r"(?:في|بتاريخ|يوم|on|at)\s+(?:ال)?(?=[\d\u0660-\u0669]|سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر"
    r"|(?:sat|sun|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b).*$"
    r"|\s+(?:في|بتاريخ|يوم)\s*:.*$"
    r"|\s+(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)\s*[,،]\s*[\d\u0660-\u0669].*$",
    re.I,
)
"""«أرسله فلان في خميس …», «بقلم فلان نُشر في 5 مايو»: a name, then when."""
ADDRESS = re.compile(r"https?://\S+|\S+\s*[\[(]at[\])]\s*\S+")
HANDLE = re.compile(r"(?<=\S)\s+\(?(?:@[\w.]+|[\w.-]+@[\w.-]*)\)?")
"""«فلان @handle», «فلان name@paper.example»: where to write to a writer."""
DAY_BEHIND = re.compile(
    r"(?<=[\u0621-\u064a])\s+(?:(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)[،,]?\s+)?[0-9\u0660-\u0669]{1,4}"
    r"(?:\s*[-/.]\s*[0-9\u0660-\u0669]|\s+(?:يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر"
    r"|كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|[آا]ب|[أا]يلول|تشرين)(?=\s)).*$"
)
"""A day that stands right behind a name."""
PLACED = re.compile(r"([\u0621-\u064a]+)-(?=[\u0621-\u064a])")
"""«غزة-فلان الفلاني», a place without a blank."""
IN_HOUSE = re.compile(r"(?<=[\u0621-\u064a])\s+في\s+(?:[A-Za-z][\w .]*|[«\"“][^»\"”]+[»\"”])\s*:?$")
"""«كتبت فلانة في IMLebanon:»."""
FROM_WRITER = re.compile(
    r"^من (?=[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,2}\s*[،,]\s*(?:ال)?"
    r"(?:محرر|مراسل|كاتب|صحفي|صحافي|موفد)[ةه]?(?![\u0621-\u064a]))"
)
"""«من شارلين بورتر، المحررة في …», a translated «By»."""
FOR_HOUSE = re.compile(r"(?<=\S)\s+ل(?:ـ\s?)?[«\"]?[\u0621-\u064a]{3,}[»\"]?$")
"""«من الجزائر لمغاربية»."""
WITH = re.compile(r"\s+مع\s+(?P<house>[^،,/|]+)")
INNER_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]\s*")
OF_PICTURES = re.compile(
    r"(?:^|(?<=[،,|)])|\s+و)\s*(?:(?!\sو)[^،,|()]){3,40}\(\s*(?:ال)?(?:صور[ةه]?|تصوير)\s*\)"
)
"""Who took the pictures, in a line of names: «فلانة (النص) وفلان (الصور)»."""
NOT_NAME = re.compile(
    r"\d[:/]\d|^[\d#]|[0-9\u0660-\u0669]{3,}|https?:|\bwww\."
    r"|\.(?:com|net|org|cn|info|tv)\b|[؟?!«»\"…]|\.\.\.|@\w+\.\w|أقل من|دقيقة|دقائق"
    r"|\s[0-9\u0660-\u0669]{1,2}\s[\u0621-\u064a]|(?:يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر)\s*\d"
    r"|من المصدر|آخر تعديل|^(?:ال)?مصادر(?:\s|$)|^(?:ال)?صفحة\s"
    r"|قراءة|(?:القراء|الزوار|الخط)(?![\u0621-\u064a])|(?<![\u0621-\u064a])لصديق|نسخة|views|مشاهد|تعليق|شارك|طباعة|تحديث|(?:^|\s)(?:ال)?نشر(?:\s|$)"
    r"|(?:^|\s)منذ\s|(?:السبت|ال[أا]حد|ال[إا]ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة)\s*[0-9\u0660-\u0669]"
    r"|^(?:في|عن|إلى|حين|هذا|هذه|يكتب|تكتب|خريجة?|متخصصة?|مختصة?|مهتمة?)\s|\s(?:عن|التي|الذي)\s"
    r"|(?i:facebook|twitter|whatsapp|telegram|instagram)|\b(?i:inc|ltd|llc|gmbh|corp)\b"
)
SLASHED_INITIAL = re.compile(r"[\u0621-\u064a]{2,}\s*/\s*[\u0621-\u064a]")
"""A first name and the letter of the other: «حياة / ك»."""
OWN_SITE = re.compile(r"\.\s?نت$")
DANGLING = re.compile(r"\s+(?:في|بتاريخ|يوم|on|at)$|\s+تابع(?=\s+\||$)", re.I)
"""What is left of «كتبه فلان في …» where the day stands in an element of its own; a button beside the name."""
BEHIND_DAY = re.compile(r"^[^:،,|]{4,40}(?:19|20)\d\d\s*[,،|–—-]\s*(?=بقلم(?![\u0621-\u064a]))")
"""The day before whoever wrote: «الأربعاء 23 آذار 2011, بقلم فلان الفلاني»."""
AROUND = " -–—:|/\\،,.*✍❊●•■◆★☆✦✎◘§□▪◊○◦►❖❑✒※\ufe0f"
"""Signs around a name that are none of it."""
LOGIN = re.compile(r"(?:super ?|wp)?(?:admin\w*|user\d*|root|editor\d*|webmaster|manager)", re.I)
"""What a system calls whoever put the story in: it gives way to a writer who signs."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


@lru_cache(maxsize=4_096)
def parse_byline(text: str, *, labelled: bool = False) -> Byline:
    """People, desk or agency of one byline's text; `labelled` where its place already says what it is."""
    words = lexicon()
    text = DANGLING.sub(
        "", WHEN.sub("", clean(ADDRESS.sub(" ", text) if "://" in text or "at" in text else text))
    )
    text = FROM_WRITER.sub("", IN_HOUSE.sub("", text))
    if (helped := WITH.search(text)) is not None and agency_in(helped[1].strip()):
        text = f"{text[: helped.start()]}، {text[helped.start(1) :]}"  # «فلان الفلاني مع رويترز»
    if (placed := PLACED.match(text)) is not None and bare_words(placed[1]) in words.places:
        text = text[placed.end() :]
    text = HANDLE.sub("", text).strip() if "@" in text else text
    text = DAY_BEHIND.sub("", text) if labelled or words.label_start.match(text) else text
    stripped, labels = _strip_labels(text)
    if not stripped or (labels and labels[-1] in words.not_authors):
        return Byline()
    if labels and (labelled or len(labels) > 1) and _is_desk(labels[-1], stripped, text):
        return Byline((" ".join(text.split()[-2:]),))
    if SLASHED_INITIAL.fullmatch(stripped):
        return Byline((stripped,))
    if labels and labels[0] in ("المصدر", "مصدر", "source") and agency_in(stripped) is None:
        return Byline((stripped,)) if BRACKETS.match(stripped) else _of_source(_parse_parts(stripped))
    if not labels and not labelled:
        return Byline()
    found = _parse_parts(stripped)
    if labels and labels[-1] in words.roles and any(map(HOUSE.match, found.authors)):
        return _of_house(found, text[: text.index(stripped)].rstrip(AROUND).split()[-1])
    return found


def _of_house(found: Byline, role: str) -> Byline:
    """Who is somebody of a house: the person named, else whoever it is: «مراسل قناة الوادي»."""
    people = tuple(each for each in found.authors if HOUSE.match(each) is None)
    unnamed = tuple(f"{role} {each}" for each in found.authors[:1])
    return replace(found, authors=people or unnamed)


SENT = frozenset({"مراسل", "مراسلة", "موفد", "موفدة", "مندوب", "مندوبة"})
"""Whom a house sends: these words stand behind a name."""
HOUSE = re.compile(r"(?:قناة|صحيفة|جريدة|موقع|شبكة|وكالة|بوابة|إذاعة|تلفزيون|مجلة)\s")
"""How a house begins, whose name stands behind: no person."""


def _of_source(found: Byline) -> Byline:
    """Whom a line of the source names: persons, and no body («المصدر: الموقع الرسمي للبلدية»)."""
    return replace(found, authors=tuple(each for each in found.authors if not _is_body(each)))


def _is_body(name: str) -> bool:
    """Whether words begin as a body's name does, with an article, and no person's."""
    first, *others = name.split()
    return first.startswith("ال") and len(others) > 1 and first not in lexicon().given


def _is_desk(label: str, rest: str, text: str) -> bool:
    """Whether a label and the one word behind it are a desk: «المحرر المحلي», «مكتب بيروت», not «المحرر: الأمين»."""
    words = lexicon()
    placed = bare_words(rest) in words.places or (rest.startswith("ال") and " " not in rest)
    return (
        label.removeprefix("ال") in words.desks
        and placed
        and text.endswith(f" {rest}")
        and PARTS.search(text) is None
    )


def _strip_labels(text: str) -> tuple[str, list[str]]:
    words, labels = lexicon(), []
    while match := words.label_start.match(text):
        label = bare_words(match["label"])
        if label in words.roles and text[match.end() :].startswith(words.fields):
            break
        labels.append(label)
        text = text[match.end() :]
        if label in words.not_authors:
            break
    return _bare(text), labels


def _bare(text: str) -> str:
    """A piece without the signs around it; an initial keeps its dot: «Amina S.»."""
    bare = text.strip(AROUND)
    is_initial = bare[-2:-1] == " " and bare[-1:].isalpha() and text.lstrip(AROUND).startswith(f"{bare}.")
    return f"{bare}." if is_initial else bare


AGENCY_AND = re.compile(r"(\S+(?: \S+){0,3}) و(\S+(?: \S+){1,3})")
"""An agency, and who wrote with it: «العمانية وخلفان الرحبي»."""
SECOND_PLACE = re.compile(r"(?<=\S) +(\S+(?: ال\S+)?)\s*:(?=\s)")
"""Words before a colon, behind others: «لندن: فلان أنقرة: وكالات»."""


def _parted_at_place(found: re.Match[str]) -> str:
    return f" | {found[1]}: " if bare_words(found[1]) in lexicon().places else found[0]


def _agency_and_name(part: str) -> tuple[str, str] | None:
    found = AGENCY_AND.fullmatch(part)
    known = agency_in(found[1]) if found is not None else None
    return (known, found[2]) if found and known and found[2].split()[0] in lexicon().given else None


def _parse_parts(text: str) -> Byline:
    text = SECOND_PLACE.sub(_parted_at_place, OF_PICTURES.sub(" | ", text))
    authors: list[str] = []
    agency: str | None = None
    of_another = False  # the piece before was «تصوير»
    for piece in PARTS.split(text if BRACKETS.match(text) else INNER_BRACKETS.sub(r" | \1 | ", text)):
        part = _bare(clean(piece))
        before, comma, last = part.rpartition("،")
        part = before if comma and bare_words(last) in lexicon().not_authors | EDITED_BY else part
        folded = bare_words(part)
        of_other = bare_words(last) in lexicon().not_authors or (
            bool(authors or before) and bare_words(last) in EDITED_BY
        )
        of_another, skipped = of_other, of_another
        label = lexicon().label_start.match(part)
        labelled = "" if label is None else bare_words(label["label"])
        if skipped or labelled in lexicon().not_authors or (authors and labelled in EDITED_BY):
            continue
        if not folded or folded in lexicon().nobody | lexicon().not_authors or _is_date(part):
            continue
        if known := agency_in(part):
            agency = agency or known
        elif (both := _agency_and_name(part)) is not None:
            agency = agency or both[0]
            authors.append(both[1])
        elif folded not in lexicon().places and not (authors and _is_role(folded)):
            people = list(_people(_without_role(_without_place(part))))
            authors += [name for name in people if is_name(name)]
            agency = agency or next(filter(None, map(agency_in, people)), None)
    names = tuple(dict.fromkeys(authors))
    if len(names) > 1:  # «مسعود الزاهد، العربية.نت»
        names = tuple(name for name in names if not OWN_SITE.search(name)) or names
    if any(name.split()[0] in lexicon().given for name in names):
        names = tuple(name for name in names if not _is_beside_person(name))
    others = tuple(name for name in names if name.split()[0] not in lexicon().callings)
    full = tuple(name for name in others if " " in name or "." in name)
    return Byline(full if full and not PEOPLE.search(text) else others, agency)


RANK = re.compile(
    r"(?:العميد|اللواء|العقيد|المقدم|الرائد|النقيب|الملازم|الفريق|العماد)(?: أول| الركن)? (?!ال)\S+(?: \S+){1,2}$"
)
"""A soldier who writes: «النقيب فلان الفلاني»."""


def _is_beside_person(name: str) -> bool:
    """Whether words beside a person's name are none: a role, a house, an unknown place («الأغوار الشمالية»)."""
    words = name.split()
    if RANK.match(name):
        return False
    if len(words) > 1 and words[0] in lexicon().given:  # «ماجد الصحفي»
        return False
    placed = (words[0].startswith("ال") or words[0] in lexicon().place_begins) and words[
        0
    ] not in lexicon().given
    return placed or _is_role(bare_words(name)) or not lexicon().houses.isdisjoint(map(bare_words, words))


def _without_place(part: str) -> str:
    """A name without the place right before it: «سوهاج محمود مقبول»."""
    place, _, name = part.partition(" ")
    words = lexicon()
    is_name = " " in name and name.split()[0] in words.given and place not in words.given
    return name if is_name and bare_words(place) in words.places else part


def _without_role(part: str) -> str:
    """A name without what its bearer is or where they wrote: «فلان الفلاني مراسل الموقع», «فلان الفلاني من الرياض»."""
    words = lexicon()
    first, *others = part.split()
    if first == "من" and others and others[0] in words.given:  # «القاهرة ـ من فلان الفلاني»
        part = " ".join(others)
    name, _, place = part.partition(" من ")
    place = FOR_HOUSE.sub("", place)
    known_name = len(name.split()) > 1 and name.split()[0] in words.given and " " not in place
    part = name if place and (bare_words(place) in words.places or known_name) else part
    said = part.split()
    known = (
        at
        for at, word in enumerate(said)
        if at > 1 and (bare_words(word) in words.roles or word in words.callings)
    )
    at = next(known, None)
    if said[0] not in words.given:  # «Sami Haddad مراسل الضفة»: only what nobody but a person is
        at = next((at for at, word in enumerate(said) if at > 1 and word in SENT), None)
    return part if at is None else " ".join(said[:at])


def _is_role(folded: str) -> bool:
    """Whether words say what somebody is at a paper: «مراسل الشؤون السياسية»."""
    return folded.partition(" ")[0] in lexicon().roles


def people_in(part: str) -> list[str]:
    """The people that a list of names and nothing else names: «أحمد علي ومحمد حسن»."""
    return [name for name in _people(part) if is_name(name)]


def _people(part: str) -> Iterator[str]:
    for place, name in enumerate(PEOPLE.split(part)):
        if place and _is_role(bare_words(name)):
            continue
        for each in _apart(clean(name)):
            yield clean(_strip_labels(each)[0]) or each


def _apart(text: str) -> list[str]:
    """«أحمد علي ومحمد حسن» is two people; «محمد وليد حسن» is one, «إدارة الإعلام والعلاقات العامة» a desk."""
    if bare_words(text.partition(" ")[0]) in desks():
        return [text]
    for match in JOINED.finditer(text):
        bare = text[match.end() :].split()[0]
        is_whole = f"و{bare}" in lexicon().waw_names and bare not in lexicon().given
        if is_whole or len(text[: match.start()].split()) < 2:
            continue
        return [text[: match.start()], *_apart(text[match.end() :])]
    return [text]


def is_name(text: str) -> bool:
    """Whether a text may be somebody's name: no label, place, agency, address, account or button."""
    folded = bare_words(text)
    words = lexicon()
    if folded in words.nobody or folded in words.labels or folded in words.places or agency_in(text):
        return False
    return (
        1 < len(text) <= LONGEST_NAME
        and not NOT_NAME.search(text)
        and len(folded.split()) <= 7
        and not folded.isdigit()
        and text[0] != "@"
    )


def agency_in(text: str) -> str | None:
    """The agency a text names and nothing else, as printed, its brackets off; None where it names none."""
    inner = BRACKETS.match(clean(text))
    name = clean(next(filter(None, inner.groups()), "") if inner else text)
    return name if bare_words(name) in lexicon().agencies else None


def is_site(folded: str, sites: frozenset[str]) -> bool:
    """Whether words are the site's name, or stand in it: «الطليعة» of «صحيفة الطليعة الإلكترونية», «Tali News» of
    talinews.com, «الطليعة النشرة الإلكترونية» of «نشرة الطليعة الإلكترونية».
    """
    if folded in sites or any(f" {folded} " in f" {site} " for site in sites):
        return True
    if " " not in folded:
        return False
    if folded.isascii():
        return folded.replace(" ", "") in sites
    return any(_words(folded) == _words(site) for site in sites)


@lru_cache(maxsize=4_096)
def _words(folded: str) -> frozenset[str]:
    """A name's words, in no order and without articles."""
    return frozenset(word.removeprefix("ال") for word in folded.split())


def is_office(folded: str, sites: frozenset[str]) -> bool:
    """Whether words are the site's name and a place: «كود الرباط», of «كود»."""
    house, _, place = folded.partition(" ")
    return place in lexicon().places and is_site(house, sites)


def _is_date(text: str) -> bool:
    return is_dateish(text)


def is_nobody(text: str) -> bool:
    """Whether a line that stands where names stand names nobody."""
    return bare_words(text) in lexicon().nobody


def is_login(name: str) -> bool:
    """Whether a name is what somebody logs in by: «admin», «enab», «Taghyeer»."""
    return LOGIN.fullmatch(name) is not None or (name.isascii() and " " not in name)
