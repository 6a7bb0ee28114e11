"""Whose fault a refusal is, read from a mail server's code and words: ours, the address's, or neither's.

A specific code is believed first, then words that tell, then codes and words that many things go by.
"""

import re
from enum import StrEnum

from sheetflow.workflow.refusal_words import DEAD, GONE, OWN, RECEIVER, REJECTED, SENDER, TEMPORARY, UNSAID


class Blame(StrEnum):
    SENDER = "sender"  # the account, its limits, its address, its reputation
    ADDRESS = "address"  # nobody is reached there, now or later
    OTHER = "other"  # the lead's mailbox or its server; it may pass


# Codes that mean one thing at whoever says them.
SPECIFIC = (
    (
        Blame.OTHER,
        re.compile(r"5\.7\.(?:50[457]|520)|[45]\.7\.1[23]\d|5\.7\.(?:54|64)|[45]\.2\.(?:2|3|12[12])|4\.4\.3"),
    ),
    (
        Blame.SENDER,
        re.compile(r"5\.4\.5|5\.1\.90|5\.2\.252|[45]\.1\.[78]|[45]\.7\.(?:2[0-9]|3[0-2]|57|60|[567]\d\d)"),
    ),
)
TABLES = ((Blame.SENDER, OWN), (Blame.OTHER, RECEIVER), (Blame.SENDER, SENDER), (Blame.ADDRESS, DEAD))
GENERAL_DEAD = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1|5\.7\.1[78]|5\.4\.(?:4|310)")
GENERAL_OTHER = re.compile(r"[45]\.7\.\d+")

_ADDRESS = re.compile(r"<?[^\s<>()\"'@]{1,64}@[^\s<>()\"',;:]{1,255}>?")
_CODES = re.compile(r"\b(?:[245]\d\d[ -])?[245]\.\d{1,3}\.\d{1,3}\b")  # each line of an answer repeats them
_TYPE = re.compile(r"^\s*(?:smtp|x-[\w-]+);\s*", re.IGNORECASE)  # how a Diagnostic-Code begins
_QUERY = re.compile(r"(https?://[^\s/?]+)\S*")


def blame(enhanced: str, words: str) -> Blame:
    """`enhanced` is a code like 5.1.1, empty if the answer has none; `words` are the answer as it came."""
    sure = sure_blame(enhanced, words)
    if sure or GENERAL_OTHER.fullmatch(enhanced):
        return sure or Blame.OTHER
    return dead_or_away(words) if REJECTED.search(words) else Blame.OTHER


def sure_blame(enhanced: str, words: str) -> Blame | None:
    """None if neither the code nor the words say anything certain."""
    for whose, codes in SPECIFIC:
        if codes.fullmatch(enhanced):
            return whose
    said = bare(words)
    found = next((whose for whose, table in TABLES if table.search(said)), None)
    if found is Blame.ADDRESS or (not found and GENERAL_DEAD.fullmatch(enhanced)):
        return dead_or_away(words)
    return found


def dead_or_away(words: str) -> Blame:
    """An address that can't be reached now isn't dead, unless its domain is gone."""
    return Blame.OTHER if TEMPORARY.search(words) and not GONE.search(words) else Blame.ADDRESS


def bare(words: str) -> str:
    """Without codes: what stands in an address or behind a host's name doesn't count either."""
    plain = _QUERY.sub(r"\1", _ADDRESS.sub("<>", _TYPE.sub("", words)))
    return re.sub(r" {2,}", " ", UNSAID.sub(" ", _CODES.sub(" ", plain)))
