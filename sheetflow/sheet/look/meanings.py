"""What each line of Control means, as its third column says it, and what a beginner reads beside them."""

from sheetflow.sheet.layout import LAST_JOB, LAST_MAILBOX, PROBLEMS, SENDING

MEANINGS = {
    SENDING: "Only the word ON sends. Type PAUSED (or anything else) and nothing leaves.",
    LAST_JOB: "When sheetflow last looked at all leads.",
    LAST_MAILBOX: "When replies were last read.",
    PROBLEMS: "What needs you. Empty is good.",
}
# Beside the lines, from the header's row on, when the tab is made.
START_HERE = (
    "Start here",
    "This Sheet is your list of leads: each new one becomes a row of the tab Leads,\n"
    "and is answered by mail while Sending says ON.",
    "1. Take a lead over: choose another Status in its row. Why says what comes next.",
    "2. Change its row: Next follow-up, Owner and Notes are yours, and what the lead told.",
    "3. Stop everything: type PAUSED beside Sending, and ON to go on.\nThis tab is for you alone.",
)
