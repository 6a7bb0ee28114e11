"""From what a sender submitted to an enquiry that is stored."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sheetflow.capture.delivery import fingerprint
from sheetflow.capture.language import language_of
from sheetflow.capture.submission import Submission
from sheetflow.jobs.ports import Ports
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.visits import Visit, admit
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.lead import ID_ALPHABET, ID_LENGTH

KEY_KEPT = timedelta(days=30)
REPEAT_WITHIN = timedelta(minutes=10)  # the same content without a key


def take_in(
    submissions: Sequence[Submission],
    ports: Ports,
    *,
    door: str,
    keys: Iterable[str],
    paused: str = "",
    visit: Visit | None = None,
    language: str = "",
) -> list[Receipt]:
    """Stores enquiries, all or none. `door` and a key name each delivery: who sent it, and its own ID for it.

    `visit`: they come from a page that everybody can post from. `language` is that of the page, in which a
    message is if it is too short to tell. Raises LedgerUnavailable if they can't be
    stored durably, Flooded if one visitor posts too many.
    """
    now = ports.clock()
    enquiries = [
        to_enquiry(item, now, door=door, key=key, paused=paused, language=language)
        for item, key in zip(submissions, keys, strict=False)
    ]
    with ports.ledger.writing() as book:
        return store(book, admit(book, visit, enquiries) if visit else enquiries)


def to_enquiry(
    submission: Submission,
    arrived: datetime,
    *,
    door: str,
    key: str = "",
    paused: str = "",
    language: str = "",
) -> Enquiry:
    own = key or submission.submission_id
    # The content is part of a delivery's name: with the same key, another body is another enquiry.
    name = "\x1f".join((door, own, fingerprint(submission)))
    return Enquiry(
        id=new_lead_id(),
        delivery=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest(),
        repeat_within=KEY_KEPT if own else REPEAT_WITHIN,
        arrived=arrived,
        submitted=submission.submitted_at,
        details=submission.details,
        flags=submission.flags,
        is_test=submission.is_test,
        is_recognised=submission.recognised,
        paused=paused,
        language=language_of(submission.message) or language,
        asked=submission.doubt,
        **{field: getattr(submission, field) for field in LEAD_FIELDS},
    )


def new_lead_id() -> str:
    return "L-" + "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))
