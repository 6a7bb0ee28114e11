"""Why a message wasn't delivered: is the address dead, is it us, or is it the day."""

import re

from sheetflow.replies.reason_words import DEAD, GONE, RECEIVER, SENDER, TEMPORARY
from sheetflow.replies.verdict import Kind

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.])([45][0-5]\d)(?=[ \-,:;#\]]|$)")
_VAGUE = re.compile(r"[245]\.\d\.0$|[245]\.0\.\d+$")  # 5.0.0, 5.1.0: the words say it better

_DEAD = re.compile(r"5\.1\.(?:1|2|3|6|10)$|5\.2\.1$|5\.4\.(?:4|310)$")
_TABLES = ((Kind.SOFT_BOUNCE, RECEIVER), (Kind.SENDER_BOUNCE, SENDER), (Kind.HARD_BOUNCE, DEAD))
_RESPONSE = re.compile(r"(?<![\w.:/])[45]\d\d[ -](?:[^\n]|\n(?!\s*\n)){3,400}")
_ADDRESS = re.compile(r"[^\s<>()\"']{1,64}@[^\s<>()\"']{1,255}")
_QUERY = re.compile(r"(https?://[^\s/?]+)\S*")
_SENDER = re.compile(r"[45]\.7\.\d+$|5\.4\.5$")
_SENDER_ADDRESS = re.compile(r"5\.1\.[78]$")

_MEANING = {
    Kind.HARD_BOUNCE: "The address is dead.",
    Kind.SOFT_BOUNCE: "It wasn't delivered, though the address may be good.",
    Kind.SENDER_BOUNCE: "It was refused because of the sender.",
    Kind.DELAYED: "Nothing has failed for good.",
}


def enhanced(text: str) -> str:
    """The first enhanced status code that says something, else the first there is, else an empty string."""
    codes = _ENHANCED.findall(text)
    return next((code for code in codes if not _VAGUE.match(code)), codes[0] if codes else "")


def refusal(words: str) -> str:
    """The same for running text, where "2.0.12" is the version of something."""
    return enhanced(re.sub(r"(?<![\d.])2\.[\d.]+", "", words))


def code_of(status: str, diagnostic: str) -> str:
    """The most telling code: Gmail's `Status: 5.0.0` hides the real one in its Diagnostic-Code."""
    said, meant = enhanced(status), enhanced(diagnostic)
    if said and not (_VAGUE.match(said) and meant):
        return said
    if meant:
        return meant
    found = _REPLY.search(diagnostic) or _REPLY.search(status)
    return found.group(1) if found else said


def reason(code: str, diagnostic: str, words: str) -> Kind:
    """Hard, soft or about the sender, for a message that certainly wasn't delivered.

    What the refusing server said counts first, even against its code: a full mailbox reported as 5.1.1
    isn't dead, nor is one behind a spam filter. Then the code, then whatever else stands in the notice.
    """
    if _SENDER_ADDRESS.match(code):
        return Kind.SENDER_BOUNCE
    said = _meaning(diagnostic) or _by_code(code) or _meaning(words) or Kind.SOFT_BOUNCE
    late = code.startswith("4.") or TEMPORARY.search(diagnostic or words)
    if said is Kind.HARD_BOUNCE and late and not GONE.search(diagnostic or words):
        return Kind.SOFT_BOUNCE
    return said


def explained(kind: Kind, said: str) -> str:
    """Why it counts as that kind, as a sentence; `said` are the server's words, one line."""
    words = said.removeprefix("smtp;").strip()[:200] or "nothing more"
    return f"{_MEANING[kind]} A mail server says: {words}"


def responses(words: str) -> str:
    """The answers of mail servers quoted in a notice: "550 5.1.1 <…> User unknown"."""
    return " ".join(" ".join(found.split()) for found in _RESPONSE.findall(words))


def _meaning(words: str) -> Kind | None:
    bare = _QUERY.sub(r"\1", _ADDRESS.sub("<>", words))
    return next((kind for kind, table in _TABLES if table.search(bare)), None)


def _by_code(code: str) -> Kind | None:
    if _DEAD.match(code):
        return Kind.HARD_BOUNCE
    return Kind.SENDER_BOUNCE if _SENDER.match(code) else None
