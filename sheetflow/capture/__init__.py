"""From a request's body to the enquiries in it. Pure: no clock, no network, no storage.

`read_body` turns bytes into plain values, `handshake` and `is_receipt` tell what is no lead,
`read_submissions`
turns the rest into Submissions; `explain_body` shows what would become of a body; `verify` checks a sender's
signature, `delivery_key` and `fingerprint` tell deliveries apart.
"""

from sheetflow.capture.body import BodyError, read_body
from sheetflow.capture.delivery import delivery_key, fingerprint
from sheetflow.capture.explaining import Explained, explain_body, status_of
from sheetflow.capture.reading import read_submissions
from sheetflow.capture.signatures import signature_scheme, verify
from sheetflow.capture.submission import Submission
from sheetflow.capture.trials import handshake, is_receipt

__all__ = [
    "BodyError",
    "Explained",
    "Submission",
    "delivery_key",
    "explain_body",
    "fingerprint",
    "handshake",
    "is_receipt",
    "read_body",
    "read_submissions",
    "signature_scheme",
    "status_of",
    "verify",
]
