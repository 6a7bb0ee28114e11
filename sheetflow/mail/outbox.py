"""Mail into a folder of .eml files: what sheetflow does until an SMTP account is configured."""

import contextlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.workflow.outcome import Outcome, Result


@dataclass(frozen=True)
class OutboxTransport:
    """A folder, made when the first message is written."""

    folder: Path

    @contextlib.contextmanager
    def session(self) -> Iterator["OutboxTransport"]:
        yield self

    def deliver(self, message: EmailMessage, to: str, file_name: str) -> Outcome:
        """Write one file; it is there whole or not at all. Raises nothing a disk could cause.

        `to` is for the transport that asks a server.
        """
        target = self.folder / f"{_plain(file_name.removesuffix('.eml'))}.eml"
        try:
            write_whole(target, message.as_bytes())
        except OSError as error:
            return Outcome(Result.BLOCKED, self._trouble(error))
        return Outcome(Result.SENT, target.name)

    def verify(self) -> None:
        """Raises ConfigError where no file can be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise ConfigError(self._trouble(error)) from error

    def _trouble(self, error: OSError) -> str:
        return f"can't write mail into the folder {self.folder}: {error.strerror or error}"


def erase(folder: Path, lead_ids: Collection[str], address: str) -> int:
    """Deletes the messages of these leads, and whatever else names the address; how many there were.

    Raises SheetflowError for a file that can't be deleted.
    """
    found = [file for file in sorted(folder.glob("*.eml")) if _is_about(file, lead_ids, address)]
    try:
        for file in found:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise SheetflowError(f"{error.filename} can't be deleted: {error.strerror}; delete it") from error
    return len(found)


def _is_about(file: Path, lead_ids: Collection[str], address: str) -> bool:
    if any(f"-{lead_id}-" in file.name for lead_id in lead_ids):
        return True
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    texts = [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    return address.casefold() in "\n".join([*map(str, message.values()), *texts]).casefold()


def write_whole(target: Path, data: bytes) -> None:
    """A crash, also of the machine, leaves the whole file or none; readable for its owner only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    # From here on the message is there; some file systems refuse to sync a folder.
    with contextlib.suppress(OSError):
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(name: str) -> str:
    """No name leads out of the folder, whatever a lead or a step is called."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)[:200] or "_"
