"""The standfirst that nothing calls so."""

from tests.extract.harbour import BODY, SENTENCE, extracted

HEAD = f'<meta name="description" content="{SENTENCE}">'
TEXT = f'<div class="story-text">{BODY}</div>'


def test_what_the_head_says_the_page_is_about_and_the_page_shows_before_its_text() -> None:
    facts = '<div class="c1"><time>3 مايو 2020</time></div>'
    found = extracted(head=HEAD, top=f'{facts}<div class="c2">{SENTENCE}</div>')
    assert found.subtitle == SENTENCE
    assert SENTENCE not in (found.body or "").split("\n\n")


def test_the_first_paragraph_of_the_text_is_none_though_the_head_repeats_it() -> None:
    found = extracted(head=HEAD, body=f'<div class="story-text"><p>{SENTENCE}</p>{BODY}</div>')
    assert (found.subtitle, (found.body or "").split("\n\n")[0]) == (None, SENTENCE)


def test_a_number_in_a_sentence_makes_no_line_of_facts_of_it() -> None:
    lead = "افتتح في الميناء خط جديد للإنتاج تبلغ طاقته السنوية 420 طنا ويعمل فيه مئة من أبناء المدينة."
    assert extracted(top=f"<h3>{lead}</h3>", body=TEXT).subtitle == lead
    assert extracted(top="<h3>الأحد 3 مايو 2020 - 420 مشاهدة</h3>", body=TEXT).subtitle is None


def test_agencies_and_a_place_under_the_headline_are_none() -> None:
    assert extracted(top='<p class="article-sub-heading">وكالات - أبوظبي</p>', body=TEXT).subtitle is None
