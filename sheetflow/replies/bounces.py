"""Recognises what mail servers write when a message wasn't delivered, by the standard and without it."""

import re

from sheetflow.replies import auto_words, dsn, originals
from sheetflow.replies.bounce_words import DELAYED_SUBJECTS, DELAYS, NOTICES, SUBJECTS
from sheetflow.replies.incoming import Incoming, shortened
from sheetflow.replies.mime import REPORTS, Mail
from sheetflow.replies.reasons import code_of, enhanced, reason, responses
from sheetflow.replies.verdict import Kind, Verdict

_DAEMON = re.compile(
    r"^[\"'< ]*(?:mailer|mail|mta)[-_ ]?daemon\b|^[\"'< ]*(?:mdaemon|mail\.delivery\.(?:sub)?system)@"
    r"|mail deliver\w* (?:sub)?system",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"^(?:po+st_?master|daemon|mmdf|root|bounces?|microsoftexchange[0-9a-f]+)@"
    r"|system ?administrator|administrateur système|microsoft exchange|interscan|content-?filter|mailmarshal",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"^$|mail|deliver|postmaster|admin|system|gateway|server|notif|filter|security", re.IGNORECASE
)
_MACHINE = re.compile(
    r"(?:sys-?admin|administrator|mail-?(?:er|system|gateway|server)?|smtp|mta|system)@", re.IGNORECASE
)
_FORWARDED = re.compile(r"^\s*(?:re|aw|fwd?|wg|tr|rv|enc|i|vs|vb|sv|antw|odp|pd|r|rif)\s*:", re.IGNORECASE)
_NOT_FAILED = {"delayed", "delivered", "deliverable", "relayed", "expanded"}


def bounce(mail: Mail, incoming: Incoming) -> Verdict | None:
    """The verdict on a server's report, or None where it is none."""
    words = originals.notice(mail)
    if not _is_bounce(mail, incoming, words):
        return None
    reports = _telling(dsn.outcomes(mail))
    reported = " ".join(dict.fromkeys(r.diagnostic for r in reports if r.diagnostic))
    diagnostic = reported or responses(words)
    code = code_of(" ".join(r.status for r in reports), diagnostic) or enhanced(words)
    late = _is_late(incoming, {r.action for r in reports} - {""}, code, words)
    return Verdict(
        kind=Kind.DELAYED if late else reason(code, diagnostic, words),
        incoming=incoming,
        recipients=originals.recipients(mail, incoming, [a for r in reports for a in r.recipients]),
        original_message_ids=originals.original_message_ids(mail, incoming),
        status_code=code,
        diagnostic=shortened(diagnostic or words).replace("\n", " "),
    )


def _is_bounce(mail: Mail, incoming: Incoming, words: str) -> bool:
    kinds = {part.type for part in mail.parts if not part.returned}
    if "message/feedback-report" in kinds:
        return False
    if _is_report(mail, incoming, kinds) or mail.header("x-failed-recipients"):
        return True
    if _DAEMON.search(mail.header("from")) or _DAEMON.search(incoming.sender_name):
        return True
    subject = bool(SUBJECTS.search(incoming.subject) or DELAYED_SUBJECTS.search(incoming.subject))
    noticed = bool(NOTICES.search(words) or DELAYS.search(words))
    if _OFFICIAL.search(incoming.sender) or _OFFICIAL.search(incoming.sender_name) or _no_return(mail):
        return (subject or noticed) and not auto_words.SUBJECT.search(incoming.subject)
    if mail.header("x-mlserver"):
        return subject
    return noticed and _is_gateway(incoming, words)


def _is_report(mail: Mail, incoming: Incoming, kinds: set[str]) -> bool:
    """A delivery report by its parts. One that a person forwards in line has another type and a Fwd:."""
    status = any(map(dsn.is_status, kinds))
    if mail.type == "multipart/report":
        return status or mail.report_type == "delivery-status" or not (mail.report_type or kinds & REPORTS)
    return status and not _FORWARDED.match(incoming.subject)


def _is_gateway(incoming: Incoming, words: str) -> bool:
    """A filter that reports under an address of its own: a server's answer, and no person quoting it."""
    if incoming.references or not SUBJECTS.match(incoming.subject):
        return False
    unquoted = "\n".join(line for line in words.split("\n") if not line.startswith(">"))
    answered = _IMPERSONAL.search(incoming.sender_name) and responses(unquoted)
    return bool(answered or _MACHINE.match(incoming.sender))


def _no_return(mail: Mail) -> bool:
    """Sent with the empty envelope address, which servers use and people don't."""
    path = mail.header("return-path")
    return bool(re.match(r"<\s*>|<?mailer-daemon", path, re.IGNORECASE)) or mail.header("from") == "<>"


def _telling(outcomes: tuple[dsn.Outcome, ...]) -> tuple[dsn.Outcome, ...]:
    """The failures, where there are any, else all: a report may name recipients that were reached."""
    failed = tuple(o for o in outcomes if o.action == "failed")
    return failed or outcomes


def _is_late(incoming: Incoming, actions: set[str], code: str, words: str) -> bool:
    """Nothing has failed for good: by the report's action, else by its words."""
    if "failed" in actions:
        return False
    if code.startswith("2.") or (actions and actions <= _NOT_FAILED):
        return True
    return bool(DELAYED_SUBJECTS.search(incoming.subject) or DELAYS.search(words))
