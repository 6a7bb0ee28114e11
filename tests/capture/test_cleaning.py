"""Values are tidied, never guessed at."""

import pytest

from sheetflow.capture.cleaning import (
    clean_email,
    clean_line,
    clean_phone,
    clean_text,
    is_placeholder,
    without_markup,
)


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada.Byron+x@Example.COM ", "Ada.Byron+x@example.com"),
        ("Ada Byron <ada@example.com>", "ada@example.com"),
        ("mailto:ada@example.com", "ada@example.com"),
        ("ada@example.com.", "ada@example.com"),
        ("'ada@example.com'", "ada@example.com"),
        ("\u200bada@example.com\u202e", "ada@example.com"),
        ("ada@münchen.example", "ada@xn--mnchen-3ya.example"),
        ("n/a, ada@example.com", "ada@example.com"),
    ],
)
def test_an_address_is_freed_from_what_surrounds_it(typed, email):
    assert clean_email(typed) == (email, ())


@pytest.mark.parametrize(
    "typed",
    [
        "ada",
        "ada@",
        "ada@example",
        "ada@@example.com",
        "ada@localhost",
        "ada@exa mple.com",
        '"a b"@example.com',
        "ada@[127.0.0.1]",
        "x" * 10_000 + "@example.com",
        "ada@" + "a" * 10_000 + ".com",
        "жанна@example.com",
        "@",
        "yes",
    ],
)
def test_an_address_that_cant_receive_mail_is_refused_in_words(typed):
    email, flags = clean_email(typed)
    assert email == ""
    assert len(flags) == 1
    assert flags[0].startswith(f"The address can't receive mail: {typed[:60]}")


def test_of_several_addresses_the_first_valid_one_is_used_and_that_is_said():
    email, flags = clean_email("bad@, ada@example.com; bo@example.com")
    assert email == "ada@example.com"
    assert flags == ("Several addresses were given; the first that can receive mail is used.",)


def test_a_header_cant_be_smuggled_in_behind_an_address():
    email, _ = clean_email("ada@example.com\r\nBcc: all@example.com")
    assert email == "ada@example.com"


@pytest.mark.parametrize(
    ("typed", "country", "phone"),
    [
        ("352.555.0102", "US", "+1 352-555-0102"),
        ("(352) 555-0102", "us", "+1 352-555-0102"),
        ("p:+13525550102", "DE", "+1 352-555-0102"),
        ("tel:+49 30 901820", "US", "+49 30 901820"),
        ("'+4930901820", "", "+49 30 901820"),
        ("030 901820", "DE", "+49 30 901820"),
        ("020 7946 0958", "UK", "+44 20 7946 0958"),
        ("+44 7700 900123", "US", "+44 7700 900123"),
        ("555-123-4567", "US", "+1 555-123-4567"),
        ("352-555-0102 ext. 5", "US", "+1 352-555-0102 ext. 5"),
        ("555-0100", "US", "555-0100"),
        ("0210000000", "US", "0210000000"),
        ("1-800-FLOWERS", "US", "1-800-FLOWERS"),
        ("030 123 / 0170 999 999", "DE", "030 123 / 0170 999 999"),
        ("call my office", "US", "call my office"),
        ("007", "US", "007"),
        ("030 901820", "XX", "030 901820"),
        ("447400123456", "US", "+44 7400 123456"),
        ("13525550102", "US", "+1 352-555-0102"),
        ("030 901820", "", "030 901820"),
        ("", "US", ""),
        ("1" * 10_000, "US", "1" * 99 + "…"),
    ],
)
def test_a_phone_number_is_spelled_internationally_or_left_as_submitted(typed, country, phone):
    assert clean_phone(typed, country) == phone


def test_text_loses_what_cant_be_seen_and_keeps_what_can():
    assert clean_line("Ada\r\nBcc: x\x00\u202e\u200b \t Byron") == "Ada Bcc: x Byron"
    assert clean_text(" one\r\n\r\n\r\n\r\ntwo\x07 \x85three ") == "one\n\ntwo\nthree"
    assert clean_line("👩‍👩‍👧 ÄÖÜ 山田 مرحبا =1+1 <b>") == "👩‍👩‍👧 ÄÖÜ 山田 مرحبا =1+1 <b>"
    assert clean_line("\ud800x") == "\ufffdx"
    assert clean_line("x" * 600) == "x" * 499 + "…"


@pytest.mark.parametrize(
    "text",
    [
        "{{1.email}}",
        "{{ a }} {{ b }}",
        "<%= x %>",
        "${name}",
        "*|FNAME|*",
        "[your-name]",
        "{field:1}",
        "%EMAIL%",
        "undefined",
    ],
)
def test_what_a_template_left_unfilled_is_known(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Ada", "{}", "[x] yes", "50%", "100% sure, 50% now", "<b>", "Null", "{{" * 200, ""]
)
def test_what_people_write_is_no_placeholder(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hello,<br>a <b>roof</b> &amp; more.</p>", "Hello,\na roof & more."),
        ("<div>One</div> <div>Two</div>", "One\nTwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>See <a class='x' href='https://a.example/b'>this</a></p>", "See https://a.example/b this"),
        ("<html><head><title>x</title></head><body><script>y</script>Hi</body></html>", "Hi"),
        ("<p>&lt;script&gt;</p>", "<script>"),
    ],
)
def test_a_message_passed_on_as_html_is_read_as_its_text(html, text):
    assert clean_text(without_markup(html)) == text


@pytest.mark.parametrize("text", ["a < b > c", "<3 you", "<b>{{x}}</b>", "<p> is a tag", "5 <div", ""])
def test_what_a_person_types_with_angle_brackets_stays(text):
    assert without_markup(text) == text
