"""Mail that was taken apart, and leads within a text."""

from tests.capture.senders.sender import ADA, FORM, PHONE, Sender, at

MAILS = (
    Sender(
        "mailgun route",
        {
            "recipient": "leads@example.org",
            "sender": "ada@example.com",
            "from": "Ada Byron <ada@example.com>",
            "To": "leads@example.org",
            "subject": "Quote for a fence",
            "body-plain": "Hello,\r\nhow much is a fence?\r\n> old text",
            "stripped-text": "Hello,\r\nhow much is a fence?",
            "stripped-signature": "Ada",
            "timestamp": "1772619330",
            "token": "t0k",
            "signature": "5ig",
            "message-headers": '[["To", "leads@example.org"]]',
            "Date": "Wed, 4 Mar 2026 10:15:30 +0000",
            "Message-Id": "<m1@example.com>",
        },
        {
            **ADA,
            "message": "Hello,\nhow much is a fence?",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "<m1@example.com>",
        },
        content_type=FORM,
    ),
    Sender(
        "postmark inbound",
        {
            "From": "ada@example.com",
            "FromName": "Ada Byron",
            "FromFull": {"Email": "ada@example.com", "Name": "Ada Byron", "MailboxHash": ""},
            "To": "leads@example.org",
            "ToFull": [{"Email": "leads@example.org", "Name": "Leads", "MailboxHash": ""}],
            "Cc": "",
            "OriginalRecipient": "leads@example.org",
            "Subject": "Fence",
            "MessageID": "22c7",
            "ReplyTo": "",
            "Date": "Wed, 4 Mar 2026 10:15:30 +0000",
            "TextBody": "How much is a fence?",
            "HtmlBody": "<p>How much is a fence?</p>",
            "StrippedTextReply": "",
            "Headers": [{"Name": "X-Spam", "Value": "No"}],
            "Attachments": [],
        },
        {
            **ADA,
            "message": "How much is a fence?",
            "submitted_at": at(2026, 3, 4, 10, 15, 30),
            "submission_id": "22c7",
        },
    ),
    Sender(
        "a mail through zapier",
        {
            "From Name": "Engines website",
            "From Email": "noreply@example.org",
            "To Emails": "owner@example.org",
            "Reply To Email": "ada@example.com",
            "Subject": "New enquiry",
            "Body Plain": (
                "You have a new enquiry.\n\n*Name:* Ada Byron\n*E-mail:* "
                "ada@example.com\n*Phone:* (352) 555-0102\n*Message:* Two fences\nand a gate"
            ),
            "Date": "2026-03-04T10:15:30Z",
        },
        {**ADA, **PHONE, "message": "Two fences\nand a gate", "submitted_at": at(2026, 3, 4, 10, 15, 30)},
    ),
    Sender(
        "a notification mail as text",
        {
            "subject": "New submission from Contact",
            "body": (
                "Name: Ada Byron\nEmail: ada@example.com\nPhone: 352-555-0102\nMessage: A new deck, please"
            ),
        },
        {**ADA, **PHONE, "message": "A new deck, please"},
    ),
    Sender(
        "an address in a sentence",
        {"text": ("Hi, I'm looking for a roofer. Write to ada@example.com or call (352) 555-0102, please.")},
        {
            "message": (
                "Hi, I'm looking for a roofer. Write to ada@example.com or call (352) 555-0102, please."
            ),
            "doubt": "No sure address; found ada@example.com under text: put it into Email and set New.",
        },
    ),
    Sender(
        "reply to and two addresses",
        {
            "to": "owner@example.org",
            "from": "wordpress@example.org",
            "reply_to": "Ada Byron <ada@example.com>",
            "subject": "Contact form",
            "name": "Ada Byron",
            "message": "Hi",
            "site_name": "Engines",
            "site_url": "https://example.com",
            "admin_email": "owner@example.org",
        },
        {**ADA, "message": "Hi", "raw_email": "Ada Byron <ada@example.com>"},
    ),
    Sender(
        "webhook with text and quoted form",
        {
            "username": "Form bot",
            "embeds": [
                {
                    "title": "New submission",
                    "fields": [
                        {"name": "Name", "value": "Ada Byron", "inline": True},
                        {"name": "Email", "value": "ada@example.com", "inline": True},
                        {"name": "Message", "value": "Hi there"},
                    ],
                }
            ],
        },
        {**ADA, "message": "Hi there"},
    ),
    Sender(
        "slack blocks",
        {
            "text": "New lead",
            "attachments": [
                {
                    "color": "#36a64f",
                    "fields": [
                        {"title": "Full name", "value": "Ada Byron", "short": True},
                        {"title": "Email", "value": "ada@example.com", "short": True},
                        {"title": "Phone", "value": "352-555-0102", "short": True},
                    ],
                }
            ],
        },
        {**ADA, **PHONE},
    ),
)
