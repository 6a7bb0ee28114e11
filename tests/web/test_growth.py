"""A web process that served thousands holds no more than one that served a few: counted, not timed."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sheetflow import wiring
from sheetflow.web import health
from tests.simulation.patience import wait_for

CONFIG = Path(__file__).parents[2] / "config"
REQUESTS, LEADS_EACH = 200, 10
CALLS = 2_000
FEW = 50  # what the pool, and tests before this one, may open late; a leak would be hundreds
ROOM = 2_000  # objects: caches of libraries; a lead or an answer that is kept would be ten times as many


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[wiring.Wired]:
    environ = {"SHEETFLOW_CONFIG": str(CONFIG), "SHEETFLOW_WEBHOOK_TOKENS": "form:secret"}
    wired = wiring.build(wiring.read_settings(environ, tmp_path))
    yield wired
    wired.close()


def post(client: FlaskClient, number: int) -> None:
    # Without an address nobody is written to: mail isn't what is counted here.
    leads = [{"name": f"Lead {number} {one}", "message": "Can you help?"} for one in range(LEADS_EACH)]
    assert client.post("/leads?token=secret", json=leads).status_code == 200


def ask(client: FlaskClient) -> None:
    assert client.get("/health").status_code == 200


def held() -> tuple[int, int]:
    return len(os.listdir("/proc/self/fd")), threading.active_count()


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def test_2000_leads_and_2000_calls_of_health_leave_nothing_behind(
    wired: wiring.Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT", 0.0)
    client = wiring.build_app(wired, takes_loopback=False).test_client()
    for number in range(20):
        post(client, number)
        ask(client)
    before, known = held(), objects()
    for number in range(REQUESTS):
        post(client, number)
    for _ in range(CALLS):
        ask(client)
    wait_for(lambda: all(now <= then + FEW for now, then in zip(held(), before, strict=True)))
    wait_for(lambda: objects() < known + ROOM)
