"""A mailbox on loopback: pymap's own server in a thread, with TLS, a login, and folders that are flagged.

    with FakeImap() as server:
        server.deliver(raw, at=now)
        server.deliver(raw, "junk")
        server.renumber("inbox")    # another UIDVALIDITY, as after a move to another server
        server.is_down = True       # drops every line and refuses new ones

Junk and Sent have names of a foreign language; only their flags say what they are.
"""

import asyncio
import ssl
import tempfile
import threading
from argparse import Namespace
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import trustme
from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import DictBackend
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.imap import IMAPServer
from pymap.listtree import ListEntry, ListTree
from pymap.mailbox import MailboxSnapshot
from pymap.parsing.message import AppendMessage
from pysasl.hashing import Cleartext

HOST = "127.0.0.1"
NAMES: Mapping[str, str] = {"inbox": "INBOX", "junk": "Ordner/Unerwünscht", "sent": "Ordner/Gesendet"}
FLAGS: Mapping[str, bytes] = {NAMES["junk"]: b"Junk", NAMES["sent"]: b"Sent"}
T = TypeVar("T")


@dataclass(frozen=True)
class Flagged(ListEntry):
    """pymap knows no special-use flags (RFC 6154)."""

    @property
    def attributes(self) -> Sequence[bytes]:
        flag = FLAGS.get(self.name)
        return [*super().attributes, *([flag] if flag else [])]


class FlaggedTree(ListTree):
    def list_matching(self, ref_name: str, filter_: str) -> list[ListEntry]:
        entries = super().list_matching(ref_name, filter_)
        return [Flagged(entry.name, entry.exists, entry.marked, entry.has_children) for entry in entries]


class Folders(MailboxSet):
    async def list_mailboxes(self) -> ListTree:
        return FlaggedTree(self.delimiter).update("INBOX", *self._set)


class PlainPasswords(Cleartext):
    """pymap's own comparison fails on letters outside ASCII."""

    def verify(self, secret: str, hash: str) -> bool:
        return secret == hash


class Counting(asyncio.StreamReaderProtocol):
    """Remembers what clients said."""

    def __init__(self, server: "FakeImap", *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._server = server

    def data_received(self, data: bytes) -> None:
        self._server.heard.append(data)
        super().data_received(data)


class FakeImap:
    """`heard` are the bytes clients sent, `lines` the open connections. `is_down` may change at any time."""

    def __init__(
        self,
        security: Literal["starttls", "ssl", "none"] = "ssl",
        *,
        user: str = "me@example.com",
        password: str = "secret",
        names: Sequence[str] = (HOST, "localhost"),
        folders: Sequence[str] = ("junk", "sent"),
    ) -> None:
        self.security, self.user, self.password = security, user, password
        self.host, self.port, self.ca_file = HOST, 0, ""
        self.is_down = False
        self.heard: list[bytes] = []
        self._names, self._folders = names, folders
        self._lines: set[asyncio.StreamWriter] = set()

    def deliver(self, raw: bytes, folder: str = "inbox", at: datetime | None = None) -> None:
        """A mail arrives; `at` is aware, and what the server says of when it took it."""
        message = AppendMessage(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), at or datetime.now(UTC))

        async def append() -> None:
            await (await self._folder(folder)).append(message)

        self._run(append())

    def flags(self, folder: str = "inbox") -> list[frozenset[bytes]]:
        """Of each mail, such as \\Seen."""

        async def look() -> list[frozenset[bytes]]:
            box = await self._folder(folder)
            return [frozenset(map(bytes, mail.permanent_flags)) for mail in box._messages.values()]

        return self._run(look())

    def renumber(self, folder: str = "inbox") -> None:
        """The same mails under another UIDVALIDITY, with UIDs that begin anew."""

        async def change() -> None:
            box = await self._folder(folder)
            fresh = MailboxSnapshot.new_uid_validity()
            box._uid_validity = fresh if fresh != box._uid_validity else fresh + 1
            mails = list(box._messages.values())
            box._messages.clear()
            for number, mail in enumerate(mails, 1):
                box._messages[number] = type(mail).copy(mail, uid=number)
            box._max_uid = len(mails)

        self._run(change())

    def empty(self) -> None:
        """All folders as they were at the start."""

        async def clear() -> None:
            self._config.set_cache.clear()
            await self._make_folders()

        self._run(clear())
        self.is_down = False
        self.heard.clear()

    def hang_up(self) -> None:
        self._run(self._drop())

    def __enter__(self) -> Self:
        self._temporary = tempfile.TemporaryDirectory(prefix="fake-imap-")
        self.ca_file = str(Path(self._temporary.name) / "ca.pem")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self._names).configure_cert(self.tls)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-imap", daemon=True)
        self._thread.start()
        self._run(self._listen())
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._temporary.cleanup()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    async def _listen(self) -> None:
        arguments = Namespace(
            host=HOST, port=0, debug=False, cert=None, key=None, tls=self.security == "starttls",
            proxy_protocol=None, passlib_cfg=None, demo_data=False, demo_user=self.user,
            demo_password=self.password,
        )  # fmt: skip
        backend, self._config = await DictBackend.init(
            arguments, ssl_context=self.tls, hash_context=PlainPasswords(), invalid_user_sleep=0.0
        )
        self._config.apply_context()
        self._server = IMAPServer(backend.login, self._config)
        await self._make_folders()
        tls = self.tls if self.security == "ssl" else None
        self._listener = await self._loop.create_server(self._protocol, HOST, 0, ssl=tls)

    def _protocol(self) -> Counting:
        return Counting(self, asyncio.StreamReader(loop=self._loop), self._talk, loop=self._loop)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            if not self.is_down:
                self._config.apply_context()
                await self._server(reader, writer, SocketInfoLocal(writer, unique_id=b"", dnsbl=None))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has gone, or the test is over
        finally:
            self._lines.discard(writer)
            writer.close()

    async def _make_folders(self) -> None:
        folders = Folders()
        for role in self._folders:
            await folders.add_mailbox(NAMES[role])
        self._config.set_cache[self.user] = (folders, FilterSet())

    async def _folder(self, role: str) -> MailboxData:
        folders, _ = self._config.set_cache[self.user]
        return await folders.get_mailbox(NAMES[role])

    async def _drop(self) -> None:
        for writer in list(self._lines):
            writer.transport.abort()

    async def _stop(self) -> None:
        self._listener.close()
        await self._drop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)
