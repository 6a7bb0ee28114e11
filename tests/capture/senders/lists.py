"""Mailing lists that report a new contact."""

from datetime import UTC, datetime

from tests.capture.senders.sender import ADA, PHONE, Sender, at

LISTS = (
    Sender(
        "systeme.io",
        {
            "id": 1,
            "type": "contact.created",
            "created_at": "2026-03-04T10:15:30+00:00",
            "data": {
                "contact": {
                    "id": 55,
                    "email": "ada@example.com",
                    "registered_at": "2026-03-04T10:15:30+00:00",
                    "fields": [
                        {"field_name": "First name", "slug": "first_name", "value": "Ada"},
                        {"field_name": "Surname", "slug": "surname", "value": "Byron"},
                        {"field_name": "Phone number", "slug": "phone_number", "value": "+13525550102"},
                    ],
                    "tags": [{"id": 3, "name": "hot"}],
                }
            },
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "klaviyo",
        {
            "data": {
                "type": "profile",
                "id": "01H",
                "attributes": {
                    "email": "ada@example.com",
                    "phone_number": "+13525550102",
                    "external_id": None,
                    "first_name": "Ada",
                    "last_name": "Byron",
                    "organization": "Engines Ltd",
                    "title": "Owner",
                    "created": "2026-03-04T10:15:30+00:00",
                    "location": {
                        "address1": "1 Mill Lane",
                        "address2": None,
                        "city": "Ocala",
                        "country": "United States",
                        "latitude": None,
                        "region": "FL",
                        "zip": "34470",
                        "timezone": "America/New_York",
                    },
                    "properties": {"Service interest": "Roof"},
                },
                "links": {"self": "https://example.com/api"},
            }
        },
        {
            **ADA,
            **PHONE,
            "service": "Roof",
            "location": "1 Mill Lane, Ocala, FL, 34470, United States",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
    ),
    Sender(
        "brevo, german attributes",
        {
            "id": 88,
            "email": "ada@example.com",
            "event": "contact_created",
            "date": "2026-03-04 10:15:30",
            "ts": 1772619330,
            "list_id": [3],
            "attributes": {"VORNAME": "Ada", "NACHNAME": "Byron", "SMS": "4930901820", "DOUBLE_OPT-IN": "1"},
        },
        {**ADA, "phone": "+49 30 901820"},
        country="DE",
    ),
    Sender(
        "getresponse",
        {
            "event": "contact_subscribed",
            "contact": {
                "contactId": "p1",
                "name": "Ada Byron",
                "email": "ada@example.com",
                "origin": "form",
                "campaign": {"campaignId": "C1", "name": "news"},
                "customFieldValues": [
                    {"customFieldId": "n", "name": "mobile_phone", "value": ["+13525550102"]},
                    {"customFieldId": "m", "name": "city", "value": ["Ocala"]},
                ],
            },
            "account": {"accountId": "A1", "login": "owner@example.org"},
        },
        {**ADA, **PHONE, "location": "Ocala"},
    ),
    Sender(
        "kit",
        {
            "subscriber": {
                "id": 1,
                "first_name": "Ada",
                "email_address": "ada@example.com",
                "state": "active",
                "created_at": "2026-03-04T10:15:30.000Z",
                "fields": {"last_name": "Byron", "phone_number": "352 555 0102"},
            }
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "rd station",
        {
            "event_type": "WEBHOOK.CONVERTED",
            "entity_type": "CONTACT",
            "event_identifier": "pedido-de-orcamento",
            "timestamp": "2026-03-04T07:15:30.724-03:00",
            "event_timestamp": "2026-03-04T07:15:30.000-03:00",
            "contact": {
                "uuid": "c2f3",
                "email": "ada@example.com",
                "name": "Ada Byron",
                "job_title": "Dona",
                "personal_phone": "11 91234-5678",
                "mobile_phone": None,
                "city": "São Paulo",
                "tags": ["site"],
                "cf_servico": ["Pintura"],
                "company": {"name": "Motores SA"},
                "funnel": {
                    "name": "default",
                    "lifecycle_stage": "Lead",
                    "contact_owner_email": "dono@example.org",
                },
            },
        },
        {
            **ADA,
            "phone": "+55 11 91234-5678",
            "service": "Pintura",
            "location": "São Paulo",
            "submitted_at": datetime(2026, 3, 4, 10, 15, 30, 724000, UTC),
        },
        country="BR",
    ),
    Sender(
        "keap contact",
        {
            "id": 5,
            "given_name": "Ada",
            "family_name": "Byron",
            "email_addresses": [{"email": "ada@example.com", "field": "EMAIL1"}],
            "phone_numbers": [{"number": "3525550102", "type": "Mobile", "field": "PHONE1"}],
            "addresses": [
                {
                    "field": "BILLING",
                    "line1": "1 Mill Lane",
                    "locality": "Ocala",
                    "region": "FL",
                    "zip_code": "34470",
                    "country_code": "USA",
                }
            ],
            "date_created": "2026-03-04T10:15:30.000+0000",
            "owner_id": 1,
            "source_type": "WEBFORM",
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
    ),
    Sender(
        "constant contact",
        {
            "contact_id": "c1",
            "email_address": {"address": "ada@example.com", "permission_to_send": "implicit"},
            "first_name": "Ada",
            "last_name": "Byron",
            "phone_numbers": [{"phone_number": "352-555-0102", "kind": "mobile"}],
            "custom_fields": [{"custom_field_id": "x", "value": "Roof"}],
            "created_at": "2026-03-04T10:15:30Z",
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
)
