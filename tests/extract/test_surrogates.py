"""Half of a surrogate pair cannot be stored: it becomes U+FFFD, and a warning says so."""

from archiver import extract_article

PAGE = r"""<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "خبر \ud83d مهم",
"description": "وجه \ud83d\ude00 باسم", "datePublished": "2020-01-01"}</script></head><body></body></html>""".encode()


def test_what_is_read_can_always_be_written() -> None:
    article = extract_article(PAGE, "https://example.ly/a")
    str(article.to_dict()).encode("utf-8")
    assert article.title == "خبر \ufffd مهم"
    assert article.description == "وجه \U0001f600 باسم"
    assert "replacement_character" in [warning.code for warning in article.warnings]
