"""How a mail is understood, as the command `explain` prints it."""

from typing import TypedDict

from sheetflow.replies.understand import understand
from sheetflow.replies.verdict import Kind, Unreadable, Verdict


class Explained(TypedDict):
    file: str
    kind: str | None  # None if the mail can't be read
    until: str | None  # a date, ISO 8601
    about: list[str]  # addresses, then Message-IDs with their angle brackets
    text: str
    because: str


def explain_mail(raw: bytes, own_addresses: frozenset[str], file: str = "") -> Explained:
    """`own_addresses` are those we write from."""
    verdict = understand(raw, own_addresses)
    if isinstance(verdict, Unreadable):
        about = [name for name in (verdict.sender, verdict.message_id) if name]
        because = f"It can't be read ({verdict.because}); the job sets it aside."
        return Explained(file=file, kind=None, until=None, about=about, text="", because=because)
    return Explained(
        file=file,
        kind=verdict.kind.value,
        until=verdict.until.isoformat() if verdict.until else None,
        about=_about(verdict),
        text=verdict.incoming.own_text or verdict.incoming.text.strip(),
        because=verdict.because,
    )


def _about(verdict: Verdict) -> list[str]:
    """Whom and which of our messages it concerns."""
    incoming = verdict.incoming
    if verdict.kind is Kind.OWN:
        named = (*incoming.to, incoming.message_id)
    else:
        people = verdict.recipients or (incoming.sender,)
        named = (*people, *(verdict.original_message_ids or incoming.references))
    return list(dict.fromkeys(name for name in named if name))
