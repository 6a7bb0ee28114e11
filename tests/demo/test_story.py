"""The demonstration's story, played once to the whole program."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
import requests

from sheetflow.business import read_workflow
from sheetflow.demo.play import Player
from sheetflow.demo.screen import Screen, has_display, summary
from sheetflow.demo.story import END, STORY, ZONE, Absence, Ask, Bounce, OptOut, Press, Reply, Type, Write
from sheetflow.demo.studio import CONFIG, Studio, open_studio
from sheetflow.demo.told import Line
from sheetflow.workflow import statuses
from tests.simulation.patience import wait_for
from tests.test_cli import free_port
from tests.web.pages.site import token_in

TIMELINE = Path(__file__).with_name("timeline.txt")
ENDINGS = {
    "Maya Lindqvist": (statuses.IN_CONVERSATION, 1),
    "Tom Hargreaves": (statuses.BOOKED, 2),
    "Priya Nair": (statuses.REPLIED, 2),
    "Jonas Weber": (statuses.NURTURE, 4),
    "Dan Whitlock": (statuses.BOUNCED, 1),
    "Chloe Martin": (statuses.UNSUBSCRIBED, 2),
    "Sam Taylor": (statuses.IN_CONVERSATION, 1),
    "Aisha Rahman": (statuses.FOLLOWING_UP, 2),
    "Rosa Delgado": (statuses.WON, 1),
    "Oliver Grant": (statuses.FOLLOWING_UP, 2),
    "Kyle Rank": (statuses.NOT_A_LEAD, 1),
    "Lena Fischer": (statuses.CONTACTED, 1),
}


class Played:
    """What the play has left behind."""

    def __init__(self, studio: Studio) -> None:
        self.studio, self.lines = studio, list[Line]()
        self.player = Player(studio, self.lines.append, lambda: False)
        self.player.play()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with open_studio(tmp_path_factory.mktemp("studio"), free_port(), Event()) as studio:
        yield Played(studio)


def test_it_is_the_same_story_every_time(played: Played) -> None:
    told = [f"{line.at:%a %d %H:%M} {line.mark} {line.who}: {line.words}" for line in played.lines]
    assert told == TIMELINE.read_text(encoding="utf-8").splitlines()


def test_everybody_ends_as_the_story_has_it(played: Played) -> None:
    assert {row["name"]: (row["status"], row["emails_sent"]) for row in played.player.rows} == ENDINGS


def test_each_message_went_through_the_mail_server(played: Played) -> None:
    """Thirteen told owners of a lead; the studio itself got five lists and a digest."""
    leads = {str(row["email"]) for row in played.player.rows}
    taken = Counter(one.to for one in played.studio.server.taken)
    assert sum(taken[lead] for lead in leads) == sum(mails for _, mails in ENDINGS.values())
    assert {to: count for to, count in taken.items() if to not in leads} == {
        "ada@northlight.example": 6,
        "ben@northlight.example": 7,
        "hello@northlight.example": 6,
    }


def test_every_first_response_is_measured(played: Played) -> None:
    measured = [line.words for line in played.lines if line.measured]
    assert len(measured) == len(played.player.seconds) == len(ENDINGS)
    assert all(words.startswith("First response") for words in measured)


def test_the_clock_is_at_the_end(played: Played) -> None:
    assert played.studio.clock() == END
    assert read_workflow(CONFIG).business.zone == ZONE


def test_its_setup_finds_nothing_wrong(played: Played) -> None:
    """The mail server lets it in, and its mailbox can be read."""
    url, browser = f"{played.studio.url}/setup", {"Accept": "text/html"}
    token = token_in(requests.get(url, headers=browser, timeout=30).text)
    requests.post(f"{url}/check", data={"_csrf": token}, headers=browser, timeout=30)
    wait_for(lambda: "everything works." in requests.get(url, headers=browser, timeout=30).text)


def test_the_story_has_all_that_an_owner_meets() -> None:
    acts = [type(beat.act) for beat in STORY]
    assert {*acts} == {Ask, Press, Write, Type, Reply, Absence, Bounce, OptOut}
    assert acts.count(Ask) == 12
    assert {beat.act.path for beat in STORY if isinstance(beat.act, Ask)} == {
        "/leads/Website", "/leads/Google%20Ads", "/leads/Facebook", "/leads/Instagram",
    }  # fmt: skip
    assert [beat.at for beat in STORY] == sorted(beat.at for beat in STORY)


def test_the_summary_counts_messages_that_leave_after_a_stop() -> None:
    at = END.replace(tzinfo=None)
    left, stopped = Line(at, "✉", "Ada", "Follow up"), Line(at, "■", "Ada", "Replied")
    *_, last = summary([left, stopped, left], {"ada@example.org": 0.5})
    assert last.startswith("2 messages in all. 1 sequences")
    assert last.endswith("after that: 1.")


def test_what_has_become_of_somebody_is_told_to_the_end_however_narrow_the_terminal(
    played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    Screen(Event()).conclude(played.player.rows, played.player.seconds)
    told = capsys.readouterr().out.partition("\n12 enquiries")[0]
    assert max(map(len, told.splitlines())) <= 80
    for row in played.player.rows:
        assert str(row["why"]) in " ".join(told.split())


def test_nobody_can_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = Line(END.replace(tzinfo=None), "→", "Ada\x1b[2J", "asks\x1b]0;title\x07 \u202e")
    Screen(Event()).show(hostile)
    shown = capsys.readouterr().out
    assert "Ada" in shown
    assert all(character.isprintable() or character == "\n" for character in shown)


@pytest.mark.parametrize(
    ("is_terminal", "display", "shows"), [(True, ":0", True), (True, "", False), (False, ":0", False)]
)
def test_a_browser_opens_only_for_somebody_at_a_screen(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, display: str, shows: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: is_terminal))
    if display:
        monkeypatch.setenv("DISPLAY", display)
    assert has_display() == shows
