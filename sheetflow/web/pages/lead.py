"""`/leads/L-…`: one lead's whole story, what comes next, and the cells that people may change."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.routing import BaseConverter

from sheetflow.errors import ConfigError
from sheetflow.jobs import desk, owner
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.upcoming import unmade
from sheetflow.ledger.settling import brakes_of
from sheetflow.web.pages.letters import Outbox, Readable, written_again
from sheetflow.web.pages.shown import tone, when
from sheetflow.web.taking import Notify
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import Row, dialled, looks_like_email
from sheetflow.workflow.plan import Planned, plan
from sheetflow.workflow.retyped import FIELDS, LONG, Retyped, Typed, mark, shown
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.statuses import STATUSES
from sheetflow.workflow.story import Chapter, story

log = logging.getLogger(__name__)

HORIZON = timedelta(days=60)  # how far ahead messages are told
MOST_COMING = 6
NOBODY = "No lead has this ID. It may have been mistyped, or the person was erased."
DAILY = ("status", "owner", "next_follow_up", "notes")  # fields that change from day to day
HINTS = {
    "next_follow_up": "A day, or a day and time: 2026-11-24 10:00",
    "owner": "Without one, the rules decide.",
    "notes": "For you alone; leads never see it.",
}


class LeadConverter(BaseConverter):
    """A Lead ID. It is looked for before a source of that name."""

    regex = r"L-[A-Za-z0-9]+"
    weight = 50


@dataclass(frozen=True)
class Shown:
    """One field of the form. `stands` is what its cell holds, `text` what the form says."""

    name: str
    stands: str
    text: str
    error: str = ""
    theirs: str | None = None  # what somebody else made of it meanwhile

    @property
    def label(self) -> str:
        return BY_FIELD[self.name].header

    @property
    def hint(self) -> str:
        return HINTS.get(self.name, "")

    @property
    def mark(self) -> str:
        return mark(self.stands)

    @property
    def is_long(self) -> bool:
        return self.name in LONG


@dataclass(frozen=True)
class Retold:
    """A chapter with the message that it tells of; `remark` says how sure its text is."""

    chapter: Chapter
    at: datetime  # on the business's clock
    letter: Readable | None = None
    remark: str = ""


class LeadPage:
    """`outbox` is None if messages go to a mail server; `notify` is told whose lead was changed."""

    def __init__(self, ports: Ports, outbox: Outbox | None, notify: Notify) -> None:
        self._ports, self._outbox, self._notify = ports, outbox, notify

    def blueprint(self) -> Blueprint:
        """The app's map of addresses must know LeadConverter as `lead`."""
        routes = Blueprint("lead", __name__)
        # The address is a source's too, for programs that post.
        routes.add_url_rule("/leads/<lead:lead_id>", view_func=self.show, provide_automatic_options=False)
        for form in ("edit", "lift"):
            routes.add_url_rule(f"/leads/<lead:lead_id>/{form}", view_func=self.again)
        routes.add_url_rule("/leads/<lead:lead_id>/edit", view_func=self.change, methods=["POST"])
        routes.add_url_rule("/leads/<lead:lead_id>/lift", view_func=self.lift, methods=["POST"])
        return routes

    def show(self, lead_id: str) -> str:
        return self._page(lead_id, {}, Retyped(), said=request.args.get("said", ""))

    def again(self, lead_id: str) -> Response:
        """Whoever types the address of a form's target, or comes to it from the login."""
        return _go_to(lead_id, "")

    def change(self, lead_id: str) -> Response:
        """Sent twice is as good as once. What can't be obeyed comes back as it was typed."""
        typed = {
            name: Typed(request.form[name], request.form.get(f"{name}-mark", ""))
            for name in FIELDS
            if name in request.form
        }
        found = desk.fill_in(self._ports, lead_id, typed)
        if found is None:
            abort(404, NOBODY)
        if found.errors or found.theirs:
            return Response(self._page(lead_id, typed, found), status=409 if found.theirs else 422)
        if found.edits:
            self._notify([lead_id])
            log.info("lead %s: %s typed on the page", lead_id, ", ".join(edit.field for edit in found.edits))
        return _go_to(lead_id, "saved" if found.edits else "")

    def lift(self, lead_id: str) -> Response:
        """Mail may go to the lead's address again."""
        with self._ports.ledger.reading() as book:
            case = book.case(lead_id)
        if case is None:
            abort(404, NOBODY)
        try:
            found = owner.lift(self._ports, case.lead.email)
        except ConfigError:
            return _go_to(lead_id, "")  # it is no address, so it can't be on the list
        self._notify([one for one, _ in found])
        log.info("lead %s: its address was taken off the list on the page", lead_id)
        return _go_to(lead_id, "lifted" if found else "")

    def _page(self, lead_id: str, typed: Mapping[str, Typed], found: Retyped, said: str = "") -> str:
        workflow, now = self._ports.workflow, self._ports.clock()
        with self._ports.ledger.reading() as book:
            case, brakes = book.case(lead_id), brakes_of(book, now)
        if case is None:
            abort(404, NOBODY)
        told = self._tell(case)
        looked = review(case, workflow, now).braked(brakes, workflow)
        row = looked.row(workflow)
        coming = plan([case], [], workflow, now, now + HORIZON, brakes, unmade(self._ports.compose))
        fields = {name: _shown(name, row, typed, found) for name in FIELDS}
        return render_template(
            "pages/lead.html",
            row=row,
            who=row["name"] or row["email"] or row["phone"] or "No name",
            qualified=looked.history.qualified,
            suppressed=case.suppressed,
            fields=fields,
            daily=DAILY,
            statuses=_statuses(fields["status"].text, row),
            owners=self._owners(fields["owner"].text),
            mailto=_mailto(str(row["email"])),
            tel=dialled(str(row["phone"])),
            told=told,
            replied=_last_reply(told),
            bounced=statuses.BOUNCED,
            coming=_coming(coming),
            said=said if not (found.errors or found.theirs) else "",
            when=when,
            tone=lambda word: tone(word, workflow),
        )

    def _tell(self, case: Case) -> list[Retold]:
        return [self._told(case, chapter) for chapter in story(case.events, self._ports.workflow)]

    def _told(self, case: Case, chapter: Chapter) -> Retold:
        event, at = chapter.event, self._ports.workflow.local(chapter.at)
        if event.kind is not Kind.SENT:
            return Retold(chapter, at)
        if self._outbox and (kept := self._outbox.sent(event)):
            return Retold(chapter, at, kept, "As it was written.")
        letter = written_again(case, event, self._ports.compose, self._ports.workflow)
        if isinstance(letter, str):
            return Retold(chapter, at, None, letter)
        return Retold(chapter, at, letter, "As today’s template has it; what left isn’t kept here.")

    def _owners(self, current: str) -> list[str]:
        """Empty if nobody is configured: then any name may be typed."""
        names = [one.name for one in self._ports.workflow.owners]
        return list(dict.fromkeys(["", *names, current])) if names else []


def _shown(name: str, row: Row, typed: Mapping[str, Typed], found: Retyped) -> Shown:
    stands = shown(row, name)
    if name not in typed or not (found.errors or found.theirs):
        return Shown(name, stands, stands)
    is_touched = mark(typed[name].text) != typed[name].mark
    text = typed[name].text if is_touched else stands
    return Shown(name, stands, text, found.errors.get(name, ""), found.theirs.get(name))


def _statuses(current: str, row: Row) -> list[str]:
    """What may be chosen: the word that stands there too, however it is spelled."""
    more = [statuses.SEND_AGAIN] if row["status"] == statuses.NEEDS_ATTENTION else []
    return list(dict.fromkeys((*STATUSES, *more, current)))


def _coming(lines: list[Planned]) -> list[Planned]:
    return [line for line in lines if line.action == "send"][:MOST_COMING]


def _last_reply(told: Sequence[Retold]) -> Retold | None:
    return next((one for one in reversed(told) if one.chapter.event.kind is Kind.REPLIED), None)


def _mailto(email: str) -> str:
    return f"mailto:{quote(email, safe='@')}" if looks_like_email(email) else ""


def _go_to(lead_id: str, said: str) -> Response:
    more: Any = f"?said={said}" if said else ""
    return Response(status=303, headers={"Location": f"/leads/{lead_id}{more}"})
