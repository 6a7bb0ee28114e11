"""`/leads/new`: somebody called or came by, and is typed in. The same way as every other lead takes."""

import logging
import secrets
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request

from sheetflow.capture import read_submissions
from sheetflow.jobs import desk
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.ports import Ports
from sheetflow.web.storing import Storing
from sheetflow.web.taking import Notify
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.enquiry import CELL_LIMIT, LINE_LIMIT, NAME_LIMIT, Receipt
from sheetflow.workflow.lead import looks_like_email, phone_key
from sheetflow.workflow.retyped import Typed, mark, plain

log = logging.getLogger(__name__)

DOOR = "page"  # in the name of a delivery
SOURCES = ("Phone", "Walk-in", "Referral", "Event")
FIELDS = ("name", "phone", "email", "service", "location", "urgency", "message")
ANSWERED = "typed in by somebody who has answered already"
_LIMITS = {"name": NAME_LIMIT, "message": CELL_LIMIT // 2}  # characters
_SAID = {"merged": "merged", "duplicate": "already"}


class NewLeadPage:
    """`notify` is told the Lead IDs of what was stored, and answers them."""

    def __init__(self, ports: Ports, storing: Storing, notify: Notify) -> None:
        self._ports, self._storing, self._notify = ports, storing, notify

    def blueprint(self) -> Blueprint:
        routes = Blueprint("new", __name__)
        # The address is a source's too, for programs that post.
        routes.add_url_rule("/leads/new", view_func=self.ask, provide_automatic_options=False)
        routes.add_url_rule("/leads/new/add", view_func=self.again)
        routes.add_url_rule("/leads/new/add", view_func=self.add, methods=["POST"])
        return routes

    def ask(self) -> str:
        return self._page({"source": SOURCES[0], "key": secrets.token_urlsafe(12)}, {})

    def again(self) -> Response:
        """Whoever types the address of the form's target."""
        return Response(status=303, headers={"Location": "/leads/new"})

    def add(self) -> Response:
        """Sent twice it is one lead: the form has a key."""
        typed = {name: plain(request.form.get(name, "")) for name in (*FIELDS, "source", "key", "answered")}
        if errors := _errors(typed):
            return Response(self._page(typed, errors), status=422)
        receipt = self._store(typed)
        if receipt is None:
            return Response(self._page(typed, {"name": "This doesn't tell who it is about."}), status=422)
        self._notify([receipt.lead_id])
        log.info("lead %s from the page: %s", receipt.lead_id, receipt.status)
        said = _SAID.get(receipt.status, "new")
        return Response(status=303, headers={"Location": f"/leads/{receipt.lead_id}?said={said}"})

    def _store(self, typed: Mapping[str, str]) -> Receipt | None:
        workflow = self._ports.workflow
        found = read_submissions(
            {name: typed[name] for name in FIELDS if typed[name]},
            source=typed["source"] or SOURCES[0],
            country=workflow.business.country,
            extra={},
            own=workflow.addresses | {self._ports.sender},
        )[:1]
        paused = ANSWERED if typed["answered"] else ""
        with self._storing.attempt():
            stored = take_in(found, self._ports, door=DOOR, keys=[typed["key"]], paused=paused)
            for receipt in stored:
                # Paused until now, so that no process could answer in between.
                if paused and receipt.status in ("accepted", "needs_review"):
                    word = Typed(statuses.CONTACTED, mark(statuses.PAUSED))
                    desk.fill_in(self._ports, receipt.lead_id, {"status": word})
        return next(iter(stored), None)

    def _page(self, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
        return render_template(
            "pages/newlead.html",
            typed=typed,
            errors=errors,
            labels={name: BY_FIELD[name].header for name in (*FIELDS, "source")},
            sources=SOURCES,
            services=self._ports.workflow.services,
        )


def _errors(typed: Mapping[str, str]) -> dict[str, str]:
    """By field; what is wrong is said beside it."""
    found = {
        name: f"At most {limit:,} characters; these are {len(typed[name]):,}."
        for name in (*FIELDS, "source")
        if len(typed[name]) > (limit := _LIMITS.get(name, LINE_LIMIT))
    }
    if typed["email"] and not looks_like_email(typed["email"]):
        found["email"] = "This can't be an e-mail address. It looks like name@example.com."
    if typed["phone"] and not phone_key(typed["phone"]):
        found["phone"] = "This is too short for a phone number."
    if not (typed["name"] or typed["email"] or typed["phone"]):
        found["name"] = "Who is it? A name, a phone number or an e-mail address is needed."
    return found
