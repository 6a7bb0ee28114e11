"""Recognises what mail servers write when a message wasn't delivered, by the standard and without it."""

import re

from sheetflow.replies import auto_words, dsn, originals
from sheetflow.replies.bounce_words import DELAYED_SUBJECTS, DELAYS, NOTICES, SUBJECTS
from sheetflow.replies.incoming import Incoming, addresses, shortened
from sheetflow.replies.mime import REPORTS, Mail
from sheetflow.replies.person_words import is_about_mail, is_personal
from sheetflow.replies.reasons import code_of, explained, reason, refusal, responses
from sheetflow.replies.verdict import Kind, Verdict
from sheetflow.workflow.phrases import told

# Nobody but a server has such an address or such a name.
_DAEMON = re.compile(
    r"^[\"'< ]*(?:(?:mailer|mail|mta)[-_. ]?daemon\b|(?:mdaemon|mail\.delivery\.(?:sub)?system)@)",
    re.IGNORECASE,
)
_DELIVERY_SYSTEM = re.compile(r"mail deliver\w* (?:sub)?system", re.IGNORECASE)
# Servers have these, and so have people.
_OFFICIAL = re.compile(
    r"^(?:po+st_?master|daemon|mmdf|root|bounces?|ndr|microsoftexchange[0-9a-f]+)\\?@"
    r"|(?:mail|mailer|mta)[-_ ]?daemon|system ?administrator|administrateur système|microsoft exchange"
    r"|interscan|content-?filter|mailmarshal",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"^$|mail|deliver|postmaster|admin|system|gateway|server|notif|filter|security", re.IGNORECASE
)
_MACHINE = re.compile(
    r"^[^@]*(?:admin|mail-?(?:er|system|gateway|server)|smtp|mta|system|gate|gw\d|antivirus|imss)[^@]*@"
    r"|^(?:mail|ndr)@",
    re.IGNORECASE,
)
_NO_RETURN = re.compile(r"<\s*>|<?mailer-daemon", re.IGNORECASE)
_FORWARDED = re.compile(r"^\s*(?:re|aw|fwd?|wg|tr|rv|enc|i|vs|vb|sv|antw|odp|pd|r|rif)\s*:", re.IGNORECASE)
_RECEIVED = re.compile(r"^[> \t]{0,20}received:[ \t]+(?:from|by|\()", re.IGNORECASE | re.MULTILINE)
_NOT_FAILED = {"delayed", "delivered", "deliverable", "relayed", "expanded"}


def bounce(mail: Mail, incoming: Incoming) -> Verdict | None:
    """The verdict on a server's report, or None where it is none."""
    words = originals.notice(mail)
    if not _is_bounce(mail, incoming, words):
        return None
    reports = _telling(dsn.outcomes(mail))
    reported = " ".join(dict.fromkeys(r.diagnostic for r in reports if r.diagnostic))
    diagnostic = reported or responses(words)
    code = code_of(" ".join(r.status for r in reports), diagnostic) or refusal(words)
    late = _is_late(incoming, {r.action for r in reports} - {""}, code, words)
    kind = Kind.DELAYED if late else reason(code, diagnostic, words)
    said = shortened(diagnostic or words).replace("\n", " ")
    return Verdict(
        kind=kind,
        incoming=incoming,
        because=explained(kind, said),
        recipients=originals.recipients(mail, incoming, [a for r in reports for a in r.recipients]),
        original_message_ids=originals.original_message_ids(mail, incoming),
        status_code=code,
        diagnostic=said,
    )


def _is_bounce(mail: Mail, incoming: Incoming, words: str) -> bool:
    kinds = {part.type for part in mail.parts if not part.returned}
    if "message/feedback-report" in kinds:
        return False
    if _is_report(mail, incoming, kinds) or mail.header("x-failed-recipients") or _is_daemon(mail, incoming):
        return True
    if mail.header("x-mlserver"):
        return bool(SUBJECTS.search(incoming.subject))
    return not auto_words.SUBJECT.search(incoming.subject) and _is_notice(mail, incoming, words)


def _is_report(mail: Mail, incoming: Incoming, kinds: set[str]) -> bool:
    """A delivery report by its parts. What a person forwards in line has another type, and his name."""
    status = any(map(dsn.is_status, kinds))
    if mail.type == "multipart/report":
        return status or mail.report_type == "delivery-status" or not (mail.report_type or kinds & REPORTS)
    if not status or _FORWARDED.match(incoming.subject):
        return False
    return _is_official(mail, incoming) or bool(_IMPERSONAL.search(incoming.sender_name))


def _is_daemon(mail: Mail, incoming: Incoming) -> bool:
    sender = incoming.sender or mail.header("from")
    return bool(_DAEMON.match(sender) or _DELIVERY_SYSTEM.search(incoming.sender_name))


def _is_notice(mail: Mail, incoming: Incoming, words: str) -> bool:
    """Without a report, from a sender who may be a person: by what it says and shows."""
    said = "\n".join(line for line in words.split("\n") if not line.startswith(">"))
    noticed, titled = _tells(said), _is_titled(incoming)
    if not (noticed or titled) or is_personal(_opening(said)):
        return False
    names = bool(responses(said) or set(addresses(said)) - {incoming.sender, *incoming.to})
    if _is_official(mail, incoming):
        return _shows(mail, said) or (noticed and titled and names)
    if incoming.references or not (noticed and titled):
        return False
    if not incoming.sender or _is_automatic(mail):
        return names or _shows(mail, said)
    if _MACHINE.match(incoming.sender):  # people write from mail@, too, and of parcels
        return is_about_mail(said) and (names or _shows(mail, said))
    nameless = _IMPERSONAL.search(incoming.sender_name) and responses(said) and _shows(mail, said)
    return bool(nameless) and _tells(said.partition("\n\n")[0])


def _tells(words: str) -> bool:
    return told(NOTICES, words) or told(DELAYS, words)


def _opening(words: str) -> str:
    """Up to what tells of the delivery; below it may stand what we wrote ourselves."""
    paragraphs = words.split("\n\n")
    first = next((n for n, paragraph in enumerate(paragraphs, 1) if _tells(paragraph)), len(paragraphs))
    return "\n\n".join(paragraphs[:first])


def _is_titled(incoming: Incoming) -> bool:
    """A subject such as servers write; not one that a person answers or forwards."""
    if _FORWARDED.match(incoming.subject):
        return False
    return bool(SUBJECTS.search(incoming.subject) or DELAYED_SUBJECTS.search(incoming.subject))


def _is_official(mail: Mail, incoming: Incoming) -> bool:
    """From a server's usual names, or with the empty envelope address, which servers use and people don't."""
    written = mail.header("from")
    names = (incoming.sender, incoming.sender_name, written.lstrip("<'\" "))
    if any(map(_OFFICIAL.search, names)) or "<>" in written:
        return True
    return bool(_NO_RETURN.match(mail.header("return-path")))


def _shows(mail: Mail, words: str) -> bool:
    """The message or its headers, the recipient on a line of his own, or that no person wrote it."""
    return _returns(mail) or _is_automatic(mail) or originals.lists_recipient(words)


def _returns(mail: Mail) -> bool:
    return any(part.returned or _RECEIVED.search(part.text) for part in mail.parts)


def _is_automatic(mail: Mail) -> bool:
    return mail.header("auto-submitted").lower().startswith(("auto-generated", "auto-replied"))


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
    return bool(DELAYED_SUBJECTS.search(incoming.subject)) or told(DELAYS, words)
