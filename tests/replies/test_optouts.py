import pytest

from sheetflow.replies.verdict import Kind
from tests.replies.letters import judged, letter

QUOTE = """

On Tue, 2 Jun 2026 at 09:00, Studio <studio@example.com> wrote:
> Thank you for asking.
> Reply STOP and we stop writing. Unsubscribe: https://example.com/u/x
"""

WISHES = """
STOP
stop.
Stop sending me these mails.
Don't write to me any more
I want no more emails
Leave me alone
Bitte keine Mails mehr
Nehmen Sie mich aus dem Verteiler
Ne m'écrivez plus
Retirez-moi de votre liste
No me escriban más
Cancellatemi
Non voglio più ricevere email
Não me escrevam mais
Geen mails meer
Proszę nie pisać więcej
Už mi nepište
Ta bort mig
Fjern mig fra listen
Fjern meg fra listen
Lopettakaa
Не пишите мне больше
Μην μου γράφετε
Beni listeden çıkarın
Ne írjanak többet
Nu-mi mai scrieți
もう送らないでください
不要再发了
더 이상 메일을 보내지 마세요
Please stop!
Unsubscribe
Unsubscribe me please
Remove me
Take me off your list
Opt out
Stop emailing me
Don't contact me again
No more emails
Not interested, stop
Abmelden
Bitte abmelden!
STOPP
Stoppen
Désinscrire
Me désabonner svp
Baja
Baja, por favor
Merci de me désinscrire
Darme de baja por favor
Cancelar suscripción
Descadastrar
Disiscrivimi
Uitschrijven aub
Avregistrera
Wypisz mnie
Odhlásit
Отписаться
Стоп
配信停止
配信を停止してください
退订
수신거부
Unsubsribe
No more of this
Enough with these mails
I never subscribed to this. Remove me!
We have no interest in this, please stop mailing us
I told you twice to stop mailing me
I'd rather not receive your mails
Take my name off the mailing list
Please remove jo@example.org from your list
Cancel your newsletter
I revoke my consent
Could you please stop mailing us?
Please send no more
Stop mailing me, thanks. Jo
Hello Nora, please take us off
Es reicht, bitte keine Nachrichten mehr
Hören Sie bitte auf, mir zu mailen
Sehen Sie bitte von weiteren Nachrichten ab
Hiermit widerspreche ich der Verwendung meiner Daten
Je n'ai rien demandé, supprimez mon adresse de vos contacts
Fichez-nous la paix
Pido la baja
No pedí esto, bórrenme
Non ho chiesto nulla, cancellatemi
Não pedi isto, parem
Wil je me niet meer mailen?
Hier heb ik niet om gevraagd, verwijder me
Usuńcie moje dane z bazy danych
Jag har aldrig bett om detta, ta bort mig
I må ikke maile mig mere
Я не подписывалась, удалите меня
Yazmayı kesin
Enough of your mails
Go away!
Turn off these mails
We do not consent to this
How do I get off your mailing list?
Refrain from mailing us
Delete my data from your records
We're not interested in this, remove us
No estoy interesado, no me envíes nada más
Genug Mails
Will meine Ruhe
Wir haben keinen Bedarf, bitte keine Mails mehr
Verschont uns bitte mit euren Mails
Ihre Mails sind unerwünscht
Löschung meiner Daten bitte
Rayez-moi de vos contacts
Elimínenme de su base de datos
Non siamo interessati, non scriveteci più
Uit uw systeem verwijderen graag, ik heb geen interesse. Stuur me geen mails
Var snälla och sluta mejla mig
Nie jestem zainteresowana, proszę nie pisać
Nemám zájem, nepište mi
Хватит писать
Не беспокойте меня
Don't bother us
Leave us in peace
We don't know you. Stop mailing us
Enough is enough, unsubscribe
Enough of this
Kontakt ist unerwünscht
Arrêtez cela
Plus de pubs svp
Wypisuję się z listy
Koniec z mailami
Stoppa mejlen
Не пишіть нам більше
Take my data off your system
Keinen Kontakt mehr bitte
Bitte keine Mails mehr an uns
Remuévame de la lista
Non voglio essere contattata
Não quero receber suas mensagens
Ik wil verwijderd worden van de lijst
Meld os fra
Ich habe kein Interesse, wie kann ich mich abmelden?
Je veux être supprimée de vos listes
Quiero ser borrada de la lista
Voglio essere tolto dalla lista
Quero ser excluído da lista
Stop venligst med at skrive
Remove our company from the list
Ich möchte aus der Liste gelöscht werden
Stellen Sie bitte die Mails ein
Basta con queste newsletter
Mag ik van deze mailinglijst af?
Proszę mnie usunąć z newslettera
Jag vill inte ha era mejl
Ich möchte nicht angeschrieben werden
Schreibt uns nicht
No me molesten
No nos manden nada más
Smettila di scrivermi
Não nos contactem
Ik wil niet benaderd worden
Skriv ikke til os
Przestańcie pisać
Исключите меня
I want off this list
I'd like to be taken off your list
Schluss mit den Mails
Voglio essere cancellato
Parem com os e-mails
Gelieve mij uit te schrijven
Mail göndermeyin
Stop sending me stuff
Please erase my personal data
Please end my subscription
Bitte alle Daten löschen
Hiermit melde ich mich ab
Stop mit den Mails
Veuillez cesser vos envois
Stop à vos mails
Les ruego que no me escriban más
Kunt u mij uitschrijven?
Solicito o cancelamento da inscrição
Rezygnuję z otrzymywania wiadomości
I må gerne slette mig
配信を停止してください。よろしくお願いいたします
""".strip().splitlines()

OTHER_WORDS = """
Can you stop by tomorrow?
No need to stop!
Please don't email, call me
Don't contact Jo, contact me
Don't stop
Stop in
No thanks
No emails on Sunday please
I don't receive your mails
Write me again
Send me your list
Can you stop?
Bitte nicht abbestellen!
Können Sie hier stoppen?
Ich melde mich ab und zu
Nehmen Sie die Liste mit
Wir erhalten keine Mails
Arrêtez-vous mardi vers 10h
De baja por enfermedad
Basta una telefonata
Para mim
Kan ik bij u stoppen?
Rezygnuję z drugiej wyceny
Nepište, zavolejte
Beni silmeyin
Don't remove me
Ne me désabonnez pas
Tag listen med
Прекратите ремонт
雨天中止ですか？
请发邮件给我
공사 중지되나요?
Please don't stop
Non-stop flights only?
Bus stop nearby?
Stop by anytime
Para mañana
La calidad es baja
Yes please
Thanks
I want to stop the old project first
No mail
No mail yet
Don't send it
Please don't send it to me
Do not send
I don't write mails
We'd rather not write
You stopped mailing me?
I never asked for this
Remove the list
Take my address
Take me off the waiting list
Hi Nora, cancel Monday
Stop. Jo will call you
Don't mail Jo
Keine Nachricht
Bitte nicht senden
Wir schreiben keine Mails
Melden Sie mich für Montag ab
Ich habe nichts angefragt
Pas de courriel
N'envoyez rien
Je n'écris pas
No escribo mensajes
No enviar
Nessun messaggio
Non scrivo più
Não enviem
Geen berichten
Niet sturen
Meld me voor maandag af
Brak maili
Nie piszę maili
Inga meddelanden
Skicka inte
Vi skriver ikke
Send ikke
Нет писем
Enough
Don't bother
Delete this mail
Do you want us to stop sending you mails?
Genug
Kein Schreibtisch
Nicht mehr schick
Diese möchte ich nicht haben
Wir haben keine Mails mehr
Bitte nehmen Sie meine Adresse
Kein Spam
Ninguna molestia
Nessun disturbo
Niente scrivania
Não incomoda
Geen contact
Jag vill inte ha dessa
Nie pisałam
Nekontaktovala mě
Не беспокойтесь
Больше не присылали
En kirjoita
Nu scriu
Ne pišem
We can stop
Non ci scrivete mai
Писем больше нет
I could not write
Wir können nicht schreiben
Mails not sending
No mail to us
Bitte nicht per Post schicken
Schicken Sie uns das nicht
Sie schreiben uns nicht
Wir hören auf
Nie kontaktiert
Entfernung von uns?
J'arrête
Jamais contacté
Mail pas envoyé
Ne me l'envoyez pas
No me escribieron
No me mandaron correos
Me borraron de la lista
Smetto
Mai contattato
Mail non inviata
Não me contactaram
Wij stoppen
De skriver ikke til os
Usunęli mnie z listy
Меня удалили из списка
Odstranili mě
Beni sildiniz
Не отправляйте
How do people unsubscribe from your other list
このプロジェクトの停止について来週ご相談させていただけますでしょうか
""".strip().splitlines()


@pytest.mark.parametrize(
    "below",
    [
        "",
        QUOTE,
        "\n\n-- \nJo Miller\nExample Ltd\n",
        "\n\nSent from my iPhone\n",
        "\n\nJo Miller\nHead of Purchasing\nExample Ltd, Elm Road 5\n" + QUOTE,
    ],
)
@pytest.mark.parametrize("wish", WISHES)
def test_a_few_words_that_say_stop_are_an_opt_out(wish, below):
    assert judged(letter(wish + below)).kind is Kind.UNSUBSCRIBE


@pytest.mark.parametrize("words", OTHER_WORDS)
def test_other_words_and_longer_ones_are_a_reply(words):
    assert judged(letter(words + QUOTE)).kind is Kind.REPLY


def test_our_own_opt_out_line_in_the_quote_is_nobodys_wish():
    assert judged(letter("Thank you!" + QUOTE)).kind is Kind.REPLY
    assert judged(letter(QUOTE)).kind is Kind.REPLY


@pytest.mark.parametrize(
    ("subject", "text", "headers"),
    [
        ("unsubscribe", "", ""),
        ("Unsubscribe u-8f3k", "This message was automatically generated by Gmail.", ""),
        ("unsubscribe", "", "Auto-Submitted: auto-generated\n"),
        ("Stop", "", ""),
        ("Please take us off your list", "", ""),
    ],
)
def test_the_unsubscribe_button_of_a_mail_program_is_an_opt_out(subject, text, headers):
    assert judged(letter(text, headers, subject=subject)).kind is Kind.UNSUBSCRIBE


def test_an_answer_in_a_thread_about_unsubscribing_is_judged_by_its_text():
    raw = letter("What would it cost?", "In-Reply-To: <1@example.com>\n", subject="Unsubscribe")
    assert judged(raw).kind is Kind.REPLY


def test_an_absence_note_that_mentions_stopping_is_an_absence_note():
    assert judged(letter("Please stop", subject="Automatic reply: Your enquiry")).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Abmeldung vom Termin", "Leider muss ich den Termin am Freitag absagen. Geht auch Montag?"),
        ("Stop", "Please hold the order, we want to change the colour."),
        ("Unsubscribe?", "I clicked that by accident, please keep me on your list and send the quote."),
        ("Opt-out form for staff", "Can you print such forms for our fifty employees?"),
    ],
)
def test_a_letter_under_such_a_subject_is_judged_by_its_text(subject, text):
    assert judged(letter(text, subject=subject)).kind is Kind.REPLY


def test_an_angry_letter_under_the_bare_word_is_an_opt_out():
    text = "I've had quite enough of these messages and would be glad never to see one again."
    assert judged(letter(text, subject="UnSubscribe")).kind is Kind.UNSUBSCRIBE


def test_a_greeting_and_a_farewell_are_no_other_words():
    text = "Hi Nora,\n\nplease unsubscribe me.\n\nKind regards\nJo Miller\n+1 555 0101"
    assert judged(letter(text)).kind is Kind.UNSUBSCRIBE


@pytest.mark.parametrize(
    ("hello", "farewell"),
    [
        ("Dear Sir or Madam,", "Yours sincerely,"),
        ("Good morning Nora,", "Many thanks"),
        ("To whom it may concern:", "With kindest regards"),
        ("Guten Morgen Frau Feld,", "Schöne Grüße"),
        ("Sehr geehrte Damen und Herren,", "VG"),
        ("Bonsoir Madame,", "Bien cordialement"),
        ("Estimados señores:", "Un cordial saludo"),
        ("Spettabile Studio,", "Grazie mille"),
        ("Boa tarde,", "Att"),
        ("Goedemiddag,", "Hartelijke groet"),
        ("Szanowni Państwo,", "Z poważaniem"),
        ("Hejsan!", "Bästa hälsningar"),
        ("Уважаемая Нора,", "Спасибо"),
    ],
)
def test_a_letters_first_and_last_words_are_no_other_words_in_any_language(hello, farewell):
    text = f"{hello}\n\nunsubscribe\n\n{farewell}\nJo Miller\nElm Road 5"
    assert judged(letter(text)).kind is Kind.UNSUBSCRIBE


def test_a_farewell_within_a_sentence_ends_nothing():
    assert judged(letter("Stop\nBest of all would be oak")).kind is Kind.REPLY
    assert judged(letter("Stop\nThanks for the plan, I need another")).kind is Kind.REPLY


def test_a_companys_warning_below_is_no_other_word():
    text = "Unsubscribe\n\nThis e-mail and any attachments are confidential."
    assert judged(letter(text)).kind is Kind.UNSUBSCRIBE


def test_pictures_and_a_virus_scanners_line_are_no_other_words():
    assert judged(letter("Unsubscribe\n\n[cid:image002.png@01DC]\nJo Miller")).kind is Kind.UNSUBSCRIBE
    assert judged(letter("Unsubscribe me\n\nVirus-free. www.example.net")).kind is Kind.UNSUBSCRIBE


def test_two_wishes_are_one():
    assert judged(letter("Unsubscribe me. Don't write again!")).kind is Kind.UNSUBSCRIBE


def test_a_question_is_a_wish_only_in_words_that_leave_no_doubt():
    assert judged(letter("How do I unsubscribe?")).kind is Kind.UNSUBSCRIBE
    assert judged(letter("Could you stop?")).kind is Kind.REPLY


def test_words_below_a_wish_that_are_no_signature_make_it_a_reply():
    assert judged(letter("Stop\n\nJo Miller wants the bathroom first, not the kitchen?")).kind is Kind.REPLY
