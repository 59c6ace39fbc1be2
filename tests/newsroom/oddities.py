"""Redirects, files, and the faults that are linked from nowhere."""

import struct
import zlib

from tests.newsroom import pages
from tests.newsroom.lone_pages import absent
from tests.newsroom.replies import Query, Reply, redirect
from tests.newsroom.site import Site


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    + _chunk(b"IEND", b"")
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def led_elsewhere(site: Site, name: str, _: Query) -> Reply:
    home = site.press.home
    chained = [each for each in site.live if "chain" in each.via]
    targets = {
        "go/1": (301, f"{home}/go/2"),
        "go/2": (302, "/go/3/"),
        "go/3/": (308, site.press.url(chained[0].path) if chained else f"{home}/"),
        "loop/a": (302, f"{home}/loop/b"),
        "loop/b": (302, f"{home}/loop/a"),
        "out/": (301, "http://elsewhere.example.invalid/خبر/".encode().decode("latin-1")),
        "out-local/": (302, "http://127.0.0.1:1/story/"),
    }
    if name not in targets:
        return absent(site, 404)
    status, target = targets[name]
    return redirect(target, status)


def file(site: Site, name: str, _: Query) -> Reply:
    kinds = {
        "png": ("image/png", PNG),
        "pdf": ("application/pdf", PDF),
        "css": ("text/css", b"body{}\n"),
        "js": ("text/javascript", b"'use strict';\n"),
    }
    content_type, body = kinds.get(name.rpartition(".")[2], ("", b""))
    if not body:
        return absent(site, 404)
    return Reply(body=body, content_type=content_type, changed=site.started, coding="identity")


def fault(site: Site, name: str, _: Query) -> Reply:
    page = pages.lone_page(site.press, site.boxes(), "عطل", ["صفحة لاختبار الأعطال."] * 40).encode()
    match name:
        case "endless" | "slow" | "cut" | "reset":
            return Reply(body=page, coding="identity", fault=name)
        case "bad-gzip":
            return Reply(
                body=b"\x1f\x8b\x08\x00not a gzip stream",
                coding="identity",
                headers=(("Content-Encoding", "gzip"),),
            )
    return absent(site, 404)
