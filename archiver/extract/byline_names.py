"""Whether words are a name: in full, shortened, behind a title, one of several in a line."""

import re
from collections.abc import Sequence
from itertools import pairwise

from archiver.extract.byline_lexicon import lexicon
from archiver.extract.byline_text import is_name, people_in
from archiver.extract.nodes import bare_words

DASHED = re.compile(r"\s*[-–—]+\s*|\s+ـ+\s+")
SLASHED = re.compile(r"\s*[/\\]\s*")
"""What parts the names of several."""
WORDS_OF_NAME = 4  # at most
VERB = 4  # letters of a verb, at least: «يتألق», not «ياس»
NAME_LETTERS = re.compile(r"[\u0621-\u064a\u064b-\u0652 ]+")
COMPOUND = re.compile(
    r"(?<!\S)(?:عبد|أبو|ابو|بن|ابن|آل|أم|ولد|منت|بنت) \S+|(?:تاج السر|سيف الإسلام|\S+ (?:الدين|الله))(?!\S)"
)
"""What is one word of a name: «عبد الله», «بن سالم», «نور الدين»."""
SERVANT = re.compile(r"عبدال[\u0621-\u064a]{3,7}")
"""«عبدالواسع», whatever of the names of God; with a blank it is two words."""
MARKS = re.compile("[\u064b-\u0652]+")
"""What is written over letters: «نوّار» is «نوار»."""
FROM = "من "
"""«*من فلان الفلاني»."""
HONORIFIC = re.compile(
    r"(?:العميد|اللواء|العقيد|المقدم|الرائد|النقيب|الفريق|العماد)(?: الركن| المتقاعد| الدكتور| الحقوقي)*\s"
    r"|(?:أ\s?\.?\s?)?[دمذ]\s?[./]\s?|(?:ال)?(?:دكتور|أستاذ|مهندس|مستشار|بروفيسور|بروفسور|سفير|شيخ|محامي|إعلامي)[ةه]?\s?/?\s"
)
"""Titles and ranks before a name."""
EDITOR = re.compile(r"^ت\s*:\s*")
"""«ت: فلان», who edited, where nobody else signs."""
PICTURED_BY = re.compile(r"(?<=\S)\s*[-–—/]\s*(?:ت|تصوير|عدسة)\s*:\s*[^:]{3,40}$")
"""«فلان الفلاني – ت: علان العلاني», who took the pictures behind who wrote."""
IN_PLACE = re.compile(r"\s*[(\[](?P<place>[^()\[\]]{2,25})[)\]]\s*$")
"""Where a writer is, in brackets behind the name: «فلان الفلاني (الجديدة)»."""
INITIAL_NAME = re.compile(
    r"[\u0621-\u064a]\s?\.\s?[\u0621-\u064a]{3,}(?: [\u0621-\u064a]{3,})?|[\u0621-\u064a]{3,}\s?\.\s?[\u0621-\u064a]\.?"
)
"""A name with a letter for one of its words: «ر. زواغي», «م. الفاتح عثماني», «زبير. ز»."""
OF_FAITH = re.compile(
    r"(?:عز|نور|سعد|تقي|شمس|بدر|محي+|علاء|جمال|كمال|صلاح|فخر|ضياء|بهاء|ناصر|سيف|شرف|حسام|عماد|زين|نجم|خير|قمر|شهاب|معز|برهان"
    r"|جلال|غياث|صفي|نصر|تاج|مجد|زكي|سراج|عصام|صدر)"
)
"""What makes a given name with «الدين»."""
SIGNS = " |*✍-–—.()[]،,\"'«»◘§□▪◊○◦►❖❑■•●◆★☆✦✎✒※"
"""Signs around a name that are none of it."""
CALLED_FROM = re.compile(
    r"من (?P<name>[\u0621-\u064a]+(?: [\u0621-\u064a]+){1,2}) (?:مراسل|مندوب|موفد)(?:ة|نا|تنا)?(?:\s|$)"
)
"""«من فلان الفلاني مراسل صحيفة الضفة»."""
NO_NAMES = frozenset(["في", "من", "إلى", "على", "عن", "مع", "أو", "ثم", "قال", "قالت", "أكد"])
"""Words that make of names a sentence."""
TITLES = frozenset(["رئيس", "وزير", "أمين"])
"""Words that make of names a title, where another follows: «أمين عام», not «نشأت أمين»."""
IN_TRUST = frozenset(
    ["عام", "العام", "سر", "السر", "مال", "المال", "صندوق", "الصندوق", "مساعد", "المساعد", "لجنة", "اللجنة", "حزب",
     "الحزب", "مجلس", "المجلس", "فرع", "الفرع", "أول"]
)  # fmt: skip
"""What makes of «أمين» a title: «أمين السر», not «محمد أمين الفلاني»."""
HYPHENED = re.compile(r"(?<![\u0621-\u064a])([\u0621-\u064a]+)-([\u0621-\u064a]+)")
"""Two words with a hyphen between."""
WITH_CALLING = re.compile(
    r"(?P<sign>[*•●■◾✍–—-]*)\s*(?P<name>[\u0621-\u064a\u064b-\u0652. ]{5,40}?)\s*(?P<mark>[،,:|]|\s[–—-]+\s)"
    r"\s*(?P<calling>[^:«\"؟?!]{4,100})$"
)
LONGEST_LINE = 60
"""Characters of a line that may be nothing but names."""


def is_full_name(name: str) -> bool:
    """Two to four words, the first a given name, none that is a verb's or a sentence's."""
    name = HYPHENED.sub(
        lambda found: found[0].replace("-", " ") if joins_given_names(found) else found[0], name
    )
    said = words_of_name(name.replace("ـ", ""))
    return (
        1 < len(said) <= WORDS_OF_NAME
        and all(said)
        and _is_given(said[0])
        and NAME_LETTERS.fullmatch(name) is not None
        and not any(map(_may_be_verb, said[1:]))
        and not _is_sentence(said)
    )


def joins_given_names(found: re.Match[str]) -> bool:
    """Whether what a hyphen joins are two given names: «ماري-كلير», not «طرابلس-سالم»."""
    return lexicon().given.issuperset(found.groups())


def _is_given(word: str) -> bool:
    """Whether a name's first word is a given name, a servant's («عبدالواسع») or a mother's («أم ناصر»)."""
    first, _, second = word.partition("\u00a0")
    given = lexicon().given
    if second == "الدين" and OF_FAITH.fullmatch(first):
        return True
    return (
        first in given
        or MARKS.sub("", first) in given
        or SERVANT.fullmatch(first) is not None
        or (first == "أم" and second in given)
    )


def is_person(name: str) -> bool:
    """Whether words are a full name, perhaps behind a title: «ذ. إدريس الفلاني»."""
    titled = HONORIFIC.match(name)
    return is_full_name(name[titled.end() :] if titled is not None else name)


def _are_people(names: Sequence[str]) -> bool:
    """Whether all of these are full names, one perhaps shortened: «ر. زواغي»."""
    return all(is_full_name(name) or INITIAL_NAME.fullmatch(name) for name in names)


def is_likely_name(text: str) -> bool:
    """Whether two or three words that stand alone behind a place are a name, though no known one begins it:
    no label, desk, house or place is among them."""
    said, words = text.split(), lexicon()
    return (
        1 < len(said) < WORDS_OF_NAME
        and NAME_LETTERS.fullmatch(text) is not None
        and not said[0].startswith("ال")
        and words.label_start.match(f"{text} ") is None
        and not _is_sentence(said)
        and not any(map(_may_be_verb, said[1:]))
        and words.no_names.isdisjoint(map(bare_words, said))
        and is_name(text)
    )


def listed(text: str) -> tuple[str, ...]:
    """Full names and nothing else, parted by commas, dashes or slashes: «فلان الفلاني/ فلانة الفلانية»."""
    lists = (people_in(text), DASHED.split(text), SLASHED.split(text))
    return next((tuple(each) for each in lists if each and all(map(is_person, each))), ())


def lone_name(text: str) -> str | None:
    """The name that is all of a line set apart from the text: «*فرح شندول*», «سعيد بن صالح»; None for a sentence."""
    name = text.strip(SIGNS)
    if (called := CALLED_FROM.match(name)) and is_full_name(called["name"]):
        return called["name"]
    if name.startswith(FROM) and is_full_name(name.removeprefix(FROM)):  # «*من فلان الفلاني»
        name = name.removeprefix(FROM)
    if text.lstrip()[:1] == "*" and INITIAL_NAME.fullmatch(name):  # «* ي. الفلاني»
        return name
    if (titled := HONORIFIC.match(name)) and is_full_name(name[titled.end() :]):
        return name
    if not (is_full_name(name) and len(words_of_name(name)) < WORDS_OF_NAME and is_name(name)):
        return None
    return f"{name}." if name[-2:-1] == " " and f"{name}." in text else name  # «هشام ك.»


def name_with_calling(text: str) -> tuple[str, ...]:
    """The name of a line that says who somebody is and nothing else: «* فلان الفلاني، كاتب وباحث من ليبيا»."""
    told = WITH_CALLING.match(text)
    if told is None or (told["mark"] == ":" and not told["sign"]):  # «فلان الفلاني: خبير الموانئ متفائل»
        return ()
    said = told["calling"].split()
    if not lexicon().says.isdisjoint(said) or said[0].removeprefix("ال") not in lexicon().callings:
        return ()
    is_name = is_person(told["name"]) or (bool(told["sign"]) and is_likely_name(told["name"]))
    return (told["name"],) if is_name else ()


def lone_names(text: str) -> tuple[str, ...]:
    """The names that are all of a line: one, or several full ones, «فلان الفلاني وفلانة الفلانية», «فلان - فلانة»."""
    text = PICTURED_BY.sub("", EDITOR.sub("", text))
    placed = IN_PLACE.search(text)
    if placed is not None and bare_words(placed["place"]) in lexicon().places:
        text = text[: placed.start()]
    if one := lone_name(text):
        return (one,)
    if len(text) >= LONGEST_LINE:
        return ()
    bare = text.strip(" *،")
    lists = (people_in(bare.strip(".")), DASHED.split(bare), SLASHED.split(bare))
    return next((tuple(each) for each in lists if len(each) > 1 and _are_people(each)), ())


def words_of_name(name: str) -> list[str]:
    """A name's words; what is one word though a blank parts it, «عبد الله», counts as one."""
    return COMPOUND.sub(lambda found: found[0].replace(" ", "\u00a0"), name).split(" ")


def _may_be_verb(word: str) -> bool:
    """Whether a word begins as verbs of the present do: «محمد صلاح يتألق» is no name."""
    first = word.partition("\u00a0")[0]
    return first.startswith(("ي", "ت")) and len(first) >= VERB and first not in lexicon().given


def _is_sentence(said: Sequence[str]) -> bool:
    """Whether words that begin like a name make a sentence or a title."""
    first, *others = said
    of_place = len(others) == 1 and first in TITLES and others[0].startswith("ال") and others[0].endswith("ي")
    if any(word in NO_NAMES for word in said):
        return True
    titled = [behind for word, behind in pairwise(said) if word in TITLES]
    of_father = len(others) == 2 and others[0] == "أمين" and others[1] not in IN_TRUST
    return bool(titled) and not of_place and not (of_father and len(titled) == 1)
