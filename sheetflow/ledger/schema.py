"""The ledger's tables. A change here needs a new file in `versions/`, and only ever adds.

Times are UTC, ISO 8601 with milliseconds, so that they sort as text in either database.
"""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table

from sheetflow.ledger.database import LedgerText
from sheetflow.workflow.columns import LEAD_FIELDS

KEY_LENGTH = 200  # characters: PostgreSQL's index takes 2,704 bytes

metadata = MetaData()


def _text(name: str, *, index: bool = False, unique: bool = False) -> Column[str]:
    return Column(name, LedgerText, nullable=False, default="", index=index, unique=unique)


leads = Table(
    "sheetflow_leads",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the order of arrival
    _text("id", unique=True),
    *(_text(field) for field in LEAD_FIELDS),
    *(_text(field) for field in ("owner", "notes", "details", "received")),
    _text("email_key", index=True),
    _text("phone_key", index=True),
    _text("address_hash", index=True),  # what `suppressed` would hold of the address
    Column("is_public", Integer, nullable=False, default=0),  # from a page that everybody can post from
    Column("is_finished", Integer, nullable=False, default=0),  # its sequence came to the end
    # What follows from its events, kept so that nothing has to read them again.
    _text("status"),
    _text("row"),  # JSON: the cells it should have in the Sheet, by field
    _text("counted"),  # JSON: what the numbers count of it
    _text("look_at", index=True),  # when the decision may change by itself; empty for never
    # What is known of its row in the Sheet.
    _text("place"),
    _text("problem"),  # what is wrong with the row itself; it holds the lead
    _text("agreed"),  # JSON: the cells that both sides held last, by field, as `cell_text`
    _text("carried"),  # JSON: by field, what batches carried that haven't landed yet
    _text("kept"),  # JSON: fields whose cells were filled before the row was adopted; never written
    _text("fingerprint"),  # of the row as it was agreed
    Column("is_changed", Integer, nullable=False, default=1, index=True),  # the Sheet lacks something of it
)

events = Table(
    "sheetflow_events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _text("at"),
    _text("lead_id", index=True),
    _text("event"),
    _text("step"),
    _text("detail"),
    _text("message_id"),
    _text("run"),
    # What is noticed twice stands once.
    _text("event_id", unique=True),
    Index("sheetflow_events_by_kind", "event", "at"),
)

claims = Table(
    "sheetflow_claims",
    metadata,
    # Won by whoever inserts it first.
    Column("lead_id", LedgerText, primary_key=True),
    Column("step", LedgerText, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    _text("at"),
    _text("message_id", index=True),
    _text("server_id", index=True),  # the ID that the mail server gave the message, if it named one
    _text("outcome"),  # empty: nobody has recorded one
    _text("ended_at"),
    Index("sheetflow_claims_by_outcome", "outcome", "ended_at"),
)

suppressed = Table(
    "sheetflow_suppressed",
    metadata,
    Column("hash", LedgerText, primary_key=True),
    _text("reason"),
    _text("at"),
    _text("lead_id"),  # whose status or mail it came from; empty if from nobody's
)

deliveries = Table(
    "sheetflow_deliveries",
    metadata,
    Column("delivery", LedgerText, primary_key=True),
    _text("at", index=True),
    _text("lead_id"),
)

visits = Table(
    "sheetflow_visits",  # leads from public pages, to count them by
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _text("visitor"),  # salted hash of the network address
    _text("at", index=True),
    Index("sheetflow_visits_by_visitor", "visitor", "at"),
)

state = Table("sheetflow_state", metadata, Column("name", LedgerText, primary_key=True), _text("value"))

leases = Table(
    "sheetflow_leases",
    metadata,
    Column("name", LedgerText, primary_key=True),
    _text("holder"),
    _text("until"),
)

# As Alembic reads and writes it.
version = Table("sheetflow_version", metadata, Column("version_num", String(32), primary_key=True))
