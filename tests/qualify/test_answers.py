"""Which template answers, when somebody is back, what is asked for."""

from collections import Counter
from dataclasses import replace

import pytest

from sheetflow.workflow.answers import Chosen, back, choose, missing, problems, variant
from sheetflow.workflow.qualified import NOTHING, Qualified
from sheetflow.workflow.qualify import Rules
from tests.qualify.shop import RULES, SHOP, TUESDAY, at, lead

NIGHT, SATURDAY, HOLIDAY = "2026-03-24 21:40", "2026-03-28 10:00", "2026-04-03 10:00"


def chosen(*names, when=TUESDAY, lead_id="L-2222222222", **found):
    workflow = replace(SHOP, templates=frozenset(names))
    return choose("first_response", lead_id, Qualified(**found), workflow, at(when))


@pytest.mark.parametrize(
    ("found", "when", "name"),
    [
        ({}, TUESDAY, "first_response"),
        ({"language": "de"}, TUESDAY, "first_response.de"),
        ({"language": "de", "service": "Leak repair"}, TUESDAY, "first_response.de"),
        ({"language": "it", "service": "Leak repair"}, TUESDAY, "first_response.leak-repair"),
        (
            {"language": "en", "service": "Leak repair", "urgency": "now"},
            TUESDAY,
            "first_response.leak-repair.now",
        ),
        ({"urgency": "now"}, TUESDAY, "first_response.now"),
        ({"urgency": "now"}, NIGHT, "first_response.now"),
        ({}, NIGHT, "first_response.night"),
        ({}, SATURDAY, "first_response.weekend"),
        ({}, HOLIDAY, "first_response.holiday"),
        ({"language": "de"}, HOLIDAY, "first_response.de"),
    ],
)
def test_the_leads_language_comes_first_then_service_urgency_and_time(found, when, name):
    names = ("", ".de", ".leak-repair", ".leak-repair.now", ".now", ".night", ".weekend", ".holiday")
    there = [f"first_response{tags}" for tags in names]
    assert chosen(*there, "follow_up.de", when=when, **found).name == name


def test_a_language_that_is_written_for_other_leads_alone_takes_no_template_away():
    names = ("first_response", "first_response.night", "first_response.leak-repair.de")
    assert chosen(*names, when=NIGHT, language="de") == Chosen("first_response.night", "en")


def test_the_language_is_the_one_the_template_is_written_in():
    assert chosen("first_response", "first_response.fr", language="fr").language == "fr"
    assert chosen("first_response", "first_response.fr", language="sv").language == "en"
    assert chosen("first_response").language == "en"


def test_half_of_the_leads_get_the_other_variant_and_always_the_same_one():
    names = ("first_response", "first_response.b")
    ids = [f"L-{number:010}" for number in range(2000)]
    found = [chosen(*names, lead_id=lead_id) for lead_id in ids]
    assert found == [chosen(*names, lead_id=lead_id) for lead_id in ids]
    assert {(one.name, one.variant) for one in found} == {("first_response", "a"), ("first_response.b", "b")}
    assert 900 < Counter(one.variant for one in found)["a"] < 1100


def test_one_template_is_no_experiment():
    assert chosen("first_response").variant == ""
    assert chosen("first_response", "first_response.de", "first_response.b.de").variant == ""


def test_the_draws_of_two_steps_say_nothing_about_each_other():
    ids = [f"L-{number:010}" for number in range(2000)]
    same = sum(variant(lead_id, "first_response") == variant(lead_id, "follow_up") for lead_id in ids)
    assert 900 < same < 1100


@pytest.mark.parametrize(
    ("when", "language", "said"),
    [
        (TUESDAY, "en", ""),
        ("2026-03-24 07:00", "en", "today at 9"),
        (NIGHT, "en", "tomorrow at 9"),
        ("2026-03-27 21:40", "en", "on Monday at 9"),
        ("2026-03-27 21:40", "de", "am Montag um 9 Uhr"),
        ("2026-03-27 21:40", "fr", "lundi à 9 h"),
        ("2026-03-27 21:40", "es", "el lunes a las 9"),
        ("2026-03-27 21:40", "sv", ""),
        ("2026-04-02 18:00", "en", "on Tuesday at 9"),  # over Easter
    ],
)
def test_it_says_when_somebody_is_back(when, language, said):
    assert back(at(when), language, SHOP) == said


def test_after_a_week_the_day_has_its_date():
    closed = replace(SHOP, window=replace(SHOP.window, days=frozenset({0})))
    assert (
        back(at("2026-03-30 18:00"), "de", closed) == "am Montag, 13. April, um 9 Uhr"
    )  # the 6th is a holiday


@pytest.mark.parametrize(
    ("fields", "found", "rules", "asked"),
    [
        ({}, NOTHING, RULES, "service"),
        ({"service": "Leak"}, NOTHING, RULES, "place"),
        ({"service": "Leak", "location": "Boston"}, NOTHING, RULES, "phone"),
        ({"phone": "1"}, Qualified(service="Bathroom", location="Boston"), RULES, "date"),
        ({}, Qualified(urgency="now"), RULES, "phone"),
        ({"phone": "1", "urgency": "soon"}, NOTHING, Rules(), ""),
    ],
)
def test_one_question_for_the_one_thing_that_helps_most(fields, found, rules, asked):
    assert missing(lead(**fields), found, rules) == asked


def test_a_tag_that_means_nothing_is_named_with_the_nearest_one():
    names = ["first_response", "first_response.xq", "first_response.nihgt.de", "other.xq"]
    found = problems(names, ["first_response"], RULES)
    assert [sentence.split(" is ")[0] for sentence in found] == [
        'first_response.nihgt.de.md: "nihgt"',
        'first_response.xq.md: "xq"',
    ]
    assert found[0].endswith("did you mean night?")


def test_a_service_that_is_spelled_like_something_else_cant_have_a_template():
    [sentence] = problems([], [], Rules(services={"IT": ("computer",)}))
    assert sentence.startswith('Service "IT"')


def test_two_services_that_are_spelled_alike_cant_have_templates():
    both = problems([], [], Rules(services={"Leak repair": ("leak",), "Leak-Repair": ("drip",)}))
    assert [sentence.partition(":")[0] for sentence in both] == [
        'Service "Leak repair"',
        'Service "Leak-Repair"',
    ]


def test_tags_that_cant_both_be_and_two_templates_for_the_same_leads_are_named():
    names = [
        "first_response.now.soon",
        "first_response.de.night",
        "first_response.night.de",
        "first_response.DE",
    ]
    upper, *others = problems(names, ["first_response"], RULES)
    assert upper.endswith("did you mean de?")
    assert others == [
        "first_response.night.de.md and first_response.de.night.md are for the same leads; keep one",
        "first_response.now.soon.md: now and soon can't both be; keep one",
    ]
