"""What went wrong on the way to a mail server: the one place where exceptions of the library are read.

They are `OSError`s; those of the SMTP library carry `smtp_code` and `smtp_error` where the server
answered, and are known by their type's name where it didn't.
"""

import socket
import ssl
from dataclasses import dataclass
from typing import Protocol

from sheetflow.mail.account import Server
from sheetflow.mail.answers import Stage, read_answer, words
from sheetflow.workflow.outcome import Outcome, Result

HOSTNAME_MISMATCH, IP_MISMATCH, EXPIRED = 62, 64, 10  # OpenSSL's X509_V_ERR_… numbers
USUAL_PAIRS = {
    "SMTP": "port 587 with starttls and 465 with ssl",
    "IMAP": "port 993 with ssl and 143 with starttls",
}


@dataclass(frozen=True)
class Fault:
    """A message that couldn't even be offered: its outcome, and whether the configuration is to blame."""

    outcome: Outcome
    configuration: bool


def read_fault(error: Exception, server: Server, stage: Stage) -> Fault:
    """A fault while connecting (`Stage.CONNECT`) or logging in (`Stage.AUTH`): nothing has been sent."""
    code = getattr(error, "smtp_code", None)
    if code is not None:
        return answered(code, text_of(getattr(error, "smtp_error", b"")), server, stage)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return stop(f"{tls_trouble(error, server)} ({server})")
    if isinstance(error, UnicodeError):
        return stop(not_writable(stage, server))
    if isinstance(error, socket.gaierror):
        # Without a network no name resolves: for a message this may pass, for `check` it is worth a look.
        return later(f"the mail server's name can't be found: {error} ({server})", configuration=True)
    if type(error).__name__ in ("SMTPNotSupportedError", "SMTPException"):
        return stop(f"{not_offered(stage)} ({server})")
    return no_connection(error, server)


def answered(code: int, text: str, server: Server, stage: Stage) -> Fault:
    outcome = read_answer(code, text, stage)
    if outcome.result is not Result.LOGIN:
        return Fault(outcome, configuration=False)
    if stage is not Stage.AUTH:
        return stop(f"the mail server lets nobody in: {outcome.detail} ({server})")
    return stop(server.refused_login(outcome.detail))


def later(sentence: str, configuration: bool = False) -> Fault:
    """May pass by itself; until it does, every message fares the same."""
    return Fault(Outcome(Result.SERVER, words(sentence)), configuration)


def stop(sentence: str) -> Fault:
    """Certain to fail for every message until somebody changes the configuration."""
    return Fault(Outcome(Result.LOGIN, words(sentence, limit=500)), configuration=True)


def not_writable(stage: Stage, server: Server) -> str:
    if stage is Stage.AUTH:
        return "SMTP_USER or SMTP_PASSWORD has a letter outside ASCII; copy it again, without blanks"
    return f"SMTP_HOST isn't the name of a host ({server})"


def tls_trouble(error: ssl.SSLError, server: Server) -> str:
    if not isinstance(error, ssl.SSLCertVerificationError):
        reason = (error.reason or str(error)).replace("_", " ").lower()
        return f"no TLS with the mail server: {reason}; usual pairs are {USUAL_PAIRS[server.protocol]}"
    if error.verify_code in (HOSTNAME_MISMATCH, IP_MISMATCH):
        name = f"{server.protocol}_HOST"
        return f"the mail server's certificate is for another name; {name} must be the name it is issued for"
    if error.verify_code == EXPIRED:
        return "the mail server's certificate has expired, or this machine's clock is wrong"
    return (
        f"the mail server's certificate is from an unknown authority ({error.verify_message});"
        " if it is your own, name its file in SMTP_CA_FILE"
    )


def not_offered(stage: Stage) -> str:
    if stage is Stage.AUTH:
        return "the mail server offers no login by password here; check SMTP_PORT and SMTP_SECURITY"
    return "the mail server offers no STARTTLS, and a password is never sent in clear; try 465 with ssl"


def no_connection(error: Exception, server: Server) -> Fault:
    reason = str(error) or type(error).__name__
    if "timed out" in reason:
        reason = "no answer in time; port 465 answers to ssl only"
    refused = isinstance(error, ConnectionRefusedError)
    return later(f"no connection to the mail server: {reason} ({server})", configuration=refused)


class Greeted(Protocol):
    """What a connection keeps of the server's answer to EHLO."""

    ehlo_resp: bytes | None
    does_esmtp: bool


def refused_hello(smtp: Greeted | None, server: Server) -> Fault | None:
    """A refused EHLO, which the library passes over: it then says that the server lacks an extension.

    It keeps the words but not the code, so the code is taken from how the words begin.
    """
    if smtp is None or smtp.ehlo_resp is None or smtp.does_esmtp:
        return None
    text = text_of(smtp.ehlo_resp)
    code = 550 if text.startswith("5.") else 421
    return answered(code, text, server, Stage.CONNECT)


def text_of(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
