import pytest

from sheetflow.replies.free_mail import is_free_mail
from sheetflow.replies.match import How, Match, index, match
from tests.replies.letters import LEAD, ORIGINAL_ID, daemon, dsn, failed, judged, letter

FOLLOW_UP = "<follow.l-7kq2m9xw3t@example.com>"
INDEX = index(
    of_message={
        ORIGINAL_ID.strip("<>"): ("L-jo", "first_response"),
        FOLLOW_UP.strip("<>"): ("L-jo", "follow_up"),
        "9@x": ("L-ann", "check_in"),
    }.get,
    addresses=[
        (LEAD, "L-jo"),
        ("Ann+forms@Gmail.com", "L-ann"),
        ("ann@gmail.com", "L-ann2"),
        ("sam@web.de", "L-sam"),
    ],
)


def matched(raw: bytes) -> Match | None:
    return match(judged(raw), INDEX)


@pytest.mark.parametrize("header", ["In-Reply-To", "References", "X-MS-Exchange-Parent-Message-Id"])
def test_an_answer_to_our_message_belongs_to_its_lead_whoever_wrote_it(header):
    raw = letter("Yes", f"{header}: {ORIGINAL_ID}\n", **{"from": "assistant@example.net"})
    assert matched(raw) == Match(("L-jo",), How.MESSAGE_ID, "first_response")


def test_an_answer_belongs_to_the_newest_message_it_names():
    raw = letter("Yes", f"References: <0@other> {ORIGINAL_ID} {FOLLOW_UP}\n")
    assert matched(raw) == Match(("L-jo",), How.MESSAGE_ID, "follow_up")


def test_without_a_thread_the_address_decides():
    assert matched(letter("Yes")) == Match(("L-jo",), How.ADDRESS)


@pytest.mark.parametrize("sender", ["ann@gmail.com", "a.n.n@googlemail.com", "ANN+other@gmail.com"])
def test_an_alias_is_the_same_address_and_may_stand_on_several_rows(sender):
    assert matched(letter("Yes", **{"from": sender})) == Match(("L-ann", "L-ann2"), How.ADDRESS)


def test_somebody_else_at_the_same_company_is_a_colleague():
    raw = letter("I take over from Jo", **{"from": "Kim <kim@example.org>"})
    assert matched(raw) == Match(("L-jo",), How.COLLEAGUE)


@pytest.mark.parametrize(
    "sender", ["kim@web.de", "kim@gmail.com", "kim@example.com.au", "kim@sub.example.org", ""]
)
def test_strangers_match_nobody(sender):
    assert matched(letter("Hello", **{"from": sender})) is None


def test_a_machine_at_the_same_company_matches_nobody():
    assert matched(letter("x", subject="Automatic reply: order", **{"from": "shop@example.org"})) is None
    assert matched(letter("x", subject="Automatic reply: order")) == Match(("L-jo",), How.ADDRESS)


def test_a_bounce_is_matched_by_the_message_it_returns():
    assert matched(failed("5.1.1", recipient="forwarded@example.net")) == Match(
        ("L-jo",), How.MESSAGE_ID, "first_response"
    )


def test_a_bounce_without_the_message_is_matched_by_its_recipient():
    fields = "Final-Recipient: rfc822; A.nn@gmail.com\nAction: failed\nStatus: 5.1.1"
    assert matched(dsn(fields, original="Subject: x\n")) == Match(("L-ann", "L-ann2"), How.ADDRESS)


def test_a_bounce_from_the_leads_mail_server_about_somebody_else_matches_nobody():
    raw = daemon("<kim@example.org>: 550 5.1.1 User unknown", **{"from": f"MAILER-DAEMON <{LEAD}>"})
    assert matched(raw) is None


def test_our_own_mail_is_matched_by_its_id_or_by_its_reader():
    sent = {"from": "studio@example.com", "to": f"Jo <{LEAD}>"}
    assert matched(letter("Hi", f"Message-ID: {FOLLOW_UP}\n", **sent)) == Match(
        ("L-jo",), How.MESSAGE_ID, "follow_up"
    )
    assert matched(letter("By hand", f"References: {ORIGINAL_ID}\n", **sent)) == Match(("L-jo",), How.ADDRESS)
    assert matched(letter("To Kim", **(sent | {"to": "kim@example.org"}))) is None


@pytest.mark.parametrize(
    "domain", ["gmail.com", "GMX.at", "yahoo.co.uk", "hotmail.fr", "web.de", "qq.com", "outlook.com.br"]
)
def test_free_mail_is_known(domain):
    assert is_free_mail(domain)


@pytest.mark.parametrize("domain", ["example.org", "gmail.example.org", "live.example.co.uk", "mygmx.de", ""])
def test_companies_are_not_free_mail(domain):
    assert not is_free_mail(domain)
