"""URL identity: one article is one row, however its address is written.

`canonicalise` gives the address to fetch; `identity` the key under which an address is known.
Source of the rules: RFC 3986 section 6 (syntax-based normalisation), WHATWG URL for IDN and
percent-encoding, and the twins that news sites print (AMP, print view, mobile host).
"""

import binascii
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from archiver.errors import AddressError

MAX_URL_LENGTH = 2_048  # characters, once percent-encoded

TRACKING = re.compile(
    r"^(utm_\w+|[a-z]{0,3}clid|gclsrc|dclid|igshid|mc_[ce]id|_ga|_gl|yclid|ref_src|ref_url|ocid|cmpid|"
    r"at_(medium|campaign|custom\d*)|ns_\w+|wt_\w+|amp_\w+|ncid|tierand|replytocom|fb_\w+|share|nocache|"
    r"__twitter_impression|spref|feature|s_cid|xtor)$",
    re.IGNORECASE,
)
"""Query parameters that say who linked, not what is shown."""

SESSION = re.compile(
    r"^(phpsessid|jsessionid|aspsessionid\w*|s|sid|sess|sessionid|session_id|cftoken|oscsid)=[\w-]{16,}$",
    re.I,
)
"""A query parameter that names a visit: by name and length, for `sid=1204` is a story in many portals."""

REFERRED = re.compile(r"^(?:(?:ref|referr?er|via)=(?!\d+$)|pos=\d{1,3}$)", re.IGNORECASE)
"""A parameter that says where a link stood; a number may be a story's."""

FROM_FIRST = re.compile(r"^(?:start|limitstart|offset)=0+$", re.IGNORECASE)
"""A parameter that says that something is shown from its beginning, as it is without it."""

ENTRY = re.compile(r"^update=\d{5,}$", re.IGNORECASE)
"""A parameter that says which entry of a live blog its page is to show first."""
FORUM = re.compile(r"viewt|showt|showp|topic|/threads/")
"""What an address of a forum has in it, looked for first."""
WITHIN_THREAD = (
    (re.compile(r"/view(?:topic|thread)\.php\?(?:[^#]*&)?start=0*[1-9]"), "a further page of a thread"),
    (
        re.compile(r"/showthread\.php\?(?:[^#]*&page=|[^#]*/page|page=)0*(?!1(?!\d))\d"),
        "a further page of a thread",
    ),
    (re.compile(r"[?&;/]topic[=,]\d+\.0*[1-9]"), "a further page of a thread"),
    (re.compile(r"/threads/[^?]+/page-\d"), "a further page of a thread"),
    (re.compile(r"/(?:viewtopic|showthread|showpost)\.php\?p=\d+"), "a post in a thread"),
    (re.compile(r"[?&;/]topic[=,]\d+\.(?:msg|new)"), "a post in a thread"),
    (re.compile(r"/threads/[^?]+/post-\d"), "a post in a thread"),
)
"""Addresses of phpBB, vBulletin, SMF and XenForo."""

SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
ASP_SESSION = re.compile(r"/\((?:[A-Z]\([a-z0-9_-]+\))+\)(?=/)", re.IGNORECASE)
"""The session of a reader without cookies, in the path: the site answers at no address without one."""
TWIN_PARAMETERS = {
    "amp": None,
    "print": None,
    "outputtype": "amp",
    "noamp": None,
    "view": "print",
    "op": "print",
    "action": "print",
    "mode": "print",
    "tmpl": "component",
    "nomobile": None,
    "mobile": None,
}
"""Query parameters of AMP, print and mobile views; a value of None stands for any value."""
MOBILE_VIEW = {("m", "1"), ("m", "0")}
"""Of the mobile view, and of the whole one beside it; other values of `m` are months."""
BESIDE_TWIN = {("layout", "default"), ("page", "")}
"""Parameters that go along with those of a Joomla print view, and say nothing."""
JOOMLA_PAGES = ({("option", "com_content"), ("view", "article")}, {("option", "com_k2"), ("view", "item")})
"""What an address of a story of Joomla's has in it: `?option=com_content&view=article&id=44:slug&catid=3&Itemid=5`."""
JOOMLA_PLACE = frozenset({"catid", "Itemid"})
"""Its parameters that say from which menu the story was come to; its number alone says which it is."""
PORTAL = "/modules.php?"
"""What an address of a phpNuke portal has in it: `modules.php?name=News&file=article&sid=44`."""
PORTAL_VIEW = frozenset({"mode", "order", "thold"})
"""Its parameters that say how the comments below a story are shown."""

OTHER_VIEW = re.compile(r"/amp/?(?:$|\?)|[?&](?:print|amp|outputtype)(?![^=&])", re.IGNORECASE)
"""What an address may have in it that is of a print or AMP view of a page whose own address is known by that."""
VIEW = re.compile(r"(?:print|amp)(?:=.*)?|outputtype=amp", re.IGNORECASE)
"""Of `TWIN_PARAMETERS` those without which the page itself is there; without `action=print` there may be another."""
AMP_PATH = re.compile(r"(?<=.)/amp(?=/?$)", re.IGNORECASE)
TWIN_PATH = re.compile(
    r"(?<=.)/(amp|print|amp\.html)$|(?<=.)\.amp(?=$|\.html$)|(?<=.)(?:_print|-print)(?=\.\w+$)"
    r"|(?<=.)/print(?=/[^/]+\.(?:html?|php|aspx?)$)",
    re.I,
)
PRINT_SCRIPT = re.compile(
    r"/(?:\w+[-_])?print(?:er|able)?(?:[-_]?(?:news|story|article|page|version|view|friendly|it|item|topic|subject|post))*"
    r"\.(?:aspx?|php|jsp|cgi)$",
    re.I,
)
"""A script that shows a story to be printed: ``/print.php``, ``/news_print.asp``, ``/PrinterFriendly.aspx``."""
TWIN_PREFIX = re.compile(r"^/(amp|print)(?=/.)", re.IGNORECASE)
TWIN_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.[^.])", re.IGNORECASE)
MOBILE_HOST = re.compile(r"^(?:m|mobile|amp|wap)\.(?=[^.]+\.[^.])", re.IGNORECASE)
WWW = re.compile(r"^www\d?\.(?=[^.]+\.[^.])", re.IGNORECASE)
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?:/|\d{4}(?!\d)))\d{3,}")
FILE_TYPE = re.compile(r"\.\w{2,5}$")
MIN_SLUG = 8  # characters
DEFAULT_PORTS = {"http": 80, "https": 443}
RESERVED = str.maketrans({character: quote(character, safe="") for character in "%/?#"})
PATH_SAFE = "/:@!$&'()*+,;=~-._"
ENCODED_LETTERS = re.compile(r"(?:[\w:@!$&'()*+,;~.-]|%[89a-f][0-9a-f])*", re.ASCII | re.IGNORECASE)
"""A path segment in which nothing is encoded but what is not ASCII, and all of that is."""
ENCODED_RUN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@lru_cache(maxsize=20_000)
def unquoted(text: str) -> str:
    """`urllib.parse.unquote`, several times faster for an address: the path of an Arabic one is all percents.

    Quoted-printable is the same encoding with another sign, and is decoded in C.
    """
    return _unquote(text, "replace") if "%" in text else text


def _unquote(text: str, errors: str) -> str:
    """Raises `UnicodeDecodeError` where `errors` is "strict" and what is encoded is not UTF-8."""
    if text.isascii() and text.isprintable() and "=" not in text:
        plain = binascii.a2b_qp(text.replace("%", "="))
        if len(plain) == len(text) - 2 * text.count("%"):  # every % was followed by two digits
            return plain.decode("utf-8", errors)
    return unquote(text, errors=errors)


def canonicalise(url: str, base: str | None = None) -> str:
    """The address to fetch: absolute, ASCII, without fragment, tracking or session parameters.

    Raises `AddressError` for what is not an http(s) address or is longer than `MAX_URL_LENGTH`.
    """
    text = url.strip()
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(f"{url[:200]}: not an address ({error})") from None
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise AddressError(f"{url[:200]}: not an http or https address; write https://example.ly")
    netloc = _ascii_host(host, url)
    if port and port != DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    path = _normal_path(SESSION_IN_PATH.sub("", parts.path)) or "/"
    query = "&".join(p for p in parts.query.split("&") if p and not _is_noise(p))
    result = urlunsplit((parts.scheme, netloc, path, safe_url_string(f"?{query}")[1:] if query else "", ""))
    if len(result) > MAX_URL_LENGTH:
        raise AddressError(f"{url[:200]}…: longer than {MAX_URL_LENGTH} characters")
    return result


@lru_cache(maxsize=20_000)
def identity(url: str) -> str:
    """The key of an address: the same for http and https, www, mobile, AMP and print twins, trailing
    slash, order of parameters and spelling of percent-encoding. Readable: Arabic slugs stay Arabic.

    Takes any address that `canonicalise` takes, and raises as it does.
    """
    return key_of(canonicalise(url))


@lru_cache(maxsize=20_000)
def key_of(canonical: str) -> str:
    """`identity` of an address that is canonical already."""
    parts = urlsplit(plain_form(canonical))
    host = TWIN_HOST.sub("", parts.netloc)
    path = ASP_SESSION.sub("", parts.path, count=1) if "/(" in parts.path else parts.path
    path = TWIN_PREFIX.sub("", TWIN_PATH.sub("", path.rstrip("/")))
    path = INDEX_PAGE.sub("", "/".join(_read_segment(segment) for segment in path.split("/"))).rstrip("/")
    pairs = _own_parameters(parts.query)
    query = urlencode(sorted(pairs), safe="/:", quote_via=lambda s, safe, *_: s) if pairs else ""
    return host + (path or "/") + (f"?{query}" if query else "")


def plain_form(canonical: str) -> str:
    """The address of the story itself, where this one is that of its print or AMP view, or of a portal's comments."""
    if PORTAL in canonical:
        return _plain_portal(canonical)
    if OTHER_VIEW.search(canonical) is None:
        return canonical
    parts = urlsplit(canonical)
    query = "&".join(pair for pair in parts.query.split("&") if not VIEW.fullmatch(pair))
    return urlunsplit(parts._replace(path=AMP_PATH.sub("", parts.path), query=query))


def _plain_portal(canonical: str) -> str:
    base, _, query = canonical.partition("?")
    pairs = query.split("&")
    if not any(pair.startswith("sid=") for pair in pairs):
        return canonical
    pairs = [pair for pair in pairs if pair.partition("=")[0] not in PORTAL_VIEW]
    return f"{base}?{'&'.join('file=article' if pair == 'file=print' else pair for pair in pairs)}"


def site_of(url: str) -> str:
    """The site's name: its host (and a port that is not the default) without www."""
    return WWW.sub("", urlsplit(canonicalise(url)).netloc)


def is_twin_form(url: str) -> bool:
    """Whether a canonical address is the AMP, print or mobile form of another."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    return bool(
        MOBILE_HOST.match(parts.netloc)
        or plain_form(url) != url
        or TWIN_PATH.search(path)
        or TWIN_PREFIX.match(path)
        or PRINT_SCRIPT.search(path)
        or any(_is_twin(name, value) for name, value in parameters_of(parts.query))
    )


def name_one_page(one: str, other: str) -> bool | None:
    """Whether two identities carry the same article number or, without numbers, the same slug.

    None where the addresses do not tell. A number is three digits or more that are no date and no
    year's folder; of several the longest, and of those the last. A path that has one tells alone, where what
    differs behind it is no number.
    """
    paths = [key.partition("/")[2] for key in (one, other)]
    (path, _, query), (other_path, _, other_query) = (each.partition("?") for each in paths)
    if path == other_path and query != other_query and NUMBER.search(path):
        differing = set(query.split("&")) ^ set(other_query.split("&"))
        if not any(pair.partition("=")[2].isdigit() for pair in differing):
            return True
    numbers = [max(reversed(NUMBER.findall(path)), key=len, default=None) for path in paths]
    if None not in numbers:
        return numbers[0] == numbers[1]
    slugs = [FILE_TYPE.sub("", path.partition("?")[0].rpartition("/")[2]) for path in paths]
    return True if slugs[0] == slugs[1] and len(slugs[0]) >= MIN_SLUG else None


def share_numbered_path(one: str, other: str) -> bool:
    """Whether two identities are of one path, and that has an article's number: they differ in their queries alone."""
    path = one.partition("?")[0]
    return path == other.partition("?")[0] and NUMBER.search(path.partition("/")[2]) is not None


def within_thread(url: str) -> str | None:
    """What the address of a forum leads to within a thread, whose first post is not shown for sure: a post of it, or a
    further page.
    """
    if FORUM.search(url) is None:
        return None
    path, _, query = url.partition("#")[0].partition("?")
    return next((told for sign, told in WITHIN_THREAD if sign.search(f"{path}?{query}")), None)


def in_site(url: str, site: str) -> bool:
    """Whether a canonical address belongs to the site: its host, or a subdomain of it."""
    host = WWW.sub("", urlsplit(url).netloc)
    return host == site or host.endswith("." + site)


def readable(url: str) -> str:
    """The address as a person reads it: percent-encoded UTF-8 decoded, for display only."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=unquote(parts.path), query=unquote(parts.query)))


def start_address(text: str) -> str:
    """What a person types as a site (`example.ly`, `www.example.ly/sport`) as a canonical address."""
    typed = text.strip()
    if not typed:
        raise AddressError("no address given; write https://example.ly")
    if not re.match(r"^[a-z][a-z0-9+.-]*://", typed, re.IGNORECASE):
        typed = f"https://{typed}"
    address = canonicalise(typed)
    host = urlsplit(address).hostname or ""
    if re.search(r"\s", host) or ("." not in host and host != "localhost" and ":" not in host):
        raise AddressError(f"{text}: no such host can be; write the address as in https://example.ly")
    return address


def other_forms(text: str) -> list[str]:
    """What a person may have meant who typed an address that leads nowhere, the likeliest first.

    http where they gave no scheme, and the host with `www.` or without.
    """
    typed = start_address(text)
    forms = [typed, typed.replace("https:", "http:", 1)] if "://" not in text else [typed]
    host = urlsplit(typed).hostname or ""
    if "." in host and not host.rpartition(".")[2].isdigit():  # a name, no IP address
        bare = host.removeprefix("www.")
        twin = bare if bare != host else f"www.{host}"
        forms += [form.replace(f"//{host}", f"//{twin}", 1) for form in forms]
    return list(dict.fromkeys(forms))[1:]


def at_twin(url: str, host: str) -> str | None:
    """The address at a host (and port) that is its own with `www.` or without; None where it is another.

    ("http://www.x.ly/a", "x.ly") → "http://x.ly/a"
    """
    own = urlsplit(url).netloc
    if own == host or own.removeprefix("www.") != host.removeprefix("www."):
        return None
    return url.replace(f"//{own}", f"//{host}", 1)


def _ascii_host(host: str, url: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise AddressError(f"{url[:200]}: the host's name cannot be encoded") from None


def _normal_path(path: str) -> str:
    """Dot segments resolved, percent-encoding in one spelling; bytes that are not UTF-8 stay as they are."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(segments) > 1:
                segments.pop()
        elif segment != ".":
            segments.append(_normal_segment(segment))
    if path.endswith(("/.", "/..")):
        segments.append("")
    return "/".join(segments)


def _normal_segment(segment: str) -> str:
    if segment.isascii() and "%" not in segment:
        return quote(segment, safe=PATH_SAFE)
    try:
        decoded = _unquote(segment, "strict")
    except UnicodeDecodeError:  # windows-1256 in the path: keep its bytes, upper-case its hex digits
        return ENCODED_RUN.sub(_upper, quote(segment, safe=PATH_SAFE + "%"))
    if ENCODED_LETTERS.fullmatch(segment):  # an Arabic slug: `quote` comes to the same, a byte at a time
        return ENCODED_RUN.sub(_upper, segment)
    return quote(decoded, safe=PATH_SAFE.replace("/", ""))


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()


def _read_segment(segment: str) -> str:
    """A path segment decoded, but for what would then read as another address, and what is not UTF-8."""
    try:
        return _unquote(segment, "strict").translate(RESERVED) if "%" in segment else segment
    except UnicodeDecodeError:
        return segment


def _is_noise(pair: str) -> bool:
    return bool(
        TRACKING.match(unquote(pair.partition("=")[0]))
        or SESSION.match(pair)
        or REFERRED.match(pair)
        or FROM_FIRST.match(pair)
        or ENTRY.match(pair)
    )


def _own_parameters(query: str) -> list[tuple[str, str]]:
    """The parameters of an address that say which page it is."""
    pairs = parameters_of(query) if query else []
    own = [pair for pair in pairs if not _is_twin(*pair)]
    if "option=com_" in query and any(page <= set(own) for page in JOOMLA_PAGES):
        own = [
            (name, value.partition(":")[0] if name == "id" else value)
            for name, value in own
            if name not in JOOMLA_PLACE
        ]
    return own if len(own) == len(pairs) else [pair for pair in own if pair not in BESIDE_TWIN]


def parameters_of(query: str) -> list[tuple[str, str]]:
    """The parameters of a query, decoded; what is not UTF-8 is the Arabic of windows-1256 (read as UTF-8, all words of
    one length would be one).
    """
    try:
        return parse_qsl(query, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return parse_qsl(query, keep_blank_values=True, encoding="cp1256")


def _is_twin(name: str, value: str) -> bool:
    wanted = TWIN_PARAMETERS.get(name.lower(), "")
    if (name.lower(), value) in MOBILE_VIEW:
        return True
    return wanted is None or (wanted != "" and value.lower() == wanted)
