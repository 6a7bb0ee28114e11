"""How cells are spelled, and what people are recognised by."""

from datetime import date

import pytest

from sheetflow.workflow.lead import (
    cell_text,
    dialled,
    email_key,
    looks_like_email,
    phone_key,
    suppression_hash,
)
from tests.workflow.builders import wall

NINE = wall("2026-03-24 09:00")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" Won ", "Won"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (NINE, "2026-03-24T09:00"),
        (NINE.replace(second=59, microsecond=1), "2026-03-24T09:00"),
        (date(2026, 3, 24), "2026-03-24"),
        (wall("2026-03-24 00:00"), "2026-03-24"),
        ("=1+1", "=1+1"),
        ("007", "007"),
    ],
)
def test_every_cell_has_one_spelling(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ada@example.org", " Ada@Example.ORG ", True),
        ("ada@example.org", "ada@example.com", False),
        ("straße@example.org", "STRASSE@example.org", True),
    ],
)
def test_two_spellings_of_an_address_have_one_key(one, other, same):
    assert (email_key(one) == email_key(other)) == same
    assert (suppression_hash(one, "salt") == suppression_hash(other, "salt")) == same


def test_a_suppressed_address_cannot_be_guessed_without_the_salt():
    assert suppression_hash("ada@example.org", "one") != suppression_hash("ada@example.org", "another")


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("+49 30 5550 0123", "055500123"),
        ("030 / 5550-0123", "055500123"),
        ("(555) 555-0100", "555550100"),
        ("+1 555 555 0100", "555550100"),
        ("12345", ""),
        ("call me", ""),
        ("", ""),
    ],
)
def test_a_number_is_recognised_with_and_without_its_country_code(phone, key):
    assert phone_key(phone) == key


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("ada@example.org", True),
        (" ada@example.org ", True),
        ("ada+forms@mail.example.org", True),
        ("zoë@exämple.org", True),
        ("", False),
        ("ada", False),
        ("ada@example", False),
        ("@example.org", False),
        ("ada@.org.", False),
        ("ada@ben@example.org", False),
        ("ada@example.org, ben@example.org", False),
        ("Ada <ada@example.org>", False),
        ("ada@example.org\r\nBcc: all@example.com", False),
        ("ada\x00@example.org", False),
        ("mailto:ada@example.org", False),
        ("root@[127.0.0.1]", False),
        ("a" * 243 + "@example.org", False),
    ],
)
def test_only_a_single_plain_address_is_written_to(text, usable):
    assert looks_like_email(text) is usable


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+49 30 1234567", "+49301234567"),
        ("(030) 123-4567", "0301234567"),
        ("+44 (0) 117 496 0144", "+441174960144"),
        ("+1 352-555-0144 ext. 12", "+13525550144"),
        ("352-555-0144 x12", "3525550144"),
        ("0117 496 0144 #3", "01174960144"),
        ("0117 496 0144 or 07700 900123", ""),
        ("555 0144 after 5pm", ""),
        ("call me maybe", ""),
        ("123", ""),
        ("+1;phone-context=evil", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_one_whole_number_is_dialled(phone, number):
    assert dialled(phone) == number
