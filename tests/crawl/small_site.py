"""A small site for a test: a server on loopback that answers as the test says, and pages to answer with."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


HTML = {"Content-Type": "text/html; charset=utf-8"}


TEXT = (
    "وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح وسط ترحيب الأهالي الذين انتظروها ثلاثة أيام كاملة. "
    * 4
)


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[tuple[str, list[str]]]:
    """The server's address, and the paths it is asked for; an ETag that is sent back is answered with 304."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = answer(self.path)
            if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag", ""):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.encode("utf-8").decode("latin-1"))
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def story(number: str) -> Answer:
    return 200, HTML, f"""<html lang="ar"><head><title>خبر الميناء رقم {number}</title><meta property="og:type"
        content="article"></head><body class="single-post"><article><h1 class="entry-title">خبر الميناء رقم {number}</h1>
        <time class="entry-date published" datetime="2024-05-01T10:00:00+02:00">1 مايو 2024</time>
        <div class="entry-content"><p>{number}: {TEXT}</p></div></article></body></html>""".encode()  # fmt: skip


def listing(paths: list[str], more: str = "") -> Answer:
    links = "".join(f'<h2><a href="{path}">عنوان الخبر الذي على {path}</a></h2>' for path in paths)
    return (
        200,
        HTML,
        f"<html><head><title>الأخبار</title></head><body class='archive'>{links}{more}</body></html>".encode(),
    )


NOTHING: Answer = (404, HTML, b"")
