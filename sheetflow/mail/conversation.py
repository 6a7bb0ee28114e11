"""One SMTP conversation, stage by stage, so that each way to lose a message has its own outcome."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sheetflow.mail.answers import (
    ACCEPTED,
    CLOSING,
    PERMANENT,
    TEMPORARY,
    Stage,
    is_about_session,
    read_answer,
    read_loss,
)
from sheetflow.mail.faults import text_of
from sheetflow.workflow.outcome import Outcome

GOODBYE_SECONDS = 3.0
Answer = tuple[int, bytes]


@dataclass(frozen=True)
class Patience:
    """How long to wait for a server, in seconds: for an answer, for the one to the final dot, for all of it.

    RFC 5321 gives a server ten minutes for the last; most need seconds.
    """

    answer: float = 60.0
    taken: float = 300.0
    whole: float = 600.0


@dataclass(frozen=True)
class Attempt:
    """`in_step`: both sides agree where in the conversation they are. `wants_anew`: in a new connection."""

    outcome: Outcome
    in_step: bool
    wants_anew: bool = False


class Connection(Protocol):
    """What is used of the library's connection, `yag.smtp`. All of it raises OSError for a lost line."""

    sock: socket.socket | None
    ehlo_resp: bytes | None
    does_esmtp: bool
    esmtp_features: dict[str, str]

    def ehlo_or_helo_if_needed(self) -> None: ...
    def login(self, user: str, password: str) -> Answer: ...
    def has_extn(self, name: str) -> bool: ...
    def mail(self, sender: str, options: Sequence[str]) -> Answer: ...
    def rcpt(self, recipient: str) -> Answer: ...
    def docmd(self, command: str) -> Answer: ...
    def send(self, data: bytes) -> None: ...
    def getreply(self) -> Answer: ...
    def rset(self) -> Answer: ...
    def quit(self) -> Answer: ...
    def close(self) -> None: ...


def is_alive(smtp: Connection) -> bool:
    """Whether an idle connection still answers; RSET also clears what a refused message left behind."""
    try:
        return smtp.rset()[0] == 250
    except OSError:
        return False


def converse(
    smtp: Connection, sender: str, recipient: str, data: bytes, utf8: bool, patience: Patience
) -> Attempt:
    """One attempt at one message. Raises nothing that a server or a network could cause."""
    options = ("SMTPUTF8", "BODY=8BITMIME") if utf8 else ()
    steps: Sequence[tuple[Stage, Container[int], Callable[[], Answer]]] = (
        (Stage.MAIL, ACCEPTED, lambda: smtp.mail(sender, options)),
        (Stage.RCPT, ACCEPTED, lambda: smtp.rcpt(recipient)),
        # Not smtp.data(): a line lost before the server's 354 raises the same there as one lost after
        # the final dot, but then nothing has left yet.
        (Stage.DATA, (354,), lambda: smtp.docmd("DATA")),
        (Stage.END, (), lambda: send_body(smtp, data, patience)),
    )
    with bounded(smtp, patience.whole):
        for stage, go_on, say in steps:
            try:
                code, text = say()
            except OSError as error:
                return Attempt(read_loss(stage, str(error)), in_step=False)
            if code not in go_on:
                break
    said = text_of(text)
    refused = code in TEMPORARY or code in PERMANENT
    anew = refused and is_about_session(code, said)
    in_step = (refused or stage is Stage.END) and not anew and code != CLOSING
    return Attempt(read_answer(code, said, stage), in_step, anew)


def send_body(smtp: Connection, data: bytes, patience: Patience) -> Answer:
    smtp.send(re.sub(rb"(?m)^\.", b"..", data) + b".\r\n")
    if smtp.sock is None:
        return smtp.getreply()
    smtp.sock.settimeout(patience.taken)
    answer = smtp.getreply()
    smtp.sock.settimeout(patience.answer)
    return answer


@contextlib.contextmanager
def bounded(smtp: Connection, seconds: float) -> Iterator[None]:
    """Ends the connection after so long: a server that says a letter a minute is never silent too long."""
    timer = threading.Timer(seconds, shut_down, [smtp])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def shut_down(smtp: Connection) -> None:
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)


def hang_up(smtp: Connection) -> None:
    """Say goodbye if the server listens; never waits longer than GOODBYE_SECONDS, never raises."""
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(GOODBYE_SECONDS)
        smtp.quit()
    with contextlib.suppress(OSError):
        smtp.close()
