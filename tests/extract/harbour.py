"""A story of a harbour: a headline, three paragraphs, and what a test lays around them."""

from archiver import Article, extract_article

SENTENCE = (
    "قال رئيس البلدية إن أعمال الصيانة في الميناء القديم تبدأ مطلع الأسبوع المقبل وتستمر ثلاثة أشهر كاملة."
)
BODY = "".join(f"<p>{number} {SENTENCE}</p>" for number in ("أولا", "ثانيا", "ثالثا"))
TITLE = "صيانة الميناء القديم تبدأ مطلع الأسبوع المقبل"
POSTED = '<div class="meta"><a class="author" rel="author" href="/author/1">صدى الساحل</a></div>'
"""The house's account, as a theme prints who posted."""
MENU = "".join(
    f'<a href="/c/{n}">{name}</a>' for n, name in enumerate(("محليات", "اقتصاد", "رياضة", "ثقافة", "رأي"))
)


def extracted(
    *, head: str = "", top: str = "", body: str = f'<div class="story-text">{BODY}</div>'
) -> Article:
    """What is read of the story under this head, `top` between its headline and its text."""
    page = f"""<html lang="ar"><head><title>{TITLE} - صدى الساحل</title><meta property="og:site_name" content="صدى الساحل">
        {head}</head><body><main><h1>{TITLE}</h1>{top}{body}</main></body></html>"""
    return extract_article(page.encode(), "https://sada-alsahel.ly/news/1234")
