"""What senders of leads post, in their own shapes with invented values, and the enquiry each one means."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sender:
    """`means` names every field that isn't empty; `details` what is kept, `not_kept` what isn't."""

    name: str
    body: Any
    means: dict[str, Any]
    details: dict[str, str] | None = None
    not_kept: tuple[str, ...] = ()
    content_type: str = JSON
    country: str = "US"

    @property
    def raw(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (json.dumps(self.body) if self.content_type == JSON else urlencode(self.body)).encode()


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


ADA = {"name": "Ada Byron", "email": "ada@example.com"}
PHONE = {"phone": "+1 352-555-0102"}

SITES = (
    Sender(
        "formspree",
        {
            "form": "xvgkqzyz",
            "keys": ["name", "email", "message"],
            "submission": {
                "_date": "2026-03-04T10:15:30.000Z",
                "name": "Ada Byron",
                "email": "ada@example.com",
                "message": "Do you paint barns?",
                "_status": "ok",
            },
        },
        {**ADA, "message": "Do you paint barns?"},
        {"form": "xvgkqzyz"},
        not_kept=("keys",),
    ),
    Sender(
        "formspark",
        {"name": "Ada Byron", "email": "ada@example.com", "message": "Hello there", "budget": "5000"},
        {**ADA, "message": "Hello there"},
        {"budget": "5000"},
    ),
    Sender(
        "basin",
        {
            "id": 987,
            "form_id": "a1b2",
            "email": "ada@example.com",
            "payload_params": {"Full Name": "Ada Byron", "email": "ada@example.com", "Comments": "Call me"},
            "ip": "203.0.113.5",
            "created_at": "2026-03-04T10:15:30Z",
        },
        {**ADA, "message": "Call me", "submission_id": "987", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
        {"ip": "203.0.113.5"},
    ),
    Sender(
        "netlify",
        {
            "number": 12,
            "title": None,
            "email": "ada@example.com",
            "name": "Ada Byron",
            "first_name": "Ada",
            "last_name": "Byron",
            "company": None,
            "summary": "Is Tuesday fine?",
            "body": "Is Tuesday fine?",
            "data": {
                "name": "Ada Byron",
                "email": "ada@example.com",
                "message": "Is Tuesday fine?",
                "ip": "203.0.113.5",
            },
            "created_at": "2026-03-04T10:15:30.000Z",
            "human_fields": {"Name": "Ada Byron", "Email": "ada@example.com", "Message": "Is Tuesday fine?"},
            "ordered_human_fields": [
                {"title": "Name", "name": "name", "value": "Ada Byron"},
                {"title": "Email", "name": "email", "value": "ada@example.com"},
                {"title": "Message", "name": "message", "value": "Is Tuesday fine?"},
                {"title": "Company", "name": "company", "value": "Engines Ltd"},
            ],
            "id": "614d2b91e3695a1fb8eb52c5",
            "form_id": "6143ec357114bb0007eaaa3e",
            "site_url": "https://example.com",
            "form_name": "contact",
        },
        {
            **ADA,
            "message": "Is Tuesday fine?",
            "submission_id": "614d2b91e3695a1fb8eb52c5",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"Company": "Engines Ltd", "form_name": "contact"},
        not_kept=("summary", "body"),
    ),
    Sender(
        "webflow v1",
        {
            "name": "Quote Form",
            "site": "5f3c3d55ac435e1a051f77b3",
            "data": {"Name": "Ada Byron", "Email": "ada@example.com", "Phone Number": "352 555 0102"},
            "d": "2026-03-04T10:15:30.117Z",
            "_id": "6143ec357114bb0007eaaa3f",
        },
        {
            **ADA,
            **PHONE,
            "submission_id": "6143ec357114bb0007eaaa3f",
            "submitted_at": datetime(2026, 3, 4, 10, 15, 30, 117000, UTC),
        },
        {"form name": "Quote Form"},
    ),
    Sender(
        "webflow v2, a form without a name",
        {
            "triggerType": "form_submission",
            "payload": {
                "name": "Newsletter Form",
                "siteId": "65427cf400e02b306eaa049c",
                "data": {"Email": "ada@example.com", "What do you need?": "A roof"},
                "schema": [{"fieldName": "Email", "fieldType": "FormTextInput", "fieldElementId": "0c1"}],
                "submittedAt": "2026-03-04T10:15:30Z",
                "id": "6321ca84df3949bfc6752327",
                "formId": "65429eadebe8a9f3a30f62d0",
                "formElementId": "4e038d2c-6a1e-4953-7be9-a59a2b453177",
            },
        },
        {
            "email": "ada@example.com",
            "submission_id": "6321ca84df3949bfc6752327",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"form name": "Newsletter Form", "What do you need?": "A roof"},
    ),
    Sender(
        "wix, all data",
        {
            "data": {
                "formName": "Get a quote",
                "submissions": [
                    {"label": "First name", "value": "Ada"},
                    {"label": "Last name", "value": "Byron"},
                    {"label": "Email", "value": "ada@example.com"},
                    {"label": "Which service do you need?", "value": "Roofing"},
                ],
                "field:first_name_abc1": "Ada",
                "field:last_name_5f3e": "Byron",
                "field:email_65e2": "ada@example.com",
                "field:comp-l3j29uvu": "Roofing",
                "submissionTime": "2026-03-04T10:15:30.000Z",
                "submissionId": "b1b7a5c0-1111-4222-8333-123456789abc",
                "contact": {
                    "name": {"first": "Ada", "last": "Byron"},
                    "email": "ada@example.com",
                    "phones": [{"id": "p1", "tag": "UNTAGGED", "phone": "352-555-0102"}],
                    "locale": "en-us",
                },
            }
        },
        {
            **ADA,
            **PHONE,
            "service": "Roofing",
            "submission_id": "b1b7a5c0-1111-4222-8333-123456789abc",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"formName": "Get a quote"},
        not_kept=("comp-l3j29uvu",),
    ),
    Sender(
        "squarespace through zapier",
        {
            "Name": "Ada Byron",
            "Email *": "ada@example.com",
            "Message *": "Two rooms",
            "formName": "Contact",
            "submittedOn": "2026-03-04T10:15:30+02:00",
        },
        {**ADA, "message": "Two rooms", "submitted_at": at(2026, 3, 4, 8, 15, 30)},
        {"formName": "Contact"},
    ),
    Sender(
        "elementor, simple",
        {
            "Your Name": "Ada Byron",
            "Email": "ada@example.com",
            "Phone": "352.555.0102",
            "Message": "",
            "Date": "October 2, 2026",
            "Time": "9:01 am",
            "Page URL": "https://example.com/contact/",
            "User Agent": "Mozilla/5.0",
            "Remote IP": "203.0.113.9",
            "Powered by": "Elementor",
            "form_id": "a1b2c3d",
            "form_name": "Contact",
        },
        {**ADA, **PHONE},
        {"Date": "October 2, 2026", "form_name": "Contact"},
        content_type=FORM,
    ),
    Sender(
        "elementor, advanced",
        {
            "form[id]": "a1b2c3d",
            "form[name]": "Contact",
            "fields[name][id]": "name",
            "fields[name][type]": "text",
            "fields[name][title]": "Name",
            "fields[name][value]": "Ada Byron",
            "fields[name][raw_value]": "Ada Byron",
            "fields[name][required]": "1",
            "fields[email][id]": "email",
            "fields[email][type]": "email",
            "fields[email][title]": "Where do we write to?",
            "fields[email][value]": "ada@example.com",
            "fields[field_9c1]": "",
            "fields[field_2ab][id]": "field_2ab",
            "fields[field_2ab][type]": "select",
            "fields[field_2ab][title]": "Service",
            "fields[field_2ab][value]": "Gutters",
            "meta[date][title]": "Date",
            "meta[date][value]": "October 2, 2026",
            "meta[remote_ip][title]": "Remote IP",
            "meta[remote_ip][value]": "203.0.113.9",
        },
        {**ADA, "service": "Gutters"},
        {"form": "Contact"},
        content_type=FORM,
    ),
    Sender(
        "contact form 7",
        {
            "your-name": "Ada Byron",
            "your-email": "ada@example.com",
            "your-subject": "Quote please",
            "your-message": "Line one\r\nLine two",
            "tel-482": "352-555-0102",
            "services": ["Braces", "Aligners"],
        },
        {**ADA, **PHONE, "message": "Line one\nLine two", "service": "Braces, Aligners"},
        {"your-subject": "Quote please"},
    ),
    Sender(
        "wpforms",
        {
            "Name": "Ada Byron",
            "E-mail": "ada@example.com",
            "Comment or Message": "A quote, please",
            "entry_id": "77",
        },
        {**ADA, "message": "A quote, please", "submission_id": "77"},
    ),
    Sender(
        "gravity forms, all fields",
        {
            "id": "881",
            "form_id": "2",
            "date_created": "2026-02-06 13:37:20",
            "ip": "203.0.113.10",
            "source_url": "https://www.example.com/contact/",
            "currency": "USD",
            "status": "active",
            "1.2": "",
            "1.3": "Ada",
            "1.4": "",
            "1.6": "Byron",
            "1.8": "",
            "2": "ada@example.com",
            "3": "(352) 555-0102",
            "4": "2026-02-21",
            "5.1": "Kitchen",
            "5.2": "",
            "5.3": "Bathroom",
            "6": "We would like to redo both rooms before summer.",
            "7.1": "1 Mill Lane",
            "7.2": "",
            "7.3": "Ocala",
            "7.4": "FL",
            "7.5": "34470",
            "7.6": "United States",
        },
        {
            **ADA,
            **PHONE,
            "message": "We would like to redo both rooms before summer.",
            "location": "1 Mill Lane, Ocala, FL, 34470, United States",
            "submission_id": "881",
        },
        {"4": "2026-02-21", "5": "Kitchen, Bathroom"},
    ),
    Sender(
        "fluent forms",
        {
            "__fluent_form_embded_post_id": "12",
            "_fluentform_3_fluentformnonce": "f00",
            "_wp_http_referer": "/contact/",
            "names": {"first_name": "Ada", "last_name": "Byron"},
            "email": "ada@example.com",
            "phone": "+13525550102",
            "input_text": "Old house",
            "message": "Windows, please",
            "__submission": {"id": "55", "form_id": "3", "serial_number": "9", "browser": "Chrome"},
        },
        {**ADA, **PHONE, "message": "Windows, please", "submission_id": "55"},
        {"input_text": "Old house"},
    ),
    Sender(
        "ninja forms",
        {
            "name_1": "Ada Byron",
            "email_2": "ada@example.com",
            "textarea_3": "I'd like a quote for my fence",
            "form_title": "Contact Me",
        },
        {**ADA, "message": "I'd like a quote for my fence"},
        {"form_title": "Contact Me"},
    ),
    Sender(
        "formidable, keys by number",
        {
            "form_id": "5",
            "item_meta[25]": "Ada Byron",
            "item_meta[26]": "ada@example.com",
            "item_meta[27]": "+1 352 555 0102",
        },
        {**ADA, **PHONE},
        content_type=FORM,
    ),
    Sender(
        "forminator",
        {
            "name-1": "Ada Byron",
            "email-1": "ada@example.com",
            "phone-1": "(352) 555-0102",
            "textarea-1": "Please call",
            "form_title": "Contact",
            "entry_time": "2026-03-04 10:15:30",
        },
        {**ADA, **PHONE, "message": "Please call"},
        {"entry_time": "2026-03-04 10:15:30"},
    ),
    Sender(
        "tilda",
        {
            "Name": "Ada Byron",
            "Email": "ada@example.com",
            "Phone": "+1 (352) 555-01-02",
            "tranid": "123:456",
            "formid": "form77",
        },
        {**ADA, **PHONE, "submission_id": "123:456"},
        content_type=FORM,
    ),
    Sender(
        "web3forms",
        {
            "access_key": "s3cret",
            "name": "Ada Byron",
            "email": "ada@example.com",
            "message": "Hi",
            "botcheck": "",
        },
        {**ADA, "message": "Hi"},
        not_kept=("access_key",),
    ),
)

BUILDERS = (
    Sender(
        "typeform",
        {
            "event_id": "LtWXD3crgy",
            "event_type": "form_response",
            "form_response": {
                "form_id": "lT4Z3j",
                "token": "a3a12ec67a1365927098a606107fac15",
                "submitted_at": "2026-01-18T18:17:02Z",
                "landed_at": "2026-01-18T18:07:02Z",
                "hidden": {"utm_source": "instagram"},
                "definition": {
                    "id": "lT4Z3j",
                    "title": "Roof quote",
                    "fields": [
                        {
                            "id": "F1",
                            "title": "First, what's your *first name*?",
                            "type": "short_text",
                            "ref": "r1",
                        },
                        {"id": "F2", "title": "Last name", "type": "short_text", "ref": "r2"},
                        {
                            "id": "F3",
                            "title": "Thanks, {{field:r1}}. Where can we write?",
                            "type": "email",
                            "ref": "r3",
                        },
                        {"id": "F4", "title": "And your number?", "type": "phone_number", "ref": "r4"},
                        {
                            "id": "F5",
                            "title": "Which service are you interested in?",
                            "type": "multiple_choice",
                            "ref": "r5",
                        },
                        {
                            "id": "F6",
                            "title": "How soon do you need it?",
                            "type": "multiple_choice",
                            "ref": "r6",
                        },
                        {
                            "id": "F7",
                            "title": "May we e-mail you our newsletter?",
                            "type": "yes_no",
                            "ref": "r7",
                        },
                    ],
                },
                "answers": [
                    {"type": "text", "text": "Ada", "field": {"id": "F1", "type": "short_text", "ref": "r1"}},
                    {
                        "type": "text",
                        "text": "Byron",
                        "field": {"id": "F2", "type": "short_text", "ref": "r2"},
                    },
                    {
                        "type": "email",
                        "email": "ada@example.com",
                        "field": {"id": "F3", "type": "email", "ref": "r3"},
                    },
                    {
                        "type": "phone_number",
                        "phone_number": "+13525550102",
                        "field": {"id": "F4", "type": "phone_number"},
                    },
                    {
                        "type": "choices",
                        "choices": {"labels": ["Repair", "Gutters"], "other": "Skylight"},
                        "field": {"id": "F5"},
                    },
                    {"type": "choice", "choice": {"label": "This month"}, "field": {"id": "F6"}},
                    {"type": "boolean", "boolean": True, "field": {"id": "F7", "type": "yes_no"}},
                ],
            },
        },
        {
            **ADA,
            **PHONE,
            "service": "Repair, Gutters, Skylight",
            "urgency": "This month",
            "source": "webhook",
            "submission_id": "a3a12ec67a1365927098a606107fac15",
            "submitted_at": at(2026, 1, 18, 18, 17, 2),
        },
        {"May we e-mail you our newsletter?": "yes", "utm_source": "instagram", "form name": "Roof quote"},
    ),
    Sender(
        "tally",
        {
            "eventId": "a4cb511e-d513-4fa5-baee-b815d718dfd1",
            "eventType": "FORM_RESPONSE",
            "createdAt": "2026-06-28T15:00:21.889Z",
            "data": {
                "responseId": "2wgx4n",
                "submissionId": "2wgx4n",
                "respondentId": "dwQKYm",
                "formId": "VwbNEw",
                "formName": "Studio",
                "createdAt": "2026-06-28T15:00:21.000Z",
                "fields": [
                    {
                        "key": "question_a",
                        "label": "Wie heißen Sie?",
                        "type": "INPUT_TEXT",
                        "value": "Ada Byron",
                    },
                    {
                        "key": "question_b",
                        "label": "Kontakt",
                        "type": "INPUT_EMAIL",
                        "value": "ada@example.com",
                    },
                    {
                        "key": "question_c",
                        "label": "Rückruf unter",
                        "type": "INPUT_PHONE_NUMBER",
                        "value": "+4930901820",
                    },
                    {
                        "key": "question_d",
                        "label": "Welche Leistung wünschen Sie?",
                        "type": "CHECKBOXES",
                        "value": ["id-2", "id-3"],
                        "options": [
                            {"id": "id-1", "text": "Logo"},
                            {"id": "id-2", "text": "Webseite"},
                            {"id": "id-3", "text": "Fotos"},
                        ],
                    },
                    {
                        "key": "question_d_id-1",
                        "label": "Welche Leistung wünschen Sie? (Logo)",
                        "type": "CHECKBOXES",
                        "value": False,
                    },
                    {
                        "key": "question_d_id-2",
                        "label": "Welche Leistung wünschen Sie? (Webseite)",
                        "type": "CHECKBOXES",
                        "value": True,
                    },
                    {
                        "key": "question_e",
                        "label": "Erzählen Sie mehr",
                        "type": "TEXTAREA",
                        "value": "Alles neu.",
                    },
                ],
            },
        },
        {
            **ADA,
            "phone": "+49 30 901820",
            "service": "Webseite, Fotos",
            "message": "Alles neu.",
            "submission_id": "2wgx4n",
            "submitted_at": datetime(2026, 6, 28, 15, 0, 21, 889000, UTC),
        },
        {"formName": "Studio"},
        not_kept=("eventId", "respondentId", "Welche Leistung wünschen Sie? (Logo)"),
        country="DE",
    ),
    Sender(
        "jotform",
        {
            "formID": "221144600480140",
            "submissionID": "5267074469613966508",
            "webhookURL": "https://hooks.example.com/x",
            "ip": "203.0.113.12",
            "formTitle": "Quote",
            "pretty": "Name:Ada Byron, E-mail:ada@example.com",
            "username": "owner",
            "rawRequest": json.dumps(
                {
                    "slug": "submit/221144600480140/",
                    "q3_name": {"first": "Ada", "last": "Byron"},
                    "q4_email": "ada@example.com",
                    "q5_phoneNumber": {"area": "352", "phone": "555-0102"},
                    "q6_address": {
                        "addr_line1": "1 Mill Lane",
                        "addr_line2": "",
                        "city": "Ocala",
                        "state": "FL",
                        "postal": "34470",
                    },
                    "q7_serviceNeeded": ["Pool", "Deck"],
                    "q8_preferredDate": {"month": "04", "day": "25", "year": "2026"},
                }
            ),
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470",
            "service": "Pool, Deck",
            "submission_id": "5267074469613966508",
        },
        {"preferredDate": "2026-04-25"},
        not_kept=("pretty", "rawRequest", "username"),
        content_type=FORM,
    ),
    Sender(
        "google forms through apps script",
        {
            "authMode": "FULL",
            "namedValues": {
                "Timestamp": ["04/03/2026 10:15:30"],
                "Full name": ["Ada Byron"],
                "Email Address": ["ada@example.com"],
                "How did you hear about us?": ["A friend"],
                "Best time to call": ["after 17:00"],
            },
            "range": {"columnEnd": 5, "columnStart": 1, "rowEnd": 3, "rowStart": 3},
            "source": {},
            "triggerUid": "4034124084959907503",
            "values": ["04/03/2026 10:15:30", "Ada Byron", "ada@example.com", "A friend", "after 17:00"],
        },
        ADA,
        {"How did you hear about us?": "A friend", "Best time to call": "after 17:00"},
        not_kept=("range", "values"),
    ),
    Sender(
        "google forms, responses as items",
        {
            "formTitle": "Contact",
            "responseId": "2_ABaOnud",
            "responses": [
                {"question": "What is your name?", "answer": "Ada Byron"},
                {"question": "What is the best email address to reach you?", "answer": "ada@example.com"},
                {"question": "When would you like to start?", "answer": "In May"},
            ],
        },
        {**ADA, "urgency": "In May", "submission_id": "2_ABaOnud"},
        {"formTitle": "Contact"},
    ),
    Sender(
        "cognito forms",
        {
            "$version": 7,
            "Form": {"Id": "1", "InternalName": "Quote", "Name": "Quote"},
            "Name": {
                "First": "Ada",
                "FirstAndLast": "Ada Byron",
                "Last": "Byron",
                "Middle": None,
                "Prefix": None,
                "Suffix": None,
            },
            "Email": "ada@example.com",
            "Phone": "(352) 555-0102",
            "Address": {
                "City": "Ocala",
                "Country": "United States",
                "CountryCode": "US",
                "FullAddress": "1 Mill Lane, Ocala, FL 34470",
                "Line1": "1 Mill Lane",
                "Line2": None,
                "Line3": None,
                "PostalCode": "34470",
                "State": "FL",
                "Type": "Home",
            },
            "Entry": {
                "AdminLink": "https://www.example.com/admin",
                "DateSubmitted": "2026-03-04T10:15:30.100Z",
                "Number": 5,
                "Origin": {
                    "City": "Tampa",
                    "CountryCode": "US",
                    "IpAddress": "203.0.113.8",
                    "Timezone": "America/New_York",
                },
                "Status": "Submitted",
            },
            "Id": "1-5",
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470, United States",
            "submission_id": "1-5",
            "submitted_at": datetime(2026, 3, 4, 10, 15, 30, 100000, UTC),
        },
        {"Form Name": "Quote"},
    ),
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
        {**ADA, "submission_id": "3"},
        {"What type of project is it?": "Fence"},
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

ADS_AND_PAGES = (
    Sender(
        "google ads",
        {
            "lead_id": "CjwKCAjw",
            "user_column_data": [
                {"column_name": "Full Name", "string_value": "Ada Byron", "column_id": "FULL_NAME"},
                {"string_value": "ada@example.com", "column_id": "EMAIL"},
                {"column_name": "User Phone", "string_value": "+13525550102", "column_id": "PHONE_NUMBER"},
                {"column_name": "Company Name", "string_value": "Engines Ltd", "column_id": "COMPANY_NAME"},
                {"column_name": "Postal Code", "string_value": "34470", "column_id": "POSTAL_CODE"},
                {
                    "column_name": "Which treatment are you interested in?",
                    "string_value": "Whitening",
                    "column_id": "QUESTION_1",
                },
            ],
            "api_version": "1.0",
            "form_id": 52083961646,
            "campaign_id": 10000000000,
            "google_key": "key-1234",
            "is_test": False,
            "gcl_id": "Cj0",
        },
        {**ADA, **PHONE, "service": "Whitening", "location": "34470", "submission_id": "CjwKCAjw"},
        {"Company Name": "Engines Ltd", "campaign_id": "10000000000"},
        not_kept=("google_key", "api_version"),
    ),
    Sender(
        "meta, as its api gives a lead",
        {
            "id": "1234567890",
            "created_time": "2026-03-04T10:15:30+0000",
            "form_id": "444",
            "ad_name": "Spring",
            "field_data": [
                {"name": "full_name", "values": ["Ada Byron"]},
                {"name": "email", "values": ["ada@example.com"]},
                {"name": "phone_number", "values": ["+13525550102"]},
                {"name": "what_service_do_you_need?", "values": ["Roofing"]},
            ],
        },
        {
            **ADA,
            **PHONE,
            "service": "Roofing",
            "submission_id": "1234567890",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"ad_name": "Spring"},
    ),
    Sender(
        "meta through zapier",
        {
            "leadgen_id": "998877",
            "form_name": "Spring offer",
            "page_name": "Engines",
            "ad_name": "Ad 1",
            "campaign_name": "Spring",
            "platform": "ig",
            "is_organic": "false",
            "created_time": "2026-03-04T10:15:30+00:00",
            "full_name": "Ada Byron",
            "email": "ada@example.com",
            "phone_number": "p:+13525550102",
        },
        {**ADA, **PHONE, "submission_id": "998877", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
        {"page_name": "Engines", "campaign_name": "Spring", "platform": "ig"},
    ),
    Sender(
        "linkedin through zapier",
        {
            "firstName": "Ada",
            "lastName": "Byron",
            "emailAddress": "ada@example.com",
            "phoneNumber": "+1 352-555-0102",
            "companyName": "Engines Ltd",
            "jobTitle": "Countess",
            "campaignName": "Q2",
        },
        {**ADA, **PHONE},
        {"companyName": "Engines Ltd", "jobTitle": "Countess", "campaignName": "Q2"},
    ),
    Sender(
        "tiktok",
        {
            "object": "lead",
            "time": 1772619330,
            "entry": [
                {
                    "lead_id": "7101",
                    "page_id": "66",
                    "campaign_name": "Spring",
                    "changes": [
                        {"field": "Name", "value": "Ada Byron"},
                        {"field": "Email", "value": "ada@example.com"},
                        {"field": "Phone number", "value": "+13525550102"},
                    ],
                }
            ],
        },
        {**ADA, **PHONE, "submission_id": "7101"},
        {"campaign_name": "Spring"},
    ),
    Sender(
        "unbounce",
        {
            "page_id": "b3f8",
            "page_name": "Spring page",
            "page_url": "http://unbouncepages.example.com/spring",
            "variant": "a",
            "data.json": json.dumps(
                {
                    "time_submitted": ["04:59 PM UTC"],
                    "page_uuid": ["b3f8"],
                    "name": ["Ada Byron"],
                    "email": ["ada@example.com"],
                    "phone_number": ["352-555-0102"],
                    "ip_address": ["203.0.113.7"],
                }
            ),
            "data.xml": "<?xml version='1.0'?><form_data><name>Ada Byron</name></form_data>",
        },
        {**ADA, **PHONE},
        {"page_name": "Spring page", "variant": "a"},
        not_kept=("data.xml", "data.json"),
        content_type=FORM,
    ),
    Sender(
        "instapage",
        {
            "page_id": "1",
            "page_name": "Landing",
            "ip": "203.0.113.7",
            "Email": "ada@example.com",
            "Your Name": "Ada Byron",
        },
        ADA,
        {"page_name": "Landing"},
        content_type=FORM,
    ),
    Sender(
        "leadpages",
        {
            "first_name": "Ada",
            "last_name": "Byron",
            "email": "ada@example.com",
            "phone": "3525550102",
            "lead_magnet_file_name": "",
        },
        {**ADA, **PHONE},
    ),
    Sender(
        "clickfunnels",
        {
            "data": {
                "id": 77,
                "public_id": "hyTtRz",
                "email_address": "ada@example.com",
                "first_name": "Ada",
                "last_name": "Byron",
                "phone_number": "+13525550102",
                "created_at": "2026-03-04T10:15:30.000Z",
                "tags": [{"id": 5, "name": "hot", "color": "#f00"}],
                "custom_attributes": {"budget": "10k"},
            },
            "event_id": "d3b1",
            "event_type": "contact.created",
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
        {"budget": "10k", "tags": "hot"},
    ),
    Sender(
        "clickfunnels classic",
        {
            "event": "created",
            "data": {
                "id": "1",
                "type": "contact_profiles",
                "attributes": {
                    "first-name": "Ada",
                    "last-name": "Byron",
                    "email": "ada@example.com",
                    "phone": None,
                },
            },
        },
        ADA,
    ),
    Sender(
        "highlevel",
        {
            "first_name": "Ada",
            "last_name": "Byron",
            "full_name": "Ada Byron",
            "phone": "+13525550102",
            "contact_id": "c1",
            "contact_type": "lead",
            "location": {
                "name": "Engines Ltd",
                "address": "9 High St",
                "city": "Miami",
                "id": "loc1",
                "fullAddress": "9 High St, Miami",
            },
            "user": {"firstName": "Charles", "lastName": "B", "email": "charles@example.org"},
            "workflow": {"id": "w1", "name": "New lead"},
            "triggerData": {},
            "customData": {"service_type": "Roofing"},
        },
        {"name": "Ada Byron", **PHONE, "service": "Roofing", "flags": ("no e-mail address",)},
        {"user email": "charles@example.org", "workflow": "New lead"},
    ),
)

CONTACTS_AND_BOOKINGS = (
    Sender(
        "hubspot workflow",
        {
            "vid": 251,
            "portal-id": 62515,
            "properties": {
                "firstname": {"value": "Ada", "versions": [{"value": "Ada", "source-type": "FORM"}]},
                "lastname": {"value": "Byron", "versions": []},
                "email": {"value": "ada@example.com", "versions": [{"value": "ada@example.com"}]},
                "phone": {"value": "352-555-0102"},
                "hubspot_owner_email": {"value": "charles@example.org"},
            },
            "identity-profiles": [
                {"vid": 251, "identities": [{"type": "EMAIL", "value": "ada@example.com"}]}
            ],
        },
        {**ADA, **PHONE},
        {"hubspot_owner_email": "charles@example.org"},
    ),
    Sender(
        "hubspot form submission",
        {
            "conversionId": "c-1",
            "submittedAt": 1772619330000,
            "values": [
                {"name": "firstname", "value": "Ada", "objectTypeId": "0-1"},
                {"name": "lastname", "value": "Byron", "objectTypeId": "0-1"},
                {"name": "email", "value": "ada@example.com", "objectTypeId": "0-1"},
                {"name": "message", "value": "Hi", "objectTypeId": "0-1"},
            ],
            "pageUrl": "https://example.com/contact",
        },
        {**ADA, "message": "Hi", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "mailchimp",
        {
            "type": "subscribe",
            "fired_at": "2026-03-04 10:15:30",
            "data[id]": "8a25ff1d98",
            "data[email]": "ada@example.com",
            "data[email_type]": "html",
            "data[list_id]": "a6b5da1054",
            "data[merges][EMAIL]": "ada@example.com",
            "data[merges][FNAME]": "Ada",
            "data[merges][LNAME]": "Byron",
            "data[merges][PHONE]": "352-555-0102",
            "data[merges][INTERESTS]": "Kitchens",
        },
        {**ADA, **PHONE, "service": "Kitchens"},
        {"email_type": "html"},
        content_type=FORM,
    ),
    Sender(
        "activecampaign",
        {
            "type": "subscribe",
            "date_time": "2026-03-04T10:15:30-06:00",
            "initiated_from": "public",
            "contact[id]": "42",
            "contact[email]": "ada@example.com",
            "contact[first_name]": "Ada",
            "contact[last_name]": "Byron",
            "contact[phone]": "",
            "contact[tags]": "web",
            "contact[fields][39]": "Bathroom",
            "customer_acct_name": "Engines Ltd",
        },
        ADA,
        {"39": "Bathroom", "customer_acct_name": "Engines Ltd"},
        content_type=FORM,
    ),
    Sender(
        "calendly",
        {
            "event": "invitee.created",
            "created_at": "2026-03-04T10:15:30.000000Z",
            "created_by": "https://api.calendly.com/users/AAA",
            "payload": {
                "uri": "https://api.calendly.com/scheduled_events/BBB/invitees/CCC",
                "name": "Ada Byron",
                "first_name": None,
                "last_name": None,
                "email": "ada@example.com",
                "text_reminder_number": "+1 352-555-0102",
                "timezone": "America/New_York",
                "questions_and_answers": [
                    {
                        "answer": "A new website",
                        "position": 0,
                        "question": "Please share anything that will help prepare our meeting.",
                    },
                    {"answer": "Ocala", "position": 1, "question": "Where are you based?"},
                ],
                "scheduled_event": {
                    "name": "Intro call",
                    "start_time": "2026-03-09T10:00:00.000000Z",
                    "location": {"type": "google_conference", "join_url": "https://meet.example.com/x"},
                    "event_memberships": [{"user_email": "charles@example.org", "user_name": "Charles B"}],
                },
                "tracking": {"utm_source": "newsletter", "utm_campaign": None},
                "cancel_url": "https://calendly.com/cancellations/CCC",
            },
        },
        {
            **ADA,
            **PHONE,
            "location": "Ocala",
            "submission_id": "https://api.calendly.com/scheduled_events/BBB/invitees/CCC",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {
            "scheduled_event name": "Intro call",
            "Please share anything that will help prepare our meeting.": "A new website",
        },
    ),
    Sender(
        "cal.com",
        {
            "triggerEvent": "BOOKING_CREATED",
            "createdAt": "2026-03-04T10:15:30.000Z",
            "payload": {
                "type": "30min",
                "title": "30min between Charles B and Ada Byron",
                "startTime": "2026-03-09T10:00:00Z",
                "organizer": {
                    "name": "Charles B",
                    "email": "charles@example.org",
                    "timeZone": "Europe/London",
                },
                "responses": {
                    "name": {"label": "your_name", "value": "Ada Byron", "isHidden": False},
                    "email": {"label": "email_address", "value": "ada@example.com", "isHidden": False},
                    "attendeePhoneNumber": {
                        "label": "phone_number",
                        "value": "+13525550102",
                        "isHidden": True,
                    },
                    "location": {
                        "label": "location",
                        "value": {"value": "integrations:daily", "optionValue": ""},
                    },
                    "title": {"label": "what_is_this_meeting_about", "isHidden": True},
                    "notes": {"label": "additional_notes", "value": "Bring plans"},
                    "guests": {"label": "additional_guests", "value": []},
                    "appointmentType": {"label": "Appointment Type", "value": "First visit"},
                },
                "userFieldsResponses": {
                    "appointmentType": {"label": "Appointment Type", "value": "First visit"}
                },
                "attendees": [
                    {"email": "ada@example.com", "name": "Ada Byron", "timeZone": "America/New_York"}
                ],
                "location": "integrations:daily",
                "uid": "bFJeNb2uX8ANpT3JL5EfXw",
                "bookingId": 91,
            },
        },
        {
            **ADA,
            **PHONE,
            "service": "First visit",
            "message": "Bring plans",
            "submission_id": "bFJeNb2uX8ANpT3JL5EfXw",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"organizer email": "charles@example.org"},
    ),
    Sender(
        "acuity through zapier",
        {
            "id": 54321,
            "firstName": "Ada",
            "lastName": "Byron",
            "phone": "352 555 0102",
            "email": "ada@example.com",
            "type": "Regular Visit",
            "calendar": "Charles",
            "forms": [
                {
                    "id": 1,
                    "name": "Intake",
                    "values": [{"fieldID": 2, "name": "Reason for visit", "value": "Back pain"}],
                }
            ],
        },
        {**ADA, **PHONE, "service": "Back pain"},
        {"type": "Regular Visit"},
    ),
    Sender(
        "intercom",
        {
            "type": "notification_event",
            "topic": "contact.user.created",
            "id": "notif_1",
            "app_id": "a86dr8yl",
            "created_at": 1772619330,
            "data": {
                "type": "notification_event_data",
                "item": {
                    "type": "contact",
                    "id": "6762",
                    "email": "ada@example.com",
                    "phone": "+13525550102",
                    "name": "Ada Byron",
                    "owner_id": None,
                    "location": {
                        "type": "location",
                        "country": "United States",
                        "city": "Ocala",
                        "region": "Florida",
                    },
                    "custom_attributes": {"plan_interest": "Pro"},
                },
            },
        },
        {
            **ADA,
            **PHONE,
            "location": "Ocala, Florida, United States",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"plan_interest": "Pro"},
    ),
    Sender(
        "manychat, an instagram contact",
        {
            "id": "1234567",
            "key": "user:1234567",
            "name": "Ada Byron",
            "first_name": "Ada",
            "last_name": "Byron",
            "gender": "female",
            "ig_username": "ada.byron",
            "email": "ada@example.com",
            "phone": None,
            "optin_email": True,
            "optin_phone": False,
            "last_input_text": "Prices please",
            "live_chat_url": "https://app.example.com/1",
            "custom_fields": {"Service wanted": "Nails"},
        },
        {**ADA, "message": "Prices please"},
        {"ig_username": "ada.byron", "optin_email": "yes", "Service wanted": "Nails"},
    ),
    Sender(
        "landbot",
        {
            "customer": {"id": 7, "name": "Ada Byron", "email": "ada@example.com", "phone": "+13525550102"},
            "channel": {"id": 1, "name": "Website bot", "type": "landbot"},
            "agent": {"id": 3, "name": "Charles", "email": "charles@example.org"},
            "service": "Tattoo",
        },
        {**ADA, **PHONE, "service": "Tattoo"},
        {"agent email": "charles@example.org"},
    ),
    Sender(
        "tidio through zapier",
        {
            "contact_name": "Ada Byron",
            "contact_email": "ada@example.com",
            "contact_phone": "+13525550102",
            "message": "Open on Sunday?",
        },
        {**ADA, **PHONE, "message": "Open on Sunday?"},
    ),
    Sender(
        "thumbtack",
        {
            "leadID": "437282430",
            "createTimestamp": "1772619330",
            "price": "$10",
            "request": {
                "requestID": "2999",
                "category": "Interior Painting",
                "description": "Two bedrooms",
                "location": {"city": "Ocala", "state": "FL", "zipCode": "34470"},
                "details": [{"question": "Ceiling height", "answer": "8 ft"}],
            },
            "customer": {"customerID": "331", "name": "Ada Byron", "phone": "3525550102"},
            "business": {"businessID": "77", "name": "Engines Ltd"},
        },
        {
            "name": "Ada Byron",
            **PHONE,
            "service": "Interior Painting",
            "message": "Two bedrooms",
            "location": "Ocala, FL, 34470",
            "submission_id": "437282430",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "flags": ("no e-mail address",),
        },
        {"Ceiling height": "8 ft", "business name": "Engines Ltd"},
    ),
    Sender(
        "angi",
        {
            "FirstName": "Ada",
            "LastName": "Byron",
            "PhoneNumber": "3525550102",
            "PostalAddress": {
                "AddressFirstLine": "1 Mill Lane",
                "City": "Ocala",
                "State": "FL",
                "PostalCode": "34470",
            },
            "Email": "ada@example.com",
            "Source": "Angi",
            "Description": "Fix the roof",
            "Category": "Roofing",
            "Urgency": "This week",
            "CorrelationId": "c0ffee",
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470",
            "source": "Angi",
            "message": "Fix the roof",
            "service": "Roofing",
            "urgency": "This week",
            "submission_id": "c0ffee",
        },
    ),
)

TOOLS_AND_PEOPLE = (
    Sender(
        "zapier, flat",
        {"first_name": "Ada", "last_name": "Byron", "age": 27},
        {"name": "Ada Byron", "flags": ("no e-mail address",)},
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

LANGUAGES = (
    Sender(
        "german",
        {
            "Vorname": "Jürgen",
            "Name": "Weiß",
            "E-Mail-Adresse": "juergen@example.com",
            "Telefonnummer": "030 901820",
            "PLZ": "10115",
            "Ort": "Berlin",
            "Gewünschte Leistung": "Malerarbeiten",
            "Ihre Nachricht": "Bitte um Rückruf",
            "Firma": "Weiß GmbH",
            "Datenschutz akzeptiert": "ja",
        },
        {
            "name": "Jürgen Weiß",
            "email": "juergen@example.com",
            "phone": "+49 30 901820",
            "location": "Berlin, 10115",
            "service": "Malerarbeiten",
            "message": "Bitte um Rückruf",
        },
        {"Firma": "Weiß GmbH", "Datenschutz akzeptiert": "ja"},
        country="DE",
    ),
    Sender(
        "french",
        {
            "Prénom": "Zoé",
            "Nom": "Lefèvre",
            "Adresse e-mail": "zoe@example.com",
            "Téléphone": "06 12 34 56 78",
            "Ville": "Lyon",
            "Prestation souhaitée": "Coupe",
            "Votre message": "Bonjour",
            "Nom de l'entreprise": "Salon Z",
        },
        {
            "name": "Zoé Lefèvre",
            "email": "zoe@example.com",
            "phone": "+33 6 12 34 56 78",
            "location": "Lyon",
            "service": "Coupe",
            "message": "Bonjour",
        },
        {"Nom de l'entreprise": "Salon Z"},
        country="FR",
    ),
    Sender(
        "spanish",
        {
            "nombre": "Lucía",
            "apellidos": "Gómez Ruiz",
            "correo electrónico": "lucia@example.com",
            "móvil": "612 34 56 78",
            "ciudad": "Sevilla",
            "¿Cómo podemos ayudarte?": "Quiero una cita",
            "¿Cuándo lo necesitas?": "Pronto",
        },
        {
            "name": "Lucía Gómez Ruiz",
            "email": "lucia@example.com",
            "phone": "+34 612 34 56 78",
            "location": "Sevilla",
            "message": "Quiero una cita",
        },
        {"¿Cuándo lo necesitas?": "Pronto"},
        country="ES",
    ),
    Sender(
        "italian",
        {
            "Nome": "Elio",
            "Cognome": "Conti",
            "Indirizzo email": "elio@example.com",
            "Cellulare": "312 345 6789",
            "Città": "Torino",
            "Servizio richiesto": "Giardino",
            "Messaggio": "Buongiorno",
        },
        {
            "name": "Elio Conti",
            "email": "elio@example.com",
            "phone": "+39 312 345 6789",
            "location": "Torino",
            "service": "Giardino",
            "message": "Buongiorno",
        },
        country="IT",
    ),
    Sender(
        "portuguese",
        {
            "Nome completo": "João Sá",
            "Seu e-mail": "joao@example.com",
            "Telemóvel": "912 345 678",
            "Cidade": "Porto",
            "Serviço": "Limpeza",
            "Mensagem": "Olá",
            "Urgência": "Alta",
        },
        {
            "name": "João Sá",
            "email": "joao@example.com",
            "phone": "+351 912 345 678",
            "location": "Porto",
            "service": "Limpeza",
            "message": "Olá",
            "urgency": "Alta",
        },
        country="PT",
    ),
    Sender(
        "dutch",
        {
            "Voornaam": "Sanne",
            "Achternaam": "de Wit",
            "E-mailadres": "sanne@example.com",
            "Telefoonnummer": "06 12345678",
            "Woonplaats": "Utrecht",
            "Uw bericht": "Graag een offerte",
        },
        {
            "name": "Sanne de Wit",
            "email": "sanne@example.com",
            "phone": "+31 6 12345678",
            "location": "Utrecht",
            "message": "Graag een offerte",
        },
        country="NL",
    ),
    Sender(
        "polish",
        {
            "Imię i nazwisko": "Łucja Żak",
            "Adres e-mail": "lucja@example.com",
            "Wiadomość": "Dzień dobry",
            "Miasto": "Łódź",
        },
        {"name": "Łucja Żak", "email": "lucja@example.com", "message": "Dzień dobry", "location": "Łódź"},
        country="PL",
    ),
    Sender(
        "japanese",
        {
            "お名前": "山田 花子",
            "メールアドレス": "hanako@example.com",
            "電話番号": "03-1234-5678",
            "お問い合わせ内容": "見積もりをお願いします",
        },
        {
            "name": "山田 花子",
            "email": "hanako@example.com",
            "phone": "+81 3-1234-5678",
            "message": "見積もりをお願いします",
        },
        country="JP",
    ),
    Sender(
        "russian",
        {
            "Ваше имя": "Анна",
            "Телефон": "+7 912 345-67-89",
            "Почта": "anna@example.com",
            "Комментарий": "Перезвоните",
        },
        {"name": "Анна", "phone": "+7 912 345-67-89", "email": "anna@example.com", "message": "Перезвоните"},
        country="RU",
    ),
)

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
        {**PHONE, "message": "Need a quote", "flags": ("no e-mail address",)},
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
            "flags": ("no e-mail address",),
        },
        {"Name / Firma": "x"},
        country="DE",
    ),
)

SENDERS = (*SITES, *BUILDERS, *ADS_AND_PAGES, *CONTACTS_AND_BOOKINGS, *TOOLS_AND_PEOPLE, *LANGUAGES, *OTHERS)
