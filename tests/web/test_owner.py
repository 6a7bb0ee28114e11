"""What an owner does by a command: typed, paused, lifted, forgotten, over SQLite and PostgreSQL."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sheetflow.errors import ConfigError, SheetflowError, SheetUnavailable
from sheetflow.jobs import owner
from sheetflow.jobs.nosheet import NoSheet
from sheetflow.jobs.ports import Looked, Ports
from sheetflow.ledger import schema, state
from sheetflow.ledger.forgetting import forgotten
from sheetflow.workflow import statuses
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.decide import Hold, Send, Stop
from sheetflow.workflow.events import Claim, Kind
from tests.web.place import BOTH, Place

pytestmark = BOTH


def test_what_is_typed_is_obeyed_and_the_row_says_what_happens_next(place: Place) -> None:
    lead_id = place.arrives()
    place.sends(lead_id)
    cell = owner.type_into(place.ports, lead_id, "STATUS", " Won ")
    assert (cell.header, cell.text, cell.why) == ("Status", "Won", place.row(lead_id)["why"])
    assert isinstance(place.decides(lead_id, days=7), Stop)
    [said] = place.events(lead_id, Kind.STATUS)
    assert said.detail == "Won (was Contacted)"


def test_a_stop_that_stands_there_was_seen_by_whoever_types_over_it(place: Place) -> None:
    lead_id = place.arrives()
    place.sends(lead_id)
    case = place.case(lead_id)
    with place.ledger.writing() as book:
        event = case.events[-1]
        book.record([type(event)(place.now, lead_id, Kind.REPLIED, "replied:hx")])
    owner.type_into(place.ports, lead_id, "status", statuses.FOLLOWING_UP)
    assert isinstance(place.decides(lead_id, days=7), Send)


@pytest.mark.parametrize("column", ["Why", "Lead ID", "Received", "Colour", ""])
def test_only_a_persons_columns_take_a_word(place: Place, column: str) -> None:
    with pytest.raises(ConfigError, match="use one of: Status, Name, Next follow-up, Owner, Notes"):
        owner.type_into(place.ports, place.arrives(), column, "x")


def test_a_date_is_read_as_the_country_writes_it(place: Place) -> None:
    lead_id = place.arrives()
    place.sends(lead_id)
    owner.type_into(place.ports, lead_id, "next follow-up", "03/04/2026")
    decision = place.decides(lead_id, days=1)
    assert f"{getattr(decision, 'at', None):%d.%m.}" == "03.04."


class Away(NoSheet):
    """A Sheet that can't be reached."""

    def look(self, *, whole: bool) -> Looked:
        raise SheetUnavailable("Google can't be reached.")


def with_sheet_away(place: Place) -> Ports:
    ports = place.ports
    return type(ports)(**{**vars(ports), "sheet": Away(place.ledger)})


@pytest.mark.parametrize("word", ["PAUSED", "ON"])
def test_pause_and_resume_count_also_if_the_sheet_cannot_be_told(place: Place, word: str) -> None:
    owner.say(place.ports, "ON" if word == "PAUSED" else "PAUSED")
    with pytest.raises(SheetflowError, match=f"Sending is {word}; Control will show it later"):
        owner.say(with_sheet_away(place), word)
    with place.ledger.reading() as book:
        assert book.get(state.SENDING) == word


def test_an_address_that_is_lifted_gets_mail_again(place: Place) -> None:
    lead_id = place.arrives("lea@example.org")
    place.sends(lead_id)
    owner.type_into(place.ports, lead_id, "status", statuses.DO_NOT_CONTACT)
    assert owner.why_suppressed(place.ports, "LEA@example.org ") == "Do not contact, set by hand"
    [(found, _)] = owner.lift(place.ports, "LEA@example.org")
    assert (found, place.reason("lea@example.org")) == (lead_id, "")
    # The word in the row is a word of its own.
    assert isinstance(place.decides(lead_id, days=7), Stop)
    owner.type_into(place.ports, lead_id, "status", statuses.FOLLOWING_UP)
    assert isinstance(place.decides(lead_id, days=7), Send)
    with pytest.raises(ConfigError, match="nothing to lift"):
        owner.why_suppressed(place.ports, "lea@example.org")


def contents(place: Place) -> str:
    """Every text of every table."""
    with place.ledger.reading() as book:
        return "\n".join(
            str(value)
            for table in schema.metadata.sorted_tables
            for row in book.connection.execute(select(table))
            for value in row
        )


def test_of_a_forgotten_person_nothing_but_the_hash_is_left(place: Place, tmp_path: Path) -> None:
    lead_id = place.arrives("lea@example.org", phone="+49 30 55500100", message="My secret")
    other = place.arrives("bob@example.org", name="Bob")
    place.sends(lead_id)
    place.passes(days=2)
    owner.type_into(place.ports, lead_id, "notes", "likes Leas garden")
    assert owner.forget(place.ports, "Lea@Example.org") == [lead_id]
    left = contents(place).casefold()
    gone = ("lea@example.org", "lea lead", "secret", "garden", "55500100")
    assert ([word for word in gone if word in left], "bob@example.org" in left) == ([], True)
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"lea@example.org" not in files.lower()
    with place.ledger.reading() as book:
        assert forgotten(book) == {lead_id}
        assert [event.kind for event in book.events([lead_id])[lead_id]] == [Kind.FORGOTTEN]
        assert [case.lead.id for case in book.all_cases()] == [other]
    assert place.reason("LEA@example.org") == "forgotten"


def test_whoever_was_forgotten_and_asks_again_is_answered_by_hand(place: Place) -> None:
    place.arrives("lea@example.org")
    owner.forget(place.ports, "lea@example.org")
    again = place.arrives("lea@example.org")
    assert isinstance(place.decides(again), Hold)
    assert "forgotten" in str(place.row(again)["why"])


def test_a_person_is_forgotten_by_an_address_that_was_corrected_since(place: Place) -> None:
    lead_id = place.arrives("lea@exmaple.org")
    mentioned = place.arrives("bob@example.org", message="Ask\nlea@exmaple.org about me")
    owner.type_into(place.ports, lead_id, "email", "lea@example.org")
    assert owner.forget(place.ports, "lea@exmaple.org") == [lead_id]
    assert place.case(mentioned).lead.email == "bob@example.org"


def test_nobody_is_forgotten_while_a_message_is_on_its_way(place: Place) -> None:
    lead_id = place.arrives("lea@example.org")
    with place.ledger.writing() as book:
        assert book.claim(Claim(lead_id, "first_response", 1), "run", "<sf.1@example.com>")
    with pytest.raises(SheetflowError, match="on its way"):
        owner.forget(place.ports, "lea@example.org")
    place.now += timedelta(minutes=15, seconds=1)
    assert owner.forget(place.ports, "lea@example.org") == [lead_id]


def test_what_was_sent_to_a_forgotten_person_counts_for_the_daily_limit(place: Place) -> None:
    place.sends(place.arrives("lea@example.org"))
    owner.forget(place.ports, "lea@example.org")
    with place.ledger.reading() as book:
        assert len(book.sent_since(place.now - DAY)) == 1
