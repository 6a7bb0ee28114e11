from datetime import date

import pytest

from sheetflow.replies.absence import absence_in

WEDNESDAY = date(2026, 6, 3)


def until(text, sent=WEDNESDAY):
    absence = absence_in(text, sent)
    return absence.until if absence else None


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("I am out of the office until 9 June.", 6, 9),
        ("I will be back on Monday, June 15th.", 6, 15),
        ("Away until June 5, returning June 6", 6, 6),
        ("Travelling for work on July 10-31, please call.", 7, 31),
        ("Out of office: 5 - 9 June", 6, 9),
        ("Out from 1 June to 12 June 2026. Back on 15 June.", 6, 15),
        ("We return on Tuesday 9 June at 9:30. Our sale ends 30 June.", 6, 9),
        ("Back 2026-06-18", 6, 18),
        ("away until 6/15/2026", 6, 15),
        ("away until 15/06", 6, 15),
        ("I'm back on the 15th.", 6, 15),
        ("Out of the office until 15-Jun-2026", 6, 15),
        ("I am out and will not return until\n06/15/2026.", 6, 15),
        ("Closed from 8 June, we reopen on 22 June", 6, 22),
        ("We're closed between 8 and 19 June.", 6, 19),
        ("I return the week of 15 June.", 6, 15),
        ("I am away until 9 June, for prices and offers please ask Sam.", 6, 9),
        ("On leave. Until 19 June Sam takes care of everything.", 6, 19),
        ("Ich bin bis einschließlich 12.06.2026 nicht im Büro.", 6, 12),
        ("Ich bin bis einschl. 12.06 nicht im Büro", 6, 12),
        ("Vom 1.6. bis 14.6. im Urlaub, ab dem 15. Juni wieder erreichbar.", 6, 15),
        ("Am 15.06. bin ich wieder für Sie da.", 6, 15),
        ("Am 15. bin ich zurück.", 6, 15),
        ("Zwischen dem 8. Juni und dem 19. Juni bin ich nicht im Haus.", 6, 19),
        ("Ab Montag bin ich zurück.", 6, 8),
        ("Je suis absent jusqu'au 19 juin inclus.", 6, 19),
        ("Je serai de retour le lundi 22 juin 2026.", 6, 22),
        ("Absente du 1er au 5 juillet", 7, 5),
        ("Fermé du lundi 8 au vendredi 19 juin", 6, 19),
        ("Estaré fuera de la oficina hasta el 30 de junio.", 6, 30),
        ("Sono in ferie fino al 21 agosto. Rientro il 24 agosto.", 8, 24),
        ("Ik ben afwezig tot en met 10 juli.", 7, 10),
        ("Terug op maandag", 6, 8),
        ("Estou de férias de 1 de julho a 20 de julho de 2026.", 7, 20),
        ("Jag är på semester till och med 2 augusti", 8, 2),
        ("Jeg er tilbake mandag 8. juni", 6, 8),
        ("Jeg er tilbage mandag d. 22. juni", 6, 22),
        ("Olen lomalla 30.6. asti", 6, 30),
        ("Olen lomalla 1.6.–19.6.", 6, 19),
        ("Jestem nieobecny do 12 czerwca.", 6, 12),
        ("Jsem mimo kancelář od 8. do 19. 6. 2026.", 6, 19),
        ("Я в отпуске с 1 по 20 июня.", 6, 20),
        ("Вернусь 22.06.2026", 6, 22),
        ("Είμαι σε άδεια μέχρι τις 19 Ιουνίου.", 6, 19),
        ("15 Haziran'da döneceğim", 6, 15),
        ("22 Haziran Pazartesi günü döneceğim.", 6, 22),
        ("6月10日まで不在にしております。", 6, 10),
        ("6月8日(月)から6月19日(金)まで休業です。", 6, 19),
        ("2026年6月15日に復帰します", 6, 15),
        ("我将于6月20日回来", 6, 20),
        ("6월 12일까지 휴가입니다.", 6, 12),
        ("I am out today and back tomorrow.", 6, 4),
        ("I will be out Mon 8 June to Fri 12 June inclusive.", 6, 12),
        ("I'm out from the 8th to the 12th.", 6, 12),
        ("I'm out of office.\n\nFrom: 8 June 2026\nTo: 12 June 2026", 6, 12),
        ("I am on leave and will reply on Monday 22 June.", 6, 22),
        ("Bin verreist und werde Ihre Nachricht ab dem 22. Juni beantworten.", 6, 22),
        ("OOO 6/8-6/12", 6, 12),
        ("Ik ben vrij tot maandag 15 juni.", 6, 15),
        ("С 8 июня по 12 июня я не в офисе.", 6, 12),
        ("Ausente de quarta-feira, 3 de junho até segunda-feira, 8 de junho.", 6, 8),
        ("Jestem na urlopie 1 czerwca 2026 r. - 9 czerwca 2026 r.", 6, 9),
        ("9/2に戻ります。", 9, 2),
        ("On PTO through Friday, June 12.", 6, 12),
        ("I'm offline until June 9th, 2026.", 6, 9),
        ("Out of the office 5 June 2026 8:30 AM - 12 June 2026 6 PM.", 6, 12),
        ("I'm travelling, and I'll be available from 15 June.", 6, 15),
        ("Ab dem 15.06. bin ich telefonisch erreichbar.", 6, 15),
        ("Je suis en congé et serai joignable à partir du 15 juin.", 6, 15),
        ("Volvemos el 15/06.", 6, 15),
        ("I won't be available until Monday, June 15th.", 6, 15),
        ("Bis Freitag bin ich auf einer Schulung.", 6, 5),
        ("Cerramos del 8 al 12 de junio.", 6, 12),
        ("Absente, retour prévu le 15 juin.", 6, 15),
        ("Ferielukket indtil d. 15. juni.", 6, 15),
        ("Réouverture le 15 juin.", 6, 15),
        ("Bin bis 15. nicht da", 6, 15),
        ("Betriebsruhe vom 8.6. bis 12.6.", 6, 12),
        ("Estou fora até sexta-feira, 12 de junho.", 6, 12),
        ("Je serai joignable à nouveau le 15 juin.", 6, 15),
        ("Jag är sjukskriven t.o.m. 12 juni.", 6, 12),
        ("Jeg er sygemeldt til den 12. juni.", 6, 12),
        ("I will not be reading my mail until 15 June.", 6, 15),
        ("Absente ce jour, de retour demain.", 6, 4),
        ("Estaré fuera hasta el 12 de junio.", 6, 12),
        ("15 Haziran'da ofiste olacağım.", 6, 15),
        ("Estaré disponible a partir del 15 de junio.", 6, 15),
        ("Sarò in ufficio dal 15 giugno.", 6, 15),
        ("Estarei no escritório a partir de 15 de junho.", 6, 15),
        ("Ik ben er tot vrijdag 12 juni niet.", 6, 12),
        ("Vanaf 15-06 ben ik weer op kantoor.", 6, 15),
        ("Będę w biurze od 15 czerwca.", 6, 15),
        ("Буду в офисе 15 июня.", 6, 15),
    ],
)
def test_the_end_of_an_absence_is_read(text, month, day):
    assert until(text) == date(2026, month, day)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Closed from Dec 24 through Jan 2.", date(2027, 1, 2)),
        ("Ab 4. Januar sind wir wieder da.", date(2027, 1, 4)),
        ("We're away 24 Dec to 3 Jan", date(2027, 1, 3)),
    ],
)
def test_over_new_year_the_date_is_next_years(text, end):
    assert until(text, date(2026, 12, 20)) == end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We answer within 2 days.",
        "12 Main Street, call 555-1234.",
        "Closed until 31.02.2026",
        "I was away until 1 June 2026.",
        "Back on 1 June 2031",
        "I am away until 20 December.",  # more than 180 days ahead
        "For urgent matters call Sam on Friday.",
        "Version 5.1.1 of 10.20.30.40",
        "I'm not here on 9 June.",
        "Our office is closed on 25 November.",
        "Prices are valid until 30 June.",
        "I'm away, and our prices are valid until 30 June.",
        "I'm away. Our prices are valid until 30 June.",
        "I left the company on 31 May.",
        "We have received your message of 2 June.",
        "I'm away and will reply to your message of 4 June.",
        "I'm away. The fair from 8 to 12 June has hall 4.",
        "I'm away from 8 June.",
        "We'll be at the fair from 8 to 12 June, hall 4.",
        "I'm away, and will get back to you by 9 June.",
        "I'm away. Please return the form by 19 June.",
        "Wir rufen Sie am 19.06. zurück.",
        "Merci de nous faire un retour avant le 19 juin.",
        "I'm away. Office hours: Monday to Friday.",
        "I am on leave until January.",
        "価格は6月30日まで有効です。",
        "The new catalogue will be available from 15 June.",
        "Non sarò in ufficio dal 15 giugno.",
        "Не буду в офисе 15 июня.",
        "Maandag 8-12 uur ben ik weer op kantoor.",
    ],
)
def test_other_days_and_days_nobody_can_believe_are_no_end(text):
    assert until(text) is None


def test_a_day_just_past_is_not_next_years():
    assert until("I am away from 25 May until 2 June.") is None


def test_which_number_is_the_month_is_never_guessed():
    assert until("I am away until 06/08/2026") is None
    assert until("I am away from 06/08/2026 until 06/19/2026") == date(2026, 6, 19)
    assert until("I am away until Monday 06/08/2026") == date(2026, 6, 8)
    assert until("Je suis absent jusqu'au 06/08/2026") == date(2026, 8, 6)


def test_without_the_day_of_the_note_only_full_dates_are_read():
    assert until("away until 9 June 2026", None) == date(2026, 6, 9)
    assert until("away until 9 June", None) is None
    assert until("back on Monday", None) is None


def test_a_text_can_tell_of_an_absence_without_its_end():
    absence = absence_in("I am on sick leave.", WEDNESDAY)
    assert absence is not None
    assert (absence.until, absence.because) == (None, "on sick leave")
    assert absence_in("The counter is two metres long.", WEDNESDAY) is None


def test_the_end_comes_with_the_sentence_that_tells_of_it():
    absence = absence_in("Thank you for your mail. I am away\nuntil 9 June. Call Sam.", WEDNESDAY)
    assert absence is not None
    assert absence.because == "I am away until 9 June."
