"""An account on a mail server, for sending or for reading."""

import re
import ssl
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from sheetflow.mail.tls import verified

APP_PASSWORD = (
    " (Gmail wants an app password, https://myaccount.google.com/apppasswords, not the account's own)"
)
MICROSOFT = re.compile(r"(?:.+\.)?(?:office365|outlook|hotmail|live|office)\.com", re.IGNORECASE)
PASSWORDS_END = (
    "Microsoft 365 and Outlook.com take no password for SMTP from the end of December 2026, unless an"
    " administrator allows it: send through another mail server, such as a relay's"
)
NO_PASSWORDS = {
    "SMTP": f"{PASSWORDS_END}. Until then Authenticated SMTP must be switched on for the mailbox",
    "IMAP": (
        "Microsoft 365 and Outlook.com take no password for IMAP any more: use a mailbox elsewhere that gets"
        " the answers too, or set IMAP_HOST=off and the status of a lead that answers yourself"
    ),
}


def is_microsofts(host: str) -> bool:
    return MICROSOFT.fullmatch(host) is not None


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

    def refused_login(self, said: str) -> str:
        """What a refused password means here, with the server's own words."""
        if is_microsofts(self.host):
            return f"{NO_PASSWORDS[self.protocol]} ({self.protocol}_HOST={self.host!r}); it says: {said}"
        hint = APP_PASSWORD if self.host.endswith(("gmail.com", "googlemail.com")) else ""
        name, server = self.protocol, "mail server" if self.protocol == "SMTP" else "server"
        return f"the {server} refuses {name}_USER and {name}_PASSWORD{hint}; it says: {said}"


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
