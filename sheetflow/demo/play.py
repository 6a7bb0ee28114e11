"""Plays the story to the studio: the clock jumps from one thing that happens to the next."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from http import HTTPStatus
from http.client import HTTPConnection
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

from sheetflow.demo import mails
from sheetflow.demo.post import USER
from sheetflow.demo.story import (
    END,
    STORY,
    ZONE,
    Absence,
    Act,
    Ask,
    Bounce,
    OptOut,
    Press,
    Reply,
    Type,
    Write,
)
from sheetflow.demo.studio import Studio
from sheetflow.demo.told import NEWS, Line, lines_of
from sheetflow.errors import SheetflowError
from sheetflow.jobs.owner import type_into
from sheetflow.jobs.run import run_job
from sheetflow.jobs.upcoming import upcoming
from sheetflow.workflow.arrived import Folder
from sheetflow.workflow.buttons import LABELS
from sheetflow.workflow.calendar import next_open
from sheetflow.workflow.lead import Row
from sheetflow.workflow.routing import find_owner

TICK = timedelta(minutes=10)  # between two jobs, as in `run`
AWAKE = timedelta(minutes=1)  # between two jobs while somebody looks on
LOOK = 1.0  # seconds
AHEAD = timedelta(days=31)
PATIENCE = 30.0  # seconds
ONE_CLICK = "List-Unsubscribe=One-Click"  # what a mail program posts, RFC 8058
FORM = "application/x-www-form-urlencoded"


class Player:
    """Shows each line as it happens; `stopping` ends the story after what is in hand."""

    def __init__(self, studio: Studio, show: Callable[[Line], None], stopping: Callable[[], bool]) -> None:
        self._studio, self._show, self._stopping = studio, show, stopping
        self._rows: dict[str, Row] = {}
        self._seen: set[str] = set()  # Event IDs
        self._read = 0  # how many messages have been looked at
        self._has_news = False  # that no job has looked at
        self.seconds: dict[str, float] = {}  # by address: from the post to the mail server

    @property
    def rows(self) -> list[Row]:
        """All leads as they stand, in order of arrival."""
        return list(self._rows.values())

    def play(self) -> None:
        for beat in STORY:
            self._work_until(beat.at)
            if self._stopping():
                return
            self._studio.clock.move_to(beat.at)
            self._do(beat.act)
            self._has_news = True
            self._tell()
        self._work_until(END)
        self._studio.clock.move_to(END)

    def go_on(self, stop: Event) -> None:
        """Until `stop` the clock goes by itself: what somebody does on the pages is shown like the story."""
        clock = self._studio.clock
        clock.go()
        next_job = clock()
        while not stop.wait(LOOK):
            if clock() >= next_job:
                run_job(self._studio.ports)
                next_job = clock() + AWAKE
            self._tell()

    def _work_until(self, at: datetime) -> None:
        """Runs the job each time it has something to do; nothing happens between."""
        while not self._stopping() and (due := self._next_job()) < at:
            self._studio.clock.move_to(due)
            run_job(self._studio.ports)
            self._has_news = False
            self._tell()

    def _next_job(self) -> datetime:
        """The next of its turns, every ten minutes, at which something is due."""
        now = self._studio.clock()
        if self._has_news:
            return _turn_after(now)
        planned = [line.at for line in upcoming(self._studio.ports, AHEAD) if line.action == "send"]
        due = min(filter(None, (*planned, self._studio.owners.again, self._next_morning())))
        return max(_turn_after(now), _turn_at(due))

    def _next_morning(self) -> datetime:
        """When the studio opens the next time, and is told what needs a person."""
        midnight = datetime.combine(self._local().date() + timedelta(days=1), time.min, ZONE)
        return next_open(midnight.astimezone(UTC), self._studio.ports.workflow.window, ZONE)

    def _do(self, act: Act) -> None:
        match act:
            case Ask():
                self._ask(act)
            case Press():
                self._press(act)
            case OptOut():
                self._opt_out(act)
            case Write():
                self._write(act)
            case Type():
                type_into(self._studio.ports, self._lead_id(act.email), act.column, act.value)
            case Reply():
                self._comes(mails.reply(self._last_to(act.email), act.text, self._local()))
            case Absence():
                self._comes(mails.absence(self._last_to(act.email), act.text, self._local()))
            case Bounce():
                self._comes(mails.bounce(self._last_to(act.email), self._local()))

    def _ask(self, act: Ask) -> None:
        begun = monotonic()
        self._post(act.path, act.body, act.content_type)
        # Asked to stop meanwhile, the studio sends nothing more.
        taken = next((one for one in self._studio.server.taken if one.to == act.email), None)
        if taken:
            self.seconds[act.email] = taken.at - begun

    def _press(self, act: Press) -> None:
        """By the link in the mail that told the owner: first its page, then the button there."""
        name = str(self._rows[self._lead_id(act.email)]["name"])
        taken = reversed(self._studio.server.taken)
        about = next(one.mail for one in taken if one.to != act.email and name in str(one.mail["Subject"]))
        link = re.search(rf"^{LABELS[act.action]}: (\S+)", _text(about), re.MULTILINE)
        path = urlsplit(link[1] if link else "").path
        self._request("GET", path)
        self._post(path, "", FORM)

    def _opt_out(self, act: OptOut) -> None:
        """What a mail program does when its reader presses Unsubscribe."""
        link = re.search(r"<(https?://[^>]+)>", str(self._last_to(act.email)["List-Unsubscribe"]))
        self._post(urlsplit(link[1] if link else "").path, ONE_CLICK, FORM)

    def _write(self, act: Write) -> None:
        """It is found in Sent, as with any mail program."""
        owner = find_owner(str(self._rows[self._lead_id(act.email)]["owner"]), self._studio.ports.workflow)
        sender = owner.email if owner else USER
        self._comes(mails.letter(sender, act.email, act.text, self._local()), "sent")

    def _comes(self, raw: bytes, folder: Folder = "inbox") -> None:
        self._studio.box.deliver(raw, folder, self._studio.clock())

    def _post(self, path: str, body: str, content_type: str) -> None:
        """Posts as another program does, and waits until all that follows at once has happened."""
        self._studio.owners.are_told.clear()
        self._request("POST", path, body, content_type)
        if not self._studio.owners.are_told.wait(PATIENCE):
            raise SheetflowError(f"nothing has followed on {path} for {PATIENCE:.0f} seconds")

    def _request(self, method: str, path: str, body: str = "", content_type: str = "") -> None:
        """Straight to the studio's port: a proxy that the user has is for other addresses."""
        connection = HTTPConnection(urlsplit(self._studio.url).netloc, timeout=PATIENCE)
        try:
            headers = {"Content-Type": content_type} if content_type else {}
            connection.request(method, path, body.encode(), headers)
            status = connection.getresponse().status
        finally:
            connection.close()
        if status != HTTPStatus.OK:
            raise SheetflowError(f"{method} {path} was answered with {status}")

    def _tell(self) -> None:
        """Shows what is new in the ledger, lead by lead."""
        with self._studio.ports.ledger.reading() as book:
            cases = list(book.all_cases())
            rows: dict[str, Row] = {str(row["id"]): row for row in book.rows()}
        for case in cases:
            new = [event for event in case.events if event.id not in self._seen]
            self._seen |= {event.id for event in new}
            measured = self.seconds.get(case.lead.email)
            before, now = self._rows.get(case.lead.id, {}), rows[case.lead.id]
            for line in lines_of(before, now, new, self._studio.ports.workflow, measured):
                self._show(line)
        self._rows = rows
        self._tell_studio()

    def _tell_studio(self) -> None:
        """Mail to the studio itself: the morning's list, the week."""
        business, taken = self._studio.ports.workflow.business, self._studio.server.taken
        new, self._read = taken[self._read :], len(taken)
        for one in new:
            if one.to == business.email:
                at = self._local().replace(tzinfo=None)
                self._show(Line(at, NEWS, business.name, f"is told: “{one.mail['Subject']}”"))

    def _last_to(self, address: str) -> EmailMessage:
        return next(one.mail for one in reversed(self._studio.server.taken) if one.to == address)

    def _lead_id(self, address: str) -> str:
        return next(lead_id for lead_id, row in self._rows.items() if row["email"] == address)

    def _local(self) -> datetime:
        return self._studio.clock().astimezone(ZONE)


def _turn_at(at: datetime) -> datetime:
    """The first turn of the job at or after `at`."""
    late = (at - datetime.min.replace(tzinfo=UTC)) % TICK
    return at + (TICK - late) if late else at


def _turn_after(now: datetime) -> datetime:
    return _turn_at(now + timedelta(microseconds=1))


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return str(part.get_content()) if part else ""
