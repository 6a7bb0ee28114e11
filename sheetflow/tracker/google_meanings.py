"""What each line of Control means, as its third column says it."""

from sheetflow.workflow import tracked

MEANINGS = {
    tracked.SENDING: "Only the word ON sends. Type PAUSED (or anything else) and nothing leaves.",
    tracked.LAST_JOB: "When sheetflow last looked at all leads (UTC).",
    tracked.LAST_MAILBOX: "When replies were last read (UTC).",
    tracked.CURSOR: "How far the mailbox was read. Leave it as it is.",
    tracked.WAITING: "Leads that were taken in and aren't in this Sheet yet.",
    tracked.PROBLEMS: "What needs you. Empty is good.",
    tracked.BLOCKED: "Why the mail server takes no messages from us just now. Empty is good.",
    tracked.SALT: "Needed to recognise the addresses on Suppressed. Never change it.",
    tracked.BY_HAND: "Rows without a Lead ID, as they looked last time. Leave it as it is.",
}
