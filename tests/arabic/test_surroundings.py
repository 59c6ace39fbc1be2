"""What a page prints around a date changes nothing of it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archiver.arabic.dates import parse_date
from tests.arabic.families import FAMILIES

NOW = datetime.fromisoformat("2024-03-10T15:00:00+02:00")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BARE_HAMZA = str.maketrans("أإآة", "اااه")

AROUND: dict[str, Callable[[str], str]] = {
    "arabic_digits": lambda text: text.translate(ARABIC_DIGITS),
    "bare_hamza": lambda text: text.translate(BARE_HAMZA),
    "alef_maqsura": lambda text: text.replace("ي", "ى"),
    "latin_comma": lambda text: text.replace("،", ","),
    "wide_dashes": lambda text: text.replace(" - ", " – "),
    "bidi_marks": lambda text: "\u200f" + text.replace(" ", " \u200f"),
    "hard_spaces": lambda text: text.replace(" ", "\u00a0"),
    "label": lambda text: f"نشر في: {text}",
    "other_label": lambda text: f"أضيف بتاريخ {text}",
    "dateline": lambda text: f"القاهرة - {text}",
    "byline": lambda text: f"كتب: محمد علي - {text}",
    "section": lambda text: f"أخبار محلية | {text}",
    "brackets": lambda text: f"({text})",
    "full_stop": lambda text: f"{text}.",
    "source": lambda text: f"{text} المصدر: رويترز",
    "views": lambda text: f"{text} | 120 مشاهدة",
    "reading_time": lambda text: f"{text} - 3 دقائق قراءة",
}

ALONE = {
    "2023م", "عام 2023", "سنة 2023", "الأحد 3/3", "2023-08-14 09:22 +03", "18 يناير 2024 09:05 +03",
    "لسنة 2020", "عام 1956", "نوفمبر", "يناير 18", "2024-01",
}  # fmt: skip
"""Lines that are a date only where nothing stands beside them."""

LINES = [text for cases in FAMILIES.values() for text, expected in cases if expected and text not in ALONE]


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_a_date_changes_nothing(name: str) -> None:
    for text in LINES:
        alone, around = parse_date(text, now=NOW), parse_date(AROUND[name](text), now=NOW)
        assert alone is not None
        assert around is not None, AROUND[name](text)
        assert around.isoformat() == alone.isoformat(), AROUND[name](text)
