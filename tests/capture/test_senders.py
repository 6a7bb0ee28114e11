"""Every sender's shape, read as the enquiry it means."""

from dataclasses import asdict

import pytest

from sheetflow.capture import Submission, read_body, read_submissions
from tests.capture.senders import SENDERS, Sender

EMPTY = {**asdict(Submission()), "source": "webhook", "recognised": True}


def the_submission(sender: Sender) -> Submission:
    body = read_body(sender.raw, sender.content_type)
    (submission,) = read_submissions(body, source="webhook", country=sender.country, extra={})
    return submission


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.name)
def test_a_senders_shape_is_read_as_the_enquiry_it_means(sender):
    found = {**asdict(the_submission(sender)), "details": (), "because": {}}
    assert found == {**EMPTY, **sender.means}


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.name)
def test_what_has_no_field_is_kept_under_its_question(sender):
    details = dict(the_submission(sender).details)
    assert sender.details is None or {key: details.get(key) for key in sender.details} == sender.details
    assert not set(sender.not_kept) & set(details)
