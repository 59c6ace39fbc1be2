"""Every pattern of the grammar, by what it takes and what it leaves."""

import re

import pytest

from archiver.arabic import calendars, grammar, line, relative, tokens

TAKES: list[tuple[re.Pattern[str], str, str | None]] = [
    (calendars.WORD_PARTS, "و.ر", "و.ر"),
    (calendars.WORD_PARTS, "م. علي", "م"),
    (tokens.TOKEN, "2020-03-17", "2020-03-17"),
    (tokens.TOKEN, "17 / 3 / 2020", "17 / 3 / 2020"),
    (tokens.TOKEN, "17.03.20", "17.03.20"),
    (tokens.TOKEN, "17-03/2020", "17"),
    (tokens.TOKEN, "10.2.15.7", "10"),
    (tokens.TOKEN, "1/3/202412:52", "1/3/2024"),
    (tokens.TOKEN, "2016:02:25.08:39", "2016:02:25"),
    (tokens.TOKEN, "10:30:05.123+03:00", "10:30:05.123+03:00"),
    (tokens.TOKEN, "10:30-12:00", "10:30"),
    (tokens.TOKEN, "20225 يناير", "2022"),
    (tokens.TOKEN, "123456", "123456"),
    (tokens.TOKEN, "ت.غ", "ت.غ"),
    (tokens.COMPACT, "20231204t104500z", "20231204t104500"),
    (tokens.COMPACT, "20231204t1045001", None),
    (tokens.SATURDAY_AS_MONTH, "wn,y", "wn,y"),
    (tokens.SATURDAY_AS_MONTH, "wnmy", None),
    (tokens.NOT_DIGITS, "1 / 2", " / "),
    (grammar.DATE, "wnmy", "nmy"),
    (grammar.DATE, "n-m(m)yM", "n-m(m)yM"),
    (grammar.DATE, "mn,y", "mn,y"),
    (grammar.DATE, "ymn", "ymn"),
    (grammar.DATE, "mfy", "mfy"),
    (grammar.DATE, "DeM", "DeM"),
    (grammar.DATE, "nxx", None),
    (grammar.DATE, "y", None),
    (grammar.DATE, "sy", "sy"),
    (grammar.DATE, "wn/n", "n/n"),
    (grammar.DATE, "n/n", None),
    (grammar.CLOCK, "t:Ca", "t:Ca"),
    (grammar.CLOCK, "C,M", "C,M"),
    (grammar.CLOCK, "nHn", "nHn"),
    (grammar.CLOCK, "tnjnua", "tnjnua"),
    (grammar.CLOCK, "tnEh", "tnEh"),
    (grammar.CLOCK, "n.na", "n.na"),
    (grammar.CLOCK, "n", None),
    (grammar.CLOCK, "z+C", None),
    (grammar.ZONE, "oZ", "oZ"),
    (grammar.ZONE, "z+n", "z+n"),
    (grammar.ZONE, "=(Z)", "(Z"),
    (grammar.ZONE, "_(Z)", None),
    (grammar.ZONE, "=Z", None),
    (grammar.ZONE, "=+n", "+n"),
    (grammar.ZONE, "z-nu", "z"),
    (grammar.OFFSET, "10:30+03:00", "+03:00"),
    (grammar.OFFSET, "10:30", None),
    (grammar.SIGNED, "gmt+0400", "+0400"),
    (grammar.SIGNED, "gmt+2", "+2"),
    (grammar.SIGNED, "gmt", None),
    (grammar.CTIME_YEAR, "Czy", "Czy"),
    (grammar.CTIME_YEAR, "Czyx", None),
    (grammar.LATE_OR_EARLY, "tCa", "a"),
    (relative.AGO, "gnu", "gnu"),
    (relative.AGO, "gunnu", "gunnu"),
    (relative.AGO, "gujh", "gujh"),
    (relative.AGO, "nuG", "nuG"),
    (relative.AGO, "nu", None),
    (relative.AMOUNT, "snnu", "sn"),
    (relative.AMOUNT, "unu", "u"),
    (relative.NAMED, "swl", "swl"),
    (relative.NAMED, "Sl", "Sl"),
    (relative.NAMED, "S", None),
    (relative.NAMED, "nfSl", "nfSl"),
    (relative.STRAY, "pi:w", None),
    (relative.STRAY, "pn", "n"),
    (line.ASIDE, "B:xx-", "B:xx"),
    (line.ASIDE, "K:nu", "K:nu"),
    (line.ASIDE, "NK", "NK"),
    (line.ASIDE, "nu", None),
    (line.NOT_A_DATE_AFTER, "n-", "n-"),
    (line.NOT_A_DATE_AFTER, "tn-", None),
    (line.NOT_A_DATE_AFTER, "g", "g"),
    (line.NOT_A_DATE_AFTER, "p", None),
    (line.COUNTED, "DuK", "Du"),
    (line.COUNTED, "DunK", None),
    (line.BETWEEN_ENDS, "-", "-"),
    (line.RUN_BEFORE, "x-xiw", "xiw"),
    (line.RUN_BEFORE, "x|", None),
    (line.RUN_AFTER, "xx|x", "xx"),
    (line.MENTION, "Xxx", "Xxx"),
    (line.MENTION, "X|", None),
]


@pytest.mark.parametrize(("pattern", "text", "taken"), TAKES)
def test_a_pattern_takes(pattern: re.Pattern[str], text: str, taken: str | None) -> None:
    match = pattern.search(text)
    assert (match and match[0]) == taken


def test_every_pattern_of_the_grammar_is_tried_here() -> None:
    tried = {id(pattern) for pattern, _, _ in TAKES}
    for module in (calendars, tokens, grammar, relative, line):
        for name, value in vars(module).items():
            assert not isinstance(value, re.Pattern) or id(value) in tried, name
