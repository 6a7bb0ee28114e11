from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.replies.dates import return_date
from sheetflow.replies.match import index, match
from sheetflow.replies.own_words import own_words
from sheetflow.replies.verdict import BOUNCES, Verdict
from tests.replies.letters import LEAD, ORIGINAL_ID, failed, judged
from tests.replies.notices import NOT_STANDARD

INDEX = index([(ORIGINAL_ID, "L-jo", "first_response")], [(LEAD, "L-jo")])
REAL = [failed("5.1.1", "550 5.1.1 User unknown"), *(raw for raw, _ in NOT_STANDARD.values())]
MARKUP = rb"""
From:|Subject:|Content-Type: |multipart/report; report-type=delivery-status;|boundary=f|message/rfc822
message/delivery-status|text/html|Content-Transfer-Encoding: base64|quoted-printable|=?utf-8?b?|?=|--f
--f--|<|>|@example.org|Action: failed|Final-Recipient: rfc822;|Status: 5.1.1|On 1 May wrote:|> |References: <
charset*0*=x''%|Date: Tue, 2 Jun 2026|{"Message":|X-Amz-Sns-Message-Id: 1
"""
PIECES = st.sampled_from([*MARKUP.replace(b"\n", b"|").split(b"|"), b"\n", b"\r\n\r\n", b"\xff\x00"])
ASSEMBLED = st.lists(PIECES | st.binary(max_size=8), max_size=60).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes | None = None) -> bytes:
    raw = draw(st.sampled_from(REAL)) if whole is None else whole
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.binary(max_size=12) | PIECES) + raw[at + draw(st.integers(0, 40)) :]
    return raw


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=2000) | ASSEMBLED | damaged())
def test_no_bytes_make_the_classifier_raise(raw):
    verdict = judged(raw)
    assert isinstance(verdict, Verdict)
    assert len(verdict.excerpt) <= 500
    assert all(c == "\n" or c.isprintable() for c in verdict.excerpt + verdict.diagnostic)
    found = match(verdict, INDEX)
    assert found is None or found.lead_ids == ("L-jo",)


HEAD, _, BODY = REAL[0].partition(b"\n\n")


@settings(deadline=None, max_examples=200)
@given(damaged(BODY))
def test_a_report_with_a_damaged_body_is_still_a_report(body):
    assert judged(HEAD + b"\n\n" + body).kind in BOUNCES


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400), st.dates())
def test_no_text_makes_the_readers_raise(text, sent):
    assert isinstance(own_words(text), str)
    found = return_date(text, sent)
    assert found is None or found >= sent
