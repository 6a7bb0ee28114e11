"""The studio's mail: a server on loopback that takes what it sends, and the box its answers come to.

What is sent goes by SMTP to a real server. What comes back is put straight into the box that the job
reads: a server for IMAP would be one more library, for mails that the story itself writes.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sheetflow.web.server import HOST
from sheetflow.workflow.arrived import Arrived, Folder, Reading

USER, PASSWORD = "hello@northlight.example", "demo"


@dataclass(frozen=True)
class Taken:
    """A message that the server has taken; `at` is the machine's own seconds."""

    to: str
    mail: EmailMessage
    at: float


class MailServer:
    """On a free port, with a login; it takes every message. `taken` grows in order."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail server", daemon=True)

    def __enter__(self) -> Self:
        # It warns of a use of its own at every login.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        listening = self._loop.create_server(self._talk, HOST, 0)
        self._listener = self._loop.run_until_complete(listening)
        self.port: int = self._listener.sockets[0].getsockname()[1]
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.taken += [Taken(to, mail, time.monotonic()) for to in envelope.rcpt_tos]
        return "250 2.0.0 OK"

    def _talk(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.northlight.example",
            auth_require_tls=False,
            authenticator=_check,
            loop=self._loop,
        )

    async def _close(self) -> None:
        self._listener.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def _check(_server: Any, _session: Any, _envelope: Any, _way: str, login: LoginPassword) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (USER.encode(), PASSWORD.encode()))


class Box:
    """The mails that came, numbered; `addresses` are those the account writes from."""

    def __init__(self, addresses: frozenset[str]) -> None:
        self.addresses = addresses
        self._mails: list[Arrived] = []

    def deliver(self, raw: bytes, folder: Folder, at: datetime) -> None:
        self._mails.append(Arrived(raw, folder, at))

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        for mail in self._mails[int(cursor or 0) :]:
            take(mail)
        return Reading(str(len(self._mails)))

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        return {}

    def verify(self) -> Sequence[str]:
        return ("INBOX",)
