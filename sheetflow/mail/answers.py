"""What a mail server's answer means for one attempt: a table, and the words to show for it."""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from sheetflow.workflow.outcome import Outcome, Result


class Stage(StrEnum):
    """Where in the conversation an answer came, or the line was lost."""

    CONNECT = "connect"  # greeting, EHLO, STARTTLS
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the DATA command itself: nothing of the message has left yet
    END = "end"  # the message, up to the answer after its final dot


@dataclass(frozen=True)
class Rule:
    """Applies where everything it names fits. `enhanced` is matched against codes such as `5.1.1`."""

    result: Result
    codes: Container[int]
    enhanced: str = ""
    stages: Container[Stage] = tuple(Stage)
    words: str = ""

    def fits(self, code: int, enhanced: str, text: str, stage: Stage) -> bool:
        return (
            code in self.codes
            and stage in self.stages
            and (not self.enhanced or re.fullmatch(self.enhanced, enhanced) is not None)
            and (not self.words or re.search(self.words, text, re.IGNORECASE) is not None)
        )


ACCEPTED, TEMPORARY, PERMANENT = range(200, 300), range(400, 500), range(500, 600)
ABOUT_THE_LEAD = (Stage.RCPT, Stage.DATA, Stage.END)
# "Your account is disabled" is about us, and so is "disabled for sending"; but "your message to" is not.
MAILBOX_DISABLED = (
    r"^(?!.*\b(your (e?-?mail )?(account|address|mailbox|user)|sender|sending|outbound|outgoing)\b)"
    r".*\b(mailbox|e?-?mail|account|user|recipient|address)\b.*"
    r"\b(disabled|deactivated|inactive|discontinued|not active|no longer active)\b"
)

# The first rule that fits decides.
RULES = (
    Rule(Result.SENT, ACCEPTED, stages=(Stage.END,)),
    Rule(Result.LOGIN, (530, 534, 535, 454)),
    Rule(Result.LOGIN, PERMANENT, stages=(Stage.AUTH,)),
    Rule(Result.BLOCKED, PERMANENT, enhanced=r"5\.4\.5|5\.7\.\d+"),
    Rule(Result.BLOCKED, TEMPORARY, enhanced=r"4\.7\.\d+"),
    # 5.1.7 and 5.1.8 name the sender's address; Outlook says 5.1.8 to an account it has stopped.
    Rule(Result.BLOCKED, PERMANENT, enhanced=r"5\.1\.[78]"),
    # Nothing said before RCPT can be about the lead, however much it looks so.
    Rule(Result.BLOCKED, PERMANENT, stages=(Stage.CONNECT, Stage.MAIL)),
    Rule(Result.BOUNCED, PERMANENT, enhanced=r"5\.1\.[123]", stages=ABOUT_THE_LEAD),
    # Gmail says 5.2.1 for a disabled account and for one that gets too much mail at the moment.
    Rule(Result.FAILED, PERMANENT, enhanced=r"5\.2\.1", words=r"\brate\b|too quickly|too much"),
    Rule(Result.BOUNCED, PERMANENT, enhanced=r"5\.2\.1", stages=ABOUT_THE_LEAD),
    Rule(Result.BOUNCED, PERMANENT, stages=ABOUT_THE_LEAD, words=MAILBOX_DISABLED),
    Rule(Result.FAILED, PERMANENT),
    Rule(Result.TEMPORARY, TEMPORARY),
)


def read_answer(code: int, text: str, stage: Stage) -> Outcome:
    """The outcome of an answer that ends the attempt. `code` is -1 where the server's line had none."""
    enhanced = enhanced_code(code, text)
    one_line = " ".join(text.split())[:500]
    for rule in RULES:
        if rule.fits(code, enhanced, one_line, stage):
            return Outcome(rule.result, words(f"{code} {text}"))
    unclear = Result.UNKNOWN if stage is Stage.END else Result.TEMPORARY
    return Outcome(unclear, words(f"the mail server's answer isn't understood: {code} {text}"))


def read_loss(stage: Stage, reason: str) -> Outcome:
    """The outcome of a line that was lost, or stayed silent for too long, at `stage`."""
    if stage is Stage.END:
        return Outcome(
            Result.UNKNOWN, words(f"the line was lost while the message was handed over: {reason}")
        )
    return Outcome(Result.TEMPORARY, words(f"the line was lost before the message left: {reason}"))


def enhanced_code(code: int, text: str) -> str:
    """`5.1.1` where the text begins with one of the answer's own class, else nothing.

    Only the beginning counts: further on, the text may quote an address, which a lead made up.
    """
    found = re.match(r"[\s#(]*([245]\.\d{1,3}\.\d{1,3})\b", text)
    if found is None or not str(code).startswith(found[1][0]):
        return ""
    return found[1]


def words(text: str, limit: int = 300) -> str:
    """One line fit for the tracker and the log: no control characters, no address, at most `limit` long."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text).split())
    line = re.sub(r"<?[^\s<>@]+@[^\s<>@:;,]+>?", "<address>", line)
    return line if len(line) <= limit else line[: limit - 1] + "…"
