"""The tracker in an SQL database: SQLite embedded, PostgreSQL for those who outgrow a Sheet."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    func,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker import tables
from sheetflow.tracker.databases import Database
from sheetflow.tracker.tables import activity, control, deliveries, leads, metadata, suppressed
from sheetflow.workflow import tracked
from sheetflow.workflow.columns import COLUMNS, SHARED_FIELDS, Whose
from sheetflow.workflow.enquiry import Enquiry, Receipt, place
from sheetflow.workflow.events import Event, Kind, iso
from sheetflow.workflow.lead import Lead, Mark, RowChange, cell_text, email_key, suppression_hash
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, Granted, Only, Snapshot, join

BATCH = 500  # rows looked up by one statement
_OURS = frozenset(
    column.field
    for column in COLUMNS
    if column.whose in (Whose.SHEETFLOW, Whose.SHARED) and column.field not in ("id", "mark")
)
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class SqlTracker:
    """Both the tracker and the durable store of enquiries. One writer at a time, in all processes."""

    def __init__(self, url: str) -> None:
        self.database = Database(make_url(url))
        self.engine = self.database.engine
        self._insert = _INSERT[self.database.url.get_backend_name()]
        self._is_ready = False

    def snapshot(self, only: Only | None = None) -> Snapshot:
        chosen = sorted(only.leads) if only else []
        rows, events = select(leads).order_by(leads.c.number), _select_events()
        if only:
            rows = rows.where(leads.c.id.in_(chosen))
            events = events.where(activity.c.lead_id.in_(chosen))
        with self._reading() as connection:
            found = Snapshot(
                leads=tuple(tables.row_to_lead(row) for row in connection.execute(rows).mappings()),
                events=tuple(tables.row_to_event(tuple(row)) for row in connection.execute(events)),
                control=_read_control(connection),
                suppressed={
                    row["hash"]: tables.row_to_suppression(row)
                    for row in connection.execute(select(suppressed)).mappings()
                },
            )
            return _with_sent(found, connection, only)

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        with self._writing() as connection:
            self._apply(connection, changes)
            won = self._insert_events(connection, claims)
            return _read_back(connection, {claim.id: claim for claim in claims if claim.id in won})

    def commit(self, changes: Changes) -> None:
        if changes:
            with self._writing() as connection:
                self._apply(connection, changes)

    def setup(self) -> list[str]:
        self._is_ready = False
        with self._writing() as connection:
            # _writing has made what was missing; what is left to say is where it is.
            count = connection.execute(select(func.count()).select_from(leads)).scalar_one()
        return [f"The tracker {self.database.name} is ready: {count} leads."]

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        with self._writing() as connection:
            return [self._store(connection, enquiry, workflow) for enquiry in enquiries]

    def waiting(self) -> int:
        return 0  # written directly

    def _store(self, connection: Connection, enquiry: Enquiry, workflow: Workflow) -> Receipt:
        earlier = _delivered(connection, enquiry)
        if earlier:
            return Receipt("duplicate", earlier)
        found = select(leads).where(_may_be_same_person(enquiry)).order_by(leads.c.number)
        known = [tables.row_to_lead(row) for row in connection.execute(found).mappings()]
        reason = _suppression_reason(connection, enquiry.email)
        placed = place(enquiry, known, {email_key(enquiry.email): reason} if reason else {}, workflow)
        self._apply(connection, placed.changes)
        row = {
            "delivery": enquiry.delivery,
            "at": iso(enquiry.arrived),
            "lead_id": placed.receipt.lead_id,
        }
        self._upsert(connection, deliveries, [row], "delivery")
        return placed.receipt

    def _apply(self, connection: Connection, changes: Changes) -> None:
        changes = join((changes,))  # one change a row
        self._insert_new(connection, leads, [tables.lead_to_row(lead) for lead in changes.leads], "id")
        self._insert_events(connection, changes.events)
        _update_rows(connection, changes.rows)
        lines = [{"hash": line.hash, "reason": line.reason, "at": iso(line.at)} for line in changes.suppress]
        self._insert_new(connection, suppressed, lines, "hash")
        # Another salt would make every line of Suppressed unknown.
        named = [_control_line(*line) for line in changes.control.items() if line[0] != tracked.SALT]
        self._upsert(connection, control, named, "name")
        for typed in changes.typed:
            cell = {typed.field: tables.to_text(typed.value)}
            connection.execute(
                update(leads).where(leads.c.id == typed.lead_id).values({**cell, **tables.keys(cell)})
            )

    def _insert_events(self, connection: Connection, events: Iterable[Event]) -> set[str]:
        rows = [tables.event_to_row(event) for event in events]
        return self._insert_new(connection, activity, rows, "event_id")

    def _insert_new(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, str]], key: str
    ) -> set[str]:
        """Inserts what isn't there yet; returns the keys of what it inserted."""
        if not rows:
            return set()
        insert = self._insert(table).on_conflict_do_nothing(index_elements=[key])
        return set(connection.execute(insert.returning(table.c[key]), rows).scalars())

    def _upsert(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, str]], key: str
    ) -> None:
        for row in rows:
            insert = self._insert(table).values(row)
            connection.execute(insert.on_conflict_do_update(index_elements=[key], set_=dict(row)))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A consistent view of all tables."""
        with self._connected() as connection:
            if not self._is_ready:
                with self._turn(connection):
                    pass
            yield self.database.begin_reading(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._connected() as connection, self._turn(connection):
            yield connection

    @contextmanager
    def _turn(self, connection: Connection) -> Iterator[None]:
        """One transaction, all or nothing; other writers of any process wait."""
        with connection.begin():
            self.database.begin_writing(connection)
            self._make_tables(connection)
            yield
        self._is_ready = True

    def _make_tables(self, connection: Connection) -> None:
        """Creates the tables where they are missing. Sending starts ON only where there were none at all."""
        if self._is_ready:
            return
        is_new = not metadata.tables.keys() & set(inspect(connection).get_table_names())
        metadata.create_all(connection)
        sending = _control_line(tracked.SENDING, tracked.ON if is_new else tracked.PAUSED)
        salt = _control_line(tracked.SALT, secrets.token_hex(16))
        made = self._insert_new(connection, control, [sending, salt], "name")
        if tracked.SALT in made and not is_new:
            # The old salt is lost, and with it who is on Suppressed: a person decides how to go on.
            self._upsert(connection, control, [_control_line(tracked.SENDING, tracked.PAUSED)], "name")

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """The database's errors come out as one that says what to look at."""
        try:
            self.database.make_folder()
            if self.database.renew():
                self._is_ready = False
            with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._is_ready = False  # whatever is mended now may have lost its tables
            self.database.close_after_error()
            said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
            words = said.splitlines()[0]
            raise TrackerUnavailable(f"The tracker {self.database.name} can't be used: {words}") from error


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


def _delivered(connection: Connection, enquiry: Enquiry) -> str:
    """The Lead ID of the same delivery, where it came within its time."""
    since = iso(enquiry.arrived - enquiry.repeat_within)
    found = select(deliveries.c.lead_id).where(
        deliveries.c.delivery == enquiry.delivery, deliveries.c.at >= since
    )
    return connection.execute(found).scalar_one_or_none() or ""


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
