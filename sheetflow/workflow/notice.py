"""What an owner is told about a lead, as text that can do no harm wherever it is shown."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead, dialled, looks_like_email
from sheetflow.workflow.sequence import Workflow

MESSAGE_LIMIT = 1500  # characters
LINE_LIMIT, TITLE_LIMIT = 120, 60
# What starts a mention, a link or markup in some channel, and a sign that looks like it and starts nothing.
_SIGNS = str.maketrans(
    {"@": "＠", "<": "‹", ">": "›", "[": "(", "]": ")", "`": "'", "*": "∗", "_": "‗", "|": "¦", "#": "♯"}
)
_LINK = re.compile(r"\b(https?|ftp|file|javascript|data|mailto|tel):", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<=\w)\.(?=[a-z]{2,})", re.IGNORECASE)


@dataclass(frozen=True)
class Notice:
    """One lead for one person. Everything a lead wrote is harmless here.

    `phone` is for a link that dials, empty if it can't be. `late` says that nobody has answered so far.
    """

    lead_id: str
    who: str
    wants: str
    phone: str
    shown_phone: str
    email: str
    address: str  # as it is, if mail can be addressed to it; for a link in a mail and nowhere else
    message: str
    sent: str
    priority: str
    because: tuple[str, ...]
    suspicion: str
    late: str = ""
    asked_again: bool = False
    draft: str = ""  # of the first response, if it waits for this person

    @property
    def title(self) -> str:
        """One line: what it is about."""
        begins = self.late or ("Asked again" if self.asked_again else f"{self.priority or 'New'} lead")
        about = self.wants or shortened(" ".join(self.message.split()), TITLE_LIMIT)
        return f"{begins}: {self.who}, {about}" if about else f"{begins}: {self.who}"


@dataclass(frozen=True)
class Told:
    """A notice with what can be pressed: the links of its buttons by label, and the link to its row."""

    notice: Notice
    buttons: Mapping[str, str] = field(default_factory=dict)
    row: str = ""


def notice_of(
    lead: Lead,
    history: History,
    workflow: Workflow,
    late: str = "",
    draft: str = "",
    until: datetime | None = None,
) -> Notice:
    """`draft` is a first response that waits `until` then for whoever is told."""
    found = history.qualified
    wants = found.summary or ", ".join(
        filter(None, (lead.service or found.service, lead.urgency, lead.location))
    )
    return Notice(
        lead_id=lead.id,
        who=one_line(lead.name) or one_line(lead.email) or "somebody without a name",
        wants=one_line(wants),
        phone=dialled(lead.phone),
        shown_phone=one_line(lead.phone),
        email=one_line(lead.email),
        address=lead.email.strip() if looks_like_email(lead.email) and lead.email.isascii() else "",
        message=many_lines(lead.message),
        sent=_waiting(until, workflow) if until else _sent(history, workflow),
        priority=found.priority,
        because=tuple(map(one_line, found.because)),
        suspicion=one_line(found.suspicion),
        late=late,
        asked_again=history.asked_again is not None,
        draft=many_lines(draft),
    )


def one_line(text: str) -> str:
    return shortened(" ".join(_harmless(text).split()), LINE_LIMIT)


def many_lines(text: str) -> str:
    return shortened(_harmless(text).strip(), MESSAGE_LIMIT)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _harmless(text: str) -> str:
    """Without signs that nobody sees; links, mentions and markup are shown and do nothing."""
    seen = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C")
    return _DOMAIN.sub(" .", _LINK.sub(r"\1 :", seen)).translate(_SIGNS)


def _sent(history: History, workflow: Workflow) -> str:
    if not history.sent:
        return "Nothing was sent so far."
    return f"Sent: “{one_line(history.sent[-1].detail)}” on {_moment(history.sent[-1].at, workflow)}."


def _waiting(until: datetime, workflow: Workflow) -> str:
    ends = f"until {_moment(until, workflow)}; then it leaves without that opening"
    return (
        f"Nothing was sent so far. This answer, with an opening written for this lead, waits for you {ends}."
    )


def _moment(at: datetime, workflow: Workflow) -> str:
    local = workflow.local(at)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
