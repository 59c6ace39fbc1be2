"""The payload of a response: its wire bytes with Content-Encoding undone, bounded in size."""

import zlib

MAX_PAYLOAD = 64 * 1024 * 1024  # bytes after decoding

GZIP_MAGIC = b"\x1f\x8b"
NOT_UNDONE = frozenset(
    {"br", "zstd", "compress", "x-compress", "exi", "aes128gcm", "pack200-gzip", "dcb", "dcz"}
)
"""The other codings of HTTP's registry. Whatever else a server declares («utf-8», «none») is no coding."""


class PayloadError(ValueError):
    """Bytes that do not decode as their Content-Encoding says, or to more than the limit."""


def decode_payload(body: bytes, content_encoding: str | None, limit: int = MAX_PAYLOAD) -> bytes:
    """The payload of at most `limit` bytes. Codings are undone from the last to the first (RFC 9110, 8.4).

    A coding that is declared but not applied is common, and a name that is none: the bytes are then taken as they are.
    Raises `PayloadError` on a bomb, a stream that breaks off, and a coding that is not undone here.
    """
    codings = [c.strip().lower() for c in (content_encoding or "").split(",") if c.strip()]
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip"):
            body = gunzip(body, limit) if body.startswith(GZIP_MAGIC) else body
        elif coding == "deflate":
            body = _inflate_any(body, limit)
        elif coding in NOT_UNDONE:
            raise PayloadError(f"Content-Encoding {coding} was not asked for and is not understood")
    return body


def gunzip(body: bytes, limit: int = MAX_PAYLOAD) -> bytes:
    """All gzip members of the body, at most `limit` bytes together."""
    result = bytearray()
    while body.startswith(GZIP_MAGIC):
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        result += _inflate(inflater, body, limit - len(result))
        if not inflater.eof:
            raise PayloadError("the body breaks off before its compressed stream ends")
        body = inflater.unused_data
    return bytes(result)


def _inflate_any(body: bytes, limit: int) -> bytes:
    """`deflate` is zlib by the standard and raw by habit."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(window)
        try:
            inflater.decompress(body[:64])
        except zlib.error:
            continue
        return _inflate(zlib.decompressobj(window), body, limit)
    return body


def _inflate(inflater: "zlib._Decompress", body: bytes, limit: int) -> bytes:
    try:
        result = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise PayloadError(f"the body is not what its Content-Encoding says: {error}") from None
    if len(result) > limit:
        raise PayloadError(f"the body unpacks to more than {limit:,} bytes")
    return result
