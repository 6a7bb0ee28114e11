"""What a lead from a public page wrote, and what of it may come back."""

import pytest

from sheetflow.capture.public import may_come_back

SERVICES = ("Roof repair", "Gutters")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada Byron", "Ada"),
        ("Jean-Luc", "Jean-Luc"),
        ("O'Neil", "O'Neil"),
        ("山田 花子", "山田"),
        ("win.example.com", ""),
        ("https://win.example.com Ada", ""),
        ("You have won a prize click", ""),
        ("Ada1815", ""),
        ("<b>Ada</b>", ""),
        ("{{ 7*7 }}", ""),
        ("-", ""),
        ("x" * 21, ""),
        ("", ""),
    ],
)
def test_only_a_short_name_comes_back(name, shown):
    assert may_come_back(name, "", SERVICES) == (shown, "")


@pytest.mark.parametrize(
    ("service", "shown"),
    [("roof  REPAIR", "Roof repair"), ("Gutters", "Gutters"), ("Gutters at win.example.com", ""), ("", "")],
)
def test_only_a_service_of_the_businesss_own_comes_back_in_its_spelling(service, shown):
    assert may_come_back("", service, SERVICES) == ("", shown)
