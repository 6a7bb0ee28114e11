"""A dead man's switch: told of good runs alone, and no run is worse for it."""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sheetflow import heartbeat
from sheetflow.heartbeat import Heartbeat
from tests.fakes.switch import switch


@contextmanager
def silence() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING)
    return caplog


def test_a_beat_is_one_fetch_and_nothing_is_said(said):
    with switch() as (url, asked):
        Heartbeat(f"{url}/ping/secret").beat()
    assert asked == ["/ping/secret"]
    assert said.text == ""


def test_a_redirect_is_not_followed(said):
    with switch() as (elsewhere, asked), switch(302, f"{elsewhere}/there") as (url, _):
        Heartbeat(f"{url}/ping").beat()
    assert asked == []
    assert "the answer was 302" in said.text


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_refusal_is_logged_without_the_address(said, status):
    with switch(status) as (url, _):
        Heartbeat(f"{url}/secret").beat()
    assert f"the answer was {status}" in said.text
    assert "/secret" not in said.text


def test_a_server_that_is_away_is_logged_without_the_address(said):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    Heartbeat(f"http://127.0.0.1:{port}/secret").beat()
    assert re.search(r"SHEETFLOW_HEARTBEAT_URL: ConnectionError", said.text)
    assert "/secret" not in said.text
    assert str(port) not in said.text


def test_a_server_that_never_answers_is_waited_for_a_moment_only(said, monkeypatch):
    monkeypatch.setattr(heartbeat, "ANSWER", 0.1)
    with silence() as url:
        Heartbeat(url).beat()
    assert "ReadTimeout" in said.text


def test_an_answer_that_comes_in_drops_is_given_up(said, monkeypatch):
    monkeypatch.setattr(heartbeat, "LONGEST", 0.1)
    with silence() as url:
        Heartbeat(url).beat()
        assert "no answer in time" in said.text
