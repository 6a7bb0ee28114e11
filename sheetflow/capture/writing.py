"""A lead's answers written out as a Submission."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sheetflow.capture import envelope
from sheetflow.capture.answers import Answer
from sheetflow.capture.cleaning import (
    clean_email,
    clean_line,
    clean_phone,
    clean_text,
    is_only_links,
    is_placeholder,
)
from sheetflow.capture.leads import Lead
from sheetflow.capture.meaning import Understood, understood
from sheetflow.capture.naming import PLACES
from sheetflow.capture.submission import Submission

# Messages and details stay whole: whoever writes the row decides what fits a cell.
LONGEST = {"name": 200, "service": 500, "urgency": 500, "location": 500}


def written(lead: Lead, *, source: str, country: str, extra: Mapping[str, Sequence[str]]) -> Submission:
    number = envelope.submission_id(lead.node)
    at = envelope.submitted_at(lead.node)
    gaps = [answer for answer in lead.answers if is_placeholder(answer.text)]
    given = [answer for answer in lead.answers if not is_placeholder(answer.text)]
    known = understood(given, country, extra)
    texts = {field: answer.text.strip() for field, answer in known.fields.items()}
    said = _fields(texts, country)
    details = _details([answer for answer in _rest(known, texts) if not envelope.is_said(answer, number, at)])
    return replace(
        said,
        source=clean_line(texts.get("source") or source),
        submitted_at=at,
        submission_id=clean_line(number),
        is_test=envelope.is_test(lead.node, number, lead.answers),
        details=tuple(details),
        flags=(*said.flags, *_flags(said, texts, gaps)),
        recognised=said != Submission(),
    )


def _fields(texts: Mapping[str, str], country: str) -> Submission:
    email, flags = clean_email(texts["email"]) if "email" in texts else ("", ())
    typed = clean_line(texts.get("email", ""))
    return Submission(
        name=clean_line(joined_name(texts), LONGEST["name"]),
        email=email,
        phone=clean_phone(texts.get("phone", ""), country),
        service=clean_line(texts.get("service", ""), LONGEST["service"]),
        urgency=clean_line(texts.get("urgency", ""), LONGEST["urgency"]),
        location=clean_line(texts.get("location") or joined_location(texts), LONGEST["location"]),
        message=clean_text(texts.get("message", "")),
        raw_email=typed if typed != email else "",
        flags=flags,
    )


def joined_name(texts: Mapping[str, str]) -> str:
    """One name of what may have come as a whole, in parts, or as a first name beside 'name'."""
    whole, first, last = (texts.get(field, "") for field in ("name", "first", "last"))
    if not whole:
        return f"{first} {last}".strip()
    if first and last:
        return whole
    if first and first.casefold() not in whole.casefold():
        return f"{first} {whole}"
    return f"{whole} {last}" if last and last.casefold() not in whole.casefold() else whole


def joined_location(texts: Mapping[str, str]) -> str:
    """The parts of an address from the street to the country, without those the first part names already."""
    whole = ""
    for part in filter(None, (texts.get(field, "") for field in PLACES)):
        named = whole.partition(",")[2].casefold()
        if not re.search(rf"\b{re.escape(part.casefold())}\b", named):
            whole = f"{whole}, {part}" if whole else part
    return whole


def _rest(known: Understood, texts: Mapping[str, str]) -> Iterator[Answer]:
    """What has no place in the row, or not as a whole, and so stays readable as a detail."""
    unused = PLACES if "location" in texts else ()
    name = joined_name(texts)
    for field, answer in known.fields.items():
        unsaid = field in ("first", "last") and texts[field] not in name
        too_long = len(texts[field]) > LONGEST.get(field, len(texts[field]))
        if field in unused or unsaid or too_long:
            yield answer
    yield from known.rest


def _details(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        question, text = clean_line(answer.question, 300), clean_text(answer.text)
        if text:
            yield question, text


def _flags(said: Submission, texts: Mapping[str, str], gaps: Sequence[Answer]) -> Iterator[str]:
    if gaps:
        questions = ", ".join(clean_line(gap.question, 40) for gap in gaps[:5])
        yield f"arrived with an unfilled placeholder: {questions}"
    if not said.email and not said.raw_email:
        yield "no e-mail address"
    if is_only_links(said.message):
        yield "the message is only links"
    cut = [field for field, longest in LONGEST.items() if len(texts.get(field, "")) > longest]
    if cut:
        yield f"too long, cut: {', '.join(cut)}"
