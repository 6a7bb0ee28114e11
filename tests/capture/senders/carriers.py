"""Clouds and automation tools that put an envelope around the lead."""

import json

from tests.capture.senders.sender import ADA, FORM, PHONE, Sender, at

CARRIERS = (
    Sender(
        "pipedream event",
        {
            "method": "POST",
            "path": "/",
            "query": {},
            "client_ip": "203.0.113.9",
            "url": "https://eo1.example.com/",
            "headers": {"host": "eo1.example.com", "user-agent": "curl", "from": "bot@example.org"},
            "bodyRaw": json.dumps({"name": "Ada Byron", "email": "ada@example.com", "message": "Hi"}),
            "body": {"name": "Ada Byron", "email": "ada@example.com", "message": "Hi"},
        },
        {**ADA, "message": "Hi"},
        not_kept=(
            "headers from",
            "bodyRaw",
        ),
    ),
    Sender(
        "aws api gateway",
        {
            "resource": "/leads",
            "path": "/leads",
            "httpMethod": "POST",
            "headers": {"Host": "x.example.com"},
            "queryStringParameters": None,
            "requestContext": {"accountId": "1", "identity": {"sourceIp": "203.0.113.9"}},
            "body": json.dumps({"name": "Ada Byron", "email": "ada@example.com"}),
            "isBase64Encoded": False,
        },
        ADA,
    ),
    Sender(
        "aws sns",
        {
            "Type": "Notification",
            "MessageId": "22b8",
            "TopicArn": "arn:aws:sns:us-west-2:1:leads",
            "Subject": "Lead",
            "Message": json.dumps(
                {"full_name": "Ada Byron", "email": "ada@example.com", "phone": "3525550102", "message": "Hi"}
            ),
            "Timestamp": "2026-03-04T10:15:30.000Z",
            "SignatureVersion": "1",
            "Signature": "EXAMPLE",
            "SigningCertURL": "https://sns.example.com/c.pem",
            "UnsubscribeURL": "https://sns.example.com/u",
        },
        {
            **ADA,
            **PHONE,
            "message": "Hi",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "22b8",
        },
    ),
    Sender(
        "cloudevents",
        {
            "specversion": "1.0",
            "type": "com.example.lead.created",
            "source": "/forms/contact",
            "id": "A234",
            "time": "2026-03-04T10:15:30Z",
            "datacontenttype": "application/json",
            "data": {"customerName": "Ada Byron", "customerEmail": "ada@example.com", "enquiry": "Hi"},
        },
        {
            **ADA,
            "message": "Hi",
            "source": "/forms/contact",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "A234",
        },
    ),
    Sender(
        "eventbridge",
        {
            "version": "0",
            "id": "eb-1",
            "detail-type": "Lead",
            "source": "shop.leads",
            "account": "123",
            "time": "2026-03-04T10:15:30Z",
            "region": "eu-west-1",
            "resources": [],
            "detail": {"name": "Ada Byron", "email": "ada@example.com"},
        },
        {**ADA, "source": "shop.leads", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "google pub/sub push",
        {
            "message": {
                "attributes": {},
                "data": "eyJuYW1lIjoiQWRhIEJ5cm9uIiwiZW1haWwiOiJhZGFAZXhhbXBsZS5jb20ifQ==",
                "messageId": "20",
                "publishTime": "2026-03-04T10:15:30Z",
            },
            "subscription": "projects/p/subscriptions/s",
        },
        {**ADA, "submitted_at": at(2026, 3, 4, 10, 15, 30), "submission_id": "20"},
    ),
    Sender(
        "segment identify",
        {
            "type": "identify",
            "userId": "97",
            "anonymousId": "5",
            "messageId": "m1",
            "traits": {
                "firstName": "Ada",
                "lastName": "Byron",
                "email": "ada@example.com",
                "phone": "352-555-0102",
                "address": {
                    "street": "1 Mill Lane",
                    "city": "Ocala",
                    "state": "FL",
                    "postalCode": "34470",
                    "country": "USA",
                },
                "company": {"name": "Engines Ltd"},
            },
            "context": {
                "ip": "203.0.113.8",
                "userAgent": "Mozilla/5.0",
                "page": {"title": "Contact", "url": "https://example.com/contact"},
                "campaign": {"name": "spring", "source": "google"},
                "location": {"city": "Tampa"},
            },
            "timestamp": "2026-03-04T10:15:30.000Z",
            "originalTimestamp": "2026-03-04T10:15:29.000Z",
        },
        {
            **ADA,
            **PHONE,
            "location": "1 Mill Lane, Ocala, FL, 34470, USA",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "m1",
        },
    ),
    Sender(
        "graphql client's variables",
        {
            "operationName": "CreateLead",
            "variables": {
                "input": {
                    "fullName": "Ada Byron",
                    "email": "ada@example.com",
                    "serviceId": 4,
                    "notes": "Call after five",
                }
            },
            "query": ("mutation CreateLead($input: LeadInput!) { createLead(input: $input) { id } }"),
        },
        {**ADA, "message": "Call after five"},
    ),
    Sender(
        "zapier, double underscores",
        {
            "contact__first_name": "Ada",
            "contact__last_name": "Byron",
            "contact__email": "ada@example.com",
            "contact__phone": "3525550102",
            "form__name": "Home page",
            "answers__0__question": "Budget",
            "owner__email": "charles@example.org",
        },
        {**ADA, **PHONE},
    ),
    Sender(
        "make, dotted keys",
        {
            "contact.name": "Ada Byron",
            "contact.email": "ada@example.com",
            "form.name": "Home page",
            "form.owner.email": "charles@example.org",
            "data.message": "Hi",
        },
        {**ADA, "message": "Hi"},
        content_type=FORM,
    ),
    Sender(
        "jquery serialize in a field",
        {
            "action": "submit_form",
            "formData": "name=Ada+Byron&email=ada%40example.com&phone=352-555-0102&message=Hi+there",
        },
        {**ADA, **PHONE, "message": "Hi there"},
    ),
)
