"""A slip in a big mail provider's domain is pointed out in the row, and nothing is changed by itself."""

import pytest

from sheetflow.workflow.typos import mistyped
from tests.workflow.builders import Tracked


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("Hotmial.com ", "hotmail.com"),
        ("yaho.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
        ("iclould.com", "icloud.com"),
        ("gmx.dee", "gmx.de"),
    ],
)
def test_a_slip_in_a_big_providers_domain_is_pointed_out(domain, meant):
    typed = domain.strip().lower()
    assert mistyped(f"ada@{domain}") == f"Email may be mistyped: {typed}, not {meant}? Correct it there."


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.com", "email.com", "gmx.com", "yahoo.ca", "example.com", "me.com", ""]
)
def test_a_real_domain_is_not_called_mistyped(domain):
    assert mistyped(f"ada@{domain}") == ""


def test_why_asks_for_it_until_the_address_is_corrected():
    slipped = "Email may be mistyped: gmial.com, not gmail.com? Correct it there."
    lead = Tracked(arrived="2026-03-24 10:00", email="ada@gmial.com")
    assert lead.row.why.endswith(slipped)
    lead.run("2026-03-24 10:03")
    assert lead.row.why == f"Follow up goes out on Thu 26 Mar 2026, 10:03. {slipped}"
    assert lead.row.email == "ada@gmial.com"
    lead.types(email="ada@gmail.com")
    lead.run("2026-03-24 10:13")
    assert lead.row.why == "Follow up goes out on Thu 26 Mar 2026, 10:03."
