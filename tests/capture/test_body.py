"""Bodies of every kind are read within limits, and refused with words that help."""

import json

import pytest

from sheetflow.capture import BodyError, read_body

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"


def part(disposition: str, content: str) -> bytes:
    return f"--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n".encode()


def refusal(raw: bytes, content_type: str = JSON) -> BodyError:
    with pytest.raises(BodyError) as refused:
        read_body(raw, content_type)
    return refused.value


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b'{"name": "Ada", "ways": ["phone", "mail"]}', JSON),
        (b'{"name": "Ada", "ways": ["phone", "mail"]}', "application/vnd.api+json; charset=utf-8"),
        (b'\xef\xbb\xbf{"name": "Ada", "ways": ["phone", "mail"]}', JSON),
        (b'{"name": "Ada", "ways": ["phone", "mail"]}', "text/plain;charset=UTF-8"),
        (b'{"name": "Ada", "ways": ["phone", "mail"]}', FORM),
        (b'{"name": "Ada", "ways": ["phone", "mail"]}', ""),
        (json.dumps(json.dumps({"name": "Ada", "ways": ["phone", "mail"]})).encode(), JSON),
        (b"name=Ada&ways[]=phone&ways[]=mail", FORM),
        (b"name=Ada&ways=phone&ways=mail", FORM),
        (
            b"name=Ada&ways%5B0%5D=phone&ways%5B1%5D=mail\r\n",
            "application/x-www-form-urlencoded; charset=UTF-8",
        ),
        (b"name=Ada&ways=phone&ways=mail", "text/plain"),
        (
            part('name="name"', "Ada")
            + part('name="ways"', "phone")
            + part('name="ways"', "mail")
            + b"--edge--\r\n",
            MULTIPART,
        ),
    ],
)
def test_one_lead_in_any_wrapping_is_the_same_value(raw, content_type):
    assert read_body(raw, content_type) == {"name": "Ada", "ways": ["phone", "mail"]}


def test_bracket_keys_become_objects_and_lists():
    raw = b"fields[name][value]=Ada&fields[name][type]=text&rows[0][a]=1&rows[1][a]=2&x=1&x[y]=2&odd[=3"
    assert read_body(raw, FORM) == {
        "fields": {"name": {"value": "Ada", "type": "text"}},
        "rows": [{"a": "1"}, {"a": "2"}],
        "x": {"": "1", "y": "2"},
        "odd[": "3",
    }


def test_of_an_uploaded_file_only_the_name_is_kept():
    raw = (
        part('name="brief"; filename="brief.pdf"', "%PDF-1.4 secret")
        + part('name="name"', "Ada")
        + b"--edge--"
    )
    assert read_body(raw, MULTIPART) == {"brief": "brief.pdf", "name": "Ada"}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (
            b'{"a": 12345678901234567890, "b": 27, "c": 1.10}',
            {"a": "12345678901234567890", "b": 27, "c": "1.10"},
        ),
        (b'{"a": NaN, "b": -Infinity}', {"a": None, "b": None}),
        (b'{"a": 1, "a": 1, "b": "x", "b": "y"}', {"a": 1, "b": ["x", "y"]}),
        (b'{"a": "line one\nline two", "b": "nul \x00"}', {"a": "line one\nline two", "b": "nul \x00"}),
        (b'{"a": "\\ud800"}', {"a": "\ud800"}),
    ],
)
def test_values_that_trip_other_readers_keep_what_was_written(raw, value):
    assert read_body(raw, JSON) == value


@pytest.mark.parametrize(
    ("raw", "declared"),
    [
        ('{"name": "Zoë"}'.encode(), "utf-8"),
        ('{"name": "Zoë"}'.encode("utf-16"), ""),
        ('{"name": "Zoë"}'.encode("utf-16-le"), "utf-16"),
        ('{"name": "Zoë"}'.encode("utf-16-be"), ""),
        ('{"name": "Zoë"}'.encode("utf-32"), "utf-8"),
        ('{"name": "Zoë"}'.encode("latin-1"), "iso-8859-1"),
        ('{"name": "Zoë"}'.encode("latin-1"), ""),
        ('{"name": "Zoë"}'.encode("latin-1"), "utf-8"),
        ('{"name": "Zoë"}'.encode(), "iso-8859-1"),
        ('{"name": "Zoë"}'.encode(), "utf-16"),
        ('{"name": "Zoë"}'.encode(), "rot13"),
        ('{"name": "Zoë"}'.encode(), "zip"),
        ('{"name": "Zoë"}'.encode(), "no\x00such"),
    ],
)
def test_letters_arrive_whatever_charset_is_used_or_declared(raw, declared):
    assert read_body(raw, f"application/json; charset={declared}") == {"name": "Zoë"}


def test_a_form_in_latin_1_arrives_too():
    assert read_body(b"name=Zo%EB&stadt=K%C3%B6ln", FORM) == {"name": "Zoë", "stadt": "Köln"}


@pytest.mark.parametrize(
    ("raw", "content_type", "status", "words"),
    [
        (b"", JSON, 400, "empty"),
        (b" \r\n\x00", FORM, 400, "empty"),
        (b'{"name": "Ada', JSON, 400, "ends too early"),
        (b'{"name": "Ada"', JSON, 400, "line 1, column 15"),
        (b'{"a": 1}{"a": 2}', JSON, 400, "extra data"),
        (b"your%2Dname=Ada&email=a%40b.example", JSON, 400, "send it as application/x-www-form-urlencoded"),
        (b'{\n"name": Ada}', JSON, 400, 'line 2, column 9, in the value of "name"'),
        (b"\x00\x01\x02\x03", JSON, 400, "line 1, column 1"),
        (b"x" * (2 * 1024 * 1024 + 1), JSON, 413, "2,097,152"),
        (b"[" * 10_000, JSON, 400, "nested deeper than 20"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, JSON, 400, "nested deeper than 20"),
        (b"a" + b"[b]" * 10_000 + b"=1", FORM, 400, "nested deeper than 20"),
        (json.dumps({f"f{n}": n for n in range(100_000)}).encode(), JSON, 413, "1,000 fields"),
        (json.dumps({f"f{n}": n for n in range(1_001)}).encode(), JSON, 413, "1,000 fields"),
        (json.dumps([1] * 1_001).encode(), JSON, 413, "1,000 fields"),
        ("&".join(f"f{n}=1" for n in range(100_000)).encode(), FORM, 413, "1,000 fields"),
        (part('name="a"', "1") * 1_001 + b"--edge--", MULTIPART, 413, "1,000 fields"),
        (part('name="a"', "1"), MULTIPART, 400, "cut off"),
        (b"--edge\r\nX: y\r\n\r\n1\r\n--edge--", MULTIPART, 400, "boundary"),
        (b"a=1", "multipart/form-data", 400, "without a boundary"),
        (b"<lead/>", "text/xml", 415, "send application/json"),
        (b"hello", "text/plain", 415, "neither JSON nor form fields"),
        (b"\x1f\x8b\x08\x00", JSON, 415, "compressed"),
    ],
)
def test_a_body_that_cant_be_read_is_refused_with_the_reason(raw, content_type, status, words):
    error = refusal(raw, content_type)
    assert (error.status, words in error.message) == (status, True), error.message


def test_a_template_broken_by_a_quote_is_told_where_and_what_to_use_instead():
    error = refusal(
        b'{"name":"Sam "The Man" Sample","email":"sam@example.com","message":"line one\nline two"}'
    )
    assert error.status == 400
    assert 'line 1, column 15, in the value of "name"' in error.message
    assert "quotation mark" in error.message
    assert "Create JSON" in error.message
    assert "JSON > Transform to JSON" in error.message
    assert "form fields" in error.message


def test_a_template_broken_by_an_empty_variable_is_told_which():
    assert (
        'in the value of "phone": the value is missing' in refusal(b'{"name":"Ada","phone":,"x":1}').message
    )


@pytest.mark.parametrize("secret", ["Sam", "sam@example.com", "The Man"])
def test_a_refusal_repeats_nothing_a_lead_has_written(secret):
    raw = b'{"email":"sam@example.com","name":"Sam "The Man" Sample"}'
    assert secret not in refusal(raw).message


def test_the_largest_bodies_allowed_are_read():
    assert len(read_body(json.dumps({f"f{n}": n for n in range(1_000)}).encode(), JSON)) == 1_000
    assert read_body(b"[" * 20 + b"]" * 20, JSON)
    assert read_body(b'{"a":"' + b"x" * (2 * 1024 * 1024 - 8) + b'"}', JSON)
