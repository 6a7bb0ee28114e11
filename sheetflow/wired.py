"""What every command works with, once `wiring` has put it together."""

from dataclasses import dataclass
from pathlib import Path

from sheetflow.jobs.ports import Ports
from sheetflow.mail.letters import Letters
from sheetflow.settings import Settings
from sheetflow.workflow.sequence import Workflow

OUTBOX = Path("var/outbox")


@dataclass(frozen=True)
class Wired:
    settings: Settings
    workflow: Workflow
    ports: Ports
    letters: Letters

    @property
    def outbox(self) -> Path:
        return self.settings.folder / OUTBOX

    @property
    def channels(self) -> tuple[str, ...]:
        """Addresses of all that are told, the owners' own among them."""
        own = (url for one in self.workflow.owners for url in one.notify)
        return tuple(dict.fromkeys((*self.settings.notify_urls, *own)))

    def close(self) -> None:
        self.ports.sheet.close()
        self.ports.ledger.close()
