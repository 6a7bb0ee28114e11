"""A mailbox in memory, where a thousand timelines would wait too long for a real server."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from sheetflow.errors import MailboxUnavailable
from sheetflow.workflow.arrived import Arrived, Folder, Reading


class MemoryMailbox:
    """One numbered list of mails; `renumber` makes every cursor useless."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = frozenset(addresses)
        self.is_down = False
        self._mails: list[Arrived] = []
        self._epoch = 1

    def deliver(self, raw: bytes, folder: Folder = "inbox", at: datetime | None = None) -> None:
        self._mails.append(Arrived(raw, folder, at or datetime.now(UTC)))

    def renumber(self) -> None:
        self._epoch += 1

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        self._must_answer()
        epoch, _, read = cursor.partition(":")
        is_known = epoch == str(self._epoch)
        for number, mail in enumerate(self._mails):
            if number >= int(read) if is_known else mail.at.date() >= since:
                take(mail)
        return Reading(f"{self._epoch}:{len(self._mails)}")

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        self._must_answer()
        sent = [mail.raw for mail in self._mails if mail.folder == "sent"]
        return {wanted: raw for wanted in message_ids for raw in sent if wanted.encode() in raw}

    def verify(self) -> Sequence[str]:
        self._must_answer()
        return ("INBOX",)

    def _must_answer(self) -> None:
        if self.is_down:
            raise MailboxUnavailable("it is down.")
