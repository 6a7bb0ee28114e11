"""The job again and again, until the process is asked to stop."""

import logging
import threading
from collections.abc import Callable

import schedule

from sheetflow.errors import SheetflowError

log = logging.getLogger(__name__)


def repeat(job: Callable[[], None], minutes: int, stop: threading.Event) -> None:
    """Runs the job now and every `minutes`; a job that fails is tried again at its next time."""
    scheduler = schedule.Scheduler()
    scheduler.every(minutes).minutes.do(_once, job)
    scheduler.run_all()
    while not stop.wait(max(0.1, min(60.0, scheduler.idle_seconds or 0.0))):
        scheduler.run_pending()


def _once(job: Callable[[], None]) -> None:
    try:
        job()
    except SheetflowError as error:
        log.error("the job failed and will be tried again: %s", error)
    except Exception:
        # A defect in one run must not end all later ones.
        log.exception("the job failed and will be tried again")
