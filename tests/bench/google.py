"""The fake Sheets server in a process of its own, so that what it computes is nobody else's time."""

import multiprocessing
from typing import Any

from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import refused


class Google:
    """As much of a FakeSheets as a Host needs, and what a bench asks of it."""

    def __enter__(self) -> "Google":
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        self.url, self.spreadsheet_id, self.service_account_json = self._line.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.send(None)
        self._process.join()

    def forget_requests(self) -> None:
        self._ask("forget")

    def count(self) -> tuple[int, int]:
        """Reads and writes since."""
        reads, writes = self._ask("count")
        return reads, writes

    def be(self, latency: float, *, is_down: bool) -> None:
        self._ask("be", latency, is_down)

    def _ask(self, *words: Any) -> Any:
        self._line.send(words)
        return self._line.recv()


def _serve(line: Any) -> None:
    with FakeSheets(locale="en_US", time_zone="America/New_York") as fake:
        line.send((fake.url, fake.spreadsheet_id, fake.service_account_json))
        while words := line.recv():
            line.send(_obey(fake, *words))


def _obey(fake: FakeSheets, verb: str, latency: float = 0.0, is_down: bool = False) -> Any:
    if verb == "count":
        return fake.reads, fake.writes
    if verb == "forget":
        fake.request_log.clear()
        return None
    fake.latency, fault = latency, refused(503) if is_down else None
    fake.faults = (lambda _index, _request: fault) if fault else None
    return None
