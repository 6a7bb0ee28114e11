from datetime import date

import pytest

from sheetflow.replies.dates import return_date

WEDNESDAY = date(2026, 6, 3)


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
        ("until 6/15/2026", 6, 15),
        ("until 15/06", 6, 15),
        ("Ich bin bis einschließlich 12.06.2026 nicht im Büro.", 6, 12),
        ("Vom 1.6. bis 14.6. im Urlaub, ab dem 15. Juni wieder erreichbar.", 6, 15),
        ("Am 15.06. bin ich wieder für Sie da.", 6, 15),
        ("Ab Montag bin ich zurück.", 6, 8),
        ("Je suis absent jusqu'au 19 juin inclus.", 6, 19),
        ("Je serai de retour le lundi 22 juin 2026.", 6, 22),
        ("Absente du 1er au 5 juillet", 7, 5),
        ("Estaré fuera de la oficina hasta el 30 de junio.", 6, 30),
        ("Sono in ferie fino al 21 agosto. Rientro il 24 agosto.", 8, 24),
        ("Ik ben afwezig tot en met 10 juli.", 7, 10),
        ("Terug op maandag", 6, 8),
        ("Estou de férias até 20 de julho de 2026.", 7, 20),
        ("Jag är på semester till och med 2 augusti", 8, 2),
        ("Jeg er tilbake mandag 8. juni", 6, 8),
        ("Jeg er tilbage mandag d. 22. juni", 6, 22),
        ("Olen lomalla 30.6. asti", 6, 30),
        ("Jestem nieobecny do 12 czerwca.", 6, 12),
        ("Я в отпуске до 20 июня.", 6, 20),
        ("Вернусь 22.06.2026", 6, 22),
        ("15 Haziran'da döneceğim", 6, 15),
        ("6月10日まで不在にしております。", 6, 10),
        ("2026年6月15日に復帰します", 6, 15),
        ("我将于6月20日回来", 6, 20),
        ("6월 12일까지 휴가입니다.", 6, 12),
        ("I am out today and back tomorrow.", 6, 4),
        ("I'm not here on 9 June.", 6, 9),
    ],
)
def test_a_return_date_is_read(text, month, day):
    assert return_date(text, WEDNESDAY) == date(2026, month, day)


def test_over_new_year_the_date_is_next_years():
    assert return_date("Closed from Dec 24 through Jan 2.", date(2026, 12, 20)) == date(2027, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We answer within 2 days.",
        "12 Main Street, call 555-1234.",
        "Closed until 31.02.2026",
        "I was away until 1 June 2026.",
        "Back on 1 June 2031",
        "For urgent matters call Sam on Friday.",
        "Version 5.1.1 of 10.20.30.40",
    ],
)
def test_nothing_is_read_where_nothing_believable_is_said(text):
    assert return_date(text, WEDNESDAY) is None


def test_without_the_day_of_the_note_only_full_dates_are_read():
    assert return_date("until 9 June 2026", None) == date(2026, 6, 9)
    assert return_date("until 09/06/2026", None) == date(2026, 6, 9)
    assert return_date("until 9 June", None) is None
    assert return_date("back on Monday", None) is None
