"""The mailbox by IMAP, through imap-tools: read by UID, without leaving a trace in it.

Folders are opened read-only and mails fetched by PEEK, so nothing becomes \\Seen; what the owner has
read already is read here too. The cursor says how far each folder has been read.
"""

import contextlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from imaplib import IMAP4
from typing import get_args
from urllib.parse import quote

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxStarttlsError
from imap_tools.utils import check_command_status

from sheetflow.errors import ConfigError, MailboxUnavailable
from sheetflow.mail.account import Account
from sheetflow.mail.imap_cursor import Cursor
from sheetflow.mail.imap_faults import LIBRARY, LoginRefused, read_fault
from sheetflow.mail.imap_folders import Opened, fetch, find_headers, open_folder, uids_of
from sheetflow.workflow.arrived import Arrived, Folder, Reading

GOODBYE_SECONDS = 3.0
_FLAGS: Mapping[str, Folder] = {"\\junk": "junk", "\\sent": "sent"}


@dataclass(frozen=True)
class ImapMailbox(Account):
    """An account that answers come to. In seconds: `timeout` for each wait, `longest` for a whole reading."""

    protocol = "IMAP"

    addresses: frozenset[str] = frozenset()
    timeout: float = 20.0
    longest: float = 240.0

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        """Folder by folder, oldest first; what `longest` leaves no time for is left to the next reading."""
        known = Cursor.read(cursor, self._account)
        until = time.monotonic() + self.longest
        left = 0
        with self._told(), self._opened() as box:
            for name, role in find_folders(box).items():
                folder = open_folder(box, name)
                known, unread = self._read_folder(box, folder, role, known, since, until, take)
                left += unread
        return Reading(known.to_json(), left=left)

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        if not message_ids:
            return {}
        with self._told(), self._opened() as box:
            sent = next((name for name, role in find_folders(box).items() if role == "sent"), None)
            if sent is None:
                return {}
            open_folder(box, sent)
            found = ((message_id, find_headers(box, message_id)) for message_id in message_ids)
            return {message_id: headers for message_id, headers in found if headers is not None}

    def verify(self) -> Sequence[str]:
        try:
            with self._opened() as box:
                return tuple(find_folders(box))
        except LIBRARY as error:
            fault = read_fault(error, self.server)
            raise (ConfigError if fault.configuration else MailboxUnavailable)(fault.words) from error
        except LoginRefused as error:
            raise ConfigError(read_fault(error, self.server).words) from error

    @property
    def _account(self) -> str:
        return f"{quote(self.user)}@{self.host}:{self.port}"

    def _read_folder(
        self,
        box: BaseMailBox,
        folder: Opened,
        role: Folder,
        known: Cursor,
        since: date,
        until: float,
        take: Callable[[Arrived], None],
    ) -> tuple[Cursor, int]:
        """The cursor behind what was read, and how many mails weren't."""
        waiting = uids_of(box, folder, known.after(folder), since)
        for arrived, done in fetch(box, waiting, role):
            for mail in arrived:
                take(mail)
            if time.monotonic() > until and len(done) < len(waiting):
                return known.moved(folder, done[-1]), len(waiting) - len(done)
        return known.moved(folder, max(folder.last, *waiting, 0)), 0

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong, as the jobs know it."""
        try:
            yield
        except (*LIBRARY, LoginRefused) as error:
            raise MailboxUnavailable(read_fault(error, self.server).words) from error
        except ConfigError as error:
            raise MailboxUnavailable(str(error)) from error

    @contextlib.contextmanager
    def _opened(self) -> Iterator[BaseMailBox]:
        box = self._connect()
        try:
            log_in(box, self.user, self.password)
            introduce(box)
            yield box
        finally:
            hang_up(box)

    def _connect(self) -> BaseMailBox:
        if self.security == "ssl":
            return MailBox(self.host, self.port, timeout=self.timeout, ssl_context=self.tls)
        if self.security == "starttls":
            return StartTls(self.host, self.port, timeout=self.timeout, ssl_context=self.tls)
        return MailBoxUnencrypted(self.host, self.port, timeout=self.timeout)


class StartTls(MailBoxStartTls):
    """The library's own leaves the connection open where TLS fails, and refuses port 993."""

    def _get_mailbox_client(self) -> IMAP4:
        client = IMAP4(self._host, self._port, timeout=self._timeout)
        try:
            if "STARTTLS" not in client.capabilities:
                raise IMAP4.error("STARTTLS isn't offered")
            check_command_status(client.starttls(self._ssl_context), MailboxStarttlsError)
        except Exception:
            with contextlib.suppress(OSError):
                client.shutdown()
            raise
        return client


def log_in(box: BaseMailBox, user: str, password: str) -> None:
    plain = user.isascii() and password.isascii()
    try:
        (box.login if plain else box.login_utf8)(user, password, initial_folder=None)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise LoginRefused(str(error)) from error


def introduce(box: BaseMailBox) -> None:
    """RFC 2971: some servers, Gmail among them, want to know who calls."""
    if "ID" in box.client.capabilities:
        with contextlib.suppress(IMAP4.error):
            box.client.xatom("ID", '("name" "sheetflow")')


def find_folders(box: BaseMailBox) -> dict[str, Folder]:
    """INBOX, and what the server flags as \\Junk and \\Sent, whatever their names are."""
    found: dict[str, Folder] = {"INBOX": "inbox"}
    for folder in box.folder.list():
        flags = {flag.lower() for flag in folder.flags}
        role = next((_FLAGS[flag] for flag in flags if flag in _FLAGS), None)
        if role and not flags & {"\\noselect", "\\nonexistent"}:
            found.setdefault(folder.name, role)
    return dict(sorted(found.items(), key=lambda item: get_args(Folder).index(item[1])))


def hang_up(box: BaseMailBox) -> None:
    """Says goodbye if the server listens; never waits longer than GOODBYE_SECONDS, never raises."""
    with contextlib.suppress(*LIBRARY):
        box.client.sock.settimeout(GOODBYE_SECONDS)
        box.client.logout()
    with contextlib.suppress(OSError):
        box.client.shutdown()
