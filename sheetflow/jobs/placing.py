"""Where everything in a batch goes, decided from one look at the tracker."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sheetflow.workflow.enquiry import Enquiry, Placed, Receipt, place
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.lead import Lead, email_key, phone_key
from sheetflow.workflow.optout import OptOut, obey_at_once
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, Snapshot


class Rows:
    """The leads as they will stand once everything placed so far is in the tracker."""

    def __init__(self, snapshot: Snapshot, workflow: Workflow) -> None:
        self._before, self._workflow = snapshot, workflow
        self._leads: dict[str, Lead] = {}
        self._places: dict[str, int] = {}  # in the tracker's order
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._events = {event.id: event for event in snapshot.events}
        self._suppressed = dict(snapshot.suppressed)
        self._add(snapshot.leads)

    def place(self, enquiry: Enquiry) -> Placed:
        """Nothing to change where the tracker holds it already, from a batch whose answer was lost."""
        earlier = self.find(enquiry)
        if earlier:
            return Placed(Receipt("duplicate", earlier.lead_id), Changes())
        line = self._suppressed.get(self._before.hash_of(enquiry.email)) if enquiry.email else None
        suppressed = {email_key(enquiry.email): line.reason} if line else {}
        placed = place(enquiry, self._known(enquiry), suppressed, self._workflow)
        self._take(placed.changes)
        return placed

    def obey(self, choice: OptOut) -> Changes:
        now = replace(
            self._before,
            leads=tuple(self._leads.values()),
            events=tuple(self._events.values()),
            suppressed=self._suppressed,
        )
        changes = obey_at_once(choice, now, self._workflow)
        self._take(changes)
        return changes

    def find(self, enquiry: Enquiry) -> Event | None:
        """What the tracker says about this very enquiry."""
        names = (event_id(kind, enquiry.delivery, enquiry.id) for kind in (Kind.RECEIVED, Kind.MERGED))
        return next((self._events[name] for name in names if name in self._events), None)

    def _known(self, enquiry: Enquiry) -> list[Lead]:
        """Whoever could be the same person: all rows would be too many to compare with."""
        keys = _keys(enquiry.email, enquiry.phone)
        found = {lead_id for key in keys for lead_id in self._by_key.get(key, ())}
        return [self._leads[lead_id] for lead_id in sorted(found, key=self._places.__getitem__)]

    def _take(self, changes: Changes) -> None:
        self._add(changes.leads)
        for row in changes.rows:
            if row.lead_id in self._leads:
                cells: dict[str, Any] = dict(row.cells)
                self._leads[row.lead_id] = replace(self._leads[row.lead_id], **cells)
        self._events |= {event.id: event for event in changes.events}
        self._suppressed |= {line.hash: line for line in changes.suppress}
        for lifted in changes.lift:
            self._suppressed.pop(lifted, None)

    def _add(self, leads: Iterable[Lead]) -> None:
        for lead in leads:
            self._leads[lead.id] = lead
            self._places.setdefault(lead.id, len(self._places))
            for key in _keys(lead.email, lead.phone):
                self._by_key[key].add(lead.id)


def _keys(email: str, phone: str) -> list[str]:
    found = (f"email {email_key(email)}" if email.strip() else "", f"phone {phone_key(phone)}")
    return [key for key in found if key not in ("", "phone ")]
