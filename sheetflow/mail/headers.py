"""Header fields that look on the wire as mail programs expect them, whatever is in their values.

`email.policy` encodes any token of 78 characters and more, which breaks message IDs and links, and
drops the quotes around a long name when it folds one (Python before 3.13). So the few headers with
values from outside fold themselves; the policy takes such objects as they are.
"""

import re
from collections.abc import Iterable
from email.header import Header
from email.policy import SMTP, EmailPolicy
from typing import Self

from sheetflow.errors import SheetflowError
from sheetflow.mail.address import Mailbox, one_line, wire_address

MAIL_POLICY = SMTP.clone(cte_type="7bit")
# For an address with letters outside ASCII before the @ (RFC 6532): headers are UTF-8 as they stand.
UTF8_POLICY = MAIL_POLICY.clone(utf8=True, cte_type="8bit")

LINE = 76
ENCODED_WORD = 75  # the most RFC 2047 allows; a line that holds one has at most 76
NAME_LIMIT = 100
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class Field(str):
    """One header's value for people, with the pieces it is made of on the wire, split only at spaces."""

    name: str
    pieces: tuple[str, ...]

    def __new__(cls, name: str, value: str, pieces: Iterable[str]) -> Self:
        field = super().__new__(cls, value)
        field.name = name
        field.pieces = tuple(pieces)
        return field

    def fold(self, *, policy: EmailPolicy) -> str:
        """The lines of the header, as `email.policy` asks for them."""
        lines = [f"{self.name}:"]
        for piece in self.pieces:
            if len(lines[-1]) + 1 + len(piece) > LINE and lines[-1].strip() != f"{self.name}:":
                lines.append("")
            lines[-1] += f" {piece}"
        return policy.linesep.join(lines) + policy.linesep


def token_field(name: str, tokens: Iterable[str]) -> Field:
    """IDs or links: never encoded, one line may hold a single long one."""
    pieces = tuple(tokens)
    return Field(name, " ".join(pieces), pieces)


def text_field(name: str, text: str) -> Field:
    return Field(name, text, text.split() if is_plain(text) else encoded_words(name, text))


def mailbox_field(name: str, mailboxes: Iterable[Mailbox]) -> Field:
    """Raises SheetflowError for an address that isn't one."""
    shown: list[str] = []
    pieces: list[str] = []
    for mailbox in mailboxes:
        try:
            address = wire_address(mailbox.email)
        except SheetflowError as error:
            raise SheetflowError(f"{name}: {error}") from error
        title = one_line(mailbox.name, NAME_LIMIT)
        if pieces:
            pieces[-1] += ","
        shown.append(f"{quoted(title)} <{address}>" if title else address)
        pieces += [*phrase(name, title), f"<{address}>"] if title else [address]
    return Field(name, ", ".join(shown), pieces)


def phrase(name: str, title: str) -> list[str]:
    return quoted(title).split(" ") if is_plain(title) else encoded_words(name, title)


def quoted(title: str) -> str:
    if ATOMS.fullmatch(title):
        return title
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_plain(text: str) -> bool:
    """ASCII that a reader takes literally and that folds: "=?utf-8?…" typed by a lead isn't."""
    return text.isascii() and "=?" not in text and all(len(word) < LINE for word in text.split())


def encoded_words(name: str, text: str) -> list[str]:
    """As few as can be: Python's parser before 3.13 reads a blank between two of a name."""
    longest = min(ENCODED_WORD, LINE - len(f"{name}: "))
    return Header(text, "utf-8", maxlinelen=longest).encode().split()
