"""Reads what Amazon SES reports through its notification service: a JSON document as the text of a mail."""

import json
import re

from sheetflow.replies.incoming import Incoming, addresses
from sheetflow.replies.mime import Mail
from sheetflow.replies.reasons import code_of, explained, reason
from sheetflow.replies.verdict import Kind, Verdict

_TYPE = re.compile(r"notificationType\\?\"\s*:\s*\\?\"(Bounce|Complaint|Delivery)")
_PEOPLE = ("bouncedRecipients", "complainedRecipients")


def notification(mail: Mail, incoming: Incoming) -> Verdict | None:
    if not mail.header("x-amz-sns-message-id"):
        return None
    text = re.sub(r"!\n ", "", incoming.text)  # how the service folds its long lines
    kind = _TYPE.search(text)
    if not kind:
        return None
    event = _event(text)
    details = [
        p for group in event.values() if isinstance(group, dict) for n in _PEOPLE for p in group.get(n) or ()
    ]
    details = [person for person in details if isinstance(person, dict)]
    diagnostic = " ".join(str(person.get("diagnosticCode", "")) for person in details).strip()
    code = code_of(" ".join(str(person.get("status", "")) for person in details), diagnostic)
    meant = _kind(kind[1], event, code, diagnostic)
    return Verdict(
        kind=meant,
        incoming=incoming,
        because="Amazon reports a complaint." if meant is Kind.COMPLAINT else explained(meant, diagnostic),
        recipients=_recipients(event, details),
        original_message_ids=_message_ids(event),
        status_code=code,
        diagnostic=diagnostic[:500],
    )


def _event(text: str) -> dict[str, object]:
    """The notification, which may be wrapped in another document; empty where it was cut."""
    try:
        document = json.loads(text.partition("\n--\n")[0], strict=False)
        wrapped = document.get("Message") if isinstance(document, dict) else None
        document = json.loads(wrapped, strict=False) if isinstance(wrapped, str) else document
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _kind(said: str, event: dict[str, object], code: str, diagnostic: str) -> Kind:
    if said != "Bounce":
        return Kind.COMPLAINT if said == "Complaint" else Kind.DELAYED
    bounce = event.get("bounce")
    passing = isinstance(bounce, dict) and bounce.get("bounceType") == "Transient"
    meant = reason(code, diagnostic, "")
    return Kind.SOFT_BOUNCE if passing and meant is Kind.HARD_BOUNCE else meant


def _recipients(event: dict[str, object], details: list[dict[str, object]]) -> tuple[str, ...]:
    sent = event.get("mail")
    destination = sent.get("destination") if isinstance(sent, dict) else ()
    named = [str(person.get("emailAddress", "")) for person in details] or [str(a) for a in destination or ()]
    return addresses(" ".join(named))


def _message_ids(event: dict[str, object]) -> tuple[str, ...]:
    """The sender's own Message-ID, if the notification carries headers, then the service's."""
    sent = event.get("mail")
    if not isinstance(sent, dict):
        return ()
    headers = [h for h in sent.get("headers") or () if isinstance(h, dict)]
    own = [str(h.get("value", "")) for h in headers if str(h.get("name", "")).lower() == "message-id"]
    return (*own, *(f"<{i}@email.amazonses.com>" for i in [sent.get("messageId")] if i))
