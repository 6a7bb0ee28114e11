"""A source's own paths to its fields."""

import pytest

from sheetflow.capture import read_submissions

BODY = {
    "email": "desk@example.org",
    "data": {"buyer": {"mail": "ada@example.com", "who": "Ada Byron"}, "lines": [{"want": "Roof"}]},
    "dotted.key": {"tel": "352-555-0102"},
}


def read(body, paths):
    (found,) = read_submissions(body, source="shop", country="US", extra={}, paths=paths)
    return found


def test_a_path_alone_says_where_a_field_stands():
    paths = {
        "email": "data.buyer.mail",
        "name": "data.buyer.who",
        "service": "data.lines.0.want",
        "phone": "dotted.key.tel",
    }
    found = read(BODY, paths)
    assert (found.name, found.email, found.service) == ("Ada Byron", "ada@example.com", "Roof")
    assert (found.phone, found.doubt) == ("+1 352-555-0102", "")
    assert found.because["email"] == "data.buyer.mail: the path from [sources] in the configuration"
    assert ("email", "desk@example.org") in found.details


def test_a_path_that_finds_nothing_is_said_and_nobody_is_written_to_instead():
    found = read(BODY, {"email": "data.customer.mail"})
    assert found.email == ""
    assert found.doubt.startswith('The path of email, "data.customer.mail" in [sources], found nothing.')


def test_a_missing_path_of_another_field_is_said_and_holds_nobody_back():
    found = read(BODY, {"email": "data.buyer.mail", "service": "data.wish"})
    assert (found.email, found.service, found.doubt) == ("ada@example.com", "", "")
    assert 'The path of service, "data.wish" in [sources], found nothing.' in found.flags


@pytest.mark.parametrize("path", ["data.lines.9.want", "data.lines.x", "email.x", "data.buyer.mail.x"])
def test_a_path_that_leads_out_of_the_body_finds_nothing(path):
    assert read(BODY, {"email": path}).email == ""


def test_in_a_list_of_leads_a_path_begins_in_each_of_them():
    people = [{"a": {"b": f"{name}@example.com"}, "name": name} for name in ("ada", "bo")]
    found = read_submissions(people, source="x", country="US", extra={}, paths={"email": "a.b"})
    assert [one.email for one in found] == ["ada@example.com", "bo@example.com"]
