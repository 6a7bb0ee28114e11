"""Ads and landing pages, as connectors pass them on."""

from tests.capture.senders.sender import ADA, PHONE, Sender, at

CAMPAIGNS = (
    Sender(
        "meta through make",
        {
            "leadgenId": "998877",
            "createdTime": "2026-03-04T10:15:30.000Z",
            "formId": "44",
            "formName": "Spring offer",
            "adId": "1",
            "adName": "Ad",
            "pageId": "66",
            "pageName": "Engines",
            "data": {
                "full_name": "Ada Byron",
                "email": "ada@example.com",
                "phone_number": "+13525550102",
                "when_would_you_like_to_start?": "within_a_month",
                "what_are_you_looking_for?": "kitchen",
            },
        },
        {
            **ADA,
            **PHONE,
            "service": "kitchen",
            "urgency": "within_a_month",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "998877",
        },
        {"formName": "Spring offer"},
    ),
    Sender(
        "leadsbridge",
        {
            "lead": {
                "first_name": "Ada",
                "last_name": "Byron",
                "email": "ada@example.com",
                "phone": "+13525550102",
                "company_name": "Engines Ltd",
                "zip": "34470",
            },
            "form": {"id": "4", "name": "Winter"},
            "campaign": {"id": "8", "name": "Brand"},
            "platform": "facebook",
        },
        {**ADA, **PHONE, "location": "34470"},
    ),
    Sender(
        "pabbly, numbered questions",
        {
            "1. What is your name?": "Ada Byron",
            "2. Your e-mail address": "ada@example.com",
            "3) Telephone": "352 555 0102",
            "4. What can we do for you?": "A new fence",
            "5. When should we start?": "ASAP",
        },
        {**ADA, **PHONE, "urgency": "ASAP", "message": "A new fence"},
    ),
    Sender(
        "snapchat",
        {
            "lead_id": "sc-1",
            "ad_account_id": "a1",
            "campaign_name": "Spring",
            "form_name": "Quotes",
            "submitted_time": "2026-03-04T10:15:30.000Z",
            "fields": [
                {"field_type": "FIRST_NAME", "field_value": "Ada"},
                {"field_type": "LAST_NAME", "field_value": "Byron"},
                {"field_type": "EMAIL", "field_value": "ada@example.com"},
                {"field_type": "PHONE_NUMBER", "field_value": "+13525550102"},
            ],
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30), "submission_id": "sc-1"},
    ),
    Sender(
        "pinterest",
        {
            "lead_id": "pi-1",
            "ad_id": "6",
            "campaign_id": "9",
            "created_at": 1772619330,
            "answers": [
                {"question_type": "FULL_NAME", "value": "Ada Byron"},
                {"question_type": "EMAIL", "value": "ada@example.com"},
                {"question_type": "CUSTOM", "label": "Which style?", "value": "Modern"},
            ],
        },
        {**ADA, "submitted_at": at(2026, 3, 4, 10, 15, 30), "submission_id": "pi-1"},
    ),
    Sender(
        "microsoft ads through zapier",
        {
            "Customer Id": "1611",
            "Account Id": "9",
            "Campaign Name": "Search",
            "Ad Group Name": "Roofs",
            "Form Name": "Leads",
            "First Name": "Ada",
            "Last Name": "Byron",
            "Work Email": "ada@example.com",
            "Phone Number": "+13525550102",
            "Company Name": "Engines Ltd",
            "Zip Code": "34470",
            "Submission Time": "2026-03-04T10:15:30Z",
        },
        {**ADA, **PHONE, "location": "34470", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "lead ads with prefixed keys",
        {
            "fb_lead_id": "9",
            "fb_form_name": "Solar",
            "fb_page_name": "Engines",
            "lead_full_name": "Ada Byron",
            "lead_email": "ada@example.com",
            "lead_phone_number": "+13525550102",
            "lead_city": "Ocala",
            "lead_created_time": "2026-03-04T10:15:30+0000",
        },
        {**ADA, **PHONE, "location": "Ocala"},
    ),
    Sender(
        "optinmonster",
        {
            "lead": {
                "email": "ada@example.com",
                "firstName": "Ada",
                "lastName": "Byron",
                "phone": "3525550102",
                "ipAddress": "203.0.113.8",
                "referrer": "https://example.com/",
                "timestamp": 1772619330,
            },
            "lead_options": {"list": "main", "data": "x"},
            "campaign": {"id": "c1", "title": "Exit popup"},
            "form_fields": {"email": "ada@example.com", "FieldsElement--roof": "Tile"},
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "utm and cookies around",
        {
            "data": {
                "attributes": {
                    "contact": {
                        "fullname": "Ada Byron",
                        "email_1": "ada@example.com",
                        "phone_1": "352-555-0102",
                    },
                    "attribution": {
                        "first_touch": {"source": "google", "medium": "cpc"},
                        "ga_client_id": "GA1.2.3525550188.1",
                    },
                    "browser": {"name": "Chrome", "os": {"name": "macOS"}},
                },
                "type": "conversion",
            }
        },
        {**ADA, **PHONE, "source": "google"},
    ),
    Sender(
        "kajabi",
        {
            "id": "hash_1",
            "event": "form_submission",
            "payload": [
                {
                    "id": "9",
                    "type": "form_submissions",
                    "attributes": {
                        "name": "Ada Byron",
                        "email": "ada@example.com",
                        "address_line_1": None,
                        "address_city": None,
                        "phone_number": None,
                        "business_number": None,
                        "mobile_phone_number": "352-555-0102",
                    },
                    "relationships": {"site": {"data": {"id": "2", "type": "sites"}}},
                },
                {
                    "id": "0",
                    "type": "forms",
                    "attributes": {
                        "url": "https://example.com/forms/0",
                        "title": "Free guide",
                        "default": False,
                        "webhook_url": None,
                        "created_at": None,
                    },
                },
            ],
        },
        {**ADA, **PHONE},
    ),
)
