"""Whose name, address and number they are."""

import pytest

from tests.capture.reading import ADA, read


@pytest.mark.parametrize(
    "ours",
    [
        {"operatorEmail": "us@example.org"},
        {"notification_email": "us@example.org"},
        {"Admin email": "us@example.org"},
        {"site_email": "us@example.org"},
        {"recipient": "us@example.org"},
        {"from": "WordPress <wordpress@example.org>"},
        {"reply_to": "no-reply@example.org"},
        {"email": "noreply@example.org"},
        {"mailbox": {"name": "Info", "email": "us@example.org"}},
        {"assignee": {"first": "Charles", "email": "us@example.org", "type": "user"}},
        {"users": [{"type": "agent", "name": "Charles", "email": "us@example.org"}]},
        {"attendees": [{"name": "Charles", "email": "us@example.org", "is_organizer": True}]},
        {"form.owner.email": "us@example.org"},
        {"store": {"owner": {"name": "Charles", "email": "us@example.org"}}},
    ],
)
def test_an_address_of_the_businesss_own_side_never_becomes_the_leads(ours):
    submission = read({**ours, "phone": "352-555-0102"})
    assert (submission.name, submission.email, submission.phone) == ("", "", "+1 352-555-0102")
    assert "@example.org" in repr(submission.details)


@pytest.mark.parametrize(
    "body",
    [
        {
            "users": [
                {"type": "agent", "name": "Bob", "email": "bob@example.org"},
                {"type": "customer", **ADA},
            ]
        },
        {"source": {"author": {"type": "user", **ADA}}, "admins": [{"type": "admin", "name": "Bob"}]},
        {"account": {"name": "Engines Ltd"}, "name": "Engines Ltd", "contacts": [ADA]},
        {"temporary_email": "ada@example.com", "user": {"display_name": "Ada Byron"}},
        {"visit": {"purpose": {"name": "Roof"}, "person": {"profile": ADA}}},
        {"name": "spring", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"},
        {"From": "Ada Byron <ada@example.com>"},
        {"Wer sind Sie denn?": "Ada Byron", "Post an": "ada@example.com"},
        {"Ihr Name": "Ada Byron", "Ansprechpartner": "Frau Sommer", "E-Mail": "ada@example.com"},
        {"name": "Two carports", "contact_name": "Ada Byron", "email_from": "ada@example.com"},
        {"parent_name": "Ada Byron", "pupil_first_name": "Tom", "parent_email": "ada@example.com"},
        {"name_parent": "Ada Byron", "prénom_enfant": "Tom", "email_parent": "ada@example.com"},
        {"data.name": "Ada Byron", "data__email": "ada@example.com", "form.name": "Contact"},
    ],
)
def test_the_name_beside_the_address_is_the_leads(body):
    submission = read(body)
    assert (submission.name, submission.email) == ("Ada Byron", "ada@example.com")


def test_the_persons_own_answers_win_over_those_of_others():
    submission = read(
        {
            "agent": {"name": "Charles", "email": "charles@example.org", "phone": "352-555-0199"},
            "company email": "office@example.org",
            "contact": ADA,
            "user": {"name": "Bob", "email": "bob@example.org"},
        }
    )
    assert (submission.name, submission.email, submission.phone) == ("Ada Byron", "ada@example.com", "")


def test_a_companys_address_is_the_leads_if_a_label_asks_for_it_and_nobodys_under_a_machines_key():
    assert (
        read({"Company": "Engines Ltd", "Company email": "office@example.com"}).email == "office@example.com"
    )
    submission = read({"company": "Engines Ltd", "company_email": "office@example.com"})
    assert (submission.name, submission.email) == ("", "")
    assert submission.doubt == (
        "No sure address; found office@example.com under company_email: put it into Email and set New."
    )


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"first_name": "Ada", "last_name": "Byron"}, "Ada Byron"),
        ({"first": "Ada", "middle": "K.", "last": "Byron"}, "Ada K. Byron"),
        ({"Voornaam": "Sanne", "Tussenvoegsel": "de", "Achternaam": "Wit"}, "Sanne de Wit"),
        ({"Nombre": "Lucía", "Primer apellido": "Gómez", "Segundo apellido": "Ruiz"}, "Lucía Gómez Ruiz"),
        ({"姓": "山田", "名": "花子"}, "山田 花子"),
        ({"First": "Ada"}, "Ada"),
        ({"First": "Nan", "Last": "Byron"}, "Nan Byron"),
        ({"Your name": "Ada", "Your dog's name": "Rex"}, "Ada"),
        ({"Last name": "Byron"}, "Byron"),
        ({"Name": "Ada", "Surname": "Byron"}, "Ada Byron"),
        ({"Vorname": "Ada", "Name": "Byron"}, "Ada Byron"),
        ({"Vorname": "Ada", "Name": "Ada Byron"}, "Ada Byron"),
        ({"full_name": "Ada Byron", "first_name": "Ada", "last_name": "Byron"}, "Ada Byron"),
        ({"name": {"first": "Ada", "middle": "K.", "last": "Byron"}}, "Ada K. Byron"),
        ({"name": "mary-jane o'neil"}, "mary-jane o'neil"),
        ({"name": "VAN DER BERG"}, "VAN DER BERG"),
    ],
)
def test_a_name_is_put_together_and_kept_in_the_case_it_was_written(body, name):
    assert read(body).name == name


@pytest.mark.parametrize(
    ("body", "phone"),
    [
        ({"country_code": "+49", "phone": "30 901820"}, "+49 30 901820"),
        ({"dial code": "0049", "phone": "030 901820"}, "+49 30 901820"),
        ({"country_code": "+49", "phone": "+1 352 555 0102"}, "+1 352-555-0102"),
        ({"country_code": "US", "phone": "352 555 0102"}, "+1 352-555-0102"),
        ({"wa_id": "4915112345678"}, "+49 1511 2345678"),
        ({"phones": [{"primary": True, "formattedPhone": "+1 352-555-0102"}]}, "+1 352-555-0102"),
    ],
)
def test_a_number_is_dialled_with_the_code_that_stands_beside_it(body, phone):
    submission = read(body)
    assert submission.phone == phone
    told = {"country_code": phone.startswith("+49")}
    assert [key for key, _ in submission.details] == [key for key in body if not told.get(key, True)]


def test_a_name_stays_the_persons_though_a_question_has_the_same_answer():
    asked = [{"question": "Who will attend?", "answer": "Ada Byron"}]
    submission = read({**ADA, "questions_and_answers": asked})
    assert submission.name == "Ada Byron"
    assert submission.details == (("Who will attend?", "Ada Byron"),)


OWN = ("Studio@example.com",)


@pytest.mark.parametrize("key", ["reply_to", "notify", "site", "x7"])
def test_the_business_s_own_address_is_nobody_s_who_left_a_number_only(key):
    found = read({"name": "Ada Byron", "phone": "+1 352 555 0102", key: "studio@example.com"}, own=OWN)
    assert (found.name, found.email, found.phone) == ("Ada Byron", "", "+1 352-555-0102")
    assert "studio@example.com" in dict(found.details).values()


def test_whoever_types_the_business_s_own_address_to_try_the_form_is_answered():
    assert read({"name": "Ada", "email": "studio@example.com"}, own=OWN).email == "studio@example.com"
