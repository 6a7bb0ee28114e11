"""Telling a repeated delivery from a new enquiry."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping

from sheetflow.capture.envelope import form_id
from sheetflow.capture.submission import Submission

# WPForms' X-WPForms-Webhook-Id is not among them: it names the hook and is the same for every lead.
KEY_HEADERS = ("idempotency-key", "webhook-id", "svix-id")
PIECE = 100  # characters, more than a word has


def delivery_key(headers: Mapping[str, str], body: object, submission: Submission) -> str:
    """What the sender calls this delivery, "" if it has no name for it.

    People paste constant keys, so the same key proves a repeat only together with the same fingerprint.
    """
    sent = {name.lower(): value.strip() for name, value in headers.items()}
    for name in KEY_HEADERS:
        if sent.get(name):
            return f"{name}:{sent[name]}"[:500]
    if not submission.submission_id:
        return ""
    form = form_id(body)
    return (
        f"submission:{form}/{submission.submission_id}" if form else f"submission:{submission.submission_id}"
    )


def fingerprint(submission: Submission) -> str:
    """SHA-256, in hex, of what was asked, by whom; not of when, and not of the delivery's own numbers."""
    content = [
        submission.name,
        submission.email or submission.raw_email,
        submission.phone,
        submission.service,
        submission.urgency,
        submission.location,
        submission.message,
        *(text for detail in submission.details for text in detail),
    ]
    return hashlib.sha256(json.dumps([_normal(text) for text in content]).encode()).hexdigest()


def _normal(text: str) -> str:
    return " ".join(map(_composed, text.split())).casefold()


def _composed(word: str) -> str:
    """In pieces: over a letter with thousands of accents NFC takes the square of their number."""
    pieces = (word[at : at + PIECE] for at in range(0, len(word), PIECE))
    return "".join(unicodedata.normalize("NFC", piece) for piece in pieces)
