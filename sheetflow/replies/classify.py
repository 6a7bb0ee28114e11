"""Says what a mail is, and why. Pure: bytes in, a value out."""

from collections.abc import Callable
from datetime import datetime

from sheetflow.replies import mime
from sheetflow.replies.amazon import notification
from sheetflow.replies.autoreplies import appointment, auto_reply
from sheetflow.replies.bounces import bounce
from sheetflow.replies.complaints import complaint
from sheetflow.replies.incoming import Incoming, describe
from sheetflow.replies.optouts import opt_out, opt_out_by_subject
from sheetflow.replies.verdict import Kind, Verdict

# Bounces come before auto-replies: half of them carry an auto-reply's headers too. An opt-out that a mail
# program wrote for a person (List-Unsubscribe) may be marked as automatic, and is the person's wish.
_CHECKS: tuple[Callable[[mime.Mail, Incoming], Verdict | None], ...] = (
    notification,
    bounce,
    complaint,
    opt_out_by_subject,
    appointment,
    auto_reply,
    opt_out,
)
_PERSON = "Nothing in it is a machine's or a wish to get no more mail: a person wrote it."


def classify(raw: bytes, own_addresses: frozenset[str], arrived: datetime | None = None) -> Verdict:
    """`own_addresses` are those we write from, in any case; `arrived`, aware, is when the server took it.

    For a mail from outside call `understand`, which has a wall around this.
    """
    own = frozenset(address.strip().lower() for address in own_addresses)
    mail = mime.read(raw)
    incoming = describe(mail, own, arrived)
    if incoming.sender in own:
        return Verdict(Kind.OWN, incoming, f"It comes from {incoming.sender}, an address of ours.")
    verdicts = (check(mail, incoming) for check in _CHECKS)
    return next((v for v in verdicts if v), Verdict(Kind.REPLY, incoming, _PERSON))
