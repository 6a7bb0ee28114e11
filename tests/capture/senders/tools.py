"""Automation tools, and forms people wrote themselves."""

import json

from tests.capture.senders.sender import ADA, FORM, NO_EMAIL, PHONE, Sender

TOOLS = (
    Sender(
        "zapier, flat",
        {"first_name": "Ada", "last_name": "Byron", "age": 27},
        {"name": "Ada Byron", **NO_EMAIL},
        {"age": "27"},
    ),
    Sender(
        "zapier, nested",
        {
            "lead": {
                "contact": {"name": "Ada Byron", "email": "ada@example.com"},
                "job": {"service": "Roofing", "when": "May"},
            }
        },
        {**ADA, "service": "Roofing", "urgency": "May"},
    ),
    Sender(
        "make, an array of one",
        {"array": [{"Name": "Ada Byron", "E-Mail": "ada@example.com", "Telefon": "030 901820"}]},
        {**ADA, "phone": "+49 30 901820"},
        country="DE",
    ),
    Sender(
        "n8n, its own webhook passed on",
        [
            {
                "headers": {
                    "host": "n8n.example.org",
                    "authorization": "Bearer s3cret",
                    "x-email": "charles@example.org",
                },
                "params": {},
                "query": {"token": "s3cret"},
                "body": {"fields[name]": "Ada Byron", "fields[email]": "ada@example.com"},
                "webhookUrl": "https://n8n.example.org/hook",
                "executionMode": "production",
            }
        ],
        ADA,
        not_kept=("headers authorization", "token"),
    ),
    Sender(
        "pabbly",
        {
            "Your Name": "Ada Byron",
            "Your Email": "ada@example.com",
            "Contact Number": "+91 98765 43210",
            "Query": "Price?",
        },
        {**ADA, "phone": "+91 98765 43210", "message": "Price?"},
        country="IN",
    ),
    Sender(
        "json as plain text",
        b'{"name": "Ada Byron", "email": "ada@example.com"}',
        ADA,
        content_type="text/plain; charset=UTF-8",
    ),
    Sender(
        "json sent as a form",
        b'{"name": "Ada Byron", "email": "ada@example.com"}',
        ADA,
        content_type=FORM,
    ),
    Sender(
        "json text in a json field",
        {"payload": json.dumps({"fullName": "Ada Byron", "emailAddress": "ada@example.com"})},
        ADA,
    ),
    Sender(
        "a react form with choices as objects",
        {
            "fullName": "Ada Byron",
            "emailAddress": "ada@example.com",
            "service": {"value": "kitchen_remodel", "label": "Kitchen remodel"},
            "timeline": {"value": "asap", "label": "As soon as possible"},
            "address": {"street": "1 Mill Lane", "city": "Ocala", "zip": "34470"},
        },
        {
            **ADA,
            "service": "Kitchen remodel",
            "urgency": "As soon as possible",
            "location": "1 Mill Lane, Ocala, 34470",
        },
    ),
    Sender(
        "a shop's checkout",
        {
            "email": "ada@example.com",
            "billing": {"first_name": "Ada", "last_name": "Byron", "phone": "3525550102", "city": "Ocala"},
            "line_items": [{"name": "Consultation", "quantity": 1}],
        },
        {**ADA, **PHONE, "location": "Ocala"},
    ),
)
