"""Other processes: forked, so that they start at once, and killed at the moment a test names."""

import os
import signal
import traceback
from collections.abc import Callable
from itertools import count

from sqlalchemy import event

from sheetflow.ledger.ledger import Ledger

KILLED = -signal.SIGKILL


def fork(act: Callable[[], object]) -> int:
    """The ID of a process that does this alone, and ends."""
    child = os.fork()
    if child == 0:  # nothing of pytest may run here
        try:
            act()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return child


def wait(child: int) -> int:
    """Its exit code: 0 if it came to its end, `KILLED` if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(number: int, ledger: Ledger) -> None:
    """This process dies just before or just after it commits something: at the `number`-th such moment."""
    moments = count(1)

    def die(*_: object) -> None:
        if next(moments) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(ledger.database.engine, "commit", die)
    event.listen(ledger.database.engine, "checkin", die)
