"""Nobody is written to on a guess."""

import pytest

from tests.capture.reading import ADA, read

PERSON = {"name": "Ada Byron", "phone": "352-555-0102", "message": "A new roof, please"}
OTHERS = "desk@example.org"
BOB = {"name": "Bob Zorn", "email": OTHERS}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("salon_email", "salon_email"),
        ("Studio Email", "Studio Email"),
        ("lead_owner.email", "lead_owner.email"),
        ("email_to", "email_to"),
        ("contact_us_email", "contact_us_email"),
        ("agent", "agent"),
        ("x7y", "x7y"),
    ],
)
def test_the_only_address_of_a_body_is_no_lead_s_for_that_and_why_names_it(key, shown):
    submission = read({**PERSON, key: OTHERS})
    assert (submission.email, submission.phone) == ("", "+1 352-555-0102")
    assert submission.doubt in (
        f"No sure address; found {OTHERS} under {shown}: put it into Email and set New.",
        "",
    )
    assert OTHERS in dict(submission.details).values()


@pytest.mark.parametrize(
    "body",
    [
        {"To": "orders@example.org", "Subject": "Cake order", "Body": "Call Tess about a cake for 30"},
        {"From": "WordPress <wordpress@example.org>", "To": "cake@example.org", "Subject": "A cake"},
        {"title": "Order form", "sent": "orders@example.org", "phone": "352-555-0102"},
        {"from": "forms@example.org", "text": "Somebody filled in the form of your site"},
        {"trial": {**PERSON, "coach": {"name": "Marge", "email": OTHERS}}},
        {**PERSON, "seller": {"contact": {"name": "Marge", "email": OTHERS}}},
        {"lead": {**PERSON, "realtor": {"name": "Marge", "email": OTHERS}}},
        {
            "from": "Dana <dana@example.org>",
            "text": "please add\n\n---------- Forwarded message ---------\nFrom: Ada <ada@example.com>\n\nHi",
        },
    ],
)
def test_a_mailbox_of_the_business_is_never_mailed(body):
    assert read(body).email == ""


@pytest.mark.parametrize(
    "key", ["messageId", "iCalUID", "event_uid", "threadId", "In-Reply-To", "references"]
)
def test_an_identifier_that_looks_like_an_address_is_neither_mailed_nor_offered(key):
    submission = read({**PERSON, key: "<7sull595@mail.example.org>"})
    assert (submission.email, submission.doubt) == ("", "")
    assert submission.flags == ("No e-mail address was given.",)


@pytest.mark.parametrize(
    "text",
    [
        "I agree. You can withdraw at any time: privacy@example.org",
        "Ich willige ein. Widerruf an widerruf@example.org",
    ],
)
def test_an_address_within_a_text_is_never_mailed(text):
    for key in ("consent", "privacy policy", "notes"):
        assert read({**PERSON, key: text}).email == ""


@pytest.mark.parametrize(
    "body",
    [
        {
            "practice": {"name": "Hill Dental", "email": OTHERS},
            "patient": {"name": "Ada", "mobile": "352-555-0102"},
        },
        {"name": "Ada", "phone": "352-555-0102", "lead_owner": {"name": "Bob", "email": OTHERS}},
        {"coach_name": "Bob", "coach": {"name": "Bob", "email": OTHERS}, "member_name": "Ada"},
        {
            "hotel": {"name": "Sea Inn", "contact": {"email": OTHERS}},
            "guestName": "Ada",
            "guestPhone": "352-555-0102",
        },
        {"your-name": "Ada", "_user_email": OTHERS, "_post_author_email": OTHERS},
        {"from": OTHERS, "text": "Name: Ada Byron\nPhone: 352-555-0102\nMessage: A pergola"},
        {"venue": {"name": "Glow", "email": OTHERS}, "stylist": {"name": "Bob", "email": "bob@example.net"}},
        {"venue": {"name": "Glow", "email": OTHERS}, "agent": {"name": "Bob", "email": "bob@example.net"}},
        {"lead": {"name": "Ada", "phone": "352-555-0102"}, "contact": {"name": "Help", "email": OTHERS}},
        {"lead": {"name": "Ada", "phone": "352-555-0102"}, "sender": {"name": "Hub", "email": OTHERS}},
        {"customer_name": "Ada", "customer_phone": "352-555-0102", "user_name": "bob", "user_email": OTHERS},
        {
            "external_number": "+13525550102",
            "contact": {"name": "Ada", "phone": "+13525550102", "email": ""},
            "target": {"name": "Front desk", "email": OTHERS, "type": "user"},
        },
        {
            "data": {"type": "enquiry", "attributes": {"message": "Two horses"}},
            "included": [{"type": "users", "attributes": {"name": "Bob", "email": OTHERS}}],
        },
        {"team": "Otters", "captain_email": OTHERS, "members": [{"name": "Bob", "email": "bob@example.net"}]},
    ],
)
def test_an_object_of_a_strange_name_is_nobody_s_if_anybody_else_is_named(body):
    assert read(body).email == ""


@pytest.mark.parametrize(
    "body",
    [
        {"owner": ADA, "pet": {"name": "Rex"}},
        {
            "from": {"value": [{"address": "ada@example.com", "name": "Ada Byron"}]},
            "to": [{"address": OTHERS}],
        },
        {
            "msg": {
                "email": OTHERS,
                "to": [[OTHERS, None]],
                "from_email": "ada@example.com",
                "from_name": "Ada Byron",
            }
        },
        {"call": {"customer": {"number": "+13525550102"}}, "analysis": {"structuredData": ADA}},
        {
            "crm_lead_email": "ada@example.com",
            "to_email": "ada@example.com",
            "from_email": OTHERS,
            "name": "Ada Byron",
        },
        {"organizer": {"email": OTHERS}, "attendees": [{"email": OTHERS, "self": True}, ADA]},
        {"contactPerson": BOB, "customer": ADA},
        {"expose": {"Kontakt": BOB}, "Interessent": ADA},
        {
            "contact_name": "Bob",
            "contact_email": OTHERS,
            "customer_name": "Ada Byron",
            "customer_email": "ada@example.com",
        },
        {"person_id": {**ADA, "phone": [{"value": "352-555-0102"}]}, "user_id": BOB},
        {
            "from": {"emailAddress": {"name": "Ada Byron", "address": "ada@example.com"}},
            "toRecipients": [{"emailAddress": {"name": "Bob", "address": OTHERS}}],
        },
        {"customer": "Ada Byron <ada@example.com>", "host": f"Bob <{OTHERS}>"},
        {"restaurant": BOB, "diner": ADA},
        {"crm_lead": ADA, "crm_user": BOB},
        {"verkoper": BOB, "koper": ADA},
        {"danışman": BOB, "müşteri": ADA},
        {"担当": BOB, "お客様": ADA},
        {"담당자": BOB, "예약자": ADA},
        {"participants": [{"role": "provider", **BOB}, {"role": "client", **ADA}]},
        {"contacts": [{"contact_type": "agent", **BOB}, {"contact_type": "buyer", **ADA}]},
        {"parties": [{"affiliation": "Internal", **BOB}, {"affiliation": "External", **ADA}]},
        {"people": [{"is_internal": True, **BOB}, {"is_internal": False, **ADA}]},
        {
            "data": {"type": "enquiry", "attributes": {"message": "Two horses"}},
            "included": [{"type": "users", "attributes": BOB}, {"type": "contacts", "attributes": ADA}],
        },
    ],
)
def test_whoever_asks_is_found_beside_others(body):
    submission = read(body)
    assert (submission.name, submission.email, submission.doubt) == ("Ada Byron", "ada@example.com", "")


@pytest.mark.parametrize(
    "body",
    [
        {"lead": {"name": "Ada Byron", "phone": "352-555-0102"}, "contact": ADA},
        {"customer_name": "Engines Ltd", "contact_name": "Ada Byron", "contact_email": "ada@example.com"},
        {"student_name": "Tom", "student_phone": "352-555-0102", "parent": ADA},
    ],
)
def test_another_word_for_the_asker_is_no_other_person(body):
    assert read(body).email == "ada@example.com"


@pytest.mark.parametrize(
    "question",
    [
        "Your doctor's email address",
        "What’s your landlord’s e-mail?",
        "E-mail of your accountant?",
        "Wie lautet die E-Mail-Adresse Ihres Steuerberaters?",
        "Quel est l'e-mail de votre conjoint ?",
        "¿Correo electrónico de tu abogado?",
        "Qual è l'email del tuo commercialista?",
        "Wat is het e-mailadres van uw huisarts?",
    ],
)
def test_a_question_for_the_address_of_somebody_the_lead_knows_is_not_for_the_lead_s(question):
    submission = read(
        {"answers": [{"question": "Name", "answer": "Ada"}, {"question": question, "answer": OTHERS}]}
    )
    assert submission.email == ""
    assert OTHERS in submission.doubt


@pytest.mark.parametrize(
    "question",
    [
        "What's your name & best email?",
        "Parent's email",
        "Your company's email",
        "E-Mail-Adresse Ihres Unternehmens",
        "Let's stay in touch: your email",
        "Which email should your coach send the plan to?",
        "Vad är din e-postadress?",
        "A quale indirizzo possiamo scriverti?",
        "Ποιο είναι το email σας;",
        "メールアドレスを教えてください",
        "이메일 주소를 입력해 주세요",
        "ما هو بريدك الإلكتروني؟",
        "email_cliente",
        "email_klienta",
        "ईमेल",
    ],
)
def test_a_question_for_the_lead_s_own_address_is_known_in_many_languages(question):
    answers = [
        {"question": "Phone", "answer": "352-555-0102"},
        {"question": question, "answer": "q7@example.com"},
    ]
    assert read({"answers": answers}).email == "q7@example.com"


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ('<a href="mailto:ada@example.com">ada@example.com</a>', "ada@example.com"),
        ("[ada@example.com](mailto:ada@example.com)", "ada@example.com"),
        ("j. doe@example.com", ""),
        ("jane doe@example.com", ""),
        ("jane.doe@example.co m", ""),
        ("ada @ example.com", "ada@example.com"),
        ("ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ada@example.com"),
        ("ada@example.com or work: a@example.net", "ada@example.com"),
        ("My address is ada@example.com", "ada@example.com"),
    ],
)
def test_an_address_is_mended_only_if_it_can_be_read_in_one_way(typed, email):
    submission = read({"name": "Ada", "email": typed})
    assert submission.email == email
    told = " ".join([*submission.flags, *(text for _, text in submission.details), submission.email])
    assert all(part.strip(":") in told or email for part in typed.split())


def test_every_cell_says_where_it_was_found_and_why_it_counts():
    because = read({"data": {"customer_email": "ada@example.com", "Your name": "Ada"}}).because
    assert because == {
        "email": "data.customer_email: the name says it is the asker's",
        "name": "data.Your name: a plain name for it",
    }
