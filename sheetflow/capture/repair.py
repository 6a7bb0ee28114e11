"""Texts that were broken on the way, mended if only one reading is possible."""

import re
from html import unescape

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_LITERAL_BREAK = re.compile(r"(?:\\r)?\\n")
# A letter of Latin-1 with what follows it if UTF-8 was read as Latin-1 or cp1252: Ã©, â€™, Ð¿.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00df\u00e0-\u00ef\u00f0-\u00f4][\u0080-\u00bf\u20ac\u201a-\u203a\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u02c6\u02dc\u2122]"
)
# Slack writes <mailto:ada@example.com|ada@example.com> and <tel:+13525550102|352-555-0102>.
_LINKED = re.compile(r"<(?:mailto|tel):[^<>|\s]{1,320}\|([^<>|]{1,320})>")
_WHOLE_FLOAT = re.compile(r"(\d{7,15})\.0+")


def repaired(text: str) -> str:
    """`text` without HTML entities, literal \\n and UTF-8 read as another charset; cheap if there are
    none."""
    if _MOJIBAKE.search(text):
        text = _read_again(text)
    if "\\n" in text:
        text = _LITERAL_BREAK.sub("\n", text)
    if "&" in text and "<" not in text and _ENTITY.search(text):
        text = unescape(text)
    if "<" in text:
        text = _LINKED.sub(r"\1", text)
    return text


def _read_again(text: str) -> str:
    for charset in ("cp1252", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    return text


def whole(text: str) -> str:
    """A number that a spreadsheet made of digits, without its '.0'."""
    match = _WHOLE_FLOAT.fullmatch(text)
    return match[1] if match else text
