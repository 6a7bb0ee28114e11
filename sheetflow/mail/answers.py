"""What a mail server's answer means for one attempt: a table, and the words to show for it."""

import re
from enum import StrEnum

from sheetflow.workflow.outcome import Outcome, Result
from sheetflow.workflow.refusals import Blame, blame


class Stage(StrEnum):
    """Where in the conversation an answer came, or the line was lost."""

    CONNECT = "connect"  # greeting, EHLO, STARTTLS
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the DATA command itself: nothing of the message has left yet
    END = "end"  # the message, up to the answer after its final dot


ACCEPTED, TEMPORARY, PERMANENT = range(200, 300), range(400, 500), range(500, 600)
LOGIN = (530, 534, 535)
TOO_MANY_LOGINS = 454
CLOSING = 421
BEFORE_THE_LEAD = (Stage.CONNECT, Stage.AUTH, Stage.MAIL)
SERVERS_OWN = re.compile(r"4\.3\.\d+")
# Enough of this connection, and nothing said against another one. With 421 also: it was open for too long.
SESSION = re.compile(
    r"(?:per|in this|in one|on this|new) (?:session|connection)|try reconnecting", re.IGNORECASE
)
EXPIRED = re.compile(
    r"(?:session|connection) (?:has )?(?:expired|timed? ?out)|timeout exceeded|idle", re.IGNORECASE
)
# Letters and digits mixed, longer than a queue's number within one machine.
ID = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[\w.-]{16,200}")


def read_answer(code: int, text: str, stage: Stage) -> Outcome:
    """The outcome of an answer that ends the attempt. `code` is -1 where the server's line had none."""
    if code in ACCEPTED and stage is Stage.END:
        return Outcome(Result.SENT, words(f"{code} {text}"), server_id=named_id(text))
    if code not in TEMPORARY and code not in PERMANENT:
        return unclear(code, text, stage)
    return Outcome(refusal(code, " ".join(text.split())[:500], stage), words(f"{code} {text}"))


def unclear(code: int, text: str, stage: Stage) -> Outcome:
    result = {Stage.END: Result.UNKNOWN, Stage.CONNECT: Result.SERVER, Stage.AUTH: Result.SERVER}
    said = f"the mail server's answer isn't understood: {code} {text}"
    return Outcome(result.get(stage, Result.TEMPORARY), words(said))


def refusal(code: int, text: str, stage: Stage) -> Result:
    """What a refusal stops: the account, the server, or the lead alone."""
    enhanced = enhanced_code(code, text)
    if code in LOGIN or (stage is Stage.AUTH and code in PERMANENT):
        return Result.LOGIN
    if is_about_session(code, text):
        return Result.SERVER
    whose = blame(enhanced, text)
    if whose is Blame.SENDER:
        return Result.BLOCKED
    if is_servers_own(code, enhanced) or (stage is Stage.CONNECT and code in TEMPORARY):
        return Result.SERVER
    if stage in BEFORE_THE_LEAD:
        # Nothing said before RCPT can be about the lead, however much it looks so.
        is_passing = stage is Stage.AUTH and code != TOO_MANY_LOGINS
        return Result.SERVER if is_passing else Result.BLOCKED
    if code in TEMPORARY:
        return Result.TEMPORARY
    return Result.BOUNCED if whose is Blame.ADDRESS else Result.FAILED


def is_servers_own(code: int, enhanced: str) -> bool:
    """4.3.x, and a 421 without a code that tells more (4.4.x is the network's)."""
    return bool(SERVERS_OWN.fullmatch(enhanced)) or (code == CLOSING and enhanced[:3] in ("", "4.4"))


def is_about_session(code: int, text: str) -> bool:
    """Whether a new connection may do at once what this one no longer does."""
    return bool(SESSION.search(text) or (code == CLOSING and EXPIRED.search(text)))


def named_id(text: str) -> str:
    """The ID a server gives a message it has taken, without brackets; empty if it names none.

    Some servers write it into Message-ID in the place of ours: replies and bounces then carry it.
    """
    whole = re.search(r"<([^\s<>@]+@[^\s<>@]+)>", text)
    if whole:
        return whole[1]
    return next((token for token in re.split(r"[\s=;,()]+", text) if ID.fullmatch(token)), "")


def read_loss(stage: Stage, reason: str) -> Outcome:
    """The outcome of a line that was lost, or stayed silent for too long, at `stage` (MAIL or later)."""
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
