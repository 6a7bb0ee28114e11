"""What a body would become, without storing or sending anything."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.capture.body import read_body
from sheetflow.capture.limits import BodyError
from sheetflow.capture.reading import read_submissions
from sheetflow.capture.submission import Submission
from sheetflow.capture.trials import handshake, is_receipt


@dataclass(frozen=True)
class Explained:
    """`status` is what the sender would be told: accepted, needs_review or test; or handshake, receipt,
    refused.

    `remark` says why a body is refused, or what is answered to a handshake.
    """

    status: str
    submissions: tuple[Submission, ...] = ()
    remark: str = ""


def explain_body(
    raw: bytes,
    content_type: str,
    *,
    source: str = "",
    country: str = "",
    extra: Mapping[str, Sequence[str]] | None = None,
    own: Collection[str] = (),
    paths: Mapping[str, str] | None = None,
) -> Explained:
    try:
        body = read_body(raw, content_type)
        if (answer := handshake(body)) is not None:
            return Explained("handshake", remark=f"It only tries the address; answered: {', '.join(answer)}.")
        if is_receipt(body):
            return Explained("receipt", remark="It only reports what became of a message of your own.")
        found = read_submissions(
            body, source=source, country=country, extra=extra or {}, own=own, paths=paths or {}
        )
    except BodyError as error:
        return Explained("refused", remark=f"{error.status}: {error.message}")
    statuses = {status_of(submission) for submission in found}
    status = statuses.pop() if len(statuses) == 1 else "needs_review"
    return Explained(status, tuple(found))


def status_of(submission: Submission) -> str:
    if submission.is_test:
        return "test"
    sure = submission.email and submission.recognised and not submission.doubt
    return "accepted" if sure else "needs_review"
