"""`/form`: the hosted form. Works without a script; what was typed is kept until it is stored."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import HTTPException

from sheetflow.capture import BodyError, read_body
from sheetflow.capture.cleaning import clean_email
from sheetflow.errors import Flooded, LedgerUnavailable
from sheetflow.jobs.ports import Clock
from sheetflow.ledger.visits import Visit
from sheetflow.web.bodies import read_raw
from sheetflow.web.form_look import Filled, FormLook, is_embedded
from sheetflow.web.form_words import languages
from sheetflow.web.public import TRAPS, quick
from sheetflow.web.stamps import Stamps
from sheetflow.web.storing import Storing
from sheetflow.web.taking import Taking
from sheetflow.web.visitors import Visitors
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typos import intended

SOURCE = "form"  # unless the form carries another name
FIELDS = ("name", "email", "phone", "service", "urgency", "location", "message")
STAMP, SURE, OTHER_LANGUAGE = "_form", "_sure", "_language"
SENT = "sent"  # in the address of the thank-you
CLICKS = ("gclid", "fbclid", "msclkid")  # names that an advertisement leaves in a link

_OURS = (STAMP, SURE, OTHER_LANGUAGE, *TRAPS)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FEWEST_DIGITS = 5  # of a phone number
_MOST_CARRIED = 20
_LONGEST_CARRIED = 200  # characters
RETRY_SOON, RETRY_IN_AN_HOUR = "60", "3600"  # seconds

log = logging.getLogger(__name__)


class HostedForm:
    def __init__(
        self,
        look: FormLook,
        stamps: Stamps,
        taking: Taking,
        storing: Storing,
        visitors: Visitors,
        clock: Clock,
    ) -> None:
        self._look, self._stamps, self._taking = look, stamps, taking
        self._storing, self._visitors, self._clock = storing, visitors, clock

    def blueprint(self) -> Blueprint:
        routes = Blueprint("form", __name__)
        routes.add_url_rule("/form", view_func=self.show)
        routes.add_url_rule("/form", view_func=self.send, methods=["POST"])
        return routes

    def show(self) -> Response:
        if SENT in request.args:
            return self._look.thanks(request, again=self._look.address(request))
        if self._storing.closed:
            return self._look.problem(request, "closed", 503)
        stamp = self._stamps.issue(self._clock())
        return self._look.form(request, Filled(stamp, _chosen(self._look.workflow), _carried()))

    def send(self) -> Response:
        """A form that isn't sent, for whatever reason, comes back as it was filled in."""
        try:
            body, typed = _read()
        except (BodyError, HTTPException) as error:
            code = error.status if isinstance(error, BodyError) else error.code or 400
            return self._look.problem(request, "too_large" if code == 413 else "unreadable", code)
        filled = self._filled(typed)
        other = typed.get(OTHER_LANGUAGE, "")
        if other in languages(self._look.workflow):
            return self._look.form(request, replace(filled, errors={}), language=other)
        if filled.errors:
            return self._look.form(request, filled, 422)
        try:
            self._take(body, typed)
        except Flooded:
            return self._unsent(filled, "flooded", 429, RETRY_IN_AN_HOUR)
        except Exception as error:
            if not isinstance(error, LedgerUnavailable):
                log.exception("a form couldn't be taken")
            return self._unsent(filled, "away", 503, RETRY_SOON)
        return self._sent()

    def _filled(self, typed: Mapping[str, str]) -> Filled:
        values = {name: typed.get(name, "") for name in FIELDS}
        errors, sure = _wrong(values, typed.get(SURE, ""))
        stamp = typed.get(STAMP, "")
        if self._stamps.read(stamp) is None:
            stamp = self._stamps.issue(self._clock())
        carried = [
            (name, text) for name, text in request.form.items(multi=True) if name not in (*FIELDS, *_OURS)
        ]
        return Filled(stamp, values, carried, errors, sure=sure)

    def _take(self, body: Mapping[str, Any], typed: Mapping[str, str]) -> None:
        stamp = self._stamps.read(typed.get(STAMP, ""))
        visit = Visit(self._visitors.address(request), self._doubt(typed))
        said = {name: value for name, value in body.items() if name not in _OURS}
        language = self._look.language(request)
        receipts = self._taking.take(
            said, SOURCE, {}, visit, key=f"form:{stamp.key}" if stamp else "", language=language
        )
        for receipt in receipts:
            log.info("lead %s from the hosted form: %s", receipt.lead_id, receipt.status)

    def _doubt(self, typed: Mapping[str, str]) -> str:
        if any(typed.get(name, "").strip() for name in TRAPS):
            return "a field was filled in that people don't see"
        stamp = self._stamps.read(typed.get(STAMP, ""))
        if stamp is None:
            return "it was sent without the form having been opened"
        return quick(stamp.opened.timestamp(), self._clock())

    def _unsent(self, filled: Filled, notice: str, status: int, retry_after: str) -> Response:
        answer = self._look.form(request, replace(filled, notice=notice), status)
        answer.headers["Retry-After"] = retry_after
        return answer

    def _sent(self) -> Response:
        """Whoever loads the thank-you again sends nothing again."""
        goes_on = self._look.workflow.form.thanks
        to = goes_on if goes_on and not is_embedded(request) else f"{self._look.address(request)}&{SENT}=1"
        answer = redirect(to, code=303)
        return Response(status=303, headers={"Location": answer.location, "Cache-Control": "no-store"})


def _read() -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The body as capture reads it, and as it was typed. Raises BodyError for what is no form."""
    raw = read_raw(request)
    body = read_body(raw, request.content_type or "") if request.mimetype in _FORMS else None
    if not isinstance(body, Mapping):
        raise BodyError(415, "the body is no form")
    return body, dict(request.form.items())


def _wrong(values: Mapping[str, str], sure: str) -> tuple[dict[str, str], str]:
    """What is wrong with which field, and the address that only looks mistyped: it is asked about once."""
    errors = {}
    email, phone = values["email"].strip(), values["phone"].strip()
    if not values["name"].strip():
        errors["name"] = "no_name"
    if not email and not phone:
        errors["email"] = "no_contact"
    address = clean_email(email)[0]
    if email and not address:
        errors["email"] = "bad_email"
    elif intended(address) and address != sure:
        errors["email"], sure = "meant", address
    if phone and sum(map(str.isdigit, phone)) < _FEWEST_DIGITS:
        errors["phone"] = "bad_phone"
    return errors, sure


def _chosen(workflow: Workflow) -> dict[str, str]:
    """What a link chooses beforehand, from the business's lists: nobody else's words stand in the form."""
    rules = workflow.rules
    lists = {"service": workflow.services, "urgency": rules.urgency, "location": rules.locations}
    asked = {name: request.args.get(name, "") for name in lists}
    return {name: text for name, text in asked.items() if text in lists[name]}


def _carried() -> list[tuple[str, str]]:
    """What a link to the form says about where its visitor came from."""
    told = [
        (name, text[:_LONGEST_CARRIED])
        for name, text in request.args.items(multi=True)
        if text and (name in ("source", *CLICKS) or name.startswith("utm_"))
    ]
    return told[:_MOST_CARRIED]
