"""`explain`: how bodies are understood, without storing or sending anything."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sheetflow.capture import Explained, Submission, explain_body, status_of
from sheetflow.capture.language import language_of
from sheetflow.errors import ConfigError
from sheetflow.replies.explain import explain_mail
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS
from sheetflow.workflow.foretold import foretell
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Workflow

MAIL = "message/rfc822"
TYPES = {
    ".json": "application/json",
    ".form": "application/x-www-form-urlencoded",
    ".txt": "text/plain",
    ".xml": "text/plain",
}
STATUSES = {"accepted": statuses.NEW, "needs_review": statuses.NEEDS_ATTENTION, "test": statuses.TEST}
HEADERS = {field: BY_FIELD[field].header for field in LEAD_FIELDS}


def explain_files(
    files: Sequence[str], content_type: str | None, source: str, workflow: Workflow
) -> list[dict[str, Any]]:
    """An entry for each file, as `--json` prints it. Raises ConfigError for a file that can't be read."""
    return [_entry(name, content_type, source, workflow) for name in files]


def lines_of(entries: Sequence[dict[str, Any]]) -> str:
    """The same for a person."""
    return "\n\n".join("\n".join(_lines(entry)) for entry in entries)


def _entry(name: str, content_type: str | None, source: str, workflow: Workflow) -> dict[str, Any]:
    """What one file becomes: a mail if its name ends in .eml, else a webhook's body."""
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        raise ConfigError(f"FILE {name!r}: can't be read ({error.strerror}); name a file") from None
    suffix = Path(name).suffix.lower()
    kind = MAIL if suffix == ".eml" else content_type or TYPES.get(suffix, "")
    return explain_bytes(raw, kind, source, workflow, name)


def explain_bytes(
    raw: bytes, content_type: str, source: str, workflow: Workflow, name: str = ""
) -> dict[str, Any]:
    """A mail, or a webhook's body of this type; an empty one is guessed."""
    if content_type == MAIL:
        return {**explain_mail(raw, workflow.addresses, name)}
    explained = explain_body(
        raw,
        content_type,
        source=source,
        country=workflow.business.country,
        extra=workflow.fields,
        own=workflow.addresses,
        paths=workflow.paths(source),
    )
    return {"file": name, **_of_body(explained, workflow)}


def _of_body(explained: Explained, workflow: Workflow) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "status": explained.status,
        "leads": [_lead(submission, workflow) for submission in explained.submissions],
    }
    return {**entry, "remark": explained.remark} if explained.remark else entry


def _lead(found: Submission, workflow: Workflow) -> dict[str, Any]:
    """The cells of a row by header, and under `because` where each was found and why it counts."""
    details = "\n".join([*found.flags, *(f"{name}: {text}" for name, text in found.details)])
    status = STATUSES[status_of(found)]
    cells = {header: str(getattr(found, field)) for field, header in HEADERS.items()}
    because = {HEADERS[field]: why for field, why in found.because.items()}
    told_of_itself: dict[str, Any] = {field: str(getattr(found, field)) for field in LEAD_FIELDS}
    lead = Lead(id="L-2222222222", **told_of_itself)
    told = foretell(lead, language_of(found.message), workflow, datetime.now(UTC))
    coming = {"Priority": told.priority, "Owner": told.owner, "Template": told.template}
    said = {"Status": status, "Why": _why(found), **cells, "Details": details}
    if found.is_test:  # is nobody's, and isn't answered
        return {**said, "because": because}
    because |= {header: why for header, why in zip(coming, told.because, strict=True) if why}
    return {**said, **coming, "because": because}


def _why(found: Submission) -> str:
    if found.is_test:
        return "The sender's test: nobody is mailed."
    if found.email and not found.doubt:
        return f"The first response goes to {found.email}."
    return found.doubt or "Nobody is mailed: there is no address that can be right."


def _lines(entry: dict[str, Any]) -> list[str]:
    if "kind" in entry:
        return _mail_lines(entry)
    lines = [f"{entry['file']}: {entry['status']}"]
    if remark := entry.get("remark"):
        lines.append(f"  {remark}")
    for lead in entry["leads"]:
        lines += ["", *_lead_lines(lead)]
    return lines


def _mail_lines(entry: dict[str, Any]) -> list[str]:
    until = f" until {entry['until']}" if entry["until"] else ""
    lines = [f"{entry['file']}: {entry['kind'] or 'unreadable'}{until}", f"  because  {entry['because']}"]
    lines += [f"  about    {name}" for name in entry["about"]]
    first, *more = entry["text"].splitlines() or [""]
    return [*lines, f"  text     {first}", *(f"           {line}" for line in more)]


def _lead_lines(lead: dict[str, Any]) -> list[str]:
    because = lead["because"]
    lines = []
    for header, text in lead.items():
        if header == "because" or not text:
            continue
        first, *more = str(text).splitlines()
        lines += [f"  {header:<9} {first}", *(f"  {'':<9} {line}" for line in more)]
        says = "from" if header in HEADERS.values() else "because:"
        lines += [f"  {'':<9}   {says} {because[header]}"] if header in because else []
    return lines
