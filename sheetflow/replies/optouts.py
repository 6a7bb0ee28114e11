"""Recognises a wish to get no more mail: a text that is nothing but that, in one of many languages.

Every word of the text must be one that such a wish is made of; a single other word makes it a reply, which
stops the sequence too.
"""

import re
from functools import cache

from sheetflow.replies.incoming import Incoming
from sheetflow.replies.mime import Mail
from sheetflow.replies.opt_words import EVERYWHERE, LANGUAGES, Vocabulary
from sheetflow.replies.thread_words import CLOSING, FAREWELL, GREETING
from sheetflow.replies.verdict import Kind, Verdict
from sheetflow.workflow.phrases import group_of, names_of

_LONGEST = 200  # characters
# One letter for each field of a vocabulary.
_SIGNS = {
    "leave": "L",
    "drop": "D",
    "halt": "H",
    "enough": "E",
    "write": "S",
    "send": "s",
    "mails": "M",
    "no": "N",
    "nomore": "n",
    "more": "+",
    "mine": "m",
    "want": "w",
    "get": "g",
    "have": "h",
    "around": "-",
    "polite": "p",
    "other": "x",
}
_SPACE = re.compile(r"[\s\"'“”«»()*_]+|[^\w\s.,;:!?。、！？…-]+")
_CLAUSE = re.compile(r"[.,;:!?。、！？…–—-]+")
_ASKED = re.compile(r"[?？]\s*$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# "Don't stop", "stop not": the wish is denied, unless the no belongs to the mails behind it.
_DENIED = re.compile(r"N[-+mpw]{0,3}[LDHE]|[LDH][-mp]{0,2}N(?![-+mpN]*[SsM])")
# What mail programs write below such a subject.
_BUTTON = re.compile(
    r"automatically|sent this (?:e-?mail|message) to unsubscribe|list-unsubscribe", re.IGNORECASE
)
_LEAVE = "|".join(group_of(vocabulary.leave) for vocabulary in (EVERYWHERE, *LANGUAGES))
_LIST_WISH = re.compile(rf"\W*(?:(?:please|bitte) )?(?:{_LEAVE})(?!\w)", re.IGNORECASE)


def opt_out_by_subject(mail: Mail, incoming: Incoming) -> Verdict | None:
    """What a mail program sends when its Unsubscribe button is pressed (`mailto:` of List-Unsubscribe)."""
    subject, text = incoming.subject[:_LONGEST], incoming.own_text
    if incoming.references:
        return None
    is_wished = is_wish(subject)
    is_by_button = not text or _BUTTON.search(text) or _LIST_WISH.match(text)
    is_titled = is_by_button or (is_wished and "?" not in subject)
    if (is_wished and not text) or (is_titled and _LIST_WISH.match(subject)):
        return Verdict(Kind.UNSUBSCRIBE, incoming, f"Its subject is the wish: {subject}")
    return None


def opt_out(mail: Mail, incoming: Incoming) -> Verdict | None:
    text = _unsigned(incoming)
    if not is_wish(text):
        return None
    said = " ".join(text.split())
    return Verdict(Kind.UNSUBSCRIBE, incoming, f"Its text is nothing but the wish: {said}")


def is_wish(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and any(_is_wish(text, language) for language in LANGUAGES)


def _is_wish(text: str, language: Vocabulary) -> bool:
    text = text.lower().replace("’", "'")
    if _alone(language).fullmatch(text):
        return True
    clauses, asked = _signs(text, language), bool(_ASKED.search(text))
    return bool(clauses) and all(map(_is_fit, clauses)) and any(_wants(c, asked) for c in clauses)


def _wants(clause: str, asked: bool) -> bool:
    """By its signs. A question is one only in words that leave no doubt: "how do I unsubscribe?"."""
    said = set(clause)
    mails = said & set("SsM")
    if "x" in said or (said & set("gh") and "w" not in said):
        return False
    if "L" in said or {"D", "m"} <= said:
        return True
    if asked:
        return {"H", "m"} <= said and bool(mails)
    if "H" in said or ("E" in said and mails):
        return True
    return bool(said & set("Nn")) and _ends(said)


def _ends(said: set[str]) -> bool:
    """What a no beside it puts an end to."""
    if "S" in said or {"w", "g"} <= said:
        return True
    more = said & set("n+")
    if "s" in said:
        return bool(more or "M" in said)
    return "M" in said and bool(more or said & set("wp"))


def _is_fit(clause: str) -> bool:
    """A wish, or words that may stand beside one; "write to me" says the opposite."""
    if _DENIED.search(clause):
        return False
    said = set(clause)
    odd = said & set("SsDghx") or ("M" in said and not said & set("Nn"))
    return _wants(clause, asked=False) or not odd


def _signs(text: str, language: Vocabulary) -> list[str]:
    """The text as one letter a word, clause by clause; empty if a word isn't in the vocabulary."""
    at, clauses = 0, [""]
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
        elif mark := _CLAUSE.match(text, at):
            clauses.append("")
            at = mark.end()
        else:
            found = ((m.end(), sign) for sign, words in _words(language) if (m := words.match(text, at)))
            end, sign = max(found, default=(0, ""))
            if end <= at:
                return []
            clauses[-1] += sign
            at = end
    return [clause for clause in clauses if clause]


@cache
def _words(language: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    end = "" if _UNSPACED.search(language.leave) else r"(?:(?![\w'-])|(?<='))"
    groups = ((sign, _either(name, language)) for name, sign in _SIGNS.items())
    return tuple((sign, re.compile(words + end)) for sign, words in groups if words != group_of(""))


def _either(name: str, language: Vocabulary) -> str:
    """A field of the language's own vocabulary and of everybody's."""
    return group_of(f"{getattr(language, name)}\n{getattr(EVERYWHERE, name)}")


@cache
def _alone(language: Vocabulary) -> re.Pattern[str]:
    """One of the words that are a wish only by themselves."""
    polite = rf"(?:\W*{_either('polite', language)}(?!\w))*"
    return re.compile(rf"{polite}\W*{_either('alone', language)}(?!\w){polite}[\s.!]*")


def _unsigned(incoming: Incoming) -> str:
    """Without a greeting, the sender's address, and what comes from a farewell or the sender's name on."""
    names = {name.lower() for name in re.findall(r"\w+", incoming.sender_name)}
    signed = re.compile(rf"\W*{re.escape(incoming.sender_name)}\s*[|,·•/–—-]", re.IGNORECASE)
    kept: list[str] = []
    for line in GREETING.sub("", incoming.own_text).split("\n"):
        words = [word.strip(".,").lower() for word in line.split()]
        is_name = names and (signed.match(line) or (words and names.issuperset(words)))
        if kept and (is_name or CLOSING.match(line)):
            break
        kept.append(line)
    text = "\n".join(kept).strip()
    if incoming.sender:
        text = re.sub(rf"(?<![\w.]){re.escape(incoming.sender)}(?!\w)", "", text, flags=re.IGNORECASE)
    name = names_of(names)
    signature = rf"(?:[,.!;–—-]|\b{FAREWELL},?)\s*{name}(?: {name})*\W*$"
    return re.sub(signature, "", text, flags=re.IGNORECASE) if names else text
