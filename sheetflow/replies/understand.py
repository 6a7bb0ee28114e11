"""The door for mails from outside: whatever their bytes are, the answer is a value.

A job calls `understand` for each mail and must look at what it got: an `Unreadable` is set aside and named
to the owner, once by its `message_id` and `sender`, and the reading goes on behind it.
"""

import re
import traceback
from datetime import datetime
from pathlib import PurePath

from sheetflow.replies.classify import classify
from sheetflow.replies.verdict import Unreadable, Verdict

_HEAD = 64 * 1024  # bytes among which the headers stand
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(rb"^from:[^\n]*?([\w.+-]{1,64}@[\w.-]{1,255})", re.IGNORECASE | re.MULTILINE)


def understand(
    raw: bytes, own_addresses: frozenset[str], arrived: datetime | None = None
) -> Verdict | Unreadable:
    """Never raises. `own_addresses` are ours, in any case; `arrived`, aware, is when the server took it."""
    try:
        return classify(raw, own_addresses, arrived)
    except Exception as error:  # the wall: one odd mail must not stop the others
        return Unreadable(_place(error), _found(_MESSAGE_ID, raw), _found(_SENDER, raw))


def _place(error: Exception) -> str:
    """Kind and place, for whoever mends it; the message may hold the mail's own words, and is left out."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {PurePath(last.filename).name}, line {last.lineno}"


def _found(pattern: re.Pattern[bytes], raw: bytes) -> str:
    found = pattern.search(raw[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""
