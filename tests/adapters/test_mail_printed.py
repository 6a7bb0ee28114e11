import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.mail.printed import first_name, said


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna Becker", "Anna"),
        ("Dr. Anna Becker", "Anna"),
        ("Prof. Dr. med. Karl Weber", "Karl"),
        ("Becker, Jan", "Jan"),
        ("de la Cruz, Juan", "Juan"),
        ("Anna Becker, MBA", "Anna"),
        ("ANNA", "Anna"),
        ("jean-luc picard", "Jean-Luc"),
        ("ÉLODIE MARTIN", "Élodie"),
        ("O'BRIEN", "O'Brien"),
        ("McKenzie Jones", "McKenzie"),
        ("bob (robert) smith", "Bob"),
        ("Иван Петров", "Иван"),
        ("Anna 🌸 Becker", "Anna"),
        ("Ren&eacute;e Martin", "Renée"),
    ],
)
def test_a_first_name_is_found_and_written_as_names_are(name, first):
    assert first_name(name) == first


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "the", "N/A", "🌸", "null", "Please select", "test", "x", "Unknown", "-"),
        *("Mr Smith", "Herr Müller", "Mr. and Mrs. Smith", "Dr. Becker", "van der Berg", "Familie Schmidt"),
        *("J. Smith", "A.B. Becker", "JB", "山田太郎"),
        *("Acme GmbH", "Sales Team", "The Smiths", "Facebook User", "Looking for coaching"),
        *("Anna & Tom Becker", "Anna und Tom", "Anna | Studio", "anna99", "info@example.com", "+1 555 0100"),
    ],
)
def test_nobody_is_greeted_by_what_may_be_no_first_name(name):
    assert first_name(name) == ""


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("Kitchen remodel", "Kitchen remodel"),
        ("Web &amp; design", "Web & design"),
        ("<b>Boiler</b>", "Boiler"),
        ("Office365", "Office365"),
        ("3D printing", "3D printing"),
        ("B2B", "B2B"),
        ("10001 New York", "10001 New York"),
        ("Selection of plants", "Selection of plants"),
        ("No-dig gardening", "No-dig gardening"),
        ("¿Qué ofrecen?", "¿Qué ofrecen?"),
        ("Yoga (beginners).", "Yoga (beginners)."),
    ],
)
def test_what_a_person_says_is_printed_as_it_is_meant(value, printed):
    assert said(value) == printed


@pytest.mark.parametrize(
    "value",
    [
        *("N/A", "n.a.", "null", "None", "undefined", "Other", "-", "???", "[object Object]", "Keine Angabe"),
        *(
            "Please select",
            "-- Select --",
            "Choose an option",
            "Select a service…",
            "Bitte wählen",
            "Option 1",
        ),
        *(
            "Veuillez sélectionner un service",
            "Seleccione una opción",
            "Seleziona",
            "Maak een keuze",
            "Option 1",
        ),
        *("jo@example.org", "see https://example.org/x", "www.example.org", "example.com"),
        *("SVC-0042", "opt_3", "kitchen_remodel", "recA1b2C3d4", "12345", "3f2a9c1e-aaaa-4bbb", "24/7", "🌸"),
    ],
)
def test_filler_addresses_and_codes_are_never_printed(value):
    assert said(value) == ""


@given(st.text())
def test_any_text_is_one_line_or_nothing(text):
    for printed in (said(text), first_name(text)):
        assert len(printed.splitlines()) <= 1
        assert printed == printed.strip()
