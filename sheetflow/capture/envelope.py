"""What a sender says about a delivery rather than about the lead: its number, its time, that it is a test."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from sheetflow.capture.answers import Answer
from sheetflow.capture.values import spelled, text_of
from sheetflow.capture.words import squashed, word_set
from sheetflow.capture.wrappers import FOREIGN, NEUTRAL, PERHAPS_WRAPPING, names_person

# Names of a submission's number, and names one of which has to stand beside it for it to be one.
SUBMISSION_IDS: tuple[tuple[str, str], ...] = (
    (
        "submissionid submissionguid submissionuuid submissiontoken responseid responseuuid entryid leadid "
        "leadgenid leaduuid formresponseid tranid conversationid uniqueid correlationid",
        "",
    ),
    ("messageid", ""),
    ("token", "formid"),
    ("uri", "questionsandanswers scheduledevent"),
    ("uid", "starttime bookingid"),
    (
        "id",
        "formid formname form formurl formdata siteurl siteid site schema fields questions answers "
        "formfields widget surveyid collectorid specversion",
    ),
)
FORM_IDS = ("formid", "formkey", "formname")

ABOUT_IT = word_set("meta metadata")
PEOPLE = word_set("contact customer client user subscriber person profile visitor member invitee")

TIMES = (
    "submittedat submittedon submissiontime submissiondate submitdate datesubmitted timesubmitted submitted "
    "submittedtime submissiontimestamp entrytime completedat completed finishedat leaddate",
    "createdat createdtime createdon datecreated created createtimestamp timecreated createtime createddate "
    "createdate creationdate creationdatetime receivedat firedat occurredat eventtime triggertime "
    "publishtime timestamp d",
)
PERHAPS_TIMES = "time date lastsubmittedtime originaltimestamp"  # or of the appointment a lead wishes for

_ID_NAMES = word_set(" ".join(names for names, _ in SUBMISSION_IDS))
_TIME_NAMES = word_set(" ".join(TIMES))

_UNIX_SECONDS = re.compile(r"[0-9]{10}(?:\.[0-9]{1,6})?")
_UNIX_MILLISECONDS = re.compile(r"[0-9]{13}")


def submission_id(node: Mapping[str, Any]) -> str:
    """The sender's own number of the submission, "" without one."""
    levels = list(levels_of(node))
    for names, beside in SUBMISSION_IDS:
        for level in levels:
            if not beside or level.keys() & set(beside.split()):
                found = next((text for name in names.split() if (text := _id_text(level.get(name)))), "")
                if found:
                    return found
    return ""


def form_id(node: object) -> str:
    """The form's own number or name, "" without one."""
    if not isinstance(node, dict):
        return ""
    texts = (_id_text(level.get(name)) for name in FORM_IDS for level in levels_of(node))
    return next(filter(None, texts), "")


def _id_text(value: object) -> str:
    return (
        text_of(value).strip()[:300] if isinstance(value, str | int) and not isinstance(value, bool) else ""
    )


def submitted_at(node: Mapping[str, Any]) -> datetime | None:
    """When the lead was sent off, where the sender says it with a zone; without one it says too little."""
    levels = list(levels_of(node))
    for names in (*TIMES, PERHAPS_TIMES):
        moments = (moment(level.get(name)) for level in levels for name in names.split())
        if (found := next(filter(None, moments), None)) is not None:
            return found
    return None


def is_said(answer: Answer, number: str, at: datetime | None) -> bool:
    """Whether an answer is the number or the time of the submission, which need no detail of their own."""
    name, text = squashed(answer.key or answer.question), answer.text.strip()
    if name in _ID_NAMES:
        return text == number
    return name in _TIME_NAMES and at is not None and moment(text) == at


def moment(value: object) -> datetime | None:
    """An aware time from ISO 8601, RFC 5322 or Unix seconds or milliseconds; None for anything else."""
    text = text_of(value).strip()[:40] if isinstance(value, (str, int)) else ""
    if not any(map(str.isdecimal, text)):
        return None
    for read in (_unix, _iso, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found is not None and found.tzinfo is not None and 2000 <= found.year < 2100:
            return found.astimezone(UTC)
    return None


def _unix(text: str) -> datetime | None:
    if _UNIX_SECONDS.fullmatch(text):
        return datetime.fromtimestamp(float(text), UTC)
    return datetime.fromtimestamp(int(text) / 1000, UTC) if _UNIX_MILLISECONDS.fullmatch(text) else None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(re.sub(r" ?(?:UTC|GMT)$", "+00:00", text))


def levels_of(node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects of a lead from the outside in, six deep, without those about something else."""
    level = [spelled(node)]
    for _ in range(6):
        yield from level
        inner = [item for entries in level for item in _objects_in(entries)]
        level = [_own(name, value) for name, value in inner]


def _objects_in(entries: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in entries.items():
        lone = value[0] if isinstance(value, list) and len(value) == 1 else value
        about = name not in FOREIGN | ABOUT_IT or (name in PERHAPS_WRAPPING and names_person(value))
        if about and isinstance(lone, dict):
            yield name, lone


def _own(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Without the number of a person, which stays the same from one submission to the next."""
    is_person = name in PEOPLE or (name not in NEUTRAL and names_person(value, 0))
    return {key: child for key, child in spelled(value).items() if key != "id" or not is_person}
