"""One open folder: which mails are waiting in it, and their bytes, a few at a time."""

import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.parser import BytesHeaderParser
from imaplib import IMAP4

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxFetchError, MailboxUidsError
from imap_tools.utils import check_command_status

from sheetflow.workflow.arrived import Arrived, Folder

AT_ONCE = 50  # mails a request
LARGEST = 512 * 1024  # bytes that are fetched of one mail: its beginning says what it is
LARGEST_HEADERS = 64 * 1024
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_UID = re.compile(rb"\bUID (\d+)")
_AT = re.compile(
    rb'INTERNALDATE "([ \d]\d)-(%s)-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})"' % "|".join(MONTHS).encode(),
    re.IGNORECASE,
)
_NUMBER = re.compile(rb"^\d+ ")


@dataclass(frozen=True)
class Opened:
    name: str
    validity: int
    last: int  # the highest UID there can be


def open_folder(box: BaseMailBox, name: str) -> Opened:
    box.folder.set(name, readonly=True)
    validity, following = (_said_number(box, word) for word in ("UIDVALIDITY", "UIDNEXT"))
    return Opened(name, validity, following - 1)


def uids_of(box: BaseMailBox, folder: Opened, after: int | None, since: date) -> list[int]:
    """Those behind `after`, or where that is None of mails since a date; in order."""
    if after == folder.last:
        return []
    wanted = f"UID {after + 1}:*" if after is not None else f"SINCE {_imap_date(since)}"
    found = sorted({int(uid) for uid in _search(box, wanted)})
    # "8:*" names the last mail even where it is number 5.
    return [uid for uid in found if after is None or uid > after]


def fetch(
    box: BaseMailBox, uids: Sequence[int], role: Folder
) -> Iterator[tuple[list[Arrived], Sequence[int]]]:
    """A few mails at a time, and the UIDs that are done with them; what has been deleted is left out."""
    headers = f"BODY.PEEK[HEADER]<0.{LARGEST_HEADERS}>"
    what = headers if role == "sent" else f"BODY.PEEK[]<0.{LARGEST}>"
    for start in range(0, len(uids), AT_ONCE):
        chunk = uids[start : start + AT_ONCE]
        wanted = set(chunk)
        answer = _fetch(box, ",".join(map(str, chunk)), f"(UID INTERNALDATE {what})")
        mails = [Arrived(raw, role, at) for uid, at, raw in _mails(answer) if uid in wanted]
        yield mails, uids[: start + AT_ONCE]


def find_headers(box: BaseMailBox, message_id: str) -> bytes | None:
    """The headers of the mail with this Message-ID; servers may search by parts of it, so it is compared."""
    plain = message_id.replace('"', "").replace("\\", "")
    for uid in _search(box, f'HEADER Message-ID "{plain}"'):
        answer = _fetch(box, uid, f"(UID INTERNALDATE BODY.PEEK[HEADER]<0.{LARGEST_HEADERS}>)")
        for _, _, raw in _mails(answer):
            if _message_id(raw) == message_id:
                return raw
    return None


def _message_id(headers: bytes) -> str:
    parsed = BytesHeaderParser(policy=email.policy.compat32).parsebytes(headers)
    return str(parsed.get("Message-ID", "")).strip()


def _said_number(box: BaseMailBox, word: str) -> int:
    """What the server said when the folder was opened."""
    values = box.client.response(word)[1]
    if not values or not isinstance(values[0], bytes) or not values[0].isdigit():
        raise IMAP4.error(f"it doesn't say {word}")
    return int(values[0])


def _search(box: BaseMailBox, words: str) -> list[str]:
    answer = box.client.uid("SEARCH", words)
    check_command_status(answer, MailboxUidsError)
    return [uid for line in answer[1] if isinstance(line, bytes) for uid in line.decode("ascii").split()]


def _fetch(box: BaseMailBox, uids: str, what: str) -> list[object]:
    answer = box.client.uid("FETCH", uids, what)
    check_command_status(answer, MailboxFetchError)
    return list(answer[1])


def _mails(answer: Sequence[object]) -> Iterator[tuple[int, datetime, bytes]]:
    """UID, time and bytes of each mail in an answer.

    The library gives a pair of attributes and bytes for each, then the attributes behind the bytes;
    a line of its own, such as another program's change of flags, begins with a number.
    """
    for index, item in enumerate(answer):
        if not isinstance(item, tuple):
            continue
        following = answer[index + 1] if index + 1 < len(answer) else b""
        behind = following if isinstance(following, bytes) and not _NUMBER.match(following) else b""
        attributes = item[0] + b" " + behind
        uid, at = _UID.search(attributes), _AT.search(attributes)
        if uid and at:
            yield int(uid[1]), _moment(at), item[1]


def _moment(at: re.Match[bytes]) -> datetime:
    """Month names are English whatever the machine's language is. A day there never was is today."""
    day, month, year, clock, zone = (part.decode("ascii").strip() for part in at.groups())
    number = MONTHS.index(month.title()) + 1
    try:
        said = datetime.strptime(f"{year}-{number}-{day} {clock} {zone}", "%Y-%m-%d %H:%M:%S %z")
        return said.astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


def _imap_date(day: date) -> str:
    return f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"
