import pytest

from sheetflow.replies import htmltext
from sheetflow.replies.own_words import own_words

THREAD = "Thank you for asking. Shall we talk on Tuesday?"
QUOTED = f"> {THREAD}\n> Studio"

INTRODUCTIONS = """
On Tue, Jun 2, 2026 at 9:00 AM Studio <studio@example.com> wrote:
On 2 Jun 2026, at 09:00, Studio <studio@example.com> wrote:
Am Di., 2. Juni 2026 um 09:00 Uhr schrieb Studio <studio@example.com>:
Studio <studio@example.com> schrieb am Di., 2. Juni 2026 um 09:00 Uhr:
Le mar. 2 juin 2026 à 09:00, Studio <studio@example.com> a écrit :
El mar, 2 jun 2026 a las 9:00, Studio (<studio@example.com>) escribió:
Il giorno mar 2 giu 2026 alle ore 09:00 Studio <studio@example.com> ha scritto:
Op di 2 jun. 2026 om 09:00 schreef Studio <studio@example.com>:
Em ter., 2 de jun. de 2026 às 09:00, Studio <studio@example.com> escreveu:
Den tis 2 juni 2026 kl 09:00 skrev Studio <studio@example.com>:
W dniu wt., 2.06.2026 o 09:00 Studio <studio@example.com> napisał(a):
вт, 2 июн. 2026 г. в 09:00, Studio <studio@example.com>:написал:
2026年6月2日(火) 9:00 Studio <studio@example.com>さんは書きました:
2026-06-02 9:00 GMT+02:00 Studio <studio@example.com>:
Studio <studio@example.com> ezt írta (időpont: 2026. jún. 2., K, 9:00):
ut 2. 6. 2026 o 9:00 Studio <studio@example.com> napísal(a):
בתאריך יום ג׳, 2 ביוני 2026 ב-9:00 מאת Studio <studio@example.com>:
Missatge de Studio <studio@example.com> del dia dt., 2 de juny 2026 a les 9:00:
Zitat von Studio <studio@example.com>:
Quoting Studio <studio@example.com>:
""".strip().splitlines()

BLOCKS = """
From: Studio <studio@example.com>|Sent: Tuesday, June 2, 2026 9:00 AM|To: Jo|Subject: Your enquiry
*From:* Studio|*Sent:* 2026-06-02|*To:* Jo|*Subject:* Your enquiry
Von: Studio <studio@example.com>|Gesendet: Dienstag, 2. Juni 2026 09:00|An: Jo|Betreff: Anfrage
De : Studio <studio@example.com>|Envoyé : mardi 2 juin 2026 09:00|À : Jo|Objet : Demande
De: Studio <studio@example.com>|Enviado: martes, 2 de junio de 2026 9:00|Para: Jo|Asunto: Consulta
Da: Studio <studio@example.com>|Inviato: martedì 2 giugno 2026 09:00|A: Jo|Oggetto: Richiesta
Van: Studio <studio@example.com>|Verzonden: dinsdag 2 juni 2026 09:00|Aan: Jo|Onderwerp: Aanvraag
Från: Studio|Skickat: den 2 juni 2026 09:00|Till: Jo|Ämne: Förfrågan
Feladó: Studio <studio@example.com>|Elküldve: 2026. június 2., kedd 9:00|Címzett: Jo|Tárgy: Kérés
De la: Studio <studio@example.com>|Trimis: marți, 2 iunie 2026 09:00|Către: Jo|Subiect: Cerere
Από: Studio <studio@example.com>|Στάλθηκε: Τρίτη, 2 Ιουνίου 2026 9:00|Προς: Jo|Θέμα: Αίτημα
Gesendet: Dienstag, 02. Juni 2026 um 09:00 Uhr|Von: Studio <studio@example.com>|An: jo@example.org
-----Original Message-----|From: Studio
-----Ursprüngliche Nachricht-----|Von: Studio
---------- Forwarded message ----------|From: Studio <studio@example.com>
Begin forwarded message:|
________________________________|From: Studio <studio@example.com>|Sent: Tuesday
""".strip().splitlines()

SIGNATURES = """
-- |Jo Miller|+1 555 0100
--|Jo Miller
Sent from my iPhone
Get Outlook for Android<https://example.com>
Get BlueMail for Android
Von meinem/meiner Galaxy gesendet
iPhone'umdan gönderildi
Odoslané z iPhonu
发自我的 iPhone
Von meinem iPhone gesendet
Envoyé de mon iPhone
Enviado desde mi iPhone
Inviato da iPhone
Verzonden vanaf mijn iPhone
Skickat från min iPhone
Отправлено с iPhone
""".strip("\n").splitlines()


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("thread", [QUOTED, THREAD])
def test_the_thread_below_an_introduction_is_not_the_persons(introduction, thread):
    assert own_words(f"Yes, Tuesday.\n\n{introduction}\n\n{thread}\n") == "Yes, Tuesday."


@pytest.mark.parametrize("block", BLOCKS)
def test_the_thread_below_a_header_block_is_not_the_persons(block):
    lines = block.replace("|", "\n")
    assert own_words(f"Yes, Tuesday.\n\n{lines}\n\n{THREAD}\n") == "Yes, Tuesday."


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_is_left_out(signature):
    lines = signature.replace("|", "\n")
    assert own_words(f"Yes, Tuesday.\n\n{lines}\n") == "Yes, Tuesday."


@pytest.mark.parametrize(
    "warning",
    [
        "CAUTION: This email originated from outside of the organization. Do not click links.",
        "[EXTERNAL EMAIL]\nDo not open attachments from unknown senders.\n____________",
        "You don't often get email from jo@example.org. Learn why<https://aka.ms/x>",
        "ACHTUNG: Diese E-Mail stammt von einem externen Absender.",
        "ATTENTION : ce message provient de l'extérieur.",
    ],
)
def test_a_warning_that_our_side_puts_above_is_left_out(warning):
    assert own_words(f"{warning}\n\nYes, Tuesday.\n") == "Yes, Tuesday."
    assert own_words(f"{warning}\nYes, Tuesday.\n") == "Yes, Tuesday."


def test_who_writes_of_what_is_outside_is_heard():
    said = "We need two doors to the outside, and one external."
    assert own_words(said) == said


def test_a_folded_introduction_is_recognised():
    text = f"Sim.\n\nEm 2 de junho de 2026 09:00, Studio <\nstudio@example.com> escreveu:\n\n{QUOTED}\n"
    assert own_words(text) == "Sim."


def test_words_below_a_quote_are_the_persons():
    assert own_words(f"On 2 June 2026, Studio wrote:\n{QUOTED}\n\nYes, Tuesday.\n") == "Yes, Tuesday."


def test_words_between_quotes_are_the_persons():
    text = "> Shall we talk?\n\nYes.\n\n> On which day?\n\nTuesday.\n"
    assert own_words(text).split() == ["Yes.", "Tuesday."]


def test_words_that_look_like_a_thread_are_kept():
    text = "On Monday I asked Sam. He wrote:\nthe roof leaks\n\nFrom: where you stand it can't be seen."
    assert own_words(text) == text


def test_the_days_of_an_absence_are_no_header_block():
    text = "Out of the office\nFrom: 8 June 2026\nTo: 19 June 2026"
    assert own_words(text) == text


def test_a_mail_that_only_forwards_has_no_words_of_its_own():
    assert own_words(f"---------- Forwarded message ----------\nFrom: Sam\nSubject: x\n\n{THREAD}") == ""


@pytest.mark.parametrize("text", ["On " * 20_000, "*" * 50_000, "> " * 20_000, "On \\1 \\g<9> wrote:\n> x"])
def test_hostile_text_is_read_like_any_other(text):
    assert isinstance(own_words(text), str)


@pytest.mark.parametrize(
    "quote",
    [
        f'<div class="gmail_quote">On Tue Studio wrote:<blockquote>{THREAD}</blockquote></div>',
        f'<blockquote type="cite">{THREAD}</blockquote>',
        f'<div id="appendonsend"></div><hr><div>{THREAD}</div>',
        f'<div class="moz-cite-prefix">Am 2. Juni schrieb Studio:</div><blockquote>{THREAD}</blockquote>',
        f'<div class="yahoo_quoted"><div>{THREAD}</div></div>',
    ],
)
def test_in_html_the_quoted_thread_is_left_out(quote):
    head = "<html><head><style>p {color: red}</style></head>"
    page = f"{head}<body><p>Yes,&nbsp;Tuesday.</p>{quote}</body></html>"
    assert htmltext.text_of(page) == "Yes, Tuesday."


def test_html_keeps_its_lines():
    assert htmltext.text_of("<!DOCTYPE html><div>One<br>two</div><ul><li>three</ul>") == "One\ntwo\n\nthree"


@pytest.mark.parametrize(
    "page", ["<" * 90_000, "<!--" * 40_000, "<a" * 60_000 + ">", "<![" * 50_000 + ">", "</" * 90_000]
)
def test_unfinished_html_is_read_like_any_other(page):
    assert isinstance(htmltext.text_of(page), str)
