"""E-mail addresses and one-line values on their way into a header: checked, cleaned, never trusted."""

import re
from dataclasses import dataclass

import idna

from sheetflow.errors import SheetflowError

# Controls, line and paragraph separators, unpaired surrogates, and the marks that turn the reading
# direction of all that follows; right-to-left letters themselves need none of these.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*")


@dataclass(frozen=True)
class Mailbox:
    """A name (may be empty) and an address, both as typed."""

    name: str
    email: str


def one_line(text: str, limit: int) -> str:
    """`text` without line breaks and invisible controls, trimmed visibly to `limit` characters."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def many_lines(text: str, limit: int) -> str:
    """The same for a text of several lines, whose line breaks stay."""
    lines = (UNPRINTABLE.sub(" ", line).rstrip() for line in re.split(r"\r\n|[\n\r\u2028\u2029]", text))
    whole = "\n".join(lines).strip()
    return whole if len(whole) <= limit else whole[: limit - 1].rstrip() + "…"


def wire_address(email: str) -> str:
    """The address as servers take it: an international domain in ASCII, the part before @ as typed.

    Raises SheetflowError for what isn't exactly one plain address.
    """
    local, at, domain = email.strip().rpartition("@")
    if not at or len(local.encode()) > 64 or not LOCAL.fullmatch(local):
        raise SheetflowError(unusable(email))
    wired = domain if domain.isascii() else punycode(domain, email)
    if len(wired) > 253 or not DOMAIN.fullmatch(wired):
        raise SheetflowError(unusable(email))
    return f"{local}@{wired}"


def punycode(domain: str, email: str) -> str:
    # The standard library's codec is the older IDNA: it sends straße.de's mail to strasse.de.
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise SheetflowError(unusable(email)) from error


def unusable(email: str) -> str:
    return f"{one_line(email, 80)!r} isn't an address mail can be sent to; correct it"
