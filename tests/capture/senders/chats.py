"""Chats, messengers and help desks."""

from tests.capture.senders.sender import ADA, FORM, NO_EMAIL, PHONE, Sender, at

CHATS = (
    Sender(
        "chatfuel",
        {
            "messenger user id": "2478",
            "first name": "Ada",
            "last name": "Byron",
            "gender": "female",
            "profile pic url": "https://example.com/p.jpg",
            "timezone": "-5",
            "locale": "en_US",
            "source": "instagram",
            "last seen": "2026-03-04",
            "user_email": "ada@example.com",
            "user_phone": "+13525550102",
            "last user freeform input": "How much are lashes?",
        },
        {**ADA, **PHONE, "message": "How much are lashes?", "source": "instagram"},
    ),
    Sender(
        "manychat, whatsapp",
        {
            "id": 412,
            "page_id": "88",
            "status": "active",
            "first_name": "Ada",
            "last_name": "",
            "name": "Ada",
            "language": "English",
            "whatsapp_phone": "+13525550102",
            "email": None,
            "phone": None,
            "subscribed": "2026-03-04T10:15:30+00:00",
            "last_interaction": "2026-03-04T10:15:30+00:00",
            "custom_fields": {"service": "Nails"},
            "user_refs": [],
        },
        {**PHONE, **NO_EMAIL, "name": "Ada", "service": "Nails"},
    ),
    Sender(
        "whatsapp cloud api",
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": "102",
                    "changes": [
                        {
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {"display_phone_number": "13525550199", "phone_number_id": "106"},
                                "contacts": [{"profile": {"name": "Ada Byron"}, "wa_id": "13525550102"}],
                                "messages": [
                                    {
                                        "from": "13525550102",
                                        "id": "wamid.X",
                                        "timestamp": "1772619330",
                                        "text": {"body": "Do you do roofs?"},
                                        "type": "text",
                                    }
                                ],
                            },
                            "field": "messages",
                        }
                    ],
                }
            ],
        },
        {
            **PHONE,
            **NO_EMAIL,
            "name": "Ada Byron",
            "message": "Do you do roofs?",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
        },
    ),
    Sender(
        "whatsapp through twilio",
        {
            "SmsMessageSid": "SM1",
            "ProfileName": "Ada Byron",
            "WaId": "13525550102",
            "From": "whatsapp:+13525550102",
            "To": "whatsapp:+13525550199",
            "Body": "Do you open on Sunday?",
            "NumMedia": "0",
            "AccountSid": "AC1",
            "ApiVersion": "2010-04-01",
        },
        {**PHONE, **NO_EMAIL, "name": "Ada Byron", "message": "Do you open on Sunday?"},
        content_type=FORM,
    ),
    Sender(
        "wati",
        {
            "id": "63",
            "created": "2026-03-04T10:15:30.000Z",
            "conversationId": "c",
            "ticketId": "t",
            "text": "Was kostet ein Zaun?",
            "type": "text",
            "timestamp": "1772619330",
            "owner": False,
            "eventType": "message",
            "operatorName": "Charles B",
            "operatorEmail": "charles@example.org",
            "waId": "4915112345678",
            "senderName": "Ada Byron",
            "assigneeId": "7",
        },
        {
            "doubt": (
                "No sure address; found charles@example.org under operatorEmail: "
                "put it into Email and set New."
            ),
            "name": "Ada Byron",
            "phone": "+49 1511 2345678",
            "message": "Was kostet ein Zaun?",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "c",
        },
        country="DE",
    ),
    Sender(
        "openphone text message",
        {
            "object": {
                "id": "EV1",
                "object": "event",
                "createdAt": "2026-03-04T10:15:31Z",
                "type": "message.received",
                "data": {
                    "object": {
                        "id": "AC1",
                        "object": "message",
                        "from": "+13525550102",
                        "to": "+13525550199",
                        "direction": "incoming",
                        "body": "Need a quote",
                        "status": "received",
                        "createdAt": "2026-03-04T10:15:30Z",
                        "userId": "U1",
                    }
                },
            }
        },
        {**PHONE, **NO_EMAIL, "message": "Need a quote", "submitted_at": at(2026, 3, 4, 10, 15, 31)},
    ),
    Sender(
        "drift",
        {
            "orgId": 3,
            "type": "contact_identified",
            "createdAt": 1772619330000,
            "data": {
                "endUserId": 44,
                "contact": {
                    "id": 44,
                    "createdAt": 1772619330000,
                    "attributes": {
                        "_END_USER_VERSION": 4,
                        "name": "Ada Byron",
                        "email": "ada@example.com",
                        "phone": "+13525550102",
                        "employment_name": "Engines Ltd",
                        "tags": [],
                    },
                },
            },
        },
        {**ADA, **PHONE, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "crisp",
        {
            "website_id": "8c1",
            "event": "message:send",
            "data": {
                "type": "text",
                "origin": "chat",
                "content": "Is Sunday fine?",
                "timestamp": 1772619330000,
                "fingerprint": 16,
                "website_id": "8c1",
                "session_id": "session_1",
                "from": "user",
                "user": {"user_id": "session_1", "nickname": "Ada Byron", "email": "ada@example.com"},
                "stamped": True,
            },
            "timestamp": 1772619330000,
        },
        {**ADA, "message": "Is Sunday fine?", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "tawk.to ticket",
        {
            "event": "ticket:create",
            "time": "2026-03-04T10:15:30.000Z",
            "property": {"id": "58", "name": "Engines Ltd"},
            "requester": {"name": "Ada Byron", "email": "ada@example.com", "type": "customer"},
            "ticket": {"id": "02", "humanId": 32, "subject": "Roof", "message": "It leaks"},
        },
        {**ADA, "message": "It leaks", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "intercom conversation",
        {
            "type": "notification_event",
            "topic": "conversation.user.created",
            "id": "n1",
            "created_at": 1772619330,
            "data": {
                "item": {
                    "type": "conversation",
                    "id": "147",
                    "admin_assignee_id": 5,
                    "source": {
                        "type": "conversation",
                        "id": "4",
                        "subject": "",
                        "body": "<p>Hi, what does a <b>roof</b> cost?</p>",
                        "author": {
                            "type": "user",
                            "id": "5",
                            "name": "Ada Byron",
                            "email": "ada@example.com",
                        },
                    },
                    "teammates": {
                        "type": "admin.list",
                        "admins": [
                            {"type": "admin", "id": "5", "name": "Charles", "email": "charles@example.org"}
                        ],
                    },
                }
            },
        },
        {**ADA, "message": "Hi, what does a roof cost?", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "livechat, agent first",
        {
            "action": "incoming_chat",
            "organization_id": "o1",
            "payload": {
                "chat": {
                    "id": "CH1",
                    "users": [
                        {
                            "id": "charles@example.org",
                            "type": "agent",
                            "name": "Charles",
                            "email": "charles@example.org",
                        },
                        {"id": "b7", "type": "customer", "name": "Ada Byron", "email": "ada@example.com"},
                    ],
                    "thread": {
                        "id": "TH1",
                        "created_at": "2026-03-04T10:15:30Z",
                        "events": [
                            {"type": "message", "text": "Hello, any time on Friday?", "author_id": "b7"}
                        ],
                    },
                }
            },
        },
        {**ADA, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "help scout",
        {
            "id": 29,
            "number": 17,
            "type": "email",
            "status": "active",
            "subject": "Quote",
            "preview": "Hello",
            "createdAt": "2026-03-04T10:15:30Z",
            "assignee": {"id": 8, "first": "Charles", "last": "B", "email": "charles@example.org"},
            "mailbox": {"id": 1, "name": "Info", "email": "info@example.org"},
            "primaryCustomer": {
                "id": 2,
                "first": "Ada",
                "last": "Byron",
                "email": "ada@example.com",
                "phone": "352-555-0102",
            },
        },
        {**ADA, **PHONE, "message": "Hello", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "olark",
        {
            "kind": "Conversation",
            "id": "EV1",
            "tags": [],
            "items": [
                {
                    "kind": "MessageToOperator",
                    "nickname": "Ada Byron",
                    "timestamp": "1772619330.5",
                    "body": "Hi there",
                },
                {
                    "kind": "MessageToVisitor",
                    "nickname": "Charles",
                    "operatorId": "7",
                    "timestamp": "1772619340.1",
                    "body": "Hello!",
                },
            ],
            "visitor": {
                "kind": "Visitor",
                "id": "V1",
                "fullName": "Ada Byron",
                "emailAddress": "ada@example.com",
                "phoneNumber": "352-555-0102",
                "city": "Ocala",
                "region": "FL",
                "country": "United States",
                "countryCode": "US",
                "ip": "203.0.113.8",
                "browser": "Chrome",
            },
            "operators": {
                "7": {
                    "kind": "Operator",
                    "username": "charles",
                    "nickname": "Charles",
                    "emailAddress": "charles@example.org",
                }
            },
        },
        {**ADA, **PHONE, "location": "Ocala, FL, United States"},
    ),
)
