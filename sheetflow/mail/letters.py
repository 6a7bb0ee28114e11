"""The message of one step for one lead: template, values, thread and addresses put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from sheetflow.mail.address import Mailbox
from sheetflow.mail.message import Letterhead, Thread, compose, message_id
from sheetflow.mail.templates import Templates
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.routing import find_owner
from sheetflow.workflow.sequence import Step, Workflow

_LEAD_FIELDS = ("name", "email", "phone", "service", "urgency", "location", "message", "source")

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


@dataclass(frozen=True)
class Letters:
    """Composes messages from `sender`, the address that the mail account sends as."""

    templates: Templates
    workflow: Workflow
    sender: str

    def __call__(self, lead: Lead, history: History, step: Step, now: datetime) -> EmailMessage:
        """Raises TemplateError for what the template gets wrong, SheetflowError for an impossible address."""
        business, owner = self.workflow.business, find_owner(lead.owner, self.workflow)
        answers_to = Mailbox(owner.name, owner.email) if owner else Mailbox(business.name, business.email)
        return compose(
            self.templates.render(step.template, self.values(lead, step)),
            message_id=message_id(lead.id, step.name, self.sender.rpartition("@")[2]),
            letterhead=Letterhead(
                Mailbox(business.sender_name, self.sender), (answers_to,), business.postal_address
            ),
            to=Mailbox(lead.name, lead.email.strip()),
            date=now.astimezone(business.zone),
            first_response=step == self.workflow.first,
            thread=_thread(history),
        )

    def values(self, lead: Lead, step: Step) -> Mapping[str, object]:
        """What a template may use."""
        business, owner = self.workflow.business, find_owner(lead.owner, self.workflow)
        known = {field: getattr(lead, field) for field in _LEAD_FIELDS}
        return {
            **known,
            "first_name": lead.name.split()[0] if lead.name.strip() else "",
            "step": step.name,
            "business": {
                "name": business.name,
                "email": business.email,
                "postal_address": business.postal_address,
            },
            "sender": {"name": business.sender_name},
            "owner": {
                "name": owner.name if owner else business.sender_name,
                "email": owner.email if owner else business.email,
            },
        }

    def problems(self) -> list[str]:
        """What is wrong with the templates, tried on a lead that says all and on one that says least."""
        steps = {step.template: step for step in (*self.workflow.steps, *self.workflow.nurture)}
        found: dict[str, None] = {}
        for template, step in steps.items():
            full, sparse = self.values(FULL, step), self.values(SPARSE, step)
            found.update(dict.fromkeys(self.templates.problems([template], full, sparse)))
        return list(found)


def _thread(history: History) -> Thread | None:
    """The messages that left so far; None before the first."""
    sent = [event for event in history.sent if event.message_id]
    if not sent:
        return None
    subject = sent[0].detail
    return Thread(subject, tuple(event.message_id for event in sent)) if subject else None
