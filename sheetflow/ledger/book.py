"""One transaction's view of the ledger: leads with their events, claims, suppressed addresses, state.

Everything that changes a lead ends in `settle` of `ledger.settling`, so that what is kept beside its events
always follows from them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from sheetflow.ledger import schema
from sheetflow.ledger import state as names
from sheetflow.ledger.database import Database
from sheetflow.ledger.rows import event_of, lead_of, lead_values, row_from, time_of
from sheetflow.workflow.counted import Counted, from_json
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Claim, Event, Kind, iso
from sheetflow.workflow.lead import Cell, Lead, email_key, phone_key, suppression_hash
from sheetflow.workflow.numbers import AdviceDay
from sheetflow.workflow.outcome import server_ids
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import NEW

AT_ONCE = 500  # values in one statement
MOST_TURNS = 20  # of the account's pace that may be taken ahead: one for each process that sends at a time
KEPT = timedelta(days=31)  # deliveries: a little longer than the longest time within which a repeat counts
GONE = "gone"  # the place of a lead whose row a person deleted


class Book:
    """Its methods raise nothing of their own: the ledger turns a database's errors into its own."""

    def __init__(
        self,
        connection: Connection,
        database: Database,
        workflow: Workflow,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.connection, self.workflow = connection, workflow
        self._database, self._clock = database, clock
        self._salt = ""

    @property
    def is_sqlite(self) -> bool:
        return self._database.is_sqlite

    def time(self) -> datetime:
        """Aware UTC: the database's clock, one for all processes; without one this machine's."""
        if self._clock:
            return self._clock()
        if self.is_sqlite:
            return datetime.now(UTC)
        found: datetime = self.connection.execute(select(func.clock_timestamp())).scalar_one()
        return found.astimezone(UTC)

    # State

    def state(self) -> dict[str, str]:
        return {row.name: row.value for row in self.connection.execute(select(schema.state))}

    def get(self, name: str) -> str:
        found = select(schema.state.c.value).where(schema.state.c.name == name)
        return self.connection.execute(found).scalar_one_or_none() or ""

    def put(self, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        put = self._database.insert(schema.state).values(row)
        self.connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    @property
    def salt(self) -> str:
        self._salt = self._salt or self.get(names.SALT)
        return self._salt

    def use_salt(self, salt: str) -> None:
        """From now on; what was hashed with another one is the caller's to hash again."""
        self.put(names.SALT, salt)
        self._salt = salt

    def hash_of(self, email: str) -> str:
        return suppression_hash(email, self.salt)

    # Leads

    def cases(self, lead_ids: Collection[str]) -> list[Case]:
        """In order of arrival; IDs that no lead has are left out."""
        return [case for part in parts(lead_ids) for case in self._cases(schema.leads.c.id.in_(part))]

    def all_cases(self) -> Iterator[Case]:
        """Every lead with its events, a few hundred at a time."""
        ids = self.connection.execute(select(schema.leads.c.id).order_by(schema.leads.c.number)).scalars()
        yield from self.cases(ids.all())

    def case(self, lead_id: str) -> Case | None:
        return next(iter(self.cases([lead_id])), None)

    def people(self, email: str, phone: str) -> list[Case]:
        """Whoever could be the same person, in order of arrival."""
        keys = {"email_key": email_key(email)[: schema.KEY_LENGTH], "phone_key": phone_key(phone)}
        same = [schema.leads.c[name] == key for name, key in keys.items() if key]
        return list(self._cases(or_(*same))) if same else []

    def add_lead(self, lead: Lead) -> None:
        self.connection.execute(insert(schema.leads).values(lead_values(lead, self.salt)))

    def keep_lead(self, lead: Lead) -> None:
        """The lead as it is from now on."""
        self.change(lead.id, lead_values(lead, self.salt))

    def change(self, lead_id: str, values: Mapping[str, Any]) -> None:
        """Columns of `schema.leads`."""
        leads = schema.leads
        self.connection.execute(update(leads).where(leads.c.id == lead_id).values(**values))

    def lead_ids(self, condition: ColumnElement[bool]) -> list[str]:
        found = select(schema.leads.c.id).where(condition).order_by(schema.leads.c.number)
        return list(self.connection.execute(found).scalars())

    def to_look_at(self, now: datetime) -> list[str]:
        """Leads about which something else may be decided by now."""
        return self.lead_ids(and_(schema.leads.c.look_at != "", schema.leads.c.look_at <= iso(now)))

    def all_there(self) -> list[str]:
        """Leads whose rows weren't deleted."""
        return self.lead_ids(schema.leads.c.place != GONE)

    @property
    def is_configured_anew(self) -> bool:
        """Whether what was decided may not hold any more, for any lead."""
        return self.get(names.CONFIGURATION) != self.workflow.fingerprint

    def unanswered(self) -> list[str]:
        """New leads whose first response is due, the oldest first."""
        leads = schema.leads
        return self.lead_ids(and_(leads.c.status == NEW, leads.c.look_at != "", leads.c.place != GONE))

    def look_at_all(self, now: datetime) -> None:
        """What was decided may not hold any more: every lead that isn't gone is looked at again."""
        leads = schema.leads
        self.connection.execute(update(leads).where(leads.c.place != GONE).values(look_at=iso(now)))

    def has_changed_rows(self) -> bool:
        """Whether the Sheet lacks something of any lead."""
        leads = schema.leads
        found = select(leads.c.number).where(leads.c.is_changed == 1, leads.c.place != GONE).limit(1)
        return self.connection.execute(found).first() is not None

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Every lead's row as it should stand in the Sheet, in order of arrival, without deleted ones."""
        leads = schema.leads
        found = select(leads.c.row).where(leads.c.place != GONE).order_by(leads.c.number)
        return map(row_from, self.connection.execute(found).scalars())

    def addresses(self) -> list[tuple[str, str, bool]]:
        """Lead ID, address, and whether its row was deleted, of every lead."""
        leads = schema.leads
        found = select(leads.c.id, leads.c.email, leads.c.place == GONE).order_by(leads.c.number)
        return [(row[0], row[1], bool(row[2])) for row in self.connection.execute(found)]

    def counted(self) -> list[Counted]:
        leads = schema.leads
        found = select(leads.c.counted).where(leads.c.place != GONE, leads.c.counted != "")
        return [from_json(json.loads(text)) for text in self.connection.execute(found).scalars()]

    def advice(self) -> tuple[AdviceDay, ...]:
        """The days on which an adviser was asked, in their order."""
        found = json.loads(self.get(names.ADVICE) or "{}")
        return tuple(AdviceDay(day, *used) for day, used in sorted(found.items()))

    def _cases(self, condition: ColumnElement[bool]) -> Iterator[Case]:
        leads = schema.leads
        found = self.connection.execute(select(leads).where(condition).order_by(leads.c.number))
        rows = found.mappings().all()
        events = self.events([row["id"] for row in rows])
        reasons = self._reasons([row["address_hash"] for row in rows])
        for row in rows:
            yield Case(lead_of(row), tuple(events[row["id"]]), reasons.get(row["address_hash"], ""))

    # Events

    def events(self, lead_ids: Collection[str]) -> Mapping[str, Sequence[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for part in parts(lead_ids):
            for event in self._events(schema.events.c.lead_id.in_(part)):
                found[event.lead_id].append(event)
        return found

    def record(self, events: Iterable[Event]) -> list[Event]:
        """Adds events to the end; those whose ID is there already are left out. Gives back what was new."""
        found = {event.id: event for event in events}
        rows = [event.line() for event in found.values()]
        if not rows:
            return []
        add = self._database.insert(schema.events).on_conflict_do_nothing(index_elements=["event_id"])
        added = set(self.connection.execute(add.returning(schema.events.c.event_id), rows).scalars())
        return [event for event in found.values() if event.id in added]

    def count_received_since(self, at: datetime | None) -> int:
        """Leads that have come in since; all of them if it isn't known since when."""
        events = schema.events
        came = [events.c.event == Kind.RECEIVED.value, events.c.at > (iso(at) if at else "")]
        found = select(func.count(func.distinct(events.c.lead_id))).where(*came)
        return int(self.connection.execute(found).scalar_one())

    def newest(self) -> datetime | None:
        """When the newest event happened."""
        return time_of(self.connection.execute(select(func.max(schema.events.c.at))).scalar() or "")

    def outcomes_since(self, at: datetime) -> list[Event]:
        """What became of claims, over all leads, the oldest first; only what counts of each in the end."""
        events, claims = schema.events, schema.claims
        same = and_(
            claims.c.lead_id == events.c.lead_id,
            claims.c.step == events.c.step,
            claims.c.outcome == events.c.event,
            claims.c.ended_at == events.c.at,
        )
        found = select(events).join(claims, same).where(claims.c.ended_at >= iso(at))
        ordered = self.connection.execute(found.order_by(events.c.at, events.c.number)).mappings()
        return [event_of(row) for row in ordered]

    def _events(self, condition: ColumnElement[bool]) -> Iterator[Event]:
        events = schema.events
        found = self.connection.execute(select(events).where(condition).order_by(events.c.number))
        return map(event_of, found.mappings())

    # Claims

    def claim(self, claim: Claim, run: str, message_id: str) -> bool:
        """Whether this process may send the step: it alone, and only once."""
        at = self.time()
        row = {
            "lead_id": claim.lead_id,
            "step": claim.step,
            "attempt": claim.attempt,
            "at": iso(at),
            "message_id": message_id,
        }
        add = self._database.insert(schema.claims).values(row).on_conflict_do_nothing()
        if not self.connection.execute(add.returning(schema.claims.c.lead_id)).scalars().all():
            return False
        self.record([claim.event(Kind.CLAIMED, at, run, message_id=message_id)])
        return True

    def close(self, outcome: Event, server_id: str = "") -> None:
        """What became of a claim; what weighs more is learned later too."""
        claim, claims = outcome.claim, schema.claims
        values = {"outcome": outcome.kind.value, "ended_at": iso(outcome.at)}
        if server_id:
            values["server_id"] = server_id
        same = and_(
            claims.c.lead_id == claim.lead_id, claims.c.step == claim.step, claims.c.attempt == claim.attempt
        )
        self.connection.execute(update(claims).where(same).values(values))
        self.record([outcome])

    def take_turn(self, pause: float) -> float:
        """Seconds until the account's pace allows the next message; that turn is taken by then."""
        if not pause:
            return 0.0
        now = self.time()
        turn = max(now, time_of(self.get(names.NEXT_MESSAGE)) or now)
        # A clock that was set back mustn't stop all mail.
        turn = min(turn, now + timedelta(seconds=MOST_TURNS * pause))
        self.put(names.NEXT_MESSAGE, iso(turn + timedelta(seconds=pause)))
        return (turn - now).total_seconds()

    def sent_since(self, at: datetime) -> list[datetime]:
        claims = schema.claims
        found = select(claims.c.ended_at).where(
            claims.c.outcome == Kind.SENT.value, claims.c.ended_at >= iso(at)
        )
        return [datetime.fromisoformat(text) for text in self.connection.execute(found).scalars()]

    def message_lead(self, message_id: str) -> tuple[str, str] | None:
        """Lead ID and step by a message's ID, ours or the mail server's, with or without <>."""
        claims, ids = schema.claims, server_ids(message_id)
        forms = {f"<{ids[0]}>", *ids} - {"<>", ""}
        is_it = or_(claims.c.message_id.in_(forms), claims.c.server_id.in_(forms))
        found = self.connection.execute(select(claims.c.lead_id, claims.c.step).where(is_it)).first()
        return (found.lead_id, found.step) if found else None

    def oldest_claim(self) -> datetime | None:
        """When the first message was claimed."""
        return time_of(self.connection.execute(select(func.min(schema.claims.c.at))).scalar() or "")

    def claims_with(self, *outcomes: Kind, limit: int | None = None) -> list[Mapping[str, Any]]:
        """Rows of `schema.claims`, the newest first."""
        claims = schema.claims
        found = select(claims).where(claims.c.outcome.in_([kind.value for kind in outcomes]))
        newest = found.order_by(claims.c.ended_at.desc()).limit(limit)
        return [dict(row) for row in self.connection.execute(newest).mappings()]

    # Suppressed addresses

    def suppression(self, email: str) -> str:
        """Why an address gets no mail; empty if it does."""
        hashed = self.hash_of(email)
        return self._reasons([hashed]).get(hashed, "") if email.strip() else ""

    def is_suppressed(self, hashed: str) -> bool:
        return bool(self._reasons([hashed]))

    def suppress(self, hashed: str, reason: str, at: datetime, lead_id: str = "") -> None:
        """The first reason stays."""
        row = {"hash": hashed, "reason": reason, "at": iso(at), "lead_id": lead_id}
        self.connection.execute(self._database.insert(schema.suppressed).values(row).on_conflict_do_nothing())

    def lift(self, condition: ColumnElement[bool]) -> list[str]:
        """Takes lines off the list; gives back the leads whose address was on it."""
        suppressed = schema.suppressed
        hashes = list(self.connection.execute(select(suppressed.c.hash).where(condition)).scalars())
        self.connection.execute(delete(suppressed).where(suppressed.c.hash.in_(hashes)))
        return self.lead_ids(schema.leads.c.address_hash.in_(hashes)) if hashes else []

    def with_address(self, hashed: str) -> list[str]:
        return self.lead_ids(schema.leads.c.address_hash == hashed)

    def _reasons(self, hashes: Collection[str]) -> dict[str, str]:
        suppressed = schema.suppressed
        found: dict[str, str] = {}
        for part in parts({hashed for hashed in hashes if hashed}):
            wanted = select(suppressed.c.hash, suppressed.c.reason).where(suppressed.c.hash.in_(part))
            found |= {row.hash: row.reason for row in self.connection.execute(wanted)}
        return found

    # Deliveries

    def delivered(self, enquiry: Enquiry) -> str:
        """The Lead ID of the same delivery, if it came within its time; else empty."""
        since, deliveries = iso(enquiry.arrived - enquiry.repeat_within), schema.deliveries
        found = select(deliveries.c.lead_id).where(
            deliveries.c.delivery == enquiry.delivery, deliveries.c.at >= since
        )
        return self.connection.execute(found).scalar_one_or_none() or ""

    def remember(self, enquiry: Enquiry, lead_id: str) -> None:
        self.deliver(enquiry.delivery, enquiry.arrived, lead_id)
        deliveries = schema.deliveries
        self.connection.execute(delete(deliveries).where(deliveries.c.at < iso(enquiry.arrived - KEPT)))

    def deliver(self, delivery: str, at: datetime, lead_id: str) -> None:
        values = {"at": iso(at), "lead_id": lead_id}
        put = self._database.insert(schema.deliveries).values(delivery=delivery, **values)
        self.connection.execute(put.on_conflict_do_update(index_elements=["delivery"], set_=values))

    # Leases

    def lease(self, name: str, holder: str, seconds: float) -> bool:
        """Whether the holder alone may do what the lease is for, for so many seconds from now."""
        now, leases = self.time(), schema.leases
        values = {"holder": holder, "until": iso(now + timedelta(seconds=seconds))}
        put = self._database.insert(leases).values(name=name, **values)
        free = or_(leases.c.until < iso(now), leases.c.holder == holder)
        won = put.on_conflict_do_update(index_elements=["name"], set_=values, where=free)
        return bool(self.connection.execute(won.returning(leases.c.name)).scalars().all())

    def release(self, name: str, holder: str) -> None:
        leases = schema.leases
        self.connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def parts(values: Collection[str]) -> Iterator[list[str]]:
    """As many as one statement may name."""
    ordered = list(values)
    for at in range(0, len(ordered), AT_ONCE):
        yield ordered[at : at + AT_ONCE]
