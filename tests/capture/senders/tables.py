"""Sheets, databases and tables that pass on a row."""

from tests.capture.senders.sender import ADA, PHONE, Sender, at

TABLES = (
    Sender(
        "google sheet, headers and row",
        {
            "sheet": "Leads",
            "headers": ["Timestamp", "Name", "Email Address", "Phone", "What do you need?"],
            "row": ["3/4/2026 10:15:30", "Ada Byron", "ada@example.com", "3525550102", "Deck"],
        },
        {**ADA, **PHONE, "service": "Deck"},
    ),
    Sender(
        "google sheet, values with headings",
        {
            "range": "Leads!A1:D2",
            "majorDimension": "ROWS",
            "values": [
                ["Name", "Email", "Phone", "Message"],
                ["Ada Byron", "ada@example.com", "3525550102", "Deck"],
            ],
        },
        {**ADA, **PHONE, "message": "Deck"},
    ),
    Sender(
        "a bare row",
        [
            "2026-03-04T10:15:30Z",
            "Ada Byron",
            "ada@example.com",
            "+13525550102",
            "I need a new deck before June",
        ],
        {**ADA, **PHONE, "message": "I need a new deck before June"},
    ),
    Sender(
        "notion automation",
        {
            "source": {"type": "automation", "automation_id": "a1", "user_id": "u1"},
            "data": {
                "object": "page",
                "id": "1f2",
                "created_time": "2026-03-04T10:15:30.000Z",
                "last_edited_time": "2026-03-04T10:16:00.000Z",
                "created_by": {"object": "user", "id": "u2"},
                "properties": {
                    "Name": {
                        "id": "title",
                        "type": "title",
                        "title": [
                            {
                                "type": "text",
                                "text": {"content": "Ada Byron", "link": None},
                                "plain_text": "Ada Byron",
                            }
                        ],
                    },
                    "E-mail": {"id": "a", "type": "email", "email": "ada@example.com"},
                    "Message": {
                        "id": "b",
                        "type": "rich_text",
                        "rich_text": [
                            {"type": "text", "text": {"content": "A new "}, "plain_text": "A new "},
                            {"type": "text", "plain_text": "logo", "text": {"content": "logo"}},
                        ],
                    },
                    "Budget": {"id": "c", "type": "number", "number": 5000},
                    "Services": {
                        "id": "d",
                        "type": "multi_select",
                        "multi_select": [
                            {"id": "1", "name": "Logo", "color": "red"},
                            {"id": "2", "name": "Web", "color": "blue"},
                        ],
                    },
                    "Assigned": {
                        "id": "e",
                        "type": "people",
                        "people": [
                            {"object": "user", "name": "Charles", "person": {"email": "charles@example.org"}}
                        ],
                    },
                },
                "url": "https://www.notion.example.com/x",
            },
        },
        {**ADA, "service": "Logo, Web", "message": "A new logo", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "hasura",
        {
            "event": {
                "session_variables": {"x-hasura-role": "anon"},
                "op": "INSERT",
                "data": {
                    "old": None,
                    "new": {
                        "id": "u1",
                        "full_name": "Ada Byron",
                        "email": "ada@example.com",
                        "created_at": "2026-03-04T10:15:30+00:00",
                    },
                },
            },
            "created_at": "2026-03-04T10:15:30.000Z",
            "id": "h1",
            "delivery_info": {"max_retries": 0},
            "trigger": {"name": "new_lead"},
            "table": {"schema": "public", "name": "leads"},
        },
        {**ADA, "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "strapi",
        {
            "event": "entry.create",
            "createdAt": "2026-03-04T10:15:30.000Z",
            "model": "lead",
            "uid": "api::lead.lead",
            "entry": {
                "id": 3,
                "documentId": "d3",
                "Name": "Ada Byron",
                "Email": "ada@example.com",
                "Message": "Hi",
                "createdAt": "2026-03-04T10:15:30.000Z",
                "updatedAt": "2026-03-04T10:15:30.000Z",
            },
        },
        {**ADA, "message": "Hi", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "baserow",
        {
            "table_id": 1,
            "database_id": 2,
            "workspace_id": 3,
            "webhook_id": 4,
            "event_id": "e5",
            "event_type": "rows.created",
            "items": [
                {
                    "id": 1,
                    "order": "1.0",
                    "Name": "Ada Byron",
                    "Email": "ada@example.com",
                    "Service": {"id": 9, "value": "Roof", "color": "red"},
                }
            ],
        },
        {**ADA, "service": "Roof"},
    ),
    Sender(
        "monday",
        {
            "event": {
                "userId": 1,
                "boardId": 2,
                "boardName": "Leads",
                "pulseId": 3,
                "pulseName": "Ada Byron",
                "groupName": "New",
                "triggerTime": "2026-03-04T10:15:30.000Z",
                "columnValues": {
                    "email": {"email": "ada@example.com", "text": "ada@example.com"},
                    "phone": {"phone": "13525550102", "countryShortName": "US"},
                    "long_text": {"text": "A new roof, please"},
                },
            }
        },
        {**ADA, **PHONE, "message": "A new roof, please", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "glide",
        {
            "hookId": "h1",
            "params": {
                "Name": {"type": "string", "value": "Ada Byron"},
                "Mail": {"type": "string", "value": "ada@example.com"},
                "Job": {"type": "string", "value": "Roof"},
            },
        },
        ADA,
    ),
)
