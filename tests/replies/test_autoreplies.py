from datetime import date

import pytest

from sheetflow.replies.verdict import Kind
from tests.replies.letters import judged, letter

SUBJECTS = """
Automatic reply: Your enquiry
Out of Office: Your enquiry
Out of office
Auto: Your enquiry
Auto-Response: Your enquiry
[Auto-Reply] Your enquiry
Abwesenheitsnotiz: Ihre Anfrage
Automatische Antwort: Ihre Anfrage
Réponse automatique : Votre demande
Absence du bureau : Votre demande
Respuesta automática: Su consulta
Fuera de la oficina: Su consulta
Risposta automatica: richiesta
Fuori ufficio: richiesta
Automatisch antwoord: aanvraag
Afwezigheidsbericht: aanvraag
Resposta automática: pedido
Autosvar: förfrågan
Frånvaro: förfrågan
Automaattinen vastaus: kysely
Odpowiedź automatyczna: zapytanie
Automatická odpověď: poptávka
Automatikus válasz: kérdés
Răspuns automat: cerere
Автоответ: запрос
Автоматический ответ: запрос
Αυτόματη απάντηση: ερώτηση
Otomatik yanıt: soru
תשובה אוטומטית: שאלה
رد تلقائي: سؤال
自動応答: お問い合わせ
【自動返信】お問い合わせ
自动回复: 咨询
자동 회신: 문의
Balasan Otomatis: pertanyaan
Trả lời tự động: câu hỏi
""".strip().splitlines()

NOTE = "I am away until 19 June and will answer when I am back. In urgent cases please write to Sam."

HEADERS = """
Auto-Submitted: auto-replied
Auto-Submitted: auto-generated (vacation)
X-Autoreply: yes
X-Autorespond: Your enquiry
X-Autoresponder: v2
X-Mail-Autoreply: 1
Precedence: auto_reply
X-Precedence: auto_reply
Preference: auto_reply
X-FC-MachineGenerated: true
X-POST-MessageClass: 9; Autoresponder
X-Apple-Action: VACATION
X-MS-Exchange-Inbox-Rules-Loop: jo@example.org
Delivered-To: Autoresponder
""".strip().splitlines()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_machine_is_known_by_its_subject(subject):
    assert judged(letter(NOTE, subject=subject)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Your enquiry", "[Auto-Reply] Your enquiry", "自動応答: x", "Autosvar från Jo Miller"],
)
def test_a_subject_that_says_automatic_needs_no_text(subject):
    assert judged(letter("Thank you for your message.", subject=subject)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize("label", ["[EXTERNAL] ", "EXT: ", "***SPAM*** "])
def test_a_label_before_the_subject_is_not_the_senders(label):
    assert judged(letter(NOTE, subject=f"{label}Automatic reply: Your enquiry")).kind is Kind.AUTO_REPLY
    assert judged(letter("", subject=f"{label}Unsubscribe")).kind is Kind.UNSUBSCRIBE


@pytest.mark.parametrize("subject", ["Out of office", "Abwesenheit", "Absence du bureau"])
def test_a_subject_that_is_nothing_but_an_absence_needs_no_day(subject):
    assert judged(letter("On sabbatical.", subject=subject)).kind is Kind.AUTO_REPLY
    assert judged(letter("On sabbatical.", subject=f"{subject} in June")).kind is Kind.REPLY
    assert judged(letter("Away, so could we meet in July?", subject=subject)).kind is Kind.REPLY


@pytest.mark.parametrize("subject", ["Out of Office: Your enquiry", "Urlaub bis 19. Juni", "En vacances"])
def test_a_subject_of_absence_counts_above_a_text_that_tells_of_one_or_above_none(subject):
    assert judged(letter("Thank you, we need four doors.", subject=subject)).kind is Kind.REPLY
    assert judged(letter("", subject=subject)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Absent: other day?", "I must go to Lyon on Tuesday. Please move our appointment to 11 June."),
        ("Absence : report du rendez-vous", "Je serai absente mardi, merci de reporter à jeudi 11 juin."),
        ("Assente martedì", "Martedì sono assente. Spostiamo l'appuntamento a giovedì."),
        ("Holiday home", "We have a holiday home and need a counter before 19 June."),
        ("On holiday in June", "We'd come back on 22 June. Does that work?"),
    ],
)
def test_a_persons_new_mail_may_begin_with_a_word_of_absence(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.REPLY


@pytest.mark.parametrize("subject", ["Urlaub", "Ferie", "Vacation", "Out of office", "Abwesend bis 20.06."])
@pytest.mark.parametrize(
    "text",
    [
        "Hi Nora, we're on vacation until 20 June. Happy to meet on the 22nd.",
        "Sehr geehrte Frau Feld,\n\nich bin bis 20.06. im Urlaub und melde mich danach.",
        "Grüezi Frau Feld\n\nWir sind bis 20.06. abwesend.",
        "Здравствуйте, Нора!\n\nМы в отпуске до 20 июня.",
        "フェルド様\n\n6月20日まで休暇です。",
        "Please don't come next week, we are away until 20 June.",
        "As discussed, I am away until 20 June.",
        "Wir sind bis 20.06. im Urlaub, danach gerne.",
        "Nous sommes en vacances jusqu'au 20 juin, appelez-nous après.",
        "Sono in ferie fino al 20 giugno, poi mi chiami pure.",
    ],
)
def test_who_tells_somebody_of_a_holiday_is_a_person(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.REPLY


@pytest.mark.parametrize("greeting", ["Dear sender,", "Hallo zusammen,", "Cher client,", "Gentile cliente,"])
def test_who_greets_nobody_by_name_may_be_a_machine(greeting):
    note = f"{greeting}\n\nI am away until 20 June."
    assert judged(letter(note, subject="Vacation")).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Your request has been received", "Thank you for your message. We need four doors."),
        ("AW: Ihre Anfrage ist eingegangen", "Vielen Dank für Ihre Nachricht. Wir hätten gern Eiche."),
        ("RES: Recebemos seu pedido", "Recebemos sua mensagem, terça fica bom."),
        ("R: Abbiamo ricevuto la richiesta", "Abbiamo ricevuto la mail, a martedì."),
        ("Odp: Otrzymaliśmy zapytanie", "Dziękuję za wiadomość. Pasuje mi wtorek."),
        ("回复: 自动回复", "谢谢,星期二可以。"),
        ("Antwort: Ihre Anfrage ist eingegangen", "Vielen Dank, Ihre Nachricht ist eingegangen. Eiche!"),
        ("RÉP : Nous avons reçu votre demande", "Votre demande de photos a été reçue, les voici."),
        ("Re: Out of office until 19 June", "Then the week after, please."),
        ("[EXTERNAL] Re: Your request has been received", "Your message has been received. Twelve doors."),
        ("EXT: AW: Ihre Anfrage ist eingegangen", "Ihre Nachricht ist eingegangen. Eiche, in Kürze mehr."),
        ("[Team] Re: Your request has been received", "Your message has been received. Twelve doors."),
    ],
)
def test_after_re_the_subject_is_ours_and_proves_nothing(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.REPLY


@pytest.mark.parametrize("method", ["REPLY", "REQUEST", "COUNTER"])
def test_who_answers_or_invites_by_a_calendar_is_a_person(method):
    body = (
        "--f\nContent-Type: text/plain\n\nYou have been invited.\n"
        f"--f\nContent-Type: text/calendar; method={method}\n\n"
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nEND:VCALENDAR\n--f--\n"
    )
    raw = letter(body, "Auto-Submitted: auto-generated\n", content_type="multipart/mixed; boundary=f")
    assert judged(raw).kind is Kind.REPLY


def test_a_newsletter_from_the_leads_own_address_is_no_reply_and_no_opt_out():
    headers = "List-Unsubscribe: <https://example.org/u>\nPrecedence: bulk\n"
    raw = letter("Spring news. Unsubscribe", headers, subject="Spring news")
    assert judged(raw).kind is Kind.AUTO_REPLY
    assert judged(letter("Unsubscribe", headers, subject="News")).kind is Kind.AUTO_REPLY
    campaign = letter("Spring news.\n\nAbmelden: https://example.org/u", "X-Campaign: 7\n", subject="News")
    assert judged(campaign).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "headers",
    ["In-Reply-To: <1@example.com>\n", "List-Post: <mailto:office@example.org>\n"],
)
def test_a_persons_mail_through_a_discussion_list_is_a_persons(headers):
    offer = "List-Id: <office.example.org>\nList-Unsubscribe: <https://example.org/u>\n"
    assert judged(letter("Friday is possible.", offer + headers, subject="Friday")).kind is Kind.REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Jo Miller has left", "Jo Miller is no longer with the company. Please write to Sam."),
        ("Ausgeschieden", "Ich bin nicht mehr für die Firma tätig."),
        ("Jo Miller has retired", "Jo has retired and this mailbox is no longer read. Write to Sam."),
        ("Case 0012: Your enquiry", "Your case number is 0012. Please keep it in the subject."),
        (
            "Re: Your enquiry",
            "Sua mensagem ainda não foi entregue. Clique no link e confirme que você não é um robô.",
        ),
        ("Re: Your enquiry", "I am away until 22 June. This is an automatic reply."),
        ("[#12] Your enquiry", "Your request has been received and assigned ticket number 12."),
        ("Vi har fået din besked", "Din besked er modtaget og har sagsnummer 12."),
        ("Re: Your enquiry", "Please note: Jo Miller no longer works here. Write to Sam instead."),
        ("SV: Din forespørgsel", "Jo Miller er ikke længere ansat her."),
        ("RE: Votre demande", "Madame Miller n'est plus en poste."),
        ("Ihre Nachricht", "Das ist eine automatische Eingangsbestätigung."),
        ("Read: x", "Your message\n\n   To: Jo\n   Subject: x\n\n was read on Friday, June 5, 2026 10:11."),
        ("Gelesen: x", "Ihre Nachricht\n\n   An: Jo\n\n wurde am Mittwoch, 3. Juni 2026 10:11 gelesen."),
        ("Su mensaje", "Esta es una confirmación automática."),
        ("AW: Ihre Anfrage", "Frau Miller ist nicht mehr in unserem Haus beschäftigt."),
        ("Re: Your enquiry", "This mailbox is no longer monitored. Please use our form."),
        ("AW: Ihre Anfrage", "Dieses Postfach wird nicht gelesen. Schreiben Sie an Sam."),
        ("Re: Your enquiry", "This is an automatic reply. If you would like to reach me, call Sam."),
    ],
)
def test_a_text_that_only_a_machine_writes_needs_no_header(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "text",
    [
        "I clicked the link in your message but did not receive anything, please confirm.",
        "Thanks. Please don't reply to this address, I am changing providers.",
        "I have left a message on your phone.",
        "I got your automatic reply yesterday, thanks.",
        "Thanks for the automatic reply, my number is 0171 555.",
        "Yes, Tuesday.\n\nPlease don't answer automated messages of the Miller group.",
        "I have left the company, but still want the counter at home.",
        "Sam no longer works at our shop, so the order is cancelled.",
        "Jo has left the company. I took over the kitchen and would like a plan.",
        "My old mailbox is not monitored any more, use this one.",
    ],
)
def test_a_person_may_use_a_machines_words(text):
    assert judged(letter(text)).kind is Kind.REPLY


def test_the_sender_who_is_gone_may_have_a_long_name_or_none():
    told = "Jo Miller has left the company."
    for sender in ('"Miller, Jo (Sales)" <jo@example.org>', "jo.miller@example.org"):
        assert judged(letter(told, **{"from": sender})).kind is Kind.AUTO_REPLY
    team = {"from": "Sales <sales@example.org>", "subject": "Sales"}
    assert judged(letter(f"{told} Please write to Sam.", **team)).kind is Kind.AUTO_REPLY
    raw = letter("The joiner no longer works here.", **{"from": "The Kitchen Shop <jo@example.org>"})
    assert judged(raw).kind is Kind.REPLY


@pytest.mark.parametrize("header", HEADERS)
def test_a_machine_is_known_by_its_headers(header):
    assert judged(letter("Thank you for your message.", f"{header}\n")).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: no\n",
        "X-Auto-Response-Suppress: All\n",
        "Precedence: bulk\n",
        "Return-Path: <>\n",
        "X-Autoreply: no\n",
        "List-Id: <list.example.org>\nPrecedence: list\n",
        "Precedence: junk\n",
    ],
)
def test_headers_that_people_send_too_make_no_machine(headers):
    assert judged(letter("Yes, Tuesday at ten.", headers)).kind is Kind.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        "X-MS-Exchange-Inbox-Rules-Loop: studio@example.com\n",
        "X-MS-Exchange-Inbox-Rules-Loop: nora@example.com\nResent-From: <nora@example.com>\n",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n",
        "Auto-Submitted: auto-forwarded\n",
        "X-Autogenerated: Forward\n",
    ],
)
def test_what_a_rule_of_ours_passes_on_is_still_a_persons(headers):
    assert judged(letter("Yes, Tuesday at ten.", headers)).kind is Kind.REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: Your enquiry",
        "Re:Autoreply: Your enquiry",
        "RE: Out of Office: Your enquiry",
        "AW: Automatische Antwort: Ihre Anfrage",
        "RE: Réponse automatique : votre demande",
        "SV: Autosvar: förfrågan",
    ],
)
def test_an_answer_to_an_automatic_reply_of_ours_is_a_persons(subject):
    raw = letter("Thanks for telling me, I'm back from my own holiday. Call me.", subject=subject)
    assert judged(raw).kind is Kind.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        "X-Zendesk-From-Account-Id: 1c1d0\nAuto-Submitted: auto-generated\n",
        "X-JIRA-FingerPrint: 1a\nPrecedence: bulk\nAuto-Submitted: auto-generated\n",
        "RT-Ticket: example.org #12\nPrecedence: bulk\n",
    ],
)
def test_a_help_desk_passes_on_what_its_people_write(headers):
    said = "##- Please type your reply above this line -##\n\nSam: yes, please come on Thursday at ten.\n"
    told = "##- Please type your reply above this line -##\n\nYour request (48) has been received.\n"
    assert judged(letter(said, headers, subject="[Ticket #48] Your enquiry")).kind is Kind.REPLY
    assert judged(letter(told, headers, subject="[Ticket #48] Your enquiry")).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Request received: Your enquiry", "Your request (48) has been received and is being reviewed."),
        ("Ticket Received - Your enquiry", "We have received your request and a ticket has been created."),
        ("Case 0012: Your enquiry", "This is an automated response; somebody will be in touch."),
        ("Thanks for contacting us", "Your message has been received. Please do not reply to this message."),
        ("Eingangsbestätigung", "Vielen Dank für Ihre Nachricht. Wir melden uns."),
        (
            "Nous avons bien reçu votre message",
            "Ceci est un message automatique, merci de ne pas y répondre.",
        ),
        (
            "Your message to Team awaits moderator approval",
            "Is being held until the list moderator can\nsee it.",
        ),
        ("Jo Miller is out of the office", "Jo is out of office this week, returning on 9 June."),
        ("AUTO: Your enquiry", "I am out of the office until 9 June."),
        (
            "Re: Your enquiry",
            "Just this once, click the link below so I can receive your emails.\nhttps://example.org/a2",
        ),
        (
            "RE: Your enquiry",
            "Please click on the following link to have your address added to the recipient's allowed\n"
            "list and to ensure delivery of your email.",
        ),
    ],
)
def test_receipts_and_challenges_without_a_header_are_known_by_subject_and_words(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text", "headers", "sender"),
    [
        (
            "Re: Your enquiry",
            "Thanks, I'm on holiday from Monday but yes please call.",
            "Precedence: bulk\n",
            "",
        ),
        ("Re: Your enquiry", "I'm away until Friday, then we can meet.", "Precedence: bulk\n", ""),
        (
            "Re: Your enquiry",
            "I'm out of the office on Tuesday, so Wednesday please.",
            "Return-Path: <>\n",
            "",
        ),
        ("Re: Your enquiry", "Sorry for the silence, I have been on leave.", "Return-Path: <>\n", ""),
        ("Re: Your enquiry", "Jo here, I am away on Friday. Can we move it?", "", "noreply@example.org"),
        ("Re: Your enquiry", "We'd like the counter in oak.", "", "vacations@example.org"),
        (
            "Re: Your enquiry",
            "Thank you for contacting us. We would like to meet.",
            "",
            "noreply@example.org",
        ),
        ("[Ticket#48] Your enquiry", "Thank you for your message, we take the oak one.", "", ""),
        ("Thank you for your message", "Thank you for your message. My husband will think about it.", "", ""),
        ("Your request was received", "I received your request for the plan, it is attached.", "", ""),
        ("Away until Monday", "I'm away until Monday. Is Friday ok?", "", ""),
        ("Vacation", "On vacation in June, could you come in July instead?", "", ""),
        ("Auto: Repair shop counter", "Hello, we need a new counter.", "", ""),
        ("Action required: floor plan", "Thank you for your message, we need the plan.", "", ""),
        ("Re: Your enquiry", "Add yourself to our guest list for the opening, and bring the plans.", "", ""),
    ],
)
def test_a_person_with_one_mark_of_a_machine_is_a_person(subject, text, headers, sender):
    raw = letter(text, headers, subject=subject, **({"from": sender} if sender else {}))
    assert judged(raw).kind is Kind.REPLY


def test_a_polite_person_behind_a_mailing_list_is_a_person():
    raw = letter("Thank you for your message. Tuesday at ten suits me.", "Precedence: bulk\n")
    assert judged(raw).kind is Kind.REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office pods for our team",
        "Automatic garage door",
        "Auto repair",
        "Re: Auto insurance",
        "Re: Absence",
        "Absence management software",
        "Vacation rental",
        "Auto",
        "On holiday in June: which days are free?",
    ],
)
def test_an_enquiry_about_absence_is_an_enquiry(subject):
    assert judged(letter("Could you call me about this?", subject=subject)).kind is Kind.REPLY


@pytest.mark.parametrize(
    ("text", "headers", "sender"),
    [
        ("I am out of the office until 9 June.", "Return-Path: <>\n", "jo@example.org"),
        ("Ich bin bis 9. Juni im Urlaub.", "Precedence: bulk\n", "jo@example.org"),
        ("We have received your message. We are closed until 9 June.", "", "noreply@example.org"),
    ],
)
def test_a_machines_words_count_beside_a_machines_sign(text, headers, sender):
    verdict = judged(letter(text, headers, **{"from": sender}))
    assert (verdict.kind, verdict.until) == (Kind.AUTO_REPLY, date(2026, 6, 9))


def test_a_person_may_write_that_they_are_away():
    raw = letter("I'm out of the office until 9 June, but yes, please book me in.")
    assert judged(raw).kind is Kind.REPLY


def test_a_read_receipt_is_no_reply():
    body = (
        "--f\nContent-Type: text/plain\n\nYour message was displayed.\n"
        "--f\nContent-Type: message/disposition-notification\n\n"
        "Final-Recipient: rfc822; jo@example.org\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n--f--\n"
    )
    kind = "multipart/report; report-type=disposition-notification; boundary=f"
    assert judged(letter(body, content_type=kind)).kind is Kind.AUTO_REPLY


def test_the_return_date_is_read_from_text_then_subject_then_header():
    subject = "Away until 12 June"
    assert judged(letter("I'm back on 9 June.", subject=subject)).until == date(2026, 6, 9)
    assert judged(letter("I'm away.", subject=subject)).until == date(2026, 6, 12)
    apple = "X-Apple-Action: VACATION\nX-Apple-Criteria: {kind=VACATION,endDate=2026-06-20T14:59:59Z}\n"
    assert judged(letter("I'm only sleeping.", apple)).until == date(2026, 6, 20)
    assert judged(letter("I'm only sleeping.", apple.replace("2026", "2027"))).until is None
    assert judged(letter("I'm only sleeping.", apple.replace("06-20", "99-99"))).until is None


@pytest.mark.parametrize(
    "text", ["I'm away.", 'I\'m away. I have "Holiday home until 12 June" and will answer.']
)
def test_the_dates_of_our_own_subject_are_not_the_persons(text):
    subject = "Automatic reply: Holiday home until 12 June"
    assert judged(letter(text, subject=subject)).until is None


def test_a_note_that_only_quotes_us_names_no_day():
    text = "On 2 June 2026, Studio wrote:\n> we are closed until 30 June\n"
    assert judged(letter(text, subject="Automatic reply: Your enquiry")).until is None


def test_the_return_date_of_the_quoted_thread_is_not_the_persons():
    text = "Thank you, we'll answer soon.\n\nOn 2 June 2026, Studio wrote:\n> we are closed until 30 June\n"
    assert judged(letter(text, subject="Automatic reply: Your enquiry")).until is None


@pytest.mark.parametrize(
    "text",
    [
        "Our yard is not monitored at night, so we need two cameras.",
        "My e-mail account was opened years ago and is full of spam, write to my wife.",
        "Merci de ne pas répondre à cette adresse, je change de fournisseur.",
        "This is not an automatic reply, I really want the counter.",
    ],
)
def test_a_persons_new_mail_may_use_them_too(text):
    assert judged(letter(text, subject="Kitchen")).kind is Kind.REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Delivery confirmation", "Your message was received with thanks, we choose oak."),
        ("Request", "My request was received by your colleague in May but nobody called."),
        ("Ferienwohnung", "Wir haben eine Ferienwohnung und brauchen bis 19. Juni eine Theke."),
        ("Urlaub", "Wir sind bis 19. Juni im Urlaub. Bitte den Termin verschieben."),
        ("Joiner", "Our joiner no longer works with us, and the kitchen isn't finished."),
        ("Saw", "The old saw no longer works."),
        ("Gate", "The mailbox at the gate is not monitored, so leave the keys with Sam."),
        ("Holiday dates", "We're on holiday 8-19 June. Please deliver before."),
    ],
)
def test_in_doubt_a_new_mail_is_a_persons(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.REPLY


def test_who_speaks_of_himself_may_have_got_a_receipt():
    said = "I bought a ticket for your show. Ticket 4711 has been received."
    assert judged(letter(said, subject="Your show")).kind is Kind.REPLY
