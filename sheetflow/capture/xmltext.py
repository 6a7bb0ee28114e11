"""A lead as XML within a text, such as the ADF mails of car portals, as plain values."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from sheetflow.capture.limits import MAX_DEPTH, MAX_FIELDS


def opens_xml(text: str) -> bool:
    return text.lstrip()[:5].lower() in ("<?xml", "<?adf", "<adf>") and text.rstrip().endswith(">")


def read_xml(text: str) -> Mapping[str, Any] | None:
    """The elements as objects, texts and lists; None for XML that is broken, too deep or declares anything.

    Declarations are refused unread: with them a short text can stand for gigabytes.
    """
    if "<!" in text.replace("<![CDATA[", "").replace("<!--", ""):
        return None
    try:
        root = ElementTree.fromstring(text.strip())
        found = _value(root, MAX_DEPTH)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _value(element: ElementTree.Element, levels: int) -> object:
    if not levels:
        raise ValueError("too deep")
    children = list(element)
    if not children:
        return (element.text or "").strip()
    twins = Counter(child.tag for child in children)
    gathered: dict[str, list[object]] = {}
    for child in children:
        parts = [child.tag.rpartition("}")[2], *(child.attrib.values() if twins[child.tag] > 1 else ())]
        name = " ".join(parts)
        gathered.setdefault(name, []).append(_value(child, levels - 1))
        for attribute, text in child.attrib.items():
            gathered.setdefault(f"{name} {attribute}", [text])
    if max(len(gathered), *map(len, gathered.values())) > MAX_FIELDS:
        raise ValueError("too many elements")
    return {name: values[0] if len(values) == 1 else values for name, values in gathered.items()}
