"""Turns bytes into text in the charset that a mail names, or the likely one if it names none."""

import codecs
import re
from functools import lru_cache

# What programs call by the name of a standard, and fill with the letters of its larger sibling.
_LARGER = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_CHARSET = re.compile(
    r"(?:utf|iso|cp|koi8|mac|euc|gb|big5|shift|s-?jis|hz|johab|ptcp|tis|ascii|windows|x-|latin|us-)[\w. -]*"
)


def decoded(data: bytes, charset: str) -> str:
    """Text of bytes: in the charset said if it fits, else in UTF-8 if that fits, else in Windows-1252."""
    for name in (_codec(charset), "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


@lru_cache(200)
def _codec(charset: str) -> str:
    """Python's name for a charset; codecs that are none, such as "punycode", are taken for UTF-8."""
    name = charset.strip().lower()
    if not _CHARSET.match(name) and not name.startswith("ks_c"):
        return "utf-8"
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        known = name
    return _LARGER.get(known, known)
