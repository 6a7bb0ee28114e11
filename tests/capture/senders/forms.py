"""Further form builders."""

import json

from tests.capture.senders.sender import ADA, FORM, PHONE, Sender, at

FORMS = (
    Sender(
        "paperform",
        {
            "data": [
                {
                    "title": "Your name",
                    "description": None,
                    "type": "text",
                    "key": "ba7ri",
                    "custom_key": None,
                    "value": "Ada Byron",
                },
                {
                    "title": "Reply to",
                    "type": "email",
                    "key": "tgp8",
                    "custom_key": None,
                    "value": "ada@example.com",
                },
                {
                    "title": "Call me on",
                    "type": "phone",
                    "key": "1g2h",
                    "custom_key": None,
                    "value": "352 555 0102",
                },
                {
                    "title": "How urgent is it?",
                    "type": "choices",
                    "key": "9k2",
                    "custom_key": None,
                    "value": ["Very"],
                },
            ],
            "submission_id": "5b2f0c3d",
            "created_at": "2026-06-09 09:51:23",
            "ip_address": "203.0.113.10",
            "charge": None,
        },
        {**ADA, **PHONE, "urgency": "Very", "submission_id": "5b2f0c3d"},
        {"created_at": "2026-06-09 09:51:23", "ip_address": "203.0.113.10"},
    ),
    Sender(
        "fillout",
        {
            "formId": "vso1",
            "formName": "Intake",
            "submission": {
                "submissionId": "abc-1",
                "submissionTime": "2026-03-04T10:15:30.000Z",
                "questions": [
                    {"id": "jB2", "name": "Name", "type": "ShortAnswer", "value": "Ada Byron"},
                    {
                        "id": "kc6",
                        "name": "What is your email?",
                        "type": "EmailInput",
                        "value": "ada@example.com",
                    },
                    {"id": "kc7", "name": "What city are you in?", "type": "ShortAnswer", "value": "Ocala"},
                    {"id": "kc8", "name": "Which department?", "type": "MultipleChoice", "value": None},
                ],
                "calculations": [],
                "urlParameters": [{"id": "utm_source", "name": "utm_source", "value": "google"}],
                "documents": [],
            },
        },
        {**ADA, "location": "Ocala", "submission_id": "abc-1", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
        {"formName": "Intake", "utm_source": "google"},
    ),
    Sender(
        "wufoo",
        {
            "Field1": "Ada",
            "Field2": "Byron",
            "Field4": "ada@example.com",
            "Field5": "Fence",
            "CreatedBy": "public",
            "DateCreated": "2026-03-04 10:15:30",
            "EntryId": "3",
            "IP": "203.0.113.8",
            "HandshakeKey": "s3cret",
            "FieldStructure": json.dumps(
                {
                    "Fields": [
                        {
                            "Title": "Name",
                            "Type": "shortname",
                            "ID": "Field1",
                            "SubFields": [
                                {"ID": "Field1", "Label": "First"},
                                {"ID": "Field2", "Label": "Last"},
                            ],
                        },
                        {"Title": "Mail", "Type": "email", "ID": "Field4"},
                        {"Title": "What type of project is it?", "Type": "text", "ID": "Field5"},
                    ]
                }
            ),
            "FormStructure": json.dumps({"Name": "Contact", "Email": "owner@example.org"}),
        },
        {**ADA, "service": "Fence", "submission_id": "3"},
        not_kept=("HandshakeKey", "FormStructure", "Field5"),
        content_type=FORM,
    ),
    Sender(
        "formstack",
        {
            "FormID": "1234",
            "UniqueID": "99887766",
            "Name": {"value": {"first": "Ada", "last": "Byron"}, "field_type": "name"},
            "Email": {"value": "ada@example.com", "field_type": "email"},
            "Project": {"value": "Deck", "field_type": "text"},
            "HandshakeKey": "s3cret",
        },
        {**ADA, "submission_id": "99887766"},
        {"Project": "Deck"},
        not_kept=("HandshakeKey",),
    ),
    Sender(
        "formsmarts",
        {
            "api_id": "FSEVAPI",
            "form_id": "lqh",
            "form_name": "Upload",
            "fields": [
                {
                    "field_value": "Ada Byron",
                    "field_name": "Full Name",
                    "field_id": 1226194,
                    "field_datatype": "name",
                },
                {
                    "field_value": "ada@example.com",
                    "field_name": "Email",
                    "field_id": 1226205,
                    "field_datatype": "email",
                },
                {
                    "field_value": "Thanks.\r\nAda",
                    "field_name": "Any Comments",
                    "field_id": 1237447,
                    "field_datatype": "text",
                },
            ],
        },
        {**ADA, "message": "Thanks.\nAda"},
    ),
    Sender(
        "microsoft forms through power automate",
        {
            "responder": "ada@example.com",
            "submitDate": "2026-03-04T10:15:30Z",
            "r1d7f8a6c4b1e4c0f": "Ada Byron",
            "r2c9e8f7a6b5d4c3e": "352-555-0102",
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "surveysparrow",
        {
            "surveyName": "Hello",
            "answers": [
                {"question": "Full Name", "answer": "Ada Byron"},
                {"question": "Email", "answer": "ada@example.com"},
            ],
        },
        ADA,
    ),
    Sender(
        "airtable automation",
        {
            "id": "recA1b2C3d4E5f6G7",
            "createdTime": "2026-03-04T10:15:30.000Z",
            "fields": {
                "Contact Name": "Ada Byron",
                "Contact Email": "ada@example.com",
                "Service": {"id": "sel1", "name": "Roofing", "color": "blueBright"},
                "Notes": "Came by",
                "Attachments": [{"id": "att1", "url": "https://example.com/a.pdf", "filename": "a.pdf"}],
            },
        },
        {
            **ADA,
            "service": "Roofing",
            "message": "Came by",
            "submission_id": "recA1b2C3d4E5f6G7",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
    ),
)
