"""Wufoo's keys are Field12, with the questions in a structure beside them."""

from typing import Any

from sheetflow.capture.senders.sender import Node, Sender
from sheetflow.capture.values import objects, text_of


def _plain(node: Node) -> Node:
    structure = node.get("FieldStructure")
    if not isinstance(structure, dict):
        return node
    titles: dict[str, Any] = {}
    for field in objects(structure.get("Fields")):
        titles[text_of(field.get("ID"))] = field.get("Title")
        titles |= {text_of(part.get("ID")): part.get("Label") for part in objects(field.get("SubFields"))}
    answers = [{"label": titles[key], "key": key, "value": node[key]} for key in node if key in titles]
    rest = {key: value for key, value in node.items() if key not in titles and key != "FieldStructure"}
    return {"fields": answers, **rest}


WUFOO = Sender("Wufoo", plain=_plain)
