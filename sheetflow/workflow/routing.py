"""Who a lead belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow.calendar import is_open
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualified import NOTHING, Qualified
from sheetflow.workflow.qualify import with_names
from sheetflow.workflow.sequence import Owner, Window, Workflow
from sheetflow.workflow.wordlist import find, fold

Turns = Mapping[str, int]  # by folded name of an owner: a number, the higher the later they got a lead


@dataclass(frozen=True)
class Assigned:
    """The name of the owner, empty if nobody is configured, and why it is this one."""

    owner: str
    because: str


def assign(lead: Lead, found: Qualified, workflow: Workflow, turns: Turns, now: datetime) -> Assigned:
    """The owner for a lead without one, at `now` (aware).

    Of those who take such leads the most special ones, and of them who has waited longest. Somebody who is
    away gets none; outside their own hours only if all who fit are. What fits nobody is the first owner's.
    """
    owners, day = workflow.owners, workflow.local(now).date()
    present = [owner for owner in owners if not owner.is_away(day)]
    fitting = _most_special([owner for owner in present if takes(owner, lead, found)])
    working = [owner for owner in fitting if is_at_work(owner, workflow, now)]
    if chosen := _longest_waiting(working or fitting, turns):
        return Assigned(chosen.name, "" if working else "all who take such leads are outside their hours")
    if not owners:
        return Assigned("", "")
    default = (present or owners)[0]
    return Assigned(default.name, "nobody who is there takes such leads" if present else "everybody is away")


def next_in_line(
    told: Sequence[str], lead: Lead, found: Qualified, workflow: Workflow, turns: Turns, now: datetime
) -> Owner | None:
    """Who is told next of a lead that those `told` have left waiting; None if nobody is left who fits."""
    folded, day = {name.casefold() for name in told}, workflow.local(now).date()
    left = [
        owner
        for owner in workflow.owners
        if owner.name.casefold() not in folded and not owner.is_away(day) and takes(owner, lead, found)
    ]
    return _longest_waiting([owner for owner in left if is_at_work(owner, workflow, now)], turns)


def find_owner(name: str, workflow: Workflow) -> Owner | None:
    wanted = name.strip().casefold()
    return next((owner for owner in workflow.owners if owner.name.casefold() == wanted), None)


def unlisted(workflow: Workflow) -> list[str]:
    """What owners take and the business's lists don't have, a sentence each."""
    rules = workflow.rules
    return [
        f"{owner.name} takes “{word}”, which {where} doesn't have: only leads that write it so are found"
        for owner in workflow.owners
        for words, lists, where in (
            (owner.services, rules.services, "[qualify.services]"),
            (owner.locations, rules.locations, "[qualify.locations]"),
        )
        for word in words
        if lists and not _fits((word,), *lists) and not find(fold(word), with_names(lists))
    ]


def takes(owner: Owner, lead: Lead, found: Qualified = NOTHING) -> bool:
    return (
        _fits(owner.services, lead.service, found.service)
        and _fits(owner.locations, lead.location, found.location)
        and _fits(owner.sources, lead.source)
        and (not owner.languages or found.language in owner.languages)
    )


def is_at_work(owner: Owner, workflow: Workflow, now: datetime) -> bool:
    window, zone = workflow.window, workflow.business.zone
    shifts = (
        Window(shift.days or window.days, shift.opens, shift.closes, window.holidays) for shift in owner.hours
    )
    return not owner.hours or any(is_open(now, shift, zone) for shift in shifts)


def _fits(wanted: tuple[str, ...], *values: str) -> bool:
    return not wanted or any(find(fold(value), {"": wanted}) for value in values)


def _most_special(owners: Sequence[Owner]) -> list[Owner]:
    most = max(map(_precision, owners), default=0)
    return [owner for owner in owners if _precision(owner) == most]


def _precision(owner: Owner) -> int:
    return sum(map(bool, (owner.services, owner.locations, owner.sources, owner.languages)))


def _longest_waiting(owners: Iterable[Owner], turns: Turns) -> Owner | None:
    """Whoever never got a lead comes first; equals in the order of the configuration."""
    return min(owners, key=lambda owner: turns.get(owner.name.casefold(), 0), default=None)
