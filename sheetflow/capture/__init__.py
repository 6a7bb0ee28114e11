"""From a request's body to the enquiries in it. Pure: no clock, no network, no storage.

`read_body` turns bytes into plain values, `read_submissions` turns those into Submissions; `verify` checks
a sender's signature, `delivery_key` and `fingerprint` tell deliveries apart.
"""

from collections.abc import Collection, Mapping, Sequence

from sheetflow.capture.body import BodyError, read_body
from sheetflow.capture.delivery import delivery_key, fingerprint
from sheetflow.capture.leads import read_leads
from sheetflow.capture.signatures import signature_scheme, verify
from sheetflow.capture.submission import Submission
from sheetflow.capture.trials import handshake, is_receipt, refuse_ids_only
from sheetflow.capture.writing import written

__all__ = [
    "BodyError",
    "Submission",
    "delivery_key",
    "fingerprint",
    "handshake",
    "is_receipt",
    "read_body",
    "read_submissions",
    "signature_scheme",
    "verify",
]


def read_submissions(
    body: object,
    *,
    source: str,
    country: str,
    extra: Mapping[str, Sequence[str]],
    own: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
) -> list[Submission]:
    """The enquiries in a body, in order, at least one.

    `source` is where they come from unless they say so themselves; `country` is the two-letter code in whose
    way phone numbers are read; `extra` gives fields further names; `own` are the business's addresses, which
    are the lead's only where the sender calls them so. Raises BodyError where there is nothing
    to read, or only the IDs of leads that lie elsewhere.
    """
    refuse_ids_only(body)
    ours = frozenset(address.casefold() for address in own)
    return [
        written(lead, source=source, country=country, extra=extra, own=ours, headers=headers or {})
        for lead in read_leads(body)
    ]
