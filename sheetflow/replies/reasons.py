"""Why a message wasn't delivered: is the address dead, is it us, or is it the day."""

import re

from sheetflow.replies.verdict import Kind
from sheetflow.workflow.refusal_words import GONE, TEMPORARY
from sheetflow.workflow.refusals import Blame, blame, sure_blame

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.])([45][0-5]\d)(?=[ \-,:;#\]]|$)")
_VAGUE = re.compile(r"[245]\.\d\.0$|[245]\.0\.\d+$")  # 5.0.0, 5.1.0: the words say it better

_RESPONSE = re.compile(r"(?<![\w.:/])[45]\d\d[ -](?:[^\n]|\n(?!\s*\n)){3,400}")
_SENDER = re.compile(r"[45]\.7\.\d+$")  # in a notice of ours, mostly for what our own server is known for
_KINDS = {Blame.SENDER: Kind.SENDER_BOUNCE, Blame.ADDRESS: Kind.HARD_BOUNCE, Blame.OTHER: Kind.SOFT_BOUNCE}

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

    What the refusing server said counts first, then whatever else stands in the notice.
    """
    said = _said(code, diagnostic, words)
    late = code.startswith("4.") and not GONE.search(diagnostic or words)
    return Kind.SOFT_BOUNCE if late and said is Kind.HARD_BOUNCE else said


def _said(code: str, diagnostic: str, words: str) -> Kind:
    sure = sure_blame(code, diagnostic)
    if not sure and _SENDER.match(code) and not TEMPORARY.search(diagnostic):
        return Kind.SENDER_BOUNCE
    told = sure or blame(code, diagnostic)
    return _KINDS[told if sure or told is not Blame.OTHER else blame(code, words)]


def explained(kind: Kind, said: str) -> str:
    """Why it counts as that kind, as a sentence; `said` are the server's words, one line."""
    words = said.removeprefix("smtp;").strip()[:200] or "nothing more"
    return f"{_MEANING[kind]} A mail server says: {words}"


def responses(words: str) -> str:
    """The answers of mail servers quoted in a notice: "550 5.1.1 <…> User unknown"."""
    return " ".join(" ".join(found.split()) for found in _RESPONSE.findall(words))
