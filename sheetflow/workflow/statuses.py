"""The words of the Status column, and what each means for sending."""

from collections.abc import Mapping

NEW = "New"
CONTACTED = "Contacted"
FOLLOWING_UP = "Following up"
NURTURE = "Nurture"
REPLIED = "Replied"
IN_CONVERSATION = "In conversation"
BOOKED = "Booked"
WON = "Won"
LOST = "Lost"
BOUNCED = "Bounced"
UNSUBSCRIBED = "Unsubscribed"
DO_NOT_CONTACT = "Do not contact"
NOT_A_LEAD = "Not a lead"
PAUSED = "Paused"
NEEDS_ATTENTION = "Needs attention"
TEST = "Test"
SEND_AGAIN = "Send again"

STATUSES = (
    NEW,
    CONTACTED,
    FOLLOWING_UP,
    NURTURE,
    REPLIED,
    IN_CONVERSATION,
    BOOKED,
    WON,
    LOST,
    BOUNCED,
    UNSUBSCRIBED,
    DO_NOT_CONTACT,
    NOT_A_LEAD,
    PAUSED,
    NEEDS_ATTENTION,
    TEST,
)

MOVING = frozenset({NEW, CONTACTED, FOLLOWING_UP, NURTURE})  # sheetflow moves a row on from these
OWNER_ANSWERED = frozenset({IN_CONVERSATION, BOOKED, WON, LOST})
STOPPED = frozenset(
    {REPLIED, *OWNER_ANSWERED, BOUNCED, UNSUBSCRIBED, DO_NOT_CONTACT, NOT_A_LEAD, TEST},
)
OPEN = frozenset({NEW, CONTACTED, FOLLOWING_UP, PAUSED, NEEDS_ATTENTION, REPLIED, IN_CONVERSATION, BOOKED})
UNCOUNTED = frozenset({TEST, NOT_A_LEAD})  # never in the numbers

_KNOWN = {status.casefold(): status for status in (*STATUSES, SEND_AGAIN)}


def canonical(word: str, aliases: Mapping[str, str]) -> str | None:
    """The status a typed word means, None where nobody knows it; case and extra spaces don't matter."""
    folded = " ".join(word.casefold().split())
    return _KNOWN.get(folded) or aliases.get(folded)
