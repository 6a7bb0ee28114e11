"""What somebody who asks is told about when an answer comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sheetflow.workflow.expected import expected
from tests.web.place import WORKFLOW

TUESDAY, FRIDAY_NIGHT = datetime(2026, 3, 24, 9, 0, tzinfo=UTC), datetime(2026, 3, 27, 21, 0, tzinfo=UTC)
LATE = datetime(2026, 3, 24, 15, 58, tzinfo=UTC)  # two minutes before five in Berlin


@pytest.mark.parametrize(
    ("now", "language", "minutes", "said"),
    [
        (TUESDAY, "en", 5, "We are here now and mean to answer within 5 minutes."),
        (TUESDAY, "en", 7, "We are here now and mean to answer within 10 minutes."),
        (TUESDAY, "en", 240, "You will hear from us today at 14:00 at the latest."),
        (TUESDAY, "en", 480, "You will hear from us tomorrow at 10 at the latest."),
        (LATE, "en", 5, "You will hear from us tomorrow at 9:05 at the latest."),
        (FRIDAY_NIGHT, "en", 5, "We are back on Monday at 9, and answer you then."),
        (FRIDAY_NIGHT, "en", 480, "You will hear from us on Monday at 17:00 at the latest."),
        (FRIDAY_NIGHT, "de", 5, "Wir sind am Montag um 9 Uhr wieder da und antworten Ihnen dann."),
        (TUESDAY, "fr", 5, "Nous sommes là et pensons vous répondre dans les 5 minutes."),
        (LATE, "es", 5, "Tendrá noticias nuestras a más tardar mañana a las 9:05."),
        (FRIDAY_NIGHT, "it", 5, "We are back on Monday at 9, and answer you then."),
    ],
)
def test_a_page_promises_what_the_hours_and_the_minutes_of_the_business_allow(
    now: datetime, language: str, minutes: int, said: str
) -> None:
    sending = replace(WORKFLOW.sending, sla=timedelta(minutes=minutes))
    assert expected(now, language, replace(WORKFLOW, sending=sending)) == said
