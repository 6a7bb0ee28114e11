"""How far each folder of an account has been read, as Control keeps it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Numbered(Protocol):
    """What a folder says of itself when it is opened."""

    @property
    def name(self) -> str: ...
    @property
    def validity(self) -> int: ...
    @property
    def last(self) -> int: ...


@dataclass(frozen=True)
class Cursor:
    """By folder: its UIDVALIDITY and the last UID that was read."""

    account: str
    folders: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, account: str) -> "Cursor":
        """Of another account, or unreadable, it is empty: all is read again by date."""
        try:
            value = json.loads(text or "{}")
            folders = {str(name): (int(pair[0]), int(pair[1])) for name, pair in value["folders"].items()}
            return cls(account, folders if value["account"] == account else {})
        except (ValueError, LookupError, TypeError, AttributeError):
            return cls(account)

    def to_json(self) -> str:
        return json.dumps({"account": self.account, "folders": self.folders}, ensure_ascii=False)

    def after(self, folder: Numbered) -> int | None:
        """The last UID that was read; None where the folder must be read by date.

        A folder that ends before it was restored from a copy, and its numbers mean other mails.
        """
        validity, last = self.folders.get(folder.name, (0, 0))
        return last if validity == folder.validity and last <= folder.last else None

    def moved(self, folder: Numbered, last: int) -> "Cursor":
        return Cursor(self.account, {**self.folders, folder.name: (folder.validity, last)})
