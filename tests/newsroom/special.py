"""The addresses with a behaviour of their own."""

from urllib.parse import quote

SPECIAL_PATHS: dict[str, str] = {
    name: quote(path, safe="/?=&")
    for name, path in {
        "missing": "/2024/02/11/خبر-حذف-من-الموقع/",
        "gone": "/خبر-سحبته-الصحيفة/",
        "soft_404": "/خبر-انتقل-إلى-الأرشيف/",
        "challenge": "/تحقيق-خلف-الجدار/",
        "redirect_chain": "/go/1",
        "redirect_loop": "/loop/a",
        "redirect_offsite": "/out/",
        "redirect_dead_host": "/out-local/",
        "about": "/من-نحن/",
        "contact": "/اتصل-بنا/",
        "pdf": "/wp-content/uploads/2025/03/taqrir-sanawi.pdf",
        "image": "/wp-content/uploads/2025/03/kharita.png",
        "trap_calendar": "/calendar/2025/11/",
        "trap_session": "/archive/?sid=5f0c",
        "trap_deepening": "/a/b/",
        "trap_facets": "/search/?section=all&sort=new&from=0",
        "broken_sitemap": "/post-sitemap9.xml",
        "fault_endless": "/faults/endless/",
        "fault_slow": "/faults/slow/",
        "fault_cut": "/faults/cut/",
        "fault_reset": "/faults/reset/",
        "fault_bad_gzip": "/faults/bad-gzip/",
    }.items()
}
"""Addresses with a behaviour of their own; the `fault_*` ones are linked from nowhere."""
