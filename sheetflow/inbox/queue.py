"""The durable inbox in front of a Sheet: it keeps what comes, over any outage, until the tracker has it."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from sheetflow.inbox.notation import from_json, to_json
from sheetflow.inbox.tables import batches, deliveries, drained_opt_outs, items, metadata, state
from sheetflow.storage.databases import Database
from sheetflow.storage.deliveries import find_delivered, remember, try_out
from sheetflow.workflow.enquiry import Enquiry, Receipt, place
from sheetflow.workflow.events import iso
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.waiting import Batch, Composed, Refused, Waiting

MOST = 1_000  # items in a batch
LEASE, OUTAGE = "lease", "outage"
OPT_OUTS_KEPT = timedelta(minutes=10)  # after the tracker has them; claims live two


class Queue:
    """An inbox in SQLite or PostgreSQL, for any number of processes. All of it raises TrackerUnavailable."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, "inbox", metadata.create_all)
        self.engine = self.database.engine

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        with self.database.writing() as connection:
            return [self._store(connection, enquiry, workflow) for enquiry in enquiries]

    def opt_out(self, choice: OptOut, workflow: Workflow) -> None:
        with self.database.writing() as connection:
            _insert(connection, choice, choice.at)

    def waiting(self) -> int:
        with self.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(items)).scalar_one()

    def try_out(self, workflow: Workflow, now: datetime) -> None:
        try_out(self.database, deliveries, now)

    def oldest(self) -> datetime | None:
        """When the first of those came that wait for their turn."""
        with self.database.reading() as connection:
            found = connection.execute(select(func.min(items.c.at)).where(items.c.refused == ""))
            at = found.scalar_one_or_none()
            return datetime.fromisoformat(at) if at else None

    def opt_outs(self) -> list[OptOut]:
        """Also those that the tracker has got in the last minutes: a claim may be older."""
        drained = select(drained_opt_outs.c.number, drained_opt_outs.c.what)
        waiting = select(items.c.number, items.c.what).where(items.c.is_opt_out == 1)
        with self.database.reading() as connection:
            found = connection.execute(drained.union(waiting).order_by("number"))
            return [from_json(row.what) for row in found]

    def refused(self) -> list[Refused]:
        with self.database.reading() as connection:
            found = select(items).where(items.c.refused != "").order_by(items.c.number)
            return [
                Refused(Waiting(row.number, from_json(row.what)).lead_id, row.refused)
                for row in connection.execute(found)
            ]

    def lease(self, holder: str, now: datetime, until: datetime) -> bool:
        """Whether the holder alone may take batches, until then; to be asked for again before."""
        with self.database.writing() as connection:
            found = connection.execute(select(state).where(state.c.name == LEASE)).one_or_none()
            if found and found.holder != holder and found.until > iso(now):
                return False
            row = {"name": LEASE, "holder": holder, "until": iso(until)}
            self.database.upsert(connection, state, [row], "name")
            return True

    def release(self, holder: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(state).where(state.c.name == LEASE, state.c.holder == holder))

    def next_batch(self) -> Batch | None:
        """The first that isn't finished, or a new one of all that waits; None where nothing does."""
        with self.database.writing() as connection:
            turn = select(items.c.batch).where(items.c.refused == "")
            name = connection.execute(
                turn.where(items.c.batch != "").order_by(items.c.number).limit(1)
            ).scalar_one_or_none()
            return _read(connection, name or _new_batch(connection))

    def compose(self, batch: Batch, composed: Composed, holder: str) -> bool:
        """Stores what the batch does; says no where another process has taken over."""
        with self.database.writing() as connection:
            holds = select(state).where(state.c.name == LEASE, state.c.holder == holder)
            if connection.execute(holds).one_or_none() is None:
                return False
            row = {"id": batch.id, "composed": to_json(composed)}
            return bool(self.database.insert_new(connection, batches, [row], "id"))

    def finish(self, batch: Batch, composed: Composed, now: datetime) -> None:
        """The batch is in the tracker. A delivery repeated later is told the row its lead went to."""
        with self.database.writing() as connection:
            for enquiry_id, receipt in composed.receipts.items():
                told = update(deliveries).where(deliveries.c.lead_id == enquiry_id)
                connection.execute(told.values(lead_id=receipt.lead_id))
            self._keep_opt_outs(connection, batch, now)
            connection.execute(delete(items).where(items.c.batch == batch.id))
            connection.execute(delete(batches).where(batches.c.id == batch.id))

    def halve(self, batch: Batch) -> None:
        """The tracker refused it, and nothing of it is there: two batches that are composed anew."""
        half = batch.items[(len(batch.items) + 1) // 2].number
        with self.database.writing() as connection:
            same = update(items).where(items.c.batch == batch.id)
            connection.execute(same.where(items.c.number >= half).values(batch=_name()))
            connection.execute(same.where(items.c.number < half).values(batch=_name()))
            connection.execute(delete(batches).where(batches.c.id == batch.id))

    def set_aside(self, numbers: Sequence[int], words: str) -> None:
        """These items can't be taken; the others of their batch are composed anew."""
        with self.database.writing() as connection:
            found = select(items.c.batch).where(items.c.number.in_(numbers))
            names = set(connection.execute(found).scalars())
            connection.execute(delete(batches).where(batches.c.id.in_(names)))
            aside = update(items).where(items.c.number.in_(numbers))
            connection.execute(aside.values(refused=words or "refused", batch=""))

    def try_again(self, most: int) -> None:
        """Gives the first items set aside another turn, each alone."""
        with self.database.writing() as connection:
            found = select(items.c.number).where(items.c.refused != "").order_by(items.c.number).limit(most)
            for number in connection.execute(found).scalars().all():
                again = update(items).where(items.c.number == number)
                connection.execute(again.values(refused="", batch=_name()))

    def begin_outage(self, now: datetime) -> bool:
        """Whether this is the first word of an outage, so that one process tells the owner, once."""
        with self.database.writing() as connection:
            row = {"name": OUTAGE, "holder": "", "until": iso(now)}
            return bool(self.database.insert_new(connection, state, [row], "name"))

    def end_outage(self) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(state).where(state.c.name == OUTAGE))

    def _keep_opt_outs(self, connection: Connection, batch: Batch, now: datetime) -> None:
        old = delete(drained_opt_outs).where(drained_opt_outs.c.at < iso(now - OPT_OUTS_KEPT))
        connection.execute(old)
        rows = [
            {"number": item.number, "at": iso(now), "what": to_json(item.what)}
            for item in batch.items
            if isinstance(item.what, OptOut)
        ]
        self.database.insert_new(connection, drained_opt_outs, rows, "number")

    def _store(self, connection: Connection, enquiry: Enquiry, workflow: Workflow) -> Receipt:
        earlier = find_delivered(connection, deliveries, enquiry)
        if earlier:
            return Receipt("duplicate", earlier)
        _insert(connection, enquiry, enquiry.arrived)
        remember(self.database, connection, deliveries, enquiry, enquiry.id)
        # Whether the person is on a row already, only the tracker knows.
        return place(enquiry, (), {}, workflow).receipt


def _insert(connection: Connection, what: Enquiry | OptOut, at: datetime) -> None:
    row = {"at": iso(at), "what": to_json(what), "is_opt_out": int(isinstance(what, OptOut))}
    connection.execute(items.insert().values(row))


def _new_batch(connection: Connection) -> str:
    fresh = select(items.c.number).where(items.c.batch == "", items.c.refused == "")
    numbers = connection.execute(fresh.order_by(items.c.number).limit(MOST)).scalars().all()
    name = _name() if numbers else ""
    for at in range(0, len(numbers), 500):  # SQLite bounds the length of a statement
        chosen = update(items).where(items.c.number.in_(numbers[at : at + 500]))
        connection.execute(chosen.values(batch=name))
    return name


def _read(connection: Connection, name: str) -> Batch | None:
    found = connection.execute(select(items).where(items.c.batch == name).order_by(items.c.number)).all()
    if not name or not found:
        return None
    composed = connection.execute(select(batches.c.composed).where(batches.c.id == name)).scalar_one_or_none()
    rows = tuple(Waiting(row.number, from_json(row.what)) for row in found)
    return Batch(name, rows, from_json(composed) if composed else None)


def _name() -> str:
    return secrets.token_hex(12)
