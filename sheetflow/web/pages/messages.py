"""`/messages`: every template as it would look for a sample or a chosen lead, on a phone and on a desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from flask import Blueprint, Response, abort, render_template, request

from sheetflow.errors import SheetflowError
from sheetflow.jobs.ports import Clock
from sheetflow.ledger import listing
from sheetflow.ledger.ledger import Ledger
from sheetflow.web.pages.letters import Readable, letter_of
from sheetflow.web.pages.outbox import FRAMING, SEALED
from sheetflow.workflow.answers import choose
from sheetflow.workflow.decide import next_step
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.foretold import samples
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead, looks_like_email
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Step, Workflow

# A template's name, lead, history, step and time to the message.
Preview = Callable[[str, Lead, History, Step, datetime], EmailMessage]

SUGGESTED = 30  # leads to choose from without typing an ID
EARLIER = timedelta(days=2)  # since the first message of a conversation that is made up
NO_LEAD = "No lead has this ID: the sample is shown."
NO_ADDRESS = "This lead has no e-mail address that can be right, so nothing would be sent to it."


@dataclass(frozen=True)
class Sampled:
    """A template to look at, of which step, and for whom."""

    name: str
    step: Step
    case: Case


class MessagePages:
    def __init__(self, ledger: Ledger, preview: Preview, clock: Clock) -> None:
        self._ledger, self._preview, self._clock = ledger, preview, clock

    def blueprint(self) -> Blueprint:
        routes = Blueprint("messages", __name__)
        routes.add_url_rule("/messages", view_func=self.show)
        routes.add_url_rule("/messages/<name>/html", view_func=self.html)
        return routes

    def show(self) -> Response:
        workflow, lead_id = self._ledger.workflow, request.args.get("lead", "").strip()
        steps = templates_by_step(workflow)
        chosen, wrong = self._chosen(request.args.get("template", ""), lead_id)
        letter = self._letter(chosen)
        with self._ledger.reading() as book:
            newest = listing.newest(book, SUGGESTED)
        text = render_template(
            "pages/messages.html",
            steps=[(step, list(names.items())) for step, names in steps.items()],
            chosen=chosen,
            lead_id=lead_id,
            is_sample=bool(wrong) or not lead_id,
            wrong=wrong,
            letter=letter if isinstance(letter, Readable) else None,
            problem=letter if isinstance(letter, str) else "",
            newest=newest,
        )
        return Response(text, headers=FRAMING)

    def html(self, name: str) -> Response:
        chosen, _ = self._chosen(name, request.args.get("lead", "").strip())
        letter = self._letter(chosen)
        if isinstance(letter, str):
            abort(404, letter)
        return Response(letter.html, headers=SEALED)

    def _chosen(self, name: str, lead_id: str) -> tuple[Sampled, str]:
        """What to show, and what is wrong with what was asked for."""
        with self._ledger.reading() as book:
            case = book.case(lead_id) if lead_id else None
        wrong = NO_LEAD if lead_id and case is None else ""
        case = case or Case(samples(self._ledger.workflow)[0][0])
        name = name or self._coming(case)
        for step, names in templates_by_step(self._ledger.workflow).items():
            if name in names:
                return Sampled(name, step, case), wrong
        abort(404, "There is no such template.")

    def _coming(self, case: Case) -> str:
        """The template of what the lead gets next, or would get first."""
        workflow = self._ledger.workflow
        history = fold(case.events, workflow, case.suppressed)
        step = next_step(history, workflow) or workflow.first
        return choose(step.template, case.lead.id, history.qualified, workflow, self._clock()).name

    def _letter(self, chosen: Sampled) -> Readable | str:
        """The message, or why there would be none."""
        lead, now = chosen.case.lead, self._clock()
        if not looks_like_email(lead.email):
            return NO_ADDRESS
        try:
            history = self._history(chosen, now)
            return letter_of(self._preview(chosen.name, lead, history, chosen.step, now))
        except (SheetflowError, ValueError) as error:
            return str(error)

    def _history(self, chosen: Sampled, now: datetime) -> History:
        """A first message begins a conversation; the others go on with one, made up if there is none."""
        workflow, case = self._ledger.workflow, chosen.case
        events = [event for event in case.events if event.kind in (Kind.ASSIGNED, Kind.QUALIFIED)]
        if chosen.step == workflow.first:
            return fold(events, workflow)
        whole = fold(case.events, workflow, case.suppressed)
        if whole.thread:
            return whole
        first = self._preview(workflow.first.template, case.lead, fold(events, workflow), workflow.first, now)
        name, mail = f"sent:{case.lead.id}:{workflow.first.name}:1", str(first["Message-ID"])
        subject = str(first["Subject"])
        sent = Event(now - EARLIER, case.lead.id, Kind.SENT, name, workflow.first.name, subject, mail)
        return fold([*events, sent], workflow)


def templates_by_step(workflow: Workflow) -> Mapping[Step, Mapping[str, str]]:
    """Each step's templates with what tells them apart; of steps with the same template the first."""
    found: dict[Step, dict[str, str]] = {}
    seen = set()
    for step in (*workflow.steps, *workflow.nurture):
        if step.template not in seen:
            seen.add(step.template)
            names = {name for name in workflow.templates if name.partition(".")[0] == step.template}
            found[step] = {name: _tags(name) for name in sorted(names | {step.template})}
    return found


def _tags(name: str) -> str:
    return " ".join(name.split(".")[1:]) or "standard"
