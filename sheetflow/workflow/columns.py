"""The columns of the Leads tab: the only place that knows their headers."""

from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    SHEETFLOW = "sheetflow"  # written by sheetflow alone
    SHARED = "shared"  # written by both; what a person typed wins
    PEOPLE = "people"  # written once when the lead arrives, people's from then on
    OWNER = "owner"  # never written


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATETIME = "date-time"  # wall-clock time in the business's zone


@dataclass(frozen=True)
class Column:
    header: str
    field: str  # the attribute of Lead that holds it
    whose: Whose
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    hidden: bool = False


_OURS, _SHARED, _PEOPLE = Whose.SHEETFLOW, Whose.SHARED, Whose.PEOPLE

COLUMNS: tuple[Column, ...] = (
    Column("Lead ID", "id", _OURS, aliases=("id", "lead")),
    Column("Received", "received", _OURS, Kind.DATETIME, ("date", "received at", "created")),
    Column("Status", "status", _SHARED, aliases=("stage", "state")),
    Column("Name", "name", _PEOPLE, aliases=("full name", "contact")),
    Column("Email", "email", _PEOPLE, aliases=("e-mail", "mail", "email address")),
    Column("Phone", "phone", _PEOPLE, aliases=("telephone", "mobile", "phone number")),
    Column("Service", "service", _PEOPLE, aliases=("interest", "interested in")),
    Column("Urgency", "urgency", _PEOPLE, aliases=("when", "timing")),
    Column("Location", "location", _PEOPLE, aliases=("city", "place", "area")),
    Column("Message", "message", _PEOPLE, aliases=("enquiry", "inquiry", "comment")),
    Column("Source", "source", _PEOPLE, aliases=("channel", "lead source")),
    Column("Owner", "owner", _SHARED, aliases=("assigned to", "responsible")),
    Column("Priority", "priority", _OURS),
    Column("Next step", "next_step", _OURS),
    Column("Next follow-up", "next_follow_up", _SHARED, Kind.DATETIME, ("next followup", "follow-up", "due")),
    Column("Last step", "last_step", _OURS),
    Column("Last contact", "last_contact", _OURS, Kind.DATETIME),
    Column("Emails sent", "emails_sent", _OURS, Kind.NUMBER),
    Column("First response", "first_response", _OURS, Kind.NUMBER),
    Column("Owner response", "owner_response", _OURS, Kind.NUMBER),
    Column("Replied", "replied", _OURS, Kind.DATETIME),
    Column("Why", "why", _OURS),
    Column("Notes", "notes", Whose.OWNER, aliases=("note",)),
    Column("Details", "details", _OURS),
    Column("Sheetflow", "mark", _OURS, hidden=True),
)

BY_FIELD = {column.field: column for column in COLUMNS}
SHARED_FIELDS = tuple(column.field for column in COLUMNS if column.whose is Whose.SHARED)


def find_column(name: str) -> Column | None:
    """The column meant by a header or one of its aliases; case and surrounding spaces don't matter."""
    wanted = " ".join(name.casefold().split())
    for column in COLUMNS:
        if wanted in (column.header.casefold(), *column.aliases):
            return column
    return None
