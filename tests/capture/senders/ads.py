"""Ads and landing pages."""

import json

from tests.capture.senders.sender import ADA, FORM, PHONE, Sender, at

ADS = (
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
        not_kept=("google_key",),
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
        {**ADA, **PHONE, "submission_id": "7101", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
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
        {
            "name": "Ada Byron",
            **PHONE,
            "service": "Roofing",
            "doubt": (
                "No sure address; found charles@example.org under user email: put it into Email and set New."
            ),
        },
        {"user email": "charles@example.org", "workflow": "New lead"},
    ),
)
