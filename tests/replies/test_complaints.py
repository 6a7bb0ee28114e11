import json

import pytest

from sheetflow.replies.verdict import Kind
from tests.replies.letters import LEAD, ORIGINAL, ORIGINAL_ID, judged, letter


def feedback(kind: str = "abuse", recipient: str = f"Original-Rcpt-To: <{LEAD}>\n") -> bytes:
    body = (
        "--f\nContent-Type: text/plain\n\nThis is an email abuse report.\n"
        "--f\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {kind}\nUser-Agent: Loop/1.0\nVersion: 1\n{recipient}"
        f"--f\nContent-Type: message/rfc822\n\n{ORIGINAL}\n--f--\n"
    )
    content_type = "multipart/report; report-type=feedback-report; boundary=f"
    return letter(body, subject="FW: Your enquiry", content_type=content_type, **{"from": "fbl@example.net"})


@pytest.mark.parametrize("kind", ["abuse", "fraud", "opt-out", "other"])
def test_a_feedback_report_is_a_complaint_about_its_original(kind):
    verdict = judged(feedback(kind))
    assert (verdict.kind, verdict.diagnostic) == (Kind.COMPLAINT, kind)
    assert verdict.recipients == (LEAD,)
    assert verdict.original_message_ids == (ORIGINAL_ID,)


def test_a_report_that_hides_the_recipient_still_names_the_message():
    assert judged(feedback(recipient="")).original_message_ids == (ORIGINAL_ID,)
    assert judged(feedback(recipient="")).recipients == (LEAD,)


def test_not_spam_is_no_complaint():
    assert judged(feedback("not-spam")).kind is Kind.AUTO_REPLY


def test_a_complaint_from_a_server_without_return_address_is_no_bounce():
    assert judged(b"Return-Path: <>\n" + feedback()).kind is Kind.COMPLAINT


def test_microsofts_report_is_read():
    body = f"--f\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: {LEAD}\n{ORIGINAL}\n--f--\n"
    subject = "complaint about message from 192.0.2.9"
    raw = letter(
        body, subject=subject, content_type="multipart/mixed; boundary=f", **{"from": "staff@hotmail.com"}
    )
    verdict = judged(raw)
    assert (verdict.kind, verdict.recipients) == (Kind.COMPLAINT, (LEAD,))


def test_a_person_may_complain_and_attach_our_message():
    body = (
        "--f\nContent-Type: text/plain\n\nNobody called me back.\n"
        f"--f\nContent-Type: message/rfc822\n\n{ORIGINAL}\n--f--\n"
    )
    raw = letter(
        body, subject="Complaint about message from Monday", content_type="multipart/mixed; boundary=f"
    )
    assert judged(raw).kind is Kind.REPLY


def amazon(event: dict[str, object], fold: int = 0) -> bytes:
    sent = {
        "messageId": "0101-6f",
        "destination": [LEAD],
        "headers": [{"name": "Message-ID", "value": ORIGINAL_ID}],
    }
    text = json.dumps({"mail": sent} | event)
    if fold:
        text = "!\n ".join(text[i : i + fold] for i in range(0, len(text), fold))
    body = (
        f"{text}\n\n--\nIf you wish to stop receiving notifications from this topic, click to unsubscribe\n"
    )
    sender = {"from": "no-reply@sns.amazonaws.com", "x_amz_sns_message_id": "1af9"}
    return letter(body, subject="AWS Notification Message", **sender)


def bounced(kind: str, status: str, said: str) -> dict[str, object]:
    person = {"emailAddress": LEAD, "action": "failed", "status": status, "diagnosticCode": said}
    return {"notificationType": "Bounce", "bounce": {"bounceType": kind, "bouncedRecipients": [person]}}


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (bounced("Permanent", "5.1.1", "smtp; 550 5.1.1 user unknown"), Kind.HARD_BOUNCE),
        (bounced("Transient", "5.2.2", "smtp; 552 5.2.2 mailbox full"), Kind.SOFT_BOUNCE),
        (bounced("Transient", "5.1.1", "smtp; 550 5.1.1 user unknown"), Kind.SOFT_BOUNCE),
        (
            {
                "notificationType": "Complaint",
                "complaint": {"complainedRecipients": [{"emailAddress": LEAD}]},
            },
            Kind.COMPLAINT,
        ),
        ({"notificationType": "Delivery", "delivery": {"recipients": [LEAD]}}, Kind.DELAYED),
    ],
)
@pytest.mark.parametrize("fold", [0, 60])
def test_amazons_notifications_are_read(event, kind, fold):
    verdict = judged(amazon(event, fold))
    assert verdict.kind is kind
    assert verdict.recipients == (LEAD,)
    assert verdict.original_message_ids == (ORIGINAL_ID, "<0101-6f@email.amazonses.com>")


def test_a_cut_notification_still_says_what_it_is():
    raw = amazon(bounced("Permanent", "5.1.1", "user unknown"))
    cut = raw[: raw.index(b"bouncedRecipients")] + b"\n"
    assert judged(cut.replace(b'{"mail"', b'{"notificationType": "Bounce", "mail"')).kind is Kind.SOFT_BOUNCE
