"""Challenge and block pages of CDNs and firewalls: served instead of the page, and never an article.

The signatures are data: a server's header, or what the body holds. A body signature that also occurs
on ordinary pages behind the same CDN counts only where the body is small.
"""

from collections.abc import Mapping

SURE_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"window._cf_chl_opt", "cloudflare"),
    (b"cf-browser-verification", "cloudflare"),
    (b"Attention Required! | Cloudflare", "cloudflare"),
    (b'id="cf-error-details"', "cloudflare"),
    (b"<title>Just a moment...</title>", "cloudflare"),
    (b"Checking your browser before accessing", "cloudflare"),
    (b"Incapsula incident ID", "imperva"),
    (b"sucuri_cloudproxy_js", "sucuri"),
    (b"Sucuri WebSite Firewall - Access Denied", "sucuri"),
    (b"errors.edgesuite.net", "akamai"),
    (b"geo.captcha-delivery.com", "datadome"),
    (b'id="px-captcha"', "perimeterx"),
    (b"window._pxAppId", "perimeterx"),
    (b"gokuProps", "aws waf"),
    (b"token.awswaf.com", "aws waf"),
    (b"DDoS-Guard</title>", "ddos-guard"),
    (b"check.ddos-guard.net", "ddos-guard"),
    (b"slowAES.decrypt", "cookie test"),
    (b"Imunify360", "imunify360"),
    (b"wsidchk", "imunify360"),
    (b"BitNinja.IO", "bitninja"),
    (b"StackPath</title>", "stackpath"),
    (b"validate.perfdrive.com", "radware"),
    (b"This process is automatic. Your browser will redirect", "cloudflare"),
    (b"Please enable JS and disable any ad blocker", "datadome"),
)
"""What only a challenge holds."""
SMALL_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"/cdn-cgi/challenge-platform/", "cloudflare"),
    (b"_Incapsula_Resource", "imperva"),
    (b"g-recaptcha", "captcha"),
    (b"h-captcha", "captcha"),
    (b"cf-turnstile", "cloudflare"),
    (b"Access Denied", "firewall"),
    (b"Request unsuccessful", "imperva"),
    (b"Verifying you are human", "captcha"),
    (b"Enable JavaScript and cookies to continue", "cloudflare"),
    (b"Please Wait... | Cloudflare", "cloudflare"),
    (b"The requested URL was rejected. Please consult with your administrator", "f5"),
)
"""What a challenge holds and an ordinary page may hold too."""
HEADERS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "cloudflare"),
    ("x-sucuri-block", "", "sucuri"),
    ("x-datadome", "protected", "datadome"),
    ("x-amzn-waf-action", "challenge", "aws waf"),
)
"""(header, what its value holds, whose it is)."""
SMALL = 20_000
"""Bytes up to which a body may be nothing but a challenge."""
WINDOW = 200_000
STATUSES = frozenset({401, 403, 405, 429, 503, 511})


def challenge_of(status: int | None, headers: Mapping[str, str], body: bytes) -> str | None:
    """Whose challenge a response is («cloudflare»), or None; `status` None where it is not known.

    Header names may be in any case.
    """
    lower = {name.lower(): value.lower() for name, value in headers.items()}
    blocked = status is None or status in STATUSES
    for name, value, owner in HEADERS:
        if name in lower and value in lower[name] and (blocked or name == "cf-mitigated"):
            return owner
    head = body[:WINDOW]
    if len(body) <= WINDOW:
        for sign, owner in SURE_SIGNS:
            if sign in head and (blocked or len(body) <= SMALL):
                return owner
    if len(body) <= SMALL and status in STATUSES:
        return next((owner for sign, owner in SMALL_SIGNS if sign in head), None)
    return None


def is_challenge(status: int | None, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a response is a challenge or block page instead of what was asked for."""
    return challenge_of(status, headers, body) is not None
