"""What the rules make of an enquiry."""

import pytest

from sheetflow.workflow.qualified import NOTHING, Qualified, read_detail
from sheetflow.workflow.qualify import Rules, qualify
from tests.qualify.shop import RULES, lead

WHOLE = {"name": "Dana", "email": "dana@example.org", "phone": "+1 555 0100"}


def understood(message="", **fields):
    return qualify(lead(message, **fields), RULES)


@pytest.mark.parametrize(
    "message",
    [
        "There is a leak under the sink",
        "LEAKS everywhere",
        "It's leaking!",
        "Wir haben einen Wasserrohrbruch",
        "a bu\u200brst pipe",
        "Le\u0301ak",
    ],
)
def test_a_service_is_recognised_whatever_the_case_the_accents_and_the_endings(message):
    assert understood(message).service == "Leak repair"


@pytest.mark.parametrize(
    "message", ["I like bleak houses", "burst. Pipe dreams", "", "asdf", "a bathrooming"]
)
def test_a_word_within_another_or_over_the_end_of_a_sentence_is_none(message):
    assert understood(message).service == ""


def test_what_a_lead_filled_in_wins_over_the_words_of_the_message():
    found = understood(
        "The pipe leaks, it's urgent, in Boston", service="Bathroom", urgency="next year", location="NYC"
    )
    assert (found.service, found.urgency, found.location) == ("Bathroom", "later", "")
    assert understood("It leaks", service="Sauna").service == ""


@pytest.mark.parametrize("filler", ["Other", "Please select…", "N/A", "-", "Sonstiges", "Not sure"])
def test_a_field_that_says_nothing_leaves_it_to_the_words(filler):
    assert understood("It leaks", service=filler).service == "Leak repair"


def test_two_services_at_once_are_named_and_not_chosen_from():
    found = understood("A leak in the bathroom")
    assert found.service == ""
    assert "it isn't clear which service: Leak repair, Bathroom (+20)" in found.because


def test_whoever_wants_two_services_matters_as_much_as_whoever_wants_one():
    assert understood("A leak, please come asap").priority == "Hot"
    assert understood("A leak in the bathroom, please come asap").priority == "Hot"


@pytest.mark.parametrize(
    ("message", "service"),
    [
        ("I don't need a new bathroom, just the tap", ""),
        ("We are not looking for a bathroom; it's a leak", "Leak repair"),
        ("Ich brauche kein neues Badezimmer, es ist ein Wasserrohrbruch", "Leak repair"),
        ("Je n'ai pas besoin d'une bathroom ; il y a un leak", "Leak repair"),
        ("No quiero otro bathroom", ""),
        ("Ik hoef geen bathroom", ""),
        ("I don't want the leak to get any worse", "Leak repair"),
        ("I don't know whether I need a new bathroom", "Bathroom"),
        ("We have no bathroom at the moment", "Bathroom"),
    ],
)
def test_a_service_that_somebody_says_they_dont_need_isnt_wanted(message, service):
    assert understood(message).service == service


def test_a_longer_word_outweighs_the_shorter_one_within_it():
    rules = Rules(services={"Implants": ("implant*",), "Implant care": ("implant cleaning",)})
    assert qualify(lead("I need implant cleaning"), rules).service == "Implant care"


@pytest.mark.parametrize(
    ("message", "urgency"),
    [
        ("Please come, it's urgent", "now"),
        ("It's not urgent", ""),
        ("It isn't really that urgent", ""),
        ("ce n'est pas très urgent", ""),
        ("No es muy urgente", ""),
        ("Es eilt nicht", ""),
        ("muss nicht sofort sein", ""),
        ("Not a joke: urgent", "now"),
        ("Not urgent, but this week would be nice", "soon"),
        ("No rush", "later"),
        ("It's no longer urgent", ""),
        ("Nicht mehr urgent", ""),
        ("Ce n'est pas une urgent", ""),
        ("Ce n'est plus urgent", ""),
        ("Il n'y a aucune urgent", ""),
        ("Het is niet zo urgent", ""),
        ("It seems less urgent than last week", ""),
        ("How is it now? I have waited for weeks", ""),
    ],
)
def test_urgency_is_what_is_said_and_not_what_is_denied(message, urgency):
    assert understood(message).urgency == urgency


@pytest.mark.parametrize(
    ("message", "fields", "priority"),
    [
        ("It leaks, urgent", {}, "Hot"),  # 40 + 20
        ("It leaks, this week", {}, "Normal"),  # 20 + 20
        ("It leaks, this week, in Boston", WHOLE, "Hot"),  # 20 + 20 + 10 + 15
        ("It leaks", {}, "Normal"),  # 20
        ("Hello", {}, "Low"),
        ("Hello", WHOLE, "Low"),  # 15
        ("Could I get a quote?", WHOLE, "Normal"),  # 15 + 15
        ("It leaks, no rush", {}, "Low"),  # 20 - 15
        ("It leaks, urgent", {"location": "Providence"}, "Normal"),  # 40 + 20 - 40
        ("It leaks, urgent", {"location": "Timbuktu"}, "Normal"),  # 40 + 20 - 20
        ("It leaks", {"source": "Referral", **WHOLE}, "Normal"),  # 20 + 15 + 15
        ("It leaks, urgent. We sell backlinks", WHOLE, "Low"),
    ],
)
def test_priority_follows_from_named_signals(message, fields, priority):
    assert understood(message, **fields).priority == priority


def test_the_reasons_are_the_businesss_words_and_never_the_leads():
    found = understood("=IMPORTXML() leaking <b>URGENTLY</b>")
    assert found.because == ("urgent: “urgent*” (+40)", "wants Leak repair: “leak*” (+20)")


def test_outside_and_unwanted_are_suspicions():
    assert understood("We are in Providence").suspicion == "Outside our area? Providence is outside."
    assert understood("From New York, moving to Boston").suspicion == ""
    assert understood("", location="Paris").suspicion == "Outside our area? “Paris” isn't one of your places."
    assert understood("SEO for you").suspicion == "Not a lead? The message says “SEO”."


def test_without_any_lists_whoever_says_something_is_worth_an_answer():
    assert qualify(lead("Hello"), Rules()).priority == "Normal"
    assert qualify(lead(), Rules()).priority == "Low"


def test_fifty_thousand_characters_are_looked_at_in_no_time_and_change_nothing():
    assert understood("leak " + "urgent-not " * 5000).service == "Leak repair"


@pytest.mark.parametrize(
    "found",
    [
        NOTHING,
        Qualified(
            "Hot",
            "Leak repair",
            "now",
            "Boston",
            "en",
            "Outside?",
            "A leak.",
            "Sorry.",
            "Hello.",
            "asked",
            ("a", "b: c"),
        ),
    ],
)
def test_what_was_found_is_read_back_from_its_event(found):
    assert read_detail(found.detail()) == found


def test_words_with_line_breaks_cant_pose_as_another_line():
    found = Qualified("Low", suspicion="“x\npriority: Hot” isn't one of your places")
    assert read_detail(found.detail()).priority == "Low"


def test_an_event_of_another_version_is_read_as_far_as_it_is_known():
    assert read_detail("priority: Hot\nmood: good\nnonsense").priority == "Hot"


@pytest.mark.parametrize(
    ("message", "urgency"),
    [
        ("Guten Morgen, haben Sie Zeit?", ""),
        ("Guten Morgen, ginge es morgen?", "soon"),
        ("Por la mañana trabajo", ""),
        ("¿Pueden venir mañana?", "soon"),
    ],
)
def test_a_greeting_or_a_time_of_day_isnt_tomorrow(message, urgency):
    rules = Rules(urgency={"soon": ("morgen", "mañana")})
    assert qualify(lead(message), rules).urgency == urgency
