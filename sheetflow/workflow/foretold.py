"""What an enquiry would get, told before there is one: its priority, its owner, its first answer."""

from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow.answers import choose
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualify import qualify
from sheetflow.workflow.routing import assign
from sheetflow.workflow.sequence import Workflow


@dataclass(frozen=True)
class Foretold:
    """`owner` is empty if nobody is configured; `because` is why: priority, owner, template."""

    priority: str
    owner: str
    template: str
    because: tuple[str, str, str]

    def __str__(self) -> str:
        whose = f" for {self.owner}" if self.owner else ""
        return (
            f"{self.priority}{whose}, answered by {self.template} ({'; '.join(filter(None, self.because))})"
        )


def foretell(lead: Lead, language: str, workflow: Workflow, now: datetime) -> Foretold:
    """As if it arrived at `now` (aware) and it were nobody's turn; `language` is the message's, if known."""
    found = qualify(lead, workflow.rules, language)
    assigned = assign(lead, found, workflow, {}, now)
    chosen = choose(workflow.first.template, lead.id, found, workflow, now)
    said = "; ".join((*found.because, *filter(None, [found.suspicion]))) or "nothing was recognised"
    spoken = f"written in {language}" if language else "its language isn't clear"
    whose = assigned.because or "takes such leads"
    return Foretold(
        found.priority, assigned.owner, chosen.name, (said, whose if assigned.owner else "", spoken)
    )


def samples(workflow: Workflow) -> tuple[tuple[Lead, str], ...]:
    """Three leads to try the rules on, each with the language it is written in."""
    service = next(iter(workflow.rules.services), "your work")
    place = next(iter(workflow.rules.locations), "")
    whole = Lead(
        id="L-2222222222",
        name="Alex Example",
        email="alex@example.com",
        phone="+1 555 0100",
        location=place,
        message=f"I need help with {service} as soon as possible, please call me.",
    )
    bare = Lead(id="L-3333333333", email="sam@example.com", message="Hello, could you please tell me more?")
    foreign = Lead(
        id="L-4444444444",
        name="Kim Beispiel",
        email="kim@example.com",
        message="Guten Tag, ich hätte gerne ein Angebot. Es hat keine Eile, erst nächstes Jahr.",
    )
    return (whole, "en"), (bare, "en"), (foreign, "de")
