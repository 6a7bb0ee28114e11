"""A mail server on loopback that takes mail like a real one, and misbehaves when told to.

    with FakeSmtp() as server:
        server.answers = says(rcpt="550 5.1.1 No such user")
        ...
        server.messages[0].data

`answers(stage, words)` is asked at every stage and may change at any time: None goes on as a real
server would, a text is said instead, `LOSE` drops the line without a word, `Slow(seconds)` waits
first. Stages in their order: connect ehlo starttls auth mail rcpt data body end, and rset noop quit.
`words` is what follows the command, such as `TO:<ada@example.com>`; at body and end, the recipients.

LOSE at "data" comes before the server's 354; at "body" in the middle of the message, which isn't
stored; at "end" after the final dot, when it is. A text at "end" refuses the message unless it
begins with 2. At "body" only LOSE means anything.
"""

import asyncio
import logging
import ssl
import tempfile
import threading
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# aiosmtpd warns of a use of its own at every login.
logging.getLogger("mail.log").addHandler(logging.NullHandler())

HOST = "127.0.0.1"


class Lose(Enum):
    LINE = "lose the line"


LOSE = Lose.LINE


@dataclass(frozen=True)
class Slow:
    """Wait, then answer `then`, or as a real server would."""

    seconds: float
    then: str | Lose | None = None


Answer = str | Lose | Slow | None
Answers = Callable[[str, str], Answer]
T = TypeVar("T")


@dataclass(frozen=True)
class Captured:
    """One message taken: its envelope, its bytes as sent, and when (UTC)."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    data: bytes
    at: datetime


def says(**answers: Answer) -> Answers:
    """The same answer at these stages each time."""
    return lambda stage, _words: answers.get(stage)


def once(stage: str, answer: Answer) -> Answers:
    """This answer the first time `stage` is reached."""
    left = [answer]
    return lambda reached, _words: left.pop() if left and reached == stage else None


class FakeSmtp:
    """STARTTLS, TLS or neither on a free port; AUTH is required. Reached from other processes too.

    `names` are what its certificate is for; `ca_file` is the authority that signed it.
    """

    def __init__(
        self,
        security: Literal["starttls", "ssl", "none"] = "starttls",
        *,
        user: str = "me@example.com",
        password: str = "secret",
        answers: Answers | None = None,
        names: Sequence[str] = (HOST, "localhost"),
        smtputf8: bool = True,
    ) -> None:
        self.security, self.user, self.password = security, user, password
        self.answers, self.smtputf8 = answers or says(), smtputf8
        self.host, self.port, self.ca_file = HOST, 0, ""
        self.messages: list[Captured] = []
        self.arrives: Callable[[Captured], None] = lambda _: None  # with each message, before it is answered
        self.stages: list[str] = []  # every stage reached, in order, over all connections
        self._names = names
        self._talks: set[Conversation] = set()

    def count(self, stage: str) -> int:
        """How often `stage` was reached: connections, logins, …"""
        return self.stages.count(stage)

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="fake-smtp-")
        self.ca_file = str(Path(self._folder.name) / "ca.pem")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self._names).configure_cert(self.tls)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-smtp", daemon=True)
        self._thread.start()
        self._listener = self._run(self._listen())
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def hang_up(self) -> None:
        """Drop all open lines, as a server does with idle ones."""

        async def drop() -> None:
            for talk in list(self._talks):
                talk.drop()

        self._run(drop())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    async def _listen(self) -> asyncio.Server:
        tls = self.tls if self.security == "ssl" else None
        return await self._loop.create_server(lambda: Conversation(self), HOST, 0, ssl=tls)

    async def _stop(self) -> None:
        self._listener.close()
        for talk in list(self._talks):
            talk.drop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # lets the closed transports say so


class AfterTheDot:
    """The library calls this with each whole message."""

    async def handle_DATA(self, talk: "Conversation", _session: Session, _envelope: Envelope) -> str:
        return await talk.finish()


class Conversation(SMTP):
    """One connection; each command asks the script first."""

    def __init__(self, server: FakeSmtp) -> None:
        offers_tls = server.security == "starttls"
        super().__init__(
            AfterTheDot(),
            hostname="fake.example",
            ident="ESMTP",
            enable_SMTPUTF8=server.smtputf8,
            tls_context=server.tls if offers_tls else None,
            require_starttls=offers_tls,
            # The library doesn't count TLS from the first byte on as TLS.
            auth_require_tls=offers_tls,
            authenticator=self.check_login,
            loop=server._loop,
        )
        self._auth_required = True  # as an argument it warns where there is no STARTTLS
        self._server = server
        self._greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._server._talks.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._server._talks.discard(self)
        super().connection_lost(error)

    def drop(self) -> None:
        # Under STARTTLS the line is the inner transport; the outer would first say goodbye in TLS.
        for transport in (self._original_transport, self.transport):
            if isinstance(transport, asyncio.WriteTransport) and not transport.is_closing():
                transport.abort()

    def asked(self, stage: str, words: str = "") -> Answer:
        self._server.stages.append(stage)
        return self._server.answers(stage, words)

    async def done(self, answer: Answer) -> str | None:
        """What to say instead of the usual. Never returns once the line is lost."""
        if isinstance(answer, Slow):
            await asyncio.sleep(answer.seconds)
            answer = answer.then
        if isinstance(answer, Lose):
            await self.lose()
            return None
        return answer.replace("\n", "\r\n") if answer else None

    async def lose(self) -> None:
        self.drop()
        await asyncio.Event().wait()  # until the lost connection cancels this task

    async def push(self, status: Any) -> None:
        if not self._greeted:
            self._greeted = True
            status = await self.done(self.asked("connect")) or status
        await super().push(status)

    async def or_usual(self, stage: str, usual: Callable[[str], Coroutine[Any, Any, None]], arg: str) -> None:
        said = await self.done(self.asked(stage, arg or ""))
        if said is None:
            await usual(arg)
        else:
            await self.push(said)

    async def smtp_EHLO(self, arg: str) -> None:
        await self.or_usual("ehlo", super().smtp_EHLO, arg)

    async def smtp_STARTTLS(self, arg: str) -> None:
        await self.or_usual("starttls", super().smtp_STARTTLS, arg)

    async def smtp_AUTH(self, arg: str) -> None:
        await self.or_usual("auth", super().smtp_AUTH, arg)

    async def smtp_MAIL(self, arg: str) -> None:
        await self.or_usual("mail", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:
        await self.or_usual("rcpt", super().smtp_RCPT, arg)

    async def smtp_RSET(self, arg: str) -> None:
        await self.or_usual("rset", super().smtp_RSET, arg)

    async def smtp_NOOP(self, arg: str) -> None:
        await self.or_usual("noop", super().smtp_NOOP, arg)

    async def smtp_QUIT(self, arg: str) -> None:
        await self.or_usual("quit", super().smtp_QUIT, arg)

    async def smtp_DATA(self, arg: str) -> None:
        await self.or_usual("data", self._body, arg)

    async def _body(self, arg: str) -> None:
        if isinstance(self.asked("body", self._recipients()), Lose) and self._recipients():
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            await self.lose()
        await super().smtp_DATA(arg)

    async def finish(self) -> str:
        """The message is whole: keep it unless it is refused, then answer."""
        answer = self.asked("end", self._recipients())
        said = answer.then if isinstance(answer, Slow) else answer
        if not isinstance(said, str) or said.startswith("2"):
            self._keep()
        return await self.done(answer) or "250 2.0.0 OK"

    def _recipients(self) -> str:
        return " ".join(self.envelope.rcpt_tos) if self.envelope else ""

    def _keep(self) -> None:
        assert self.envelope is not None
        content, recipients = self.envelope.original_content or b"", tuple(self.envelope.rcpt_tos)
        sender = self.envelope.mail_from or ""
        captured = Captured(sender, recipients, content, datetime.now(UTC))
        self._server.messages.append(captured)
        self._server.arrives(captured)

    def check_login(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
    ) -> AuthResult:
        wanted = (self._server.user.encode(), self._server.password.encode())
        return AuthResult(success=(login.login, login.password) == wanted, handled=False)
