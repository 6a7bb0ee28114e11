"""The bytes of a request as its sender wrote them."""

import logging
import zlib

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from sheetflow.capture import BodyError

log = logging.getLogger(__name__)

MOST_BYTES = 2 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS

CUT_OFF = "The body ends too early: the connection was lost. Send the lead again."
TOO_LARGE = "The body is over 2 MB: send the lead without its attachments."


def read_raw(request: Request) -> bytes:
    """Raises BodyError for what can't be unpacked, or is too large once it is."""
    try:
        # Before request.form, or the raw body is gone.
        raw = request.get_data(cache=True)
    except RequestEntityTooLarge:
        raise
    except Exception as error:
        # A server has errors of its own for a lost line and for chunks that are none; they quote the body.
        log.info("a body broke off: %s", type(error).__name__)
        raise BodyError(400, CUT_OFF) from None
    if request.content_length is None and len(raw) >= MOST_BYTES:
        raise BodyError(413, TOO_LARGE)  # sent in chunks, and cut off where the limit is
    if request.content_length is not None and len(raw) != request.content_length:
        raise BodyError(400, CUT_OFF)
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return raw
    if encoding in ("gzip", "x-gzip"):
        return _unpacked(raw)
    raise BodyError(415, "Content-Encoding: send the body as it is, or with gzip.")


def _unpacked(raw: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        found = unpacking.decompress(raw, MOST_BYTES + 1)
    except zlib.error:
        raise BodyError(400, "Content-Encoding says gzip, and the body isn't.") from None
    if len(found) > MOST_BYTES:
        raise BodyError(413, TOO_LARGE)
    if not unpacking.eof:
        raise BodyError(400, "The body's gzip ends too early.")
    return found
