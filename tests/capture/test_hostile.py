"""Whatever is posted, capture answers soon, with an enquiry of harmless text or with a BodyError."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.capture import BodyError, Submission, fingerprint, read_body, read_submissions

TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=edge",
    "text/plain; charset=utf-16",
    "",
)
HOSTILE = (
    '=HYPERLINK("http://evil.example","click")',
    "+1+1|cmd",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "{{ config.items() }}",
    "{% for x in y %}",
    "Ada\r\nBcc: all@example.com",
    "Ada\nSubject: spam",
    "\u202egnp.exe",
    "x" * 10_000,
    "👩‍🚀" * 500,
    "مرحبا بالعالم",
    "%s%s%n",
    "../../etc/passwd",
    "\x00\x01\x1b[31m",
    "' OR 1=1 --",
    "\ud83d",
    "\u0085\u2028\u2029",
    "A\u0300" * 300,
)


def is_harmless(submission: Submission) -> bool:
    """Fields of one short line, no control or direction marks anywhere, nothing that can't be encoded."""
    fields = (submission.name, submission.email, submission.phone, submission.service, submission.urgency)
    others = (submission.location, submission.source, submission.submission_id, submission.raw_email)
    lines = [*fields, *others, *submission.flags, submission.doubt, *submission.because.values()]
    longer = [submission.message, *(text for detail in submission.details for text in detail)]
    unseen = set("\x00\x1b\x85\u202e\u2066\u2028\u2029\ufeff\r")
    return (
        all(len(line) <= 500 and not set(line) & {*unseen, "\n"} for line in lines)
        and not any(set(text) & unseen for text in longer)
        and all(text.encode() is not None for text in (*lines, *longer))
        and len(fingerprint(submission)) == 64
    )


def is_answered(body: object) -> bool:
    try:
        found = read_submissions(body, source="x", country="US", extra={"service": ["need"]})
    except BodyError as error:
        return error.status == 400 and bool(error.message)
    return bool(found) and all(map(is_harmless, found))


def answered(raw: bytes, content_type: str) -> bool:
    try:
        body = read_body(raw, content_type)
    except BodyError as error:
        return error.status in (400, 413, 415) and bool(error.message)
    return is_answered(body)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "key", ["name", "email", "phone", "message", "service", "city", "source", "submission_id", "x"]
)
def test_hostile_text_in_any_field_becomes_harmless_text(key, text):
    (submission,) = read_submissions({key: text, text: key}, source="x", country="US", extra={})
    assert is_harmless(submission)


def test_formulas_and_markup_stay_the_text_they_are():
    (submission,) = read_submissions(
        {"name": "=1+1", "message": "<b>{{x}}</b>"}, source="x", country="US", extra={}
    )
    assert (submission.name, submission.message) == ("", "<b>{{x}}</b>")
    assert submission.details == (("name", "=1+1"),)


@pytest.mark.parametrize(("field", "longest"), [("name", 200), ("service", 500), ("location", 500)])
def test_a_field_of_ten_thousand_letters_is_cut_said_and_kept_whole(field, longest):
    (submission,) = read_submissions({field: "x" * 10_000}, source="x", country="US", extra={})
    assert getattr(submission, field) == "x" * (longest - 1) + "…"
    assert f"Too long for its cell and cut, the whole is in Details: {field}." in submission.flags
    assert submission.details == ((field, "x" * 10_000),)


def test_a_long_message_and_long_details_stay_whole():
    body = {"message": "m" * 60_000, "Colour": "c" * 60_000}
    (submission,) = read_submissions(body, source="x", country="US", extra={})
    assert submission.message == "m" * 60_000
    assert submission.details == (("Colour", "c" * 60_000),)


KEYS = """
    name email phone value values label title key id type answers questions fields data contact definition
    form entry changes leads options rows columns user_column_data field_data rawRequest body 1.3 1.6 url
    a[b] event FieldStructure submitted_at location address first last text payload
    users author user emails headers row rows body addresses primary role custom_fields wa_id country_code
    data.email form__name plain_text 0
"""
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=20) | st.sampled_from(sorted(KEYS.split())), inner, max_size=6)
    ),
    max_leaves=30,
)


@settings(max_examples=200)
@given(body=json_values)
def test_no_json_value_raises_outside_the_family(body):
    assert is_answered(body)
    assert answered(json.dumps(body).encode(), "application/json")
    assert answered(urlencode({"data": json.dumps(body), "name": "x"}).encode(), TYPES[1])


@settings(max_examples=300)
@given(raw=st.binary(max_size=300), content_type=st.sampled_from(TYPES) | st.text(max_size=40))
def test_no_bytes_raise_outside_the_family(raw, content_type):
    assert answered(raw, content_type)
    assert answered(b"{" + raw, content_type)
    assert answered(b"--edge\r\nContent-Disposition: form-data; name=a\r\n\r\n" + raw, TYPES[2])


@settings(max_examples=200)
@given(pairs=st.lists(st.tuples(st.text(alphabet="ab[]0.", max_size=12), st.text(max_size=8)), max_size=8))
def test_no_bracket_key_raises_outside_the_family(pairs):
    assert answered(urlencode(pairs).encode("utf-8", "replace"), TYPES[1])


MEGABYTES = 2 * 1024 * 1024 - 100
COSTLY = {
    "brackets": b"[" * MEGABYTES,
    "quotes": b'"' * MEGABYTES,
    "escaped quotes": b'{"a":"' + b'\\"' * (MEGABYTES // 2),
    "empty lists": b"[" + b"[]," * (MEGABYTES // 3),
    "at signs": json.dumps({"email": "a@" * (MEGABYTES // 2)}).encode(),
    "angle brackets": json.dumps({"email": "<a@" * (MEGABYTES // 3)}).encode(),
    "digits": b'{"phone":' + b"1" * MEGABYTES + b"}",
    "braces": json.dumps({"message": "{{" * (MEGABYTES // 2)}).encode(),
    "one long key": json.dumps({"n" * MEGABYTES: "x"}).encode(),
    "a thousand long answers": json.dumps({f"f{n} @": "x@" * 900 for n in range(1_000)}).encode(),
    "a thousand leads": json.dumps(
        [{"name": f"N{n}", "email": f"n{n}@example.com"} for n in range(1_000)]
    ).encode(),
    "anchors": json.dumps({"message": "<p><a " + "href='http:" * (MEGABYTES // 12) + "<p>"}).encode(),
    "tags": json.dumps({"message": "<p>" + "<a href='http:x'>" * (MEGABYTES // 20) + "</p>"}).encode(),
    "scripts": json.dumps({"message": "<p>" + "<script </script " * (MEGABYTES // 20) + ">"}).encode(),
    "lines of answers": json.dumps({"body": "Name: x\nEmail: y\n" * (MEGABYTES // 20)}).encode(),
    "a form in a text": json.dumps({"formData": "a=b&" * (MEGABYTES // 5) + " "}).encode(),
    "cells": json.dumps({"html": "<p>" + "</td> <td " * (MEGABYTES // 10) + ">"}).encode(),
    "cells with links": json.dumps(
        {"html": "<p>" + "</td><td><mailto:a|" * (MEGABYTES // 20) + ">"}
    ).encode(),
    "dashes": json.dumps({"text": "---- \n" * (MEGABYTES // 8)}).encode(),
    "leads and users": json.dumps(
        {
            f"{who}{n}": {"name": f"{who}{n}", "email": f"{who}{n}@example.com", "phone": "352-555-0102"}
            for n in range(160)
            for who in ("lead", "user")
        }
    ).encode(),
    "people in wrappers": json.dumps(
        {f"k{n}": {"a": {"b": {"c": {"email": f"a{n}@example.com"}}}} for n in range(900)}
    ).encode(),
    "accents": json.dumps({"message": "a" + "\u0300\u0316" * 300_000}, ensure_ascii=False).encode(),
    "one key": b'{"email":"ada@example.com",' + b",".join(b'"a":"%d"' % n for n in range(49_000)) + b"}",
    "json in json": b'{"data":'
    + json.dumps(json.dumps({"data": json.dumps({"data": "{}"})})).encode()
    + b"}",
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_body_made_to_be_costly_is_answered(name):
    assert answered(COSTLY[name], "application/json")


def test_json_nested_in_json_over_and_over_is_answered():
    text = '{"data":"x"}'
    for _ in range(14):
        text = json.dumps({"data": text})
    assert answered(text.encode(), "application/json")


COMMON_KEYS = ("name", "First name", "city", "zip", "message", "service", "source", "colour", "email")
answers_given = st.dictionaries(
    st.sampled_from(COMMON_KEYS) | st.text(alphabet="abc xyz_-", min_size=1, max_size=12),
    st.text(alphabet="bcdfghkmnpqrst", min_size=3, max_size=9) | st.integers(min_value=100, max_value=10_000),
    max_size=8,
)


@settings(max_examples=300)
@given(
    given_answers=answers_given,
    more=answers_given,
    key=st.sampled_from(["job", "contact", "organizer", "x", "data"]),
)
def test_nothing_a_lead_has_answered_is_lost(given_answers, more, key):
    body = {"email": "ada@example.com", **given_answers, "nested": {key: more}}
    found = read_submissions(body, source="x", country="US", extra={})
    lost = [value for value in (*given_answers.values(), *more.values()) if str(value) not in repr(found)]
    assert lost == [], body
