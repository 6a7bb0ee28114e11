"""What each line of Control means, as its third column says it, and what is said to a beginner."""

from sheetflow.sheet.layout import LAST_JOB, LAST_MAILBOX, PROBLEMS, SENDING

MEANINGS = {
    SENDING: "Only the word ON sends. Type PAUSED (or anything else) and nothing leaves.",
    LAST_JOB: "When sheetflow last looked at all leads.",
    LAST_MAILBOX: "When replies were last read.",
    PROBLEMS: "What needs you. Empty is good.",
}
FIRST_NOTE = (
    "Each new lead becomes a row of the tab Leads and is answered by mail while Sending says ON. "
    "Status and Why say how it stands; type another Status to take over. This tab is for you alone."
)
