"""A person's own words: a mail's text without the quoted thread and the signature, in many languages."""

import re

from email_reply_parser import EmailMessage

from sheetflow.replies import thread_words as words

_LIMIT = 20_000  # characters that are read; a reply's own words stand at its beginning


class _ReplyText(EmailMessage):  # type: ignore[misc]  # email_reply_parser ships no types
    """The library's reading of `>` quotes and signatures; introductions and headers are cut before.

    Its own search for "On … wrote:" takes minutes on a text of many "On", and a line that only begins
    with "From:" ends a mail for it.
    """

    MULTI_QUOTE_HDR_REGEX_MULTILINE = QUOTE_HDR_REGEX = HEADER_REGEX = re.compile(r"(?!)")
    SIG_REGEX = re.compile(rf"(--|__|—\w|-\w)|^[<(\[]{{0,2}}{words.SENT_FROM}", re.IGNORECASE)


def own_words(text: str) -> str:
    """What the person wrote; empty where the mail only quotes or forwards."""
    lines = _cut(_unwarned(text[:_LIMIT].replace("\r\n", "\n").split("\n")))
    if not any(line.strip() for line in lines):
        return ""
    reply = _ReplyText("\n".join(_spaced(lines))).read().reply
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in reply.split("\n"))).strip()


def _unwarned(lines: list[str]) -> list[str]:
    """Without what our side's mail server writes above a mail from outside."""
    at = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if len(lines[at]) > 500 or not words.BANNER.search(lines[at]):
        return lines
    goes_on = (n for n, line in enumerate(lines[at + 1 :], at + 1) if not words.BANNER_GOES_ON.search(line))
    return lines[next(goes_on, len(lines)) :]


def _cut(lines: list[str]) -> list[str]:
    """Lines before the thread; a quote of `>` lines stays for the library, words may follow it."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if words.DIVIDER.match(lines[at]) or _header_block(lines, at):
            break
        if words.IMAGE.match(lines[at]):
            at += 1
            continue
        introduced = _introduction(lines, at)
        if introduced:
            at += introduced
            if any(line.strip() for line in kept) and not _quoted_next(lines, at):
                break
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _introduction(lines: list[str], at: int) -> int:
    """How many lines from here on introduce a quote: 0 to 3, mail programs fold them."""
    first = lines[at]
    if len(first) > 1000 or not _dated(first):
        return 0
    if words.DATED_ADDRESS.match(first) or words.INTRODUCTION.match(first):
        return 1
    if not words.INTRODUCTION_OPENS.match(first):
        return 0
    for more in (1, 2):
        joined = " ".join(line.strip() for line in lines[at : at + more + 1])
        if len(lines) <= at + more or len(joined) > 400:
            return 0
        if words.INTRODUCTION_ENDS.search(joined) or words.DATED_ADDRESS.match(joined):
            return more + 1
    return 0


def _dated(line: str) -> bool:
    """An introduction names a time or an address: "I wrote:" is the person's own."""
    return bool(re.search(r"\d|@|<", line))


def _quoted_next(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.lstrip().startswith(">")


def _header_block(lines: list[str], at: int) -> bool:
    """`From:` followed by `Sent:`, `To:` or `Subject:` within the next lines, as Outlook writes it.

    GMX begins with `Sent:`. A day behind `From:` tells of an absence.
    """
    first = lines[at]
    following = [line for line in lines[at + 1 : at + 6] if line.strip() and len(line) < 1000][:3]
    if len(first) > 1000 or not following or words.FROM_DAY.match(first):
        return False
    if words.NEXT_HEADER.match(first):
        return "@" in following[0] and bool(words.FIRST_HEADER.match(following[0]))
    return bool(words.FIRST_HEADER.match(first)) and any(map(words.NEXT_HEADER.match, following))


def _spaced(lines: list[str]) -> list[str]:
    """A blank line before a signature, where the library looks for one."""
    spaced: list[str] = []
    for line in lines:
        if line.rstrip() in ("--", "—", "__"):
            spaced.append("")
        spaced.append(line)
    return spaced
