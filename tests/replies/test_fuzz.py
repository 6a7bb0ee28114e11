from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.replies.absence import absence_in
from sheetflow.replies.match import match
from sheetflow.replies.optouts import is_wish
from sheetflow.replies.own_words import own_words
from sheetflow.replies.understand import understand
from sheetflow.replies.verdict import BOUNCES, Verdict
from tests.fuzz_mails import INDEX, OWN_MAILS, mutated
from tests.replies.letters import OWN, judged

MARKUP = rb"""
From:|Subject:|Content-Type: |multipart/report; report-type=delivery-status;|boundary=f|message/rfc822
message/delivery-status|text/html|Content-Transfer-Encoding: base64|quoted-printable|=?utf-8?b?|=?|--f
--f--|<|>|@example.org|Action: failed|Final-Recipient: rfc822;|Status: 5.1.1|On 1 May wrote:|> |References: <
charset*0*=x''%|Date: Tue, 2 Jun 2026|{"Message":|X-Amz-Sns-Message-Id: 1
"""
PIECES = st.sampled_from([*MARKUP.replace(b"\n", b"|").split(b"|"), b"\n", b"\r\n\r\n", b"\xff\x00"])
ASSEMBLED = st.lists(PIECES | st.binary(max_size=8), max_size=60).map(b"".join)
DAMAGED = st.integers(0, 2**32).map(lambda seed: mutated(OWN_MAILS, Random(seed)))


def is_sound(verdict):
    assert isinstance(verdict, Verdict), verdict
    assert verdict.because
    assert len(verdict.excerpt) <= 500
    assert all(c == "\n" or c.isprintable() for c in verdict.excerpt + verdict.diagnostic)
    found = match(verdict, INDEX)
    assert found is None or found.lead_ids == ("L-jo",)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=2000) | ASSEMBLED | DAMAGED)
def test_no_bytes_reach_the_wall(raw):
    is_sound(understand(raw, OWN))


@pytest.mark.parametrize("number", range(150))
def test_damaged_mails_do_not_reach_the_wall(number):
    is_sound(understand(mutated(OWN_MAILS, Random(number)), OWN, datetime(2026, 6, 3, tzinfo=UTC)))


HEAD, _, BODY = OWN_MAILS[0].partition(b"\n\n")


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32), st.binary(max_size=12))
def test_a_report_with_a_damaged_body_is_still_a_report(seed, piece):
    at = seed % (len(BODY) + 1)
    assert judged(HEAD + b"\n\n" + BODY[:at] + piece + BODY[at + seed % 40 :]).kind in BOUNCES


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400), st.dates())
def test_no_text_makes_the_readers_raise(text, sent):
    assert isinstance(own_words(text), str)
    assert isinstance(is_wish(text), bool)
    absence = absence_in(text, sent)
    assert absence is None or absence.until is None or absence.until >= sent
