"""Whatever is posted gets one of the answers that are promised, at once, and nothing half stored."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sheetflow.web.openapi import describe
from tests.fakes.smtp import FakeSmtp
from tests.web.place import Place

ANSWERS = {200, 400, 413, 415}
PROMISED = {int(code) for code in describe()["paths"]["/leads"]["post"]["responses"]}
FEW = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with FakeSmtp() as server:
        place = Place(f"sqlite:///{folder / 'ledger.db'}", server)
        yield place.app(tokens={"form": ("secret",)})
        place.ledger.close()


def post(app: Flask, body: bytes, content_type: str = "application/json", path: str = "/leads") -> Any:
    headers = {"X-Sheetflow-Token": "secret"}
    return app.test_client().post(path, data=body, content_type=content_type, headers=headers)


def check(answer: Any) -> None:
    assert answer.status_code in ANSWERS, answer.get_data(as_text=True)
    body = answer.get_json()
    assert body["ok"] is (answer.status_code == 200)
    if answer.status_code != 200:
        assert answer.content_type == "application/problem+json"
        assert body["message"]


KINDS = (
    "application/json",
    "text/plain",
    "",
    "a/b",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
)


@FEW
@given(body=st.binary(max_size=300), kind=st.sampled_from(KINDS))
def test_any_bytes_get_an_answer(app: Flask, body: bytes, kind: str) -> None:
    check(post(app, body, kind))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=20,
)
KEYS = st.sampled_from(
    ["name", "email", "Phone", "fields[email][value]", "answers", "data", "1.3", "message"]
)


@FEW
@given(body=st.dictionaries(KEYS | st.text(max_size=10), VALUES, max_size=6) | VALUES)
def test_any_json_gets_an_answer(app: Flask, body: Any) -> None:
    check(post(app, json.dumps(body).encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 10_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"{" + b",".join(b'"f%d":1' % number for number in range(100_000)) + b"}",
        b'{"email": "a@example.org", "email": "b@example.org"}',
        b'{"email": "a@example.org", "n": NaN, "big": 9007199254740993, "i": -Infinity}',
        b'{"email": "a\\u0000@example.org\\ud800"}',
        b'{"email": "a@example.org", "name": "Ada "the" Lead"}',
        b"\xff\xfe{\x00}\x00",
        b"\x00" * 1000,
        b"null",
        b"[]",
        b"{}",
        b'{"file": "data:image/png;base64,' + b"A" * 100_000 + b'"}',
        b'{"message": "' + b"http://spam.example/ " * 500 + b'"}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_known_mischief_gets_an_answer(app: Flask, body: bytes) -> None:
    check(post(app, body))


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/leads", "POST"),
        ("/leads/{source}", "POST"),
        ("/health", "GET"),
        ("/form", "GET"),
        ("/form", "POST"),
    ],
)
def test_the_description_holds(app: Flask, path: str, method: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", app)[path][method]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"X-Sheetflow-Token": "secret"}, checks=CHECKS)

    holds()


def test_every_status_that_is_answered_is_described() -> None:
    assert ANSWERS | {401, 405, 429, 503} <= PROMISED
