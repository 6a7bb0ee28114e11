"""Deliveries that are no lead: a sender's test, its try of the address, the receipt of a message.

And such as are one only if the owner says so: the end of a booking, of a subscription, of a payment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from sheetflow.capture.answers import Answer
from sheetflow.capture.envelope import levels_of
from sheetflow.capture.limits import BodyError
from sheetflow.capture.senders import SENDERS
from sheetflow.capture.values import spelled, text_of
from sheetflow.capture.words import squashed, word_set, words
from sheetflow.capture.wrappers import names_person

_TRUE = word_set("yes true 1 on y")
_FALSE = word_set("no false 0 off n")
_MARK = re.compile(
    r"(?:is)?(?:test|testing|sandbox|dryrun)(?:mode|lead|submission|entry|event|data|webhook|request|order|contact)?"
)
_LIVE = word_set("livemode islive live")
_MODES = word_set("mode env environment")
_EVENTS = word_set(
    "event eventtype eventname topic trigger triggerevent triggertype action type hooktype webhookevent "
    "notificationtype eventid ereignis evenement evento gebeurtenis zdarzenie handelse tapahtuma olay"
)
_TEST_WORDS = word_set("test ping sandbox")
_TRIES = word_set("verify verification validation")
# What became of a thing that was there already, such as a booking: nobody asks for anything by it.
_ENDED = word_set("""
    cancellation rejected
    failed cancelled canceled deleted removed destroyed trashed refunded expired unsubscribed declined
    disputed voided lapsed terminated deactivated suspended uninstalled rescheduled overdue pastdue noshow
    renewed unsubscribe delete cancel cleaned shipped fulfilled redact redacted datarequest
    jobcompleted taskcompleted visitcompleted appointmentcompleted dealwon deallost leadlost
    storniert abgesagt geloscht verschoben erstattet gekundigt abgelehnt
    annule annulee supprime supprimee reporte reportee rembourse remboursee desabonne desabonnee
    cancelado cancelada anulado anulada eliminado eliminada reembolsado reembolsada reprogramado reprogramada
    annullato annullata cancellato cancellata rimborsato rimborsata spostato spostata
    excluido excluida reagendado reagendada estornado estornada
    geannuleerd verwijderd verplaatst terugbetaald anulowano anulowana usunieto usunieta iptal
""")
# What only somebody has who is a customer already.
_OF_CUSTOMERS = word_set("invoice payout dispute refund reminder chargeback noshow")
_LOREM = re.compile(r"\s*lorem ipsum\b", re.IGNORECASE)
# What becomes of a message; what numbers one; and what would be written in one that came in.
_BECAME = word_set("""
    delivered delivery sent queued sending undelivered failed processed deferred dropped bounce bounced
    hardbounce
    softbounce hard_bounce soft_bounce open opened click clicked complaint complained spamcomplaint
    spamreport read
""")
_MESSAGE_NUMBERS = word_set("messageid smtpid messagesid smssid emailid sgmessageid mailid recipientid")
_WRITTEN = word_set(
    "body text message content plain html textbody bodyplain strippedtext firstname lastname fullname"
)


def is_test(
    node: Mapping[str, Any], headers: Mapping[str, str], answers: Iterable[Answer], around: object = None
) -> bool:
    """Whether a delivery says, in itself or in a header, that it is the sender's own test."""
    levels = [spelled(around)] if isinstance(around, dict) and around is not node else []
    said = [*levels, *levels_of(node)]
    texts = {answer.text.strip().casefold() for answer in answers}
    return (
        any(_marks_test(name, value) for level in said for name, value in level.items())
        or any(_header_marks_test(name, value) for name, value in headers.items())
        or any(sender.is_test(texts) for sender in SENDERS)
        or any(map(_LOREM.match, texts))
        or texts == {"test"}
    )


def ended(node: Mapping[str, Any], headers: Mapping[str, str], around: object = None) -> str:
    """The event by which a sender reports the end of something, as "subscription.cancelled"; "" if none."""
    levels = [spelled(around)] if isinstance(around, dict) and around is not node else []
    said = [item for level in (*levels, *levels_of(node)) for item in level.items()]
    said += [
        ("event", value) for name, value in headers.items() if words(name)[-1:] in (("event",), ("topic",))
    ]
    events = (
        (name, value[:80].strip()) for name, value in said if name in _EVENTS and isinstance(value, str)
    )
    return next((text for name, text in events if _is_end(name, text)), "")


def _is_end(name: str, text: str) -> bool:
    """A machine's word; as a topic or a type 'Order cancelled' is also what people choose in a form."""
    said = [word for word in words(text) if not re.fullmatch(r"v?\d+", word)]
    machines = "event" in name
    ends = not _ENDED.isdisjoint((*said[-1:], "".join(said[-2:]), *(said[:1] if machines else ())))
    named = {*said, *map("".join, pairwise(said))}
    of_customers = (machines or re.search(r"[.:/]", text)) and not _OF_CUSTOMERS.isdisjoint(named)
    return bool((ends and (machines or " " not in text)) or (of_customers and " " not in text))


def _marks_test(name: str, value: object) -> bool:
    if isinstance(value, (dict, list)):
        return False
    text = text_of(value)[:80].strip().casefold()
    if _MARK.fullmatch(name):
        return text in _TRUE
    if name in _LIVE:
        return text in _FALSE
    if name in _MODES:
        return text in ("test", "sandbox")
    return name in _EVENTS and _is_test_event(name, text)


def _is_test_event(name: str, text: str) -> bool:
    """'webhook.test' and 'ping' name a test; a 'test-drive' that somebody wishes for doesn't."""
    said = words(text)
    of_a_hook = {"webhook", "hook"} & {*said}
    alone = text in ("test", "ping") or of_a_hook
    known = _TEST_WORDS | (_TRIES if of_a_hook else frozenset())
    tells = known & {said[0], said[-1]} if said and " " not in text else ()
    return bool(tells) and (bool(alone) or (name != "type" and bool(re.search(r"[._:]", text))))


def _header_marks_test(name: str, value: str) -> bool:
    said = words(name)
    text = value.strip().casefold()
    if "test" in said:
        return text in _TRUE
    return bool(said) and said[-1] in ("event", "topic") and _is_test_event("event", text)


def _objects(value: object, levels: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    if levels and isinstance(value, (dict, list)):
        for child in value.values() if isinstance(value, dict) else value[:50]:
            yield from _objects(child, levels - 1)


def handshake(body: object, secret: str = "") -> Mapping[str, Any] | None:
    """What has to be answered to a body that only tries the address, None if it isn't one.

    `secret` is the sender's, for those that want the answer signed.
    """
    if not isinstance(body, dict):
        return None
    answers = (sender.handshake(body, secret) for sender in SENDERS)
    return next((answer for answer in answers if answer is not None), None)


def is_receipt(body: object) -> bool:
    """Whether a body only reports what became of messages of the business's own: delivered, bounced,
    opened."""
    items = body if isinstance(body, list) else [body]
    return bool(items) and all(isinstance(item, dict) and _is_receipt(item) for item in items)


def _is_receipt(item: Mapping[str, Any]) -> bool:
    said = [(squashed(str(key)), value) for node in _objects(item, 8) for key, value in node.items()]
    texts = [(name, text_of(value)) for name, value in said if isinstance(value, str)]
    reports = any(
        name in _EVENTS or name.endswith(("status", "state", "recordtype"))
        for name, text in texts
        if words(text[:60])[-1:] and words(text[:60])[-1] in _BECAME
    )
    numbered = any(name in _MESSAGE_NUMBERS for name, _ in said)
    return reports and numbered and not any(name in _WRITTEN and text.strip() for name, text in texts)


def refuse_ids_only(body: object) -> None:
    """Raise BodyError for a hook that carries IDs where the lead's answers should be."""
    keys = {squashed(str(key)) for node in _objects(body, 6) for key in node}
    for sender in SENDERS:
        needed, answers = (set(names.split()) for names in sender.only_ids)
        if needed and keys >= needed and keys.isdisjoint(answers) and not names_person(body):
            raise BodyError(
                400,
                f"{sender.name}'s own webhook carries only IDs, not the lead's answers; use Zapier or Make, "
                "which fetch the answers and post them here",
            )
