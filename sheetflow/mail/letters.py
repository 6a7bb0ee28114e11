"""The message of one step for one lead: template, values, thread and addresses put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from sheetflow.errors import TemplateError
from sheetflow.mail.address import Mailbox
from sheetflow.mail.message import Letterhead, Thread, compose, message_id
from sheetflow.mail.printed import first_name, said
from sheetflow.mail.templates import Rendered, Templates
from sheetflow.workflow.answers import HOLIDAY, LANGUAGES, NIGHT, WEEKEND, Chosen, Occasion, occasion
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead, email_key, suppression_hash
from sheetflow.workflow.routing import find_owner
from sheetflow.workflow.sequence import Step, Workflow

_SAID = ("name", "service", "urgency", "location", "source")  # printed within sentences
_AS_IT_IS = ("email", "phone", "message")
SHORT_NAME = 20  # characters: no sentence

FULL = Lead(
    id="L-2222222222",
    name="Alex Example",
    email="alex@example.com",
    phone="+1 555 0100",
    service="Consulting",
    urgency="This week",
    location="Example City",
    message="Can you help me?",
    source="website",
)
SPARSE = Lead(id="L-2222222222", email="alex@example.com")

Link = Callable[[str, str], str]  # Lead ID and hashed address to the unsubscribe link


def no_link(lead_id: str, address: str) -> str:
    """There is no public address: leads opt out by mail."""
    return ""


@dataclass(frozen=True)
class Letters:
    """Composes messages from `sender`, the address that the mail account sends as.

    `read_at` is the address whose mail is read for answers, empty where none is.
    """

    templates: Templates
    workflow: Workflow
    sender: str
    link: Link = no_link
    read_at: str = ""

    def __call__(self, lead: Lead, history: History, step: Step, now: datetime, address: str) -> EmailMessage:
        """Raises TemplateError for what the template gets wrong, SheetflowError for an impossible address."""
        lead = replace(lead, owner=history.owner or lead.owner)
        this = occasion(lead, history.qualified, step.template, self.workflow, now)
        return self._compose(lead, history, step, this, now, address)

    def preview(self, name: str, lead: Lead, history: History, step: Step, now: datetime) -> EmailMessage:
        """As `__call__`, by the template of this name and no other; its link stops nobody.

        One for a night or a holiday is written then.
        """
        lead = replace(lead, owner=history.owner or lead.owner)
        this = occasion(lead, history.qualified, step.template, self.workflow, now)
        tags = name.split(".")[1:]
        language = next((tag for tag in tags if tag in LANGUAGES), self.workflow.business.language)
        closed = next((tag for tag in tags if tag in (NIGHT, WEEKEND, HOLIDAY)), this.closed)
        this = replace(this, chosen=Chosen(name, language), closed=closed)
        return self._compose(lead, history, step, this, now, suppression_hash(lead.email, ""))

    def _compose(
        self, lead: Lead, history: History, step: Step, this: Occasion, now: datetime, address: str
    ) -> EmailMessage:
        business, owner = self.workflow.business, find_owner(lead.owner, self.workflow)
        person = Mailbox(owner.name, owner.email) if owner else Mailbox(business.name, business.email)
        named = f"{owner.name}, {business.name}" if owner else business.sender_name
        return compose(
            self._rendered(lead, step, this),
            message_id=message_id(lead.id, _name(step, history), self.sender.rpartition("@")[2]),
            letterhead=Letterhead(
                Mailbox(named, self.sender),
                (person, *self._reader(person)),
                business.postal_address,
                this.chosen.language,
            ),
            to=Mailbox(said(self._as_printed(lead).name), lead.email.strip()),
            date=now.astimezone(business.zone),
            first_response=step == self.workflow.first,
            thread=_thread(history),
            unsubscribe_url=self.link(lead.id, address) or None,
        )

    def _rendered(self, lead: Lead, step: Step, this: Occasion) -> Rendered:
        return self.templates.render(this.chosen.name, self.values(lead, step, this))

    def draft(self, lead: Lead, history: History, now: datetime) -> str:
        """Subject and text of the first response as it would leave with the draft of its opening."""
        lead = replace(lead, owner=history.owner or lead.owner)
        first, found = self.workflow.first, history.qualified.with_draft
        try:
            words = self._rendered(lead, first, occasion(lead, found, first.template, self.workflow, now))
        except TemplateError:
            return found.opening
        return f"Subject: {words.subject}\n\n{words.text}"

    def values(self, lead: Lead, step: Step, this: Occasion) -> Mapping[str, object]:
        """What a template may use."""
        business, owner = self.workflow.business, find_owner(lead.owner, self.workflow)
        lead = self._as_printed(lead)
        return {
            **{field: said(getattr(lead, field)) for field in _SAID},
            **{field: getattr(lead, field) for field in _AS_IT_IS},
            "service": said(lead.service) or this.found.service,
            "first_name": first_name(lead.name),
            "step": step.name,
            "missing": this.missing,
            "closed": this.closed,
            "back": this.back,
            "opening": "" if lead.is_public or step != self.workflow.first else this.found.opening,
            "business": {
                "name": business.name,
                "email": business.email,
                "postal_address": business.postal_address,
            },
            "sender": {"name": owner.name if owner else business.sender_name},
            "owner": {
                "name": owner.name if owner else business.sender_name,
                "email": owner.email if owner else business.email,
            },
        }

    def _as_printed(self, lead: Lead) -> Lead:
        """Of a lead from a public page a short name and a service of the business's own.

        The rest may be anybody's words for a stranger.
        """
        if not lead.is_public:
            return lead
        name = first_name(lead.name)
        known = {one.casefold(): one for one in self.workflow.services}
        service = known.get(lead.service.strip().casefold(), "")
        said_by_anybody: dict[str, Any] = dict.fromkeys(LEAD_FIELDS, "")
        named = {"name": name if len(name) <= SHORT_NAME else "", "service": service, "email": lead.email}
        return replace(lead, **{**said_by_anybody, **named})

    def _reader(self, person: Mailbox) -> tuple[Mailbox, ...]:
        """Answers go to the mailbox that is read too, else a lead that answers would be followed up."""
        is_same = email_key(person.email) == email_key(self.read_at)
        return (Mailbox("", self.read_at),) if self.read_at and not is_same else ()

    def problems(self) -> list[str]:
        """What is wrong with the templates, tried on a lead that says all and on one that says least."""
        steps = {step.template: step for step in (*self.workflow.steps, *self.workflow.nurture)}
        found: dict[str, None] = {}
        for name in sorted({*steps, *self.workflow.templates}):
            if step := steps.get(name.partition(".")[0]):
                full = self.values(FULL, step, Occasion(Chosen(name, ""), closed=NIGHT, back="today at 9"))
                sparse = self.values(SPARSE, step, Occasion(Chosen(name, ""), missing="phone"))
                found.update(dict.fromkeys(self.templates.problems([name], full, sparse)))
        return list(found)


def _name(step: Step, history: History) -> str:
    """Part of the Message-ID: one for each attempt at a step, another one in a conversation begun anew."""
    return f"{step.name}.{history.conversation}" if history.conversation else step.name


def _thread(history: History) -> Thread | None:
    """The messages that left so far; None before the first."""
    sent = [event for event in history.thread if event.message_id]
    if not sent:
        return None
    subject = sent[0].detail
    return Thread(subject, tuple(event.message_id for event in sent)) if subject else None
