"""Why a mailbox can't be read, in words for the person who can mend it."""

import socket
import ssl
from dataclasses import dataclass
from imaplib import IMAP4

from imap_tools.errors import ImapToolsError, MailboxLoginError, UnexpectedCommandStatusError

from sheetflow.mail.account import Server
from sheetflow.mail.answers import words
from sheetflow.mail.faults import tls_trouble

# All that the library lets out for what a server or a network does.
LIBRARY = (OSError, IMAP4.error, ImapToolsError, UnicodeError)


@dataclass(frozen=True)
class Fault:
    words: str
    configuration: bool  # somebody must change it; else it may pass by itself


class LoginRefused(Exception):
    """The server's answer to user and password."""


def read_fault(error: Exception, server: Server) -> Fault:
    said = _said(error)
    if isinstance(error, MailboxLoginError | LoginRefused):
        return _wrong(server.refused_login(said))
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return _wrong(f"{tls_trouble(error, server)} ({server})")
    if isinstance(error, UnicodeError):
        return _wrong(f"IMAP_HOST isn't the name of a host ({server})")
    if isinstance(error, socket.gaierror):
        return _wrong(f"the server's name can't be found: {error} ({server})")
    if isinstance(error, ConnectionRefusedError):
        return _wrong(f"nothing answers there: {said} ({server})")
    if isinstance(error, IMAP4.error) and "STARTTLS" in said:
        return _wrong(f"the server offers no STARTTLS; try IMAP_PORT=993 with IMAP_SECURITY=ssl ({server})")
    if isinstance(error, TimeoutError):
        return Fault(f"no answer in time ({server})", configuration=False)
    return Fault(words(f"the mailbox's server: {said} ({server})", limit=500), configuration=False)


def _wrong(sentence: str) -> Fault:
    return Fault(words(sentence, limit=500), configuration=True)


def _said(error: Exception) -> str:
    """The server's own words where it answered."""
    if not isinstance(error, UnexpectedCommandStatusError):
        return words(str(error) or type(error).__name__)
    data = error.command_result[1]
    texts = [piece.decode("utf-8", "replace") for piece in data or () if isinstance(piece, bytes)]
    return words(" ".join(texts) or str(error.command_result[0]))
