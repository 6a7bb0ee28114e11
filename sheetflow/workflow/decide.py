"""What happens to a lead now: one pure function, every answer with its reason in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sheetflow.workflow import statuses
from sheetflow.workflow.calendar import add_days, add_months, at_wall_clock, next_open, opening_of
from sheetflow.workflow.drafts import waits_until
from sheetflow.workflow.events import TEMPORARY, Kind
from sheetflow.workflow.history import Attempt, History, position
from sheetflow.workflow.lead import Lead, looks_like_email
from sheetflow.workflow.sequence import APART, ATTEMPTS, RETRY_AFTER, Step, Workflow


@dataclass(frozen=True)
class Send:
    step: Step
    attempt: int
    due: datetime
    why: str


@dataclass(frozen=True)
class Wait:
    step: Step
    at: datetime | None  # None: it can't be said when
    why: str


@dataclass(frozen=True)
class Hold:
    """The lead waits for a person. `is_new`: nobody has been told yet; it becomes Needs attention."""

    step: str
    why: str
    is_new: bool = False


@dataclass(frozen=True)
class Stop:
    why: str


FINISHED = "The sequence finished"
SOFT_BOUNCES = 3  # messages that came back before a person is asked
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Decision = Send | Wait | Hold | Stop

ASK = f'Set "{statuses.FOLLOWING_UP}" to take it as sent and go on, or "{statuses.SEND_AGAIN}" to send it.'

_STOPS = {
    statuses.REPLIED: "The lead replied: over to you. Nothing more is sent by itself.",
    statuses.IN_CONVERSATION: "You are in conversation: nothing is sent by itself.",
    statuses.BOOKED: "Booked: nothing more is sent by itself.",
    statuses.WON: "Won: nothing more is sent by itself.",
    statuses.LOST: "Lost: nothing more is sent by itself.",
    statuses.BOUNCED: 'The address can\'t be reached: nothing more is sent. Correct Email and set "New".',
    statuses.UNSUBSCRIBED: "Unsubscribed: nothing more is sent.",
    statuses.DO_NOT_CONTACT: "Do not contact: nothing more is sent to this address.",
    statuses.NOT_A_LEAD: "Not a lead: nothing is sent, and it isn't counted.",
    statuses.TEST: "A test: nothing is sent, and it isn't counted.",
}


def decide(
    lead: Lead, history: History, workflow: Workflow, now: datetime, asleep_since: datetime | None = None
) -> Decision:
    """What to do with a lead at `now` (aware), looking at nothing but the lead itself.

    A step can only be late because nothing ran: `asleep_since` says since when, for the run that ends it.
    """
    if history.is_deleted:
        return Stop("Its row was deleted: nothing is sent.")
    if lead.problem:
        return Hold("", sentence(lead.problem))
    status = statuses.canonical(history.standing, workflow.statuses)
    if status is None:
        return Hold("", _unknown_word(history.standing))
    if status in _STOPS:
        return Stop(_STOPS[status])
    if status == statuses.PAUSED:
        return Hold("", _paused(history))
    if status == statuses.NEEDS_ATTENTION:
        return _held(history)
    if history.suppressed:
        return Stop(f"This address gets no mail ({history.suppressed}): answer by hand, or correct Email.")
    step = next_step(history, workflow)
    if step is None or is_finished(history, workflow):
        return Stop(f"{FINISHED}: nothing more is sent by itself.")
    return _decide_step(lead, history, workflow, step, now, asleep_since)


def is_finished(history: History, workflow: Workflow) -> bool:
    """Whether the sequence came to its end; a step added later doesn't reopen it, a person's word does."""
    return history.has_ended or (bool(history.done) and next_step(history, workflow) is None)


def next_step(history: History, workflow: Workflow) -> Step | None:
    """The step after the last one done, None where the sequence has finished."""
    rest = (*workflow.steps, *workflow.nurture)[position(history.done, workflow) :]
    return rest[0] if rest else None


def due_at(step: Step, history: History, workflow: Workflow) -> datetime:
    """When a step is due by the sequence alone, before windows and what a person typed (aware)."""
    zone = workflow.business.zone
    if not history.done:
        return history.received or _LONG_AGO
    last = max(history.done.values())
    if step in workflow.nurture:
        return add_months(last, 1, zone)
    index = workflow.steps.index(step)
    previous = workflow.steps[index - 1]
    return add_days(history.done.get(previous.name, last), step.day - previous.day, zone)


def _decide_step(
    lead: Lead,
    history: History,
    workflow: Workflow,
    step: Step,
    now: datetime,
    asleep_since: datetime | None,
) -> Decision:
    attempt = history.last_attempt(step.name)
    for last in filter(None, (attempt, *_unanswered(history))):
        if refused := _after_attempt(last, history, workflow):
            return Hold(last.step, refused, is_new=True)
    if history.soft_bounces >= SOFT_BOUNCES:
        return Hold("", _came_back(history), is_new=True)
    if not looks_like_email(lead.email):
        return Hold(step.name, sentence(_no_email(lead)), is_new=True)
    if claims := history.open_claims():
        return Wait(step, None, f"{label(workflow.step(claims[0].step))} is being sent.")
    if not history.done and history.received is None and history.resumed_at is None:
        return Hold(step.name, f"Activity doesn't say when this lead came. {ASK}", is_new=True)
    if read_by := waits_until(history, workflow, now):
        reader, until = history.owner or lead.owner or workflow.business.name, moment(read_by, workflow)
        why = f"{label(step)} waits for {reader} to read its opening; without that it goes out on {until}."
        return Wait(step, read_by, why)
    due, remark = _due(step, history, workflow, attempt, now)
    if now < due:
        return Wait(step, due, f"{label(step)} goes out on {moment(due, workflow)}.{remark}")
    if asleep_since and due >= asleep_since and now - due > workflow.sending.late_after:
        late = some((now - due).days, "day")
        return Hold(step.name, f"{label(step)} is {late} late and was not sent. {ASK}", is_new=True)
    opens = opening(step, now, workflow)
    if opens > now:
        return Wait(step, opens, f"{label(step)} goes out on {moment(opens, workflow)}.{remark}")
    number = attempt.number + 1 if attempt else 1
    return Send(step, number, due, f"{label(step)} goes out now.{remark}")


def _unanswered(history: History) -> list[Attempt]:
    """Messages that may have left, also at steps that were renamed since or aren't next any more."""
    last = (tries[-1] for step, tries in history.attempts.items() if step not in history.done)
    return [attempt for attempt in last if attempt.outcome is Kind.UNKNOWN]


def _after_attempt(attempt: Attempt, history: History, workflow: Workflow) -> str:
    """Why the last attempt forbids another one without a person's word; empty where it doesn't."""
    if _is_granted(attempt, history):
        return ""
    name = label(workflow.step(attempt.step))
    said = sentence(attempt.detail.removeprefix(TEMPORARY))
    if attempt.outcome is Kind.UNKNOWN:
        return f"It isn't known whether {name} left: {said} {ASK}"
    if attempt.outcome is Kind.FAILED and not attempt.is_temporary:
        return f"{name} was refused: {said} {ASK}"
    if attempt.is_temporary and _failures(attempt, history) >= ATTEMPTS:
        return f"{name} failed {_failures(attempt, history)} times, the last time: {said} {ASK}"
    return ""


def _is_granted(attempt: Attempt, history: History) -> bool:
    """Whether a person has asked for one more attempt since this one."""
    return attempt.number <= history.granted.get(attempt.step, 0)


def _failures(attempt: Attempt, history: History) -> int:
    return sum(1 for other in history.attempts[attempt.step] if other.is_temporary)


def _due(
    step: Step, history: History, workflow: Workflow, attempt: Attempt | None, now: datetime
) -> tuple[datetime, str]:
    """When the step is due, and a remark where that isn't what a person typed or the sequence says."""
    typed = _typed_due(history, workflow)
    due = max(filter(None, (typed or due_at(step, history, workflow), history.resumed_at)))
    if step == workflow.first and not typed:
        due = min(due, now)  # at once, also where the clock was set back since the lead came
    elif history.sent and not typed:
        due = max(due, history.sent[-1].at + APART)
    remark = ""
    back = None if typed or step == workflow.first else _day_after_absence(history, workflow)
    if history.away_until and back and back > due:
        due, remark = back, f" The lead is away until {day(history.away_until)}."
    opens = opening(step, due, workflow)
    if typed and history.typed and opens != due:
        remark = f" You typed {_as_typed(history.typed)}: moved into the sending hours."
    if attempt and attempt.is_temporary and attempt.at and not _is_granted(attempt, history):
        tries = _failures(attempt, history)
        again = attempt.at + RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]
        said = sentence(attempt.detail.removeprefix(TEMPORARY))
        return opening(step, max(due, again), workflow), f" Attempt {tries} of {ATTEMPTS} failed: {said}"
    return opens, remark


def _day_after_absence(history: History, workflow: Workflow) -> datetime | None:
    """The opening of the day behind the one the lead is back: the first is for what has piled up."""
    if history.away_until is None or history.away_until >= date.max - timedelta(days=366):
        return None
    return opening_of(history.away_until + timedelta(days=1), workflow.window, workflow.business.zone)


def opening(step: Step, at: datetime, workflow: Workflow) -> datetime:
    return at if step.anytime else next_open(at, workflow.window, workflow.business.zone)


def _typed_due(history: History, workflow: Workflow) -> datetime | None:
    """A typed date-time is meant as it stands, a date alone as its opening; in the past means when typed."""
    if history.typed is None or history.typed_at is None:
        return None
    zone = workflow.business.zone
    if isinstance(history.typed, datetime):
        return max(at_wall_clock(history.typed, zone), history.typed_at)
    return max(opening_of(history.typed, workflow.window, zone), history.typed_at)


def _as_typed(typed: date | datetime) -> str:
    return f"{typed:%a} {day(typed)}" + (f", {typed:%H:%M}" if isinstance(typed, datetime) else "")


def label(step: Step | None) -> str:
    """How a step is called in a sentence: "Follow up"."""
    return step.name.replace("_", " ").capitalize() if step else "A step"


def moment(at: datetime, workflow: Workflow) -> str:
    """A time as an owner reads it: "Tue 24 Nov 2026, 09:00"."""
    local = at.astimezone(workflow.business.zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def some(count: int, noun: str) -> str:
    """ "1 lead", "2 leads"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def sentence(text: str) -> str:
    """Somebody's words on one line with an end, so that another sentence can follow."""
    line = " ".join(text.split()) or "no reason was given"
    return line if line.endswith((".", "!", "?", "…", '."')) else f"{line}."


def day(at: date | datetime) -> str:
    return f"{at.day} {at:%b %Y}"


def _unknown_word(word: str) -> str:
    known = ", ".join((*statuses.STATUSES, statuses.SEND_AGAIN))
    if not word:
        return f"Status is empty: nothing is sent. Use one of: {known}."
    return f'"{word[:60]}" isn\'t a status sheetflow knows: nothing is sent. Use one of: {known}.'


def _came_back(history: History) -> str:
    return (
        f"{history.soft_bounces} messages came back undelivered. Check Email, or call; "
        f'set "{statuses.FOLLOWING_UP}" to go on.'
    )


def _paused(history: History) -> str:
    if history.note and not history.note.startswith("was "):
        return sentence(f"Paused: {history.note}")
    return f'Paused: nothing is sent. Set "{statuses.NEW}" or "{statuses.FOLLOWING_UP}" to go on.'


def _held(history: History) -> Hold:
    if history.held:
        return Hold(history.held.step, sentence(history.held.detail))
    return Hold("", f'Needs attention was set by hand: nothing is sent until it is "{statuses.NEW}" again.')


def _no_email(lead: Lead) -> str:
    call = f" Call {lead.phone}, or" if lead.phone else ""
    fix = f'type an address into Email and set "{statuses.NEW}".'
    if not lead.email:
        return f"No e-mail address.{call or ' To answer by mail,'} {fix}"
    return f"The e-mail address can't be right.{call or ' Correct it:'} {fix}"
