"""The fields of a delivery status notification (RFC 3464), one group a recipient."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sheetflow.replies.mime import Mail

_LIMIT = 100_000
_FIELD = re.compile(
    r"^[> \t]*((?:final|original|x-actual)-recipient|action|status|diagnostic-code)[ \t]*:[ \t]*"
    r"([^\n]*(?:\n[ \t]+[^\n]+)*)",
    re.IGNORECASE | re.MULTILINE,
)
_ONCE = ("original-recipient", "final-recipient", "action")
_TELLING = ("final-recipient", "action", "diagnostic-code")
_ADDRESS = re.compile(r"[^\s<>;:,\"]+@[^\s<>;:,\"]+")


@dataclass(frozen=True)
class Outcome:
    """What one server says of one recipient; empty where it says nothing."""

    recipients: tuple[str, ...] = ()
    action: str = ""  # failed, delayed, delivered, relayed, expanded
    status: str = ""
    diagnostic: str = ""


def is_status(kind: str) -> bool:
    return kind.endswith("delivery-status")


def outcomes(mail: Mail) -> tuple[Outcome, ...]:
    """From the delivery-status parts; where a server wrote the fields into its text, from there."""
    parts = [p for p in mail.parts if not p.returned]
    reports = [p.text for p in parts if is_status(p.type)]
    texts = reports if any(_FIELD.search(text[:_LIMIT]) for text in reports) else [p.text for p in parts]
    return tuple(outcome for text in texts for outcome in _groups(text[:_LIMIT]))


def _groups(text: str) -> Iterator[Outcome]:
    """Groups end at a blank line, and where a field that stands once in a group comes again."""
    for block in re.split(r"\n[> \t]*\n", text):
        fields: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(block):
            if name.lower() in _ONCE and name.lower() in fields:
                yield _outcome(fields)
                fields = {}
            fields.setdefault(name.lower(), []).append(" ".join(value.split()))
        if not fields.keys().isdisjoint(_TELLING):
            yield _outcome(fields)


def _outcome(fields: dict[str, list[str]]) -> Outcome:
    named = [
        address.lower()
        for key in ("original-recipient", "final-recipient", "x-actual-recipient")
        for value in fields.get(key, ())
        for address in _ADDRESS.findall(value.rpartition(";")[2])
    ]
    return Outcome(
        recipients=tuple(dict.fromkeys(named)),
        action=" ".join(fields.get("action", [])).lower().partition(" ")[0].rstrip(";,"),
        status=" ".join(fields.get("status", [])),
        diagnostic=" ".join(fields.get("diagnostic-code", [])),
    )
