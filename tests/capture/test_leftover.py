"""Every text of a body stands in the row, secrets excepted."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.capture import Submission, read_body, read_submissions
from sheetflow.capture.cleaning import clean_text, without_markup
from sheetflow.capture.leftover import OF_A_QUESTION, Told
from sheetflow.capture.secrets import is_secret
from sheetflow.capture.words import squashed
from sheetflow.capture.wrappers import is_question
from tests.capture.reading import ADA, read
from tests.capture.senders import SENDERS


def row_of(found: list[Submission]) -> str:
    texts = []
    for one in found:
        cells = (
            one.name,
            one.email,
            one.phone,
            one.service,
            one.urgency,
            one.location,
            one.message,
            one.source,
        )
        texts += [*cells, one.submission_id, *one.flags, *(text for pair in one.details for text in pair)]
    return "\n".join(texts)


def texts_in(value: object, key: str = "") -> list[str]:
    """The texts of a body that no sender made up for its questions."""
    if isinstance(value, dict):
        own = OF_A_QUESTION if is_question(value) else OF_A_FORM
        own = {"type"} if value.keys() == {"type", "value"} else own  # the kind of an address or a number
        kept = {name: child for name, child in value.items() if squashed(str(name)) not in own}
        return [text for name, child in kept.items() for text in texts_in(child, str(name))]
    if isinstance(value, list):
        return [text for child in value for text in texts_in(child, key)]
    return [value] if isinstance(value, str) and value.strip() and not is_secret(key, value) else []


# What a form says of its own questions, and copies of the whole form within one text.
OF_A_FORM = {
    "definition",
    "fieldstructure",
    "formstructure",
    "schema",
    "keys",
    "datajson",
    "dataxml",
    "pretty",
}
PACKED = re.compile(r"\s*[\[{<]|e[yw][\w-]{14,}={0,2}$|[\w.]+=[^&]*&|.*\n.*:|.* = .*\n", re.DOTALL)


# Typeform's answers say the IDs and kinds of its questions; a table's first row names its columns.
ABOUT_QUESTIONS = ("typeform", "an array of answers", "google sheet")
OTHERS = [sender for sender in SENDERS if not sender.name.startswith(ABOUT_QUESTIONS)]


@pytest.mark.parametrize("sender", OTHERS, ids=lambda sender: sender.name)
def test_every_text_of_a_senders_shape_stands_in_the_row(sender):
    body = read_body(sender.raw, sender.content_type)
    row = row_of(read_submissions(body, source="x", country=sender.country, extra={}))
    told = Told(row.split("\n"))
    answers = [clean_text(without_markup(text)) for text in texts_in(body) if not PACKED.match(text)]
    words = set(re.findall(r"\w+", row.casefold()))
    lost = [text for text in answers if not told.holds(text)]
    assert [text for text in lost if not words.issuperset(re.findall(r"\w+", text.casefold()))] == []


leaves = st.text(alphabet="bcdfghkmnpqrst", min_size=4, max_size=9)
keys = st.sampled_from(
    ["name", "data", "contact", "owner", "items", "body", "headers", "x", "notes", "form", "company"]
)
bodies = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(body=st.dictionaries(keys, bodies, min_size=1, max_size=5))
def test_every_text_of_a_nested_body_stands_in_the_row(body):
    row = row_of(read_submissions({"email": "ada@example.com", **body}, source="x", country="US", extra={}))
    assert [text for text in texts_in(body) if text not in row] == [], json.dumps(body)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("password", "hunter2"),
        ("api_key", "sk_live_123456"),
        ("token", "t0k3n-abcdef12"),
        ("signature", "9f86d081884c7d65"),
        ("_form_3_formnonce", "a1b2c3d4e5"),
        ("authorization", "Bearer abcdefgh12345"),
        ("g-recaptcha-response", "03AGdBq25SxXT"),
        ("anything", "Bearer abcdefgh12345"),
    ],
)
def test_a_secret_is_shown_nowhere(key, value):
    for body in ({**ADA, key: value}, {**ADA, "meta": {key: value}}):
        assert value not in row_of([read(body)])


def test_what_people_sign_with_and_questions_keys_are_no_secrets():
    assert dict(read({**ADA, "signature": "Ada B.", "key takeaway": "Be on time"}).details) == {
        "signature": "Ada B.",
        "key takeaway": "Be on time",
    }


def test_a_list_of_things_keeps_all_it_says_of_each():
    body = {
        **ADA,
        "items": [{"name": "Shelf", "quantity": 4, "notes": "white oil"}, {"name": "Bench", "notes": "oak"}],
    }
    assert all(text in row_of([read(body)]) for text in ("Shelf", "4", "white oil", "Bench", "oak"))
