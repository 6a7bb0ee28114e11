"""The tracker in an SQL database: SQLite embedded, PostgreSQL for those who outgrow a Sheet."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    inspect,
    or_,
    select,
    update,
)

from sheetflow.storage.databases import Database
from sheetflow.storage.deliveries import find_delivered, remember, try_out
from sheetflow.tracker import tables
from sheetflow.tracker.tables import activity, control, deliveries, leads, metadata, suppressed
from sheetflow.workflow import tracked
from sheetflow.workflow.columns import COLUMNS, SHARED_FIELDS, Whose
from sheetflow.workflow.enquiry import Enquiry, Receipt, place
from sheetflow.workflow.events import Event, Kind, iso
from sheetflow.workflow.lead import Lead, Mark, RowChange, cell_text, email_key, suppression_hash
from sheetflow.workflow.optout import OptOut, obey_at_once
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, Granted, Only, Snapshot, join

BATCH = 500  # rows looked up by one statement
_OURS = frozenset(
    column.field
    for column in COLUMNS
    if column.whose in (Whose.SHEETFLOW, Whose.SHARED) and column.field not in ("id", "mark")
)


class SqlTracker:
    """Both the tracker and the durable store of enquiries. One writer at a time, in all processes."""

    def __init__(self, url: str, *, day_first: bool = True) -> None:
        """`day_first` says what 03/04 means."""
        self._day_first = day_first
        self.database = Database(url, "tracker", self._make_tables)
        self.engine = self.database.engine

    def snapshot(self, only: Only | None = None) -> Snapshot:
        with self.database.reading() as connection:
            found = _with_sent(_read(connection, only.leads if only else None), connection, only)
        return replace(found, day_first=self._day_first)

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        with self.database.writing() as connection:
            self._apply(connection, changes)
            won = self._insert_events(connection, claims)
            return _read_back(connection, {claim.id: claim for claim in claims if claim.id in won})

    def commit(self, changes: Changes) -> None:
        if changes:
            with self.database.writing() as connection:
                self._apply(connection, changes)

    def setup(self) -> list[str]:
        self.database.prepare_again()
        with self.database.writing() as connection:
            # `writing` has made what was missing; what is left to say is where it is.
            count = connection.execute(select(func.count()).select_from(leads)).scalar_one()
        return [f"The tracker {self.database.name} is ready: {count} leads."]

    def check(self) -> list[str]:
        return []  # a database that can be opened is as sheetflow made it

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        with self.database.writing() as connection:
            return [self._store(connection, enquiry, workflow) for enquiry in enquiries]

    def opt_out(self, choice: OptOut, workflow: Workflow) -> None:
        with self.database.writing() as connection:
            salt = _read_control(connection).get(tracked.SALT, "")
            rows = connection.execute(select(leads.c.id, leads.c.email))
            concerned = frozenset(row.id for row in rows if choice.concerns(row.id, row.email, salt))
            self._apply(connection, obey_at_once(choice, _read(connection, concerned), workflow))

    def waiting(self) -> int:
        return 0  # written directly

    def try_out(self, workflow: Workflow, now: datetime) -> None:
        try_out(self.database, deliveries, now)

    def _store(self, connection: Connection, enquiry: Enquiry, workflow: Workflow) -> Receipt:
        earlier = find_delivered(connection, deliveries, enquiry)
        if earlier:
            return Receipt("duplicate", earlier)
        found = select(leads).where(_may_be_same_person(enquiry)).order_by(leads.c.number)
        known = [tables.row_to_lead(row) for row in connection.execute(found).mappings()]
        reason = _suppression_reason(connection, enquiry.email)
        placed = place(enquiry, known, {email_key(enquiry.email): reason} if reason else {}, workflow)
        self._apply(connection, placed.changes)
        remember(self.database, connection, deliveries, enquiry, placed.receipt.lead_id)
        return placed.receipt

    def _apply(self, connection: Connection, changes: Changes) -> None:
        changes = join((changes,))  # one change a row
        self.database.insert_new(
            connection, leads, [tables.lead_to_row(lead) for lead in changes.leads], "id"
        )
        self._insert_events(connection, changes.events)
        _update_rows(connection, changes.rows)
        lines = [{"hash": line.hash, "reason": line.reason, "at": iso(line.at)} for line in changes.suppress]
        if changes.lift:
            connection.execute(delete(suppressed).where(suppressed.c.hash.in_(changes.lift)))
        self.database.insert_new(connection, suppressed, lines, "hash")
        # Another salt would make every line of Suppressed unknown.
        named = [_control_line(*line) for line in changes.control.items() if line[0] != tracked.SALT]
        self.database.upsert(connection, control, named, "name")
        for typed in changes.typed:
            cell = {typed.field: tables.to_text(typed.value)}
            connection.execute(
                update(leads).where(leads.c.id == typed.lead_id).values({**cell, **tables.keys(cell)})
            )

    def _insert_events(self, connection: Connection, events: Iterable[Event]) -> set[str]:
        rows = [event.line() for event in events]
        return self.database.insert_new(connection, activity, rows, "event_id")

    def _make_tables(self, connection: Connection) -> None:
        """Creates the tables where they are missing. Sending starts ON only where there were none at all."""
        is_new = not metadata.tables.keys() & set(inspect(connection).get_table_names())
        metadata.create_all(connection)
        sending = _control_line(tracked.SENDING, tracked.ON if is_new else tracked.PAUSED)
        salt = _control_line(tracked.SALT, secrets.token_hex(16))
        made = self.database.insert_new(connection, control, [sending, salt], "name")
        if tracked.SALT in made and not is_new:
            # The old salt is lost, and with it who is on Suppressed: a person decides how to go on.
            self.database.upsert(
                connection, control, [_control_line(tracked.SENDING, tracked.PAUSED)], "name"
            )


def _read(connection: Connection, chosen: frozenset[str] | None) -> Snapshot:
    """All leads with their events, or the chosen ones."""
    rows, events = select(leads).order_by(leads.c.number), _select_events()
    if chosen is not None:
        rows = rows.where(leads.c.id.in_(sorted(chosen)))
        events = events.where(activity.c.lead_id.in_(sorted(chosen)))
    lines = connection.execute(select(suppressed)).mappings()
    return Snapshot(
        leads=tuple(tables.row_to_lead(row) for row in connection.execute(rows).mappings()),
        events=tuple(tables.row_to_event(tuple(row)) for row in connection.execute(events)),
        control=_read_control(connection),
        suppressed={row["hash"]: tables.row_to_suppression(row) for row in lines},
    )


def _select_events() -> Select[Any]:
    return select(*tables.EVENT_COLUMNS).order_by(activity.c.number)


def _with_sent(found: Snapshot, connection: Connection, only: Only | None) -> Snapshot:
    if only is None:
        sent = (event.at for event in found.events if event.kind is Kind.SENT)
    else:
        recent = _select_events().where(activity.c.event == Kind.SENT, activity.c.at >= iso(only.sent_since))
        sent = (tables.row_to_event(tuple(row)).at for row in connection.execute(recent))
    return Snapshot(found.leads, found.events, found.control, found.suppressed, tuple(sent))


def _control_line(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _read_control(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(select(control))}


def _read_back(connection: Connection, won: Mapping[str, Event]) -> list[Granted]:
    wanted = [claim.lead_id for claim in won.values()]
    found = connection.execute(select(leads).where(leads.c.id.in_(wanted))).mappings()
    rows = {lead.id: lead for lead in map(tables.row_to_lead, found)}
    sending = _read_control(connection).get(tracked.SENDING, "")
    return [_granted(claim, rows.get(claim.lead_id), sending) for claim in won.values()]


def _granted(claim: Event, lead: Lead | None, sending: str) -> Granted:
    if lead is None:
        return Granted(claim.claim, sending)
    return Granted(claim.claim, sending, lead.id, lead.status, lead.next_follow_up, lead.email)


def _update_rows(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Shared cells are written only while they hold what was expected; the mark follows what was written."""
    by_fields: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for start in range(0, len(changes), BATCH):
        batch = changes[start : start + BATCH]
        # Locked: a person with an SQL prompt of their own doesn't take our turn.
        wanted = select(leads).where(leads.c.id.in_([change.lead_id for change in batch]))
        found = connection.execute(wanted.with_for_update())
        rows = {row["id"]: tables.row_to_lead(row) for row in found.mappings()}
        for change in batch:
            values = _new_values(rows[change.lead_id], change) if change.lead_id in rows else {}
            if values:
                by_fields[frozenset(values)].append({**values, "row_id": change.lead_id})
    for fields, rows_of_values in by_fields.items():
        statement = update(leads).where(leads.c.id == bindparam("row_id"))
        connection.execute(statement.values({field: bindparam(field) for field in fields}), rows_of_values)


def _new_values(lead: Lead, change: RowChange) -> dict[str, str]:
    """People's columns are left out, whatever the change says."""
    cells = {
        field: value
        for field, value in change.cells.items()
        if field in _OURS and (field not in SHARED_FIELDS or _is_as_expected(lead, change, field))
    }
    values = {field: tables.to_text(value) for field, value in cells.items()}
    written = {field: cell_text(value) for field, value in cells.items() if field in SHARED_FIELDS}
    if written:  # else a mark of another row stays, and is repaired with all that belongs to it
        mark = lead.mark if lead.mark.lead_id == lead.id else Mark(lead.id)
        values["mark"] = replace(mark, **written).to_json()
    return values


def _is_as_expected(lead: Lead, change: RowChange, field: str) -> bool:
    return cell_text(getattr(lead, field)) == cell_text(change.expected.get(field))


def _may_be_same_person(enquiry: Enquiry) -> ColumnElement[bool]:
    keys = tables.keys({"email": enquiry.email, "phone": enquiry.phone})
    return or_(*(and_(leads.c[name] == key, leads.c[name] != "") for name, key in keys.items()))


def _suppression_reason(connection: Connection, email: str) -> str:
    if not email:
        return ""
    salt = _read_control(connection).get(tracked.SALT, "")
    hashed = suppression_hash(email, salt)
    found = select(suppressed.c.reason).where(suppressed.c.hash == hashed)
    return connection.execute(found).scalar_one_or_none() or ""
