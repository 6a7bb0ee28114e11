"""Repeated deliveries are told from new enquiries."""

from dataclasses import replace

import pytest

from sheetflow.capture import Submission, delivery_key, fingerprint, read_submissions

ADA = {"name": "Ada Byron", "email": "ada@example.com", "message": "Hi"}


def key(body, headers=None) -> str:
    (submission,) = read_submissions(body, source="x", country="US", extra={})
    return delivery_key(headers or {}, body, submission)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Idempotency-Key": " abc "}, "idempotency-key:abc"),
        ({"webhook-id": "msg_1", "X-Other": "y"}, "webhook-id:msg_1"),
        ({"WEBHOOK-ID": "msg_1", "idempotency-key": "k"}, "idempotency-key:k"),
        ({"X-WPForms-Webhook-Id": "7"}, ""),
        ({"Idempotency-Key": ""}, ""),
    ],
)
def test_a_header_names_the_delivery_except_one_that_names_the_hook(headers, expected):
    assert key(ADA, headers) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({**ADA, "formID": "22", "submissionID": "77"}, "submission:22/77"),
        ({**ADA, "form_id": "3", "id": "881", "1": "x"}, "submission:3/881"),
        ({**ADA, "leadgen_id": "998"}, "submission:998"),
        ({"form_response": {"form_id": "f", "token": "t", "hidden": ADA}}, "submission:f/t"),
        ({**ADA, "submission_id": 12345678901234567890}, "submission:12345678901234567890"),
        ({**ADA, "id": "42"}, ""),
        ({"contact": {**ADA, "id": "42", "fields": {"1": "x"}}}, ""),
        (ADA, ""),
    ],
)
def test_the_senders_own_number_names_the_delivery(body, expected):
    assert key(body) == expected


def test_the_same_content_has_the_same_fingerprint_whatever_its_case_and_spaces():
    one = Submission(name="Ada Byron", email="ada@example.com", message="Hello  there")
    assert fingerprint(one) == fingerprint(replace(one, name="ada byron", message="hello there\n"))
    assert len(fingerprint(one)) == 64
    assert int(fingerprint(one), 16) >= 0


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Bo"},
        {"email": "bo@example.com"},
        {"email": "", "raw_email": "bo@"},
        {"phone": "+1"},
        {"service": "x"},
        {"urgency": "x"},
        {"location": "x"},
        {"message": "x"},
        {"details": (("a", "b"),)},
    ],
)
def test_another_content_has_another_fingerprint(change):
    one = Submission(name="Ada", email="ada@example.com")
    assert fingerprint(one) != fingerprint(replace(one, **change))


def test_a_field_moved_to_another_place_is_another_content():
    assert fingerprint(Submission(service="x")) != fingerprint(Submission(urgency="x"))


def test_numbers_and_times_of_a_delivery_dont_change_the_fingerprint():
    one = Submission(name="Ada")
    assert fingerprint(one) == fingerprint(replace(one, submission_id="2", source="y", flags=("z",)))
