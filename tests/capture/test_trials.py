"""Tests, handshakes and receipts are told from leads."""

import hashlib
import hmac

import pytest

from sheetflow.capture import handshake, is_receipt, read_submissions
from tests.capture.reading import ADA


def is_test(body, headers=None):
    (found,) = read_submissions(body, source="x", country="US", extra={}, headers=headers)
    return found.is_test


@pytest.mark.parametrize(
    "mark",
    [
        {"test": "true"},
        {"testMode": True},
        {"isTest": 1},
        {"test_submission": "1"},
        {"sandbox": True},
        {"type": "hook.verify"},
        {"livemode": False},
        {"event": "webhook.test"},
        {"event": "ping"},
        {"type": "test"},
        {"mode": "sandbox"},
        {"comments": "Lorem ipsum dolor sit amet"},
    ],
)
def test_a_body_that_says_so_is_a_test(mark):
    assert is_test({**mark, "data": ADA})


@pytest.mark.parametrize("headers", [{"X-Shopify-Test": "true"}, {"X-GitHub-Event": "ping"}])
def test_a_header_that_says_so_makes_a_test(headers):
    assert is_test(ADA, headers)


@pytest.mark.parametrize(
    ("mark", "headers"),
    [
        ({"type": "test-drive"}, {}),
        ({"test": "no"}, {}),
        ({"livemode": True}, {}),
        ({"event": "lead.created"}, {"X-Event": "lead.created"}),
        ({"message": "Just a test of your service"}, {}),
        ({"event": "test drive"}, {"X-Test-Suite": "a"}),
    ],
)
def test_a_lead_that_only_speaks_of_tests_is_none(mark, headers):
    assert not is_test({**ADA, **mark}, headers)


@pytest.mark.parametrize(
    ("mark", "headers"),
    [
        ({"type": "invoice.payment_failed"}, {}),
        ({"event": "subscription.cancelled"}, {}),
        ({"action": "canceled"}, {}),
        ({"eventType": "BOOKING_RESCHEDULED.v2"}, {}),
        ({"triggerEvent": "ORDER_SHIPPED"}, {}),
        ({"event": "Booking Canceled"}, {}),
        ({"eventId": "bookingStatus.cancelled"}, {}),
        ({"type": "unsubscribe"}, {}),
        ({"type": "invoice.payment_succeeded"}, {}),
        ({"event": "job.completed"}, {}),
        ({"event": "appointment.reminder_sent"}, {}),
        ({"topic": "customers/data_request"}, {}),
        ({"topic": "appointment/no_show"}, {}),
        ({"event": "invitee_no_show.created"}, {}),
        ({"event": "cancelled_booking"}, {}),
        ({"type": "booking_cancellation"}, {}),
        ({"evenement": "reservation.annulée"}, {}),
        ({"type": "termin.storniert"}, {}),
        ({"evento": "reserva_cancelada"}, {}),
        ({}, {"X-Shop-Topic": "customers/delete", "X-Hook-Event": "order.deleted"}),
    ],
)
def test_the_end_of_something_is_kept_and_left_to_the_owner(mark, headers):
    for body in ({**mark, "data": ADA}, {**mark, "leads": [ADA]}):
        (found,) = read_submissions(body, source="x", country="US", extra={}, headers=headers)
        assert found.email == "ada@example.com"
        assert "reports what became of something" in found.doubt


@pytest.mark.parametrize(
    "mark",
    [
        {"event": "booking.created"},
        {"topic": "Order cancelled"},
        {"type": "Cancelled order"},
        {"topic": "invoice-question"},
        {"event": "Refund of a ticket"},
        {"type": "checkout.session.completed"},
        {"event": "form_submitted"},
        {"message": "cancelled"},
        {"status": "declined"},
        {"type": "expired_listing"},
    ],
)
def test_what_somebody_asks_about_something_that_ended_is_answered(mark):
    (found,) = read_submissions({**ADA, **mark}, source="x", country="US", extra={})
    assert not found.doubt


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"type": "url_verification", "token": "t", "challenge": "abc"}, {"challenge": "abc"}),
        ({"challenge": "abc"}, {"challenge": "abc"}),
        ({"type": "webhook.verification", "challenge": "abc"}, {"challenge": "abc"}),
        ({"challenge": "abc", **ADA}, None),
        ({"type": "url_verification"}, None),
        (ADA, None),
        ([{"challenge": "abc"}], None),
    ],
)
def test_a_challenge_comes_back(body, answer):
    assert handshake(body) == answer


def test_zooms_token_comes_back_signed():
    body = {"event": "endpoint.url_validation", "payload": {"plainToken": "abc"}}
    signed = hmac.new(b"secret", b"abc", hashlib.sha256).hexdigest()
    assert handshake(body, "secret") == {"plainToken": "abc", "encryptedToken": signed}


@pytest.mark.parametrize(
    "body",
    [
        {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+13525550102"},
        [{"event": "delivered", "email": "ada@example.com", "sg_message_id": "1"}],
        {"RecordType": "Bounce", "Type": "HardBounce", "Email": "ada@example.com", "MessageID": "8"},
        {"type": "email.opened", "data": {"email_id": "1", "to": ["ada@example.com"]}},
    ],
)
def test_a_receipt_of_ones_own_message_is_no_lead(body):
    assert is_receipt(body)


@pytest.mark.parametrize(
    "body",
    [
        {"MessageSid": "SM1", "SmsStatus": "received", "Body": "Do you groom huskies?"},
        {"event": "opened", "message_id": "1", "text": "Hello"},
        {"status": "sent", **ADA},
        [],
        "text",
    ],
)
def test_what_somebody_wrote_is_no_receipt(body):
    assert not is_receipt(body)
