"""One SMTP conversation, stage by stage, so that each way to lose a message has its own outcome."""

import contextlib
import re
import socket
from collections.abc import Callable, Container, Sequence
from typing import Protocol

from sheetflow.mail.answers import ACCEPTED, PERMANENT, TEMPORARY, Stage, read_answer, read_loss
from sheetflow.mail.faults import text_of
from sheetflow.workflow.outcome import Outcome

GOODBYE_SECONDS = 3.0
Answer = tuple[int, bytes]


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


def converse(smtp: Connection, sender: str, recipient: str, data: bytes, utf8: bool) -> tuple[Outcome, bool]:
    """One attempt, and whether both sides still agree where in the conversation they are."""
    options = ("SMTPUTF8", "BODY=8BITMIME") if utf8 else ()
    steps: Sequence[tuple[Stage, Container[int], Callable[[], Answer]]] = (
        (Stage.MAIL, ACCEPTED, lambda: smtp.mail(sender, options)),
        (Stage.RCPT, ACCEPTED, lambda: smtp.rcpt(recipient)),
        # Not smtp.data(): a line lost before the server's 354 raises the same there as one lost after
        # the final dot, but then nothing has left yet.
        (Stage.DATA, (354,), lambda: smtp.docmd("DATA")),
        (Stage.END, (), lambda: send_body(smtp, data)),
    )
    for stage, go_on, say in steps:
        try:
            code, text = say()
        except OSError as error:
            return read_loss(stage, str(error)), False
        if code not in go_on:
            break
    refused = code in TEMPORARY or code in PERMANENT
    return read_answer(code, text_of(text), stage), refused or stage is Stage.END


def send_body(smtp: Connection, data: bytes) -> Answer:
    smtp.send(re.sub(rb"(?m)^\.", b"..", data) + b".\r\n")
    return smtp.getreply()


def hang_up(smtp: Connection) -> None:
    """Say goodbye if the server listens; never waits longer than GOODBYE_SECONDS, never raises."""
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(GOODBYE_SECONDS)
        smtp.quit()
    with contextlib.suppress(OSError):
        smtp.close()
