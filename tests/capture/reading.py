"""Reading one enquiry in a test."""

from sheetflow.capture import Submission, read_submissions

ADA = {"name": "Ada Byron", "email": "ada@example.com"}


def read(body, country="US", extra=None, source="webhook", own=()) -> Submission:
    (submission,) = read_submissions(body, source=source, country=country, extra=extra or {}, own=own)
    return submission
