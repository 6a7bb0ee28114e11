"""Wired as in production: a lead comes in, is advised on, answered, told of, and taken by a button."""

import re
from email import message_from_bytes, policy

from sheetflow.wiring import build, build_app, read_settings
from tests.fakes.smtp import FakeSmtp
from tests.qualify.office import site
from tests.qualify.test_adviser import GOOD, good
from tests.simulation.patience import wait_for


def environment(server, **more):
    return {
        "SMTP_USER": server.user,
        "SMTP_PASSWORD": server.password,
        "SMTP_HOST": server.host,
        "SMTP_PORT": str(server.port),
        "SMTP_CA_FILE": server.ca_file,
        "IMAP_HOST": "off",
        "SHEETFLOW_WEBHOOK_TOKENS": "site:token",
        "SHEETFLOW_SECRET_KEY": "a long secret",
        "SHEETFLOW_BASE_URL": "https://leads.example.com",
        **more,
    }


def mails_to(server, address):
    mails = [message_from_bytes(one.data, policy=policy.default) for one in server.messages]
    return [mail for mail in mails if address in str(mail["To"])]


def test_a_lead_is_answered_and_its_owner_takes_it_by_a_button(folder):
    with FakeSmtp() as server, site(lambda body: (200, good())) as (model, _), site() as (channel, told):
        ai = {"SHEETFLOW_AI_URL": f"http://{model}/v1", "SHEETFLOW_AI_KEY": "k", "SHEETFLOW_AI_MODEL": "m"}
        variables = environment(server, SHEETFLOW_NOTIFY_URLS=f"json://{channel}/x", **ai)
        wired = build(read_settings(variables, folder))
        client = build_app(wired, takes_loopback=False).test_client()
        lead = {
            "email": "lea@example.org",
            "name": "Lea",
            "message": "We want the washroom new, how do you do that?",
        }
        answer = client.post("/leads", json=lead, headers={"Authorization": "Bearer token"}).get_json()
        [notice] = wait_for(lambda: mails_to(server, "kim@example.com"))
        [letter] = wait_for(lambda: mails_to(server, "lea@example.org"))
        assert GOOD["opening"] in " ".join(letter.get_body(("plain",)).get_content().split())
        assert str(letter["Subject"]) == "Your enquiry about Bathroom"
        assert letter["Reply-To"].addresses[0].addr_spec == "kim@example.com"
        assert (
            f"https://leads.example.com/leads/{answer['lead_id']}" in notice.get_body(("html",)).get_content()
        )
        assert "Sent: “Your enquiry about Bathroom”" in notice.get_body(("plain",)).get_content()
        assert wait_for(lambda: told)[0]["title"] == "Low lead: Lea, A new bathroom is wanted."
        link = re.search(
            r"I’ve got it: https://leads\.example\.com(/o/\S+)", notice.get_body(("plain",)).get_content()
        )
        assert client.get(link[1]).status_code == 200
        assert "Done" in client.post(link[1]).text
        with wired.ports.ledger.reading() as book:
            [row] = book.rows()
        assert (row["id"], row["status"], row["owner"]) == (answer["lead_id"], "In conversation", "Kim")
        wired.close()


def test_a_model_that_is_away_costs_the_lead_nothing(folder):
    with FakeSmtp() as server:
        ai = {"SHEETFLOW_AI_URL": "http://127.0.0.1:1/v1", "SHEETFLOW_AI_MODEL": "m"}
        wired = build(read_settings(environment(server, **ai), folder))
        client = build_app(wired, takes_loopback=False).test_client()
        client.post(
            "/leads?token=token", json={"email": "lea@example.org", "message": "A new bathroom, urgent"}
        )
        [letter] = wait_for(lambda: mails_to(server, "lea@example.org"))
        assert "Your enquiry about Bathroom" in str(letter["Subject"])
        wired.close()
