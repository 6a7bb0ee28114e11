"""Who gets in, in what wrapping, and what happens to a lead that can't be stored."""

import base64
import gzip
import hashlib
import hmac
import json
import threading
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder

from sheetflow.errors import LedgerUnavailable
from sheetflow.web import refusals
from tests.simulation.patience import wait_for
from tests.web.place import Place, fail

TOKEN = {"X-Sheetflow-Token": "secret-one"}
LEAD = {"name": "Lea Lead", "email": "lea@example.org", "message": "Can you help?"}
RAW = json.dumps(LEAD).encode()
JSON = "application/json"


def typeform(raw: bytes, secret: str) -> dict[str, str]:
    mac = hmac.new(secret.encode(), raw, hashlib.sha256).digest()
    return {"Typeform-Signature": "sha256=" + base64.b64encode(mac).decode()}


@pytest.fixture
def signing(place: Place) -> Callable[..., Any]:
    return lambda **changes: place.open(**{"signing_secrets": {"Typeform": ("old", "new")}, **changes})


def test_a_source_with_a_secret_takes_signed_leads_only(signing: Callable[..., Any], place: Place) -> None:
    client = signing()
    for secret in ("old", "new"):
        raw = json.dumps({**LEAD, "email": f"{secret}@example.org"}).encode()
        answer = client.post("/leads/typeform", data=raw, content_type=JSON, headers=typeform(raw, secret))
        assert answer.status_code == 200
    wrong = client.post("/leads/typeform", data=RAW, content_type=JSON, headers=typeform(RAW, "other"))
    unsigned = client.post("/leads/typeform", data=RAW, content_type=JSON, headers=TOKEN)
    assert (wrong.status_code, unsigned.status_code) == (401, 401)
    assert "SHEETFLOW_SIGNING_SECRETS" in unsigned.get_json()["message"]
    assert {row["source"] for row in place.rows()} == {"typeform"}


def test_a_signature_gets_in_where_the_address_names_no_source(
    signing: Callable[..., Any], place: Place
) -> None:
    answer = signing().post("/leads", data=RAW, content_type=JSON, headers=typeform(RAW, "new"))
    assert answer.status_code == 200
    assert place.case(answer.get_json()["lead_id"]).lead.source == "Typeform"


def test_a_token_of_the_same_name_does_not_replace_the_signature(signing: Callable[..., Any]) -> None:
    client = signing(tokens={"typeform": ("secret-one",)})
    assert client.post("/leads", data=RAW, content_type=JSON, headers=TOKEN).status_code == 401


def test_on_this_machine_a_signing_source_wants_its_signature_too(signing: Callable[..., Any]) -> None:
    client = signing(tokens={}, takes_loopback=True)
    assert client.post("/leads/typeform", json=LEAD).status_code == 401
    assert client.post("/leads/website", json=LEAD).status_code == 200


def test_googles_key_in_the_body_is_its_signature(place: Place) -> None:
    client = place.open(signing_secrets={"google": ("s3cret",)})
    column = {"column_id": "EMAIL", "string_value": "ada@example.org"}
    body = {"lead_id": "lead-1", "user_column_data": [column], "google_key": "s3cret"}
    assert client.post("/leads/google", json=body).status_code == 200
    assert client.post("/leads/google", json={**body, "google_key": "other"}).status_code == 401


def test_wrong_tokens_are_slowed_down_by_address_and_right_ones_never(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST", 3)
    client, proxied = place.open(proxies=1), {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    said = [client.post("/leads", json=LEAD, headers=proxied).status_code for _ in range(5)]
    assert said == [401, 401, 401, 429, 429]
    limited = client.post("/leads", json=LEAD, headers=proxied)
    assert 0 < int(limited.headers["Retry-After"]) <= 61
    assert limited.get_json()["ok"] is False
    # Who named himself 203.0.113.9 can't get others refused, nor out of it by naming somebody else.
    other = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}
    assert client.post("/leads", json=LEAD, headers=other).status_code == 401
    elsewhere = {"X-Forwarded-For": "192.0.2.44, 198.51.100.7"}
    assert client.post("/leads", json=LEAD, headers=elsewhere).status_code == 429
    for number in range(10):
        lead = {**LEAD, "email": f"lead{number}@example.org"}
        assert client.post("/leads", json=lead, headers={**proxied, **TOKEN}).status_code == 200


def test_without_a_proxy_of_the_host_nobody_hides_behind_another_address(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST", 3)
    client = place.open()
    named = ({"X-Forwarded-For": f"192.0.2.{number}"} for number in range(5))
    said = [client.post("/leads", json=LEAD, headers=headers).status_code for headers in named]
    assert said == [401, 401, 401, 429, 429]
    other = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post("/leads", json=LEAD, environ_overrides=other).status_code == 401


def test_a_body_may_come_packed(place: Place) -> None:
    headers = {**TOKEN, "Content-Encoding": "gzip"}
    answer = place.open().post("/leads", data=gzip.compress(RAW, mtime=0), content_type=JSON, headers=headers)
    assert place.case(answer.get_json()["lead_id"]).lead.email == "lea@example.org"


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (gzip.compress(b'{"a": "' + b" " * 3_000_000 + b'"}', mtime=0), "gzip", 413),
        (gzip.compress(b"0" * 60_000_000, compresslevel=9, mtime=0), "gzip", 413),
        (gzip.compress(RAW, mtime=0)[:-10], "gzip", 400),
        (RAW, "gzip", 400),
        (b"", "gzip", 400),
        (RAW, "br", 415),
        (gzip.compress(RAW, mtime=0), "", 415),
    ],
)
def test_a_wrapping_that_cannot_be_undone_is_refused_and_never_unpacked_whole(
    place: Place, body: bytes, encoding: str, status: int
) -> None:
    client, headers = place.open(), {**TOKEN, "Content-Encoding": encoding}
    tracemalloc.start()
    answer = client.post("/leads", data=body, content_type=JSON, headers=headers)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (answer.status_code, answer.get_json()["ok"]) == (status, False)
    assert most < 20_000_000  # of the 60 MB that it would be
    assert place.rows() == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/leads/contact-form", "contact-form"),
        ("/leads/Formulaire%20d%E2%80%99accueil", "Formulaire d’accueil"),
        ("/leads/a/b/", "a/b"),
        ("/leads/x%0d%0aBcc:%20all@example.com", "x Bcc: all@example.com"),
        ("/leads//", "zapier"),
        ("/leads/" + "n" * 300, "n" * 100),
    ],
)
def test_the_address_names_the_source(place: Place, path: str, source: str) -> None:
    answer = place.open().post(path, json=LEAD, headers=TOKEN)
    assert place.case(answer.get_json()["lead_id"]).lead.source == source


def test_the_log_says_which_token_and_nothing_of_the_lead(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        lead_id = place.open().post("/leads/website", json=LEAD, headers=TOKEN).get_json()["lead_id"]
    line = next(record.getMessage() for record in caplog.records if record.name == "sheetflow.web.leads")
    assert line == f"lead {lead_id} from zapier: accepted"
    assert not any(
        "lea@" in record.getMessage() or "secret" in record.getMessage() for record in caplog.records
    )


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_token_in_the_address_is_not_in_the_servers_log(place: Place, method: str) -> None:
    address = "/leads/website?a=b&token=third"
    environ = EnvironBuilder(address, method=method, json=LEAD).get_environ()
    environ["RAW_URI"] = address  # from this gunicorn writes its line, once the answer is there
    answered: list[str] = []
    b"".join(place.open().application(environ, lambda status, _headers: answered.append(status)))
    assert answered == ["200 OK" if method == "POST" else "405 METHOD NOT ALLOWED"]
    assert not [name for name, value in environ.items() if isinstance(value, str) and "third" in value]


def test_a_lead_that_cannot_be_stored_is_mailed_to_the_owner_once_and_its_sender_told_to_repeat(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, LedgerUnavailable("down"))
    client = place.open()
    lead = {**LEAD, "message": "<b>Hi</b>\r\n.\r\nBcc: all@example.com", "budget": "=1+1"}
    for _ in range(3):
        answer = client.post("/leads", json=lead, headers=TOKEN)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    (mail,) = place.mails
    assert (mail["To"], mail.get_content_type()) == ("studio@example.com", "text/plain")
    text = mail.get_content().replace("\r\n", "\n")
    assert json.loads(text.partition("\n\n")[2]) == lead
    assert list(mail.iter_attachments()) == []
    assert mail["Bcc"] is None


def test_a_slow_mail_server_does_not_keep_the_sender_waiting(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, LedgerUnavailable("down"))
    go_on = threading.Event()
    place.server.answers = lambda stage, _: go_on.wait(60) and None if stage == "mail" else None
    answer = place.open().post("/leads", json=LEAD, headers=TOKEN)
    assert answer.status_code == 503
    assert place.mails == []
    go_on.set()
    wait_for(lambda: len(place.mails) == 1)


def test_a_defect_of_ours_is_try_again_and_the_lead_is_in_the_owners_mailbox(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, ZeroDivisionError())
    assert place.open().post("/leads", json=LEAD, headers=TOKEN).status_code == 503
    assert len(place.mails) == 1


def test_a_host_whose_disk_is_lost_mails_the_lead_too(place: Place) -> None:
    client = place.open(closed="This host loses its disk: set DATABASE_URL.")
    assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
    assert len(place.mails) == 1
