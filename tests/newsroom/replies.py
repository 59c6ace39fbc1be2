"""What a request is answered with, and the replies that are the same whatever the site's state."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from typing import Literal

from tests.newsroom.markup import template
from tests.newsroom.stories import Story

HTML = "text/html; charset=UTF-8"

Query = dict[str, list[str]]


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    changed: datetime | None = None  # Last-Modified; with it comes an ETag
    coding: Literal["gzip", "deflate", "identity"] = "gzip"  # used where the client accepts it
    chunked: bool = False
    fault: Literal["endless", "slow", "cut", "reset", None] = None

    @cached_property
    def etag(self) -> str | None:
        return f'W/"{hashlib.sha1(self.body).hexdigest()[:20]}"' if self.changed else None


def text(body: str, content_type: str = HTML, **more: object) -> Reply:
    return Reply(body=body.encode(), content_type=content_type, **more)  # type: ignore[arg-type]


def redirect(target: str, status: int = 301) -> Reply:
    return Reply(status=status, headers=(("Location", target),))


def trouble(story: Story) -> Reply | None:
    """What the first request for a story with a passing illness gets."""
    match story.quirk:
        case "heals_500":
            return Reply(status=500, body="<h1>خطأ في الخادم</h1>".encode())
        case "heals_429":
            return Reply(status=429, body=b"<h1>Too Many Requests</h1>", headers=(("Retry-After", "1"),))
        case "heals_503":
            later = datetime.now(UTC) + timedelta(seconds=2)
            return Reply(
                status=503,
                body="<h1>الموقع تحت الصيانة</h1>".encode(),
                headers=(("Retry-After", format_datetime(later, usegmt=True)),),
            )
    return None


def challenge() -> Reply:
    return Reply(
        status=403,
        body=template("challenge").template.encode(),
        headers=(
            ("cf-mitigated", "challenge"),
            ("Server", "cloudflare"),
            ("CF-RAY", "0000000000000000-TIP"),
            ("Cache-Control", "private, max-age=0, no-store, no-cache, must-revalidate"),
        ),
    )
