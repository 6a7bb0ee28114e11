import pytest

from sheetflow.workflow.refusals import Blame, blame

S, A, R = Blame.SENDER, Blame.ADDRESS, Blame.OTHER


@pytest.mark.parametrize(
    ("enhanced", "words", "expected"),
    [
        # A specific code before words that many use.
        ("5.7.504", "Recipient address rejected: Access denied", R),
        ("5.2.122", "The recipient has exceeded their limit of messages per hour", R),
        ("5.1.8", "Access denied, no such user", S),
        ("5.7.26", "mailbox unavailable", S),
        # Words before codes that many use.
        ("5.1.1", "Mailbox is full", R),
        ("5.1.1", "Your IP is on a block list", S),
        ("5.2.1", "The user is receiving mail at a rate that is too high", R),
        ("5.7.1", "User unknown", A),
        # Codes alone.
        ("5.1.1", "No", A),
        ("5.2.1", "", A),
        ("5.7.1", "No", R),
        ("5.7.1", "Recipient address rejected", R),
        ("5.1.0", "Recipient address rejected", A),
        ("", "No", R),
        # Our limits, and the lead's.
        ("", "Daily message quota exceeded", S),
        ("", "Quota exceeded", R),
        ("", "You have exceeded the rate at which you may send", S),
        ("", "Message size exceeds the limit", R),
        # What can't be reached now isn't dead, unless its domain is gone.
        ("5.1.1", "User unknown, temporary failure, try again later", R),
        ("", "Domain not found, try again later", A),
    ],
)
def test_codes_and_words_tell_whose_fault_it_is(enhanced, words, expected):
    assert blame(enhanced, words) is expected


def test_what_a_lead_chose_to_be_called_tells_nothing():
    assert blame("", "<spam-blacklist@unknown-user.example.org>: no") is R
    assert blame("", "see https://example.org/blacklist?why=spam") is R


OURS = ("sender address", "the sender's address", "MAIL FROM:<me@example.com>", "your account", "your domain")
THEIRS = ("recipient address", "the recipient's mailbox", "RCPT TO:<jo@example.org>", "user jo", "account")
GONE = ("is unknown", "does not exist", "was not found", "has been disabled", "could not be verified")


@pytest.mark.parametrize("gone", GONE)
def test_an_address_that_is_called_dead_is_ours_or_the_leads(gone):
    assert {blame("", f"{ours} {gone}") for ours in OURS} == {S}
    assert {blame("", f"{theirs} {gone}") for theirs in THEIRS} == {A}


def test_a_limit_on_what_is_sent_is_ours_and_one_on_what_is_received_the_leads():
    for sent in ("exceeded the hourly sending limit", "reached the limit of messages per hour"):
        assert {blame("", f"{who} has {sent}") for who in ("Your mailbox", "The sender")} == {S}
    for taken in ("reached the limit of incoming messages per hour", "received too many messages this hour"):
        assert {blame("", f"{who} has {taken}") for who in ("The recipient", "jo@example.org")} == {R}
