"""Typeform names questions by ID, with the questions in a definition beside the answers."""

from collections.abc import Collection, Mapping
from typing import Any

from sheetflow.capture.senders.sender import Node, Sender
from sheetflow.capture.values import objects, text_of

SAMPLE = "an_account@example.com"


def _plain(node: Node) -> Node:
    definition, answers = node.get("definition"), node.get("answers")
    if not isinstance(definition, dict) or not isinstance(answers, list):
        return node
    questions = {text_of(field.get("id")): field for field in objects(definition.get("fields"))}
    titled = [_titled(answer, questions) for answer in objects(answers)]
    form = {"form name": definition["title"]} if isinstance(definition.get("title"), str) else {}
    return {**{key: value for key, value in node.items() if key != "definition"}, "answers": titled, **form}


def _titled(answer: Node, questions: Mapping[str, Node]) -> dict[str, Any]:
    field = answer.get("field")
    field = field if isinstance(field, dict) else {}
    question = questions.get(text_of(field.get("id")), field)
    kind = text_of(answer.get("type"))
    value = answer.get(kind)
    if isinstance(value, dict) and kind in ("choice", "choices"):
        value = [value.get("label"), value.get("labels"), value.get("other")]
    return {
        "label": question.get("title") or question.get("ref") or question.get("id"),
        "key": question.get("ref") or "",
        "type": f"{kind} {text_of(question.get('type'))}",
        "value": value,
    }


def _is_test(texts: Collection[str]) -> bool:
    return SAMPLE in texts


TYPEFORM = Sender("Typeform", plain=_plain, is_test=_is_test)
