"""Counts with their nouns: 1 article, 2 articles."""


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def are(number: int, noun: str) -> str:
    """With the verb: 1 article is, 2 articles are."""
    return f"{counted(number, noun)} {'is' if number == 1 else 'are'}"


def plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
