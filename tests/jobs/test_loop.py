"""The job again and again."""

from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from sheetflow.errors import LedgerUnavailable
from sheetflow.jobs.loop import repeat


class Hours:
    """The event that stops the loop: waiting turns the clock, and enough of it stops."""

    def __init__(self, clock: FrozenDateTimeFactory, most: int) -> None:
        self.clock, self.left = clock, most

    def wait(self, seconds: float) -> bool:
        self.clock.tick(seconds)
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("error", [LedgerUnavailable("the ledger is down"), ZeroDivisionError("a defect")])
def test_a_job_that_fails_is_run_again_at_its_next_time(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    began: list[datetime] = []

    def job() -> None:
        began.append(datetime.now(UTC))
        if len(began) < 3:
            raise error

    with freeze_time("2026-03-24 09:00:00") as clock:
        repeat(job, 10, Hours(clock, 30))  # type: ignore[arg-type] # an Event as far as the loop goes
    assert [at.strftime("%H:%M") for at in began[:3]] == ["09:00", "09:10", "09:20"]
    assert caplog.text.count("will be tried again") == 2
