"""Messages of one lead: what stands in them, and when there is none."""

from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from sheetflow.errors import TemplateError
from sheetflow.mail.letters import FULL, Letters
from sheetflow.mail.templates import Templates
from sheetflow.workflow.answers import Chosen, Occasion
from sheetflow.workflow.history import fold
from sheetflow.workflow.sequence import Owner
from tests.workflow.builders import FIRST, FOLLOW_UP, WORKFLOW, at

SHIPPED = Path(__file__).parents[2] / "config" / "templates"
LETTERS = Letters(Templates(SHIPPED), WORKFLOW, "studio@example.com")


def sent(lead, step=FIRST, letters=LETTERS):
    message = letters(lead, fold((), WORKFLOW), step, at("2026-03-24 10:00"), "")
    return BytesParser(policy=policy.default).parsebytes(message.as_bytes())


def test_from_is_the_address_that_sends_and_the_message_id_follows_it():
    mail = sent(FULL)
    assert mail["From"].addresses[0].addr_spec == "studio@example.com"
    assert mail["Message-ID"].endswith("@example.com>")
    assert "studio@example.com" not in mail["Reply-To"]


@pytest.mark.parametrize(
    ("name", "service", "greeting", "subject"),
    [
        ("Dr. Anna Becker", "Web &amp; design", "Hi Anna,", "Your enquiry about Web & design"),
        ("the", "Please select", "Hi there,", "Thank you for getting in touch"),
        ("N/A", "SVC-0042", "Hi there,", "Thank you for getting in touch"),
        ("🌸", "see https://example.org", "Hi there,", "Thank you for getting in touch"),
    ],
)
def test_filler_is_never_printed_and_a_greeting_has_a_first_name_or_none(name, service, greeting, subject):
    mail = sent(replace(FULL, name=name, service=service))
    assert mail.get_body(("plain",)).get_content().startswith(greeting)
    assert mail["Subject"] == subject


def test_a_name_that_is_none_isnt_shown_beside_the_address():
    assert str(sent(replace(FULL, name="N/A"))["To"]) == "alex@example.com"
    assert sent(FULL)["To"].addresses[0].display_name == "Alex Example"


def test_a_message_that_would_have_a_blank_isnt_made(tmp_path):
    (tmp_path / "follow_up.md").write_text("Subject: About {{ service }}\n\nHi {{ first_name }}\n")
    letters = replace(LETTERS, templates=Templates(tmp_path))
    assert sent(FULL, FOLLOW_UP, letters)["Subject"] == "About Consulting"
    with pytest.raises(TemplateError, match="line 1: service is empty here"):
        sent(replace(FULL, service="N/A"), FOLLOW_UP, letters)
    with pytest.raises(TemplateError, match="no template"):
        sent(FULL, FIRST, letters)


def test_of_what_anybody_can_have_written_only_a_short_name_and_a_known_service_come_back():
    workflow = replace(WORKFLOW, owners=(Owner("Kim", "kim@example.com", services=("Web design",)),))
    letters = replace(LETTERS, workflow=workflow)
    public = replace(FULL, is_public=True, service="web design", message="Visit https://spam.example now")
    step = replace(FIRST, template="first_response")
    plain = Occasion(Chosen("first_response", "en"))
    values = letters.values(public, step, plain)
    assert (values["name"], values["service"], values["message"]) == ("Alex", "Web design", "")
    assert (values["location"], values["urgency"], values["phone"]) == ("", "", "")
    stranger = replace(public, name="Buy cheap pills at our shop", service="cheap pills")
    values = letters.values(stranger, step, plain)
    assert (values["name"], values["service"]) == ("", "")
    mail = letters(stranger, fold((), workflow), step, at("2026-03-24 10:00"), "")
    assert "pills" not in str(mail)
