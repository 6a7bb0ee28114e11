"""A lead's answers written out as a Submission."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetflow.capture import envelope
from sheetflow.capture.answers import Answer
from sheetflow.capture.cleaning import (
    clean_email,
    clean_line,
    clean_phone,
    clean_text,
    is_only_links,
    is_placeholder,
    without_markup,
)
from sheetflow.capture.joining import joined_location, joined_name
from sheetflow.capture.leads import Lead
from sheetflow.capture.leftover import Told, left_over
from sheetflow.capture.meaning import Understood, understood
from sheetflow.capture.naming import NAMES, PLACES
from sheetflow.capture.paths import Pinned, pinned
from sheetflow.capture.submission import Submission
from sheetflow.capture.sure import doubt
from sheetflow.capture.trials import ended, is_test
from sheetflow.capture.wrappers import EMAIL_SHAPE

# Messages and details stay whole: whoever writes the row decides what fits a cell.
LONGEST = {"name": 200, "service": 500, "urgency": 500, "location": 500}
CELLS = ("name", "email", "phone", "service", "urgency", "location", "message", "source")


@dataclass(frozen=True)
class Knowledge:
    """What is known besides the body; see read_submissions."""

    source: str
    country: str
    extra: Mapping[str, Sequence[str]]
    own: Collection[str]
    headers: Mapping[str, str]
    paths: Mapping[str, str]


def written(lead: Lead, knowledge: Knowledge) -> Submission:
    number = envelope.submission_id(lead.node)
    at = envelope.submitted_at(lead.node)
    gaps = [answer for answer in lead.answers if is_placeholder(answer.text)]
    given = [answer for answer in lead.answers if answer not in gaps]
    pins = pinned([lead.node, lead.around], knowledge.paths)
    country = knowledge.country
    known = understood(given, country, knowledge.extra, knowledge.own, pins.answers)
    texts = {field: answer.text.strip() for field, answer in known.fields.items()}
    said = replace(_fields(texts, country), source=clean_line(texts.get("source") or knowledge.source))
    told = Told(getattr(said, cell) for cell in CELLS)
    rest = [answer for answer in known.rest if not envelope.is_said(answer, number, at)]
    details = [*_details(_untold(known, said, told)), *_details(rest)]
    for text in (*texts.values(), *(text for _, text in details), *(gap.text for gap in gaps)):
        told.add(text)
    told.add_names(answer.question for answer in lead.answers)
    return replace(
        said,
        submitted_at=at,
        submission_id=clean_line(number),
        is_test=is_test(lead.node, knowledge.headers, lead.answers, lead.around),
        details=(*details, *left_over(lead.node, told)),
        flags=(*said.flags, *_flags(said, known, texts, gaps), *pins.missing),
        recognised=replace(said, source="") != Submission(),
        doubt=" ".join(filter(None, (_ended(lead, knowledge), _doubt(known, pins)))),
        because={cell: why for cell, why in _because(known).items() if getattr(said, cell)},
    )


def _doubt(known: Understood, pins: Pinned) -> str:
    """Why nobody may be written to: no address that is sure, or none at the place where it should be."""
    found = doubt(_addresses(known.doubted))
    lost = "email" in pins.answers and not pins.answers["email"].text
    return " ".join(filter(None, (*(pins.missing if lost else ()), found)))


def _ended(lead: Lead, knowledge: Knowledge) -> str:
    event = clean_line(ended(lead.node, knowledge.headers, lead.around))
    return (
        f'"{event}" reports what became of something and asks for nothing: if it is to be answered, set New.'
        if event
        else ""
    )


def _fields(texts: Mapping[str, str], country: str) -> Submission:
    email, flags = clean_email(texts["email"]) if "email" in texts else ("", ())
    typed = clean_line(texts.get("email", ""))
    number = [texts.get(part, "") for part in ("phone", "dial", "area")]
    return Submission(
        name=clean_line(joined_name(texts), LONGEST["name"]),
        email=email,
        phone=clean_phone(number[0], country, number[1], number[2]),
        service=clean_line(texts.get("service", ""), LONGEST["service"]),
        urgency=clean_line(texts.get("urgency", ""), LONGEST["urgency"]),
        location=clean_line(texts.get("location") or joined_location(texts), LONGEST["location"]),
        message=clean_text(without_markup(texts.get("message", ""))),
        raw_email=typed if typed != email else "",
        flags=flags,
    )


def _untold(known: Understood, said: Submission, told: Told) -> Iterator[Answer]:
    """The answers that have a field and still don't stand in the row, or not as a whole."""
    for field, answer in known.fields.items():
        dialled = field == "dial" and said.phone.startswith(f"+{answer.text.strip().lstrip('+0')} ")
        if not dialled and not told.holds(clean_text(without_markup(answer.text))):
            yield answer


def _details(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        question, text = clean_line(answer.question, 300), clean_text(answer.text)
        if text:
            yield question, text


def _addresses(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        found = EMAIL_SHAPE.search(clean_line(answer.text, 1_000))
        if found:
            yield found[0][:100], clean_line(answer.question, 60)


def _because(known: Understood) -> dict[str, str]:
    """Why each cell has what it has, and where that stood."""
    cells: dict[str, list[str]] = {}
    for field, answer in known.fields.items():
        cell = "name" if field in NAMES else "location" if field in PLACES else field
        cell = "phone" if field in ("dial", "area") else cell
        where = clean_line(answer.path or answer.question, 120)
        cells.setdefault(cell, []).append(f"{where}: {known.because[field].words}")
    return {cell: "; ".join(reasons) for cell, reasons in cells.items()}


def _flags(
    said: Submission, known: Understood, texts: Mapping[str, str], gaps: Sequence[Answer]
) -> Iterator[str]:
    if gaps:
        questions = ", ".join(clean_line(gap.question, 40) for gap in gaps[:5])
        yield f"The sender left placeholders unfilled: {questions}."
    if not said.email and not said.raw_email and not known.doubted:
        yield "No e-mail address was given."
    if is_only_links(said.message):
        yield "The message is only links."
    cut = [field for field, longest in LONGEST.items() if len(texts.get(field, "")) > longest]
    if cut:
        yield f"Too long for its cell and cut, the whole is in Details: {', '.join(cut)}."
