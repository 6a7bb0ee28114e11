"""Which answer goes where, and which must not."""

from datetime import UTC, datetime

import pytest

from sheetflow.capture import BodyError, Submission, read_submissions
from tests.capture.reading import ADA, read


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("Full Name", "Ada", "name"),
        ("FULL_NAME", "Ada", "name"),
        ("OWNERFULLNAME*", "Ada", "name"),
        ("your-name", "Ada", "name"),
        ("May we have your full name, please?", "Ada", "name"),
        ("Patient's name", "Ada", "name"),
        ("E-mail *", "ada@example.com", "email"),
        ("emailAddress", "ada@example.com", "email"),
        ("What's the best email to send the quote to?", "ada@example.com", "email"),
        ("Work Email", "ada@example.com", "email"),
        ("How can we reach you?", "ada@example.com", "email"),
        ("Cell Phone #", "352-555-0102", "phone"),
        ("WhatsApp (with country code)", "+1 352 555 0102", "phone"),
        ("What number can we reach you on?", "352-555-0102", "phone"),
        ("Service(s) needed", "Roof", "service"),
        ("Which of our services do you need?", "Roof", "service"),
        ("What are you interested in?", "Roof", "service"),
        ("Product name", "Lathe", "service"),
        ("How soon do you need it?", "Now", "urgency"),
        ("Project timeline", "Now", "urgency"),
        ("ZIP / Postal Code", "34470", "location"),
        ("Where are you located?", "Ocala", "location"),
        ("City", "Ocala", "location"),
        ("Tell us about your project", "A deck", "message"),
        ("Anything else we should know?", "A deck", "message"),
        ("Comments or Questions", "A deck", "message"),
        ("Lead source", "Expo", "source"),
        ("pushName", "Ada", "name"),
        ("NAME_TEXT", "Ada", "name"),
        ("EMAIL_TEXT", "ada@example.com", "email"),
        ("email_c3d4", "ada@example.com", "email"),
        ("<b>Message</b>:<br>", "A deck", "message"),
        ("Váš e-mail", "ada@example.com", "email"),
        ("Az Ön neve", "Ada", "name"),
        ("E-mail címe", "ada@example.com", "email"),
        ("Numele dvs.", "Ada", "name"),
        ("Dit telefonnummer", "352-555-0102", "phone"),
        ("ticket_contact_email", "ada@example.com", "email"),
        ("Service wanted", "Roof", "service"),
        ("희망 서비스", "Roof", "service"),
        ("紧急程度", "Now", "urgency"),
        ("需求描述", "A deck", "message"),
        ("msg", "A deck", "message"),
        ("ご住所", "世田谷区", "location"),
        ("お電話番号", "352-555-0102", "phone"),
        ("ご用件", "見積もり", "message"),
        ("Issue", "Boiler is out", "message"),
    ],
)
def test_a_field_is_found_by_the_names_people_give_it(key, value, field):
    found = getattr(read({key: value}), field)
    assert found == ("+1 352-555-0102" if field == "phone" else value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Company name", "Engines Ltd"),
        ("Nom de l'entreprise", "Engines SARL"),
        ("Form name", "Contact"),
        ("page_name", "Landing"),
        ("Child's name", "Tom"),
        ("Pet name", "Rex"),
        ("username", "ada1815"),
        ("Name of your insurance", "Lloyds"),
        ("email_consent", "yes"),
        ("Do you agree to receive e-mail?", True),
        ("email_type", "html"),
        ("Friend's email", "bob@example.org"),
        ("referrer_email", "bob@example.org"),
        ("co_applicant_email", "bob@example.org"),
        ("Questions? Email us at", "bob@example.org"),
        ("assigned_to_email", "bob@example.org"),
        ("Emergency contact phone", "352-555-0188"),
        ("Fax", "352-555-0199"),
        ("Best time to call", "10:00 - 12:00"),
        ("Best time to phone you", "after 17:00"),
        ("Phone type", "iPhone 12"),
        ("phone_consent", "on"),
        ("Preferred contact method", "phone"),
        ("Number of employees", "20-50"),
        ("Order number", "3525550102"),
        ("Tax ID", "352555010"),
        ("Date", "2026-02-21"),
        ("How did you hear about our services?", "Radio"),
        ("How would you rate our service?", "5"),
        ("Customer service", "fine"),
        ("Event location", "Town hall"),
        ("utm_source", "google"),
        ("source_url", "https://example.com"),
        ("Subject", "Quote"),
        ("Which best describes you?", "Homeowner"),
        ("Was beschreibt Sie am besten?", "Hausbesitzer"),
        ("SMS", "Yes"),
        ("WhatsApp", "no"),
        ("Kundennummer", "3525550102"),
        ("Quel est votre budget ?", "5000"),
        ("Comment avez-vous entendu parler de nous ?", "Radio"),
        ("When did you last have a service?", "2020"),
        ("Where did you find us?", "Google"),
        ("Agent name", "Charles"),
        ("Instagram handle", "ada"),
        ("geo_city", "Ocala"),
        ("email_verified", "yes"),
    ],
)
def test_what_only_sounds_like_a_field_stays_a_detail(key, value):
    submission = read({key: value})
    kept = "yes" if value is True else value
    assert submission.details == ((key, kept),)
    assert not submission.recognised


def test_a_second_address_lends_no_part_to_the_first():
    billing = {"email": "ada@example.com", "city": "Ocala", "postcode": "34470"}
    shipping = {"first_name": "Grace", "city": "Tampa", "state": "FL", "postcode": "33601"}
    submission = read({"billing": billing, "shipping": shipping})
    assert submission.location == "Ocala, 34470"
    assert ("shipping state", "FL") in submission.details


@pytest.mark.parametrize(
    "key", ["When can we call you?", "Wann dürfen wir anrufen?", "Quand vous rappeler ?"]
)
def test_when_to_call_is_not_how_soon_it_is_needed(key):
    assert read({**ADA, key: "after five"}).details == ((key, "after five"),)


@pytest.mark.parametrize(
    "body",
    [
        {"state": "active"},
        {"region": "eu-west-1"},
        {"eventType": "message"},
        {"event_type": "contact.created"},
        {"type": "form_response"},
    ],
)
def test_words_by_which_machines_sort_their_records_are_no_answers(body):
    submission = read({**ADA, **body})
    assert (submission.location, submission.service) == ("", "")
    assert submission.details == tuple(body.items())


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"street": "1 York Road", "city": "York", "zip": "YO1"}, "1 York Road, York, YO1"),
        (
            {"address": "1 Mill Lane, Ocala, FL 34470", "city": "Ocala", "zip": "34470"},
            "1 Mill Lane, Ocala, FL 34470",
        ),
        ({"location": "Ocala office", "city": "Tampa"}, "Ocala office"),
        ({"Which state is coolest?": "Kansas", "city": "Tampa", "zip": "33601"}, "Tampa, 33601"),
        (
            {"q1_whichState": ["Kansas"], "q2_address": {"addr_line1": "1 Mill Lane", "city": "Ocala"}},
            "1 Mill Lane, Ocala",
        ),
        ({"Address (City)": "Ocala", "Address (ZIP / Postal Code)": "34470"}, "Ocala, 34470"),
        ({"address": {"city": "Ocala", "country": "United States"}}, "Ocala, United States"),
    ],
)
def test_a_place_is_put_together_from_its_parts(body, location):
    assert read(body).location == location


def test_an_understood_answer_without_room_in_the_row_stays_readable():
    assert read({"location": "Ocala office", "city": "Tampa"}).details == (("city", "Tampa"),)


def test_numbered_keys_are_understood_by_the_shape_of_their_values():
    submission = read(
        {
            "1": "Ada Byron",
            "2": "2026-02-21",
            "3": "ada@example.com",
            "4": "(352) 555-0102",
            "5": "1700000000",
            "6": "12",
        }
    )
    assert (submission.name, submission.email, submission.phone) == (
        "Ada Byron",
        "ada@example.com",
        "+1 352-555-0102",
    )
    assert submission.details == (("2", "2026-02-21"), ("5", "1700000000"), ("6", "12"))


def test_further_names_from_the_configuration_win():
    extra = {"service": ["Was brauchen Sie?"], "message": ["Subject"], "email": ["organizer email"]}
    body = {
        "Was brauchen Sie": "Dach",
        "Service": "x",
        "Subject": "Hi",
        "organizer": {"email": "ada@example.com", "name": "A"},
    }
    submission = read(body, extra=extra)
    assert (submission.service, submission.message, submission.email) == ("Dach", "Hi", "ada@example.com")
    assert ("Service", "x") in submission.details


def test_the_source_is_the_callers_unless_the_sender_names_one():
    assert read(ADA, source="tally").source == "tally"
    assert read({**ADA, "source": "Expo"}, source="tally").source == "Expo"


def test_a_second_answer_that_only_repeats_the_first_is_not_kept():
    submission = read({**ADA, "Confirm email": "ada@example.com", "Second email": "other@example.com"})
    assert submission.details == (("Second email", "other@example.com"),)


def test_details_keep_question_answer_and_order():
    submission = read(
        {"Budget": 5000, **ADA, "Pets?": True, "Colours": ["red", "blue"], "Empty": "", "Gone": None}
    )
    assert submission.details == (("Budget", "5000"), ("Pets?", "yes"), ("Colours", "red, blue"))


def test_an_object_that_holds_more_than_a_value_keeps_all_of_it():
    deal = {"value": 5000, "title": "Roof", "stage": "new"}
    body = {**ADA, "deal": deal, "pet": {"type": "dog", "dog": "Rex", "age": 3}}
    assert read(body).details == (
        ("deal value", "5000"),
        ("deal title", "Roof"),
        ("deal stage", "new"),
        ("pet type", "dog"),
        ("pet dog", "Rex"),
        ("pet age", "3"),
    )


def test_a_batch_is_one_enquiry_a_lead_in_order():
    people = [{"name": "Ada", "email": "ada@example.com"}, {"name": "Bo", "phone": "352-555-0102"}]
    for body in (
        people,
        {"leads": people},
        {"data": {"items": people}},
        {"payload": people, "source": "webhook"},
    ):
        found = read_submissions(body, source="webhook", country="US", extra={})
        assert [(lead.name, lead.source) for lead in found] == [("Ada", "webhook"), ("Bo", "webhook")]


def test_what_leads_do_for_a_living_makes_none_of_them_the_business_s():
    people = [
        {"role": "employee", "email": "ada@example.com"},
        {"role": "customer", "email": "bo@example.com"},
    ]
    found = read_submissions({"leads": people}, source="webhook", country="US", extra={})
    assert [lead.email for lead in found] == ["ada@example.com", "bo@example.com"]


@pytest.mark.parametrize(
    ("odd", "details"), [(None, []), ({}, []), ("", []), ([], []), ("Bo", [(("1", "Bo"),)])]
)
def test_one_bad_entry_in_a_list_of_leads_takes_none_of_the_others_along(odd, details):
    people = [{"email": "ada@example.com"}, odd, {"email": "bo@example.com"}]
    for body in (people, {"leads": people}):
        found = read_submissions(body, source="webhook", country="US", extra={})
        assert [lead.email for lead in found if lead.email] == ["ada@example.com", "bo@example.com"]
        assert [lead.details for lead in found if not lead.email] == details


@pytest.mark.parametrize(
    ("name", "value"), [("name", "value"), ("label", "answer"), ("title", "values"), ("question", "response")]
)
def test_leads_with_a_name_and_a_value_are_not_taken_for_questions_and_answers(name, value):
    people = [
        {name: "Ada", "email": "ada@example.com", value: 500},
        {name: "Bo", "phone": "+1 352-555-0102", value: 900},
    ]
    for body in (people, {"leads": people}, people[:1]):
        found = read_submissions(body, source="webhook", country="US", extra={})
        assert [lead.email or lead.phone for lead in found] == ["ada@example.com", "+1 352-555-0102"][
            : len(found)
        ]
        assert len(found) == (1 if body == people[:1] else 2)


def test_a_list_of_questions_is_one_lead():
    assert (
        read([{"name": "email", "value": "ada@example.com"}, {"name": "name", "value": "Ada"}]).name == "Ada"
    )


@pytest.mark.parametrize("body", [{}, [], "text", 12, None, True, [1, 2], [[]], [None, {}]])
def test_a_body_without_fields_is_refused(body):
    with pytest.raises(BodyError, match="no fields found") as refused:
        read(body)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("sender", "body"),
    [
        (
            "Meta",
            {
                "object": "page",
                "entry": [
                    {
                        "id": "0",
                        "changes": [
                            {"field": "leadgen", "value": {"form_id": "4", "leadgen_id": "5", "page_id": "6"}}
                        ],
                    }
                ],
            },
        ),
        (
            "LinkedIn",
            {
                "type": "LEAD_ACTION",
                "leadGenFormResponse": "urn:li:leadGenFormResponse:1",
                "leadGenForm": "urn:li:leadGenForm:2",
                "leadAction": "CREATED",
            },
        ),
        (
            "HubSpot",
            [{"subscriptionType": "contact.creation", "objectId": 1, "portalId": 2, "occurredAt": 3}],
        ),
        ("Acuity", {"action": "scheduled", "id": "1", "calendarID": "2", "appointmentTypeID": "3"}),
    ],
)
def test_a_hook_that_carries_only_ids_is_told_to_go_through_zapier_or_make(sender, body):
    with pytest.raises(BodyError, match=f"{sender}.*use Zapier or Make") as refused:
        read(body)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("body", "moment"),
    [
        ({"submitted_at": "2026-03-04T10:15:30Z"}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"submittedAt": "2026-03-04T10:15:30.5+02:00"}, datetime(2026, 3, 4, 8, 15, 30, 500000, UTC)),
        ({"created_time": "2026-03-04T10:15:30+0000"}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"timestamp": 1772619330}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"timestamp": "1772619330000"}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"date_created": "2026-03-04 10:15:30 UTC"}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"created": "Wed, 04 Mar 2026 10:15:30 +0000"}, datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)),
        ({"submitted_at": "2026-03-04 10:15:30"}, None),
        ({"submitted_at": "04/03/2026"}, None),
        ({"submitted_at": "0001-01-01T00:00:00+23:59"}, None),
        ({"timestamp": 99999999999999999}, None),
        ({"timestamp": True}, None),
    ],
)
def test_the_senders_time_is_taken_where_it_names_its_zone(body, moment):
    assert read({**ADA, **body}).submitted_at == moment


def test_a_time_that_cant_be_relied_on_stays_a_detail():
    assert read({**ADA, "submitted_at": "04/03/2026"}).details == (("submitted_at", "04/03/2026"),)


@pytest.mark.parametrize(
    "body",
    [
        {
            "lead_id": "TeSter-123-ABC",
            "user_column_data": [{"column_id": "EMAIL", "string_value": "x@example.com"}],
        },
        {"is_test": True, "email": "x@example.com"},
        {"email": "test@meta.com", "full_name": "<test lead: dummy data for full_name>"},
        {"field_data": [{"name": "city", "values": ["<test lead: dummy data for city>"]}]},
        {"test": "test"},
    ],
)
def test_a_senders_test_is_recognised(body):
    assert read(body).is_test


def test_a_real_lead_is_no_test():
    assert not read({**ADA, "is_test": False, "message": "test"}).is_test


def test_unfilled_placeholders_count_as_empty_and_are_pointed_out():
    submission = read(
        {"name": "{{1.name}}", "email": "<%= email %>", "phone": "[your-phone]", "message": "Hi {{x}}"}
    )
    assert (submission.name, submission.email, submission.raw_email, submission.phone) == ("", "", "", "")
    assert submission.message == "Hi {{x}}"
    assert submission.flags == (
        "The sender left placeholders unfilled: name, email, phone.",
        "No e-mail address was given.",
    )


def test_a_message_that_is_only_links_is_pointed_out():
    assert "The message is only links." in read({**ADA, "message": "http://a.example www.b.example"}).flags
    assert read({**ADA, "message": "see http://a.example"}).flags == ()


def test_a_submission_refuses_a_time_without_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        Submission(submitted_at=datetime(2026, 3, 4))  # noqa: DTZ001 - that is what must be refused
