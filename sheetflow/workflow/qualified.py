"""What is made of an enquiry: how much it matters, what is wanted, and why that is thought."""

from dataclasses import dataclass, replace

HOT, NORMAL, LOW = "Hot", "Normal", "Low"
PRIORITIES = (HOT, NORMAL, LOW)

_LINES = (
    "priority",
    "service",
    "urgency",
    "location",
    "language",
    "suspicion",
    "summary",
    "opening",
    "draft",
    "adviser",
)
_BECAUSE = "because"


@dataclass(frozen=True)
class Qualified:
    """`service` and `location` are names out of the business's lists, empty if nobody can tell.

    `language` is the message's (ISO 639-1). `suspicion` is for a person to decide about. `summary` and
    `opening` are an adviser's: a sentence for the owner, and the first words of the answer; a `draft` is an
    opening that no person has read yet. `adviser` says what became of asking it.
    """

    priority: str = ""
    service: str = ""
    urgency: str = ""  # now, soon or later
    location: str = ""
    language: str = ""
    suspicion: str = ""
    summary: str = ""
    opening: str = ""
    draft: str = ""
    adviser: str = ""
    because: tuple[str, ...] = ()

    @property
    def with_draft(self) -> "Qualified":
        """With the draft as opening."""
        return replace(self, opening=self.draft, draft="")

    def detail(self) -> str:
        """The Detail of a `qualified` event: `name: value` a line."""
        said = [(name, getattr(self, name)) for name in _LINES if getattr(self, name)]
        pairs = [*said, *((_BECAUSE, reason) for reason in self.because)]
        return "\n".join(f"{name}: {' '.join(value.split())}" for name, value in pairs)


NOTHING = Qualified()


def read_detail(detail: str) -> Qualified:
    """Lines of another version are left out."""
    pairs = [
        (name, value) for name, colon, value in (line.partition(": ") for line in detail.split("\n")) if colon
    ]
    known = {name: value for name, value in reversed(pairs) if name in _LINES}
    reasons = tuple(value for name, value in pairs if name == _BECAUSE)
    return replace(NOTHING, because=reasons, **known)
