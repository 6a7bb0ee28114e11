"""Two small things on their own: reading a body, and handing messages over."""

import json
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import yagmail

from sheetflow.capture import read_submissions
from tests.bench.table import Row, times
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import World

BODY = {
    "event": {"type": "form_submission", "id": "f7a1"},
    "data": {
        "fields": [
            {"key": "your-name", "value": "Lea Lead"},
            {"key": "your-email", "value": "lea@example.org"},
            {"key": "phone", "value": "+49 30 1234567"},
            {"key": "What do you need?", "value": "A consultation about a new kitchen, in May if possible."},
        ]
    },
    "metadata": {"page": "https://www.example.com/contact", "locale": "en"},
}


def understanding(count: int) -> Iterator[Row]:
    def read() -> None:
        assert read_submissions(BODY, source="form", country="DE", extra={})

    found = sorted(_timed(read) for _ in range(count))
    parsing = statistics.median(_timed(lambda: json.loads(json.dumps(BODY))) for _ in range(count))
    half, most = statistics.median(found), found[int(count * 0.99)]
    cost = f"{half * 1000:.1f} ms, p99 {most * 1000:.1f} ms"
    yield Row("a usual body is understood", cost, times(half, parsing, "its JSON"))


def handing_over(folder: Path, count: int) -> Iterator[Row]:
    """One login for all of them, beside yagmail's own `send`."""
    with FakeSmtp() as server:
        world = World(f"sqlite:///{folder / 'mail.db'}", server, datetime.now(UTC))
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = server.user, "lead@example.org", "Hello"
        message.set_content("Hello")
        with world.transport.session() as session:
            ours = _timed(
                lambda: [session.deliver(message, "lead@example.org", "x.eml") for _ in range(count)]
            )

        def usual() -> None:
            warnings.simplefilter("ignore")  # it doesn't look at the server's certificate
            account = yagmail.SMTP(
                server.user, server.password, server.host, server.port, smtp_starttls=True, smtp_ssl=False
            )
            for _ in range(count):
                account.send("lead@example.org", "Hello", "Hello")
            account.close()

        with warnings.catch_warnings():
            theirs = _timed(usual)
    cost = f"{ours / count * 1000:.0f} ms each, yagmail's send {theirs / count * 1000:.0f} ms"
    yield Row(f"{count} messages handed over", cost, times(ours, theirs, "its time"))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
