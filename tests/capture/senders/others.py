"""Whatever else posts a lead."""

from tests.capture.senders.sender import ADA, FORM, NO_EMAIL, PHONE, Sender

OTHERS = (
    Sender(
        "notion",
        {
            "properties": {
                "Name": {"type": "title", "title": [{"plain_text": "Ada Byron"}]},
                "Email": {"type": "email", "email": "ada@example.com"},
                "Phone": {"type": "phone_number", "phone_number": "352-555-0102"},
                "Service": {"type": "select", "select": {"id": "1", "name": "Roof", "color": "red"}},
            }
        },
        {**ADA, **PHONE, "service": "Roof"},
    ),
    Sender(
        "firestore",
        {"fields": {"name": {"stringValue": "Ada Byron"}, "email": {"stringValue": "ada@example.com"}}},
        ADA,
    ),
    Sender(
        "supabase",
        {
            "type": "INSERT",
            "table": "leads",
            "record": {"name": "Ada Byron", "email": "ada@example.com"},
            "old_record": {"name": "Eve", "email": "eve@example.org"},
        },
        ADA,
        {"old_record email": "eve@example.org"},
    ),
    Sender(
        "mailerlite",
        {
            "events": [
                {
                    "type": "subscriber.created",
                    "data": {
                        "subscriber": {
                            "email": "ada@example.com",
                            "name": "Ada Byron",
                            "fields": [{"key": "city", "value": "Ocala", "type": "TEXT"}],
                        }
                    },
                }
            ]
        },
        {**ADA, "location": "Ocala"},
    ),
    Sender(
        "heyflow",
        {
            "id": "flow1",
            "fields": [
                {"label": "Name", "values": [{"answer": "Ada Byron"}], "variable": "name"},
                {"label": "E-Mail", "values": [{"answer": "ada@example.com"}], "variable": "email"},
            ],
        },
        {**ADA, "submission_id": "flow1"},
    ),
    Sender(
        "perspective",
        {
            "values": {
                "fullName": {"value": "Ada Byron", "title": "Full name"},
                "email": {"value": "ada@example.com", "title": "E-Mail"},
            },
            "meta": {"funnelName": "Roofs"},
        },
        ADA,
        {"meta funnelName": "Roofs"},
    ),
    Sender(
        "divi",
        {
            "et_pb_contact_name_0": "Ada Byron",
            "et_pb_contact_email_0": "ada@example.com",
            "et_pb_contact_message_0": "Hi",
        },
        {**ADA, "message": "Hi"},
        content_type=FORM,
    ),
    Sender(
        "salesforce web-to-lead",
        {
            "oid": "00D",
            "first_name": "Ada",
            "last_name": "Byron",
            "email": "ada@example.com",
            "company": "Engines Ltd",
            "lead_source": "Web",
            "00N1r000009abcd": "Roof",
        },
        {**ADA, "source": "Web"},
        {"company": "Engines Ltd", "00N1r000009abcd": "Roof"},
        content_type=FORM,
    ),
    Sender(
        "shopify's contact form",
        {
            "form_type": "contact",
            "contact[name]": "Ada Byron",
            "contact[email]": "ada@example.com",
            "contact[body]": "Hi",
        },
        {**ADA, "message": "Hi"},
        content_type=FORM,
    ),
    Sender(
        "a text message",
        {"From": "+13525550102", "To": "+13525550199", "Body": "Need a quote", "SmsSid": "SM1"},
        {**PHONE, "message": "Need a quote", **NO_EMAIL},
        {"To": "+13525550199"},
        content_type=FORM,
    ),
    Sender(
        "questions with their answers as objects",
        {
            "submission": {
                "answers": [
                    {"fieldName": "Your name", "answer": {"value": "Ada Byron"}},
                    {"fieldName": "Email", "answer": {"value": "ada@example.com"}},
                ]
            }
        },
        ADA,
    ),
    Sender(
        "labels that offer two words",
        {
            "Name / Firma": "x",
            "PLZ/Ort": "10115 Berlin",
            "Telefon / Handy": "030 901820",
            "Frage oder Anmerkung": "Hallo",
        },
        {
            "phone": "+49 30 901820",
            "location": "10115 Berlin",
            "message": "Hallo",
            **NO_EMAIL,
        },
        {"Name / Firma": "x"},
        country="DE",
    ),
)
