"""From the bytes of a request to plain JSON values, within limits. Every refusal is a BodyError."""

from werkzeug.http import parse_options_header

from sheetflow.capture.charset import decoded
from sheetflow.capture.forms import read_multipart, read_urlencoded
from sheetflow.capture.jsontext import opens_json, parse_json
from sheetflow.capture.limits import MAX_BYTES, BodyError, bounded

__all__ = ["BodyError", "read_body"]

WHAT_TO_SEND = "send application/json, application/x-www-form-urlencoded or multipart/form-data"
GZIP = b"\x1f\x8b"


def read_body(raw: bytes, content_type: str) -> object:
    """The JSON value a body stands for; form fields become an object of texts, lists and objects.

    Decimal numbers and integers of more than 15 digits stay text, so that no digit is lost; NaN and Infinity
    are None; a key that comes twice holds a list. Of an uploaded file the name is kept. `raw` is as the
    sender wrote it: undoing a Content-Encoding, within MAX_BYTES, is the caller's part.
    """
    if len(raw) > MAX_BYTES:
        raise BodyError(413, f"the body has {len(raw):,} bytes; at most {MAX_BYTES:,} are taken")
    if raw.startswith(GZIP):
        raise BodyError(415, "the body is compressed; send it without compression")
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise BodyError(400, "the body is empty; send the lead's fields as JSON or as form fields")
    kind, options = parse_options_header(content_type)
    return bounded(_read(raw, kind.lower(), options))


def _read(raw: bytes, kind: str, options: dict[str, str]) -> object:
    charset = options.get("charset", "")
    if kind == "multipart/form-data":
        return read_multipart(raw, options.get("boundary", ""), charset)
    if kind in ("application/json", "text/json") or kind.endswith("+json"):
        return parse_json(decoded(raw, charset))
    if kind == "application/x-www-form-urlencoded":
        return _form_or_json(raw, charset)
    if kind in ("", "text/plain", "application/octet-stream"):
        return _guessed(raw, charset)
    raise BodyError(415, f"Content-Type {kind[:80]!r}: {WHAT_TO_SEND}")


def _form_or_json(raw: bytes, charset: str) -> object:
    """Form fields; or the JSON that many tools send under a form's name because it is their default."""
    text = decoded(raw, charset)
    return parse_json(text) if opens_json(text) else read_urlencoded(raw, charset)


def _guessed(raw: bytes, charset: str) -> object:
    text = decoded(raw, charset)
    if not opens_json(text) and "=" not in text.partition("\n")[0]:
        raise BodyError(415, f"the body is neither JSON nor form fields; {WHAT_TO_SEND}")
    return _form_or_json(raw, charset)
