import base64

import pytest

from sheetflow.replies.incoming import parse
from sheetflow.replies.verdict import BOUNCES, Kind
from tests.replies.letters import LEAD, ORIGINAL, ORIGINAL_ID, daemon, dsn, failed, judged, letter
from tests.replies.notices import NOT_STANDARD

HARD, SOFT, LATE, SENDER = Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELAYED, Kind.SENDER_BOUNCE


@pytest.mark.parametrize("name", NOT_STANDARD)
def test_a_servers_own_words_are_understood(name):
    raw, kind = NOT_STANDARD[name]
    verdict = judged(raw)
    assert verdict.kind is kind
    assert LEAD in verdict.recipients
    assert not verdict.original_message_ids or verdict.original_message_ids[0] == ORIGINAL_ID


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.1", "550 5.1.1 <jo@example.org>: User unknown in virtual mailbox table", HARD),
        ("5.1.1", "", HARD),
        ("5.1.2", "550 Host unknown", HARD),
        ("5.1.3", "501 5.1.3 Bad recipient address syntax", HARD),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", HARD),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", HARD),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", HARD),
        ("5.4.4", "Host or domain name not found. Name service error for name=example.org", HARD),
        ("4.0.0", "DNS type 'mx' lookup of example.org responded with code NXDOMAIN", HARD),
        ("5.0.0", "550 <jo@example.org>: sorry, no mailbox here by that name", HARD),
        ("5.0.0", "554 delivery error: dd This user doesn't have a yahoo.com account", HARD),
        ("5.2.2", "552 5.2.2 Mailbox full", SOFT),
        ("5.1.1", "552 sorry, mailbox jo@example.org is over quota temporarily (#5.1.1)", SOFT),
        ("4.4.7", "", SOFT),
        ("4.4.1", "connect to example.org[192.0.2.1]:25: Connection timed out", SOFT),
        ("4.1.1", "450 4.1.1 Recipient address rejected: unverified address: try again later", SOFT),
        ("5.2.3", "552 5.2.3 Message size exceeds fixed maximum message size", SOFT),
        ("5.7.1", "550 5.7.1 Relaying denied", SOFT),
        ("5.7.1", "550 5.7.1 Relaying prohibited", SOFT),
        ("5.7.1", "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", SOFT),
        ("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; sender not allowed", SOFT),
        ("5.0.0", "was automatically rejected: we take no mail from unknown senders", SOFT),
        ("5.0.0", "550 rejected", SOFT),
        ("4.7.1", "451 4.7.1 Try again later", SOFT),
        ("4.4.3", "Host or domain name not found. Name service error: Host not found, try again", SOFT),
        ("5.0.0", "550 access denied to this network", SENDER),
        ("4.4.1", "connect to mx.example.org[192.0.2.9]:25: Connection refused", SOFT),
        ("5.1.1", "550 sender address <studio@example.com> does not exist", SENDER),
        ("5.4.5", "550 5.4.5 Daily user sending limit exceeded", SENDER),
        ("4.7.28", "421-4.7.28 unusual rate of unsolicited mail", SENDER),
        ("5.7.26", "550-5.7.26 This mail is unauthenticated", SENDER),
        ("5.7.1", "554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org", SENDER),
        ("5.1.8", "501 5.1.8 Sender address rejected: Domain not found", SENDER),
        ("5.0.0", "554 Message not allowed - policy violation (DMARC)", SENDER),
        ("5.1.1", "550 5.7.1 IP address blacklisted by recipient", SENDER),
    ],
)
def test_only_a_dead_address_is_a_hard_bounce(status, said, kind):
    assert judged(failed(status, said)).kind is kind


def test_gmail_hides_the_code_in_its_diagnostic():
    verdict = judged(failed("5.0.0", "550-5.1.1 The email account that you tried to reach does not exist"))
    assert (verdict.kind, verdict.status_code) == (HARD, "5.1.1")


def test_a_code_is_never_read_from_an_internet_address():
    assert judged(failed("5.0.0", "550 refused, see 5.1.1.20")).status_code == "5.0.0"


def test_words_around_an_address_count_not_the_address_itself():
    assert judged(failed("5.0.0", "550 <spam-unknown-user@example.org> rejected")).kind is SOFT


@pytest.mark.parametrize(
    ("subject", "notice"),
    [
        ("Consegna non riuscita", "Impossibile consegnare il messaggio a"),
        ("Kan inte levereras: x", "Ditt meddelande kunde ej levereras till"),
        ("Viestiä ei voitu toimittaa", "Viestiä ei voitu toimittaa osoitteeseen"),
    ],
)
def test_a_plain_notice_is_understood_in_many_languages(subject, notice):
    raw = daemon(f"{notice} {LEAD}:\n\nuser unknown\n", subject, **{"from": "postmaster@example.net"})
    assert (judged(raw).kind, judged(raw).recipients) == (Kind.HARD_BOUNCE, (LEAD,))


@pytest.mark.parametrize(
    "said",
    [
        "Delivery is complete, but no delivery notification was sent by the destination:",
        "Your message has been delivered to the following recipients:",
    ],
)
def test_what_was_delivered_is_no_failure(said):
    assert judged(daemon(f"{said} {LEAD}\n", "Relayed: x")).kind is Kind.DELAYED


@pytest.mark.parametrize("action", ["delayed", "Delayed", "relayed", "delivered", "expanded"])
def test_a_report_without_a_failure_is_never_final(action):
    raw = dsn(f"Final-Recipient: rfc822; {LEAD}\nAction: {action}\nStatus: 4.1.1\n", "User unknown")
    assert judged(raw).kind is LATE


def test_the_version_of_something_is_no_status_code():
    raw = daemon(f"Message about release 2.0.12 was not delivered to:\n\n{LEAD}\n    Unknown recipient")
    assert (judged(raw).kind, judged(raw).status_code) == (HARD, "")


def test_a_failure_counts_more_than_a_delay_beside_it():
    raw = dsn(
        "Final-Recipient: rfc822; other@example.net\nAction: delayed\nStatus: 4.4.1\n\n"
        f"Final-Recipient: rfc822; {LEAD}\nAction: failed\nStatus: 5.1.1\n"
    )
    assert judged(raw).kind is HARD
    assert judged(raw).recipients == (LEAD,)


def test_a_bounce_with_the_headers_of_an_auto_reply_is_a_bounce():
    raw = dsn(
        f"Final-Recipient: rfc822; {LEAD}\nAction: failed\nStatus: 5.1.1\n",
        auto_submitted="auto-replied",
        precedence="auto_reply",
    )
    assert judged(raw).kind is HARD


def test_forwarded_addresses_are_both_named():
    raw = dsn(
        f"Original-Recipient: rfc822;{LEAD}\nFinal-Recipient: RFC822; <jo.miller@example.net>\n"
        "Action: failed\nStatus: 5.1.1\n"
    )
    assert judged(raw).recipients == (LEAD, "jo.miller@example.net")


@pytest.mark.parametrize(
    "said", [f"(expanded from <{LEAD}>): host said: 550 no", f"\n    (generated from {LEAD})"]
)
def test_a_forwarding_address_is_named_if_only_the_words_tell_of_it(said):
    raw = daemon(
        f"Not delivered:\n\n<jo.miller@example.net> {said}", x_failed_recipients="jo.miller@example.net"
    )
    assert judged(raw).recipients == ("jo.miller@example.net", LEAD)


def test_the_originals_id_comes_before_those_it_answered():
    answer = ORIGINAL.replace(
        f"Message-ID: {ORIGINAL_ID}", f"Message-ID: <2@example.com>\nReferences: {ORIGINAL_ID}"
    )
    raw = dsn(f"Final-Recipient: rfc822; {LEAD}\nAction: failed\nStatus: 5.1.1\n", original=answer)
    assert judged(raw).original_message_ids == ("<2@example.com>", ORIGINAL_ID)


def test_the_original_is_found_in_an_encoded_part():
    raw = failed("5.1.1").replace(
        b"Content-Type: message/rfc822\n",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n",
    )
    head, _, _ = raw.partition(b"Received: from localhost")
    whole = head + base64.encodebytes(ORIGINAL.encode()) + b"\n--frontier--\n"
    assert judged(whole).original_message_ids == (ORIGINAL_ID,)


def test_the_recipient_is_found_in_the_original_where_the_report_names_none():
    raw = daemon(f"Sorry.\n\nReceived: from x by y;\nMessage-ID: {ORIGINAL_ID}\nTo: Jo <{LEAD}>\n\nHi")
    assert judged(raw).recipients == (LEAD,)


def test_we_are_not_taken_for_the_recipient():
    raw = daemon(f"Your message from <studio@example.com> to <{LEAD}> could not be delivered")
    assert judged(raw).recipients == (LEAD,)


def test_line_endings_make_no_difference():
    raw = failed("5.1.1", "550 5.1.1 User unknown")
    verdicts = [judged(raw.replace(b"\n", end)) for end in (b"\n", b"\r\n", b"\r")]
    assert {(v.kind, v.recipients, v.original_message_ids) for v in verdicts} == {
        (HARD, (LEAD,), (ORIGINAL_ID,))
    }


def test_the_servers_words_are_kept_in_one_short_line():
    verdict = judged(failed("5.1.1", "550 5.1.1 " + "no\x07 such user " * 100))
    assert verdict.diagnostic.startswith("smtp; 550 5.1.1 no such user")
    assert len(verdict.diagnostic) <= 500
    assert "\n" not in verdict.diagnostic


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("Undelivered Mail Returned to Sender", f"Jo Miller <{LEAD}>"),
        ("Delivery problem with my order", f"Jo <{LEAD}>"),
        ("Re: Mail delivery failed", LEAD),
        ("Fwd: Returned mail: see transcript for details", LEAD),
        ("Delivery status?", "Postmistress Jo <jo@postmaster.example.org>"),
    ],
)
def test_a_person_who_writes_about_a_bounce_is_a_person(subject, sender):
    text = "When I wrote to your other address I got this, please call me:\n> 550 5.1.1 User unknown\n"
    assert judged(letter(text, subject=subject, **{"from": sender})).kind is Kind.REPLY


def test_a_person_may_forward_a_bounce_as_an_attachment():
    body = (
        "--f\nContent-Type: text/plain\n\nIs this you?\n"
        f"--f\nContent-Type: message/rfc822\n\n{failed('5.1.1').decode()}\n--f--\n"
    )
    raw = letter(body, subject="Fwd: Delivery failure", content_type="multipart/mixed; boundary=f")
    assert judged(raw).kind is Kind.REPLY


def test_a_person_at_postmaster_is_a_person():
    raw = letter("Tuesday works, thank you.", **{"from": "Jo <postmaster@example.org>"})
    assert judged(raw).kind is Kind.REPLY


@pytest.mark.parametrize(
    "sender",
    [
        "Tom Small <postmaster@example.org>",
        "postmaster@example.org",
        "System Administrator <admin@example.org>",
        "Mailer Daemon <jo@example.org>",
        "Mail Service <mail@example.org>",
        "root@example.org",
    ],
)
@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Your enquiry", "The delivery failed again, nobody was in. The samples were returned to you."),
        ("Re: Your enquiry", "Hi Nora, your mail could not be delivered to Sam. Write to sam@example.org."),
        ("Undeliverable: your flyer", "Hi Nora,\nit came back? We moved to Elm Road 5."),
        ("Delivery problem", "My mailbox is full, please use jo2@example.org for the quote."),
        ("Delivery failed", "Ich war nicht da, das Paket wurde nicht zugestellt."),
        ("Re: Undeliverable: Your enquiry", "550 5.1.1 User unknown? That is me!"),
        ("Question about delivery", "Our server returned 550 5.1.1 User unknown for your colleague."),
    ],
)
def test_a_person_with_a_servers_address_may_write_of_deliveries(sender, subject, text):
    assert judged(letter(text, subject=subject, **{"from": sender})).kind is Kind.REPLY


def test_a_person_may_be_answered_through_a_server_without_a_return_address():
    text = "Your mail could not be delivered to Sam, so he asked me to answer: yes."
    assert judged(letter(text, "Return-Path: <>\n")).kind is Kind.REPLY


@pytest.mark.parametrize("sender", [f"Jo Miller <{LEAD}>", LEAD])
@pytest.mark.parametrize("subject", ["Fwd: ", "FW: ", ""])
@pytest.mark.parametrize("name", NOT_STANDARD)
def test_a_person_may_pass_on_any_bounce(name, subject, sender):
    raw, _ = NOT_STANDARD[name]
    report = parse(raw)
    quoted = "\n".join(f"> {line}" for line in report.text.splitlines())
    words = f"What does that mean?\n\nBegin forwarded message:\n\n{quoted}"
    passed_on = letter(words, subject=f"{subject}{report.subject}", **{"from": sender})
    assert judged(passed_on).kind is Kind.REPLY


def test_a_person_may_forward_a_report_part_by_part():
    body = (
        "--f\nContent-Type: text/plain\n\nDo you know why? Your other mailbox seems full.\n"
        "--f\nContent-Type: message/delivery-status\n\n"
        "Final-Recipient: rfc822; sam@example.com\nAction: failed\nStatus: 5.2.2\n--f--\n"
    )
    subject = "Undelivered Mail Returned to Sender"
    assert (
        judged(letter(body, subject=subject, content_type="multipart/mixed; boundary=f")).kind is Kind.REPLY
    )


def test_our_own_words_returned_in_a_bounce_make_no_person():
    raw = letter(
        f"Message could not be delivered to {LEAD}\n\nHi Jo,\nI hope that I may call you.\n",
        subject="Undeliverable: Your enquiry",
        **{"from": "Postmaster <postmaster@example.org>"},
    )
    assert judged(raw).kind in BOUNCES


def test_a_mailer_daemon_is_never_a_person():
    raw = daemon(
        "Something in no language we know", "?", **{"from": "MAILER-DAEMON@example.org", "return_path": ""}
    )
    assert judged(raw).kind in BOUNCES


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (
            "Miller & Co <mail@example.org>",
            "Returned mail",
            "Hello, your letter was returned to the sender. Please write to info@example.org.",
        ),
        (
            "System Integration <mail@example.org>",
            "Zustellung fehlgeschlagen",
            "Das Paket konnte nicht zugestellt werden, Adresse unbekannt. Bitte an:\nkontakt@example.net",
        ),
        (
            "admin@example.org",
            "Undeliverable parcel",
            "The parcel was undeliverable. Please refund it to\npay@example.net",
        ),
        ("mail@example.org", "Delivery problem", "The delivery failed: the mailbox was full. Call 555 0101."),
    ],
)
def test_a_company_that_complains_about_a_parcel_is_a_person(sender, subject, text):
    assert judged(letter(text, subject=subject, **{"from": sender})).kind is Kind.REPLY
