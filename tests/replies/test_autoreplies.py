from datetime import date

import pytest

from sheetflow.replies.verdict import Kind
from tests.replies.letters import judged, letter

SUBJECTS = """
Automatic reply: Your enquiry
Out of Office: Your enquiry
Out of office
RE: Out of Office Re: Your enquiry
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
    assert judged(letter("Thank you for your message.", subject=subject)).kind is Kind.AUTO_REPLY


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
        ("We have received your message, ticket 12 until 9 June.", "", "noreply@example.org"),
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
    subject = "Automatic reply: away until 12 June"
    assert judged(letter("I'm back on 9 June.", subject=subject)).until == date(2026, 6, 9)
    assert judged(letter("I'm away.", subject=subject)).until == date(2026, 6, 12)
    apple = "X-Apple-Action: VACATION\nX-Apple-Criteria: {kind=VACATION,endDate=2026-06-20T14:59:59Z}\n"
    assert judged(letter("I'm only sleeping.", apple)).until == date(2026, 6, 20)


def test_the_return_date_of_the_quoted_thread_is_not_the_persons():
    text = "Thank you, we'll answer soon.\n\nOn 2 June 2026, Studio wrote:\n> we are closed until 30 June\n"
    assert judged(letter(text, subject="Automatic reply: Your enquiry")).until is None
