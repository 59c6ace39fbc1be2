"""A page that tries everything a page can try: to run, to phone home, to leave its frame."""

from html import escape

ATTEMPTS = """
<base href="{home}/base/">
<meta http-equiv="refresh" content="0;url={home}/refresh">
<meta http-equiv="x-dns-prefetch-control" content="on">
<link rel="stylesheet" href="{home}/sheet">
<link rel="preconnect" href="{home}"><link rel="dns-prefetch" href="{home}">
<link rel="prefetch" href="{home}/prefetch"><link rel="preload" as="image" href="{home}/preload">
<link rel="icon" href="{home}/icon"><link rel="manifest" href="{home}/manifest">
<style>
@import url("{home}/import");
@font-face {{ font-family: evil; src: url("{home}/font") }}
body {{ background: url("{home}/background"); font-family: evil }}
</style>
<script>fetch("{home}/script"); document.title = "RAN"; top.location = "{home}/top";</script>
<script src="{home}/script-src"></script>
<script type="module">import "{home}/module";</script>
<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{home}/speculation"]}}]}}</script>
"""

BODY = """
<img src="{home}/img" onerror="new Image().src='{home}/onerror'" onload="new Image().src='{home}/onload'">
<img srcset="{home}/srcset 2x" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
<picture><source srcset="{home}/picture"><img alt="صورة"></picture>
<svg onload="new Image().src='{home}/svg'"><image href="{home}/svg-image"/><a href="{home}/svg-link">svg</a></svg>
<iframe src="{home}/frame"></iframe>
<iframe srcdoc="&lt;script&gt;fetch('{home}/srcdoc')&lt;/script&gt;&lt;img src='{home}/srcdoc-img'&gt;"></iframe>
<object data="{home}/object"></object><embed src="{home}/embed">
<video src="{home}/video" poster="{home}/poster" autoplay></video><audio src="{home}/audio" autoplay></audio>
<div style="background: url({home}/style-attribute); position: fixed; inset: 0 auto auto 0">غطاء</div>
<table background="{home}/table"><tr><td background="{home}/cell">خلية</td></tr></table>
<form action="{home}/form" method="post"><input name="q" autofocus onfocus="fetch('{home}/focus')">
<button>أرسل</button><input type="image" src="{home}/input-image"></form>
<button form="none" formaction="{home}/formaction" onclick="fetch('{home}/click')">زر</button>
<details open ontoggle="fetch('{home}/toggle')"><summary>تفاصيل</summary>نص</details>
<p><a href="javascript:location='{home}/javascript'">رابط برمجي</a>
<a href="JaVa&#9;script:location='{home}/javascript-tab'">رابط برمجي آخر</a>
<a href="{home}/self">رابط</a> <a href="{home}/top" target="_top">إلى أعلى</a>
<a href="{home}/blank" target="_blank" ping="{home}/ping">نافذة</a>
<a href="data:text/html,<script>fetch('{home}/data')</script>">بيانات</a> <a href="//{bare}/relative">بلا بروتوكول</a>
<a href="/article/1" target="_parent">داخل القاعة</a> <area href="{home}/area"></p>
<noscript><p title="</noscript><img src='{home}/mutation-noscript' onerror=fetch('{home}/m1')>"></noscript>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src={home}/mutation-math onerror=fetch('{home}/m2')&gt;">
</table></mtext></math>
<textarea><img src="{home}/textarea"></textarea><xmp><img src="{home}/xmp"></xmp>
<!--[if IE]><img src="{home}/conditional"><![endif]-->
<template><img src="{home}/template"></template>
"""

STORY = "".join(
    f"<p>هذه الفقرة رقم {number} من خبر يبدو عاديا عن الميناء وأهله، وفيها من الكلام ما يكفي ليقرأ على أنه مقال.</p>"
    for number in range(1, 6)
)


def hostile_page(home: str) -> str:
    """The page, which phones `home` (an origin) in every way there is."""
    names = {"home": escape(home), "bare": home.removeprefix("http://")}
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><title>خبر خبيث</title>{ATTEMPTS.format(**names)}</head>'
        f'<body onload="fetch(\'{home}/body\')" background="{home}/body-background"><article><h1>خبر خبيث عن الميناء</h1>'
        f"{STORY}{BODY.format(**names)}</article></body></html>"
    )
