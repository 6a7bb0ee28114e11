"""Signed bodies are known as their sender's, and nothing malformed gets through or raises."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.capture import signature_scheme, verify

NOW = datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)
SECOND = str(int(NOW.timestamp()))
RAW = '{"name":"Zoë"}'.encode()
SECRET = "s3cret-of-the-form"


def mac(content: bytes, secret: bytes = SECRET.encode()) -> bytes:
    return hmac.new(secret, content, hashlib.sha256).digest()


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


STANDARD_KEY = "whsec_" + b64(b"0123456789abcdef01234567")
STANDARD = mac(b"msg_1." + SECOND.encode() + b"." + RAW, b"0123456789abcdef01234567")

SIGNED = {
    "typeform": ({"Typeform-Signature": "sha256=" + b64(mac(RAW))}, SECRET),
    "tally": ({"Tally-Signature": b64(mac(RAW))}, SECRET),
    "github": ({"X-Hub-Signature-256": "sha256=" + mac(RAW).hex()}, SECRET),
    "webflow": (
        {
            "x-webflow-timestamp": SECOND + "000",
            "x-webflow-signature": mac(SECOND.encode() + b"000:" + RAW).hex(),
        },
        SECRET,
    ),
    "calendly": (
        {"Calendly-Webhook-Signature": f"t={SECOND},v1={mac(SECOND.encode() + b'.' + RAW).hex()}"},
        SECRET,
    ),
    "stripe": (
        {"Stripe-Signature": f"t={SECOND},v0=x,v1={mac(SECOND.encode() + b'.' + RAW).hex()}"},
        SECRET,
    ),
    "wpforms": (
        {"X-WPForms-Webhook-Signature": f"t={SECOND},v={mac(SECOND.encode() + b'.' + RAW).hex()}"},
        SECRET,
    ),
    "standard-webhooks": (
        {
            "webhook-id": "msg_1",
            "webhook-timestamp": SECOND,
            "webhook-signature": f"v1a,x v1,{b64(STANDARD)}",
        },
        STANDARD_KEY,
    ),
}
TIMED = ("webflow", "calendly", "stripe", "wpforms", "standard-webhooks")


@pytest.fixture(params=SIGNED)
def signed(request):
    return (request.param, *SIGNED[request.param])


def test_a_signed_body_is_the_senders(signed):
    scheme, headers, secret = signed
    assert signature_scheme(headers, RAW) == scheme
    assert verify(headers, RAW, [secret], NOW)


def test_several_secrets_are_valid_at_once_so_that_one_can_be_changed(signed):
    _, headers, secret = signed
    assert verify(headers, RAW, ["the new one", secret, ""], NOW)


def test_header_names_may_be_written_in_any_case(signed):
    _, headers, secret = signed
    assert verify({name.upper(): value for name, value in headers.items()}, RAW, [secret], NOW)


def test_a_changed_body_another_secret_or_none_is_refused(signed):
    _, headers, secret = signed
    assert not verify(headers, RAW + b" ", [secret], NOW)
    assert not verify(headers, RAW, ["another"], NOW)
    assert not verify(headers, RAW, [""], NOW)
    assert not verify(headers, RAW, [], NOW)


@pytest.mark.parametrize("scheme", TIMED)
@pytest.mark.parametrize(
    ("seconds", "fresh"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)]
)
def test_a_signature_with_a_time_is_good_for_five_minutes_either_way(scheme, seconds, fresh):
    headers, secret = SIGNED[scheme]
    assert verify(headers, RAW, [secret], NOW + timedelta(seconds=seconds)) is fresh


@pytest.mark.parametrize("scheme", TIMED)
def test_the_time_is_part_of_what_is_signed(scheme):
    headers, secret = SIGNED[scheme]
    moved = {name: value.replace(SECOND, str(int(SECOND) + 1)) for name, value in headers.items()}
    assert not verify(moved, RAW, [secret], NOW)


def test_an_unsigned_body_is_nobodys():
    assert signature_scheme({"X-Other": "1"}, RAW) == ""
    assert not verify({"X-Other": "1"}, RAW, [SECRET], NOW)


def test_the_vector_published_with_standard_webhooks_is_accepted():
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    then = datetime.fromtimestamp(1614265330, UTC)
    assert verify(headers, b'{"test": 2432232314}', [secret], then)
    assert not verify(headers, b'{"test": 2432232315}', [secret], then)


def test_google_ads_shows_its_key_in_the_body():
    raw = json.dumps({"lead_id": "1", "google_key": "key-1234"}).encode()
    assert signature_scheme({}, raw) == "google-ads"
    assert verify({}, raw, ["other", "key-1234"], NOW)
    assert not verify({}, raw, ["key-123"], NOW)


@pytest.mark.parametrize(
    "raw", [b'{"google_key": ', b'{"google_key": null}', b'["google_key"]', b'{"google_key":' * 9999]
)
def test_a_google_key_that_cant_be_read_is_none(raw):
    assert not verify({}, raw, ["null", "None", ""], NOW)


MALFORMED = [
    "",
    "sha256=",
    "sha256=!!!",
    "ü",
    "t=,v1=",
    "t=x,v1=y",
    "t=" + "9" * 400 + ",v1=00",
    "v1,",
    "v1,=",
    "\x00",
    ",",
]


@pytest.mark.parametrize("scheme", SIGNED)
@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_signature_is_refused_and_nothing_is_raised(scheme, text):
    headers, secret = SIGNED[scheme]
    for broken in headers:
        assert not verify({**headers, broken: text}, RAW, [secret, "whsec_!", "ü", "\ud800"], NOW)
    assert not verify({list(headers)[-1]: text}, RAW, [secret], NOW)


@given(
    scheme=st.sampled_from(sorted(SIGNED)),
    text=st.text(),
    stamp=st.text(alphabet="0123456789.-+eE²", max_size=30),
    raw=st.binary(),
    secret=st.text(),
)
def test_no_header_body_or_secret_raises(scheme, text, stamp, raw, secret):
    headers = dict.fromkeys(SIGNED[scheme][0], text)
    timed = {name: stamp if name.endswith("timestamp") else f"t={stamp},v1={text}" for name in headers}
    assert verify(headers, raw, [secret], NOW) in (False, True)
    assert not verify(timed, raw, [secret], NOW)
