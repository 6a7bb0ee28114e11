"""Who a lead belongs to."""

import hashlib

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Owner, Workflow


def assign(lead: Lead, workflow: Workflow) -> str:
    """The name of the owner for a lead without one; empty where nobody is configured.

    The best match of service and location wins; among equals the Lead ID spreads the leads evenly, so that
    every process comes to the same answer.
    """
    present = [owner for owner in workflow.owners if not owner.away] or list(workflow.owners)
    fitting = [owner for owner in present if _takes(owner, lead)] or present
    if not fitting:
        return ""
    best = max(_precision(owner) for owner in fitting)
    equals = [owner for owner in fitting if _precision(owner) == best]
    return equals[hashlib.sha256(lead.id.encode()).digest()[0] % len(equals)].name


def find_owner(name: str, workflow: Workflow) -> Owner | None:
    wanted = name.strip().casefold()
    return next((owner for owner in workflow.owners if owner.name.casefold() == wanted), None)


def _takes(owner: Owner, lead: Lead) -> bool:
    return _fits(owner.services, lead.service) and _fits(owner.locations, lead.location)


def _fits(wanted: tuple[str, ...], value: str) -> bool:
    return not wanted or any(word.casefold() in value.casefold() for word in wanted)


def _precision(owner: Owner) -> int:
    return bool(owner.services) + bool(owner.locations)
