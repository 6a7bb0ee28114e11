"""One name and one place from the parts they came in."""

import re
from collections.abc import Mapping

from sheetflow.capture.cleaning import name_before_address
from sheetflow.capture.naming import NAMES, PLACES

_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")  # Chinese, Japanese, Korean


def joined_name(texts: Mapping[str, str]) -> str:
    """One name of what may have come as a whole, in parts, or as a first name beside 'name'."""
    whole, first, middle, last, second = (texts.get(field, "") for field in NAMES)
    whole = name_before_address(whole) or whole
    is_told = [part.casefold() in whole.casefold() for part in (first, last)]
    if whole and all(is_told):
        return whole
    if last and first.casefold().endswith(f" {last.casefold()}"):
        return first
    if first and last and _FAMILY_FIRST.search(last):
        return _spaced(last, first)
    if first and (last or not whole):
        return _spaced(first, middle, last, second)
    return _spaced(first, whole) if first else _spaced(whole, middle, last, second) if last else ""


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def joined_location(texts: Mapping[str, str]) -> str:
    """The parts of an address from the street to the country, without those the first part names already."""
    street = _spaced(texts.get("street", ""), texts.get("house", ""))
    whole = ""
    for part in filter(None, (street, *(texts.get(field, "") for field in PLACES[2:]))):
        named = whole.partition(",")[2].casefold()
        if not re.search(rf"\b{re.escape(part.casefold())}\b", named):
            whole = f"{whole}, {part}" if whole else part
    return whole
