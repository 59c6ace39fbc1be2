"""Made-up Arabic news in which it is known who copied whom.

The words are built from roots and patterns and used as often as words of a language are (Zipf); stock
phrases, names and a site's closing notice stand in many texts, as in real news. The same seed gives
the same articles.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

ROOTS = "كتب درس علم عمل سفر رجع دخل خرج فتح غلق نشر وقف حكم عدل شرع قرر طلب رفض قبل بعث وصل نقل حمل صنع زرع حصد بنى هدم نظر سمع قرأ صدر ورد رفع خفض زاد نقص شرك دعم دفع منع حفظ كشف بحث فحص عرض شهد حضر غيب سلم حرب صلح عهد وعد نذر خبر ذكر نسي فهم شرح وضح جمع فرق قسم ضرب طرح حسب عدد وزن قاس مسح رسم لون خطط نفذ شغل وظف عين قال سأل جوب صرح علن نفى أكد شكر مدح نقد لعب سبق فاز خسر مرن درب سكن رحل هجر عود ولد كبر صغر طال قصر"
PATTERNS = "{0}ا{1}{2} م{0}{1}و{2} {0}{1}ي{2} {0}{1}ا{2}ة ا{0}ت{1}ا{2} ت{0}{1}ي{2} م{0}ا{1}{2}ة ي{0}{1}{2}ون ا{0}{1}ا{2} است{0}{1}ا{2} مت{0}{1}{2} {0}{1}{2}ت"
AFFIXES = "{} ال{} و{} بال{} {}ها {}هم لل{} وال{} {}نا ف{}"
PARTICLES = "في من على إلى أن عن مع هذا التي الذي كان قد بعد لم ما هو كل بين حتى خلال أو إن ذلك كما عند منذ حيث لا هذه وقد لكن غير ثم وفي ومن"
STOCK = (
    "وقال المتحدث باسم الحكومة في تصريحات صحفية إن", "وأضاف المصدر الذي فضل عدم الكشف عن هويته", "وتأتي هذه الخطوة في إطار الجهود الرامية إلى",
    "من جهة أخرى أكدت مصادر مطلعة أن", "وأشار البيان الصادر اليوم إلى أن", "على هامش اجتماعات الدورة العادية للمجلس", "وفي سياق متصل دعت منظمات دولية إلى",
    "يذكر أن المدينة شهدت في الأعوام الأخيرة", "ومن المقرر أن تنطلق الأعمال مطلع الشهر المقبل", "بحضور عدد من المسؤولين وممثلي المؤسسات",
)  # fmt: skip
NOTICE = "تنويه من الموقع {} تابعوا آخر الأخبار لحظة بلحظة على صفحتنا واشتركوا في نشرتنا البريدية اليومية ليصلكم كل جديد دون انتظار وجميع الحقوق محفوظة لأصحابها"
KINDS = ("exact", "two_words", "paragraph_cut", "local_lead")
SITES = 60


@dataclass(frozen=True, slots=True)
class Planted:
    """One article; those of one `family` are copies of one text."""

    number: int
    family: int
    kind: str
    site: str
    title: str
    body: str
    day: str


class Newswire:
    """Gives articles one by one, in the order they come in."""

    def __init__(self, seed: int = 7, *, formulas: int = 0) -> None:
        """With `formulas` all is made of so many sentences: unrelated articles share some of them."""
        self._random = random.Random(seed)
        stems = sorted(
            {p.format(*root[:3]) for root in ROOTS.split() for p in PATTERNS.split() if len(root) >= 3}
        )
        self._random.shuffle(stems)
        words = PARTICLES.split() + [affix.format(stem) for affix in AFFIXES.split() for stem in stems]
        self._words = words
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
        self._waiting: list[tuple[int, str, list[str], str]] = []  # families whose copies are still to come
        self._family = 0
        self._formulas: list[str] = []
        self._formulas = [self._sentence(12, self._topic()) for _ in range(formulas)]

    def articles(self, count: int) -> Iterator[Planted]:
        """Of ten articles two are copies of an earlier one, and one tells another's topic in other words."""
        for number in range(count):
            kind, family, title, paragraphs = self._next()
            site = f"site{self._random.randrange(SITES)}.example"
            closing = [NOTICE.format(site)] if site[4] == "1" else []
            day = f"{2015 + number // 365 % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
            yield Planted(number, family, kind, site, title, "\n\n".join(paragraphs + closing), day)

    def _next(self) -> tuple[str, int, str, list[str]]:
        chance = self._random.random()
        if chance < 0.2 and self._waiting:
            at = self._random.randrange(len(self._waiting))
            family, title, paragraphs, kind = self._waiting.pop(at)
            return kind, family, title, self._copied(paragraphs, kind)
        self._family += 1
        topic = self._topic()
        title, paragraphs = self._sentence(9, topic), self._text(topic)
        if chance < 0.27:
            copies = 20 if self._random.random() < 0.01 else 2
            first = self._random.randrange(len(KINDS))
            self._waiting += [
                (self._family, title, paragraphs, KINDS[(first + n) % len(KINDS)]) for n in range(copies)
            ]
            if self._random.random() < 0.7:  # and one tells the same in other words: no copy
                self._waiting.append((-self._family, title, self._text(topic), "same_topic"))
        return "own", self._family, title, paragraphs

    def _copied(self, paragraphs: list[str], kind: str) -> list[str]:
        if kind == "two_words":
            return self._two_words_changed(paragraphs)
        if kind == "paragraph_cut":
            cut = self._random.randrange(1, len(paragraphs))
            return paragraphs[:cut] + paragraphs[cut + 1 :]
        if kind == "local_lead":
            return [self._paragraph(self._topic()), *paragraphs]
        return list(paragraphs)

    def _two_words_changed(self, paragraphs: list[str]) -> list[str]:
        texts = [paragraph.split() for paragraph in paragraphs]
        for _ in range(2):
            words = self._random.choice(texts)
            words[self._random.randrange(len(words))] = self._word()
        return [" ".join(words) for words in texts]

    def _topic(self) -> list[str]:
        return [self._random.choice(self._words) for _ in range(40)]

    def _text(self, topic: list[str]) -> list[str]:
        return [self._paragraph(topic) for _ in range(self._random.randint(4, 9))]

    def _paragraph(self, topic: list[str]) -> str:
        sentences = [
            self._sentence(self._random.randint(9, 18), topic) for _ in range(self._random.randint(2, 4))
        ]
        if self._random.random() < 0.5:
            sentences[0] = self._random.choice(STOCK) + " " + sentences[0]
        return ". ".join(sentences) + "."

    def _sentence(self, length: int, topic: list[str]) -> str:
        if self._formulas:
            return self._random.choice(self._formulas)
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        for at in range(0, length, 4):
            words[at] = self._random.choice(topic)
        return " ".join(words)

    def _word(self) -> str:
        return self._random.choices(self._words, cum_weights=self._weights)[0]
