"""Throws damaged mails at the reader of replies and says what its wall caught, by kind.

python -m tests.fuzz_mails --count 100000
python -m tests.fuzz_mails --from DIRECTORY --count 1000000    (.eml and other files of real mails)
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sheetflow.replies.match import index, match
from sheetflow.replies.understand import understand
from sheetflow.replies.verdict import Kind, Unreadable
from tests.replies.letters import LEAD, ORIGINAL_ID, OWN, failed, letter
from tests.replies.notices import NOT_STANDARD

ARRIVED = datetime(2026, 6, 3, 10, tzinfo=UTC)
INDEX = index({ORIGINAL_ID.strip("<>"): ("L-jo", "first_response")}.get, [(LEAD, "L-jo")])
HTML = "<p>Yes, Tuesday.</p><blockquote>On 2 June Studio wrote: Reply STOP</blockquote>"
OWN_MAILS = (
    failed("5.1.1", "550 5.1.1 User unknown"),
    *(raw for raw, _ in NOT_STANDARD.values()),
    letter(
        "Please stop\n\nKind regards\nJo Miller",
        "Message-ID: <1@example.org>\nIn-Reply-To: <2@example.com>\n",
    ),
    letter(
        "I am out of the office until Monday 15 June.", "Auto-Submitted: auto-replied\n", subject="Absence"
    ),
    letter(HTML, content_type="text/html; charset=windows-1252"),
)

DATES = (
    "Fri, 31 Dec 9999 23:59:59 -1200",
    "Sat, 1 Jan 0001 00:00:00 +1400",
    "Wed, 3 Jun 2026 10:00:00 +9999",
    "3 Jun 26",
    "Wed, 31 Feb 2026 25:61:61 +0200",
    "((((nested) comments) in a) date) 3 Jun 2026 10:00:00 +0200",
)
CHARSETS = (
    *(
        "us-ascii",
        "utf-8",
        "utf-16",
        "utf-7",
        "iso-2022-jp",
        "gb2312",
        "big5",
        "koi8-r",
        "windows-1255",
        "hz",
    ),
    *("punycode", "idna", "rot13", "hex", "undefined", "unicode_escape", "x-unknown", "", '"', "utf-8\x00"),
)
ENCODINGS = ("7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "", "base64 ; x")
KINDS = (
    *(
        "text/plain",
        "text/html",
        "text/calendar; method=REPLY",
        "multipart/mixed",
        "multipart/mixed; boundary=",
    ),
    *(
        "multipart/report; report-type=delivery-status",
        "message/rfc822",
        "message/delivery-status",
        "text",
        "/",
    ),
    *(
        "message/feedback-report",
        "message/partial; id=1",
        "application/json",
        "message/external-body; name*0*=''%ff",
    ),
)
VALUES = (
    *(
        "(" * 2000,
        '"' * 99,
        "<" * 500,
        "@" * 300,
        ",;:" * 200,
        "=?utf-8?b?4p2k?=" * 60,
        "=?x?q?=ff?=",
        "\x00\x01\x02",
    ),
    *(
        "=?utf-8?b?A",
        "\\" * 300,
        "Jo <jo@example.org>" * 300,
        "Jo via Studio <studio@example.com>",
        "[" * 500,
    ),
    *(
        "a" * 12_000,
        "\u202e\u0000",
        "<@a,@b:jo@example.org>",
        "group: a@example.org, b@example.org;",
        "\udcff\udc80",
    ),
)
TEXTS = (
    *(
        b"back on Monday",
        b"until 31 December 9999",
        b"until 30 February",
        b"from 99.99. to 32.13.2026",
        b"\xff\xfe\x00",
    ),
    *(
        b"On \nwrote:\n> ",
        b"From: \nSent: \n",
        b"-- \n",
        b"<!--",
        b"<![CDATA[",
        b"BEGIN:VCALENDAR\nMETHOD:REPLY\n",
    ),
    *(
        b"stop " * 50,
        b"> " * 500,
        b"550 5.1.1 ",
        b"Final-Recipient: rfc822;",
        b'{"notificationType":"Bounce"',
        b"\r\r\n",
    ),
)
NAMES = (
    *(
        "From",
        "To",
        "Subject",
        "Date",
        "Received",
        "Message-ID",
        "References",
        "Reply-To",
        "X-Original-Sender",
    ),
    *(
        "Auto-Submitted",
        "List-Unsubscribe",
        "Content-Type",
        "Content-Disposition",
        "X-Failed-Recipients",
        "Sender",
    ),
    *(
        "X-Apple-Criteria",
        "X-Amz-Sns-Message-Id",
        "Return-Path",
        "X-MS-Exchange-Inbox-Rules-Loop",
        "Precedence",
    ),
)


def mutated(mails: Sequence[bytes], random: Random) -> bytes:
    """One of the mails with one to five damages."""
    raw = random.choice(mails)
    for _ in range(random.randint(1, 5)):
        raw = random.choice(_DAMAGES)(raw, random, mails)
    return raw[:300_000]


def _header(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    value = random.choice((*VALUES, *DATES, "", random.randbytes(20).decode("latin-1")))
    line = f"{random.choice(NAMES)}: {value}\n".encode("utf-8", "surrogateescape")
    return (
        line + raw if random.random() < 0.7 else re.sub(rb"\n(?=[A-Z])", lambda m: b"\n" + line, raw, count=1)
    )


def _date(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    date = random.choice(DATES).encode()
    return re.sub(rb"(?im)^date:.*$", lambda m: b"Date: " + date, raw, count=random.choice((0, 1)))


def _charset(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    charset = random.choice(CHARSETS).encode()
    return re.sub(rb"(?i)charset=[^\s;]*", lambda m: b"charset=" + charset, raw) + random.randbytes(9)


def _encoding(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    line = f"Content-Transfer-Encoding: {random.choice(ENCODINGS)}".encode()
    changed = re.sub(rb"(?im)^content-transfer-encoding:.*$", lambda m: line, raw)
    return changed if changed != raw else line + b"\n" + raw


def _type(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    kind = f"Content-Type: {random.choice(KINDS)}".encode()
    found = list(re.finditer(rb"(?im)^content-type:[^;\n]*", raw))
    if not found:
        return kind + b"\n" + raw
    at = random.choice(found)
    return raw[: at.start()] + kind + raw[at.end() :]


def _splice(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    other = random.choice(mails)
    return raw[: random.randint(0, len(raw))] + other[random.randint(0, len(other)) :]


def _lines(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    first, last = sorted(random.randint(0, len(lines)) for _ in range(2))
    piece = lines[first:last]
    return b"\n".join(lines[:first] + piece * random.choice((0, 2, 3)) + lines[last:])


def _nest(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"".join(head % (n, n) for n in range(random.choice((1, 3, 60)))) + raw


def _text(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + random.choice(TEXTS) + raw[at:]


def _bytes(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + random.randbytes(random.randint(0, 12)) + raw[at + random.randint(0, 40) :]


def _cut(raw: bytes, random: Random, mails: Sequence[bytes]) -> bytes:
    return raw[: random.randint(0, len(raw))]


_DAMAGES: tuple[Callable[[bytes, Random, Sequence[bytes]], bytes], ...] = (
    *(_header, _date, _charset, _encoding, _type, _splice, _lines, _nest, _text, _bytes, _cut),
)


def judge(raw: bytes) -> str:
    """The kind, or what the wall caught."""
    verdict = understand(raw, OWN, ARRIVED)
    if isinstance(verdict, Unreadable):
        return f"set aside: {verdict.because}"
    match(verdict, INDEX)
    verdict.excerpt.encode("utf-8", "surrogatepass")
    return verdict.kind.value


def fuzz(mails: Sequence[bytes], count: int, seed: int) -> None:
    kinds: Counter[str] = Counter()
    slowest, started = (0.0, 0), time.process_time()
    for number in range(count):
        raw = mutated(mails, Random(f"{seed}-{number}"))
        begun = time.process_time()
        try:
            kinds[judge(raw)] += 1
        except Exception as error:
            kinds[f"LEFT THE WALL: {type(error).__name__} at number {number}"] += 1
        slowest = max(slowest, (time.process_time() - begun, number))
        if (number + 1) % 10_000 == 0:
            print(f"{number + 1:,} mails, {kinds.total() - _understood(kinds)} set aside", flush=True)
    each = (time.process_time() - started) / max(count, 1) * 1000
    print(f"{count:,} damaged mails of seed {seed}, {each:.2f} ms each with the damaging")
    print(f"slowest: number {slowest[1]}, {slowest[0]:.2f} s")
    for kind, number in kinds.most_common():
        print(f"{number:9,}  {kind}")


def _understood(kinds: Counter[str]) -> int:
    return sum(kinds[kind] for kind in Kind)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--from", dest="folder", type=Path, help="a folder of mails, read with those below it"
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    paths = sorted(p for p in asked.folder.rglob("*") if p.is_file()) if asked.folder else []
    fuzz([path.read_bytes() for path in paths] or OWN_MAILS, asked.count, asked.seed)


if __name__ == "__main__":
    main()
