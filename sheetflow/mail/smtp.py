"""Mail by SMTP, through yagmail: one login a batch, one attempt a message, every stage told apart.

yagmail's own `send()` logs in for each message and sends again by itself when the line drops, so
only its connection is used here; the conversation is held stage by stage on `yag.smtp`.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import yagmail

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.mail.account import Account
from sheetflow.mail.address import wire_address
from sheetflow.mail.answers import Stage, words
from sheetflow.mail.conversation import Attempt, Connection, Patience, bounded, converse, hang_up, is_alive
from sheetflow.mail.faults import Fault, read_fault, refused_hello, stop
from sheetflow.workflow.outcome import Outcome, Result

MESSAGES_A_CONNECTION = 50
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class SmtpTransport(Account):
    """An account that messages leave by.

    Raises ConfigError where the password would travel in clear.
    """

    protocol = "SMTP"

    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ConfigError(f"SMTP_SECURITY='none': for {', '.join(LOOPBACK)} only, not {self.host!r}")

    @contextlib.contextmanager
    def session(self) -> Iterator["SmtpSession"]:
        """One batch: connects at the first message, says goodbye at the end."""
        session = SmtpSession(self)
        try:
            yield session
        finally:
            session.close()

    def verify(self) -> None:
        """Log in and out again. Raises ConfigError for what the configuration must mend.

        Raises SheetflowError for what may pass by itself.
        """
        connection = connect(self)
        if not isinstance(connection, Fault):
            return hang_up(connection)
        raise (ConfigError if connection.configuration else SheetflowError)(connection.outcome.detail)


class SmtpSession:
    """The messages of one batch over as few connections as the server bears. Not for two threads at once."""

    def __init__(self, transport: SmtpTransport) -> None:
        self._transport = transport
        self._smtp: Connection | None = None
        self._used = 0  # messages tried on this connection
        self._stopped: Outcome | None = None

    def deliver(self, message: EmailMessage, to: str, file_name: str) -> Outcome:
        """One attempt at one message. Raises nothing a server or a network could cause.

        `file_name` is for the transport that writes files.
        """
        try:
            recipient = wire_address(to)
        except SheetflowError as error:
            return Outcome(Result.FAILED, words(str(error)))
        attempt = self._attempt(message, recipient)
        if attempt.wants_anew:
            attempt = self._attempt(message, recipient)
        return attempt.outcome

    def close(self) -> None:
        if self._smtp is not None:
            hang_up(self._smtp)
        self._smtp, self._used = None, 0

    def _attempt(self, message: EmailMessage, recipient: str) -> Attempt:
        connection = self._stopped or self._connected()
        if isinstance(connection, Outcome):
            return Attempt(connection, in_step=False)
        attempt = self._hand_over(connection, message, recipient)
        if not attempt.in_step:
            self.close()
        return attempt

    def _connected(self) -> Connection | Outcome:
        """A connection that answers now. One that went while idle is replaced: nothing was sent on it."""
        if self._smtp is not None and self._used < MESSAGES_A_CONNECTION and is_alive(self._smtp):
            return self._smtp
        self.close()
        connection = connect(self._transport)
        if not isinstance(connection, Fault):
            self._smtp = connection
            return connection
        # Refused logins, one a message, would soon lock the account.
        if connection.outcome.result in (Result.LOGIN, Result.BLOCKED):
            self._stopped = connection.outcome
        return connection.outcome

    def _hand_over(self, smtp: Connection, message: EmailMessage, recipient: str) -> Attempt:
        self._used += 1
        sender = parseaddr(str(message["From"]))[1]
        # Bodies are encoded: only headers with an address like jörg@ aren't ASCII.
        data = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
        utf8 = not (recipient.isascii() and data.isascii())
        if utf8 and not smtp.has_extn("smtputf8"):
            why = "the mail server takes no address with such letters before the @"
            return Attempt(Outcome(Result.FAILED, why), in_step=True)
        return converse(smtp, sender, recipient, data, utf8, self._transport.patience)


def connect(transport: SmtpTransport) -> Connection | Fault:
    """An open, logged-in connection, or why there is none."""
    try:
        client = new_client(transport)
    except ConfigError as error:
        return stop(str(error))
    stage = Stage.CONNECT
    try:
        client.login()  # connects only, see new_client
        stage = Stage.AUTH
        with bounded(client.smtp, transport.patience.whole):
            log_in(client.smtp, transport)
    except (OSError, UnicodeError) as error:
        fault = refused_hello(client.smtp, transport.server) or read_fault(error, transport.server, stage)
        if client.smtp is not None:
            hang_up(client.smtp)
        return fault
    finally:
        client.is_closed = True  # else the client ends the connection when it is collected
    connection: Connection = client.smtp
    return connection


def new_client(transport: SmtpTransport) -> yagmail.SMTP:
    security: dict[str, Any] = {"smtp_ssl": transport.security == "ssl", "smtp_starttls": False}
    if transport.security == "ssl":
        security["context"] = transport.tls
    elif transport.security == "starttls":
        security["smtp_starttls"] = {"context": transport.tls}
    return yagmail.SMTP(
        # As a dictionary, because yagmail makes `apikey` in a plain string `apikey@gmail.com`.
        user={transport.user: transport.user},
        password=transport.password,
        host=transport.host,
        port=transport.port,
        timeout=transport.patience.answer,
        # What to say in EHLO, as Thunderbird does; the library would ask name servers, unbounded in time.
        local_hostname="[127.0.0.1]",
        soft_email_validation=False,
        smtp_skip_login=True,
        **security,
    )


def log_in(smtp: Connection, transport: SmtpTransport) -> None:
    """By one way only, else the library tries three, and the answer to the last hides the first.

    A server that says 535 and hangs up would look like a line lost by chance.
    """
    smtp.ehlo_or_helo_if_needed()
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    ways = [way for way in ("PLAIN", "LOGIN", "CRAM-MD5") if way in offered]
    smtp.esmtp_features["auth"] = ways[0] if ways else ""
    smtp.login(transport.user, transport.password)
