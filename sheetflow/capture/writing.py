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
    name_before_address,
    without_markup,
)
from sheetflow.capture.leads import Lead
from sheetflow.capture.meaning import Understood, understood
from sheetflow.capture.naming import NAMES, PLACES
from sheetflow.capture.submission import Submission

# Messages and details stay whole: whoever writes the row decides what fits a cell.
SENTENCE = 5  # words around an address that are worth keeping
LONGEST = {"name": 200, "service": 500, "urgency": 500, "location": 500}

_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")  # Chinese, Japanese, Korean


def written(
    lead: Lead, *, source: str, country: str, extra: Mapping[str, Sequence[str]], own: frozenset[str]
) -> Submission:
    number = envelope.submission_id(lead.node)
    at = envelope.submitted_at(lead.node)
    gaps = [answer for answer in lead.answers if is_placeholder(answer.text)]
    given = [answer for answer in lead.answers if not is_placeholder(answer.text)]
    known = understood(given, country, extra, own)
    texts = {field: answer.text.strip() for field, answer in known.fields.items()}
    said = _fields(texts, country)
    details = _details(
        [answer for answer in _rest(known, texts, said) if not envelope.is_said(answer, number, at)]
    )
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
        phone=clean_phone(
            texts.get("phone", ""), country, texts.get("dial", ""), texts.get("area", "")
        ),
        service=clean_line(texts.get("service", ""), LONGEST["service"]),
        urgency=clean_line(texts.get("urgency", ""), LONGEST["urgency"]),
        location=clean_line(texts.get("location") or joined_location(texts), LONGEST["location"]),
        message=clean_text(without_markup(texts.get("message", ""))),
        raw_email=typed if typed != email else "",
        flags=flags,
    )


def joined_name(texts: Mapping[str, str]) -> str:
    """One name of what may have come as a whole, in parts, or as a first name beside 'name'."""
    whole, first, middle, last, second = (texts.get(field, "") for field in NAMES)
    whole = name_before_address(whole) or whole
    is_told = [part.casefold() in whole.casefold() for part in (first, last)]
    if whole and all(is_told):
        return whole
    if first and last and _FAMILY_FIRST.search(last):
        return _spaced(last, first)
    if first and (last or not whole):
        return _spaced(first, middle, last, second)
    return _spaced(first, whole) if first else _spaced(whole, middle, last, second) if last else ""


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def joined_location(texts: Mapping[str, str]) -> str:
    """The parts of an address from the street to the country, without those the first part names already."""
    street = _spaced(texts.get("street", ""), texts.get("house", ""))
    whole = ""
    for part in filter(None, (street, *(texts.get(field, "") for field in PLACES[2:]))):
        named = whole.partition(",")[2].casefold()
        if not re.search(rf"\b{re.escape(part.casefold())}\b", named):
            whole = f"{whole}, {part}" if whole else part
    return whole


def _rest(known: Understood, texts: Mapping[str, str], said: Submission) -> Iterator[Answer]:
    """What has no place in the row, or not as a whole, and so stays readable as a detail."""
    for field, answer in known.fields.items():
        too_long = len(texts[field]) > LONGEST.get(field, len(texts[field]))
        if too_long or not _is_told(field, texts, said):
            yield answer
    yield from known.rest


def _is_told(field: str, texts: Mapping[str, str], said: Submission) -> bool:
    """Whether the row shows what an answer says, where several answers share a cell."""
    text = texts[field]
    if field in NAMES:
        return clean_line(name_before_address(text) or text) in said.name
    if field == "email":
        return len(text.split()) <= SENTENCE or text == texts.get("message")
    if field == "area":
        return False
    if field == "dial":
        return said.phone.startswith(f"+{text.lstrip('+0')} ")
    return field not in PLACES or "location" not in texts


def _details(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        question, text = clean_line(answer.question, 300), clean_text(answer.text)
        if text:
            yield question, text


def _flags(said: Submission, texts: Mapping[str, str], gaps: Sequence[Answer]) -> Iterator[str]:
    if gaps:
        questions = ", ".join(clean_line(gap.question, 40) for gap in gaps[:5])
        yield f"The sender left placeholders unfilled: {questions}."
    if not said.email and not said.raw_email:
        yield "No e-mail address was given."
    if is_only_links(said.message):
        yield "The message is only links."
    cut = [field for field, longest in LONGEST.items() if len(texts.get(field, "")) > longest]
    if cut:
        yield f"Too long for its cell and cut, the whole is in Details: {', '.join(cut)}."
