"""Leads within a text or a row."""

import pytest

from tests.capture.reading import ADA, read


@pytest.mark.parametrize(
    "body",
    [
        {"Message": '{"name": "Ada Byron", "email": "ada@example.com"}', "Type": "Notification"},
        {"data": "eyJuYW1lIjogIkFkYSBCeXJvbiIsICJlbWFpbCI6ICJhZGFAZXhhbXBsZS5jb20ifQ=="},
        {"formData": "name=Ada+Byron&email=ada%40example.com"},
        {"body": "New lead\n*Name:* Ada Byron\n*Email:* ada@example.com"},
        {"Name": "first = Ada\nlast = Byron", "Email": "ada@example.com"},
        {"headers": ["Name", "Email"], "row": ["Ada Byron", "ada@example.com"]},
        [["Name", "Email"], ["Ada Byron", "ada@example.com"]],
        ["Ada Byron", "ada@example.com"],
        [["Name", "Ada Byron"], ["Email", "ada@example.com"], ["Message", "A deck"]],
        {"text": "*Name:* Ada Byron\n*Email:* <mailto:ada@example.com|ada@example.com>"},
        {
            "html": "<table><tr><td>Name:</td><td>Ada Byron</td></tr>"
            "<tr><th>Email</th><td>ada@example.com</td></tr></table>"
        },
        {
            "antworten": [
                {"frage": "Ihr Name", "antwort": "Ada Byron"},
                {"frage": "E-Mail", "antwort": "ada@example.com"},
            ]
        },
        {
            "champs": [
                {"libelle": "Nom", "valeur": "Ada Byron"},
                {"libelle": "Email", "valeur": "ada@example.com"},
            ]
        },
        {"Name": {"answer": "Ada Byron"}, "E-mail": {"answer": "ada@example.com"}},
        {"desk_webhook": {"ticket_contact_name": "Ada Byron", "ticket_contact_email": "ada@example.com"}},
        {"labels": {"7": "Name", "8": "Email"}, "entry": {"7": "Ada Byron", "8": "ada@example.com"}},
        {"7": "Ada Byron", "8": "ada@example.com", "questions": {"7": "Name", "8": "Email"}},
    ],
)
def test_what_is_packed_into_a_text_or_a_row_is_read(body):
    submission = read(body)
    assert (submission.name, submission.email) == ("Ada Byron", "ada@example.com")


def test_a_second_answer_under_the_same_label_is_kept():
    body = {
        "labels": {"7": "Email", "8": "Pet", "9": "Pet"},
        "entry": {"7": "ada@example.com", "8": "Rex", "9": "Tom"},
    }
    assert {"Rex", "Tom"} <= {text for _, text in read(body).details}


def test_answers_written_as_json_into_the_place_of_a_message_are_read():
    submission = read({**ADA, "details": '{"project": "A deck", "timeline": "Now"}'})
    assert (submission.message, submission.urgency) == ("", "Now")
    assert ("project", "A deck") in submission.details


def test_what_a_lead_writes_in_lines_stays_a_message():
    message = "Please ask my wife\nName: Grace\nPhone: 352-555-0188"
    submission = read({**ADA, "message": message})
    assert (submission.name, submission.message, submission.phone) == ("Ada Byron", message, "")


def test_a_text_that_only_looks_packed_stays_as_it_is():
    texts = {"note": "a=b&c=d", "data": "eyJub3QgYmFzZTY0", "memo": "[1, 2]", "log": "Name: x\ny"}
    assert dict(read({**ADA, **texts}).details) | {"message": ""} == {
        "data": "eyJub3QgYmFzZTY0",
        "memo": "[1, 2]",
        "log": "Name: x\ny",
        "message": "",
    }


def test_a_sentence_with_an_address_in_it_is_kept_and_mails_nobody_unless_it_stands_where_addresses_do():
    text = "Hello, please write to ada@example.com about the roof."
    assert (read({"text": text}).email, read({"text": text}).message) == ("", text)
    answered = read({"email": text, "message": "Hi"})
    assert (answered.email, answered.details) == ("ada@example.com", (("email", text),))
