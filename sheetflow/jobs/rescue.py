"""The last resort for a lead that can't be stored: it is mailed to the owner as it came."""

import hashlib
import logging
import threading
from collections import OrderedDict

from sheetflow.jobs.alerts import tell_owner
from sheetflow.jobs.ports import Ports

SECONDS = 2.0  # a sender waits for it
MOST_CHARACTERS = 200_000
REMEMBERED = 1_000  # deliveries

SUBJECT = "A lead that could not be stored"
WORDS = """\
This enquiry came in while sheetflow couldn't store it. Its sender was asked to send it again later, and many
do; then it appears among your leads. Until then, this mail is all there is:

{raw}
"""

log = logging.getLogger(__name__)


class Rescue:
    """Once a lead, however often its sender repeats it to this process."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._mailed: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def mail(self, raw: str) -> None:
        """Gives it two seconds; what takes longer goes on by itself."""
        name = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            if name in self._mailed:
                return
            self._mailed[name] = None
            if len(self._mailed) > REMEMBERED:
                self._mailed.popitem(last=False)
        thread = threading.Thread(target=self._send, args=(name, raw), name="rescue", daemon=True)
        thread.start()
        thread.join(SECONDS)

    def _send(self, name: str, raw: str) -> None:
        try:
            is_sent = tell_owner(self._ports, SUBJECT, WORDS.format(raw=raw[:MOST_CHARACTERS]))
        except Exception:
            # The sender's answer must not depend on why this failed too.
            log.exception("a lead that could not be stored could not be mailed either")
            is_sent = False
        if not is_sent:
            log.error("a lead could neither be stored nor mailed; its sender was told to try again")
            with self._lock:
                self._mailed.pop(name, None)
