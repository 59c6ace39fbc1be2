"""Reading a response's envelope: its headers, and what a failed request came to."""

import errno
import re
from http import HTTPStatus
from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from sqlalchemy.exc import SQLAlchemyError

from archiver.outcomes import Outcome
from archiver.payload import PayloadError, decode_payload
from spiders.robots import RobotsDenied

OUTCOME_OF_ERROR: tuple[tuple[type[Exception], Outcome], ...] = (
    (RobotsDenied, Outcome.ROBOTS_DENIED),
    (CannotResolveHostError, Outcome.DNS_ERROR),
    (DownloadTimeoutError, Outcome.TIMEOUT),
    (DownloadCancelledError, Outcome.TOO_LARGE),
    (ResponseDataLossError, Outcome.BROKEN_RESPONSE),
)
TRY_AGAIN = frozenset({Outcome.DNS_ERROR, Outcome.TIMEOUT, Outcome.BROKEN_RESPONSE, Outcome.CONNECTION_ERROR})


def outcome_of_error(error: Exception) -> Outcome:
    """The outcome of a request that got no response."""
    if isinstance(error, DownloadFailedError) and "SSL" not in str(error):
        return Outcome.BROKEN_RESPONSE
    return next(
        (outcome for kind, outcome in OUTCOME_OF_ERROR if isinstance(error, kind)), Outcome.CONNECTION_ERROR
    )


FAILURE = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>", re.DOTALL)


def words_of_error(error: Exception) -> str:
    """What a failed request's error says, without the names of classes; those of an error that says nothing."""
    return FAILURE.sub(r"\1", str(error)).strip("[] ")[:300] or type(error).__name__


ENDS = re.compile(
    rb"</(?:html|rss|feed|rdf:RDF|(?:\w+:)?(?:urlset|sitemapindex))\s{0,9}>\s{0,99}\Z", re.IGNORECASE
)
LAST = 200  # bytes of a document in which it ends


def came_whole(response: Response) -> bool:
    """Whether nothing of a response is missing: it is as long as promised, or a document that ends as one does, for
    some servers promise more than there is."""
    if "dataloss" not in response.flags:
        return True
    try:
        payload = decode_payload(response.body, header(response, b"Content-Encoding"))
    except PayloadError:
        return False
    return ENDS.search(payload[-LAST:]) is not None


def is_ours(error: Exception) -> bool:
    """Whether an error is of our own disk or database, and not of the network."""
    disk = (errno.EIO, errno.EFBIG, errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    return isinstance(error, SQLAlchemyError) or (isinstance(error, OSError) and error.errno in disk)


def facts(response: Response) -> dict[str, Any]:
    """What the outcome keeps of a response: status, size on the wire, latency in seconds; a page's validators."""
    is_page = response.status == HTTPStatus.OK
    return {
        "status": response.status,
        "size": len(response.body),
        "latency": response.meta.get("download_latency"),
        "etag": header(response, b"ETag") if is_page else None,
        "last_modified": header(response, b"Last-Modified") if is_page else None,
    }


def header(response: Response, name: bytes) -> str | None:
    """One header's text; None where it is missing or empty."""
    return (response.headers.get(name) or b"").decode("latin-1") or None


def as_utf8(text: str) -> str:
    """A header's bytes as UTF-8 where they are: raw Arabic in Location is common."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def plain_headers(response: Response) -> dict[str, str]:
    """A response's headers by lower-case name, repeated ones joined as RFC 9110 has it."""
    return {
        name.decode("latin-1").lower(): b", ".join(values or ()).decode("latin-1")
        for name, values in response.headers.items()
    }
