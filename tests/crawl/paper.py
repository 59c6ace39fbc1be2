"""A small paper on loopback whose pages a test sets, changes and takes away; entity tags and 304 as they should be."""

import hashlib
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self

STORY = """<html lang="ar"><head><title>{title}</title><meta property="og:type" content="article"></head>
<body class="single-post"><div class="ad">{ad}</div><article><h1 class="entry-title">{title}</h1>{when}
<div class="entry-content">{body}</div></article><aside class="related"><h3>اقرأ أيضاً</h3><a href="/">{ad}</a></aside>
</body></html>"""
WHEN = '<time class="entry-date published" datetime="2024-05-01T10:00:00+02:00">1 مايو 2024</time>'
PARAGRAPH = "{} وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح وسط ترحيب الأهالي الذين انتظروها ثلاثة أيام كاملة."


class Asked(NamedTuple):
    path: str
    headers: dict[str, str]  # names in lower case
    status: int


class Paper:
    """Use it as a context manager; `pages` is what stands at each path, as (status, headers, body), `once` what is
    answered before that, one time.
    """

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.once: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[Asked] = []
        paper = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, more, body = paper.answer(self.path, headers)
                paper.asked.append(Asked(self.path, headers, status))
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """What is sent for a path; 304 where the client has it already. A test may override it."""
        status, more, body = self.once.pop(path, None) or self.pages.get(path, (404, {}, b"not here"))
        tag = f'"{hashlib.sha1(body).hexdigest()}"'
        if status == 200 and headers.get("if-none-match") == tag:
            return 304, {"ETag": tag}, b""
        return (
            status,
            {"Content-Type": "text/html; charset=utf-8", **({"ETag": tag} if status == 200 else {}), **more},
            body,
        )

    def story(self, path: str, title: str, *paragraphs: str, when: str = WHEN, ad: str = "إعلان") -> None:
        body = "".join(
            f"<p>{each}</p>" for each in paragraphs or (PARAGRAPH.format("أولا:"), PARAGRAPH.format("ثانيا:"))
        )
        self.pages[path] = (200, {}, STORY.format(title=title, when=when, body=body, ad=ad).encode())

    def front(self, *paths: str, more: str = "") -> None:
        links = "".join(f'<h2><a href="{path}">عنوان الخبر الذي على {path}</a></h2>' for path in paths)
        self.pages["/"] = (200, {}, f"<html><body class='home'>{links}{more}</body></html>".encode())

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.pages[path] = (status, {"Location": target}, b"")

    def xml(self, path: str, text: str) -> None:
        self.pages[path] = (200, {"Content-Type": "text/xml"}, text.encode())

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]
