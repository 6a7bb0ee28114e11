"""Texts broken on the way, packed texts, and lists of people."""

import json

import pytest

from sheetflow.capture import read_submissions
from tests.capture.reading import ADA, read

ADF = """<?xml version="1.0"?><adf><prospect>
<customer><contact><name part="first">Ada</name><name part="last">Byron</name>
<email>ada@example.com</email></contact><comments>Still there?</comments></customer>
<vendor><contact><name part="full">Desk</name><email>desk@example.org</email></contact></vendor>
</prospect></adf>"""


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Kitchen &amp; hall, 3&quot; thick", 'Kitchen & hall, 3" thick'),
        ("Hej!\\r\\nFyra f\u00f6nster.", "Hej!\nFyra f\u00f6nster."),
        ("Â¿Arreglan persianas?", "¿Arreglan persianas?"),
        ("KÃ¶nnen Sie TÃ¼ren streichen?", "Können Sie Türen streichen?"),
        ("AT&T, R&D and fish & chips", "AT&T, R&D and fish & chips"),
        ("Ça coûte combien ?", "Ça coûte combien ?"),
    ],
)
def test_a_text_that_was_broken_on_the_way_is_mended(sent, shown):
    assert read({**ADA, "message": sent}).message == shown


@pytest.mark.parametrize("word", ["null", "None", "N/A", "-", "undefined", "not provided", "null, null"])
def test_a_word_for_nothing_fills_no_cell(word):
    found = read({**ADA, "phone": word, "service": word, "city": word, "message": word, "timeline": word})
    assert (found.phone, found.service, found.location, found.message, found.urgency) == ("",) * 5


@pytest.mark.parametrize(
    ("body", "phone"),
    [
        ({"phone": "13525550102.0"}, "+1 352-555-0102"),
        ({"phone": "1.35E+10"}, ""),
        ({"phones": {"primaryPhoneNumber": "30901820", "primaryPhoneCallingCode": "+49"}}, "+49 30 901820"),
        ({"from_number": "+13525550102", "to_number": "+13525550199"}, "+1 352-555-0102"),
        ({"called_number": "+13525550199"}, ""),
        ({"agent_phone": "+13525550199", "user_phone_number": "+13525550102"}, "+1 352-555-0102"),
    ],
)
def test_a_number_is_the_askers_and_can_be_dialled(body, phone):
    assert read({"name": "Ada", **body}).phone == phone


def test_a_lead_as_xml_within_a_mail_is_read():
    found = read({"from": "Portal <leads@example.org>", "to": "x@example.net", "body": ADF})
    assert (found.name, found.email, found.message) == ("Ada Byron", "ada@example.com", "Still there?")


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>",
        "<adf>" + "<a>" * 50 + "</a>" * 50 + "</adf>",
        "<adf><a></adf>",
        "<adf>" + "<a>x</a>" * 2_000 + "</adf>",
    ],
)
def test_xml_that_is_broken_or_made_to_be_costly_stays_a_text(text):
    assert read({**ADA, "body": text}).message == text


def test_a_json_that_came_as_the_name_of_a_field_is_read():
    assert read({json.dumps(ADA): ""}).email == "ada@example.com"


@pytest.mark.parametrize("key", ["enquiries", "mautic.form_on_submit", "visitors", "new_leads"])
def test_several_people_in_a_list_are_leads_of_their_own_whatever_it_is_called(key):
    people = [{"name": "Ada Byron", "email": "ada@example.com"}, {"name": "Bo Ek", "email": "bo@example.com"}]
    body = {"branch": {"email": "desk@example.org"}, key: people}
    found = read_submissions(body, source="x", country="US", extra={})
    assert [one.name for one in found] == ["Ada Byron", "Bo Ek"]
    assert "desk@example.org" in dict(found[0].details).values()


def test_companions_of_a_person_who_is_named_are_no_leads_of_their_own():
    guests = [{"name": "Bo", "email": "bo@example.com"}, {"name": "Cy", "email": "cy@example.com"}]
    found = read({**ADA, "guests": guests})
    assert found.email == "ada@example.com"
    assert {"bo@example.com", "cy@example.com"} <= set(dict.fromkeys(text for _, text in found.details))


def test_a_conversation_is_shown_turn_by_turn():
    turns = [{"role": "agent", "message": "Hello?"}, {"role": "user", "message": "My roof leaks."}]
    assert read({**ADA, "transcript": turns}).message == "agent: Hello?\nuser: My roof leaks."
