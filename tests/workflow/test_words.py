"""What a person types into Status, and what it does to the sequence."""

from dataclasses import replace

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Hold, Send, Stop
from sheetflow.workflow.events import Kind
from tests.workflow.builders import WORKFLOW, Tracked, at, sending


def contacted(**fields):
    """Answered on Tuesday at ten: follow_up is due on Thursday at ten."""
    lead = Tracked(**fields)
    lead.run("2026-03-24 10:00")
    return lead


@pytest.mark.parametrize(
    ("word", "action"),
    [
        ("New", Send),
        ("Contacted", Send),
        ("Following up", Send),
        ("Nurture", None),  # waits for its month
        ("Replied", Stop),
        ("In conversation", Stop),
        ("Booked", Stop),
        ("Won", Stop),
        ("Lost", Stop),
        ("Bounced", Stop),
        ("Unsubscribed", Stop),
        ("Do not contact", Stop),
        ("Not a lead", Stop),
        ("Test", Stop),
        ("Paused", Hold),
        ("Needs attention", Hold),
        ("signed", Stop),  # an alias of the business
        ("ON HOLD", Hold),
        ("wno", Hold),
        ("", Hold),
    ],
)
def test_what_is_typed_over_contacted_is_obeyed_and_stands(word, action):
    lead = contacted().types(status=word)
    sent = lead.run("2026-03-26 10:00")
    assert sent == ("follow_up" if action is Send else "")
    assert lead.row.status == ("Following up" if action is Send else word)
    assert lead.details(Kind.STATUS) == ([f"{word} (was Contacted)"] if word != "Contacted" else [])
    if action in (Hold, Stop):
        decision = lead.decides("2026-03-26 10:10")
        assert isinstance(decision, action)
        assert not getattr(decision, "is_new", False)
        assert lead.runs("2026-03-26 10:10", "2026-04-24 10:00", "2026-06-24 10:00") == []
        assert lead.row.status == word


@pytest.mark.parametrize("word", ["Hot prospect", "", "Won (big deal)", "=1+1", "x" * 300])
def test_a_word_nobody_knows_holds_and_names_those_that_are_known(word):
    lead = contacted().types(status=word)
    lead.run("2026-03-26 10:00")
    assert lead.row.status == word
    assert all(status in lead.row.why for status in (*statuses.STATUSES, "Send again"))
    assert lead.types(status="Following up").run("2026-03-26 11:00") == "follow_up"


@pytest.mark.parametrize(
    ("typed", "then"), [("Won (big deal)", "Lost (was Won)"), ("Lost (was Won", "a) (b")]
)
def test_brackets_in_a_word_are_part_of_it(typed, then):
    lead = contacted().types(status=typed)
    lead.run("2026-03-25 10:00")
    lead.types(status=then).run("2026-03-25 11:00")
    assert lead.row.status == then
    assert lead.types(status="Won").run("2026-03-26 10:00") == ""
    assert (lead.row.status, len(lead.details(Kind.STATUS))) == ("Won", 3)


@pytest.mark.parametrize("word", ["In conversation", "Booked", "Won", "Lost"])
def test_the_first_of_the_owners_words_stamps_the_owners_response(word):
    lead = contacted().types(status=word)
    lead.run("2026-03-24 11:30")
    lead.types(status="Won").run("2026-03-24 12:00")
    lead.types(status="Lost").run("2026-03-24 13:00")
    assert lead.row.owner_response == 90
    assert len(lead.details(Kind.OWNER_RESPONSE)) == 1


def test_contacted_typed_on_a_new_lead_skips_the_first_response_and_counts_from_then():
    lead = Tracked(arrived="2026-03-24 10:00").types(status="Contacted")
    assert lead.run("2026-03-24 15:00") == ""
    assert (lead.row.status, lead.row.emails_sent) == ("Contacted", 0)
    assert lead.decides("2026-03-24 15:00").at == at("2026-03-26 15:00")
    assert lead.runs("2026-03-26 14:59", "2026-03-26 15:00", "2026-03-26 15:10") == ["follow_up"]


def test_new_typed_on_a_lead_that_was_answered_sends_no_step_twice():
    lead = contacted().types(status="New")
    lead.run("2026-03-24 11:00")
    assert lead.row.status == "New"
    assert lead.runs("2026-03-25 10:00", "2026-03-26 11:00") == ["follow_up"]
    assert lead.row.status == "Following up"


def test_nurture_typed_early_leads_to_the_monthly_messages_alone():
    lead = contacted().types(status="Nurture")
    assert lead.runs("2026-03-25 10:00", "2026-03-26 10:00", "2026-04-24 10:00") == []
    assert lead.runs("2026-04-27 10:00", "2026-05-27 10:00") == ["nurture-1", "nurture-2"]
    assert lead.row.status == "Nurture"


def test_nurture_typed_by_mistake_can_be_taken_back():
    lead = contacted().types(status="Nurture")
    lead.run("2026-03-25 10:00")
    assert lead.types(status="Following up").runs("2026-03-25 10:10", "2026-03-26 10:00") == ["follow_up"]


def test_nurture_with_a_message_sent_never_leads_back_to_the_steps():
    lead = contacted().types(status="Nurture")
    lead.runs("2026-03-24 10:10", "2026-04-24 10:10")
    lead.types(status="Following up")
    assert lead.runs("2026-04-27 10:00", "2026-05-26 10:00") == ["nurture-2"]


@pytest.mark.parametrize("word", ["Send again", "Following up", "New"])
def test_a_nurture_message_that_may_have_left_is_asked_about_whatever_was_typed_meanwhile(word):
    lead = contacted().types(status="Nurture")
    lead.answers = [(None, "a crash")]
    assert lead.runs("2026-03-24 10:10", "2026-04-24 10:10") == ["nurture-1"]
    assert lead.types(status=word).runs("2026-04-24 10:20", "2026-04-24 10:30", "2026-05-26 10:00") == []
    assert lead.row.status == "Needs attention"
    assert "isn't known whether Nurture-1 left" in lead.row.why


def test_a_word_lifts_no_reply_that_comes_to_light_after_it():
    lead = contacted().happens(Kind.REPLIED, "2026-03-25 09:00")
    lead.run("2026-03-25 10:00")
    lead.types(status="Following up").looks("2026-03-25 11:00")
    lead.happens(Kind.REPLIED, "2026-03-25 11:00")
    assert lead.runs("2026-03-25 11:10", "2026-03-26 10:00") == []
    assert lead.row.status == "Replied"


@pytest.mark.parametrize("word", ["New", "Contacted", "Following up"])
def test_paused_and_resumed_one_step_leaves_and_the_rest_counts_from_there(word):
    lead = contacted().types(status="Paused")
    assert lead.runs("2026-03-25 10:00", "2026-03-30 10:00", "2026-05-04 10:00") == []
    assert lead.types(status=word).runs("2026-05-05 12:00", "2026-05-05 12:10") == ["follow_up"]
    assert lead.runs("2026-05-07 11:59", "2026-05-07 12:00") == ["check_in"]


def test_paused_and_resumed_before_anything_was_due_nothing_leaves_early():
    lead = contacted().types(status="Paused")
    lead.run("2026-03-24 11:00")
    assert lead.types(status="Contacted").runs("2026-03-25 11:00", "2026-03-26 10:00") == ["follow_up"]


def test_an_imported_lead_is_paused_with_a_reason_until_somebody_starts_it():
    lead = Tracked(paused="imported from leads (1).csv; set New to start")
    assert lead.row.status == "Paused"
    assert lead.row.why == "Paused: imported from leads [1].csv; set New to start."
    assert lead.runs("2026-03-24 10:00", "2026-03-25 10:00") == []
    assert lead.row.status == "Paused"
    assert lead.types(status="New").run("2026-05-05 22:00") == "first_response"


def test_a_test_lead_is_never_mailed():
    lead = Tracked(is_test=True)
    assert lead.row.status == "Test"
    assert lead.runs("2026-03-24 10:00", "2026-03-26 10:00") == []


STOPS = [
    (Kind.REPLIED, "Replied"),
    (Kind.UNSUBSCRIBED, "Unsubscribed"),
    (Kind.COMPLAINED, "Unsubscribed"),
]


@pytest.mark.parametrize(("kind", "status"), STOPS)
def test_what_the_mailbox_finds_stops_the_sequence(kind, status):
    lead = contacted().happens(kind, "2026-03-25 09:00")
    assert lead.runs("2026-03-26 10:00", "2026-03-30 10:00") == []
    assert lead.row.status == status


@pytest.mark.parametrize(("kind", "status"), STOPS)
def test_a_word_typed_before_the_row_showed_the_stop_lifts_nothing_and_why_says_so(kind, status):
    lead = contacted().happens(kind, "2026-03-25 09:00").types(status="Following up")
    assert lead.runs("2026-03-26 10:00", "2026-03-26 10:10") == []
    assert lead.row.status == status
    came = "a reply" if kind is Kind.REPLIED else f'"{status}"'
    said = f"You typed Following up; {came} came before. Type it again to go on."
    assert lead.row.why.startswith(said)
    assert lead.types(status="Following up").run("2026-03-26 10:20") == "follow_up"
    assert "You typed" not in lead.row.why


@pytest.mark.parametrize("stop", ["Won", "Do not contact", "Paused", "Not a lead"])
def test_another_persons_stop_is_not_undone_by_a_word_typed_without_knowing_of_it(stop):
    lead = contacted()
    seen = lead.row.status
    lead.types(status=stop).run("2026-03-25 10:00")
    lead.agreed = {**lead.agreed, "status": seen}  # what the other person has before them
    assert lead.types(status="Following up").runs("2026-03-26 10:00", "2026-03-26 10:10") == []
    assert lead.row.status == stop
    assert f'You typed Following up; "{stop}" came before.' in lead.row.why
    assert lead.types(status="Following up").run("2026-03-26 11:00") == "follow_up"


def test_a_stop_typed_without_knowing_of_a_reply_stands():
    lead = contacted().happens(Kind.REPLIED, "2026-03-25 09:00").types(status="Lost")
    assert lead.run("2026-03-26 10:00") == ""
    assert lead.row.status == "Lost"


@pytest.mark.parametrize(("kind", "status"), STOPS)
def test_a_word_typed_over_the_stop_that_is_shown_lifts_it(kind, status):
    lead = contacted().happens(kind, "2026-03-25 09:00")
    lead.run("2026-03-25 10:00")
    assert lead.types(status="Following up").run("2026-03-26 10:00") == "follow_up"


@pytest.mark.parametrize(("kind", "status"), STOPS)
@pytest.mark.parametrize("word", ["Won", "In conversation", "Booked", "Do not contact", "Hot prospect", ""])
def test_the_owners_other_words_are_never_moved_by_what_happens(word, kind, status):
    lead = contacted().types(status=word)
    lead.run("2026-03-25 10:00")
    lead.happens(kind, "2026-03-25 11:00").run("2026-03-26 10:00")
    assert lead.row.status == word
    assert lead.types(status="Following up").run("2026-03-26 11:00") == ""
    assert lead.row.status == status  # nobody had seen it yet


@pytest.mark.parametrize(("kind", "status"), [*STOPS, (Kind.BOUNCED, "Bounced")])
@pytest.mark.parametrize("word", ["Paused", "Needs attention"])
def test_a_held_lead_that_replies_bounces_or_opts_out_shows_that(word, kind, status):
    lead = contacted().types(status=word)
    lead.run("2026-03-25 10:00")
    lead.suppress("bounced")
    lead.happens(kind, "2026-03-25 11:00").run("2026-03-26 10:00")
    assert lead.row.status == status


def test_a_hold_of_sheetflows_own_ends_with_the_leads_reply():
    lead = Tracked()
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-24 10:00")
    assert lead.row.status == "Needs attention"
    lead.happens(Kind.REPLIED, "2026-03-24 11:00").run("2026-03-24 11:10")
    assert lead.row.status == "Replied"


def test_a_conversation_that_ends_can_be_followed_up_again():
    lead = contacted().happens(Kind.REPLIED, "2026-03-25 09:00")
    lead.run("2026-03-25 10:00")
    lead.types(status="In conversation").run("2026-03-25 11:00")
    assert lead.types(status="Following up").run("2026-04-13 11:00") == "follow_up"


def test_a_second_reply_stops_what_a_person_let_go_on():
    lead = contacted().happens(Kind.REPLIED, "2026-03-25 09:00")
    lead.run("2026-03-25 10:00")
    lead.types(status="Following up").run("2026-03-25 11:00")
    assert lead.happens(Kind.REPLIED, "2026-03-25 12:00").run("2026-03-26 10:00") == ""
    assert lead.row.status == "Replied"
    assert lead.row.replied.isoformat() == "2026-03-25T09:00:00"


def unsubscribed(kind=Kind.UNSUBSCRIBED):
    lead = contacted().happens(kind, "2026-03-25 09:00")
    lead.suppress("unsubscribed")
    lead.run("2026-03-25 10:00")
    return lead


@pytest.mark.parametrize("kind", [Kind.UNSUBSCRIBED, Kind.BOUNCED])
def test_new_typed_over_bounced_or_unsubscribed_stands_but_mails_nothing_and_says_so(kind):
    lead = unsubscribed(kind).types(status="New")
    assert lead.runs("2026-03-26 10:00", "2026-03-27 10:00") == []
    assert lead.row.status == "New"
    assert lead.row.why.startswith("This address gets no mail (unsubscribed)")


def test_a_suppression_that_the_owner_deletes_lets_a_started_lead_go_on():
    lead = unsubscribed().types(status="New")
    lead.run("2026-03-26 10:00")
    lead.suppressed.clear()
    assert lead.run("2026-03-26 11:00") == "follow_up"


def test_an_unsubscribed_lead_with_another_address_waits_for_the_owners_word():
    lead = unsubscribed().types(email="other@example.org")
    assert lead.run("2026-03-26 10:00") == ""
    assert lead.types(status="New").run("2026-03-26 11:00") == "follow_up"


def test_unsubscribing_taken_back_does_not_take_back_a_reply():
    lead = (
        contacted().happens(Kind.REPLIED, "2026-03-25 08:00").happens(Kind.UNSUBSCRIBED, "2026-03-25 09:00")
    )
    lead.happens(Kind.RESUBSCRIBED, "2026-03-25 09:10")
    assert lead.run("2026-03-26 10:00") == ""
    assert lead.row.status == "Replied"


@pytest.mark.parametrize(
    "kinds", [(Kind.UNSUBSCRIBED, Kind.COMPLAINED), (Kind.COMPLAINED, Kind.UNSUBSCRIBED)]
)
def test_unsubscribing_taken_back_does_not_take_back_a_complaint(kinds):
    lead = contacted()
    for hour, kind in enumerate((*kinds, Kind.RESUBSCRIBED), 8):
        lead.happens(kind, f"2026-03-25 {hour:02}:00")
    assert lead.run("2026-03-26 10:00") == ""
    assert lead.row.status == "Unsubscribed"


def test_unsubscribing_taken_back_lets_the_sequence_go_on():
    lead = contacted().happens(Kind.UNSUBSCRIBED, "2026-03-25 09:00")
    assert lead.happens(Kind.RESUBSCRIBED, "2026-03-25 09:10").run("2026-03-26 10:00") == "follow_up"


def test_a_row_with_a_problem_of_its_own_is_held_with_its_words_until_it_is_mended():
    lead = contacted().goes_wrong("Two rows have this Lead ID")
    assert lead.run("2026-03-26 10:00") == ""
    assert (lead.row.status, lead.row.why) == ("Contacted", "Two rows have this Lead ID.")
    assert lead.goes_wrong("").run("2026-03-26 11:00") == "follow_up"


def bounced():
    lead = contacted().happens(Kind.BOUNCED, "2026-03-24 10:05")
    lead.suppress("bounced")
    lead.run("2026-03-24 10:10")
    return lead


@pytest.mark.parametrize("at_once", [True, False])
def test_new_after_a_bounce_and_a_corrected_email_begins_a_new_conversation(at_once):
    lead = bounced().types(email="right@example.org")
    if not at_once:
        lead.looks("2026-03-25 10:00")
    assert lead.types(status="New").run("2026-03-25 11:00") == "first_response"
    looked = lead.looks("2026-03-25 11:00")
    assert (lead.row.status, lead.row.emails_sent) == ("Contacted", 2)
    assert (looked.history.conversation, len(looked.history.thread)) == (1, 1)
    assert lead.runs("2026-03-26 10:00", "2026-03-27 11:00") == ["follow_up"]


def test_new_after_a_bounce_without_a_corrected_email_begins_nothing():
    lead = bounced().types(status="New")
    assert lead.runs("2026-03-25 11:00", "2026-03-26 11:00") == []
    assert lead.row.status == "New"
    assert lead.row.why.startswith("This address gets no mail (bounced)")


TRYING, REAL = sending(is_try_out=True), WORKFLOW


def tried_out():
    """Answered into the outbox; a mail account is there since."""
    lead = Tracked(TRYING)
    lead.answers = [(Kind.SENT, "outbox: Hello"), (Kind.SENT, "outbox: Hello again")]
    lead.runs("2026-03-24 10:00", "2026-03-26 10:00")
    assert lead.row.status == "Following up"
    lead.workflow = REAL
    return lead


def test_a_lead_that_was_tried_out_alone_is_paused_once_there_is_a_mail_account():
    lead = tried_out()
    assert lead.runs("2026-03-27 10:00", "2026-03-30 10:00") == []
    assert (lead.row.status, lead.row.why) == ("Paused", "Paused: tried out only; set New to begin.")


def test_new_after_the_try_out_begins_with_the_first_response():
    lead = tried_out()
    lead.run("2026-03-27 10:00")
    assert lead.types(status="New").runs("2026-03-27 11:00", "2026-03-30 11:00") == [
        "first_response",
        "follow_up",
    ]
    assert lead.looks("2026-03-30 11:00").history.conversation == 1


def test_following_up_after_the_try_out_takes_what_was_tried_as_sent():
    lead = tried_out()
    lead.run("2026-03-27 10:00")
    assert lead.types(status="Following up").runs("2026-03-27 11:00", "2026-03-30 11:00") == ["check_in"]


def test_needs_attention_typed_by_hand_waits_for_the_same_hand():
    lead = contacted().types(status="Needs attention")
    assert lead.run("2026-03-26 10:00") == ""
    assert lead.row.why.startswith("Needs attention was set by hand")
    assert lead.types(status="New").run("2026-03-26 11:00") == "follow_up"


def test_a_status_of_the_businesss_own_is_obeyed_as_what_it_stands_for():
    aliases = {"call back": statuses.PAUSED, "go": statuses.FOLLOWING_UP}
    lead = Tracked(replace(WORKFLOW, statuses=aliases))
    lead.run("2026-03-24 10:00")
    assert lead.types(status="Call back").run("2026-03-26 10:00") == ""
    assert lead.row.status == "Call back"
    assert lead.types(status="Go").run("2026-03-26 11:00") == "follow_up"
    assert lead.row.status == "Following up"
