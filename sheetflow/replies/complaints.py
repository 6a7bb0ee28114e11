"""Recognises abuse reports: the standard's (ARF, RFC 5965) and Microsoft's."""

import re

from sheetflow.replies import originals
from sheetflow.replies.incoming import Incoming, addresses
from sheetflow.replies.mime import Mail
from sheetflow.replies.verdict import Kind, Verdict

_TYPE = re.compile(r"^feedback-type:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    r"^(?:original-rcpt-to|removal-recipient|x-hmxmroriginalrecipient):[ \t]*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(r"^\s*complaint about message from [\da-f.:\[\]]+\s*$", re.IGNORECASE)


def complaint(mail: Mail, incoming: Incoming) -> Verdict | None:
    """`diagnostic` names the feedback: abuse, fraud, opt-out … A "not-spam" report is no complaint."""
    kind = _feedback_type(mail, incoming)
    if not kind:
        return None
    named = (a for part in mail.parts for value in _RECIPIENT.findall(part.text) for a in addresses(value))
    return Verdict(
        kind=Kind.AUTO_REPLY if kind == "not-spam" else Kind.COMPLAINT,
        incoming=incoming,
        because=f"A mail provider's feedback report: {kind}.",
        recipients=originals.recipients(mail, incoming, named),
        original_message_ids=originals.original_message_ids(mail, incoming),
        diagnostic=kind,
    )


def _feedback_type(mail: Mail, incoming: Incoming) -> str:
    reports = [p.text for p in mail.parts if p.type == "message/feedback-report" and not p.returned]
    if reports or mail.report_type == "feedback-report":
        found = _TYPE.search("\n".join(reports))
        return found.group(1).lower() if found else "abuse"
    returned = any(part.returned for part in mail.parts)
    if _SUBJECT.match(incoming.subject) and returned:
        return "abuse"
    return ""
