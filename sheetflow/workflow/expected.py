"""When somebody who asks may expect an answer, as a page tells them: from the hours and `sla_minutes`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sheetflow.workflow.answers import back, said_at
from sheetflow.workflow.calendar import after_open_time, next_open
from sheetflow.workflow.sequence import Workflow

SHORTLY = timedelta(hours=1)  # up to which minutes are counted, and a closed business says when it opens
_STEP = timedelta(minutes=5)  # nobody promises 10:03


def expected(now: datetime, language: str, workflow: Workflow) -> str:
    """A whole sentence."""
    window, zone, sla = workflow.window, workflow.business.zone, workflow.sending.sla
    language = language if language in _WORDS else "en"
    words = _WORDS[language]
    closed = back(now, language, workflow)
    if closed and sla <= SHORTLY:
        return words["back"].format(at=closed)
    by = after_open_time(next_open(now, window, zone), sla, window, zone)
    if by - now <= SHORTLY:
        return words["within"].format(minutes=-(-(by - now) // _STEP) * 5)
    return words["by"].format(at=said_at(_rounded(by), now, language, workflow))


def _rounded(at: datetime) -> datetime:
    begun = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond) % _STEP
    return at + (_STEP - begun if begun else begun)


_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "within": "We are here now and mean to answer within {minutes} minutes.",
        "back": "We are back {at}, and answer you then.",
        "by": "You will hear from us {at} at the latest.",
    },
    "de": {
        "within": "Wir sind gerade da und möchten Ihnen innerhalb von {minutes} Minuten antworten.",
        "back": "Wir sind {at} wieder da und antworten Ihnen dann.",
        "by": "Sie hören spätestens {at} von uns.",
    },
    "fr": {
        "within": "Nous sommes là et pensons vous répondre dans les {minutes} minutes.",
        "back": "Nous serons de retour {at} et vous répondrons alors.",
        "by": "Vous aurez de nos nouvelles {at} au plus tard.",
    },
    "es": {
        "within": "Estamos aquí y esperamos responderle en {minutes} minutos.",
        "back": "Volvemos {at} y entonces le responderemos.",
        "by": "Tendrá noticias nuestras a más tardar {at}.",
    },
}
