"""Form builders and surveys, in their rarer shapes."""

import json

from tests.capture.senders.sender import ADA, FORM, PHONE, Sender, at

SURVEYS = (
    Sender(
        "to.co, dotted names",
        {
            "id": "zj_fs",
            "created": "2026-03-04T10:15:30.000Z",
            "form": {"id": "t3_fm", "name": "Enquiry"},
            "fields": {
                "name": "Ada Byron",
                "name.first": "Ada",
                "name.last": "Byron",
                "business": "Engines Ltd",
                "business.name": "Engines Ltd",
                "business.city": "Tampa",
                "email": "ada@example.com",
                "text_input": "Boiler",
                "rate_this": 5,
            },
            "user_agent": "Mozilla/5.0",
            "ip_address": "203.0.113.8",
        },
        {**ADA, "submitted_at": at(2026, 3, 4, 10, 15, 30), "submission_id": "zj_fs"},
    ),
    Sender(
        "sitecliq",
        {
            "fields": {
                "short_text": {"title": "Your name", "value": "Ada Byron", "type": "text"},
                "867b7a8a-e9f4": {"title": "Long text", "value": "New windows, please", "type": "textArea"},
                "contactForm_email": {"title": "Email", "value": "ada@example.com", "type": "email"},
                "contactForm_phoneNumber": {"title": "Phone number", "value": "3525550102", "type": "phone"},
                "66107134": {"title": "Dropdown", "value": "Windows", "type": "dropDown"},
            }
        },
        {**ADA, **PHONE, "message": "New windows, please"},
    ),
    Sender(
        "formstack, sub-fields as lines",
        {
            "FormID": "23534",
            "UniqueID": "12345678",
            "Name": "first = Ada\nlast = Byron",
            "Email": "ada@example.com",
            "Phone": "(352) 555-0102",
            "Address": "address = 1 Mill Lane\ncity = Ocala\nstate = FL\nzip = 34470",
            "Comments": "Hi",
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470",
            "message": "Hi",
            "submission_id": "12345678",
        },
        content_type=FORM,
    ),
    Sender(
        "surveymonkey, simple",
        {
            "id": "1234",
            "survey_id": "99",
            "date_created": "2026-03-04T10:15:30+00:00",
            "date_modified": "2026-03-04T10:15:30+00:00",
            "collector_id": "7",
            "ip_address": "203.0.113.8",
            "pages": [
                {
                    "id": "p1",
                    "questions": [
                        {
                            "id": "q1",
                            "heading": "What is your name?",
                            "family": "open_ended",
                            "answers": [{"text": "Ada Byron", "simple_text": "Ada Byron"}],
                        },
                        {
                            "id": "q2",
                            "heading": "E-mail address",
                            "answers": [{"text": "ada@example.com", "simple_text": "ada@example.com"}],
                        },
                    ],
                },
                {
                    "id": "p2",
                    "questions": [
                        {
                            "id": "q3",
                            "heading": "Which service are you interested in?",
                            "answers": [
                                {"choice_id": "55", "simple_text": "Roofing"},
                                {"choice_id": "56", "simple_text": "Gutters"},
                            ],
                        }
                    ],
                },
            ],
        },
        {
            **ADA,
            "service": "Roofing, Gutters",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "1234",
        },
    ),
    Sender(
        "typeform, odd types",
        {
            "event_id": "01H",
            "event_type": "form_response",
            "form_response": {
                "form_id": "lT",
                "token": "tok1",
                "landed_at": "2026-03-04T10:10:30Z",
                "submitted_at": "2026-03-04T10:15:30Z",
                "hidden": {"gclid": "xx", "name": "spring"},
                "calculated": {"score": 9},
                "variables": [{"key": "name", "type": "text", "text": "x"}],
                "definition": {
                    "id": "lT",
                    "title": "Quote",
                    "fields": [
                        {"id": "a", "ref": "a", "type": "short_text", "title": "First name"},
                        {"id": "b", "ref": "b", "type": "short_text", "title": "Last name"},
                        {"id": "c", "ref": "c", "type": "phone_number", "title": "Phone number"},
                        {"id": "d", "ref": "d", "type": "email", "title": "Email"},
                        {"id": "e", "ref": "e", "type": "dropdown", "title": "What do you need done?"},
                        {"id": "f", "ref": "f", "type": "date", "title": "By when?"},
                        {"id": "g", "ref": "g", "type": "file_upload", "title": "A photo"},
                        {"id": "h", "ref": "h", "type": "number", "title": "How many windows?"},
                        {"id": "i", "ref": "i", "type": "long_text", "title": "Anything else?"},
                    ],
                    "endings": [{"id": "z", "title": "Thanks Ada"}],
                },
                "answers": [
                    {"type": "text", "text": "Ada", "field": {"id": "a", "type": "short_text", "ref": "a"}},
                    {"type": "text", "text": "Byron", "field": {"id": "b", "type": "short_text", "ref": "b"}},
                    {
                        "type": "phone_number",
                        "phone_number": "+13525550102",
                        "field": {"id": "c", "type": "phone_number", "ref": "c"},
                    },
                    {
                        "type": "email",
                        "email": "ada@example.com",
                        "field": {"id": "d", "type": "email", "ref": "d"},
                    },
                    {
                        "type": "text",
                        "text": "Window cleaning",
                        "field": {"id": "e", "type": "dropdown", "ref": "e"},
                    },
                    {"type": "date", "date": "2026-05-01", "field": {"id": "f", "type": "date", "ref": "f"}},
                    {
                        "type": "file_url",
                        "file_url": "https://example.com/a.jpg",
                        "field": {"id": "g", "type": "file_upload", "ref": "g"},
                    },
                    {"type": "number", "number": 12, "field": {"id": "h", "type": "number", "ref": "h"}},
                    {
                        "type": "text",
                        "text": "Ring first",
                        "field": {"id": "i", "type": "long_text", "ref": "i"},
                    },
                ],
                "thankyou_screen_ref": "z",
            },
        },
        {
            **ADA,
            **PHONE,
            "service": "Window cleaning",
            "urgency": "2026-05-01",
            "message": "Ring first",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "tok1",
        },
        {"How many windows?": "12"},
    ),
    Sender(
        "tally, hidden, matrix and dropdown",
        {
            "eventId": "e",
            "eventType": "FORM_RESPONSE",
            "createdAt": "2026-03-04T10:15:30.000Z",
            "data": {
                "responseId": "r1",
                "submissionId": "r1",
                "respondentId": "x",
                "formId": "f",
                "formName": "Lead",
                "createdAt": "2026-03-04T10:15:30.000Z",
                "fields": [
                    {"key": "q0", "label": "utm_source", "type": "HIDDEN_FIELDS", "value": "google"},
                    {"key": "q1", "label": "Full name", "type": "INPUT_TEXT", "value": "Ada Byron"},
                    {"key": "q2", "label": "E-mail", "type": "INPUT_EMAIL", "value": "ada@example.com"},
                    {
                        "key": "q3",
                        "label": "When do you need this?",
                        "type": "DROPDOWN",
                        "value": ["o2"],
                        "options": [{"id": "o1", "text": "Later"}, {"id": "o2", "text": "This week"}],
                    },
                    {
                        "key": "q4",
                        "label": "Rate us",
                        "type": "MATRIX",
                        "value": {"row1": ["col2"]},
                        "rows": [{"id": "row1", "text": "Speed"}],
                        "columns": [{"id": "col1", "text": "Low"}, {"id": "col2", "text": "High"}],
                    },
                    {
                        "key": "q5",
                        "label": "Photo",
                        "type": "FILE_UPLOAD",
                        "value": [
                            {
                                "id": "i",
                                "name": "roof.jpg",
                                "url": "https://example.com/roof.jpg",
                                "mimeType": "image/jpeg",
                                "size": 1,
                            }
                        ],
                    },
                    {
                        "key": "q6",
                        "label": "Project type",
                        "type": "MULTIPLE_CHOICE",
                        "value": ["m1"],
                        "options": [{"id": "m1", "text": "New roof"}],
                    },
                ],
            },
        },
        {
            **ADA,
            "service": "New roof",
            "urgency": "This week",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "r1",
        },
        {"utm_source": "google"},
    ),
    Sender(
        "jotform, full phone and typed names",
        {
            "formID": "2",
            "submissionID": "52",
            "formTitle": "Booking",
            "rawRequest": json.dumps(
                {
                    "q3_fullName3": {"prefix": "Dr.", "first": "Ada", "last": "Byron"},
                    "q5_phoneNumber": {"full": "(352) 555-0102"},
                    "q10_email10": "ada@example.com",
                    "q12_howCan": "A new lawn",
                    "q13_preferredContact": "Email",
                    "event_id": "17",
                    "timeToSubmit": "20",
                    "submitDate": "1772619330000",
                    "buildDate": "1772610000000",
                    "uploadServerUrl": "https://upload.example.com",
                    "eventObserver": "1",
                }
            ),
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30), "submission_id": "52"},
        content_type=FORM,
    ),
    Sender(
        "cognito, service lines",
        {
            "Form": {"Id": "9", "InternalName": "Estimate", "Name": "Estimate"},
            "ContactInformation": {
                "Name": {"First": "Ada", "FirstAndLast": "Ada Byron", "Last": "Byron"},
                "Email": "ada@example.com",
                "Phone": "3525550102",
            },
            "ProjectDetails": {
                "ServicesNeeded": ["Paint", "Drywall"],
                "DesiredStartDate": "2026-05-01",
                "DescribeTheWork": "Two rooms",
            },
            "Entry": {"DateSubmitted": "2026-03-04T10:15:30Z", "Number": 12, "Status": "Submitted"},
            "Id": "9-12",
        },
        {
            **ADA,
            **PHONE,
            "service": "Paint, Drywall",
            "urgency": "2026-05-01",
            "message": "Two rooms",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "9-12",
        },
    ),
    Sender(
        "google forms api",
        {
            "formId": "1F",
            "responseId": "ACYD",
            "createTime": "2026-03-04T10:15:00Z",
            "lastSubmittedTime": "2026-03-04T10:15:30Z",
            "respondentEmail": "ada@example.com",
            "answers": {
                "1a2b3c4d": {"questionId": "1a2b3c4d", "textAnswers": {"answers": [{"value": "Ada Byron"}]}},
                "5e6f7a8b": {
                    "questionId": "5e6f7a8b",
                    "textAnswers": {"answers": [{"value": "(352) 555-0102"}]},
                },
            },
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 0), "submission_id": "ACYD"},
    ),
    Sender(
        "scoreapp",
        {
            "id": "sc",
            "first_name": "Ada",
            "last_name": "Byron",
            "email": "ada@example.com",
            "phone": "3525550102",
            "country": "US",
            "scorecard": {"name": "Growth test"},
            "quiz_questions": [
                {"question": "How big is your team?", "answers": [{"answer": "1-5"}]},
                {"question": "When do you want to start?", "answers": [{"answer": "Next month"}]},
            ],
            "created_at": "2026-03-04T10:15:30Z",
        },
        {
            **ADA,
            **PHONE,
            "urgency": "Next month",
            "location": "US",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
        {"How big is your team?": "1-5"},
    ),
    Sender(
        "typebot",
        {
            "resultId": "cl1",
            "Submitted at": "2026-03-04T10:15:30.000Z",
            "Welcome": "Hi!",
            "Name": "Ada Byron",
            "Email": "ada@example.com",
            "What can we help you with?": "New windows",
            "Phone": "+13525550102",
        },
        {**ADA, **PHONE, "message": "New windows", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "outgrow",
        {
            "calcName": "Savings",
            "leadDetails": {
                "fields": [
                    {"label": "Full Name", "val": "Ada Byron"},
                    {"label": "Email", "val": "ada@example.com"},
                ]
            },
            "quesAns": [{"title": "How big is the roof?", "val": "100 m2"}],
        },
        ADA,
        {"How big is the roof?": "100 m2"},
    ),
    Sender(
        "questions as q and a",
        {
            "form": "Kontakt",
            "qa": [
                {"q": "Name", "a": "Jürgen Weiß"},
                {"q": "E-Mail", "a": "juergen@example.com"},
                {"q": "Wann soll es losgehen?", "a": "Im Mai"},
            ],
        },
        {"name": "Jürgen Weiß", "email": "juergen@example.com", "urgency": "Im Mai"},
        country="DE",
    ),
    Sender(
        "an array of answers in order",
        {
            "questions": ["Name", "Email", "How soon do you need it?"],
            "answers": ["Ada Byron", "ada@example.com", "This week"],
        },
        {**ADA, "urgency": "This week"},
    ),
    Sender(
        "serialize array under numbers",
        {
            "0": {"name": "your-name", "value": "Ada Byron"},
            "1": {"name": "your-email", "value": "ada@example.com"},
            "2": {"name": "your-message", "value": "Hi"},
        },
        {**ADA, "message": "Hi"},
    ),
)
