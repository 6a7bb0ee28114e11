"""Which characters the bytes of a body stand for, whatever the sender says about them."""

import codecs

from sheetflow.capture.words import word_set

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Only these may be named by a sender: Python's codecs include compressors and escapes.
SINGLE_BYTE_AND_ASIAN = word_set("""
    ascii cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-1 iso8859-2 iso8859-5
    iso8859-7 iso8859-8 iso8859-9 iso8859-15 koi8-r koi8-u mac-roman shift_jis cp932 euc_jp gb2312 gbk
    gb18030 big5 euc_kr cp949
""")


def decoded(raw: bytes, declared: str = "") -> str:
    """The text of `raw`. Never fails: the last resort is Latin-1, in which every byte is a character.

    Bytes that are valid UTF-8 are taken as UTF-8 even where another charset is declared, because text in
    another charset is hardly ever valid UTF-8 by accident, and the declaration is often wrong.
    """
    for charset in (_marked(raw), _wide(raw), "utf-8", _allowed(declared), "cp1252"):
        try:
            if charset:
                return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _marked(raw: bytes) -> str:
    return next((charset for mark, charset in BYTE_ORDER_MARKS if raw.startswith(mark)), "")


def _wide(raw: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, known by where the zeros of its first, ASCII character lie."""
    zeros = "".join("0" if byte == 0 else "x" for byte in raw[:4])
    return {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(zeros, "")


def _allowed(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL within the name
        return ""
    return name if name in SINGLE_BYTE_AND_ASIAN else ""
