"""What holds back a whole run, whatever a lead's own decision is; and who goes first where not all may."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheetflow.workflow.decide import Decision, Send, Wait, label, moment, opening, sentence
from sheetflow.workflow.sequence import Workflow

DAY = timedelta(hours=24)
CLOCK_TOLERANCE = timedelta(minutes=5)
ON, PAUSED = "ON", "PAUSED"
Place = tuple[bool, bool, datetime, str]  # in the order of a run; the last is the Lead ID
LOGIN_REFUSED = "login"  # how the word about blocked sending begins if it has no end by itself


@dataclass(frozen=True)
class Brakes:
    sending: str = ""  # the word on Control
    blocked: str = ""  # why nothing may leave: the mail server refuses the sender
    follow_ups: str = ""  # why no follow-up may leave: replies can't be read, the clock is behind
    until: datetime | None = None  # when `blocked` ends by itself, if it does

    def at(self, now: datetime) -> "Brakes":
        """What is left of them at a later moment, if nothing else happens."""
        return replace(self, blocked="", until=None) if self.until and now >= self.until else self


def brake(decision: Decision, brakes: Brakes, workflow: Workflow) -> Decision:
    """Send becomes Wait where something holds the run back. First responses don't mind `follow_ups`."""
    if not isinstance(decision, Send):
        return decision
    name = label(decision.step)
    if not is_on(brakes.sending):
        word = brakes.sending.strip()[:40] or "empty"
        return Wait(decision.step, None, f"{name} is due, but Sending on Control is {word}, not ON.")
    if brakes.blocked:
        return Wait(decision.step, brakes.until, f"{name} is due, but {sentence(brakes.blocked)}")
    if brakes.follow_ups and decision.step != workflow.first:
        return Wait(decision.step, None, f"{name} is due, but {sentence(brakes.follow_ups)}")
    return decision


def is_on(word: str) -> bool:
    """Only the word ON sends; case and spaces are ignored."""
    return word.strip().casefold() == ON.casefold()


def blocked_why(line: str, now: datetime, workflow: Workflow) -> str:
    """What Control's "Sending blocked" means now: "login WORDS", or "UNTIL WORDS" with an ISO time."""
    head, _, words = line.partition(" ")
    if head == LOGIN_REFUSED:
        return f"the mail server refuses the login: {words}"
    until = blocked_until(line)
    if until is None or now >= until:
        return ""
    return f"the mail server blocked the sender until {moment(until, workflow)}: {words}"


def blocked_until(line: str) -> datetime | None:
    """When that ends by itself; None if it doesn't."""
    try:
        return datetime.fromisoformat(line.partition(" ")[0])
    except ValueError:
        return None


def clock_is_behind(newest: datetime | None, now: datetime) -> bool:
    """Whether `now` lies so far before the newest event that no follow-up can be dated."""
    return newest is not None and newest - now > CLOCK_TOLERANCE


def room(sent: Iterable[datetime], workflow: Workflow, now: datetime) -> int:
    """How many messages the daily limit allows now."""
    return max(0, workflow.sending.daily_limit - sum(1 for at in sent if now - at < DAY))


def order(
    sends: Iterable[tuple[str, Send]], refused: Container[str], workflow: Workflow
) -> list[tuple[str, Send]]:
    """First responses first, then what has been due longest; by Lead ID if that is the same.

    Leads at which the mail server stopped everything go last: one of them may be why.
    """

    return sorted(sends, key=lambda item: place(item[0], item[1], item[0] in refused, workflow))


def place(lead_id: str, send: Send, is_refused: bool, workflow: Workflow) -> Place:
    return is_refused, send.step != workflow.first, send.due, lead_id


def room_again(sent: Sequence[datetime], workflow: Workflow, now: datetime) -> datetime:
    """When the daily limit has room for one more."""
    limit = workflow.sending.daily_limit
    counted = sorted(at for at in sent if now - at < DAY)
    return counted[max(0, len(counted) - limit)] + DAY if counted and limit else now + DAY


def limited(decision: Send, sent: Sequence[datetime], workflow: Workflow, now: datetime) -> Wait:
    """The answer to a send for which the daily limit leaves no room."""
    at = opening(decision.step, room_again(sent, workflow, now), workflow)
    limit = f"the daily limit of {workflow.sending.daily_limit} messages"
    why = f"{limit} is reached: there is room from {moment(at, workflow)}."
    return Wait(decision.step, at, f"{label(decision.step)} is due, but {why}")
