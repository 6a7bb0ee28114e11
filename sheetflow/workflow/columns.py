"""The columns of the Leads tab: the only place that knows their headers, their order and whose they are."""

from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    SHEETFLOW = "sheetflow"  # written by sheetflow alone
    SHARED = "shared"  # written by both; what a person typed wins
    LEAD = "lead"  # written once when the lead arrives, people's from then on
    PEOPLE = "people"  # the ledger keeps a copy


class CellType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATETIME = "date-time"  # wall-clock time in the business's zone


@dataclass(frozen=True)
class Column:
    header: str
    field: str  # the name it has in the program
    whose: Whose
    type: CellType = CellType.TEXT
    aliases: tuple[str, ...] = ()


_OURS, _SHARED, _LEAD = Whose.SHEETFLOW, Whose.SHARED, Whose.LEAD
_MOMENT, _NUMBER = CellType.DATETIME, CellType.NUMBER

COLUMNS: tuple[Column, ...] = (
    Column("Status", "status", _SHARED, aliases=("stage",)),
    Column("Name", "name", _LEAD, aliases=("full name", "contact")),
    Column("Why", "why", _OURS),
    Column("Next follow-up", "next_follow_up", _SHARED, _MOMENT, ("next followup", "follow-up", "due")),
    Column("Owner", "owner", _SHARED, aliases=("assigned to", "responsible")),
    Column("Notes", "notes", Whose.PEOPLE, aliases=("note",)),
    Column("Priority", "priority", _OURS),
    Column("Service", "service", _LEAD, aliases=("interest", "interested in")),
    Column("Message", "message", _LEAD, aliases=("enquiry", "inquiry", "comment")),
    Column("Email", "email", _LEAD, aliases=("e-mail", "mail", "email address")),
    Column("Phone", "phone", _LEAD, aliases=("telephone", "mobile", "phone number")),
    Column("Location", "location", _LEAD, aliases=("city", "place", "area")),
    Column("Urgency", "urgency", _LEAD, aliases=("when", "timing")),
    Column("Source", "source", _LEAD, aliases=("channel", "lead source")),
    Column("Received", "received", _OURS, _MOMENT, ("date", "received at", "created")),
    Column("First response", "first_response", _OURS, _NUMBER),
    Column("Owner response", "owner_response", _OURS, _NUMBER),
    Column("Replied", "replied", _OURS, _MOMENT),
    Column("Last contact", "last_contact", _OURS, _MOMENT),
    Column("Last step", "last_step", _OURS),
    Column("Next step", "next_step", _OURS),
    Column("Emails sent", "emails_sent", _OURS, _NUMBER),
    Column("Details", "details", _OURS),
    Column("Lead ID", "id", _OURS, aliases=("id", "lead")),
)

BY_FIELD = {column.field: column for column in COLUMNS}
LEAD_FIELDS = tuple(column.field for column in COLUMNS if column.whose is Whose.LEAD)


def find_column(name: str) -> Column | None:
    """The column meant by a header or one of its aliases; case and surrounding spaces don't matter."""
    wanted = " ".join(name.casefold().split())
    for column in COLUMNS:
        if wanted in (column.header.casefold(), *column.aliases):
            return column
    return None
