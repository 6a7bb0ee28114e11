"""An account on a mail server, for sending or for reading."""

import ssl
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from sheetflow.mail.tls import verified

APP_PASSWORD = (
    " (Gmail wants an app password, https://myaccount.google.com/apppasswords, not the account's own)"
)


@dataclass(frozen=True)
class Server:
    """Where a connection was to go, in the words of the configuration."""

    protocol: str  # SMTP or IMAP, as the names of its variables begin
    host: str
    port: int
    security: str

    def __str__(self) -> str:
        name = self.protocol
        return f"{name}_HOST={self.host!r}, {name}_PORT={self.port}, {name}_SECURITY={self.security}"

    @property
    def hint(self) -> str:
        """What to know about a refused password; empty where nothing is special."""
        return APP_PASSWORD if self.host.endswith(("gmail.com", "googlemail.com")) else ""


@dataclass(frozen=True)
class Account:
    """`ca_file` adds an authority to those that the machine trusts."""

    user: str
    password: str = field(repr=False)
    host: str
    port: int
    security: Literal["starttls", "ssl", "none"]
    ca_file: str | None = None

    protocol: ClassVar[str]

    @property
    def server(self) -> Server:
        return Server(self.protocol, self.host, self.port, self.security)

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """Raises ConfigError for an unusable `ca_file`."""
        return verified(self.ca_file)
