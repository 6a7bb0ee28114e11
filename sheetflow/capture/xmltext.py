"""A lead as XML within a text, such as the ADF mails of car portals, as plain values."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from sheetflow.capture.limits import MAX_DEPTH


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
    return found if isinstance(found, Mapping) else None


def _value(element: ElementTree.Element, levels: int) -> object:
    if not levels:
        raise ValueError("too deep")
    children = list(element)
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        twins = len(element.findall(child.tag)) > 1
        parts = [child.tag.rpartition("}")[2], *(child.attrib.values() if twins else ())]
        name = " ".join(parts)
        value = _value(child, levels - 1)
        found[name] = value if name not in found else [*_listed(found[name]), value]
        for attribute, text in child.attrib.items():
            found.setdefault(f"{name} {attribute}", text)
    return found


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
